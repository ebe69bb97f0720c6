package pages

import (
	"encoding/xml"
	"fmt"

	"github.com/stoa-portal/stoa/generator/internal/civil"
	"github.com/stoa-portal/stoa/generator/internal/diag"
	"github.com/stoa-portal/stoa/generator/internal/output"
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

// maxSitemap is the most addresses of one sitemap (sitemaps.org: 50,000).
const maxSitemap = 50_000

// listed is a page as the sitemap has it.
type listed struct {
	page    *Page
	lastmod civil.Date
}

// sitemapRows are sitemap.xml and robots.txt. The sitemap needs the site's address: without
// one it is left out, with everything else that does, and one warning says so.
func (b *builder) sitemapRows() []output.File {
	rules := "User-agent: *\nAllow: /\n"
	if !b.config.Privacy.Index {
		rules = "User-agent: *\nDisallow: /\n"
	}
	if b.BaseURL == "" {
		var list diag.List
		list.Warnf(b.config.Place("title"), "no-base-url", "without base_url (or --base-url) there is no sitemap.xml, feed.xml or calendar.ics, and no canonical addresses")
		b.report(list)
		return []output.File{b.raw("robots.txt", writes([]byte(rules)), rules)}
	}
	var urls []sitemapURL
	for _, entry := range b.inSitemap {
		u := sitemapURL{Loc: entry.page.Canonical, LastMod: entry.lastmod.String()}
		translated := 0
		for _, a := range entry.page.Alternates {
			if a.Absolute != "" {
				translated++
				u.Alternates = append(u.Alternates, xhtmlLink{"alternate", a.Lang, a.Absolute})
			}
		}
		if translated < 2 {
			u.Alternates = nil
		}
		urls = append(urls, u)
	}
	set := func(urls []sitemapURL) urlSet {
		s := urlSet{URLs: urls}
		if len(b.editions) > 1 {
			s.XHTML = "http://www.w3.org/1999/xhtml"
		}
		return s
	}
	var files []output.File
	if b.config.Privacy.Index {
		if len(urls) <= maxSitemap {
			files = append(files, b.raw("sitemap.xml", writeXML(set(urls)), urls))
		} else {
			var index sitemapIndex
			for n := 1; len(urls) > 0; n++ {
				part := urls[:min(len(urls), maxSitemap)]
				urls = urls[len(part):]
				site := fmt.Sprintf("sitemap-%d.xml", n)
				files = append(files, b.raw(site, writeXML(set(part)), part))
				index.Sitemaps = append(index.Sitemaps, sitemapURL{Loc: b.absolute(site)})
			}
			files = append(files, b.raw("sitemap.xml", writeXML(index), index))
		}
		rules += "\nSitemap: " + b.absolute("sitemap.xml") + "\n"
	}
	return append(files, b.raw("robots.txt", writes([]byte(rules)), rules))
}
