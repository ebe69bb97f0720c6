package schema

import (
	"strings"
	"unicode/utf8"

	"github.com/stoa-portal/stoa/generator/internal/diag"
)

// Locate tells where the bytes of the text at a path stand in the file, by their offset in
// the value. TOML spells some texts otherwise than they are: \n in quotes is a line's
// end, and a \ at the end of a line takes out the spaces after it. found tells whether the
// path itself was found; without it every byte stands at the nearest parent.
func (d *Document) Locate(path string) (place func(offset int) diag.Place, found bool) {
	at, textAt, found := d.find(path)
	switch {
	case !found:
		return func(int) diag.Place { return d.at(at) }, false
	case d.format != formatTOML || textAt == at:
		return func(offset int) diag.Place { return d.at(textAt + offset) }, true
	}
	spelling := newSpelling(d.source, at, textAt)
	return func(offset int) diag.Place { return d.at(spelling.at(offset)) }, true
}

// A spelling maps the bytes of a text to those of its source.
type spelling struct {
	textAt int
	shifts []shift
}

// A shift says that bytes of the text from value on stand as far from the source's
// beginning of the text as those of source.
type shift struct{ value, source int }

// newSpelling reads the string that begins with its quotes at one offset of the source and
// with its characters at another.
func newSpelling(source string, at, textAt int) spelling {
	s := spelling{textAt: textAt}
	if source[at] != '"' {
		return s // a literal string has no escapes
	}
	lines := strings.HasPrefix(source[at:], `"""`)
	text := source[textAt:]
	value := 0
	for i := 0; i < len(text); {
		switch {
		case text[i] != '\\':
			if text[i] == '"' && (!lines || strings.HasPrefix(text[i:], `"""`)) {
				return s
			}
			value++
			i++
			continue
		case i+1 == len(text):
			return s
		}
		size, bytes := 2, 1
		switch c := text[i+1]; c {
		case 'x', 'u', 'U':
			size += map[byte]int{'x': 2, 'u': 4, 'U': 8}[c]
			bytes = encodedLen(text[i+2 : min(i+size, len(text))])
		case ' ', '\t', '\n':
			size, bytes = len(text[i:])-len(strings.TrimLeft(text[i+1:], " \t\n")), 0
		}
		i += size
		value += bytes
		s.shifts = append(s.shifts, shift{value, i})
	}
	return s
}

// encodedLen is the length in UTF-8 of the character of that hexadecimal number.
func encodedLen(digits string) int {
	r := rune(0)
	for _, c := range []byte(strings.ToLower(digits)) {
		if i := strings.IndexByte("0123456789abcdef", c); i >= 0 && r < 1<<24 {
			r = r<<4 + rune(i)
		}
	}
	return max(utf8.RuneLen(r), 1)
}

func (s spelling) at(offset int) int {
	last := shift{}
	for _, next := range s.shifts {
		if next.value > offset {
			// Inside what an escape stands for: where the escape begins.
			break
		}
		last = next
	}
	return s.textAt + last.source + offset - last.value
}
