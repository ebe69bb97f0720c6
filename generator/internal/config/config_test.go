package config

import (
	"slices"
	"testing"

	"github.com/stoa-portal/stoa/generator/internal/civil"
	"github.com/stoa-portal/stoa/generator/internal/schema"
)

func TestLoad(t *testing.T) {
	c, problems := Load([]byte(`
title = "Lindenholm Mentoring"
base_url = "https://example.github.io/portal/"
contact = "mentoring@example.edu"
stoa = "1.x"

[[menu.main]]
label = "Mentors"
url = "/mentors/"

[languages.es]
title = "Mentoría"
[[languages.es.menu.main]]
label = "Mentores"
url = "/es/mentors/"
[languages.es.fields.college]
label = "Colegio"
options = ["norte", "sur"]
[languages.ar]

[directory]
facets = ["skills", "college"]

[fields.college]
type = "choice"
options = ["north", "south"]
facet = true
[fields.papers]
type = "list"
public = false

[match.weights]
skills = 3
college = 0.5

[request]
method = "github"
origins = ["https://cal.example.org", "*.example.edu"]

[repository]
url = "https://github.com/example/portal"

[[redirects]]
from = "/people/"
to = "/mentors/"

[params]
banner = { text = "New", days = 3 }
`), "config.toml")
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	if !slices.Equal(c.Tags(), []string{"en", "ar", "es"}) || c.Direction("ar") != "rtl" || c.Direction("es") != "ltr" {
		t.Error(c.Tags(), c.Direction("ar"))
	}
	if c.Directory.PerPage != 24 || c.Directory.Order != "fair" || !c.Privacy.Index || !c.Privacy.API || c.Privacy.ShowEmail || c.Timezone != "UTC" || c.Theme != "default" ||
		c.Repository.Branch != "main" || !c.Fields["college"].Public || c.Fields["papers"].Public || c.Match.Weights["college"] != 0.5 {
		t.Errorf("%+v", c)
	}
	fields := c.ProfileFields()
	if len(fields) != 2 || fields[0].Type != schema.TypeText || !slices.Equal(fields[0].Enum, []string{"north", "south"}) || fields[1].Type != schema.TypeList || fields[1].Public {
		t.Errorf("%+v", fields)
	}
	if place := c.Place("redirects[0].to").String(); place != "config.toml:45:6" {
		t.Error(place)
	}
}

// TestUnreadable loads bytes that are no text: there are problems, and the defaults.
func TestUnreadable(t *testing.T) {
	c, problems := Load([]byte{0xff, 0xfe, 'a'}, "config.toml")
	if problems.Errors() != 1 || c.Directory.PerPage != 24 || c.Place("title").File != "config.toml" {
		t.Error(problems, c)
	}
}

func TestConstraint(t *testing.T) {
	for _, row := range []struct {
		constraint Constraint
		version    string
		want       bool
	}{
		{"", "1.2.3", true}, {"1.x", "1.2.3", true}, {"1.x", "v1.0.0-rc.1", true}, {"1.x", "2.0.0", false}, {"1", "1.9", true}, {"1.4.x", "1.4.2", true}, {"1.4.x", "1.5.0", false},
		{"1.4.2", "1.4.2", true}, {"1.4.2", "1.4.3", false}, {">=1.4", "1.4.0", true}, {">=1.4", "1.3.9", false}, {">=1.4", "2.0.0", true}, {">= 1.4.2", "1.5", true}, {"1.x", "(devel)", true},
	} {
		if got := row.constraint.Allows(row.version); got != row.want {
			t.Errorf("%q allows %q: %v", row.constraint, row.version, got)
		}
	}
}

func TestInterval(t *testing.T) {
	day := civil.Of(2026, 1, 31)
	for _, row := range []struct {
		interval Interval
		want     string
	}{
		{"1 month", "2026-02-28"}, {"12 months", "2027-01-31"}, {"90 days", "2026-05-01"}, {"2 weeks", "2026-02-14"}, {"1 year", "2027-01-31"}, {"never", ""}, {"0 days", ""}, {"", ""},
	} {
		if got, ok := row.interval.After(day); got.String() != row.want || ok != (row.want != "") {
			t.Errorf("%s after %s is %s", row.interval, day, got)
		}
	}
}
