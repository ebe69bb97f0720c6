package pages

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/stoa-portal/stoa/generator/internal/civil"
	"github.com/stoa-portal/stoa/generator/internal/content"
	"github.com/stoa-portal/stoa/generator/internal/output"
	"github.com/stoa-portal/stoa/generator/internal/portal"
)

// cohortCalendarRows are a calendar for each cohort that has begun or is to come, in each language:
// programs/<program>/<cohort>.ics. Who subscribes to it has the cohort's dates and weeks.
func (e *edition) cohortCalendarRows() []output.File {
	var files []output.File
	for _, p := range e.Portal.Programs {
		for _, c := range p.In(e.lang).Value.Cohorts {
			if site := e.cohortCalendarPath(p, c); site != "" {
				title := p.In(e.lang).Value.Title + ", " + cmp.Or(c.Title, string(c.ID))
				files = append(files, e.calendar(site, title, e.cohortEvents(p, c)))
			}
		}
	}
	return files
}

// cohortCalendarPath is where a cohort's calendar is, or "" when it has none: without a first day, or
// without the site's address, by which events are told apart.
func (e *edition) cohortCalendarPath(p *portal.Program, c content.Cohort) string {
	if e.BaseURL == "" || c.Starts.IsZero() {
		return ""
	}
	return e.prefix + "programs/" + p.ID + "/" + string(c.ID) + ".ics"
}

// cohortEvents are the days of a cohort: its own, those of the program's timeline that fall into it, and the first
// day of every week.
func (e *edition) cohortEvents(p *portal.Program, c content.Cohort) []event {
	v := p.In(e.lang).Value
	var events []event
	add := func(day civil.Date, summary, text string, id string) {
		text = strings.ReplaceAll(text, "\r\n", "\n")
		events = append(events, event{p.ID + "." + string(c.ID) + "." + id + "@" + host(e.BaseURL), summary, text, e.absolute(e.prefix + "programs/" + p.ID + "/"), day})
	}
	name := v.Title + ", " + cmp.Or(c.Title, string(c.ID))
	for _, point := range []struct {
		what string
		day  civil.Date
	}{
		{"registration-opens", c.RegistrationOpens}, {"registration-closes", c.RegistrationCloses}, {"starts", c.Starts}, {"ends", c.Ends},
	} {
		if !point.day.IsZero() {
			add(point.day, e.words.Word("event."+point.what, "name", name), "", point.what)
		}
	}
	first := c.Starts
	if !c.RegistrationOpens.IsZero() && c.RegistrationOpens.Before(first) {
		first = c.RegistrationOpens
	}
	inside := func(day civil.Date) bool {
		return !day.Before(first) && (c.Ends.IsZero() || !day.After(c.Ends))
	}
	week := func(number int) civil.Date { return c.Starts.AddDays(7 * (number - 1)) }
	for i, t := range v.Timeline {
		day := t.Date
		if t.Week > 0 {
			day = week(t.Week)
		}
		if !day.IsZero() && inside(day) {
			add(day, v.Title+": "+t.Title, string(t.Text), fmt.Sprintf("timeline-%d", i+1))
		}
	}
	for _, w := range v.Weeks {
		if day := week(w.Number); inside(day) {
			text := strings.TrimSpace(string(w.Text) + "\n\n" + w.Question)
			add(day, v.Title+", "+e.words.Word("week", "number", w.Number)+": "+w.Title, text, fmt.Sprintf("week-%d", w.Number))
		}
	}
	slices.SortStableFunc(events, func(a, b event) int { return a.day.Compare(b.day) })
	return events
}
