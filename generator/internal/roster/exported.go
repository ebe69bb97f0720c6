package roster

import (
	"cmp"
	"io/fs"
	"maps"
	"slices"
	"strings"

	"github.com/stoa-portal/stoa/generator/internal/amend"
	"github.com/stoa-portal/stoa/generator/internal/diag"
	"github.com/stoa-portal/stoa/generator/internal/digest"
	"github.com/stoa-portal/stoa/generator/internal/schema"
)

// exported reads the profiles of a JSON export. Each carries what it was when it was exported,
// so that only what was changed since is brought in.
func (r *run) exported(name string, root *value) {
	if version := root.child("version"); root.string("stoa") != "roster" || version == nil || version.text != "1" {
		r.problems.Errorf(diag.At(name, root.line, root.column), "version", "the file was written by another version of Stoa")
		return
	}
	mentors := root.child("mentors")
	if mentors == nil || mentors.kind != 'l' {
		r.problems.Errorf(diag.At(name, root.line, root.column), "no-records", `the list "mentors" is missing`)
		return
	}
	for _, v := range mentors.children {
		at := diag.At(name, v.line, v.column)
		p := &person{id: v.string("id"), values: map[string]any{}, faulty: map[string]bool{}, at: map[string]diag.Place{"": at}, columns: map[string]string{}}
		if problem := schema.CheckID(p.id); problem != "" {
			r.problems.Errorf(at, "no-id", `"id": %s`, problem)
			continue
		}
		p.values = r.given(p, v.child("values"), at)
		p.name, _ = p.values["name"].(string)
		if p.name == "" {
			r.problems.Errorf(at, "no-name", "the profile has no name")
			continue
		}
		if source := v.string("source"); source != "" {
			file, err := amend.Open([]byte(source), r.order)
			if err != nil {
				r.problems.Errorf(at, "source", `"source" is not the text of a profile: leave it as it was exported, or take it out`)
				continue
			}
			p.base = r.flat(file.Values())
			if r.sameValues(p.base, p.values) {
				p.text = source
			}
		}
		if translations := v.child("translations"); translations != nil && translations.kind == 'm' {
			p.translations = map[string]string{}
			for i, lang := range translations.keys {
				if schema.CheckFormat(schema.TypeLanguage, lang) == "" {
					p.translations[lang] = translations.children[i].text
				}
			}
		}
		r.report.Rows++
		r.edits = append(r.edits, p)
	}
}

// given is the values of an object, by path, with the places they stand at.
func (r *run) given(p *person, v *value, at diag.Place) map[string]any {
	if v == nil || v.kind != 'm' {
		return map[string]any{}
	}
	flat := r.flat(v.plain().(map[string]any))
	for i, key := range v.keys {
		c := v.children[i]
		p.at[key] = diag.At(at.File, c.line, c.column)
		for j, inner := range c.keys {
			p.at[key+"."+inner] = diag.At(at.File, c.children[j].line, c.children[j].column)
		}
	}
	for path := range flat {
		if _, ok := fieldAt(&r.fields.Field, path); !ok {
			place := cmp.Or(p.at[path], at)
			r.problems.Errorf(place, "unknown-key", "profiles have no field %q%s", path, meant(path, &r.fields.Field))
			delete(flat, path)
			continue
		}
		if flat[path] == "" {
			delete(flat, path)
			continue
		}
		flat[path] = r.date(path, flat[path])
	}
	return flat
}

func (r *run) sameValues(a, b map[string]any) bool {
	for _, path := range slices.Concat(slices.Collect(maps.Keys(a)), slices.Collect(maps.Keys(b))) {
		if r.canonical(path, a[path]) != r.canonical(path, b[path]) {
			return false
		}
	}
	return true
}

// exportedRow reads a row of a CSV export. It was written from the file as it is when the
// digest in its last column is the file's; else every difference is a conflict.
func (r *run) exportedRow(p *person, s *sheet) {
	if problem := schema.CheckID(p.id); problem != "" {
		r.problems.Errorf(p.row.at(s.index("id")), "no-id", `column "id": %s`, problem)
		return
	}
	if p.name == "" {
		r.problems.Errorf(p.row.place(), "no-name", "the row has no name")
		return
	}
	if i := s.index("extra"); i >= 0 {
		r.extra(p, i)
	}
	p.base = map[string]any{}
	data, err := fs.ReadFile(r.Site, mentorsFolder+p.id+".toml")
	if err == nil && digest.Bytes(data).String()[:exportedDigits] == p.row.text(s.index(exportedColumn)) {
		if file, err := amend.Open(data, r.order); err == nil {
			p.base = r.flat(file.Values())
		}
	}
	r.edits = append(r.edits, p)
}

// extra reads the free keys, which a CSV export has as JSON in one cell.
func (r *run) extra(p *person, column int) {
	text := strings.Join(p.row.cell(column).texts, "")
	if text == "" {
		return
	}
	var problems diag.List
	v := parseJSON(p.row.sheet.name, text, &problems)
	if v == nil || v.kind != 'm' {
		r.problems.Errorf(p.row.at(column), "cell", `column "extra": this is not a JSON object`)
		return
	}
	for key, inner := range v.plain().(map[string]any) {
		p.values["extra."+key] = inner
	}
}

// mergeEdit merges what Stoa itself wrote, and somebody changed.
func (r *run) mergeEdit(p *person) {
	file, there := r.open(p.id)
	if there && file == nil {
		return
	}
	if !there {
		if p.partial {
			r.problems.Errorf(p.at[""], "unknown-reference", "there is no mentor %q%s", p.id, diag.DidYouMean(p.id, r.ids()))
			return
		}
		r.create(p)
	} else {
		ours := r.flat(file.Values())
		paths := map[string]bool{}
		speakOf := func(values map[string]any) {
			for path := range values {
				paths[path] = true
			}
		}
		speakOf(p.values)
		switch {
		case p.partial:
			for path := range p.cleared {
				paths[path] = true
			}
			for path := range paths { // of which the mentor did not say what was there
				if !p.was[path] {
					p.base[path] = ours[path]
				}
			}
		case p.row == nil:
			speakOf(ours)
			speakOf(p.base)
		default:
			for path := range p.at {
				if _, ok := fieldAt(&r.fields.Field, path); ok {
					paths[path] = true
				}
			}
		}
		if p.base == nil { // nothing is known of what was there: what is given counts
			p.base = ours
		}
		if p.name == "" {
			p.name, _ = ours["name"].(string)
		}
		r.merger.merge(p, file, slices.Sorted(maps.Keys(paths)), exact{&r.merger, p.base})
	}
	for _, lang := range slices.Sorted(maps.Keys(p.translations)) {
		path := mentorsFolder + p.id + "." + lang + ".toml"
		current, err := fs.ReadFile(r.Site, path)
		switch text := p.translations[lang]; {
		case err != nil:
			r.written[path] = []byte(text)
		case string(current) != text:
			r.problems.Warnf(p.at[""], "conflict", "the translation %s is another one than in the export, and stays as it is", path)
		}
	}
}

// ids are those of the site's mentors.
func (r *run) ids() []string {
	var ids []string
	if r.Content != nil {
		for _, m := range r.Content.Mentors {
			ids = append(ids, m.ID)
		}
	}
	return ids
}
