package match

import (
	"encoding/json"
	"os"
	"reflect"
	"slices"
	"testing"
	"time"

	"github.com/stoa-portal/stoa/generator/internal/civil"
	"github.com/stoa-portal/stoa/generator/internal/portal"
)

// cases are testdata/cases.json, which the browser runs, too (TestMatch of the generator).
type cases struct {
	Status []struct {
		Name string
		Rule rule
		Day  civil.Date
		Want portal.Status
	}
	Phases []struct {
		Name    string
		Cohorts []cohort
		Day     civil.Date
		Want    portal.Phase
		Next    civil.Date
	}
	Weeks []struct {
		Day  civil.Date
		Want string
	}
	Overlaps []struct {
		Day          civil.Date
		Mine, Theirs string
		Want         portal.Overlap
	}
	Score []struct {
		Name    string
		Weights map[string]int
		Mentors []struct {
			ID    string
			Terms map[string][]string
			Zone  string
			Rule  rule
			Free  int
		}
		Programs []struct {
			ID      string
			Cohorts []cohort
		}
		Mentee struct {
			Answers       map[string][]string
			Zone, Program string
			Day           civil.Date
			Visitor       int
		}
		Want []struct {
			ID    string
			Score int
			Limit Limit
			Waits bool
		}
		Reasons map[string][]Reason
	}
}

type rule struct {
	Written     portal.Status
	From, Until civil.Date
	Months      []int
	Full        bool
}

type cohort struct{ Opens, Closes, Starts, Ends civil.Date }

func windows(cohorts []cohort) []portal.Windows {
	var list []portal.Windows
	for _, c := range cohorts {
		list = append(list, portal.Windows{RegistrationOpens: c.Opens, RegistrationCloses: c.Closes, Starts: c.Starts, Ends: c.Ends})
	}
	return list
}

func readCases(t *testing.T) cases {
	t.Helper()
	data, err := os.ReadFile("testdata/cases.json")
	if err != nil {
		t.Fatal(err)
	}
	var c cases
	if err := json.Unmarshal(data, &c); err != nil {
		t.Fatal(err)
	}
	return c
}

func TestStatus(t *testing.T) {
	for _, c := range readCases(t).Status {
		if got := portal.Rule(c.Rule).On(c.Day); got != c.Want {
			t.Errorf("%s: %s, want %s", c.Name, got, c.Want)
		}
	}
}

func TestPhases(t *testing.T) {
	for _, c := range readCases(t).Phases {
		if got, next := portal.PhaseOn(windows(c.Cohorts), c.Day); got != c.Want || next != c.Next {
			t.Errorf("%s: %s until %q, want %s until %q", c.Name, got, next, c.Want, c.Next)
		}
	}
}

func TestWeeks(t *testing.T) {
	for _, c := range readCases(t).Weeks {
		if year, week := c.Day.Week(); stamp(year, week) != c.Want {
			t.Errorf("%s is in %s, want %s", c.Day, stamp(year, week), c.Want)
		}
	}
}

func TestOverlaps(t *testing.T) {
	pairs := map[[2]string]bool{}
	for _, c := range readCases(t).Overlaps {
		mine, err := time.LoadLocation(c.Mine)
		theirs, err2 := time.LoadLocation(c.Theirs)
		if err != nil || err2 != nil {
			t.Fatal(err, err2)
		}
		pairs[[2]string{c.Mine, c.Theirs}] = true
		if got := portal.OverlapOn(c.Day, mine, theirs); got != c.Want {
			t.Errorf("%s, %s and %s share %+v, want %+v", c.Day, c.Mine, c.Theirs, got, c.Want)
		}
	}
	if len(pairs) < 12 {
		t.Errorf("only %d pairs of zones", len(pairs))
	}
}

func TestScore(t *testing.T) {
	for _, c := range readCases(t).Score {
		t.Run(c.Name, func(t *testing.T) {
			f := &Facts{Weights: c.Weights}
			for _, m := range c.Mentors {
				f.Mentors = append(f.Mentors, Mentor{m.ID, m.Terms, m.Zone, portal.Rule(m.Rule), m.Free})
			}
			for _, p := range c.Programs {
				f.Programs = append(f.Programs, Program{p.ID, windows(p.Cohorts)})
			}
			mentee := Mentee(c.Mentee)
			results := f.Rank(mentee)
			for i, got := range results {
				if i >= len(c.Want) || got.Mentor.ID != c.Want[i].ID || got.Score != c.Want[i].Score || got.Limit != c.Want[i].Limit || got.Waits != c.Want[i].Waits {
					t.Errorf("%d. is %s with %d %q (waits: %v)", i+1, got.Mentor.ID, got.Score, got.Limit, got.Waits)
				}
			}
			if len(results) != len(c.Want) {
				t.Errorf("%d results, want %d", len(results), len(c.Want))
			}
			for id, want := range c.Reasons {
				at := slices.IndexFunc(f.Mentors, func(m Mentor) bool { return m.ID == id })
				got := f.Explain(mentee, &f.Mentors[at])
				for i := range got {
					got[i].Shared, got[i].Missing = append([]string{}, got[i].Shared...), append([]string{}, got[i].Missing...)
				}
				if !reflect.DeepEqual(got, want) {
					t.Errorf("reasons of %s:\n%+v, want\n%+v", id, got, want)
				}
			}
		})
	}
}
