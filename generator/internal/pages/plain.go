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
		lang := recordLang(e, record)
		title := e.pageTitle(record)
		if title == "" {
			e.errorf(r.Place("title"), "title", "a page needs a title: give title in the front matter, or begin with a heading (# Title)")
		}
		head := e.head("page", title, r.Value.Description, plainPath(record, e.lang), lang)
		if lang != e.lang {
			head.Canonical = e.absolute(plainPath(record, lang))
		}
		head.Alternates = e.alternates(translations(e, record, func(lang string) string { return plainPath(record, lang) }))
		head.Breadcrumbs = e.crumbs()
		head.EditURL = e.editURL(r.File)
		view := PlainView{Page: head, Body: body(e, r)}
		toc := r.Value.TOC != nil && *r.Value.TOC
		return []output.File{page(e, func() PlainView { return view }, func(v *PlainView) *Page { return &v.Page }, func(v *PlainView, problems *problemList) {
			if document := v.Body.render(problems); toc {
				v.TOC = headings(document)
			}
		})}
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
	view := NotFoundView{head}
	return []output.File{page(e, func() NotFoundView { return view }, func(v *NotFoundView) *Page { return &v.Page }, nil)}
}
