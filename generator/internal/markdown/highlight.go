package markdown

import (
	"fmt"
	"strings"

	"github.com/alecthomas/chroma/v2"
	"github.com/alecthomas/chroma/v2/lexers"
)

// maxHighlight bounds the code that is coloured: the rules of some languages are slow
// on long input, and chroma gives up on a rule after a while, by the clock.
const maxHighlight = 16 << 10

// A shade colours some kinds of tokens. All have a contrast of at least 4.5:1 on the
// background (WCAG 2.2, 1.4.3).
type shade struct {
	light, dark string
	extra       string // other declarations
	tokens      []chroma.TokenType
}

const (
	lightBackground, darkBackground = "#f6f7f9", "#1b1f27"
	lightText, darkText             = "#24292f", "#e3e6ea"
	lightMark, darkMark             = "#fdf3d6", "#33301f" // behind marked lines
)

var shades = []shade{
	{"#5c6470", "#a2abb8", "font-style:italic", []chroma.TokenType{chroma.Comment, chroma.GenericOutput, chroma.GenericPrompt}},
	{"#a4133c", "#ff8fa3", "", []chroma.TokenType{chroma.Keyword, chroma.OperatorWord, chroma.CommentPreproc}},
	{"#0a4fa3", "#8ec5ff", "", []chroma.TokenType{chroma.LiteralNumber, chroma.KeywordConstant, chroma.NameConstant, chroma.NameBuiltin, chroma.NameAttribute, chroma.LiteralStringSymbol}},
	{"#22633a", "#96d9a5", "", []chroma.TokenType{chroma.LiteralString, chroma.LiteralDate, chroma.GenericInserted}},
	{"#6a3ab2", "#cdb2ff", "", []chroma.TokenType{chroma.NameFunction, chroma.NameClass, chroma.NameDecorator, chroma.NameException, chroma.KeywordType}},
	{"#8a4600", "#ffb77a", "", []chroma.TokenType{chroma.NameTag, chroma.NameVariable, chroma.NameEntity, chroma.NameNamespace, chroma.LiteralStringEscape, chroma.LiteralStringInterpol}},
	{"#a4133c", "#ff8fa3", "text-decoration:line-through", []chroma.TokenType{chroma.GenericDeleted}},
	{"inherit", "inherit", "font-weight:bold", []chroma.TokenType{chroma.GenericHeading, chroma.GenericSubheading, chroma.GenericStrong}},
	{"inherit", "inherit", "font-style:italic", []chroma.TokenType{chroma.GenericEmph}},
}

// classes are the class names of tokens that have a colour, those of chroma and Pygments.
var classes = func() map[chroma.TokenType]string {
	names := map[chroma.TokenType]string{}
	for _, s := range shades {
		for _, t := range s.tokens {
			names[t] = chroma.StandardTypes[t]
		}
	}
	return names
}()

func classOf(t chroma.TokenType) string {
	for _, t := range []chroma.TokenType{t, t.SubCategory(), t.Category()} {
		if class, ok := classes[t]; ok {
			return class
		}
	}
	return ""
}

// Stylesheet is the CSS of highlighted code, for light and dark pages: as the browser
// prefers, unless an element above says data-theme="light" or "dark". A theme may set
// the --code-… properties otherwise.
func Stylesheet() string {
	var rules, light, dark strings.Builder
	fmt.Fprintf(&light, "--code-background:%s;--code-text:%s;--code-mark:%s", lightBackground, lightText, lightMark)
	fmt.Fprintf(&dark, "--code-background:%s;--code-text:%s;--code-mark:%s", darkBackground, darkText, darkMark)
	rules.WriteString(".chroma{background:var(--code-background);color:var(--code-text);overflow-x:auto}\n.chroma mark{display:block;background:var(--code-mark);color:inherit}\n")
	for i, s := range shades {
		for j, t := range s.tokens {
			if j > 0 {
				rules.WriteByte(',')
			}
			rules.WriteString(".chroma ." + chroma.StandardTypes[t])
		}
		color := "inherit"
		if s.light != "inherit" {
			color = fmt.Sprintf("var(--code-%d)", i+1)
			fmt.Fprintf(&light, ";--code-%d:%s", i+1, s.light)
			fmt.Fprintf(&dark, ";--code-%d:%s", i+1, s.dark)
		}
		rules.WriteString("{color:" + color)
		if s.extra != "" {
			rules.WriteString(";" + s.extra)
		}
		rules.WriteString("}\n")
	}
	return fmt.Sprintf(":root,[data-theme=light]{%s}\n@media (prefers-color-scheme:dark){:root:not([data-theme=light]){%s}}\n[data-theme=dark]{%[2]s}\n%[3]s", light.String(), dark.String(), rules.String())
}

// lexer finds a language by its name, an alias or a file's ending; nil when unknown.
func lexer(language string) chroma.Lexer {
	if language == "" {
		return nil
	}
	return lexers.Get(language)
}

// code writes a block of code, coloured when its language is known, with some of its lines
// marked.
func (w *writer) code(language, body string, marked lineSet) {
	w.newline()
	w.out.string(`<div class="code" dir="ltr"`) // code runs from left to right in every language
	if language != "" {
		w.out.string(` data-lang="`)
		w.out.escaped(language)
		w.out.string(`"`)
	}
	w.out.string(`><pre class="chroma" tabindex="0"><code>`)
	start := len(w.out.b)
	if !w.highlight(language, body, marked) {
		w.out.b = w.out.b[:start]
		plain := codeWriter{out: &w.out, marked: marked, line: 1}
		plain.token("", body)
		plain.end()
	}
	w.out.string("</code></pre></div>\n")
}

// highlight reports whether it wrote the code. A language's rules that fail, fail for
// this block alone.
func (w *writer) highlight(language, body string, marked lineSet) (done bool) {
	if len(body) > maxHighlight {
		return false
	}
	defer func() {
		if recover() != nil {
			done = false
		}
	}()
	rules := lexer(language)
	if rules == nil {
		return false
	}
	tokens, err := chroma.Coalesce(rules).Tokenise(nil, body)
	if err != nil {
		return false
	}
	code, written := codeWriter{out: &w.out, marked: marked, line: 1}, 0
	for token := tokens(); token != chroma.EOF; token = tokens() {
		code.token(classOf(token.Type), token.Value)
		written += len(token.Value)
	}
	code.end()
	return written >= len(strings.TrimRight(body, "\n"))
}
