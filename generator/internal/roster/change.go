package roster

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"

	"github.com/stoa-portal/stoa/generator/internal/civil"
	"github.com/stoa-portal/stoa/generator/internal/diag"
	"github.com/stoa-portal/stoa/generator/internal/schema"
)

// A Change is what a mentor sends from the update page: a JSON object, alone or anywhere in the
// text of a message or an issue, for instance between lines of ```.
//
//	{"stoa": "profile-change", "mentor": "ana-diaz",
//	 "set": {"headline": "…", "availability": {"status": "paused", "until": "2027-01-31"}, "skills": ["go"]},
//	 "was": {"headline": "…"},
//	 "date": "2026-11-23"}
//
// The keys under set are fields of a profile, nested as in its file; dates are texts
// (2027-01-31), and null or "" takes a value out. A table is laid over the profile's key by key, and a list replaces
// the whole list. was is optional: what the mentor saw. Where it is given and the profile
// says something else by now, the change is a conflict, and is reported. date is the day on which the
// mentor looked at the profile; it becomes reviewed.
//
// A change comes through a public channel, so it may only say what a mentor can say about
// themself: not whether the profile is verified, featured, consented to or whose role is what. It
// may hide the profile, never show it.
type Change struct {
	Stoa   string         `json:"stoa"` // "profile-change"
	Mentor string         `json:"mentor"`
	Set    map[string]any `json:"set"`
	Was    map[string]any `json:"was,omitempty"`
	Date   string         `json:"date,omitempty"`
}

// reserved are the fields that the program decides about.
var reserved = []string{
	"aliases", "badges", "consent", "expires", "extra", "featured", "joined", "programs", "roles", "testimonials", "verified",
	"photo.src", "request.method", "request.url", "reviewed", "sort_name",
}

// maxChange is the most bytes of a text in which changes are looked for.
const maxChange = 1 << 20

// A found is a change with its place.
type found struct {
	value *value
	at    diag.Place
}

// findChanges finds the changes in a text. It is nil when there is none.
func findChanges(s Source) []found {
	text := string(s.Data)
	if len(text) > maxChange || !strings.Contains(text, `"profile-change"`) {
		return nil
	}
	var all []found
	for at := 0; at < len(text); {
		brace := strings.IndexByte(text[at:], '{')
		if brace < 0 {
			break
		}
		at += brace
		decoder := json.NewDecoder(strings.NewReader(text[at:]))
		var probe struct{ Stoa string }
		if err := decoder.Decode(&probe); err != nil || probe.Stoa != "profile-change" {
			at++
			continue
		}
		end := at + int(decoder.InputOffset())
		var problems diag.List
		// Blanks before it, so that its places are those of the whole text.
		padded := strings.Map(func(r rune) rune {
			if r == '\n' {
				return r
			}
			return ' '
		}, text[:at]) + text[at:end]
		if v := parseJSON(s.Name, padded, &problems); v != nil {
			all = append(all, found{v, diag.At(s.Name, v.line, v.column)})
		}
		at = end
	}
	return all
}

// changes reads the changes of a source.
func (r *run) changes(s Source, all []found) {
	for _, f := range all {
		for _, key := range f.value.keys {
			if !slices.Contains([]string{"stoa", "mentor", "set", "was", "date"}, key) {
				r.problems.Errorf(f.at, "unknown-key", "a change has no key %q", key)
			}
		}
		p := &person{id: f.value.string("mentor"), partial: true, faulty: map[string]bool{}, at: map[string]diag.Place{"": f.at}, columns: map[string]string{}, cleared: map[string]bool{}}
		if problem := schema.CheckID(p.id); problem != "" {
			r.problems.Errorf(f.at, "no-id", `"mentor": %s`, problem)
			continue
		}
		set := f.value.child("set")
		p.values = r.given(p, set, f.at)
		for _, path := range cleared(set) {
			if _, ok := fieldAt(&r.fields.Field, path); ok {
				p.cleared[path] = true
			}
		}
		for _, path := range slices.Sorted(maps.Keys(p.at)) {
			if path == "" || !p.cleared[path] && p.values[path] == nil {
				continue
			}
			top := steps(path)[0]
			showing := path == "visibility" && p.values[path] != "hidden"
			if slices.Contains(reserved, path) || slices.Contains(reserved, top) || showing {
				r.problems.Errorf(p.at[path], "reserved", "%q is for the program to say, not for a change that a mentor sends: take it out", path)
			}
		}
		seen := person{at: map[string]diag.Place{}}
		p.base, p.was = r.given(&seen, f.value.child("was"), f.at), map[string]bool{}
		for path := range seen.at {
			p.was[path] = true
		}
		if text := f.value.string("date"); text != "" {
			d, err := civil.Parse(text)
			switch {
			case err != nil:
				r.problems.Errorf(f.at, "format", `"date": %s`, err)
			case !d.After(r.Today):
				p.values["reviewed"] = d
			}
		}
		r.report.Rows++
		r.edits = append(r.edits, p)
	}
}

// cleared are the paths under which a change says nothing on purpose.
func cleared(set *value) []string {
	var paths []string
	var walk func(v *value, prefix string)
	walk = func(v *value, prefix string) {
		for i, key := range v.keys {
			switch c := v.children[i]; {
			case c.kind == 'm':
				walk(c, prefix+key+".")
			case c.kind == '0', c.kind == 't' && c.text == "", c.kind == 'l' && len(c.children) == 0:
				paths = append(paths, prefix+key)
			}
		}
	}
	if set != nil {
		walk(set, "")
	}
	return paths
}
