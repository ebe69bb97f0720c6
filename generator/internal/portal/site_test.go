package portal

import (
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"golang.org/x/tools/txtar"

	"github.com/stoa-portal/stoa/generator/internal/civil"
	"github.com/stoa-portal/stoa/generator/internal/config"
	"github.com/stoa-portal/stoa/generator/internal/content"
	"github.com/stoa-portal/stoa/generator/internal/diag"
)

// testDay is the day on which portals of tests are looked at: a Monday.
var testDay = civil.Of(2026, 11, 23)

// look ties together a site given as a txtar archive, whose names leave off content/.
func look(t testing.TB, archive string) (*Portal, diag.List) {
	t.Helper()
	return lookOn(t, archive, Options{Today: testDay})
}

func lookOn(t testing.TB, archive string, o Options) (*Portal, diag.List) {
	t.Helper()
	settings, files := []byte("title = \"T\"\n"), fstest.MapFS{"content/index.md": {Data: []byte("Welcome.\n")}}
	for _, f := range txtar.Parse([]byte(archive)).Files {
		if f.Name == "config.toml" {
			settings = append(settings, f.Data...)
		} else {
			files["content/"+f.Name] = &fstest.MapFile{Data: f.Data}
		}
	}
	c, problems := config.Load(settings, "config.toml")
	all, more := content.Load(files, content.Options{Languages: c.Tags(), Default: string(c.Language), Fields: c.ProfileFields(), Without: o.Without})
	problems.Add(more)
	if problems.Errors() > 0 {
		t.Fatalf("this site cannot be read:\n%s", said(problems))
	}
	p, more := New(c, all, o)
	problems.Add(more)
	return p, problems.Sorted()
}

// sound is a site's portal, which must have nothing wrong with it.
func sound(t testing.TB, archive string) *Portal {
	t.Helper()
	p, problems := look(t, archive)
	expect(t, problems, "")
	return p
}

// said is problems as lines, without those about thin profiles, which tests are full of.
func said(list diag.List) string {
	var b strings.Builder
	for _, p := range list {
		if p.Rule != "thin-profile" {
			b.WriteString(p.String() + "\n")
		}
	}
	return b.String()
}

// expect compares what was said with what should be, line by line.
func expect(t testing.TB, list diag.List, want string) {
	t.Helper()
	if got := said(list); got != strings.TrimPrefix(want, "\n") {
		t.Errorf("said\n%swant\n%s", got, want)
	}
}

// ids are those of mentors, in their order.
func ids(mentors []*Mentor) string {
	var names []string
	for _, m := range mentors {
		names = append(names, m.ID)
	}
	return strings.Join(names, " ")
}

// terms writes a facet's terms as id=label(mentors).
func terms(f *Facet, lang string) string {
	var words []string
	for _, term := range f.Terms {
		holders := strings.Fields(ids(term.Mentors))
		slices.Sort(holders)
		words = append(words, term.ID+"="+term.Label(lang)+"("+strings.Join(holders, " ")+")")
	}
	return strings.Join(words, " ")
}
