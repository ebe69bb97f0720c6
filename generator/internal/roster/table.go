package roster

import (
	"encoding/csv"
	"errors"
	"io"
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/stoa-portal/stoa/generator/internal/diag"
)

// delimiters are those that spreadsheets write between cells.
var delimiters = []rune{',', ';', '\t', '|'}

// readTable reads delimited text (RFC 4180, with any of the delimiters).
func readTable(name, text string, m *Mapping, problems *diag.List) *sheet {
	skipped := 0
	cut := func() {
		_, rest, _ := strings.Cut(text, "\n")
		text = rest
		skipped++
	}
	delimiter := rune(0)
	if first, _, _ := strings.Cut(text, "\n"); len(first) == len("sep=,") && strings.HasPrefix(first, "sep=") {
		delimiter = rune(first[4]) // as Excel writes it
		cut()
	}
	for range max(m.Header-1, 0) {
		cut()
	}
	switch {
	case m.Delimiter == `\t` || m.Delimiter == "tab":
		delimiter = '\t'
	case m.Delimiter != "":
		delimiter = []rune(m.Delimiter)[0]
	case delimiter == 0:
		delimiter = sniff(text)
	}
	reader := csv.NewReader(strings.NewReader(text))
	reader.Comma, reader.FieldsPerRecord = delimiter, -1
	s := &sheet{name: name}
	columns := characters{text: text}
	for {
		record, err := reader.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			problems.Errorf(csvFault(name, text, skipped, err))
			return nil
		}
		line, _ := reader.FieldPos(0)
		line += skipped
		if empty(record) {
			continue
		}
		if s.columns == nil {
			s.header(record)
			if len(s.columns) > maxColumns {
				problems.Errorf(diag.At(name, line, 0), "too-large", "the sheet has %d columns; at most %d are read", len(s.columns), maxColumns)
				return nil
			}
			continue
		}
		before := problems.Errors()
		r := &row{sheet: s, line: line, cells: make([]cell, len(record))}
		for i, text := range record {
			l, c := reader.FieldPos(i)
			r.cells[i] = cell{line: l + skipped, column: columns.of(l, c)}
			if text = strings.TrimSpace(guarded.ReplaceAllString(text, "$1")); text != "" {
				r.cells[i].texts = []string{text}
			}
		}
		switch {
		case len(record) < len(s.columns):
			problems.Errorf(r.place(), "half-row", "the row ends early: it has %s, and the header has %d", counted(len(record), "cell"), len(s.columns))
		case len(record) > len(s.columns) && !empty(record[len(s.columns):]):
			problems.Errorf(r.at(len(s.columns)), "half-row", "the row has %s, and the header %d: a delimiter stands in a text that is not in quotation marks", counted(len(record), "cell"), len(s.columns))
		}
		r.broken = problems.Errors() > before
		s.rows = append(s.rows, r)
		if excess(name, len(s.rows), problems) {
			return nil
		}
	}
	if s.columns == nil {
		problems.Errorf(diag.Place{File: name}, "empty", "the sheet is empty")
		return nil
	}
	return s
}

// characters turns the columns of a text, in ascending places, from bytes into characters.
type characters struct {
	text        string
	line, begin int
	bytes, n    int // of the last column asked for, from the line's beginning
}

func (c *characters) of(line, column int) int {
	for c.line < line {
		if c.line++; c.line > 1 {
			c.begin += strings.IndexByte(c.text[c.begin:], '\n') + 1
		}
		c.bytes, c.n = 0, 0
	}
	c.n += utf8.RuneCountInString(c.text[c.begin+c.bytes : c.begin+column-1])
	c.bytes = column - 1
	return c.n + 1
}

// guarded is a cell that would be a formula, were it not for the apostrophe that an export put
// before it (OWASP, "CSV Injection").
var guarded = regexp.MustCompile(`^'('*[=+\-@\t\r])`)

func (s *sheet) header(record []string) {
	for _, name := range record {
		s.columns = append(s.columns, strings.Join(strings.Fields(strings.TrimPrefix(name, "\uFEFF")), " "))
	}
	for len(s.columns) > 0 && s.columns[len(s.columns)-1] == "" {
		s.columns = s.columns[:len(s.columns)-1]
	}
}

func empty(record []string) bool {
	for _, text := range record {
		if strings.TrimSpace(text) != "" {
			return false
		}
	}
	return true
}

// sniff finds the delimiter: the one by which the header has most cells, and the first rows as
// many as it.
func sniff(text string) rune {
	best, bestScore := ',', 0
	for _, delimiter := range delimiters {
		reader := csv.NewReader(strings.NewReader(text))
		reader.Comma, reader.FieldsPerRecord, reader.ReuseRecord = delimiter, -1, true
		cells, same := 0, 1
		for range 20 {
			record, err := reader.Read()
			if err != nil {
				break
			}
			if cells == 0 {
				cells = len(record)
			} else if len(record) == cells {
				same++
			}
		}
		if score := (cells - 1) * same; score > bestScore {
			best, bestScore = delimiter, score
		}
	}
	return best
}

// csvFault says in words for the coordinator what is wrong with delimited text.
func csvFault(name, text string, skipped int, err error) (diag.Place, string, string) {
	fault, ok := errors.AsType[*csv.ParseError](err)
	if !ok {
		return diag.Place{File: name}, "syntax", "the sheet cannot be read as CSV"
	}
	if errors.Is(fault.Err, csv.ErrQuote) && fault.StartLine != fault.Line || fault.Line > strings.Count(text, "\n") {
		return diag.At(name, fault.StartLine+skipped, 0), "syntax", `a text with a quotation mark at its beginning has none at its end: the row that begins here is cut off, or a " inside a text is not written twice`
	}
	if errors.Is(fault.Err, csv.ErrBareQuote) || errors.Is(fault.Err, csv.ErrQuote) {
		return diag.At(name, fault.Line+skipped, fault.Column), "syntax", `a quotation mark stands inside a text: the text has to be in quotation marks, and the one inside written twice ("")`
	}
	return diag.At(name, fault.Line+skipped, fault.Column), "syntax", "the sheet cannot be read as CSV from here on"
}
