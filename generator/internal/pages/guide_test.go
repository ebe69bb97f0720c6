package pages

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stoa-portal/stoa/generator/internal/markdown"
)

// guideAt is the view of a guide in the default language.
func guideAt(t *testing.T, site sources, id string) GuideView {
	t.Helper()
	in, problems := site.input(t)
	if problems.Errors() > 0 {
		t.Fatal(problems)
	}
	b := newBuilder(in)
	e := b.editions[0]
	return e.guideView(e.guideByID(id), nil, nil, new(problemList))
}

func titles[T any](list []T, title func(T) string) string {
	var all []string
	for _, item := range list {
		all = append(all, title(item))
	}
	return strings.Join(all, ", ")
}

// TestNextSteps: a guide leads to goals that name it before those of its skills, to worksheets
// of its week before those of the goals, and to mentors who can be asked; not to mentors when it
// is not for mentees.
func TestNextSteps(t *testing.T) {
	site := full.with(sources{
		"content/mentors/open.toml":     "name = \"Open\"\nskills = [\"law\"]\n",
		"content/goals/alike.toml":      "title = \"Alike\"\nskills = [\"law\"]\nworksheets = [\"agreement\"]\n",
		"content/goals/named.toml":      "title = \"Named\"\nguides = [\"start/third\"]\n",
		"content/goals/other.toml":      "title = \"Other\"\nskills = [\"chemistry\"]\n",
		"content/worksheets/log.toml":   "title = \"Log\"\n[[section]]\ntitle = \"A\"\n[[section.field]]\nid = \"a\"\nlabel = \"A\"\n",
		"content/programs/weekly.toml":  "title = \"Weekly\"\n[[weeks]]\nnumber = 1\ntitle = \"W\"\nguide = \"start/third\"\nworksheet = \"log\"\n",
		"content/guides/start/third.md": "+++\ntitle = \"Third\"\nskills = [\"law\"]\n+++\nText.\n",
		"content/guides/start/inner.md": "+++\ntitle = \"Inner\"\nskills = [\"law\"]\naudience = [\"coordinator\"]\n+++\nText.\n",
	})
	third := guideAt(t, site, "start/third")
	if got := titles(third.Goals, func(c GoalCard) string { return c.Title }); !strings.HasPrefix(got, "Named, ") || strings.Contains(got, "Other") {
		t.Errorf("the goals are %s", got)
	}
	if got := titles(third.Worksheets, func(c WorksheetCard) string { return c.Title }); !strings.HasPrefix(got, "Log") {
		t.Errorf("the worksheets are %s", got)
	}
	if len(third.Mentors) == 0 || !strings.HasPrefix(third.AllMentors, "browse/skills/law") {
		t.Errorf("there are %d mentors, and all of them at %q", len(third.Mentors), third.AllMentors)
	}
	if inner := guideAt(t, site, "start/inner"); len(inner.Mentors) > 0 || inner.AllMentors != "" {
		t.Error("a guide for coordinators leads to mentors")
	}
}

// TestReportLink: a problem with a guide becomes an issue of the repository, with the words of
// the page's language.
func TestReportLink(t *testing.T) {
	for repository, want := range map[string]string{
		"":                                   "",
		"https://github.example/o/r/":        "https://github.example/o/r/issues/new?body=Page%3A+https%3A%2F%2Fexample.org%2Fportal%2Fguides%2Fstart%2Ffirst%2F",
		"https://gitlab.example.edu/group/r": "https://gitlab.example.edu/group/r/-/issues/new?issue%5Bdescription%5D=Page%3A+https",
	} {
		config := full["config.toml"]
		if i := strings.Index(config, "[repository]"); i >= 0 {
			rest := config[i:]
			end := strings.Index(rest[1:], "\n[")
			if end < 0 {
				end = len(rest) - 2
			}
			config = config[:i] + rest[end+1:]
		}
		if repository != "" {
			config += "\n[repository]\nurl = \"" + repository + "\"\n"
		}
		if got := guideAt(t, full.with(sources{"config.toml": config}), "start/first").ReportURL; !strings.HasPrefix(got, want) || want == "" && got != "" {
			t.Errorf("%s: %s", repository, got)
		}
	}
}

// TestBook: a section of two guides is one page as well, whose chapters do not get in each
// other's way; one of a single guide is not, nor is the list of all.
func TestBook(t *testing.T) {
	site := full.with(sources{
		"content/guides/start/deep/a.md": "+++\ntitle = \"A\"\n+++\n## Aims\n\nTo [aims](#aims).[^1]\n\n[^1]: Note.\n",
		"content/guides/start/deep/b.md": "+++\ntitle = \"B\"\n+++\n## Aims\n\nTo [A](a.md#aims).[^1]\n\n[^1]: Note.\n",
		"content/guides/alone/c.md":      "+++\ntitle = \"C\"\n+++\nText.\n",
	})
	plan, _ := site.plan(t)
	text := plan.text(t, "guides/start/deep/print/index.html")
	for _, want := range []string{
		`<meta name="robots" content="noindex">`, `<link rel="canonical" href="https://example.org/portal/guides/start/deep/">`,
		`<h3 id="chapter-1-aims">`, `<h3 id="chapter-2-aims">`, `href="#chapter-1-aims"`, `href="/portal/guides/start/deep/a/#aims"`, `id="chapter-2-fn`,
	} {
		if !strings.Contains(text, want) {
			t.Errorf("the section as one page lacks %s", want)
		}
	}
	if plan.row("guides/start/print/index.html") == nil || plan.row("es/guides/start/print/index.html") == nil {
		t.Error("a section with sections in it is not one page, or not in every language")
	}
	if plan.row("guides/print/index.html") != nil || plan.row("guides/alone/print/index.html") != nil {
		t.Error("all guides, or a single one, are one page")
	}
	if strings.Contains(plan.text(t, "sitemap.xml"), "/print/") {
		t.Error("the sitemap lists a section as one page")
	}
}

// TestContents: headings form a tree, whatever levels are skipped, and fold when they are many.
func TestContents(t *testing.T) {
	var show func(list []Heading) string
	show = func(list []Heading) string {
		var parts []string
		for _, h := range list {
			part := h.Text
			if h.Folded {
				part += "+"
			}
			if len(h.Inner) > 0 {
				part += "(" + show(h.Inner) + ")"
			}
			parts = append(parts, part)
		}
		return strings.Join(parts, " ")
	}
	for text, want := range map[string]string{
		"":                                   "",
		"## a\n### b\n### c\n## d\n":         "a(b c) d",
		"### a\n## b\n#### c\n### d\n## e\n": "a b(c d) e",
	} {
		if got := show(headings(markdown.Parse(markdown.Source{Text: text}, markdown.Options{}))); got != want {
			t.Errorf("%q: %s, want %s", text, got, want)
		}
	}
	var many strings.Builder
	for i := range 25 {
		fmt.Fprintf(&many, "## h%d\n### i%d\n", i, i)
	}
	tree := headings(markdown.Parse(markdown.Source{Text: many.String()}, markdown.Options{}))
	if len(tree) != 25 || slices.ContainsFunc(tree, func(h Heading) bool { return !h.Folded }) {
		t.Error("fifty headings do not fold")
	}
}
