package search

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"
)

// A neighbour is a word near to one that was written.
type neighbour struct {
	form      string
	distance  int // in faults; more than the limit when only the endings differ
	frequency int
	begins    bool // with the same letter
}

// nearest is the words nearest to a word, the likeliest first: one fault away from four letters
// on, two from nine; then those that differ in their endings.
func (o *Opened) nearest(word string, most int) ([]neighbour, error) {
	letters := []rune(word)
	limit := 0
	switch {
	case len(letters) >= 9:
		limit = 2
	case len(letters) >= shortestSpelt:
		limit = 1
	default:
		return nil, nil
	}
	known := map[string]bool{word: true}
	var found []neighbour
	for _, letter := range []string{"s", "z"} {
		text := word
		if letter == "z" {
			text = reversed(word)
		}
		i, err := o.find(letter, beginning(text))
		if err != nil {
			return nil, err
		}
		if i < 0 {
			continue
		}
		data, err := o.file(letter, i)
		if err != nil {
			return nil, err
		}
		u := unpacker{bytes: data}
		last := ""
		for u.at < len(u.bytes) && u.err == nil {
			last = u.sharing(last)
			form, frequency := last, u.number()
			if letter == "z" {
				form = reversed(last)
			}
			if known[form] {
				continue
			}
			known[form] = true
			n := distance(letters, []rune(form), limit)
			if n > limit {
				n += ending(letters, []rune(form))
			}
			if n <= limit+mostEnding+1 {
				a, _ := utf8.DecodeRuneInString(form)
				found = append(found, neighbour{form, n, frequency, a == letters[0]})
			}
		}
		if u.err != nil {
			return nil, u.err
		}
	}
	slices.SortFunc(found, func(a, b neighbour) int {
		begins := 0
		if a.begins != b.begins {
			begins = 1
			if a.begins {
				begins = -1
			}
		}
		return cmp.Or(cmp.Compare(a.distance, b.distance), begins, cmp.Compare(b.frequency, a.frequency), strings.Compare(a.form, b.form))
	})
	return found[:min(len(found), most)], nil
}

// Nearest is the known words nearest to one, the likeliest first.
func (o *Opened) Nearest(word string, most int) ([]string, error) {
	tokens := Tokens(word)
	if len(tokens) == 0 {
		return nil, nil
	}
	near, err := o.nearest(tokens[0], most)
	words := make([]string, len(near))
	for i, n := range near {
		words[i] = n.form
	}
	return words, err
}

// mostEnding is how many letters an ending may have in which two words of a family differ.
const mostEnding = 3

// ending is how many letters at the end of a word are to be replaced by some of another one, at least
// four letters being the same before them; more than mostEnding is mostEnding + 1. So a word is
// near to those it is another form of (studying, study), though behind all that are misspelt by a letter.
func ending(a, b []rune) int {
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	if n < 4 || len(a)-n > mostEnding || len(b)-n > mostEnding {
		return mostEnding + 1
	}
	return max(len(a)-n, 1)
}

// distance is how many insertions, deletions, replacements and swaps of neighbours make one word
// another (optimal string alignment); more than limit is limit + 1.
func distance(a, b []rune, limit int) int {
	if len(a)-len(b) > limit || len(b)-len(a) > limit {
		return limit + 1
	}
	before, last, row := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range last {
		last[j] = j
	}
	for i := 1; i <= len(a); i++ {
		row[0] = i
		least := i
		for j := 1; j <= len(b); j++ {
			replaced := last[j-1]
			if a[i-1] != b[j-1] {
				replaced++
			}
			row[j] = min(last[j]+1, row[j-1]+1, replaced)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
			least = min(least, row[j])
		}
		if least > limit {
			return limit + 1
		}
		before, last, row = last, row, before
	}
	return last[len(b)]
}
