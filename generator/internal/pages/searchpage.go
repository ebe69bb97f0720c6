package pages

import "github.com/stoa-portal/stoa/generator/internal/output"

// searchRows is the page that searches the whole site. What it finds depends on what a
// visitor asks, so that search engines are kept from it.
func (e *edition) searchRows() []output.File {
	return []output.File{page(e, "search", "search/", func() SearchView {
		head := e.head("search", e.words.Word("search_page.title"), e.words.Word("search_page.description"), "search/", "")
		head.NoIndex = true
		head.Alternates = e.alternates(everywhere("search/"))
		head.Breadcrumbs = e.crumbs()
		view := SearchView{Page: head, Names: e.namesPath()}
		for _, f := range e.Portal.Facets {
			view.Facets = append(view.Facets, e.facet(f, nil))
		}
		return view
	}, nil)}
}
