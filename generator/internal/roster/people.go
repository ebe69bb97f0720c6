package roster

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/stoa-portal/stoa/generator/internal/civil"
	"github.com/stoa-portal/stoa/generator/internal/diag"
	"github.com/stoa-portal/stoa/generator/internal/fold"
	"github.com/stoa-portal/stoa/generator/internal/schema"
)

// sheet reads the rows of a sheet of people.
func (r *run) sheet(s *sheet, total int) {
	m := r.mapping
	exported := s.index(exportedColumn) >= 0 && s.index("id") >= 0
	if exported || m == nil {
		if m = ownMapping(s, r.fields); m == nil {
			r.problems.Errorf(diag.Place{File: s.name}, "no-mapping", "there is no %s that says which columns are which fields: stoa import %s --propose-map writes one", r.MapFile, s.name)
			return
		}
		for _, t := range m.targets {
			t.setOwn(exported)
		}
		if !exported {
			m.Gone, r.mapping = "hide", m
		}
	}
	if len(s.rows) == 0 {
		r.problems.Errorf(diag.Place{File: s.name}, "empty", "the sheet has a header and no rows")
		return
	}
	before := r.problems.Errors()
	bound := m.bind(s, r.problems)
	if r.problems.Errors() > before {
		return
	}
	r.warnAddresses(s)
	if !exported {
		r.unused(s, m, bound)
	}
	for _, row := range s.rows {
		if r.Progress != nil {
			r.Progress(r.report.Rows, total)
		}
		r.report.Rows++
		if row.broken {
			continue
		}
		p := r.converter.person(row, m, bound)
		if exported {
			p.id = row.text(s.index("id"))
			r.exportedRow(p, s)
			continue
		}
		if p.name == "" {
			if !p.faulty["name"] {
				r.problems.Errorf(row.place(), "no-name", "the row has no name: fill in its column %q, or delete the row", m.column("name"))
			}
			continue
		}
		r.identify(p, m, bound)
		r.people = append(r.people, p)
	}
}

func (t *target) setOwn(own bool) {
	t.own = own
	for _, inner := range t.entry {
		inner.setOwn(own)
	}
}

// column is the first column of a field.
func (m *Mapping) column(path string) string {
	for _, t := range m.targets {
		if t.path == path && len(t.columns) > 0 {
			return t.columns[0]
		}
	}
	return path
}

// identify finds out who a row is, and when it was written.
func (r *run) identify(p *person, m *Mapping, bound map[string]int) {
	if m.Duplicates == "latest" {
		text := p.row.text(bound[m.Time])
		d, seconds, fault := dateOf(text, m.Dates)
		if fault != "" {
			r.problems.Errorf(p.row.at(bound[m.Time]), "time", "column %q: %q: %s", m.Time, text, fault)
		}
		p.stamp = [2]int{day(d), seconds}
	}
	name := p.name
	if m.ID != "" {
		if name = p.row.text(bound[m.ID]); name == "" {
			r.problems.Errorf(p.row.at(bound[m.ID]), "no-id", "column %q: the id is empty", m.ID)
		}
	} else if i := p.row.sheet.index(keyColumn); i >= 0 {
		name = p.row.text(i)
	}
	p.id = slug(name)
	if p.id == "" || schema.CheckID(p.id) != "" {
		r.problems.Errorf(p.row.at(bound[cmp.Or(m.ID, m.column("name"))]), "no-id", "no file can be named after %q: it has no letter, or is too long", short(name))
	}
	p.key = p.id
	if m.Key != "" {
		if p.key = p.row.text(bound[m.Key]); p.key == "" {
			r.problems.Errorf(p.row.at(bound[m.Key]), "no-key", "column %q: the key is empty, so nobody can tell whose row this is: fill it in, or delete the row", m.Key)
		}
	}
	if publish, mapped := p.values["consent.publish"]; mapped || slices.ContainsFunc(m.targets, func(t *target) bool { return t.path == "consent.publish" }) {
		p.refused = publish != true
		if p.refused {
			p.values["consent.publish"] = false
			delete(p.faulty, "consent.publish")
		}
	}
}

// warnAddresses tells of e-mail addresses in a sheet that everybody can read.
func (r *run) warnAddresses(s *sheet) {
	if !s.public {
		return
	}
	for i, column := range s.columns {
		n := 0
		for _, row := range s.rows {
			if hasAddress(row.text(i)) {
				n++
			}
		}
		if n > 0 {
			address := "an e-mail address"
			if n > 1 {
				address = fmt.Sprintf("%d e-mail addresses", n)
			}
			r.problems.Warnf(diag.Place{File: s.name}, "public-addresses", "everybody who knows the address of this sheet can read its column %q, with %s: publish a sheet without it, and use a column of ids as key", column, address)
		}
	}
}

// unused lists the columns that the mapping does not use.
func (r *run) unused(s *sheet, m *Mapping, bound map[string]int) {
	used := map[int]bool{}
	for _, i := range bound {
		used[i] = true
	}
	for i, column := range s.columns {
		if !used[i] && column != "" && column != keyColumn && !slices.Contains(r.report.Unused, column) {
			r.report.Unused = append(r.report.Unused, column)
		}
	}
}

// hasAddressKeys tells whether rows are told apart by e-mail addresses.
func (r *run) hasAddressKeys() bool {
	return slices.ContainsFunc(r.people, func(p *person) bool { return hasAddress(p.key) })
}

// secret checks that there is one when it is needed, and that it is the one of earlier runs.
func (r *run) secret() bool {
	at := diag.Place{File: r.MapFile}
	if r.mapping != nil && r.mapping.Key != "" {
		at = r.mapping.place("key")
	}
	switch check := r.keep.digest("stoa roster"); {
	case r.Secret != "" && r.state.Check != "" && r.state.Check != check:
		r.problems.Errorf(diag.Place{File: StateFile}, "other-secret", "%s is not the secret that this file was written with: every row would be taken for a new one", KeyVariable)
		return false
	case r.Secret == "" && r.state.Check == "" && (!r.hasAddressKeys() || r.DryRun && r.original == nil):
		return true
	case len(r.Secret) < minKey:
		r.problems.Errorf(at, "no-secret", "rows are told apart by e-mail addresses, which are remembered as digests only: set the environment variable %s to a secret of at least %d characters (openssl rand -hex 32 makes one), the same in every run", KeyVariable, minKey)
		return false
	default:
		r.state.Check = check
	}
	return true
}

// distinct keeps one row of those with one key.
func (r *run) distinct(people []*person) []*person {
	rule := "error"
	if r.mapping != nil {
		rule = cmp.Or(r.mapping.Duplicates, rule)
	}
	byKey := map[string]int{}
	var kept []*person
	for _, p := range people {
		key := strings.ToLower(p.key)
		i, twice := byKey[key]
		if !twice {
			byKey[key] = len(kept)
			kept = append(kept, p)
			continue
		}
		switch {
		case rule == "error":
			what := fmt.Sprintf("column %q", r.mapping.Key)
			if r.mapping.Key == "" {
				what = fmt.Sprintf("the name %q", p.name)
			}
			r.problems.Errorf(p.row.place(), "duplicate-row", `this row and that of line %d are the same by %s: delete one of them, or write duplicates = "latest" in %s; if they are two people, name a key column that tells them apart`, kept[i].row.line, what, r.MapFile)
		case rule == "last", rule == "latest" && slices.Compare(p.stamp[:], kept[i].stamp[:]) >= 0:
			kept[i] = p
		}
	}
	return kept
}

// slug is the id of a name: Latin letters without their accents, those of other scripts as they
// are.
func slug(name string) string {
	folded := schema.Slug(fold.Key(name))
	for _, r := range folded {
		if r > 0x7F {
			return schema.Slug(name)
		}
	}
	return folded
}

// day is a date in a row's stamp.
func day(d civil.Date) int { return d.Year*372 + int(d.Month)*31 + d.Day }
