package pages

import (
	"path"
	"strings"
	"unicode"

	"github.com/stoa-portal/stoa/generator/internal/content"
	"github.com/stoa-portal/stoa/generator/internal/diag"
	"github.com/stoa-portal/stoa/generator/internal/output"
	"github.com/stoa-portal/stoa/generator/internal/portal"
)

// wordsPerMinute is the pace of reading from which reading times are told.
const wordsPerMinute = 220

// minutes is how long a text takes to read. Of scripts that are written without spaces, two
// characters count as a word.
func minutes(text string) int {
	dense := 0
	for _, r := range text {
		if r >= '\u0E00' && unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar) {
			dense++
		}
	}
	words := len(strings.Fields(text)) + dense/2
	return max(1, (words+wordsPerMinute/2)/wordsPerMinute)
}

// sidebarGuides is the most guides that a sidebar lists in full.
const sidebarGuides = 80

func (e *edition) guideRows() []output.File {
	root := e.Portal.Guides
	all := e.builder.guides
	if len(all) == 0 {
		return nil
	}
	build := func() GuidesView {
		view := GuidesView{Page: e.indexHead("guides", "title.guides")}
		view.Intro, view.IntroLang = e.intro(root.Index)
		if len(root.Guides) > 0 {
			loose := e.section(root, nil)
			loose.Sections = nil
			view.Sections = append(view.Sections, loose)
		}
		for _, s := range root.Sections {
			view.Sections = append(view.Sections, e.section(s, nil))
		}
		view.Audiences, view.Stages = e.guideChoices()
		return view
	}
	files := []output.File{page(e, "guides", "guides/", build, func(v *GuidesView, problems *problemList) { render(problems, &v.Intro) })}
	root.Each(func(s *portal.Section) {
		if s != root {
			files = append(files, e.sectionRow(s))
		}
		if bookPath(s) != "" {
			files = append(files, e.bookRow(s))
		}
	})
	return append(files, rowsInParallel(numbered(all), func(g place[*portal.Guide]) []output.File {
		return []output.File{e.guideRow(g.value, g.previous, g.next)}
	})...)
}

// A place is a value and its neighbours in a list.
type place[T any] struct{ value, previous, next T }

func numbered[T any](values []T) []place[T] {
	places := make([]place[T], len(values))
	for i, v := range values {
		places[i].value = v
		if i > 0 {
			places[i].previous, places[i-1].next = values[i-1], v
		}
	}
	return places
}

// intro is the text of an _index.md, and its language when that is not the page's.
func (e *edition) intro(index *content.Record[content.Page]) (text Prose, lang string) {
	if index == nil {
		return Prose{}, ""
	}
	return body(e, index.In(e.lang)), e.foreign(recordLang(e, index))
}

func (e *edition) sectionRow(s *portal.Section) output.File {
	build := func() SectionView {
		description, lang, edit := "", "", ""
		if s.Index != nil {
			r := s.Index.In(e.lang)
			description, lang, edit = r.Value.Description, recordLang(e, s.Index), e.editURL(r.File)
		}
		head := e.head("section", s.Title(e.lang), description, s.ID+"/", lang)
		head.Alternates = e.alternates(e.sectionPaths(s))
		head.Breadcrumbs = e.sectionCrumbs(s.Parent)
		head.EditURL = edit
		intro, _ := e.intro(s.Index)
		return SectionView{Page: head, Intro: intro, Section: e.section(s, nil), Print: e.bookURL(s)}
	}
	return page(e, "section", s.ID+"/", build, func(v *SectionView, problems *problemList) { render(problems, &v.Intro) })
}

// sectionCrumbs is the way from home to a section, itself included.
func (e *edition) sectionCrumbs(s *portal.Section) []Link {
	var links []Link
	for ; s != nil; s = s.Parent {
		links = append([]Link{{Label: e.sectionTitle(s), URL: e.prefix + s.ID + "/"}}, links...)
	}
	return e.crumbs(links...)
}

// sectionTitle is a section's title; that of all guides, when nobody gave one, is the
// theme's to say.
func (e *edition) sectionTitle(s *portal.Section) string {
	if s.Parent == nil && (s.Index == nil || s.Index.In(e.lang).Value.Title == "" || recordLang(e, s.Index) != e.lang) {
		return e.words.Word("title.guides")
	}
	return s.Title(e.lang)
}

// section is a section with its guides; current is the guide shown, if one is.
func (e *edition) section(s *portal.Section, current *portal.Guide) Section {
	view := Section{URL: e.prefix + s.ID + "/", Title: e.sectionTitle(s)}
	if s.Index != nil {
		view.Description = s.Index.In(e.lang).Value.Description
	}
	for _, g := range s.Guides {
		view.Guides = append(view.Guides, e.guideCard(g))
		view.Current = view.Current || g == current
	}
	for _, inner := range s.Sections {
		child := e.section(inner, current)
		view.Sections = append(view.Sections, child)
		view.Current = view.Current || child.Current
	}
	return view
}

func (e *edition) guideURL(g *portal.Guide) string { return e.prefix + guidePath(g, e.lang) }

func (e *edition) guideCard(g *portal.Guide) GuideCard { return e.guides[g.ID] }

func (e *edition) newGuideCard(g *portal.Guide) GuideCard {
	r := g.In(e.lang)
	return GuideCard{
		URL: e.guideURL(g), Title: r.Value.Title, Description: r.Value.Description, Lang: e.foreign(recordLang(e, g.Record)),
		Section: e.sectionTitle(g.Section), Audience: r.Value.Audience, Updated: g.Updated(e.lang),
		Stages: e.wordsOf("stages", r.Value.Stages), Minutes: minutes(r.Body),
	}
}

func (e *edition) guideByID(id string) *portal.Guide {
	for _, g := range e.builder.guides {
		if g.ID == id && id != "" {
			return g
		}
	}
	return nil
}

func (e *edition) guideCards(ids []string) []GuideCard {
	var cards []GuideCard
	for _, id := range ids {
		if g := e.guideByID(id); g != nil {
			cards = append(cards, e.guideCard(g))
		}
	}
	return cards
}

func (e *edition) guideRow(g, previous, next *portal.Guide) output.File {
	build := func() GuideView { return e.guideView(g, previous, next, new(problemList)) }
	return from(g.In(e.lang).Place("slug"), page(e, "guide", guidePath(g, e.lang), build, func(v *GuideView, problems *problemList) {
		*v = e.guideView(g, previous, next, problems)
		v.TOC = headings(v.Body.render(problems))
		v.JSONLD = e.articleData(v)
	}))
}

// guideView makes the view of a guide. What it refers to and is not there is a problem.
func (e *edition) guideView(g, previous, next *portal.Guide, problems *problemList) GuideView {
	r := g.In(e.lang)
	v := r.Value
	lang := recordLang(e, g.Record)
	head := e.head("guide", v.Title, v.Description, guidePath(g, e.lang), lang)
	if lang != e.lang {
		head.Canonical = e.absolute(guidePath(g, lang))
	}
	head.Alternates = e.alternates(translations(e, g.Record, func(lang string) string { return guidePath(g, lang) }))
	head.Breadcrumbs = e.sectionCrumbs(g.Section)
	head.EditURL = e.editURL(r.File)
	head.Image = e.preview(r.File, string(v.Image), v.ImageAlt)
	step := func(g *portal.Guide) *Link {
		if g == nil {
			return nil
		}
		card := e.guideCard(g)
		return &Link{Label: card.Title, URL: card.URL, Lang: card.Lang}
	}
	head.Previous, head.Next = step(previous), step(next)
	view := GuideView{
		Page: head, GuideCard: e.guideCard(g), Body: body(e, r),
		ShowTOC: e.config.Markdown.TOC, Authors: v.Authors, Licence: v.Licence,
		Skills: e.wordsOf("skills", v.Skills), ReportURL: e.reportURL(head), Print: e.bookURL(g.Section),
	}
	e.nextSteps(&view, g)
	if v.TOC != nil {
		view.ShowTOC = *v.TOC
	}
	view.Sidebar = e.sidebar(g)
	for i, d := range v.Downloads {
		if url := e.download(r, i, string(d.File), problems); url != "" {
			view.Downloads = append(view.Downloads, Link{Label: d.Title, URL: url})
		}
	}
	for i, file := range v.Related {
		name := path.Join(rooted(r.File), string(file))
		related := e.guideByFile(name)
		switch {
		case related != nil:
			view.Related = append(view.Related, e.guideCard(related))
		case !e.routes.without[name]:
			problems.Errorf(r.Place(indexed("related", i)), "unknown-reference", "there is no guide %q%s", file, (&resolver{edition: e, file: r.File}).suggest(name))
		}
	}
	for _, id := range v.Programs {
		if program := e.Portal.Program(id); program != nil {
			view.ProgramsOf = append(view.ProgramsOf, e.programLink(program))
		}
	}
	return view
}

// sidebar is the sections beside a guide. Where there are many guides, only its own
// section is unfolded, and the others are links.
func (e *edition) sidebar(g *portal.Guide) []Section {
	root := e.Portal.Guides
	var sections []Section
	if len(root.Guides) > 0 {
		top := e.section(root, g)
		top.Sections, top.Current = nil, g.Section == root
		sections = append(sections, top)
	}
	for _, s := range root.Sections {
		section := Section{URL: e.prefix + s.ID + "/", Title: e.sectionTitle(s)}
		if len(e.builder.guides) <= sidebarGuides || s.Holds(g) {
			section = e.section(s, g)
		}
		sections = append(sections, section)
	}
	return sections
}

func (e *edition) guideByFile(name string) *portal.Guide {
	for _, g := range e.builder.guides {
		if strings.TrimPrefix(g.File, "content/") == name {
			return g
		}
	}
	return nil
}

// download is the address of a file to go with a guide, beside it or in static; "" when it
// is not there.
func (e *edition) download(r *content.Record[content.Guide], i int, file string, problems *problemList) string {
	place := r.Place(indexed("downloads", i) + ".file")
	if site, ok := strings.CutPrefix(file, "/"); ok {
		if e.routes.static[site] {
			return site
		}
		if !e.routes.without["static/"+site] {
			problems.Errorf(place, "unknown-file", "there is no file %q in content/static", file)
		}
		return ""
	}
	name := path.Join(rooted(r.File), file)
	if e.routes.assets[name] {
		if a, ok := e.asset("content/" + name); ok {
			return a.site
		}
		return "" // what is wrong with the file is said of the file
	}
	if !e.routes.without[name] {
		problems.Errorf(place, "unknown-file", "there is no file %q beside this guide", file)
	}
	return ""
}

// beside is the address of a file that a TOML file names: beside it, or in static.
func (b *builder) beside(from, file string) string {
	if site, ok := strings.CutPrefix(file, "/"); ok || file == "" {
		return site
	}
	return path.Join(rooted(from), file)
}

// wordsOf are the terms that words mean in a facet; unknown ones as written.
func (e *edition) wordsOf(facet string, words []string) []Term {
	terms := make([]Term, len(words))
	for i, word := range words {
		if t := e.Portal.Term(facet, word); t != nil {
			terms[i] = e.term(t)
			terms[i].Count = 0
		} else {
			terms[i] = Term{Label: word}
		}
	}
	return terms
}

// guidesAbout are the guides that name a term of skills, stages or programs.
func (e *edition) guidesAbout(f *portal.Facet, term *portal.Term) []GuideCard {
	var cards []GuideCard
	for _, g := range e.builder.guides {
		words := map[string][]string{"skills": g.Value.Skills, "stages": g.Value.Stages, "programs": g.Value.Programs}[f.Name]
		for _, word := range words {
			if e.Portal.Term(f.Name, word) == term {
				cards = append(cards, e.guideCard(g))
				break
			}
		}
	}
	return cards
}

// articleData is the guide as schema.org's Article.
func (e *edition) articleData(v *GuideView) any {
	data := map[string]any{"@context": "https://schema.org", "@type": "Article", "headline": v.GuideCard.Title, "inLanguage": v.Page.Lang}
	if v.GuideCard.Description != "" {
		data["description"] = v.GuideCard.Description
	}
	if v.Canonical != "" {
		data["url"] = v.Canonical
	}
	if v.Image != nil {
		data["image"] = v.Image.URL
	}
	if !v.Updated.IsZero() {
		data["dateModified"] = v.Updated.String()
	}
	var authors []any
	for _, name := range v.Authors {
		authors = append(authors, map[string]any{"@type": "Person", "name": name})
	}
	if len(authors) > 0 {
		data["author"] = authors
	}
	return data
}

func (b *builder) errorf(at diag.Place, rule, format string, args ...any) {
	var list diag.List
	list.Errorf(at, rule, format, args...)
	b.report(list)
}
