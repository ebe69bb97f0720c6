package schema

import (
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v4"
)

// A yamlReader turns the YAML of a front matter into the same nodes as TOML. Of YAML, it
// takes what people write by hand: maps, lists, texts, numbers, dates. Anchors, merge
// keys and several documents are refused; they would make the file mean something
// else than what is read on the page.
type yamlReader struct {
	*forest
	report reporter
	source string
	from   int
	lines  []int // offsets of the lines
	whole  bool
}

// readYAML reads source[from:to]. The second result tells whether all of it was read.
func readYAML(source string, from, to int, f *forest, report reporter) (*node, bool) {
	r := yamlReader{forest: f, report: report, source: source, from: from, whole: true}
	root := r.plant(node{at: from, standing: standsHeader})
	if blankYAML(source[from:to]) {
		return root, true
	}
	r.lines = lineOffsets(source, from, to)
	var document yaml.Node
	if err := yaml.Load([]byte(source[from:to]), &document); err != nil {
		r.fault(err)
		return root, false
	}
	if len(document.Content) != 1 || document.Content[0].Kind != yaml.MappingNode {
		report(from, "syntax", "the front matter holds no keys: every line is written as key: value")
		return root, false
	}
	r.table(root, document.Content[0], 1)
	return root, r.whole
}

func blankYAML(text string) bool {
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); line != "" && line[0] != '#' {
			return false
		}
	}
	return true
}

func (r *yamlReader) offset(line, column int) int {
	if line < 1 || line > len(r.lines) {
		return r.from
	}
	at := r.lines[line-1]
	for range column - 1 {
		_, size := utf8.DecodeRuneInString(r.source[at:])
		if size == 0 || r.source[at] == '\n' {
			break
		}
		at += size
	}
	return at
}

func (r *yamlReader) table(table *node, mapping *yaml.Node, depth int) {
	for i := 0; i+1 < len(mapping.Content); i += 2 {
		key, value := mapping.Content[i], mapping.Content[i+1]
		at := r.offset(key.Line, key.Column)
		switch {
		case key.Kind != yaml.ScalarNode || key.Tag == "!!merge":
			r.refuse(at, "a key is a single word here; merged and compound keys are not read")
			continue
		case r.child(table, key.Value) != nil:
			r.report(at, "duplicate-key", "%q is already set above; keep one of them", key.Value)
			continue
		}
		if n := r.value(value, depth+1); n != nil {
			n.key, n.keyAt = key.Value, at
			r.join(table, n)
		}
	}
}

func (r *yamlReader) refuse(at int, format string, args ...any) {
	r.whole = false
	r.report(at, "syntax", format, args...)
}

func (r *yamlReader) value(v *yaml.Node, depth int) *node {
	at := r.offset(v.Line, v.Column)
	if depth > deepest {
		r.refuse(at, "tables and lists are nested more than %d deep here", deepest)
		return nil
	}
	if v.Kind == yaml.AliasNode || v.Anchor != "" {
		r.refuse(at, "anchors (&) and aliases (*) are not read: write the value out, or put the text in quotes")
		return nil
	}
	n := r.plant(node{at: at, textAt: at, text: v.Value})
	switch {
	case v.Kind == yaml.MappingNode:
		r.table(n, v, depth)
	case v.Kind == yaml.SequenceNode:
		n.kind = kindList
		for _, entry := range v.Content {
			if child := r.value(entry, depth+1); child != nil {
				n.add(child)
			}
		}
	case v.Tag == "!!str":
		n.kind = kindText
		n.textAt = r.textAt(at, v.Style)
	case v.Tag == "!!int":
		n.kind = kindWhole
	case v.Tag == "!!float":
		n.kind = kindNumber
	case v.Tag == "!!bool":
		n.kind = kindBoolean
		n.text = strings.ToLower(v.Value)
	case v.Tag == "!!null":
		n.kind = kindNull
	case v.Tag == "!!timestamp":
		n.kind = kindTime
		if len(v.Value) <= len("2026-10-12") {
			n.kind = kindDate
		}
	default:
		r.refuse(at, "a value marked %s is not read: text goes in quotes", v.Tag)
		return nil
	}
	return n
}

// textAt is where the characters of a text begin: after its quote, or on the line after | or >.
func (r *yamlReader) textAt(at int, style yaml.Style) int {
	switch {
	case style&(yaml.LiteralStyle|yaml.FoldedStyle) != 0:
		if newline := strings.IndexByte(r.source[at:], '\n'); newline >= 0 {
			next := at + newline + 1
			return next + len(r.source[next:]) - len(strings.TrimLeft(r.source[next:], " "))
		}
	case style&(yaml.SingleQuotedStyle|yaml.DoubleQuotedStyle) != 0:
		return at + 1
	}
	return at
}

// fault reports what the YAML parser could not read.
func (r *yamlReader) fault(err error) {
	if strings.Contains(err.Error(), "found multiple") {
		r.refuse(r.from, "the front matter holds several documents: take out the line ... or --- in its middle")
		return
	}
	at, words := r.explain(err)
	r.refuse(at, "%s", words)
}

// ExplainYAML says in words for the author of a text what the YAML parser's error means, and
// at which offset of the text to look.
func ExplainYAML(source string, err error) (offset int, words string) {
	r := yamlReader{source: source, lines: lineOffsets(source, 0, len(source))}
	return r.explain(err)
}

func (r *yamlReader) explain(err error) (offset int, words string) {
	fault, ok := errors.AsType[*yaml.LoadError](err)
	if !ok {
		return r.from, fmt.Sprintf("this cannot be read as YAML (%s)", err)
	}
	at := r.offset(fault.Mark.Line, fault.Mark.Column)
	begin := r.offset(fault.ContextMark.Line, fault.ContextMark.Column)
	character := ""
	if c, size := utf8.DecodeRuneInString(r.source[at:]); size > 0 && c != '\n' {
		character = string(c)
	}
	has := func(part string) bool {
		return strings.Contains(fault.Message, part) || strings.Contains(fault.ContextMsg, part)
	}
	switch {
	case has("mapping values are not allowed"):
		return at, `a second ":" in a line: put the text in quotes (title: "First: a plan")`
	case has("flow sequence"):
		return begin, `the list that begins here is never closed: "]" is missing, or a comma`
	case has("flow mapping"):
		return begin, `the table that begins here is never closed: "}" is missing, or a comma`
	case has("quoted scalar"):
		return begin, `the text that begins here is never closed: a quotation mark is missing at its end`
	case character == "\t", has("tab"):
		return at, "a tab: YAML is indented with spaces"
	case has("cannot start any token"):
		return at, fmt.Sprintf("a text cannot begin with %q: put it in quotes", character)
	case has("unknown anchor"):
		return at, `a text cannot begin with "*": put it in quotes`
	case has("did not find expected key"), has("could not find expected ':'"), has("block mapping"), has("block collection"):
		return at, "this line does not fit the ones above: lines of one level begin in the same column, as key: value"
	}
	return at, fmt.Sprintf("this cannot be read as YAML (%s)", fault.Message)
}

// lineOffsets are those at which the lines of source[from:to] begin.
func lineOffsets(source string, from, to int) []int {
	var lines []int
	for at := from; at <= to; {
		lines = append(lines, at)
		newline := strings.IndexByte(source[at:to], '\n')
		if newline < 0 {
			break
		}
		at += newline + 1
	}
	return lines
}
