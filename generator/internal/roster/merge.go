package roster

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strings"

	"github.com/stoa-portal/stoa/generator/internal/amend"
	"github.com/stoa-portal/stoa/generator/internal/civil"
	"github.com/stoa-portal/stoa/generator/internal/diag"
	"github.com/stoa-portal/stoa/generator/internal/schema"
)

const mentorsFolder = "content/mentors/"

// A merger brings what rows say into the files of profiles.
type merger struct {
	site     fs.FS
	fields   *schema.Table
	lexicons map[string]*lexicon
	keep     keeper
	hushed   map[string]bool // fields that the site does not publish
	order    amend.Order

	written  map[string][]byte // files to write, by path
	report   *Report
	problems *diag.List
}

// A base tells what a profile held when both sides were last the same. A value that is not known
// is "".
type base interface {
	is(path, canonical string) bool // whether it was that
	list(path string) ([]any, bool) // of a list, its entries
}

// kept is the base that an import remembered.
type kept struct {
	m  *merger
	id string
	e  *entry
}

func (k kept) is(path, canonical string) bool {
	raw, ok := k.e.Values[path]
	if !ok {
		return canonical == ""
	}
	return k.m.keep.same(raw, k.id, path, canonical)
}

func (k kept) list(path string) ([]any, bool) {
	var list []any
	if k.e.Values[path] == nil { // it was empty, or was never seen: what both sides have is kept
		return nil, true
	}
	decoder := json.NewDecoder(bytes.NewReader(k.e.Values[path]))
	decoder.UseNumber()
	if err := decoder.Decode(&list); err != nil {
		return nil, false
	}
	for i, v := range list {
		if n, ok := v.(json.Number); ok {
			list[i] = number(n.String())
		}
	}
	return list, true
}

// exact is a base that is known as it was.
type exact struct {
	m      *merger
	values map[string]any
}

func (e exact) is(path, canonical string) bool {
	return e.m.canonical(path, e.values[path]) == canonical
}

func (e exact) list(path string) ([]any, bool) {
	list, ok := e.values[path].([]any)
	return list, ok
}

// flat is a profile's values by path, such as "location.city".
func (m *merger) flat(values map[string]any) map[string]any {
	flat := map[string]any{}
	for key, v := range values {
		table, isTable := v.(map[string]any)
		if f, ok := fieldAt(&m.fields.Field, key); ok && isTable && (f.Type == schema.TypeTable || f.Type == schema.TypeFree) {
			for inner, v := range table {
				flat[key+"."+inner] = v
			}
			continue
		}
		flat[key] = v
	}
	return flat
}

// nested is the reverse.
func nested(flat map[string]any) map[string]any {
	values := map[string]any{}
	for path, v := range flat {
		key, inner, ok := strings.Cut(path, ".")
		if !ok {
			values[key] = v
			continue
		}
		table, _ := values[key].(map[string]any)
		if table == nil {
			table = map[string]any{}
			values[key] = table
		}
		table[inner] = v
	}
	return values
}

func steps(path string) []string { return strings.SplitN(path, ".", 2) }

// canonical is a value as it is compared: JSON in which words of a vocabulary are ids, each
// once, and texts have no spaces at their end. What is absent is "".
func (m *merger) canonical(path string, v any) string {
	var plain func(v any) any
	field, _ := fieldAt(&m.fields.Field, path)
	var words *lexicon
	if field != nil {
		words = m.lexicons[field.Ref]
		if field.Item != nil {
			words = m.lexicons[field.Item.Ref]
		}
	}
	plain = func(v any) any {
		switch v := v.(type) {
		case string:
			if v = strings.TrimRight(v, " \t\n"); words != nil {
				return words.canonical(v)
			}
			return v
		case float64:
			return whole(v)
		case []any:
			list := make([]any, 0, len(v))
			for _, inner := range v {
				if inner = plain(inner); words == nil || !slices.Contains(list, inner) {
					list = append(list, inner)
				}
			}
			return list
		case map[string]any:
			table := map[string]any{}
			for key, inner := range v {
				if inner = plain(inner); inner != "" {
					table[key] = inner
				}
			}
			return table
		}
		return v
	}
	switch v = plain(v); v := v.(type) {
	case nil:
		return ""
	case string:
		if v == "" {
			return ""
		}
	case []any:
		if len(v) == 0 {
			return ""
		}
	}
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(v); err != nil {
		return fmt.Sprint(v)
	}
	return strings.TrimSuffix(b.String(), "\n")
}

// public tells whether a field may be told of: to those who read the state, or a run's words.
func (m *merger) public(path string, ours map[string]any) bool {
	field, ok := fieldAt(&m.fields.Field, path)
	top := steps(path)[0]
	table, _ := fieldAt(&m.fields.Field, top)
	private, _ := ours["private"].([]any)
	switch {
	case !ok || !field.Public || table == nil || !table.Public,
		top == "channels", top == "testimonials",
		m.hushed[path], m.hushed[top],
		slices.Contains(private, any(path)), slices.Contains(private, any(top)):
		return false
	}
	return true
}

// A verdict is what became of one field.
type verdict struct {
	changed  bool
	conflict bool
	value    any  // what the file is to hold from now on
	learnt   bool // the row's value is now what both sides agree on
}

// decide merges one field.
func (m *merger) decide(path string, ours, theirs any, b base) verdict {
	o, t := m.canonical(path, ours), m.canonical(path, theirs)
	switch {
	case o == t, b.is(path, t):
		return verdict{learnt: true, value: ours}
	case b.is(path, o):
		return verdict{changed: true, learnt: true, value: m.respelt(path, ours, theirs)}
	}
	if path == "consent.publish" || path == "consent.photo" { // the answer that publishes less
		return verdict{changed: ours == true, learnt: true, value: false}
	}
	before, known := b.list(path)
	mine, isList := ours.([]any)
	other, _ := theirs.([]any)
	if known && (isList || ours == nil) && (other != nil || theirs == nil) && !hasTables(mine) && !hasTables(other) {
		return verdict{changed: true, learnt: true, value: m.union(path, before, mine, other)}
	}
	return verdict{conflict: true, value: ours}
}

func hasTables(list []any) bool {
	return slices.ContainsFunc(list, func(v any) bool { _, ok := v.(map[string]any); return ok })
}

// respelt is the row's value with those words of a list as the file spells them that mean the
// same.
func (m *merger) respelt(path string, ours, theirs any) any {
	mine, ok := ours.([]any)
	list, isList := theirs.([]any)
	if !ok || !isList || hasTables(list) {
		return theirs
	}
	spelt := map[string]any{}
	for _, v := range mine {
		spelt[m.canonical(path, []any{v})] = v
	}
	result := make([]any, len(list))
	for i, v := range list {
		if result[i] = v; spelt[m.canonical(path, []any{v})] != nil {
			result[i] = spelt[m.canonical(path, []any{v})]
		}
	}
	return result
}

// union merges a list that both sides changed: without what either took out, with what either
// added.
func (m *merger) union(path string, before, ours, theirs []any) []any {
	set := func(list []any) map[string]bool {
		all := map[string]bool{}
		for _, v := range list {
			all[m.canonical(path, []any{v})] = true
		}
		return all
	}
	was, mine, other := set(before), set(ours), set(theirs)
	result := []any{}
	for _, v := range ours {
		if key := m.canonical(path, []any{v}); other[key] || !was[key] {
			result = append(result, v)
		}
	}
	for _, v := range theirs {
		if key := m.canonical(path, []any{v}); !mine[key] && !was[key] {
			result = append(result, v)
		}
	}
	return result
}

// open reads the file of a profile; nil when there is none, or it cannot be read.
func (m *merger) open(id string) (file *amend.File, there bool) {
	path := mentorsFolder + id + ".toml"
	data, pending := m.written[path]
	if !pending {
		var err error
		if data, err = fs.ReadFile(m.site, path); err != nil {
			return nil, false
		}
	}
	file, err := amend.Open(data, m.order)
	if err != nil {
		m.problems.Errorf(diag.Place{File: path}, "unreadable", "the profile cannot be read, so nothing can be brought into it: stoa check says what is wrong with it")
		return nil, true
	}
	return file, true
}

// save keeps a changed file.
func (m *merger) save(id string, file *amend.File) bool {
	path := mentorsFolder + id + ".toml"
	data, err := file.Bytes()
	if err != nil {
		m.problems.Errorf(diag.Place{File: path}, "unchangeable", "%s: change it by hand", err)
		return false
	}
	m.written[path] = data
	return true
}

// merge brings what a row says into a file that is there. It returns the values that both sides
// agree on from now on, by path.
func (m *merger) merge(p *person, file *amend.File, paths []string, b base) map[string]any {
	ours := m.flat(file.Values())
	agreed := map[string]any{}
	difference := Difference{Kind: "changed", ID: p.id, Name: p.name}
	for _, path := range paths {
		if p.faulty[path] {
			continue
		}
		v := m.decide(path, ours[path], p.values[path], b)
		public := m.public(path, ours)
		switch {
		case v.conflict:
			words := fmt.Sprintf("%s: the sheet says %s, the profile %s, and both were changed: the profile stays as it is until one of them says what the other does", path, words(p.values[path], public), words(ours[path], public))
			m.problems.Warnf(m.placeOf(p, path), "conflict", "%s (%s%s.toml)", redact(words), mentorsFolder, p.id)
			m.report.Conflicts++
			difference.Lines = append(difference.Lines, "conflict, left alone: "+redact(words))
			continue
		case v.changed && v.value == nil:
			file.Remove(steps(path))
		case v.changed:
			file.Set(steps(path), v.value)
		}
		if v.learnt {
			agreed[path] = p.values[path]
		}
		if v.changed {
			difference.Lines = append(difference.Lines, redact(change(path, ours[path], v.value, public)))
		}
	}
	if file.Changed() && !m.save(p.id, file) {
		return agreed
	}
	switch {
	case file.Changed():
		m.report.Changed++
	default:
		m.report.Same++
		difference.Kind = "conflict"
	}
	if len(difference.Lines) > 0 {
		m.report.Differences = append(m.report.Differences, difference)
	}
	return agreed
}

func (m *merger) placeOf(p *person, path string) diag.Place {
	if at, ok := p.at[path]; ok {
		return at
	}
	if p.row != nil {
		return p.row.place()
	}
	return diag.Place{File: mentorsFolder + p.id + ".toml"}
}

// create makes the file of a new profile.
func (m *merger) create(p *person) {
	data := []byte(p.text)
	if p.text == "" {
		data = amend.New(nested(p.values), m.order)
	}
	m.written[mentorsFolder+p.id+".toml"] = data
	m.report.Added++
	m.report.Differences = append(m.report.Differences, Difference{Kind: "new", ID: p.id, Name: p.name})
}

// remember keeps what both sides agree on.
func (m *merger) remember(e *entry, id string, agreed, ours map[string]any) {
	for _, path := range slices.Sorted(maps.Keys(agreed)) {
		canonical := m.canonical(path, agreed[path])
		raw := json.RawMessage(nil)
		if canonical != "" {
			raw = m.keep.remember(id, path, canonical, m.public(path, ours))
		}
		if raw == nil {
			delete(e.Values, path)
			continue
		}
		if e.Values == nil {
			e.Values = map[string]json.RawMessage{}
		}
		e.Values[path] = raw
	}
}

// date is a value that JSON gave for a field, in the field's own type.
func (m *merger) date(path string, v any) any {
	field, ok := fieldAt(&m.fields.Field, path)
	if !ok {
		return v
	}
	var typed func(f *schema.Field, v any) any
	typed = func(f *schema.Field, v any) any {
		switch v := v.(type) {
		case string:
			if f.Type == schema.TypeDate {
				if d, err := civil.Parse(v); err == nil {
					return d
				}
			}
		case []any:
			if f.Item != nil {
				for i := range v {
					v[i] = typed(f.Item, v[i])
				}
			}
		case map[string]any:
			for key := range v {
				if inner, ok := fieldAt(f, key); ok {
					v[key] = typed(inner, v[key])
				}
			}
		}
		return v
	}
	return typed(field, v)
}
