package schema

import (
	"fmt"
	"maps"
	"math"
	"reflect"
	"strconv"
	"strings"
	"time"

	"github.com/stoa-portal/stoa/generator/internal/civil"
	"github.com/stoa-portal/stoa/generator/internal/diag"
)

// maxProblems bounds what is said about one file, however broken it is.
const maxProblems = 100

// Decode checks a document against the table and sets the fields of *into, a struct
// from which the table was made: first the defaults, then what the document gives. It reports every fault; where there
// is an error, *into is not to be used.
func Decode(d *Document, table *Table, into any) diag.List {
	v := reflect.ValueOf(into).Elem()
	if table.proto.IsValid() {
		v.Set(table.proto)
	}
	return decode(d, table, v, "")
}

// DecodeTranslation lays a translation over the values of its base, which *into holds
// and does not share with it afterwards: texts and numbers replace, tables are laid
// over key by key, lists replace whole, except those that merge by a key. Keys that
// are not translatable are errors, which name the base's file.
func DecodeTranslation(d *Document, table *Table, into any, base string) diag.List {
	return decode(d, table, reflect.ValueOf(into).Elem(), base)
}

func decode(d *Document, table *Table, v reflect.Value, base string) diag.List {
	f := forests.Get().(*forest)
	defer func() { f.clear(); forests.Put(f) }()
	dec := decoder{doc: d, root: &table.Field, base: base}
	root, whole := d.read(f, dec.errorf)
	how := plain
	if base != "" {
		how = overlay
	}
	if !whole {
		how |= partial
	}
	dec.table(root, &table.Field, v, how)
	if dec.more > 0 {
		dec.problems.Errorf(diag.Place{File: d.File}, "too-many", "%d more problems of this file are shown when these are mended", dec.more)
	}
	return dec.problems
}

// A how says how a table is decoded.
type how uint8

const (
	plain   how = 0
	partial how = 1 << iota // a missing key is no fault
	translated
	overlay = partial | translated // keys that are not translatable are faults
)

type decoder struct {
	doc      *Document
	root     *Field
	base     string
	problems diag.List
	more     int
}

func (d *decoder) errorf(offset int, rule, format string, args ...any) {
	d.add(diag.Error, offset, rule, format, args...)
}

func (d *decoder) add(severity diag.Severity, offset int, rule, format string, args ...any) {
	if len(d.problems) >= maxProblems {
		d.more++
		return
	}
	d.problems = append(d.problems, diag.Problem{
		Place: d.doc.at(offset), Severity: severity, Rule: rule, Message: fmt.Sprintf(format, args...),
	})
}

// table decodes the keys of a table into a struct.
func (d *decoder) table(n *node, f *Field, v reflect.Value, how how) {
	var seen [2]uint64
	for c := range n.children {
		i, ok := f.byName[c.key]
		if !ok {
			d.unknown(c, f)
			continue
		}
		seen[i/64] |= 1 << (i % 64)
		field := &f.Fields[i]
		if how&translated != 0 && !field.Translatable {
			d.errorf(c.keyAt, "not-translatable", "%q is the same in every language: it can only be set in %s", c.key, d.base)
			continue
		}
		if c.kind == kindNull {
			seen[i/64] &^= 1 << (i % 64)
			continue
		}
		d.value(c, field, v.Field(field.index), how)
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

func (d *decoder) missing(n *node, f, field *Field) {
	example := field.Name + " = " + field.example()
	if f == d.root {
		d.errorf(0, "missing-key", "%q is missing: add a line %s", field.Name, example)
		return
	}
	d.errorf(n.at, "missing-key", "%q is missing here: add a line %s", field.Name, example)
}

// value decodes one value.
func (d *decoder) value(n *node, f *Field, v reflect.Value, how how) {
	switch f.Type {
	case TypeTable:
		if n.kind == kindList && n.standing == standsRepeated {
			d.errorf(n.at, "type", "%q is a single table: write [%s], with one pair of brackets", f.Name, f.Name)
		} else if n.kind != kindTable {
			d.wrong(n, f)
		} else {
			d.table(n, f, v, how)
		}
	case TypeList:
		d.list(n, f, v, how)
	case TypeMap:
		d.dictionary(n, f, v)
	case TypeFree:
		d.free(n, f, v)
	default:
		if value, ok := d.scalar(n, f); ok {
			set(v, value)
		}
	}
}

// set puts a value of [decoder.scalar] into a field of a struct.
func set(v reflect.Value, value scalar) {
	if v.Kind() == reflect.Pointer {
		v.Set(reflect.New(v.Type().Elem()))
		v = v.Elem()
	}
	switch v.Kind() {
	case reflect.String:
		v.SetString(value.text)
	case reflect.Int:
		v.SetInt(value.whole)
	case reflect.Float64:
		v.SetFloat(value.number)
	case reflect.Bool:
		v.SetBool(value.truth)
	default:
		*v.Addr().Interface().(*civil.Date) = value.date
	}
}

func (d *decoder) list(n *node, f *Field, v reflect.Value, how how) {
	if n.kind != kindList {
		d.wrong(n, f)
		return
	}
	count := n.n
	if count > f.Items {
		d.errorf(n.at, "too-many", "%q has %d entries; at most %d fit", f.Name, count, f.Items)
		count = f.Items
	}
	if f.Merge != "" && how&translated != 0 {
		d.merge(n, f, v)
		return
	}
	v.Set(reflect.MakeSlice(v.Type(), count, count))
	i := 0
	for c := range n.children {
		if i == count {
			break
		}
		entry := v.Index(i)
		if f.Item.proto.IsValid() {
			entry.Set(f.Item.proto)
		}
		if c.kind == kindText && f.Item.Type != TypeTable && strings.TrimSpace(c.text) == "" {
			d.errorf(c.at, "missing-key", "%q has an empty entry: take it out", f.Name)
		} else {
			d.value(c, f.Item, entry, plain)
		}
		i++
	}
	if f.Item.Type != TypeTable && f.Item.Type != TypeNumber && count == n.n {
		d.repeats(n, f)
	}
}

// repeats warns of texts and numbers that a list holds twice.
func (d *decoder) repeats(n *node, f *Field) {
	for c := range n.children {
		for earlier := n.first; earlier != c; earlier = earlier.next {
			if earlier.text == c.text && earlier.kind == c.kind && c.text != "" {
				d.add(diag.Warning, c.at, "repeated", "%q lists %q twice", f.Name, c.text)
				break
			}
		}
	}
}

// merge lays the entries of a translated list over the base's entries of the same key.
func (d *decoder) merge(n *node, f *Field, v reflect.Value) {
	byKey := map[string]int{}
	key := &f.Item.Fields[f.Item.byName[f.Merge]]
	for i := range v.Len() {
		byKey[v.Index(i).Field(key.index).String()] = i
	}
	given := map[string]bool{}
	out := reflect.MakeSlice(v.Type(), v.Len(), v.Len())
	reflect.Copy(out, v)
	for c := range n.children {
		if c.kind != kindTable {
			d.wrong(c, f.Item)
			continue
		}
		var id *node
		for k := range c.children {
			if k.key == f.Merge {
				id = k
			}
		}
		if id == nil || id.kind != kindText {
			d.missing(c, f, key)
			continue
		}
		i, ok := byKey[id.text]
		switch {
		case !ok:
			known := sortedKeys(byKey)
			d.errorf(id.at, "unknown-reference", "%s has no %s with %s = %q%s", d.base, f.Name, f.Merge, id.text, diag.DidYouMean(id.text, known))
		case given[id.text]:
			d.errorf(id.at, "duplicate-id", "%s = %q is translated twice", f.Merge, id.text)
		default:
			d.table(c, f.Item, out.Index(i), partial)
		}
		given[id.text] = true
	}
	v.Set(out)
}

// dictionary decodes tables or numbers under keys of the author's choice.
func (d *decoder) dictionary(n *node, f *Field, v reflect.Value) {
	if n.kind != kindTable {
		d.wrong(n, f)
		return
	}
	if n.n > f.Items {
		d.errorf(n.at, "too-many", "%q has %d entries; at most %d fit", f.Name, n.n, f.Items)
		return
	}
	v.Set(reflect.MakeMapWithSize(v.Type(), n.n))
	for c := range n.children {
		if problem := checkKey(c.key, f.Keys); problem != "" {
			d.errorf(c.keyAt, "format", "%s", problem)
			continue
		}
		entry := reflect.New(v.Type().Elem()).Elem()
		if f.Item.proto.IsValid() {
			entry.Set(f.Item.proto)
		}
		item := *f.Item
		item.Name = c.key
		d.value(c, &item, entry, plain)
		v.SetMapIndex(reflect.ValueOf(c.key), entry)
	}
}

// free decodes a table whose keys the author chooses, or a site declares.
func (d *decoder) free(n *node, f *Field, v reflect.Value) {
	if n.kind != kindTable {
		d.wrong(n, f)
		return
	}
	if n.n > f.Items {
		d.errorf(n.at, "too-many", "%q has %d keys; at most %d fit", f.Name, n.n, f.Items)
		return
	}
	values := map[string]any{}
	maps.Copy(values, v.Interface().(map[string]any))
	for c := range n.children {
		if !f.Declared {
			values[c.key] = d.anything(c)
			continue
		}
		i, ok := f.byName[c.key]
		switch {
		case ok && c.kind != kindNull:
			if value := d.declared(c, &f.Fields[i]); value != nil {
				values[c.key] = value
			}
		case !ok && len(f.Fields) == 0:
			d.errorf(c.keyAt, "unknown-key", "this site has no own field %q: config.toml declares them under [fields.%s], or use [extra]", c.key, c.key)
		case !ok:
			known := sortedKeys(f.byName)
			d.errorf(c.keyAt, "unknown-key", "this site has no own field %q%s; config.toml declares %s", c.key, diag.DidYouMean(c.key, known), enumerate(known))
		}
	}
	v.Set(reflect.ValueOf(values))
}

// declared decodes the value of a site's own field.
func (d *decoder) declared(n *node, f *Field) any {
	if f.Type != TypeList {
		if value, ok := d.scalar(n, f); ok {
			return value.any(f.Type)
		}
		return nil
	}
	var texts []string
	d.list(n, f, reflect.ValueOf(&texts).Elem(), plain)
	return texts
}

// anything decodes what a free table may hold.
func (d *decoder) anything(n *node) any {
	switch n.kind {
	case kindTable:
		values := make(map[string]any, n.n)
		for c := range n.children {
			values[c.key] = d.anything(c)
		}
		return values
	case kindList:
		values := make([]any, 0, n.n)
		for c := range n.children {
			values = append(values, d.anything(c))
		}
		return values
	case kindTime:
		if !isTime(n.text) {
			d.errorf(n.at, "format", "%s is not a time; if it is text, put it in quotes", n.text)
		}
		return n.text
	case kindNull:
		return nil
	}
	types := map[kind]Type{
		kindText: TypeProse, kindWhole: TypeWhole, kindNumber: TypeNumber, kindBoolean: TypeBoolean, kindDate: TypeDate,
	}
	f := &Field{Name: n.key, Type: types[n.kind], Max: &maxFreeText}
	if n.kind != kindText {
		f.Max = nil
	}
	value, _ := d.scalar(n, f)
	return value.any(f.Type)
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

// A scalar is one value; which field is set depends on its type.
type scalar struct {
	text   string
	whole  int64
	number float64
	truth  bool
	date   civil.Date
}

func (s scalar) any(t Type) any {
	switch t {
	case TypeWhole:
		return s.whole
	case TypeNumber:
		return s.number
	case TypeBoolean:
		return s.truth
	case TypeDate:
		return s.date
	}
	return s.text
}

// scalar checks one value against its field.
func (d *decoder) scalar(n *node, f *Field) (scalar, bool) {
	var s scalar
	switch f.Type {
	case TypeBoolean:
		if n.kind != kindBoolean {
			return s, d.wrong(n, f)
		}
		s.truth = n.text == "true"
	case TypeDate:
		if n.kind != kindDate {
			return s, d.wrong(n, f)
		}
		date, err := civil.Parse(n.text)
		if err != nil {
			d.errorf(n.at, "format", "%s: %s", f.Name, err)
			return s, false
		}
		s.date = date
	case TypeWhole, TypeNumber:
		return d.number(n, f)
	default:
		if n.kind != kindText {
			return s, d.wrong(n, f)
		}
		s.text = n.text
		return s, d.text(n, f)
	}
	return s, true
}

func (d *decoder) number(n *node, f *Field) (scalar, bool) {
	var s scalar
	if n.kind != kindWhole && (n.kind != kindNumber || f.Type == TypeWhole) {
		return s, d.wrong(n, f)
	}
	digits := strings.ReplaceAll(n.text, "_", "")
	var err error
	if n.kind == kindWhole {
		s.whole, err = strconv.ParseInt(digits, 0, 64)
		s.number = float64(s.whole)
	} else {
		s.number, err = strconv.ParseFloat(digits, 64)
	}
	if err != nil || math.IsInf(s.number, 0) || math.IsNaN(s.number) {
		d.errorf(n.at, "bounds", "%q: %s is not a number that can be used here", f.Name, n.text)
		return s, false
	}
	if f.Min != nil && s.number < *f.Min || f.Max != nil && s.number > *f.Max {
		d.errorf(n.at, "bounds", "%q is %s; it has to be %s", f.Name, n.text, f.between())
		return s, false
	}
	return s, true
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
