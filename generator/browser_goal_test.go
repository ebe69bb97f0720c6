package generator

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	ics "github.com/arran4/golang-ical"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// newGoal makes a goal of a template that begins on a day, and opens it.
func (k *keeper) newGoal(template, start string) {
	k.t.Helper()
	k.visit("goals/"+template+"/", "[data-goal-start]")
	k.write("#goal-start-date", start)
	k.button("Make it my goal")
	k.until("the goal", `!!document.querySelector(".plan-form")`)
}

// testGoal makes a goal of each method one's own, works on it, and finds it again.
func testGoal(t *testing.T, ctx context.Context, base string) {
	k := newKeeper(t, ctx, base)
	k.newGoal("smart", "2026-11-02")
	for path, text := range map[string]string{"title": "My own goal", "statement": "I shall.", "answers/smart.specific": "Just this", "notes": "for me alone"} {
		k.write(`[data-path="`+path+`"]`, text)
	}
	k.write(`[data-path$="/now"]`, "5")
	k.click(`.plan-row [type=checkbox]`)
	k.write(`[data-path^="checkIns/"][data-path$="/notes"]`, "It went well")
	k.button("Add a milestone")
	k.until("the focus in it", `document.activeElement.dataset.path?.startsWith("milestones/")`)
	k.do("typing", chromedp.KeyEvent("Typed by hand"))
	dates := ask[[]string](k.tab, `[...document.querySelectorAll('[data-path^="milestones/"][type=date]')].map(e => e.value)`)
	if fmt.Sprint(dates) != "[2026-11-08 2026-12-27 ]" {
		t.Errorf("milestones are due on %v", dates)
	}
	k.write(`[data-path="start"]`, "2026-11-09")
	if got := k.value(`[data-path^="milestones/"][type=date]`); got != "2026-11-15" {
		t.Errorf("with another start the first milestone is due on %s", got)
	}
	want := "1 of 3 done"
	if text := ask[string](k.tab, `document.querySelector(".progress").innerText`); !strings.Contains(text, want) || !strings.Contains(text, "5 of 10 p") {
		t.Errorf("progress says %q", text)
	}
	for _, width := range []int64{1280, 390, 320} {
		k.size(width, 800)
		k.fits("the goal", width)
		k.accessible("the goal", everyRule)
	}
	k.media("print")
	k.accessible("the goal on paper", colourRules)
	if text := ask[string](k.tab, `document.querySelector("main").innerText`); !strings.Contains(text, "Just this") || strings.Contains(text, "Add a milestone") || strings.Contains(text, "for me alone") {
		t.Errorf("on paper the goal says %q", text)
	}
	k.media("")
	markdown := k.readFile(k.downloaded(func() { k.button("Save as Markdown") }))
	for _, want := range []string{"# My own goal\n", "### Specific: What?\n\nJust this", "| ☑ | ", "Typed by hand", "| Pages \\(p\\) | 0 | 5 | 10 |", "It went well"} {
		if want = strings.ReplaceAll(want, `\(p\)`, "(p)"); !strings.Contains(markdown, want) {
			t.Errorf("the Markdown lacks %q:\n%s", want, markdown)
		}
	}
	k.visit("goals/smart/", "[data-goal-start]")
	k.wait("My own goal")
	k.visit("my/", "[data-my-overview]")
	k.button("My own goal")
	k.until("the goal", `!!document.querySelector(".plan-form")`)
	for path, want := range map[string]string{"title": "My own goal", "answers/smart.specific": "Just this", "notes": "for me alone", "start": "2026-11-09"} {
		if got := k.value(`[data-path="` + path + `"]`); got != want {
			t.Errorf("%s is %q", path, got)
		}
	}
	k.write(`[data-path="status"]`, "reached")
	k.button("Back to my plan")
	k.wait("1 goal reached or set aside")

	k.newGoal("grow", "2026-11-02")
	k.write(`[data-path="answers/grow.options.1"]`, "And then that")
	if got := k.records("goal"); len(got) != 2 {
		t.Errorf("there are %d goals", len(got))
	}
	k.visit("my/", "[data-my-overview]")
	k.accessible("/my/ with goals", everyRule)
	for _, complaint := range k.complaints {
		t.Error(complaint)
	}
}

// readCalendar reads a calendar with golang-ical, and holds its lines to RFC 5545, 3.1.
func readCalendar(t *testing.T, text string) *ics.Calendar {
	t.Helper()
	lines := strings.Split(text, "\r\n")
	if lines[len(lines)-1] != "" || strings.Contains(strings.Join(lines, ""), "\n") {
		t.Errorf("lines do not end in CRLF: %q", text)
	}
	for _, line := range lines {
		if len(line) > 75 || !utf8.ValidString(line) {
			t.Errorf("a line of %d bytes: %q", len(line), line)
		}
	}
	calendar, err := ics.ParseCalendar(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	return calendar
}

func property(event *ics.VEvent, name ics.ComponentProperty) string {
	if p := event.GetProperty(name); p != nil {
		return p.Value
	}
	return ""
}

// testZones puts milestones and check-ins into a calendar in three time zones, before and after clocks change.
func testZones(t *testing.T, ctx context.Context, base string) {
	for _, row := range []struct{ zone, start string }{
		{"Europe/Stockholm", "2027-03-22"}, {"America/New_York", "2027-03-08"}, {"Asia/Kolkata", "2027-03-22"},
	} {
		t.Run(row.zone, func(t *testing.T) {
			zone, err := time.LoadLocation(row.zone)
			if err != nil {
				t.Fatal(err)
			}
			k := newKeeper(t, ctx, base)
			if _, err := chromedp.Call(k.ctx, emulation.SetTimezoneOverride, emulation.SetTimezoneOverrideParams{TimezoneID: row.zone}); err != nil {
				t.Fatal(err)
			}
			k.newGoal("smart", row.start)
			k.write(`[data-path="time"]`, "18:30")
			calendar := readCalendar(t, k.readFile(k.downloaded(func() { k.button("Add to a calendar") })))
			start, err := time.Parse(time.DateOnly, row.start)
			if err != nil {
				t.Fatal(err)
			}
			ids := map[string]bool{}
			days := 0
			for _, event := range calendar.Events() {
				id := property(event, ics.ComponentPropertyUniqueId)
				if ids[id] || !strings.Contains(id, "@127.0.0.1") {
					t.Errorf("id %q", id)
				}
				ids[id] = true
				if strings.Contains(property(event, ics.ComponentPropertySummary), "Check-in") {
					begins, err := event.GetStartAt()
					if err != nil {
						t.Fatal(err)
					}
					day := start.AddDate(0, 0, 7) // the first day of week 2, after the clocks of two zones changed
					if want := time.Date(day.Year(), day.Month(), day.Day(), 18, 30, 0, 0, zone); !begins.Equal(want) {
						t.Errorf("the check-in begins at %s, want %s", begins, want)
					}
					if ends, err := event.GetEndAt(); err != nil || ends.Sub(begins) != 30*time.Minute {
						t.Errorf("it ends at %s", ends)
					}
					if got := property(event, ics.ComponentPropertyDescription); got != "How is it?\nWhat next?" {
						t.Errorf("its questions are %q", got)
					}
					continue
				}
				due, err := event.GetAllDayStartAt()
				if err != nil {
					t.Fatal(err)
				}
				days++
				after := map[string]int{"A smart goal: Begun; with, marks": 6, "A smart goal: Finished": 55}
				if offset, ok := after[property(event, ics.ComponentPropertySummary)]; !ok || due.Format(time.DateOnly) != start.AddDate(0, 0, offset).Format(time.DateOnly) {
					t.Errorf("%q is due on %s", property(event, ics.ComponentPropertySummary), due)
				}
			}
			if days != 2 || len(ids) != 3 {
				t.Errorf("there are %d days and %d events", days, len(ids))
			}
			// Without a time a check-in is a day, the same everywhere.
			k.write(`[data-path="time"]`, "")
			calendar = readCalendar(t, k.readFile(k.downloaded(func() { k.button("Add to a calendar") })))
			for _, event := range calendar.Events() {
				if day, err := event.GetAllDayStartAt(); err != nil || strings.Contains(property(event, ics.ComponentPropertySummary), "Check-in") && !day.Equal(start.AddDate(0, 0, 7)) && day.Format(time.DateOnly) != start.AddDate(0, 0, 7).Format(time.DateOnly) {
					t.Errorf("%q is on %s (%v)", property(event, ics.ComponentPropertySummary), day, err)
				}
			}
			// A meeting has its own time.
			k.visit("my/", "[data-my-overview]")
			k.button("Prepare a meeting")
			k.until("the meeting", `!!document.querySelector("[data-path=date]")`)
			k.write(`[data-path="date"]`, "2027-07-01")
			k.write(`[data-path="time"]`, "09:15")
			calendar = readCalendar(t, k.readFile(k.downloaded(func() { k.button("Add to a calendar") })))
			if begins, err := calendar.Events()[0].GetStartAt(); err != nil || !begins.Equal(time.Date(2027, 7, 1, 9, 15, 0, 0, zone)) {
				t.Errorf("the meeting begins at %s (%v)", begins, err)
			}
		})
	}
}

// testShared hands a goal to the other half of the pair, as a link and as a file, and takes it back.
func testShared(t *testing.T, ctx context.Context, base string) {
	mentee, mentor := newKeeper(t, ctx, base), newKeeper(t, ctx, base)
	mentee.newGoal("smart", "2026-11-02")
	mentee.write(`[data-path="title"]`, "Ours: <b>bold</b> & 漢字")
	mentee.write(`[data-path="notes"]`, "mine alone")
	link := func(k *keeper) string {
		t.Helper()
		ask[bool](k.tab, `window.copied = ""; true`)
		k.button("Copy a link to share")
		k.until("the link", `(window.copied ?? "").includes("#shared=")`)
		return strings.TrimPrefix(ask[string](k.tab, `window.copied`), base)
	}
	first := link(mentee)
	if len(first) > 4000 {
		t.Errorf("the link has %d letters", len(first))
	}
	mentor.visit(first, ".received")
	mentor.wait("Ours: <b>bold</b> & 漢字")
	mentor.accessible("a goal that was shared", everyRule)
	if text := ask[string](mentor.tab, `document.body.innerText`); strings.Contains(text, "mine alone") {
		t.Error("notes to oneself were shared")
	}
	if len(mentor.records("goal")) > 0 {
		t.Error("a shared goal is kept unasked")
	}
	mentor.button("Keep it on this device")
	mentor.until("the goal", `!!document.querySelector(".plan-form")`)
	mentor.write(`[data-path="answers/smart.specific"]`, "the mentor’s idea")
	back := link(mentor)

	mentee.visit(back, ".choice")
	mentee.wait("This is newer than what you have.")
	mentee.wait("the mentor’s idea")
	mentee.button("Take theirs")
	mentee.until("the goal", `document.querySelector('[data-path="answers/smart.specific"]')?.value === "the mentor’s idea"`)
	if got := mentee.value(`[data-path="notes"]`); got != "mine alone" {
		t.Errorf("the mentee’s own notes are %q", got)
	}
	mentee.visit(back, "[data-my-view]")
	mentee.wait("You have exactly this already.")
	mentee.visit("my/#goal="+mentee.records("goal")[0]["id"].(string), ".plan-form")
	mentee.write(`[data-path="statement"]`, "and more")
	mentee.visit(back, "[data-my-view]")
	mentee.wait("What you have is newer than this.")
	mentor.visit(link2(mentee, link), "[data-my-view]")
	mentor.wait("This is newer than what you have.")

	// As a file, too.
	mentee.visit("my/", "[data-my-overview]")
	mentee.button("Ours: <b>bold</b> & 漢字")
	mentee.until("the goal", `!!document.querySelector(".plan-form")`)
	file := mentee.downloaded(func() { mentee.button("Save as a file to share") })
	if text := mentee.readFile(file); strings.Contains(text, "mine alone") {
		t.Error("notes to oneself are in the file")
	}
	checkAgainstSchema(t, mentee, mentee.readFile(file))
	third := newKeeper(t, ctx, base)
	third.visit("my/", "[data-my-overview]")
	third.bringIn(file)
	third.wait("1 thing is new here.")
}

// link2 opens the goal again and copies a link to it.
func link2(k *keeper, link func(*keeper) string) string {
	k.t.Helper()
	k.visit("my/#goal="+k.records("goal")[0]["id"].(string), ".plan-form")
	return link(k)
}

// testDiverged brings in a copy that was changed elsewhere while this one was changed here.
func testDiverged(t *testing.T, ctx context.Context, base string) {
	k := newKeeper(t, ctx, base)
	k.newGoal("smart", "2026-11-02")
	k.write(`[data-path="statement"]`, "as it was")
	var theirs struct {
		Stoa    string                               `json:"stoa"`
		Version int                                  `json:"version"`
		Records map[string]map[string]map[string]any `json:"records"`
	}
	if err := json.Unmarshal([]byte(k.readFile(k.downloaded(func() { k.button("Save as a file to share") }))), &theirs); err != nil {
		t.Fatal(err)
	}
	var id string
	for id = range theirs.Records["goal"] {
	}
	changeThere := func(round int) string {
		goal := theirs.Records["goal"][id]
		goal["statement"] = fmt.Sprintf("changed there %d", round)
		goal["rev"].(map[string]any)["another"] = round
		text, err := json.Marshal(theirs)
		if err != nil {
			t.Fatal(err)
		}
		return string(text)
	}
	for round, row := range []struct{ button, said, statement string }{
		{"Keep mine", "", "changed here 1"},
		{"Take theirs", "", "changed there 2"},
		{"Keep both", "", "changed here 3"},
	} {
		k.visit("my/#goal="+id, ".plan-form")
		k.write(`[data-path="statement"]`, fmt.Sprintf("changed here %d", round+1))
		k.visit("my/", "[data-my-overview]")
		k.bringInText(changeThere(round + 1))
		k.until("the choice", `!!document.querySelector(".choice .differences")`)
		text := ask[string](k.tab, `document.querySelector(".differences").innerText`)
		if !strings.Contains(text, fmt.Sprintf("changed here %d", round+1)) || !strings.Contains(text, fmt.Sprintf("changed there %d", round+1)) {
			t.Errorf("what differs is %q", text)
		}
		k.accessible("two copies", everyRule)
		k.button(row.button)
		k.until("the goal", `!!document.querySelector(".plan-form")`)
		if got := ask[map[string]any](k.tab, `JSON.parse(localStorage.getItem("stoa:/kept/:goal:`+id+`"))`)["statement"]; got != row.statement {
			t.Errorf("%s: the goal says %v", row.button, got)
		}
	}
	all := fmt.Sprint(k.records("goal"))
	if len(k.records("goal")) != 2 || !strings.Contains(all, "changed there 3") || !strings.Contains(all, "(their copy)") {
		t.Errorf("both copies: %s", all)
	}
}

// testMeeting prepares a meeting from open goals, notes it and looks back; its time counts.
func testMeeting(t *testing.T, ctx context.Context, base string) {
	k := newKeeper(t, ctx, base)
	k.newGoal("smart", time.Now().AddDate(0, 0, -3).Format(time.DateOnly))
	ask[bool](k.tab, `localStorage.setItem("stoa:/kept/:shortlist:ana", JSON.stringify({ id: "ana", name: "Ana", rank: 1 })); true`)
	k.visit("my/", "[data-my-overview]")
	k.wait("Begun; with, marks") // is due
	k.wait("of the 2 hours a month that Ana gives")
	k.write("#my-hours", "1.5")
	k.button("Prepare a meeting")
	k.until("the meeting", `!!document.querySelector("[data-path=agenda]")`)
	if agenda := k.value(`[data-path="agenda"]`); !strings.Contains(agenda, "Begun; with, marks") || !strings.Contains(agenda, "How is it?") {
		t.Errorf("the agenda is %q", agenda)
	}
	k.write(`[data-path="with"]`, "Ana")
	k.write(`[data-path="minutes"]`, "45")
	k.write(`[data-path="notes"]`, "Said and heard")
	k.button("Add an action")
	k.write(`[data-path^="actions/"][data-path$="/what"]`, "Read it")
	k.write(`[data-path^="actions/"][data-path$="/owner"]`, "me")
	k.write(`[data-path="reflection/learned"]`, "A lot")
	k.accessible("a meeting", everyRule)
	k.size(390, 844)
	k.fits("a meeting", 390)
	k.size(1280, 800)
	markdown := k.readFile(k.downloaded(func() { k.button("Save as Markdown") }))
	for _, want := range []string{"# Meeting with Ana", "Said and heard", "| ☐ | Read it | me |", "A lot"} {
		if !strings.Contains(markdown, want) {
			t.Errorf("the Markdown lacks %q:\n%s", want, markdown)
		}
	}
	k.button("Back to my plan")
	k.wait("0.8 of 1.5 hours")
	k.wait("Read it (me)")
	k.wait("1 open action")
	k.button("Prepare a meeting")
	k.until("the next meeting", `!!document.querySelector("[data-path=agenda]")`)
	if agenda := k.value(`[data-path="agenda"]`); !strings.Contains(agenda, "Read it (me)") || k.value(`[data-path="with"]`) != "Ana" {
		t.Errorf("the next agenda is %q", agenda)
	}
}

// testCohort follows a cohort from its program's page; home and /my/ then show the week.
func testCohort(t *testing.T, ctx context.Context, base string) {
	k := newKeeper(t, ctx, base)
	k.open(base)
	if ask[bool](k.tab, `document.querySelector("[data-my-week]").checkVisibility()`) {
		t.Error("home shows a week before anybody chose a cohort")
	}
	k.open(base + "programs/circle/")
	k.button("Follow week by week")
	k.until("the week", `!!document.querySelector(".my-week-question")`)
	for _, path := range []string{"my/", "", "es/"} {
		k.visit(path, ".my-week-question")
		text := ask[string](k.tab, `document.querySelector("[data-my-week]").innerText`)
		for _, want := range []string{"11", "Title 11", "Agenda 11", "Question 11", "Everything"} {
			if !strings.Contains(text, want) {
				t.Errorf("/%s: the week says %q", path, text)
			}
		}
	}
	k.accessible("home with a week", everyRule)
	file := ask[string](k.tab, `fetch("`+base+`programs/circle/now.ics").then(answer => answer.text())`)
	if events := readCalendar(t, file).Events(); len(events) != 2+14 {
		t.Errorf("the cohort's calendar has %d events", len(events))
	}
	k.visit("my/", "#my-cohort")
	k.write("#my-cohort", "")
	k.until("no week", `!document.querySelector(".my-week-question")`)
}

// testGoalFilter narrows the list of goals.
func testGoalFilter(t *testing.T, ctx context.Context, base string) {
	k := newKeeper(t, ctx, base)
	shown := `[...document.querySelectorAll("[data-goal] h3")].filter(e => e.checkVisibility()).map(e => e.textContent).join()`
	k.visit("goals/", "[data-goal-filter]")
	if got := ask[string](k.tab, shown); got != "A smart goal,A grow goal" {
		t.Errorf("at first %q are shown", got)
	}
	k.write("#filter-category", "personal")
	if got := ask[string](k.tab, shown); got != "A grow goal" || !strings.HasSuffix(ask[string](k.tab, `location.search`), "?category=personal") {
		t.Errorf("of kind personal are %q", got)
	}
	k.visit("goals/?skill=law", "[data-goal-filter]")
	if got := ask[string](k.tab, shown); got != "A smart goal" {
		t.Errorf("with the skill are %q", got)
	}
}
