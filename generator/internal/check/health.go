package check

import (
	"slices"

	"github.com/stoa-portal/stoa/generator/internal/diag"
	"github.com/stoa-portal/stoa/generator/internal/portal"
)

// photosWithoutConsent finds photos that are not shown though nobody keeps them back.
func photosWithoutConsent(s *site, problems *diag.List) {
	published := map[string]bool{}
	for _, m := range s.Mentors {
		published[m.ID] = m.Photo != ""
	}
	for _, r := range s.Content.Mentors {
		shown, ok := published[r.ID]
		kept := slices.Contains(r.Value.Private, "photo") || slices.Contains(s.Config.Privacy.Omit, "photo")
		if ok && !shown && !kept && s.Content.Photos[r.ID] != "" {
			problems.Warnf(r.Place("consent"), "photo-consent", "the photo is not published: it needs photo = true under [consent], when the mentor agrees")
		}
	}
}

func programsOver(s *site, problems *diag.List) {
	for _, program := range s.Programs {
		if program.Phase == portal.Over {
			problems.Warnf(program.Place("cohorts"), "program-over", "every cohort of this program is over: add the next one, or take the program out")
		}
	}
}

func programsEmpty(s *site, problems *diag.List) {
	for _, program := range s.Programs {
		if program.Phase != portal.Over && len(program.Mentors) == 0 && len(s.Listed) > 0 {
			problems.Warnf(program.Place("title"), "program-empty", "no mentor is listed with this program: add its id to programs = […] in their profiles")
		}
	}
}

func nobodyOpen(s *site, problems *diag.List) {
	if len(s.Listed) > 0 && !slices.ContainsFunc(s.Listed, func(m *portal.Mentor) bool { return m.Availability.Status.CanAsk() }) {
		problems.Warnf(diag.Place{File: "content/mentors"}, "nobody-open", "no mentor can be asked today")
	}
}

func noRequest(s *site, problems *diag.List) {
	elsewhere := func(m *portal.Mentor) bool { // a way of the mentor's own
		own := m.Value.Request
		return s.MayAsk(string(own.URL)) || s.MayAsk(string(own.CalendarURL)) || len(m.Value.Channels) > 0
	}
	if len(s.Listed) > 0 && s.Config.Request.Method == "none" && !slices.ContainsFunc(s.Listed, elsewhere) {
		problems.Warnf(s.Config.Place("request"), "no-request", "visitors read profiles and have no way to ask: set [request] method")
	}
}

// unmeasuredGoals finds goal templates that leave open how progress is seen. A GROW
// conversation may do with steps.
func unmeasuredGoals(s *site, problems *diag.List) {
	for _, goal := range s.Goals {
		v := &goal.Value
		if len(v.Measures) > 0 || v.Method == "grow" && len(v.Milestones) > 0 {
			continue
		}
		problems.Warnf(goal.Place("title"), "goal-without-measures", "this goal does not say how progress is seen: add [[measures]] with a name, a unit and a target")
	}
}
