package photo

import (
	"hash/fnv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/clipperhouse/uax29/v2/graphemes"
	"golang.org/x/text/unicode/norm"
)

// Hues is the number of steps that [Hue] tells apart.
const Hues = 12

// Hue is a colour step from 0 to 11 for the initials of someone without a photo. It
// depends on the id alone, so a person keeps their colour.
func Hue(id string) int {
	h := fnv.New64a()
	h.Write([]byte(id))
	return int(h.Sum64() % Hues)
}

// Initials are the one or two letters shown where a name has no photo: the first
// letter of the first word and of the last ("Ana Díaz Soler" gives "AS"), each a
// whole letter as readers see it (a grapheme cluster, UAX #29), capital where the
// script has capitals.
//
// A name in Han, kana or Hangul gives its first character, which is the family name;
// two initials are not a custom there. Thai and Lao begin with the consonant, even where a vowel is
// written before it. Arabic letters are kept from joining, since joined they would read as a syllable.
// Titles that end with a full stop (Dr.), what follows a comma (PhD) or stands in
// brackets, and signs before a letter (ʻOkina, quotation marks) are passed over.
// A name without any letter or digit gives its first character; "" gives "".
func Initials(name string) string {
	name = norm.NFC.String(strings.TrimSpace(name))
	var letters []string
	for _, word := range nameWords(name) {
		if letter := initial(word); letter != "" {
			letters = append(letters, letter)
		}
	}
	if len(letters) == 0 {
		first, _ := cluster(name)
		return first
	}
	first, last := letters[0], letters[len(letters)-1]
	switch r, _ := utf8.DecodeRuneInString(first); {
	case len(letters) == 1 || unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul):
		return first
	case unicode.In(r, unicode.Arabic, unicode.Syriac, unicode.Nko, unicode.Mongolian, unicode.Adlam):
		const nonJoiner = "\u200C"
		return first + nonJoiner + last
	}
	return first + last
}

// nameWords are the words of a name that its initials may come from.
func nameWords(name string) []string {
	var words []string
	depth := 0
	before, _, _ := strings.Cut(name, ",")
	for _, word := range strings.Fields(before) {
		opened := depth
		for _, r := range word {
			switch {
			case unicode.Is(unicode.Ps, r):
				depth++
			case unicode.Is(unicode.Pe, r):
				depth = max(depth-1, 0)
			}
		}
		bracketed := opened > 0 || unicode.Is(unicode.Ps, firstRune(word))
		title := strings.HasSuffix(word, ".") && utf8.RuneCountInString(word) > 2 && !strings.Contains(strings.TrimSuffix(word, "."), ".")
		if !bracketed && !title {
			words = append(words, word)
		}
	}
	if len(words) == 0 {
		return strings.Fields(name)
	}
	return words
}

func firstRune(s string) rune {
	r, _ := utf8.DecodeRuneInString(s)
	return r
}

// initial is the first letter of a word, "" when it has none.
func initial(word string) string {
	for word != "" {
		letter, rest := cluster(word)
		r := firstRune(letter)
		switch {
		case leadingVowel(r): // written before the consonant that it follows in speech
		case unicode.Is(unicode.Lm, r): // such as the ʻokina, which has no capital
		case unicode.In(r, unicode.Thai, unicode.Lao):
			return string(r) // without the vowel signs above and below
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			return string(unicode.ToTitle(r)) + letter[utf8.RuneLen(r):]
		}
		word = rest
	}
	return ""
}

// leadingVowel tells the vowels of Thai and Lao that stand before their consonant.
func leadingVowel(r rune) bool { return r >= 'เ' && r <= 'ไ' || r >= 'ເ' && r <= 'ໄ' }

// cluster cuts the first grapheme cluster off a text.
func cluster(text string) (first, rest string) {
	clusters := graphemes.FromString(text)
	if !clusters.Next() {
		return "", ""
	}
	first = clusters.Value()
	return first, text[len(first):]
}
