package generator

import (
	"context"
	"slices"

	"github.com/stoa-portal/stoa/generator/internal/civil"
	"github.com/stoa-portal/stoa/generator/internal/content"
	"github.com/stoa-portal/stoa/generator/internal/diag"
	"github.com/stoa-portal/stoa/generator/internal/history"
)

// A past is what git knows of the site, asked once: while it is served, days stay those of
// the beginning.
type past struct {
	wanted     bool // a guide does not say itself when it was updated
	asked      bool
	repository *history.Repository // nil when there is none
	read       bool
	days       map[string]civil.Date
}

// repository is the site's repository, or nil.
func (g *Generator) repository() *history.Repository {
	if !g.past.asked {
		g.past.asked, g.past.repository = true, history.Open(context.Background(), g.options.Source)
	}
	return g.past.repository
}

// head names the commit whose history the site shows, "" when it shows none.
func (g *Generator) head() string {
	if !g.past.wanted {
		return ""
	}
	if r := g.repository(); r != nil && !r.Shallow {
		return r.Head
	}
	return ""
}

// changed are the days of the last commits of guides, where a guide needs them.
func (g *Generator) changed(all *content.Content, problems *diag.List) map[string]civil.Date {
	undated := func(r *content.Record[content.Guide]) bool { return r.Value.Updated.IsZero() }
	g.past.wanted = slices.ContainsFunc(all.Guides, undated)
	if !g.past.wanted {
		return nil
	}
	r := g.repository()
	switch {
	case r == nil:
		return nil
	case r.Shallow:
		problems.Warnf(diag.Place{File: "content/guides"}, "shallow-clone", "this is a shallow clone, which does not know when files were changed, so guides without %q show no day: fetch the whole history (git fetch --unshallow; in a workflow, fetch-depth: 0)", "updated")
		return nil
	case !g.past.read:
		g.past.read = true
		g.past.days, _ = r.Days(context.Background(), "content/guides") // without git's answer there are no days, as without a repository
	}
	return g.past.days
}
