package server

import (
	"bytes"
	_ "embed"
	"fmt"
	"html/template"
	"net/http"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/width"

	"github.com/stoa-portal/stoa/generator/internal/diag"
	"github.com/stoa-portal/stoa/generator/internal/digest"
)

// A view is a page of the server's own, in place of one of the site.
type view struct {
	status   int
	tag      string
	Title    string
	Lead     string
	Problems []shownProblem
	More     int // problems left out
}

// A shownProblem is a problem as the view shows it.
type shownProblem struct {
	diag.Problem
	Excerpt []excerptLine
}

// An excerptLine is a line of a source file, or the caret under one.
type excerptLine struct {
	Number              int // 0 for the caret's
	Before, Mark, After string
}

var (
	waiting = &view{status: http.StatusServiceUnavailable, tag: "waiting", Title: "Reading the site", Lead: "The first page appears here by itself in a moment."}
	missing = &view{status: http.StatusNotFound, tag: "missing", Title: "There is no such page", Lead: "The site has no page at this address, and no 404.html that would say so."}
)

// A view is for reading, not for archives: the first problems are the ones to mend.
const (
	maxShown    = 100
	maxLine     = 160 // code points of an excerpt's line
	linesAround = 2
)

// problemView shows problems, errors before warnings.
func problemView(problems diag.List, source func(string) []byte) *view {
	sorted := problems.Sorted()
	slices.SortStableFunc(sorted, func(a, b diag.Problem) int { return int(a.Severity) - int(b.Severity) })
	v := &view{
		status: http.StatusInternalServerError,
		Title:  count(sorted),
		Lead:   "Nothing is published until the errors are mended. Save the file, and this page goes away by itself.",
	}
	v.More = max(0, len(sorted)-maxShown)
	for _, p := range sorted[:len(sorted)-v.More] {
		v.Problems = append(v.Problems, shownProblem{p, excerpt(p.Place, source)})
	}
	v.tag = "problems-" + digest.Of(v.Title, v.Problems).String()
	return v
}

func count(problems diag.List) string {
	number := func(n int, noun string) string {
		if n == 1 {
			return "1 " + noun
		}
		return fmt.Sprintf("%d %ss", n, noun)
	}
	switch errors, warnings := problems.Errors(), problems.Warnings(); {
	case warnings == 0:
		return number(errors, "error")
	case errors == 0:
		return number(warnings, "warning")
	default:
		return number(errors, "error") + ", " + number(warnings, "warning")
	}
}

// excerpt is the lines around a place, with a caret under the column where there is one.
func excerpt(at diag.Place, source func(string) []byte) []excerptLine {
	if at.File == "" || at.Line == 0 || source == nil {
		return nil
	}
	lines := strings.Split(strings.TrimPrefix(string(source(at.File)), "\uFEFF"), "\n")
	if at.Line > len(lines) || len(lines) == 1 && lines[0] == "" {
		return nil // the file is another by now
	}
	first, last := max(1, at.Line-linesAround), min(len(lines), at.Line+linesAround)
	if last == len(lines) && lines[last-1] == "" && last > at.Line {
		last-- // what follows the final line end is no line
	}
	var shown []excerptLine
	for n := first; n <= last; n++ {
		text := []rune(strings.TrimSuffix(lines[n-1], "\r"))
		if n != at.Line || at.Column == 0 {
			shown = append(shown, excerptLine{Number: n, Before: visible(text[:min(len(text), maxLine)])})
			continue
		}
		column := min(at.Column-1, len(text))
		start := max(0, column-maxLine/2)
		end := min(len(text), start+maxLine)
		line := excerptLine{Number: n, Before: visible(text[start:column])}
		if column < end {
			line.Mark, line.After = visible(text[column:column+1]), visible(text[column+1:end])
		}
		shown = append(shown, line, excerptLine{Before: blank([]rune(line.Before)), Mark: "^"})
	}
	return shown
}

// visible shows what would be invisible or would turn the line around.
func visible(text []rune) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\t' || unicode.IsGraphic(r):
			return r
		case r < ' ':
			return '␀' + r
		case r == '\u200c' || r == '\u200d':
			return r
		}
		return unicode.ReplacementChar
	}, string(text))
}

// blank is as wide as the text in a font of fixed width, and empty.
func blank(text []rune) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\t':
			return r
		case unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf):
			return -1
		}
		switch width.LookupRune(r).Kind() {
		case width.EastAsianWide, width.EastAsianFullwidth:
			return '\u3000'
		}
		return ' '
	}, string(text))
}

//go:embed view.html
var viewSource string

var viewTemplate = template.Must(template.New("view").Parse(viewSource))

// html is the view as a page. home is the path of the server's own files.
func (v *view) html(home, tag string) []byte {
	var b bytes.Buffer
	err := viewTemplate.Execute(&b, struct {
		*view
		Home, Tag string
	}{v, home, tag})
	if err != nil { // a view is plain strings and numbers
		return []byte(template.HTMLEscapeString(v.text()))
	}
	return b.Bytes()
}

// text is the view in lines.
func (v *view) text() string {
	lines := []string{v.Title}
	for _, p := range v.Problems {
		lines = append(lines, p.Problem.String())
	}
	if v.More > 0 {
		lines = append(lines, fmt.Sprintf("and %d more", v.More))
	}
	return strings.Join(lines, "\n")
}
