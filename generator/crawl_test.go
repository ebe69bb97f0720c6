package generator

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"maps"
	"net/url"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// TestCrawl builds the repository's own sample and follows every address in every file,
// under base URLs of three depths. It knows nothing of the sample's words, so that a fork
// can change them all.
func TestCrawl(t *testing.T) {
	for _, base := range []string{"https://crawled.example/", "https://crawled.example/repo/", "https://crawled.example/a/b/"} {
		t.Run(strings.TrimPrefix(base, "https://"), func(t *testing.T) {
			t.Parallel()
			files, _ := built(t, Options{Source: "..", BaseURL: base})
			c := newCrawler(t, base, files)
			c.pages()
			c.alternates()
			c.styles()
			c.data()
			c.structured()
			c.reach()
		})
	}
}

// A crawler knows every file of a built site.
type crawler struct {
	*testing.T
	base  *url.URL
	files tree
	docs  map[string]*document
	said  int
}

// A document is a page, and what of it others ask for.
type document struct {
	file       string
	root       *html.Node
	ids        map[string]int
	links      []string          // of <a>, resolved, without fragment
	alternates map[string]string // by language
	canonical  string
	redirect   bool
	noindex    bool
}

func newCrawler(t *testing.T, base string, files tree) *crawler {
	u, err := url.Parse(base)
	if err != nil {
		t.Fatal(err)
	}
	c := &crawler{T: t, base: u, files: files, docs: map[string]*document{}}
	for file, data := range files {
		if !strings.HasSuffix(file, ".html") {
			continue
		}
		root, err := html.Parse(bytes.NewReader(data))
		if err != nil {
			t.Fatal(err)
		}
		d := &document{file: file, root: root, ids: map[string]int{}, alternates: map[string]string{}}
		for n := range root.Descendants() {
			if id := attribute(n, "id"); n.Type == html.ElementNode && id != "" {
				d.ids[id]++
			}
			if n.DataAtom == atom.Meta && attribute(n, "http-equiv") == "refresh" {
				d.redirect = true
			}
			if n.DataAtom == atom.Meta && attribute(n, "name") == "robots" && strings.Contains(attribute(n, "content"), "noindex") {
				d.noindex = true
			}
		}
		c.docs[file] = d
	}
	return c
}

// fault reports, up to a bound: a fault of the theme is one on every page.
func (c *crawler) fault(file, format string, args ...any) {
	c.Helper()
	if c.said++; c.said < 30 {
		c.Errorf("%s: %s", file, fmt.Sprintf(format, args...))
	}
}

func attribute(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

// pages looks at every page by itself, and follows what it names.
func (c *crawler) pages() {
	for _, file := range slices.Sorted(maps.Keys(c.docs)) {
		d := c.docs[file]
		for id, n := range d.ids {
			if n > 1 {
				c.fault(file, "the id %q is there %d times", id, n)
			}
		}
		count := map[atom.Atom]int{}
		title := ""
		for n := range d.root.Descendants() {
			if n.Type != html.ElementNode {
				continue
			}
			count[n.DataAtom]++
			c.element(d, n)
			switch {
			case n.DataAtom == atom.Title && n.Parent.DataAtom == atom.Head && n.FirstChild != nil:
				title = strings.TrimSpace(n.FirstChild.Data)
			case n.DataAtom == atom.Html && attribute(n, "lang") == "":
				c.fault(file, "the page has no language")
			}
		}
		if title == "" {
			c.fault(file, "the page has no title")
		}
		if !d.redirect && (count[atom.H1] != 1 || count[atom.Main] != 1) {
			c.fault(file, "%d headings of the first level and %d main parts", count[atom.H1], count[atom.Main])
		}
		if file != "404.html" && d.canonical == "" {
			c.fault(file, "the page has no canonical address")
		}
	}
}

// element looks at one element: nothing inline, and every address leads somewhere.
func (c *crawler) element(d *document, n *html.Node) {
	for _, a := range n.Attr {
		switch {
		case a.Key == "style" || strings.HasPrefix(a.Key, "on"):
			c.fault(d.file, "<%s> has %s=", n.Data, a.Key)
		case a.Key == "srcset":
			for candidate := range strings.SplitSeq(a.Val, ",") {
				address, _, _ := strings.Cut(strings.TrimSpace(candidate), " ")
				c.follow(d, address)
			}
		case a.Key == "href" || a.Key == "src" || a.Key == "action" || a.Key == "poster" || a.Key == "formaction":
			target := c.follow(d, a.Val)
			if n.DataAtom == atom.A && target != "" {
				d.links = append(d.links, target)
			}
		}
	}
	switch n.DataAtom {
	case atom.Style:
		c.fault(d.file, "a style element")
	case atom.Script:
		kind := attribute(n, "type")
		data := kind == "application/ld+json" || kind == "application/json"
		switch {
		case attribute(n, "src") == "" && !data:
			c.fault(d.file, "an inline script")
		case data && (n.FirstChild == nil || !json.Valid([]byte(n.FirstChild.Data))):
			c.fault(d.file, "data that is not JSON")
		}
	case atom.Link:
		rel := attribute(n, "rel")
		if rel != "canonical" && attribute(n, "hreflang") == "" {
			return
		}
		address := attribute(n, "href")
		if !strings.HasPrefix(address, "https://") {
			c.fault(d.file, "%s is not absolute: %q", rel, address)
		}
		if rel == "canonical" {
			d.canonical = address
		} else {
			d.alternates[attribute(n, "hreflang")] = address
		}
	case atom.Meta:
		if property := attribute(n, "property"); property == "og:image" || property == "og:url" {
			c.follow(d, attribute(n, "content"))
		}
		if _, to, ok := strings.Cut(attribute(n, "content"), "url="); ok && d.redirect && attribute(n, "http-equiv") == "refresh" {
			c.follow(d, to)
		}
	case atom.Img:
		if !slices.ContainsFunc(n.Attr, func(a html.Attribute) bool { return a.Key == "alt" }) {
			c.fault(d.file, "a picture without alt: %s", attribute(n, "src"))
		}
	}
}

// follow checks an address as it stands in a page, and gives the file it leads to when that
// is a page of this site.
func (c *crawler) follow(d *document, address string) string {
	here := *c.base
	here.Path += d.file
	u, err := url.Parse(address)
	if err != nil {
		c.fault(d.file, "%q is no address: %v", address, err)
		return ""
	}
	if u.Scheme == "" && u.Host == "" && u.Path != "" && !strings.HasPrefix(u.Path, c.base.Path) {
		c.fault(d.file, "%q does not begin with the base path", address)
		return ""
	}
	u = here.ResolveReference(u)
	if u.Host != c.base.Host {
		if u.Scheme != "https" && u.Scheme != "http" && u.Scheme != "mailto" && u.Scheme != "tel" {
			c.fault(d.file, "%q leads nowhere", address)
		}
		return ""
	}
	file, ok := c.file(u)
	if !ok {
		c.fault(d.file, "%q leads to nothing", address)
		return ""
	}
	target := c.docs[file]
	if fragment := u.Fragment; fragment != "" && !strings.Contains(fragment, "=") { // with "=" it is what a script reads
		switch {
		case target != nil && target.ids[fragment] == 0:
			c.fault(d.file, "%q: the page has no such place", address)
		case target == nil && !bytes.Contains(c.files[file], []byte(`id="`+fragment+`"`)): // a symbol of a drawing
			c.fault(d.file, "%q: the file has no such part", address)
		}
	}
	if target == nil {
		return ""
	}
	return file
}

// file is the file of the site at an absolute address.
func (c *crawler) file(u *url.URL) (string, bool) {
	name, inside := strings.CutPrefix(u.Path, c.base.Path)
	if name == "" || strings.HasSuffix(name, "/") {
		name += "index.html"
	}
	return name, inside && c.files[name] != nil
}

// at is the page at an absolute address.
func (c *crawler) at(address string) *document {
	u, err := url.Parse(address)
	if err != nil || u.Host != c.base.Host {
		return nil
	}
	file, _ := c.file(u)
	return c.docs[file]
}

// alternates holds the languages of a page against each other: each names all of them.
func (c *crawler) alternates() {
	for _, d := range c.docs {
		for lang, address := range d.alternates {
			other := c.at(address)
			if other == nil {
				c.fault(d.file, "hreflang %s leads to no page: %s", lang, address)
			} else if !maps.Equal(other.alternates, d.alternates) {
				c.fault(d.file, "%s and it name different translations: %v, %v", other.file, other.alternates, d.alternates)
			}
		}
		if d.redirect || d.canonical == "" {
			continue
		}
		if canonical := c.at(d.canonical); canonical == nil {
			c.fault(d.file, "the canonical address leads to no page: %s", d.canonical)
		} else if canonical.canonical != d.canonical {
			c.fault(d.file, "the canonical page %s calls %s canonical", canonical.file, canonical.canonical)
		}
	}
}

var cssURL = regexp.MustCompile(`url\(\s*["']?([^"')]+)["']?\s*\)|@import\s+["']([^"']+)["']`)

// styles follows the addresses in stylesheets.
func (c *crawler) styles() {
	for file, data := range c.files {
		if path.Ext(file) != ".css" {
			continue
		}
		for _, m := range cssURL.FindAllSubmatch(data, -1) {
			address := string(m[1]) + string(m[2])
			if strings.HasPrefix(address, "data:") {
				continue
			}
			u, err := c.base.JoinPath(path.Dir(file), "/").Parse(address)
			if err != nil || u.Host != c.base.Host {
				c.fault(file, "%q leads elsewhere", address)
			} else if _, ok := c.file(u); !ok {
				c.fault(file, "%q leads to nothing", address)
			}
		}
	}
}

// data follows the addresses in the sitemap, the feed, the calendar and the JSON files.
func (c *crawler) data() {
	if !bytes.Contains(c.files["robots.txt"], []byte("Sitemap: "+c.base.String()+"sitemap.xml")) {
		c.fault("robots.txt", "it does not name the sitemap")
	}
	locations := 0
	for file, data := range c.files {
		switch path.Ext(file) {
		case ".xml", ".json", ".ics":
		default:
			continue
		}
		if path.Ext(file) == ".xml" {
			if err := xml.Unmarshal(data, new(struct{})); err != nil {
				c.fault(file, "%v", err)
			}
		}
		if path.Ext(file) == ".json" && !json.Valid(data) {
			c.fault(file, "this is not JSON")
		}
		own := regexp.MustCompile(regexp.QuoteMeta(c.base.Scheme+"://"+c.base.Host) + `/[^"<>\s\\]*`)
		for _, m := range own.FindAll(data, -1) {
			u, err := url.Parse(html.UnescapeString(string(m)))
			if err != nil {
				c.fault(file, "%v", err)
				continue
			}
			target, ok := c.file(u)
			if !ok && !strings.HasPrefix(path.Base(file), "schema") {
				c.fault(file, "%q leads to nothing", m)
			}
			if file == "sitemap.xml" && ok {
				locations++
				if d := c.docs[target]; d == nil || d.noindex || d.redirect {
					c.fault(file, "%q is not a page for search engines", m)
				} else if d.canonical != u.String() {
					c.fault(file, "%q is not canonical: that is %s", m, d.canonical)
				}
			}
		}
	}
	if locations == 0 {
		c.fault("sitemap.xml", "it is empty")
	}
}

// reach walks from the home page by links: all pages but unlisted ones, redirects and 404
// can be reached.
func (c *crawler) reach() {
	seen := map[string]bool{"index.html": true}
	for queue := []string{"index.html"}; len(queue) > 0; queue = queue[1:] {
		for _, next := range c.docs[queue[0]].links {
			if !seen[next] {
				seen[next] = true
				queue = append(queue, next)
			}
		}
	}
	for _, file := range slices.Sorted(maps.Keys(c.docs)) {
		if d := c.docs[file]; !seen[file] && !d.redirect && !d.noindex && file != "404.html" {
			c.fault(file, "no way leads here from the home page")
		}
	}
}
