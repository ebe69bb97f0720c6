package markdown

import (
	"bytes"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/stoa-portal/stoa/generator/internal/diag"
)

const bom = "\uFEFF"

// A locator holds a text as it is parsed and finds the places of its bytes in the
// file. Line ends become LF before parsing, so that a checkout on Windows renders the
// same bytes; lines and columns do not notice.
type locator struct {
	source  Source
	text    []byte
	shift   int   // bytes taken off the front: a byte-order mark
	removed []int // offsets in text before which a CR was taken out, ascending

	lines []int // offsets where lines begin; made when first needed
	// Where the last question was answered: questions mostly come in order, and a line
	// may be long.
	offset, line, column int
}

func newLocator(source Source) *locator {
	source.Line, source.Column = max(source.Line, 1), max(source.Column, 1)
	l := &locator{source: source}
	spelled := source.Text
	if strings.HasPrefix(spelled, bom) {
		spelled, l.shift = spelled[len(bom):], len(bom)
	}
	if strings.IndexByte(spelled, '\r') < 0 {
		l.text = []byte(spelled)
		return l
	}
	l.text = make([]byte, 0, len(spelled))
	for i := range len(spelled) {
		switch {
		case spelled[i] != '\r':
			l.text = append(l.text, spelled[i])
		case i+1 < len(spelled) && spelled[i+1] == '\n':
			l.removed = append(l.removed, len(l.text))
		default: // a lone CR ends no line in any editor of today
			l.text = append(l.text, ' ')
		}
	}
	return l
}

// place finds where a byte of the text stands in the file.
func (l *locator) place(offset int) diag.Place {
	offset = min(max(offset, 0), len(l.text))
	if l.source.Locate != nil {
		before, _ := slices.BinarySearch(l.removed, offset+1)
		return l.source.Locate(l.shift + offset + before)
	}
	if l.lines == nil {
		l.lines = append(l.lines, 0)
		for i, c := range l.text {
			if c == '\n' {
				l.lines = append(l.lines, i+1)
			}
		}
	}
	line, exact := slices.BinarySearch(l.lines, offset)
	if !exact {
		line--
	}
	from, column := l.lines[line], 1
	if line == 0 {
		column = l.source.Column
	}
	if l.column > 0 && l.line == line && l.offset <= offset {
		from, column = l.offset, l.column
	}
	column += utf8.RuneCount(l.text[from:offset])
	l.offset, l.line, l.column = offset, line, column
	return diag.At(l.source.File, l.source.Line+line, column)
}

// within finds the offset of a part of the text that a parser sliced out of it; false
// when it is a copy.
func (l *locator) within(part []byte) (int, bool) {
	offset := cap(l.text) - cap(part)
	if len(part) == 0 || offset < 0 || offset+len(part) > len(l.text) || &l.text[offset] != &part[0] {
		return 0, false
	}
	return offset, true
}

// lineAt is the rest of the line that begins at the offset, without its end.
func (l *locator) lineAt(offset int) []byte {
	rest := l.text[min(offset, len(l.text)):]
	if end := bytes.IndexByte(rest, '\n'); end >= 0 {
		rest = rest[:end]
	}
	return rest
}
