// Package civil holds the day: a date of the calendar without a time or a zone.
//
// Everything a mentoring program dates is a day (a cohort starts, a mentor is back, a
// guide was updated), and a day read in one zone and printed in another must stay
// the same day. So the clock enters the house once, as [Today] in the site's zone, and
// every comparison after that is between two values of this package.
package civil

import (
	"fmt"
	"time"
)

// A Date is a day of the proleptic Gregorian calendar. The zero Date means "not given".
// Dates compare with ==.
type Date struct {
	Year  int
	Month time.Month
	Day   int
}

// Of is the date of a year, month and day as given; see [Date.Valid].
func Of(year int, month time.Month, day int) Date { return Date{year, month, day} }

// Today is the date that a clock in the zone shows at the moment given.
func Today(zone *time.Location, now time.Time) Date { return from(now.In(zone)) }

func from(t time.Time) Date {
	year, month, day := t.Date()
	return Date{year, month, day}
}

// Parse reads a date written as RFC 3339 writes it: 2026-10-12. The error says what is
// wrong in words for the author.
func Parse(text string) (Date, error) {
	if !wellFormed(text) {
		return Date{}, fmt.Errorf("%q is not a date: write year-month-day, such as 2026-10-12", text)
	}
	number := func(digits string) int {
		n := 0
		for _, c := range digits {
			n = n*10 + int(c-'0')
		}
		return n
	}
	d := Date{number(text[:4]), time.Month(number(text[5:7])), number(text[8:10])}
	if !d.Valid() {
		return Date{}, fmt.Errorf("%s is not a day of the calendar", text)
	}
	return d, nil
}

func wellFormed(text string) bool {
	if len(text) != len("2026-10-12") {
		return false
	}
	for i, c := range []byte(text) {
		if dash := i == 4 || i == 7; dash != (c == '-') || !dash && (c < '0' || c > '9') {
			return false
		}
	}
	return true
}

// IsZero tells whether no date was given.
func (d Date) IsZero() bool { return d == Date{} }

// Valid tells whether the calendar has the day, in the years 1 to 9999.
func (d Date) Valid() bool {
	return d.Year >= 1 && d.Year <= 9999 && from(d.Midnight()) == d
}

// String writes the date as RFC 3339 does, and the zero Date as "".
func (d Date) String() string {
	if d.IsZero() {
		return ""
	}
	return fmt.Sprintf("%04d-%02d-%02d", d.Year, d.Month, d.Day)
}

// Midnight is the start of the day in UTC, for stamps that need a time.
func (d Date) Midnight() time.Time {
	return time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, time.UTC)
}

// Compare is -1, 0 or +1 as d is before, on or after the other day. The zero Date is
// before all others.
func (d Date) Compare(other Date) int { return d.Midnight().Compare(other.Midnight()) }

// Before tells whether d is an earlier day than the other.
func (d Date) Before(other Date) bool { return d.Compare(other) < 0 }

// After tells whether d is a later day than the other.
func (d Date) After(other Date) bool { return d.Compare(other) > 0 }

// AddDays is the day n days later, or earlier when n is negative.
func (d Date) AddDays(n int) Date { return from(d.Midnight().AddDate(0, 0, n)) }

// AddMonths is the same day n months later. Where that month is too short for it, the
// last day of the month: a review due a month after 31 January is due on 28 February.
func (d Date) AddMonths(n int) Date {
	first := time.Date(d.Year, d.Month+time.Month(n), 1, 0, 0, 0, 0, time.UTC)
	last := first.AddDate(0, 1, -1).Day()
	return Date{first.Year(), first.Month(), min(d.Day, last)}
}

// DaysSince counts the days from the other date to d; negative when d is earlier.
func (d Date) DaysSince(other Date) int {
	return int(d.Midnight().Sub(other.Midnight()) / (24 * time.Hour))
}

// Weekday is the day of the week.
func (d Date) Weekday() time.Weekday { return d.Midnight().Weekday() }

// Week is the year and number of the ISO 8601 week, which starts on Monday. The year may differ
// from the date's own around New Year.
func (d Date) Week() (year, week int) { return d.Midnight().ISOWeek() }

// MarshalText writes the date as RFC 3339 does, and the zero Date as nothing.
func (d Date) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads what MarshalText wrote.
func (d *Date) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*d = Date{}
		return nil
	}
	parsed, err := Parse(string(text))
	if err == nil {
		*d = parsed
	}
	return err
}

// UnmarshalTOML takes a local date from a TOML decoder.
func (d *Date) UnmarshalTOML(value any) error {
	t, ok := value.(time.Time)
	if !ok {
		return fmt.Errorf("a date is written without quotes, such as 2026-10-12")
	}
	*d = from(t)
	return nil
}
