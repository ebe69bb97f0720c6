package main

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/stoa-portal/stoa/generator/internal/portal"
	"github.com/stoa-portal/stoa/generator/internal/search"
)

// misspelt makes one random edit in a word: a letter more, less, another one, or two swapped.
func misspelt(r *rand.Rand, word string) string {
	letters := []rune(word)
	at := r.IntN(len(letters))
	letter := rune('a' + r.IntN(26))
	switch r.IntN(4) {
	case 0:
		letters = slices.Insert(letters, at, letter)
	case 1:
		letters = slices.Delete(letters, at, at+1)
	case 2:
		letters[at] = letter
	default:
		at = min(at, len(letters)-2)
		letters[at], letters[at+1] = letters[at+1], letters[at]
	}
	if out := string(letters); out != word {
		return out
	}
	return misspelt(r, word)
}

// typos is how often the right word is among the ten nearest to one that is misspelt.
func (s *site) typos() (string, error) {
	o, err := s.open()
	if err != nil {
		return "", err
	}
	known := map[string]bool{}
	var words []string
	for _, m := range s.portal.Listed {
		for _, word := range search.Tokens(m.Value.Name + " " + m.Value.Headline + " " + string(m.Value.Bio)) {
			if n := utf8.RuneCountInString(word); n >= 5 && n == len(word) && !known[word] && word[0] >= 'a' {
				known[word] = true
				words = append(words, word)
			}
		}
	}
	slices.Sort(words)
	r := rand.New(rand.NewPCG(3, 3))
	right, asked := 0, 0
	for asked < 400 {
		word := words[r.IntN(len(words))]
		wrong := misspelt(r, word)
		if known[wrong] {
			continue // it is a word, too
		}
		asked++
		near, err := o.Nearest(wrong, 10)
		if err != nil {
			return "", err
		}
		if slices.Contains(near, word) {
			right++
		}
	}
	return fmt.Sprintf("%.1f %%", float64(right)/4), nil
}

// knownItems looks for certain mentors in five ways, and tells how often one of the first three
// hits is who was meant, or somebody who cannot be told apart by the query.
func (s *site) knownItems() (string, error) {
	o, err := s.open()
	if err != nil {
		return "", err
	}
	r := rand.New(rand.NewPCG(4, 4))
	ways := []struct {
		name string
		ask  func(m *portal.Mentor) (query string, right func(*portal.Mentor) bool)
	}{
		{"name with a typo", func(m *portal.Mentor) (string, func(*portal.Mentor) bool) {
			words := strings.Fields(m.Value.Name)
			long := slices.IndexFunc(words, func(w string) bool { return len(w) >= 5 && len(w) == utf8.RuneCountInString(w) })
			if long < 0 || len(words) < 2 {
				return "", nil
			}
			words[long] = misspelt(r, words[long])
			return strings.Join(words, " "), sameName(m)
		}},
		{"name and department", func(m *portal.Mentor) (string, func(*portal.Mentor) bool) {
			department := search.Tokens(m.Value.Department)
			if len(department) == 0 {
				return "", nil
			}
			return m.Value.Name + " " + department[len(department)-1], func(other *portal.Mentor) bool {
				return other.Value.Name == m.Value.Name && other.Value.Department == m.Value.Department
			}
		}},
		{"skill by alias", func(m *portal.Mentor) (string, func(*portal.Mentor) bool) {
			skill := s.term(r, m, "skills")
			if skill == nil || len(skill.Words("en").Aliases) == 0 {
				return "", nil
			}
			return skill.Words("en").Aliases[0], func(other *portal.Mentor) bool { return other.Has(skill) }
		}},
		{"inflected word", func(m *portal.Mentor) (string, func(*portal.Mentor) bool) {
			words := search.Tokens(m.Value.Headline)
			word := words[r.IntN(len(words))]
			if len(word) < 5 || strings.HasSuffix(word, "s") {
				return "", nil
			}
			return word + "s", func(other *portal.Mentor) bool {
				return strings.Contains(strings.ToLower(other.Value.Headline+" "+string(other.Value.Bio)), word[:len(word)-1])
			}
		}},
		{"another script", func(m *portal.Mentor) (string, func(*portal.Mentor) bool) {
			family, given, ok := strings.Cut(m.Value.SortName, ", ")
			if !ok || m.Value.NameLocal == "" && m.Value.Name == given+" "+family {
				return "", nil
			}
			return given + " " + family, func(other *portal.Mentor) bool { return other.Value.SortName == m.Value.SortName }
		}},
	}
	byID := map[string]*portal.Mentor{}
	for _, m := range s.portal.Listed {
		byID[m.ID] = m
	}
	var parts []string
	right, asked := 0, 0
	for _, way := range ways {
		of, ok := 0, 0
		for range 4000 {
			if of == 100 {
				break
			}
			q, meant := way.ask(s.portal.Listed[r.IntN(len(s.portal.Listed))])
			if q == "" {
				continue
			}
			of++
			result, err := o.Search(search.Query{Q: q, Count: 3})
			if err != nil {
				return "", err
			}
			if slices.ContainsFunc(result.Hits, func(h search.Hit) bool { m := byID[h.ID()]; return m != nil && meant(m) }) {
				ok++
			}
		}
		parts = append(parts, fmt.Sprintf("%s %d of %d", way.name, ok, of))
		right, asked = right+ok, asked+of
	}
	return fmt.Sprintf("%.1f %% (%s)", 100*float64(right)/float64(max(asked, 1)), strings.Join(parts, ", ")), nil
}

func sameName(m *portal.Mentor) func(*portal.Mentor) bool {
	return func(other *portal.Mentor) bool { return other.Value.Name == m.Value.Name }
}
