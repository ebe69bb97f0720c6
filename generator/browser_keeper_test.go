package generator

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/browser"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// A keeper is a tab in which a visitor keeps things on the device, and the folder that takes the
// visitor's downloads.
type keeper struct {
	*tab
	base      string
	downloads string
}

// keeperSite is a portal with every type of field, a goal of each method and a cohort in its eleventh week, in
// two languages.
func keeperSite(t *testing.T) tree {
	t.Helper()
	day := func(days int) string { return time.Now().AddDate(0, 0, days).Format(time.DateOnly) }
	var weeks strings.Builder
	for number := 1; number <= 14; number++ {
		fmt.Fprintf(&weeks, "[[weeks]]\nnumber = %d\ntitle = \"Title %[1]d\"\ntext = \"Agenda %[1]d\"\nworksheet = \"all\"\nquestion = \"Question %[1]d\"\n", number)
	}
	return tree{
		"config.toml":                  []byte("title = \"Kept\"\n[languages.es]\n"),
		"content/mentors/ana.toml":     []byte("name = \"Ana\"\nskills = [\"Law\"]\n[availability]\nhours_per_month = 2\n"),
		"content/worksheets/all.toml":  []byte(everyField),
		"content/goals/smart.toml":     []byte(smartGoal),
		"content/goals/grow.toml":      []byte(growGoal),
		"content/programs/circle.toml": fmt.Appendf(nil, "title = \"Circle\"\nkind = \"cohort\"\n[[cohorts]]\nid = \"now\"\nstarts = %s\nends = %s\n%s", day(-72), day(60), weeks.String()),
	}
}

const everyField = `title = "Everything"
kind = "self-assessment"
[[section]]
title = "First"
[[section.field]]
id = "text"
label = "A text"
help = "With help."
[[section.field]]
id = "longtext"
label = "A long text"
type = "longtext"
[[section.field]]
id = "date"
label = "A date"
type = "date"
[[section.field]]
id = "number"
label = "A number"
type = "number"
min = 0
max = 9
[[section.field]]
id = "choice"
label = "A choice"
type = "choice"
options = ["One", "Other"]
[[section.field]]
id = "box"
label = "A box"
type = "checkbox"
[[section.field]]
id = "boxes"
label = "Several boxes"
type = "checkbox"
options = ["Red", "Green", "Blue"]
[[section.field]]
id = "list"
label = "A list"
type = "list"
[[section.field]]
id = "table"
label = "A table"
type = "table"
columns = ["Who", "What"]
[[section]]
title = "Second"
[[section.field]]
id = "skill-before"
label = "A skill: now"
type = "scale"
min = 0
max = 5
[[section.field]]
id = "skill-after"
label = "A skill: later"
type = "scale"
min = 0
max = 5
`

const smartGoal = `title = "A smart goal"
category = "career"
skills = ["Law"]
duration_weeks = 8
statement = "I will."
[smart.specific]
prompt = "What?"
example = "This."
[[measures]]
name = "Pages"
unit = "p"
baseline = 0
target = 10
[[milestones]]
title = "Begun; with, marks"
week = 1
evidence = "A first line\nand äöü 漢字 that goes on for so long that a line of a calendar cannot hold it all, 🎓🎓🎓🎓🎓🎓"
[[milestones]]
title = "Finished"
week = 8
[[check_ins]]
week = 2
questions = ["How is it?", "What next?"]
`

const growGoal = "title = \"A grow goal\"\nmethod = \"grow\"\ncategory = \"personal\"\nduration_weeks = 4\n[grow]\ngoal = [\"Where to?\"]\noptions = [\"What else?\", \"And then?\"]\n"

// serveKeeper builds the portal and serves it below a path.
func serveKeeper(t *testing.T) string {
	t.Helper()
	source, dest := t.TempDir(), filepath.Join(t.TempDir(), "public")
	server := httptest.NewServer(http.StripPrefix("/kept", http.FileServer(http.Dir(dest))))
	t.Cleanup(server.Close)
	keeperSite(t).write(t, source)
	g := newGenerator(t, Options{Source: source, BaseURL: server.URL + "/kept/", Now: time.Now})
	if _, err := g.Build(t.Context(), BuildOptions{Destination: dest}); err != nil {
		t.Fatalf("the site cannot be built: %v", err)
	}
	return server.URL + "/kept/"
}

func newKeeper(t *testing.T, ctx context.Context, base string) *keeper {
	t.Helper()
	k := &keeper{tab: newTab(t, ctx), base: base, downloads: t.TempDir()}
	allow := browser.SetDownloadBehaviorParams{
		Behavior: browser.SetDownloadBehaviorBehaviorAllow, DownloadPath: k.downloads, BrowserContextID: chromedp.FromContext(k.ctx).BrowserContextID,
	}
	if _, err := chromedp.CallBrowser(k.ctx, browser.SetDownloadBehavior, allow); err != nil {
		t.Fatal(err)
	}
	k.before(`if (navigator.clipboard) {
navigator.clipboard.writeText = async (text) => { window.copied = text; };
navigator.clipboard.write = async ([item]) => { window.copied = await (await item.getType("text/html")).text(); };
}`)
	return k
}

// another is another tab of the same visitor.
func (k *keeper) another() *keeper {
	k.t.Helper()
	ctx, _ := chromedp.NewContext(k.ctx)
	k.t.Cleanup(func() { _ = chromedp.Cancel(ctx) })
	if err := chromedp.Do(ctx); err != nil { // the tab opens with its first action, and closes when that one's time is up
		k.t.Fatal(err)
	}
	return &keeper{tab: &tab{t: k.t, ctx: ctx}, base: k.base}
}

// before runs a script in every page before its own.
func (k *keeper) before(script string) {
	k.t.Helper()
	if _, err := chromedp.Call(k.ctx, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: script}); err != nil {
		k.t.Fatal(err)
	}
}

// quote is a text as JavaScript has it.
func quote(text string) string {
	quoted, _ := json.Marshal(text)
	return string(quoted)
}

// visit opens a page of the portal and waits for what its script shows.
func (k *keeper) visit(path, shown string) {
	k.t.Helper()
	k.open("about:blank") // another part of the same page would not be loaded
	k.open(k.base + path)
	k.until(path, `document.readyState === "complete" && !!document.querySelector(`+quote(shown)+`)?.checkVisibility()`)
}

// write fills in a control, as typing does.
func (k *keeper) write(selector, text string) {
	k.t.Helper()
	ask[bool](k.tab, fmt.Sprintf(`(() => { const e = document.querySelector(%s); e.focus(); e.value = %s; e.dispatchEvent(new Event("input", { bubbles: true })); e.dispatchEvent(new Event("change", { bubbles: true })); return true; })()`, quote(selector), quote(text)))
}

func (k *keeper) click(selector string) {
	k.t.Helper()
	ask[bool](k.tab, `document.querySelector(`+quote(selector)+`).click(); true`)
}

// press clicks the button that says a word of the theme.
func (k *keeper) button(word string) {
	k.t.Helper()
	find := fmt.Sprintf(`[...document.querySelectorAll("button, main a, label.button")].find(e => e.checkVisibility() && (e.textContent.trim() === %[1]s || e.ariaLabel === %[1]s))`, quote(word))
	k.until("the button "+word, "!!"+find)
	ask[bool](k.tab, find+".click(); true")
}

// wait waits for a text in the page.
func (k *keeper) wait(text string) {
	k.t.Helper()
	k.until(text, `document.body.innerText.includes(`+quote(text)+`)`)
}

func (k *keeper) value(selector string) string {
	k.t.Helper()
	return ask[string](k.tab, `document.querySelector(`+quote(selector)+`).value`)
}

// downloaded waits for the file that a step lets the visitor save.
func (k *keeper) downloaded(step func()) string {
	k.t.Helper()
	step()
	deadline := time.Now().Add(30 * time.Second)
	for time.Now().Before(deadline) {
		entries, err := os.ReadDir(k.downloads)
		if err != nil {
			k.t.Fatal(err)
		}
		for _, entry := range entries {
			if strings.HasSuffix(entry.Name(), ".crdownload") || strings.HasPrefix(entry.Name(), ".") {
				continue
			}
			if info, err := entry.Info(); err != nil || info.Size() == 0 {
				continue // the browser keeps the name free until the file is whole
			}
			saved := filepath.Join(k.t.TempDir(), entry.Name()) // so that the next one is told from it
			if err := os.Rename(filepath.Join(k.downloads, entry.Name()), saved); err != nil {
				k.t.Fatal(err)
			}
			return saved
		}
		<-time.After(20 * time.Millisecond)
	}
	k.t.Fatal("no file is saved")
	return ""
}

func (k *keeper) readFile(name string) string {
	k.t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		k.t.Fatal(err)
	}
	return string(data)
}

// bringIn gives the page a file.
func (k *keeper) bringIn(name string) {
	k.t.Helper()
	k.do("a file", chromedp.SetUploadFiles(chromedp.CSS("#my-import"), []string{name}))
}

// bringInText gives the page a file that holds a text.
func (k *keeper) bringInText(text string) {
	k.t.Helper()
	name := filepath.Join(k.t.TempDir(), "plan.json")
	if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
		k.t.Fatal(err)
	}
	k.bringIn(name)
}

// stored is what the device keeps, by key.
func (k *keeper) stored(storage string) map[string]string {
	k.t.Helper()
	return ask[map[string]string](k.tab, `({ ...`+storage+` })`)
}

// records are the records of a kind.
func (k *keeper) records(kind string) []map[string]any {
	k.t.Helper()
	var found []map[string]any
	for key, text := range k.stored("localStorage") {
		if strings.Contains(key, ":"+kind+":") {
			var record map[string]any
			if err := json.Unmarshal([]byte(text), &record); err != nil {
				k.t.Fatal(err)
			}
			found = append(found, record)
		}
	}
	return found
}
