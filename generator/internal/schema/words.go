package schema

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/stoa-portal/stoa/generator/internal/diag"
)

// wrong reports a value of the wrong kind.
func (d *checker) wrong(n *node, f *Field) {
	is := n.kind.words()
	if n.kind == kindText {
		is = fmt.Sprintf("text (%q)", short(n.text))
	} else if n.text != "" {
		is = fmt.Sprintf("%s (%s)", is, short(n.text))
	}
	d.fault(n, n.at, "type", "%q wants %s, and this is %s", f.Name, d.wants(n, f), is)
}

// wants says what a field takes, mended from what was written where that is plain.
func (d *checker) wants(n *node, f *Field) string {
	equals := " = "
	if d.doc.format == formatYAML {
		equals = ": "
	}
	write := func(value string) string { return f.Name + equals + value }
	switch f.Type {
	case TypeTable:
		keys := make([]string, 0, 3)
		for i := range min(len(f.Fields), 3) {
			keys = append(keys, f.Fields[i].Name)
		}
		return fmt.Sprintf("keys such as %s, under a line [%s]", enumerate(keys), f.Name)
	case TypeMap:
		return "tables of its own, such as [" + f.Name + ".name]"
	case TypeFree:
		return "keys of your choice, under [" + f.Name + "]"
	case TypeList:
		switch {
		case f.Item.Type == TypeTable && n.kind == kindTable:
			return "[[" + f.Name + "]], with two pairs of brackets, because there may be several"
		case f.Item.Type == TypeTable:
			return "entries, each under a line [[" + f.Name + "]]"
		case n.kind == kindText:
			return fmt.Sprintf("a list: write %s", write(fmt.Sprintf("[%q]", short(n.text))))
		case n.kind == kindTable:
			return "a list: write " + write("["+f.Item.example()+"]")
		}
		return "a list: write " + write("["+short(n.text)+"]")
	case TypeBoolean:
		return "true or false, without quotes"
	case TypeDate:
		if n.kind == kindText {
			return "a date without quotes, such as 2026-10-12"
		}
		return "a date, such as 2026-10-12"
	case TypeWhole:
		return "a whole number, such as " + f.example()
	case TypeNumber:
		return "a number, such as " + f.example()
	}
	if n.kind == kindWhole || n.kind == kindNumber || n.kind == kindDate || n.kind == kindTime || n.kind == kindBoolean {
		return fmt.Sprintf("text: put it in quotes, %q", n.text)
	}
	if n.kind == kindList {
		return "one text, not a list"
	}
	return "text in quotes"
}

// example is a value as an author could write it.
func (f *Field) example() string {
	if len(f.Enum) > 0 {
		return fmt.Sprintf("%q", f.Enum[0])
	}
	switch f.Type {
	case TypeList:
		return "[" + f.Item.example() + "]"
	case TypeBoolean:
		return "true"
	case TypeDate:
		return "2026-10-12"
	case TypeWhole, TypeNumber:
		example := 3.0
		if f.Min != nil {
			example = max(example, *f.Min)
		}
		if f.Max != nil {
			example = min(example, *f.Max)
		}
		return trimFloat(example)
	case TypeURL, TypeContact:
		return `"https://example.org/"`
	case TypeLink:
		return `"/mentors/"`
	case TypeID:
		return `"a-short-name"`
	}
	return `"…"`
}

func short(text string) string {
	line, _, more := strings.Cut(text, "\n")
	if runes := []rune(line); len(runes) > 40 {
		line, more = string(runes[:40]), true
	}
	if more {
		line += "…"
	}
	return line
}

// unknown reports a key that the table does not have: where it belongs, or which one
// was meant, or which ones there are.
func (d *checker) unknown(n *node, f *Field) {
	if where := d.elsewhere(n.key, f); where != "" {
		d.fault(n, n.keyAt, "unknown-key", "%q belongs %s", n.key, where)
		return
	}
	known := make([]string, len(f.Fields))
	for i := range f.Fields {
		known[i] = f.Fields[i].Name
		if slices.Contains(f.Fields[i].Elsewhere, n.key) {
			d.fault(n, n.keyAt, "unknown-key", "there is no key %q (did you mean %q?)", n.key, known[i])
			return
		}
	}
	if f == d.root && n.key == "id" {
		d.fault(n, n.keyAt, "unknown-key", "there is no key \"id\": the name of the file is the id, so leave this line out")
		return
	}
	if hint := diag.DidYouMean(n.key, known); hint != "" {
		d.fault(n, n.keyAt, "unknown-key", "there is no key %q%s", n.key, hint)
		return
	}
	if f == d.root {
		hint := ""
		if _, ok := f.byName["extra"]; ok {
			hint = "; keys of your own go under [extra]"
		} else if _, ok := f.byName["params"]; ok {
			hint = "; keys of your own go under [params]"
		}
		d.fault(n, n.keyAt, "unknown-key", "there is no key %q%s", n.key, hint)
		return
	}
	d.fault(n, n.keyAt, "unknown-key", "there is no key %q here; %s has %s", n.key, f.Name, enumerate(known))
}

// elsewhere says where in the file a key would be right.
func (d *checker) elsewhere(key string, table *Field) string {
	if table != d.root {
		if _, ok := d.root.byName[key]; ok {
			return "to the top of the file: move it above the first line with [brackets]"
		}
	}
	for i := range d.root.Fields {
		f := &d.root.Fields[i]
		if f == table || f.Item == table {
			continue
		}
		if f.Type == TypeFree && f.Declared {
			if _, ok := f.byName[key]; ok {
				return "under [" + f.Name + "]"
			}
		}
		if f.Type == TypeTable {
			if _, ok := f.byName[key]; ok {
				return "under [" + f.Name + "]"
			}
		}
	}
	return ""
}

// enumerate writes words as "a, b and c".
func enumerate(words []string) string {
	if len(words) < 2 {
		return strings.Join(words, "")
	}
	return strings.Join(words[:len(words)-1], ", ") + " and " + words[len(words)-1]
}

// oneOf writes words as "a, b or c".
func oneOf(words []string) string {
	if len(words) < 2 {
		return strings.Join(words, "")
	}
	return strings.Join(words[:len(words)-1], ", ") + " or " + words[len(words)-1]
}

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
