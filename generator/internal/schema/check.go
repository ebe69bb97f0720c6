package schema

import (
	"fmt"
	"math"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/stoa-portal/stoa/generator/internal/civil"
	"github.com/stoa-portal/stoa/generator/internal/diag"
)

// maxProblems bounds what is said about one file, however broken it is.
const maxProblems = 100

// A how says how a table is checked.
type how uint8

const (
	plain   how = 0
	partial how = 1 << iota // a missing key is no fault
	translated
	overlay = partial | translated // keys that are not translatable are faults
)

// A checker holds the tree of a document against the field table. It changes nothing of
// the tree but that it marks what has a fault.
type checker struct {
	doc      *Document
	root     *Field
	base     string        // the file that a translation translates
	record   reflect.Value // what the base says, for a translation
	problems diag.List
	more     int
	faulty   bool // something has to be left out when the document is decoded
}

// errorf reports that something is missing or cannot be read.
func (d *checker) errorf(offset int, rule, format string, args ...any) {
	d.faulty = true
	d.add(diag.Error, offset, rule, format, args...)
}

// fault reports a value that is not to be decoded.
func (d *checker) fault(n *node, offset int, rule, format string, args ...any) {
	n.faulty = true
	d.errorf(offset, rule, format, args...)
}

func (d *checker) add(severity diag.Severity, offset int, rule, format string, args ...any) {
	if len(d.problems) >= maxProblems {
		d.more++
		return
	}
	d.problems = append(d.problems, diag.Problem{
		Place: d.doc.at(offset), Severity: severity, Rule: rule, Message: fmt.Sprintf(format, args...),
	})
}

// table checks the keys of a table.
func (d *checker) table(n *node, f *Field, how how) {
	var seen [2]uint64
	for c := range n.children {
		i, ok := f.byName[c.key]
		if !ok {
			d.unknown(c, f)
			continue
		}
		seen[i/64] |= 1 << (i % 64)
		field := &f.Fields[i]
		switch {
		case how&translated != 0 && !field.Translatable:
			d.fault(c, c.keyAt, "not-translatable", "%q is the same in every language: it can only be set in %s", c.key, d.base)
		case c.kind == kindNull:
			seen[i/64] &^= 1 << (i % 64)
		default:
			d.value(c, field, how)
		}
	}
	if how&partial != 0 {
		return
	}
	for _, i := range f.required {
		if seen[i/64]&(1<<(i%64)) == 0 {
			d.missing(n, f, &f.Fields[i])
		}
	}
}

func (d *checker) missing(n *node, f, field *Field) {
	example := field.Name + " = " + field.example()
	if f == d.root {
		d.errorf(0, "missing-key", "%q is missing: add a line %s", field.Name, example)
		return
	}
	d.errorf(n.at, "missing-key", "%q is missing here: add a line %s", field.Name, example)
}

// value checks one value.
func (d *checker) value(n *node, f *Field, how how) {
	switch f.Type {
	case TypeTable:
		if n.kind == kindList && n.standing == standsRepeated {
			d.fault(n, n.at, "type", "%q is a single table: write [%s], with one pair of brackets", f.Name, f.Name)
		} else if n.kind != kindTable {
			d.wrong(n, f)
		} else {
			d.table(n, f, how)
		}
	case TypeList:
		d.list(n, f, how)
	case TypeMap:
		d.dictionary(n, f)
	case TypeFree:
		d.free(n, f)
	default:
		d.scalar(n, f)
	}
}

func (d *checker) list(n *node, f *Field, how how) {
	if n.kind != kindList {
		d.wrong(n, f)
		return
	}
	if n.n > f.Items {
		d.fault(n, n.at, "too-many", "%q has %d entries; at most %d fit", f.Name, n.n, f.Items)
	}
	if f.Merge != "" && how&translated != 0 {
		d.merge(n, f)
		return
	}
	i := 0
	for c := range n.children {
		if i++; i > f.Items {
			return
		}
		if c.kind == kindText && f.Item.Type != TypeTable && strings.TrimSpace(c.text) == "" {
			d.fault(c, c.at, "missing-key", "%q has an empty entry: take it out", f.Name)
		} else {
			d.value(c, f.Item, plain)
		}
	}
	if f.Item.Type != TypeTable && f.Item.Type != TypeNumber {
		d.repeats(n, f)
	}
}

// repeats warns of texts and numbers that a list holds twice.
func (d *checker) repeats(n *node, f *Field) {
	for c := range n.children {
		for earlier := n.first; earlier != c; earlier = earlier.next {
			if earlier.text == c.text && earlier.kind == c.kind && c.text != "" {
				d.add(diag.Warning, c.at, "repeated", "%q lists %q twice", f.Name, c.text)
				break
			}
		}
	}
}

// merge checks the entries of a translated list, each of which translates one of the base.
// Where the table says of some of their keys that they are translatable, the others are not.
func (d *checker) merge(n *node, f *Field) {
	byKey := entries(d.record.Field(f.index), f)
	mixed := slices.ContainsFunc(f.Item.Fields, func(field Field) bool { return field.Translatable })
	given := map[string]bool{}
	for c := range n.children {
		if c.kind != kindTable {
			d.wrong(c, f.Item)
			continue
		}
		var id *node
		for k := range c.children {
			i, ok := f.Item.byName[k.key]
			switch {
			case k.key == f.Merge:
				id = k
			case mixed && ok && !f.Item.Fields[i].Translatable:
				d.fault(k, k.keyAt, "not-translatable", "%q is the same in every language: it can only be set in %s", k.key, d.base)
			}
		}
		if id == nil || id.kind != kindText {
			c.faulty = true
			d.missing(c, f, &f.Item.Fields[f.Item.byName[f.Merge]])
			continue
		}
		_, ok := byKey[id.text]
		switch {
		case !ok:
			d.fault(c, id.at, "unknown-reference", "%s has no %s with %s = %q%s", d.base, f.Name, f.Merge, id.text, diag.DidYouMean(id.text, sortedKeys(byKey)))
		case given[id.text]:
			d.fault(c, id.at, "duplicate-id", "%s = %q is translated twice", f.Merge, id.text)
		default:
			d.table(c, f.Item, partial)
		}
		given[id.text] = true
	}
}

// dictionary checks tables or numbers under keys of the author's choice.
func (d *checker) dictionary(n *node, f *Field) {
	if n.kind != kindTable {
		d.wrong(n, f)
		return
	}
	if n.n > f.Items {
		d.fault(n, n.at, "too-many", "%q has %d entries; at most %d fit", f.Name, n.n, f.Items)
		return
	}
	for c := range n.children {
		if problem := checkKey(c.key, f.Keys); problem != "" {
			d.fault(c, c.keyAt, "format", "%s", problem)
			continue
		}
		item := *f.Item
		item.Name = c.key
		d.value(c, &item, plain)
	}
}

// free checks a table whose keys the author chooses, or a site declares.
func (d *checker) free(n *node, f *Field) {
	if n.kind != kindTable {
		d.wrong(n, f)
		return
	}
	if n.n > f.Items {
		d.fault(n, n.at, "too-many", "%q has %d keys; at most %d fit", f.Name, n.n, f.Items)
		return
	}
	for c := range n.children {
		if !f.Declared {
			d.anything(c)
			continue
		}
		i, ok := f.byName[c.key]
		switch {
		case ok && c.kind != kindNull:
			d.value(c, &f.Fields[i], plain)
		case !ok && len(f.Fields) == 0:
			d.fault(c, c.keyAt, "unknown-key", "this site has no own field %q: config.toml declares them under [fields.%s], or use [extra]", c.key, c.key)
		case !ok:
			known := sortedKeys(f.byName)
			d.fault(c, c.keyAt, "unknown-key", "this site has no own field %q%s; config.toml declares %s", c.key, diag.DidYouMean(c.key, known), enumerate(known))
		}
	}
}

// anything checks what a free table may hold.
func (d *checker) anything(n *node) {
	switch n.kind {
	case kindTable, kindList:
		for c := range n.children {
			d.anything(c)
		}
	case kindTime:
		if !isTime(n.text) {
			d.fault(n, n.at, "format", "%s is not a time; if it is text, put it in quotes", n.text)
		}
	case kindText:
		d.text(n, &Field{Name: n.key, Type: TypeProse, Max: &maxFreeText})
	case kindWhole:
		d.number(n, &Field{Name: n.key, Type: TypeWhole})
	case kindNumber:
		d.number(n, &Field{Name: n.key, Type: TypeNumber})
	case kindDate:
		d.scalar(n, &Field{Name: n.key, Type: TypeDate})
	}
}

var maxFreeText float64 = maxFree

// isTime tells whether a text is a time as TOML writes it. No field takes one; free tables
// keep it as written.
func isTime(text string) bool {
	text = strings.ToUpper(strings.Replace(text, " ", "T", 1))
	for _, layout := range []string{"15:04:05", "15:04", "2006-01-02T15:04:05", "2006-01-02T15:04", "2006-01-02T15:04:05Z07:00", "2006-01-02T15:04Z07:00"} {
		if _, err := time.Parse(layout, text); err == nil {
			return true
		}
	}
	return false
}

// scalar checks one value against its field.
func (d *checker) scalar(n *node, f *Field) {
	switch f.Type {
	case TypeBoolean:
		if n.kind != kindBoolean {
			d.wrong(n, f)
		}
	case TypeDate:
		if n.kind != kindDate {
			d.wrong(n, f)
		} else if _, err := civil.Parse(n.text); err != nil {
			d.fault(n, n.at, "format", "%s: %s", f.Name, err)
		}
	case TypeWhole, TypeNumber:
		d.number(n, f)
	default:
		if n.kind != kindText {
			d.wrong(n, f)
		} else {
			d.text(n, f)
		}
	}
}

func (d *checker) number(n *node, f *Field) {
	if n.kind != kindWhole && (n.kind != kindNumber || f.Type == TypeWhole) {
		d.wrong(n, f)
		return
	}
	whole, number, err := n.number()
	if n.kind == kindWhole {
		number = float64(whole)
	}
	switch {
	case err != nil || math.IsInf(number, 0) || math.IsNaN(number):
		d.fault(n, n.at, "bounds", "%q: %s is not a number that can be used here", f.Name, n.text)
	case f.Min != nil && number < *f.Min || f.Max != nil && number > *f.Max:
		d.fault(n, n.at, "bounds", "%q is %s; it has to be %s", f.Name, n.text, f.between())
	}
}

func (f *Field) between() string {
	switch {
	case f.Max == nil:
		return "at least " + trimFloat(*f.Min)
	case f.Min == nil:
		return "at most " + trimFloat(*f.Max)
	}
	return "between " + trimFloat(*f.Min) + " and " + trimFloat(*f.Max)
}

func trimFloat(f float64) string { return strconv.FormatFloat(f, 'f', -1, 64) }
