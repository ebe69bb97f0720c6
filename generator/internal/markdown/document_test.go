package markdown

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

func TestHeadings(t *testing.T) {
	text := "# The *title* &amp; more\n\n## One\n\n### Two `x`\n\n> ## Quoted\n\n## One\n\n- ## Listed\n\nSee [two](#two-x) and [one](#ONE).\n"
	d := Parse(Source{File: "a.md", Text: text}, Options{TopLevel: 3, IDPrefix: "bio-", Reserved: []string{"bio-two-x", "main"}})
	if d.Title() != "The title & more" {
		t.Errorf("title %q", d.Title())
	}
	want := []Heading{{3, "bio-one", "One"}, {4, "bio-two-x-1", "Two x"}, {3, "bio-one-1", "One"}}
	if !slices.Equal(d.Headings(), want) {
		t.Errorf("headings %v", d.Headings())
	}
	for id, known := range map[string]bool{"bio-one": true, "one": true, "one-1": true, "quoted": true, "listed": true, "bio-quoted": true, "two-x-1": true, "two-x": false, "ONE": false, "": false} {
		if d.HasAnchor(id) != known {
			t.Errorf("HasAnchor(%q) = %v", id, !known)
		}
	}
	if len(d.Anchors()) != 5 {
		t.Errorf("anchors %v", d.Anchors())
	}
	kept := Parse(Source{File: "a.md", Text: "# About me\n\ntext"}, Options{TopLevel: 3, KeepTitle: true})
	if kept.Title() != "" || !slices.Equal(kept.Headings(), []Heading{{3, "about-me", "About me"}}) {
		t.Errorf("%q %v", kept.Title(), kept.Headings())
	}
	for text, title := range map[string]string{"# A": "A", "A\n=": "A", "<!-- x -->\n\n# A": "A", "[x]: y\n\n# A": "A", "text\n\n# A": "", "> # A": "", "## A": "", "": ""} {
		if got := Parse(Source{Text: text}, Options{}).Title(); got != title {
			t.Errorf("%q has the title %q", text, got)
		}
	}
}

func TestAnchor(t *testing.T) {
	for heading, want := range map[string]string{
		"The first meeting":       "the-first-meeting",
		"  What's next? (2026) ":  "whats-next-2026",
		"C++ & C#":                "c--c",
		"snake_case – dash-ed":    "snake_case--dash-ed",
		"Überprüfung":             "überprüfung",
		"U\u0308berpru\u0308fung": "überprüfung",
		"ЦЕЛІ":                    "целі",
		"दूसरा लक्ष्य":            "दूसरा-लक्ष्य",
		"第一次会面":                   "第一次会面",
		"الهدف الأول":             "الهدف-الأول",
		"½ and ²":                 "½-and-²",
		"😀 !":                     "section",
		"":                        "section",
		"a\u3000b\u00A0c":         "a-b-c",
		"İstanbul":                "istanbul",
	} {
		if got := Anchor(heading); got != want {
			t.Errorf("%q gives %q, not %q", heading, got, want)
		}
	}
	var m idMaker
	m.begin("", nil)
	var got []string
	for _, h := range []string{"a", "a", "a-1", "a", "A!", "a-1"} {
		got = append(got, m.id(h))
	}
	if want := "a a-1 a-1-1 a-2 a-3 a-1-2"; strings.Join(got, " ") != want {
		t.Errorf("got %v, want %s", got, want)
	}
}

func TestPlain(t *testing.T) {
	text := "# Title\n\n## Head [link](a.md)\n\nA *b*\\\nc `d` &amp; e<br>f\ng[^1] <kbd>K</kbd>\n\n- one\n- [x] two\n\n| a | b |\n|--|--|\n| c | **d** |\n\n```\ncode\n```\n\n> [!TIP]\n> quoted\n\n" +
		"![alt](b.png \"cap\")\n\n```goal\nid = 1\n```\n\n<details>\n<summary>More &lt;x&gt;</summary>\n\nin\n</details>\n\nterm\n: meaning\n\n[^1]: note\n"
	want := "Head link\nA b c d & e f g K\none\ntwo\na b\nc d\nquoted\nalt cap\nMore <x>\nin\nterm\nmeaning\nnote"
	d := Parse(Source{File: "a.md", Text: text}, guide)
	if d.Plain() != want {
		t.Errorf("got %q\nwant %q", d.Plain(), want)
	}
}

func TestWords(t *testing.T) {
	for text, want := range map[string]int{
		"":                                       0,
		"one two-three don't\nfour — 5":          5,
		"**a** [b](c.md) `d`":                    3,
		"第一次会面，我们谈谈。":                            5,
		"https://example.org/ is\n\n- two words": 5,
	} {
		if got := Parse(Source{Text: text}, Options{}).Words(); got != want {
			t.Errorf("%q has %d words, not %d", text, got, want)
		}
	}
}

func TestSummary(t *testing.T) {
	for _, row := range []struct {
		text string
		n    int
		want string
	}{
		{"Short.", 20, "Short."},
		{"# T\n\n> quote\n\n- list\n\nFirst\nparagraph.\n\nSecond *one*.", 80, "First paragraph. Second one."},
		{"One sentence. Another sentence that is long.", 30, "One sentence. Another…"},
		{"One quite long sentence. Another one.", 30, "One quite long sentence."},
		{"Version 1.25 of the thing is really here now", 20, "Version 1.25 of the…"},
		{"abc def", 6, "abc…"},
		{"Unbreakablewordthatislong", 10, "Unbreakab…"},
		{"第一次会面很重要。我们应该好好准备这次会面。", 12, "第一次会面很重要。"},
		{"第一次会面很重要我们应该好好准备", 8, "第一次会面很重…"},
		{"- only\n- a list", 40, "only a list"},
		{"aaaaaaa\u0301\u0301\u0301bb", 9, "aaaaaa…"},
		{"", 10, ""},
		{"&nbsp;\n\n&#32;\n\na&#32;\n\n&#32;\n\n&#10;", 10, "a"},
		{"&#10;&#10;\n\n&#10;", 10, ""},
	} {
		if got := Parse(Source{Text: row.text}, Options{}).Summary(row.n); got != row.want {
			t.Errorf("%q in %d: %q, not %q", row.text, row.n, got, row.want)
		}
	}
}

func TestWordsOfTheLanguage(t *testing.T) {
	text := "> [!WARNING]\n> x\n\n## y[^1]\n\n- [ ] a\n- [x] b\n\n| c |\n|---|\n\n[^1]: d\n"
	got := rendered(t, text, Options{IDPrefix: "es-", Words: Words{
		Warning: "Aviso <", Footnotes: "Notas", Footnote: "Nota %s", Back: "Volver a %s", Section: "Enlace a «%s»", Table: "Tabla: %s", Done: "Hecho", ToDo: "Por hacer",
	}})
	for _, want := range []string{
		`<p class="alert-title">Aviso &lt;</p>`, `aria-label="Notas"`, `aria-label="Nota 1"`, `aria-label="Volver a 1"`, `aria-label="Enlace a «y»"`, `aria-label="Tabla: c"`, `aria-label="Hecho"`, `aria-label="Por hacer"`,
		`id="es-y"`, `href="#es-y"`, `id="es-fn:1"`, `href="#es-fn:1"`, `id="es-fnref:1"`, `href="#es-fnref:1"`,
	} {
		if !strings.Contains(got, want) {
			t.Errorf("no %s in\n%s", want, got)
		}
	}
}

// A link tells its parts, decoded, to those who look for the file.
func TestLinkParts(t *testing.T) {
	d := Parse(Source{File: "a.md", Text: "[**a** ![b](c.png)](<../For Mentees/a%20b.md?x=1&y#caf%C3%A9> \"T\") [m](/mentors/#x) [f](#%F) [w](HTTPS://EXAMPLE.org) [p](tel:1) [e](mailto:a@b.c)"}, Options{})
	var got []string
	for _, l := range d.Links() {
		got = append(got, fmt.Sprintf("%d|%s|%s|%s|%s|%s", l.Kind, l.Path, l.Query, l.Fragment, l.Text, l.Title))
	}
	want := []string{"0|../For Mentees/a b.md|x=1&y|café|a b|T", "1|/mentors/||x|m|", "2|||%F|f|", "3||||w|", "5||||p|", "4||||e|"}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

func TestSum(t *testing.T) {
	base := Parse(Source{File: "a.md", Line: 3, Text: "a"}, Options{}).Sum()
	if Parse(Source{File: "b.md", Line: 9, Text: "a"}, Options{}).Sum() != base {
		t.Error("the sum depends on the place")
	}
	for _, other := range []*Document{
		Parse(Source{Text: "b"}, Options{}),
		Parse(Source{Text: "a"}, Options{TopLevel: 3}),
		Parse(Source{Text: "a"}, Options{IDPrefix: "x"}),
		Parse(Source{Text: "a"}, Options{Embeds: []string{"goal"}}),
		Parse(Source{Text: "a"}, Options{Words: Words{Done: "x"}}),
	} {
		if other.Sum() == base {
			t.Errorf("%v has the same sum", other.options)
		}
	}
}
