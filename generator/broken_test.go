package generator

import (
	"encoding/base64"
	"errors"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
)

// jargon is what the author of a page must never read.
var jargon = regexp.MustCompile(`invalid character|strconv|reflect|goroutine|\*?\b(schema|content|pages|portal|markdown|theme|html/template|template)\.[A-Z]|%!|<nil>|unmarshal|map\[|\bstruct\b|/tmp/`)

// TestBrokenSites lays one fault after another over a good site. Each archive in
// testdata/broken holds the files of one fault (lay explains their names), then "want",
// the problems as the command prints them, then "left out", the files that an unattended
// build leaves out, or "stops" when it must not publish either.
//
// Whatever the fault, a site that was published before stays as it is, byte for byte.
func TestBrokenSites(t *testing.T) {
	cases, err := filepath.Glob("testdata/broken/*.txtar")
	if err != nil || len(cases) < 60 {
		t.Fatalf("%d cases, %v", len(cases), err)
	}
	dir := t.TempDir()
	good := readTree(t, "testdata/broken/site")
	good.write(t, filepath.Join(dir, "site"))
	worker := newGenerator(t, Options{Source: filepath.Join(dir, "site")})
	result, err := worker.Build(t.Context(), BuildOptions{Destination: filepath.Join(dir, "public")})
	if err != nil || len(result.Problems) > 0 {
		t.Fatalf("the good site: %v\n%s", err, text(result.Problems))
	}
	before, published := os.DirFS(dir), readTree(t, filepath.Join(dir, "public"))
	for _, name := range cases {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) {
			t.Parallel()
			archive, err := txtar.ParseFile(name)
			if err != nil || len(archive.Files) < 3 {
				t.Fatalf("%d files, %v", len(archive.Files), err)
			}
			dir := t.TempDir()
			if err := os.CopyFS(dir, before); err != nil {
				t.Fatal(err)
			}
			source, dest := filepath.Join(dir, "site"), filepath.Join(dir, "public")
			g := newGenerator(t, Options{Source: source})
			g.theme, g.dressed = worker.theme, worker.dressed // loading it again would take most of the time
			last := len(archive.Files) - 2
			for _, f := range archive.Files[:last] {
				lay(t, source, f)
			}

			result, err := g.Build(t.Context(), BuildOptions{Destination: dest})
			var problems Problems
			if !errors.As(err, &problems) || problems.Errors() == 0 {
				t.Fatalf("the build ended with %v", err)
			}
			got := strings.ReplaceAll(text(result.Problems), source, "SITE")
			if jargon.MatchString(got) {
				t.Errorf("not what an author should read: %s", jargon.FindString(got))
			}
			for _, line := range differences(readTree(t, dest), published) {
				t.Errorf("published: %s", line)
			}
			finding, err := g.Check(t.Context())
			if err == nil || finding.Problems.Errors() != result.Problems.Errors() {
				t.Errorf("a check finds %d errors (%v)\n%s", finding.Problems.Errors(), err, text(finding.Problems))
			}

			compare(t, name, archive, last, "want", got)
			compare(t, name, archive, last+1, "left out", quarantined(t, g, dest, published))
		})
	}
}

// quarantined builds without what is broken, and says what that was.
func quarantined(t *testing.T, g *Generator, dest string, published tree) string {
	t.Helper()
	result, err := g.Build(t.Context(), BuildOptions{Destination: dest, Quarantine: true})
	got := readTree(t, dest)
	if err != nil {
		for _, line := range differences(got, published) {
			t.Errorf("quarantine stopped, but %s", line)
		}
		return "stops\n"
	}
	for _, path := range []string{"index.html", "mentors/index.html", "404.html", "sitemap.xml"} {
		if len(got[path]) == 0 {
			t.Errorf("a build without the broken files has no %s", path)
		}
	}
	again, err := g.Build(t.Context(), BuildOptions{Destination: dest, Quarantine: true})
	if err != nil || !again.UpToDate || text(again.Problems) != text(result.Problems) {
		t.Errorf("the same build again: up to date: %v, %v\n%sbefore\n%s", again.UpToDate, err, text(again.Problems), text(result.Problems))
	}
	return strings.Join(result.Quarantined, "\n") + "\n"
}

// compare holds a file of an archive against what a test got, or rewrites it.
func compare(t *testing.T, name string, archive *txtar.Archive, i int, file, got string) {
	t.Helper()
	want := &archive.Files[i]
	if want.Name != file {
		t.Fatalf("file %d of the archive is %q, not %q", i, want.Name, file)
	}
	if string(want.Data) == got {
		return
	}
	if !*update {
		t.Errorf("%s: got\n%swant\n%s", file, got, want.Data)
		return
	}
	want.Data = []byte(got)
	if err := os.WriteFile(name, txtar.Format(archive), 0o644); err != nil {
		t.Fatal(err)
	}
}

// lay puts a file of an archive into a site. Its name says how:
//
//	content/about.md                    the file's text
//	content/about.md +                  text to put at the end of the file that is there
//	content/about.md ~                  two lines: what to find in the file, and what to put there
//	content/about.md -                  the file is taken away
//	content/mentors/x.jpg base64        bytes
//	content/mentors/x.toml -> ../y      a symbolic link
func lay(t *testing.T, dir string, f txtar.File) {
	t.Helper()
	path, how, _ := strings.Cut(f.Name, " ")
	name := filepath.Join(dir, filepath.FromSlash(path))
	data := f.Data
	switch target, link := strings.CutPrefix(how, "-> "); {
	case link:
		if err := os.Remove(name); err != nil && !errors.Is(err, os.ErrNotExist) {
			t.Fatal(err)
		}
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.Symlink(target, name); err != nil {
			t.Skip("no symbolic links here:", err)
		}
		return
	case how == "-":
		removeAll(t, name)
		return
	case how == "+":
		before, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		data = append(before, data...)
	case how == "~":
		before, err := os.ReadFile(name)
		old, with, _ := strings.Cut(strings.TrimSuffix(string(data), "\n"), "\n")
		if err != nil || !strings.Contains(string(before), old) {
			t.Fatalf("%s does not hold %q: %v", path, old, err)
		}
		data = []byte(strings.Replace(string(before), old, with, 1))
	case how == "base64":
		decoded, err := base64.StdEncoding.DecodeString(strings.Join(strings.Fields(string(data)), ""))
		if err != nil {
			t.Fatal(err)
		}
		data = decoded
	case how != "":
		t.Fatalf("no way to lay %q", f.Name)
	}
	writeFile(t, dir, path, data)
	beside, err := os.ReadDir(filepath.Dir(name))
	if err != nil {
		t.Fatal(err)
	}
	if !slices.ContainsFunc(beside, func(e os.DirEntry) bool { return e.Name() == filepath.Base(name) }) {
		t.Skipf("this disk does not tell %s from the file that is there", path)
	}
}
