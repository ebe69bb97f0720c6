package generator

import (
	"context"
	"fmt"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// focused describes what has the focus: what it is, whether a ring shows it, whether it is in
// sight and whether it comes after what had the focus before.
const focused = `(() => {
	const e = document.activeElement;
	const before = window.lastFocused;
	window.lastFocused = e;
	const ring = [e, e.closest("article")].some(f => {
		if (!f) return false;
		const s = getComputedStyle(f);
		return s.outlineStyle !== "none" && parseFloat(s.outlineWidth) >= 2 || s.boxShadow !== "none" && f !== e;
	});
	const r = e.getBoundingClientRect();
	const at = document.elementFromPoint((Math.max(r.left, 0) + Math.min(r.right, innerWidth)) / 2, (Math.max(r.top, 0) + Math.min(r.bottom, innerHeight)) / 2);
	return {
		name: e === document.body ? "" : e.outerHTML.slice(0, 160),
		skip: e.matches(".skip-link"),
		ring,
		seen: !!at && (e.contains(at) || at.contains(e) || !!e.closest("article")?.contains(at)),
		ordered: !before || before === document.body || !!(before.compareDocumentPosition(e) & Node.DOCUMENT_POSITION_FOLLOWING),
	};
})()`

type focus struct {
	Name                      string
	Skip, Ring, Seen, Ordered bool
}

// testKeyboard walks through pages with the Tab key.
func testKeyboard(t *testing.T, browser context.Context, portal *served) {
	for _, kind := range []string{"home", "mentor", "guide"} {
		if kind != "home" && portal.of(kind) == "" {
			continue
		}
		for _, width := range []int64{1280, 390} {
			t.Run(fmt.Sprintf("%s at %d pixels", kind, width), func(t *testing.T) {
				b := newTab(t, browser)
				b.size(width, 800)
				b.media("", "prefers-reduced-motion", "reduce")
				b.open(portal.base + portal.of(kind))
				for i := range 200 {
					b.press(kb.Tab)
					now := ask[focus](b, focused)
					if now.Name == "" {
						if i < 8 {
							t.Errorf("%s at %d pixels: the walk ends after %d steps", kind, width, i)
						}
						break
					}
					switch {
					case i == 0 && !now.Skip:
						t.Errorf("%s: first comes %s, and not the link to the content", kind, now.Name)
					case !now.Ring:
						t.Errorf("%s at %d pixels: nothing shows that the focus is on %s", kind, width, now.Name)
					case !now.Seen:
						t.Errorf("%s at %d pixels: something lies over %s while it has the focus", kind, width, now.Name)
					case !now.Ordered:
						t.Errorf("%s at %d pixels: out of order: %s", kind, width, now.Name)
					}
				}
				b.open(portal.base + portal.of(kind))
				b.press(kb.Tab, kb.Enter, kb.Tab)
				if !ask[bool](b, `document.activeElement.matches("main, main *")`) {
					t.Errorf("%s: the link to the content does not lead there", kind)
				}
			})
		}
	}
}

const (
	menuOpen    = `document.querySelector("#menu").matches(":popover-open")`
	menuLink    = `document.querySelector("#menu nav a").checkVisibility()`
	hasMenuLink = `!!document.querySelector("#menu nav a")`
)

// testMenu opens the menu of a narrow window with the keyboard and closes it again.
func testMenu(t *testing.T, browser context.Context, portal *served) {
	b := newTab(t, browser)
	b.size(390, 844)
	b.open(portal.base)
	if !ask[bool](b, hasMenuLink) {
		t.Skip("the portal has no menu")
	}
	openMenu(b)
	b.accessible("the open menu", everyRule)
	b.press(kb.Tab)
	for !ask[bool](b, `document.activeElement.matches("#menu nav a")`) {
		if !ask[bool](b, `document.activeElement.matches("#menu *")`) {
			t.Fatal("the menu's first entry cannot be reached with the keyboard")
		}
		b.press(kb.Tab)
	}
	b.press(kb.Escape)
	if ask[bool](b, menuOpen) || !ask[bool](b, `document.activeElement.matches(".menu-button")`) {
		t.Error("Escape does not close the menu and give the focus back to its button")
	}
	openMenu(b)
	b.press(kb.Tab, kb.Enter)
	if ask[bool](b, menuOpen) {
		t.Error("the button in the menu does not close it")
	}
	openMenu(b)
	b.do("the first entry", chromedp.Click(chromedp.CSS("#menu nav a"), chromedp.NodeVisible))
	b.until("the first entry's page", `location.pathname !== "/repo/" && document.readyState === "complete"`)
	if ask[bool](b, menuOpen) {
		t.Error("the menu is still open on the next page")
	}
}

func openMenu(b *tab) {
	b.t.Helper()
	for range 10 {
		if ask[bool](b, `document.activeElement.matches(".menu-button")`) {
			break
		}
		b.press(kb.Tab)
	}
	b.press(kb.Enter)
	if !ask[bool](b, menuOpen) || !ask[bool](b, menuLink) {
		b.t.Fatal("the menu does not open with the keyboard")
	}
}

// testColours switches between light and dark.
func testColours(t *testing.T, browser context.Context, portal *served) {
	const (
		page    = `getComputedStyle(document.body).backgroundColor`
		dark    = `getComputedStyle(document.documentElement).colorScheme === "dark"`
		pressed = `document.querySelector(".color-toggle").ariaPressed`
	)
	b := newTab(t, browser)
	b.media("", "prefers-color-scheme", "light")
	b.open(portal.base)
	if !ask[bool](b, `!!document.querySelector(".color-toggle")`) {
		t.Skip("the portal leaves the choice of colours to the system")
	}
	light := ask[string](b, page)
	b.media("", "prefers-color-scheme", "dark")
	night := ask[string](b, page)
	if night == light {
		t.Fatalf("the page is %s by day and by night", light)
	}
	b.until("by night, the button for dark colours as pressed", pressed+` === "true"`)
	b.media("", "prefers-color-scheme", "light")
	b.until("by day, the button as not pressed", pressed+` === "false"`)
	for _, want := range []struct {
		pressed, colour string
		dark            bool
	}{{"true", night, true}, {"false", light, false}} {
		b.do("the button", chromedp.Click(chromedp.CSS(".color-toggle"), chromedp.NodeVisible))
		for _, when := range []string{"at once", "after a reload", "on another page"} {
			switch when {
			case "after a reload":
				b.do("a reload", chromedp.Reload())
			case "on another page":
				b.open(portal.base + portal.of("mentors"))
			}
			if ask[string](b, pressed) != want.pressed || ask[string](b, page) != want.colour || ask[bool](b, dark) != want.dark {
				t.Errorf("%s the chosen colours are not there: pressed=%s, page %s", when, ask[string](b, pressed), ask[string](b, page))
			}
		}
	}
}

// testForcedColours looks for what must not be lost where the system chooses all colours.
func testForcedColours(t *testing.T, browser context.Context, portal *served) {
	b := newTab(t, browser)
	b.media("", "forced-colors", "active")
	for _, kind := range []string{"home", "mentors", "mentor", "worksheet"} {
		if portal.of(kind) == "" {
			continue
		}
		b.open(portal.base + portal.of(kind))
		for _, what := range ask[[]string](b, `[...document.querySelectorAll(".button, .availability .icon, .scale li, span.portrait, main article, .tags li, .field-lines > *")].filter(e => {
	const s = getComputedStyle(e);
	if (!e.checkVisibility() || e.matches(".profile, .worksheet")) return false;
	if (e.matches(".icon")) return s.stroke === "none" && s.fill === "none";
	return ["Top", "Right", "Bottom", "Left"].every(side => s["border" + side + "Style"] === "none" || parseFloat(s["border" + side + "Width"]) === 0);
}).slice(0, 5).map(e => e.outerHTML.slice(0, 160))`) {
			t.Errorf("%s: in forced colours nothing shows the shape of %s", kind, what)
		}
		b.press(kb.Tab, kb.Tab, kb.Tab)
		if now := ask[focus](b, focused); !now.Ring {
			t.Errorf("%s: in forced colours nothing shows the focus on %s", kind, now.Name)
		}
	}
}

// testLanguage changes the language and expects the same page.
func testLanguage(t *testing.T, browser context.Context, portal *served) {
	b := newTab(t, browser)
	b.open(portal.base)
	if !ask[bool](b, `!!document.querySelector(".language-switch")`) {
		t.Skip("the portal has one language")
	}
	for _, kind := range []string{"mentor", "guide", "program", "term"} {
		path := portal.of(kind)
		if path == "" {
			continue
		}
		b.open(portal.base + path)
		first := ask[string](b, `document.documentElement.lang`)
		b.do("another language", chromedp.Click(chromedp.CSS(`.language-switch a:not([aria-current])`), chromedp.NodeVisible))
		b.until("the page in another language", `document.readyState === "complete" && document.documentElement.lang !== "`+first+`"`)
		if !ask[bool](b, `document.body.classList.contains("kind-`+kind+`")`) {
			t.Errorf("%s: another language is another kind of page: %s", path, ask[string](b, `location.pathname`))
		}
		b.do("the first language", chromedp.Click(chromedp.CSS(`.language-switch a[hreflang="`+first+`"]`), chromedp.NodeVisible))
		b.until("the page in its first language", `document.readyState === "complete" && document.documentElement.lang === "`+first+`"`)
		if got := ask[string](b, `location.pathname`); got != "/repo/"+path {
			t.Errorf("%s: there and back leads to %s", path, got)
		}
	}
}

// testWithoutScripts reads every kind of page in a browser that runs no scripts.
func testWithoutScripts(t *testing.T, browser context.Context, portal *served) {
	b := newTab(t, browser)
	if _, err := chromedp.Call(b.ctx, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true}); err != nil {
		t.Fatal(err)
	}
	for _, page := range portal.pages {
		b.open(portal.base + page.path)
		if !ask[bool](b, `document.querySelector("h1").checkVisibility() && document.querySelector("main").innerText.trim().length > 30`) {
			t.Errorf("%s shows nothing without scripts", page.path)
		}
		if n := ask[int](b, `[...document.querySelectorAll(".color-toggle")].filter(e => e.checkVisibility()).length`); n > 0 {
			t.Errorf("%s shows a button that does nothing without scripts", page.path)
		}
	}
	b.size(390, 844)
	b.open(portal.base)
	if ask[bool](b, hasMenuLink) {
		openMenu(b)
	}
	if path := portal.of("mentors"); path != "" {
		b.open(portal.base + path)
		if ask[bool](b, `!!document.querySelector(".facets-button")`) {
			b.do("the facets", chromedp.Click(chromedp.CSS(".facets-button"), chromedp.NodeVisible))
			if !ask[bool](b, `document.querySelector("#facets a").checkVisibility()`) {
				t.Error("without scripts the facets do not open on a phone")
			}
		}
	}
}

// testPaper looks at pages as they are printed.
func testPaper(t *testing.T, browser context.Context, portal *served) {
	b := newTab(t, browser)
	b.size(794, 1123) // A4
	b.media("print", "prefers-color-scheme", "dark")
	for _, page := range portal.pages {
		b.open(portal.base + page.path)
		for _, what := range ask[[]string](b, `[...document.querySelectorAll("nav:not(.book-toc), header.site-header, footer.site-footer, button, .skip-link")]
	.filter(e => e.checkVisibility()).map(e => e.outerHTML.slice(0, 120))`) {
			t.Errorf("%s: on paper there is no use for %s", page.path, what)
		}
		if got := ask[string](b, `getComputedStyle(document.body).backgroundColor + " " + getComputedStyle(document.body).color`); got != "rgb(255, 255, 255) rgb(0, 0, 0)" {
			t.Errorf("%s: paper and ink are %s", page.path, got)
		}
		for _, what := range ask[[]string](b, `[...document.querySelectorAll("main details")].filter(d => !d.open && d.checkVisibility() &&
	d.getBoundingClientRect().height < d.querySelector("summary").getBoundingClientRect().height + 8).map(d => d.outerHTML.slice(0, 160))`) {
			t.Errorf("%s: on paper nobody can open %s", page.path, what)
		}
	}
	if path := portal.of("worksheet"); path != "" {
		b.open(portal.base + path)
		if fields := ask[int](b, `document.querySelectorAll(".field").length`); fields == 0 {
			t.Errorf("%s has no fields", path)
		}
		for _, what := range ask[[]string](b, `[...document.querySelectorAll(".field")].filter(f => {
	const room = [...f.querySelectorAll(".field-lines > *, .field-options > li, .scale > li, .answer-list > li, .answer-table td, .field-label.is-box")].filter(e => e.checkVisibility());
	const drawn = e => ["", "::before"].some(part => parseFloat(getComputedStyle(e, part || null).borderBottomWidth) > 0) || !!e.querySelector("input")?.checkVisibility();
	return !room.length || !room.every(e => drawn(e) && e.getBoundingClientRect().height > 12);
}).map(f => f.outerHTML.slice(0, 200))`) {
			t.Errorf("%s: there is no room to write in %s", path, what)
		}
	}
}
