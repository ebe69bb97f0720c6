package portal

import (
	"github.com/stoa-portal/stoa/generator/internal/civil"
	"github.com/stoa-portal/stoa/generator/internal/content"
)

// A Phase says where a cohort or program stands today.
type Phase string

const (
	Upcoming     Phase = "upcoming" // nothing can be done yet
	Registration Phase = "open"     // people can register
	Waiting      Phase = "closed"   // registration is over, the start is to come
	Running      Phase = "running"
	Over         Phase = "ended"
	AnyTime      Phase = "rolling" // a program without cohorts
)

// A Program is one mentoring program.
type Program struct {
	*content.Record[content.Program]
	Phase   Phase
	Next    civil.Date // the day the phase changes, when it is known
	Phases  []Phase    // of Value.Cohorts, in their order
	Mentors []*Mentor  // listed ones, in directory order
}

// Windows are the days on which a cohort changes; one that is not given is zero.
type Windows struct {
	RegistrationOpens, RegistrationCloses, Starts, Ends civil.Date
}

// WindowsOf are those of a program's cohorts.
func WindowsOf(cohorts []content.Cohort) []Windows {
	windows := make([]Windows, len(cohorts))
	for i, c := range cohorts {
		windows[i] = Windows{c.RegistrationOpens, c.RegistrationCloses, c.Starts, c.Ends}
	}
	return windows
}

// phase computes where a cohort stands, and the day on which that changes.
func phase(c Windows, today civil.Date) (Phase, civil.Date) {
	reached := func(d civil.Date) bool { return !d.IsZero() && !today.Before(d) }
	passed := func(d civil.Date) bool { return !d.IsZero() && today.After(d) }
	switch {
	case passed(c.Ends):
		return Over, civil.Date{}
	case reached(c.Starts) && !(reached(c.RegistrationOpens) && !c.RegistrationCloses.IsZero() && !passed(c.RegistrationCloses)):
		return Running, c.Ends
	case reached(c.RegistrationOpens) && !passed(c.RegistrationCloses):
		if c.RegistrationCloses.IsZero() {
			return Registration, c.Starts
		}
		return Registration, c.RegistrationCloses
	case reached(c.RegistrationOpens):
		return Waiting, c.Starts
	case !c.RegistrationOpens.IsZero():
		return Upcoming, c.RegistrationOpens
	}
	return Upcoming, c.Starts
}

// PhaseOn is the phase that matters most to somebody who looks at a program on a day, and the day on
// which it changes, where that is known: a cohort to register for, before one that runs, one to
// come, and one gone by. A program without cohorts can be joined at any time. The browser has the same rule
// (assets/js/status.js of the theme).
func PhaseOn(cohorts []Windows, day civil.Date) (Phase, civil.Date) {
	if len(cohorts) == 0 {
		return AnyTime, civil.Date{}
	}
	rank := map[Phase]int{Registration: 0, Running: 1, Waiting: 2, Upcoming: 3, Over: 4}
	best, next := Over, civil.Date{}
	for _, c := range cohorts {
		p, change := phase(c, day)
		if rank[p] < rank[best] || p == best && !change.IsZero() && (next.IsZero() || change.Before(next)) {
			best, next = p, change
		}
	}
	return best, next
}

// phases are those of cohorts, in their order.
func phases(cohorts []Windows, day civil.Date) []Phase {
	var list []Phase
	for _, c := range cohorts {
		p, _ := phase(c, day)
		list = append(list, p)
	}
	return list
}
