package portal

import (
	"fmt"
	"maps"
	"slices"

	"github.com/stoa-portal/stoa/generator/internal/content"
	"github.com/stoa-portal/stoa/generator/internal/diag"
	"github.com/stoa-portal/stoa/generator/internal/fold"
)

// A Vocabulary is the words that a facet knows. Profiles may write a term's id, its
// label in any language, or one of its aliases; case and accents do not matter.
type Vocabulary struct {
	Name  string
	Terms []*Term // in the file's order

	byKey map[string]*Term
	known []string // what to suggest from: ids and labels
}

// vocabulary indexes a file's terms, and reports words that could mean two of them.
func vocabulary(record *content.Record[content.Vocabulary], facet *Facet, problems *diag.List) *Vocabulary {
	v := &Vocabulary{Name: record.ID, byKey: map[string]*Term{}}
	type word struct {
		text  string
		place func() diag.Place
	}
	for i, source := range record.Value.Terms {
		term := &Term{Facet: facet, ID: string(source.ID), Known: true, labels: map[string]string{"": source.Label}, words: map[string]content.Term{"": source}}
		v.Terms = append(v.Terms, term)
		v.known = append(v.known, string(source.ID), source.Label)
		var words []word
		add := func(r *content.Record[content.Vocabulary], text, key string) {
			words = append(words, word{text, func() diag.Place { return r.Place(fmt.Sprintf("term[id=%s].%s", source.ID, key)) }})
		}
		add(record, string(source.ID), "id")
		add(record, source.Label, "label")
		for j, alias := range source.Aliases {
			add(record, alias, fmt.Sprintf("aliases[%d]", j))
		}
		for _, lang := range slices.Sorted(maps.Keys(record.Translations)) {
			translation := record.Translations[lang]
			translated := translation.Value.Terms[i] // they merge by id, in the source's order
			term.labels[lang], term.words[lang] = translated.Label, translated
			add(translation, translated.Label, "label")
			for j, alias := range translated.Aliases {
				add(translation, alias, fmt.Sprintf("aliases[%d]", j))
			}
		}
		for _, w := range words {
			key := fold.Key(w.text)
			if other, taken := v.byKey[key]; taken && other != term {
				problems.Errorf(w.place(), "ambiguous-alias", "%q could mean %q or %q: a word can stand for one term only", w.text, other.ID, term.ID)
				continue
			}
			v.byKey[key] = term
		}
	}
	return v
}

// Find is the term that a word in a profile means, or nil.
func (v *Vocabulary) Find(word string) *Term { return v.byKey[fold.Key(word)] }

// DidYouMean suggests the nearest known word.
func (v *Vocabulary) DidYouMean(word string) string { return diag.DidYouMean(word, v.known) }

// A Term is one value of a facet: a skill, a country, a department.
type Term struct {
	Facet   *Facet
	ID      string    // slug, part of its address
	Known   bool      // false for a word that its vocabulary does not have: shown, but without a page of its own
	Mentors []*Mentor // listed ones, in directory order

	labels map[string]string       // by language; "" is the source's
	words  map[string]content.Term // of a vocabulary, by language
}

// Label is what is shown in a language, or "" where the theme has the word for it (as
// for formats and modes).
func (t *Term) Label(lang string) string {
	if label := t.labels[lang]; label != "" {
		return label
	}
	return t.labels[""]
}

// Words is the vocabulary's entry in a language; empty for other facets.
func (t *Term) Words(lang string) content.Term {
	if words, ok := t.words[lang]; ok {
		return words
	}
	return t.words[""]
}

// Open counts the term's mentors who can be asked today.
func (t *Term) Open() int {
	n := 0
	for _, m := range t.Mentors {
		if m.Availability.Status.CanAsk() {
			n++
		}
	}
	return n
}
