package roster

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/stoa-portal/stoa/generator/internal/diag"
	"github.com/stoa-portal/stoa/generator/internal/schema"
)

// mapFile is what a mapping is called, unless the user says otherwise.
const mapFile = "import.toml"

// A Mapping is import.toml: how the columns of a sheet become fields of profiles. It belongs to the
// site's owner.
type Mapping struct {
	Key        string         `toml:"key" doc:"Column that tells rows apart, and never changes for a person: an id, or an e-mail address, of which only a keyed digest is kept. Absent: the id."`
	ID         string         `toml:"id" doc:"Column that ids, the names of the files, are made of. Absent: the name."`
	Time       string         `toml:"time" doc:"Column with the time of an answer, for duplicates = \"latest\"."`
	Duplicates string         `toml:"duplicates" enum:"error,first,last,latest" default:"error" doc:"Of several rows with one key: an error, or the row that counts."`
	Dates      string         `toml:"dates" enum:"day-first,month-first,year-first" doc:"How the sheet writes dates: 31/12/2026, 12/31/2026 or 2026/12/31. 2026-12-31 is always read."`
	Gone       string         `toml:"gone" enum:"hide,hide-all,keep" default:"hide" doc:"What becomes of the profile when its row is gone: it is hidden (but nothing is done when more than half of the rows are gone, which looks like a broken sheet), hidden in any case, or kept as it is."`
	Photo      string         `toml:"photo" doc:"Column with the name of the photo's file in the folder given with --photos."`
	Encoding   string         `toml:"encoding" max:"40" doc:"Such as \"windows-1252\". Absent: as the sheet begins, or UTF-8."`
	Delimiter  string         `toml:"delimiter" max:"3" doc:"What stands between the cells: \",\", \";\", \"|\" or \"tab\". Absent: found out."`
	Header     int            `toml:"header" min:"1" max:"100" doc:"Line of the sheet with the columns' names, when it is not the first."`
	Columns    map[string]any `toml:"columns" doc:"Fields, and the columns that they come from."`
	Matches    Matches        `toml:"matches" doc:"A second sheet, of matches, whose rows are counted."`

	document *schema.Document
	file     string
	targets  []*target
}

// Matches says how a sheet of matches is counted. It is known by its columns.
type Matches struct {
	Mentor string         `toml:"mentor" doc:"Its column that names the mentor."`
	By     string         `toml:"by" doc:"The column of the roster that says the same; absent: key, or else the name."`
	Where  map[string]any `toml:"where" doc:"Which of its rows count: columns, and the words that they have to hold, such as Status = [\"active\"]."`
	Field  string         `toml:"field" default:"availability.current" doc:"The field that takes the count."`
}

var mappingTable = schema.TableOf[Mapping]("import", "import.toml: how the columns of a sheet become fields of profiles")

// MappingTable is the table of import.toml, for the written reference.
func MappingTable() *schema.Table { return mappingTable }

// A target is a field that columns fill.
type target struct {
	path     string        // "availability.capacity"; of a list of tables the list's
	field    *schema.Field // its leaf; for location as a whole the table
	at       diag.Place
	columns  []string
	join     string
	split    []string
	part     int
	values   map[string]any // by folded word
	fallback any            // when the cells are empty
	constant any
	dates    string
	own      bool      // written by our own export
	entry    []*target // of a list of tables: the keys of one entry
}

// loadMapping reads import.toml.
func loadMapping(file string, data []byte, fields *schema.Table, problems *diag.List) *Mapping {
	m := &Mapping{}
	document, faults := schema.Open(file, data)
	problems.Add(faults)
	if document == nil {
		return nil
	}
	faults = schema.Decode(document, mappingTable, m)
	m.document, m.file = document, file
	problems.Add(faults)
	if faults.Errors() > 0 {
		return nil
	}
	before := problems.Errors()
	m.walk("columns", m.Columns, &fields.Field, "", problems)
	if len(m.Columns) == 0 {
		problems.Errorf(diag.Place{File: file}, "missing-key", `there are no [columns]: under it, write a line such as name = "Full name" for every field, or let --propose-map write them`)
	} else if problems.Errors() == before && !slices.ContainsFunc(m.targets, func(t *target) bool { return t.path == "name" }) {
		problems.Errorf(m.place("columns"), "missing-key", `[columns] does not say which column is the name: name = "Full name"`)
	}
	if m.Duplicates == "latest" && m.Time == "" {
		problems.Errorf(m.place("duplicates"), "missing-key", `duplicates = "latest" needs to know when a row was written: time = "Timestamp"`)
	}
	if _, ok := fieldAt(&fields.Field, m.Matches.Field); !ok && m.Matches.Mentor != "" {
		problems.Errorf(m.place("matches.field"), "unknown-key", "profiles have no field %q", m.Matches.Field)
	}
	if problems.Errors() > before {
		return nil
	}
	return m
}

func (m *Mapping) place(path string) diag.Place {
	if m.document == nil {
		return diag.Place{File: m.file}
	}
	place, _ := m.document.Place(path)
	return place
}

// settings are the keys by which a field says more than its column.
var settings = []string{"column", "columns", "join", "split", "part", "values", "default", "value", "dates"}

// walk reads what [columns] says about the fields of a table.
func (m *Mapping) walk(path string, given map[string]any, table *schema.Field, prefix string, problems *diag.List) {
	for _, key := range slices.Sorted(maps.Keys(given)) {
		at := m.place(path + "." + key)
		name, rest, dotted := strings.Cut(key, ".")
		i := slices.IndexFunc(table.Fields, func(f schema.Field) bool { return f.Name == name })
		if i < 0 && table.Type == schema.TypeFree && !table.Declared {
			field := schema.Declare(name, schema.TypeText, "", nil)
			m.target(path+"."+key, at, prefix+name, &field, given[key], problems)
			continue
		}
		if i < 0 {
			problems.Errorf(at, "unknown-key", "profiles have no field %q%s", prefix+key, meant(name, table))
			continue
		}
		field := &table.Fields[i]
		if dotted {
			m.walk(path, map[string]any{rest: given[key]}, field, prefix+name+".", problems)
			continue
		}
		inner, isTable := given[key].(map[string]any)
		nested := isTable && !slices.ContainsFunc(settings, func(s string) bool { _, ok := inner[s]; return ok })
		switch {
		case nested && (field.Type == schema.TypeTable || field.Type == schema.TypeFree):
			m.walk(path+"."+key, inner, field, prefix+name+".", problems)
		case (field.Type == schema.TypeTable && prefix+name != "location") || field.Type == schema.TypeFree:
			problems.Errorf(at, "type", "%q has keys of its own: write [columns.%s], and under it a line for each", prefix+name, prefix+name)
		case field.Type == schema.TypeList && field.Item.Type == schema.TypeTable:
			m.entries(path+"."+key, at, field, given[key], problems)
		default:
			m.target(path+"."+key, at, prefix+name, field, given[key], problems)
		}
	}
}

// meant suggests a field.
func meant(name string, table *schema.Field) string {
	names := make([]string, len(table.Fields))
	for i, f := range table.Fields {
		names[i] = f.Name
		if slices.Contains(f.Elsewhere, name) {
			return fmt.Sprintf(" (did you mean %q?)", f.Name)
		}
	}
	return diag.DidYouMean(name, names)
}

// entries reads a list of tables, each of which becomes an entry of the field.
func (m *Mapping) entries(path string, at diag.Place, field *schema.Field, given any, problems *diag.List) {
	list, ok := given.([]any)
	if !ok {
		problems.Errorf(at, "type", "%q is a list: write [[columns.%s]] for each entry, and under it its keys", field.Name, field.Name)
		return
	}
	for i, entry := range list {
		table, ok := entry.(map[string]any)
		if !ok {
			problems.Errorf(at, "type", "%q is a list: write [[columns.%s]] for each entry, and under it its keys", field.Name, field.Name)
			return
		}
		inner := &Mapping{document: m.document, file: m.file}
		inner.walk(fmt.Sprintf("%s[%d]", path, i), table, field.Item, "", problems)
		m.targets = append(m.targets, &target{path: field.Name, field: field, at: at, entry: inner.targets})
	}
}

// target reads one field: a column, a list of them, or a table that says more.
func (m *Mapping) target(path string, at diag.Place, name string, field *schema.Field, given any, problems *diag.List) {
	t := &target{path: name, field: field, at: at, join: ", ", dates: m.Dates}
	fail := func(key, format string, args ...any) {
		place := at
		if key != "" {
			place = m.place(path + "." + key)
		}
		problems.Errorf(place, "type", format, args...)
	}
	switch given := given.(type) {
	case string:
		t.columns = []string{given}
	case []any:
		t.columns = texts(given)
	case map[string]any:
		for _, key := range slices.Sorted(maps.Keys(given)) {
			v := given[key]
			text, isText := v.(string)
			list, isList := v.([]any)
			switch key {
			case "column", "columns":
				if t.columns = texts(list); isText {
					t.columns = []string{text}
				}
			case "join":
				t.join = text
			case "split":
				if t.split = texts(list); isText {
					t.split = []string{text}
				}
				for i, s := range t.split {
					if s == "lines" {
						t.split[i] = "\n"
					}
				}
			case "part":
				n, ok := v.(int64)
				if t.part = int(n); !ok || n == 0 {
					fail(key, "part is a number: 1 is the first piece, 2 the second, -1 the last")
				}
			case "values":
				table, ok := v.(map[string]any)
				if !ok {
					fail(key, `values is a table of the sheet's words and ours: values = { "Long-term" = "long-term" }`)
				}
				t.values = map[string]any{}
				for word, value := range table {
					t.values[squeeze(word)] = value
				}
			case "default":
				t.fallback = v
			case "value":
				t.constant = v
			case "dates":
				if t.dates = text; !slices.Contains(dateOrders, text) {
					fail(key, "dates is %s", strings.Join(dateOrders, ", "))
				}
			default:
				fail(key, "there is no setting %q for a field%s", key, diag.DidYouMean(key, settings))
			}
			if !isText && !isList && (key == "column" || key == "columns" || key == "split") || !isText && key == "join" {
				fail(key, "%s wants text in quotes", key)
			}
		}
	default:
		fail("", `%q wants the name of a column: %s = "Column"`, name, field.Name)
		return
	}
	if len(t.columns) == 0 && t.constant == nil {
		fail("", `%q does not say which column it comes from: column = "…", or value = "…" for one that is the same in all rows`, name)
		return
	}
	m.targets = append(m.targets, t)
}

func texts(list []any) []string {
	var all []string
	for _, v := range list {
		if text, ok := v.(string); ok {
			all = append(all, text)
		}
	}
	return all
}

// fieldAt is the field at a path such as "availability.current".
func fieldAt(table *schema.Field, path string) (*schema.Field, bool) {
	name, rest, nested := strings.Cut(path, ".")
	for i := range table.Fields {
		f := &table.Fields[i]
		if f.Name != name {
			continue
		}
		if nested {
			if f.Type == schema.TypeFree && !f.Declared && rest != "" {
				field := schema.Declare(rest, schema.TypeText, "", nil)
				return &field, true
			}
			return fieldAt(f, rest)
		}
		return f, true
	}
	return nil, false
}

// bind finds the columns of the mapping in a sheet, and reports those that are not there.
func (m *Mapping) bind(s *sheet, problems *diag.List) map[string]int {
	bound := map[string]int{}
	one := func(name string, at diag.Place) {
		if name == "" {
			return
		}
		i := s.index(name)
		switch i {
		case -1:
			problems.Errorf(at, "no-column", "%s has no column %q%s", s.name, name, diag.DidYouMean(name, s.columns))
		case -2:
			problems.Errorf(at, "no-column", "%s has several columns %q: give each a name of its own", s.name, name)
		}
		bound[name] = i
	}
	var all func(targets []*target)
	all = func(targets []*target) {
		for _, t := range targets {
			for _, name := range t.columns {
				one(name, t.at)
			}
			all(t.entry)
		}
	}
	all(m.targets)
	for key, name := range map[string]string{"key": m.Key, "id": m.ID, "time": m.Time, "photo": m.Photo} {
		one(name, m.place(key))
	}
	return bound
}

// ownMapping is the mapping of a sheet whose columns are named as our fields, as an export
// writes them; nil when they are not.
func ownMapping(s *sheet, fields *schema.Table) *Mapping {
	m := &Mapping{Duplicates: "error", Gone: "keep", file: s.name}
	entries := map[string]map[int]*target{}
	named := false
	for _, column := range s.columns {
		switch column {
		case "id":
			m.ID, m.Key = "id", "id"
			continue
		case exportedColumn, "extra":
			continue
		case "name":
			named = true
		}
		t := &target{path: column, columns: []string{column}, own: true}
		parts := strings.Split(column, ".")
		if n, err := strconv.Atoi(parts[min(1, len(parts)-1)]); err == nil && len(parts) == 3 && n > 0 && n <= 200 {
			list, ok := fieldAt(&fields.Field, parts[0])
			if !ok || list.Item == nil {
				return nil
			}
			if t.field, ok = fieldAt(list.Item, parts[2]); !ok {
				return nil
			}
			t.path = parts[2]
			if entries[parts[0]] == nil {
				entries[parts[0]] = map[int]*target{}
			}
			entry := entries[parts[0]][n]
			if entry == nil {
				entry = &target{path: parts[0], field: list, own: true}
				entries[parts[0]][n] = entry
				m.targets = append(m.targets, entry)
			}
			entry.entry = append(entry.entry, t)
			continue
		}
		var ok bool
		if t.field, ok = fieldAt(&fields.Field, column); !ok || t.field.Type == schema.TypeTable || t.field.Type == schema.TypeFree {
			return nil
		}
		m.targets = append(m.targets, t)
	}
	if !named {
		return nil
	}
	return m
}
