package pages

import (
	"cmp"
	"encoding/xml"
	"io"
	"slices"

	"github.com/stoa-portal/stoa/generator/internal/civil"
	"github.com/stoa-portal/stoa/generator/internal/output"
)

// hasFeed tells whether the site publishes feed.xml.
func (b *builder) hasFeed() bool {
	return b.BaseURL != "" && (b.config.Feeds.Guides || b.config.Feeds.Mentors)
}

// An atomFeed is an Atom feed (RFC 4287).
type atomFeed struct {
	XMLName   xml.Name    `xml:"http://www.w3.org/2005/Atom feed"`
	Lang      string      `xml:"xml:lang,attr"`
	ID        string      `xml:"id"`
	Title     string      `xml:"title"`
	Subtitle  string      `xml:"subtitle,omitempty"`
	Updated   string      `xml:"updated"`
	Links     []atomLink  `xml:"link"`
	Author    atomPerson  `xml:"author"`
	Generator string      `xml:"generator"`
	Entries   []atomEntry `xml:"entry"`
}

type atomLink struct {
	Rel  string `xml:"rel,attr,omitempty"`
	Type string `xml:"type,attr,omitempty"`
	Href string `xml:"href,attr"`
}

type atomPerson struct {
	Name string `xml:"name"`
}

type atomEntry struct {
	ID       string        `xml:"id"`
	Title    string        `xml:"title"`
	Updated  string        `xml:"updated"`
	Link     atomLink      `xml:"link"`
	Summary  string        `xml:"summary,omitempty"`
	Category *atomCategory `xml:"category"`
	Authors  []atomPerson  `xml:"author"`

	day civil.Date
}

type atomCategory struct {
	Term  string `xml:"term,attr"`
	Label string `xml:"label,attr"`
}

// feedRows is /feed.xml: guides by the day they were updated, and mentors by the day they
// joined, the newest first. Both days come from the content, so that a feed does not
// change because it was built again. What has no day is not in it.
func (b *builder) feedRows() []output.File {
	if !b.hasFeed() {
		return nil
	}
	e := b.editions[0]
	var entries []atomEntry
	add := func(day civil.Date, site, title, summary, kind string, authors []string) {
		if day.IsZero() {
			return
		}
		entry := atomEntry{
			ID: b.absolute(site), Title: title, Updated: stamp(day), Link: atomLink{Href: b.absolute(site)}, Summary: summary,
			Category: &atomCategory{kind, e.words.Word("title." + kind)}, day: day,
		}
		for _, name := range authors {
			entry.Authors = append(entry.Authors, atomPerson{name})
		}
		entries = append(entries, entry)
	}
	if b.config.Feeds.Guides {
		for _, g := range b.Portal.Guides.All() {
			add(g.Value.Updated, guidePath(g, e.lang), g.Value.Title, g.Value.Description, "guides", g.Value.Authors)
		}
	}
	if b.config.Feeds.Mentors && b.config.Privacy.Index {
		for _, m := range b.Portal.Listed {
			add(m.Value.Joined, "mentors/"+m.ID+"/", m.Value.Name, m.Value.Headline, "mentors", nil)
		}
	}
	slices.SortFunc(entries, func(a, b atomEntry) int {
		return cmp.Or(b.day.Compare(a.day), cmp.Compare(a.ID, b.ID))
	})
	entries = entries[:min(len(entries), b.config.Feeds.Limit)]
	feed := atomFeed{
		Lang: e.lang, ID: b.BaseURL, Title: e.site.Title, Subtitle: e.site.Description, Updated: stamp(civil.Of(1970, 1, 1)),
		Links: []atomLink{
			{Rel: "self", Type: "application/atom+xml", Href: b.absolute("feed.xml")},
			{Rel: "alternate", Type: "text/html", Href: b.BaseURL},
		},
		Author: atomPerson{e.site.Title}, Generator: "Stoa", Entries: entries,
	}
	if len(entries) > 0 {
		feed.Updated = entries[0].Updated
	}
	return []output.File{b.raw("feed.xml", writeXML(feed), feed)}
}

// stamp is the start of a day as RFC 3339 writes a time.
func stamp(d civil.Date) string { return d.Midnight().Format("2006-01-02T15:04:05Z07:00") }

// writeXML writes a value as an XML document.
func writeXML(v any) func(io.Writer) error {
	return func(w io.Writer) error {
		if _, err := io.WriteString(w, xml.Header); err != nil {
			return err
		}
		encoder := xml.NewEncoder(w)
		encoder.Indent("", " ")
		return encoder.Encode(v)
	}
}
