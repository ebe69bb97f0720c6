package pages

import (
	"maps"
	"net/url"
	"path"
	"slices"
	"strings"
	"sync"

	"github.com/stoa-portal/stoa/generator/internal/content"
	"github.com/stoa-portal/stoa/generator/internal/digest"
	"github.com/stoa-portal/stoa/generator/internal/markdown"
	"github.com/stoa-portal/stoa/generator/internal/portal"
)

// A route is where a source file's page is.
type route struct {
	lang     string                              // of a translation's file: a link to it leads to that edition; else ""
	site     func(lang string) string            // site path without the edition's prefix
	document func(e *edition) *markdown.Document // its Markdown, for its headings; nil when a page has none to link to
	text     bool                                // the page is this text, and has no other places to link to
}

// routes knows the page of every source file, for links between sources, and every
// fixed page, for links by site path.
type routes struct {
	byFile    map[string]route  // by path from content/
	bySite    map[string]route  // of pages, by site path; those of other languages with their prefix
	assets    map[string]bool   // files beside guides and pages, by path from content/
	static    map[string]bool   // by site path
	pages     map[string]bool   // site paths of the default language
	data      map[string]bool   // site paths of feeds and the like, and of pages that another day may have; false: not published
	without   map[string]bool   // source files left out of the build
	languages []string          // but the default one
	hidden    map[string]bool   // source files that are sound and not published, by path from content/
	files     []string          // for "did you mean"
	sum       func() digest.Sum // computed when a text may hold a link
}

func newRoutes(p *portal.Portal, without map[string]bool, baseURL string, layouts []string) *routes {
	r := &routes{
		byFile: map[string]route{}, bySite: map[string]route{}, assets: map[string]bool{}, static: map[string]bool{},
		pages: map[string]bool{"": true, "mentors/": true, "search/": true}, data: dataFiles(p, baseURL != ""),
		without: map[string]bool{}, hidden: map[string]bool{}, languages: p.Languages[1:],
	}
	for file := range without {
		r.without[strings.TrimPrefix(file, "content/")] = true
	}
	for _, file := range p.Content.Drafts {
		r.hidden[strings.TrimPrefix(file, "content/")] = true
	}
	for _, m := range p.Content.Mentors {
		r.hidden[strings.TrimPrefix(m.File, "content/")] = true
	}
	for _, m := range p.Mentors {
		delete(r.hidden, strings.TrimPrefix(m.File, "content/"))
		addRoute(r, m.Record, fixed("mentors/"+m.ID+"/"))
	}
	for _, record := range p.Programs {
		addRoute(r, record.Record, fixed("programs/"+record.ID+"/"))
	}
	for _, record := range p.Goals {
		addRoute(r, record, fixed("goals/"+record.ID+"/"))
	}
	for _, record := range p.Worksheets {
		addRoute(r, record, fixed("worksheets/"+record.ID+"/"))
	}
	p.Guides.Each(func(s *portal.Section) {
		r.pages[s.ID+"/"] = true
		if book := bookPath(s); book != "" {
			r.pages[book] = true
		}
		r.byFile[s.ID] = route{site: fixed(s.ID + "/")}
		if s.Index != nil {
			addRoute(r, s.Index, fixed(s.ID+"/"))
		}
	})
	for _, g := range p.Guides.All() {
		addRoute(r, g.Record, func(lang string) string { return guidePath(g, lang) })
	}
	for _, record := range p.Pages {
		addRoute(r, record, func(lang string) string { return plainPath(record, lang) })
	}
	if p.Home != nil {
		addRoute(r, p.Home, fixed(""))
	}
	for segment, any := range map[string]bool{"match": len(p.Listed) > 0, "request": p.Config.Request.Method != "none" && len(p.Mentors) > 0, "programs": len(p.Programs) > 0, "goals": len(p.Goals) > 0, "worksheets": len(p.Worksheets) > 0, "guides": len(p.Guides.All()) > 0} {
		if any {
			r.pages[segment+"/"] = true
		}
	}
	for _, folder := range []string{"mentors", "programs", "goals", "worksheets"} {
		if r.pages[folder+"/"] {
			r.byFile[folder] = route{site: fixed(folder + "/")}
			if index := p.Intro(folder); index != nil {
				addRoute(r, index, fixed(folder+"/"))
			}
		}
	}
	if len(p.Listed) > 0 {
		r.pages[namesSite] = true
	}
	for _, f := range p.Facets {
		r.pages["browse/"+f.Name+"/"] = true
		for _, term := range f.Terms {
			r.pages[termPath(term)] = true
		}
	}
	for name := range p.Content.Vocabularies {
		if f := p.Facet(name); f != nil && (p.Offers(f) || len(f.Terms) == 0) {
			r.absent("browse/" + name + "/")
			for _, term := range p.Vocabulary(name).Terms {
				r.absent(termPath(term))
			}
		}
	}
	for _, m := range p.Content.Mentors {
		r.absent("mentors/" + m.ID + "/")
	}
	for _, file := range p.Assets {
		r.assets[strings.TrimPrefix(file, "content/")] = true
	}
	for _, file := range p.Content.Static {
		r.static[file] = true
	}
	legalRoutes(r, layouts)
	for site := range r.pages {
		if _, ok := r.bySite[site]; !ok {
			r.bySite[site] = route{site: fixed(site)}
		}
	}
	for _, entry := range slices.Collect(maps.Values(r.bySite)) {
		for _, lang := range p.Languages[1:] {
			r.bySite[lang+"/"+entry.site(lang)] = route{lang: lang, site: entry.site, document: entry.document, text: entry.text}
		}
	}
	r.files = slices.Sorted(maps.Keys(r.byFile))
	r.sum = sync.OnceValue(func() digest.Sum { return r.digest(p) })
	return r
}

// addRoute adds the page of a record, under the names of the file and its translations.
func addRoute[T any](r *routes, record *content.Record[T], site func(string) string) {
	entry := route{site: site}
	if record.Body != "" {
		entry.document = func(e *edition) *markdown.Document { return document(e, record.In(e.lang)) }
		entry.text = path.Base(record.File) != "_index.md" // which introduces a list
	}
	r.byFile[strings.TrimPrefix(record.File, "content/")] = entry
	r.bySite[site("")] = entry
	for lang, t := range record.Translations {
		r.byFile[strings.TrimPrefix(t.File, "content/")] = route{lang: lang, site: site, document: entry.document, text: entry.text}
	}
	r.pages[site("")] = true
}

// absent notes a page that there would be if somebody who is hidden, or away, were not.
func (r *routes) absent(site string) {
	if !r.pages[site] {
		r.data[site] = false
	}
}

// dataFiles are what sites publish for programs to read, which a link may lead to, and
// whether this one does. address tells whether the site's address is known, which some need.
func dataFiles(p *portal.Portal, address bool) map[string]bool {
	c := p.Config
	files := map[string]bool{
		"robots.txt":   true,
		"feed.xml":     address && (c.Feeds.Guides || c.Feeds.Mentors),
		"sitemap.xml":  address && c.Privacy.Index,
		"calendar.ics": address && slices.ContainsFunc(p.Programs, hasDays),
	}
	for _, name := range []string{"index", "mentors", "programs", "guides", "goals", "worksheets", "vocabulary"} {
		files["api/"+name+".json"] = c.Privacy.API
	}
	return files
}

// hasDays tells whether a program gives a day, so that there is a calendar.
func hasDays(p *portal.Program) bool {
	return slices.ContainsFunc(p.Value.Cohorts, func(c content.Cohort) bool {
		return !c.RegistrationOpens.IsZero() || !c.RegistrationCloses.IsZero() || !c.Starts.IsZero() || !c.Ends.IsZero()
	}) || slices.ContainsFunc(p.Value.Timeline, func(t content.TimelineAt) bool { return !t.Date.IsZero() })
}

// digest is that of all a link may depend on: where every source file's page is, in each
// language, what is not there, and the texts whose headings a link may name.
func (r *routes) digest(p *portal.Portal) digest.Sum {
	var where []string
	for _, file := range r.files {
		for _, lang := range p.Languages {
			where = append(where, file, r.byFile[file].site(lang))
		}
	}
	var texts []digest.Sum
	for _, g := range p.Guides.All() {
		texts = append(texts, g.Sum())
		for _, lang := range p.Languages {
			texts = append(texts, g.In(lang).Sum())
		}
	}
	for _, record := range slices.Concat(p.Content.Pages, p.Content.Sections) {
		for _, lang := range p.Languages {
			texts = append(texts, record.In(lang).Sum())
		}
	}
	return digest.Of(where, texts, r.assets, r.static, r.without, r.hidden, r.pages, r.data)
}

func fixed(site string) func(string) string { return func(string) string { return site } }

// guidePath is a guide's site path in a language; the slug may differ between them.
func guidePath(g *portal.Guide, lang string) string {
	slug := string(g.In(lang).Value.Slug)
	if slug == "" {
		slug = path.Base(g.ID)
	}
	return path.Join("guides", path.Dir(g.ID), slug) + "/"
}

func plainPath(r *content.Record[content.Page], lang string) string {
	slug := string(r.In(lang).Value.Slug)
	if slug == "" {
		slug = r.ID
	}
	return slug + "/"
}

func termPath(t *portal.Term) string { return "browse/" + t.Facet.Name + "/" + t.ID + "/" }

// escapePath percent-encodes a path for an address.
func escapePath(site string) string { return (&url.URL{Path: site}).EscapedPath() }
