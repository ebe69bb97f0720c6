package pages

import (
	"bytes"
	"errors"
	"regexp"
	"strings"
	"testing"

	"github.com/stoa-portal/stoa/generator/internal/diag"
)

// crossed is a site in two languages, in which pages have other addresses and headings.
var crossed = sources{
	"config.toml":                    "title = \"T\"\nbase_url = \"https://example.org/p/\"\n[languages.es]\n",
	"content/about.md":               "# About\n\n## Ask\n",
	"content/about.es.md":            "+++\nslug = \"acerca\"\n+++\n# Acerca\n\n## Pregunta\n",
	"content/guides/s/one.md":        "# One\n\n## Part\n",
	"content/guides/s/one.es.md":     "+++\nslug = \"uno\"\n+++\n# Uno\n\n## Parte\n",
	"content/guides/s/_index.md":     "# Section\n\n## Intro\n",
	"content/guides/s/draft.md":      "+++\ndraft = true\n+++\n# Draft\n",
	"content/guides/s/list.pdf":      "%PDF-1.4",
	"content/static/file.txt":        "x",
	"content/vocabulary/skills.toml": "[[term]]\nid = \"go\"\nlabel = \"Go\"\n[[term]]\nid = \"law\"\nlabel = \"Law\"\n",
	"content/mentors/ana.toml":       "name = \"Ana\"\nskills = [\"go\"]\n",
	"content/mentors/hidden.toml":    "name = \"H\"\nvisibility = \"hidden\"\n",
	"content/mentors/unlisted.toml":  "name = \"U\"\nvisibility = \"unlisted\"\n",
	"content/programs/peer.toml":     "title = \"Peer\"\n",
}

var href = regexp.MustCompile(`<a href="([^"]*)"[^>]*>HERE</a>`)

// TestLinks: where a link in a guide leads, on the guide's own page and, since nobody
// translated it, on its page in the other language.
func TestLinks(t *testing.T) {
	for link, want := range map[string]struct{ en, es, said string }{
		"one.md":                      {"/p/guides/s/one/", "/p/es/guides/s/uno/", ""},
		"one.md#part":                 {"/p/guides/s/one/#part", "/p/es/guides/s/uno/", ""}, // worded otherwise in Spanish
		"one.es.md":                   {"/p/es/guides/s/uno/", "/p/es/guides/s/uno/", ""},
		"one.es.md#parte":             {"/p/es/guides/s/uno/#parte", "/p/es/guides/s/uno/#parte", ""},
		"one.md#prat":                 {"", "", `one.md has no heading "#prat" (did you mean "part"?)`},
		"./":                          {"/p/guides/s/", "/p/es/guides/s/", ""},
		"../":                         {"/p/guides/", "/p/es/guides/", ""},
		"_index.md#intro":             {"/p/guides/s/#intro", "/p/es/guides/s/#intro", ""},
		"/guides/s/#intro":            {"/p/guides/s/#intro", "/p/es/guides/s/#intro", ""},
		"/guides/s/one/":              {"/p/guides/s/one/", "/p/es/guides/s/uno/", ""},
		"/es/guides/s/uno/#parte":     {"/p/es/guides/s/uno/#parte", "/p/es/guides/s/uno/#parte", ""},
		"/about/?a=b#ask":             {"/p/about/?a=b#ask", "/p/es/acerca/?a=b", ""},
		"/":                           {"/p/", "/p/es/", ""},
		"/mentors/":                   {"/p/mentors/", "/p/es/mentors/", ""},
		"/browse/skills/go/":          {"/p/browse/skills/go/", "/p/es/browse/skills/go/", ""},
		"../../mentors/ana.toml":      {"/p/mentors/ana/", "/p/es/mentors/ana/", ""},
		"../../mentors/unlisted.toml": {"/p/mentors/unlisted/", "/p/es/mentors/unlisted/", ""},
		"../../mentors/hidden.toml":   {"", "", "warning: ../../mentors/hidden.toml is not published, so these words lead nowhere"},
		"draft.md":                    {"", "", "warning: draft.md is not published, so these words lead nowhere"},
		"../../static/file.txt":       {"/p/file.txt", "/p/file.txt", ""},
		"/file.txt":                   {"/p/file.txt", "/p/file.txt", ""},
		"list.pdf":                    {"/p/guides/s/list.pdf", "/p/guides/s/list.pdf", ""},
		"/feed.xml":                   {"/p/feed.xml", "/p/feed.xml", ""},
		"/api/mentors.json":           {"/p/api/mentors.json", "/p/api/mentors.json", ""},
		"/calendar.ics":               {"", "", "warning: /calendar.ics is not published, so these words lead nowhere"},
		"/mentors/hidden/":            {"", "", "warning: /mentors/hidden/ is not published, so these words lead nowhere"},
		"/browse/skills/law/":         {"", "", "warning: /browse/skills/law/ is not published, so these words lead nowhere"}, // nobody knows law today
		"/browse/skills/lwa/":         {"", "", `there is no page "/browse/skills/lwa/" in this site (did you mean "/browse/skills/go/"?)`},
		"/abuot/":                     {"", "", `there is no page "/abuot/" in this site (did you mean "/about/"?)`},
		"/about":                      {"", "", `there is no page "/about" (did you mean "/about/"?)`},
		"../../mentors/":              {"/p/mentors/", "/p/es/mentors/", ""},
		"../../mentors/anna.toml":     {"", "", `there is no file "../../mentors/anna.toml" (did you mean "../../mentors/ana.toml"?)`},
	} {
		plan, problems := crossed.with(sources{"content/guides/s/two.md": "# Two\n\n[HERE](" + link + ")\n"}).faulty(t)
		if problems.Errors() > 0 {
			t.Fatal(problems)
		}
		for path, to := range map[string]string{"guides/s/two/index.html": want.en, "es/guides/s/two/index.html": want.es} {
			var page bytes.Buffer
			said := ""
			if list, ok := errors.AsType[diag.List](plan.row(path).Render(&page)); ok {
				said = strings.TrimPrefix(list[0].String(), "content/guides/s/two.md:3:1: ")
			}
			got := ""
			if found := href.FindStringSubmatch(page.String()); found != nil {
				got = strings.ReplaceAll(found[1], "&amp;", "&")
			}
			if got != to && !strings.Contains(want.said, "no ") || said != want.said {
				t.Errorf("%s on %s leads to %q, want %q; said %q, want %q", link, path, got, to, said, want.said)
			}
		}
	}
}

// TestAddresses: where the addresses of menus, buttons and profiles lead in each language.
func TestAddresses(t *testing.T) {
	site := crossed.with(sources{
		"config.toml": crossed["config.toml"] + `
[[menu.main]]
label = "HERE"
url = "/about/#ask"
[[menu.main]]
label = "Feed"
url = "/feed.xml"
[request]
method = "link"
url = "/about/?who={mentor.id}#ask"
`,
	})
	plan, problems := site.plan(t)
	for path, want := range map[string]string{"index.html": "/p/about/#ask", "es/index.html": "/p/es/acerca/", "es/guides/s/one/index.html": ""} {
		if want == "" {
			if plan.row(path) != nil {
				t.Errorf("%s is there, though its slug is another", path)
			}
			continue
		}
		if page := plan.text(t, path); !strings.Contains(page, `href="`+want+`"`) || !strings.Contains(page, `href="/p/feed.xml"`) {
			t.Errorf("the menu of %s does not lead to %s", path, want)
		}
	}
	for path, want := range map[string]string{"mentors/ana/index.html": "/p/about/?who=ana#ask", "es/mentors/ana/index.html": "/p/es/acerca/?who=ana"} {
		if page := plan.text(t, path); !strings.Contains(page, `href="`+want+`"`) {
			t.Errorf("the request of %s does not lead to %s", path, want)
		}
	}
	if strings.Contains(said(problems), "heading") {
		t.Error(said(problems))
	}
	_, problems = site.with(sources{"content/about.md": "# About\n\n## Other\n"}).plan(t)
	if !strings.Contains(said(problems), `warning: /about/ has no heading "#ask"; the link leads to its beginning`) {
		t.Errorf("a heading that is not there is not missed: %s", said(problems))
	}
}

// TestAddressesWithoutBase: what needs the site's address is no fault of those who link to it.
func TestAddressesWithoutBase(t *testing.T) {
	plan, problems := crossed.with(sources{
		"config.toml": "title = \"T\"\n[languages.es]\n[[menu.main]]\nlabel = \"Feed\"\nurl = \"/feed.xml\"\n[[redirects]]\nfrom = \"/news/\"\nto = \"/feed.xml\"\n",
	}).plan(t)
	if strings.Contains(plan.text(t, "index.html"), "feed.xml") || plan.row("news/index.html") != nil {
		t.Error("something leads to a feed that is not there")
	}
	if got := said(problems); strings.Count(got, "/feed.xml is not published") != 2 {
		t.Errorf("said %s", got)
	}
}
