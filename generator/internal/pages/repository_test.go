package pages

import (
	"net/url"
	"strings"
	"testing"
)

// inEditor is the link of that kind on a page, decoded.
func inEditor(t *testing.T, plan *Plan, page, begins string) (address string, query url.Values) {
	t.Helper()
	_, rest, ok := strings.Cut(plan.text(t, page), `href="`+begins)
	if !ok {
		return "", nil
	}
	link, _, _ := strings.Cut(rest, `"`)
	u, err := url.Parse(begins + strings.ReplaceAll(link, "&amp;", "&"))
	if err != nil {
		t.Fatal(err)
	}
	return u.Scheme + "://" + u.Host + u.EscapedPath(), u.Query()
}

// volunteers is a site whose repository anybody may write to.
func volunteers(repository string) sources {
	return sources{
		"config.toml":                    "title = \"T\"\n[languages.es]\n[privacy]\nrequire_consent = true\n[repository]\n" + repository,
		"content/mentors/ana.toml":       "name = \"Ana\"\n[consent]\npublish = true\n",
		"content/about.md":               "# About\n",
		"content/about.es.md":            "# Sobre\n",
		"content/vocabulary/topics.toml": "[[term]]\nid = \"cv\"\nlabel = \"CV\"\n[[term]]\nid = \"first-job\"\nlabel = \"First job\"\n",
	}
}

func TestEditorLinks(t *testing.T) {
	for _, row := range []struct{ config, edit, about, begin string }{
		{`url = "https://github.com/o/r/"`, "https://github.com/o/r/edit/main/content/mentors/ana.toml", "https://github.com/o/r/edit/main/content/about.es.md", "https://github.com/o/r/new/main"},
		{"url = \"https://github.com/o/r\"\nbranch = \"a/b\"\nfolder = \"site\"", "https://github.com/o/r/edit/a/b/site/content/mentors/ana.toml", "https://github.com/o/r/edit/a/b/site/content/about.es.md", "https://github.com/o/r/new/a/b"},
		{`url = "https://gitlab.example.edu/o/r"`, "https://gitlab.example.edu/o/r/-/edit/main/content/mentors/ana.toml", "https://gitlab.example.edu/o/r/-/edit/main/content/about.es.md", "https://gitlab.example.edu/o/r/-/new/main"},
		{`url = "https://codeberg.org/o/r"`, "https://codeberg.org/o/r/_edit/main/content/mentors/ana.toml", "https://codeberg.org/o/r/_edit/main/content/about.es.md", "https://codeberg.org/o/r/_new/main"},
		{`url = "https://bitbucket.org/o/r"`, "https://bitbucket.org/o/r/src/main/content/mentors/ana.toml", "https://bitbucket.org/o/r/src/main/content/about.es.md", ""},
	} {
		plan, _ := volunteers(row.config).plan(t)
		at, _, _ := strings.Cut(strings.TrimPrefix(row.edit, "https://"), "/")
		if got, _ := inEditor(t, plan, "mentors/ana/index.html", "https://"+at+"/"); got != row.edit {
			t.Errorf("a profile is edited at %q, not %q", got, row.edit)
		}
		if got, _ := inEditor(t, plan, "es/about/index.html", "https://"+at+"/"); got != row.about {
			t.Errorf("a translation is edited at %q, not %q", got, row.about)
		}
		got, query := inEditor(t, plan, "mentors/index.html", "https://"+at+"/")
		if got != row.begin {
			t.Errorf("a profile is begun at %q, not %q", got, row.begin)
		}
		if row.begin != "" && !strings.HasSuffix(query.Get("filename")+query.Get("file_name"), "content/mentors/your-name.toml") {
			t.Errorf("%s begins the file %v", row.begin, query)
		}
	}
	if plan, _ := volunteers("").plan(t); strings.Contains(plan.text(t, "mentors/index.html"), "add-mentor") {
		t.Error("a site without a repository asks for profiles in it")
	}
}

// TestNewProfile: what a volunteer begins with is sound, in each language, and asks for three
// fields.
func TestNewProfile(t *testing.T) {
	site := volunteers(`url = "https://github.com/o/r"`)
	plan, _ := site.plan(t)
	for page, want := range map[string]string{"mentors/index.html": "Your Name", "es/mentors/index.html": "Tu nombre"} {
		_, query := inEditor(t, plan, page, "https://github.com/o/r/new/")
		text := query.Get("value")
		if !strings.Contains(text, "\nname = \""+want+"\"\n") || !strings.Contains(text, "# cv, first-job\nhelp_with = []\n") || !strings.Contains(text, "\n[consent]\npublish = false\n") {
			t.Errorf("%s begins with\n%s", page, text)
		}
		if link := query.Encode(); len(link) > 4000 {
			t.Errorf("%s: the address is %d bytes long", page, len(link))
		}
		file := strings.TrimPrefix(query.Get("filename"), "/")
		filled := strings.NewReplacer("headline = \"\"", "headline = \"Ask me\"", "help_with = []", `help_with = ["cv"]`, "publish = false", "publish = true").Replace(text)
		for _, profile := range []string{text, filled} {
			more, problems := site.with(sources{file: profile}).plan(t)
			if profile == filled && (len(problems) > 2 || !strings.Contains(more.text(t, "mentors/index.html"), want)) {
				t.Errorf("%s, filled in: %v", file, problems)
			}
		}
	}
}
