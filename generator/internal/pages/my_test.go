package pages

import (
	"bytes"
	"encoding/json"
	"html"
	"strings"
	"testing"

	ics "github.com/arran4/golang-ical"
	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
)

// TestCohortCalendar reads the calendar that a cohort's people subscribe to, in two languages.
func TestCohortCalendar(t *testing.T) {
	plan, _ := full.plan(t)
	for _, row := range []struct{ file, url, start string }{
		{"programs/peer/one.ics", "https://example.org/portal/programs/peer/", "Start"},
		{"es/programs/peer/one.ics", "https://example.org/portal/es/programs/peer/", "Comienzo"},
	} {
		calendar, err := ics.ParseCalendar(strings.NewReader(plan.text(t, row.file)))
		if err != nil {
			t.Fatal(err)
		}
		var days []string
		ids := map[string]bool{}
		for _, event := range calendar.Events() {
			start, err := event.GetAllDayStartAt()
			if err != nil {
				t.Fatal(err)
			}
			ids[event.Id()] = true
			days = append(days, start.Format("01-02 ")+event.GetProperty(ics.ComponentPropertySummary).Value)
			if url := event.GetProperty(ics.ComponentPropertyUrl).Value; url != row.url {
				t.Errorf("%s: %s leads to %s", row.file, event.Id(), url)
			}
		}
		text := strings.Join(days, "\n")
		for _, want := range []string{"12-24 ", "01-01 " + row.start, ": Meet", "Kick-off"} {
			if !strings.Contains(text, want) {
				t.Errorf("%s lacks %q:\n%s", row.file, want, text)
			}
		}
		if len(days) != 7 || len(ids) != 7 {
			t.Errorf("%s: %d events, %d ids:\n%s", row.file, len(days), len(ids), text)
		}
	}
	page := plan.text(t, "es/programs/peer/index.html")
	for _, want := range []string{`href="/portal/es/programs/peer/one.ics"`, `href="/portal/es/my/#cohort=peer/one"`} {
		if !strings.Contains(page, want) {
			t.Errorf("the program's page lacks %s", want)
		}
	}
	nowhere, _ := full.with(sources{"config.toml": strings.Replace(full["config.toml"], "base_url", "description = \"\" #", 1)}).faulty(t)
	if nowhere.row("programs/peer/one.ics") != nil {
		t.Error("without the site's address there is a calendar")
	}
}

// TestFollowedCohorts: a cohort can be followed until it is over, where its program has weeks.
func TestFollowedCohorts(t *testing.T) {
	program := full["content/programs/peer.toml"]
	for name, row := range map[string]struct {
		program string
		want    bool
	}{
		"to come":       {program, true},
		"over":          {strings.NewReplacer("2026-11-01", "2024-11-01", "2026-12-01", "2024-12-01", "2027-01-01", "2025-01-01", "2027-06-01", "2025-06-01").Replace(program), false},
		"without weeks": {program[:strings.Index(program, "[[weeks]]")] + program[strings.Index(program, "[[faq]]"):], false},
		"without start": {strings.Replace(program, "starts = 2027-01-01\n", "", 1), false},
	} {
		plan, _ := full.with(sources{"content/programs/peer.toml": row.program}).plan(t)
		if (plan.row("es/my/weeks.json") != nil) != row.want || strings.Contains(plan.text(t, "index.html"), "js/my-week.js") != row.want ||
			strings.Contains(plan.text(t, "programs/peer/index.html"), "#cohort=") != row.want {
			t.Errorf("%s: it can be followed: %t", name, !row.want)
		}
		if !row.want {
			continue
		}
		var cohorts []FollowedCohort
		if err := json.Unmarshal([]byte(plan.text(t, "es/my/weeks.json")), &cohorts); err != nil {
			t.Fatal(err)
		}
		if len(cohorts) != 1 || len(cohorts[0].Weeks) != 1 || cohorts[0].Weeks[0].Worksheet.URL != "/portal/es/worksheets/agreement/" || cohorts[0].Weeks[0].Worksheet.Label != "Acuerdo" {
			t.Errorf("the weeks are %+v", cohorts)
		}
	}
}

// TestMyPage: the page is for one visitor and not for search engines, in every language.
func TestMyPage(t *testing.T) {
	plan, _ := full.plan(t)
	for _, file := range []string{"my/index.html", "es/my/index.html"} {
		text := plan.text(t, file)
		if !readSearchWords(t, text).noindex {
			t.Errorf("%s wants to be found", file)
		}
		for _, want := range []string{"/goals/learn/", "/worksheets/agreement/"} {
			if !strings.Contains(text, want) {
				t.Errorf("%s does not lead to %s", file, want)
			}
		}
	}
	if strings.Contains(plan.text(t, "sitemap.xml"), "/my/") {
		t.Error("the sitemap lists /my/")
	}
}

// TestPlanSchema: the schema is one, and says where it is.
func TestPlanSchema(t *testing.T) {
	plan, _ := full.plan(t)
	text := plan.text(t, planSchemaPath)
	document, err := jsonschema.UnmarshalJSON(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	if id := document.(map[string]any)["$id"]; id != "https://example.org/portal/my/plan.schema.json" {
		t.Errorf("its address is %v", id)
	}
	compiler := jsonschema.NewCompiler()
	compiler.AssertFormat()
	if err := compiler.AddResource("plan.json", document); err != nil {
		t.Fatal(err)
	}
	schema, err := compiler.Compile("plan.json")
	if err != nil {
		t.Fatal(err)
	}
	for file, want := range map[string]bool{
		`{"stoa": "plan", "version": 2, "records": {}}`: true,
		`{"stoa": "plan", "version": 2, "records": {"goal": {"a": {"id": "a", "rev": {"x": 1}, "updated": "2026-11-23T10:00:00Z", "title": "T", "start": ""}}, "choice": {"hours": {"hours": 2}}}}`: true,
		`{"stoa": "plan", "version": 1, "records": {}}`:                                                                                                         false,
		`{"stoa": "plan", "version": 2, "records": {"goal": {"a": {"id": "a", "rev": 1, "updated": "", "title": "T"}}}}`:                                        false,
		`{"stoa": "plan", "version": 2, "records": {"worksheet": {"a": {"id": "a", "rev": {}, "updated": "", "worksheet": "w", "values": {"x": {"y": "z"}}}}}}`: false,
	} {
		instance, err := jsonschema.UnmarshalJSON(strings.NewReader(file))
		if err != nil {
			t.Fatal(err)
		}
		if err := schema.Validate(instance); (err == nil) != want {
			t.Errorf("%s: %v", file, err)
		}
	}
}

// TestMarkdownCopies reads the copies with a Markdown parser.
func TestMarkdownCopies(t *testing.T) {
	plan, _ := full.plan(t)
	parser := goldmark.New(goldmark.WithExtensions(extension.GFM))
	for file, wants := range map[string][]string{
		"goals/learn.md":             {"<h1>Learn</h1>", "<p>I will.</p>", "<h3>Specific</h3>\n<p>What?</p>", "<li>Where?</li>", "<td>Pages (p)</td>\n<td>0</td>\n<td>10</td>", "<li><input disabled=\"\" type=\"checkbox\"> Week 2: Half (Notes)</li>"},
		"es/goals/learn.md":          {"<h1>Aprender</h1>", "Semana 2"},
		"worksheets/agreement.md":    {"<h1>Agreement</h1>", "<h2>One</h2>\n<p>Fill in.</p>", "<h3>Which?</h3>"},
		"es/worksheets/agreement.md": {"<h1>Acuerdo</h1>"},
	} {
		var page bytes.Buffer
		if err := parser.Convert([]byte(plan.text(t, file)), &page); err != nil {
			t.Fatal(err)
		}
		for _, want := range wants {
			if !strings.Contains(page.String(), want) {
				t.Errorf("%s lacks %q:\n%s", file, want, page.String())
			}
		}
	}
	if !strings.Contains(plan.text(t, "goals/learn/index.html"), `href="/portal/goals/learn.md"`) {
		t.Error("the goal's page does not lead to its copy")
	}
}

// TestPlainMarkdown: what an author wrote is text for Markdown, whatever it looks like.
func TestPlainMarkdown(t *testing.T) {
	parser := goldmark.New(goldmark.WithExtensions(extension.Table, extension.Strikethrough, extension.TaskList))
	for _, text := range []string{
		"plain", "1. no list", "12) nor this", "-5 degrees", "+ no", "- no", "# no heading", "> no quotation", "a *b* _c_ **d**", "`code`", "<b>bold</b> & &amp; &lt;",
		"[a](b) ![c](d)", "| a | b |", "~~no~~", `back\slash \* end\`, "***", "---", "===", "2026. A year", "[x] done", "<!-- hidden -->", "…“quoted”",
	} {
		var page bytes.Buffer
		if err := parser.Convert([]byte(oneLine(text)+"\n"), &page); err != nil {
			t.Fatal(err)
		}
		got := html.UnescapeString(strings.TrimSuffix(strings.TrimPrefix(strings.TrimSpace(page.String()), "<p>"), "</p>"))
		if got != text {
			t.Errorf("%q is read as %q", text, got)
		}
	}
	if got := oneLine("a\n\nb"); got != "a b" {
		t.Errorf("a text of several lines is %q", got)
	}
}
