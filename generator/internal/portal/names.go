package portal

import (
	"cmp"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"
	"golang.org/x/text/unicode/norm"

	"github.com/stoa-portal/stoa/generator/internal/fold"
)

// ByName gives mentors in the order in which a language sorts their names, each with the
// letter under which an index puts it.
func ByName(mentors []*Mentor, lang string) ([]*Mentor, []string) {
	keys := nameKeys(mentors, lang)
	sorted := slices.Clone(mentors)
	slices.SortFunc(sorted, func(a, b *Mentor) int {
		return cmp.Or(strings.Compare(keys[a], keys[b]), strings.Compare(a.ID, b.ID))
	})
	letters := make([]string, len(sorted))
	collator := collate.New(language.Make(lang), collate.Loose)
	for i, m := range sorted {
		letters[i] = letterOf(sortedName(m), collator)
	}
	return sorted, letters
}

// sortedName is what a mentor is sorted by.
func sortedName(m *Mentor) string { return cmp.Or(m.Value.SortName, m.Value.Name) }

// leads are the consonants that begin Hangul syllables, from U+1100 on, as they are
// written by themselves.
var leads = []rune("ㄱㄱㄴㄷㄷㄹㅁㅂㅂㅅㅅㅇㅈㅈㅊㅋㅌㅍㅎ")

// letterOf is the letter of an index under which a name stands: its first one, without marks
// unless the language counts it as a letter of its own (Å in Swedish, Ñ in Spanish). Korean
// names stand under their first consonant, Japanese kana under hiragana, and Chinese
// characters, which are too many, under one heading. What begins with no letter stands under #.
func letterOf(name string, collator *collate.Collator) string {
	first := ""
	for _, r := range norm.NFC.String(name) {
		if unicode.IsLetter(r) {
			first = string(unicode.ToUpper(r))
			break
		}
		if unicode.IsDigit(r) {
			break
		}
	}
	if first == "" {
		return "#"
	}
	base := []rune(norm.NFKD.String(first))[0]
	switch {
	case unicode.Is(unicode.Han, base):
		return "漢"
	case base >= 0x1100 && base < 0x1100+rune(len(leads)):
		return string(leads[base-0x1100])
	case unicode.Is(unicode.Hiragana, base):
		return string(base)
	case base >= 'ァ' && base <= 'ヶ':
		return string(base - 'ァ' + 'ぁ')
	}
	if plain := fold.Key(first); plain != "" && collator.CompareString(plain, first) == 0 {
		return string(unicode.ToUpper([]rune(plain)[0]))
	}
	return first
}
