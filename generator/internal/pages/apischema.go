package pages

import (
	"cmp"
	"reflect"
	"slices"
	"strings"

	"github.com/stoa-portal/stoa/generator/internal/civil"
	"github.com/stoa-portal/stoa/generator/internal/content"
	"github.com/stoa-portal/stoa/generator/internal/schema"
)

// apiTables says which field table describes the fields of an item, by its name.
var apiTables = map[reflect.Type]string{
	reflect.TypeFor[apiMentor](): "mentor", reflect.TypeFor[apiProgram](): "program", reflect.TypeFor[apiGuide](): "guide",
	reflect.TypeFor[apiGoal](): "goal", reflect.TypeFor[apiWorksheet](): "worksheet", reflect.TypeFor[apiVocabulary](): "vocabulary",
}

// schemaOf is the JSON Schema (draft 2020-12) of a document: what is in its struct's tags, and where
// those say nothing, what the content's field table says. id is its address, when it is
// known. Other keys than those described are allowed: a version to come may add some.
func schemaOf[T any](name, doc, id string) map[string]any {
	s := valueSchema(reflect.TypeFor[T](), nil)
	s["$schema"] = "https://json-schema.org/draft/2020-12/schema"
	s["title"], s["description"] = name, doc
	if id != "" {
		s["$id"] = id
	}
	return s
}

// valueSchema describes a type; about is the content's field that it publishes, or nil.
func valueSchema(t reflect.Type, about *schema.Field) map[string]any {
	switch t {
	case reflect.TypeFor[civil.Date]():
		return map[string]any{"type": "string", "format": "date"}
	case reflect.TypeFor[address]():
		return map[string]any{"type": "string", "format": "iri-reference"}
	case reflect.TypeFor[schema.Markdown]():
		return map[string]any{"type": "string", "contentMediaType": "text/markdown"}
	}
	switch t.Kind() {
	case reflect.Pointer:
		return valueSchema(t.Elem(), about)
	case reflect.Slice:
		if about != nil && about.Item != nil {
			about = about.Item
		}
		return map[string]any{"type": "array", "items": valueSchema(t.Elem(), about)}
	case reflect.Map:
		return map[string]any{"type": "object", "additionalProperties": valueSchema(t.Elem(), nil)}
	case reflect.Struct:
		if name, ok := apiTables[t]; ok {
			about = contentTable(name)
		}
		s := map[string]any{"type": "object"}
		properties, required := map[string]any{}, []string{}
		eachJSONField(t, func(f reflect.StructField) {
			name, options, _ := strings.Cut(f.Tag.Get("json"), ",")
			if options == "" {
				required = append(required, name)
			}
			properties[name] = fieldSchema(f, name, about)
		})
		s["properties"], s["required"] = properties, required
		return s
	case reflect.Bool:
		return map[string]any{"type": "boolean"}
	case reflect.Int:
		return map[string]any{"type": "integer"}
	case reflect.Float64:
		return map[string]any{"type": "number"}
	case reflect.String:
		s := map[string]any{"type": "string"}
		if about != nil && len(about.Enum) > 0 {
			s["enum"] = about.Enum
		}
		return s
	}
	return map[string]any{} // any value
}

func fieldSchema(f reflect.StructField, name string, about *schema.Field) map[string]any {
	var field *schema.Field
	if about != nil {
		if i := slices.IndexFunc(about.Fields, func(f schema.Field) bool { return f.Name == name }); i >= 0 {
			field = &about.Fields[i]
		}
	}
	s := valueSchema(f.Type, field)
	doc := f.Tag.Get("doc")
	if field != nil {
		doc = cmp.Or(doc, field.Doc)
	}
	s["description"] = doc
	if enum := f.Tag.Get("enum"); enum != "" {
		s["enum"] = strings.Split(enum, ",")
	}
	return s
}

// eachJSONField visits a struct's fields as encoding/json writes them: those of an
// embedded struct as its own.
func eachJSONField(t reflect.Type, visit func(reflect.StructField)) {
	for i := range t.NumField() {
		if f := t.Field(i); f.Anonymous {
			eachJSONField(f.Type, visit)
		} else {
			visit(f)
		}
	}
}

func contentTable(name string) *schema.Field {
	for _, table := range content.Tables(nil) {
		if table.Name == name {
			return &table.Field
		}
	}
	return nil
}
