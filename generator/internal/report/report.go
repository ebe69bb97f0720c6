// Package report tells a coordinator how the portal stands: who can be asked, where places are
// free and where nobody is, which profiles are due to be read over, and what is different
// since the last report.
//
// In come a frozen portal, the messages to mentors who are due, and the [State] that the last
// report left; [New] counts, and [Report.Write] writes one HTML file that needs nothing else: its
// style is in it, its charts are drawn beside the numbers that they show, it prints, and it can
// be sent as it is. It is not a page of the site, and it is in English, as the command is. The
// [State] for the next report comes from [Report.State].
//
// The same portal, day and state give the same bytes. A second report on one day tells the same
// changes as the first.
package report

import (
	"cmp"
	_ "embed"
	"fmt"
	"html/template"
	"io"
	"maps"
	"slices"
	"time"

	"golang.org/x/text/language"

	"github.com/stoa-portal/stoa/generator/internal/check"
	"github.com/stoa-portal/stoa/generator/internal/civil"
	"github.com/stoa-portal/stoa/generator/internal/content"
	"github.com/stoa-portal/stoa/generator/internal/portal"
)

// A Report is what there is to tell. Figures are of published mentors on one day.
type Report struct {
	Title     string
	Today     civil.Date
	Published int
	Listed    int
	CanAsk    int // of the listed ones
	Free      int // places, of listed ones who can be asked and say how many they have
	Uncounted int // listed ones who can be asked and do not say
	Withheld  int // profiles that are not published
	States    []Row
	Stages    []Row
	Topics    []Row
	Skills    []Gap // that goals and guides name, those that fewest can help with first
	Languages []Row
	Zones     []Row
	Programs  []Program
	Complete  []Row // what profiles say: Mentors is how many say it
	Reminders []check.Reminder
	Since     civil.Date // the day of the report that Changes are told from; zero: this is the first
	Changes   []Change

	state State
}

// A Row is a line of a table: what it counts, and a bar of the chart beside it.
type Row struct {
	Label    string
	Mentors  int
	CanAsk   int
	Free     int  // places
	Most     int  // the most mentors of a row of the table: the length of the chart
	Nobody   bool // there should be somebody, and is not
	Question string
}

// A Gap is a skill that the portal's goals and guides name.
type Gap struct {
	Row
	Goals, Guides int
}

// A Program is how one stands.
type Program struct {
	Title, Phase string
	Next         civil.Date
	Mentors      int
	CanAsk       int
}

// A Change is what is different about a mentor.
type Change struct{ Name, What string }

// states are the words for a status, in the order of the chart.
var states = map[portal.Status]string{
	portal.Open: "Open to requests", portal.Waitlist: "Waiting list", portal.Full: "Full", portal.Later: "Open from a later day",
	portal.OffSeason: "Open in other months", portal.Paused: "Paused", portal.Ended: "Open until a day gone by", portal.Retired: "Retired",
}

var phases = map[portal.Phase]string{
	portal.Upcoming: "to come", portal.Registration: "registration is open", portal.Waiting: "registration is closed, not begun", portal.Running: "running",
	portal.Over: "over", portal.AnyTime: "join at any time",
}

// New counts. last is what the last report left; the zero State when there was none.
func New(p *portal.Portal, reminders []check.Reminder, last State) *Report {
	r := &Report{
		Title: p.Config.Title, Today: p.Today, Published: len(p.Mentors), Listed: len(p.Listed),
		Withheld: len(p.Content.Mentors) - len(p.Mentors), Reminders: reminders,
	}
	count := map[portal.Status]int{}
	for _, m := range p.Listed {
		count[m.Availability.Status]++
		if !m.Availability.Status.CanAsk() {
			continue
		}
		r.CanAsk++
		if m.Availability.Free >= 0 {
			r.Free += m.Availability.Free
		} else {
			r.Uncounted++
		}
	}
	for _, status := range portal.Statuses {
		if count[status] > 0 || status == portal.Open {
			row := Row{Label: states[status], Mentors: count[status]}
			if status.CanAsk() {
				row.CanAsk = row.Mentors
			}
			r.States = append(r.States, row)
		}
	}
	scale(r.States)
	r.Stages, r.Topics = known(p, "stages"), known(p, "topics")
	r.Skills = gaps(p)
	r.Languages = languages(p)
	r.Zones = zones(p)
	for _, program := range p.Programs {
		r.Programs = append(r.Programs, Program{program.Value.Title, phases[program.Phase], program.Next, len(program.Mentors), portal.CanAsk(program.Mentors)})
	}
	r.Complete = complete(p)
	r.state, r.Since, r.Changes = compare(p, last)
	return r
}

// places are the free places of those who can be asked and say how many they have.
func places(mentors []*portal.Mentor) int {
	n := 0
	for _, m := range mentors {
		if m.Availability.Status.CanAsk() {
			n += max(0, m.Availability.Free)
		}
	}
	return n
}

// scale gives the rows the length of their chart.
func scale(rows []Row) {
	most := 1
	for _, row := range rows {
		most = max(most, row.Mentors)
	}
	for i := range rows {
		rows[i].Most = most
	}
}

func row(label string, mentors []*portal.Mentor) Row {
	return Row{Label: label, Mentors: len(mentors), CanAsk: portal.CanAsk(mentors), Free: places(mentors)}
}

// known are the words of a vocabulary in its order, those that nobody has among them; of a facet
// without a vocabulary, the terms that there are.
func known(p *portal.Portal, facet string) []Row {
	v := p.Vocabulary(facet)
	if v == nil {
		return terms(p, facet)
	}
	var rows []Row
	for _, term := range v.Terms {
		line := row(term.Label(p.Languages[0]), term.Mentors)
		line.Nobody, line.Question = line.CanAsk == 0, term.Words(p.Languages[0]).Ask
		rows = append(rows, line)
	}
	scale(rows)
	return rows
}

// terms are the values of a facet, the most frequent first.
func terms(p *portal.Portal, facet string) []Row {
	var rows []Row
	if f := p.Facet(facet); f != nil {
		for _, term := range f.Terms {
			rows = append(rows, row(cmp.Or(term.Label(p.Languages[0]), term.ID), term.Mentors))
		}
	}
	scale(rows)
	return rows
}

// languages counts mentors by the languages that they speak, those of all countries as one, the
// most frequent first.
func languages(p *portal.Portal) []Row {
	found := map[string][]*portal.Mentor{}
	for _, m := range p.Listed {
		for _, tag := range m.Value.Languages {
			base, _ := language.Make(string(tag)).Base()
			name := portal.LanguageName(base.String(), p.Languages[0])
			if !slices.Contains(found[name], m) {
				found[name] = append(found[name], m)
			}
		}
	}
	var rows []Row
	for _, name := range slices.Sorted(maps.Keys(found)) {
		rows = append(rows, row(name, found[name]))
	}
	slices.SortStableFunc(rows, func(a, b Row) int { return cmp.Compare(b.Mentors, a.Mentors) })
	scale(rows)
	return rows
}

// gaps compares the skills that goals and guides name with those that are offered.
func gaps(p *portal.Portal) []Gap {
	found := map[string]*Gap{}
	name := func(words []string, count func(*Gap)) {
		for _, word := range words {
			label, mentors := word, []*portal.Mentor(nil)
			if term := p.Term("skills", word); term != nil {
				label, mentors = term.Label(p.Languages[0]), term.Mentors
			}
			if found[label] == nil {
				found[label] = &Gap{Row: row(label, mentors)}
				found[label].Nobody = found[label].CanAsk == 0
			}
			count(found[label])
		}
	}
	for _, goal := range p.Goals {
		name(goal.Value.Skills, func(g *Gap) { g.Goals++ })
	}
	for _, guide := range p.Guides.All() {
		name(guide.Value.Skills, func(g *Gap) { g.Guides++ })
	}
	list := make([]Gap, 0, len(found))
	most := 1
	for _, label := range slices.Sorted(maps.Keys(found)) {
		most = max(most, found[label].Mentors)
		list = append(list, *found[label])
	}
	for i := range list {
		list[i].Most = most
	}
	slices.SortStableFunc(list, func(a, b Gap) int {
		return cmp.Or(cmp.Compare(a.CanAsk, b.CanAsk), cmp.Compare(a.Mentors, b.Mentors), cmp.Compare(b.Goals+b.Guides, a.Goals+a.Guides))
	})
	return list
}

// zones counts mentors by how far their clocks are from UTC on the day, west first.
func zones(p *portal.Portal) []Row {
	type zone struct {
		offset  int
		mentors []*portal.Mentor
	}
	var found []zone
	var unknown []*portal.Mentor
	for _, m := range p.Listed {
		location, err := time.LoadLocation(string(m.Value.Timezone))
		if m.Value.Timezone == "" || err != nil {
			unknown = append(unknown, m)
			continue
		}
		_, offset := p.Today.Midnight().Add(12 * time.Hour).In(location).Zone()
		i := slices.IndexFunc(found, func(z zone) bool { return z.offset == offset })
		if i < 0 {
			i = len(found)
			found = append(found, zone{offset: offset})
		}
		found[i].mentors = append(found[i].mentors, m)
	}
	slices.SortFunc(found, func(a, b zone) int { return cmp.Compare(a.offset, b.offset) })
	var rows []Row
	for _, z := range found {
		rows = append(rows, row(clock(z.offset), z.mentors))
	}
	if len(unknown) > 0 {
		rows = append(rows, row("not given", unknown))
	}
	scale(rows)
	return rows
}

// clock writes a distance from UTC, given in seconds, as UTC+05:30.
func clock(offset int) string {
	sign := "+"
	if offset < 0 {
		sign, offset = "−", -offset
	}
	return fmt.Sprintf("UTC%s%02d:%02d", sign, offset/3600, offset/60%60)
}

// complete counts what profiles say of what mentees look for.
func complete(p *portal.Portal) []Row {
	fields := []struct {
		label string
		says  func(m *portal.Mentor, v *content.Mentor) bool
	}{
		{"a headline", func(_ *portal.Mentor, v *content.Mentor) bool { return v.Headline != "" }},
		{"a text about themselves", func(_ *portal.Mentor, v *content.Mentor) bool { return v.Bio != "" }},
		{"a photo", func(m *portal.Mentor, _ *content.Mentor) bool { return m.Photo != "" }},
		{"skills", func(_ *portal.Mentor, v *content.Mentor) bool { return len(v.Skills) > 0 }},
		{"topics they can help with", func(_ *portal.Mentor, v *content.Mentor) bool { return len(v.HelpWith) > 0 }},
		{"whom they mentor", func(_ *portal.Mentor, v *content.Mentor) bool { return len(v.Stages) > 0 }},
		{"languages", func(_ *portal.Mentor, v *content.Mentor) bool { return len(v.Languages) > 0 }},
		{"a time zone", func(_ *portal.Mentor, v *content.Mentor) bool { return v.Timezone != "" }},
		{"how many mentees they take", func(_ *portal.Mentor, v *content.Mentor) bool { return v.Availability.Capacity != nil }},
		{"when the profile was last read over", func(_ *portal.Mentor, v *content.Mentor) bool { return !v.Reviewed.IsZero() }},
	}
	rows := make([]Row, len(fields))
	for i, field := range fields {
		rows[i] = Row{Label: field.label, Most: max(1, len(p.Mentors))}
		for _, m := range p.Mentors {
			if field.says(m, &m.Value) {
				rows[i].Mentors++
			}
		}
	}
	return rows
}

// State is what the next report compares with.
func (r *Report) State() State { return r.state }

//go:embed report.html
var source string

var page = template.Must(template.New("report").Funcs(template.FuncMap{
	"day": func(d civil.Date) string { return fmt.Sprintf("%d %s %d", d.Day, d.Month, d.Year) },
	"count": func(n int, one, many string) string {
		if n == 1 {
			return "1 " + one
		}
		return fmt.Sprintf("%d %s", n, many)
	},
	"share": func(part, whole int) string { // of a bar that is 100 long
		return fmt.Sprintf("%.4g", 100*float64(part)/float64(max(whole, 1)))
	},
	"table": func(first, second string, rows []Row, places bool) map[string]any {
		return map[string]any{"First": first, "Second": second, "Rows": rows, "Places": places}
	},
}).Parse(source))

// Write writes the report as one HTML file.
func (r *Report) Write(w io.Writer) error { return page.Execute(w, r) }
