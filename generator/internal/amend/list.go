package amend

import (
	"reflect"
	"strings"
)

// A step is a part of the way from one list to another. Its at counts entries of the list as it is when
// the steps before it were taken.
type step struct {
	keep, remove bool // else: add value
	from         int  // index in the old list
	at           int
	value        any
}

// diff is the way from one list to another that keeps a longest common subsequence.
func diff(old, list []any) []step {
	n, m := len(old), len(list)
	length := make([][]int, n+1)
	for i := range length {
		length[i] = make([]int, m+1)
	}
	for i := n - 1; i >= 0; i-- {
		for j := m - 1; j >= 0; j-- {
			if reflect.DeepEqual(old[i], list[j]) {
				length[i][j] = length[i+1][j+1] + 1
			} else {
				length[i][j] = max(length[i+1][j], length[i][j+1])
			}
		}
	}
	var steps []step
	for i, j, at := 0, 0, 0; i < n || j < m; {
		switch {
		case i < n && j < m && reflect.DeepEqual(old[i], list[j]):
			steps = append(steps, step{keep: true, from: i, at: at})
			i, j, at = i+1, j+1, at+1
		case i < n && (j == m || length[i+1][j] >= length[i][j+1]):
			steps = append(steps, step{remove: true, from: i, at: at})
			i++
		default:
			steps = append(steps, step{at: at, value: list[j]})
			j, at = j+1, at+1
		}
	}
	return steps
}

// list writes a list over the one at a span, entry by entry, so that its lines and comments
// stay.
func (d *document) list(at span, list []any, path []string, order Order) string {
	text := d.text[at.from:at.to]
	values, err := decode("x = " + text)
	if err != nil {
		return write(list, path, order)
	}
	old, _ := values["x"].([]any)
	if !strings.ContainsAny(text, "\n#") || len(old) == 0 && len(commentSpans(text)) == 0 {
		return write(list, path, order)
	}
	for _, c := range diff(old, list) {
		spans := elements(text, 0)
		switch {
		case c.keep:
		case c.remove:
			text = withoutElement(text, spans[c.at])
		case c.at > 0:
			text = insertAfter(text, spans[c.at-1], writeInline(c.value, path, order))
		case len(spans) > 0:
			written := writeInline(c.value, path, order) + ","
			first := spans[0].from
			if before := text[lineStart(text, first):first]; strings.TrimSpace(before) == "" && lineStart(text, first) > 0 {
				written += "\n" + before
			} else {
				written += " "
			}
			text = text[:first] + written + text[first:]
		default: // nothing but comments is left
			text = text[:len(text)-1] + writeInline(c.value, path, order) + ",\n]"
		}
	}
	return text
}

// insertAfter adds an entry behind another, on a line of its own if that stands on one.
func insertAfter(text string, s span, written string) string {
	begin := lineStart(text, s.from)
	indent := text[begin:s.from]
	if strings.TrimSpace(indent) != "" || begin == 0 {
		return text[:s.to] + ", " + written + text[s.to:]
	}
	// Behind the comma and what else stands on the line.
	rest := text[s.to:]
	comma := s.to
	if strings.HasPrefix(strings.TrimLeft(rest, " \t"), ",") {
		comma += strings.IndexByte(rest, ',') + 1
	} else {
		text = text[:s.to] + "," + text[s.to:]
		comma++
	}
	end := comma
	after := strings.TrimLeft(text[comma:], " \t")
	if strings.HasPrefix(after, "#") {
		end = commentEnd(text, comma)
	} else if !strings.HasPrefix(after, "\n") && !strings.HasPrefix(after, "]") {
		return text[:comma] + " " + written + "," + text[comma:] // others follow on its line
	}
	if strings.HasPrefix(strings.TrimLeft(text[end:], " \t"), "]") {
		return text[:end] + "\n" + indent + written + ",\n" + strings.TrimLeft(text[end:], " \t")
	}
	return text[:end] + "\n" + indent + written + "," + text[end:]
}

// withoutElement takes an entry out, with its comma, and its line when nothing else is on it.
func withoutElement(text string, s span) string {
	from, to := s.from, s.to
	rest := text[to:]
	trimmed := strings.TrimLeft(rest, " \t\n")
	if strings.HasPrefix(trimmed, ",") {
		to += len(rest) - len(trimmed) + 1
	} else if next := nextComma(text, to); next >= 0 { // a comment stands between
		text = text[:next] + text[next+1:]
	}
	if begin := lineStart(text, from); begin > 0 && strings.TrimSpace(text[begin:from]) == "" {
		if end := lineEnd(text, to); strings.TrimSpace(text[to:end]) == "" && end <= len(text) && strings.HasSuffix(text[:end], "\n") {
			return text[:begin] + text[end:]
		}
	}
	for to < len(text) && (text[to] == ' ' || text[to] == '\t') {
		to++
	}
	return text[:from] + text[to:]
}

// nextComma finds the comma after an entry, past comments, or -1.
func nextComma(text string, at int) int {
	for at < len(text) {
		switch text[at] {
		case ',':
			return at
		case '#':
			at = commentEnd(text, at)
		case ' ', '\t', '\n':
			at++
		default:
			return -1
		}
	}
	return -1
}
