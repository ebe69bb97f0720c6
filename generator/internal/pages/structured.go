package pages

// pageHead is a view whose head can be finished: every view embeds a Page.
type pageHead interface{ own() *Page }

func (p *Page) own() *Page { return p }

// structured adds the way to a page, as schema.org's BreadcrumbList, to what its view says for
// search engines. It needs addresses that are absolute, and a page that may be found.
func (e *edition) structured(p *Page) {
	if e.BaseURL == "" || p.NoIndex || len(p.Breadcrumbs) == 0 {
		return
	}
	steps := make([]any, 0, len(p.Breadcrumbs)+1)
	step := func(name, address string) {
		steps = append(steps, map[string]any{"@type": "ListItem", "position": len(steps) + 1, "name": name, "item": address})
	}
	for _, link := range p.Breadcrumbs {
		step(link.Label, e.absolute(link.URL))
	}
	step(p.Title, e.absolute(p.Permalink))
	way := map[string]any{"@context": "https://schema.org", "@type": "BreadcrumbList", "itemListElement": steps}
	if p.JSONLD == nil {
		p.JSONLD = way
	} else {
		p.JSONLD = []any{p.JSONLD, way}
	}
}
