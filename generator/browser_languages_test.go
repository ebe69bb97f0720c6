package generator

import (
	"bytes"
	"net/url"
	"strings"
	"testing"
)

// TestBrowserLanguages shows a portal in Arabic and Chinese to a browser: every kind of page
// is held to the rules for pages, headings can be linked to, names keep their direction, and
// search finds and sorts what is there. It then walks through the theme's other languages.
func TestBrowserLanguages(t *testing.T) {
	browser := startBrowser(t)
	files := readTree(t, "testdata/sites/scripts/site")
	config := bytes.Replace(files["config.toml"], []byte("theme = \"plain\"\n"), nil, 1)
	files["config.toml"] = config
	site := serveSite(t, files)
	t.Run("pages", func(t *testing.T) { testPages(t, browser, site) })

	b := newTab(t, browser)
	b.media("", "prefers-reduced-motion", "reduce")
	b.size(1280, 800)
	at := func(path string) string { return site.base + (&url.URL{Path: path}).EscapedPath() }

	t.Run("headings", func(t *testing.T) {
		b.t = t
		for path, heading := range map[string]string{"guides/bidaya/اللقاء-الأول/": "ما-بعد-اللقاء", "zh/guides/bidaya/第一次会面/": "会面之后"} {
			b.open(at(path) + "#" + url.PathEscape(heading))
			if !ask[bool](b, `document.querySelector(":target")?.textContent.length > 3 && location.hash.length > 20`) {
				t.Errorf("%s has no heading %s to go to", path, heading)
			}
			b.until("the mark in the contents", `decodeURIComponent(document.querySelector(".toc [aria-current]")?.hash ?? "") === "#`+heading+`"`)
		}
	})

	t.Run("direction", func(t *testing.T) {
		b.t = t
		b.open(at("guides/bidaya/اللقاء-الأول/"))
		if got := ask[string](b, `[document.documentElement.dir, getComputedStyle(document.querySelector(".prose pre")).direction, getComputedStyle(document.querySelector("h1")).letterSpacing].join(" ")`); got != "rtl ltr 0px" && got != "rtl ltr normal" {
			t.Errorf("page, code and the space between letters are %s", got)
		}
		b.open(at("mentors/ana-diaz/"))
		// In a line from right to left, a name in Latin letters keeps its brackets at its end.
		if !ask[bool](b, `(() => {
			const name = document.createTreeWalker(document.querySelector("h1"), NodeFilter.SHOW_TEXT);
			let node, text = "";
			while ((node = name.nextNode()) && !(text = node.data).includes("(PhD)"));
			const place = (from, to) => { const r = document.createRange(); r.setStart(node, from); r.setEnd(node, to); return r.getBoundingClientRect().left; };
			return place(text.indexOf("Ana"), text.indexOf("Ana") + 1) < place(text.indexOf(")"), text.indexOf(")") + 1);
		})()`) {
			t.Error("the brackets of a Latin name have moved to its other end")
		}
	})

	t.Run("search", func(t *testing.T) {
		b.t = t
		for path, name := range map[string]string{"search/?q=" + url.QueryEscape("إحصاء"): "نور الهاشمي", "zh/search/?q=" + url.QueryEscape("统计"): "陈伟"} {
			b.open(site.base + path)
			b.until(name+" among what "+path+" finds", `document.querySelector("main").textContent.includes("`+name+`")`)
		}
		b.open(site.base + "mentors/?sort=name")
		b.until("the names in order", `[...document.querySelectorAll(".cards .mentor-card h3")].filter(e => e.checkVisibility()).map(e => e.textContent.trim()[0]).join("") === "ACن"`)
	})
	if complaints, _ := b.heard(); len(complaints) > 0 {
		t.Errorf("the browser complains: %q", complaints)
	}

	t.Run("others", func(t *testing.T) {
		files["config.toml"] = append(config, "\n[languages.en]\n[languages.es]\n[languages.fr]\n[languages.pt]\n"...)
		site := serveSite(t, files)
		b := newTab(t, browser)
		b.media("", "prefers-reduced-motion", "reduce")
		b.size(320, 640)
		for _, page := range site.pages {
			if page.lang == "ar" || page.lang == "zh" {
				continue
			}
			b.open(site.base + (&url.URL{Path: page.path}).EscapedPath())
			b.fits(page.path, 320)
			complaints, _ := b.heard()
			for _, complaint := range complaints {
				t.Errorf("%s: %s", page.path, complaint)
			}
			if said := ask[string](b, `document.body.innerText`); strings.Contains(said, "{count}") || strings.Contains(said, "{name}") {
				t.Errorf("%s shows a gap that nothing fills", page.path)
			}
		}
	})
}
