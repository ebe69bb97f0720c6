package pages

import (
	"fmt"
	"path"

	"github.com/stoa-portal/stoa/generator/internal/content"
	"github.com/stoa-portal/stoa/generator/internal/diag"
	"github.com/stoa-portal/stoa/generator/internal/markdown"
	"github.com/stoa-portal/stoa/generator/internal/output"
	"github.com/stoa-portal/stoa/generator/internal/portal"
)

// bookPath is the site path of a section as one page, "" when it has too few guides to be
// one: the list of all guides is not a book.
func bookPath(s *portal.Section) string {
	if s.Parent == nil || len(s.All()) < 2 {
		return ""
	}
	return s.ID + "/print/"
}

func (e *edition) bookURL(s *portal.Section) string {
	if site := bookPath(s); site != "" {
		return e.prefix + site
	}
	return ""
}

// bookRow is a section as one page, with its guides and those of the sections in it as
// chapters. What is wrong with a guide is told by the guide's own page.
func (e *edition) bookRow(s *portal.Section) output.File {
	site := bookPath(s)
	build := func() BookView {
		lang := e.lang
		if s.Index != nil {
			lang = recordLang(e, s.Index)
		}
		head := e.head("book", s.Title(e.lang), "", site, lang)
		head.NoIndex = true
		head.Canonical = e.absolute(e.prefix + s.ID + "/")
		head.Alternates = e.alternates(func(string) (string, bool) { return site, false })
		head.Breadcrumbs = e.sectionCrumbs(s)
		intro, _ := e.intro(s.Index)
		view := BookView{Page: head, Intro: intro, Section: Link{Label: e.sectionTitle(s), URL: e.prefix + s.ID + "/"}}
		for i, g := range s.All() {
			view.Chapters = append(view.Chapters, e.chapter(i+1, g))
		}
		return view
	}
	return page(e, "book", site, build, func(v *BookView, problems *problemList) {
		var told diag.List
		render(&told, &v.Intro)
		for i := range v.Chapters {
			chapter := &v.Chapters[i]
			chapter.TOC = headings(chapter.Body.render(&told))
		}
	})
}

// chapter is a guide in a book. Its ids begin with its number, so that chapters can share a
// page, and its headings stand below its title.
func (e *edition) chapter(number int, g *portal.Guide) Chapter {
	r := g.In(e.lang)
	card := e.guideCard(g)
	id := fmt.Sprintf("chapter-%d", number)
	options := e.bodyOptions()
	options.TopLevel, options.IDPrefix = 3, id+"-"
	options.Words.Footnotes += " · " + card.Title // lists of one name cannot be told apart
	return Chapter{
		ID: id, URL: card.URL, Title: card.Title, Description: card.Description, Lang: card.Lang,
		Body: bodyWith(e, r, options),
	}
}

// bodyWith is the text of a guide with other options than those of its own page.
func bodyWith(e *edition, r *content.Record[content.Guide], options markdown.Options) Prose {
	if isBlank(r.Body) {
		return Prose{}
	}
	return Prose{source: &proseSource{
		edition: e, file: r.File,
		sum:      e.proseSum(r.Body, options, path.Dir(r.File)),
		document: func() *markdown.Document { return parseBody(r, options) },
	}}
}
