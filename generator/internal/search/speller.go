package search

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// What the speller knows: words that are long enough to be misspelt.
const (
	shortestSpelt = 4    // characters
	spellerSize   = 7000 // of a shard, before it is compressed
)

// spellerShards lists words with how frequent they are, in order, or in that of their ends.
// Words that begin (end) with the same two characters are in one shard: a word with one fault
// has its beginning or its end right.
func spellerShards(list []family, backwards bool) []shard {
	type word struct {
		text      string
		frequency int
	}
	var words []word
	for _, f := range list {
		having := len(f.posts)
		if f.common {
			having = 1 << 20
		}
		for _, form := range f.forms {
			if isSpelt(form) {
				if backwards {
					form = reversed(form)
				}
				words = append(words, word{form, frequency(having)})
			}
		}
	}
	slices.SortFunc(words, func(a, b word) int { return strings.Compare(a.text, b.text) })
	var groups []int // where other beginnings begin
	for i, w := range words {
		if i == 0 || beginning(w.text) != beginning(words[i-1].text) {
			groups = append(groups, i)
		}
	}
	size := func(i int) int { return 5 * (next(groups, i, len(words)) - groups[i]) }
	key := func(i int) string { return beginning(words[groups[i]].text) }
	var shards []shard
	cuts := cutList(len(groups), 5*len(words), spellerSize, size, key)
	for i, at := range cuts {
		s := shard{}
		if at >= len(groups) {
			break
		}
		if i > 0 {
			s.key = key(at)
		}
		end := len(words)
		if to := next(cuts, i, len(groups)); to < len(groups) {
			end = groups[to]
		}
		part := words[groups[at]:end]
		s.data = func() []byte {
			var p packer
			last := ""
			for _, w := range part {
				p.sharing(w.text, last)
				p.number(w.frequency)
				last = w.text
			}
			return p.bytes
		}
		shards = append(shards, s)
	}
	return shards
}

// frequency is a number that grows with the magnitude of how many documents have a word, so
// that it seldom changes.
func frequency(having int) int {
	n := 0
	for ; having > 0; having >>= 2 {
		n++
	}
	return n
}

// isSpelt tells whether a word can be misspelt: letters only, of a script that has them.
func isSpelt(word string) bool {
	for _, r := range word {
		if !unicode.IsLetter(r) && !unicode.IsMark(r) || isDense(r) {
			return false
		}
	}
	return utf8.RuneCountInString(word) >= shortestSpelt
}

// beginning is the first two characters.
func beginning(word string) string {
	n := 0
	for i := range word {
		if n++; n == 3 {
			return word[:i]
		}
	}
	return word
}

func reversed(word string) string {
	runes := []rune(word)
	slices.Reverse(runes)
	return string(runes)
}
