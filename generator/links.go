package generator

import (
	"context"
	"net/http"
	"os"
	"path/filepath"

	"github.com/stoa-portal/stoa/generator/internal/check"
)

// LinksOptions say how to ask other hosts.
type LinksOptions struct {
	Memory string       // file that keeps the answers for the next time, outside of the site; "" keeps none
	Client *http.Client // nil: one that reaches public addresses only
}

// Links asks other hosts whether the pages that the site links to are still there, and reports
// those that are gone or have moved. It takes as long as a second for each address of one
// host, and stops with what it has found when ctx is done.
func (g *Generator) Links(ctx context.Context, o LinksOptions) (Problems, error) {
	snapshot, err := g.scan()
	if err != nil {
		return nil, err
	}
	s := g.look(snapshot, nil)
	if s.portal == nil {
		return nil, nil
	}
	external := &check.External{Client: o.Client, Now: g.options.Now, UserAgent: "Stoa/" + Version() + " (link check)"}
	if o.Memory != "" {
		if memory, err := os.Open(o.Memory); err == nil {
			external.Load(memory)
			memory.Close()
		}
	}
	problems := s.levels.Apply(external.Check(ctx, s.portal))
	if g.options.Strict {
		problems = problems.Strict()
	}
	if o.Memory != "" {
		err = remember(o.Memory, external)
	}
	return problems, err
}

// remember writes the answers to a file, whole or not at all.
func remember(file string, external *check.External) error {
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		return err
	}
	fresh, err := os.CreateTemp(filepath.Dir(file), "links-*")
	if err != nil {
		return err
	}
	defer os.Remove(fresh.Name())
	if err := external.Save(fresh); err != nil {
		fresh.Close()
		return err
	}
	if err := fresh.Close(); err != nil {
		return err
	}
	return os.Rename(fresh.Name(), file)
}
