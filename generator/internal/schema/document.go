package schema

import (
	"bytes"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/stoa-portal/stoa/generator/internal/diag"
)

// MaxSize is the size of the largest source file, in bytes.
const MaxSize = 1 << 20

// A format is a way of writing keys and values.
type format uint8

const (
	formatTOML format = iota
	formatYAML
)

// A Document is a source file that was read. It finds places in it.
type Document struct {
	File string // slash path from the site's source folder

	source   string // without byte-order mark, lines ending in LF
	format   format
	from, to int // the keys and values in source
	body     int // where the Markdown begins
}

// Open reads a TOML file's bytes. Those of a file that is too large or is not UTF-8 are not
// looked at any further: the document is nil.
func Open(file string, raw []byte) (*Document, diag.List) {
	source, problems := normal(file, raw)
	if problems != nil {
		return nil, problems
	}
	return &Document{File: file, source: source, to: len(source), body: len(source)}, nil
}

// OpenMatter reads the bytes of a Markdown file, whose keys stand between two lines of
// +++ (TOML) or --- (YAML) at its beginning, if there are any.
func OpenMatter(file string, raw []byte) (*Document, diag.List) {
	source, problems := normal(file, raw)
	if problems != nil {
		return nil, problems
	}
	d := &Document{File: file, source: source}
	first, _, _ := strings.Cut(source, "\n")
	fence := strings.TrimRight(first, " \t")
	switch fence {
	case "+++":
	case "---":
		d.format = formatYAML
	default:
		return d, nil
	}
	d.from = min(len(first)+1, len(source))
	for at := d.from; at < len(source); {
		line, _, _ := strings.Cut(source[at:], "\n")
		if strings.TrimRight(line, " \t") == fence {
			d.to = at
			d.body = min(at+len(line)+1, len(source))
			return d, nil
		}
		at += len(line) + 1
	}
	problems.Errorf(diag.At(file, 1, 1), "front-matter", "the front matter that begins here is never closed: a line %s is missing after it", fence)
	return nil, problems
}

func normal(file string, raw []byte) (string, diag.List) {
	var problems diag.List
	if len(raw) > MaxSize {
		problems.Errorf(diag.Place{File: file}, "too-large", "the file has %d bytes; at most %d (1 MB) are read", len(raw), MaxSize)
		return "", problems
	}
	if bytes.HasPrefix(raw, []byte("\xFF\xFE")) || bytes.HasPrefix(raw, []byte("\xFE\xFF")) {
		problems.Errorf(diag.At(file, 1, 1), "encoding", "the file is saved as UTF-16: save it as UTF-8")
		return "", problems
	}
	raw = bytes.TrimPrefix(raw, []byte("\uFEFF"))
	if !utf8.Valid(raw) {
		at := 0
		for at < len(raw) {
			r, size := utf8.DecodeRune(raw[at:])
			if r == utf8.RuneError && size == 1 {
				break
			}
			at += size
		}
		problems.Errorf(diag.PlaceAt(file, raw, at), "encoding", "the character here is not UTF-8 (byte 0x%X): save the file as UTF-8", raw[at])
		return "", problems
	}
	if bytes.IndexByte(raw, '\r') >= 0 {
		raw = bytes.ReplaceAll(raw, []byte("\r\n"), []byte("\n"))
	}
	return string(raw), nil
}

// Body is the Markdown after the front matter.
func (d *Document) Body() string { return d.source[d.body:] }

// BodyPlace is where the Markdown begins.
func (d *Document) BodyPlace() diag.Place { return d.at(d.body) }

func (d *Document) at(offset int) diag.Place {
	offset = min(max(offset, 0), len(d.source))
	before := d.source[:offset]
	line := strings.LastIndexByte(before, '\n') + 1
	return diag.Place{File: d.File, Line: 1 + strings.Count(before, "\n"), Column: 1 + utf8.RuneCountInString(before[line:])}
}

// read parses the keys and values. The second result tells whether all of them were read.
func (d *Document) read(f *forest, report reporter) (*node, bool) {
	if d.format == formatYAML {
		return readYAML(d.source, d.from, d.to, f, report)
	}
	return readTOML(d.source, d.from, d.to, f, report)
}

// Place is where the value at a path stands, such as "availability.capacity", "skills[2]",
// "links[0].url" or "term[id=python].label"; or else its nearest parent; or else the file's first line. found tells whether
// it was the value itself.
func (d *Document) Place(path string) (place diag.Place, found bool) {
	at, _, found := d.find(path)
	return d.at(at), found
}

func (d *Document) find(path string) (at, textAt int, found bool) {
	f := forests.Get().(*forest)
	defer func() { f.clear(); forests.Put(f) }()
	n, _ := d.read(f, func(int, string, string, ...any) {})
	for step := range steps(path) {
		child := n.step(f, step)
		if child == nil {
			return at, at, false
		}
		n, at, textAt = child, child.at, child.textAt
		if textAt == 0 {
			textAt = at
		}
	}
	return at, textAt, true
}

// steps yields "a", "[2]", "b" for "a[2].b".
func steps(path string) func(yield func(string) bool) {
	return func(yield func(string) bool) {
		for len(path) > 0 {
			end := strings.IndexAny(path[1:], ".[") + 1
			if end == 0 {
				end = len(path)
			}
			if !yield(path[:end]) {
				return
			}
			path = strings.TrimPrefix(path[end:], ".")
		}
	}
}

func (n *node) step(f *forest, step string) *node {
	if !strings.HasPrefix(step, "[") {
		if n.kind != kindTable {
			return nil
		}
		return f.child(n, step)
	}
	chosen := strings.TrimSuffix(step[1:], "]")
	if key, value, named := strings.Cut(chosen, "="); named && n.kind == kindList {
		for entry := range n.children {
			if c := f.child(entry, key); entry.kind == kindTable && c != nil && c.text == value {
				return entry
			}
		}
		return nil
	}
	i, err := strconv.Atoi(chosen)
	if err != nil || n.kind != kindList || i < 0 || i >= n.n {
		return nil
	}
	return slices.Collect(n.children)[i]
}
