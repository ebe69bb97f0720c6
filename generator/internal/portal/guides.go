package portal

import (
	"cmp"
	"math"
	"path"
	"slices"
	"strings"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"

	"github.com/stoa-portal/stoa/generator/internal/civil"
	"github.com/stoa-portal/stoa/generator/internal/content"
	"github.com/stoa-portal/stoa/generator/internal/diag"
	"github.com/stoa-portal/stoa/generator/internal/markdown"
)

// A Section is a folder of guides.
type Section struct {
	ID       string                        // the folder's path from content/: "guides", "guides/careers"
	Index    *content.Record[content.Page] // its _index.md, or nil
	Guides   []*Guide                      // in reading order
	Sections []*Section                    // in reading order
	Parent   *Section                      // nil at the top
}

// A Guide is one guide and its section.
type Guide struct {
	*content.Record[content.Guide]
	Section *Section
	changed map[string]civil.Date // of Options
}

// Updated is the day on which the guide, or its translation, was last gone over: as its front
// matter says, or else that of the last commit of its file. The zero day is not known.
func (g *Guide) Updated(lang string) civil.Date {
	r := g.In(lang)
	if !r.Value.Updated.IsZero() {
		return r.Value.Updated
	}
	return g.changed[r.File]
}

// Title is the section's title in a language: what _index.md says, else the folder's
// name made readable.
func (s *Section) Title(lang string) string {
	if s.Index != nil {
		if title := s.Index.In(lang).Value.Title; title != "" {
			return title
		}
	}
	words := strings.ReplaceAll(path.Base(s.ID), "-", " ")
	if words == "" {
		return words
	}
	first := []rune(words)
	return strings.ToUpper(string(first[:1])) + string(first[1:])
}

// All walks the guides of a section and of those inside it, in reading order.
func (s *Section) All() []*Guide {
	all := slices.Clone(s.Guides)
	for _, inner := range s.Sections {
		all = append(all, inner.All()...)
	}
	return all
}

// Holds tells whether a guide is in a section or in one inside it.
func (s *Section) Holds(g *Guide) bool {
	for at := g.Section; at != nil; at = at.Parent {
		if at == s {
			return true
		}
	}
	return false
}

// Each visits a section and those inside it.
func (s *Section) Each(visit func(*Section)) {
	visit(s)
	for _, inner := range s.Sections {
		inner.Each(visit)
	}
}

// sections builds the tree of guides from their folders.
func (p *Portal) sections(changed map[string]civil.Date, problems *diag.List) *Section {
	byID := map[string]*Section{}
	var find func(id string) *Section
	find = func(id string) *Section {
		s, ok := byID[id]
		if !ok {
			s = &Section{ID: id}
			byID[id] = s
			if id != "guides" {
				s.Parent = find(path.Dir(id))
				s.Parent.Sections = append(s.Parent.Sections, s)
			}
		}
		return s
	}
	root := find("guides")
	for _, record := range p.Content.Guides {
		s := find(path.Dir("guides/" + record.ID))
		s.Guides = append(s.Guides, &Guide{titled(record, problems), s, changed})
	}
	for _, record := range p.Intros {
		if s, ok := byID[record.ID]; ok {
			s.Index = record
		}
	}
	titles := collate.New(language.Make(p.Languages[0]), collate.IgnoreCase)
	root.Each(func(s *Section) {
		slices.SortStableFunc(s.Guides, func(a, b *Guide) int {
			return cmp.Or(
				cmp.Compare(rank(a.Value.Order), rank(b.Value.Order)),
				titles.CompareString(a.Value.Title, b.Value.Title),
				cmp.Compare(a.ID, b.ID),
			)
		})
		slices.SortStableFunc(s.Sections, func(a, b *Section) int {
			return cmp.Or(cmp.Compare(a.rank(), b.rank()), cmp.Compare(a.ID, b.ID))
		})
	})
	return root
}

// rank puts what has no order behind what has one.
func rank(order int) int {
	if order == 0 {
		return math.MaxInt
	}
	return order
}

func (s *Section) rank() int {
	if s.Index == nil {
		return math.MaxInt
	}
	return rank(s.Index.Value.Order)
}

// titled gives a guide without a title in its front matter that of its first heading.
func titled(r *content.Record[content.Guide], problems *diag.List) *content.Record[content.Guide] {
	return withTitle(r, func(r *content.Record[content.Guide]) *string { return &r.Value.Title }, func(r *content.Record[content.Guide]) string {
		problems.Errorf(r.Place("title"), "title", "a guide needs a title: give title in the front matter, or begin with a heading (# Title)")
		return r.ID
	})
}

// titledPage does so for a page. A list or the home page may have no title: they have one of
// their own.
func titledPage(r *content.Record[content.Page]) *content.Record[content.Page] {
	return withTitle(r, func(r *content.Record[content.Page]) *string { return &r.Value.Title }, func(*content.Record[content.Page]) string { return "" })
}

// withTitle fills in the title of a record and of its translations from the heading that
// opens the text. untitled says what a text without one is called.
func withTitle[T any](r *content.Record[T], title func(*content.Record[T]) *string, untitled func(*content.Record[T]) string) *content.Record[T] {
	missing := *title(r) == ""
	for _, t := range r.Translations {
		missing = missing || *title(t) == ""
	}
	if !missing {
		return r
	}
	fill := func(r content.Record[T]) *content.Record[T] {
		if *title(&r) == "" {
			heading := markdown.Parse(markdown.Source{File: r.File, Text: r.Body}, markdown.Options{}).Title()
			if heading == "" {
				heading = untitled(&r)
			}
			*title(&r) = heading
		}
		return &r
	}
	copied := fill(*r)
	if len(r.Translations) > 0 {
		copied.Translations = make(map[string]*content.Record[T], len(r.Translations))
		for lang, t := range r.Translations {
			copied.Translations[lang] = fill(*t)
		}
	}
	return copied
}
