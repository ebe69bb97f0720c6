package migrate

import (
	"regexp"
	"strings"

	"github.com/stoa-portal/stoa/generator/internal/markdown"
)

var (
	fenceLine   = regexp.MustCompile("^((?:[ \t]*>)*[ \t]*(?:(?:[-*+]|[0-9]{1,9}[.)])[ \t]+)*)(`{3,}|~{3,})([^`]*)$")
	listItem    = regexp.MustCompile(`^([ \t]*)([-*+]|[0-9]{1,9}[.)])([ \t]+)`)
	rawMarks    = regexp.MustCompile(`\{%-?\s*(?:end)?raw\s*-?%\}`)
	indentation = regexp.MustCompile(`^[ \t]*`)
)

// mark finds the lines of code: between fences, and indented ones.
func mark(lines []line) []line {
	marked := make([]line, len(lines))
	copy(marked, lines)
	fence := ""
	offset := 0 // column at which the text of the list around begins
	blank := true
	code := false
	for i := range marked {
		l := &marked[i]
		if fence != "" {
			l.code = true
			if strings.Trim(l.text, " \t>") != "" && strings.HasPrefix(strings.TrimLeft(l.text, " \t>"), fence) && strings.Trim(l.text, " \t>"+fence[:1]) == "" {
				fence = ""
			}
			continue
		}
		if m := fenceLine.FindStringSubmatch(l.text); m != nil {
			fence, l.code, blank, code = m[2], true, false, false
			continue
		}
		indent := width(indentation.FindString(l.text))
		switch m := listItem.FindStringSubmatch(l.text); {
		case strings.TrimSpace(l.text) == "":
			blank = true
			continue
		case m != nil && indent < offset+4:
			offset = indent + len(m[2]) + min(width(m[3]), 4)
			code = false
		case indent >= offset+4 && (blank || code):
			l.code, code = true, true
		case indent == 0 && blank:
			offset, code = 0, false
		default:
			code = false
		}
		blank = false
	}
	return marked
}

func width(space string) int { return len(space) + 3*strings.Count(space, "\t") }

// blocks rewrites notations that are whole lines.
type blocks struct {
	*mover
	text *text
}

var (
	colonNote = regexp.MustCompile(`^(:{3,})\s*(?:\{\.?)?([A-Za-z]+)\}?(?:\[(.*)\])?\s*(.*?)\s*$`)
	bangNote  = regexp.MustCompile(`^(\?\?\?\+?|!!!)\s+([A-Za-z-]+)[A-Za-z -]*?(?:\s+"(.*)")?\s*$`)
	tabLine   = regexp.MustCompile(`^===[+!]?\s+"(.*)"\s*$`)
	wholeTag  = regexp.MustCompile(`^(?:\{%-?\s*(end|/)?([a-zA-Z_-]+)\s*(.*?)\s*-?%\}|\{\{[<%]\s*(/)?\s*([a-zA-Z_-]+)\s*(.*?)\s*/?[>%]\}\})$`)
	importing = regexp.MustCompile(`^import\s+(?:[\w*{].*\sfrom\s+)?['"]`)
	imports   = regexp.MustCompile(`^import\s+[\w*{][^'"]*$`)
	exporting = regexp.MustCompile(`^export\s+(?:(?:default|const|let|var|function|class|async)\b|\{|\*)`)
	ialLine   = regexp.MustCompile(`^\{:(.*)\}$`)
	headingID = regexp.MustCompile(`^(#{1,6}[ \t]+.*?)[ \t]*\{(?::[ \t]*|/\*[ \t]*)?([#.][^{}]*?)(?:[ \t]*\*/)?\}[ \t]*#*[ \t]*$`)
	underline = regexp.MustCompile(`^ {0,3}(=+|-+)[ \t]*$`)
	setextID  = regexp.MustCompile(`^(\S.*?)[ \t]*\{(?::[ \t]*)?(#[^{}]*)\}[ \t]*$`)
	tocItem   = regexp.MustCompile(`(?i)^(?:[-*+]|1\.)[ \t]+.*\btoc\b|^\{:\s*toc\b|^\[\[?_?toc_?\]\]?$`)
	snippet   = regexp.MustCompile(`^(?:;)?-{1,2}8<-{1,2}`)
	alertHead = regexp.MustCompile(`^\.([a-z]+)(-title)?$`)
	attribute = regexp.MustCompile(`([\w-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"']+))`)
	ownWord   = regexp.MustCompile(`"([^"]*)"|'([^']*)'|(\S+)`)
)

// convert rewrites the lines of a text, or of a part of one. Lines of code stay as they are.
func (b *blocks) convert(lines []line) []line {
	var out []line
	for i := 0; i < len(lines); {
		l := lines[i]
		indent := indentation.FindString(l.text)
		rest := strings.TrimRight(l.text[len(indent):], " \t")
		next := i + 1
		if l.code || rest == "" {
			out = append(out, l)
			i = next
			continue
		}
		switch rest[0] {
		case ':':
			if m := colonNote.FindStringSubmatch(rest); m != nil {
				end := closing(lines, next, m[1])
				title := m[3]
				if title == "" {
					title = m[4]
				}
				out = b.alert(out, l, indent, m[2], title, b.convert(lines[next:end]))
				i = min(end+1, len(lines))
				continue
			}
			if strings.Trim(rest, ":") == "" && len(rest) >= 3 {
				b.note(b.text, l.from(len(indent)), "not-carried", "this %s closes nothing", rest)
				out = append(out, b.comment(l, indent, rest))
				i = next
				continue
			}
		case '!', '?':
			if m := bangNote.FindStringSubmatch(rest); m != nil {
				end := body(lines, next, width(indent)+4)
				inner := b.convert(mark(dedented(lines[next:end], width(indent)+4)))
				if rest[0] == '?' {
					out = b.details(out, l, indent, titled(m[3], m[2]), inner)
				} else {
					out = b.alert(out, l, indent, m[2], m[3], inner)
				}
				i = end
				continue
			}
		case '=':
			if m := tabLine.FindStringSubmatch(rest); m != nil {
				end := body(lines, next, width(indent)+4)
				out = append(spaced(out, l), line{text: indent + "**" + m[1] + "**", at: l.at, col: l.col}, line{text: "", at: l.at, col: 1})
				out = append(out, indented(b.convert(mark(dedented(lines[next:end], width(indent)+4))), indent)...)
				i = end
				continue
			}
		case '{', '[', '-', '*', '+', '1', ';':
			if taken, made := b.template(lines[i:], indent, rest); taken > 0 {
				out = append(out, made...)
				i += taken
				continue
			}
		case 'i', 'e':
			if taken := program(lines[i:], rest); taken > 0 && indent == "" {
				var all []string
				for _, part := range lines[i : i+taken] {
					all = append(all, part.text)
				}
				b.note(b.text, l, "not-carried", "this is a program of MDX, and a page runs none: %s", shown(rest))
				out = append(out, b.comment(l, "", strings.Join(all, " ")))
				i += taken
				continue
			}
		case '#':
			out = append(out, b.heading(l, indent, rest))
			i = next
			continue
		}
		if m := setextID.FindStringSubmatch(rest); m != nil && next < len(lines) && underline.MatchString(lines[next].text) {
			b.heading(l, indent, "# "+rest)
			l.text = indent + m[1]
		}
		out = append(out, l)
		i = next
	}
	return out
}

// from is the line without its first bytes.
func (l line) from(bytes int) line {
	l.col += len([]rune(l.text[:bytes]))
	l.text = l.text[bytes:]
	return l
}

// closing is the index of the line that closes what colons opened: as many of them, and alone.
// A note that nothing closes ends with its paragraph.
func closing(lines []line, from int, colons string) int {
	depth := 0
	for i := from; i < len(lines); i++ {
		if lines[i].code {
			continue
		}
		rest := strings.TrimSpace(lines[i].text)
		switch {
		case strings.Trim(rest, ":") == "" && len(rest) >= 3:
			if depth == 0 {
				return i
			}
			depth--
		case strings.HasPrefix(rest, ":::") && colonNote.MatchString(rest):
			depth++
		}
	}
	for i := from; i < len(lines); i++ {
		if strings.TrimSpace(lines[i].text) == "" {
			return i
		}
	}
	return len(lines)
}

// body is the index behind the lines that are indented so far.
func body(lines []line, from, indent int) int {
	end := from
	for i := from; i < len(lines); i++ {
		switch {
		case strings.TrimSpace(lines[i].text) == "":
		case width(indentation.FindString(lines[i].text)) >= indent:
			end = i + 1
		default:
			return end
		}
	}
	return end
}

// dedented takes so much space off the front of lines.
func dedented(lines []line, indent int) []line {
	out := make([]line, len(lines))
	for i, l := range lines {
		cut, w := 0, 0
		for cut < len(l.text) && w < indent && (l.text[cut] == ' ' || l.text[cut] == '\t') {
			w += width(l.text[cut : cut+1])
			cut++
		}
		out[i] = l.from(cut)
		out[i].code = false
	}
	return out
}

func indented(lines []line, indent string) []line {
	out := make([]line, len(lines))
	for i, l := range lines {
		out[i] = l.prefixed(indent)
	}
	return out
}

func (l line) prefixed(prefix string) line {
	if l.text == "" {
		prefix = strings.TrimRight(prefix, " ")
	}
	l.text = prefix + l.text
	l.col -= len([]rune(prefix))
	return l
}

// spaced ends the paragraph before.
func spaced(out []line, at line) []line {
	if len(out) > 0 && strings.TrimSpace(out[len(out)-1].text) != "" {
		out = append(out, line{text: "", at: at.at, col: 1})
	}
	return out
}

func titled(title, kind string) string {
	if title != "" {
		return title
	}
	return readable(kind)
}

// alert writes a note as GitHub and the contract do.
func (b *blocks) alert(out []line, at line, indent, kind, title string, inner []line) []line {
	alert := markdown.AlertOf(kind)
	out = spaced(out, at)
	out = append(out, line{text: indent + "> [!" + alert + "]", at: at.at, col: at.col, code: true})
	title = strings.Trim(strings.TrimSpace(title), `"`)
	if title != "" && !strings.EqualFold(title, kind) && !strings.EqualFold(title, alert) {
		out = append(out, line{text: indent + "> **" + strings.Trim(title, "*") + "**", at: at.at, col: at.col}, line{text: indent + ">", at: at.at, col: at.col})
	}
	for _, l := range trimmed(inner) {
		own := indentation.FindString(l.text)
		if len(own) >= len(indent) {
			l = l.from(len(indent))
		}
		out = append(out, l.prefixed(indent+"> "))
	}
	return append(out, line{text: "", at: at.at, col: 1})
}

// details writes what can be unfolded.
func (b *blocks) details(out []line, at line, indent, title string, inner []line) []line {
	title = strings.NewReplacer("&", "&amp;", "<", "&lt;").Replace(strings.Trim(title, "*`"))
	out = spaced(out, at)
	write := func(text string) {
		out = append(out, line{text: strings.TrimRight(indent+text, " "), at: at.at, col: at.col, code: text != ""})
	}
	write("<details>")
	write("<summary>" + title + "</summary>")
	write("")
	out = append(out, indented(trimmed(inner), indent)...)
	write("")
	write("</details>")
	write("")
	return out
}

// trimmed is lines without empty ones at both ends.
func trimmed(lines []line) []line {
	for len(lines) > 0 && strings.TrimSpace(lines[0].text) == "" {
		lines = lines[1:]
	}
	for len(lines) > 0 && strings.TrimSpace(lines[len(lines)-1].text) == "" {
		lines = lines[:len(lines)-1]
	}
	return lines
}

// comment is a line that says what stood there.
func (b *blocks) comment(at line, indent, what string) line {
	return line{text: indent + comment(what), at: at.at, col: at.col, code: true}
}

// comment writes what was not carried as a comment of HTML, on one line.
func comment(what string) string {
	what = strings.Join(strings.Fields(what), " ")
	for strings.Contains(what, "--") {
		what = strings.ReplaceAll(what, "--", "- -")
	}
	return "<!-- not carried: " + strings.TrimSuffix(what, "-") + " -->"
}

// shown is the beginning of what a note speaks of.
func shown(what string) string {
	what = strings.Join(strings.Fields(what), " ")
	if runes := []rune(what); len(runes) > 60 {
		return strings.TrimSpace(string(runes[:59])) + "…"
	}
	return what
}

// program is the number of lines of an import or export of MDX.
func program(lines []line, first string) int {
	switch {
	case importing.MatchString(first):
		return 1
	case imports.MatchString(first):
		for i, l := range lines[:min(len(lines), 30)] {
			if i > 0 && strings.Contains(l.text, "from") && strings.ContainsAny(l.text, `'"`) {
				return i + 1
			}
			if strings.TrimSpace(l.text) == "" {
				return 0
			}
		}
	case exporting.MatchString(first):
		for i, l := range lines {
			if strings.TrimSpace(l.text) == "" {
				return i
			}
		}
		return len(lines)
	}
	return 0
}

// heading takes the id off a heading, and remembers which words it stood for.
func (b *blocks) heading(l line, indent, rest string) line {
	m := headingID.FindStringSubmatch(rest)
	if m == nil {
		return l
	}
	for _, part := range strings.Fields(m[2]) {
		if id, ok := strings.CutPrefix(part, "#"); ok {
			b.text.explicit[id] = strings.TrimSpace(strings.TrimLeft(m[1], "#"))
		}
	}
	l.text = indent + m[1]
	return l
}
