package output

import (
	"cmp"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/stoa-portal/stoa/generator/internal/digest"
)

func TestMain(m *testing.M) {
	flush = func(*os.File) error { return nil }
	os.Exit(m.Run())
}

// A site is what a destination should hold: path → contents.
type site map[string]string

// plan makes rows that give the site. A row's key is that of its contents.
func (s site) plan() []File {
	var plan []File
	for _, p := range slices.Sorted(maps.Keys(s)) {
		plan = append(plan, row(p, s[p]))
	}
	return plan
}

func (s site) inputs() digest.Sum {
	var rows []any
	for _, f := range s.plan() {
		rows = append(rows, f.Path, f.Key())
	}
	return digest.Of(rows...)
}

// with is the site with other files added.
func (s site) with(more site) site {
	all := maps.Clone(s)
	maps.Copy(all, more)
	return all
}

func row(p, contents string) File {
	return File{Path: p, Key: key(contents), Render: func(w io.Writer) error {
		_, err := io.WriteString(w, contents)
		return err
	}}
}

// tree reads what a folder holds. Folders without files count as path + "/".
func tree(t *testing.T, dir string) site {
	t.Helper()
	found := site{}
	err := filepath.WalkDir(dir, func(name string, e fs.DirEntry, err error) error {
		if err != nil || name == dir {
			return err
		}
		rel, _ := filepath.Rel(dir, name)
		rel = filepath.ToSlash(rel)
		switch {
		case e.Type()&fs.ModeSymlink != 0:
			to, err := os.Readlink(name)
			found[rel] = "-> " + to
			return err
		case e.IsDir():
			items, err := os.ReadDir(name)
			if len(items) == 0 {
				found[rel+"/"] = ""
			}
			return err
		}
		contents, err := os.ReadFile(name)
		found[rel] = string(contents)
		return err
	})
	if err != nil && !os.IsNotExist(err) {
		t.Fatal(err)
	}
	return found
}

func wantTree(t *testing.T, dir string, want site) {
	t.Helper()
	if got := tree(t, dir); !maps.Equal(got, want) {
		t.Errorf("%s holds\n %v, want\n %v", filepath.Base(dir), sorted(got), sorted(want))
	}
}

func sorted(s site) []string {
	var lines []string
	for p, contents := range s {
		lines = append(lines, p+"="+contents[:min(len(contents), 40)])
	}
	slices.SortFunc(lines, cmp.Compare)
	return lines
}

func write(t *testing.T, name, contents string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(contents), 0o644); err != nil {
		t.Fatal(err)
	}
}

func mustOpen(t *testing.T, dest string, o Options) *Destination {
	t.Helper()
	d, err := Open(dest, o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.Close() })
	return d
}

// mustSync brings a site to a destination, in a run of its own.
func mustSync(t *testing.T, dest string, s site) Result {
	t.Helper()
	d := mustOpen(t, dest, Options{})
	defer d.Close()
	result, err := d.Sync(t.Context(), s.plan(), SyncOptions{Inputs: s.inputs()})
	if err != nil {
		t.Fatal(err)
	}
	return result
}

// public names a destination that does not exist yet.
func public(t *testing.T) string { return filepath.Join(t.TempDir(), "public") }

var portal = site{
	"index.html":             "home",
	"mentors/ada/index.html": "Ada",
	"mentors/bob/index.html": "Bob",
	"feed.xml":               "feed",
}

// key is a row's key that is known already.
func key(values ...any) func() digest.Sum {
	sum := digest.Of(values...)
	return func() digest.Sum { return sum }
}

func TestCheckedForgetsNothing(t *testing.T) {
	row := func(paths ...string) (plan []File) {
		for _, p := range paths {
			plan = append(plan, File{Path: p})
		}
		return plan
	}
	var checked Checked
	for i, step := range []struct {
		plan []File
		bad  bool
	}{
		{row("a", "b"), false},
		{row("a", "b"), false},
		{row("a", "B", "b"), true},
		{row("a", "B", "b"), true},
		{row("a", "c"), false},
		{row("a", "A"), true},
	} {
		if got := checked.Problems(step.plan); (len(got) > 0) != step.bad {
			t.Errorf("step %d: %v", i, got)
		}
	}
}
