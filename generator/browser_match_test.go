package generator

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"github.com/stoa-portal/stoa/generator/internal/civil"
	"github.com/stoa-portal/stoa/generator/internal/config"
	"github.com/stoa-portal/stoa/generator/internal/content"
	"github.com/stoa-portal/stoa/generator/internal/corpus"
	"github.com/stoa-portal/stoa/generator/internal/match"
	"github.com/stoa-portal/stoa/generator/internal/portal"
)

// TestMatch holds the browser's half of room match to the same cases as Go's, and walks through
// /match/ as visitors do.
func TestMatch(t *testing.T) {
	ctx := startBrowser(t)
	desk := serveDesk(t, "form", nil)
	t.Run("cases", func(t *testing.T) { testMatchCases(t, ctx, desk) })
	t.Run("ten thousand", func(t *testing.T) { testMatchSize(t, ctx, desk) })
	t.Run("questions", func(t *testing.T) { testQuestions(t, ctx, desk) })
	t.Run("no list", func(t *testing.T) { testNoList(t, ctx, desk) })
	t.Run("without scripts", func(t *testing.T) { testMatchPlain(t, ctx, desk) })
}

// modules are the scripts that the cases run, from the page that is open.
const modules = `const load = (name) => import(document.querySelector('script[src*="/js/"]').src.replace(/[^/]*$/, name + ".js"));
const [status, zones, match] = await Promise.all(["status", "zones", "match"].map(load));`

// testMatchCases runs internal/match/testdata/cases.json in the browser.
func testMatchCases(t *testing.T, ctx context.Context, desk *desk) {
	data, err := os.ReadFile("internal/match/testdata/cases.json")
	if err != nil {
		t.Fatal(err)
	}
	var cases struct {
		Score []struct {
			Weights  map[string]int
			Programs []struct {
				ID      string
				Cohorts []struct{ Opens, Closes, Starts, Ends civil.Date }
			}
			Mentors []struct {
				ID    string
				Terms map[string][]string
				Zone  string
				Free  int
				Rule  struct {
					Written     portal.Status
					From, Until civil.Date
					Months      []int
					Full        bool
				}
			}
		}
	}
	if err := json.Unmarshal(data, &cases); err != nil {
		t.Fatal(err)
	}
	var files []json.RawMessage // the facts of each case, as they are published
	for _, c := range cases.Score {
		f := &match.Facts{Weights: c.Weights}
		for _, m := range c.Mentors {
			f.Mentors = append(f.Mentors, match.Mentor{ID: m.ID, Terms: m.Terms, Zone: m.Zone, Rule: portal.Rule(m.Rule), Free: m.Free})
		}
		for _, p := range c.Programs {
			program := match.Program{ID: p.ID}
			for _, w := range p.Cohorts {
				program.Cohorts = append(program.Cohorts, portal.Windows{RegistrationOpens: w.Opens, RegistrationCloses: w.Closes, Starts: w.Starts, Ends: w.Ends})
			}
			f.Programs = append(f.Programs, program)
		}
		files = append(files, factsFile(t, f))
	}
	b := newTab(t, ctx)
	b.open(desk.base + "match/")
	wrong := told[[]string](b, fmt.Sprintf(`(async () => {
	const cases = %s, files = %s;
	%s
	const wrong = [];
	const same = (name, got, want) => JSON.stringify(got) === JSON.stringify(want) || wrong.push(name + ": " + JSON.stringify(got) + ", want " + JSON.stringify(want));
	for (const c of cases.status) same(c.name, status.statusOn(c.rule, c.day), c.want);
	for (const c of cases.phases) same(c.name, status.phaseOn(c.cohorts, c.day), [c.want, c.next]);
	for (const c of cases.weeks) same(c.day, status.week(c.day), c.want);
	for (const c of cases.overlaps) same([c.day, c.mine, c.theirs].join(" "), zones.overlapOn(c.day, c.mine, c.theirs), c.want);
	cases.score.forEach((c, i) => {
		const facts = match.decode(files[i]);
		same(c.name, match.rank(facts, c.mentee).map(({ id, score, limit, waits }) => ({ id, score, limit, waits })), c.want);
		for (const [id, want] of Object.entries(c.reasons)) {
			const got = match.explain(facts, c.mentee, facts.ids.indexOf(id)).map(({ facet, share, shared, missing, unsaid, overlap }) => ({ facet, share, shared, missing, unsaid, ...(overlap ? { overlap } : {}) }));
			same(c.name + ", " + id, got, want);
		}
	});
	return wrong;
})()`, data, script(t, files), modules))
	for _, what := range wrong {
		t.Error(what)
	}
}

// factsFile is the file of facts.
func factsFile(t *testing.T, f *match.Facts) json.RawMessage {
	t.Helper()
	var file bytes.Buffer
	if err := f.Write(&file); err != nil {
		t.Fatal(err)
	}
	return file.Bytes()
}

// testMatchSize ranks ten thousand mentors in the browser, as in Go, within the time and size
// promised.
func testMatchSize(t *testing.T, ctx context.Context, desk *desk) {
	fsys := fstest.MapFS{}
	var settings []byte
	for path, data := range corpus.Files(corpus.Options{Mentors: 10_000, Guides: 1, Seed: 4}) {
		if path == "config.toml" {
			settings = data
		} else if !strings.HasPrefix(path, "content/guides/") {
			fsys[path] = &fstest.MapFile{Data: data}
		}
	}
	c, _ := config.Load(settings, "config.toml")
	all, _ := content.Load(fsys, content.Options{Languages: c.Tags(), Default: string(c.Language), Fields: c.ProfileFields()})
	day := civil.Of(2026, 11, 23)
	p, _ := portal.New(c, all, portal.Options{Today: day})
	facts := match.Of(p)
	file := factsFile(t, facts)
	var small bytes.Buffer
	w := gzip.NewWriter(&small)
	_, _ = w.Write(file)
	_ = w.Close()
	r := rand.New(rand.NewPCG(5, 6))
	type answer struct {
		Answers map[string][]string `json:"answers"`
		Zone    string              `json:"zone"`
		Program string              `json:"program"`
		Day     civil.Date          `json:"day"`
		Visitor int                 `json:"visitor"`
	}
	var mentees []answer
	var want [][]string
	for range 12 {
		m := match.Mentee{Answers: map[string][]string{}, Day: day.AddDays(r.IntN(300)), Visitor: 1 + r.IntN(1<<30), Zone: facts.Mentors[r.IntN(len(facts.Mentors))].Zone}
		for _, facet := range []string{"topics", "skills", "stages", "languages", "formats", "modes"} {
			if terms := facts.Mentors[r.IntN(len(facts.Mentors))].Terms[facet]; len(terms) > 0 && r.IntN(3) > 0 {
				m.Answers[facet] = terms
			}
		}
		mentees = append(mentees, answer(m))
		var ids []string
		for _, result := range facts.Rank(m)[:50] {
			ids = append(ids, fmt.Sprint(result.Mentor.ID, " ", result.Score, " ", result.Limit))
		}
		want = append(want, ids)
	}
	b := newTab(t, ctx)
	type measured struct {
		Wrong        []string
		Read, Answer float64 // milliseconds
	}
	b.open(desk.base + "match/")
	ask[bool](b, fmt.Sprintf(`window.file = %s; true`, script(t, string(file))))
	got := told[measured](b, fmt.Sprintf(`(async () => {
	const mentees = %s, want = %s;
	%s
	let start = performance.now();
	const facts = match.decode(JSON.parse(window.file));
	const read = performance.now() - start;
	const wrong = [], times = [];
	mentees.forEach((mentee, i) => {
		start = performance.now();
		const ranked = match.rank(facts, mentee);
		times.push(performance.now() - start);
		const got = ranked.slice(0, 50).map(({ id, score, limit }) => id + " " + score + " " + limit);
		if (JSON.stringify(got) !== JSON.stringify(want[i])) wrong.push(JSON.stringify(mentee) + ": " + got.slice(0, 3) + ", want " + want[i].slice(0, 3));
	});
	times.sort((a, b) => a - b);
	return { Wrong: wrong, Read: read, Answer: times[times.length >> 1] };
})()`, script(t, mentees), script(t, want), modules))
	for _, what := range got.Wrong {
		t.Error(what)
	}
	t.Logf("10,000 mentors: %d bytes of facts, %d compressed; read in %.0f ms, ranked in %.0f ms", len(file), small.Len(), got.Read, got.Answer)
	if small.Len() > 300_000 {
		t.Errorf("the facts are %d bytes over the wire, more than 300,000", small.Len())
	}
	if got.Answer > 200 {
		t.Errorf("an answer takes %.0f ms, more than 200", got.Answer)
	}
}

// testQuestions answers on a phone with the keyboard, looks at the list, reloads and goes back.
func testQuestions(t *testing.T, ctx context.Context, desk *desk) {
	b := newKeeper(t, ctx, desk.base)
	b.size(390, 844, 2)
	b.visit("match/", ".match-form .match-step")
	b.fits("match/", 390)
	b.tabTo(`input[name="topics"][value="first-job"]`)
	b.press(" ")
	b.tabTo(".match-next")
	b.press(kb.Enter)
	b.until("the second question", `document.querySelector('[data-facet="skills"]').checkVisibility() && document.activeElement.matches(".match-progress")`)
	b.tabTo(`input[name="skills"][value="go"]`)
	b.press(" ")
	b.do("a reload", chromedp.Reload())
	b.until("the answers after a reload", `document.querySelector('[data-facet="skills"]')?.checkVisibility() && document.querySelector('input[value="go"]').checked && document.querySelector('input[value="first-job"]').checked`)
	b.tabTo(".match-skip")
	b.press(kb.Enter)
	b.until("the third question, the second left open", `!document.querySelector('input[value="go"]').checked && !document.querySelector('[data-facet="skills"]').checkVisibility()`)
	ask[bool](b.tab, `history.back(); true`)
	b.until("the second question again", `document.querySelector('[data-facet="skills"]').checkVisibility()`)
	b.tabTo(`input[name="skills"][value="go"]`)
	if !ask[bool](b.tab, `document.activeElement.checked`) { // Back brings the answers of then
		b.press(" ")
	}
	b.tabTo(".match-show")
	b.press(kb.Enter)
	b.until("the list", `document.querySelectorAll(".match-result").length >= 2 && !document.querySelector(".match-list").closest("[hidden]")`)
	first := ask[string](b.tab, `document.querySelector(".match-result").innerText`)
	for _, part := range []string{"Ana", "Helps with First job", "Knows Go", "2 places free"} {
		if !strings.Contains(first, part) {
			t.Errorf("the first result does not say %q:\n%s", part, first)
		}
	}
	if !ask[bool](b.tab, `document.querySelector(".match-asleep").checkVisibility() && document.querySelector(".match-asleep").textContent.includes("Cy")`) {
		t.Error("who would fit but cannot be asked is not told")
	}
	b.fits("match/ with a list", 390)
	b.accessible("match/ with a list", everyRule)
	b.tabTo(".match-result .shortlist-toggle button")
	b.press(kb.Enter)
	b.until("the mentor saved", `document.querySelector(".match-result .shortlist-toggle button").ariaPressed === "true"`)
	if address := ask[string](b.tab, `location.href`); strings.Contains(address, "first-job") || strings.Contains(address, "go") && strings.Contains(address, "?") {
		t.Errorf("the answers are part of the address: %s", address)
	}
	b.do("a reload", chromedp.Reload())
	b.until("the list after a reload", `document.querySelectorAll(".match-result").length >= 2`)
	complaints, hosts := b.heard()
	if len(complaints) > 0 || len(hosts) > 1 {
		t.Errorf("complaints %q, hosts %q", complaints, hosts)
	}
	if language := ask[bool](b.tab, `(() => { document.querySelector(".match-again").click(); return true; })()`); !language {
		t.Error("no way back to the questions")
	}
	b.until("the questions again", `document.querySelector('[data-facet="topics"]').checkVisibility()`)
}

// testNoList says so when the facts cannot be had, and tries again.
func testNoList(t *testing.T, ctx context.Context, desk *desk) {
	b := newKeeper(t, ctx, desk.base)
	facts := filepath.Join(desk.dest, "match", "facts.json")
	if err := os.Rename(facts, facts+".away"); err != nil {
		t.Fatal(err)
	}
	b.visit("match/", ".match-form .match-step")
	b.click(".match-show")
	b.until("words for it", `!!document.querySelector(".match-state button")`)
	if err := os.Rename(facts+".away", facts); err != nil {
		t.Fatal(err)
	}
	b.click(".match-state button")
	b.until("the list after another try", `document.querySelectorAll(".match-result").length >= 2`)
}

// testMatchPlain reads the page without scripts: its lists lead to those of the directory.
func testMatchPlain(t *testing.T, ctx context.Context, desk *desk) {
	b := newTab(t, ctx)
	if _, err := chromedp.Call(b.ctx, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true}); err != nil {
		t.Fatal(err)
	}
	b.open(desk.base + "match/")
	links := ask[[]string](b, `[...document.querySelectorAll(".match-plain a")].filter(a => a.checkVisibility()).map(a => a.getAttribute("href"))`)
	if !strings.Contains(strings.Join(links, " "), "/browse/topics/first-job/") || ask[bool](b, `document.querySelector(".match-form").checkVisibility()`) {
		t.Errorf("without scripts the page leads to %q", links)
	}
}
