package pages

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/stoa-portal/stoa/generator/internal/content"
	"github.com/stoa-portal/stoa/generator/internal/digest"
	"github.com/stoa-portal/stoa/generator/internal/output"
	"github.com/stoa-portal/stoa/generator/internal/portal"
)

// apiPage is how many items a document of the API holds; the rest is in the next ones.
const apiPage = 500

// An api makes the documents under /api/: what the site publishes, as data. They are in the default
// language, and their items in the order of their ids, so that a document does not change
// with the directory's weekly order.
type api struct {
	*edition
	files     []output.File
	resources []apiResource
}

// apiRows are /api/index.json, the documents of every kind, and the JSON Schemas that
// describe them.
func (b *builder) apiRows() []output.File {
	if !b.config.Privacy.API {
		return nil
	}
	a := &api{edition: b.editions[0]}
	p := b.Portal
	mentors := slices.Clone(p.Listed)
	slices.SortFunc(mentors, func(a, b *portal.Mentor) int { return strings.Compare(a.ID, b.ID) })
	apiList(a, "mentors", "The mentors of the directory.", len(mentors), a.mentor(mentors), a.mentorsSum(mentors))
	apiValues(a, "programs", "The mentoring programs.", p.Programs, a.program)
	apiValues(a, "guides", "The guides, without their text: see url.", b.guidesByID(), a.guide)
	apiValues(a, "goals", "The goal templates.", p.Goals, a.goal)
	apiValues(a, "worksheets", "The worksheets.", p.Worksheets, a.worksheet)
	apiValues(a, "vocabulary", "The words that profiles use, by facet.", a.vocabularies(), a.vocabulary)
	index := a.index()
	a.files = append(a.files, b.raw("api/index.json", writesJSON(index), index))
	apiSchema[apiIndex](a, "index", "What the site publishes as data.")
	return a.files
}

func (b *builder) guidesByID() []*portal.Guide {
	all := b.Portal.Guides.All()
	slices.SortFunc(all, func(a, b *portal.Guide) int { return strings.Compare(a.ID, b.ID) })
	return all
}

// vocabularies are those that belong to a facet, by name.
func (a *api) vocabularies() []*content.Record[content.Vocabulary] {
	var records []*content.Record[content.Vocabulary]
	for _, name := range slices.Sorted(maps.Keys(a.Portal.Content.Vocabularies)) {
		if a.Portal.Facet(name) != nil {
			records = append(records, a.Portal.Content.Vocabularies[name])
		}
	}
	return records
}

// apiValues adds the documents of a kind there are few of: their keys are computed from the
// items themselves.
func apiValues[V, T any](a *api, name, doc string, values []V, convert func(V) T) {
	apiList(a, name, doc, len(values), func(i int) T { return convert(values[i]) }, func(from, to int) digest.Sum {
		return digest.Of(each(values[from:to], convert))
	})
}

// later is a digest computed when it is asked for.
type later func() digest.Sum

func (l later) Sum() digest.Sum { return l() }

// apiList adds the documents of a kind. item makes one when a document is rendered, and sum
// is the digest of all that item would read for those of a range.
func apiList[T any](a *api, name, doc string, total int, item func(i int) T, sum func(from, to int) digest.Sum) {
	pages := max(1, (total+apiPage-1)/apiPage)
	site := func(number int) string {
		if number == 1 {
			return "api/" + name + ".json"
		}
		return fmt.Sprintf("api/%s/%d.json", name, number)
	}
	for i := range pages {
		from, to := i*apiPage, min((i+1)*apiPage, total)
		head := apiHead{Schema: a.schemaURL(name), Language: a.lang, Page: i + 1, Pages: pages, Total: total}
		if i > 0 {
			head.Previous = a.address(site(i))
		}
		if i+1 < pages {
			head.Next = a.address(site(i + 2))
		}
		a.files = append(a.files, a.raw(site(i+1), func(w io.Writer) error {
			document := apiDocument[T]{apiHead: head, Items: make([]T, 0, to-from)}
			for i := from; i < to; i++ {
				document.Items = append(document.Items, item(i))
			}
			return writesJSON(document)(w)
		}, head, later(func() digest.Sum { return sum(from, to) })))
	}
	a.resources = append(a.resources, apiResource{Name: name, Description: doc, URL: a.address(site(1)), Schema: a.schemaURL(name), Pages: pages, Total: total})
	apiSchema[apiDocument[T]](a, name, doc)
}

// apiSchema adds the JSON Schema of a document.
func apiSchema[T any](a *api, name, doc string) {
	id := ""
	if a.BaseURL != "" {
		id = string(a.schemaURL(name))
	}
	a.files = append(a.files, a.raw("api/schema/"+name+".json", func(w io.Writer) error {
		return writesJSON(schemaOf[T](name, doc, id))(w)
	}, id, doc))
}

func (a *api) schemaURL(name string) address { return a.address("api/schema/" + name + ".json") }

func (a *api) index() apiIndex {
	index := apiIndex{
		Schema: a.schemaURL("index"), Version: apiVersion, Title: a.site.Title, Description: a.site.Description,
		URL: a.address(""), Language: a.lang, Contact: a.site.Contact, Resources: a.resources,
	}
	for _, e := range a.editions {
		index.Languages = append(index.Languages, apiLanguage{
			ID: e.lang, Label: cmp.Or(a.config.Languages[e.lang].Label, portal.OwnName(e.lang)), URL: a.address(e.prefix),
		})
	}
	if a.editions[0].feed != "" {
		index.Feed = a.address("feed.xml")
	}
	if a.hasCalendar() {
		index.Calendar = a.address("calendar.ics")
	}
	return index
}

// address is a site path as the API gives it: absolute where the site's address is known, else a path
// with the base.
func (b *builder) address(site string) address {
	if b.BaseURL != "" {
		return address(b.absolute(site))
	}
	return address(b.Base + escapePath(site))
}

// link is an address as authors write it: one of the web, or a path of the site with a
// leading slash.
func (a *api) link(url string) address {
	site, own := strings.CutPrefix(url, "/")
	if !own {
		return address(url)
	}
	site, rest := cutSuffixes(site)
	return a.address(site) + address(rest)
}

// cutSuffixes parts a path from its query and fragment.
func cutSuffixes(site string) (path, rest string) {
	if i := strings.IndexAny(site, "?#"); i >= 0 {
		return site[:i], site[i:]
	}
	return site, ""
}

// file is the address of a file beside a source file, or in content/static.
func (a *api) file(from, name string) address {
	if name == "" {
		return ""
	}
	return a.address(a.beside(from, name))
}

// each makes a list of another.
func each[V, T any](values []V, convert func(V) T) []T {
	if len(values) == 0 {
		return nil
	}
	list := make([]T, 0, len(values))
	for _, v := range values {
		list = append(list, convert(v))
	}
	return list
}

// translated collects what an item is called in the other languages that it is translated
// to.
func translated[T any](a *api, r *content.Record[T], words func(*edition, *content.Record[T]) apiWords) map[string]apiWords {
	var all map[string]apiWords
	for _, e := range a.editions[1:] {
		if t, ok := r.Translations[e.lang]; ok {
			if all == nil {
				all = map[string]apiWords{}
			}
			all[e.lang] = words(e, t)
		}
	}
	return all
}

// writesJSON writes a value as a line of JSON.
func writesJSON(v any) func(io.Writer) error {
	return func(w io.Writer) error {
		var text bytes.Buffer
		if err := json.NewEncoder(&text).Encode(v); err != nil {
			return err
		}
		_, err := text.WriteTo(w)
		return err
	}
}
