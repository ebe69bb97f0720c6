package roster

import (
	"bytes"
	"cmp"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strconv"
	"strings"

	"github.com/stoa-portal/stoa/generator/internal/amend"
	"github.com/stoa-portal/stoa/generator/internal/diag"
	"github.com/stoa-portal/stoa/generator/internal/digest"
)

// exportedColumn is the last column of a CSV export: the beginning of the digest of the
// profile's file.
const (
	exportedColumn = "exported"
	exportedDigits = 16
)

// Export writes the profiles of a site: everything that their files hold, also what is not
// published. As CSV (RFC 4180, UTF-8 with a byte-order mark, without which Excel reads other letters)
// it has a column for each field, named by its path:
//
//   - availability.capacity and the like for the keys of a table;
//   - links.1.url, links.1.label, links.2.url … for lists of tables;
//   - entries of a list between "; ", in which ; and \ are written \; and \\;
//   - [extra] as one JSON object;
//   - an apostrophe before a cell that a spreadsheet would take for a formula (OWASP, CSV Injection).
//
// As JSON it holds each file's values, and its text, from which Import makes the same file again.
// The error is a list of problems when a file cannot be read.
func Export(w io.Writer, in Input, format string) error {
	r := newRun(in)
	files, err := fs.Glob(in.Site, mentorsFolder+"*.toml")
	if err != nil {
		return err
	}
	slices.SortFunc(files, func(a, b string) int { // a profile before its translations
		return cmp.Or(strings.Count(a, ".")-strings.Count(b, "."), strings.Compare(a, b))
	})
	tags := []string{}
	if in.Config != nil {
		tags = in.Config.Tags()
	}
	var profiles []*profile
	byID := map[string]*profile{}
	for _, file := range files {
		id := strings.TrimSuffix(path.Base(file), ".toml")
		data, err := fs.ReadFile(in.Site, file)
		if err != nil {
			return err
		}
		base, lang, translated := strings.Cut(id, ".")
		if translated && slices.Contains(tags, lang) {
			if p := byID[base]; p != nil {
				p.Translations[lang] = string(data)
			}
			continue
		}
		opened, err := amend.Open(data, r.order)
		if err != nil {
			r.problems.Errorf(diag.Place{File: file}, "unreadable", "the profile cannot be read: stoa check says what is wrong with it")
			continue
		}
		p := &profile{ID: id, Values: opened.Values(), Source: string(data), Translations: map[string]string{}, sum: digest.Bytes(data).String()}
		profiles, byID[id] = append(profiles, p), p
	}
	if err := r.problems.Err(); err != nil {
		return err
	}
	if format == "json" {
		return writeJSON(w, profiles)
	}
	return r.writeCSV(w, profiles)
}

// A profile is one file, as JSON has it.
type profile struct {
	ID           string            `json:"id"`
	Values       map[string]any    `json:"values"`
	Source       string            `json:"source"`
	Translations map[string]string `json:"translations,omitempty"`

	sum string
}

func writeJSON(w io.Writer, profiles []*profile) error {
	if profiles == nil {
		profiles = []*profile{}
	}
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	return encoder.Encode(struct {
		Stoa    string     `json:"stoa"`
		Version int        `json:"version"`
		Mentors []*profile `json:"mentors"`
	}{"roster", 1, profiles})
}

func (r *run) writeCSV(w io.Writer, profiles []*profile) error {
	rows := make([]map[string]string, len(profiles))
	used := map[string]bool{"name": true}
	for i, p := range profiles {
		rows[i] = map[string]string{}
		for path, v := range r.flat(p.Values) {
			for column, text := range cells(path, v) {
				rows[i][column] = text
				used[column] = true
			}
		}
		if extra, ok := p.Values["extra"].(map[string]any); ok && len(extra) > 0 {
			var b bytes.Buffer
			encoder := json.NewEncoder(&b)
			encoder.SetEscapeHTML(false)
			if err := encoder.Encode(extra); err != nil {
				return err
			}
			rows[i]["extra"], used["extra"] = strings.TrimSpace(b.String()), true
		}
	}
	columns := slices.Collect(maps.Keys(used))
	slices.SortFunc(columns, func(a, b string) int { return slices.Compare(r.rank(a), r.rank(b)) })
	if _, err := io.WriteString(w, "\uFEFF"); err != nil {
		return err
	}
	writer := csv.NewWriter(w)
	writer.UseCRLF = true
	record := append([]string{"id"}, columns...)
	if err := writer.Write(append(record, exportedColumn)); err != nil {
		return err
	}
	for i, p := range profiles {
		record = []string{p.ID}
		for _, column := range columns {
			record = append(record, guard(rows[i][column]))
		}
		if err := writer.Write(append(record, p.sum[:exportedDigits])); err != nil {
			return err
		}
	}
	writer.Flush()
	return writer.Error()
}

// rank is where a column stands: fields in their order, entries of a list one after another.
func (r *run) rank(column string) []int {
	var path []string
	rank := []int{}
	for step := range strings.SplitSeq(column, ".") {
		if n, err := strconv.Atoi(step); err == nil {
			rank = append(rank, n)
			continue
		}
		rank = append(rank, r.order(path, step))
		path = append(path, step)
	}
	return rank
}

// cells are the columns of one value.
func cells(path string, v any) map[string]string {
	if strings.HasPrefix(path, "extra.") {
		return nil
	}
	list, ok := v.([]any)
	if !ok {
		return map[string]string{path: cellText(v)}
	}
	all := map[string]string{}
	var entries []string
	for i, entry := range list {
		table, ok := entry.(map[string]any)
		if !ok {
			entries = append(entries, joinEscapes.Replace(cellText(entry)))
			continue
		}
		for key, inner := range table {
			all[fmt.Sprintf("%s.%d.%s", path, i+1, key)] = cellText(inner)
		}
	}
	if len(all) == 0 {
		all[path] = strings.Join(entries, "; ")
	}
	return all
}

var joinEscapes = strings.NewReplacer(`\`, `\\`, ";", `\;`)

// unjoin takes apart what cells joined.
func unjoin(text string) []string {
	var pieces []string
	var b strings.Builder
	for i := 0; i < len(text); i++ {
		switch {
		case text[i] == '\\' && i+1 < len(text):
			i++
			b.WriteByte(text[i])
		case text[i] == ';':
			pieces = append(pieces, b.String())
			b.Reset()
		default:
			b.WriteByte(text[i])
		}
	}
	return append(pieces, b.String())
}

func cellText(v any) string {
	switch v := v.(type) {
	case string:
		return v
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64)
	}
	return fmt.Sprint(v)
}

// guard puts an apostrophe before a text that a spreadsheet would compute, and before one that
// has one of its own there.
func guard(text string) string {
	if text != "" && strings.ContainsRune("=+-@\t\r", rune(text[0])) || guarded.MatchString(text) {
		return "'" + text
	}
	return text
}
