package check

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/stoa-portal/stoa/generator/internal/content"
	"github.com/stoa-portal/stoa/generator/internal/diag"
	"github.com/stoa-portal/stoa/generator/internal/fold"
	"github.com/stoa-portal/stoa/generator/internal/portal"
)

// begun is the number of mentors from which on a word that nobody chose says something about the
// word: a new portal offers more words than its first profiles need.
const begun = 20

// unusedTerms finds words to choose from that nobody chose.
func unusedTerms(s *site, problems *diag.List) {
	if len(s.Content.Mentors) < begun {
		return
	}
	used := map[*portal.Term]bool{}
	use := func(facet string, words []string) {
		for _, word := range words {
			if v := s.Vocabulary(facet); v != nil {
				used[v.Find(word)] = true
			}
		}
	}
	for _, m := range s.Content.Mentors { // one who is hidden today may be back
		use("skills", m.Value.Skills)
		use("topics", m.Value.HelpWith)
		use("stages", m.Value.Stages)
		use("industries", m.Value.Industries)
		use("styles", m.Value.Style)
	}
	for _, g := range s.Content.Guides {
		use("stages", g.Value.Stages)
		use("skills", g.Value.Skills)
	}
	for _, g := range s.Content.Goals {
		use("stages", g.Value.Stages)
		use("skills", g.Value.Skills)
	}
	for name, record := range s.Content.Vocabularies {
		v := s.Vocabulary(name)
		if v == nil {
			continue
		}
		for _, term := range v.Terms {
			if !used[term] {
				problems.Warnf(record.Place(fmt.Sprintf("term[id=%s].label", term.ID)), "unused-term", "no profile, guide or goal uses %q", term.Label(""))
			}
		}
	}
}

// A spelling is a word as it is written somewhere.
type spelling struct {
	text  string
	count int // how often it is there
	place diag.Place
}

// nearDuplicates finds terms of one vocabulary, and free words of one field, that are probably
// the same.
func nearDuplicates(s *site, problems *diag.List) {
	for name, record := range s.Content.Vocabularies {
		var spellings []spelling
		if v := s.Vocabulary(name); v != nil {
			for _, term := range v.Terms {
				spellings = append(spellings, spelling{term.Label(""), len(term.Mentors), record.Place(fmt.Sprintf("term[id=%s].label", term.ID))})
			}
		}
		for _, pair := range alike(spellings) {
			problems.Warnf(pair[1].place, "near-duplicate-term", "%q and %q are nearly the same: keep one, and make the other an alias of it", pair[1].text, pair[0].text)
		}
	}
	free := map[string]func(*content.Mentor) []string{
		"organization": func(m *content.Mentor) []string { return []string{m.Organization} },
		"department":   func(m *content.Mentor) []string { return []string{m.Department} },
		"school":       func(m *content.Mentor) []string { return []string{m.School} },
	}
	for name, declared := range s.Config.Fields {
		if declared.Facet && declared.Type == "text" {
			free["fields."+name] = func(m *content.Mentor) []string { return portal.Texts(m.Fields[name]) }
		}
	}
	for key, values := range free {
		found := map[string]*spelling{} // by folded text: case and accents make one term already
		for _, m := range s.Mentors {
			for _, text := range values(&m.Value) {
				folded := fold.Key(text)
				if found[folded] == nil {
					found[folded] = &spelling{text: text, place: m.Place(key)}
				}
				found[folded].count++
			}
		}
		var spellings []spelling
		for _, folded := range slices.Sorted(maps.Keys(found)) {
			spellings = append(spellings, *found[folded])
		}
		for _, pair := range alike(spellings) {
			problems.Warnf(pair[1].place, "near-duplicate-term", "%q is nearly %q, which other profiles say: write it the same way", pair[1].text, pair[0].text)
		}
	}
}

// nearLength is the least length, in characters, of words that may differ in a letter and be
// meant as the same; shorter ones that do are often two.
const nearLength = 8

// alike pairs the spellings that are the same but for spaces, hyphens and a plural s, or that
// are long and differ in one letter. The more frequent one comes first. Each word is
// compared by what is left when a letter is left out, so that the work grows with the words
// and not with their pairs.
func alike(spellings []spelling) [][2]spelling {
	var pairs [][2]spelling
	paired := map[[2]int]bool{}
	seen := map[string][]int{}
	for i, s := range spellings {
		bare := bareWord(s.text)
		if bare == "" {
			continue
		}
		keys := []string{bare}
		if utf8.RuneCountInString(bare) >= nearLength {
			for at, r := range bare {
				if !unicode.IsDigit(r) {
					keys = append(keys, bare[:at]+"\x00"+bare[at+utf8.RuneLen(r):], bare[:at]+bare[at+utf8.RuneLen(r):])
				}
			}
		}
		for _, key := range keys {
			for _, j := range seen[key] {
				if other := bareWord(spellings[j].text); j == i || paired[[2]int{j, i}] || other != bare && !near(other, bare) {
					continue
				}
				paired[[2]int{j, i}] = true
				pair := [2]spelling{spellings[j], s}
				if s.count > spellings[j].count {
					pair[0], pair[1] = pair[1], pair[0]
				}
				pairs = append(pairs, pair)
			}
			seen[key] = append(seen[key], i)
		}
	}
	return pairs
}

// bareWord is what is compared of a word.
func bareWord(text string) string {
	var b strings.Builder
	for _, r := range fold.Key(text) {
		if unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) || r == '+' || r == '#' {
			b.WriteRune(r)
		}
	}
	bare := b.String()
	if utf8.RuneCountInString(bare) > 3 {
		bare = strings.TrimSuffix(bare, "s")
	}
	return bare
}

// near tells whether two bare words that are long and not equal differ in one letter that was
// left out, added or changed, and in no digit.
func near(a, b string) bool {
	x, y := []rune(a), []rune(b)
	if len(x) > len(y) {
		x, y = y, x
	}
	if len(x) < nearLength || len(y)-len(x) > 1 {
		return false
	}
	i := 0
	for i < len(x) && x[i] == y[i] {
		i++
	}
	if unicode.IsDigit(y[i]) || i < len(x) && unicode.IsDigit(x[i]) {
		return false
	}
	rest := x[i:]
	if len(x) == len(y) {
		rest = x[i+1:]
	}
	return string(rest) == string(y[i+1:])
}
