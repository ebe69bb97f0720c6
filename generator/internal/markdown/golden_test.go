package markdown

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write the expected HTML in testdata anew")

var guide = Options{Embeds: []string{"mentors", "goal", "faq"}}

// Each testdata/<name>.md renders to testdata/<name>.html.
func TestGolden(t *testing.T) {
	files, err := filepath.Glob("testdata/*.md")
	if err != nil || len(files) == 0 {
		t.Fatal("no testdata", err)
	}
	for _, file := range files {
		name := strings.TrimSuffix(file, ".md")
		t.Run(filepath.Base(name), func(t *testing.T) {
			source, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			d := Parse(Source{File: filepath.Base(file), Text: string(source)}, guide)
			if d.Problems().Errors() > 0 {
				t.Error(d.Problems())
			}
			var got bytes.Buffer
			if err := d.Render(&got, asIs{}); err != nil {
				t.Fatal(err)
			}
			if *update {
				if err := os.WriteFile(name+".html", got.Bytes(), 0o666); err != nil {
					t.Fatal(err)
				}
				return
			}
			want, err := os.ReadFile(name + ".html")
			if err != nil {
				t.Fatal(err)
			}
			if got.String() != string(want) {
				t.Errorf("got\n%s\nwant\n%s", got.String(), want)
			}

			windows := "\uFEFF" + strings.ReplaceAll(string(source), "\n", "\r\n")
			if other := rendered(t, windows, guide); other != got.String() {
				t.Errorf("with a byte-order mark and CRLF it differs:\n%s", other)
			}
		})
	}
}
