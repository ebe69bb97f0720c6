package markdown

import (
	"slices"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/text"
)

// WithoutComments is a text without its HTML comments, for those who are handed the Markdown
// itself: a comment is a note to oneself, and no page shows it. What looks like one inside code
// stays.
func WithoutComments(source string) string {
	if !strings.Contains(source, "<!--") {
		return source
	}
	if len(source) > MaxBytes {
		return "" // which no page shows either
	}
	raw := []byte(source)
	var comments []span
	add := func(from, to int) { // all that lie in a piece of raw HTML; one that nothing closes goes on to its end
		for {
			start := strings.Index(source[from:to], "<!--")
			if start < 0 {
				return
			}
			start += from
			from = to
			if end := strings.Index(source[start:to], "-->"); end >= 0 {
				from = start + end + len("-->")
			}
			comments = append(comments, span{start, from})
		}
	}
	_ = ast.Walk(goldmark.DefaultParser().Parse(text.NewReader(raw)), func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		switch n := n.(type) {
		case *ast.HTMLBlock:
			if entering && n.Lines().Len() > 0 {
				last := n.Lines().At(n.Lines().Len() - 1)
				if n.HasClosure() {
					last = n.ClosureLine
				}
				add(n.Lines().At(0).Start, last.Stop)
			}
		case *ast.RawHTML:
			if entering && n.Segments.Len() > 0 {
				add(n.Segments.At(0).Start, n.Segments.At(n.Segments.Len()-1).Stop)
			}
		}
		return ast.WalkContinue, nil
	})
	for _, c := range slices.Backward(comments) {
		source = source[:c.start] + source[c.end:]
	}
	return source
}
