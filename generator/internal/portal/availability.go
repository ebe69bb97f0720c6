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
	Free   int // free places; -1 when no capacity is given
}

// availability computes what is shown on a day. What is written wins: retired, paused,
// full and waitlist are shown as they are, except that a pause with dates holds only
// between them, so that nobody has to come back to end it. Open, or nothing, is
// narrowed by the dates, then by the months, then by the places left.
func availability(written content.Availability, today civil.Date) Availability {
	a := Availability{Availability: written, Free: -1}
	if written.Capacity != nil {
		a.Free = *written.Capacity
		if written.Current != nil {
			a.Free = max(0, a.Free-*written.Current)
		}
	}
	early := !written.From.IsZero() && today.Before(written.From)
	late := !written.Until.IsZero() && today.After(written.Until)
	switch Status(written.Status) {
	case Retired, Full, Waitlist:
		a.Status = Status(written.Status)
		return a
	case Paused:
		if !early && !late {
			a.Status = Paused
			return a
		}
	default:
		if early {
			a.Status = Later
			return a
		}
		if late {
			a.Status = Ended
			return a
		}
	}
	switch {
	case len(written.Months) > 0 && !slices.Contains(written.Months, int(today.Month)):
		a.Status = OffSeason
	case a.Free == 0:
		a.Status = Full
	default:
		a.Status = Open
	}
	return a
}
