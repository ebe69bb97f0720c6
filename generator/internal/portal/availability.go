package portal

import (
	"slices"

	"github.com/stoa-portal/stoa/generator/internal/civil"
	"github.com/stoa-portal/stoa/generator/internal/content"
)

// A Status says whether a mentor can be asked today.
type Status string

const (
	Open      Status = "open"
	Waitlist  Status = "waitlist"   // can be asked, and will wait
	Full      Status = "full"       // every place is taken
	Later     Status = "later"      // open from a day to come
	OffSeason Status = "off-season" // open in other months
	Paused    Status = "paused"
	Ended     Status = "ended" // was open until a day gone by
	Retired   Status = "retired"
)

// Statuses lists them all, the most welcoming first: the order of lists.
var Statuses = []Status{Open, Waitlist, Full, Later, OffSeason, Paused, Ended, Retired}

// Rank is the place of a status in Statuses.
func (s Status) Rank() int { return slices.Index(Statuses, s) }

// CanAsk tells whether a request makes sense.
func (s Status) CanAsk() bool { return s == Open || s == Waitlist }

// An Availability is what the author wrote and what it means today.
type Availability struct {
	content.Availability
	Status Status
	Free   int  // free places; -1 when no capacity is given
	Rule   Rule // what may be published of the reasons, for other days
}

// A Rule decides whether a mentor can be asked on a day. A page is read long after it was
// made, so the browser has the rule too (assets/js/availability.js of the theme) and
// both are held to the same cases (room match, testdata).
type Rule struct {
	Written     Status // as the author wrote it; "" is open
	From, Until civil.Date
	Months      []int
	Full        bool // every place is taken
}

// On is what is shown on a day. What is written wins: retired, paused,
// full and waitlist are shown as they are, except that a pause with dates holds only
// between them, so that nobody has to come back to end it. Open, or nothing, is
// narrowed by the dates, then by the months, then by the places left.
func (r Rule) On(day civil.Date) Status {
	early := !r.From.IsZero() && day.Before(r.From)
	late := !r.Until.IsZero() && day.After(r.Until)
	switch r.Written {
	case Paused:
		if !early && !late {
			return Paused
		}
	case Open, "":
		if early {
			return Later
		}
		if late {
			return Ended
		}
	default:
		return r.Written
	}
	switch {
	case len(r.Months) > 0 && !slices.Contains(r.Months, int(day.Month)):
		return OffSeason
	case r.Full:
		return Full
	}
	return Open
}

// availability computes what is shown on a day.
func availability(written content.Availability, today civil.Date) Availability {
	a := Availability{Availability: written, Free: -1}
	if written.Capacity != nil {
		a.Free = *written.Capacity
		if written.Current != nil {
			a.Free = max(0, a.Free-*written.Current)
		}
	}
	a.Rule = Rule{Written: Status(written.Status), From: written.From, Until: written.Until, Months: written.Months, Full: a.Free == 0}
	a.Status = a.Rule.On(today)
	return a
}

// conceal keeps what is shown of an availability when some of what was written is private. Only the
// status comes from all that is written; what is shown is what is not kept private, and
// free places would give away the numbers they are made from. Where a date or month is kept
// back, the status holds for every day: that it will change would tell when.
func (a *Availability) conceal(shown content.Availability) {
	written := a.Availability
	a.Availability = shown
	if shown.Capacity == nil || shown.Current == nil && written.Current != nil {
		a.Free = -1
	}
	if shown.Status != written.Status || shown.From != written.From || shown.Until != written.Until || !slices.Equal(shown.Months, written.Months) {
		a.Rule = Rule{Written: a.Status}
	}
}
