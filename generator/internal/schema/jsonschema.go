package schema

import "encoding/json"

// JSONSchema writes the table as a JSON Schema (draft 7, which Taplo reads), so that an
// editor completes keys and underlines faults. Dates are strings of format "date", as
// Taplo hands TOML's local dates to a schema.
func JSONSchema(t *Table) []byte {
	root := t.jsonSchema()
	root["$schema"] = "http://json-schema.org/draft-07/schema#"
	root["title"] = t.Name
	text, err := json.MarshalIndent(root, "", "  ")
	if err != nil {
		panic("schema: " + err.Error()) // only maps of strings and numbers are in it
	}
	return append(text, '\n')
}

var patterns = map[Type]string{
	TypeText:   `^[^\n]*$`,
	TypeURL:    `^https?://[^\s"<>\\^` + "`" + `{|}]+$`,
	TypeLink:   `^(/([^/].*)?|https?://.+|mailto:.+)$`,
	TypeEmail:  `^[^\s@]+@[^\s@]+\.[^\s@]+$`,
	TypeColour: `^#([0-9A-Fa-f]{3}|[0-9A-Fa-f]{6})$`,
	TypeID:     `^[^\sA-Z_]+$`,
	TypeZone:   `^[A-Za-z0-9_+-]+(/[A-Za-z0-9_+-]+)*$`,
	// The tables of countries and languages are the program's; here is their shape.
	TypeCountry:  `^[A-Z]{2}$`,
	TypeLanguage: `^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$`,
}

func (f *Field) jsonSchema() map[string]any {
	s := map[string]any{}
	if f.Doc != "" {
		s["description"] = f.Doc
	}
	switch f.Type {
	case TypeTable:
		s["type"] = "object"
		properties := map[string]any{}
		var required []string
		for i := range f.Fields {
			properties[f.Fields[i].Name] = f.Fields[i].jsonSchema()
			if f.Fields[i].Required {
				required = append(required, f.Fields[i].Name)
			}
		}
		s["properties"] = properties
		s["additionalProperties"] = false
		if required != nil {
			s["required"] = required
		}
	case TypeList:
		s["type"] = "array"
		s["items"] = f.Item.jsonSchema()
		s["maxItems"] = f.Items
	case TypeMap:
		s["type"] = "object"
		s["additionalProperties"] = f.Item.jsonSchema()
	case TypeFree:
		s["type"] = "object"
		if len(f.Fields) > 0 {
			properties := map[string]any{}
			for i := range f.Fields {
				properties[f.Fields[i].Name] = f.Fields[i].jsonSchema()
			}
			s["properties"] = properties
			s["additionalProperties"] = false
		}
	case TypeWhole, TypeNumber:
		s["type"] = "integer"
		if f.Type == TypeNumber {
			s["type"] = "number"
		}
		if f.Min != nil {
			s["minimum"] = *f.Min
		}
		if f.Max != nil {
			s["maximum"] = *f.Max
		}
	case TypeBoolean:
		s["type"] = "boolean"
	case TypeDate:
		s["type"] = "string"
		s["format"] = "date"
	default:
		s["type"] = "string"
		if f.Max != nil {
			s["maxLength"] = int(*f.Max)
		}
		if f.Required {
			s["minLength"] = 1
		}
		if pattern := patterns[f.Type]; pattern != "" && len(f.Enum) == 0 {
			s["pattern"] = pattern
		}
		if len(f.Enum) > 0 {
			s["enum"] = f.Enum
		}
	}
	if f.Default != "" {
		s["default"] = f.standard()
	}
	return s
}
