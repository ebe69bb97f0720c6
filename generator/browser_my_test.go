package generator

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
	"github.com/santhosh-tekuri/jsonschema/v6"
)

// answers fills in every field of the worksheet, and is what each then says.
func (k *keeper) answers() map[string]any {
	k.t.Helper()
	field := func(id string) string { return `[data-field="` + id + `"] ` }
	k.write(field("text")+"input", "Some “text” & <b>")
	k.write(field("longtext")+"textarea", "First line\nSecond line")
	k.write(field("date")+"input", "2026-12-24")
	k.write(field("number")+"input", "7")
	k.click(field("choice") + `[value="Other"]`)
	k.click(field("box") + "input")
	k.click(field("boxes") + `[value="Red"]`)
	k.click(field("boxes") + `[value="Blue"]`)
	k.button("Add a line")
	k.write(field("list")+"li:nth-child(1) textarea", "one")
	k.write(field("list")+"li:nth-child(5) textarea", "five")
	k.button("Add a row")
	k.write(field("table")+"tr:nth-child(1) td:nth-child(2) textarea", "cell")
	k.write(field("table")+"tr:nth-child(5) td:nth-child(1) textarea", "last")
	k.click(field("skill-before") + `[value="0"]`)
	k.click(field("skill-after") + `[value="4"]`)
	return k.seen()
}

// seen is what the controls of the worksheet say.
func (k *keeper) seen() map[string]any {
	k.t.Helper()
	return ask[map[string]any](k.tab, `Object.fromEntries([...document.querySelectorAll("[data-field]")].map(f => [f.dataset.field,
	[...f.querySelectorAll("input, textarea")].map(c => c.matches("[type=radio], [type=checkbox]") ? (c.checked ? c.value : "") : c.value).filter(v => v !== "").join("|")]))`)
}

var wantAnswers = map[string]any{
	"text": "Some “text” & <b>", "longtext": "First line\nSecond line", "date": "2026-12-24", "number": "7", "choice": "Other", "box": "on", "boxes": "Red|Blue",
	"list": "one|five", "table": "cell|last", "skill-before": "0", "skill-after": "4",
}

// TestMyPlan keeps things on the device in a real browser, as /my/ and worksheets do.
func TestMyPlan(t *testing.T) {
	ctx := startBrowser(t)
	base := serveKeeper(t)
	for name, test := range map[string]func(*testing.T, context.Context, string){
		"every type of field": testEveryField, "two tabs": testTwoTabs, "storage full": testStorageFull, "storage off": testStorageOff,
		"a shared computer": testSharedComputer, "a crash": testCrash, "an older version": testOlderVersion, "broken files": testBrokenFiles, "undo": testUndo,
		"many records": testManyRecords, "two languages": testLanguages,
		"a goal": testGoal, "a calendar in three zones": testZones, "a goal shared": testShared, "diverged copies": testDiverged,
		"a meeting": testMeeting, "a cohort": testCohort, "goals narrowed": testGoalFilter,
	} {
		t.Run(name, func(t *testing.T) { test(t, ctx, base) })
	}
}

// testEveryField fills in, reloads, exports, wipes, imports and finds everything again.
func testEveryField(t *testing.T, ctx context.Context, base string) {
	k := newKeeper(t, ctx, base)
	k.visit("worksheets/all/", "[data-sheet-bar]")
	if got := k.answers(); !sameAnswers(got) {
		t.Fatalf("the fields say %q", got)
	}
	if text := ask[string](k.tab, `document.querySelector(".chart-table tbody").innerText`); !strings.Contains(text, "A skill") || !strings.Contains(text, "0") || !strings.Contains(text, "4") {
		t.Errorf("the chart says %q", text)
	}
	k.visit("worksheets/all/", "[data-sheet-bar]")
	if got := k.seen(); !sameAnswers(got) {
		t.Errorf("after a reload the fields say %q", got)
	}
	for _, width := range []int64{1280, 390} {
		k.size(width, 800)
		k.fits("the worksheet", width)
		k.accessible("the worksheet, filled in", everyRule)
	}
	markdown := k.readFile(k.downloaded(func() { k.button("Save as Markdown") }))
	for _, want := range []string{"# Everything\n", "## First\n", "### A text\n\nSome “text” \\& \\<b\\>", "- one\n", "| cell |", "- [x] A box", "- Red\n- Blue", "### A skill: later\n\n4"} {
		if !strings.Contains(markdown, want) {
			t.Errorf("the Markdown lacks %q:\n%s", want, markdown)
		}
	}
	k.button("Copy for a document")
	k.until("the copy", `(window.copied ?? "").includes("<table>") && window.copied.includes("&lt;b&gt;")`)

	k.visit("my/", "[data-my-overview]")
	k.wait("Everything")
	file := k.downloaded(func() { k.button("Save everything as a file") })
	checkAgainstSchema(t, k, k.readFile(file))
	k.button("Delete everything here")
	k.wait("1 thing was deleted")
	if left := k.records("worksheet"); len(left) > 0 {
		t.Errorf("after “delete everything” there is %v", left)
	}
	k.visit("worksheets/all/", "[data-sheet-bar]")
	if got := k.seen(); got["text"] != "" {
		t.Errorf("after “delete everything” the worksheet says %v", got)
	}
	k.visit("my/", "[data-my-overview]")
	k.bringIn(file)
	k.wait("1 thing is new here.")
	k.visit("worksheets/all/", "[data-sheet-bar]")
	if got := k.seen(); !sameAnswers(got) {
		t.Errorf("brought in again the fields say %q", got)
	}
	k.visit("my/", "[data-my-overview]")
	k.bringIn(file)
	k.wait("1 thing was the same.")
}

func sameAnswers(got map[string]any) bool {
	for id, want := range wantAnswers {
		if got[id] != want {
			return false
		}
	}
	return len(got) == len(wantAnswers)
}

// checkAgainstSchema holds a file against the JSON Schema that the site publishes.
func checkAgainstSchema(t *testing.T, k *keeper, file string) {
	t.Helper()
	text := ask[string](k.tab, `fetch(`+quote(k.base+"my/plan.schema.json")+`).then(answer => answer.text())`)
	document, err := jsonschema.UnmarshalJSON(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	compiler := jsonschema.NewCompiler()
	if err := compiler.AddResource("plan.schema.json", document); err != nil {
		t.Fatal(err)
	}
	schema, err := compiler.Compile("plan.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	plan, err := jsonschema.UnmarshalJSON(strings.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	if err := schema.Validate(plan); err != nil {
		t.Errorf("the file is not as its schema says: %v", err)
	}
}

// testTwoTabs writes different fields of one worksheet in two tabs at once.
func testTwoTabs(t *testing.T, ctx context.Context, base string) {
	one := newKeeper(t, ctx, base)
	one.visit("worksheets/all/", "[data-sheet-bar]")
	one.write(`[data-field="text"] input`, "from one")
	other := one.another()
	other.visit("worksheets/all/", "[data-sheet-bar]")
	if got := other.value(`[data-field="text"] input`); got != "from one" {
		t.Errorf("another tab shows %q", got)
	}
	other.write(`[data-field="longtext"] textarea`, "from the other")
	one.until("what the other tab wrote", `document.querySelector('[data-field="longtext"] textarea').value === "from the other"`)
	one.write(`[data-field="number"] input`, "3")
	other.write(`[data-field="date"] input`, "2027-01-02")
	one.until("what both wrote", `((values) => values.date === "2027-01-02" && values.number === "3")(JSON.parse(Object.entries(localStorage).find(([key]) => key.includes(":worksheet:"))[1]).values)`)
	records := one.records("worksheet")
	if len(records) != 1 {
		t.Fatalf("there are %d worksheets", len(records))
	}
	values := records[0]["values"].(map[string]any)
	for id, want := range map[string]string{"text": "from one", "longtext": "from the other", "number": "3", "date": "2027-01-02"} {
		if values[id] != want {
			t.Errorf("%s is %v, want %q", id, values[id], want)
		}
	}
	// Both write as fast as they can: a browser tells a tab a moment late what another one wrote.
	for i := range 12 {
		one.write(`[data-field="text"] input`, fmt.Sprint("one ", i))
		other.write(`[data-field="longtext"] textarea`, fmt.Sprint("other ", i))
	}
	for _, k := range []*keeper{one, other} {
		k.until("both texts", `((values) => values.text === "one 11" && values.longtext === "other 11")(JSON.parse(Object.entries(localStorage).find(([key]) => key.includes(":worksheet:"))[1]).values)`)
		k.until("both texts in the form", `document.querySelector('[data-field="text"] input').value === "one 11" && document.querySelector('[data-field="longtext"] textarea').value === "other 11"`)
	}
	// A goal, too, shows what another tab wrote, and keeps the focus where it is.
	one.visit("my/", "[data-my-overview]")
	one.button("A goal of my own")
	one.until("the goal", `!!document.querySelector("[data-path=title]")`)
	other.open(ask[string](one.tab, `location.href`))
	other.until("the goal", `!!document.querySelector("[data-path=title]")`)
	one.write(`[data-path="statement"]`, "mine")
	other.until("the sentence", `document.querySelector("[data-path=statement]").value === "mine"`)
	other.write(`[data-path="title"]`, "named there")
	one.until("the name", `document.querySelector("[data-path=title]").value === "named there"`)
	if got := ask[string](one.tab, `document.activeElement.dataset.path`); got != "statement" {
		t.Errorf("the focus went to %q", got)
	}
}

// testCrash types, and the tab crashes with the last key.
func testCrash(t *testing.T, ctx context.Context, base string) {
	k := newKeeper(t, ctx, base)
	k.visit("worksheets/all/", "[data-sheet-bar]")
	k.click(`[data-field="longtext"] textarea`)
	ask[bool](k.tab, `document.querySelector('[data-field="longtext"] textarea').focus(); true`)
	k.do("typing", chromedp.KeyEvent("every letter of it"))
	crashed, cancel := context.WithTimeout(k.ctx, 5*time.Second)
	defer cancel()
	_, _ = chromedp.Call(crashed, page.Crash, cdp.Empty{}) // nobody is left to answer
	other := k.another()
	other.visit("worksheets/all/", "[data-sheet-bar]")
	if got := other.value(`[data-field="longtext"] textarea`); got != "every letter of it" {
		t.Errorf("after the crash the field says %q", got)
	}
}

// testStorageFull writes when there is no room left: what was typed stays in the page, can be taken along, and is kept once there
// is room.
func testStorageFull(t *testing.T, ctx context.Context, base string) {
	k := newKeeper(t, ctx, base)
	k.visit("worksheets/all/", "[data-sheet-bar]")
	k.write(`[data-field="text"] input`, "before")
	ask[bool](k.tab, `(() => { let size = 1 << 20; while (size > 0) { try { localStorage.setItem("other" + Math.random(), "x".repeat(size)); } catch { size >>= 1; } } return true; })()`)
	k.write(`[data-field="longtext"] textarea`, strings.Repeat("much ", 500))
	k.wait("storage is full")
	if got := k.value(`[data-field="longtext"] textarea`); len(got) != 2500 {
		t.Errorf("what was typed is %d letters", len(got))
	}
	if file := k.readFile(k.downloaded(func() { k.button("Save as a file to share") })); !strings.Contains(file, "much much") || !strings.Contains(file, "before") {
		t.Errorf("the file lacks what was typed: %.300s", file)
	}
	records := k.records("worksheet")
	if len(records) != 1 || records[0]["values"].(map[string]any)["text"] != "before" {
		t.Errorf("what was kept before is %v", records)
	}
	ask[bool](k.tab, `Object.keys(localStorage).filter(key => key.startsWith("other")).forEach(key => localStorage.removeItem(key)); true`)
	k.write(`[data-field="number"] input`, "5")
	values := k.records("worksheet")[0]["values"].(map[string]any)
	if values["number"] != "5" || len(values["longtext"].(string)) != 2500 {
		t.Errorf("with room again, there is %.200v", values)
	}
}

// testStorageOff keeps things where the browser lets nothing be stored.
func testStorageOff(t *testing.T, ctx context.Context, base string) {
	k := newKeeper(t, ctx, base)
	k.before(`Object.defineProperty(window, "localStorage", { get() { throw new DOMException("off", "SecurityError"); } });
Object.defineProperty(window, "sessionStorage", { get() { throw new DOMException("off", "SecurityError"); } });`)
	k.visit("my/", "[data-my-overview]")
	k.wait("lets the page keep nothing")
	k.button("A goal of my own")
	k.until("the goal", `!!document.querySelector("[data-path=title]")`)
	k.write(`[data-path="title"]`, "For now")
	k.button("Back to my plan")
	k.wait("For now")
	if file := k.readFile(k.downloaded(func() { k.button("Save everything as a file") })); !strings.Contains(file, "For now") {
		t.Errorf("the file lacks the goal: %.300s", file)
	}
	k.visit("worksheets/all/", "[data-sheet-bar]")
	k.write(`[data-field="text"] input`, "typed")
	k.wait("lasts until you leave the page")
}

// testSharedComputer keeps nothing beyond the tab.
func testSharedComputer(t *testing.T, ctx context.Context, base string) {
	k := newKeeper(t, ctx, base)
	k.visit("worksheets/all/", "[data-sheet-bar]")
	k.write(`[data-field="text"] input`, "secret")
	k.visit("my/", "[data-my-overview]")
	k.click("#my-shared")
	k.wait("ends with it")
	k.visit("worksheets/all/", "[data-sheet-bar]")
	if got := k.value(`[data-field="text"] input`); got != "secret" {
		t.Errorf("in the tab the worksheet says %q", got)
	}
	k.write(`[data-field="longtext"] textarea`, "secret too")
	for key, text := range k.stored("localStorage") {
		if strings.Contains(text, "secret") {
			t.Errorf("the device keeps %s: %s", key, text)
		}
	}
	k.visit("my/", "[data-my-overview]")
	k.click("#my-shared")
	k.wait("It is kept on this device")
	if records := k.records("worksheet"); len(records) != 1 || !strings.Contains(fmt.Sprint(records), "secret too") {
		t.Errorf("back on the device there is %v", records)
	}
	if left := k.stored("sessionStorage"); len(left) > 0 {
		t.Errorf("the tab still has %v", left)
	}
}

// testOlderVersion brings in a file of version 1.
func testOlderVersion(t *testing.T, ctx context.Context, base string) {
	k := newKeeper(t, ctx, base)
	k.visit("my/", "[data-my-overview]")
	file, err := filepath.Abs("testdata/plan-version-1.json")
	if err != nil {
		t.Fatal(err)
	}
	k.bringIn(file)
	k.wait("3 things are new here.")
	k.button("Back to my plan")
	for _, text := range []string{"An old goal", "Everything", "Bo"} {
		k.wait(text)
	}
	checkAgainstSchema(t, k, k.readFile(k.downloaded(func() { k.button("Save everything as a file") })))
	k.button("An old goal")
	k.until("the goal", `document.querySelectorAll(".plan-rows [type=checkbox]:checked").length === 1`)
	k.write(`[data-path="statement"]`, "Brought over")
	if got := k.records("goal")[0]; got["statement"] != "Brought over" || fmt.Sprint(got["rev"]) == "map[v1:4]" {
		t.Errorf("the goal is %v", got)
	}
	k.visit("worksheets/all/", "[data-sheet-bar]")
	if got := k.seen(); got["text"] != "old answer" || got["list"] != "a|b" {
		t.Errorf("the worksheet says %v", got)
	}
}

// testBrokenFiles refuses files with the reason, and loses nothing.
func testBrokenFiles(t *testing.T, ctx context.Context, base string) {
	k := newKeeper(t, ctx, base)
	k.visit("my/", "[data-my-overview]")
	k.button("A goal of my own")
	k.until("the goal", `!!document.querySelector("[data-path=title]")`)
	k.write(`[data-path="title"]`, "Mine")
	before := k.stored("localStorage")
	const goal = `{"id": "a", "rev": {"x": 1}, "updated": "", "title": "New"`
	for name, row := range map[string]struct{ file, says string }{
		"half a file":        {`{"stoa": "plan", "version": 2, "records": {"goal"`, "not JSON"},
		"something else":     {`{"name": "package"}`, "not a saved mentoring plan"},
		"a list":             {`[1]`, "not a saved mentoring plan"},
		"a later version":    {`{"stoa": "plan", "version": 3, "records": {}}`, "newer version"},
		"no records":         {`{"stoa": "plan", "version": 2, "records": []}`, "not a saved mentoring plan"},
		"a title of numbers": {`{"stoa": "plan", "version": 2, "records": {"goal": {"a": {"id": "a", "rev": {}, "title": 5}}}}`, "damaged: goal a"},
		"another id":         {`{"stoa": "plan", "version": 2, "records": {"goal": {"b": ` + goal + `}}}}`, "damaged: goal b"},
		"one of two":         {`{"stoa": "plan", "version": 2, "records": {"goal": {"a": ` + goal + `}, "b": {"id": "b", "rev": {"x": -1}, "title": ""}}}}`, "damaged: goal b"},
		"a wrong day":        {`{"stoa": "plan", "version": 2, "records": {"goal": {"a": ` + goal + `, "start": "soon"}}}}`, "damaged: goal a"},
		"a wrong list":       {`{"stoa": "plan", "version": 2, "records": {"goal": {"a": ` + goal + `, "milestones": [{"title": "no id"}]}}}}`, "damaged: goal a"},
		"a wrong worksheet":  {`{"stoa": "plan", "version": 2, "records": {"worksheet": {"a": {"id": "a", "rev": {}, "worksheet": "all", "values": {"x": {"y": 1}}}}}}`, "damaged: worksheet a"},
	} {
		k.t = t
		k.visit("my/", "[data-my-overview]")
		k.bringInText(row.file)
		k.until(name, `!!document.querySelector("[data-my-view] [role=alert]")?.checkVisibility()`)
		if text := ask[string](k.tab, `document.querySelector("[role=alert]").innerText`); !strings.Contains(text, row.says) || !strings.Contains(text, "Nothing was changed") {
			t.Errorf("%s: it says %q", name, text)
		}
		if after := k.stored("localStorage"); fmt.Sprint(after) != fmt.Sprint(before) {
			t.Errorf("%s: the device keeps %v", name, after)
		}
	}
	k.visit("my/#shared=bm90aGluZw", "[role=alert]")
	k.wait("The link is damaged")
}

// testUndo brings back what was deleted.
func testUndo(t *testing.T, ctx context.Context, base string) {
	k := newKeeper(t, ctx, base)
	k.visit("worksheets/all/", "[data-sheet-bar]")
	k.write(`[data-field="text"] input`, "dear to me")
	k.button("Delete this copy")
	k.wait("The copy was deleted")
	if len(k.records("worksheet")) > 0 || k.seen()["text"] != "" {
		t.Error("the copy is still there")
	}
	k.button("Undo")
	if got := k.seen()["text"]; got != "dear to me" || len(k.records("worksheet")) != 1 {
		t.Errorf("the field says %v", got)
	}
	k.visit("my/", "[data-my-overview]")
	k.button("A goal of my own")
	k.until("the goal", `!!document.querySelector("[data-path=title]")`)
	k.write(`[data-path="title"]`, "A goal to lose")
	k.button("Add a milestone")
	k.write(`[data-path^="milestones/"][data-path$="/title"]`, "A step")
	k.click(`.plan-row .text-button`)
	k.button("Undo")
	k.until("the step", `document.querySelector('[data-path^="milestones/"][data-path$="/title"]')?.value === "A step"`)
	k.button("Delete this goal")
	k.wait("You have no open goal")
	k.button("Undo")
	k.wait("A goal to lose")
	k.button("Delete everything here")
	k.wait("2 things were deleted")
	k.accessible("/my/ with something to undo", everyRule)
	k.button("Undo")
	k.wait("A goal to lose")
}

// testManyRecords measures how soon /my/ is there with 200 goals and 500 meetings.
func testManyRecords(t *testing.T, ctx context.Context, base string) {
	k := newKeeper(t, ctx, base)
	k.visit("goals/smart/", "[data-goal-start]")
	ask[bool](k.tab, `(() => {
	const template = JSON.parse(document.querySelector("[data-goal-template]").textContent);
	const prefix = "stoa:/kept/:";
	const day = (n) => new Date(Date.now() + n * 864e5).toISOString().slice(0, 10);
	for (let i = 0; i < 200; i++) {
		const id = "goal" + i;
		const steps = Array.from({ length: 6 }, (_, n) => ({ id: "m" + n, title: "Step " + n, evidence: "", week: n + 1, date: "", done: n % 2 === 0 }));
		localStorage.setItem(prefix + "goal:" + id, JSON.stringify({ id, rev: { a: 1 }, updated: new Date(Date.now() - i * 1e6).toISOString(), title: "Goal " + i, start: day(-i), weeks: 8, status: "open",
			smart: template.smart, grow: [], answers: { "smart.specific": "words ".repeat(40) }, measures: [{ id: "x", name: "Pages", unit: "", baseline: "0", target: "9", now: "3" }], milestones: steps, checkIns: [{ id: "c", week: 2, date: "", questions: ["How?"], notes: "" }], notes: "" }));
	}
	for (let i = 0; i < 500; i++) {
		const id = "session" + i;
		localStorage.setItem(prefix + "session:" + id, JSON.stringify({ id, rev: { a: 1 }, updated: new Date().toISOString(), date: day(-i), minutes: 60, with: "Ana", agenda: "Line", notes: "words ".repeat(40),
			actions: [{ id: "a", what: "Do it", owner: "me", date: day(5 - i), done: i > 4 }], reflection: {} }));
	}
	return true;
})()`)
	var took []float64
	for range 3 {
		k.visit("my/", "[data-my-overview]")
		k.wait("Goal 0")
		took = append(took, ask[float64](k.tab, `performance.getEntriesByName("my-ready")[0].startTime - performance.getEntriesByType("navigation")[0].domContentLoadedEventStart`))
	}
	load := ask[float64](k.tab, `performance.getEntriesByName("my-ready")[0].startTime`)
	t.Logf("with 200 goals and 500 meetings /my/ is ready %.0f ms after its address was asked for; around DOMContentLoaded: %.0f ms", load, took)
	if items := ask[int](k.tab, `document.querySelectorAll(".my-goals > li").length`); items != 12 {
		t.Errorf("%d goals are shown at first", items)
	}
	k.button("Show all 500")
	k.until("all meetings", `document.querySelectorAll("[data-my=sessions] .my-rows > li").length === 500`)
	if slices.Min(took) > 2000 {
		t.Errorf("/my/ takes %.0f ms", took)
	}
}

// testLanguages finds in another language what was written in the first.
func testLanguages(t *testing.T, ctx context.Context, base string) {
	k := newKeeper(t, ctx, base)
	k.visit("worksheets/all/", "[data-sheet-bar]")
	k.write(`[data-field="text"] input`, "one device")
	k.visit("es/my/", "[data-my-overview]")
	k.wait("Everything")
	k.visit("es/worksheets/all/", "[data-sheet-bar]")
	if got := k.seen()["text"]; got != "one device" {
		t.Errorf("in Spanish the field says %v", got)
	}
	for _, complaint := range k.tab.complaints {
		t.Error(complaint)
	}
}
