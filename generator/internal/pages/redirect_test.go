package pages

import (
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"
)

var refresh = regexp.MustCompile(`http-equiv="?refresh"? content="0; url=([^"]*)"`)

// led is where the redirects of a plan lead, by their file.
func led(t *testing.T, plan *Plan) map[string]string {
	t.Helper()
	all := map[string]string{}
	for _, f := range plan.Files {
		if !strings.HasSuffix(f.Path, ".html") {
			continue
		}
		text := plan.text(t, f.Path)
		if m := refresh.FindStringSubmatch(text); m != nil {
			all[f.Path] = m[1]
			words := readSearchWords(t, text)
			target, _ := cutSuffixes(m[1])
			if strings.HasPrefix(target, "/") {
				target = "https://example.org" + escapePath(target)
			}
			if !words.noindex || words.canonical != target || len(words.hreflang) > 0 {
				t.Errorf("%s says %+v, and leads to %s", f.Path, words, m[1])
			}
		}
	}
	return all
}

const twoLanguages = "title = \"T\"\nbase_url = \"https://example.org/p/\"\n[languages.es]\n"

// moved is a site whose every kind of record has had another address.
var moved = sources{
	"config.toml": twoLanguages + `
[[redirects]]
from = "/old-about/"
to = "/about/?a=b#words"
[[redirects]]
from = "/first.html"
to = "/second/"
[[redirects]]
from = "/second/"
to = "/old-about/"
[[redirects]]
from = "/b%C3%BCro/"
to = "https://office.example.org/"
[[redirects]]
from = "/list"
to = "/files/list.pdf"
[[redirects]]
from = "/es/antes/"
to = "/es/mentors/"
[[redirects]]
from = "/people/"
to = "/mentors/olga/"
[[redirects]]
from = "/data/"
to = "/api/index.json"
`,
	"content/static/files/list.pdf":    "%PDF",
	"content/index.md":                 "+++\naliases = [\"/home/\"]\n+++\n# Home\n",
	"content/about.md":                 "+++\naliases = [\"who\"]\n+++\n# About\n",
	"content/about.es.md":              "+++\naliases = [\"quienes\", \"/quienes-somos/\"]\nslug = \"sobre\"\n+++\n# Sobre\n",
	"content/mentors/_index.md":        "+++\ntitle = \"M\"\naliases = [\"/team/\"]\n+++\n",
	"content/mentors/ana.toml":         "name = \"Ana\"\naliases = [\"olga\", \"/people/ana/\"]\nskills = [\"go\"]\n",
	"content/mentors/hidden.toml":      "name = \"H\"\naliases = [\"ghost\", \"/ghost/\"]\nvisibility = \"hidden\"\n",
	"content/mentors/quiet.toml":       "name = \"Q\"\naliases = [\"silent\"]\nvisibility = \"unlisted\"\n",
	"content/mentors/private.toml":     "name = \"P\"\naliases = [\"former-name\"]\nprivate = [\"aliases\"]\n",
	"content/programs/peer.toml":       "title = \"Peer\"\naliases = [\"buddy\"]\n",
	"content/goals/learn.toml":         "title = \"Learn\"\naliases = [\"study\"]\n",
	"content/worksheets/plan.toml":     "title = \"Plan\"\naliases = [\"scheme\"]\n",
	"content/guides/start/_index.md":   "+++\ntitle = \"Start\"\naliases = [\"begin\"]\n+++\n",
	"content/guides/start/first.md":    "+++\ntitle = \"First\"\naliases = [\"zeroth\", \"/guides/1/\"]\n+++\nText.\n",
	"content/guides/start/first.es.md": "+++\ntitle = \"Primera\"\nslug = \"primera\"\n+++\nTexto.\n",
	"content/vocabulary/skills.toml":   "aliases = [\"abilities\", \"/skills/\"]\n[[term]]\nid = \"go\"\nlabel = \"Go\"\n",
	"content/vocabulary/topics.toml":   "aliases = [\"themes\"]\n[[term]]\nid = \"cv\"\nlabel = \"CV\"\n",
}

func TestRedirects(t *testing.T) {
	plan, _ := moved.plan(t)
	want := map[string]string{
		"old-about/index.html": "/p/about/?a=b#words",
		"first.html":           "/p/about/?a=b#words",
		"second/index.html":    "/p/about/?a=b#words",
		"büro/index.html":      "https://office.example.org/",
		"list/index.html":      "/p/files/list.pdf",
		"es/antes/index.html":  "/p/es/mentors/",
		"people/index.html":    "/p/mentors/ana/",
		"data/index.html":      "/p/api/index.json",

		"home/index.html":          "/p/",
		"who/index.html":           "/p/about/",
		"es/quienes/index.html":    "/p/es/sobre/",
		"quienes-somos/index.html": "/p/es/sobre/",
		"team/index.html":          "/p/mentors/",

		"mentors/olga/index.html":         "/p/mentors/ana/",
		"es/mentors/olga/index.html":      "/p/es/mentors/ana/",
		"people/ana/index.html":           "/p/mentors/ana/",
		"mentors/silent/index.html":       "/p/mentors/quiet/",
		"es/mentors/silent/index.html":    "/p/es/mentors/quiet/",
		"programs/buddy/index.html":       "/p/programs/peer/",
		"es/programs/buddy/index.html":    "/p/es/programs/peer/",
		"goals/study/index.html":          "/p/goals/learn/",
		"es/goals/study/index.html":       "/p/es/goals/learn/",
		"worksheets/scheme/index.html":    "/p/worksheets/plan/",
		"es/worksheets/scheme/index.html": "/p/es/worksheets/plan/",

		"guides/begin/index.html":           "/p/guides/start/",
		"es/guides/begin/index.html":        "/p/es/guides/start/",
		"guides/start/zeroth/index.html":    "/p/guides/start/first/",
		"es/guides/start/zeroth/index.html": "/p/es/guides/start/primera/",
		"guides/1/index.html":               "/p/guides/start/first/",
		"browse/abilities/index.html":       "/p/browse/skills/",
		"es/browse/abilities/index.html":    "/p/es/browse/skills/",
		"skills/index.html":                 "/p/browse/skills/",
	}
	got := led(t, plan)
	for _, file := range slices.Sorted(maps.Keys(want)) {
		if got[file] != want[file] {
			t.Errorf("%s leads to %q, want %q", file, got[file], want[file])
		}
		delete(got, file)
	}
	for file, to := range got {
		t.Errorf("%s leads to %s", file, to)
	}
}

// TestRedirectFaults: what cannot lead anywhere is said where it is written.
func TestRedirectFaults(t *testing.T) {
	base := sources{
		"config.toml":              twoLanguages,
		"content/static/robots2":   "x",
		"content/about.md":         "# About\n",
		"content/mentors/ana.toml": "name = \"Ana\"\n",
		"content/mentors/bo.toml":  "name = \"Bo\"\n",
	}
	redirect := func(from, to string) sources {
		return sources{"config.toml": twoLanguages + "[[redirects]]\nfrom = \"" + from + "\"\nto = \"" + to + "\"\n"}
	}
	alias := func(names string) sources {
		return sources{"content/mentors/ana.toml": "name = \"Ana\"\naliases = [" + names + "]\n"}
	}
	for name, row := range map[string]struct {
		change sources
		want   string
	}{
		"own id":          {alias(`"ana"`), `content/mentors/ana.toml:2:12: "/mentors/ana/" is this page's own address`},
		"another's id":    {alias(`"old", "bo"`), `content/mentors/ana.toml:2:19: "/mentors/bo/" is a page or file of this site already`},
		"own id, capital": {alias(`"Ana"`), `content/mentors/ana.toml:2:12: "/mentors/Ana/" differs from a page of this site in capital letters only`},
		"a page":          {alias(`"/about/"`), `content/mentors/ana.toml:2:12: "/about/" is a page or file of this site already`},
		"a file":          {alias(`"/robots.txt"`), `content/mentors/ana.toml:2:12: "/robots.txt" is a page or file of this site already`},
		"a static file":   {alias(`"/robots2/"`), `content/mentors/ana.toml:2:12: "/robots2/" is a page or file of this site already`},
		"outside":         {alias(`"../../x"`), `content/mentors/ana.toml:2:12: "/mentors/../../x/" cannot lead anywhere: it is not a path of this site`},
		"home":            {alias(`"/"`), `content/mentors/ana.toml:2:12: "/" cannot lead anywhere`},
		"a query":         {alias(`"/?id=7"`), `content/mentors/ana.toml:2:12: "/?id=7" cannot lead anywhere: what comes after a ? or #`},
		"unstorable":      {alias(`"/a:b/"`), `content/mentors/ana.toml:2:12: "/a:b/" cannot lead anywhere: `},
		"two people": {sources{"content/mentors/ana.toml": "name = \"A\"\naliases = [\"cy\"]\n", "content/mentors/bo.toml": "name = \"B\"\naliases = [\"cy\"]\n"},
			`content/mentors/bo.toml:2:12: "/mentors/cy/" leads elsewhere already (content/mentors/ana.toml:2:12)`},
		"nowhere":       {redirect("/x/", "/abuot/"), `config.toml:6:6: there is no page "/abuot/" to lead to (did you mean "/about/"?)`},
		"without slash": {redirect("/x/", "/about"), `config.toml:6:6: there is no page "/about" to lead to (did you mean "/about/"?)`},
		"mail":          {redirect("/x/", "mailto:a@example.org"), `config.toml:6:6: an old address leads to a page, and "mailto:a@example.org" is none`},
		"a circle":      {redirect("/x/", "/y/\"\n[[redirects]]\nfrom = \"/y/\"\nto = \"/x/"), `config.toml:9:6: "/y/" leads back to itself`},
	} {
		_, problems := base.with(row.change).faulty(t)
		if text := said(problems); !strings.Contains(text, row.want) {
			t.Errorf("%s:\n%s\nis not\n%s", name, text, row.want)
		} else if problems.Errors() > 1 && name != "a circle" {
			t.Errorf("%s: %d errors:\n%s", name, problems.Errors(), text)
		}
	}
}

// TestRedirectLeftOut: a redirect to a page that is left out of the build is left out, too.
func TestRedirectLeftOut(t *testing.T) {
	in, problems := sources{
		"config.toml":             twoLanguages + "[[redirects]]\nfrom = \"/x/\"\nto = \"/mentors/ana/\"\n",
		"content/mentors/bo.toml": "name = \"Bo\"\n",
	}.input(t)
	in.Without = map[string]bool{"content/mentors/ana.toml": true}
	plan, more := New(in)
	if problems.Add(more); problems.Errors() > 0 || plan.row("x/index.html") != nil {
		t.Error(said(problems))
	}
}
