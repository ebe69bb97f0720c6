package roster

import (
	"fmt"
	"path"
	"strings"

	"github.com/stoa-portal/stoa/generator/internal/diag"
	"github.com/stoa-portal/stoa/generator/internal/fold"
)

// MaxSize is the size of the largest sheet that is read, in bytes.
const MaxSize = 32 << 20

// maxRows and maxColumns bound a sheet.
const (
	maxRows    = 100_000
	maxColumns = 1_000
)

// A Source is a sheet as it came: a file of the coordinator, or what an address answered.
type Source struct {
	Name   string // what the user calls it; its extension says how it is written
	Data   []byte
	Public bool // everybody who knows its address can read it
}

// A sheet is a source that was read: rows of cells under columns. Records of JSON and YAML are
// rows too; what is nested in them has columns of its own, such as "skills.areas".
type sheet struct {
	name    string
	columns []string
	rows    []*row
	public  bool
	root    *value // of JSON and YAML

	byKey map[string][]int // columns by their folded name
}

// A row is one person's.
type row struct {
	sheet  *sheet
	line   int
	cells  []cell // by column; may be shorter
	broken bool   // what is wrong with it has been said
}

// A cell is what a row says in a column: a text, or those of a list.
type cell struct {
	texts        []string
	list         bool
	line, column int
}

// index is the column of that name: as written, or but for case, accents and spaces. It is -1
// when there is none, and -2 when there are several.
func (s *sheet) index(name string) int {
	if s.byKey == nil {
		s.byKey = map[string][]int{}
		for i, column := range s.columns {
			key := fold.Key(column)
			s.byKey[key] = append(s.byKey[key], i)
		}
	}
	found := s.byKey[fold.Key(name)]
	exact := -1
	for _, i := range found {
		if s.columns[i] == name {
			if exact >= 0 {
				return -2
			}
			exact = i
		}
	}
	switch {
	case exact >= 0:
		return exact
	case len(found) == 0:
		return -1
	case len(found) > 1:
		return -2
	}
	return found[0]
}

func (r *row) place() diag.Place { return diag.At(r.sheet.name, r.line, 0) }

func (r *row) cell(column int) cell {
	if column < 0 || column >= len(r.cells) {
		return cell{}
	}
	return r.cells[column]
}

// at is the place of a cell, or of its row.
func (r *row) at(column int) diag.Place {
	if c := r.cell(column); c.line > 0 {
		return diag.At(r.sheet.name, c.line, c.column)
	}
	return r.place()
}

// text is a cell's text on one line.
func (r *row) text(column int) string {
	return strings.Join(strings.Fields(strings.Join(r.cell(column).texts, ", ")), " ")
}

// read reads a source. The sheet is nil when it cannot be read.
func read(s Source, m *Mapping, problems *diag.List) *sheet {
	if len(s.Data) > MaxSize {
		problems.Errorf(diag.Place{File: s.Name}, "too-large", "the sheet has %d MB; at most %d MB are read: split it into several", len(s.Data)>>20, MaxSize>>20)
		return nil
	}
	text, ok := decodeText(s, m.Encoding, problems)
	if !ok {
		return nil
	}
	if strings.TrimSpace(text) == "" {
		problems.Errorf(diag.Place{File: s.Name}, "empty", "the sheet is empty")
		return nil
	}
	var result *sheet
	switch kind(s.Name, text) {
	case "json":
		result = readTree(s.Name, parseJSON(s.Name, text, problems), problems)
	case "yaml":
		before := problems.Errors()
		if tree := parseYAML(s.Name, text, problems); problems.Errors() == before {
			result = readTree(s.Name, tree, problems)
		}
	case "html":
		problems.Errorf(diag.Place{File: s.Name}, "web-page", "this is a web page, not a sheet: in the spreadsheet, choose File, Share, Publish to web, and there the one sheet as comma-separated values (.csv)")
	case "workbook":
		problems.Errorf(diag.Place{File: s.Name}, "workbook", "this is a workbook: save the sheet as CSV (UTF-8) and import that")
	default:
		result = readTable(s.Name, text, m, problems)
	}
	if result != nil {
		result.public = s.Public
	}
	return result
}

// kind says how a text is written: by its name, or else by how it begins.
func kind(name, text string) string {
	if strings.HasPrefix(text, "PK\x03\x04") || strings.HasPrefix(text, "\xD0\xCF\x11\xE0") {
		return "workbook"
	}
	switch strings.ToLower(path.Ext(name)) {
	case ".json":
		return "json"
	case ".yaml", ".yml":
		return "yaml"
	}
	begin := strings.ToLower(strings.TrimSpace(text[:min(len(text), 1000)]))
	switch {
	case strings.HasPrefix(begin, "<!doctype html"), strings.HasPrefix(begin, "<html"):
		return "html"
	case strings.HasPrefix(begin, "{"), strings.HasPrefix(begin, "[{"), strings.HasPrefix(begin, "[\n"):
		return "json"
	}
	return "table"
}

// excess reports more rows than fit.
func excess(name string, rows int, problems *diag.List) bool {
	if rows > maxRows {
		problems.Errorf(diag.Place{File: name}, "too-large", "the sheet has more than %d rows", maxRows)
		return true
	}
	return false
}

// blank tells whether a text says nothing: people write a dash into cells that they leave empty.
func blank(text string) bool {
	switch strings.ToLower(strings.TrimSpace(text)) {
	case "", "-", "–", "—", "n/a":
		return true
	}
	return false
}

// counted is "1 row" or "3 rows".
func counted(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
