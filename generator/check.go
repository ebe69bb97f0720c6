package generator

import (
	"bytes"
	"context"
	"io/fs"

	"github.com/stoa-portal/stoa/generator/internal/check"
	"github.com/stoa-portal/stoa/generator/internal/diag"
	"github.com/stoa-portal/stoa/generator/internal/output"
	"github.com/stoa-portal/stoa/generator/internal/pages"
	"github.com/stoa-portal/stoa/generator/internal/search"
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

// checkSearch makes the search index and reads it back as the engine in the browser would.
func (s *site) checkSearch() diag.List {
	var problems diag.List
	files, err := s.plan.Search()
	if err != nil {
		problems.Errorf(diag.Place{}, "search", "the search index cannot be made: %v", err)
		return problems
	}
	rows := make(map[string]output.File, len(files))
	for _, f := range files {
		rows[f.Path] = f
	}
	for _, lang := range s.portal.Languages {
		index, err := search.Open(func(path string) ([]byte, error) {
			row, ok := rows[pages.SearchFolder+lang+"/"+path]
			if !ok {
				return nil, fs.ErrNotExist
			}
			var data bytes.Buffer
			err := row.Render(&data)
			return data.Bytes(), err
		})
		if err == nil {
			err = index.Check()
		}
		if err != nil {
			problems.Errorf(diag.Place{}, "search", "the search index cannot be read back, which is a fault of Stoa; please report it: %v", err)
		}
	}
	return problems
}
