package migrate

import (
	"cmp"
	"html"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"github.com/JohannesKaufmann/html-to-markdown/v2/converter"
	"github.com/JohannesKaufmann/html-to-markdown/v2/plugin/base"
	"github.com/JohannesKaufmann/html-to-markdown/v2/plugin/commonmark"
	"github.com/JohannesKaufmann/html-to-markdown/v2/plugin/strikethrough"
	"github.com/JohannesKaufmann/html-to-markdown/v2/plugin/table"
	xhtml "golang.org/x/net/html"
)

var (
	tagStart   = regexp.MustCompile(`^</?([A-Za-z][A-Za-z0-9._-]*)`)
	autolink   = regexp.MustCompile(`^<(?:[A-Za-z][A-Za-z0-9+.-]{1,31}:[^<>\s]*|[^\s<>@]+@[^\s<>]+)>`)
	anchorTags = regexp.MustCompile(`</?a\b[^>]*>`)
	titleTag   = regexp.MustCompile(`^h[1-6]$`)
)

// A tag is one of HTML or JSX.
type tag struct {
	start, end int
	written    string // its name as written
	name       string // in small letters
	closing    bool
	alone      bool // <br/>
}

// tagAt reads the tag at i. The values of JSX may hold > between braces.
func (w *rewriter) tagAt(i int) (t tag, ok bool) {
	m := tagStart.FindStringSubmatch(w.source[i:min(len(w.source), i+80)])
	if m == nil {
		return t, false
	}
	t = tag{start: i, written: m[1], name: strings.ToLower(m[1]), closing: w.source[i+1] == '/'}
	var quote byte
	depth := 0
	for j := i + len(m[0]); j < min(len(w.source), i+20_000); j++ {
		switch c := w.source[j]; {
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case c == '"' || c == '\'' || c == '`' && depth > 0:
			quote = c
		case c == '{':
			depth++
		case c == '}':
			depth = max(depth-1, 0)
		case c == '\n' && depth == 0 && strings.HasPrefix(w.source[j:], "\n\n"):
			return t, false
		case c == '<' && depth == 0:
			return t, false
		case c == '>' && depth == 0:
			t.end, t.alone = j+1, w.source[j-1] == '/'
			return t, true
		}
	}
	return t, false
}

// attributes of a tag, as a browser reads them.
func (w *rewriter) attributes(t tag) map[string]string {
	token := xhtml.NewTokenizer(strings.NewReader(w.source[t.start:t.end]))
	token.Next()
	values := map[string]string{}
	for _, a := range token.Token().Attr {
		if _, ok := values[a.Key]; !ok {
			values[a.Key] = a.Val
		}
	}
	return values
}

// bare tells whether a tag has no attributes.
func (w *rewriter) bare(t tag) bool {
	return strings.Trim(w.source[t.start+len(t.written)+1:t.end], "/> \t\n") == "" || t.closing
}

// endOf is the tag that closes t, before the end given.
func (w *rewriter) endOf(t tag, before int) (tag, bool) {
	if w.unclosed[t.name] {
		return tag{}, false
	}
	depth := 0
	for i := t.end; i < before; i++ {
		if w.source[i] != '<' {
			continue
		}
		other, ok := w.tagAt(i)
		if !ok || other.name != t.name || other.alone {
			continue
		}
		if !other.closing {
			depth++
		} else if depth--; depth < 0 {
			return other, true
		}
	}
	if before == len(w.source) { // once is enough: a text may hold thousands
		w.unclosed[t.name] = true
	}
	return tag{}, false
}

// knownTags are elements of HTML. Another word between < and > is not one of them.
var knownTags = strings.Fields(`a abbr acronym address area article aside audio b base bdi bdo big blink blockquote body br button canvas caption center cite code
	col colgroup data datalist dd del details dfn dialog dir div dl dt em embed fieldset figcaption figure font footer form frame frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html
	i iframe img input ins kbd label legend li link main map mark marquee math menu meta meter nav nobr noframes noscript object ol optgroup option output p param picture pre
	progress q rp rt ruby s samp script search section select slot small source span strike strong style sub summary sup svg table tbody td template textarea tfoot th thead
	time title tr track tt u ul var video wbr`)

func isElement(name string) bool { return slices.Contains(knownTags, strings.ToLower(name)) }

// Elements that are taken out with all that is in them, and those whose tags only are.
var (
	programs = strings.Fields("script style head noscript svg math canvas object embed template select textarea form button input label fieldset map area audio video")
	tables   = strings.Fields("table ul ol dl blockquote figure pre picture")
	wrappers = strings.Fields("p div span center section article main header footer font big small u ins mark abbr acronym time data bdi bdo q cite dfn var wbr nobr body html tbody aside nav figcaption hgroup address")
	wordings = map[string]string{"b": "**", "strong": "**", "i": "*", "em": "*", "del": "~~", "s": "~~", "strike": "~~"}
	allowed  = strings.Fields("br kbd sub sup details summary")
)

// angle deals with the < at i and says where to go on.
func (w *rewriter) angle(i int) int {
	rest := w.source[i:]
	switch {
	case strings.HasPrefix(rest, "<!--"):
		if n := strings.Index(rest[4:], "-->"); n >= 0 {
			return i + 4 + n + 3
		}
		w.replace(i, i+1, `\<`)
		return i + 4
	case strings.HasPrefix(rest, "<!"), strings.HasPrefix(rest, "<?"):
		if n := strings.IndexByte(rest, '>'); n > 0 && n < 1000 {
			w.comment(i, i+n+1, "this is no part of a text")
			return i + n + 1
		}
	case strings.HasPrefix(rest, "<>"), strings.HasPrefix(rest, "</>"):
		n := strings.IndexByte(rest, '>') + 1
		w.drop(i, i+n)
		return i + n
	}
	if m := autolink.FindString(rest); m != "" {
		return i + len(m)
	}
	t, ok := w.tagAt(i)
	switch {
	case !ok && tagStart.MatchString(rest):
		w.replace(i, i+1, `\<`)
		return i + 1
	case !ok:
		return i + 1
	case t.written[0] >= 'A' && t.written[0] <= 'Z' && strings.ToUpper(t.written) != t.written || strings.Contains(t.written, "."):
		w.comment(i, t.end, "this is a component of MDX, and a page runs no program")
		return t.end
	case !isElement(t.name):
		if _, closed := w.endOf(t, len(w.source)); t.closing || closed || t.alone || !w.bare(t) {
			w.comment(i, t.end, "this is not HTML that a text may hold")
		} else {
			w.replace(i, i+1, `\<`) // a word to be filled in, such as <your-name>
		}
		return t.end
	}
	return w.element(t)
}

// element deals with a tag of HTML.
func (w *rewriter) element(t tag) int {
	end := w.paragraphEnd(t.start)
	if _, holdsMarkdown := w.attributes(t)["markdown"]; holdsMarkdown && !slices.Contains(allowed, t.name) {
		w.drop(t.start, t.end)
		return t.end
	}
	_, emphasis := wordings[t.name]
	switch {
	case slices.Contains(allowed, t.name):
		return w.allowedTag(t)
	case t.closing:
		w.drop(t.start, t.end) // what it closes has been dealt with
		return t.end
	case emphasis:
		closing, ok := w.endOf(t, end)
		if inner := w.source[t.end:max(closing.start, t.end)]; !ok || strings.TrimSpace(inner) == "" {
			w.drop(t.start, t.end)
			return t.end
		}
		from, to := t.end, closing.start
		for w.source[from] == ' ' || w.source[from] == '\n' {
			from++
		}
		for w.source[to-1] == ' ' || w.source[to-1] == '\n' {
			to--
		}
		w.replace(t.start, from, w.source[t.end:from]+wordings[t.name])
		w.replace(to, closing.end, wordings[t.name]+w.source[to:closing.start])
		return from
	case t.name == "code" || t.name == "tt" || t.name == "samp":
		if closing, ok := w.endOf(t, end); ok {
			inner := html.UnescapeString(w.source[t.end:closing.start])
			fence := "`"
			for strings.Contains(inner, fence) {
				fence += "`"
			}
			if len(fence) > 1 {
				inner = " " + inner + " "
			}
			w.replace(t.start, closing.end, fence+inner+fence)
			return closing.end
		}
	case t.name == "a":
		return w.anchorTag(t, end)
	case t.name == "img":
		return w.picture(t)
	case t.name == "hr" && w.beginsLine(t.start):
		w.replace(t.start, t.end, "***")
		return t.end
	case titleTag.MatchString(t.name):
		if closing, ok := w.endOf(t, end); ok && w.beginsLine(t.start) && !strings.Contains(w.source[t.end:closing.start], "\n") {
			if id := w.attributes(t)["id"]; id != "" {
				w.text.explicit[id] = w.source[t.end:closing.start]
			}
			w.replace(t.start, t.end, "\n"+strings.Repeat("#", int(t.name[1]-'0'))+" ")
			w.replace(closing.start, closing.end, "")
			return t.end
		}
	case t.name == "iframe":
		return w.frame(t)
	case slices.Contains(tables, t.name):
		return w.structure(t)
	case slices.Contains(programs, t.name):
		to := t.end
		if closing, ok := w.endOf(t, len(w.source)); ok && !t.alone {
			to = closing.end
		}
		why := "this HTML is not part of a text"
		if t.name == "head" {
			why = "what search engines are told, the site writes itself"
		}
		w.comment(t.start, to, why)
		return to
	case slices.Contains(wrappers, t.name) && w.bare(t):
		w.drop(t.start, t.end)
		return t.end
	case slices.Contains(wrappers, t.name):
		w.comment(t.start, t.end, "a text has no classes or attributes of its own")
		return t.end
	}
	w.comment(t.start, t.end, "this HTML is not part of a text")
	return t.end
}

// allowedTag writes a tag that a text may hold, as the site wants it: without attributes, and
// <details> and <summary> at the beginning of a line, with empty lines around what they hold.
func (w *rewriter) allowedTag(t tag) int {
	slash := ""
	if t.closing {
		slash = "/"
	}
	if attributes := w.attributes(t); len(attributes) > 0 {
		w.say(t.start, "not-carried", "<%s> has no attributes here, so they were left out: %s", t.name, shown(w.source[t.start:t.end]))
	}
	text := "<" + slash + t.name + ">"
	switch {
	case t.name == "br":
		text = "<br>"
	case t.name != "details" && t.name != "summary":
		if _, ok := w.endOf(t, w.paragraphEnd(t.start)); !t.closing && !ok {
			w.drop(t.start, t.end)
			return t.end
		}
	case !w.beginsLine(t.start) && !t.closing && t.name == "details":
		text = "\n\n" + text
	case t.closing && strings.TrimSpace(w.source[t.end:w.lineEnd(t.end)]) != "":
		text += "\n\n"
	case t.closing && t.name == "summary":
		if n := w.lineOf(t.end) + 1; n < len(w.lines) && strings.TrimSpace(w.lines[n].text) != "" {
			text += "\n"
		}
	case t.closing:
		if n := w.lineOf(t.start) - 1; n >= 0 && strings.TrimSpace(w.lines[n].text) != "" && w.beginsLine(t.start) {
			text = "\n" + text
		} else if !w.beginsLine(t.start) {
			text = "\n\n" + text
		}
	}
	if text != w.source[t.start:t.end] {
		w.replace(t.start, t.end, text)
	}
	return t.end
}

// anchorTag turns <a> into a link of Markdown.
func (w *rewriter) anchorTag(t tag, before int) int {
	attributes := w.attributes(t)
	closing, closed := w.endOf(t, before)
	href, linked := attributes["href"]
	if id := cmp.Or(attributes["id"], attributes["name"]); id != "" && !linked {
		for _, l := range w.lines[w.lineOf(t.start):] { // the heading that it was put before
			if words, ok := strings.CutPrefix(strings.TrimLeft(l.text, "#"), " "); ok && strings.HasPrefix(l.text, "#") {
				w.text.explicit[id] = anchorTags.ReplaceAllString(words, "")
				w.drop(t.start, t.end)
				return t.end
			}
		}
	}
	if !linked || !closed {
		w.comment(t.start, t.end, "this HTML is not part of a text")
		return t.end
	}
	if strings.TrimSpace(w.source[t.end:closing.start]) == "" {
		w.drop(t.start, closing.end)
		return closing.end
	}
	way := w.resolve(strings.ReplaceAll(href, `\&`, "&"), false)
	switch way.kind {
	case keeps:
		way.address = strings.ReplaceAll(href, `\&`, "&")
		fallthrough
	case leads:
		if strings.ContainsAny(way.address, " <>()") {
			way.address = strings.NewReplacer(" ", "%20", "<", "%3C", ">", "%3E", "(", "%28", ")", "%29").Replace(way.address)
		}
		w.replace(t.start, t.end, "[")
		w.replace(closing.start, closing.end, "]("+way.address+")")
	default:
		w.say(t.start, "not-carried", "%s, so only its words are left: %s", way.why, shown(w.source[t.start:t.end]))
		w.drop(t.start, t.end)
		w.replace(closing.start, closing.end, " "+comment("link to "+href))
	}
	if way.note != "" {
		w.say(t.start, "not-carried", "%s", way.note)
	}
	return t.end
}

// picture turns <img> into a picture of Markdown.
func (w *rewriter) picture(t tag) int {
	attributes := w.attributes(t)
	way := w.resolve(attributes["src"], true)
	alt := strings.Join(strings.Fields(strings.NewReplacer("[", `\[`, "]", `\]`).Replace(attributes["alt"])), " ")
	switch way.kind {
	case leads:
		title := ""
		if attributes["title"] != "" {
			title = ` "` + strings.ReplaceAll(attributes["title"], `"`, "”") + `"`
		}
		w.replace(t.start, t.end, "!["+alt+"]("+way.address+title+")")
	case elsewhere:
		w.say(t.start, "picture", "a picture on another host is not shown, so that visitors talk to no other host; it became a link: %s", shown(way.address))
		w.replace(t.start, t.end, "["+cmp.Or(alt, hostOf(way.address))+"]("+way.address+")")
	default:
		w.comment(t.start, t.end, "%s", way.why)
	}
	return t.end
}

var embedded = regexp.MustCompile(`^https?://(?:www\.)?youtube(?:-nocookie)?\.com/embed/([\w-]+)`)

// frame turns a page of another host within the page into a link to it.
func (w *rewriter) frame(t tag) int {
	to := t.end
	if closing, ok := w.endOf(t, len(w.source)); ok && !t.alone {
		to = closing.end
	}
	attributes := w.attributes(t)
	address := attributes["src"]
	if m := embedded.FindStringSubmatch(address); m != nil {
		address = "https://www.youtube.com/watch?v=" + m[1]
	}
	if u, err := url.Parse(address); err != nil || u.Scheme != "https" || strings.ContainsAny(address, " <>()") {
		w.comment(t.start, to, "this HTML is not part of a text")
		return to
	}
	w.say(t.start, "video", "a page of another host is not shown within a page, so that visitors talk to no other host; it became a link: %s", shown(address))
	w.replace(t.start, to, "["+cmp.Or(strings.NewReplacer("[", "", "]", "").Replace(attributes["title"]), hostOf(address))+"]("+address+")")
	return to
}

var toMarkdown = converter.NewConverter(converter.WithPlugins(base.NewBasePlugin(), commonmark.NewCommonmarkPlugin(), strikethrough.NewStrikethroughPlugin(), table.NewTablePlugin()))

// structure turns tables, lists and the like into Markdown, when nothing else stands in their
// lines.
func (w *rewriter) structure(t tag) int {
	closing, ok := w.endOf(t, len(w.source))
	if !ok || t.alone {
		w.comment(t.start, t.end, "this HTML is not part of a text")
		return t.end
	}
	what := w.source[t.start:closing.end]
	if t.name != "table" && strings.Contains(what, "](") { // Markdown within HTML, as MDX has it
		w.drop(t.start, t.end)
		return t.end
	}
	made, err := toMarkdown.ConvertString(unprefixed(what))
	if made = strings.TrimSpace(made); err != nil || made == "" || !w.beginsLine(t.start) || strings.TrimSpace(w.source[closing.end:w.lineEnd(closing.end)]) != "" || strings.Contains(what, "<!--") {
		w.comment(t.start, closing.end, "this HTML is not part of a text")
		return closing.end
	}
	prefix := w.source[w.starts[w.lineOf(t.start)]:t.start]
	if strings.Trim(prefix, " \t>") != "" { // the item of a list
		prefix = strings.Repeat(" ", len(prefix))
	}
	// What it holds is Markdown now, with links of its own.
	inner := newRewriter(w.mover, w.text, nil)
	at := w.place(t.start)
	for l := range strings.Lines(made) {
		inner.lines = append(inner.lines, line{text: strings.TrimRight(l, "\n"), at: at.at, col: at.col})
	}
	inner = newRewriter(w.mover, w.text, mark(inner.lines))
	inner.run()
	var lines []string
	for i, l := range inner.result() {
		text := l.text
		if i > 0 && text != "" {
			text = prefix + text
		} else if i > 0 {
			text = strings.TrimRight(prefix, " ")
		}
		lines = append(lines, text)
	}
	w.replace(t.start, closing.end, strings.Join(lines, "\n"))
	return closing.end
}
