package generator

import (
	"fmt"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

const (
	dialogOpen  = `!!document.querySelector("dialog.search-dialog")?.matches(":modal")`
	dialogField = `document.querySelector("#search-dialog-q")`
	options     = `document.querySelectorAll(".search-dialog [role=option]")`
	chosen      = `document.getElementById(document.querySelector("#search-dialog-q").getAttribute("aria-activedescendant"))`
)

// The dialog opens by the link and by keys, on a page without a field of its own, and works as
// a combobox does.
func testSearchDialog(t *testing.T, s *searchable, b *tab) {
	b.open(s.base + "mentors/")
	skill := ask[string](b, `(async () => {`+normal+` const i = await (await import(js + "search/engine.js")).openIndex("en"); return (await i.terms("skills")).find(t => /^[a-z]{6,}$/.test(t.id)).label; })()`)
	b.open(s.base + "programs/")
	s.hinder(nil)
	b.until("the link", `document.querySelector(".search-link").ariaHasPopup === "dialog"`)
	if s.wasAsked("search-dialog.js") {
		t.Error("the dialog is loaded before anybody asks for it")
	}
	open := func(how string, actions ...chromedp.Action[chromedp.Void]) {
		t.Helper()
		b.do(how, actions...)
		b.until("the dialog by "+how, dialogOpen+` && document.activeElement === `+dialogField)
	}
	closed := func(where string) {
		t.Helper()
		b.press(kb.Escape)
		b.until("the closed dialog", `!(`+dialogOpen+`)`)
		if !ask[bool](b, `document.activeElement.matches("`+where+`")`) {
			t.Errorf("the focus does not come back to %s: %s", where, ask[string](b, `document.activeElement.outerHTML.slice(0, 80)`))
		}
	}
	ask[bool](b, `document.querySelector(".search-link").focus(); true`)
	open("the link", chromedp.KeyEvent(kb.Enter))
	closed(".search-link")
	open("control and K", chromedp.KeyEvent("k", chromedp.KeyModifiers(2)))
	closed(".search-link")
	open("the key /", chromedp.KeyEvent("/"))
	b.write(skill[:4])
	b.until("suggestions", options+`.length > 1`)
	if !ask[bool](b, dialogField+`.ariaExpanded === "true" && !document.querySelector(".search-dialog [role=option][aria-selected]") && [...document.querySelectorAll(".search-dialog [role=group]")].every(g => document.getElementById(g.getAttribute("aria-labelledby")).textContent)`) {
		t.Error("the list is not a combobox's")
	}
	for _, width := range []int64{1280, 390, 320} {
		b.size(width, 844)
		b.accessible(fmt.Sprintf("the dialog at %d pixels", width), everyRule)
		b.fits("the dialog", width)
		for _, small := range ask[[]string](b, `[...document.querySelectorAll(".search-dialog :is(a, button, input)")].filter(e => e.checkVisibility() && e.getBoundingClientRect().height < 43.9).map(e => e.outerHTML.slice(0, 120))`) {
			t.Errorf("under 44 pixels: %s", small)
		}
	}
	b.media("", "prefers-color-scheme", "dark", "prefers-reduced-motion", "reduce")
	b.accessible("the dialog, dark", colourRules)
	b.media("", "prefers-color-scheme", "light", "prefers-reduced-motion", "reduce")
	b.size(1280, 800)
	b.until("the number told", `/\d/.test(document.querySelector(".search-dialog [role=status]").textContent)`)
	b.press(kb.ArrowDown)
	if !ask[bool](b, chosen+` === `+options+`[0] && `+chosen+`.ariaSelected === "true" && document.activeElement === `+dialogField) {
		t.Error("the arrow down does not lead to the first option")
	}
	b.press(kb.ArrowUp)
	if ask[bool](b, dialogField+`.hasAttribute("aria-activedescendant")`) {
		t.Error("the arrow up does not lead back to the field")
	}
	b.press(kb.ArrowUp)
	if !ask[bool](b, chosen+` === [...`+options+`].at(-1)`) {
		t.Error("the arrow up does not lead to the last option")
	}
	b.press(kb.Escape)
	if !ask[bool](b, dialogOpen) {
		t.Error("Escape closes the dialog while an option is chosen")
	}
	b.press(kb.ArrowDown)
	term := ask[string](b, chosen+`.href`)
	b.press(kb.Enter)
	b.until("the term's page", `location.href === `+quote(term)+` && document.readyState === "complete"`)
	if !ask[bool](b, `document.querySelector("h1").textContent.includes(`+quote(skill)+`)`) {
		t.Errorf("%s is not the page of %s", term, skill)
	}
	// nothing chosen: Enter leads to all results; a name with a slash types it
	b.until("the link", `document.querySelector(".search-link").ariaHasPopup === "dialog"`)
	open("the key /", chromedp.KeyEvent("/"))
	b.write("a/b")
	if got := ask[string](b, dialogField+`.value`); got != "a/b" {
		t.Errorf("in the field / types %q", got)
	}
	ask[bool](b, dialogField+`.select(); true`)
	b.write("mentor")
	b.until("results", options+`.length > 2`)
	b.press(kb.Enter)
	b.until("all results", `document.body.matches(".kind-search") && new URLSearchParams(location.search).get("q") === "mentor" && document.querySelectorAll(".search-results .hit").length > 4`)
	b.quiet("the dialog")

	// the key / can be switched off (WCAG 2.1.4)
	b.do("the switch", chromedp.Click(chromedp.CSS(".search-key input"), chromedp.NodeVisible))
	b.open(s.base + "programs/")
	b.until("the link", `document.querySelector(".search-link").ariaHasPopup === "dialog"`)
	b.slash()
	open("control and K", chromedp.KeyEvent("k", chromedp.KeyModifiers(2)))
	if got := ask[string](b, dialogField+`.value`); got != "" {
		t.Errorf("the switched off key types %q", got)
	}
	b.write("qqqxyzzy")
	b.until("words for nothing", `document.querySelector(".search-dialog-note").textContent.includes("qqqxyzzy")`)
	b.accessible("nothing found in the dialog", everyRule)
	b.do("the way out", chromedp.Click(chromedp.CSS(".search-dialog-close"), chromedp.NodeVisible))
	if ask[bool](b, dialogOpen) {
		t.Error("the button does not close the dialog")
	}
	b.quiet("the dialog")
}

// The search page: by kind, with sections of guides and excerpts, pages, and Back.
func testSearchPage(t *testing.T, s *searchable, b *tab) {
	b.open(s.base + "guides/")
	word := ask[string](b, `(async () => {
	for (const a of document.querySelectorAll("main a[href*='/guides/']")) {
		const p = new DOMParser().parseFromString(await (await fetch(a.href)).text(), "text/html").querySelector(".prose h2 ~ p, .prose :has(> h2) ~ p");
		const word = p?.textContent.match(/(?<!\p{L})\p{Ll}{6,}/u);
		if (word) return word[0];
	}
})()`)
	b.open(s.base + "search/")
	if !ask[bool](b, `document.activeElement.id === "search-q"`) {
		t.Error("the field has not got the focus")
	}
	b.write(word)
	b.until("results by kind", `document.querySelectorAll(".search-results section").length > 0 && location.search === "?q="+`+quote(word))
	b.until("the number told", `/\d/.test(document.querySelector(".search-page > [role=status]").textContent)`)
	if !ask[bool](b, `[...document.querySelectorAll(".hit-text mark")].length > 0`) {
		t.Error("no excerpt marks what was found")
	}
	section := ask[string](b, `[...document.querySelectorAll(".search-results a.hit")].map(a => a.href).find(h => h.includes("/guides/") && h.includes("#")) ?? ""`)
	if section == "" {
		t.Error("no hit leads into a guide")
	} else {
		b.open(section)
		b.until("the section", `document.getElementById(decodeURIComponent(location.hash.slice(1))) !== null`)
		b.do("back", chromedp.NavigateBack())
		b.until("results by kind", `document.querySelectorAll(".search-results section").length > 0`)
	}
	guides := `[...document.querySelectorAll(".search-kinds a")].find(a => a.search.includes("kind=guide"))`
	total := ask[int](b, `parseInt(`+guides+`.querySelector(".count").textContent)`)
	ask[bool](b, guides+`.focus(); true`)
	b.press(kb.Enter)
	b.until("guides alone", `location.search.endsWith("&kind=guide") && document.querySelectorAll("ol.hits > li").length === `+fmt.Sprint(min(total, 20)))
	if total > 20 {
		b.do("the second page", chromedp.Click(chromedp.CSS(".pager a[rel=next]"), chromedp.NodeVisible))
		b.until("the second page", `location.search.endsWith("&page=2") && document.querySelector("ol.hits").start === 21`)
		b.do("back", chromedp.NavigateBack())
	}
	b.do("back", chromedp.NavigateBack())
	b.until("everything again", `!location.search.includes("kind") && document.querySelectorAll(".search-results section").length > 0`)
	b.do("a reload", chromedp.Reload())
	b.until("everything again", `document.querySelector("#search-q").value === `+quote(word)+` && document.querySelectorAll(".search-results section").length > 0`)
	b.open(s.base + "search/?q=" + strings.Repeat("%F0%9F%92%A9+__proto__+", 200))
	b.until("an answer", `document.querySelector(".search-results").textContent.length > 10`)
	b.open(s.base + "search/?q=qqqxyzzy")
	b.until("whom to ask", `!!document.querySelector('.search-nothing a[href^="mailto:"]')`)
	b.open(s.base)
	b.do("a field of the home page or the link", chromedp.Click(chromedp.CSS(".search-link"), chromedp.NodeVisible))
	b.until("the dialog", dialogOpen)
	b.quiet("the search page")
}
