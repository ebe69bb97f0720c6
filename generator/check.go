package generator

import (
	"context"

	"github.com/stoa-portal/stoa/generator/internal/check"
	"github.com/stoa-portal/stoa/generator/internal/diag"
	"github.com/stoa-portal/stoa/generator/internal/output"
)

// A Finding is what a check found, and how much it looked at.
type Finding struct {
	Pages    int      `json:"pages"`
	Mentors  int      `json:"mentors"` // published ones
	Problems Problems `json:"problems"`

	// Reminders are messages to the mentors whose profile is due to be read over.
	Reminders []Reminder `json:"reminders"`
}

// Check reads the site, renders every file without writing any, and applies the rules
// that only advise. The error is the [Problems] when one of them is an error.
func (g *Generator) Check(ctx context.Context) (Finding, error) {
	snapshot, err := g.scan()
	if err != nil {
		return Finding{}, err
	}
	s := g.look(snapshot, nil)
	finding := Finding{Problems: s.problems}
	if s.portal != nil {
		finding.Mentors = len(s.portal.Mentors)
		finding.Problems.Add(check.Portal(s.portal, s.levels))
	}
	if s.portal != nil && g.theme != nil {
		finding.Reminders = check.Reminders(s.portal, g.theme, s.baseURL)
	}
	if s.plan != nil {
		finding.Pages = s.plan.Pages
		finding.Problems.Add(output.Discard(ctx, s.plan.Files, 0))
		finding.Problems.Add(s.checkSearch())
	}
	if err := context.Cause(ctx); err != nil {
		return finding, err
	}
	if g.options.Strict {
		finding.Problems = finding.Problems.Strict()
	}
	finding.Problems = finding.Problems.Sorted()
	return finding, finding.Problems.Err()
}

// checkSearch makes the search index and reads it back.
func (s *site) checkSearch() diag.List {
	var problems diag.List
	if _, err := s.plan.Search(); err != nil {
		problems.Errorf(diag.Place{}, "search", "the search index cannot be made: %v", err)
	}
	return problems
}
