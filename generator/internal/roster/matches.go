package roster

import (
	"fmt"
	"maps"
	"slices"

	"github.com/stoa-portal/stoa/generator/internal/fold"
)

// isMatches tells whether a sheet is the one of matches: it has the columns of [matches], and
// not the one of the name.
func (m *Mapping) isMatches(s *sheet) bool {
	if m.Matches.Mentor == "" || s.index(m.Matches.Mentor) < 0 {
		return false
	}
	for column := range m.Matches.Where {
		if s.index(column) < 0 {
			return false
		}
	}
	return s.index(m.column("name")) < 0
}

// matches counts the rows of a sheet of matches, by what it calls the mentor.
func (r *run) matches(s *sheet) {
	m := r.mapping.Matches
	r.counted = true
	if r.counts == nil {
		r.counts = map[string]int{}
	}
	column := s.index(m.Mentor)
	for _, row := range s.rows {
		if mentor := row.text(column); mentor != "" && counts(row, m.Where) {
			r.counts[fold.Key(mentor)]++
		}
	}
}

// counts tells whether a row says what the conditions want.
func counts(row *row, where map[string]any) bool {
	for _, column := range slices.Sorted(maps.Keys(where)) {
		wanted, ok := where[column].([]any)
		if !ok {
			wanted = []any{where[column]}
		}
		says := squeeze(row.text(row.sheet.index(column)))
		if !slices.ContainsFunc(wanted, func(w any) bool { return squeeze(fmt.Sprint(w)) == says }) {
			return false
		}
	}
	return true
}

// count sets the field that takes the count of each mentor's matches.
func (r *run) count() {
	if !r.counted {
		if r.mapping != nil && r.mapping.Matches.Mentor != "" { // this time without the matches
			for _, p := range r.people {
				p.faulty[r.mapping.Matches.Field] = true
			}
		}
		return
	}
	m := r.mapping.Matches
	found := 0
	for _, p := range r.people {
		who := p.key
		if m.By != "" {
			who = p.row.text(p.row.sheet.index(m.By))
		} else if r.mapping.Key == "" {
			who = p.name
		}
		n := r.counts[fold.Key(who)]
		if n > 0 {
			found++
		}
		p.values[m.Field] = int64(n)
		p.at[m.Field] = p.row.place()
	}
	if missing := len(r.counts) - found; missing > 0 {
		r.problems.Warnf(r.mapping.place("matches.mentor"), "no-mentor", "the matches name %s whom the roster does not have", counted(missing, "mentor"))
	}
}
