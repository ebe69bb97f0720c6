// Package roster brings mentors from where a coordinator keeps them (a spreadsheet, a form's
// answers, a YAML file) into the files of a site, again and again, and takes them out as a
// sheet or as JSON.
//
// [Import] reads sources, a mapping (import.toml, see [Mapping]) and the site, and gives the
// files to write and a [Report] in words. It touches no disk, no network and no clock.
//
// What happens to a row:
//
//  1. A reader finds the rows and cells of a source, each with its place: delimited text, or the
//     records of JSON and YAML, whose nested keys are columns such as "skills.areas".
//  2. The converter turns cells into values by the mapping and the type of each field: it splits lists,
//     knows names of countries, languages and months, turns HTML into Markdown, and meets the words of
//     vocabularies also when they are misspelt. A cell it cannot read is a warning with its place, and
//     its field stays as it is; a cell that says its own spreadsheet is broken is an error.
//  3. All rows are decoded as profiles, with the checks that a build makes. What would be an error
//     there is left out, with a warning at the cell.
//  4. The row's key, or else its id, finds the profile; a new one gets the slug of its name.
//  5. Three versions are merged field by field: what the last import saw, what the row says, and what the
//     file says. Where only one of the two changed, it wins; of lists, both sides' additions and removals
//     count; where both changed a value in different ways, the file stays and both are told.
//  6. The file is changed in place (package amend): comments and order stay.
//
// What the last import saw is kept in [StateFile]. A row that is gone, or whose consent is taken
// back, hides its profile; when it comes back, so does the profile, if it was the import that hid it. A
// row without consent never makes a file. Where no file is any more, somebody deleted it, and it is not
// made again. When there is any error, nothing is written at all.
//
// What Stoa itself wrote (an export, or the change that a mentor sent from the update page, see
// [Change]) needs no mapping and leaves the state alone: it is merged as an edit by hand, over what the
// profile was when it was exported.
package roster

import (
	"cmp"
	"encoding/json"
	"io/fs"
	"maps"
	"slices"
	"strings"

	"github.com/stoa-portal/stoa/generator/internal/amend"
	"github.com/stoa-portal/stoa/generator/internal/civil"
	"github.com/stoa-portal/stoa/generator/internal/config"
	"github.com/stoa-portal/stoa/generator/internal/content"
	"github.com/stoa-portal/stoa/generator/internal/diag"
	"github.com/stoa-portal/stoa/generator/internal/schema"
)

// An Input is what an import looks at.
type Input struct {
	Site    fs.FS // the site's folder
	Config  *config.Config
	Content *content.Content
	Sources []Source
	Map     []byte // import.toml; nil when there is none
	MapFile string // what it is called
	Secret  string // the value of KeyVariable
	Today   civil.Date
	Learn   bool  // add unknown words to the vocabularies
	Photos  fs.FS // a folder with photos, or nil
	DryRun  bool  // nothing will be written

	Progress func(done, total int) // called as rows are read; may be nil
}

// A Report says what an import did, or would do.
type Report struct {
	Rows        int          `json:"rows"`
	Added       int          `json:"added"`
	Changed     int          `json:"changed"`
	Same        int          `json:"same"`
	Hidden      int          `json:"hidden"`
	Shown       int          `json:"shown"` // hidden by an earlier import, and back
	Refused     int          `json:"without_consent"`
	Passed      int          `json:"passed_over"` // their files were deleted
	Conflicts   int          `json:"conflicts"`
	Differences []Difference `json:"differences,omitempty"`
	Unknown     []Unknown    `json:"unknown,omitempty"` // words that no vocabulary has
	Unused      []string     `json:"unused,omitempty"`  // columns that the mapping does not use
	Photos      []string     `json:"photos,omitempty"`  // files copied
	Strangers   []string     `json:"strangers,omitempty"`
	Files       []string     `json:"files,omitempty"` // that are written
}

// A Difference is what becomes of one profile.
type Difference struct {
	Kind  string   `json:"kind"` // "new", "changed", "hidden", "shown", "conflict"
	ID    string   `json:"id"`
	Name  string   `json:"name"`
	Lines []string `json:"lines,omitempty"`
}

// A Result is the files to write, by path, and the report.
type Result struct {
	Files  map[string][]byte
	Report Report
}

// Import merges sources into a site. The result is nil when the list of problems has errors.
func Import(in Input) (*Result, diag.List) {
	r := newRun(in)
	r.read()
	if r.problems.Errors() == 0 {
		r.merge()
	}
	if r.problems.Errors() > 0 {
		return nil, r.problems.Sorted()
	}
	r.report.Files = slices.Sorted(maps.Keys(r.written))
	slices.SortStableFunc(r.report.Differences, func(a, b Difference) int {
		return cmp.Or(slices.Index(kinds, a.Kind)-slices.Index(kinds, b.Kind), strings.Compare(a.ID, b.ID))
	})
	return &Result{Files: r.written, Report: *r.report}, r.problems.Sorted()
}

var kinds = []string{"new", "shown", "changed", "hidden", "conflict"}

// A run is one import.
type run struct {
	Input
	merger
	mapping   *Mapping
	state     *state
	original  []byte // of the state
	converter *converter
	people    []*person // from sheets
	edits     []*person // from exports, and changes that mentors sent
	counts    map[string]int
	counted   bool // there was a sheet of matches
}

func newRun(in Input) *run {
	r := &run{Input: in}
	r.MapFile = cmp.Or(in.MapFile, mapFile)
	var own []schema.Field
	var tags []string
	hushed := map[string]bool{}
	if in.Config != nil {
		own, tags = in.Config.ProfileFields(), in.Config.Tags()
		for _, name := range in.Config.Privacy.Omit {
			hushed[name] = true
		}
		for name, f := range in.Config.Fields {
			hushed["fields."+name] = hushed["fields."+name] || !f.Public
		}
	}
	fields := content.Tables(own)[0]
	words := lexicons(in.Content)
	r.merger = merger{
		site: in.Site, fields: fields, lexicons: words, keep: keeper{in.Secret}, hushed: hushed,
		order: orderOf(fields), written: map[string][]byte{}, report: &Report{}, problems: &diag.List{},
	}
	r.converter = newConverter(fields, tags, in.Content, words, r.problems)
	return r
}

// orderOf is the order in which the field table has its keys.
func orderOf(fields *schema.Table) amend.Order {
	return func(path []string, key string) int {
		table := &fields.Field
		for _, step := range path {
			f, ok := fieldAt(table, step)
			if !ok {
				return 0
			}
			if table = f; f.Item != nil {
				table = f.Item
			}
		}
		return slices.IndexFunc(table.Fields, func(f schema.Field) bool { return f.Name == key })
	}
}

// read reads the sources.
func (r *run) read() {
	m := &Mapping{file: r.MapFile, Duplicates: "error", Gone: "hide"}
	if r.Map != nil {
		if m = loadMapping(r.MapFile, r.Map, r.fields, r.problems); m == nil {
			return
		}
		r.mapping = m
	}
	data, err := fs.ReadFile(r.Site, StateFile)
	if err == nil {
		r.original = data
	}
	if r.state = readState(r.original, r.problems); r.state == nil {
		return
	}
	var sheets []*sheet
	for _, source := range r.Sources {
		if changes := findChanges(source); changes != nil {
			r.changes(source, changes)
			continue
		}
		s := read(source, m, r.problems)
		if s == nil {
			continue
		}
		if s.root != nil && s.root.string("stoa") != "" {
			r.exported(source.Name, s.root)
			continue
		}
		sheets = append(sheets, s)
	}
	var rosters []*sheet
	for _, s := range sheets {
		if r.mapping != nil && r.mapping.isMatches(s) {
			r.matches(s)
			continue
		}
		rosters = append(rosters, s)
	}
	total := 0
	for _, s := range rosters {
		total += len(s.rows)
	}
	for _, s := range rosters {
		r.sheet(s, total)
	}
	if r.counted && len(rosters) == 0 {
		r.problems.Errorf(diag.Place{File: r.MapFile}, "no-roster", "the matches were given without the roster: give both files in one run")
	}
}

// merge brings everything that was read into the site.
func (r *run) merge() {
	r.people = r.distinct(r.people)
	if r.problems.Errors() > 0 || !r.secret() {
		return
	}
	r.count()
	r.validate(append(slices.Clone(r.people), r.edits...))
	if r.Learn {
		r.learn()
	} else {
		for _, name := range content.VocabularyNames {
			r.report.Unknown = append(r.report.Unknown, r.lexicons["vocabulary/"+name].unknowns()...)
		}
	}
	for _, name := range content.VocabularyNames {
		r.lexicons["vocabulary/"+name].misspellings(r.problems)
	}
	if r.mapping != nil && len(r.people) > 0 {
		r.mergePeople()
	}
	for _, p := range r.edits {
		r.mergeEdit(p)
	}
	if r.Photos != nil {
		r.photos()
	}
	if r.people != nil {
		if data := r.state.bytes(); string(data) != string(r.original) {
			r.written[StateFile] = data
		}
	}
}

// paths are the fields that the mapping speaks of, in the order of the field table.
func (m *Mapping) paths() []string {
	var paths []string
	add := func(path string) {
		if !slices.Contains(paths, path) {
			paths = append(paths, path)
		}
	}
	for _, t := range m.targets {
		if t.path == "location" {
			add("location.city")
			add("location.region")
			add("location.country")
			continue
		}
		add(t.path)
	}
	if m.Matches.Mentor != "" {
		add(m.Matches.Field)
	}
	slices.Sort(paths)
	return paths
}

// quoted is a text as TOML writes it.
func quoted(text string) string {
	data, err := json.Marshal(text)
	if err != nil {
		return `""`
	}
	return string(data)
}
