package pages

import (
	"encoding/xml"
	"fmt"
	"io"

	"github.com/stoa-portal/stoa/generator/internal/civil"
	"github.com/stoa-portal/stoa/generator/internal/content"
	"github.com/stoa-portal/stoa/generator/internal/diag"
	"github.com/stoa-portal/stoa/generator/internal/digest"
	"github.com/stoa-portal/stoa/generator/internal/output"
	"github.com/stoa-portal/stoa/generator/internal/portal"
)

// A urlSet is a sitemap (sitemaps.org 0.9) with its languages (xhtml:link, as Google
// documents it).
type urlSet struct {
	XMLName xml.Name     `xml:"http://www.sitemaps.org/schemas/sitemap/0.9 urlset"`
	XHTML   string       `xml:"xmlns:xhtml,attr,omitempty"`
	URLs    []sitemapURL `xml:"url"`
}

type sitemapURL struct {
	Loc        string      `xml:"loc"`
	LastMod    string      `xml:"lastmod,omitempty"`
	Alternates []xhtmlLink `xml:"xhtml:link"`
}

type xhtmlLink struct {
	Rel      string `xml:"rel,attr"`
	Hreflang string `xml:"hreflang,attr"`
	Href     string `xml:"href,attr"`
}

type sitemapIndex struct {
	XMLName  xml.Name     `xml:"http://www.sitemaps.org/schemas/sitemap/0.9 sitemapindex"`
	Sitemaps []sitemapURL `xml:"sitemap"`
}

// What a sitemap may hold: 50,000 addresses and 50 MB (sitemaps.org). A link to a page in
// another language is an element of about the size of an address.
const (
	maxAddresses = 50_000
	maxElements  = 250_000
)

// sitemapRows are sitemap.xml and robots.txt. The sitemap needs the site's address: without
// one it is left out, with everything else that does, and one warning says so.
func (b *builder) sitemapRows() []output.File {
	rules := "User-agent: *\nAllow: /\n"
	if !b.config.Privacy.Index {
		rules = "User-agent: *\nDisallow: /\n"
	}
	var files []output.File
	if b.BaseURL == "" {
		var list diag.List
		list.Warnf(b.config.Place("title"), "no-base-url", "without base_url (or --base-url) there is no sitemap.xml, feed.xml or calendar.ics, and no canonical addresses")
		b.report(list)
	} else if b.config.Privacy.Index {
		files = b.sitemaps(min(maxAddresses, maxElements/(len(b.editions)+2)))
		rules += "\nSitemap: " + b.absolute("sitemap.xml") + "\n"
	}
	return append(files, b.raw("robots.txt", writes([]byte(rules)), rules))
}

// sitemaps is sitemap.xml; where there are more addresses than one may hold, it lists
// further ones.
func (b *builder) sitemaps(most int) []output.File {
	var entries []sitemapEntry
	for _, page := range b.indexable() {
		for i, version := range page {
			if version.exists {
				entries = append(entries, sitemapEntry{page, i})
			}
		}
	}
	if len(entries) <= most {
		return []output.File{b.sitemap("sitemap.xml", entries)}
	}
	var files []output.File
	var index sitemapIndex
	for n := 1; len(entries) > 0; n++ {
		part := entries[:min(len(entries), most)]
		entries = entries[len(part):]
		site := fmt.Sprintf("sitemap-%d.xml", n)
		files = append(files, b.sitemap(site, part))
		index.Sitemaps = append(index.Sitemaps, sitemapURL{Loc: b.absolute(site)})
	}
	return append(files, b.raw("sitemap.xml", writeXML(index), index))
}

// sitemap is one of them. Its addresses are made when they are asked for.
func (b *builder) sitemap(site string, entries []sitemapEntry) output.File {
	set := func() urlSet {
		s := urlSet{URLs: make([]sitemapURL, len(entries))}
		if len(b.editions) > 1 {
			s.XHTML = "http://www.w3.org/1999/xhtml"
		}
		for i, entry := range entries {
			version := entry.page[entry.version]
			s.URLs[i] = sitemapURL{Loc: b.absolute(version.site), LastMod: version.modified.String(), Alternates: b.hreflang(entry.page)}
		}
		return s
	}
	return b.raw(site, func(w io.Writer) error { return writeXML(set())(w) }, later(func() digest.Sum { return digest.Of(set()) }))
}

// hreflang are the languages of a page that has more than one; who reads none of them is led
// to the default one.
func (b *builder) hreflang(page indexedPage) []xhtmlLink {
	var links []xhtmlLink
	for i, version := range page {
		if version.exists {
			links = append(links, xhtmlLink{"alternate", b.editions[i].lang, b.absolute(version.site)})
		}
	}
	if len(links) < 2 {
		return nil
	}
	return append(links, xhtmlLink{"alternate", "x-default", b.absolute(page[0].site)})
}

// A sitemapEntry is a page in one language.
type sitemapEntry struct {
	page    indexedPage
	version int
}

// An indexedPage is a page for search engines, as it is in each of the site's languages.
type indexedPage []struct {
	site     string // path
	exists   bool   // translated; the page of the default language always is
	modified civil.Date
}

// indexable lists the pages that search engines are shown: all that are not kept from
// them, but for the further pages of a list, whose mentors have pages of their own. It
// asks records and not pages, which are made only when somebody asks for them.
func (b *builder) indexable() []indexedPage {
	var all []indexedPage
	add := func(paths func(lang string) (string, bool), modified func(lang string) civil.Date) {
		page := make(indexedPage, len(b.editions))
		for i, e := range b.editions {
			site, translated := paths(e.lang)
			page[i].site, page[i].exists = e.prefix+site, translated
			if modified != nil {
				page[i].modified = modified(e.lang)
			}
		}
		all = append(all, page)
	}
	p, e := b.Portal, b.editions[0]
	if p.Home != nil {
		add(translations(e, p.Home, fixed("")), updated(p.Home))
	} else {
		add(everywhere(""), nil)
	}
	for _, r := range p.Pages {
		add(translations(e, r, func(lang string) string { return plainPath(r, lang) }), updated(r))
	}
	for _, name := range []string{privacyPage, accessibilityPage} {
		if e.generates(name) {
			add(everywhere(name+"/"), nil)
		}
	}
	for _, site := range []string{e.site.Mentors, e.site.Match, e.site.Programs, e.site.Guides, e.site.Goals, e.site.Worksheets} {
		if site != "" {
			add(everywhere(site), nil)
		}
	}
	for _, m := range p.Mentors {
		if m.Listed {
			add(translations(e, m.Record, fixed("mentors/"+m.ID+"/")), func(string) civil.Date { return lastRead(m) })
		}
	}
	if len(p.Listed) > 0 {
		add(everywhere(namesSite), nil)
	}
	for _, f := range p.Facets {
		add(everywhere("browse/"+f.Name+"/"), nil)
		for _, term := range f.Terms {
			add(everywhere(termPath(term)), nil)
		}
	}
	for _, r := range p.Programs {
		add(translations(e, r.Record, fixed("programs/"+r.ID+"/")), nil)
	}
	p.Guides.Each(func(s *portal.Section) {
		if s.Parent != nil {
			add(e.sectionPaths(s), nil)
		}
	})
	for _, g := range b.guides {
		add(translations(e, g.Record, func(lang string) string { return guidePath(g, lang) }), g.Updated)
	}
	for _, r := range p.Goals {
		add(translations(e, r, fixed("goals/"+r.ID+"/")), nil)
	}
	for _, r := range p.Worksheets {
		add(translations(e, r, fixed("worksheets/"+r.ID+"/")), nil)
	}
	return all
}

// updated is the day that a page's front matter gives.
func updated(r *content.Record[content.Page]) func(lang string) civil.Date {
	return func(lang string) civil.Date { return r.In(lang).Value.Updated }
}

// lastRead is the day a profile was last read over, or else that on which the mentor
// joined.
func lastRead(m *portal.Mentor) civil.Date {
	if m.Value.Reviewed.After(m.Value.Joined) {
		return m.Value.Reviewed
	}
	return m.Value.Joined
}
