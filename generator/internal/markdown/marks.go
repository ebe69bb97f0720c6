package markdown

import (
	"regexp"
	"strconv"
	"strings"

	"github.com/yuin/goldmark/ast"
)

// maxMarked is the highest number of a line that can be marked.
const maxMarked = 10_000

// A lineSet is lines of a block of code, from 1.
type lineSet map[int]bool

var (
	hlLines    = regexp.MustCompile(`\bhl_lines\s*=\s*("[^"]*"|'[^']*'|\[[^\]]*\]|\d+)`)
	bareLines  = regexp.MustCompile(`\{([\d\s,-]+)\}`)
	lineRange  = regexp.MustCompile(`^(\d+)(?:-(\d+))?$`)
	lineCommas = strings.NewReplacer(",", " ", `"`, " ", "'", " ", "[", " ", "]", " ")
)

// marked reads which lines a fence marks. Three notations mean the same:
// {hl_lines="2-3 5"} and {hl_lines=[2,"4-5"]}, as goldmark's highlighting, Hugo and MkDocs have
// it, and {2-3,5}, as Docusaurus and VitePress do.
func (w *writer) marked(n *ast.FencedCodeBlock, lines int) lineSet {
	if n.Info == nil {
		return nil
	}
	info := string(n.Info.Segment.Value(w.text))
	m := hlLines.FindStringSubmatchIndex(info)
	if m == nil {
		m = bareLines.FindStringSubmatchIndex(info)
	}
	if m == nil {
		return nil
	}
	set := lineSet{}
	for _, word := range strings.Fields(lineCommas.Replace(info[m[2]:m[3]])) {
		from, to := 0, 0
		if r := lineRange.FindStringSubmatch(word); r != nil {
			from, _ = strconv.Atoi(r[1])
			to = from
			if r[2] != "" {
				to, _ = strconv.Atoi(r[2])
			}
		}
		if from < 1 || to < from || to > min(lines, maxMarked) {
			w.warn(n.Info.Segment.Start+m[2], "code-lines", "%s is not among the %d lines of this block: mark a line by its number, or several as 2-4", word, lines)
			continue
		}
		for line := from; line <= to; line++ {
			set[line] = true
		}
	}
	return set
}

// A codeWriter writes coloured code line by line, so that a marked line is an element of its
// own: <mark>.
type codeWriter struct {
	out    *buffer
	marked lineSet
	line   int    // from 1
	class  string // of the span that is open, or ""
	inMark bool
}

// token writes a piece of code in one colour.
func (c *codeWriter) token(class, text string) {
	if len(c.marked) == 0 {
		c.piece(class, text)
		return
	}
	for text != "" {
		end := strings.IndexByte(text, '\n') + 1
		if end == 0 {
			end = len(text)
		}
		if c.marked[c.line] && !c.inMark {
			c.close()
			c.out.string("<mark>")
			c.inMark = true
		}
		c.piece(class, text[:end])
		if text[end-1] == '\n' {
			if c.inMark && !c.marked[c.line+1] {
				c.end()
			}
			c.line++
		}
		text = text[end:]
	}
}

func (c *codeWriter) piece(class, text string) {
	if class != c.class && strings.TrimSpace(text) != "" {
		c.close()
		if class != "" {
			c.out.strings(`<span class="`, class, `">`)
		}
		c.class = class
	}
	c.out.escaped(text)
}

func (c *codeWriter) close() {
	if c.class != "" {
		c.out.string("</span>")
		c.class = ""
	}
}

// end closes what is open.
func (c *codeWriter) end() {
	c.close()
	if c.inMark {
		c.out.string("</mark>")
		c.inMark = false
	}
}
