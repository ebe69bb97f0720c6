package markdown

import (
	"bytes"
	"fmt"
	"html"
	"regexp"
	"strings"

	"github.com/yuin/goldmark/ast"

	"github.com/stoa-portal/stoa/generator/internal/diag"
)

// allowedTags are the elements of HTML that a text may use. "details" and "summary"
// stand on lines of their own.
var allowedTags = []string{"br", "details", "kbd", "sub", "summary", "sup"}

// An openTag is an element of raw HTML that waits for its end.
type openTag struct {
	name      string
	container ast.Node // where its end must stand as well
	offset    int
}

// instead says, for an element that is refused, what to write.
var instead = map[string]string{}

func init() {
	for names, advice := range map[string]string{
		"img picture":    "write a picture as ![what it shows](picture.jpg)",
		"a":              "write a link as [words](address)",
		"b strong":       "write **words**",
		"i em cite dfn":  "write *words*",
		"del s strike":   "write ~~words~~",
		"code tt samp":   "write `words` between backticks",
		"pre":            "put the lines between two lines of ```",
		"h1 h2 h3 h4 h5": "write a heading as ## and its words",
		"p div span center font section article main header footer big": "leave the tag out; an empty line begins a new paragraph",
		"ul ol li menu dir": "write each item of a list on a line of its own, behind - or 1.",
		"dl dt dd":          "write the term on one line and : and its meaning on the next",
		"table thead tbody tfoot tr td th caption colgroup": "write a table with | between its columns",
		"hr":                                   "write a line as ---",
		"blockquote q":                         "write a quotation as > and its words",
		"figure figcaption":                    `write a picture with a caption as ![what it shows](picture.jpg "caption")`,
		"iframe embed object video audio":      "link to it instead, as [title](address)",
		"script style link base noscript":      "a page takes no code of its own; this belongs into the site's theme",
		"head meta title html body":            "leave it out; title and description stand in the front matter",
		"form input button select textarea":    "link to a form, or make it a worksheet",
		"svg math canvas":                      "save it as a picture and write ![what it shows](picture.svg)",
		"u ins mark small":                     "write *words* or leave the tag out",
		"abbr acronym":                         "write the long form behind it, in round brackets",
		"aside":                                "write a note as a quotation whose first line is > [!NOTE]",
		"nav":                                  "leave it out; the page makes its own navigation",
		"ruby rt rp bdi bdo time data var wbr": "leave the tag out",
	} {
		for name := range strings.FieldsSeq(names) {
			instead[name] = advice
		}
	}
}

// attributeAddress finds the address in a tag, so that the advice can repeat it.
var attributeAddress = regexp.MustCompile(`(?i)\b(?:href|src)\s*=\s*["']((?:https?://|mailto:|[a-z0-9./])[^"'<>()\s]{0,300})["']`)

// wholes are refused elements whose contents are not worth messages of their own.
var wholes = map[string]bool{}

func init() {
	for name := range strings.FieldsSeq("script style head iframe svg math object video audio select textarea table ul ol dl form picture noscript") {
		wholes[name] = true
	}
}

// tagName is the name of the tag that a text begins with, as written; "" for none.
func tagName(b []byte) string {
	if len(b) < 2 || b[0] != '<' {
		return ""
	}
	b = b[1:]
	if b[0] == '/' {
		b = b[1:]
	}
	n := 0
	for n < len(b) && (b[n]|0x20 >= 'a' && b[n]|0x20 <= 'z' || n > 0 && (b[n] >= '0' && b[n] <= '9' || b[n] == '-' || b[n] == '.' || b[n] == '_')) {
		n++
	}
	return string(b[:n])
}

// isComponent tells the tags of React and its kind, which begin with a capital.
func isComponent(name string) bool {
	return name != "" && name[0] >= 'A' && name[0] <= 'Z' && strings.ToUpper(name) != name
}

func (w *writer) rawHTML(n *ast.RawHTML) {
	var raw []byte
	for i := range n.Segments.Len() {
		segment := n.Segments.At(i)
		raw = append(raw, segment.Value(w.text)...)
	}
	start := n.Segments.At(0).Start
	w.markup(raw, n.Parent(), nil, func(int) int { return start })
}

func (w *writer) htmlBlock(n *ast.HTMLBlock) {
	segments := n.Lines().Sliced(0, n.Lines().Len())
	if n.HasClosure() {
		segments = append(segments[:len(segments):len(segments)], n.ClosureLine)
	}
	var raw []byte
	starts := make([]int, len(segments)) // where each line begins in raw
	for i, segment := range segments {
		starts[i] = len(raw)
		raw = append(raw, segment.Value(w.text)...)
	}
	w.newline()
	w.markup(raw, n.Parent(), n, func(offset int) int {
		i := len(starts) - 1
		for i > 0 && starts[i] > offset {
			i--
		}
		return segments[i].Start + max(offset-starts[i]-segments[i].Padding, 0)
	})
	w.closeTags(n)
	w.newline()
}

// markup writes raw HTML: the tags that are allowed, anew, and the text between them,
// escaped. parent holds the HTML, block is its own node when it is not inline, and
// at tells where a byte of raw stands in the text.
func (w *writer) markup(raw []byte, parent, block ast.Node, at func(int) int) {
	warned := false
	for i := 0; i < len(raw); {
		rest := raw[i:]
		name := tagName(rest)
		switch {
		case bytes.HasPrefix(rest, []byte("<!--")):
			end := bytes.Index(rest[2:], []byte("-->"))
			if end < 0 {
				w.fail(at(i), "raw-html", "nothing closes this comment: write --> behind it")
				return
			}
			i += 2 + end + 3
		case bytes.HasPrefix(rest, []byte("<!")), bytes.HasPrefix(rest, []byte("<?")):
			w.fail(at(i), "raw-html", "%s is not part of a page's text: leave it out", shortened(firstLine(rest)))
			return
		case name != "":
			end := tagEnd(rest)
			if end < 0 {
				w.fail(at(i), "raw-html", "nothing closes the tag <%s: write > behind it, or \\< when it is meant as text", name)
				return
			}
			i += w.tag(rest[:end], name, raw[i:], parent, block, at(i))
		default:
			end := bytes.IndexByte(rest[1:], '<') + 1
			if end == 0 {
				end = len(rest)
			}
			if block != nil && !warned && !w.inside("summary") && looksMarked(rest[:end]) {
				warned = true
				w.warn(at(i+len(rest)-len(bytes.TrimLeft(rest, " \t\n"))), "raw-html", "Markdown is not read right behind a tag: leave an empty line before this text")
			}
			w.markupText(rest[:end])
			i += end
		}
	}
}

// markupText writes the text between tags, where entities count and Markdown does not.
func (w *writer) markupText(raw []byte) {
	text := html.UnescapeString(string(raw))
	w.out.escaped(text)
	for word := range strings.FieldsSeq(text) {
		w.space()
		w.plain = append(w.plain, word...)
	}
	w.space()
}

// looksMarked tells a text that was meant as Markdown.
func looksMarked(text []byte) bool {
	return bytes.Contains(text, []byte("**")) || bytes.Contains(text, []byte("](")) || bytes.IndexByte(text, '`') >= 0 ||
		bytes.Contains(text, []byte("\n- ")) || bytes.Contains(text, []byte("\n* ")) || bytes.Contains(text, []byte("\n## "))
}

func firstLine(b []byte) []byte {
	line, _, _ := bytes.Cut(b, []byte("\n"))
	return line
}

// tagEnd is the length of the tag that a text begins with, -1 when it has no end.
func tagEnd(b []byte) int {
	var quote byte
	for i, c := range b {
		switch {
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case c == '"' || c == '\'':
			quote = c
		case c == '>':
			return i + 1
		}
	}
	return -1
}

// tag deals with one tag and returns how much of rest is done with.
func (w *writer) tag(tag []byte, written string, rest []byte, parent, block ast.Node, offset int) int {
	name, closing := strings.ToLower(written), tag[1] == '/'
	allowed := false
	for _, t := range allowedTags {
		allowed = allowed || t == name
	}
	if !allowed {
		w.refuseTag(tag, written, offset)
		if !closing && wholes[name] {
			if end := bytes.Index(bytes.ToLower(rest), []byte("</"+name)); end >= 0 {
				return end
			}
			return len(rest)
		}
		return len(tag)
	}
	inner := strings.Trim(string(tag[1:len(tag)-1]), "/ \t\n")
	switch {
	case len(inner) > len(name):
		w.fail(offset, "raw-html", "<%s> takes no attributes here: write <%[1]s>", name)
	case name == "br" && closing:
		w.fail(offset, "raw-html", "</br> is not a tag: write <br>")
	case name == "br":
		w.out.string("<br>")
		w.space()
	case block == nil && (name == "details" || name == "summary"):
		w.fail(offset, "raw-html", "<%s> begins a line of its own, after an empty line", name)
	case closing:
		w.closeTag(name, containerOf(name, parent, block), offset)
	default:
		w.openTag(name, containerOf(name, parent, block), offset)
	}
	return len(tag)
}

// containerOf is the node in which a tag must be closed: details may hold other blocks,
// the rest only words.
func containerOf(name string, parent, block ast.Node) ast.Node {
	if block == nil || name == "details" {
		return parent
	}
	return block
}

func (w *writer) openTag(name string, container ast.Node, offset int) {
	switch top := w.topTag(); {
	case name == "summary" && top != "details":
		w.fail(offset, "raw-html", "<summary> stands at the beginning of <details>")
		return
	case name == "details" && top != "" && top != "details":
		w.fail(offset, "raw-html", "<details> cannot stand inside <%s>", top)
		return
	case len(w.tags) >= MaxDepth:
		w.fail(offset, "too-large", "more than %d elements are open here", MaxDepth)
		return
	}
	w.tags = append(w.tags, openTag{name, container, offset})
	w.out.strings("<", name, ">")
}

func (w *writer) topTag() string {
	if len(w.tags) == 0 {
		return ""
	}
	return w.tags[len(w.tags)-1].name
}

func (w *writer) inside(name string) bool { return w.topTag() == name }

// closeTag ends an element, and with an error those that were opened in it and are open
// still.
func (w *writer) closeTag(name string, container ast.Node, offset int) {
	for i := len(w.tags) - 1; i >= 0; i-- {
		if w.tags[i].name != name || w.tags[i].container != container {
			continue
		}
		for len(w.tags) > i+1 {
			top := w.tags[len(w.tags)-1]
			w.fail(top.offset, "raw-html", "<%s> is open when </%s> comes: write </%[1]s> before it", top.name, name)
			w.endTag()
		}
		w.endTag()
		return
	}
	w.fail(offset, "raw-html", "</%s> closes nothing that was opened in the same %s", name, place(container))
}

func (w *writer) endTag() {
	top := w.tags[len(w.tags)-1]
	w.tags = w.tags[:len(w.tags)-1]
	w.out.strings("</", top.name, ">")
}

// closeTags ends what was opened in a node and not closed, each with an error.
func (w *writer) closeTags(container ast.Node) {
	for len(w.tags) > 0 && w.tags[len(w.tags)-1].container == container {
		top := w.tags[len(w.tags)-1]
		w.fail(top.offset, "raw-html", "<%s> is not closed: write </%[1]s> in the same %s", top.name, place(container))
		w.endTag()
	}
}

// place names a node as its author sees it.
func place(n ast.Node) string {
	switch n.(type) {
	case *ast.Document:
		return "text"
	case *ast.ListItem:
		return "list item"
	case *ast.Blockquote:
		return "quotation"
	case *ast.Heading:
		return "heading"
	case *ast.Paragraph, *ast.TextBlock:
		return "paragraph"
	case *ast.HTMLBlock:
		return "lines, before an empty one"
	}
	return "piece of text"
}

// refuseTag reports an element that a text may not use, once for its beginning and end.
// tag is the text from its < on.
func (w *writer) refuseTag(tag []byte, written string, offset int) {
	name, closing := strings.ToLower(written), tag[1] == '/'
	if closing && w.refused[name] > 0 {
		w.refused[name]--
		return
	}
	if len(w.problems) > MaxProblems {
		return
	}
	if w.refused == nil {
		w.refused = map[string]int{}
	}
	if !closing {
		w.refused[name]++
	}
	slash := ""
	if closing {
		slash = "/"
	}
	shown := fmt.Sprintf("<%s%s>", slash, written)
	advice, known := instead[name]
	switch {
	case isComponent(written):
		w.fail(offset, "foreign-notation", "%s is a component of MDX or React and a page runs no code: write what it shows, or link to it", shown)
	case known:
		if m := attributeAddress.FindSubmatch(tag); m != nil {
			address := "(" + string(m[1]) + ")"
			advice = strings.NewReplacer("(address)", address, "(picture.jpg)", address).Replace(advice)
		}
		w.fail(offset, "raw-html", "%s is HTML that is not allowed here: %s", shown, advice)
	default:
		w.fail(offset, "raw-html", "%s is not allowed%s: if it is meant as text, write \\%[1]s", shown, diag.DidYouMean(name, allowedTags))
	}
}
