package theme

import (
	"errors"
	"html/template"
	"io"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/stoa-portal/stoa/generator/internal/diag"
)

// explain turns the failure of a minified template into a problem with the place in the
// file as written, by running the templates as written on the same view.
func (l *Language) explain(name string, view any, err error) error {
	if written, composed := l.compose(name, false); composed == nil {
		if failure := written.Execute(io.Discard, view); failure != nil {
			err = failure
		}
	}
	return diag.List{l.theme.problem(err)}
}

// tryLayouts runs the escaper of html/template over every layout and component, so that
// a fault such as an action inside an unquoted script shows at load. The built-in theme
// is tested and spared the time.
func (t *Theme) tryLayouts(o Options, problems *diag.List) {
	l := t.Language(o.Default, Site{Base: "/"})
	try := func(name string) {
		entry, err := l.compose(name, false)
		if err == nil {
			err = entry.Execute(io.Discard, nil)
		}
		if escape, ok := errors.AsType[*template.Error](err); ok {
			problems.Add(diag.List{t.problem(escape)})
		}
	}
	for _, kind := range t.Layouts() {
		try(layoutName(kind))
	}
	for _, name := range slices.Sorted(maps.Keys(t.templates.components)) {
		try(name)
	}
}

var (
	executing = regexp.MustCompile(`^template: (\S+:\d+:\d+): executing "[^"]*" at <(.*?)>: (?s:(.*))$`)
	escaping  = regexp.MustCompile(`^html/template:(\S+:\d+(?::\d+)?): (?s:(.*))$`)
	noField   = regexp.MustCompile(`^can't evaluate field (\w+) in type [*\w.]*?(\w+)$`)
	nilField  = regexp.MustCompile(`^nil pointer evaluating \S*?\.(\w+)$`)
	calling   = regexp.MustCompile(`^error calling \w+: (.*)$`)
	parsing   = regexp.MustCompile(`^template: (\S+?):(\d+): (?s:(.*))$`)
	unknown   = regexp.MustCompile(`^function "(\w+)" not defined$`)
)

// problem says what is wrong with a template in the words of somebody who writes
// layouts.
func (t *Theme) problem(err error) diag.Problem {
	message := err.Error()
	var at diag.Place
	if m := executing.FindStringSubmatch(message); m != nil {
		at, message = t.place(m[1]), m[3]
		expression := m[2]
		if m := noField.FindStringSubmatch(message); m != nil {
			message = "there is no " + m[1] + " in a " + m[2] + ", which is what {{" + expression + "}} looks at; themes/README.md lists what it has"
		} else if m := nilField.FindStringSubmatch(message); m != nil {
			message = "{{" + expression + "}} looks for " + m[1] + " in something that this page does not have; ask first with {{with …}} or {{if …}}"
		} else if m := calling.FindStringSubmatch(message); m != nil {
			message = m[1]
		}
	} else if m := escaping.FindStringSubmatch(message); m != nil {
		at, message = t.place(m[1]), m[2]
	}
	return diag.Problem{Place: at, Severity: diag.Error, Rule: "layout", Message: message}
}

// parseProblem says why a template file cannot be read.
func parseProblem(place string, err error) diag.List {
	at, message := diag.Place{File: place}, err.Error()
	if m := parsing.FindStringSubmatch(message); m != nil {
		at.Line, _ = strconv.Atoi(m[2])
		message = m[3]
		if m := unknown.FindStringSubmatch(message); m != nil {
			known := append(slices.Sorted(maps.Keys(functionNames)), slices.Sorted(maps.Keys(builtins))...)
			message = "there is no function " + strconv.Quote(m[1]) + diag.DidYouMean(m[1], known)
		} else if message == "unexpected EOF" {
			message = "the file ends here, and an {{if}}, {{range}}, {{with}}, {{block}} or {{define}} is still without its {{end}}"
		} else if character, ok := strings.CutPrefix(message, "bad character "); ok {
			message = "this cannot stand between {{ and }}: " + character + "; is a }} missing before it?"
		}
	}
	return diag.List{{Place: at, Severity: diag.Error, Rule: "layout-syntax", Message: message}}
}

// place turns "layouts/home:12:4", as text/template writes it, with a column in bytes
// from 0, into a place in a file.
func (t *Theme) place(location string) diag.Place {
	parts := strings.Split(location, ":")
	file, ok := t.templates.places[parts[0]]
	if !ok || len(parts) < 2 {
		return diag.Place{File: location}
	}
	at := diag.Place{File: file}
	at.Line, _ = strconv.Atoi(parts[1])
	if len(parts) < 3 {
		return at
	}
	offset, _ := strconv.Atoi(parts[2])
	for _, f := range t.files {
		if f.place != file {
			continue
		}
		lines := strings.Split(string(f.data), "\n")
		if at.Line >= 1 && at.Line <= len(lines) {
			line := lines[at.Line-1]
			at.Column = utf8.RuneCountInString(line[:min(offset, len(line))]) + 1
		}
	}
	return at
}
