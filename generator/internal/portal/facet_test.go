package portal

import (
	"strings"
	"testing"
)

const skills = `
-- vocabulary/skills.toml --
[[term]]
id = "machine-learning"
label = "Machine learning"
aliases = ["ML", "apprentissage"]
[[term]]
id = "genomics"
label = "Génomique"
`

func TestVocabularyWords(t *testing.T) {
	for written, want := range map[string]string{
		"machine-learning":   "machine-learning",
		"Machine learning":   "machine-learning",
		"MACHINE   LEARNING": "machine-learning",
		"ml":                 "machine-learning",
		"Apprentissage":      "machine-learning",
		"genomique":          "genomics",
		"ge\u0301nomique":    "genomics",
		"Génomica":           "genomics", // the Spanish label
	} {
		p := sound(t, "-- config.toml --\n[languages.es]\n-- mentors/ana.toml --\nname = \"Ana\"\nskills = [\""+written+"\"]\n"+skills+
			"-- vocabulary/skills.es.toml --\n[[term]]\nid = \"genomics\"\nlabel = \"Genómica\"\n")
		found := p.Mentors[0].Terms(p.Facet("skills"))
		if len(found) != 1 || found[0].ID != want || !found[0].Known {
			t.Errorf("%q means %+v, want %s", written, found, want)
		}
		if term := p.Term("skills", written); term != found[0] {
			t.Errorf("elsewhere %q means %v", written, term)
		}
	}
	p := sound(t, "-- config.toml --\n[languages.es]\n-- mentors/ana.toml --\nname = \"Ana\"\nskills = [\"ml\", \"genomics\", \"Genómica\"]\n"+skills+
		"-- vocabulary/skills.es.toml --\n[[term]]\nid = \"genomics\"\nlabel = \"Genómica\"\n")
	if got := terms(p.Facet("skills"), "es"); got != "genomics=Genómica(ana) machine-learning=Machine learning(ana)" {
		t.Errorf("terms %s", got)
	}
}

func TestUnknownWords(t *testing.T) {
	p, problems := look(t, `
-- mentors/ana.toml --
name = "Ana"
skills = ["genomics", "machin learning", "Juggling"]
-- mentors/bo.toml --
name = "Bo"
skills = ["Juggling"]
-- guides/a.md --
+++
title = "A"
skills = ["genomic"]
+++
`+skills)
	expect(t, problems, `
content/guides/a.md:3:11: warning: skills does not know "genomic" (did you mean "genomics"?)
content/mentors/ana.toml:2:23: warning: skills does not know "machin learning" (did you mean "Machine learning"?)
content/mentors/ana.toml:2:42: warning: skills does not know "Juggling"
content/mentors/bo.toml:2:11: warning: skills does not know "Juggling"
`)
	if got := terms(p.Facet("skills"), "en"); got != "genomics=Génomique(ana)" {
		t.Errorf("an unknown word has a page: %s", got)
	}
	shown := p.Mentors[0].Terms(p.Facet("skills"))
	if len(shown) != 3 || shown[2].Label("en") != "Juggling" || shown[2].Known {
		t.Errorf("an unknown word is not shown: %+v", shown)
	}
	if p.Mentors[1].Has(shown[0]) {
		t.Error("Bo has what only Ana has")
	}
}

func TestAmbiguousWords(t *testing.T) {
	for name, row := range map[string]struct{ base, translation, want string }{
		"label and alias": {
			"[[term]]\nid = \"a\"\nlabel = \"One\"\naliases = [\"first\"]\n[[term]]\nid = \"b\"\nlabel = \"First\"\n", "",
			`content/vocabulary/topics.toml:7:9: "First" could mean "a" or "b": a word can stand for one term only` + "\n",
		},
		"alias and id, by folding": {
			"[[term]]\nid = \"zurich\"\nlabel = \"Z\"\n[[term]]\nid = \"b\"\nlabel = \"B\"\naliases = [\"x\", \"ZÜRICH\"]\n", "",
			`content/vocabulary/topics.toml:7:17: "ZÜRICH" could mean "zurich" or "b": a word can stand for one term only` + "\n",
		},
		"a translation's alias": {
			"[[term]]\nid = \"a\"\nlabel = \"One\"\n[[term]]\nid = \"b\"\nlabel = \"Two\"\n",
			"[[term]]\nid = \"b\"\nlabel = \"Dos\"\naliases = [\"one\"]\n",
			`content/vocabulary/topics.es.toml:4:12: "one" could mean "a" or "b": a word can stand for one term only` + "\n",
		},
		"one term's own words": {"[[term]]\nid = \"a\"\nlabel = \"A\"\naliases = [\"á\", \"a\"]\n", "", ""},
	} {
		archive := "-- config.toml --\n[languages.es]\n-- vocabulary/topics.toml --\n" + row.base
		if row.translation != "" {
			archive += "-- vocabulary/topics.es.toml --\n" + row.translation
		}
		_, problems := look(t, archive)
		t.Log(name)
		expect(t, problems, row.want)
	}
}

func TestFreeText(t *testing.T) {
	p := sound(t, `
-- mentors/a.toml --
name = "A"
skills = ["C", "c++", "C#"]
department = "ZÜRICH  lab"
-- mentors/b.toml --
name = "B"
skills = ["c", "C++", "!!!"]
department = "Zürich lab"
-- mentors/c.toml --
name = "C"
skills = ["C++"]
department = "Zürich lab"
visibility = "unlisted"
`)
	f := p.Facet("skills")
	if got := terms(f, "en"); !strings.HasPrefix(got, "c=C(a b) c-plus-plus=C++(a b) ") || len(f.Terms) != 4 {
		t.Errorf("terms %s", got)
	}
	for written, want := range map[string]string{"C": "c", "c": "c", "C++": "c-plus-plus", "c#": "c-sharp", "c-sharp": "c-sharp"} {
		if term := p.Term("skills", written); term == nil || term.ID != want {
			t.Errorf("%q means %+v, want %s", written, term, want)
		}
	}
	if term := p.Term("skills", "cobol"); term != nil {
		t.Errorf("nobody knows cobol, but there is %+v", term)
	}
	if got := terms(p.Facet("departments"), "en"); got != "zurich-lab=Zürich lab(a b)" {
		t.Errorf("departments %s", got)
	}
}

// TestSlugsApart: texts that make the same slug get pages of their own, and the same ones
// whoever else is there.
func TestSlugsApart(t *testing.T) {
	p := sound(t, "-- mentors/a.toml --\nname = \"A\"\norganization = \"R & D\"\n-- mentors/b.toml --\nname = \"B\"\norganization = \"R-D\"\n")
	f := p.Facet("organizations")
	if len(f.Terms) != 2 || f.Terms[0].ID != "r-d" || f.Terms[1].ID == "r-d" || f.Terms[1].ID[:4] != "r-d-" {
		t.Errorf("terms %s", terms(f, "en"))
	}
}

func TestNamesFromTheCLDR(t *testing.T) {
	p := sound(t, `
-- config.toml --
[languages.es]
-- mentors/a.toml --
name = "A"
languages = ["pt-BR", "sw"]
timezone = "America/Sao_Paulo"
formats = ["one-to-one"]
location = { country = "DE" }
`)
	for facet, want := range map[string]string{
		"languages": "pt-br=portugués de Brasil(a) sw=suajili(a)",
		"countries": "de=Alemania(a)",
		"timezones": "america-sao-paulo=America/Sao Paulo(a)",
		"formats":   "one-to-one=(a)", // the theme's word
	} {
		if got := terms(p.Facet(facet), "es"); got != want {
			t.Errorf("%s: %s, want %s", facet, got, want)
		}
	}
	for tag, want := range map[string]string{"es": "español", "pt-BR": "português", "xx-XX": "xx-XX"} {
		if got := OwnName(tag); got != want {
			t.Errorf("%s calls itself %q, want %q", tag, got, want)
		}
	}
}

func TestOwnFields(t *testing.T) {
	p := sound(t, `
-- config.toml --
[fields.college]
type = "choice"
options = ["Ash", "Birch"]
facet = true
[fields.pets]
type = "list"
facet = true
[fields.year]
type = "number"
facet = true
[fields.secret]
public = false
[fields.shoe]
[languages.es.fields.college]
label = "Colegio"
options = ["Fresno", "Abedul"]
-- mentors/a.toml --
name = "A"
[fields]
college = "Birch"
pets = ["cat", "Dog"]
year = 3
secret = "TOPSECRET"
shoe = "42"
-- mentors/b.toml --
name = "B"
private = ["fields.college"]
[fields]
college = "Ash"
pets = ["dog"]
`)
	for facet, want := range map[string]string{
		"college": "birch=Abedul(a)",
		"pets":    "dog=Dog(a b) cat=cat(a)",
		"year":    "3=3(a)",
	} {
		if got := terms(p.Facet(facet), "es"); got != want {
			t.Errorf("%s: %s, want %s", facet, got, want)
		}
	}
	if p.Facet("secret") != nil || p.Facet("shoe") != nil {
		t.Error("a field that is no facet has one")
	}
	fields := p.Mentors[0].Value.Fields
	if fields["secret"] != nil || fields["shoe"] != "42" {
		t.Errorf("fields %v", fields)
	}
}

func TestOfferedFacets(t *testing.T) {
	const mentor = "-- mentors/a.toml --\nname = \"A\"\nskills = [\"go\"]\nmodes = [\"online\"]\n"
	names := func(p *Portal) string {
		text := ""
		for _, f := range p.Facets {
			text += f.Name + " "
		}
		return text
	}
	if got := names(sound(t, mentor)); got != "skills modes availability " {
		t.Errorf("without a setting: %s", got)
	}
	p := sound(t, "-- config.toml --\n[directory]\nfacets = [\"modes\", \"countries\", \"skills\"]\n"+mentor)
	if got := names(p); got != "modes skills " {
		t.Errorf("with a setting: %s", got)
	}
	if p.Offers(p.Facet("availability")) || !p.Offers(p.Facet("modes")) {
		t.Error("a facet that is not asked for is offered, or the other way round")
	}
	if got := names(sound(t, "")); got != "" {
		t.Errorf("a site without mentors offers %s", got)
	}
}

func TestProgramFacet(t *testing.T) {
	p := sound(t, `
-- config.toml --
[languages.es]
-- programs/peer.toml --
title = "Peer"
-- programs/peer.es.toml --
title = "Pares"
-- mentors/a.toml --
name = "A"
programs = ["peer"]
[availability]
status = "full"
-- mentors/b.toml --
name = "B"
programs = ["peer"]
-- mentors/c.toml --
name = "C"
programs = ["peer"]
visibility = "unlisted"
`)
	if got := terms(p.Facet("programs"), "es"); got != "peer=Pares(a b)" {
		t.Errorf("terms %s", got)
	}
	if got := ids(p.Program("peer").Mentors); got != "b a" {
		t.Errorf("the program's mentors are %s", got)
	}
	if got := terms(p.Facet("availability"), "en"); got != "full=(a) open=(b)" {
		t.Errorf("availability %s", got)
	}
	if term := p.Facet("programs").Terms[0]; term.Open() != 1 {
		t.Errorf("%d can be asked, want 1", term.Open())
	}
}
