package markdown

import (
	"bytes"
	"strings"
	"sync"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	east "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

	"github.com/stoa-portal/stoa/generator/internal/diag"
)

// commonmark is the one parser; it holds no state of a text, which lives in its context.
var commonmark = sync.OnceValue(func() parser.Parser {
	return parser.NewParser(
		parser.WithBlockParsers(parser.DefaultBlockParsers()...),
		parser.WithBlockParsers(
			util.Prioritized(extension.NewDefinitionListParser(), 101),
			util.Prioritized(extension.NewDefinitionDescriptionParser(), 102),
			util.Prioritized(extension.NewFootnoteBlockParser(), 999),
		),
		parser.WithInlineParsers(parser.DefaultInlineParsers()...),
		parser.WithInlineParsers(
			util.Prioritized(extension.NewTaskCheckBoxParser(), 0),
			util.Prioritized(extension.NewFootnoteParser(), 101),
			util.Prioritized(bracketNotation{}, 102), // sees what is not a footnote
			util.Prioritized(tagNotation{}, 450),     // sees what is not raw HTML
			util.Prioritized(extension.NewStrikethroughParser(), 500),
			util.Prioritized(extension.NewLinkifyParser(
				extension.WithLinkifyAllowedProtocols([]string{"http:", "https:"}),
			), 999),
		),
		parser.WithParagraphTransformers(parser.DefaultParagraphTransformers()...),
		parser.WithParagraphTransformers(
			util.Prioritized(paragraphNotation{}, 50),
			util.Prioritized(extension.NewTableParagraphTransformer(), 200),
		),
		parser.WithASTTransformers(
			util.Prioritized(extension.NewTableASTTransformer(), 0),
			util.Prioritized(footnoteNotation{}, 998), // sees footnotes before unused ones go
			util.Prioritized(extension.NewFootnoteASTTransformer(), 999),
		),
	)
})

var writerKey = parser.NewContextKey()

func writerOf(pc parser.Context) *writer { return pc.Get(writerKey).(*writer) }

// alertAttribute marks a quotation that is an alert; its value is the kind.
const alertAttribute = "alert"

var alertKinds = []string{"NOTE", "TIP", "IMPORTANT", "WARNING", "CAUTION"}

// paragraphNotation looks at paragraphs before their words are parsed: it turns a
// quotation that opens with [!TIP] into an alert and finds the notations of other
// generators.
type paragraphNotation struct{}

func (paragraphNotation) Transform(node *ast.Paragraph, reader text.Reader, pc parser.Context) {
	w := writerOf(pc)
	quote, inQuote := node.Parent().(*ast.Blockquote)
	if inQuote && quote.FirstChild() == ast.Node(node) {
		first := node.Lines().At(0)
		if alert(w, quote, bytes.TrimSpace(first.Value(reader.Source())), first.Start) {
			node.Lines().SetSliced(1, node.Lines().Len())
			if node.Lines().Len() == 0 {
				quote.RemoveChild(quote, node)
				return
			}
		}
	}
	for i := range node.Lines().Len() {
		line := node.Lines().At(i)
		w.foreignLine(line.Value(reader.Source()), line.Start)
	}
}

// alert marks the quotation when its first line is an alert's head, and warns about
// heads that are nearly one.
func alert(w *writer, quote *ast.Blockquote, line []byte, offset int) bool {
	if !bytes.HasPrefix(line, []byte("[!")) {
		return false
	}
	end := bytes.IndexByte(line, ']')
	if end < 0 {
		return false
	}
	written := string(line[2:end])
	kind := strings.ToUpper(written)
	known := false
	for _, k := range alertKinds {
		known = known || k == kind
	}
	switch rest := bytes.TrimSpace(line[end+1:]); {
	case len(rest) > 0 && (rest[0] == '(' || rest[0] == '[' || rest[0] == ':'):
		return false // a link
	case !known:
		w.warn(offset, "unknown-alert", "there is no alert [!%s]%s: it is one of NOTE, TIP, IMPORTANT, WARNING and CAUTION", written, diag.DidYouMean(kind, alertKinds))
		return false
	case len(rest) > 0:
		w.warn(offset, "unknown-alert", "[!%s] stands alone on its line: begin the text on the next line, after another >", kind)
		return false
	}
	quote.SetAttributeString(alertAttribute, strings.ToLower(kind))
	return true
}

// bracketNotation looks at "[" where goldmark's footnotes found none.
type bracketNotation struct{}

func (bracketNotation) Trigger() []byte { return []byte{'['} }

func (bracketNotation) Parse(_ ast.Node, block text.Reader, pc parser.Context) ast.Node {
	line, segment := block.PeekLine()
	if len(line) < 4 {
		return nil
	}
	switch line[1] {
	case '^':
		if end := bytes.IndexByte(line, ']'); end > 2 && isLabel(line[2:end]) && !follows(line[end+1:], "([:") {
			writerOf(pc).warn(segment.Start, "footnote", "there is no footnote [^%s]: write it on a line of its own, as [^%[1]s]: and its text", line[2:end])
		}
	case '[':
		end := bytes.Index(line, []byte("]]"))
		if end < 3 || bytes.ContainsAny(line[2:end], "[]") || follows(line[end+2:], "([") {
			return nil
		}
		name := line[2:end]
		if _, ok := pc.Reference(util.ToLinkReference(name)); ok {
			return nil
		}
		words, address := string(name), string(name)
		if target, label, ok := bytes.Cut(name, []byte("|")); ok {
			words, address = string(label), string(target)
		}
		writerOf(pc).warn(segment.Start, "foreign-notation", "[[%s]] is the notation of a wiki: write [%s](%s.md) with the path of the file", name, words, strings.ReplaceAll(address, " ", "-"))
	}
	return nil
}

func follows(rest []byte, set string) bool {
	return len(rest) > 0 && strings.IndexByte(set, rest[0]) >= 0
}

// isLabel tells a footnote's label from a class of characters such as [^a-z].
func isLabel(label []byte) bool {
	if len(label) > 40 {
		return false
	}
	digits := true
	for _, c := range label {
		if c <= ' ' || c == '\\' || c == '[' {
			return false
		}
		digits = digits && c >= '0' && c <= '9'
	}
	return digits || len(label) > 2 && label[1] != '-'
}

// tagNotation looks at "<" where goldmark found no tag: tags of JSX, whose attributes
// are not those of HTML.
type tagNotation struct{}

func (tagNotation) Trigger() []byte { return []byte{'<'} }

func (tagNotation) Parse(_ ast.Node, block text.Reader, pc parser.Context) ast.Node {
	line, segment := block.PeekLine()
	line = line[:min(len(line), 1000)]
	if end := tagEnd(line); end > 0 {
		line = line[:end]
	}
	w := writerOf(pc)
	name := tagName(line)
	switch rest := line[min(len(line), 1+len(name)):]; {
	case name == "":
		if bytes.HasPrefix(line, []byte("<>")) {
			w.fail(segment.Start, "foreign-notation", "<> is a notation of MDX: leave it out")
		}
	case len(rest) > 0 && rest[0] != ' ' && rest[0] != '\n' && rest[0] != '>' && rest[0] != '/':
	case isComponent(name), bytes.Contains(line, []byte("={")):
		w.refuseTag(line, name, segment.Start)
	}
	return nil
}

// footnoteNotation finds footnotes that nothing refers to, which goldmark leaves out,
// and those that another one of the same name hides.
type footnoteNotation struct{}

func (footnoteNotation) Transform(root *ast.Document, reader text.Reader, pc parser.Context) {
	if !bytes.Contains(reader.Source(), []byte("[^")) {
		return
	}
	w := writerOf(pc)
	_ = ast.Walk(root, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if n.Kind() != east.KindFootnoteList {
			if n.Type() == ast.TypeInline {
				return ast.WalkSkipChildren, nil
			}
			return ast.WalkContinue, nil
		}
		seen := map[string]bool{}
		for c := n.FirstChild(); c != nil; c = c.NextSibling() {
			note := c.(*east.Footnote)
			label := string(note.Ref)
			switch {
			case seen[label]:
				w.warn(note.Pos(), "footnote", "there is another footnote [^%s] above, so this one is not shown: give it another name", label)
			case note.Index < 0:
				w.warn(note.Pos(), "footnote", "no text refers to the footnote [^%s], so it is not shown: write [^%[1]s] where it belongs", label)
			}
			seen[label] = true
		}
		return ast.WalkStop, nil
	})
}
