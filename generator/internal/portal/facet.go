package portal

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"

	"github.com/stoa-portal/stoa/generator/internal/config"
	"github.com/stoa-portal/stoa/generator/internal/content"
	"github.com/stoa-portal/stoa/generator/internal/diag"
	"github.com/stoa-portal/stoa/generator/internal/fold"
)

// A Facet is a way to narrow the directory: skills, countries, one of the site's own
// fields.
type Facet struct {
	Name  string
	Own   *config.FieldConfig // the site's declaration, for its own fields
	Terms []*Term             // with at least one listed mentor; the most frequent first, then by id

	index      int
	vocabulary *Vocabulary
	key        string // of the field in a profile, for messages
	byID       map[string]*Term
	byKey      map[string]*Term // without a vocabulary: by folded text
	values     func(*content.Mentor) []string
}

// vocabularies names the facets whose words come from a vocabulary file, with the key
// that holds them in a profile.
var vocabularies = map[string]string{
	"skills": "skills", "topics": "help_with", "stages": "stages", "industries": "industries", "styles": "style",
}

// newFacets makes every facet that a profile can have a value of, in the contract's
// order, the site's own last.
func newFacets(c *config.Config) []*Facet {
	one := func(s string) []string {
		if s == "" {
			return nil
		}
		return []string{s}
	}
	read := map[string]func(*content.Mentor) []string{
		"skills":     func(m *content.Mentor) []string { return m.Skills },
		"topics":     func(m *content.Mentor) []string { return m.HelpWith },
		"stages":     func(m *content.Mentor) []string { return m.Stages },
		"industries": func(m *content.Mentor) []string { return m.Industries },
		"languages": func(m *content.Mentor) []string {
			tags := make([]string, len(m.Languages))
			for i, tag := range m.Languages {
				tags[i] = string(tag)
			}
			return tags
		},
		"departments":   func(m *content.Mentor) []string { return one(m.Department) },
		"organizations": func(m *content.Mentor) []string { return one(m.Organization) },
		"countries":     func(m *content.Mentor) []string { return one(string(m.Location.Country)) },
		"formats":       func(m *content.Mentor) []string { return m.Formats },
		"modes":         func(m *content.Mentor) []string { return m.Modes },
		"styles":        func(m *content.Mentor) []string { return m.Style },
		"timezones":     func(m *content.Mentor) []string { return one(string(m.Timezone)) },
	}
	var facets []*Facet
	add := func(f *Facet) {
		f.index = len(facets)
		f.byID, f.byKey = map[string]*Term{}, map[string]*Term{}
		facets = append(facets, f)
	}
	for _, name := range config.Facets {
		add(&Facet{Name: name, key: cmp.Or(vocabularies[name], name), values: read[name]})
	}
	for _, name := range ownFields(c) {
		own := c.Fields[name]
		if own.Facet && own.Public {
			add(&Facet{Name: name, Own: &own, key: "fields." + name, values: func(m *content.Mentor) []string { return Texts(m.Fields[name]) }})
		}
	}
	return facets
}

// Texts writes an own field's value as words.
func Texts(value any) []string {
	switch v := value.(type) {
	case nil:
		return nil
	case string:
		return []string{v}
	case []string:
		return v
	default:
		return []string{fmt.Sprint(v)}
	}
}

// fill finds the terms of every mentor. A facet with a vocabulary takes its terms from
// there; of the others, spellings that fold to the same key are one term, shown as most
// people write it.
func (f *Facet) fill(p *Portal, problems *diag.List) {
	switch f.Name {
	case "availability":
		for _, m := range p.Mentors {
			m.terms[f.index] = []*Term{f.term(string(m.Availability.Status), "")}
		}
	case "programs":
		for _, m := range p.Mentors {
			for _, program := range m.Programs {
				term := f.term(program.ID, program.Value.Title)
				for lang, translated := range program.Translations {
					term.labels[lang] = translated.Value.Title
				}
				m.terms[f.index] = append(m.terms[f.index], term)
			}
		}
	default:
		if f.vocabulary != nil {
			f.fillKnown(p, problems)
		} else {
			f.fillFree(p)
		}
	}
}

func (f *Facet) fillKnown(p *Portal, problems *diag.List) {
	found := map[string]*Term{} // by the word as written; most are written the same way
	hints := map[string]string{}
	for _, m := range p.Mentors {
		for i, word := range f.values(&m.Value) {
			term, ok := found[word]
			if !ok {
				if term = f.vocabulary.Find(word); term == nil {
					term = &Term{Facet: f, ID: fold.Slug(word), labels: map[string]string{"": word}}
					hints[word] = f.vocabulary.DidYouMean(word)
				}
				found[word] = term
			}
			if !term.Known {
				problems.Warnf(m.Place(fmt.Sprintf("%s[%d]", f.key, i)), "unknown-term", "%s does not know %q%s", f.vocabulary.Name, word, hints[word])
			}
			m.terms[f.index] = addTerm(m.terms[f.index], term)
		}
	}
}

// A spelling is a text as profiles write it.
type spelling struct {
	text, key string
	count     int
	term      *Term
}

func (f *Facet) fillFree(p *Portal) {
	found := map[string]*spelling{} // by the text as written
	written := make([]*spelling, 0, len(p.Mentors))
	for _, m := range p.Mentors {
		for _, text := range f.values(&m.Value) {
			s := found[text]
			if s == nil {
				s = &spelling{text: text, key: fold.Key(text)}
				found[text] = s
			}
			s.count++
			written = append(written, s)
		}
	}
	labels := map[string]*spelling{} // by key, as most people write it
	for _, s := range found {
		if label := labels[s.key]; label == nil || s.count > label.count || s.count == label.count && s.text < label.text {
			labels[s.key] = s
		}
	}
	keys := slices.Sorted(maps.Keys(labels))
	slugs := fold.Slugs(keys)
	for _, key := range keys {
		term := f.term(slugs[key], labels[key].text)
		f.byKey[key] = term
		f.translate(term, labels[key].text, p)
	}
	for _, s := range found {
		s.term = f.byKey[s.key]
	}
	terms := make([]*Term, 0, len(written)) // room for those of all mentors
	for _, m := range p.Mentors {
		start := len(terms)
		for i, text := range f.values(&m.Value) {
			term := written[0].term
			written = written[1:]
			if !slices.Contains(terms[start:], term) {
				terms = append(terms, term)
			}
			for lang, translated := range m.Translations {
				if words := f.values(&translated.Value); i < len(words) && words[i] != text && term.labels[lang] == "" {
					term.labels[lang] = words[i]
				}
			}
		}
		m.terms[f.index] = slices.Clip(terms[start:])
	}
}

// translate gives the words that are the same on every site: names of languages and
// countries, from the Unicode CLDR; options of own fields, from config.
func (f *Facet) translate(term *Term, value string, p *Portal) {
	for _, lang := range p.Languages {
		switch {
		case f.Own != nil:
			translated := p.Config.Languages[lang].Fields[f.Name].Options
			if i := slices.Index(f.Own.Options, value); i >= 0 && i < len(translated) {
				term.labels[lang] = translated[i]
			}
		case f.Name == "languages":
			term.labels[lang] = LanguageName(value, lang)
		case f.Name == "countries":
			term.labels[lang] = CountryName(value, lang)
		case f.Name == "timezones":
			term.labels[lang] = strings.ReplaceAll(value, "_", " ")
		case f.Name == "formats" || f.Name == "modes":
			term.labels[""] = ""
		}
	}
}

func (f *Facet) term(id, label string) *Term {
	term, ok := f.byID[id]
	if !ok {
		term = &Term{Facet: f, ID: id, Known: true, labels: map[string]string{"": label}}
		f.byID[id] = term
	}
	return term
}

func addTerm(terms []*Term, term *Term) []*Term {
	if slices.Contains(terms, term) {
		return terms
	}
	return append(terms, term)
}

// count gives the terms their listed mentors, which come in directory order.
func (f *Facet) count(listed []*Mentor) {
	seen := map[*Term]bool{}
	for _, m := range listed {
		for _, term := range m.terms[f.index] {
			if !term.Known {
				continue
			}
			term.Mentors = append(term.Mentors, m)
			if !seen[term] {
				seen[term] = true
				f.Terms = append(f.Terms, term)
			}
		}
	}
	slices.SortFunc(f.Terms, func(a, b *Term) int {
		return cmp.Or(cmp.Compare(len(b.Mentors), len(a.Mentors)), cmp.Compare(a.ID, b.ID))
	})
}

// LanguageName is a language's name in another language, as the CLDR has it; the tag
// itself when it has none.
func LanguageName(tag, in string) string {
	t, err := language.Parse(tag)
	if err != nil {
		return tag
	}
	namer := display.Languages(language.Make(in))
	if namer == nil {
		return tag
	}
	return cmp.Or(namer.Name(t), tag)
}

// OwnName is a language's name in itself.
func OwnName(tag string) string { return cmp.Or(display.Self.Name(language.Make(tag)), tag) }

// CountryName is a country's name in a language, as the CLDR has it.
func CountryName(code, in string) string {
	region, err := language.ParseRegion(code)
	if err != nil {
		return code
	}
	namer := display.Regions(language.Make(in))
	if namer == nil {
		return code
	}
	return cmp.Or(namer.Name(region), code)
}
