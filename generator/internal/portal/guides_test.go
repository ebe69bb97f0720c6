package portal

import (
	"strings"
	"testing"
)

// tree writes a section as Title[guides | sections].
func tree(s *Section, lang string) string {
	var parts []string
	for _, g := range s.Guides {
		parts = append(parts, g.In(lang).Value.Title)
	}
	for _, inner := range s.Sections {
		parts = append(parts, tree(inner, lang))
	}
	return s.Title(lang) + "[" + strings.Join(parts, ", ") + "]"
}

func TestGuidesTree(t *testing.T) {
	p := sound(t, `
-- config.toml --
[languages.es]
-- guides/loose.md --
# Loose
-- guides/start-here/b.md --
+++
title = "b"
+++
-- guides/start-here/a.md --
+++
title = "Á"
+++
-- guides/start-here/c.md --
+++
title = "Last by title, first by order"
order = 1
+++
-- guides/start-here/d.md --
+++
title = "Before the first"
order = -1
+++
-- guides/careers/_index.md --
+++
title = "Careers"
order = 1
+++
-- guides/careers/_index.es.md --
+++
title = "Carrera"
+++
-- guides/careers/abroad/far/x.md --
Setext
======

Text.
-- guides/careers/abroad/far/x.es.md --
# Lejos
-- guides/careers/y.md --
# Why
-- guides/empty/_index.md --
# Nobody is here
-- guides/with-heading/_index.md --
# A heading
-- guides/with-heading/z.md --
# Z
`)
	if got, want := tree(p.Guides, "en"), "Guides[Loose, Careers[Why, Abroad[Far[Setext]]], Start here[Before the first, Last by title, first by order, Á, b], A heading[Z]]"; got != want {
		t.Errorf("in English\n%s, want\n%s", got, want)
	}
	if got, want := tree(p.Guides, "es"), "Guides[Loose, Carrera[Why, Abroad[Far[Lejos]]], Start here[Before the first, Last by title, first by order, Á, b], A heading[Z]]"; got != want {
		t.Errorf("in Spanish\n%s, want\n%s", got, want)
	}
	var order []string
	for _, g := range p.Guides.All() {
		order = append(order, g.ID)
		if !p.Guides.Holds(g) || !g.Section.Holds(g) || p.Guides.Sections[1].Holds(g) != strings.HasPrefix(g.ID, "start-here/") {
			t.Errorf("%s is not where it is", g.ID)
		}
	}
	if got, want := strings.Join(order, " "), "loose careers/y careers/abroad/far/x start-here/d start-here/c start-here/a start-here/b with-heading/z"; got != want {
		t.Errorf("reading order %s, want %s", got, want)
	}
}

func TestTitlesFromHeadings(t *testing.T) {
	p := sound(t, `
-- config.toml --
[languages.es]
-- about.md --
# About *us*

Text.
-- about.es.md --
# Sobre nosotros
-- plain.md --
+++
title = "Front matter"
+++
# Heading
-- mentors/_index.md --
# Our mentors
`)
	titles := map[string]string{}
	for _, r := range p.Pages {
		titles[r.ID] = r.Value.Title + "/" + r.In("es").Value.Title
	}
	if titles["about"] != "About us/Sobre nosotros" || titles["plain"] != "Front matter/Front matter" {
		t.Errorf("titles %v", titles)
	}
	if intro := p.Intro("mentors"); intro == nil || intro.Value.Title != "Our mentors" {
		t.Errorf("the list's introduction is %+v", intro)
	}
	if p.Intro("goals") != nil {
		t.Error("there is an introduction that nobody wrote")
	}
	if p.Home == nil || p.Home.Value.Title != "" {
		t.Errorf("the home page is %+v", p.Home)
	}
	if p.Content.Pages[0].Value.Title != "" {
		t.Error("the record that was read was changed")
	}
}

// TestUntitled: a comment before no heading passes the reader's quick look.
func TestUntitled(t *testing.T) {
	_, problems := look(t, "-- guides/a.md --\n<!-- note -->\nText.\n")
	expect(t, problems, "content/guides/a.md:1:1: a guide needs a title: give title in the front matter, or begin with a heading (# Title)\n")
}

func TestLanguages(t *testing.T) {
	for config, want := range map[string]string{
		"":                                     "en",
		"[languages.es]\n[languages.ar]":       "en ar es",
		"language = \"pt-BR\"\n[languages.en]": "pt-BR en",
		"language = \"es\"\n[languages.es]\ntitle = \"T\"\n[languages.zh-Hant]": "es zh-Hant",
	} {
		p := sound(t, "-- config.toml --\n"+config+"\n")
		if got := strings.Join(p.Languages, " "); got != want {
			t.Errorf("%q: %s, want %s", config, got, want)
		}
	}
}

// TestEmptySite: a site with nothing in it is a portal all the same.
func TestEmptySite(t *testing.T) {
	p := sound(t, "")
	if len(p.Mentors)+len(p.Listed)+len(p.Programs)+len(p.Facets)+len(p.Guides.All()) != 0 {
		t.Errorf("an empty site has %+v", p)
	}
	if p.Facet("skills") == nil || p.Facet("nonsense") != nil || p.Term("nonsense", "x") != nil || p.Term("skills", "") != nil {
		t.Error("facets of an empty site are not what they should be")
	}
}
