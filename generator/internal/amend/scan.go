package amend

import (
	"strings"

	"github.com/pelletier/go-toml/v2/unstable"
)

// A span is a part of the text.
type span struct{ from, to int }

// A document is a text with the places of its keys and values.
type document struct {
	text     string
	sections []*section
}

// A section is what follows a header, up to the next one; the first has no header.
type section struct {
	path   []string
	array  bool // [[path]]
	from   int  // where the header's line begins
	header int  // where the header's line ends
	items  []item
}

// An item is a key with its value.
type item struct {
	path  []string // of its section or inline table
	keyAt int
	value span
}

// end is where a section's last key or header ends, its line included.
func (d *document) end(s *section) int {
	if len(s.items) == 0 {
		return s.header
	}
	return lineEnd(d.text, s.items[len(s.items)-1].value.to)
}

// parse finds the keys of a text that is TOML.
func parse(text string) (*document, error) {
	d := &document{text: text}
	current := &section{}
	d.sections = append(d.sections, current)
	var parser unstable.Parser
	parser.Reset([]byte(text))
	for parser.NextExpression() {
		expression := parser.Expression()
		var path []string
		at, last := -1, 0
		for it := expression.Key(); it.Next(); {
			key := it.Node()
			if at < 0 {
				at = int(key.Raw.Offset)
			}
			last = int(key.Raw.Offset + key.Raw.Length)
			path = append(path, string(key.Data))
		}
		switch expression.Kind {
		case unstable.KeyValue:
			from := afterEquals(text, last)
			current.items = append(current.items, item{path, at, span{from, valueEnd(text, from)}})
		case unstable.Table, unstable.ArrayTable:
			current = &section{path: path, array: expression.Kind == unstable.ArrayTable, from: lineStart(text, at), header: lineEnd(text, last)}
			d.sections = append(d.sections, current)
		}
	}
	return d, parser.Error()
}

func lineStart(text string, at int) int { return strings.LastIndexByte(text[:at], '\n') + 1 }

// lineEnd is where the line ends that holds an offset, its newline included.
func lineEnd(text string, at int) int {
	if newline := strings.IndexByte(text[at:], '\n'); newline >= 0 {
		return at + newline + 1
	}
	return len(text)
}

func afterEquals(text string, at int) int {
	for at < len(text) && (text[at] == ' ' || text[at] == '\t' || text[at] == '=') {
		at++
	}
	return at
}

// valueEnd is where the value ends that begins at an offset.
func valueEnd(text string, at int) int {
	switch {
	case at >= len(text):
		return at
	case text[at] == '"' || text[at] == '\'':
		return stringEnd(text, at)
	case text[at] == '[' || text[at] == '{':
		depth := 0
		for at < len(text) {
			switch text[at] {
			case '[', '{':
				depth++
			case ']', '}':
				if depth--; depth == 0 {
					return at + 1
				}
			case '"', '\'':
				at = stringEnd(text, at)
				continue
			case '#':
				at = commentEnd(text, at)
				continue
			}
			at++
		}
		return at
	}
	end := at
	for end < len(text) && !strings.ContainsRune(",]}#\n", rune(text[end])) {
		end++
	}
	return at + len(strings.TrimRight(text[at:end], " \t"))
}

func stringEnd(text string, at int) int {
	quote := text[at]
	if three := strings.Repeat(string(quote), 3); strings.HasPrefix(text[at:], three) {
		for i := at + 3; i < len(text); i++ {
			if text[i] == '\\' && quote == '"' {
				i++
			} else if strings.HasPrefix(text[i:], three) {
				i += 3
				for i < len(text) && text[i] == quote { // up to two quotation marks may stand before the end
					i++
				}
				return i
			}
		}
		return len(text)
	}
	for i := at + 1; i < len(text); i++ {
		if text[i] == '\\' && quote == '"' {
			i++
		} else if text[i] == quote {
			return i + 1
		}
	}
	return len(text)
}

func commentEnd(text string, at int) int {
	if newline := strings.IndexByte(text[at:], '\n'); newline >= 0 {
		return at + newline
	}
	return len(text)
}

// commentSpans finds the comments of a text that is TOML, from # to the end of the line.
func commentSpans(text string) []span {
	var spans []span
	for at := 0; at < len(text); {
		switch text[at] {
		case '#':
			end := commentEnd(text, at)
			spans = append(spans, span{at, end})
			at = end
		case '"', '\'':
			at = stringEnd(text, at)
		default:
			at++
		}
	}
	return spans
}

// elements finds the entries of the list that begins at an offset.
func elements(text string, at int) []span {
	var spans []span
	for at++; at < len(text); {
		switch c := text[at]; {
		case c == ']':
			return spans
		case c == '#':
			at = commentEnd(text, at)
		case strings.IndexByte(" \t\n,", c) >= 0:
			at++
		default:
			end := valueEnd(text, at)
			spans = append(spans, span{at, end})
			at = max(end, at+1)
		}
	}
	return spans
}

// inline finds the keys of the inline table that begins at an offset.
func inline(text string, at int) []item {
	var items []item
	for at++; at < len(text); {
		switch c := text[at]; {
		case c == '}':
			return items
		case c == '#':
			at = commentEnd(text, at)
		case strings.IndexByte(" \t\n,", c) >= 0:
			at++
		default:
			keyAt := at
			var path []string
			for at < len(text) && text[at] != '=' {
				switch text[at] {
				case ' ', '\t', '.':
					at++
				case '"', '\'':
					end := stringEnd(text, at)
					path = append(path, unquote(text[at:end]))
					at = end
				default:
					end := at
					for end < len(text) && strings.IndexByte(" \t.=", text[end]) < 0 {
						end++
					}
					path = append(path, text[at:end])
					at = end
				}
			}
			from := afterEquals(text, at)
			end := valueEnd(text, from)
			items = append(items, item{path, keyAt, span{from, end}})
			at = max(end, keyAt+1)
		}
	}
	return items
}

// unquote reads a quoted key.
func unquote(quoted string) string {
	values, err := decode("x = " + quoted)
	if err != nil {
		return quoted
	}
	text, _ := values["x"].(string)
	return text
}
