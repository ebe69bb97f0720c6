package portal

import (
	"testing"
	"testing/fstest"

	"github.com/stoa-portal/stoa/generator/internal/civil"
	"github.com/stoa-portal/stoa/generator/internal/config"
	"github.com/stoa-portal/stoa/generator/internal/content"
)

// TestPrivateAvailability: a status is computed from all that is written, but what the mentor
// or the site keeps back is not to be read from it.
func TestPrivateAvailability(t *testing.T) {
	const profile = "name = \"Ana\"\n[availability]\ncapacity = 4\ncurrent = 3\nhours_per_month = 2.0\nuntil = 2026-12-31\n"
	for name, row := range map[string]struct {
		private, omit string
		free          int
		capacity      bool
		until         civil.Date
	}{
		"all shown":           {"", "", 1, true, civil.Of(2026, 12, 31)},
		"all private":         {`private = ["availability"]`, "", -1, false, civil.Date{}},
		"capacity omitted":    {"", `omit = ["availability.capacity"]`, -1, false, civil.Of(2026, 12, 31)},
		"occupied is private": {`private = ["availability.current"]`, "", -1, true, civil.Of(2026, 12, 31)},
		"last day is private": {`private = ["availability.until"]`, "", 1, true, civil.Date{}},
	} {
		c, problems := config.Load([]byte("title = \"T\"\n[privacy]\n"+row.omit+"\n"), "config.toml")
		all, more := content.Load(fstest.MapFS{"content/mentors/ana.toml": {Data: []byte(row.private + "\n" + profile)}}, content.Options{Languages: c.Tags(), Default: "en"})
		problems.Add(more)
		p, more := New(c, all, Options{Today: civil.Of(2026, 11, 23)})
		problems.Add(more)
		if problems.Errors() > 0 || len(p.Mentors) != 1 {
			t.Fatalf("%s: %v", name, problems)
		}
		a := p.Mentors[0].Availability
		if a.Status != Open || a.Free != row.free || (a.Capacity != nil) != row.capacity || a.Until != row.until {
			t.Errorf("%s: %+v", name, a)
		}
	}
}
