// Package schema is the field table: it knows every key a source file may hold, and is
// the one place from which the checks, the decoding, the JSON Schemas and the written
// reference all come. It knows nothing of mentoring.
//
// A Go struct declares the table. Its field types carry the format and its tags the
// rest, so that a field is described once, where it is used:
//
//	type Mentor struct {
//		Headline string `toml:"headline" max:"120" translate:"yes" doc:"One line: whom do you help, with what?"`
//	}
//
// [TableOf] reads the struct once. [Decode] takes a source file through three steps:
//
//  1. A parser (go-toml's, or a YAML one) turns the source into a tree of nodes with places.
//  2. One walk of that tree against the table reports every fault, in the author's words, with
//     a suggestion, and marks what has one. It sets no values.
//  3. BurntSushi/toml decodes the source into the struct, over its defaults or over what a
//     translation's base says.
//
// So two parsers read each file: the one that decodes stops at the first fault and has no place
// for an unknown key, and the other one knows no structs. Where the decoder finds a fault
// that the walk did not, that is reported at its place like any other. Files in YAML, and what is sound of a file with faults,
// are written as TOML first and decoded from that: there is one decoder.
//
// The tags:
//
//	toml       the key
//	doc        what it means, in one sentence for the author
//	required   "yes"
//	min, max   bounds: the value of a number, the characters of a text
//	items      the most entries that a list may have
//	enum       the words allowed, separated by commas
//	default    the value when the key is absent
//	translate  "yes": a translation may give it
//	public     "no": never published
//	ref        what a text refers to, such as "programs" or "vocabulary/skills"
//	keys       the format of the keys of a map: "language" or "key"
//	merge      for a list of tables at the top of a file: the key by which a translation's entries are laid over the base's
//	elsewhere  what the key is called in other tools, so that it can be suggested
//	declared   "yes" on a free table: its keys are those a site declares, see [Table.With]
//
// Everything is bounded, also where no tag says so; see the defaults in this file.
package schema

import (
	"fmt"
	"reflect"
	"strconv"
	"strings"

	"github.com/stoa-portal/stoa/generator/internal/civil"
)

// These types of string carry their format; a plain string is one line of text.
type (
	Markdown string // CommonMark, several lines
	Prose    string // plain text, several lines
	URL      string // absolute http or https address
	Link     string // http or https address, mailto: link, or a path in this site such as "/mentors/"
	Path     string // a file: beside the source file, or "/x" in content/static
	Email    string // an address, not published unless the site says so
	Contact  string // an e-mail or web address
	Origin   string // a host, with or without https://
	Zone     string // name in the IANA time zone database
	Country  string // ISO 3166-1 alpha-2
	Language string // BCP 47 language tag
	Colour   string // #rgb or #rrggbb
	ID       string // name of a file: letters, digits, hyphens
)

// A Type says what kind of value a field takes.
type Type string

const (
	TypeText     Type = "text"
	TypeProse    Type = "prose"
	TypeMarkdown Type = "markdown"
	TypeURL      Type = "url"
	TypeLink     Type = "link"
	TypePath     Type = "path"
	TypeEmail    Type = "email"
	TypeContact  Type = "contact"
	TypeOrigin   Type = "origin"
	TypeZone     Type = "timezone"
	TypeCountry  Type = "country"
	TypeLanguage Type = "language"
	TypeColour   Type = "colour"
	TypeID       Type = "id"
	TypeWhole    Type = "whole number"
	TypeNumber   Type = "number"
	TypeBoolean  Type = "boolean"
	TypeDate     Type = "date"
	TypeList     Type = "list"
	TypeTable    Type = "table"
	TypeMap      Type = "map"  // tables by a key of the author's choice, such as [languages.es]
	TypeFree     Type = "free" // any keys, such as [extra]
	TypeKey      Type = "key"  // of the keys of a map: small letters, digits, "_" and "-"
)

// A Field is one key of a table.
type Field struct {
	Name         string
	Type         Type
	Doc          string
	Required     bool
	Min, Max     *float64 // value of a number, characters of a text
	Items        int      // the most entries of a list or map
	Enum         []string
	Default      string
	Translatable bool
	Public       bool
	Ref          string
	Keys         Type     // of a map: the format of its keys
	Merge        string   // of a list of tables: the key its translation is merged by
	Declared     bool     // of a free table: its keys are the fields a site declares, and no others
	Elsewhere    []string // names of the key in other tools
	Item         *Field   // of a list or map: its entries
	Fields       []Field  // of a table

	index    int // of the struct's field; fields that a site declares have none
	byName   map[string]int
	required []int         // of a table: indexes of the fields that have to be there
	proto    reflect.Value // of a table with defaults: a struct that holds them
}

// A Table is the fields of one kind of file. Its name is what the file is, such as "mentor".
type Table struct{ Field }

// Bounds where no tag gives one.
const (
	maxText     = 200
	maxProse    = 2_000
	maxMarkdown = 20_000
	maxAddress  = 2_000
	maxItems    = 200
	maxFree     = 2_000 // characters of a text inside a free table
	maxFields   = 128   // fields of a table
)

var types = map[reflect.Type]struct {
	Type Type
	Max  float64
}{
	reflect.TypeFor[string]():     {TypeText, maxText},
	reflect.TypeFor[Prose]():      {TypeProse, maxProse},
	reflect.TypeFor[Markdown]():   {TypeMarkdown, maxMarkdown},
	reflect.TypeFor[URL]():        {TypeURL, maxAddress},
	reflect.TypeFor[Link]():       {TypeLink, maxAddress},
	reflect.TypeFor[Path]():       {TypePath, maxText},
	reflect.TypeFor[Email]():      {TypeEmail, 254},
	reflect.TypeFor[Contact]():    {TypeContact, maxAddress},
	reflect.TypeFor[Origin]():     {TypeOrigin, 300},
	reflect.TypeFor[Zone]():       {TypeZone, 64},
	reflect.TypeFor[Country]():    {TypeCountry, 2},
	reflect.TypeFor[Language]():   {TypeLanguage, 35},
	reflect.TypeFor[Colour]():     {TypeColour, 7},
	reflect.TypeFor[ID]():         {TypeID, 80},
	reflect.TypeFor[int]():        {TypeWhole, 1_000_000},
	reflect.TypeFor[float64]():    {TypeNumber, 1_000_000_000},
	reflect.TypeFor[bool]():       {TypeBoolean, 0},
	reflect.TypeFor[civil.Date](): {TypeDate, 0},
}

// TableOf reads the struct T. It panics when a tag makes no sense: that is a mistake
// of the program, found by its first test.
func TableOf[T any](name, doc string) *Table {
	table := &Table{Field: Field{Name: name, Doc: doc, Public: true}}
	table.shape(reflect.TypeFor[T]())
	return table
}

func names(fields []Field) map[string]int {
	byName := make(map[string]int, len(fields))
	for i := range fields {
		byName[fields[i].Name] = i
	}
	return byName
}

// Declare is a field that a site declares for itself: text, a number, a boolean, a date,
// an address, or a list of texts; options are the words that a text may be.
func Declare(name string, t Type, doc string, options []string) Field {
	f := Field{Name: name, Type: t, Doc: doc, Enum: options, Translatable: true, Public: true}
	for _, known := range types {
		if known.Type == t && known.Max > 0 {
			f.Max = &known.Max
		}
	}
	if t == TypeList {
		item := Declare(name, TypeText, doc, options)
		f.Item, f.Enum, f.Items = &item, nil, maxItems
	}
	return f
}

// With is the table with the free field of that name given the fields a site declares.
func (t *Table) With(name string, declared []Field) *Table {
	if len(declared) == 0 {
		return t
	}
	copied := *t
	copied.Fields = append([]Field(nil), t.Fields...)
	i, ok := t.byName[name]
	if !ok {
		panic("schema: " + t.Name + " has no field " + name)
	}
	copied.Fields[i].Fields = declared
	copied.Fields[i].byName = names(declared)
	return &copied
}

// prototype is a struct with the defaults of its fields, invalid when there are none.
func prototype(t reflect.Type, fields []Field) reflect.Value {
	v := reflect.New(t).Elem()
	any := false
	for i := range fields {
		f := &fields[i]
		switch {
		case f.proto.IsValid():
			v.Field(f.index).Set(f.proto)
		case f.Default != "":
			into := v.Field(f.index)
			into.Set(reflect.ValueOf(f.standard()).Convert(into.Type()))
		default:
			continue
		}
		any = true
	}
	if !any {
		return reflect.Value{}
	}
	return v
}

// standard is the default as a value.
func (f *Field) standard() any {
	switch f.Type {
	case TypeBoolean:
		return f.Default == "true"
	case TypeWhole, TypeNumber:
		n, err := strconv.ParseFloat(f.Default, 64)
		if err != nil {
			panic("schema: " + f.Name + ": default " + f.Default + " is not a number")
		}
		return n
	}
	return f.Default
}

func fieldsOf(t reflect.Type) []Field {
	var fields []Field
	for i := range t.NumField() {
		sf := t.Field(i)
		key := sf.Tag.Get("toml")
		if key == "" {
			continue
		}
		f := Field{
			Name:         key,
			Doc:          sf.Tag.Get("doc"),
			Required:     sf.Tag.Get("required") == "yes",
			Default:      sf.Tag.Get("default"),
			Translatable: sf.Tag.Get("translate") == "yes",
			Public:       sf.Tag.Get("public") != "no",
			Ref:          sf.Tag.Get("ref"),
			Keys:         Type(sf.Tag.Get("keys")),
			Merge:        sf.Tag.Get("merge"),
			Declared:     sf.Tag.Get("declared") == "yes",
			index:        i,
		}
		if enum := sf.Tag.Get("enum"); enum != "" {
			f.Enum = strings.Split(enum, ",")
		}
		if elsewhere := sf.Tag.Get("elsewhere"); elsewhere != "" {
			f.Elsewhere = strings.Split(elsewhere, ",")
		}
		f.Min, f.Max = bound(sf, "min"), bound(sf, "max")
		if items := bound(sf, "items"); items != nil {
			f.Items = int(*items)
		}
		f.shape(sf.Type)
		fields = append(fields, f)
	}
	return fields
}

func bound(sf reflect.StructField, tag string) *float64 {
	text, ok := sf.Tag.Lookup(tag)
	if !ok {
		return nil
	}
	n, err := strconv.ParseFloat(text, 64)
	if err != nil {
		panic(fmt.Sprintf("schema: %s: %s:%q is not a number", sf.Name, tag, text))
	}
	return &n
}

// shape fills in what the Go type says.
func (f *Field) shape(t reflect.Type) {
	if t.Kind() == reflect.Pointer { // so that absent and zero differ
		t = t.Elem()
	}
	if known, ok := types[t]; ok {
		f.Type = known.Type
		if f.Max == nil && known.Max > 0 {
			f.Max = &known.Max
		}
		if f.Min == nil && (f.Type == TypeWhole || f.Type == TypeNumber) {
			f.Min = new(float64)
		}
		return
	}
	if t.Kind() == reflect.String { // a named string of another room, with rules of its own
		f.shape(reflect.TypeFor[string]())
		return
	}
	item := func(t reflect.Type) *Field {
		// The bounds and references written on a list are those of its entries.
		entry := &Field{
			Name: f.Name, Doc: f.Doc, Min: f.Min, Max: f.Max, Enum: f.Enum, Ref: f.Ref,
			Translatable: f.Translatable, Public: f.Public,
		}
		f.Min, f.Max, f.Enum, f.Ref = nil, nil, nil, ""
		if f.Items == 0 {
			f.Items = maxItems
		}
		entry.shape(t)
		return entry
	}
	switch t.Kind() {
	case reflect.Struct:
		f.Type = TypeTable
		f.Fields = fieldsOf(t)
		f.byName = names(f.Fields)
		if len(f.Fields) > maxFields {
			panic("schema: " + f.Name + " has too many fields")
		}
		for i, inner := range f.Fields {
			f.Translatable = f.Translatable || inner.Translatable
			if inner.Required {
				f.required = append(f.required, i)
			}
		}
		f.proto = prototype(t, f.Fields)
	case reflect.Slice:
		f.Type = TypeList
		f.Item = item(t.Elem())
	case reflect.Map:
		if t.Elem().Kind() == reflect.Interface {
			f.Type = TypeFree
			if f.Items == 0 {
				f.Items = maxItems
			}
			return
		}
		f.Type = TypeMap
		f.Item = item(t.Elem())
	default:
		panic("schema: " + f.Name + ": no field has type " + t.String())
	}
}
