package portal

import (
	"cmp"
	"math"
	"path"
	"slices"
	"strings"

	"github.com/stoa-portal/stoa/generator/internal/content"
	"github.com/stoa-portal/stoa/generator/internal/diag"
	"github.com/stoa-portal/stoa/generator/internal/fold"
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
func sections(all *content.Content, problems *diag.List) *Section {
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
	for _, record := range all.Guides {
		s := find(path.Dir("guides/" + record.ID))
		s.Guides = append(s.Guides, &Guide{Record: titled(record, problems), Section: s})
	}
	for _, record := range all.Sections {
		if s, ok := byID[record.ID]; ok {
			s.Index = record
		}
	}
	root.Each(func(s *Section) {
		slices.SortStableFunc(s.Guides, func(a, b *Guide) int {
			return cmp.Or(
				cmp.Compare(rank(a.Value.Order), rank(b.Value.Order)),
				cmp.Compare(fold.Key(a.Value.Title), fold.Key(b.Value.Title)),
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
	missing := r.Value.Title == ""
	for _, t := range r.Translations {
		missing = missing || t.Value.Title == ""
	}
	if !missing {
		return r
	}
	title := func(r *content.Record[content.Guide]) string {
		if r.Value.Title != "" {
			return r.Value.Title
		}
		heading := markdown.Parse(markdown.Source{File: r.File, Text: r.Body}, markdown.Options{}).Title()
		if heading == "" {
			problems.Errorf(r.Place("title"), "title", "a guide needs a title: give title in the front matter, or begin with a heading (# Title)")
			return r.ID
		}
		return heading
	}
	copied := *r
	copied.Value.Title = title(r)
	if len(r.Translations) > 0 {
		copied.Translations = make(map[string]*content.Record[content.Guide], len(r.Translations))
		for lang, t := range r.Translations {
			translated := *t
			translated.Value.Title = title(t)
			copied.Translations[lang] = &translated
		}
	}
	return &copied
}
