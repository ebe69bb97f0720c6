package markdown

import (
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// An idMaker gives headings their ids, each once in a document.
type idMaker struct {
	prefix string
	used   map[string]int // id without prefix → how often it was asked for
}

func (m *idMaker) begin(prefix string, reserved []string) {
	m.prefix = prefix
	clear(m.used)
	if m.used == nil {
		m.used = map[string]int{}
	}
	for _, id := range reserved {
		m.used[strings.TrimPrefix(id, prefix)] = 0
	}
}

// id makes a heading's id as GitHub does (github-slugger), so that links work in both
// places: the second "Goals" is goals-1.
func (m *idMaker) id(heading string) string {
	base := Anchor(heading)
	id := base
	for n, taken := m.used[base]; taken; _, taken = m.used[id] {
		n++
		m.used[base] = n
		id = base + "-" + strconv.Itoa(n)
	}
	m.used[id] = 0
	return m.prefix + id
}

// Anchor is the id that a heading of these words gets: lower case, letters of any
// script with their marks, digits, "_" and "-" kept, spaces turned into "-", and
// composed (NFC), since an accent may be typed in two ways. Words of which nothing
// remains give "section".
func Anchor(heading string) string {
	var b strings.Builder
	for _, r := range norm.NFC.String(strings.TrimSpace(heading)) {
		switch {
		case unicode.IsSpace(r):
			b.WriteByte('-')
		case r == '-' || r == '_' || unicode.IsLetter(r) || unicode.IsMark(r) || unicode.IsNumber(r):
			b.WriteRune(unicode.ToLower(r))
		}
	}
	if strings.Trim(b.String(), "-_") == "" {
		return "section"
	}
	return norm.NFC.String(b.String())
}
