package generator

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

var update = flag.Bool("update", false, "rewrite what the tests expect")

// testDay is the day on which sites are built in tests.
const testDay = "2026-11-23"

// A tree is files by slash-separated path.
type tree map[string][]byte

// readTree reads every file below a folder; none when there is no folder.
func readTree(t testing.TB, dir string) tree {
	t.Helper()
	files := tree{}
	err := filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(dir, name)
		files[filepath.ToSlash(rel)] = data
		return err
	})
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		t.Fatal(err)
	}
	return files
}

// write makes a folder hold these files and no others. What has not changed is not
// touched.
func (files tree) write(t testing.TB, dir string) {
	t.Helper()
	before := readTree(t, dir)
	for path := range before {
		if _, ok := files[path]; !ok {
			if err := os.Remove(filepath.Join(dir, filepath.FromSlash(path))); err != nil {
				t.Fatal(err)
			}
		}
	}
	for path, data := range files {
		if old, ok := before[path]; ok && bytes.Equal(old, data) {
			continue
		}
		writeFile(t, dir, path, data)
	}
}

func writeFile(t testing.TB, dir, path string, data []byte) {
	t.Helper()
	name := filepath.Join(dir, filepath.FromSlash(path))
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, data, 0o644); err != nil {
		t.Fatal(err)
	}
}

// differences tells where two trees are not the same, in at most a few lines.
func differences(got, want tree) []string {
	var lines []string
	paths := slices.Sorted(maps.Keys(got))
	for path := range want {
		if _, ok := got[path]; !ok {
			paths = append(paths, path)
		}
	}
	slices.Sort(paths)
	for _, path := range paths {
		g, inGot := got[path]
		w, inWant := want[path]
		switch {
		case !inWant:
			lines = append(lines, path+" is there and should not be")
		case !inGot:
			lines = append(lines, path+" is missing")
		case !bytes.Equal(g, w):
			lines = append(lines, fmt.Sprintf("%s differs:\n\tgot  %s\n\twant %s", path, around(g, w), around(w, g)))
		}
	}
	if len(lines) > 6 {
		lines = append(lines[:6], fmt.Sprintf("… and %d more", len(lines)-6))
	}
	return lines
}

// around is the part of a file where another one first differs.
func around(a, b []byte) string {
	i := 0
	for i < len(a) && i < len(b) && a[i] == b[i] {
		i++
	}
	return fmt.Sprintf("%q", a[max(0, i-60):min(len(a), i+80)])
}

// newGenerator works on a site on the tests' day, or on the day that o says.
func newGenerator(t testing.TB, o Options) *Generator {
	t.Helper()
	if o.Date == "" && o.Now == nil {
		o.Date = testDay
	}
	g, err := New(o)
	if err != nil {
		t.Fatal(err)
	}
	return g
}

// built builds a site into a folder of its own, which must succeed.
func built(t testing.TB, o Options) (tree, Result) {
	t.Helper()
	dest := filepath.Join(t.TempDir(), "public")
	result, err := newGenerator(t, o).Build(t.Context(), BuildOptions{Destination: dest})
	if err != nil {
		t.Fatalf("the site cannot be built: %v", err)
	}
	return readTree(t, dest), result
}

// text is problems as the command prints them.
func text(p Problems) string {
	var b strings.Builder
	_ = p.WriteText(&b)
	return b.String()
}

// clock is a clock that tests set.
type clock struct{ now time.Time }

func (c *clock) Now() time.Time { return c.now }

func removeAll(t testing.TB, path string) {
	t.Helper()
	if err := os.RemoveAll(path); err != nil {
		t.Fatal(err)
	}
}
