package migrate

import (
	"cmp"
	"slices"
	"strings"
)

// A shortcode is a tag of Liquid or Hugo that has a line of its own.
type shortcode struct {
	name    string
	args    string
	closing bool
	liquid  bool
}

// shortcodeOf reads a line that is a tag and nothing else.
func shortcodeOf(rest string) (shortcode, bool) {
	m := wholeTag.FindStringSubmatch(rest)
	switch {
	case m == nil:
		return shortcode{}, false
	case m[2] != "":
		return shortcode{name: m[2], args: m[3], closing: m[1] != "", liquid: true}, true
	}
	return shortcode{name: m[5], args: m[6], closing: m[4] != ""}, true
}

// named is the value of an argument with a name.
func (s shortcode) named(names ...string) string {
	for _, m := range attribute.FindAllStringSubmatch(s.args, -1) {
		if slices.Contains(names, m[1]) {
			return cmp.Or(m[2], m[3], m[4])
		}
	}
	return ""
}

// words are the arguments without names.
func (s shortcode) words() []string {
	var words []string
	for _, m := range ownWord.FindAllStringSubmatch(attribute.ReplaceAllString(s.args, ""), -1) {
		words = append(words, cmp.Or(m[1], m[2], m[3]))
	}
	return words
}

func (s shortcode) word(n int) string {
	if words := s.words(); n < len(words) {
		return words[n]
	}
	return ""
}

// end is the index of the line that closes what the first one opens, or 0.
func (s shortcode) end(lines []line) int {
	depth := 0
	for i, l := range lines {
		if i == 0 {
			continue
		}
		other, ok := shortcodeOf(strings.TrimSpace(l.text))
		if !ok || other.name != s.name || other.liquid != s.liquid {
			continue
		}
		if !other.closing {
			depth++
		} else if depth--; depth < 0 {
			return i
		}
	}
	return 0
}

// Shortcodes that are notes, of themes that many use; the kind is their name or an argument.
var (
	noteShortcodes   = []string{"hint", "alert", "callout", "notice", "admonition", "admonish"}
	kindShortcodes   = []string{"note", "tip", "info", "warning", "caution", "danger", "important", "attention"}
	foldedShortcodes = []string{"details", "expand", "collapse", "spoiler"}
)

// template rewrites tags of Liquid, Hugo and Kramdown that are whole lines. It gives the number of
// lines it took, 0 when they are no such thing.
func (b *blocks) template(lines []line, indent, rest string) (taken int, made []line) {
	l := lines[0]
	switch {
	case tocItem.MatchString(rest):
		if strings.HasPrefix(rest, "{") || strings.HasPrefix(rest, "[") || len(lines) > 1 && strings.HasPrefix(strings.TrimSpace(lines[1].text), "{:toc") {
			taken, what := 1, rest
			if !strings.HasPrefix(rest, "{") && !strings.HasPrefix(rest, "[") {
				taken, what = 2, rest+" "+lines[1].text
			}
			b.note(b.text, l, "not-carried", "a guide shows its table of contents itself, so this is left out: %s", shown(what))
			return taken, []line{b.comment(l, indent, what)}
		}
		return 0, nil
	case snippet.MatchString(rest):
		b.note(b.text, l, "not-carried", "a text from another file is not taken in: %s", shown(rest))
		return 1, []line{b.comment(l, indent, rest)}
	}
	if m := ialLine.FindStringSubmatch(rest); m != nil {
		return b.attributes(lines, indent, rest, strings.TrimSpace(m[1]))
	}
	s, ok := shortcodeOf(rest)
	if !ok {
		return 0, nil
	}
	if s.liquid && s.name == "raw" {
		return 1, nil // what it protects is shown as it stands
	}
	if s.closing {
		return 0, nil
	}
	end := s.end(lines)
	if end == 0 {
		return 0, nil
	}
	inside := func() []line { return b.convert(mark(plainLines(lines[1:end]))) }
	switch {
	case s.name == "comment" && s.liquid:
		var all []string
		for _, part := range lines[1:end] {
			all = append(all, part.text)
		}
		return end + 1, []line{b.comment(l, indent, strings.Join(all, " "))}
	case s.name == "highlight":
		fence := "```"
		for strings.Contains(join(lines[1:end]), fence) {
			fence += "`"
		}
		made = append(made, line{text: indent + fence + s.word(0), at: l.at, col: l.col, code: true})
		for _, part := range lines[1:end] {
			part.code = true
			made = append(made, part)
		}
		return end + 1, append(made, line{text: indent + fence, at: l.at, col: l.col, code: true})
	case slices.Contains(kindShortcodes, s.name):
		return end + 1, b.alert(nil, l, indent, s.name, cmp.Or(s.named("title", "header"), s.word(0)), inside())
	case slices.Contains(noteShortcodes, s.name):
		kind := cmp.Or(s.named("type", "style", "level", "context", "color"), s.word(0), "note")
		return end + 1, b.alert(nil, l, indent, kind, cmp.Or(s.named("title", "header"), s.word(1)), inside())
	case slices.Contains(foldedShortcodes, s.name):
		return end + 1, b.details(nil, l, indent, titled(cmp.Or(s.named("title", "summary"), s.word(0)), s.name), inside())
	}
	return 0, nil
}

func plainLines(lines []line) []line {
	out := make([]line, len(lines))
	for i, l := range lines {
		l.code = false
		out[i] = l
	}
	return out
}

// attributes deals with a line such as {: .note }, which says something of the block after it (or
// before it). Just the Docs makes notes of blocks in this way.
func (b *blocks) attributes(lines []line, indent, rest, inside string) (int, []line) {
	l := lines[0]
	if m := alertHead.FindStringSubmatch(inside); m != nil && len(lines) > 1 && strings.TrimSpace(lines[1].text) != "" && !lines[1].code {
		end := 1
		for end < len(lines) && strings.TrimSpace(lines[end].text) != "" {
			end++
		}
		block, title := plainLines(lines[1:end]), ""
		for i, part := range block {
			if quoted := strings.TrimPrefix(strings.TrimLeft(part.text, " "), ">"); quoted != strings.TrimLeft(part.text, " ") {
				block[i] = part.from(len(part.text) - len(strings.TrimPrefix(quoted, " ")))
			}
		}
		if m[2] != "" {
			title, block = block[0].text, block[1:]
		}
		return end, b.alert(nil, l, indent, m[1], title, b.convert(mark(block)))
	}
	b.note(b.text, l, "not-carried", "a text has no classes or attributes of its own: %s", shown(rest))
	return 1, []line{b.comment(l, indent, rest)}
}
