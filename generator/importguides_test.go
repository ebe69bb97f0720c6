package generator

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stoa-portal/stoa/generator/internal/migrate"
)

// TestImportGuides brings a folder from each generator into a new site, which can be built then, and
// in which every link, heading, picture and old address leads somewhere, at any depth.
func TestImportGuides(t *testing.T) {
	folders, err := filepath.Glob("internal/migrate/testdata/*/source")
	if err != nil || len(folders) < 5 {
		t.Fatalf("the folders are %v, %v", folders, err)
	}
	for _, folder := range folders {
		t.Run(filepath.Base(filepath.Dir(folder)), func(t *testing.T) {
			site := newSite(t)
			bring := func(dryRun bool) GuidesImport {
				done, err := ImportGuides(site, folder, dryRun)
				if _, ok := errors.AsType[Problems](err); err != nil && !ok { // of a text, which is left out
					t.Fatal(err)
				}
				return done
			}
			if would := bring(true); len(would.Written) == 0 {
				t.Error("nothing would be written")
			}
			if _, err := os.Stat(filepath.Join(site, ".stoa")); err == nil {
				t.Error("a dry run writes")
			}
			done := bring(false)
			for _, base := range []string{"https://crawled.example/", "https://crawled.example/repo/", "https://crawled.example/a/b/"} {
				files, _ := built(t, Options{Source: site, BaseURL: base, Drafts: true})
				c := newCrawler(t, base, files)
				c.pages()
				c.alternates()
				c.styles()
				c.data()
				c.reach()
			}

			// Again: nothing. After an edit here: the edit stays.
			if again := bring(false); len(again.Written) > 0 {
				t.Errorf("a second time writes %v", again.Written)
			}
			edited := filepath.Join(site, done.Written[slices.IndexFunc(done.Written, func(file string) bool { return strings.HasSuffix(file, ".md") })])
			put(t, edited, read(t, edited)+"\nAn edit.\n")
			if again := bring(false); len(again.Written) > 0 {
				t.Errorf("after an edit, %v is written", again.Written)
			}
			if !strings.HasSuffix(read(t, edited), "An edit.\n") {
				t.Error("the edit is lost")
			}
			for _, file := range append(done.Written, migrate.StateFile) {
				if matches, _ := filepath.Glob(filepath.Join(site, filepath.Dir(file), ".*.new")); len(matches) > 0 {
					t.Errorf("%v is left", matches)
				}
			}
		})
	}
}

func TestImportGuidesRefuses(t *testing.T) {
	site, empty := newSite(t), t.TempDir()
	if _, err := ImportGuides(site, filepath.Join(empty, "nothing"), false); !errors.Is(err, ErrRefused) {
		t.Errorf("a folder that is not there: %v", err)
	}
	if _, err := ImportGuides(site, empty, false); err == nil || !strings.Contains(err.Error(), "no Markdown files") {
		t.Errorf("an empty folder: %v", err)
	}
	if _, err := ImportGuides(empty, site, false); !errors.Is(err, ErrNoSite) {
		t.Errorf("no site: %v", err)
	}
	put(t, filepath.Join(site, migrate.StateFile), "{")
	if _, err := ImportGuides(site, "internal/migrate/testdata/hugo/source", false); !errors.Is(err, ErrRefused) || !strings.Contains(err.Error(), migrate.StateFile) {
		t.Errorf("a broken record: %v", err)
	}
}

func TestImportGuidesDoesNotLeaveTheSite(t *testing.T) {
	site, outside := newSite(t), t.TempDir()
	if err := os.Symlink(outside, filepath.Join(site, "content/guides/basics")); err != nil {
		t.Skip("no symbolic links here:", err)
	}
	if _, err := ImportGuides(site, "internal/migrate/testdata/hugo/source", false); err == nil {
		t.Error("it writes through a symbolic link")
	}
	if entries, err := os.ReadDir(outside); err != nil || len(entries) > 0 {
		t.Errorf("the folder outside holds %v, %v", entries, err)
	}
}
