package search

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/stoa-portal/stoa/generator/internal/fold"
)

// maxToken is the longest word in code points; the rest of a longer one is left off.
const maxToken = 40

// dense are the scripts that are written without spaces. Their twin is in engine.js.
var dense = []*unicode.RangeTable{
	unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar,
}

func isDense(r rune) bool { return r >= 0x0E00 && (r == 'ー' || unicode.In(r, dense...)) }

func isWord(r rune) bool {
	if r < utf8.RuneSelf {
		return 'a' <= r && r <= 'z' || '0' <= r && r <= '9' || 'A' <= r && r <= 'Z'
	}
	return unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.IsMark(r)
}

func isApostrophe(r rune) bool {
	return r == '\'' || r == '‘' || r == '’' || r == 'ʻ' || r == 'ʼ'
}

// Tokens divides a text into folded words: runs of letters, marks and digits, with the plus
// and sharp signs behind them (C++, C#). An apostrophe joins what stands before it to one or
// two letters (mentor's, don't), and divides what it stands between otherwise
// (l'avenir, O'Brien, not Hawaiʻi). Scripts without spaces give every two neighbouring characters, and a
// character that stands alone.
func Tokens(text string) []string {
	var tokens []string
	eachToken(fold.Key(text), func(token string) { tokens = append(tokens, token) })
	return tokens
}

// eachToken divides a folded text.
func eachToken(text string, yield func(string)) {
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRuneInString(text[i:])
		if !isWord(r) || isApostrophe(r) {
			i += size
			continue
		}
		end, joined := wordEnd(text, i), ""
		word := text[i:end]
		i = end
		// What an apostrophe joins. A word of one script's own kind is divided below.
		if r, size := utf8.DecodeRuneInString(text[i:]); isApostrophe(r) {
			if next := wordEnd(text, i+size); next > i+size && utf8.RuneCountInString(text[i+size:next]) <= 2 {
				joined = text[i+size : next]
				word, i = word+joined, next
			}
		}
		signs := i
		for i < len(text) && (text[i] == '+' || text[i] == '#') {
			i++
		}
		divide(word, text[signs:i], yield)
	}
}

func wordEnd(text string, from int) int {
	for i, r := range text[from:] {
		if !isWord(r) || isApostrophe(r) {
			return from + i
		}
	}
	return len(text)
}

// divide yields a word, or the parts of one that has characters of dense scripts.
func divide(word, signs string, yield func(string)) {
	start := 0
	inDense := false
	part := func(end int) {
		run := word[start:end]
		switch {
		case run == "":
		case !inDense:
			if end == len(word) {
				run += signs
			}
			yield(cut(run))
		default:
			pairs(run, yield)
		}
		start = end
	}
	for i, r := range word {
		if isDense(r) != inDense {
			part(i)
			inDense = !inDense
		}
	}
	part(len(word))
}

func pairs(run string, yield func(string)) {
	_, first := utf8.DecodeRuneInString(run)
	if first == len(run) {
		yield(run)
		return
	}
	for i := 0; ; {
		_, a := utf8.DecodeRuneInString(run[i:])
		_, b := utf8.DecodeRuneInString(run[i+a:])
		if b == 0 {
			return
		}
		yield(run[i : i+a+b])
		i += a
	}
}

func cut(token string) string {
	if len(token) <= maxToken {
		return token
	}
	n := 0
	for i := range token {
		if n == maxToken {
			return strings.Clone(token[:i])
		}
		n++
	}
	return token
}
