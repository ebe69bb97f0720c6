package portal

import (
	"time"

	"github.com/stoa-portal/stoa/generator/internal/civil"
)

// Hours of the clock between which people are thought to be at work, and to be free in the
// evening. They are the same in assets/js/zones.js of the theme.
const (
	dayStarts   = 9
	workEnds    = 17
	eveningEnds = 22
)

// An Overlap is how much of a day two people in different time zones share, in minutes.
type Overlap struct {
	Working int // both between 9:00 and 17:00, each by their own clock
	Evening int // both between 17:00 and 22:00
	Awake   int // both between 9:00 and 22:00
}

// OverlapOn is the overlap of one person's day with the hours of another. It is computed from the
// moments at which the hours begin, so it is right on the days on which the clocks change, and
// between the days on which two countries change theirs.
func OverlapOn(day civil.Date, mine, theirs *time.Location) Overlap {
	shared := func(from, to int) int {
		start, end := hour(day, from, mine), hour(day, to, mine)
		var sum time.Duration
		for offset := -1; offset <= 1; offset++ { // their day before, the same one and the one after
			other := day.AddDays(offset)
			first, last := hour(other, from, theirs), hour(other, to, theirs)
			if start.After(first) {
				first = start
			}
			if end.Before(last) {
				last = end
			}
			sum += max(0, last.Sub(first))
		}
		return int(sum / time.Minute)
	}
	return Overlap{Working: shared(dayStarts, workEnds), Evening: shared(workEnds, eveningEnds), Awake: shared(dayStarts, eveningEnds)}
}

// hour is the moment at which a clock in the zone shows a full hour of the day.
func hour(day civil.Date, hour int, zone *time.Location) time.Time {
	return time.Date(day.Year, day.Month, day.Day, hour, 0, 0, 0, zone)
}
