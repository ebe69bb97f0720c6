package portal

import (
	"testing"

	"github.com/stoa-portal/stoa/generator/internal/civil"
)

func TestPhase(t *testing.T) {
	cohort := Windows{
		RegistrationOpens: civil.Of(2026, 9, 1), RegistrationCloses: civil.Of(2026, 9, 30),
		Starts: civil.Of(2026, 10, 12), Ends: civil.Of(2027, 1, 29),
	}
	for _, c := range []struct {
		today string
		want  Phase
		next  string
	}{
		{"2026-08-31", Upcoming, "2026-09-01"},
		{"2026-09-01", Registration, "2026-09-30"},
		{"2026-09-30", Registration, "2026-09-30"},
		{"2026-10-01", Waiting, "2026-10-12"},
		{"2026-10-12", Running, "2027-01-29"},
		{"2027-01-29", Running, "2027-01-29"},
		{"2027-01-30", Over, ""},
	} {
		today, err := civil.Parse(c.today)
		if err != nil {
			t.Fatal(err)
		}
		if got, next := phase(cohort, today); got != c.want || next.String() != c.next {
			t.Errorf("on %s: %s until %q, want %s until %q", c.today, got, next, c.want, c.next)
		}
	}
	late := Windows{RegistrationOpens: civil.Of(2026, 9, 1), RegistrationCloses: civil.Of(2026, 12, 1), Starts: civil.Of(2026, 10, 1)}
	if got, _ := phase(late, civil.Of(2026, 11, 1)); got != Registration {
		t.Errorf("a cohort that started and still takes people is in %s", got)
	}
	if got, next := phase(Windows{}, civil.Of(2026, 1, 1)); got != Upcoming || !next.IsZero() {
		t.Errorf("a cohort without dates is %s, %s", got, next)
	}
}

func TestProgramPhase(t *testing.T) {
	today := civil.Of(2026, 11, 23)
	past := Windows{Ends: today.AddDays(-10)}
	running := Windows{Starts: today.AddDays(-10), Ends: today.AddDays(10)}
	open := Windows{RegistrationOpens: today.AddDays(-1), RegistrationCloses: today.AddDays(5)}
	later := Windows{RegistrationOpens: today.AddDays(40)}
	for name, c := range map[string]struct {
		cohorts []Windows
		want    Phase
		next    civil.Date
	}{
		"none":                 {nil, AnyTime, civil.Date{}},
		"only past":            {[]Windows{past}, Over, civil.Date{}},
		"running and past":     {[]Windows{past, running}, Running, today.AddDays(10)},
		"registration first":   {[]Windows{running, open, past}, Registration, today.AddDays(5)},
		"to come after a past": {[]Windows{past, later}, Upcoming, today.AddDays(40)},
	} {
		if got, next := PhaseOn(c.cohorts, today); got != c.want || next != c.next || len(phases(c.cohorts, today)) != len(c.cohorts) {
			t.Errorf("%s: %s until %s, want %s until %s", name, got, next, c.want, c.next)
		}
	}
}
