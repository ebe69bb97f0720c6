package roster

import (
	"cmp"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"time"

	"github.com/stoa-portal/stoa/generator/internal/amend"
	"github.com/stoa-portal/stoa/generator/internal/content"
	"github.com/stoa-portal/stoa/generator/internal/diag"
	"github.com/stoa-portal/stoa/generator/internal/markdown"
	"github.com/stoa-portal/stoa/generator/internal/schema"
)

// validate decodes everybody as a profile, with the checks that a build makes, and leaves out
// what would be an error there: the field stays as it is in the file.
func (r *run) validate(people []*person) {
	pending := people
	for range 3 { // what is left out may uncover another fault
		if len(pending) == 0 {
			return
		}
		pending = r.check(pending)
	}
	for _, p := range pending {
		r.problems.Errorf(p.rowPlace(), "profile", "no sound profile can be made of this row")
	}
}

func (p *person) rowPlace() diag.Place {
	if p.row != nil {
		return p.row.place()
	}
	return p.at[""]
}

// check returns those in whom it found something.
func (r *run) check(people []*person) []*person {
	files := drafts{}
	entries := []content.Entry{}
	lines := make([][]string, len(people)) // path of each line
	for i, p := range people {
		if p.refused {
			continue
		}
		var b strings.Builder
		for _, path := range sortedPaths(p.values) {
			b.WriteString(amend.Line(steps(path), p.values[path], r.order))
			lines[i] = append(lines[i], path)
		}
		if _, named := p.values["name"]; !named { // an edit of single fields
			b.WriteString("name = \"x\"\n")
			lines[i] = append(lines[i], "name")
		}
		file := fmt.Sprintf("%sr%d.toml", mentorsFolder, i)
		files[file] = b.String()
		entries = append(entries, content.Entry{Path: file})
	}
	options := content.Options{Languages: []string{"en"}, Default: "en", Entries: entries}
	if r.Config != nil {
		options = content.Options{Languages: r.Config.Tags(), Default: string(r.Config.Language), Fields: r.Config.ProfileFields(), Entries: entries}
	}
	_, problems := content.Load(files, options)
	faulty := map[int]bool{}
	for _, problem := range problems {
		i := 0
		if _, err := fmt.Sscanf(strings.TrimPrefix(problem.File, mentorsFolder), "r%d.toml", &i); err != nil || problem.Severity != diag.Error {
			continue
		}
		p := people[i]
		if problem.Line < 1 || problem.Line > len(lines[i]) || p.faulty[lines[i][problem.Line-1]] {
			continue
		}
		path := lines[i][problem.Line-1]
		faulty[i] = true
		r.leaveOut(p, path, problem.Message)
	}
	for i, p := range people {
		for _, path := range sortedPaths(p.values) {
			field, ok := fieldAt(&r.fields.Field, path)
			text, isText := p.values[path].(string)
			if !ok || !isText || field.Type != schema.TypeMarkdown {
				continue
			}
			for _, problem := range markdown.Parse(markdown.Source{Text: text}, markdown.Options{}).Problems() {
				if problem.Severity == diag.Error {
					faulty[i] = true
					r.leaveOut(p, path, problem.Message)
					break
				}
			}
		}
	}
	var again []*person
	for i, p := range people {
		if faulty[i] {
			again = append(again, p)
		}
	}
	return again
}

// leaveOut takes a faulty value out of what a row says.
func (r *run) leaveOut(p *person, path, message string) {
	if path == "name" {
		r.problems.Errorf(cmp.Or(p.at[path], p.rowPlace()), "cell", "%s", redact(message))
	} else {
		r.converter.warn(p, path, "%s; it is left out", message)
	}
	delete(p.values, path)
	p.faulty[path] = true
}

// safe is Markdown as a page takes it: what a page would refuse, such as a tag that is no tag,
// is escaped, so that the text says what it said.
func (c *converter) safe(text string) string {
	if !strings.ContainsAny(text, "<") {
		return text
	}
	for range 50 {
		at := -1
		for _, problem := range markdown.Parse(markdown.Source{Text: text}, markdown.Options{}).Problems() {
			if problem.Severity == diag.Error {
				at = offsetOf(text, problem.Place)
				break
			}
		}
		if at < 0 || at >= len(text) || text[at] != '<' {
			return text
		}
		text = text[:at] + `\` + text[at:]
	}
	return text
}

// offsetOf is where a place lies in a text.
func offsetOf(text string, place diag.Place) int {
	at := 0
	for range place.Line - 1 {
		newline := strings.IndexByte(text[at:], '\n')
		if newline < 0 {
			return -1
		}
		at += newline + 1
	}
	column := 1
	for i := range text[at:] {
		if column == place.Column {
			return at + i
		}
		column++
	}
	return -1
}

func sortedPaths(values map[string]any) []string {
	paths := make([]string, 0, len(values))
	for path := range values {
		paths = append(paths, path)
	}
	slices.Sort(paths)
	return paths
}

// drafts are files that are on no disk, by path.
type drafts map[string]string

func (d drafts) Open(name string) (fs.File, error) {
	text, ok := d[name]
	if !ok {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
	}
	return &draft{name, strings.NewReader(text)}, nil
}

// A draft is an open one.
type draft struct {
	name string
	*strings.Reader
}

func (d *draft) Stat() (fs.FileInfo, error) { return d, nil }
func (d *draft) Close() error               { return nil }
func (d *draft) Name() string               { return d.name }
func (d *draft) Mode() fs.FileMode          { return 0o444 }
func (d *draft) ModTime() time.Time         { return time.Time{} }
func (d *draft) IsDir() bool                { return false }
func (d *draft) Sys() any                   { return nil }
