package content

import (
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/rogpeppe/go-internal/txtar"

	"github.com/stoa-portal/stoa/generator/internal/diag"
	"github.com/stoa-portal/stoa/generator/internal/schema"
)

var update = flag.Bool("update", false, "rewrite what the tests expect")

var options = Options{
	Languages: []string{"en", "es"},
	Default:   "en",
	Fields: []schema.Field{
		schema.Declare("research_group", schema.TypeText, "Research group.", nil),
		schema.Declare("college", schema.TypeText, "College.", []string{"north", "south"}),
	},
}

// jargon is what an author of content must never read.
var jargon = regexp.MustCompile(`invalid character|strconv|reflect|schema\.|content\.[A-Z]|\*[A-Z]|%!|<nil>|unmarshal|map\[|\bstruct\b`)

// TestBroken reads archives of files with one fault each (testdata/broken/<fault>.txtar)
// and compares the problems with the archive's file "want".
func TestBroken(t *testing.T) {
	cases, err := filepath.Glob("testdata/broken/*.txtar")
	if err != nil || len(cases) < 60 {
		t.Fatalf("%d cases, %v", len(cases), err)
	}
	for _, name := range cases {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(name)
			if err != nil {
				t.Fatal(err)
			}
			site := fstest.MapFS{}
			for _, f := range archive.Files[:len(archive.Files)-1] {
				site["content/"+f.Name] = &fstest.MapFile{Data: f.Data}
			}
			_, problems := Load(site, options)
			got := text(problems)
			if got == "" || jargon.MatchString(got) {
				t.Errorf("not what an author should read: %q", got)
			}
			want := &archive.Files[len(archive.Files)-1]
			if want.Name != "want" {
				t.Fatalf("the last file is %s, not want", want.Name)
			}
			if got == string(want.Data) {
				return
			}
			if !*update {
				t.Errorf("got:\n%swant:\n%s", got, want.Data)
				return
			}
			want.Data = []byte(got)
			if err := os.WriteFile(name, txtar.Format(archive), 0o644); err != nil {
				t.Fatal(err)
			}
		})
	}
}

func text(problems diag.List) string {
	var b strings.Builder
	_ = problems.WriteText(&b)
	return b.String()
}
