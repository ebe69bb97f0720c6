package generator

import (
	"errors"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stoa-portal/stoa/generator/internal/content"
	"github.com/stoa-portal/stoa/generator/internal/schema"
)

// newSite is a scaffolded site, on a day that does not move.
func newSite(t *testing.T) string {
	t.Helper()
	t.Setenv("SOURCE_DATE_EPOCH", "1795392000") // 2026-11-23
	dir := filepath.Join(t.TempDir(), "my-portal")
	if _, err := ScaffoldSite(dir); err != nil {
		t.Fatal(err)
	}
	return dir
}

// problemsOf are those of a check, without places.
func problemsOf(t *testing.T, o Options) (all Problems) {
	t.Helper()
	g, err := New(o)
	if err != nil {
		t.Fatal(err)
	}
	finding, err := g.Check(t.Context())
	var problems Problems
	if err != nil && !errors.As(err, &problems) {
		t.Fatal(err)
	}
	return finding.Problems
}

func TestScaffoldedSiteIsSound(t *testing.T) {
	dir := newSite(t)
	if problems := problemsOf(t, Options{Source: dir, BaseURL: "https://example.org/p/"}); len(problems) > 0 {
		t.Errorf("a new site has problems:\n%v", problems)
	}
	workflow := read(t, filepath.Join(dir, ".github/workflows/pages.yml"))
	if module, _ := origin(); !strings.Contains(workflow, "go install "+module+"/cmd/stoa@") {
		t.Errorf("the workflow does not install this module:\n%s", workflow)
	}
	if strings.ContainsAny(workflow, "«»") || !strings.Contains(workflow, "${{ steps.pages.outputs.base_url ||") {
		t.Errorf("the workflow was not filled in as it should be:\n%s", workflow)
	}
}

// In templates, a setting after # is one to switch on.
var switchedOff = regexp.MustCompile(`(?m)^#(\S)`)

// switchOn switches on every setting of a file.
func switchOn(t *testing.T, file string, replacements ...string) {
	t.Helper()
	text := switchedOff.ReplaceAllString(read(t, file), "$1")
	for i := 0; i < len(replacements); i += 2 {
		if !strings.Contains(text, replacements[i]) {
			t.Fatalf("%s does not hold %q", file, replacements[i])
		}
		text = strings.Replace(text, replacements[i], replacements[i+1], 1)
	}
	put(t, file, text)
}

func read(t *testing.T, file string) string {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func put(t *testing.T, file, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

func TestScaffoldsHoldWithEverythingSwitchedOn(t *testing.T) {
	dir := newSite(t)
	at := func(name string) string { return filepath.Join(dir, filepath.FromSlash(name)) }
	for _, kind := range ScaffoldKinds {
		name := "new-" + kind
		if kind == "guide" {
			name = "a-folder/" + name
		}
		if written, err := Scaffold(dir, kind, name); err != nil || len(written) == 0 {
			t.Fatalf("%s: %v, %v", kind, written, err)
		}
	}
	if problems := problemsOf(t, Options{Source: dir, Drafts: true}); problems.Errors() > 0 {
		t.Fatalf("as they are written:\n%v", problems)
	}

	// What the examples refer to.
	put(t, at("content/static/logo.svg"), `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"></svg>`)
	put(t, at("content/static/preview.jpg"), "a picture")
	put(t, at("content/guides/a-folder/checklist.pdf"), "%PDF-1.4\n")
	switchOn(t, at("config.toml"),
		"#1f6f5c", "#0a5c8a", "[request]", "[request]\norigins = [\"book.example.org\"]", "timezone", "theme = \"new-theme\"\ntimezone")
	switchOn(t, at("content/mentors/new-mentor.toml"), "publish = false", "publish = true", "src = \"another-file.jpg\"\n", "")
	switchOn(t, at("content/mentors/kofi-addo.toml"), `["mentoring"]`, `["mentoring", "new-program"]`)
	switchOn(t, at("content/programs/new-program.toml"))
	switchOn(t, at("content/goals/new-goal.toml"))
	switchOn(t, at("content/worksheets/new-worksheet.toml"))
	switchOn(t, at("content/guides/a-folder/new-guide.md"),
		`"another-guide.md"`, `"../getting-started/first-meeting.md"`, "draft = true", "draft = false")
	switchOn(t, at("content/guides/a-folder/_index.md"))
	if problems := problemsOf(t, Options{Source: dir}); len(problems) > 0 {
		t.Errorf("with every setting switched on:\n%v", problems)
	}
}

// Each template is the reference that its author has at hand: it names every key.
func TestScaffoldsNameEveryKey(t *testing.T) {
	for _, table := range content.Tables(nil) {
		source, err := scaffolds.ReadFile("scaffold/file/" + table.Name + ".toml")
		if table.Name == "guide" {
			source, err = scaffolds.ReadFile("scaffold/file/guide.md")
		}
		if err != nil {
			continue // pages and vocabularies are begun by hand
		}
		for _, key := range keys(&table.Field) {
			if !regexp.MustCompile(`\b` + key + `\b["\]]* *[=\]]`).Match(source) {
				t.Errorf("the template of a %s does not show %s", table.Name, key)
			}
		}
	}
}

func keys(f *schema.Field) []string {
	set := map[string]bool{}
	for i := range f.Fields {
		set[f.Fields[i].Name] = true
		for _, key := range keys(&f.Fields[i]) {
			set[key] = true
		}
	}
	if f.Item != nil {
		for _, key := range keys(f.Item) {
			set[key] = true
		}
	}
	return slices.Sorted(maps.Keys(set))
}

func TestScaffoldRefuses(t *testing.T) {
	dir := newSite(t)
	for _, c := range []struct{ kind, name, want string }{
		{"mentor", "Ana López", `did you mean "ana-lópez"?`},
		{"mentor", "", "empty"},
		{"mentor", "..", "not a name"},
		{"mentor", "../../evil", "a mentor has no folders"},
		{"mentor", "/etc/passwd", "a mentor has no folders"},
		{"mentor", "a/b", `did you mean "b"?`},
		{"mentor", "nul", "not a name"},
		{"mentor", strings.Repeat("a", 81), "at most 80"},
		{"mentor", "mira-holm", "is there already"},
		{"mentor", "content/mentors/mira-holm.toml", "is there already"},
		{"guide", "../x", "not a name"},
		{"guide", "a//b", "empty"},
		{"guide", "a/b/c/d/e/f", "at most 4 folders"},
		{"guide", "a/_index", "not a name"},
		{"guide", "readme", "_index.md"},
		{"program", "mentoring", "is there already"},
		{"theme", "a.b", `did you mean "a-b"?`},
		{"mentr", "x", `did you mean "mentor"?`},
	} {
		written, err := Scaffold(dir, c.kind, c.name)
		if !errors.Is(err, ErrRefused) || !strings.Contains(err.Error(), c.want) || len(written) > 0 {
			t.Errorf("Scaffold(%s, %q) = %v, %v; want a refusal with %q", c.kind, c.name, written, err, c.want)
		}
	}
	if _, err := ScaffoldSite(dir); !errors.Is(err, ErrRefused) {
		t.Errorf("a second site in the folder: %v", err)
	}
	if _, err := Scaffold(t.TempDir(), "mentor", "ana"); !errors.Is(err, ErrNoSite) {
		t.Errorf("a mentor without a site: %v", err)
	}
}

func TestScaffoldWithoutReadableSettings(t *testing.T) {
	dir := newSite(t)
	put(t, filepath.Join(dir, "config.toml"), "title = \"unclosed")
	if _, err := Scaffold(dir, "mentor", "ana"); err != nil {
		t.Error(err)
	}
	if err := os.Rename(filepath.Join(dir, "config.toml"), filepath.Join(dir, "other.toml")); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink("other.toml", filepath.Join(dir, "config.toml")); err != nil {
		t.Skip("no symbolic links here:", err)
	}
	if _, err := Scaffold(dir, "mentor", "ben"); err != nil {
		t.Error(err)
	}
}

func TestScaffoldDoesNotLeaveTheSite(t *testing.T) {
	dir, outside := newSite(t), t.TempDir()
	if err := os.Symlink(outside, filepath.Join(dir, "themes")); err != nil {
		t.Skip("no symbolic links here:", err)
	}
	if written, err := Scaffold(dir, "theme", "campus"); err == nil {
		t.Errorf("wrote %v through a symbolic link", written)
	}
	if entries, err := os.ReadDir(outside); err != nil || len(entries) > 0 {
		t.Errorf("the folder outside holds %v, %v", entries, err)
	}
}
