package config

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
)

var update = flag.Bool("update", false, "rewrite what the tests expect")

// TestBroken reads settings with one fault each (testdata/broken/<fault>.txtar) and
// compares the problems with the archive's file "want".
func TestBroken(t *testing.T) {
	cases, err := filepath.Glob("testdata/broken/*.txtar")
	if err != nil || len(cases) < 30 {
		t.Fatalf("%d cases, %v", len(cases), err)
	}
	for _, name := range cases {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(name)
			if err != nil || len(archive.Files) != 2 {
				t.Fatalf("%d files, %v", len(archive.Files), err)
			}
			_, problems := Load(archive.Files[0].Data, "config.toml")
			want := &archive.Files[1]
			var got strings.Builder
			_ = problems.WriteText(&got)
			if problems.Errors() == 0 {
				t.Error("no error is reported")
			}
			if got.String() == string(want.Data) {
				return
			}
			if !*update {
				t.Errorf("got:\n%swant:\n%s", got.String(), want.Data)
				return
			}
			want.Data = []byte(got.String())
			if err := os.WriteFile(name, txtar.Format(archive), 0o644); err != nil {
				t.Fatal(err)
			}
		})
	}
}
