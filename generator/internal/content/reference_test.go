package content_test

import (
	"bytes"
	"errors"
	"flag"
	"io/fs"
	"os"
	"regexp"
	"testing"
	"testing/fstest"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/stoa-portal/stoa/generator/internal/check"
	"github.com/stoa-portal/stoa/generator/internal/config"
	"github.com/stoa-portal/stoa/generator/internal/content"
	"github.com/stoa-portal/stoa/generator/internal/roster"
	"github.com/stoa-portal/stoa/generator/internal/schema"
)

const readme = "../../../content/README.md"

// TestReference holds content/README.md to the field tables. With -update it writes it.
func TestReference(t *testing.T) {
	want, err := content.Reference(check.Reference(), config.Table(), roster.MappingTable())
	if err != nil {
		t.Fatal(err)
	}
	if flag.Lookup("update").Value.String() == "true" {
		if err := os.WriteFile(readme, want, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(readme)
	if errors.Is(err, fs.ErrNotExist) {
		t.Skip("a site of one's own need not keep the reference")
	}
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(bytes.ReplaceAll(got, []byte("\r\n"), []byte("\n")), want) {
		t.Error("content/README.md is not what the field tables say; go test ./generator/internal/content -run Reference -update writes it anew")
	}
}

// TestExamples loads the files that the reference shows.
func TestExamples(t *testing.T) {
	text, err := content.Reference(check.Reference(), config.Table(), roster.MappingTable())
	if err != nil {
		t.Fatal(err)
	}
	site := fstest.MapFS{}
	for _, match := range regexp.MustCompile("(?s)```toml\n# (\\S+)\n(.*?)```").FindAllSubmatch(text, -1) {
		site[string(match[1])] = &fstest.MapFile{Data: match[2]}
	}
	settings, ok := site["config.toml"]
	if !ok || len(site) < 4 {
		t.Fatalf("%d examples", len(site))
	}
	c, problems := config.Load(settings.Data, "config.toml")
	loaded, more := content.Load(site, content.Options{Languages: []string{"en", "es"}, Default: "en", Fields: c.ProfileFields()})
	problems.Add(more)
	for _, p := range problems {
		t.Error(p)
	}
	if len(loaded.Mentors) != 2 || loaded.Mentors[1].In("es").Value.Headline == loaded.Mentors[1].Value.Headline {
		t.Error("the examples are not read as the reference says")
	}
}

// TestSchemas compiles the JSON Schema of every table.
func TestSchemas(t *testing.T) {
	fields := []schema.Field{schema.Declare("college", schema.TypeText, "College.", []string{"north"})}
	for _, table := range append(content.Tables(fields), config.Table()) {
		document, err := jsonschema.UnmarshalJSON(bytes.NewReader(schema.JSONSchema(table)))
		if err != nil {
			t.Fatal(err)
		}
		compiler := jsonschema.NewCompiler()
		if err := compiler.AddResource(table.Name, document); err != nil {
			t.Fatal(err)
		}
		compiled, err := compiler.Compile(table.Name)
		if err != nil {
			t.Errorf("%s: %v", table.Name, err)
			continue
		}
		if compiled.Validate(map[string]any{"nmae": "Ana"}) == nil {
			t.Errorf("%s takes a key that there is not", table.Name)
		}
	}
}
