package schema

import (
	"bytes"
	"encoding/json"
	"testing"

	"github.com/BurntSushi/toml"
	"github.com/santhosh-tekuri/jsonschema/v6"
)

// TestJSONSchema compiles the schema of the sample table as draft 7, and holds files
// against it as Taplo does: TOML's dates become strings.
func TestJSONSchema(t *testing.T) {
	text := JSONSchema(sampleTable)
	document, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	compiler := jsonschema.NewCompiler()
	compiler.AssertFormat()
	if err := compiler.AddResource("sample.json", document); err != nil {
		t.Fatal(err)
	}
	compiled, err := compiler.Compile("sample.json")
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range []struct {
		text string
		ok   bool
	}{
		{`text = "x"`, true},
		{`text = 3`, false},
		{`txt = "x"`, false},
		{`text = "a text of more than twenty characters"`, false},
		{"text = \"two\\nlines\"", false},
		{`whole = 1001`, false},
		{`whole = 1.5`, false},
		{`number = 1.5`, true},
		{`day = 2026-10-12`, true},
		{`day = "soon"`, false},
		{`page = "https://example.org/"`, true},
		{`page = "example.org"`, false},
		{`list = ["a", "b"]`, true},
		{`list = "a"`, false},
		{`list = ["1", "2", "3", "4", "5", "6"]`, false},
		{`[table]` + "\n" + `b = 3`, false},
		{`[table]` + "\n" + `a = "x"`, true},
		{`[[tables]]` + "\n" + `a = "x"`, true},
		{`[named]` + "\n" + `x = 1`, true},
		{`[named]` + "\n" + `x = "1"`, false},
		{`[extra]` + "\n" + `anything = [1, {a = true}]`, true},
	} {
		var value map[string]any
		if _, err := toml.Decode(row.text, &value); err != nil {
			t.Fatal(err)
		}
		plain, err := json.Marshal(dated(value))
		if err != nil {
			t.Fatal(err)
		}
		instance, err := jsonschema.UnmarshalJSON(bytes.NewReader(plain))
		if err != nil {
			t.Fatal(err)
		}
		if err := compiled.Validate(instance); (err == nil) != row.ok {
			t.Errorf("%s: %v", row.text, err)
		}
		if _, problems := decodeSample(t, row.text); (problems == "") != row.ok {
			t.Errorf("%s: the schema and the checks differ: %s", row.text, problems)
		}
	}
}

// dated writes the dates of a decoded file as strings.
func dated(v any) any {
	switch v := v.(type) {
	case map[string]any:
		for key := range v {
			v[key] = dated(v[key])
		}
		return v
	case interface{ Format(string) string }:
		return v.Format("2006-01-02")
	}
	return v
}
