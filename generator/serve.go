package generator

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/url"
	"strconv"
	"sync"

	"github.com/stoa-portal/stoa/generator/internal/digest"
	"github.com/stoa-portal/stoa/generator/internal/output"
	"github.com/stoa-portal/stoa/generator/internal/pages"
	"github.com/stoa-portal/stoa/generator/internal/server"
	"github.com/stoa-portal/stoa/generator/internal/watch"
)

// ServeOptions say where the preview listens.
type ServeOptions struct {
	Bind  string                      // address; "" is 127.0.0.1
	Port  int                         // 0 takes a free one
	Poll  bool                        // look at the files every half second, for disks that report no events
	Ready func(address string)        // is told the address once the site can be opened; may be nil
	Look  func(pages int, p Problems) // is told of every look at the site; may be nil
	Say   func(string)                // is told, once each, of changed ways; may be nil
}

// Serve shows the site at an address of this machine and writes nothing, until ctx ends.
// When files change it looks at them again, and open browsers show what came of it; while
// something is wrong they show the problems instead.
func (g *Generator) Serve(ctx context.Context, o ServeOptions) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	if o.Bind == "" {
		o.Bind = "127.0.0.1"
	}
	snapshot, err := g.scan()
	if err != nil {
		return err
	}
	base := "/"
	if c, ok := g.peek(snapshot); ok {
		var s site
		s.setBase(g.options.BaseURL, c.BaseURL)
		base = s.base
	}
	preview := server.New(server.Options{BasePath: base, Hosts: []string{o.Bind}, Source: g.source})
	listener, err := net.Listen("tcp", net.JoinHostPort(o.Bind, strconv.Itoa(o.Port)))
	if err != nil {
		return fmt.Errorf("cannot listen on port %d: another program may be using it (choose another with --port): %w", o.Port, err)
	}
	var group sync.WaitGroup
	defer group.Wait()
	watchErr := make(chan error, 1)
	group.Go(func() {
		defer stop()
		current := g.show(ctx, snapshot, preview, noSweep(), o.Look)
		if o.Ready != nil {
			o.Ready((&url.URL{Scheme: "http", Host: listener.Addr().String(), Path: base}).String())
		}
		watchErr <- watch.Watch(ctx, g.roots(), watch.Options{From: snapshot, Poll: o.Poll, Say: o.Say}, func(snapshot *watch.Snapshot) {
			current = g.show(ctx, snapshot, preview, current, o.Look)
		})
		current.stop()
	})
	err = preview.Serve(ctx, listener)
	stop()
	return errors.Join(err, <-watchErr)
}

// show looks at a snapshot and shows what came of it: the site, or what is wrong with it.
// look is told, and may be nil.
func (g *Generator) show(ctx context.Context, snapshot *watch.Snapshot, preview *server.Server, previous *sweep, look func(int, Problems)) *sweep {
	previous.cancel()
	g.snapshot = snapshot
	s := g.look(snapshot, nil)
	s.problems = s.problems.Sorted()
	if s.plan == nil || s.problems.Errors() > 0 {
		preview.Fail(s.problems, g.source)
		if look != nil {
			look(0, s.problems)
		}
		return previous
	}
	preview.Show(resources(s.plan.Files), server.Later{Under: pages.SearchFolder, Resources: func() []server.Resource {
		index, err := s.plan.Search()
		if err != nil {
			return nil // a build says why
		}
		return resources(index)
	}})
	if look != nil {
		look(s.plan.Pages, s.problems)
	}
	return g.sweep(ctx, s, preview, previous, look)
}

// resources are the rows as the server knows them.
func resources(files []output.File) []server.Resource {
	list := make([]server.Resource, len(files))
	for i, f := range files {
		list[i] = server.Resource{Path: f.Path, Key: func() string { return f.Key().String() }, Render: f.Render}
	}
	return list
}

// A sweep renders, in the background, the rows that nobody has asked for yet, to find
// what is wrong with them. A row that was found sound is not rendered again until its key
// changes. A new look at the site does not wait for the sweep of the one before; the next
// sweep does.
type sweep struct {
	cancel context.CancelFunc
	done   chan struct{}
	sound  map[digest.Sum]bool // to be read once done is closed
}

// noSweep is what comes before the first.
func noSweep() *sweep {
	s := &sweep{cancel: func() {}, done: make(chan struct{})}
	close(s.done)
	return s
}

// stop ends the sweep and waits for it.
func (s *sweep) stop() {
	s.cancel()
	<-s.done
}

func (g *Generator) sweep(ctx context.Context, s *site, preview *server.Server, previous *sweep, look func(int, Problems)) *sweep {
	ctx, cancel := context.WithCancel(ctx)
	var telling sync.Mutex // a sweep that was cancelled has told what it had to tell, or tells nothing
	next := &sweep{done: make(chan struct{}), cancel: func() {
		telling.Lock()
		defer telling.Unlock()
		cancel()
	}}
	go func() {
		defer close(next.done)
		<-previous.done
		next.sound = previous.sound
		sound := make(map[digest.Sum]bool, len(s.plan.Files))
		var rest []output.File
		for _, f := range s.plan.Files {
			if ctx.Err() != nil {
				return
			}
			if previous.sound[f.Key()] {
				sound[f.Key()] = true
			} else {
				rest = append(rest, f)
			}
		}
		next.sound = sound
		problems := output.Discard(ctx, rest, 1)
		telling.Lock()
		defer telling.Unlock()
		if ctx.Err() != nil {
			return
		}
		if problems.Errors() == 0 {
			for _, f := range rest {
				sound[f.Key()] = true
			}
		} else {
			preview.Fail(problems.Sorted(), g.source)
		}
		if len(problems) > 0 && look != nil {
			look(s.plan.Pages, append(problems, s.problems...).Sorted())
		}
	}()
	return next
}
