// Package portal is the domain: a mentoring program's people, programs, guides, goals,
// worksheets and words, as they stand on one day.
//
// In come the records that content read, each a file on its own. [New] ties them
// together (a mentor to programs, a program to its weeks' guides, a skill's alias to its
// term), checks what no single file can know, decides what is published, computes what
// nobody should type (availability, phases, order, related mentors, facets) and
// freezes the result. Everything above this room reads a [Portal] and asks no further
// what may be shown: a hidden profile, a private field or an address without consent is not in
// it.
package portal

import (
	"net/url"
	"path"
	"slices"
	"strings"
	"sync"

	"github.com/stoa-portal/stoa/generator/internal/civil"
	"github.com/stoa-portal/stoa/generator/internal/config"
	"github.com/stoa-portal/stoa/generator/internal/content"
	"github.com/stoa-portal/stoa/generator/internal/diag"
	"github.com/stoa-portal/stoa/generator/internal/fold"
)

// relatedMentors is how many similar mentors a profile shows: a row of cards.
const relatedMentors = 3

// A Portal is immutable once New returns it.
type Portal struct {
	Config    *config.Config
	Content   *content.Content
	Today     civil.Date
	Languages []string // the default language first

	Mentors    []*Mentor // published ones, by id
	Listed     []*Mentor // those in lists, in directory order
	Seats      int       // of the listed mentors, the free ones included
	Week       uint32    // from which turns in the fair order are made
	Programs   []*Program
	Goals      []*content.Record[content.Goal]
	Worksheets []*content.Record[content.Worksheet]
	Guides     *Section                        // the tree of guides
	Pages      []*content.Record[content.Page] // plain pages
	Intros     []*content.Record[content.Page] // the _index.md files, by folder
	Home       *content.Record[content.Page]   // nil when the site has no content/index.md
	Assets     []string                        // files beside texts, without those named as a profile that is not published
	Facets     []*Facet                        // those that the directory offers, each with at least one term

	facets   []*Facet // every facet
	programs map[string]*Program
	features [][]feature // of Listed, what makes mentors alike
	alike    [][]int     // indices in Listed
}

// Options are what a portal depends on besides its sources.
type Options struct {
	Today   civil.Date
	Without map[string]bool       // files left out of the build: a reference to one of them is a warning
	Last    *Portal               // an earlier portal of the site, whose work may be used again; may be nil
	Changed map[string]civil.Date // the days of last commits by source file, for guides that do not say when they were updated
}

// New ties the records together and checks them.
func New(c *config.Config, all *content.Content, o Options) (*Portal, diag.List) {
	var problems diag.List
	p := &Portal{
		Config: c, Content: all, Today: o.Today,
		Languages: c.Tags(),
		Goals:     all.Goals, Worksheets: all.Worksheets,
		programs: map[string]*Program{},
	}
	for _, record := range all.Pages {
		if page := titledPage(record); page.ID == "index" {
			p.Home = page
		} else {
			p.Pages = append(p.Pages, page)
		}
	}
	for _, record := range all.Sections {
		p.Intros = append(p.Intros, titledPage(record))
	}
	for _, record := range all.Programs {
		program := &Program{Record: record}
		windows := WindowsOf(record.Value.Cohorts)
		program.Phase, program.Next = PhaseOn(windows, p.Today)
		program.Phases = phases(windows, p.Today)
		p.Programs = append(p.Programs, program)
		p.programs[record.ID] = program
	}
	p.Guides = p.sections(o.Changed, &problems)
	p.facets = newFacets(c)
	for _, f := range p.facets {
		if record := all.Vocabularies[f.Name]; record != nil && vocabularies[f.Name] != "" {
			f.vocabulary = vocabulary(record, f, &problems)
		}
	}
	var dangling diag.List
	var wait sync.WaitGroup
	wait.Go(func() { p.checkReferences(o.Without, &dangling) })
	p.publish(&problems)
	wait.Wait()
	problems.Add(dangling)
	p.classify(&problems)
	p.relate(relatedMentors, o.Last)
	return p, problems
}

// ownFields names the site's own fields in a stable order.
func ownFields(c *config.Config) []string {
	names := make([]string, 0, len(c.Fields))
	for name := range c.Fields {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// publish picks the profiles that are published, without what they keep private.
func (p *Portal) publish(problems *diag.List) {
	omit := p.omitted(problems)
	for _, name := range ownFields(p.Config) {
		if !p.Config.Fields[name].Public {
			omit = append(omit, "fields."+name)
		}
	}
	unpublished := map[string]bool{}
	for _, record := range p.Content.Mentors {
		if !publishable(record, p.Config, p.Today, problems) {
			unpublished[strings.TrimSuffix(record.File, ".toml")] = true
			continue
		}
		kept, agreed := omit, withPhoto(&record.Value, p.Config)
		if !agreed { // nor may the words about the photo describe the person
			kept = append(slices.Clone(omit), "photo")
		}
		mentor := &Mentor{
			Record:       p.conceal(record, kept, problems),
			Listed:       record.Value.Visibility != "unlisted",
			Availability: availability(record.Value.Availability, p.Today),
			Overdue:      overdue(&record.Value, p.Config, p.Today) || expired(&record.Value, p.Today),
		}
		mentor.StaleOn = toldStaleOn(&record.Value, &mentor.Value, p.Config)
		mentor.Availability.conceal(mentor.Value.Availability)
		for _, id := range mentor.Value.Programs {
			if program := p.programs[id]; program != nil && !slices.Contains(mentor.Programs, program) {
				mentor.Programs = append(mentor.Programs, program)
			}
		}
		if agreed && !slices.Contains(omit, "photo") && !slices.Contains(record.Value.Private, "photo") {
			mentor.Photo = p.Content.Photos[record.ID]
		}
		p.Mentors = append(p.Mentors, mentor)
		p.checkAddresses(mentor, problems)
		if mentor.Listed && (!p.Config.Directory.HideUnavailable || mentor.Availability.Status.CanAsk()) {
			p.Listed = append(p.Listed, mentor)
		}
	}
	for _, file := range p.Content.Assets {
		if unpublished[strings.TrimSuffix(file, path.Ext(file))] {
			continue
		}
		if strings.HasPrefix(file, "content/mentors/") && !p.named(path.Base(file)) { // it may be a signed form
			problems.Warnf(diag.Place{File: file}, "unknown-file", "this file is not published: no profile that is published links to it")
			continue
		}
		p.Assets = append(p.Assets, file)
	}
	p.arrange()
	for _, mentor := range p.Listed {
		for _, program := range mentor.Programs {
			program.Mentors = append(program.Mentors, mentor)
		}
	}
}

// named tells whether a text of a published profile, or the introduction to them, names a file
// beside it.
func (p *Portal) named(file string) bool {
	escaped := (&url.URL{Path: file}).EscapedPath()
	in := func(texts ...content.Markdown) bool {
		return slices.ContainsFunc(texts, func(text content.Markdown) bool {
			return strings.Contains(string(text), file) || strings.Contains(string(text), escaped)
		})
	}
	says := func(m *content.Mentor) bool { return in(m.Bio, m.IdealMentee, m.Request.Instructions) }
	for _, m := range p.Mentors {
		if says(&m.Value) {
			return true
		}
		for _, translation := range m.Translations {
			if says(&translation.Value) {
				return true
			}
		}
	}
	for _, section := range p.Content.Sections {
		if section.ID != "mentors" {
			continue
		}
		if in(content.Markdown(section.Body)) {
			return true
		}
		for _, translation := range section.Translations {
			if in(content.Markdown(translation.Body)) {
				return true
			}
		}
	}
	return false
}

// classify fills the facets, and picks those that the directory offers.
func (p *Portal) classify(problems *diag.List) {
	for _, m := range p.Mentors {
		m.terms = make([][]*Term, len(p.facets))
	}
	offered := map[string]bool{}
	for _, name := range p.Config.Directory.Facets {
		offered[name] = true
	}
	found := make([]diag.List, len(p.facets)) // each facet writes to a place of its own
	inParallel(len(p.facets), func(from, to int) {
		for i := from; i < to; i++ {
			p.facets[i].fill(p, &found[i])
			p.facets[i].count(p.Listed)
		}
	})
	for i, f := range p.facets {
		problems.Add(found[i])
		if len(f.Terms) > 0 && (offered[f.Name] || len(offered) == 0) {
			p.Facets = append(p.Facets, f)
		}
	}
	if len(offered) > 0 {
		slices.SortStableFunc(p.Facets, func(a, b *Facet) int {
			return slices.Index(p.Config.Directory.Facets, a.Name) - slices.Index(p.Config.Directory.Facets, b.Name)
		})
	}
}

// Facet is the facet of that name, offered or not; nil when no site could have it.
func (p *Portal) Facet(name string) *Facet {
	for _, f := range p.facets {
		if f.Name == name {
			return f
		}
	}
	return nil
}

// Vocabulary is the vocabulary of a facet, or nil.
func (p *Portal) Vocabulary(facet string) *Vocabulary {
	if f := p.Facet(facet); f != nil {
		return f.vocabulary
	}
	return nil
}

// Offers tells whether the directory offers a facet, so that its terms have pages.
func (p *Portal) Offers(f *Facet) bool { return slices.Contains(p.Facets, f) }

// Program is the program of that id, or nil.
func (p *Portal) Program(id string) *Program { return p.programs[id] }

// Intro is the _index.md of a folder such as "mentors" or "guides/careers", or nil.
func (p *Portal) Intro(folder string) *content.Record[content.Page] {
	for _, record := range p.Intros {
		if record.ID == folder {
			return record
		}
	}
	return nil
}

// Term finds the term that a word means in a facet: by the vocabulary where there is
// one, else among what profiles say, by id or in any spelling that folds to the same.
func (p *Portal) Term(facet, word string) *Term {
	f := p.Facet(facet)
	switch {
	case f == nil:
		return nil
	case f.vocabulary != nil:
		return f.vocabulary.Find(word)
	case f.byID[word] != nil:
		return f.byID[word]
	default:
		return f.byKey[fold.Key(word)]
	}
}
