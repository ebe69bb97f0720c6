package main

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"time"
	"unicode"

	"golang.org/x/term"

	"github.com/stoa-portal/stoa/generator"
)

// A terminal is where the command speaks to people, and the rules of how:
//
//   - results go to out, problems and hints to err;
//   - a problem is a line "path:line:col: message", its path as seen from the current folder;
//   - colours appear on terminals only, and not with NO_COLOR (no-color.org) or TERM=dumb;
//   - progress appears on terminals only, after a second;
//   - on a terminal, warnings of one kind are cut short when there are hundreds of them; whatever
//     is piped or redirected is complete.
type terminal struct {
	out, err           io.Writer
	outScreen          bool // out is a terminal
	errScreen          bool
	outColour, errTint bool
}

func newTerminal(out, err io.Writer) *terminal {
	t := &terminal{out: out, err: err, outScreen: isScreen(out), errScreen: isScreen(err)}
	colours := os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb"
	if runtime.GOOS == "windows" {
		colours = colours && os.Getenv("WT_SESSION") != "" // older consoles print the codes
	}
	t.outColour, t.errTint = colours && t.outScreen, colours && t.errScreen
	return t
}

func isScreen(w io.Writer) bool {
	f, ok := w.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}

// The colours, as ECMA-48 parameters.
const (
	bold   = "1"
	red    = "1;31"
	green  = "1;32"
	yellow = "33"
	faint  = "2"
)

func tint(on bool, colour, text string) string {
	if !on || text == "" {
		return text
	}
	return "\x1b[" + colour + "m" + text + "\x1b[0m"
}

// result prints a line of results, its first words set off.
func (t *terminal) result(colour, first, format string, args ...any) {
	fmt.Fprintln(t.out, tint(t.outColour, colour, first)+fmt.Sprintf(format, args...))
}

// note prints a line that belongs to the problems.
func (t *terminal) note(colour, format string, args ...any) {
	fmt.Fprintln(t.err, tint(t.errTint, colour, fmt.Sprintf(format, args...)))
}

func (t *terminal) sayError(err error) {
	fmt.Fprintln(t.err, tint(t.errTint, red, "stoa:")+" "+plain(err.Error()))
}

// problem prints one. source is the site's folder as it was given.
func (t *terminal) problem(p generator.Problem, source string) {
	p.File = seenFrom(source, p.File)
	place, message, colour := oneLine(p.Place.String()), oneLine(p.Message), red
	if place != "" {
		place += ":"
	}
	if p.Severity.String() == "warning" {
		colour, message = bold, tint(t.errTint, yellow, "warning:")+" "+message
	}
	fmt.Fprintln(t.err, strings.TrimSpace(tint(t.errTint, colour, place)+" "+message))
}

// seenFrom is the path of a file of the site from the current folder. What lies in the
// built-in theme has no such path.
func seenFrom(source, file string) string {
	for _, part := range []string{"config.toml", "content", "themes", "import.toml", ".stoa"} {
		if rest, ok := strings.CutPrefix(file, part); ok && (rest == "" || rest[0] == '/') {
			return filepath.ToSlash(filepath.Join(source, filepath.FromSlash(file)))
		}
	}
	return file
}

// plain shows the characters that a terminal would obey: a message may quote what
// somebody else wrote.
func plain(text string) string {
	if strings.IndexFunc(text, unprintable) < 0 {
		return text
	}
	var b strings.Builder
	for _, r := range text {
		if unprintable(r) {
			fmt.Fprintf(&b, "\\u%04x", r)
		} else {
			b.WriteRune(r)
		}
	}
	return b.String()
}

// oneLine is plain without line ends: a line that begins with :: is an order to GitHub Actions.
func oneLine(text string) string { return strings.ReplaceAll(plain(text), "\n", "\\n") }

func unprintable(r rune) bool {
	return r != '\n' && (unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r))
}

// So many warnings are all shown on a terminal; of more, so many of each kind.
const (
	manyWarnings = 100
	ofEachKind   = 5
)

// problems prints those of one run: the whole list, unless all is false and it would
// flood a terminal.
func (t *terminal) problems(list generator.Problems, source string, all bool) {
	if all || !t.errScreen || list.Warnings() <= manyWarnings {
		for _, p := range list {
			t.problem(p, source)
		}
		return
	}
	count, said := map[string]int{}, map[string]int{}
	for _, p := range list {
		if p.Severity.String() == "warning" {
			count[p.Rule]++
		}
	}
	for _, p := range list {
		if p.Severity.String() != "warning" {
			t.problem(p, source)
			continue
		}
		said[p.Rule]++
		if said[p.Rule] <= ofEachKind {
			t.problem(p, source)
		} else if said[p.Rule] == count[p.Rule] {
			t.note(faint, "… and %s like it (%s)", counted(count[p.Rule]-ofEachKind, "more warning"), p.Rule)
		}
	}
	t.note(faint, "stoa check shows every one")
}

// counts says how many problems there are: "2 errors, 1 warning", or "".
func counts(list generator.Problems) string {
	var parts []string
	if n := list.Errors(); n > 0 {
		parts = append(parts, counted(n, "error"))
	}
	if n := list.Warnings(); n > 0 {
		parts = append(parts, counted(n, "warning"))
	}
	return strings.Join(parts, ", ")
}

// after is what follows in a line, set off by a dot, or "".
func after(parts ...string) string {
	var b strings.Builder
	for _, part := range parts {
		if part != "" {
			b.WriteString(" · " + part)
		}
	}
	return b.String()
}

func counted(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

// span writes a duration: "12 ms", "0.6 s".
func span(d time.Duration) string {
	if d < 100*time.Millisecond {
		return fmt.Sprintf("%d ms", d.Milliseconds())
	}
	return fmt.Sprintf("%.1f s", d.Seconds())
}

// progress is a line that says how far something is ("Rendering: %d of %s", of so many of the
// noun), on a terminal, once it takes longer than a second. clear takes it away.
func (t *terminal) progress(format, noun string) (show func(done, total int), clear func()) {
	if !t.errScreen {
		return nil, func() {}
	}
	next, width := time.Now().Add(time.Second), 0
	show = func(done, total int) {
		if now := time.Now(); now.After(next) {
			next = now.Add(100 * time.Millisecond)
			line := fmt.Sprintf(format, done, counted(total, noun))
			width = max(width, len(line))
			fmt.Fprintf(t.err, "\r%-*s", width, line)
		}
	}
	return show, func() {
		if width > 0 {
			fmt.Fprintf(t.err, "\r%*s\r", width, "")
		}
	}
}
