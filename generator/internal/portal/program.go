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

// phase computes where a cohort stands, and the day on which that changes.
func phase(c content.Cohort, today civil.Date) (Phase, civil.Date) {
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

// programPhase is the phase that matters most to somebody who looks at the program
// today: a cohort to register for, before one that runs, one to come, and one gone by.
func programPhase(cohorts []content.Cohort, today civil.Date) (Phase, civil.Date, []Phase) {
	if len(cohorts) == 0 {
		return AnyTime, civil.Date{}, nil
	}
	rank := map[Phase]int{Registration: 0, Running: 1, Waiting: 2, Upcoming: 3, Over: 4}
	phases := make([]Phase, len(cohorts))
	best, next := Over, civil.Date{}
	for i, c := range cohorts {
		p, day := phase(c, today)
		phases[i] = p
		if rank[p] < rank[best] || p == best && !day.IsZero() && (next.IsZero() || day.Before(next)) {
			best, next = p, day
		}
	}
	return best, next, phases
}
