package generator

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"github.com/stoa-portal/stoa/generator/internal/corpus"
)

// TestDirectoryInBrowser shows the directory and the search of an invented portal to
// Chromium, with a keyboard, on a phone, and on a host that fails.
func TestDirectoryInBrowser(t *testing.T) {
	browser := startBrowser(t)
	s := serveSearchable(t)
	for _, test := range []struct {
		name string
		run  func(*testing.T, *searchable, *tab)
	}{
		{"first paint", testFirstPaint}, {"cards", testCards}, {"typing", testTyping}, {"facets", testFacets}, {"find inside a facet", testFindInside},
		{"sort and view", testSortAndView}, {"pages", testDirectoryPages}, {"addresses", testAddresses}, {"nobody", testNobody}, {"correction", testCorrection},
		{"phone", testDirectoryPhone}, {"faults", testSearchFaults}, {"slow", testSlowSearch}, {"dialog", testSearchDialog}, {"search page", testSearchPage},
		{"without scripts", testSearchWithoutScripts}, {"served", testDirectoryServed}, {"looks", testSearchLooks},
	} {
		t.Run(test.name, func(t *testing.T) {
			s.hinder(nil)
			b := newTab(t, browser)
			b.media("", "prefers-reduced-motion", "reduce")
			test.run(t, s, b)
		})
	}
}

// A searchable is a portal on a host whose answers a test can change.
type searchable struct {
	base string

	mu     sync.Mutex
	hinder func(func(http.ResponseWriter, *http.Request) bool) // sets what answers first; false: as ever
	rule   func(http.ResponseWriter, *http.Request) bool
	asked  []string
}

// serveSearchable builds a portal of 130 mentors for a path below the root and serves it.
func serveSearchable(t *testing.T) *searchable {
	t.Helper()
	source, dest := t.TempDir(), filepath.Join(t.TempDir(), "public")
	if err := corpus.Write(source, corpus.Options{Mentors: 130, Guides: 20, Photos: 6, Seed: 3}); err != nil {
		t.Fatal(err)
	}
	s := &searchable{}
	s.hinder = func(rule func(http.ResponseWriter, *http.Request) bool) {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.rule, s.asked = rule, nil
	}
	files := http.StripPrefix("/repo", http.FileServer(http.Dir(dest)))
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.mu.Lock()
		rule := s.rule
		s.asked = append(s.asked, r.URL.Path)
		s.mu.Unlock()
		w.Header().Set("Cache-Control", "no-store")
		if rule == nil || !rule(w, r) {
			files.ServeHTTP(w, r)
		}
	}))
	t.Cleanup(server.Close)
	s.base = server.URL + "/repo/"
	if _, err := newGenerator(t, Options{Source: source, BaseURL: s.base}).Build(t.Context(), BuildOptions{Destination: dest}); err != nil {
		t.Fatalf("the site cannot be built: %v", err)
	}
	return s
}

// wasAsked tells whether the host was asked for a path that contains a text.
func (s *searchable) wasAsked(part string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, path := range s.asked {
		if strings.Contains(path, part) {
			return true
		}
	}
	return false
}

// What tests look at.
const (
	shownCards = `document.querySelectorAll(".directory-results .mentor-card").length`
	shownCount = `parseInt(document.querySelector(".directory-summary strong").textContent)`
	shownNames = `[...document.querySelectorAll(".directory-results .mentor-card bdi")].map(e => e.textContent)`
	atRest     = `!document.querySelector(".directory-results[aria-busy], .directory[data-counting]")`
	box        = `document.querySelector("#directory-q")`

	engineLoaded = `performance.getEntriesByType("resource").some(e => e.name.includes("/js/search/"))`
)

// written fills a text into the field that has the focus, as if it were typed.
func (b *tab) write(text string) {
	b.t.Helper()
	for _, r := range text {
		b.press(string(r))
	}
}

// slash presses the key /, which types a character unless a page prevents it.
func (b *tab) slash() {
	b.t.Helper()
	for _, event := range []input.DispatchKeyEventType{input.DispatchKeyEventTypeKeyDown, input.DispatchKeyEventTypeKeyUp} {
		if _, err := chromedp.Call(b.ctx, input.DispatchKeyEvent, input.DispatchKeyEventParams{Type: event, Key: "/", Code: "Slash", Text: "/"}); err != nil {
			b.t.Fatal(err)
		}
	}
}

// count is the number that stands behind a term of a facet.
func count(facet, term string) string {
	return fmt.Sprintf(`parseInt(document.querySelector('input[name="%s"][value="%s"]').closest("label").querySelector(".count > span").textContent)`, facet, term)
}

func ticked(facet, term string) string {
	return fmt.Sprintf(`document.querySelector('input[name="%s"][value="%s"]').checked`, facet, term)
}

// nth is the id of the nth term of a facet, as the page lists it.
func (b *tab) nth(facet string, n int) string {
	b.t.Helper()
	return ask[string](b, fmt.Sprintf(`document.querySelectorAll('details[data-facet="%s"] input[type=checkbox]')[%d].value`, facet, n))
}

// tick focuses a term's box and presses the space bar.
func (b *tab) tick(facet, term string) {
	b.t.Helper()
	ask[bool](b, fmt.Sprintf(`{const i = document.querySelector('input[name="%s"][value="%s"]'); i.closest("details").open = true; i.focus(); true}`, facet, term))
	b.press(" ")
}

// quiet fails when the page complained of something.
func (b *tab) quiet(what string) {
	b.t.Helper()
	complaints, _ := b.heard()
	for _, complaint := range complaints {
		b.t.Errorf("%s: %s", what, complaint)
	}
}

// The first paint is the page as it was built, and the script moves nothing. The engine is
// loaded when somebody turns to the field.
func testFirstPaint(t *testing.T, s *searchable, b *tab) {
	for _, width := range []int64{1280, 390} {
		b.size(width, 900)
		b.open("about:blank")
		b.open(s.base + "mentors/")
		b.until("the boxes", `!!document.querySelector(".facets input[type=checkbox]")`)
		moved := ask[float64](b, `new Promise(done => { let sum = 0; new PerformanceObserver(list => { for (const e of list.getEntries()) if (!e.hadRecentInput) sum += e.value; }).observe({type: "layout-shift", buffered: true}); setTimeout(() => done(sum), 300); })`)
		if moved > 0.01 {
			t.Errorf("at %d pixels the page moves by %.3f while it loads", width, moved)
		}
		if ask[bool](b, engineLoaded) {
			t.Errorf("at %d pixels the engine is loaded before anybody searches", width)
		}
		ask[bool](b, box+`.focus(); true`)
		b.until("the engine", engineLoaded)
	}
	b.quiet("the directory")
}

// normal writes an element as text, without the white space between elements.
const normal = `const normal = e => e.nodeType === 3 ? e.data.replace(/\s+/g, " ") : "<" + e.localName +
	[...e.attributes].map(a => " " + a.name + "=" + (a.name === "href" || a.name === "src" ? decodeURI(a.value) : a.value.trim())).sort().join("") + ">" + [...e.childNodes].map(normal).join("") + "</>";
const tidy = e => normal(e).replace(/> +/g, ">").replace(/ +</g, "<");
const js = new URL(".", document.querySelector('script[src$="/js/directory.js"]').src);`

// The cards that the script makes are those that were built, in the same order.
func testCards(t *testing.T, s *searchable, b *tab) {
	b.open(s.base + "mentors/")
	different := ask[[]string](b, `(async () => {`+normal+`
	const [{ openIndex }, { mentorCard }] = await Promise.all([import(js + "search/engine.js"), import(js + "mentor-card.js")]);
	const index = await openIndex(document.documentElement.lang);
	const out = [];
	let from = 0;
	for (let url = location.href; url; ) {
		const built = new DOMParser().parseFromString(await (await fetch(url)).text(), "text/html");
		const cards = [...built.querySelectorAll(".directory-results .mentor-card")];
		const { hits, total } = await index.search({ sort: "fair", from, count: cards.length });
		cards.forEach((card, i) => {
			const made = tidy(mentorCard(hits[i])), was = tidy(card);
			if (made !== was) out.push(made + "\n\t" + was);
		});
		from += cards.length;
		url = built.querySelector(".pager a[rel=next]")?.href;
		if (!url && from !== total) out.push("the index has " + total + " mentors, the pages " + from);
	}
	return out.slice(0, 3);
})()`)
	for _, line := range different {
		t.Errorf("made and built:\n\t%s", line)
	}
}

// Typing narrows the list at once, in the address too, and without a step in the history.
func testTyping(t *testing.T, s *searchable, b *tab) {
	b.open(s.base + "mentors/")
	all := ask[int](b, shownCount)
	name := ask[string](b, shownNames+`[3]`)
	word := strings.Fields(name)[0]
	steps := ask[int](b, `history.length`)
	b.slash()
	if !ask[bool](b, box+` === document.activeElement`) {
		t.Fatal("the key / does not lead to the field")
	}
	b.write(word)
	b.until("fewer mentors", shownCount+` < `+fmt.Sprint(all)+` && `+atRest)
	b.until("the mentor's card", shownNames+`.includes(`+quote(name)+`)`)
	if !ask[bool](b, `!!document.querySelector(".directory-results .mentor-card mark")`) {
		t.Error("nothing is marked")
	}
	if got := ask[string](b, `new URLSearchParams(location.search).get("q")`); got != word {
		t.Errorf("the address asks for %q", got)
	}
	if ask[int](b, `history.length`) != steps {
		t.Error("typing makes steps in the history")
	}
	b.until("the number told", `/\d/.test(document.querySelector(".directory-main > [role=status]").textContent)`)
	if ask[int](b, `document.querySelectorAll(".directory [role=status]").length`) != 1 {
		t.Error("there is more than one place that tells")
	}
	b.press(kb.Enter)
	if !ask[bool](b, `document.body.matches(".kind-mentors")`) {
		t.Error("Enter leaves the directory")
	}
	b.do("a reload", chromedp.Reload())
	b.until("the same mentors", shownCount+` < `+fmt.Sprint(all)+` && `+shownNames+`.includes(`+quote(name)+`)`)
	if got := ask[string](b, box+`.value`); got != word {
		t.Errorf("after a reload the field holds %q", got)
	}
	b.quiet("typing")
}

// Boxes by keyboard: OR within a facet, AND across; the counts beside them are true; chips take
// them away again; Back, Forward and reload restore the choice, the focus and the place.
func testFacets(t *testing.T, s *searchable, b *tab) {
	b.open(s.base + "mentors/")
	b.until("the boxes", `!!document.querySelector(".facets input[type=checkbox]")`)
	one, two := b.nth("skills", 0), b.nth("skills", 1)
	other := b.nth("languages", 0)
	expected := ask[int](b, count("skills", one))
	b.tick("skills", one)
	b.until("the mentors of one skill", fmt.Sprintf(`%s === %d && %s`, shownCount, expected, atRest))
	if got := ask[int](b, count("skills", one)); got != expected {
		t.Errorf("the chosen skill says %d and not %d", got, expected)
	}
	before := ask[int](b, count("skills", two))
	b.tick("skills", two)
	b.until("the mentors of either skill", fmt.Sprintf(`%s > %d && %s <= %d && %s`, shownCount, expected, shownCount, expected+before, atRest))
	either := ask[int](b, shownCount)
	if ask[int](b, `document.querySelectorAll(".facets .is-none").length`) == 0 {
		t.Error("no term has nobody")
	}
	both := ask[int](b, count("languages", other))
	b.tick("languages", other)
	b.until("those who speak a language, too", fmt.Sprintf(`%s === %d && %s`, shownCount, both, atRest))
	if got := ask[int](b, `document.querySelectorAll(".chips li").length`); got != 4 {
		t.Errorf("%d chips and buttons for three filters", got)
	}
	if got, want := ask[string](b, `location.search`), fmt.Sprintf("?skills=%s&skills=%s&languages=%s", one, two, other); got != want {
		t.Errorf("the address is %s, not %s", got, want)
	}
	ask[bool](b, `scrollTo(0, 300); true`)
	b.do("a reload", chromedp.Reload())
	b.until("the same choice", fmt.Sprintf(`%s === %d && %s && %s && %s`, shownCount, both, ticked("skills", one), ticked("skills", two), ticked("languages", other)))
	b.until("the place where the page was", `scrollY === 300`)
	if !ask[bool](b, `document.activeElement.matches('input[name="languages"]')`) {
		t.Error("after a reload the focus is elsewhere: " + ask[string](b, `document.activeElement.outerHTML.slice(0, 100)`))
	}
	b.do("back", chromedp.NavigateBack())
	b.until("either skill", fmt.Sprintf(`%s === %d && !%s && %s`, shownCount, either, ticked("languages", other), atRest))
	b.do("forward", chromedp.NavigateForward())
	b.until("the language again", fmt.Sprintf(`%s === %d && %s && %s`, shownCount, both, ticked("languages", other), atRest))
	ask[bool](b, `document.querySelector(".chips button").focus(); true`)
	b.press(kb.Enter)
	b.until("one filter fewer", `document.querySelectorAll(".chips li").length === 3 && !`+ticked("skills", one)+` && `+atRest)
	if !ask[bool](b, `document.activeElement.matches(".chips button")`) {
		t.Error("the focus is lost with the chip")
	}
	ask[bool](b, `document.querySelector(".chips-clear").focus(); true`)
	b.press(kb.Enter)
	b.until("the list as it was built", `location.search === "" && document.querySelectorAll(".chips li").length === 0 && `+shownCards+` === 24`)
	if got := ask[int](b, count("skills", one)); got != expected {
		t.Errorf("the first count is not restored: %d", got)
	}
	// A mentor's page and back: the link has the focus again.
	b.tick("skills", one)
	b.until("the mentors of one skill", fmt.Sprintf(`%s === %d && %s`, shownCount, expected, atRest))
	ask[bool](b, `document.querySelectorAll(".directory-results h3 a")[2].focus(); true`)
	link := ask[string](b, `document.activeElement.getAttribute("href")`)
	b.press(kb.Enter)
	b.until("the profile", `document.readyState === "complete" && document.body.matches(".kind-mentor")`)
	b.do("back", chromedp.NavigateBack())
	b.until("the link with the focus", `document.body.matches(".kind-mentors") && document.activeElement.getAttribute("href") === `+quote(link))
	b.quiet("facets")
}

// A long facet has a field; what was chosen there stays when the field is empty, and at zero.
func testFindInside(t *testing.T, s *searchable, b *tab) {
	b.open(s.base + "mentors/")
	field := `document.querySelector('details[data-facet="skills"] .facet-find input')`
	rows := `[...document.querySelectorAll('details[data-facet="skills"] li:not([hidden]) input')]`
	ask[bool](b, field+`.focus(); true`)
	rare := ask[string](b, `(async () => {`+normal+` const i = await (await import(js + "search/engine.js")).openIndex("en"); return (await i.terms("skills")).at(-1).id; })()`)
	first := ask[int](b, rows+`.length`)
	b.write(strings.ReplaceAll(rare, "-", " ")[:min(6, len(rare))])
	b.until("the rare skill", rows+`.some(i => i.value === `+quote(rare)+`)`)
	b.tick("skills", rare)
	b.until("its mentors", shownCount+` < 20 && `+atRest)
	ask[bool](b, field+`.select(), `+field+`.focus(); true`)
	b.press(kb.Backspace)
	b.until("the first rows and the chosen one", fmt.Sprintf(`%s.length === %d && %s.at(-1).value === %s`, rows, first+1, rows, quote(rare)))
	b.press("q", "q", "q", "x")
	b.until("words for nothing found", `document.querySelector(".facet-none").textContent.length > 5`)
	if !ask[bool](b, rows+`.some(i => i.checked)`) {
		t.Error("the chosen skill is hidden")
	}
	b.open(s.base + "mentors/?skills=" + rare)
	b.until("the box of a skill that the page did not have", ticked("skills", rare))
	ask[bool](b, box+`.focus(); true`)
	b.write("qqqx")
	b.until("nobody", `!!document.querySelector(".directory-nobody")`)
	b.until("zero beside the chosen skill", count("skills", rare)+` === 0 && document.querySelector('input[value="`+rare+`"]').checkVisibility()`)
	b.quiet("the field of a facet")
}

func testSortAndView(t *testing.T, s *searchable, b *tab) {
	b.open(s.base + "mentors/")
	fair := ask[[]string](b, shownNames)
	index := ask[[]string](b, `fetch("../browse/a-z/").then(r => r.text()).then(t => [...new DOMParser().parseFromString(t, "text/html").querySelectorAll(".name-index a bdi")].map(e => e.textContent))`)
	choose := func(sort string) {
		ask[bool](b, `{const s = document.querySelector("select[name=sort]"); s.value = "`+sort+`"; s.dispatchEvent(new Event("change", {bubbles: true})); true}`)
		b.until("the order "+sort, `location.search.includes("sort=`+sort+`") && `+atRest)
	}
	choose("name")
	b.until("another first name", shownNames+`[0] === `+quote(index[0]))
	for i, name := range ask[[]string](b, shownNames) {
		if name != index[i] {
			t.Fatalf("by name comes %s, in the index %s", name, index[i])
		}
	}
	choose("newest")
	b.until("the summary's word", `document.querySelector(".directory-summary").textContent.length > 12`)
	if !ask[bool](b, `document.querySelector("option[value=best]").disabled`) {
		t.Error("without words there is a best match")
	}
	ask[bool](b, `{const s = document.querySelector("select[name=sort]"); s.value = "fair"; s.dispatchEvent(new Event("change", {bubbles: true})); true}`)
	b.until("the fair order", `location.search === "" && `+shownNames+`[0] === `+quote(fair[0]))
	b.do("the list", chromedp.Click(chromedp.CSS(`button[data-view="list"]`), chromedp.NodeVisible))
	height := `document.querySelector(".directory-results li").getBoundingClientRect().height`
	if h := ask[float64](b, height); h > 110 {
		t.Errorf("a line of the compact list is %.0f pixels high", h)
	}
	b.do("a reload", chromedp.Reload())
	b.until("the list again", height+` < 110 && document.querySelector('button[data-view="list"]').ariaPressed === "true"`)
	b.do("cards", chromedp.Click(chromedp.CSS(`button[data-view="cards"]`), chromedp.NodeVisible))
	if h := ask[float64](b, height); h < 110 {
		t.Error("there is no way back to cards")
	}
	b.quiet("order and view")
}

func testDirectoryPages(t *testing.T, s *searchable, b *tab) {
	b.open(s.base + "mentors/?sort=name")
	b.until("the first page", shownCards+` === 24 && !!document.querySelector(".pager a[rel=next][data-state]")`)
	first := ask[[]string](b, shownNames)
	ask[bool](b, `document.querySelector(".pager a[rel=next]").focus(); true`)
	b.press(kb.Enter)
	b.until("the second page", `location.search === "?sort=name&page=2" && `+shownNames+`[0] !== `+quote(first[0]))
	b.until("the focus at the results", `document.activeElement.id === "results-title"`)
	b.do("back", chromedp.NavigateBack())
	b.until("the first page again", shownNames+`[0] === `+quote(first[0]))
	b.open(s.base + "mentors/?sort=name&page=4000")
	b.until("the last page", shownCards+` === 130 % 24 && !document.querySelector(".pager a[rel=next]")`)
	b.open(s.base + "mentors/page/2/")
	second := ask[[]string](b, shownNames)
	b.until("the boxes", `!!document.querySelector(".facets input[type=checkbox]")`)
	b.tick("skills", b.nth("skills", 0))
	b.until("the first page of a choice", `location.pathname === "/repo/mentors/" && location.search.startsWith("?skills=") && !!document.querySelector(".chips li")`)
	b.until("another list", shownNames+`[0] !== `+quote(second[0]))
	b.do("back", chromedp.NavigateBack())
	b.until("the second page as it was built", `location.pathname === "/repo/mentors/page/2/" && `+shownNames+`[0] === `+quote(second[0]))
	b.quiet("pages")
}

// Addresses that nobody made by clicking: what there is not is left out, and nothing breaks.
// When nobody matches, the page says what could be left out, with how many then.
// A word with a typing error finds what was meant, says so, and can be looked for as it is.
func testDirectoryPhone(t *testing.T, s *searchable, b *tab) {
	b.size(390, 844)
	if _, err := chromedp.Call(b.ctx, emulation.SetTouchEmulationEnabled, emulation.SetTouchEmulationEnabledParams{Enabled: true}); err != nil {
		t.Fatal(err)
	}
	b.open(s.base + "mentors/")
	b.until("the boxes", `!!document.querySelector(".facets input[type=checkbox]")`)
	b.do("the filters", chromedp.Click(chromedp.CSS(".facets-button"), chromedp.NodeVisible))
	b.until("the open sheet", `document.querySelector("#facets").matches(":popover-open")`)
	skill := b.nth("skills", 1)
	expected := ask[int](b, count("skills", skill))
	for _, small := range ask[[]string](b, `[...document.querySelectorAll("#facets summary, #facets label, #facets button, #facets input[type=search], #facets .facet-all a")].filter(e => e.checkVisibility() && e.getBoundingClientRect().height < 43.9).map(e => e.outerHTML.slice(0, 120))`) {
		t.Errorf("under 44 pixels: %s", small)
	}
	b.do("a filter", chromedp.Click(chromedp.CSS(`label:has(input[value="`+skill+`"])`), chromedp.NodeVisible))
	show := `document.querySelector(".facets-show button")`
	b.until("how many there are to see", fmt.Sprintf(`parseInt(%s.textContent.replace(/\D/g, "")) === %d`, show, expected))
	b.accessible("the open sheet of filters", everyRule)
	b.fits("the open sheet of filters", 390)
	b.do("show them", chromedp.Click(chromedp.CSS(".facets-show button"), chromedp.NodeVisible))
	b.until("the closed sheet", fmt.Sprintf(`!document.querySelector("#facets").matches(":popover-open") && %s === %d`, shownCount, expected))
	for _, small := range ask[[]string](b, `[...document.querySelectorAll(".search-link, .facets-button, .search-form input[type=search], .search-form button, .directory-tools select, .directory-tools button, .chips button, .pager a")].filter(e => e.checkVisibility() && e.getBoundingClientRect().height < 43.9).map(e => e.outerHTML.slice(0, 120) + e.getBoundingClientRect().height)`) {
		t.Errorf("under 44 pixels: %s", small)
	}
	b.quiet("a phone")
}

// When the search cannot be loaded the page says why and stays of use.
// A slow network: what is there stays until the results come, and waiting is told.
// testSearchWithoutScripts looks at what there is instead of the search.
// testSearchLooks holds each state to the rules of accessibility, in both colours and the other
// direction.
