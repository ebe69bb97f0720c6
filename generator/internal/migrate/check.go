package migrate

import (
	"strings"

	"github.com/stoa-portal/stoa/generator/internal/diag"
	"github.com/stoa-portal/stoa/generator/internal/markdown"
)

// refused reads a text as the site will, and takes out what is still an error there: nobody
// shall have to mend a file before the portal can be built.
func (m *mover) refused(t *text, lines []line) []line {
	for range 8 {
		document := markdown.Parse(markdown.Source{File: t.target, Text: join(lines)}, markdown.Options{})
		mended := false
		for _, p := range document.Problems() {
			if p.Severity != diag.Error || p.Line < 1 || p.Line > len(lines) {
				continue
			}
			if p.Rule == "too-large" {
				m.note(t, lines[p.Line-1], p.Rule, "%s", p.Message)
				continue
			}
			l := &lines[p.Line-1]
			if strings.Contains(l.text, "<!-- not carried") && strings.HasPrefix(strings.TrimLeft(l.text, " >"), "<!--") {
				continue // done in this round
			}
			m.note(t, *l, "not-carried", "%s", p.Message)
			prefix := leadIn.FindString(l.text)
			l.text, l.code, mended = prefix+comment(l.text[len(prefix):]), true, true
		}
		if !mended {
			break
		}
	}
	return lines
}
