package pages

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	ics "github.com/arran4/golang-ical"
)

// TestCalendar reads the calendar back, and holds it to RFC 5545: lines end in CRLF and
// have at most 75 octets (3.1), an event has an id of its own and a stamp (3.6.1), an event of a whole
// day ends on the next one (3.6.1), and text is escaped (3.3.11).
func TestCalendar(t *testing.T) {
	program := full["content/programs/peer.toml"] + `
[[timeline]]
date = 2026-12-24
title = "Party; with, commas"
text = "Once more: \\n is no line break"
[[timeline]]
date = 2027-02-28
title = "Ein sehr langer Name für einen Tag, an dem nicht viel geschieht, außer daß alle Beteiligten da sind und sich freuen"
`
	plan, _ := full.with(sources{"content/programs/peer.toml": program, "content/programs/open.toml": "title = \"Open\"\n"}).plan(t)
	text := plan.text(t, "calendar.ics")
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
	value := func(event *ics.VEvent, name ics.ComponentProperty) string {
		if p := event.GetProperty(name); p != nil {
			return p.Value
		}
		return ""
	}
	ids := map[string]bool{}
	var days []string
	for _, event := range calendar.Events() {
		id := value(event, ics.ComponentPropertyUniqueId)
		if ids[id] || !strings.HasSuffix(id, "@example.org") {
			t.Errorf("id %q", id)
		}
		ids[id] = true
		start, err := event.GetAllDayStartAt()
		if err != nil {
			t.Fatal(err)
		}
		end, err := event.GetAllDayEndAt()
		if err != nil || !end.Equal(start.AddDate(0, 0, 1)) {
			t.Errorf("%s lasts from %s to %s", id, start, end)
		}
		if stamp, err := event.GetDtStampTime(); err != nil || stamp.Format("20060102T150405Z") != start.Format("20060102")+"T000000Z" {
			t.Errorf("%s: stamp %s", id, stamp)
		}
		if url := value(event, ics.ComponentPropertyUrl); url != "https://example.org/portal/programs/peer/" {
			t.Errorf("%s leads to %s", id, url)
		}
		_, what, _ := strings.Cut(value(event, ics.ComponentPropertySummary), ": ") // before it stand the theme's words, or the program
		days = append(days, start.Format("2006-01-02 ")+what+"|"+value(event, ics.ComponentPropertyDescription))
	}
	want := []string{
		"2026-11-01 Peer, First|",
		"2026-12-01 Peer, First|",
		"2026-12-24 Party; with, commas|Once more: \\n is no line break",
		"2026-12-24 Party; with, commas|Come\nall",
		"2027-01-01 Peer, First|",
		"2027-02-28 Ein sehr langer Name für einen Tag, an dem nicht viel geschieht, außer daß alle Beteiligten da sind und sich freuen|",
		"2027-06-01 Peer, First|",
	}
	if !slices.Equal(days, want) {
		t.Errorf("%q", days)
	}
	if again, _ := full.with(sources{"content/programs/peer.toml": program}).plan(t); again.text(t, "calendar.ics") != text {
		t.Error("the same dates make another calendar")
	}
}

func TestNoCalendar(t *testing.T) {
	for name, change := range map[string]sources{
		"nowhere":  {"config.toml": strings.Replace(full["config.toml"], "base_url", "description = \"\" #", 1)},
		"no dates": {"content/programs/peer.toml": "title = \"Peer\"\n"},
	} {
		if name == "nowhere" {
			change["config.toml"] = strings.Replace(change["config.toml"], "description = \"A portal.\"\n", "", 1)
		}
		plan, _ := full.with(change).plan(t)
		if plan.row("calendar.ics") != nil || documents(t, plan)["api/index.json"]["calendar"] != nil {
			t.Errorf("%s: there is a calendar", name)
		}
	}
}
