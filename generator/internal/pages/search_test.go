package pages

import (
	"bytes"
	"io/fs"
	"slices"
	"strings"
	"testing"

	"github.com/stoa-portal/stoa/generator/internal/search"
)

// index makes the plan's search index and opens that of a language.
func (p *Plan) index(t *testing.T, lang string) *search.Opened {
	t.Helper()
	rows, err := p.Search()
	if err != nil {
		t.Fatal(err)
	}
	index, err := search.Open(func(path string) ([]byte, error) {
		for _, row := range rows {
			if row.Path == SearchFolder+lang+"/"+path {
				var data bytes.Buffer
				err := row.Render(&data)
				return data.Bytes(), err
			}
		}
		return nil, fs.ErrNotExist
	})
	if err == nil {
		err = index.Check()
	}
	if err != nil {
		t.Fatal(err)
	}
	return index
}

func TestSearch(t *testing.T) {
	site := sources{
		"config.toml": `title = "T"
[languages.es]
[fields.lab]
label = "Lab"
facet = true
[fields.room]
search = false
[fields.secret]
public = false`,
		"content/vocabulary/skills.toml":    "[[term]]\nid = \"ml\"\nlabel = \"Machine learning\"\naliases = [\"deep nets\"]\n",
		"content/vocabulary/skills.es.toml": "[[term]]\nid = \"ml\"\nlabel = \"Aprendizaje automático\"\n",
		"content/mentors/ana.toml": "name = \"Ana López\"\nname_local = \"安娜\"\nheadline = \"Paints bridges\"\norganization = \"Waterworks\"\nskills = [\"ml\", \"Juggling\"]\nbio = \"See [the harbour](https://example.org/zebra) **bridges**.\"\nprivate = [\"organization\"]\n" +
			"[fields]\nlab = \"Quarklab\"\nroom = \"Xanadu\"\nsecret = \"Sesame\"\n",
		"content/mentors/ana.es.toml":  "headline = \"Pinta puentes\"\n",
		"content/mentors/uma.toml":     "name = \"Uma Unseen\"\nvisibility = \"unlisted\"\n",
		"content/mentors/hid.toml":     "name = \"Hid Hidden\"\nvisibility = \"hidden\"\n",
		"content/guides/start.md":      "+++\ntitle = \"Starting\"\n+++\nBefore all.\n\n## First words\n\nSay hello.\n\n### A smaller one\n\nGoodbye.\n\n## Second words\n\nAsk.\n",
		"content/goals/swim.toml":      "title = \"Learn to swim\"\nsummary = \"In a lake\"\n",
		"content/worksheets/look.toml": "title = \"Looking back\"\n[[section]]\n[[section.field]]\nid = \"a\"\nlabel = \"What surprised you?\"\n",
		"content/programs/pairs.toml":  "title = \"Pairs\"\nsummary = \"Two people\"\nbody = \"Twelve weeks.\"\n",
	}
	plan, _ := site.plan(t)
	everything := []string{"mentor", "guide", "goal", "worksheet", "program"}
	for _, c := range []struct{ lang, q, want string }{
		{"en", "lopez", "ana"}, {"en", "安娜", "ana"}, {"en", "bridge", "ana"}, {"en", "machine", "ana"}, {"en", "deep", "ana"},
		{"en", "juggling", "ana"}, {"en", "harbour", "ana"}, {"en", "quarklab", "ana"},
		{"en", "waterworks", ""}, {"en", "zebra", ""}, {"en", "xanadu", ""}, {"en", "sesame", ""}, {"en", "unseen", ""}, {"en", "hidden", ""},
		{"en", "starting", "start# start#first-words start#second-words"}, {"en", "hello", "start#first-words"}, {"en", "goodbye", "start#first-words"}, {"en", "before", "start#"},
		{"en", "lake", "swim"}, {"en", "surprised", "look"}, {"en", "twelve", "pairs"},
		{"es", "puentes", "ana"}, {"es", "aprendizaje", "ana"}, {"es", "hello", "start#first-words"}, {"es", "paints", ""},
	} {
		result, err := plan.index(t, c.lang).Search(search.Query{Q: c.q + " ", Kinds: everything, Count: 10, Literal: c.want == ""})
		if err != nil {
			t.Fatal(err)
		}
		var ids []string
		for _, hit := range result.Hits {
			ids = append(ids, hit.ID())
		}
		slices.Sort(ids)
		if got := strings.Join(ids, " "); got != c.want {
			t.Errorf("%s: %q finds %q, and not %q", c.lang, c.q, got, c.want)
		}
	}
	counts, err := plan.index(t, "en").Counts(search.Query{})
	if err != nil {
		t.Fatal(err)
	}
	if counts["skills"]["ml"] != 1 || counts["lab"]["quarklab"] != 1 || len(counts["skills"]) != 1 {
		t.Errorf("counts %v", counts)
	}
}

// TestSearchOrder holds the engine's order of all mentors to that of the directory's pages.
func TestSearchOrder(t *testing.T) {
	site := sources{"config.toml": "title = \"T\"\n[directory]\nper_page = 500\n"}
	for i := range 60 {
		id := string(rune('a'+i%26)) + strings.Repeat("x", i/26+1)
		site["content/mentors/"+id+".toml"] = "name = \"" + id + "\"\n[availability]\nstatus = \"" + []string{"open", "full", "paused", "waitlist"}[i%4] + "\"\n"
	}
	for _, order := range []string{"fair", "name", "newest"} {
		plan, _ := site.with(sources{"config.toml": site["config.toml"] + "order = \"" + order + "\"\n"}).plan(t)
		result, err := plan.index(t, "en").Search(search.Query{Sort: order, Count: 100})
		if err != nil {
			t.Fatal(err)
		}
		page := plan.text(t, "mentors/index.html")
		at := strings.Index(page, "results-title")
		for i, hit := range result.Hits {
			next := strings.Index(page[max(at, 0):], `href="/mentors/`+hit.ID()+`/"`)
			if next < 0 {
				t.Fatalf("%s: the page has %s elsewhere than at %d", order, hit.ID(), i)
			}
			at += next
		}
	}
}
