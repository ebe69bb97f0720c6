package roster

import (
	"fmt"
	"maps"
	"slices"

	"github.com/stoa-portal/stoa/generator/internal/amend"
	"github.com/stoa-portal/stoa/generator/internal/diag"
)

// mergePeople merges the rows of sheets, by key.
func (r *run) mergePeople() {
	byKey := map[string]string{}
	for _, id := range slices.Sorted(maps.Keys(r.state.Mentors)) {
		byKey[r.state.Mentors[id].Key] = id
	}
	paths := r.mapping.paths()
	last := slices.Sorted(maps.Keys(r.state.Mentors))
	taken, back := map[string]bool{}, map[string]bool{}
	for _, id := range last {
		taken[id] = true
	}
	var passed []string
	for _, p := range r.people {
		key := r.keep.key(p.key)
		id, known := byKey[key]
		if known {
			p.id, back[id] = id, true
		} else {
			base := p.id
			for n := 2; taken[p.id]; n++ {
				p.id = fmt.Sprintf("%s-%d", base, n)
			}
			if !p.refused {
				taken[p.id] = true
			}
		}
		var e *entry
		if known {
			e = r.state.Mentors[id]
		}
		if e == nil && slices.Contains(r.state.Passed, key) {
			passed = append(passed, key)
			r.report.Passed++
			continue
		}
		if r.mergeRow(p, key, e, paths) {
			passed = append(passed, key)
		}
	}
	slices.Sort(passed)
	r.state.Passed = passed
	r.gone(slices.DeleteFunc(last, func(id string) bool { return back[id] }), len(back))
}

// mergeRow merges one row. e is what is remembered of it, nil for a new one. It tells whether
// the row's file was deleted.
func (r *run) mergeRow(p *person, key string, e *entry, paths []string) (deleted bool) {
	file, there := r.open(p.id)
	switch {
	case there && file == nil:
		return false
	case p.refused && e == nil:
		r.report.Refused++
		if there {
			r.problems.Warnf(p.row.place(), "no-consent", "the row has no consent, and %s%s.toml is there, which no import wrote: look at its [consent]", mentorsFolder, p.id)
		}
		return false
	case !there && e != nil:
		delete(r.state.Mentors, p.id)
		r.report.Passed++
		r.problems.Warnf(p.row.place(), "passed-over", `%s%s.toml was deleted, so the row is passed over from now on; to have the profile again, take its line out of "passed_over" in %s`, mentorsFolder, p.id, StateFile)
		return true
	case p.refused:
		r.hide(p.id, p.name, e, file, "consent", diag.Place{File: p.row.sheet.name, Line: p.row.line})
		return false
	}
	if e == nil {
		if there {
			r.problems.Warnf(p.row.place(), "adopted", "%s%s.toml was there before this row was ever imported, and is taken for the same person's", mentorsFolder, p.id)
		}
		e = &entry{Key: key}
		r.state.Mentors[p.id] = e
	}
	e.Key = key
	if !there {
		r.create(p)
		agreed := map[string]any{}
		for _, path := range paths {
			if !p.faulty[path] {
				agreed[path] = p.values[path]
			}
		}
		r.remember(e, p.id, agreed, p.values)
		return false
	}
	if e.Hidden != "" {
		r.show(p, e, file)
	}
	agreed := r.merger.merge(p, file, paths, kept{&r.merger, p.id, e})
	r.remember(e, p.id, agreed, r.flat(file.Values()))
	return false
}

// hide takes a profile off the site, and remembers why.
func (r *run) hide(id, name string, e *entry, file *amend.File, why string, at diag.Place) {
	if e.Hidden == why || e.Hidden != "" && why == "gone" {
		r.report.Same++
		return
	}
	if e.Hidden == "" {
		e.Before, _ = file.Values()["visibility"].(string)
	}
	e.Hidden = why
	file.Set([]string{"visibility"}, "hidden")
	if why == "consent" {
		file.Set([]string{"consent", "publish"}, false)
		r.remember(e, id, map[string]any{"consent.publish": false}, nil)
	}
	if file.Changed() && !r.save(id, file) {
		return
	}
	r.report.Hidden++
	words := "its row is gone"
	if why == "consent" {
		words = "the row has no consent any more"
	}
	r.report.Differences = append(r.report.Differences, Difference{Kind: "hidden", ID: id, Name: name, Lines: []string{words}})
	r.problems.Warnf(at, "hidden-by-import", `%s, so %s%s.toml is hidden (visibility = "hidden"); the file itself stays: delete it if it is not to be kept`, words, mentorsFolder, id)
}

// show brings back a profile that an earlier import hid.
func (r *run) show(p *person, e *entry, file *amend.File) {
	if file.Values()["visibility"] == "hidden" && e.Before != "hidden" {
		if e.Before == "" {
			file.Remove([]string{"visibility"})
		} else {
			file.Set([]string{"visibility"}, e.Before)
		}
		r.report.Shown++
		r.report.Differences = append(r.report.Differences, Difference{Kind: "shown", ID: p.id, Name: p.name, Lines: []string{"its row is back"}})
	}
	e.Hidden, e.Before = "", ""
}

// gone hides the profiles whose rows are not there any more; so many others still have theirs.
func (r *run) gone(missing []string, known int) {
	fresh := 0
	for _, id := range missing {
		if r.state.Mentors[id].Hidden == "" {
			fresh++
		}
	}
	switch {
	case r.mapping.Gone == "keep":
		return
	case r.mapping.Gone != "hide-all" && fresh >= 5 && fresh > known:
		r.problems.Errorf(diag.Place{File: r.people[0].row.sheet.name}, "many-gone", `%d of the %d rows of the last import are gone: the sheet may be incomplete, and nothing was done. If they are to be hidden, write gone = "hide-all" in %s for once`, fresh, fresh+known, r.MapFile)
		return
	}
	for _, id := range missing {
		e := r.state.Mentors[id]
		file, there := r.open(id)
		if !there {
			delete(r.state.Mentors, id) // its row and its file are gone: nothing stays behind
			continue
		}
		if file == nil {
			continue
		}
		name, _ := file.Values()["name"].(string)
		r.hide(id, name, e, file, "gone", diag.Place{File: mentorsFolder + id + ".toml"})
	}
}
