package generator

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestLastCommit: a guide that does not say when it was updated shows the day of its last
// commit, a build after another commit shows the new day, and a shallow clone says that it
// does not know.
func TestLastCommit(t *testing.T) {
	if _, err := exec.LookPath("git"); err != nil {
		t.Skip("git is not installed")
	}
	dir := t.TempDir()
	git := func(day string, args ...string) {
		t.Helper()
		command := exec.CommandContext(t.Context(), "git", append([]string{"-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"}, args...)...)
		command.Dir = dir
		command.Env = append(os.Environ(), "GIT_COMMITTER_DATE="+day+"T12:00:00Z", "GIT_CONFIG_GLOBAL="+os.DevNull)
		if out, err := command.CombinedOutput(); err != nil {
			t.Fatalf("git %v: %v\n%s", args, err, out)
		}
	}
	site := tree{
		"config.toml":              []byte("title = \"T\"\nbase_url = \"https://example.org/\""),
		"content/guides/s/a.md":    []byte("+++\ntitle = \"A\"\n+++\nText.\n"),
		"content/guides/s/b.md":    []byte("+++\ntitle = \"B\"\nupdated = 2026-02-03\n+++\nText.\n"),
		"content/mentors/ana.toml": []byte("name = \"Ana\"\n"),
	}
	site.write(t, dir)
	git("2025-01-02", "init", "-q", "-b", "main")
	git("2025-01-02", "add", "-A")
	git("2025-01-02", "commit", "-q", "-m", "x")
	dest := filepath.Join(t.TempDir(), "public")
	build := func(source, dest string) (tree, Result) {
		t.Helper()
		result, err := newGenerator(t, Options{Source: source, Date: "2026-11-23"}).Build(t.Context(), BuildOptions{Destination: dest})
		if err != nil {
			t.Fatal(err)
		}
		return readTree(t, dest), result
	}
	shows := func(files tree, path, day string) {
		t.Helper()
		if got := strings.Contains(string(files[path]), `datetime="`+day+`"`); !got {
			t.Errorf("%s does not show %s", path, day)
		}
	}
	files, _ := build(dir, dest)
	shows(files, "guides/s/a/index.html", "2025-01-02")
	shows(files, "guides/s/b/index.html", "2026-02-03")
	if !strings.Contains(string(files["sitemap.xml"]), "<lastmod>2025-01-02</lastmod>") || strings.Contains(string(files["feed.xml"]), "2025-01-02") {
		t.Error("the day of a commit belongs into the sitemap, and not into the feed")
	}
	if _, result := build(dir, dest); !result.UpToDate {
		t.Error("a second build found something to do")
	}
	git("2025-05-06", "commit", "-q", "--allow-empty", "-m", "nothing")
	if _, result := build(dir, dest); result.Written > 0 {
		t.Errorf("a commit that changes nothing wrote %d files", result.Written)
	}
	writeFile(t, dir, "content/guides/s/a.md", []byte("+++\ntitle = \"A\"\n+++\nAnother text.\n"))
	git("2025-07-08", "commit", "-q", "-a", "-m", "y")
	files, _ = build(dir, dest)
	shows(files, "guides/s/a/index.html", "2025-07-08")

	clone := filepath.Join(t.TempDir(), "clone")
	git("2025-07-08", "clone", "-q", "--depth", "1", "file://"+filepath.ToSlash(dir), clone)
	files, result := build(clone, filepath.Join(t.TempDir(), "public"))
	if strings.Contains(string(files["guides/s/a/index.html"]), "datetime=") {
		t.Error("a shallow clone shows a day")
	}
	if said := text(result.Problems); strings.Count(said, "shallow clone") != 1 {
		t.Errorf("the problems of a shallow clone are\n%s", said)
	}
}
