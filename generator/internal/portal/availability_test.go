package portal

import (
	"testing"

	"github.com/stoa-portal/stoa/generator/internal/civil"
	"github.com/stoa-portal/stoa/generator/internal/content"
)

func TestAvailability(t *testing.T) {
	today := civil.Of(2026, 11, 23)
	before, after := today.AddDays(-1), today.AddDays(1)
	n := func(n int) *int { return &n }
	for name, c := range map[string]struct {
		written content.Availability
		status  Status
		free    int
	}{
		"nothing written":              {content.Availability{}, Open, -1},
		"open":                         {content.Availability{Status: "open"}, Open, -1},
		"open with places":             {content.Availability{Capacity: n(3), Current: n(1)}, Open, 2},
		"capacity without current":     {content.Availability{Capacity: n(3)}, Open, 3},
		"no place left":                {content.Availability{Capacity: n(2), Current: n(2)}, Full, 0},
		"capacity of nobody":           {content.Availability{Capacity: n(0)}, Full, 0},
		"written full, places left":    {content.Availability{Status: "full", Capacity: n(2)}, Full, 2},
		"waitlist wins over full":      {content.Availability{Status: "waitlist", Capacity: n(2), Current: n(2)}, Waitlist, 0},
		"retired wins over dates":      {content.Availability{Status: "retired", From: after}, Retired, -1},
		"opens tomorrow":               {content.Availability{From: after}, Later, -1},
		"opened today":                 {content.Availability{From: today}, Open, -1},
		"last day":                     {content.Availability{Until: today}, Open, -1},
		"ended yesterday":              {content.Availability{Until: before}, Ended, -1},
		"in season":                    {content.Availability{Months: []int{1, 11}}, Open, -1},
		"out of season":                {content.Availability{Months: []int{1, 2}}, OffSeason, -1},
		"dates before months":          {content.Availability{From: after, Months: []int{1}}, Later, -1},
		"months before places":         {content.Availability{Months: []int{1}, Capacity: n(1), Current: n(1)}, OffSeason, 0},
		"paused":                       {content.Availability{Status: "paused"}, Paused, -1},
		"paused until tomorrow":        {content.Availability{Status: "paused", Until: after}, Paused, -1},
		"paused until today":           {content.Availability{Status: "paused", Until: today}, Paused, -1},
		"pause over":                   {content.Availability{Status: "paused", Until: before}, Open, -1},
		"pause over, full":             {content.Availability{Status: "paused", Until: before, Capacity: n(1), Current: n(1)}, Full, 0},
		"pause begins tomorrow":        {content.Availability{Status: "paused", From: after}, Open, -1},
		"pause over, but out of month": {content.Availability{Status: "paused", Until: before, Months: []int{3}}, OffSeason, -1},
	} {
		if got := availability(c.written, today); got.Status != c.status || got.Free != c.free {
			t.Errorf("%s: %s with %d free, want %s with %d", name, got.Status, got.Free, c.status, c.free)
		}
	}
}
