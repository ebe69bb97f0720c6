package output

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestForeignFilesSurvive(t *testing.T) {
	dest := public(t)
	mustSync(t, dest, portal)
	foreign := site{"CNAME": "example.edu", "mentors/ada/notes.txt": "mine", "own/x": "mine"}
	for p, contents := range foreign {
		write(t, filepath.Join(dest, p), contents)
	}
	next := site{"index.html": "home", "own/index.html": "page"}
	mustSync(t, dest, next)
	wantTree(t, dest, next.with(foreign))
	mustSync(t, dest, site{"index.html": "home"})
	wantTree(t, dest, site{"index.html": "home"}.with(foreign))

	t.Run("an owner's folder stays, though empty", func(t *testing.T) {
		if err := os.Remove(filepath.Join(dest, "own", "x")); err != nil {
			t.Fatal(err)
		}
		mustSync(t, dest, next)
		mustSync(t, dest, site{"index.html": "home"})
		got := tree(t, dest)
		if _, ok := got["own/"]; !ok {
			t.Errorf("the folder is gone: %v", got)
		}
	})
}

func TestInTheWay(t *testing.T) {
	for _, test := range []struct {
		name   string
		plant  func(t *testing.T, dest string)
		add    site
		want   string
		forced bool // --force helps
	}{
		{"a foreign file", func(t *testing.T, dest string) { write(t, filepath.Join(dest, "new.html"), "mine") },
			site{"new.html": "page"}, "new.html: the site has a file of this name", true},
		{"a foreign file where a folder must be", func(t *testing.T, dest string) { write(t, filepath.Join(dest, "new"), "mine") },
			site{"new/a/b.html": "page"}, "new: the site needs a folder here", false},
		{"a foreign folder where a file must be", func(t *testing.T, dest string) { write(t, filepath.Join(dest, "new", "x"), "mine") },
			site{"new": "page"}, "new: the site needs a file here", false},
		{"a foreign file in a folder that must be a file", func(t *testing.T, dest string) {
			write(t, filepath.Join(dest, "mentors", "x"), "mine")
		}, nil, "mentors: the site needs a file here", false},
		{"a linked folder", func(t *testing.T, dest string) {
			target := t.TempDir()
			if err := os.Symlink(target, filepath.Join(dest, "new")); err != nil {
				t.Skip(err)
			}
			t.Cleanup(func() { wantTree(t, target, site{}) })
		}, site{"new/a.html": "page"}, "new: the site needs a folder here", false},
		{"a linked folder within", func(t *testing.T, dest string) {
			if err := os.Symlink("mentors", filepath.Join(dest, "new")); err != nil {
				t.Skip(err)
			}
		}, site{"new/a.html": "page"}, "new: the site needs a folder here", false},
		{"a linked file", func(t *testing.T, dest string) {
			target := filepath.Join(t.TempDir(), "secret")
			write(t, target, "secret")
			if err := os.Symlink(target, filepath.Join(dest, "new")); err != nil {
				t.Skip(err)
			}
			t.Cleanup(func() { wantTree(t, filepath.Dir(target), site{"secret": "secret"}) })
		}, site{"new": "page"}, "new: the site has a file of this name", true},
	} {
		t.Run(test.name, func(t *testing.T) {
			dest := public(t)
			mustSync(t, dest, portal)
			test.plant(t, dest)
			before := tree(t, dest)
			next := portal.with(test.add)
			if test.add == nil {
				next = site{"index.html": "home", "mentors": "a file now"}
			}
			for _, force := range []bool{false, true} {
				d := mustOpen(t, dest, Options{Force: force})
				result, err := d.Sync(t.Context(), next.plan(), SyncOptions{})
				d.Close()
				if force && test.forced {
					if err != nil {
						t.Fatal(err)
					}
					wantTree(t, dest, next)
					continue
				}
				if err == nil || !strings.Contains(err.Error(), test.want) || len(result.Problems) != 1 {
					t.Errorf("force %v: got %v, want one problem with %q", force, err, test.want)
				}
				wantTree(t, dest, before)
			}
		})
	}
}

// A folder of ours that was replaced by a link is neither written through nor deleted through.
func TestPlantedLinkIsNotFollowed(t *testing.T) {
	dest := public(t)
	mustSync(t, dest, portal)
	elsewhere := filepath.Join(t.TempDir(), "ada")
	if err := os.Rename(filepath.Join(dest, "mentors", "ada"), elsewhere); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(elsewhere, filepath.Join(dest, "mentors", "ada")); err != nil {
		t.Skip(err)
	}
	d := mustOpen(t, dest, Options{Force: true})
	if _, err := d.Sync(t.Context(), portal.with(site{"mentors/ada/index.html": "Ada L."}).plan(), SyncOptions{}); err == nil {
		t.Error("written through a link")
	}
	if _, err := d.Sync(t.Context(), site{"index.html": "home"}.plan(), SyncOptions{}); err != nil {
		t.Error(err)
	}
	wantTree(t, elsewhere, site{"index.html": "Ada"})
	wantTree(t, dest, site{"index.html": "home", "mentors/ada": "-> " + elsewhere})
}
