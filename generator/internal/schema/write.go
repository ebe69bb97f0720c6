package schema

import (
	"fmt"
	"strconv"
	"strings"
)

// toml writes a table without what has a fault, for the decoder: a key on each line.
func (n *node) toml() string {
	var b strings.Builder
	for c := range n.sound {
		writeText(&b, c.key)
		b.WriteString(" = ")
		c.write(&b)
		b.WriteByte('\n')
	}
	return b.String()
}

// write writes a value. Numbers of YAML are written as TOML writes them; times, which
// no field takes, as the text they are kept as.
func (n *node) write(b *strings.Builder) {
	switch n.kind {
	case kindTable:
		b.WriteByte('{')
		comma := ""
		for c := range n.sound {
			b.WriteString(comma)
			writeText(b, c.key)
			b.WriteString(" = ")
			c.write(b)
			comma = ", "
		}
		b.WriteByte('}')
	case kindList:
		b.WriteByte('[')
		for c := range n.sound {
			c.write(b)
			b.WriteString(", ")
		}
		b.WriteByte(']')
	case kindText, kindTime:
		writeText(b, n.text)
	case kindWhole:
		whole, _, _ := n.number()
		b.WriteString(strconv.FormatInt(whole, 10))
	case kindNumber:
		_, number, _ := n.number()
		b.WriteString(strconv.FormatFloat(number, 'e', -1, 64))
	default:
		b.WriteString(n.text)
	}
}

func writeText(b *strings.Builder, text string) {
	b.WriteByte('"')
	for _, r := range text {
		if r < ' ' || r == '"' || r == '\\' || r == 0x7F {
			fmt.Fprintf(b, `\u%04X`, r)
		} else {
			b.WriteRune(r)
		}
	}
	b.WriteByte('"')
}

// number is the value of a whole number, or of one that is not.
func (n *node) number() (whole int64, number float64, err error) {
	digits := strings.ReplaceAll(n.text, "_", "")
	if n.kind == kindWhole {
		whole, err = strconv.ParseInt(digits, 0, 64)
	} else {
		number, err = strconv.ParseFloat(digits, 64)
	}
	return whole, number, err
}
