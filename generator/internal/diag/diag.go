// Package diag holds what every other room says when something is wrong: a
// problem with its place in a source file, in words for the author of that file.
//
// Rooms never print and never stop at the first fault. They collect problems in
// a [List], and the command prints it once, sorted by place, in the format asked
// for (see [List.WriteText], [List.WriteJSON] and [List.WriteGitHub]).
package diag

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// A Place is a position in a source file. The zero Place means the site as a whole.
type Place struct {
	File   string `json:"file,omitempty"`   // slash-separated, relative to the site's source folder
	Line   int    `json:"line,omitempty"`   // from 1; 0 means the file as a whole
	Column int    `json:"column,omitempty"` // in Unicode code points, from 1; 0 means the line as a whole
}

// String writes the place as editors and terminals link it: file:line:column,
// leaving off what is zero.
func (p Place) String() string {
	switch {
	case p.File == "":
		return ""
	case p.Line == 0:
		return p.File
	case p.Column == 0:
		return fmt.Sprintf("%s:%d", p.File, p.Line)
	}
	return fmt.Sprintf("%s:%d:%d", p.File, p.Line, p.Column)
}

// At is short for a Place in file.
func At(file string, line, column int) Place { return Place{file, line, column} }

// PlaceAt finds the place of a byte offset in a source text. Lines end with LF or
// CRLF; a byte-order mark at the start counts as no column.
func PlaceAt(file string, source []byte, offset int) Place {
	offset = min(max(offset, 0), len(source))
	line, start := 1, 0
	for i := 0; i < offset; i++ {
		if source[i] == '\n' {
			line++
			start = i + 1
		}
	}
	text := string(source[start:offset])
	if start == 0 {
		text = strings.TrimPrefix(text, "\uFEFF")
	}
	return Place{file, line, len([]rune(text)) + 1}
}

// Severity tells whether a problem stops a build.
type Severity int

const (
	Error   Severity = iota // nothing is published
	Warning                 // published, but somebody should look; an error under --strict
)

func (s Severity) String() string {
	if s == Warning {
		return "warning"
	}
	return "error"
}

// MarshalText writes the severity's name, so that JSON reads "error" or "warning".
func (s Severity) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// UnmarshalText reads what MarshalText wrote.
func (s *Severity) UnmarshalText(text []byte) error {
	switch string(text) {
	case "error":
		*s = Error
	case "warning":
		*s = Warning
	default:
		return fmt.Errorf("unknown severity %q", text)
	}
	return nil
}

// A Problem is one thing that somebody should mend.
type Problem struct {
	Place
	Severity Severity `json:"severity"`
	Rule     string   `json:"rule"`    // stable name of the rule, such as "unknown-key"
	Message  string   `json:"message"` // one sentence in the author's words, without a final stop
}

// String writes one line: place, the word "warning" where it is one, and the message.
func (p Problem) String() string {
	var b strings.Builder
	if place := p.Place.String(); place != "" {
		b.WriteString(place)
		b.WriteString(": ")
	}
	if p.Severity == Warning {
		b.WriteString("warning: ")
	}
	b.WriteString(p.Message)
	return b.String()
}

// A List is the problems of one run. It is an error when it holds any problem of
// severity Error; see [List.Err]. The zero List is ready to use.
type List []Problem

// Errorf adds an error.
func (l *List) Errorf(at Place, rule, format string, args ...any) {
	*l = append(*l, Problem{at, Error, rule, fmt.Sprintf(format, args...)})
}

// Warnf adds a warning.
func (l *List) Warnf(at Place, rule, format string, args ...any) {
	*l = append(*l, Problem{at, Warning, rule, fmt.Sprintf(format, args...)})
}

// Add appends the problems of another list.
func (l *List) Add(other List) { *l = append(*l, other...) }

// Errors counts the problems of severity Error.
func (l List) Errors() int {
	n := 0
	for _, p := range l {
		if p.Severity == Error {
			n++
		}
	}
	return n
}

// Warnings counts the problems of severity Warning.
func (l List) Warnings() int { return len(l) - l.Errors() }

// Err is the list itself as an error when it holds an error, else nil.
func (l List) Err() error {
	if l.Errors() == 0 {
		return nil
	}
	return l
}

// Error implements error with every problem on a line of its own.
func (l List) Error() string {
	lines := make([]string, len(l))
	for i, p := range l {
		lines[i] = p.String()
	}
	return strings.Join(lines, "\n")
}

// Sorted returns the problems ordered by file, line, column, severity and message,
// each once.
func (l List) Sorted() List {
	sorted := slices.Clone(l)
	slices.SortStableFunc(sorted, func(a, b Problem) int {
		return cmp.Or(
			cmp.Compare(a.File, b.File),
			cmp.Compare(a.Line, b.Line),
			cmp.Compare(a.Column, b.Column),
			cmp.Compare(a.Severity, b.Severity),
			cmp.Compare(a.Message, b.Message),
			cmp.Compare(a.Rule, b.Rule),
		)
	})
	return slices.Compact(sorted)
}

// Strict returns the list with every warning turned into an error.
func (l List) Strict() List {
	strict := slices.Clone(l)
	for i := range strict {
		strict[i].Severity = Error
	}
	return strict
}
