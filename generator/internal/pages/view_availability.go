package pages

import "github.com/stoa-portal/stoa/generator/internal/civil"

// An AvailabilityRule is what the status of an availability follows from, for a script that
// says it again on the visitor's day. What the mentor keeps private is not in it.
type AvailabilityRule struct {
	Written string // open, waitlist, full, paused, retired; or the status shown, when its reason is private
	From    civil.Date
	Until   civil.Date
	Months  []int
	Full    bool // every place is taken
}

// Windows are the days on which a program's cohort changes.
type Windows struct {
	RegistrationOpens, RegistrationCloses, Starts, Ends civil.Date
}
