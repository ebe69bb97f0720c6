package check

import (
	"slices"

	"github.com/stoa-portal/stoa/generator/internal/diag"
	"github.com/stoa-portal/stoa/generator/internal/portal"
)

// health finds what leaves a mentee with nothing to do.
func health(p *portal.Portal, problems *diag.List) {
	published := map[string]bool{}
	for _, m := range p.Mentors {
		published[m.ID] = m.Photo != ""
	}
	for _, r := range p.Content.Mentors {
		shown, ok := published[r.ID]
		kept := slices.Contains(r.Value.Private, "photo") || slices.Contains(p.Config.Privacy.Omit, "photo")
		if ok && !shown && !kept && p.Content.Photos[r.ID] != "" {
			problems.Warnf(r.Place("consent"), "photo-consent", "the photo is not published: it needs photo = true under [consent], when the mentor agrees")
		}
	}
	for _, program := range p.Programs {
		switch {
		case program.Phase == portal.Over:
			problems.Warnf(program.Place("cohorts"), "program-over", "every cohort of this program is over: add the next one, or take the program out")
		case len(program.Mentors) == 0 && len(p.Listed) > 0:
			problems.Warnf(program.Place("title"), "program-empty", "no mentor is listed with this program: add its id to programs = […] in their profiles")
		}
	}
	if len(p.Listed) == 0 {
		return
	}
	if !slices.ContainsFunc(p.Listed, func(m *portal.Mentor) bool { return m.Availability.Status.CanAsk() }) {
		problems.Warnf(diag.Place{File: "content/mentors"}, "nobody-open", "no mentor can be asked today")
	}
	if method := p.Config.Request.Method; method == "none" && !slices.ContainsFunc(p.Listed, askedElsewhere(p)) {
		problems.Warnf(p.Config.Place("request"), "no-request", "visitors read profiles and have no way to ask: set [request] method")
	}
}

// askedElsewhere tells whether a mentor gives a way to be asked of their own.
func askedElsewhere(p *portal.Portal) func(*portal.Mentor) bool {
	return func(m *portal.Mentor) bool {
		own := m.Value.Request
		return p.MayAsk(string(own.URL)) || p.MayAsk(string(own.CalendarURL)) || len(m.Value.Channels) > 0
	}
}
