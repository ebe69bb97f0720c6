package migrate

import (
	"cmp"
	"path"
	"strings"

	"github.com/stoa-portal/stoa/generator/internal/markdown"
)

// convert makes the file that a text becomes.
func (m *mover) convert(t *text) {
	b := &blocks{mover: m, text: t}
	lines := b.convert(mark(t.body))
	w := newRewriter(m, t, lines)
	w.run()
	body := m.refused(t, tidied(w.result()))
	document := markdown.Parse(markdown.Source{File: t.target, Text: join(body)}, markdown.Options{})
	t.anchors, t.opening = document.Anchors(), document.Title()
	if t.title == "" && document.Title() == "" {
		t.title = m.untitled(t)
	}
	t.result = []byte(m.header(t))
	if len(body) > 0 && len(t.result) > 0 {
		t.result = append(t.result, '\n')
	}
	t.result = append(t.result, join(body)...)
}

// untitled is what a text without a title is called.
func (m *mover) untitled(t *text) string {
	if t.index {
		return t.section.title
	}
	if nav := m.system.nav[m.belowRoot(t.file)]; nav.title != "" {
		return nav.title
	}
	_, stem := m.inside(t)
	stem = m.unnumbered(stem)
	if strings.EqualFold(stem, "index") || strings.EqualFold(stem, "readme") {
		stem = path.Base(path.Dir(t.file))
	}
	return readable(cmp.Or(t.matter.string("sidebar_label", "linkTitle"), stem))
}

// tidied is lines without what taking things out left behind: empty lines in a row, and empty
// lines of a quotation at its end.
func tidied(lines []line) []line {
	bare := func(l line) string {
		if l.code {
			return l.text
		}
		return strings.Trim(l.text, " \t>")
	}
	var out []line
	for i, l := range lines {
		following := i+1 == len(lines) || bare(lines[i+1]) == "" && !strings.Contains(lines[i+1].text, ">")
		if bare(l) == "" && !l.code {
			if strings.Contains(l.text, ">") && following {
				continue
			}
			if len(out) > 0 && out[len(out)-1].text == strings.TrimRight(l.text, " \t") && !out[len(out)-1].code {
				continue
			}
			l.text = strings.TrimRight(l.text, " \t")
		}
		out = append(out, l)
	}
	return trimmed(out)
}

// join writes lines as a text.
func join(lines []line) string {
	var b strings.Builder
	for _, l := range lines {
		trimmed := strings.TrimRight(l.text, " \t")
		switch {
		case l.code:
			b.WriteString(l.text)
		case strings.HasSuffix(l.text, "  ") && strings.TrimSpace(l.text) != "":
			b.WriteString(trimmed + "  ") // a line break
		default:
			b.WriteString(trimmed)
		}
		b.WriteByte('\n')
	}
	return b.String()
}
