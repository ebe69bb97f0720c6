package generator

import (
	"context"
	"fmt"
	"net/url"
	"os"
	"strings"
	"testing"
)

// testPages looks at a page of every kind in each language, on a phone and on a desk, in
// light and in dark colours.
func testPages(t *testing.T, browser context.Context, portal *served) {
	t.Run("axe", func(t *testing.T) {
		if readAxe(t) == "" {
			absent(t, "axe-core", "STOA_AXE")
		}
	})
	home, err := url.Parse(portal.base)
	if err != nil {
		t.Fatal(err)
	}
	b := newTab(t, browser)
	for _, page := range portal.pages {
		t.Run(page.lang+"/"+page.kind, func(t *testing.T) {
			b.t = t
			b.size(1280, 800)
			b.media("", "prefers-color-scheme", "light", "prefers-reduced-motion", "reduce")
			b.heard()
			b.open(portal.base + page.path)
			complaints, hosts := b.heard()
			for _, complaint := range complaints {
				t.Errorf("%s: %s", page.path, complaint)
			}
			for _, host := range hosts {
				if host != home.Host {
					t.Errorf("%s asks another host for something: %s", page.path, host)
				}
			}
			for _, window := range []struct {
				width, height int64
				scale         float64
			}{{1280, 800, 1}, {640, 400, 2}, {390, 844, 3}, {320, 640, 2}} { // 640 is 1280 at a zoom of 200 %
				b.size(window.width, window.height, window.scale)
				b.fits(page.path, window.width)
			}
			const turn = `document.documentElement.dir = document.documentElement.dir === "rtl" ? "ltr" : "rtl"; true`
			ask[bool](b, turn) // 320 pixels, the other way round
			b.fits(page.path+" the other way round", 320)
			ask[bool](b, turn)
			for _, width := range []int64{390, 1280} {
				b.size(width, 800)
				b.media("", "prefers-color-scheme", "light", "prefers-reduced-motion", "reduce")
				b.accessible(fmt.Sprintf("%s at %d pixels", page.path, width), everyRule)
				b.media("", "prefers-color-scheme", "dark", "prefers-reduced-motion", "reduce")
				b.accessible(fmt.Sprintf("%s at %d pixels, dark", page.path, width), colourRules) // the rest is the same by night
			}
		})
	}
}

// fits checks that a page needs no scrolling sideways and that its controls can be hit.
func (b *tab) fits(path string, width int64) {
	b.t.Helper()
	for _, what := range ask[[]string](b, tooWide) {
		b.t.Errorf("%s is wider than a window of %d pixels: %s", path, width, what)
	}
	for _, what := range ask[[]string](b, tooSmall) {
		b.t.Errorf("%s at %d pixels: hard to hit: %s", path, width, what)
	}
}

// accessible checks the page with rules of axe-core, where that is at hand.
func (b *tab) accessible(what, rules string) {
	b.t.Helper()
	axe := readAxe(b.t)
	if axe == "" {
		return
	}
	if !ask[bool](b, `typeof axe === "object"`) {
		ask[bool](b, axe+"\n;true")
	}
	for _, problem := range ask[[]string](b, strings.ReplaceAll(axeRun, "RULES", rules)) {
		b.t.Errorf("%s: %s", what, problem)
	}
}

// readAxe reads axe.min.js; "" when STOA_AXE does not say where it is.
func readAxe(t *testing.T) string {
	t.Helper()
	path := os.Getenv("STOA_AXE")
	if path == "" || path == "off" {
		return ""
	}
	source, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(source)
}

const (
	everyRule   = `{type: "tag", values: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}`
	colourRules = `{type: "rule", values: ["color-contrast", "link-in-text-block"]}`

	axeRun = `axe.run(document, {runOnly: RULES, resultTypes: ["violations"]}).then(
	found => found.violations.flatMap(v => v.nodes.slice(0, 4).map(n =>
		v.id + " (" + v.nodes.length + "): " + n.html.slice(0, 200) + " " + n.failureSummary.replace(/\s+/g, " "))))`

	// what sticks out of the window, unless it scrolls by itself
	tooWide = `(() => {
	const width = document.documentElement.clientWidth;
	if (document.documentElement.scrollWidth <= width) return [];
	const out = [...document.body.querySelectorAll("*")].filter(e => {
		const r = e.getBoundingClientRect();
		return (r.right > width + 1 || r.left < -1) && !e.closest(".visually-hidden, .table, .table-wrap, pre");
	});
	return ["scrolls sideways"].concat(out.slice(0, 5).map(e => e.outerHTML.slice(0, 160)));
})()`

	// targets under 24 by 24 pixels (WCAG 2.2, 2.5.8); links in a line of text are exempt, a
	// box is as large as its label, and a card's title stands for the whole card
	tooSmall = `[...document.querySelectorAll("a[href], button, summary, input:not([type=hidden]), select, textarea")].filter(e => {
	const r = (e.matches("[type=checkbox], [type=radio]") && e.closest("label") || e).getBoundingClientRect();
	if (r.width === 0 || !e.checkVisibility() || e.matches(".skip-link, :disabled, .prose a")) return false;
	if (r.width >= 23.9 && r.height >= 23.9) return false;
	if (getComputedStyle(e, "::after").position === "absolute") return false;
	const line = getComputedStyle(e).display === "inline" && e.parentElement.closest("p, li, dd, td, th, figcaption, blockquote, h1, h2, h3");
	return !(line && line.textContent.trim().length > e.textContent.trim().length);
}).slice(0, 8).map(e => e.outerHTML.slice(0, 160) + " " + Math.round(e.getBoundingClientRect().width) + " × " + Math.round(e.getBoundingClientRect().height))`
)
