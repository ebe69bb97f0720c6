package pages

import (
	"bytes"
	"cmp"
	"io"
	"slices"
	"strconv"
	"strings"

	ics "github.com/arran4/golang-ical"

	"github.com/stoa-portal/stoa/generator/internal/civil"
	"github.com/stoa-portal/stoa/generator/internal/fold"
	"github.com/stoa-portal/stoa/generator/internal/output"
)

// An event is a day of a program.
type event struct {
	id, summary, text, url string
	day                    civil.Date
}

// hasCalendar tells whether the site publishes calendar.ics.
func (b *builder) hasCalendar() bool { return len(b.events()) > 0 }

// events are the days of every program's cohorts and timeline, in their order. Without the site's
// address there are none: an event is told from others by it.
func (b *builder) events() []event {
	if b.BaseURL == "" {
		return nil
	}
	e := b.editions[0]
	var events []event
	ids := map[string]int{}
	add := func(day civil.Date, summary, text, program string, id ...string) {
		if day.IsZero() {
			return
		}
		// A dot is in none of the parts, so two events never share an id by chance.
		name := strings.Join(append([]string{program}, id...), ".")
		if ids[name]++; ids[name] > 1 {
			name += "." + strconv.Itoa(ids[name])
		}
		text = strings.ReplaceAll(text, "\r\n", "\n")
		events = append(events, event{name + "@" + host(b.BaseURL), summary, text, b.absolute("programs/" + program + "/"), day})
	}
	for _, p := range b.Portal.Programs {
		for _, c := range p.Value.Cohorts {
			name := p.Value.Title + ", " + cmp.Or(c.Title, string(c.ID))
			for _, point := range []struct {
				what string
				day  civil.Date
			}{
				{"registration-opens", c.RegistrationOpens}, {"registration-closes", c.RegistrationCloses}, {"starts", c.Starts}, {"ends", c.Ends},
			} {
				add(point.day, e.words.Word("event."+point.what, "name", name), "", p.ID, string(c.ID), point.what)
			}
		}
		for _, t := range p.Value.Timeline {
			add(t.Date, p.Value.Title+": "+t.Title, string(t.Text), p.ID, "timeline", t.Date.String(), fold.Slug(t.Title))
		}
	}
	slices.SortFunc(events, func(a, b event) int { return cmp.Or(a.day.Compare(b.day), cmp.Compare(a.id, b.id)) })
	return events
}

// calendarRows is /calendar.ics (RFC 5545): all-day events, none of which makes anybody busy.
// The stamp of an event is its own day, so that the file changes when a date does and not with every
// build.
func (b *builder) calendarRows() []output.File {
	events := b.events()
	if len(events) == 0 {
		return nil
	}
	return []output.File{b.calendar("calendar.ics", b.editions[0].site.Title, events)}
}

// calendar is a calendar's file.
func (b *builder) calendar(site, title string, events []event) output.File {
	return b.raw(site, func(w io.Writer) error {
		calendar := ics.NewCalendar()
		calendar.SetProductId("-//Stoa//Mentoring portal//EN")
		calendar.SetMethod(ics.MethodPublish)
		calendar.SetXWRCalName(title)
		for _, ev := range events {
			entry := calendar.AddEvent(ev.id)
			entry.SetDtStampTime(ev.day.Midnight())
			entry.SetAllDayStartAt(ev.day.Midnight())
			entry.SetAllDayEndAt(ev.day.AddDays(1).Midnight()) // the first day after it
			entry.SetSummary(ev.summary)
			if ev.text != "" {
				entry.SetDescription(ev.text)
			}
			entry.SetURL(ev.url)
			entry.SetTimeTransparency(ics.TransparencyTransparent)
		}
		var text bytes.Buffer
		if err := calendar.SerializeTo(&text, ics.WithNewLineWindows); err != nil { // lines end in CRLF on every system
			return err
		}
		_, err := text.WriteTo(w)
		return err
	}, events, title)
}
