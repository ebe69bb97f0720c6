package pages

import (
	"encoding/xml"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// searchWords are what a page tells search engines of itself.
type searchWords struct {
	noindex   bool
	canonical string
	hreflang  map[string]string
}

func readSearchWords(t *testing.T, text string) searchWords {
	t.Helper()
	document, err := html.Parse(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	words := searchWords{hreflang: map[string]string{}}
	for node := range document.Descendants() {
		attributes := map[string]string{}
		for _, a := range node.Attr {
			attributes[a.Key] = a.Val
		}
		switch {
		case node.Data == "meta" && attributes["name"] == "robots":
			words.noindex = strings.Contains(attributes["content"], "noindex")
		case node.Data == "link" && attributes["rel"] == "canonical":
			words.canonical = attributes["href"]
		case node.Data == "link" && attributes["rel"] == "alternate" && attributes["hreflang"] != "":
			words.hreflang[attributes["hreflang"]] = attributes["href"]
		}
	}
	return words
}

type readURL struct {
	Loc     string `xml:"loc"`
	LastMod string `xml:"lastmod"`
	Links   []struct {
		Hreflang string `xml:"hreflang,attr"`
		Href     string `xml:"href,attr"`
	} `xml:"http://www.w3.org/1999/xhtml link"`
}

func readSitemap(t *testing.T, plan *Plan, file string) []readURL {
	t.Helper()
	var set struct {
		XMLName xml.Name
		URLs    []readURL `xml:"http://www.sitemaps.org/schemas/sitemap/0.9 url"`
	}
	if err := xml.Unmarshal([]byte(plan.text(t, file)), &set); err != nil {
		t.Fatal(err)
	}
	return set.URLs
}

// directory is the full site with more mentors than a page of the directory holds.
func directory() sources {
	site := maps.Clone(full)
	site["config.toml"] = strings.Replace(site["config.toml"], "[request]", "[directory]\nper_page = 3\n[request]", 1)
	for i := range 5 {
		site[fmt.Sprintf("content/mentors/m%d.toml", i)] = "name = \"M\"\nskills = [\"law\"]\n"
	}
	site["content/mentors/_index.md"] = "+++\ntitle = \"People\"\n+++\nAll of them.\n"
	site["content/guides/start/_index.md"] = "+++\ntitle = \"Start\"\n+++\n"
	site["content/guides/start/_index.es.md"] = "+++\ntitle = \"Empezar\"\n+++\n"
	site["content/über-uns.md"] = "+++\ntitle = \"Wir\"\nupdated = 2026-05-06\n+++\n"
	return site
}

// TestSitemap: the sitemap lists exactly the pages that want to be found, with the same
// languages as the pages give.
func TestSitemap(t *testing.T) {
	const base = "https://example.org/portal/"
	further := regexp.MustCompile(`/page/\d+/index\.html$`)
	for name, site := range map[string]sources{"several": directory(), "few": full, "one language": {
		"config.toml": "title = \"T\"\nbase_url = \"" + base + "\"", "content/mentors/ana.toml": "name = \"Ana\"",
	}} {
		plan, _ := site.plan(t)
		var want []string
		pages := map[string]searchWords{}
		for _, f := range plan.Files {
			if !strings.HasSuffix(f.Path, ".html") {
				continue
			}
			words := readSearchWords(t, plan.text(t, f.Path))
			own := base + escapePath(strings.TrimSuffix(f.Path, "index.html"))
			pages[own] = words
			if !words.noindex && words.canonical == own && !further.MatchString(f.Path) {
				want = append(want, own)
			}
		}
		var got []string
		for _, u := range readSitemap(t, plan, "sitemap.xml") {
			got = append(got, u.Loc)
			links := map[string]string{}
			for _, l := range u.Links {
				links[l.Hreflang] = l.Href
			}
			if !maps.Equal(links, pages[u.Loc].hreflang) {
				t.Errorf("%s: %s has the languages %v in the sitemap, and %v itself", name, u.Loc, links, pages[u.Loc].hreflang)
			}
		}
		slices.Sort(got)
		slices.Sort(want)
		if !slices.Equal(got, want) {
			t.Errorf("%s: the sitemap lists\n%s\nthe pages to be found are\n%s", name, strings.Join(got, "\n"), strings.Join(want, "\n"))
		}
		for own, words := range pages {
			if words.canonical != own && len(words.hreflang) > 0 {
				t.Errorf("%s: %s leads to %s, and names languages", name, own, words.canonical)
			}
			for lang, other := range words.hreflang {
				if lang != "x-default" && pages[other].hreflang[lang] != other || pages[other].canonical != other || !maps.Equal(pages[other].hreflang, words.hreflang) {
					t.Errorf("%s: %s names %s for %s, which says otherwise", name, own, other, lang)
				}
			}
		}
	}
}

func TestSitemapEntries(t *testing.T) {
	plan, _ := directory().plan(t)
	byLoc := map[string]readURL{}
	for _, u := range readSitemap(t, plan, "sitemap.xml") {
		byLoc[u.Loc] = u
	}
	for loc, lastmod := range map[string]string{
		"https://example.org/portal/mentors/ana/":             "2026-01-02",
		"https://example.org/portal/es/mentors/ana/":          "2026-01-02",
		"https://example.org/portal/mentors/m0/":              "",
		"https://example.org/portal/guides/start/first/":      "2026-03-04",
		"https://example.org/portal/es/guides/start/primera/": "2026-03-04",
		"https://example.org/portal/%C3%BCber-uns/":           "2026-05-06",
		"https://example.org/portal/es/guides/start/":         "",
		"https://example.org/portal/browse/skills/law/":       "",
		"https://example.org/portal/es/browse/skills/law/":    "",
		"https://example.org/portal/es/goals/learn/":          "",
		"https://example.org/portal/es/worksheets/agreement/": "",
		"https://example.org/portal/es/programs/peer/":        "",
		"https://example.org/portal/mentors/":                 "",
		"https://example.org/portal/es/mentors/":              "", // its intro alone is not translated
	} {
		u, ok := byLoc[loc]
		if !ok || u.LastMod != lastmod {
			t.Errorf("%s: %t, last changed %q, want %q", loc, ok, u.LastMod, lastmod)
		}
	}
	for _, loc := range []string{"mentors/quiet/", "mentors/page/2/", "es/mentors/m0/", "es/über-uns/", "404.html", "mentors/topsecret-old/"} {
		if _, ok := byLoc["https://example.org/portal/"+escapePath(loc)]; ok {
			t.Errorf("%s is in the sitemap", loc)
		}
	}
}

// TestSitemapParts: a site with too many pages for one sitemap has several.
func TestSitemapParts(t *testing.T) {
	in, _ := directory().input(t)
	b := newBuilder(in)
	whole := &Plan{Files: b.sitemaps(1000)}
	parts := &Plan{Files: b.sitemaps(7)}
	var index struct {
		Sitemaps []readURL `xml:"http://www.sitemaps.org/schemas/sitemap/0.9 sitemap"`
	}
	if err := xml.Unmarshal([]byte(parts.text(t, "sitemap.xml")), &index); err != nil {
		t.Fatal(err)
	}
	var all []string
	for _, s := range index.Sitemaps {
		urls := readSitemap(t, parts, strings.TrimPrefix(s.Loc, "https://example.org/portal/"))
		if len(urls) == 0 || len(urls) > 7 {
			t.Errorf("%s lists %d pages", s.Loc, len(urls))
		}
		for _, u := range urls {
			all = append(all, u.Loc)
		}
	}
	var want []string
	for _, u := range readSitemap(t, whole, "sitemap.xml") {
		want = append(want, u.Loc)
	}
	if !slices.Equal(all, want) || len(index.Sitemaps) < 2 {
		t.Errorf("%d sitemaps list %d pages, want %d", len(index.Sitemaps), len(all), len(want))
	}
}

func TestRobots(t *testing.T) {
	site := func(config string) sources {
		return sources{"config.toml": config, "content/mentors/ana.toml": "name = \"Ana\"\n"}
	}
	for name, row := range map[string]struct {
		config  string
		robots  string
		sitemap bool
	}{
		"found":     {"title = \"T\"\nbase_url = \"https://example.org/a/\"\n", "User-agent: *\nAllow: /\n\nSitemap: https://example.org/a/sitemap.xml\n", true},
		"not found": {"title = \"T\"\nbase_url = \"https://example.org/a/\"\n[privacy]\nindex = false\n", "User-agent: *\nDisallow: /\n", false},
		"nowhere":   {"title = \"T\"\n", "User-agent: *\nAllow: /\n", false},
	} {
		plan, problems := site(row.config).plan(t)
		if got := plan.text(t, "robots.txt"); got != row.robots {
			t.Errorf("%s: %q", name, got)
		}
		if (plan.row("sitemap.xml") != nil) != row.sitemap {
			t.Errorf("%s: there is a sitemap: %t", name, !row.sitemap)
		}
		if told := strings.Contains(said(problems), "base_url"); told != (name == "nowhere") {
			t.Errorf("%s: %s", name, said(problems))
		}
		if name == "not found" && !readSearchWords(t, plan.text(t, "mentors/ana/index.html")).noindex {
			t.Errorf("a profile asks to be found")
		}
	}
}
