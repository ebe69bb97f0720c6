package pages

import (
	"cmp"
	"encoding/xml"
	"io"
	"slices"

	"github.com/stoa-portal/stoa/generator/internal/civil"
	"github.com/stoa-portal/stoa/generator/internal/digest"
	"github.com/stoa-portal/stoa/generator/internal/output"
)

// feedPath is the site path of the edition's feed, "" when it publishes none: in another
// language than the default one there has to be something to tell.
func (e *edition) feedPath() string {
	if e.BaseURL == "" || !e.config.Feeds.Guides && !e.feedsMentors() || e.prefix != "" && len(e.posts()) == 0 {
		return ""
	}
	return e.prefix + "feed.xml"
}

// feedsMentors tells whether mentors are in the feed: what is kept from search engines is
// not announced either.
func (b *builder) feedsMentors() bool { return b.config.Feeds.Mentors && b.config.Privacy.Index }

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
	Generator atomProgram `xml:"generator"`
	Entries   []atomEntry `xml:"entry"`
}

type atomProgram struct {
	Version string `xml:"version,attr,omitempty"`
	Name    string `xml:",chardata"`
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
	ID       string       `xml:"id"`
	Title    string       `xml:"title"`
	Updated  string       `xml:"updated"`
	Link     atomLink     `xml:"link"`
	Summary  string       `xml:"summary,omitempty"`
	Category atomCategory `xml:"category"`
	Authors  []atomPerson `xml:"author"`
}

type atomCategory struct {
	Term  string `xml:"term,attr"`
	Label string `xml:"label,attr"`
}

// A post is what the feed tells of.
type post struct {
	day                        civil.Date
	site, title, summary, kind string
	authors                    []string
}

// feedRows are /feed.xml, and /es/feed.xml for what is translated into Spanish.
func (b *builder) feedRows() []output.File {
	var files []output.File
	for _, e := range b.editions {
		if e.feed != "" {
			files = append(files, b.raw(e.feed, func(w io.Writer) error { return writeXML(e.atom())(w) }, later(func() digest.Sum { return digest.Of(e.atom()) })))
		}
	}
	return files
}

// posts are guides by the day they were updated, and mentors by the day they joined, the
// newest first. Both days come from the content, so that a feed does not change because it
// was built again. What has no day is not among them, nor what has one to come, nor what is not
// in the edition's language.
func (e *edition) posts() []post {
	var posts []post
	add := func(p post) {
		if !p.day.IsZero() && !p.day.After(e.Portal.Today) {
			posts = append(posts, p)
		}
	}
	if e.config.Feeds.Guides {
		for _, g := range e.builder.guides {
			if v := &g.In(e.lang).Value; recordLang(e, g.Record) == e.lang {
				add(post{v.Updated, e.guideURL(g), v.Title, v.Description, "guides", v.Authors})
			}
		}
	}
	if e.feedsMentors() {
		for _, m := range e.Portal.Listed {
			if v := &m.In(e.lang).Value; recordLang(e, m.Record) == e.lang {
				add(post{v.Joined, e.prefix + "mentors/" + m.ID + "/", v.Name, v.Headline, "mentors", nil})
			}
		}
	}
	slices.SortFunc(posts, func(a, b post) int { return cmp.Or(b.day.Compare(a.day), cmp.Compare(a.site, b.site)) })
	return posts[:min(len(posts), e.config.Feeds.Limit)]
}

func (e *edition) atom() atomFeed {
	home := e.absolute(e.prefix)
	feed := atomFeed{
		Lang: e.lang, ID: home, Title: e.site.Title, Subtitle: e.site.Description, Updated: stamp(civil.Of(1970, 1, 1)),
		Links: []atomLink{
			{Rel: "self", Type: "application/atom+xml", Href: e.absolute(e.feed)},
			{Rel: "alternate", Type: "text/html", Href: home},
		},
		Author: atomPerson{e.site.Title}, Generator: atomProgram{e.Version, "Stoa"},
	}
	for i, p := range e.posts() {
		if i == 0 {
			feed.Updated = stamp(p.day)
		}
		address := e.absolute(p.site)
		feed.Entries = append(feed.Entries, atomEntry{
			ID: address, Title: p.title, Updated: stamp(p.day), Link: atomLink{Rel: "alternate", Type: "text/html", Href: address}, Summary: p.summary,
			Category: atomCategory{p.kind, e.words.Word("title." + p.kind)},
			Authors:  each(p.authors, func(name string) atomPerson { return atomPerson{name} }),
		})
	}
	return feed
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
