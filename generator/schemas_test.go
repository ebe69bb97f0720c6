package generator

import (
	"bytes"
	"encoding/json"
	"path/filepath"
	"testing"
	"time"

	"github.com/BurntSushi/toml"
	"github.com/santhosh-tekuri/jsonschema/v6"
)

// compiled is the schemas of a site, by kind.
func compiled(t *testing.T, source string) map[string]*jsonschema.Schema {
	t.Helper()
	list, err := Schemas(source)
	if err != nil {
		t.Fatal(err)
	}
	compiler := jsonschema.NewCompiler()
	compiler.AssertFormat()
	all := map[string]*jsonschema.Schema{}
	for _, s := range list {
		document, err := jsonschema.UnmarshalJSON(bytes.NewReader(s.Text))
		if err != nil {
			t.Fatalf("%s: %v", s.Kind, err)
		}
		name := s.Kind + ".schema.json"
		if err := compiler.AddResource(name, document); err != nil {
			t.Fatalf("%s: %v", s.Kind, err)
		}
		if all[s.Kind], err = compiler.Compile(name); err != nil {
			t.Errorf("the schema of a %s: %v", s.Kind, err)
		}
	}
	return all
}

// valueOf is a TOML text as a schema sees it: local dates are strings.
func valueOf(t *testing.T, text string) any {
	t.Helper()
	var table map[string]any
	if _, err := toml.Decode(text, &table); err != nil {
		t.Fatal(err)
	}
	data, err := json.Marshal(localDates(table))
	if err != nil {
		t.Fatal(err)
	}
	value, err := jsonschema.UnmarshalJSON(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	return value
}

func localDates(value any) any {
	switch value := value.(type) {
	case map[string]any:
		for key, inner := range value {
			value[key] = localDates(inner)
		}
	case []map[string]any:
		for i := range value {
			localDates(value[i])
		}
	case []any:
		for i, inner := range value {
			value[i] = localDates(inner)
		}
	case time.Time:
		return value.Format(time.DateOnly)
	}
	return value
}

func TestSchemasAcceptWhatTheReaderAccepts(t *testing.T) {
	dir := newSite(t)
	for _, kind := range []string{"mentor", "program", "goal", "worksheet"} {
		written, err := Scaffold(dir, kind, "another")
		if err != nil {
			t.Fatal(err)
		}
		switchOn(t, filepath.Join(dir, written[0]))
	}
	schemas := compiled(t, dir)
	list, err := Schemas(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range list {
		if s.Files == "" {
			continue
		}
		files, err := filepath.Glob(filepath.Join(dir, filepath.FromSlash(s.Files)))
		if err != nil || len(files) == 0 {
			t.Errorf("%s: no file matches %s: %v", s.Kind, s.Files, err)
		}
		for _, file := range files {
			if err := schemas[s.Kind].Validate(valueOf(t, read(t, file))); err != nil {
				t.Errorf("%s: %v", filepath.Base(file), err)
			}
		}
	}
}

func TestSchemasRejectWhatTheReaderRejects(t *testing.T) {
	dir := newSite(t)
	put(t, filepath.Join(dir, "config.toml"), read(t, filepath.Join(dir, "config.toml"))+"\n[fields.college]\ntype = \"choice\"\noptions = [\"North\"]\n")
	schemas := compiled(t, dir)
	for _, c := range []struct{ kind, text string }{
		{"mentor", `headline = "no name"`},
		{"mentor", "name = \"Ana\"\n[fields]\ncollege = \"South\""},
		{"mentor", "name = \"Ana\"\n[fields]\ncolege = \"North\""},
		{"program", "title = \"P\"\nkind = \"cohorts\""},
		{"goal", "title = \"G\"\nduration_weeks = \"twelve\""},
		{"worksheet", "title = \"W\"\n[[section]]\n[[section.field]]\nid = \"a\""},
		{"vocabulary", "[[term]]\nid = \"a\""},
		{"config", `titel = "T"`},
	} {
		if schemas[c.kind].Validate(valueOf(t, c.text)) == nil {
			t.Errorf("the schema of a %s accepts\n%s", c.kind, c.text)
		}
	}
	if err := schemas["mentor"].Validate(valueOf(t, "name = \"Ana\"\n[fields]\ncollege = \"North\"")); err != nil {
		t.Errorf("the site's own field: %v", err)
	}
}
