package portal

import (
	"fmt"
	"testing"
)

// TestReviews: who is to be written to, and from which day on visitors may notice.
func TestReviews(t *testing.T) {
	for name, row := range map[string]struct{ config, profile, want, told string }{
		"in date":             {"", "reviewed = 2026-01-01", "", "2027-01-02"},
		"the last day":        {"", "reviewed = 2025-11-23", "", "2026-11-24"},
		"overdue":             {"", "reviewed = 2025-11-22", "2025-11-22 false false", "2026-11-23"},
		"never read over":     {"", "joined = 2020-01-01", "2020-01-01 false false", "2021-01-02"},
		"not judged":          {"", "", "", ""},
		"expired":             {"", "expires = 2026-11-23", " true false", "2026-11-23"},
		"both":                {"", "reviewed = 2026-11-01\nexpires = 2026-11-20", "2026-11-01 true false", "2026-11-20"},
		"expires later":       {"", "reviewed = 2026-01-01\nexpires = 2028-01-01", "", "2027-01-02"},
		"hidden for it":       {"[review]\non_overdue = \"hide\"", "reviewed = 2025-11-22", "2025-11-22 false true", ""},
		"hidden by hand":      {"", "visibility = \"hidden\"\nreviewed = 2020-01-01", "", ""},
		"no consent":          {"[privacy]\nrequire_consent = true", "reviewed = 2020-01-01", "", ""},
		"never":               {"[review]\nevery = \"never\"", "reviewed = 2020-01-01", "", ""},
		"the day kept back":   {"", "private = [\"reviewed\"]\nreviewed = 2025-12-01\njoined = 2020-01-01", "", ""},
		"expiry kept back":    {"", "private = [\"expires\"]\nexpires = 2027-01-01\nreviewed = 2026-11-01", "", ""},
		"left out everywhere": {"[privacy]\nomit = [\"expires\"]", "expires = 2027-01-01", "", ""},
	} {
		p, _ := look(t, "-- config.toml --\n"+row.config+"\n-- mentors/a.toml --\nname = \"A\"\nheadline = \"x\"\n"+row.profile+"\n")
		got, told := "", ""
		for _, r := range p.Reviews() {
			got += fmt.Sprintf("%s %v %v", r.Last, r.Expired, r.Hidden)
		}
		if len(p.Mentors) > 0 {
			told = p.Mentors[0].StaleOn.String()
		}
		if got != row.want || told != row.told {
			t.Errorf("%s: %q and %q, want %q and %q", name, got, told, row.want, row.told)
		}
	}
}
