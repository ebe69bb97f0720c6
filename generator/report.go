package generator

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path"

	"github.com/stoa-portal/stoa/generator/internal/check"
	"github.com/stoa-portal/stoa/generator/internal/report"
)

// reportState is the file in the site's folder that a report leaves for the next one. It can
// be committed: it holds ids and states of published mentors, and no name.
const reportState = ".stoa/report.json"

// A Reported is what a report was made of.
type Reported struct {
	HTML     []byte // one file that needs no other
	Mentors  int    // published ones
	CanAsk   int    // listed ones who can be asked
	Due      int    // profiles due to be read over
	Changes  int    // since the last report
	First    bool   // there was no earlier report
	Problems Problems
}

// Report tells how the portal stands, and notes the day for the next report. The error is the
// [Problems] when the site has errors: figures of half a portal would mislead.
func (g *Generator) Report() (*Reported, error) {
	snapshot, err := g.scan()
	if err != nil {
		return nil, err
	}
	s := g.look(snapshot, nil)
	s.problems = s.problems.Sorted()
	if s.portal == nil || g.theme == nil || s.problems.Errors() > 0 {
		return &Reported{Problems: s.problems}, s.problems
	}
	root, err := os.OpenRoot(g.options.Source)
	if err != nil {
		return nil, err
	}
	defer root.Close()
	var last report.State
	switch written, err := root.ReadFile(reportState); {
	case err == nil:
		last = report.ReadState(bytes.NewReader(written))
	case !errors.Is(err, fs.ErrNotExist):
		return nil, err
	}
	r := report.New(s.portal, check.Reminders(s.portal, g.theme, s.baseURL), last)
	var html, state bytes.Buffer
	if err := errors.Join(r.Write(&html), r.State().Write(&state)); err != nil {
		return nil, err
	}
	if err := root.MkdirAll(path.Dir(reportState), 0o755); err != nil {
		return nil, err
	}
	if err := root.WriteFile(reportState, state.Bytes(), 0o644); err != nil {
		return nil, err
	}
	return &Reported{
		HTML: html.Bytes(), Mentors: r.Published, CanAsk: r.CanAsk, Due: len(r.Reminders), Changes: len(r.Changes), First: r.Since.IsZero(), Problems: s.problems,
	}, nil
}
