package migrate

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

// A rewriter rewrites what stands within the lines of a text: links, pictures, tags of templates,
// HTML and JSX. It reads the text once from its beginning, passes over code, and collects edits.
type rewriter struct {
	*mover
	text     *text
	lines    []line
	source   string
	starts   []int // of lines in source
	edits    []edit
	open     []bracket       // that may begin a link
	loose    map[string]bool // reference labels whose definition leads nowhere
	unclosed map[string]bool // elements that nothing closes
	empty    int             // up to here, the line has nothing left but its beginning
}

type edit struct {
	start, end int
	text       string
}

// A bracket is a [ or ![.
type bracket struct {
	at    int
	image bool
}

func newRewriter(m *mover, t *text, lines []line) *rewriter {
	w := &rewriter{mover: m, text: t, lines: lines, loose: map[string]bool{}, unclosed: map[string]bool{}}
	var b strings.Builder
	for _, l := range lines {
		w.starts = append(w.starts, b.Len())
		b.WriteString(l.text)
		b.WriteByte('\n')
	}
	w.source = b.String()
	return w
}

// lineOf is the line that holds a byte.
func (w *rewriter) lineOf(at int) int {
	i, exact := slices.BinarySearch(w.starts, at)
	if !exact {
		i--
	}
	return max(i, 0)
}

// place is a byte's place in the file that the text was read from.
func (w *rewriter) place(at int) line {
	i := w.lineOf(at)
	l := w.lines[i]
	l.col += utf8.RuneCountInString(w.source[w.starts[i]:at])
	return l
}

func (w *rewriter) say(at int, rule, format string, args ...any) {
	w.note(w.text, w.place(at), rule, format, args...)
}

func (w *rewriter) replace(start, end int, text string) {
	w.edits = append(w.edits, edit{start, end, text})
}

var reference = regexp.MustCompile(`^((?:[ \t]*>)*[ ]{0,3}\[([^\]\^][^\]]*)\]:[ \t]*)(<[^>]*>|\S+)`)

// run reads the text.
func (w *rewriter) run() {
	w.references()
	for i, line := 0, -1; i < len(w.source); {
		if at := w.lineOf(i); at != line {
			line = at
			if w.lines[line].code {
				w.open = nil
				i = w.starts[line] + len(w.lines[line].text) + 1
				continue
			}
			if strings.Trim(w.lines[line].text, " \t>") == "" {
				w.open = nil
			}
		}
		i = w.next(i)
	}
}

// next deals with what begins at i and says where to go on.
func (w *rewriter) next(i int) int {
	rest := w.source[i:]
	switch rest[0] {
	case '\\':
		return min(i+2, len(w.source))
	case '`':
		return w.codeSpan(i)
	case '<':
		return w.angle(i)
	case '{':
		return w.brace(i)
	case '!':
		if strings.HasPrefix(rest, "![") {
			w.open = append(w.open, bracket{i, true})
			return i + 2
		}
	case '[':
		w.open = append(w.open, bracket{i, false})
	case ']':
		return w.link(i)
	case ':':
		if m := iconName.FindString(rest); m != "" {
			w.comment(i, i+len(m), "icons of MkDocs are not shown")
			return i + len(m)
		}
	}
	return i + 1
}

var iconName = regexp.MustCompile(`^:(?:material|fontawesome|octicons|simple)-[a-z0-9-]+:`)

// paragraphEnd is where the paragraph around a byte ends.
func (w *rewriter) paragraphEnd(i int) int {
	for n := w.lineOf(i) + 1; n < len(w.lines); n++ {
		if w.lines[n].code || strings.Trim(w.lines[n].text, " \t>") == "" {
			return w.starts[n]
		}
	}
	return len(w.source)
}

// codeSpan passes over code between backticks. The marks with which Jekyll keeps Liquid out of
// code are no part of it.
func (w *rewriter) codeSpan(i int) int {
	n := 0
	for i+n < len(w.source) && w.source[i+n] == '`' {
		n++
	}
	end := w.paragraphEnd(i)
	for j := i + n; j < end; {
		at := strings.IndexByte(w.source[j:end], '`')
		if at < 0 {
			break
		}
		j += at
		run := 0
		for j+run < end && w.source[j+run] == '`' {
			run++
		}
		if run == n {
			for _, mark := range rawMarks.FindAllStringIndex(w.source[i:j], -1) {
				w.replace(i+mark[0], i+mark[1], "")
			}
			return j + n
		}
		j += run
	}
	return i + n
}

// leadIn is what a line begins with before its words: marks of quotations and lists.
var (
	leadIn     = regexp.MustCompile(`^(?:[ \t]*>)*[ \t]*(?:(?:[-*+]|[0-9]{1,9}[.)])[ \t]+)*`)
	linePrefix = regexp.MustCompile(leadIn.String() + `$`)
)

// beginsLine tells whether nothing that is shown stands before a byte in its line.
func (w *rewriter) beginsLine(i int) bool {
	start := w.starts[w.lineOf(i)]
	if w.empty > start && w.empty <= i {
		return strings.TrimSpace(w.source[w.empty:i]) == ""
	}
	return linePrefix.MatchString(w.source[start:i])
}

// lineEnd is where the line around a byte ends.
func (w *rewriter) lineEnd(i int) int {
	n := w.lineOf(i)
	return w.starts[n] + len(w.lines[n].text)
}

// drop takes something away that shows nothing.
func (w *rewriter) drop(start, end int) {
	if w.beginsLine(start) {
		w.empty = end
	}
	w.replace(start, end, "")
}

// comment leaves what was not carried in the text, as a comment, and says why. A comment that
// begins a line would make HTML of the words behind it, so it moves behind them.
func (w *rewriter) comment(start, end int, why string, args ...any) {
	what := w.source[start:end]
	w.say(start, "not-carried", why+": %s", append(args, shown(unprefixed(what)))...)
	text := comment(unprefixed(what))
	if !w.beginsLine(start) {
		w.replace(start, end, text)
		return
	}
	last := w.lineEnd(end)
	if strings.TrimSpace(w.source[end:last]) == "" {
		w.replace(start, end, text)
		return
	}
	w.empty = end
	for end < last && w.source[end] == ' ' {
		end++
	}
	w.replace(start, end, "")
	w.replace(last, last, " "+text)
}

var innerPrefix = regexp.MustCompile(`\n[ \t]*(?:>[ \t]*)+`)

// unprefixed is a part of a text without the marks of quotations at its lines.
func unprefixed(what string) string { return innerPrefix.ReplaceAllString(what, "\n") }

// result applies the edits. Those inside a larger one are done with by it.
func (w *rewriter) result() []line {
	if len(w.lines) == 0 {
		return nil
	}
	slices.SortStableFunc(w.edits, func(a, b edit) int {
		if a.start != b.start {
			return a.start - b.start
		}
		return b.end - a.end
	})
	var b strings.Builder
	var owner []int // for every line made, the line it comes from
	at := 0
	emit := func(text string, from int) {
		for range strings.Count(text, "\n") {
			owner = append(owner, from)
		}
		b.WriteString(text)
	}
	through := func(to int) {
		for at < to {
			n := w.lineOf(at)
			end := min(to, w.starts[n]+len(w.lines[n].text)+1)
			emit(w.source[at:end], n)
			at = end
		}
	}
	for _, e := range w.edits {
		if e.start < at {
			continue
		}
		through(e.start)
		emit(e.text, w.lineOf(e.start))
		at = e.end
	}
	through(len(w.source))
	made := strings.Split(strings.TrimSuffix(b.String(), "\n"), "\n")
	out := make([]line, len(made))
	for i, text := range made {
		from := w.lines[owner[min(i, len(owner)-1)]]
		out[i] = line{text: text, at: from.at, col: from.col, code: from.code && text == from.text}
	}
	return out
}
