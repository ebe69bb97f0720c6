package schema

import (
	"iter"
	"reflect"
	"strconv"
)

// A Reference is a text that names something else, such as a mentor's program.
type Reference struct {
	Ref   string // what it names: "programs", "vocabulary/skills"
	Value string
	Path  string // where in the record, such as "roles[0].program"; see [Document.Place]
}

// References yields every reference of a record, a struct (or pointer to one) from
// which the table was made.
func References(table *Table, record any) iter.Seq[Reference] {
	return func(yield func(Reference) bool) {
		table.references(reflect.Indirect(reflect.ValueOf(record)), "", yield)
	}
}

func (f *Field) references(v reflect.Value, path string, yield func(Reference) bool) bool {
	switch {
	case f.Type == TypeTable:
		for i := range f.Fields {
			field := &f.Fields[i]
			if !field.refers() {
				continue
			}
			inner := field.Name
			if path != "" {
				inner = path + "." + field.Name
			}
			if !field.references(v.Field(field.index), inner, yield) {
				return false
			}
		}
	case f.Type == TypeList:
		for i := range v.Len() {
			if !f.Item.references(v.Index(i), path+"["+strconv.Itoa(i)+"]", yield) {
				return false
			}
		}
	case v.String() != "":
		return yield(Reference{Ref: f.Ref, Value: v.String(), Path: path})
	}
	return true
}

// refers tells whether a field holds references.
func (f *Field) refers() bool {
	switch f.Type {
	case TypeTable:
		for i := range f.Fields {
			if f.Fields[i].refers() {
				return true
			}
		}
		return false
	case TypeList:
		return f.Item.refers()
	}
	return f.Ref != ""
}
