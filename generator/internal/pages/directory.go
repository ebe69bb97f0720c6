package pages

import (
	"cmp"
	"maps"
	"slices"
	"strconv"
	"sync"

	"github.com/stoa-portal/stoa/generator/internal/config"
	"github.com/stoa-portal/stoa/generator/internal/output"
	"github.com/stoa-portal/stoa/generator/internal/portal"
)

// What a list page shows of a facet before "all".
const facetPreview = 8

// directoryRows are the pages of /mentors/.
func (e *edition) directoryRows() []output.File {
	intro, introLang := e.intro(e.Portal.Intro("mentors"))
	facets := e.facetPreviews()
	listed := e.Portal.Listed
	open := portal.CanAsk(listed)
	return e.paginate("mentors/", listed, func(site string, shown []*portal.Mentor, pager Pager) output.File {
		build := func() DirectoryView {
			head := e.indexHead("mentors", "title.mentors")
			if pager.Number > 1 {
				head = e.moved(head, site)
				head.Breadcrumbs = e.crumbs(Link{Label: head.Title, URL: e.site.Mentors})
				head.Title += " · " + e.words.Word("pager.page", "number", pager.Number)
			}
			return DirectoryView{
				Page: head, Intro: intro, IntroLang: introLang, Cards: e.cardsOf(shown), Pager: pager, Facets: facets,
				Order: e.config.Directory.Order, Open: open, AsOf: e.Portal.Today, Names: e.namesPath(), Size: e.perPage(),
			}
		}
		return page(e, "mentors", site, build, func(v *DirectoryView, problems *problemList) { render(problems, &v.Intro) })
	})
}

// facetPreviews are the directory's facets with their most frequent terms.
func (e *edition) facetPreviews() []Facet {
	facets := make([]Facet, len(e.Portal.Facets))
	for i, f := range e.Portal.Facets {
		facets[i] = e.facet(f, f.Terms[:min(len(f.Terms), facetPreview)])
	}
	return facets
}

func (e *edition) facet(f *portal.Facet, terms []*portal.Term) Facet {
	facet := Facet{Name: f.Name, Label: e.facetLabel(f), URL: e.prefix + "browse/" + f.Name + "/", Total: len(f.Terms)}
	for _, term := range terms {
		facet.Terms = append(facet.Terms, e.term(term))
	}
	return facet
}

func (e *edition) facetLabel(f *portal.Facet) string {
	if f.Own != nil {
		return cmp.Or(e.config.Languages[e.lang].Fields[f.Name].Label, f.Own.Label, f.Name)
	}
	return e.words.Word("facet_name." + f.Name)
}

// terms are a mentor's values of a facet, in their order.
func (e *edition) terms(m *portal.Mentor, facet string) []Term {
	return e.facetTerms(m, e.Portal.Facet(facet))
}

func (e *edition) facetTerms(m *portal.Mentor, f *portal.Facet) []Term {
	found := m.Terms(f)
	terms := make([]Term, len(found))
	for i, term := range found {
		terms[i] = e.term(term)
		// The count is the browse pages' affair: on a profile or card it would make
		// every one of them depend on all others.
		terms[i].Count, terms[i].Description, terms[i].Group = 0, "", ""
	}
	return terms
}

func (e *edition) term(t *portal.Term) Term {
	words := t.Words(e.lang)
	term := Term{
		ID: t.ID, Label: e.termLabel(t), Count: len(t.Mentors),
		Description: string(words.Description), Ask: words.Ask, Group: words.Group,
	}
	if t.Known && len(t.Mentors) > 0 && e.Portal.Offers(t.Facet) {
		term.URL = e.prefix + termPath(t)
	}
	return term
}

// termLabel is a term's label; what every site has (formats, modes, states of
// availability) is the theme's to say.
func (e *edition) termLabel(t *portal.Term) string {
	if t.Facet.Own != nil {
		return e.ownValue(*t.Facet.Own, t.Label(e.lang))
	}
	if label := t.Label(e.lang); label != "" {
		return label
	}
	group := map[string]string{"formats": "format", "modes": "mode", "availability": "status"}[t.Facet.Name]
	return e.words.Word(group + "." + t.ID)
}

func (e *edition) cardsOf(mentors []*portal.Mentor) []Fragment {
	cards := make([]Fragment, len(mentors))
	for i, m := range mentors {
		cards[i] = e.cards[m.ID]
	}
	return cards
}

// paginate divides a list of mentors into pages: site, then site + "page/2/" and so on. An
// empty list is one page.
func (e *edition) paginate(site string, all []*portal.Mentor, row func(site string, shown []*portal.Mentor, pager Pager) output.File) []output.File {
	return paginate(e, site, all, e.perPage(), row)
}

// perPage is how many mentors a page lists.
func (e *edition) perPage() int { return max(1, e.config.Directory.PerPage) }

// paginate divides any list into pages.
func paginate[T any](e *edition, site string, all []T, size int, row func(site string, shown []T, pager Pager) output.File) []output.File {
	total := max(1, (len(all)+size-1)/size)
	address := func(number int) string { return pageAddress(site, number) }
	files := make([]output.File, total)
	for i := range total {
		from, to := i*size, min((i+1)*size, len(all))
		pager := Pager{Number: i + 1, Total: total, Items: len(all), From: min(from+1, len(all)), To: to}
		if i > 0 {
			pager.Previous = e.prefix + address(i)
		}
		if i+1 < total {
			pager.Next = e.prefix + address(i+2)
		}
		if total > 1 {
			pager.Pages = pageLinks(i+1, total, func(n int) string { return e.prefix + address(n) })
		}
		files[i] = row(address(i+1), all[from:to], pager)
	}
	return files
}

// pageAddress is the path of a page of a list.
func pageAddress(site string, number int) string {
	if number == 1 {
		return site
	}
	return site + "page/" + strconv.Itoa(number) + "/"
}

// pageLinks are the steps of a pager: the first, the last, the current one and its
// neighbours; a gap between them has Number 0.
func pageLinks(current, total int, address func(int) string) []PageLink {
	var links []PageLink
	last := 0
	for n := 1; n <= total; n++ {
		if n != 1 && n != total && (n < current-1 || n > current+1) {
			continue
		}
		switch {
		case n == last+2:
			links = append(links, PageLink{Number: n - 1, URL: address(n - 1)})
		case n > last+2:
			links = append(links, PageLink{})
		}
		links = append(links, PageLink{Number: n, URL: address(n), Current: n == current})
		last = n
	}
	return links
}

// browseRows are the pages of /browse/: each facet, and each of its terms.
func (e *edition) browseRows() []output.File {
	return rowsInParallel(e.Portal.Facets, func(f *portal.Facet) []output.File {
		site := "browse/" + f.Name + "/"
		label := e.facetLabel(f)
		build := func() FacetView {
			head := e.head("facet", label, e.words.Word("browse.facet", "facet", label), site, "")
			head.Alternates = e.alternates(everywhere(site))
			head.Breadcrumbs = e.crumbs(Link{Label: e.words.Word("title.mentors"), URL: e.site.Mentors})
			view := FacetView{Page: head, Facet: e.facet(f, f.Terms)}
			view.Groups = groups(view.Facet.Terms)
			return view
		}
		files := []output.File{page(e, "facet", site, build, nil)}
		for _, term := range f.Terms {
			files = append(files, e.termRows(f, term)...)
		}
		return files
	})
}

// groups puts terms under their group's heading; terms without one come last.
func groups(terms []Term) []TermGroup {
	var list []TermGroup
	for _, term := range terms {
		i := slices.IndexFunc(list, func(g TermGroup) bool { return g.Label == term.Group })
		if i < 0 {
			i = len(list)
			list = append(list, TermGroup{Label: term.Group})
		}
		list[i].Terms = append(list[i].Terms, term)
	}
	slices.SortStableFunc(list, func(a, b TermGroup) int {
		if (a.Label == "") != (b.Label == "") {
			return cmp.Compare(len(b.Label), len(a.Label))
		}
		return cmp.Compare(a.Label, b.Label)
	})
	return list
}

// termRows are the pages that list the mentors of one term.
func (e *edition) termRows(f *portal.Facet, term *portal.Term) []output.File {
	label := e.facetLabel(f)
	shown := e.term(term)
	among := sync.OnceValues(func() ([]Term, []Facet) { return e.among(f, term) })
	return e.paginate(termPath(term), term.Mentors, func(site string, mentors []*portal.Mentor, pager Pager) output.File {
		build := func() TermView {
			head := e.head("term", shown.Label, cmp.Or(shown.Description, e.words.Word("browse.term", "term", shown.Label, "count", len(term.Mentors))), site, "")
			head.Alternates = e.alternates(everywhere(site))
			head.Breadcrumbs = e.crumbs(
				Link{Label: e.words.Word("title.mentors"), URL: e.site.Mentors},
				Link{Label: label, URL: e.prefix + "browse/" + f.Name + "/"},
			)
			if pager.Number > 1 {
				head.Title += " · " + e.words.Word("pager.page", "number", pager.Number)
			}
			view := TermView{
				Page: head, Facet: e.facet(f, nil), Term: shown, Cards: e.cardsOf(mentors), Pager: pager,
			}
			view.Nearby, view.Among = among()
			if pager.Number == 1 {
				view.Guides, view.Goals = e.guidesAbout(f, term), e.goalsAbout(f, term)
			}
			return view
		}
		return page(e, "term", site, build, nil)
	})
}

// among are the terms that a term's mentors share most: of its own facet, then of the other
// facets, with counts of these mentors alone. Everybody having a term says nothing, so such
// terms of other facets are left out, as are facets without others.
func (e *edition) among(f *portal.Facet, term *portal.Term) (nearby []Term, others []Facet) {
	shared := map[*portal.Term]int{}
	for _, other := range e.Portal.Facets {
		clear(shared)
		for _, m := range term.Mentors {
			for _, t := range m.Terms(other) {
				if t != term && t.Known {
					shared[t]++
				}
			}
		}
		most := slices.SortedFunc(maps.Keys(shared), func(a, b *portal.Term) int {
			return cmp.Or(cmp.Compare(shared[b], shared[a]), cmp.Compare(a.ID, b.ID))
		})
		if other == f {
			for _, t := range most[:min(len(most), facetPreview)] {
				nearby = append(nearby, e.term(t))
			}
			continue
		}
		facet := e.facet(other, most[:min(len(most), facetPreview)])
		facet.Total = len(most)
		for i := range facet.Terms {
			facet.Terms[i].Count = shared[most[i]]
		}
		if len(facet.Terms) > 0 && len(term.Mentors) > 1 {
			others = append(others, facet)
		}
	}
	return nearby, others
}

func ownFieldNames(c *config.Config) []string {
	var names []string
	for name, field := range c.Fields {
		if field.Public {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}
