package pages

import (
	"bytes"
	"cmp"
	"io"
	"slices"

	ics "github.com/arran4/golang-ical"

	"github.com/stoa-portal/stoa/generator/internal/civil"
	"github.com/stoa-portal/stoa/generator/internal/fold"
	"github.com/stoa-portal/stoa/generator/internal/output"
)

// calendarRows is /calendar.ics (RFC 5545): the days of every program's cohorts and
// timeline, as all-day events. Stamps are the event's own day, so that the file changes
// when a date does and not with every build.
func (b *builder) calendarRows() []output.File {
	if b.BaseURL == "" || len(b.Portal.Programs) == 0 {
		return nil
	}
	e := b.editions[0]
	type event struct {
		id, summary, text, url string
		day                    civil.Date
	}
	var events []event
	add := func(program, what string, day civil.Date, title, text, site string) {
		if !day.IsZero() {
			events = append(events, event{program + "-" + what + "@" + host(b.BaseURL), title, text, b.absolute(site), day})
		}
	}
	for _, p := range b.Portal.Programs {
		site := "programs/" + p.ID + "/"
		for _, c := range p.Value.Cohorts {
			name := p.Value.Title + ", " + cmp.Or(c.Title, string(c.ID))
			for _, point := range []struct {
				what string
				day  civil.Date
			}{
				{"registration-opens", c.RegistrationOpens}, {"registration-closes", c.RegistrationCloses}, {"starts", c.Starts}, {"ends", c.Ends},
			} {
				add(p.ID, string(c.ID)+"-"+point.what, point.day, e.words.Word("event."+point.what, "name", name), "", site)
			}
		}
		for _, t := range p.Value.Timeline {
			add(p.ID, "timeline-"+t.Date.String()+"-"+fold.Slug(t.Title), t.Date, p.Value.Title+": "+t.Title, string(t.Text), site)
		}
	}
	if len(events) == 0 {
		return nil
	}
	slices.SortFunc(events, func(a, b event) int { return cmp.Or(a.day.Compare(b.day), cmp.Compare(a.id, b.id)) })
	render := func(w io.Writer) error {
		calendar := ics.NewCalendar()
		calendar.SetProductId("-//Stoa//Mentoring portal//EN")
		calendar.SetMethod(ics.MethodPublish)
		calendar.SetXWRCalName(e.site.Title)
		for _, ev := range events {
			entry := calendar.AddEvent(ev.id)
			entry.SetDtStampTime(ev.day.Midnight())
			entry.SetAllDayStartAt(ev.day.Midnight())
			entry.SetAllDayEndAt(ev.day.AddDays(1).Midnight())
			entry.SetSummary(ev.summary)
			if ev.text != "" {
				entry.SetDescription(ev.text)
			}
			entry.SetURL(ev.url)
			entry.SetTimeTransparency(ics.TransparencyTransparent)
		}
		var text bytes.Buffer
		if err := calendar.SerializeTo(&text); err != nil {
			return err
		}
		_, err := text.WriteTo(w)
		return err
	}
	return []output.File{b.raw("calendar.ics", render, events, e.site.Title)}
}
