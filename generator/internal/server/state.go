package server

import (
	"strings"
	"sync"

	"github.com/stoa-portal/stoa/generator/internal/digest"
)

// A state is all that answers depend on.
type state struct {
	plan   *plan // nil before the first Show
	view   *view // in place of every page; nil when all is well
	over   chan struct{}
	failed sync.Map // path → *view: the resources of this state that could not be rendered
}

func newState(p *plan, v *view) *state {
	if p == nil && v == nil {
		v = waiting
	}
	return &state{plan: p, view: v, over: make(chan struct{})}
}

// A plan is the resources by path, and what comparing two plans needs.
type plan struct {
	resources map[string]*Resource
	assets    map[string]*Resource // by path below assets/<digest>/
	digests   []string             // the "assets/<digest>/" there are
	css       digest.Sum           // of all stylesheets
	parts     digest.Sum           // of all else that a page loads by itself: scripts, images, fonts
	later     []listing
}

// A listing is what a Later gives, by path.
type listing struct {
	under     string
	resources func() map[string]*Resource
}

func newPlan(resources []Resource, more ...Later) *plan {
	p := &plan{resources: make(map[string]*Resource, len(resources)), assets: make(map[string]*Resource)}
	css, parts := make(map[string]string), make(map[string]string)
	for i := range resources {
		r := &resources[i]
		p.resources[r.Path] = r
	}
	for _, later := range more {
		p.later = append(p.later, listing{later.Under, sync.OnceValue(func() map[string]*Resource {
			list := later.Resources()
			known := make(map[string]*Resource, len(list))
			for i := range list {
				known[list[i].Path] = &list[i]
			}
			return known
		})})
	}
	seen := make(map[string]bool)
	for name, r := range p.resources {
		// A changed file gives the whole asset tree another digest, so paths are
		// compared without it.
		plain := name
		if prefix, rest, ok := cutDigest(name); ok {
			p.assets[rest] = r
			plain = "assets/*/" + rest
			if !seen[prefix] {
				seen[prefix] = true
				p.digests = append(p.digests, prefix)
			}
		}
		switch roleOf(name) {
		case stylesheet:
			css[plain] = r.Key()
		case part:
			parts[plain] = r.Key()
		}
	}
	p.css, p.parts = digest.Of(css), digest.Of(parts)
	return p
}

// cutDigest takes apart "assets/<digest>/rest", the digest being hexadecimal.
func cutDigest(name string) (prefix, rest string, ok bool) {
	under, found := strings.CutPrefix(name, "assets/")
	sum, rest, deeper := strings.Cut(under, "/")
	if !found || !deeper || rest == "" || len(sum) < 8 || len(sum) > 64 || strings.Trim(sum, "0123456789abcdef") != "" {
		return "", "", false
	}
	return "assets/" + sum + "/", rest, true
}

// find is the resource that a path below the base names, or else the path with a slash
// added where that would name one.
func (p *plan) find(name string) (r *Resource, redirect string) {
	if p == nil {
		return nil, ""
	}
	if name == "" || strings.HasSuffix(name, "/") {
		return p.resources[name+"index.html"], ""
	}
	if r := p.resources[name]; r != nil {
		return r, ""
	}
	if p.resources[name+"/index.html"] != nil {
		return nil, name + "/"
	}
	if _, rest, ok := cutDigest(name); ok {
		return p.assets[rest], ""
	}
	for _, later := range p.later {
		if strings.HasPrefix(name, later.under) {
			return later.resources()[name], ""
		}
	}
	return nil, ""
}

// page is what a browser that shows the path is looking at, a page or the page that says
// there is none; nil when the site has not even that.
func (p *plan) page(name string) *Resource {
	r, redirect := p.find(name)
	if redirect != "" {
		r, _ = p.find(redirect)
	}
	if r == nil {
		r = p.notFound()
	}
	return r
}

// notFound is the page that says there is none.
func (p *plan) notFound() *Resource {
	if p == nil {
		return nil
	}
	return p.resources["404.html"]
}
