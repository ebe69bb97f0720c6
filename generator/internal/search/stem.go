package search

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/blevesearch/snowballstem"
	"github.com/blevesearch/snowballstem/arabic"
	"github.com/blevesearch/snowballstem/danish"
	"github.com/blevesearch/snowballstem/dutch"
	"github.com/blevesearch/snowballstem/english"
	"github.com/blevesearch/snowballstem/finnish"
	"github.com/blevesearch/snowballstem/french"
	"github.com/blevesearch/snowballstem/german"
	"github.com/blevesearch/snowballstem/hungarian"
	"github.com/blevesearch/snowballstem/irish"
	"github.com/blevesearch/snowballstem/italian"
	"github.com/blevesearch/snowballstem/norwegian"
	"github.com/blevesearch/snowballstem/portuguese"
	"github.com/blevesearch/snowballstem/romanian"
	"github.com/blevesearch/snowballstem/russian"
	"github.com/blevesearch/snowballstem/spanish"
	"github.com/blevesearch/snowballstem/swedish"
	"github.com/blevesearch/snowballstem/tamil"
	"github.com/blevesearch/snowballstem/turkish"

	"github.com/stoa-portal/stoa/generator/internal/fold"
)

var stemmers = map[string]func(*snowballstem.Env) bool{
	"ar": arabic.Stem, "da": danish.Stem, "de": german.Stem, "en": english.Stem, "es": spanish.Stem, "fi": finnish.Stem,
	"fr": french.Stem, "ga": irish.Stem, "hu": hungarian.Stem, "it": italian.Stem, "nb": norwegian.Stem, "nl": dutch.Stem,
	"nn": norwegian.Stem, "no": norwegian.Stem, "pt": portuguese.Stem, "ro": romanian.Stem, "ru": russian.Stem,
	"sv": swedish.Stem, "ta": tamil.Stem, "tr": turkish.Stem,
}

// A stemmer finds what the words of a family have in common. It is not safe for concurrent
// use.
type stemmer struct {
	stem func(*snowballstem.Env) bool
	env  *snowballstem.Env
	lang string
}

func newStemmer(lang string) *stemmer {
	base, _, _ := strings.Cut(lang, "-")
	return &stemmer{stemmers[base], snowballstem.NewEnv(""), base}
}

// of is the stem of a folded word, folded too. Words of other scripts than letters alone, or of a
// language without a stemmer, are their own.
func (s *stemmer) of(word string) string {
	if s.stem == nil || utf8.RuneCountInString(word) < 3 {
		return word
	}
	for _, r := range word {
		if !unicode.IsLetter(r) && !unicode.IsMark(r) || isDense(r) {
			return word
		}
	}
	s.env.SetCurrent(restore(s.lang, word))
	s.stem(s.env)
	stem := s.env.Current()
	if stem = fold.Key(stem); stem == "" {
		return word
	}
	return stem
}

// restore gives a folded word the accent of its ending back, where a stemmer would not know the
// ending without it.
func restore(lang, word string) string {
	for _, ending := range endings[lang] {
		if rest, ok := strings.CutSuffix(word, ending.folded); ok {
			return rest + ending.written
		}
	}
	return word
}

// endings are those that a language's stemmer knows with an accent only.
var endings = map[string][]struct{ folded, written string }{
	"es": {{"acion", "ación"}, {"icion", "ición"}, {"ucion", "ución"}, {"logia", "logía"}},
	"fr": {{"ierement", "ièrement"}, {"ites", "ités"}, {"ite", "ité"}, {"ees", "ées"}, {"ee", "ée"}},
	"it": {{"ita", "ità"}},
	"pt": {{"acao", "ação"}, {"acoes", "ações"}, {"ucao", "ução"}, {"ucoes", "uções"}, {"encia", "ência"}, {"encias", "ências"}, {"avel", "ável"}, {"ivel", "ível"}},
}
