package generator

import (
	"context"
	"encoding/json"
	"maps"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// TestRequest walks from the directory to an answer that is awaited, in each way of asking, on a phone
// and with the keyboard alone; and meets what can go wrong on the way.
func TestRequest(t *testing.T) {
	ctx := startBrowser(t)
	for _, channel := range []string{"form", "email", "github", "link"} {
		t.Run(channel, func(t *testing.T) { testWalk(t, ctx, serveDesk(t, channel, nil), channel) })
	}
	d := serveDesk(t, "form", nil)
	for name, test := range map[string]func(*testing.T, *keeper, *desk){
		"form refused": testRefused, "form unreachable": testUnreachable, "who cannot be asked": testCannot, "gone since": testGone,
		"storage off": testShortlistOff, "storage full": testShortlistFull, "a shared list": testSharedList, "order and compare": testOrder,
		"no answer": testNoAnswer, "draft and goal": testDraft, "missing": testMissing,
	} {
		t.Run(name, func(t *testing.T) { test(t, newDeskKeeper(t, ctx, d.base), d) })
	}
	t.Run("without scripts", func(t *testing.T) { testPlainForm(t, ctx, d) })
	t.Run("a page made long ago", func(t *testing.T) { testOldPage(t, ctx) })
}

// newDeskKeeper is a tab on a phone that opens nothing elsewhere, but notes what would be.
func newDeskKeeper(t *testing.T, ctx context.Context, base string) *keeper {
	t.Helper()
	k := newKeeper(t, ctx, base)
	k.size(390, 844, 2)
	k.before(`addEventListener("click", (event) => {
	const a = event.target.closest?.("a[href^='mailto:'], a[target=_blank], a[href^='https:']");
	if (!a) return;
	event.preventDefault();
	window.handed = a.href;
}, true)`)
	return k
}

func testWalk(t *testing.T, ctx context.Context, desk *desk, channel string) {
	k := newDeskKeeper(t, ctx, desk.base)
	k.visit("mentors/", ".mentor-card")
	for _, mentor := range []struct{ id, words string }{{"ana", "diaz"}, {"bo", "Bo"}} {
		id := mentor.id
		k.visit("mentors/", ".mentor-card")
		k.tabTo(`.directory [name="q"]`)
		k.tab.write(mentor.words)
		k.until("the one who was searched", `document.querySelectorAll(".directory-results .mentor-card").length === 1 && !!document.querySelector('.directory-results a[href$="/mentors/`+id+`/"]')`)
		k.follow(`.mentor-card a[href$="/mentors/` + id + `/"]`)
		k.until("the profile", `document.querySelector(".profile .shortlist-toggle button")?.checkVisibility()`)
		k.follow(".shortlist-toggle button")
		k.until("saved", `document.querySelector(".shortlist-toggle button").ariaPressed === "true"`)
	}
	k.follow(".shortlist-link")
	k.until("the list", `document.querySelectorAll(".my-shortlist-list > li").length === 2`)
	k.fits("my/", 390)
	k.follow(".my-shortlist-ask")
	k.until("who is asked", `document.querySelectorAll(".ask-people > li a").length === 2 && document.querySelector(".ask-send")?.checkVisibility()`)
	k.fits("request/ for "+channel, 390)
	k.accessible("request/ for "+channel, everyRule)
	enter := func(selector, text string) {
		k.tabTo(selector)
		k.tab.write(text)
	}
	if channel == "form" {
		enter("#ask-name", "Mia")
		enter("#ask-email", "mia@example.org")
	}
	if channel != "link" {
		enter("#ask-who", "I am new.")
		enter("#ask-why", "You know Go.")
		enter("#ask-hope", "A plan.")
		enter("#ask-times", "Mondays")
	}
	if channel == "form" {
		k.tabTo(`[name="consent"]`)
		k.press(" ")
	}
	k.follow(".ask-send")
	day := deskToday()
	if channel != "form" {
		k.until("the question whether it was sent", `!!document.querySelector(".ask-progress .button")`)
		handed := ask[string](k.tab, `window.handed ?? ""`)
		address := handed
		for range 2 { // what is in a query
			if decoded, err := url.QueryUnescape(address); err == nil {
				address = decoded
			}
		}
		want := map[string][]string{
			"email":  {"mailto:office@example.org?", "Ana Díaz (ana), Bo (bo)", "I am new.", "You know Go.", "A plan.", "Mondays"},
			"github": {"https://github.com/example/portal/issues/new?", "Ana Díaz (ana), Bo (bo)", "I am new.", "A plan."},
			"link":   {"https://forms.example.org/f?mentor=Ana Díaz&id=ana&second=bo&program=&goal="},
		}[channel]
		for _, part := range want {
			if !strings.Contains(address, part) {
				t.Errorf("%q is not in %q", part, address)
			}
		}
		if channel == "email" {
			k.button("Copy the address")
			k.until("the address copied", `window.copied === "office@example.org"`)
			k.button("Copy the message")
			k.until("the message copied", `window.copied.includes("You know Go.") && window.copied.includes("Ana Díaz (ana), Bo (bo)")`)
		}
		k.follow(".ask-progress .actions .button") // Yes, it is sent
	}
	k.until("that it is sent", `document.querySelector(".ask-sent").checkVisibility() && document.activeElement.matches(".ask-sent h2")`)
	if channel == "form" {
		documented(t, desk.taken(), "choice2")
	}
	// Bo does not say how long an answer takes, so the site's 14 days hold for both.
	by := day.AddDays(14).String()
	file := k.downloaded(func() { k.follow(".ask-remind") })
	calendar := readCalendar(t, k.readFile(file))
	if events := calendar.Events(); len(events) != 1 || property(events[0], "DTSTART") != strings.ReplaceAll(by, "-", "") || !strings.Contains(property(events[0], "SUMMARY"), "Ana Díaz and Bo") {
		t.Errorf("the reminder is\n%s", calendar.Serialize())
	}
	if draft := k.records("draft"); len(draft) != 0 {
		t.Errorf("a draft is left: %v", draft)
	}
	k.follow(".ask-my")
	k.until("the request on /my/", `document.querySelector(".my-requests-list > li")?.textContent.includes("Ana Díaz")`)
	records := k.records("request")
	if len(records) != 1 || records[0]["sent"] != day.String() || records[0]["by"] != by || records[0]["channel"] != channel {
		t.Errorf("kept is %v", records)
	}
	k.quiet("the walk by " + channel)
}

var fieldRow = regexp.MustCompile("(?m)^\\| `([a-z0-9_]+)` \\|")

// documented holds what arrived to the table of content/README.md, under "What a request sends".
func documented(t *testing.T, forms []url.Values, more ...string) {
	t.Helper()
	readme, err := os.ReadFile("../content/README.md")
	if err != nil {
		t.Fatal(err)
	}
	_, section, ok := strings.Cut(string(readme), "### What a request sends")
	section, _, _ = strings.Cut(section, "\n### ")
	if !ok {
		t.Fatal("content/README.md does not say what a request sends")
	}
	want := append([]string{"access_key"}, more...)
	for _, row := range fieldRow.FindAllStringSubmatch(section, -1) {
		want = append(want, row[1])
	}
	slices.Sort(want)
	if len(forms) != 1 {
		t.Fatalf("%d forms arrived", len(forms))
	}
	got := slices.Sorted(maps.Keys(forms[0]))
	if !slices.Equal(got, want) {
		t.Errorf("the form sends\n%q, and documented is\n%q", got, want)
	}
	for name, value := range map[string]string{"mentor": "ana", "name": "Mia", "email": "mia@example.org", "consent": "yes", "_gotcha": "", "access_key": "k-1", "choice1": "ana"} {
		if got := forms[0][name]; len(got) != 1 || got[0] != value {
			t.Errorf("%s is %q, want %q", name, got, value)
		}
	}
}

// fillIn writes a request that is long enough.
func (k *keeper) fillIn() {
	k.t.Helper()
	k.write("#ask-name", "Mia")
	k.write("#ask-email", "mia@example.org")
	k.write("#ask-who", "I am new here.")
	k.write("#ask-why", "You know Go.")
	k.write("#ask-hope", "A plan.")
	if !ask[bool](k.tab, `document.querySelector('[name="consent"]').checked`) {
		k.click(`[name="consent"]`)
	}
}

func (k *keeper) openRequest(query string) {
	k.t.Helper()
	k.visit("request/?"+query, ".ask-people > li")
}

// testRefused: an answer of 500 keeps every word, offers e-mail, and another try.
func testRefused(t *testing.T, k *keeper, desk *desk) {
	k.openRequest("mentor=ana")
	k.fillIn()
	desk.answerWith(http.StatusInternalServerError)
	defer desk.answerWith(http.StatusOK)
	k.click(".ask-send")
	k.wait("The request was not taken (500)")
	if k.value("#ask-who") != "I am new here." {
		t.Error("a word is lost")
	}
	mail := ask[string](k.tab, `decodeURIComponent(document.querySelector('.ask-progress a[href^="mailto:"]').href)`)
	if !strings.Contains(mail, "mailto:office@example.org") || !strings.Contains(mail, "You know Go.") {
		t.Errorf("the message offered is %q", mail)
	}
	k.do("a reload", chromedp.Reload())
	k.until("the draft after a reload", `document.querySelector("#ask-who")?.value === "I am new here." && document.querySelectorAll(".ask-people > li").length === 1`)
	k.fillIn()
	k.click(".ask-send")
	k.wait("(500)")
	desk.answerWith(http.StatusOK)
	k.button("Try again")
	k.wait("Your request is sent.")
	if n := len(desk.taken()); n != 1 {
		t.Errorf("%d forms arrived", n)
	}
}

// testUnreachable: nobody answers at the endpoint.
func testUnreachable(t *testing.T, k *keeper, _ *desk) {
	k.before(`window.fetch = ((real) => (to, o) => (o?.method === "POST" ? Promise.reject(new TypeError("offline")) : real(to, o)))(window.fetch)`)
	k.openRequest("mentor=ana")
	k.fillIn()
	k.click(".ask-send")
	k.wait("The request could not be sent. Everything you wrote is still here.")
	k.until("the plain form as a way", `[...document.querySelectorAll(".ask-progress button")].some(b => b.textContent === "Send it as a plain form")`)
	if k.value("#ask-hope") != "A plan." {
		t.Error("a word is lost")
	}
	k.button("Copy the message")
	k.until("the message copied", `window.copied.includes("A plan.")`)
}

// testCannot: paused, in a program that is closed, with a page of their own, and a waiting list.
func testCannot(t *testing.T, k *keeper, _ *desk) {
	today := deskToday()
	said := func(query string, parts ...string) {
		t.Helper()
		k.openRequest(query)
		text := ask[string](k.tab, `document.querySelector(".ask-people").innerText`)
		for _, part := range parts {
			if !strings.Contains(text, part) {
				t.Errorf("%s: %q is not said:\n%s", query, part, text)
			}
		}
	}
	said("mentor=cy", "Cy cannot be asked at the moment: Taking a break", "Remind me on", "Similar mentors: ", "Ana Díaz")
	if ask[bool](k.tab, `document.querySelector(".ask-send").checkVisibility()`) {
		t.Error("a request to nobody can be sent")
	}
	file := k.downloaded(func() { k.click(".ask-next a[download]") })
	if start := property(readCalendar(t, k.readFile(file)).Events()[0], "DTSTART"); start != strings.ReplaceAll(today.AddDays(10).String(), "-", "") {
		t.Errorf("the reminder is for %s", start)
	}
	said("mentor=dee", "Later takes requests from", "Remind me on")
	said("mentor=bo", "Bo has a waiting list")
	said("mentor=eva", "Eva takes requests on a page of their own", "Go to that page")
	said("mentor=nobody", "is no longer listed")
	said("mentor=ana&mentor=dee&mentor=bo", "First choice", "Choice 2", "Later takes requests from")
	k.write("#ask-program", "later")
	k.until("that the program is closed", `document.querySelector(".ask-window").checkVisibility() && document.querySelector(".ask-send").disabled`)
	k.visit("mentors/dee/", ".request")
	k.until("the profile to say so", `document.querySelector(".request-why").checkVisibility() && document.querySelector(".request-why").textContent.includes("takes requests from")`)
}

// testGone: a mentor on the shortlist is no longer listed.
func testGone(t *testing.T, k *keeper, desk *desk) {
	page := filepath.Join(desk.dest, "mentors", "bo", "index.html")
	k.visit("mentors/bo/", ".shortlist-toggle button")
	k.click(".shortlist-toggle button")
	k.until("saved", `document.querySelector(".shortlist-toggle button").ariaPressed === "true"`)
	if err := os.Rename(page, page+".away"); err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := os.Rename(page+".away", page); err != nil {
			t.Fatal(err)
		}
	}()
	k.visit("my/", ".my-shortlist-list > li")
	k.wait("Bo is no longer listed.")
	k.openRequest("mentor=bo")
	k.wait("“Bo” is no longer listed here, so this request cannot reach them.")
}

func testShortlistOff(t *testing.T, k *keeper, desk *desk) {
	k.before(`for (const name of ["localStorage", "sessionStorage"]) Object.defineProperty(window, name, { get() { throw new DOMException("no", "SecurityError"); } })`)
	k.visit("mentors/ana/", ".shortlist-toggle button")
	k.click(".shortlist-toggle button")
	k.wait("Your browser keeps nothing for this site.")
	k.openRequest("mentor=ana")
	k.fillIn()
	k.wait("copy what you wrote before you close the page")
	k.click(".ask-send")
	k.wait("Your request is sent.")
	desk.taken()
}

func testShortlistFull(t *testing.T, k *keeper, _ *desk) {
	k.before(`Storage.prototype.setItem = () => { throw new DOMException("full", "QuotaExceededError"); }`)
	k.visit("mentors/ana/", ".shortlist-toggle button")
	k.click(".shortlist-toggle button")
	k.wait("This device has no room left to keep it.")
	k.openRequest("mentor=ana")
	k.fillIn()
	k.wait("no room left for your draft")
}

// testSharedList takes a list that somebody shared, with ids that nobody has, and shares it again.
func testSharedList(t *testing.T, k *keeper, _ *desk) {
	k.visit("my/#shortlist=ana,nobody,..%2Fguides,bo,ana", ".my-shortlist-offer")
	k.wait("Somebody shares a list of 3 mentors with you. 1 of them is not listed here, or no longer.")
	if len(k.records("shortlist")) != 0 {
		t.Error("the list is taken without asking")
	}
	k.button("Add them to my shortlist")
	k.wait("2 mentors were added.")
	k.button("Copy a link to this list")
	k.until("the link copied", `window.copied?.endsWith("/my/#shortlist=ana,bo")`)
	k.visit("my/#shortlist=%00,%F0,"+strings.Repeat("x", 90), ".my-shortlist-list")
	k.until("the list as it was", `document.querySelectorAll(".my-shortlist-list > li").length === 2`)
}

// testOrder orders, compares, notes, takes off and puts back.
func testOrder(t *testing.T, k *keeper, _ *desk) {
	for i, id := range []string{"ana", "bo", "cy", "dee"} {
		k.visit("mentors/"+id+"/", ".shortlist-toggle button")
		k.click(".shortlist-toggle button")
		k.until("saved", `document.querySelector(".shortlist-toggle button").ariaPressed === "true"`)
		if n := len(k.records("shortlist")); n != i+1 {
			t.Fatalf("%d are kept", n)
		}
	}
	k.visit("my/", ".my-shortlist-list > li:nth-child(4)")
	k.follow(`[data-id="dee"] .my-shortlist-up`)
	k.wait("Dee is now number 3 of 4.")
	k.press(kb.Enter) // the focus stayed
	k.wait("Dee is now number 2 of 4.")
	k.write(`[data-id="bo"] textarea`, "Ask about law")
	for _, id := range []string{"ana", "dee", "bo"} {
		k.click(`[data-id="` + id + `"] input`)
	}
	k.until("three side by side", `document.querySelectorAll(".my-shortlist-compare thead th").length === 3`)
	k.click(`[data-id="cy"] input`)
	k.wait("Choose at most 3 to compare.")
	table := ask[string](k.tab, `document.querySelector(".my-shortlist-compare table").innerText`)
	for _, part := range []string{"Ana Díaz", "Dee", "Skills", "Go", "Law", "does not say"} {
		if !strings.Contains(table, part) {
			t.Errorf("side by side %q is missing:\n%s", part, table)
		}
	}
	k.fits("my/ comparing", 390)
	k.accessible("my/ comparing", everyRule)
	k.click(`[data-id="cy"] .my-shortlist-drop`)
	k.wait("Cy is off your list.")
	k.press(kb.Enter) // Put back has the focus
	k.until("Cy back", `document.querySelectorAll(".my-shortlist-list > li").length === 4`)
	k.do("a reload", chromedp.Reload())
	k.until("the order and the note after a reload", `[...document.querySelectorAll(".my-shortlist-list > li")].map(e => e.dataset.id).join() === "ana,dee,bo,cy" && document.querySelector('[data-id="bo"] textarea').value === "Ask about law"`)
	if link := ask[string](k.tab, `document.querySelector(".my-shortlist-ask").href`); !strings.HasSuffix(link, "/request/?mentor=ana&mentor=dee") {
		t.Errorf("the first two are asked at %s", link)
	}
}

// testNoAnswer: what is offered when the day has passed.
func testNoAnswer(t *testing.T, k *keeper, _ *desk) {
	k.visit("my/", ".my-requests")
	today := deskToday()
	prefix := ask[string](k.tab, "`stoa:${new URL('../', location.href).pathname}:`")
	put := func(key string, value any) {
		data, _ := json.Marshal(value)
		ask[bool](k.tab, "localStorage.setItem("+quote(prefix+key)+", "+quote(string(data))+"); true")
	}
	put("shortlist:bo", map[string]any{"id": "bo", "name": "Bo", "url": k.base + "mentors/bo/", "rank": 1})
	put("request:1", map[string]any{"id": "1", "mentors": []any{map[string]any{"id": "ana", "name": "Ana Díaz", "url": k.base + "mentors/ana/"}}, "sent": today.AddDays(-9).String(), "by": today.AddDays(-1).String(), "channel": "form"})
	put("request:2", map[string]any{"mentors": "broken"})
	put("request:3", map[string]any{"id": "3", "mentors": []any{map[string]any{"id": "x", "name": "X", "url": "javascript:alert(1)"}}, "sent": today.String(), "by": today.AddDays(3).String()})
	k.visit("my/", ".my-requests-list > li")
	k.wait("The answer was expected by")
	k.wait("Ask Bo, your next choice")
	k.wait("Ask the program’s office")
	ask[bool](k.tab, `document.querySelector(".my-requests-list details").open = true; true`)
	k.button("Copy the text")
	k.until("a reminder copied", `window.copied?.includes("Hello Ana Díaz") && window.copied.includes("did not get lost")`)
	if ask[bool](k.tab, `!!document.querySelector('.my-requests a[href^="javascript:"]')`) {
		t.Error("an address that was kept can be a script")
	}
	k.button("They answered")
	k.until("that it is answered", `[...document.querySelectorAll(".my-requests-list > li")].some(e => e.textContent.includes("Answered"))`)
}

// testDraft: a goal's sentence, sentence starters, the draft across a reload, and deleted.
func testDraft(t *testing.T, k *keeper, _ *desk) {
	k.openRequest("mentor=ana&goal=plan")
	if got := k.value("#ask-hope"); got != "I want a plan for spring." {
		t.Errorf("the goal says %q", got)
	}
	k.button("Begin with: I am …")
	if got := k.value("#ask-who"); got != "I am " {
		t.Errorf("the sentence begins with %q", got)
	}
	k.wait("At least 5 words in all. 8 words. That is long enough.")
	k.openRequest("mentor=ana")
	k.until("the draft", `document.querySelector("#ask-who").value === "I am "`)
	k.button("Delete the draft")
	if len(k.records("draft")) != 0 || k.value("#ask-hope") != "" {
		t.Error("the draft is still there")
	}
}

// testMissing: what is missing is said, with a way to each field.
func testMissing(t *testing.T, k *keeper, desk *desk) {
	k.openRequest("mentor=ana")
	k.write("#ask-email", "nobody")
	k.click(".ask-send")
	k.until("the faults", `document.activeElement.matches(".ask-errors")`)
	if n := ask[int](k.tab, `document.querySelectorAll(".ask-errors li").length`); n != 6 {
		t.Errorf("%d faults: %s", n, ask[string](k.tab, `document.querySelector(".ask-errors").innerText`))
	}
	k.accessible("request/ with faults", everyRule)
	k.click(".ask-errors li:last-child a") // a key pressed by the driver would be heard by the field as well
	if !ask[bool](k.tab, `document.activeElement.matches('[name="consent"]')`) {
		t.Errorf("the last fault does not lead to the consent, but to %s", ask[string](k.tab, `document.activeElement.outerHTML`))
	}
	desk.taken()
	k.fillIn()
	k.write(`[name="_gotcha"]`, "a robot was here")
	k.click(".ask-send")
	k.write(`[name="_gotcha"]`, "")
	k.click(".ask-send")
	k.wait("Your request is sent.")
	if n := len(desk.taken()); n != 1 {
		t.Errorf("%d forms arrived", n)
	}
}

// testPlainForm asks from a profile in a browser without scripts.
func testPlainForm(t *testing.T, ctx context.Context, desk *desk) {
	b := newTab(t, ctx)
	if _, err := chromedp.Call(b.ctx, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true}); err != nil {
		t.Fatal(err)
	}
	b.open(desk.base + "mentors/ana/")
	if !ask[bool](b, `document.querySelector(".request form").checkVisibility()`) {
		t.Fatal("the form is not shown without scripts")
	}
	for name, text := range map[string]string{"name": "Mia", "email": "mia@example.org", "who": "I", "why": "You", "hope": "A plan", "times": "Mondays"} {
		ask[bool](b, `document.querySelector('.request [name=`+strconv.Quote(name)+`]').value = `+quote(text)+`; true`)
	}
	ask[bool](b, `document.querySelector('.request [name="consent"]').checked = true; document.querySelector('.request button[type="submit"]').click(); true`)
	b.until("the endpoint's answer", `document.body.textContent === "taken"`)
	forms := desk.taken()
	if len(forms) == 1 {
		forms[0]["program"] = []string{""} // the page of the portal asks for one
	}
	documented(t, forms)
	b.open(desk.base + "request/")
	if !ask[bool](b, `document.querySelector(".ask-form").checkVisibility() && document.querySelector("#ask-mentors").checkVisibility()`) {
		t.Error("the page to ask shows no form without scripts")
	}
}

// testOldPage shows a portal that was made weeks ago.
func testOldPage(t *testing.T, ctx context.Context) {
	today := deskToday()
	desk := serveDesk(t, "form", func(files tree, _ *desk) {
		files["content/mentors/fay.toml"] = []byte("name = \"Fay\"\n[availability]\nfrom = " + today.AddDays(-2).String() + "\n")
		files["content/programs/later.toml"] = []byte("title = \"Later\"\n[[cohorts]]\nid = \"one\"\nregistration_opens = " + today.AddDays(-1).String() + "\nregistration_closes = " + today.AddDays(5).String() + "\n")
	})
	g := newGenerator(t, Options{Source: desk.source, BaseURL: desk.base, Date: today.AddDays(-40).String()})
	if _, err := g.Build(t.Context(), BuildOptions{Destination: desk.dest}); err != nil {
		t.Fatal(err)
	}
	k := newDeskKeeper(t, ctx, desk.base)
	data, err := os.ReadFile(filepath.Join(desk.dest, "mentors", "fay", "index.html"))
	if err != nil || !strings.Contains(string(data), "is-later") {
		t.Fatalf("the page was not made before: %v", err)
	}
	k.visit("mentors/fay/", ".request")
	k.until("Fay as open", `document.querySelector(".request .availability").matches(".is-open") && document.querySelector(".request-go").checkVisibility()`)
	k.wait("That is more than a month ago")
	k.visit("mentors/dee/", ".request")
	k.until("Dee's program as open", `document.querySelector(".request-go").checkVisibility()`)
	k.visit("programs/later/", ".status")
	k.until("registration as open", `document.querySelector(".status").matches(".is-open")`)
	k.visit("mentors/", ".mentor-card")
	k.wait("That is more than a month ago")
}
