package schema

import (
	"errors"
	"maps"
	"reflect"
	"strings"
	"time"

	"github.com/BurntSushi/toml"

	"github.com/stoa-portal/stoa/generator/internal/civil"
	"github.com/stoa-portal/stoa/generator/internal/diag"
)

// Decode checks a document against the table and sets the fields of *into, a struct
// from which the table was made: first the defaults, then what the document gives. It reports every fault, and
// leaves out of *into what has one.
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
	check := checker{doc: d, root: &table.Field, base: base, record: v}
	root, whole := d.read(f, check.errorf)
	how := plain
	if base != "" {
		how = overlay
	}
	if !whole {
		how |= partial
	}
	check.value(root, &table.Field, how)

	text, asWritten := d.source[d.from:d.to], true
	if check.faulty || d.format != formatTOML {
		text, asWritten = root.toml(), false
	}
	given := reflect.New(v.Type())
	meta, err := toml.Decode(text, given.Interface())
	switch key := undecoded(&meta, &table.Field); {
	case err != nil:
		at, message := d.from, "a value of this file is not of the kind that its key takes"
		if fault, ok := errors.AsType[toml.ParseError](err); ok {
			message = "this cannot be read (" + fault.Message + ")"
			if asWritten {
				at += fault.Position.Start
			}
		}
		check.errorf(at, "syntax", "%s", message)
	case key != nil:
		at, _, _ := d.find(strings.Join(key, "."))
		check.errorf(at, "unknown-key", "the key %q is not read", key.String())
	default:
		lay(root, &table.Field, v, given.Elem(), base != "")
	}
	if check.more > 0 {
		check.problems.Errorf(diag.Place{File: d.File}, "too-many", "%d more problems of this file are shown when these are mended", check.more)
	}
	return check.problems
}

// undecoded is a key that the table has and the decoder did not find a place for. In
// free tables the decoder counts no keys.
func undecoded(meta *toml.MetaData, root *Field) toml.Key {
	for _, key := range meta.Undecoded() {
		f := root
		for _, step := range key {
			if f.Type == TypeList {
				f = f.Item
			}
			switch f.Type {
			case TypeMap:
				f = f.Item
			case TypeTable:
				f = &f.Fields[f.byName[step]]
			}
		}
		if f.Type != TypeFree {
			return key
		}
	}
	return nil
}

// lay lays what a file gives over what is there: defaults, or what its base says.
// Nothing of what is there is written to but v itself.
func lay(n *node, f *Field, v, given reflect.Value, merge bool) {
	switch {
	case f.Type == TypeTable:
		for c := range n.sound {
			field := &f.Fields[f.byName[c.key]]
			lay(c, field, v.Field(field.index), given.Field(field.index), merge)
		}
	case f.Type == TypeList && f.Merge != "" && merge:
		merged := reflect.AppendSlice(reflect.MakeSlice(v.Type(), 0, v.Len()), v)
		byKey := entries(v, f)
		i := 0
		for c := range n.sound {
			key := given.Index(i).Field(f.mergeIndex()).String()
			lay(c, f.Item, merged.Index(byKey[key]), given.Index(i), merge)
			i++
		}
		v.Set(merged)
	case f.Type == TypeList:
		i := 0
		for c := range n.sound {
			given.Index(i).Set(f.Item.laid(c, given.Index(i)))
			i++
		}
		v.Set(given)
	case f.Type == TypeMap:
		for c := range n.sound {
			key := reflect.ValueOf(c.key)
			given.SetMapIndex(key, f.Item.laid(c, given.MapIndex(key)))
		}
		v.Set(given)
	case f.Type == TypeFree:
		values := map[string]any{}
		maps.Copy(values, v.Interface().(map[string]any))
		decoded := given.Interface().(map[string]any)
		for c := range n.sound {
			value := free(c, decoded[c.key])
			if f.Declared {
				value = f.Fields[f.byName[c.key]].declared(value)
			}
			values[c.key] = value
		}
		v.Set(reflect.ValueOf(values))
	case n.kind == kindText && given.String() == n.text:
		v.SetString(n.text) // the decoder's text would keep its copy of the file alive
	default:
		v.Set(given)
	}
}

// laid is an entry of a list or map, laid over the defaults of its kind.
func (f *Field) laid(n *node, given reflect.Value) reflect.Value {
	v := reflect.New(given.Type()).Elem()
	if f.proto.IsValid() {
		v.Set(f.proto)
	}
	lay(n, f, v, given, false)
	return v
}

// entries finds the entries of a list by the key it is merged by.
func entries(list reflect.Value, f *Field) map[string]int {
	byKey := make(map[string]int, list.Len())
	for i := range list.Len() {
		byKey[list.Index(i).Field(f.mergeIndex()).String()] = i
	}
	return byKey
}

func (f *Field) mergeIndex() int { return f.Item.Fields[f.Item.byName[f.Merge]].index }

// free is a value of a free table as the rest of the house knows it: a local date is
// a [civil.Date], a time is the text that was written, and a list a list of anything.
func free(n *node, value any) any {
	switch value := value.(type) {
	case time.Time:
		if n.kind == kindDate {
			return civil.Of(value.Date())
		}
		return n.text
	case map[string]any:
		for c := range n.sound {
			value[c.key] = free(c, value[c.key])
		}
	case []any:
		i := 0
		for c := range n.sound {
			value[i] = free(c, value[i])
			i++
		}
	case []map[string]any:
		list := make([]any, len(value))
		for i, table := range value {
			list[i] = table
		}
		return free(n, list)
	}
	return value
}

// declared is the value of a field that a site declares, in the type that stands for its own:
// a number may be written without a decimal point, and a list holds texts.
func (f *Field) declared(value any) any {
	switch value := value.(type) {
	case int64:
		if f.Type == TypeNumber {
			return float64(value)
		}
	case []any:
		texts := make([]string, len(value))
		for i, text := range value {
			texts[i], _ = text.(string)
		}
		return texts
	}
	return value
}
