package generator

import (
	"bytes"
	"encoding/json"
	"fmt"
	"image"
	_ "image/jpeg"
	_ "image/png"
	"maps"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
)

// TestSites builds each site of testdata/sites/<name>/site and holds all that comes of it
// against want.txtar beside it: first the problems, then every file. A file too many or
// too few is a fault. To accept what there is now: go test -run TestSites -update.
//
// Sites whose config.toml says theme = "plain" use testdata/sites/theme, which prints what
// views hold, so that a change of the default theme changes no expectation.
func TestSites(t *testing.T) {
	sites, err := filepath.Glob("testdata/sites/*/site")
	if err != nil || len(sites) < 8 {
		t.Fatalf("%d sites, %v", len(sites), err)
	}
	plain := readTree(t, "testdata/sites/theme")
	for _, site := range sites {
		dir := filepath.Dir(site)
		t.Run(filepath.Base(dir), func(t *testing.T) {
			t.Parallel()
			source := t.TempDir()
			files := readTree(t, site)
			if bytes.Contains(files["config.toml"], []byte(`theme = "plain"`)) {
				for path, data := range plain {
					files["themes/plain/"+path] = data
				}
			}
			files.write(t, source)
			got, result := built(t, Options{Source: source})
			want, err := txtar.ParseFile(filepath.Join(dir, "want.txtar"))
			if err != nil && !*update {
				t.Fatal(err)
			}
			gotArchive := archived(t, got, text(result.Problems))
			if *update {
				if err := os.WriteFile(filepath.Join(dir, "want.txtar"), txtar.Format(gotArchive), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			for _, line := range differences(contents(gotArchive), contents(want)) {
				t.Error(line)
			}
		})
	}
}

var (
	treeDigest  = regexp.MustCompile(`assets/[0-9a-f]{8,64}/`)
	searchIndex = regexp.MustCompile(`^search/[^/]+/([^/]+\.bin|manifest\.json)$`)
	ownVersion  = regexp.MustCompile(`<generator[^>]*>`)
)

// archived writes a built site so that people can review it: a tag a line, pictures by
// their size, files of the theme and schemas by their names.
func archived(t *testing.T, files tree, problems string) *txtar.Archive {
	archive := &txtar.Archive{Files: []txtar.File{{Name: "problems", Data: []byte(problems)}}}
	for _, name := range slices.Sorted(maps.Keys(files)) {
		if searchIndex.MatchString(name) {
			continue // the search's own tests know it
		}
		data := files[name]
		shown := treeDigest.ReplaceAllString(name, "assets/DIGEST/")
		switch ext := path.Ext(name); {
		case shown != name, name == "assets/code.css", name == "my/plan.schema.json", strings.HasPrefix(name, "api/schema/"):
			data = nil // their own tests know them
		case ext == ".jpg" || ext == ".png":
			config, format, err := image.DecodeConfig(bytes.NewReader(data))
			if err != nil {
				t.Errorf("%s: %v", name, err)
			}
			data = fmt.Appendf(nil, "%s, %d × %d\n", format, config.Width, config.Height)
		case ext == ".json":
			var indented bytes.Buffer
			if err := json.Indent(&indented, data, "", " "); err != nil {
				t.Errorf("%s: %v", name, err)
			}
			data = indented.Bytes()
		case name == "feed.xml":
			data = ownVersion.ReplaceAll(data, []byte("<generator>"))
		case ext == ".html":
			data = bytes.ReplaceAll(data, []byte("><"), []byte(">\n<"))
		}
		data = treeDigest.ReplaceAll(bytes.ReplaceAll(data, []byte("\r\n"), []byte("\n")), []byte("assets/DIGEST/"))
		if len(data) > 0 && !bytes.HasSuffix(data, []byte("\n")) {
			data = append(data, '\n')
		}
		archive.Files = append(archive.Files, txtar.File{Name: shown, Data: data})
	}
	slices.SortStableFunc(archive.Files[1:], func(a, b txtar.File) int { return strings.Compare(a.Name, b.Name) }) // whatever the digest is
	return archive
}

func contents(archive *txtar.Archive) tree {
	files := tree{}
	for _, f := range archive.Files {
		files[f.Name] = f.Data
	}
	return files
}
