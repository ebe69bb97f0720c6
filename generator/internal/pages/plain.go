package pages

import (
	"cmp"

	"github.com/stoa-portal/stoa/generator/internal/content"
	"github.com/stoa-portal/stoa/generator/internal/output"
)

// plainRows are the pages of content/*.md but the home page.
func (e *edition) plainRows() []output.File {
	return rowsInParallel(e.Portal.Pages, func(record *content.Record[content.Page]) []output.File {
		r := record.In(e.lang)
		build := func() PlainView {
			lang := recordLang(e, record)
			head := e.head("page", e.pageTitle(record), r.Value.Description, plainPath(record, e.lang), lang)
			if lang != e.lang {
				head.Canonical = e.absolute(plainPath(record, lang))
			}
			head.Alternates = e.alternates(translations(e, record, func(lang string) string { return plainPath(record, lang) }))
			head.Breadcrumbs = e.crumbs()
			head.EditURL = e.editURL(r.File)
			return PlainView{Page: head, Body: body(e, r)}
		}
		return []output.File{from(r.Place("slug"), page(e, "page", plainPath(record, e.lang), build, func(v *PlainView, problems *problemList) {
			if v.Title == "" {
				problems.Errorf(r.Place("title"), "title", "a page needs a title: give title in the front matter, or begin with a heading (# Title)")
			}
			document := v.Body.render(problems)
			if toc := r.Value.TOC; toc != nil && *toc {
				v.TOC = headings(document)
			}
		}))}
	})
}

// pageTitle is what a page is called: its front matter says, or its first heading.
func (e *edition) pageTitle(record *content.Record[content.Page]) string {
	r := record.In(e.lang)
	return cmp.Or(r.Value.Title, document(e, r).Title())
}

func (e *edition) plainLink(record *content.Record[content.Page]) *Link {
	return &Link{Label: e.pageTitle(record), URL: e.prefix + plainPath(record, e.lang), Lang: e.foreign(recordLang(e, record))}
}

// notFoundRows is the page that a host shows where there is none.
func (e *edition) notFoundRows() []output.File {
	head := e.head("404", e.words.Word("not_found.title"), "", "404.html", "")
	head.NoIndex, head.Canonical = true, ""
	return []output.File{page(e, "404", "404.html", func() NotFoundView { return NotFoundView{head} }, nil)}
}
