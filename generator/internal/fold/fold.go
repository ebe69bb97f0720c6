// Package fold makes words comparable that people write differently: case, accents
// and width. "Zürich", "ZURICH" and "zu\u0308rich" fold to one key; so do "Łukasz" and
// "lukasz". Search, vocabularies and slugs all use this one rule, and the browser's
// search has its twin.
//
// The rule: Unicode NFKD, lower case, combining marks stripped where they follow a
// Latin, Greek or Cyrillic letter (in other scripts a mark is part of the word), and
// the letters that do not decompose written out: ł ø đ ð þ ß æ œ ı.
package fold

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"github.com/stoa-portal/stoa/generator/internal/digest"
)

var written = map[rune]string{
	'ł': "l", 'ø': "o", 'đ': "d", 'ð': "d", 'þ': "th", 'ß': "ss", 'æ': "ae", 'œ': "oe", 'ı': "i", 'ς': "σ",
}

// Key folds a text for comparison. Runs of white space become one space, and those at
// the ends go.
func Key(text string) string {
	if plain(text) {
		return text
	}
	var b strings.Builder
	b.Grow(len(text))
	strip, space := false, false
	for _, r := range norm.NFKD.String(text) {
		r = unicode.ToLower(r)
		switch {
		case unicode.Is(unicode.Mn, r):
			if strip {
				continue
			}
		case unicode.IsSpace(r):
			space = b.Len() > 0
			continue
		default:
			strip = unicode.In(r, unicode.Latin, unicode.Greek, unicode.Cyrillic)
		}
		if space {
			b.WriteByte(' ')
			space = false
		}
		if w, ok := written[r]; ok {
			b.WriteString(w)
		} else {
			b.WriteRune(r)
		}
	}
	return norm.NFC.String(b.String())
}

// plain tells whether folding would change nothing: lower-case ASCII words, one space
// between them.
func plain(text string) bool {
	space := true
	for i := range len(text) {
		c := text[i]
		switch {
		case c == ' ':
			if space {
				return false
			}
			space = true
			continue
		case c <= ' ' || c > '~' || 'A' <= c && c <= 'Z':
			return false
		}
		space = false
	}
	return !space || text == ""
}

// maxSlug is the longest slug in bytes; file systems take names of 255.
const maxSlug = 80

// Slug makes a text fit for an address: folded, letters and digits of any script
// kept, everything else one hyphen. Plus and sharp signs are spelt out, so that C,
// C++ and C# stay apart. A text without any letter or digit becomes a short digest.
func Slug(text string) string {
	var b strings.Builder
	hyphen := false
	word := func(s string) {
		if hyphen && b.Len() > 0 {
			b.WriteByte('-')
		}
		hyphen = false
		b.WriteString(s)
	}
	for _, r := range Key(text) {
		switch {
		case unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r):
			word(string(r))
		case r == '+':
			hyphen = true
			word("plus")
			hyphen = true
		case r == '#':
			hyphen = true
			word("sharp")
			hyphen = true
		default:
			hyphen = true
		}
	}
	slug := b.String()
	for len(slug) > maxSlug {
		_, size := utf8.DecodeLastRuneInString(slug)
		slug = slug[:len(slug)-size]
	}
	if slug = strings.Trim(slug, "-"); slug == "" {
		return digest.Bytes([]byte(text)).String()[:8]
	}
	return slug
}

// Slugs gives each of the texts, which are distinct, a slug of its own: the first in
// order of bytes keeps a slug that several would have, the others get a digest
// behind it.
func Slugs(sorted []string) map[string]string {
	slugs, taken := make(map[string]string, len(sorted)), make(map[string]bool, len(sorted))
	for _, text := range sorted {
		slug := Slug(text)
		if taken[slug] {
			slug += "-" + digest.Bytes([]byte(text)).String()[:6]
		}
		taken[slug] = true
		slugs[text] = slug
	}
	return slugs
}
