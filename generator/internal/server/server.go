// Package server shows a site while it is being written: it answers from the last good
// plan, writes nothing to disk, and tells open browsers what to do about a change.
//
//	Show(resources) ─┐                        ┌─ a page, rendered when asked for, with live.js
//	                 ├→ state → GET /path → ──┼─ any other file of the plan
//	Fail(problems) ──┘      └→ __stoa/events  └─ the error view, until the next Show
//
// The whole state is one immutable value behind an atomic pointer. Show and Fail put
// another in its place; a request works with the one it began with; an open browser
// holds the one it was last told about, and what it must do follows from comparing the
// two (see [Server.advise]): nothing, fetch the stylesheets again, or load the page
// again. Nothing is queued, so nothing can be missed or come twice.
//
// Rendered files are remembered by their key up to a bound. HTML, and only HTML, is sent
// with a script element of this server's own added; it needs no more of a page's
// Content-Security-Policy than script-src and connect-src 'self'.
//
// The server is for its author's machine. It answers only to hosts that cannot be
// somebody else's name for this machine (DNS rebinding), reads nothing but the plan, and
// escapes what it shows.
package server

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"golang.org/x/sync/singleflight"

	"github.com/stoa-portal/stoa/generator/internal/diag"
)

// A Resource is one file of the site.
type Resource struct {
	Path   string                // slash-separated, relative to the site's root: "mentors/ana/index.html"
	Key    func() string         // changes whenever what Render writes does; safe to call from several goroutines
	Render func(io.Writer) error // safe to call from several goroutines; an error may be a diag.List, of which warnings are no failure
}

// Options are what a server is told once.
type Options struct {
	BasePath string                   // under which the site is served, "/repo/"; "" means "/"
	Hosts    []string                 // names this server answers to besides those of loopback and its own address
	Source   func(file string) []byte // the text of a source file, for excerpts when a page cannot be rendered; may be nil
	Say      func(string)             // is told of pages that cannot be rendered; may be nil; called from any goroutine
}

// A Server answers for one site. Its methods may be called from any goroutine.
type Server struct {
	base   string // with a slash at both ends
	source func(string) []byte
	say    func(string)
	hosts  hosts

	mu    sync.Mutex // held to replace the state
	state atomic.Pointer[state]

	memo    *memo
	flights singleflight.Group
}

// New is a server that has nothing to show yet: until the first Show or Fail it answers
// every page with a notice that replaces itself.
func New(o Options) *Server {
	s := &Server{
		base:   "/" + strings.Trim(o.BasePath, "/") + "/",
		source: o.Source,
		say:    o.Say,
		memo:   newMemo(64<<20, 8<<20),
	}
	if s.base == "//" {
		s.base = "/"
	}
	if s.source == nil {
		s.source = func(string) []byte { return nil }
	}
	if s.say == nil {
		s.say = func(string) {}
	}
	for _, host := range o.Hosts {
		s.hosts.allow(host)
	}
	s.state.Store(newState(nil, nil))
	return s
}

// A Later is resources that take time to list: it is asked once, when somebody wants a path
// below its folder that Show was not given.
type Later struct {
	Under     string // with a slash at its end
	Resources func() []Resource
}

// Show serves these resources from now on and takes back the error view. Of two with the
// same path the later one counts.
func (s *Server) Show(resources []Resource, more ...Later) {
	next := newState(newPlan(resources, more...), nil)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.swap(next)
}

// Fail shows the problems in place of every page until the next Show; other files are
// answered as before. source gives the text of a source file for excerpts, nil if there
// is none.
func (s *Server) Fail(problems diag.List, source func(file string) []byte) {
	view := problemView(problems, source)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.swap(newState(s.state.Load().plan, view))
}

// swap wakes whoever waits for the next state.
func (s *Server) swap(next *state) { close(s.state.Swap(next).over) }

// Serve answers on a listener until ctx ends, and then gives requests under way a few
// seconds to end. It closes the listener. The error is nil when ctx ended it.
func (s *Server) Serve(ctx context.Context, listener net.Listener) error {
	s.hosts.bind(listener.Addr())
	streams, stop := context.WithCancel(context.WithoutCancel(ctx))
	defer stop()
	server := &http.Server{
		Handler:           s.Handler(),
		ReadHeaderTimeout: 10 * time.Second,
		IdleTimeout:       2 * time.Minute,
		BaseContext:       func(net.Listener) context.Context { return streams },
		ErrorLog:          log.New(sayer(s.say), "", 0),
	}
	ended := make(chan error, 1)
	go func() { ended <- server.Serve(listener) }()
	select {
	case err := <-ended:
		return fmt.Errorf("the preview stopped: %w", err)
	case <-ctx.Done():
	}
	stop() // event streams end by themselves; Shutdown would wait for them
	grace, cancel := context.WithTimeout(context.WithoutCancel(ctx), 3*time.Second)
	defer cancel()
	if err := server.Shutdown(grace); err != nil {
		server.Close()
	}
	if err := <-ended; !errors.Is(err, http.ErrServerClosed) {
		return fmt.Errorf("the preview stopped: %w", err)
	}
	return nil
}

// sayer passes on what net/http would log.
type sayer func(string)

func (s sayer) Write(p []byte) (int, error) {
	s(strings.TrimSuffix(string(p), "\n"))
	return len(p), nil
}
