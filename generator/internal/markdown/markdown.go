// Package markdown turns Markdown, which strangers wrote, into HTML that is safe to
// publish, and says where in their file something is wrong. It knows nothing of
// mentoring: what a link leads to, how large a picture is and what an embedded block
// shows are asked of the caller.
//
// In comes a [Source]: a text and the place where it begins (a guide's body begins
// below its front matter, a mentor's bio inside a TOML string). [Parse] never fails.
// Out comes a [Document], which is immutable and may be shared: its title, headings,
// links, pictures, embeds, plain words, its problems, and its HTML with holes.
// [Document.Render] copies the HTML and fills the holes with what a [Resolver] answers,
// so that one parsed text serves pages in different folders and rendering costs little
// more than a copy. Only what depends on the site is a hole: links within the site,
// pictures and embeds. Links to other hosts, mailto: and tel:, and those to a heading
// of the same text are settled at once.
//
// The Markdown is CommonMark with GitHub's tables, strikethrough, task lists, autolinks,
// footnotes and alerts (> [!TIP]), and definition lists. goldmark parses it; this
// package writes the HTML itself, because every element carries something that
// goldmark's writer has no word for: alignment by class and never by style=, tables and
// code that a keyboard can scroll, heading links outside the heading's own name, labels
// in the page's language.
//
// Raw HTML is refused but for comments, which disappear, and br, kbd, sub, sup, details
// and summary without attributes, which must be balanced within one block. Everything
// else is an error that says what to write instead, and so are dangerous addresses and
// the notations of other generators (MDX, :::tip, !!! note, {% %}). Nothing is dropped
// silently. The safety does not hang on those checks: no byte of the source reaches the
// output but as escaped text, as an escaped attribute or as a tag that this package
// spelled.
//
// What a stylesheet needs to know:
//
//	div.heading > h2#id + a.heading-anchor     heading and its link
//	div.table-wrap > table                     th, td: .align-left, .align-center, .align-right
//	aside.alert.alert-tip > p.alert-title      also -note, -important, -warning, -caution
//	ul.task-list > li.task-item > input        checked or not, disabled
//	div.code[data-lang] > pre.chroma > code    see [Stylesheet]; mark: marked lines
//	sup.footnote-ref > a                       section.footnotes > ol > li, a.footnote-backref
//	figure > img + figcaption                  a picture alone in its paragraph, with a title
//	a.external                                 a link to another host
package markdown

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"golang.org/x/text/unicode/norm"

	"github.com/stoa-portal/stoa/generator/internal/diag"
	"github.com/stoa-portal/stoa/generator/internal/digest"
)

// Limits. A text beyond the first three is a located error, and nothing of it is
// rendered: parsers, ours included, may need time that grows with the square of a line.
const (
	MaxBytes    = 256 << 10 // length of one text; 40,000 words
	MaxLine     = 16 << 10  // length of one line; a paragraph of 2,500 words
	MaxDepth    = 64        // lists in quotations in lists …, and emphasis within emphasis
	MaxProblems = 100       // how many problems of one text are told at once
)

// A Source is a Markdown text and the place where it begins.
type Source struct {
	File   string // slash-separated, relative to the site's source folder
	Line   int    // line of the text's first character, from 1; 0 means 1
	Column int    // its column in code points, from 1; 0 means 1
	Text   string // UTF-8; LF or CRLF, a byte-order mark is ignored

	// Locate, when not nil, tells the place of a byte of Text, for a text that its file
	// does not spell literally: a TOML string with escapes in it.
	Locate func(offset int) diag.Place
}

// Options say how a text fits into its page. The zero Options are those of a guide.
type Options struct {
	TopLevel  int      // level that the text's highest headings get, 1 to 6; 0 means 2
	KeepTitle bool     // a level-1 heading that opens the text stays a heading; else it is the [Document.Title] and not rendered
	IDPrefix  string   // begins every id, so that two texts can share a page
	Reserved  []string // ids that the page itself uses; a heading of that name gets "-1"
	Embeds    []string // names of fenced blocks that are embeds, such as "mentors"
	Words     Words    // labels in the page's language
}

// A Heading is a line of the table of contents.
type Heading struct {
	Level int    // as rendered
	ID    string // with Options.IDPrefix
	Text  string // plain words
}

// A Document is a parsed text. It is immutable and safe for concurrent use.
type Document struct {
	source      string
	options     Options
	title       string
	headings    []Heading
	anchors     map[string]bool
	links       []Link
	images      []Image
	embeds      []Embed
	plain       string
	lead        []span // the paragraphs of plain that a summary is made of
	headingText []span // of headings, in plain
	html        []byte
	holes       []hole
	problems    diag.List
}

// A span is a part of a text, in bytes.
type span struct{ start, end int }

// Parse reads a text. It never fails; see [Document.Problems].
func Parse(source Source, options Options) *Document {
	if options.TopLevel == 0 {
		options.TopLevel = 2
	}
	options.TopLevel = min(max(options.TopLevel, 1), 6)
	options.Words = options.Words.orEnglish()
	d := &Document{source: source.Text, options: options}
	at := newLocator(source)
	if len(source.Text) > MaxBytes {
		d.problems.Errorf(at.place(0), "too-large", "this text is %d KB long; a page takes at most %d KB, so divide it into several", len(source.Text)>>10, MaxBytes>>10)
		return d
	}
	if offset, fault := excess(at.text); fault != "" {
		d.problems.Errorf(at.place(offset), "too-large", "%s", fault)
		return d
	}
	d.parse(at)
	return d
}

// parse does the work of Parse. The libraries below are sound but large; a fault of
// theirs costs one text and not the site.
func (d *Document) parse(at *locator) {
	w := writers.Get().(*writer)
	defer func() {
		if fault := recover(); fault != nil {
			d.html, d.holes = nil, nil
			d.problems.Errorf(at.place(0), "markdown", "this Markdown cannot be read, which is a fault of Stoa; please report it together with the text")
			return
		}
		writers.Put(w)
	}()
	w.begin(d, at)
	context := parser.NewContext()
	context.Set(writerKey, w)
	root := commonmark().Parse(text.NewReader(at.text), parser.WithContext(context))
	w.document(root.(*ast.Document))
	w.finish()
}

var writers = sync.Pool{New: func() any { return new(writer) }}

// Problems lists what is wrong with the text, by place: raw HTML, dangerous addresses,
// notations of other generators, unknown alerts, skipped heading levels.
func (d *Document) Problems() diag.List { return d.problems }

// Title is the text of a level-1 heading that opens the text, or "". It is not
// rendered, since the page shows it (but see Options.KeepTitle).
func (d *Document) Title() string { return d.title }

// Headings lists the headings for a table of contents, without the title and without
// those inside quotations and lists.
func (d *Document) Headings() []Heading { return d.headings }

// HasAnchor reports whether the text has a heading or footnote of that id. A fragment
// may be given as an address has it (percent-encoded), with or without the id prefix.
func (d *Document) HasAnchor(id string) bool {
	_, ok := d.anchor(id)
	return ok
}

// Anchors lists the ids that a link may lead to, sorted, for a "did you mean".
func (d *Document) Anchors() []string { return slices.Sorted(maps.Keys(d.anchors)) }

func (d *Document) anchor(fragment string) (id string, ok bool) {
	if len(d.anchors) == 0 {
		return "", false
	}
	id = norm.NFC.String(unescapePath(fragment))
	if d.anchors[id] {
		return id, true
	}
	id = d.options.IDPrefix + id
	return id, d.anchors[id]
}

// Links lists the links in the order of the text, those to other hosts included.
// Refused addresses are among the problems instead.
func (d *Document) Links() []Link { return d.links }

// Images lists the pictures in the order of the text.
func (d *Document) Images() []Image { return d.images }

// Embeds lists the embedded blocks in the order of the text.
func (d *Document) Embeds() []Embed { return d.embeds }

// Sum is the digest of what the document was made from.
func (d *Document) Sum() digest.Sum { return digest.Of("markdown", d.source, d.options) }

// HasHoles is a quick look at a text that has not been parsed: may its HTML depend on
// a Resolver, because it may hold a link within the site, a picture or an embed? When
// it is false, Render asks nothing.
func HasHoles(text string) bool {
	if i := strings.IndexByte(text, '['); i >= 0 && strings.IndexByte(text[i:], ']') > 0 {
		return true
	}
	return strings.Contains(text, "```") || strings.Contains(text, "~~~")
}

// excess finds a line that is too long, or opens more blocks within each other than
// MaxDepth, so that no parser has to climb them.
func excess(text []byte) (offset int, fault string) {
	depth, lineStart, leading := 0, 0, true
	for i, c := range text {
		switch {
		case i-lineStart > MaxLine:
			return lineStart, fmt.Sprintf("this line is longer than %d KB: divide it", MaxLine>>10)
		case c == '\n':
			depth, lineStart, leading = 0, i+1, true
		case !leading || c == ' ' || c == '\t' || c >= '0' && c <= '9':
		case c == '>' || strings.IndexByte("-*+:.)", c) >= 0 && i+1 < len(text) && (text[i+1] == ' ' || text[i+1] == '\t'):
			if depth++; depth > MaxDepth {
				return lineStart, fmt.Sprintf("more than %d quotations or lists within each other begin on this line", MaxDepth)
			}
		default:
			leading = false
		}
	}
	return 0, ""
}

// Words are the labels that a rendered text needs beside the author's own. A word left
// empty is English. "%s" stands for what is named.
type Words struct {
	Note, Tip, Important, Warning, Caution string // titles of alerts

	Footnotes string // name of the list of footnotes
	Footnote  string // name of the link to one: "Footnote %s"
	Back      string // name of the link back from one: "Back to reference %s"
	Section   string // name of a heading's link to itself: "Link to this section: %s"
	Table     string // name of a table, by its column heads: "Table: %s"
	Done      string // a task that is done
	ToDo      string // a task that is not
}

func (w Words) orEnglish() Words {
	return Words{
		Note:      cmp.Or(w.Note, "Note"),
		Tip:       cmp.Or(w.Tip, "Tip"),
		Important: cmp.Or(w.Important, "Important"),
		Warning:   cmp.Or(w.Warning, "Warning"),
		Caution:   cmp.Or(w.Caution, "Caution"),
		Footnotes: cmp.Or(w.Footnotes, "Footnotes"),
		Footnote:  cmp.Or(w.Footnote, "Footnote %s"),
		Back:      cmp.Or(w.Back, "Back to reference %s"),
		Section:   cmp.Or(w.Section, "Link to this section: %s"),
		Table:     cmp.Or(w.Table, "Table: %s"),
		Done:      cmp.Or(w.Done, "Done"),
		ToDo:      cmp.Or(w.ToDo, "To do"),
	}
}

// named puts what is named into a label.
func named(label, name string) string { return strings.Replace(label, "%s", name, 1) }
