package portal

import (
	"strings"

	"github.com/stoa-portal/stoa/generator/internal/content"
	"github.com/stoa-portal/stoa/generator/internal/diag"
)

// checkReferences finds every id that a file gives and nothing answers to: a mentor's
// program, a week's guide, a goal's worksheet. The fields say what they refer to with
// their ref tag; words of a vocabulary are looked up when the facets are filled, except
// those outside profiles, which are looked up here.
func (p *Portal) checkReferences(without map[string]bool, problems *diag.List) {
	known := map[string]map[string]bool{"programs": {}, "guides": {}, "goals": {}, "worksheets": {}, "pages": {}}
	dropped := map[string]map[string]bool{}
	for kind := range known {
		dropped[kind] = map[string]bool{}
	}
	for file := range without {
		name := strings.TrimPrefix(file, "content/")
		kind, id, ok := strings.Cut(name, "/")
		if !ok {
			kind, id = "pages", name
		}
		if i := strings.LastIndexByte(id, '.'); i >= 0 && dropped[kind] != nil {
			dropped[kind][id[:i]] = true
		}
	}
	ids := map[string][]string{}
	add := func(kind, id string) {
		known[kind][id] = true
		ids[kind] = append(ids[kind], id)
	}
	for _, r := range p.Content.Programs {
		add("programs", r.ID)
	}
	for _, r := range p.Content.Guides {
		add("guides", r.ID)
	}
	for _, r := range p.Content.Goals {
		add("goals", r.ID)
	}
	for _, r := range p.Content.Worksheets {
		add("worksheets", r.ID)
	}
	for _, r := range p.Content.Pages {
		add("pages", r.ID)
	}
	check := func(place func(string) diag.Place, path, ref, id string) {
		if name, ok := strings.CutPrefix(ref, "vocabulary/"); ok {
			if words := p.Facet(name).vocabulary; words != nil && words.Find(id) == nil {
				problems.Warnf(place(path), "unknown-term", "%s does not know %q%s", name, id, words.DidYouMean(id))
			}
			return
		}
		switch {
		case known[ref] == nil || known[ref][id]:
		case dropped[ref][id]:
			problems.Warnf(place(path), "left-out", "%s %q is left out of this build, so this reference is too", singular(ref), id)
		default:
			problems.Errorf(place(path), "unknown-reference", "there is no %s %q%s", singular(ref), id, diag.DidYouMean(id, ids[ref]))
		}
	}
	for _, r := range p.Content.Mentors {
		eachReference(r, check, "vocabulary/")
	}
	for _, r := range p.Content.Programs {
		eachReference(r, check, "")
	}
	for _, r := range p.Content.Guides {
		eachReference(r, check, "")
	}
	for _, r := range p.Content.Goals {
		eachReference(r, check, "")
	}
}

func singular(kind string) string { return strings.TrimSuffix(kind, "s") }

// eachReference visits the references of a record and of its translations, but for
// those to something whose name begins with skip.
func eachReference[T any](r *content.Record[T], visit func(place func(string) diag.Place, path, ref, id string), skip string) {
	walk := func(r *content.Record[T]) {
		for reference := range content.References(r) {
			if skip == "" || !strings.HasPrefix(reference.Ref, skip) {
				visit(r.Place, reference.Path, reference.Ref, reference.Value)
			}
		}
	}
	walk(r)
	for _, t := range r.Translations {
		walk(t)
	}
}
