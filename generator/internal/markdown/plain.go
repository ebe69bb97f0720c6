package markdown

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Plain is the text's words without markup, a line for each block: for the search index
// and feeds. Code blocks, embeds and the title are left out; pictures give their
// descriptions.
func (d *Document) Plain() string { return d.plain }

// A Section is a part of a text under one of its highest headings.
type Section struct {
	ID    string // of the heading, with Options.IDPrefix; "" for what stands before the first one
	Title string
	Text  string // plain words without the heading, a line for each block
}

// Sections divides Plain at the highest headings. What stands before the first one comes first, when
// there is anything.
func (d *Document) Sections() []Section {
	var sections []Section
	current, start := Section{}, 0
	end := func(at int) {
		current.Text = strings.TrimSpace(d.plain[start:at])
		if current.ID != "" || current.Text != "" {
			sections = append(sections, current)
		}
	}
	for i, h := range d.headings {
		if h.Level == d.options.TopLevel && i < len(d.headingText) {
			end(d.headingText[i].start)
			current, start = Section{ID: h.ID, Title: h.Text}, d.headingText[i].end
		}
	}
	end(len(d.plain))
	return sections
}

// Words counts the words of Plain. In scripts without spaces every two characters count
// as a word, which gives about the same reading time.
func (d *Document) Words() int {
	words, dense, inWord := 0, 0, false
	for _, r := range d.plain {
		switch {
		case unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar):
			dense++
			inWord = false
		case unicode.IsLetter(r) || unicode.IsNumber(r):
			if !inWord {
				words++
			}
			inWord = true
		case unicode.IsSpace(r) || r == '/' || r == '—' || r == '–':
			inWord = false
		}
	}
	return words + (dense+1)/2
}

// Summary is the beginning of the text's paragraphs, at most so many characters (code
// points), on one line. It ends with a sentence where one ends in its second half, else
// after a word and with "…". Headings, lists and quotations are passed over, unless
// there is nothing else.
func (d *Document) Summary(characters int) string {
	var b strings.Builder
	for _, s := range d.lead {
		if b.Len() > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(d.plain[s.start:s.end])
		if b.Len() > utf8.UTFMax*characters {
			break
		}
	}
	text := b.String()
	if text == "" {
		text = d.plain
	}
	text = strings.Join(strings.Fields(text), " ")
	if utf8.RuneCountInString(text) <= characters {
		return text
	}
	head := first(text, characters)
	for i := len(head); i > len(head)/2; {
		r, size := utf8.DecodeLastRuneInString(head[:i])
		switch {
		case strings.ContainsRune("。！？।", r):
			return head[:i]
		case strings.ContainsRune(".!?؟", r) && strings.HasPrefix(text[i:], " "):
			return head[:i]
		}
		i -= size
	}
	return cut(text, characters)
}

// first is the beginning of a text, in code points.
func first(text string, characters int) string {
	for i := range text {
		if characters == 0 {
			return text[:i]
		}
		characters--
	}
	return text
}

// cut shortens a text to at most so many code points, after a word where it has any,
// and with "…".
func cut(text string, characters int) string {
	if utf8.RuneCountInString(text) <= characters {
		return text
	}
	head := first(text, max(characters-1, 0))
	if space := strings.LastIndexByte(head, ' '); space > len(head)/2 && !strings.HasPrefix(text[len(head):], " ") {
		head = head[:space]
	}
	// A mark belongs to the letter before it, and what is joined to the emoji before it.
	for rest := text[len(head):]; head != "" && rest != ""; rest = text[len(head):] {
		next, _ := utf8.DecodeRuneInString(rest)
		last, size := utf8.DecodeLastRuneInString(head)
		if !unicode.IsMark(next) && next != '\u200D' && last != '\u200D' {
			break
		}
		head = head[:len(head)-size]
	}
	return strings.TrimRightFunc(head, func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune(",;:–—-(", r) }) + "…"
}
