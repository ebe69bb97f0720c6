package generator

import (
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"

	"github.com/stoa-portal/stoa/generator/internal/corpus"
)

func testAddresses(t *testing.T, s *searchable, b *tab) {
	b.open(s.base + "mentors/")
	b.until("the boxes", `!!document.querySelector(".facets input[type=checkbox]")`)
	skill := b.nth("skills", 0)
	expected := ask[int](b, count("skills", skill))
	many := ask[string](b, `(async () => {`+normal+` const i = await (await import(js + "search/engine.js")).openIndex("en"); return (await i.terms("skills")).slice(0, 200).map(t => "skills=" + encodeURIComponent(t.id)).join("&"); })()`)
	for _, row := range []struct {
		query, expected string
	}{
		{"skills=" + skill + "&skills=no-such-skill&colour=green&page=minus&sort=upside-down", fmt.Sprintf("%s === %d && document.querySelectorAll('.chips li').length === 1", shownCount, expected)},
		{"skills=__proto__&skills=constructor&topics=toString", shownCount + " === 130"},
		{many, shownCount + " > 60 && document.querySelectorAll('.chips li').length > 100"},
		{"q=" + strings.Repeat("x", 10_000), "!!document.querySelector('.directory-nobody')"},
		{"q=%5B%28.*%2B%3F%5C%00%EF%BF%BF%ED%A0%80", atRest},
		{"q=%22%3E%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E", "!document.querySelector('.directory img[src=x]')"},
	} {
		b.open(s.base + "mentors/?" + row.query)
		b.until(row.query[:min(60, len(row.query))], row.expected)
		b.until("rest", atRest)
		b.quiet(row.query[:min(60, len(row.query))])
	}
	b.size(390, 844)
	b.open(s.base + "mentors/?" + many)
	b.until("all chips", "document.querySelectorAll('.chips li').length > 100")
	b.fits("200 filters", 390)
}

func testNobody(t *testing.T, s *searchable, b *tab) {
	b.open(s.base + "mentors/")
	b.until("the boxes", `!!document.querySelector(".facets input[type=checkbox]")`)
	skill := b.nth("skills", 0)
	expected := ask[int](b, count("skills", skill))
	b.open(s.base + "mentors/?q=qqqxyzzy&skills=" + skill)
	b.until("an offer", `!!document.querySelector(".directory-nobody .plain-list a")`)
	if text := ask[string](b, `document.querySelector(".directory-nobody .plain-list a").textContent`); !strings.Contains(text, fmt.Sprint(expected)) {
		t.Errorf("the offer %q does not say %d", text, expected)
	}
	if !ask[bool](b, `!!document.querySelector('.directory-nobody a[href^="mailto:"]')`) {
		t.Error("there is nobody to ask")
	}
	b.accessible("nobody", everyRule)
	b.do("the offer", chromedp.Click(chromedp.CSS(".directory-nobody .plain-list a"), chromedp.NodeVisible))
	b.until("its mentors", fmt.Sprintf(`%s === %d`, shownCount, expected))
	b.open(s.base + "mentors/?q=qqqxyzzy")
	b.until("nobody", `!!document.querySelector(".directory-nobody .button")`)
	b.do("all mentors", chromedp.Click(chromedp.CSS(".directory-nobody .button"), chromedp.NodeVisible))
	b.until("the list as it was built", `location.search === "" && `+shownCards+` === 24`)
	b.quiet("nobody")
}

func testCorrection(t *testing.T, s *searchable, b *tab) {
	b.open(s.base + "mentors/")
	b.until("the boxes", `!!document.querySelector(".facets input[type=checkbox]")`)
	skill := ask[string](b, `(async () => {`+normal+` const i = await (await import(js + "search/engine.js")).openIndex("en"); return (await i.terms("skills")).find(t => /^[a-z]{8,}$/.test(t.id)).id; })()`)
	wrong := skill[:3] + skill[4:5] + skill[3:4] + skill[5:]
	b.open(s.base + "mentors/?q=" + wrong)
	b.until("what was corrected", `document.querySelector(".search-note")?.textContent.includes(`+quote(skill)+`)`)
	b.accessible("a correction", everyRule)
	b.do("as it was typed", chromedp.Click(chromedp.CSS(".search-note a"), chromedp.NodeVisible))
	b.until("nothing", `location.search.includes("literal=1") && !!document.querySelector(".directory-nobody")`)
	b.until("what it may have meant", `[...document.querySelectorAll(".directory-nobody .inline-list a")].some(a => a.textContent === `+quote(skill)+`)`)
	b.quiet("a correction")
}

func testSearchFaults(t *testing.T, s *searchable, b *tab) {
	fault := `document.querySelector(".directory-fault")`
	missing := func(part string) func(http.ResponseWriter, *http.Request) bool {
		return func(w http.ResponseWriter, r *http.Request) bool {
			if !strings.Contains(r.URL.Path, part) {
				return false
			}
			http.NotFound(w, r)
			return true
		}
	}
	said := map[string]bool{}
	for _, row := range []struct {
		name string
		rule func(http.ResponseWriter, *http.Request) bool
	}{
		{"no engine", missing("/js/search/engine.js")},
		{"no index", missing("/repo/search/en/")},
		{"a damaged index", func(w http.ResponseWriter, r *http.Request) bool {
			if !strings.Contains(r.URL.Path, "/repo/search/en/") {
				return false
			}
			_, _ = w.Write([]byte("\x01\x02 not an index"))
			return true
		}},
	} {
		s.hinder(row.rule)
		b.open(s.base + "mentors/?q=mentor&skills=go")
		b.until(row.name+": words", fault+`?.textContent.length > 40`)
		said[ask[string](b, fault+`.querySelector("p").textContent`)] = true
		if n := ask[int](b, shownCards); n != 24 {
			t.Errorf("%s: %d cards are left of the page", row.name, n)
		}
		b.accessible(row.name, everyRule)
		s.hinder(nil)
		b.do("try again", chromedp.Click(chromedp.CSS(".directory-fault button"), chromedp.NodeVisible))
		b.until(row.name+": another try", `document.readyState === "complete" && !`+fault+` && !!document.querySelector(".chips li")`)
	}
	if len(said) < 2 {
		t.Error("all faults are told in the same words")
	}
	b.heard()
	// offline: the page is there, the engine is not
	b.open(s.base + "mentors/")
	b.until("the boxes", `!!document.querySelector(".facets input[type=checkbox]")`)
	offline := func(yes bool) {
		params := network.EmulateNetworkConditionsByRuleParams{MatchedNetworkConditions: []*network.Conditions{
			{Offline: yes, DownloadThroughput: -1, UploadThroughput: -1},
		}}
		if _, err := chromedp.Call(b.ctx, network.EmulateNetworkConditionsByRule, params); err != nil {
			t.Fatal(err)
		}
	}
	offline(true)
	b.tick("skills", b.nth("skills", 0))
	b.until("offline: words", fault+`?.textContent.length > 40`)
	offline(false)
	b.open("about:blank")
	b.heard()
	// a browser without what the engine needs
	script := page.AddScriptToEvaluateOnNewDocumentParams{Source: "delete globalThis.DecompressionStream"}
	if _, err := chromedp.Call(b.ctx, page.AddScriptToEvaluateOnNewDocument, script); err != nil {
		t.Fatal(err)
	}
	b.open(s.base + "mentors/?q=mentor")
	if n := ask[int](b, shownCards); n != 24 || !ask[bool](b, `document.querySelectorAll(".facets li a[href]").length > 20 && !document.querySelector(".facets input[type=checkbox]")`) {
		t.Errorf("an old browser shows %d cards, and no links", n)
	}
	b.open(s.base + "search/?q=mentor")
	b.until("words for an old browser", `document.querySelector(".search-results .notice")?.textContent.length > 20`)
	b.quiet("an old browser")
}

func testSlowSearch(t *testing.T, s *searchable, b *tab) {
	release := make(chan struct{})
	var once sync.Once
	t.Cleanup(func() { once.Do(func() { close(release) }) })
	s.hinder(func(w http.ResponseWriter, r *http.Request) bool {
		if strings.Contains(r.URL.Path, "/repo/search/en/") {
			select {
			case <-release:
			case <-time.After(20 * time.Second):
			}
		}
		return false
	})
	b.open(s.base + "mentors/")
	b.until("the boxes", `!!document.querySelector(".facets input[type=checkbox]")`)
	first := b.nth("skills", 0)
	expected := ask[int](b, count("skills", first))
	b.tick("skills", first)
	b.until("words for waiting", `document.querySelector(".directory-main > [role=status]").textContent.length > 4 && !!document.querySelector(".directory-results[aria-busy]")`)
	if n := ask[int](b, shownCards); n != 24 {
		t.Errorf("while waiting there are %d cards", n)
	}
	once.Do(func() { close(release) })
	b.until("the results", fmt.Sprintf(`%s === %d && %s`, shownCount, expected, atRest))
	b.quiet("a slow network")
}

func testSearchWithoutScripts(t *testing.T, s *searchable, b *tab) {
	if _, err := chromedp.Call(b.ctx, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true}); err != nil {
		t.Fatal(err)
	}
	b.open(s.base + "mentors/")
	if n := ask[int](b, `[...document.querySelectorAll("main input, main select, main form, main button[data-view]")].filter(e => e.checkVisibility()).length`); n > 0 {
		t.Errorf("the directory shows %d controls that do nothing", n)
	}
	b.do("the search", chromedp.Click(chromedp.CSS(".search-link"), chromedp.NodeVisible))
	b.until("the search page", `document.readyState === "complete" && document.body.matches(".kind-search")`)
	if !ask[bool](b, `document.querySelector(".without-scripts").checkVisibility() && !document.querySelector(".search-page form").checkVisibility() && document.querySelectorAll(".search-lists a[href]").length > 5`) {
		t.Error("the search page does not lead on")
	}
	b.open(s.base + "mentors/")
	b.do("a facet's first term", chromedp.Click(chromedp.CSS(`details[data-facet="skills"] li a`), chromedp.NodeVisible))
	b.until("the term's page", `document.readyState === "complete" && document.body.matches(".kind-term")`)
	if !ask[bool](b, `[...document.querySelectorAll(".among a")].every(a => a.pathname.startsWith("/repo/browse/")) && document.querySelectorAll(".among a").length > 5`) {
		t.Error("the page of a term does not lead to others")
	}
	most := ask[int](b, `parseInt(document.querySelector(".count-title").textContent)`)
	if got := ask[int](b, `Math.max(...[...document.querySelectorAll(".among .count")].map(e => parseInt(e.firstElementChild.textContent)))`); got > most {
		t.Errorf("among %d mentors %d have a term", most, got)
	}
}

func testSearchLooks(t *testing.T, s *searchable, b *tab) {
	b.open(s.base + "mentors/")
	b.until("the boxes", `!!document.querySelector(".facets input[type=checkbox]")`)
	skill := b.nth("skills", 0)
	for _, state := range []struct{ path, ready string }{
		{"mentors/?skills=" + skill + "&q=mentor", `!!document.querySelector(".chips li") && ` + atRest},
		{"mentors/?q=qqqxyzzy&skills=" + skill, `!!document.querySelector(".directory-nobody .actions")`},
		{"mentors/?sort=name&page=2", `!!document.querySelector(".pager a[rel=prev]")`},
		{"search/?q=mentor", `!!document.querySelector(".search-results section")`},
		{"search/?q=mentor&kind=guide", `!!document.querySelector(".search-results ol.hits")`},
		{"search/?q=qqqxyzzy", `!!document.querySelector(".search-nothing")`},
		{"browse/a-z/", `true`},
		{"browse/skills/" + skill + "/", `true`},
	} {
		b.size(1280, 900)
		b.open(s.base + state.path)
		b.until(state.path, state.ready)
		for _, width := range []int64{1280, 390, 320} {
			b.size(width, 900)
			for _, direction := range []string{"ltr", "rtl"} {
				ask[bool](b, `document.documentElement.dir = "`+direction+`"; true`)
				b.fits(state.path+" "+direction, width)
			}
			ask[bool](b, `document.documentElement.dir = "ltr"; true`)
			b.media("", "prefers-color-scheme", "light", "prefers-reduced-motion", "reduce")
			b.accessible(fmt.Sprintf("%s at %d pixels", state.path, width), everyRule)
			b.media("", "prefers-color-scheme", "dark", "prefers-reduced-motion", "reduce")
			b.accessible(fmt.Sprintf("%s at %d pixels, dark", state.path, width), colourRules)
		}
		b.media("", "prefers-color-scheme", "light", "prefers-reduced-motion", "reduce", "forced-colors", "active")
		b.accessible(state.path+" in forced colours", everyRule)
		b.media("", "prefers-color-scheme", "light", "prefers-reduced-motion", "reduce")
	}
	b.quiet("the states of search")
}

// testDirectoryServed edits a profile while a preview shows what was found: the search is fresh
// and the page keeps its state.
func testDirectoryServed(t *testing.T, _ *searchable, b *tab) {
	source := t.TempDir()
	if err := corpus.Write(source, corpus.Options{Mentors: 30, Seed: 4}); err != nil {
		t.Fatal(err)
	}
	served := serving(t, Options{Source: source}, ServeOptions{})
	writeFile(t, source, "content/mentors/zita-quill.toml", []byte("name = \"Zita Quill\"\nheadline = \"Knows lighthouses\"\n"))
	b.open(served.address + "mentors/")
	b.until("the new profile", `[...document.querySelectorAll(".mentor-card bdi")].some(e => e.textContent === "Zita Quill") || !!document.querySelector(".pager")`)
	b.open(served.address + "mentors/?q=lighthouses")
	b.until("the profile by its headline", shownNames+`.join() === "Zita Quill"`)
	writeFile(t, source, "content/mentors/zita-quill.toml", []byte("name = \"Zita Quillfeather\"\nheadline = \"Knows lighthouses\"\n"))
	b.until("the profile under its new name", shownNames+`.join() === "Zita Quillfeather" && `+box+`.value === "lighthouses"`)
}
