package roster

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/stoa-portal/stoa/generator/internal/content"
	"github.com/stoa-portal/stoa/generator/internal/diag"
	"github.com/stoa-portal/stoa/generator/internal/fold"
	"github.com/stoa-portal/stoa/generator/internal/schema"
)

// A lexicon is the words of one vocabulary, and what a sheet says that is not among them.
type lexicon struct {
	name    string // "skills"
	ids     map[string]bool
	byKey   map[string]string // by folded word: the id
	byForm  map[string]string // by squeezed word: the id, "" when two have it
	forms   map[string]bool
	labels  map[string]string
	missing map[string]*unknown // by squeezed word
	taken   map[string]string   // what was written, and the label of the term it was taken for
}

// An unknown is a word that the vocabulary does not have.
type unknown struct {
	spellings map[string]int
	count     int
}

// spelling is the one most often written.
func (u *unknown) spelling() string {
	return slices.MinFunc(slices.Collect(maps.Keys(u.spellings)), func(a, b string) int {
		return cmp.Or(u.spellings[b]-u.spellings[a], strings.Compare(a, b))
	})
}

func newLexicon(name string, record *content.Record[content.Vocabulary]) *lexicon {
	l := &lexicon{
		name: name, ids: map[string]bool{}, byKey: map[string]string{}, byForm: map[string]string{}, forms: map[string]bool{},
		labels: map[string]string{}, missing: map[string]*unknown{}, taken: map[string]string{},
	}
	if record == nil {
		return l
	}
	add := func(term content.Term) {
		for _, word := range append([]string{string(term.ID), term.Label}, term.Aliases...) {
			l.add(word, string(term.ID))
		}
	}
	for _, term := range record.Value.Terms {
		l.ids[string(term.ID)] = true
		l.labels[string(term.ID)] = term.Label
		add(term)
	}
	for _, lang := range slices.Sorted(maps.Keys(record.Translations)) {
		for _, term := range record.Translations[lang].Value.Terms {
			add(term)
		}
	}
	return l
}

func (l *lexicon) add(word, id string) {
	if word == "" {
		return
	}
	l.byKey[fold.Key(word)] = id
	form := squeeze(word)
	if other, ok := l.byForm[form]; ok && other != id {
		id = ""
	}
	l.byForm[form] = id
	l.forms[form] = true
}

// find is the id of the term that a word means as it is written: but for case, accents, spaces
// and hyphens.
func (l *lexicon) find(word string) string {
	if id, ok := l.byKey[fold.Key(word)]; ok {
		return id
	}
	return l.byForm[squeeze(word)]
}

// term is the id of the term that a word means, also when it is misspelt; or else the word
// itself, which is counted as unknown.
func (l *lexicon) term(word string) string {
	if id := l.find(word); id != "" {
		return id
	}
	form := squeeze(word)
	if u := l.missing[form]; u != nil {
		u.count++
		u.spellings[word]++
		return word
	}
	if id := l.byForm[near(form, l.forms)]; id != "" {
		l.taken[word] = l.labels[id]
		return id
	}
	l.missing[form] = &unknown{map[string]int{word: 1}, 1}
	return word
}

// canonical are a list's words as ids where they have one, to compare lists by.
func (l *lexicon) canonical(word string) string { return cmp.Or(l.find(word), word) }

// An Unknown is a word of a sheet that a vocabulary does not have.
type Unknown struct {
	Vocabulary string `json:"vocabulary"`
	Word       string `json:"word"`
	Count      int    `json:"count"`
	Learned    string `json:"learned,omitempty"` // the id it was added under
}

// unknowns lists them, the most frequent first.
func (l *lexicon) unknowns() []Unknown {
	var list []Unknown
	for _, form := range slices.Sorted(maps.Keys(l.missing)) {
		u := l.missing[form]
		list = append(list, Unknown{Vocabulary: l.name, Word: u.spelling(), Count: u.count})
	}
	slices.SortStableFunc(list, func(a, b Unknown) int {
		return cmp.Or(b.Count-a.Count, strings.Compare(fold.Key(a.Word), fold.Key(b.Word)))
	})
	return list
}

// learn adds the unknown words to the vocabulary as terms, and gives the text that says so in
// its file.
func (l *lexicon) learn() (addition string, learned []Unknown) {
	var b strings.Builder
	for _, u := range l.unknowns() {
		id := fold.Slug(u.Word)
		for n := 2; l.ids[id] || schema.CheckID(id) != ""; n++ {
			if id = fmt.Sprintf("%s-%d", strings.Trim(fold.Slug(u.Word), "-"), n); n > 99 {
				break
			}
		}
		if schema.CheckID(id) != "" || len([]rune(u.Word)) > 80 {
			continue
		}
		l.ids[id], l.labels[id] = true, u.Word
		l.add(id, id)
		l.add(u.Word, id)
		u.Learned = id
		learned = append(learned, u)
		fmt.Fprintf(&b, "\n[[term]]\nid = %q\nlabel = %s\n", id, quoted(u.Word))
	}
	return b.String(), learned
}

// lexicons are those that the fields of a profile refer to, by reference: "vocabulary/skills".
func lexicons(all *content.Content) map[string]*lexicon {
	byRef := map[string]*lexicon{}
	for _, name := range content.VocabularyNames {
		var record *content.Record[content.Vocabulary]
		if all != nil {
			record = all.Vocabularies[name]
		}
		byRef["vocabulary/"+name] = newLexicon(name, record)
	}
	return byRef
}

// misspellings are warnings that name the words which were taken for others.
func (l *lexicon) misspellings(problems *diag.List) {
	for _, word := range slices.Sorted(maps.Keys(l.taken)) {
		problems.Warnf(diag.Place{File: "content/vocabulary/" + l.name + ".toml"}, "near-match", "the sheet says %q, which is taken for %q: if that is right, make it an alias; if not, add it as a term", word, l.taken[word])
	}
}
