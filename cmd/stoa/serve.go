package main

import (
	"fmt"
	"net"
	"net/netip"
	"net/url"
	"slices"
	"sync"
	"time"

	"github.com/spf13/cobra"

	"github.com/stoa-portal/stoa/generator"
)

func serveCommand(t *terminal) *cobra.Command {
	var s site
	var o generator.ServeOptions
	var open bool
	command := &cobra.Command{
		Use:   "serve",
		Short: "Show the site in a browser while you edit it",
		Long: `Show the site at an address of this computer, and every change as soon as a file is saved. While
something is wrong, the browser shows what and where. Nothing is written.`,
		Example: `  stoa serve -O                 and open a browser
  stoa serve -s my-portal -p 3000
  stoa serve --drafts --clock 2027-01-15`,
		Args: arguments(),
		RunE: func(command *cobra.Command, _ []string) error {
			// Whoever waits for an edit to show would rather spend memory than time.
			collect(200)
			if o.Port < 0 || o.Port > 65535 {
				return fmt.Errorf("--port is a number from 0 to 65535, not %d", o.Port)
			}
			g, err := s.open()
			if err != nil {
				return err
			}
			preview := &preview{terminal: t, source: s.source}
			o := o
			o.Look = preview.look
			o.Say = func(text string) { t.note(faint, "%s", text) }
			o.Ready = func(address string) {
				address = clickable(address)
				preview.ready(address)
				if open {
					if err := openBrowser(address); err != nil {
						t.note(faint, "No browser could be opened (%v): open the address yourself", err)
					}
				}
			}
			if err := g.Serve(command.Context(), o); err != nil {
				return failure{err}
			}
			return nil
		},
	}
	s.flags(command)
	f := command.Flags()
	f.IntVarP(&o.Port, "port", "p", 8080, "`number` of the port to listen on; 0 takes a free one")
	f.StringVar(&o.Bind, "bind", "127.0.0.1", "`address` to listen on; 0.0.0.0 lets the whole network see the site")
	f.BoolVarP(&open, "open", "O", false, "open the site in a browser")
	f.BoolVar(&o.Poll, "poll", false, "look at the files every half second, for network disks and virtual machines that report no changes")
	for _, name := range []string{"port", "bind"} {
		completeNothing(command, name)
	}
	return command
}

// clickable is an address that a browser on this computer can open, also when serve listens on
// every address there is.
func clickable(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return address
	}
	if ip, err := netip.ParseAddr(u.Hostname()); err == nil && ip.IsUnspecified() {
		u.Host = net.JoinHostPort("localhost", u.Port())
	}
	return u.String()
}

// A preview tells, line by line, what a running serve sees.
type preview struct {
	*terminal
	source string

	mu      sync.Mutex
	known   generator.Problems // as of the last look
	pages   int
	serving bool // the address has been told
}

// look prints the problems that were not there the last time, and one line.
func (p *preview) look(pages int, problems generator.Problems) {
	p.mu.Lock()
	defer p.mu.Unlock()
	var fresh generator.Problems
	for _, problem := range problems {
		if !slices.Contains(p.known, problem) {
			fresh = append(fresh, problem)
		}
	}
	p.known, p.pages = slices.Clone(problems), pages
	p.problems(fresh, p.source, false)
	if p.serving {
		p.result(faint, time.Now().Format("15:04:05"), " %s", p.state())
	}
}

// ready prints the address.
func (p *preview) ready(address string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.serving = true
	p.result(green, "Serving", " %s at %s", p.state(), tint(p.outColour, bold, address))
	fmt.Fprintln(p.out, "Every change shows in the browser. Ctrl-C ends.")
}

func (p *preview) state() string {
	if p.known.Errors() > 0 {
		return counts(p.known) + ": the browser shows them"
	}
	return counted(p.pages, "page") + after(counts(p.known))
}
