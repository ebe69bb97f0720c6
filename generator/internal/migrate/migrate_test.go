package migrate

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/tools/txtar"
)

var update = flag.Bool("update", false, "write what is expected anew")

// TestGuides moves the folders testdata/*/source, one for each generator. want.txtar holds what
// they come to: the notes, and every file.
func TestGuides(t *testing.T) {
	folders, err := filepath.Glob("testdata/*/source")
	if err != nil || len(folders) < 5 {
		t.Fatalf("the folders are %v, %v", folders, err)
	}
	for _, folder := range folders {
		t.Run(filepath.Base(filepath.Dir(folder)), func(t *testing.T) {
			plan := move(t, folder)
			got := txtar.Format(archived(plan))
			file := filepath.Join(filepath.Dir(folder), "want.txtar")
			if *update {
				if err := os.WriteFile(file, got, 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if text := strings.ReplaceAll(string(want), "\r\n", "\n"); text != string(got) {
				t.Errorf("%s is not what the folder comes to:\n%s", file, got)
			}
			for range 3 { // maps are walked in another order
				if again := txtar.Format(archived(move(t, folder))); string(again) != string(got) {
					t.Fatal("the same folder comes to something else")
				}
			}
		})
	}
}

func move(t *testing.T, folder string) *Plan {
	t.Helper()
	plan, problems := Guides(os.DirFS(folder), Options{Languages: []string{"en", "es"}, Default: "en", Taken: map[string]bool{"first/": true}})
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	return plan
}

func archived(plan *Plan) *txtar.Archive {
	archive := &txtar.Archive{Comment: fmt.Appendf(nil, "%s, %d guides\n", plan.System, plan.Guides)}
	var notes strings.Builder
	_ = plan.Notes.WriteText(&notes)
	archive.Files = append(archive.Files, txtar.File{Name: "notes", Data: []byte(notes.String())})
	for _, f := range plan.Files {
		data := f.Data
		if !utf8.Valid(data) {
			data = fmt.Appendf(nil, "%d bytes\n", len(data))
		}
		archive.Files = append(archive.Files, txtar.File{Name: f.Path + " from " + f.From, Data: data})
	}
	return archive
}
