// Package amend changes single values of a TOML file and leaves everything else of it as it
// was written: comments, order, spacing, the way a list is broken into lines.
//
// [Open] reads a file, [File.Set] and [File.Remove] change it, [File.Bytes] gives it back. A
// value that is there is replaced where it stands, byte by byte; a list is changed entry by
// entry, so that a comment beside an entry stays beside it; a new key goes behind the keys that
// come before it in the order the caller knows ([Order]). A comment is never lost: that of a
// key which is removed stays, on a line of its own.
//
// The positions come from go-toml's parser and a small scanner for what lies inside a value. As
// neither is meant for editing, nothing is taken on trust: Bytes reads its own result again,
// and gives an error unless it holds exactly the values asked for and every comment of the
// original.
//
// Values are string, int64, float64, bool, [civil.Date], []any and map[string]any.
package amend

import (
	"bytes"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
	"time"

	"github.com/pelletier/go-toml/v2"

	"github.com/stoa-portal/stoa/generator/internal/civil"
)

// An Order tells where a key belongs among its siblings: the smaller the earlier. path is that
// of the table, nil for the file itself.
type Order func(path []string, key string) int

// A File is a TOML file that is being changed.
type File struct {
	text     string
	original string
	windows  bool // lines end in CRLF
	bom      bool
	want     map[string]any
	order    Order
}

// Open reads a file. The error is that it is not TOML.
func Open(source []byte, order Order) (*File, error) {
	f := &File{order: order}
	source, f.bom = bytes.CutPrefix(source, []byte("\uFEFF"))
	f.text = string(source)
	if strings.Contains(f.text, "\r\n") {
		f.windows = true
		f.text = strings.ReplaceAll(f.text, "\r\n", "\n")
	}
	f.original = f.text
	var err error
	f.want, err = decode(f.text)
	return f, err
}

// Values is what the file holds, with what was changed. It is not to be written to.
func (f *File) Values() map[string]any { return f.want }

// Changed tells whether anything was.
func (f *File) Changed() bool { return f.text != f.original }

// Bytes is the file as changed.
func (f *File) Bytes() ([]byte, error) {
	got, err := decode(f.text)
	if err != nil {
		return nil, fmt.Errorf("the file is written in a way that cannot be changed safely: %w", err)
	}
	if !reflect.DeepEqual(got, f.want) {
		return nil, fmt.Errorf("the file is written in a way that cannot be changed safely")
	}
	kept := comments(f.text)
	for text, n := range comments(f.original) {
		if kept[text] < n {
			return nil, fmt.Errorf("the file cannot be changed without losing the comment %q", text)
		}
	}
	text := f.text
	if f.windows {
		text = strings.ReplaceAll(text, "\n", "\r\n")
	}
	if f.bom {
		text = "\uFEFF" + text
	}
	return []byte(text), nil
}

// Set gives the key at a path a value: it replaces the one that is there, or adds the key. A
// list written as [[key]] that has no entries any more is removed.
func (f *File) Set(path []string, value any) {
	value = plainValue(value)
	if current, ok := lookup(f.want, path); ok && reflect.DeepEqual(current, value) {
		return
	}
	d, err := parse(f.text)
	if err != nil {
		return
	}
	if _, table := value.(map[string]any); table && d.hasSections(path) {
		f.text = d.remove(path)
		if d, err = parse(f.text); err != nil {
			return
		}
	}
	list, ok := value.([]any)
	if entries := ok && d.hasEntries(path); entries && len(list) == 0 {
		f.Remove(path)
		return
	} else if put(f.want, path, value); entries {
		f.text = d.setEntries(path, list, f.order)
		return
	}
	f.text = d.set(path, value, f.order)
}

// Remove takes away the key at a path, with all that is below it.
func (f *File) Remove(path []string) {
	if !drop(f.want, path) {
		return
	}
	d, err := parse(f.text)
	if err != nil {
		return
	}
	f.text = d.remove(path)
	// A table stays where a header or dotted keys made it, and goes with its last key where it
	// existed through that alone.
	if got, err := decode(f.text); err == nil {
		f.settle(got, path)
	}
}

// settle forgets the tables above a removed key that ended to exist, or are left empty.
func (f *File) settle(got map[string]any, path []string) {
	for n := len(path) - 1; n > 0; n-- {
		table, ok := lookup(f.want, path[:n])
		if m, isMap := table.(map[string]any); !ok || !isMap || len(m) > 0 {
			return
		}
		if _, still := lookup(got, path[:n]); still {
			return
		}
		drop(f.want, path[:n])
	}
}

// decode reads a text's values.
func decode(text string) (map[string]any, error) {
	values := map[string]any{}
	if err := toml.Unmarshal([]byte(text), &values); err != nil {
		return nil, err
	}
	return plainValue(values).(map[string]any), nil
}

// plainValue turns what the decoder gives into this package's kinds of values.
func plainValue(value any) any {
	switch v := value.(type) {
	case map[string]any:
		table := make(map[string]any, len(v))
		for key, inner := range v {
			table[key] = plainValue(inner)
		}
		return table
	case []any:
		list := make([]any, len(v))
		for i, inner := range v {
			list[i] = plainValue(inner)
		}
		return list
	case toml.LocalDate:
		return civil.Of(v.Year, time.Month(v.Month), v.Day)
	case int:
		return int64(v)
	case []string:
		list := make([]any, len(v))
		for i, text := range v {
			list[i] = text
		}
		return list
	}
	return value
}

// lookup finds the value at a path.
func lookup(table map[string]any, path []string) (any, bool) {
	for i, key := range path {
		value, ok := table[key]
		if !ok {
			return nil, false
		}
		if i == len(path)-1 {
			return value, true
		}
		if table, ok = value.(map[string]any); !ok {
			return nil, false
		}
	}
	return table, true
}

// put sets the value at a path, in maps of its own.
func put(table map[string]any, path []string, value any) {
	for _, key := range path[:len(path)-1] {
		inner, ok := table[key].(map[string]any)
		if !ok {
			inner = map[string]any{}
			table[key] = inner
		}
		table = inner
	}
	table[path[len(path)-1]] = value
}

func drop(table map[string]any, path []string) bool {
	for _, key := range path[:len(path)-1] {
		inner, ok := table[key].(map[string]any)
		if !ok {
			return false
		}
		table = inner
	}
	last := path[len(path)-1]
	_, ok := table[last]
	delete(table, last)
	return ok
}

// comments counts the comments of a text, without the spaces around them.
func comments(text string) map[string]int {
	count := map[string]int{}
	for _, span := range commentSpans(text) {
		count[strings.TrimSpace(text[span.from:span.to])]++
	}
	return count
}

// sortedKeys are the keys of a table in the order given, then by name.
func sortedKeys(table map[string]any, path []string, order Order) []string {
	keys := slices.Sorted(maps.Keys(table))
	if order != nil {
		slices.SortStableFunc(keys, func(a, b string) int { return order(path, a) - order(path, b) })
	}
	return keys
}
