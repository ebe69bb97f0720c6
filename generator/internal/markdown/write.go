package markdown

import (
	"bytes"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"

	"github.com/stoa-portal/stoa/generator/internal/diag"
)

// A writer walks a parsed text once and writes its HTML, its plain words and all that
// the Document tells. Writers are pooled; nothing of one text outlives finish.
type writer struct {
	d        *Document
	at       *locator
	text     []byte // at.text
	problems diag.List
	out      buffer
	plain    []byte
	scratch  buffer
	ids      idMaker
	title    ast.Node       // the heading that is the title and not rendered, or nil
	outlined []heading      // headings in order, before they are written
	heading  int            // how many of them are written
	tags     []openTag      // raw HTML elements that are open
	refused  map[string]int // refused elements that are open, by name
	depth    int
}

// A heading is what the outline decided about one.
type heading struct {
	level int
	id    string
	text  string
}

func (w *writer) begin(d *Document, at *locator) {
	*w = writer{
		d: d, at: at, text: at.text,
		out: buffer{w.out.b[:0]}, plain: w.plain[:0], scratch: buffer{w.scratch.b[:0]},
		ids: w.ids, outlined: w.outlined[:0], tags: w.tags[:0],
	}
	w.ids.begin(d.options.IDPrefix, d.options.Reserved)
}

// finish gives the Document what was gathered.
func (w *writer) finish() {
	w.d.html = slices.Clone(w.out.b)
	w.d.plain = string(bytes.TrimRight(w.plain, " \n"))
	for i, s := range w.d.lead {
		w.d.lead[i] = span{min(s.start, len(w.d.plain)), min(s.end, len(w.d.plain))}
	}
	for i, s := range w.d.headingText {
		w.d.headingText[i] = span{min(s.start, len(w.d.plain)), min(s.end, len(w.d.plain))}
	}
	w.d.problems = append(w.d.problems, w.problems.Sorted()...)
	w.d, w.at, w.text, w.problems, w.title = nil, nil, nil, nil, nil
	clear(w.outlined)
	clear(w.tags[:cap(w.tags)])
}

func (w *writer) fail(offset int, rule, format string, args ...any) {
	w.report(diag.Error, offset, rule, format, args)
}

func (w *writer) warn(offset int, rule, format string, args ...any) {
	w.report(diag.Warning, offset, rule, format, args)
}

func (w *writer) report(severity diag.Severity, offset int, rule, format string, args []any) {
	switch n := len(w.problems); {
	case n < MaxProblems:
		w.problems = append(w.problems, diag.Problem{Place: w.at.place(offset), Severity: severity, Rule: rule, Message: fmt.Sprintf(format, args...)})
	case n == MaxProblems:
		w.problems.Errorf(w.at.place(len(w.text)), "too-many", "this text has more problems than are told at once: mend these first")
	}
}

func (w *writer) document(root *ast.Document) {
	w.outline(root)
	w.children(root)
}

// outline finds the title and decides levels and ids of the headings, since a link may
// lead to a heading below it.
func (w *writer) outline(root ast.Node) {
	nodes := headingsOf(nil, root)
	if len(nodes) == 0 {
		return
	}
	if first := nodes[0]; first.Level == 1 && opens(root, first) && !w.d.options.KeepTitle {
		w.title, w.d.title = first, strings.TrimSpace(string(w.words(nil, first)))
		nodes = nodes[1:]
	}
	highest := 6
	for _, n := range nodes {
		highest = min(highest, n.Level)
	}
	previous := highest - 1
	for _, n := range nodes {
		text := strings.Join(strings.Fields(string(w.words(nil, n))), " ")
		if n.Level > previous+1 {
			w.warn(n.Pos(), "heading-level", "this heading skips a level: begin it with %s and not with %s", strings.Repeat("#", previous+1), strings.Repeat("#", n.Level))
		}
		previous = n.Level
		if text == "" {
			w.warn(n.Pos(), "heading-empty", "this heading has no words")
		}
		if lines := n.Lines(); lines.Len() > 0 {
			last := lines.At(lines.Len() - 1)
			if m := headingAttributes.FindIndex(last.Value(w.text)); m != nil {
				w.warn(last.Start+m[0], "foreign-notation", "a heading takes no {…} here and it is shown as it stands: leave it out; links use #%s", Anchor(text[:max(strings.LastIndex(text, "{"), 0)]))
			}
		}
		h := heading{min(n.Level-highest+w.d.options.TopLevel, 6), w.ids.id(text), text}
		w.outlined = append(w.outlined, h)
		w.addAnchor(h.id)
		if n.Parent() == root {
			w.d.headings = append(w.d.headings, Heading{h.level, h.id, h.text})
		}
	}
}

// opens reports whether the heading is the first thing a reader sees.
func opens(root, heading ast.Node) bool {
	for c := root.FirstChild(); c != nil; c = c.NextSibling() {
		switch c := c.(type) {
		case *ast.HTMLBlock:
			if c.HTMLBlockType != ast.HTMLBlockType2 { // a comment
				return false
			}
		case *ast.LinkReferenceDefinition:
		default:
			return ast.Node(c) == heading
		}
	}
	return false
}

func headingsOf(found []*ast.Heading, parent ast.Node) []*ast.Heading {
	for c := parent.FirstChild(); c != nil; c = c.NextSibling() {
		switch c := c.(type) {
		case *ast.Heading:
			found = append(found, c)
		case *ast.Paragraph, *ast.TextBlock:
		default:
			if c.Type() == ast.TypeBlock {
				found = headingsOf(found, c)
			}
		}
	}
	return found
}

func (w *writer) addAnchor(id string) {
	if w.d.anchors == nil {
		w.d.anchors = map[string]bool{}
	}
	w.d.anchors[id] = true
}

// children writes what a node holds and closes the raw HTML that was opened in it.
func (w *writer) children(parent ast.Node) {
	if w.depth > 2*MaxDepth {
		w.fail(w.startOf(parent), "too-deep", "this text nests quotations, lists or emphasis more than %d deep", MaxDepth)
		return
	}
	w.depth++
	for c := parent.FirstChild(); c != nil; c = c.NextSibling() {
		w.node(c)
	}
	w.depth--
	w.closeTags(parent)
}

// startOf is where a node begins, or the nearest node above it that knows.
func (w *writer) startOf(n ast.Node) int {
	for ; n != nil; n = n.Parent() {
		if n.Pos() >= 0 {
			return n.Pos()
		}
	}
	return 0
}

func (w *writer) node(n ast.Node) {
	switch n := n.(type) {
	case *ast.Text:
		w.textNode(n)
	case *ast.Paragraph:
		w.paragraph(n)
	case *ast.Heading:
		w.headingNode(n)
	case *ast.List:
		w.list(n)
	case *ast.ListItem:
		w.listItem(n)
	case *ast.TextBlock:
		w.children(n)
		if n.NextSibling() != nil && n.FirstChild() != nil {
			w.out.string("\n")
		}
		w.newline()
	case *ast.Blockquote:
		w.quotation(n)
	case *ast.ThematicBreak:
		w.out.string("<hr>\n")
	case *ast.CodeBlock:
		w.code("", w.lines(n), nil)
	case *ast.FencedCodeBlock:
		w.fenced(n)
	case *ast.HTMLBlock:
		w.htmlBlock(n)
	case *ast.LinkReferenceDefinition:
	case *east.Table:
		w.table(n)
	case *east.DefinitionList:
		w.element(n, "<dl>\n", "</dl>\n")
	case *east.DefinitionTerm:
		w.element(n, "<dt>", "</dt>\n")
		w.newline()
	case *east.DefinitionDescription:
		if n.IsTight {
			w.element(n, "<dd>", "</dd>\n")
		} else {
			w.element(n, "<dd>\n", "</dd>\n")
		}
	case *east.FootnoteList:
		w.out.string(`<section class="footnotes" role="doc-endnotes" aria-label="`)
		w.out.escaped(w.d.options.Words.Footnotes)
		w.element(n, "\">\n<ol>\n", "</ol>\n</section>\n")
	case *east.Footnote:
		id := w.footnoteID("fn", n.Index, 0)
		w.addAnchor(id)
		w.out.strings(`<li id="`, id)
		w.element(n, "\">\n", "</li>\n")
		w.newline()
	default:
		w.inline(n)
	}
}

// element writes a node between two tags.
func (w *writer) element(n ast.Node, open, close string) {
	w.out.string(open)
	w.children(n)
	w.out.string(close)
}

func (w *writer) paragraph(n *ast.Paragraph) {
	w.newline()
	start := len(w.plain)
	if image, ok := n.FirstChild().(*ast.Image); ok && n.ChildCount() == 1 && len(bytes.TrimSpace(image.Title)) > 0 {
		w.out.string("<figure>")
		w.image(image, true)
		w.out.string("<figcaption>")
		caption := w.decoded(image.Title)
		w.out.escaped(caption)
		w.space()
		w.plain = append(w.plain, caption...)
		w.out.string("</figcaption></figure>\n")
		w.newline()
		return
	}
	w.element(n, "<p>", "</p>\n")
	w.newline()
	if _, top := n.Parent().(*ast.Document); top && len(w.plain) > start {
		w.d.lead = append(w.d.lead, span{start, len(w.plain)})
	}
}

func (w *writer) headingNode(n *ast.Heading) {
	if ast.Node(n) == w.title {
		return
	}
	h := w.outlined[w.heading]
	w.heading++
	w.newline()
	start := len(w.plain)
	tag := "h" + strconv.Itoa(h.level)
	w.out.strings(`<div class="heading"><`, tag, ` id="`)
	w.out.escaped(h.id)
	w.element(n, `">`, "</"+tag+">")
	w.out.string(`<a class="heading-anchor" href="#`)
	w.out.url(h.id)
	w.out.string(`" aria-label="`)
	w.out.escaped(named(w.d.options.Words.Section, h.text))
	w.out.string("\"><span aria-hidden=\"true\">#</span></a></div>\n")
	w.newline()
	if _, top := n.Parent().(*ast.Document); top {
		w.d.headingText = append(w.d.headingText, span{start, len(w.plain)})
	}
}

func (w *writer) list(n *ast.List) {
	w.newline()
	tag := "ul"
	if n.IsOrdered() {
		tag = "ol"
	}
	w.out.strings("<", tag)
	if n.IsOrdered() && n.Start != 1 {
		w.out.strings(` start="`, strconv.Itoa(n.Start), `"`)
	}
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		if isTask(c) {
			w.out.string(` class="task-list"`)
			break
		}
	}
	w.element(n, ">\n", "</"+tag+">\n")
}

// isTask reports whether a list item begins with a box to tick.
func isTask(item ast.Node) bool {
	block := item.FirstChild()
	if block == nil {
		return false
	}
	_, ok := block.FirstChild().(*east.TaskCheckBox)
	return ok
}

func (w *writer) listItem(n *ast.ListItem) {
	open := "<li>"
	if isTask(n) {
		open = `<li class="task-item">`
	}
	if first := n.FirstChild(); first != nil && first.Kind() != ast.KindTextBlock {
		open += "\n"
	}
	w.element(n, open, "</li>\n")
	w.newline()
}

func (w *writer) quotation(n *ast.Blockquote) {
	kind, ok := n.AttributeString(alertAttribute)
	if !ok {
		w.element(n, "<blockquote>\n", "</blockquote>\n")
		return
	}
	words, title := &w.d.options.Words, ""
	switch kind {
	case "note":
		title = words.Note
	case "tip":
		title = words.Tip
	case "important":
		title = words.Important
	case "warning":
		title = words.Warning
	case "caution":
		title = words.Caution
	}
	w.out.strings(`<aside class="alert alert-`, kind.(string), `" role="note"><p class="alert-title">`)
	w.out.escaped(title)
	w.element(n, "</p>\n", "</aside>\n")
}

// lines is the text of a block of code.
func (w *writer) lines(n ast.Node) string {
	var b strings.Builder
	for i := range n.Lines().Len() {
		line := n.Lines().At(i)
		b.Write(line.Value(w.text))
	}
	return b.String()
}

// fenced writes a fenced block: an embed or code.
func (w *writer) fenced(n *ast.FencedCodeBlock) {
	language, _, _ := strings.Cut(w.decoded(n.Language(w.text)), "{")
	body := w.lines(n)
	w.checkFence(n)
	if embeds := w.d.options.Embeds; len(embeds) > 0 && language != "" {
		if slices.Contains(embeds, language) {
			w.embed(n, language, body)
			return
		}
		if lexer(language) == nil {
			if near := diag.Nearest(language, embeds); near != "" {
				w.warn(n.Pos(), "unknown-embed", "there is no block named %q (did you mean %q?), so this one is shown as code", language, near)
			}
		}
	}
	w.code(language, body, w.marked(n, n.Lines().Len()))
}

func (w *writer) embed(n *ast.FencedCodeBlock, kind, body string) {
	e := Embed{Kind: kind, Body: body, Place: w.at.place(n.Pos())}
	e.BodyPlace = e.Place
	if n.Lines().Len() > 0 {
		e.BodyPlace = w.at.place(n.Lines().At(0).Start)
	}
	w.d.embeds = append(w.d.embeds, e)
	w.newline()
	w.hole(embedHole, len(w.d.embeds)-1)
	w.out.string("\n")
}

// checkFence warns about a fenced block that nothing closes: it swallows the rest of
// the text, or of the quotation or list item that it is in.
func (w *writer) checkFence(n *ast.FencedCodeBlock) {
	pos := n.Pos()
	if pos < 0 || pos >= len(w.text) || w.text[pos] != '`' && w.text[pos] != '~' {
		return
	}
	fence := w.text[pos : pos+1]
	end := pos + len(w.at.lineAt(pos)) + 1
	if lines := n.Lines(); lines.Len() > 0 {
		end = lines.At(lines.Len() - 1).Stop
	}
	if closing := bytes.TrimLeft(w.at.lineAt(end), " \t>"); !bytes.HasPrefix(closing, bytes.Repeat(fence, 3)) {
		w.warn(pos, "fence", "nothing closes this block: end it with a line that holds only %s", strings.Repeat(string(fence), 3))
	}
}

func (w *writer) table(n *east.Table) {
	w.newline()
	var heads []string
	if header := n.FirstChild(); header != nil {
		for cell := header.FirstChild(); cell != nil; cell = cell.NextSibling() {
			if head := string(w.words(nil, cell)); strings.TrimSpace(head) != "" {
				heads = append(heads, strings.TrimSpace(head))
			}
		}
	}
	label := cut(strings.Join(heads, ", "), 80)
	w.out.string(`<div class="table-wrap" role="group" tabindex="0" aria-label="`)
	w.out.escaped(named(w.d.options.Words.Table, label))
	w.out.string("\">\n<table>\n")
	for row := n.FirstChild(); row != nil; row = row.NextSibling() {
		cell := "td"
		if row.Kind() == east.KindTableHeader {
			cell = "th"
			w.out.string("<thead>\n")
		} else if row.PreviousSibling().Kind() == east.KindTableHeader {
			w.out.string("<tbody>\n")
		}
		w.out.string("<tr>\n")
		for c := row.FirstChild(); c != nil; c = c.NextSibling() {
			w.tableCell(c.(*east.TableCell), cell)
		}
		w.out.string("</tr>\n")
		w.newline()
		w.checkRow(row)
		if cell == "th" {
			w.out.string("</thead>\n")
		} else if row.NextSibling() == nil {
			w.out.string("</tbody>\n")
		}
	}
	w.out.string("</table>\n</div>\n")
}

// checkRow warns about a row's cells that have no column, which are not shown.
func (w *writer) checkRow(row ast.Node) {
	last := row.LastChild()
	if last == nil || last.Lines().Len() == 0 {
		return
	}
	rest := bytes.TrimLeft(w.at.lineAt(last.Lines().At(0).Stop), " \t")
	if extra := bytes.TrimSpace(bytes.TrimPrefix(rest, []byte("|"))); len(extra) > 0 {
		w.warn(cap(w.text)-cap(extra), "table", "this row has more cells than the table has columns, and %s is not shown: write \\| for a bar inside a cell", shortened(extra))
	}
}

func (w *writer) tableCell(n *east.TableCell, tag string) {
	w.out.strings("<", tag)
	if tag == "th" {
		w.out.string(` scope="col"`)
	}
	if n.Alignment != east.AlignNone {
		w.out.strings(` class="align-`, n.Alignment.String(), `"`)
	}
	w.element(n, ">", "</"+tag+">\n")
	w.space()
}
