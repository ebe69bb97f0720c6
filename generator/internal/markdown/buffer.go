package markdown

import (
	"unicode/utf8"

	"github.com/yuin/goldmark/util"
)

// A buffer gathers HTML. It has the methods that goldmark's text writer asks for.
type buffer struct{ b []byte }

func (o *buffer) Write(p []byte) (int, error) {
	o.b = append(o.b, p...)
	return len(p), nil
}

func (o *buffer) WriteByte(c byte) error {
	o.b = append(o.b, c)
	return nil
}

func (o *buffer) WriteRune(r rune) (int, error) {
	o.b = utf8.AppendRune(o.b, r)
	return utf8.RuneLen(r), nil
}

func (o *buffer) WriteString(s string) (int, error) {
	o.b = append(o.b, s...)
	return len(s), nil
}

func (o *buffer) Available() int { return cap(o.b) - len(o.b) }
func (o *buffer) Buffered() int  { return len(o.b) }
func (o *buffer) Flush() error   { return nil }

// string writes markup of our own.
func (o *buffer) string(s string) { o.b = append(o.b, s...) }

func (o *buffer) strings(parts ...string) {
	for _, s := range parts {
		o.b = append(o.b, s...)
	}
}

// escaped writes a text, or the value of an attribute between double quotes.
func (o *buffer) escaped(s string) { o.b = appendEscaped(o.b, s) }

// url writes an address as the value of an attribute between double quotes.
func (o *buffer) url(s string) {
	o.b = appendEscaped(o.b, string(util.URLEscape([]byte(s), false)))
}

func appendEscaped[T string | []byte](dst []byte, s T) []byte {
	from := 0
	for i := range len(s) {
		var entity string
		switch s[i] {
		case '&':
			entity = "&amp;"
		case '<':
			entity = "&lt;"
		case '>':
			entity = "&gt;"
		case '"':
			entity = "&quot;"
		case 0:
			entity = "\uFFFD"
		default:
			continue
		}
		dst = append(append(dst, s[from:i]...), entity...)
		from = i + 1
	}
	return append(dst, s[from:]...)
}
