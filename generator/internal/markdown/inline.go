package markdown

import (
	"bytes"
	"html"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"
	ghtml "github.com/yuin/goldmark/renderer/html"
)

// special are the bytes that a text does not simply copy: escapes and entities of
// Markdown, and what HTML escapes.
const special = "&\\<>\"\x00"

func (w *writer) textNode(n *ast.Text) {
	value := n.Segment.Value(w.text)
	switch {
	case n.IsRaw():
		w.out.b = appendEscaped(w.out.b, value)
		w.plain = append(w.plain, value...)
	case !bytes.ContainsAny(value, special):
		w.out.b = append(w.out.b, value...)
		w.plain = append(w.plain, value...)
	default:
		start := len(w.out.b)
		ghtml.DefaultWriter.Write(&w.out, value)
		w.plain = append(w.plain, html.UnescapeString(string(w.out.b[start:]))...)
	}
	switch {
	case n.HardLineBreak():
		w.trimSpaces()
		w.out.string("<br>\n")
		w.space()
	case n.SoftLineBreak() && !w.joins(n, value):
		w.out.string("\n")
		w.space()
	}
}

// trimSpaces takes off the spaces in front of a line break, though none before a hole.
func (w *writer) trimSpaces() {
	limit := 0
	if n := len(w.d.holes); n > 0 {
		limit = w.d.holes[n-1].at
	}
	w.out.b = append(w.out.b[:limit], bytes.TrimRight(w.out.b[limit:], " ")...)
}

// joins reports whether a line ends and the next begins in a script that is written
// without spaces, so that the break between them must not become one.
func (w *writer) joins(n *ast.Text, value []byte) bool {
	last, _ := utf8.DecodeLastRune(value)
	if !spaceless(last) {
		return false
	}
	next, ok := n.NextSibling().(*ast.Text)
	if !ok {
		return false
	}
	first, _ := utf8.DecodeRune(next.Segment.Value(w.text))
	return spaceless(first)
}

// spaceless tells the characters of Chinese and Japanese, with their punctuation.
func spaceless(r rune) bool {
	return r >= 0x3000 && (unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana) || r <= 0x303F || r >= 0xFF01 && r <= 0xFF60)
}

// space ends a word of the plain text.
func (w *writer) space() {
	if n := len(w.plain); n > 0 && w.plain[n-1] != ' ' && w.plain[n-1] != '\n' {
		w.plain = append(w.plain, ' ')
	}
}

// newline ends a block of the plain text.
func (w *writer) newline() {
	w.plain = bytes.TrimRight(w.plain, " ")
	if n := len(w.plain); n > 0 && w.plain[n-1] != '\n' {
		w.plain = append(w.plain, '\n')
	}
}

func (w *writer) inline(n ast.Node) {
	switch n := n.(type) {
	case *ast.Emphasis:
		if n.Level == 2 {
			w.element(n, "<strong>", "</strong>")
		} else {
			w.element(n, "<em>", "</em>")
		}
	case *ast.CodeSpan:
		w.out.string("<code>")
		code := w.codeWords(nil, n)
		w.out.b = appendEscaped(w.out.b, code)
		w.plain = append(w.plain, code...)
		w.out.string("</code>")
	case *ast.Link:
		w.link(n)
	case *ast.AutoLink:
		w.autoLink(n)
	case *ast.Image:
		w.image(n, false)
	case *ast.RawHTML:
		w.rawHTML(n)
	case *ast.String:
		w.out.escaped(string(n.Value))
		w.plain = append(w.plain, n.Value...)
	case *east.Strikethrough:
		w.element(n, "<del>", "</del>")
	case *east.TaskCheckBox:
		label, checked := w.d.options.Words.ToDo, ""
		if n.IsChecked {
			label, checked = w.d.options.Words.Done, " checked"
		}
		w.out.string(`<input type="checkbox" disabled`)
		w.out.string(checked)
		w.out.string(` aria-label="`)
		w.out.escaped(label)
		w.out.string(`"> `)
	case *east.FootnoteLink:
		id, number := w.footnoteID("fnref", n.Index, n.RefIndex), strconv.Itoa(n.Index)
		w.addAnchor(id)
		w.out.strings(`<sup class="footnote-ref"><a id="`, id, `" href="#`, w.footnoteID("fn", n.Index, 0), `" role="doc-noteref" aria-label="`)
		w.out.escaped(named(w.d.options.Words.Footnote, number))
		w.out.strings(`">`, number, `</a></sup>`)
	case *east.FootnoteBacklink:
		number := strconv.Itoa(n.Index)
		if n.RefIndex > 0 {
			number += "-" + strconv.Itoa(n.RefIndex+1)
		}
		w.out.strings(` <a class="footnote-backref" href="#`, w.footnoteID("fnref", n.Index, n.RefIndex), `" role="doc-backlink" aria-label="`)
		w.out.escaped(named(w.d.options.Words.Back, number))
		w.out.string("\">\u21A9\uFE0E</a>")
	default:
		w.children(n)
	}
}

// footnoteID cannot be a heading's, which holds no colon.
func (w *writer) footnoteID(kind string, index, reference int) string {
	id := w.d.options.IDPrefix + kind + ":" + strconv.Itoa(index)
	if reference > 0 {
		id += "-" + strconv.Itoa(reference+1)
	}
	return id
}

func (w *writer) link(n *ast.Link) {
	l, fault := address(w.decoded(n.Destination))
	l.Place = w.at.place(n.Pos())
	if fault != "" {
		w.fail(n.Pos(), "address", "%s", fault)
		w.children(n)
		return
	}
	l.Title = w.decoded(n.Title)
	l.Text = string(bytes.TrimSpace(w.words(nil, n)))
	if l.Text == "" {
		w.warn(n.Pos(), "link-text", "this link has no words: say between the square brackets where it leads")
	}
	closing := w.openLink(l)
	w.children(n)
	closing()
}

// openLink begins a link and returns what ends it. It is a hole when the site has to
// say where it leads.
func (w *writer) openLink(l Link) (closing func()) {
	index := len(w.d.links)
	w.d.links = append(w.d.links, l)
	href := ""
	switch l.Kind {
	case External, Mail, Phone:
		href = l.URL
	case Fragment:
		if id, ok := w.d.anchor(l.Fragment); ok {
			href = "#" + id
		} else if l.Fragment == "" || strings.EqualFold(l.Fragment, "top") {
			href = "#" // the top of the page, as HTML has it
		}
	}
	if href == "" {
		w.hole(linkHole, index)
		return func() { w.hole(linkEndHole, index) }
	}
	w.out.string(`<a href="`)
	w.out.url(href)
	w.out.string(`"`)
	w.out.b = appendLinkEnd(w.out.b, l.Title, "", l.Kind == External)
	return func() { w.out.string("</a>") }
}

// appendLinkEnd writes the attributes of a link that follow its address.
func appendLinkEnd(dst []byte, title, lang string, external bool) []byte {
	if title != "" {
		dst = append(appendEscaped(append(dst, ` title="`...), title), '"')
	}
	if lang != "" {
		dst = append(appendEscaped(append(dst, ` hreflang="`...), lang), '"')
	}
	if external {
		dst = append(dst, ` class="external" rel="noopener"`...)
	}
	return append(dst, '>')
}

func (w *writer) autoLink(n *ast.AutoLink) {
	label := n.Label(w.text)
	written := string(n.URL(w.text))
	if n.AutoLinkType == ast.AutoLinkEmail && !bytes.HasPrefix(bytes.ToLower(label), []byte("mailto:")) {
		written = "mailto:" + written
	}
	offset, ok := w.at.within(label)
	if !ok {
		offset = w.startOf(n)
	} else if offset > 0 && w.text[offset-1] == '<' {
		offset--
	}
	l, fault := address(written)
	if fault != "" {
		w.fail(offset, "address", "%s", fault)
		w.out.escaped(string(label))
		return
	}
	l.Text, l.Place = string(label), w.at.place(offset)
	closing := w.openLink(l)
	w.out.escaped(l.Text)
	w.plain = append(w.plain, label...)
	closing()
}

// image leaves a hole for a picture. A captioned one shows its title beside it.
func (w *writer) image(n *ast.Image, captioned bool) {
	l, fault := address(w.decoded(n.Destination))
	alt := string(bytes.TrimSpace(w.words(nil, n)))
	switch {
	case l.URL == "":
		fault = "this picture has no address: write its file's name between the round brackets"
	case fault == "" && l.Kind != Relative && l.Kind != Site && l.Kind != External:
		fault = "this is not the address of a picture: write the name of a file beside this one"
	}
	w.plain = append(w.plain, alt...)
	if fault != "" {
		w.fail(n.Pos(), "address", "%s", fault)
		w.out.escaped(alt)
		return
	}
	if alt == "" {
		w.warn(n.Pos(), "image-text", "this picture has no description for people who cannot see it: write one between the square brackets")
	}
	w.d.images = append(w.d.images, Image{
		Kind: l.Kind, URL: l.URL, Path: l.Path, Alt: alt, Title: w.decoded(n.Title), Place: w.at.place(n.Pos()),
	})
	kind := imageHole
	if captioned {
		kind = captionedHole
	}
	w.hole(kind, len(w.d.images)-1)
}

// words appends the plain words inside a node: a picture gives its description, a
// footnote's number nothing.
func (w *writer) words(dst []byte, parent ast.Node) []byte {
	for c := parent.FirstChild(); c != nil; c = c.NextSibling() {
		switch c := c.(type) {
		case *ast.Text:
			value := c.Segment.Value(w.text)
			if c.IsRaw() {
				dst = append(dst, value...)
			} else {
				dst = append(dst, w.decoded(value)...)
			}
			if c.HardLineBreak() || c.SoftLineBreak() && !w.joins(c, value) {
				dst = append(dst, ' ')
			}
		case *ast.CodeSpan:
			dst = w.codeWords(dst, c)
		case *ast.AutoLink:
			dst = append(dst, c.Label(w.text)...)
		case *ast.String:
			dst = append(dst, c.Value...)
		case *ast.RawHTML:
			if raw := c.Segments.At(0); tagName(raw.Value(w.text)) == "br" {
				dst = append(dst, ' ')
			}
		default:
			dst = w.words(dst, c)
		}
	}
	return dst
}

// codeWords appends the words of a code span; a line's end in it is a space.
func (w *writer) codeWords(dst []byte, n *ast.CodeSpan) []byte {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		if t, ok := c.(*ast.Text); ok {
			value := t.Segment.Value(w.text)
			if line, ok := bytes.CutSuffix(value, []byte("\n")); ok {
				dst = append(append(dst, line...), ' ')
			} else {
				dst = append(dst, value...)
			}
		}
	}
	return dst
}

// decoded resolves the escapes and entities of a piece of Markdown, by the same rules
// as a text is written.
func (w *writer) decoded(written []byte) string {
	if !bytes.ContainsAny(written, special) {
		return string(written)
	}
	w.scratch.b = w.scratch.b[:0]
	ghtml.DefaultWriter.Write(&w.scratch, written)
	return html.UnescapeString(string(w.scratch.b))
}
