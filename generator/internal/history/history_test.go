package history

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/stoa-portal/stoa/generator/internal/civil"
)

// A repository is made for a test; commits have a day of their own.
type repository struct {
	*testing.T
	dir string
}

func newRepository(t *testing.T) repository {
	t.Helper()
	if _, err := exec.LookPath("git"); err != nil {
		t.Skip("git is not installed")
	}
	r := repository{t, t.TempDir()}
	r.git("", "init", "-q", "-b", "main")
	return r
}

func (r repository) git(day string, args ...string) {
	r.Helper()
	command := exec.CommandContext(r.Context(), "git", append([]string{"-C", r.dir, "-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"}, args...)...)
	command.Env = append(os.Environ(), "GIT_AUTHOR_DATE=2001-01-01T00:00:00Z", "GIT_COMMITTER_DATE="+day, "GIT_CONFIG_GLOBAL="+os.DevNull)
	if out, err := command.CombinedOutput(); err != nil {
		r.Fatalf("git %v: %v\n%s", args, err, out)
	}
}

func (r repository) commit(day string, files map[string]string) {
	r.Helper()
	for name, text := range files {
		path := filepath.Join(r.dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			r.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			r.Fatal(err)
		}
	}
	r.git(day, "add", "-A")
	r.git(day, "commit", "-q", "--allow-empty", "-m", "x\n\nnames\n2026-01-01")
}

func TestDays(t *testing.T) {
	r := newRepository(t)
	site := filepath.Join(r.dir, "site")
	if Open(t.Context(), r.dir) != nil {
		t.Error("a repository without a commit has a history")
	}
	r.commit("2024-02-03T23:30:00-05:00", map[string]string{"site/content/guides/a.md": "1", "site/content/guides/s/é b.md": "1", "site/content/about.md": "1", "elsewhere.md": "1"})
	r.commit("2025-06-07T00:30:00+09:00", map[string]string{"site/content/guides/a.md": "2", "elsewhere.md": "2"})
	r.commit("2026-01-01T00:00:00Z", nil)
	if err := os.WriteFile(filepath.Join(site, "content/guides/new.md"), nil, 0o644); err != nil {
		t.Fatal(err)
	}
	opened := Open(t.Context(), site)
	if opened == nil || opened.Shallow || len(opened.Head) < 40 {
		t.Fatalf("the repository is %+v", opened)
	}
	got, err := opened.Days(t.Context(), "content/guides")
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]civil.Date{"content/guides/a.md": civil.Of(2025, 6, 7), "content/guides/s/é b.md": civil.Of(2024, 2, 3)}
	if len(got) != len(want) {
		t.Errorf("the days are %v", got)
	}
	for name, day := range want {
		if got[name] != day {
			t.Errorf("%s was changed on %v, want %v", name, got[name], day)
		}
	}

	clone := repository{t, t.TempDir()}
	clone.git("", "clone", "-q", "--depth", "1", "file://"+filepath.ToSlash(r.dir), ".")
	shallow := Open(t.Context(), clone.dir)
	if shallow == nil || !shallow.Shallow || shallow.Head != opened.Head {
		t.Fatalf("the shallow clone is %+v", shallow)
	}
	if _, err := shallow.Days(t.Context(), "."); err == nil {
		t.Error("a shallow clone tells days")
	}
}

func TestNoRepository(t *testing.T) {
	if r := Open(t.Context(), t.TempDir()); r != nil {
		t.Errorf("a folder of its own has the history %+v", r)
	}
}
