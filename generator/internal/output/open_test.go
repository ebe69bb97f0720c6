package output

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestOpenRefuses(t *testing.T) {
	for _, test := range []struct {
		name    string
		prepare func(t *testing.T, dir string) (dest string, o Options)
		kind    error
		want    string
		forced  bool // --force helps
	}{
		{"a file", func(t *testing.T, dir string) (string, Options) {
			write(t, filepath.Join(dir, "public"), "mine")
			return filepath.Join(dir, "public"), Options{}
		}, ErrUnsuitable, "public is a file", false},
		{"a link", func(t *testing.T, dir string) (string, Options) {
			if err := os.Symlink(t.TempDir(), filepath.Join(dir, "public")); err != nil {
				t.Skip(err)
			}
			return filepath.Join(dir, "public"), Options{}
		}, ErrUnsuitable, "symbolic link", false},
		{"a root", func(t *testing.T, dir string) (string, Options) {
			return filepath.VolumeName(dir) + string(filepath.Separator), Options{}
		}, ErrUnsuitable, "root of a disk", false},
		{"the source", func(t *testing.T, dir string) (string, Options) {
			return dir, Options{Source: dir}
		}, ErrUnsuitable, "holds what the site is made from", false},
		{"a folder that holds the source", func(t *testing.T, dir string) (string, Options) {
			write(t, filepath.Join(dir, "portal", "config.toml"), "")
			return dir, Options{Source: filepath.Join(dir, "portal")}
		}, ErrUnsuitable, "holds what the site is made from", false},
		{"the source, by a link", func(t *testing.T, dir string) (string, Options) {
			write(t, filepath.Join(dir, "portal", "config.toml"), "")
			if err := os.Symlink("portal", filepath.Join(dir, "link")); err != nil {
				t.Skip(err)
			}
			return filepath.Join(dir, "portal"), Options{Source: filepath.Join(dir, "link")}
		}, ErrUnsuitable, "holds what the site is made from", false},
		{"within the content", func(t *testing.T, dir string) (string, Options) {
			write(t, filepath.Join(dir, "content", "index.md"), "")
			return filepath.Join(dir, "content", "static", "out"), Options{Source: dir, Reads: []string{filepath.Join(dir, "content")}}
		}, ErrUnsuitable, "lies in", false},
		{"foreign files", func(t *testing.T, dir string) (string, Options) {
			write(t, filepath.Join(dir, "public", "thesis.tex"), "mine")
			return filepath.Join(dir, "public"), Options{}
		}, ErrForeign, "is not empty (it has thesis.tex, for one)", true},
		{"foreign files where a site was", func(t *testing.T, dir string) (string, Options) {
			dest := filepath.Join(dir, "public")
			mustSync(t, dest, portal)
			if err := os.RemoveAll(dest); err != nil {
				t.Fatal(err)
			}
			write(t, filepath.Join(dest, "index.html"), "the start page of something else")
			return dest, Options{}
		}, ErrForeign, "holds none of the files", true},
		{"a damaged manifest", func(t *testing.T, dir string) (string, Options) {
			dest := filepath.Join(dir, "public")
			mustSync(t, dest, portal)
			write(t, filepath.Join(dir, ".public.stoa", "manifest"), format+"inputs\t12")
			return dest, Options{}
		}, ErrForeign, ".public.stoa cannot be used: the record is damaged", true},
		{"a state folder that is a link", func(t *testing.T, dir string) (string, Options) {
			if err := os.Symlink(t.TempDir(), filepath.Join(dir, ".public.stoa")); err != nil {
				t.Skip(err)
			}
			return filepath.Join(dir, "public"), Options{}
		}, ErrUnsuitable, ".public.stoa, beside", false},
		{"a lock that is a link", func(t *testing.T, dir string) (string, Options) {
			target := filepath.Join(t.TempDir(), "victim")
			if err := os.Mkdir(filepath.Join(dir, ".public.stoa"), 0o755); err != nil {
				t.Fatal(err)
			}
			if err := os.Symlink(target, filepath.Join(dir, ".public.stoa", "lock")); err != nil {
				t.Skip(err)
			}
			t.Cleanup(func() {
				if look(target).kind != nothing {
					t.Error("a file was made where the link leads")
				}
			})
			return filepath.Join(dir, "public"), Options{}
		}, ErrUnsuitable, ".public.stoa/lock", false},
	} {
		t.Run(test.name, func(t *testing.T) {
			dir := t.TempDir()
			dest, options := test.prepare(t, dir)
			before := tree(t, dir)
			d, err := Open(dest, options)
			if err == nil {
				d.Close()
				t.Fatal("not refused")
			}
			if !errors.Is(err, test.kind) || !strings.Contains(err.Error(), test.want) {
				t.Errorf("got %v, want %q", err, test.want)
			}
			if test.kind != ErrForeign {
				delete(before, ".public.stoa/")
			}
			after := tree(t, dir)
			for p, contents := range before {
				if after[p] != contents {
					t.Errorf("%s was changed", p)
				}
			}
			options.Force = true
			d, err = Open(dest, options)
			if test.forced != (err == nil) {
				t.Errorf("with force: %v", err)
			}
			if err == nil {
				d.Close()
			}
		})
	}
}

// With force, the site is written among foreign files, which stay unless a row has
// their path; and the destination is ours from then on.
func TestForce(t *testing.T) {
	dest := public(t)
	foreign := site{"thesis.tex": "mine", "mentors/old.html": "mine", "index.html": "mine"}
	for p, contents := range foreign {
		write(t, filepath.Join(dest, p), contents)
	}
	d := mustOpen(t, dest, Options{Force: true})
	if _, err := d.Sync(t.Context(), portal.plan(), SyncOptions{}); err != nil {
		t.Fatal(err)
	}
	d.Close()
	wantTree(t, dest, foreign.with(portal))
	mustSync(t, dest, site{"feed.xml": "feed"})
	wantTree(t, dest, site{"feed.xml": "feed", "thesis.tex": "mine", "mentors/old.html": "mine"})
}

func TestLock(t *testing.T) {
	dest := public(t)
	first := mustOpen(t, dest, Options{})
	if second, err := Open(dest, Options{}); !errors.Is(err, ErrLocked) {
		t.Errorf("got %v, %v", second, err)
	}
	if err := first.Close(); err != nil {
		t.Error(err)
	}
	mustOpen(t, dest, Options{})
}

func TestRefusalLeavesNothing(t *testing.T) {
	dir := t.TempDir()
	write(t, filepath.Join(dir, "public", "thesis.tex"), "mine")
	if _, err := Open(filepath.Join(dir, "public"), Options{}); !errors.Is(err, ErrForeign) {
		t.Error(err)
	}
	wantTree(t, dir, site{"public/thesis.tex": "mine"})
}

func TestFoldersAboveAreMade(t *testing.T) {
	dest := filepath.Join(t.TempDir(), "a", "b", "public")
	mustSync(t, dest, portal)
	wantTree(t, dest, portal)
}

func TestTornJournalIsDropped(t *testing.T) {
	dest := public(t)
	mustSync(t, dest, portal)
	state := filepath.Join(filepath.Dir(dest), ".public.stoa")
	write(t, filepath.Join(state, "journal"), format+"after\tindex.html\n")
	write(t, filepath.Join(state, "staging", "files", "1"), "half a page")
	d := mustOpen(t, dest, Options{})
	if !d.UpToDate(portal.inputs()) {
		t.Error("the site was touched")
	}
	wantTree(t, dest, portal)
	got := tree(t, state)
	delete(got, "manifest")
	if len(got) != 2 { // .gitignore and lock
		t.Errorf("the state folder holds %v", got)
	}
}
