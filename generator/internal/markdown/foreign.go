package markdown

import (
	"bytes"
	"regexp"
	"strings"
)

// A notation is a way of writing that another generator understands and CommonMark
// shows as it stands.
type notation struct {
	begins  string // what the line begins with, for a quick look
	pattern *regexp.Regexp
	warning bool // it may be meant as text
	say     string
}

// admonitions are the kinds of notes that other generators know, as alerts.
var admonitions = map[string]string{
	"note": "NOTE", "info": "NOTE", "abstract": "NOTE", "summary": "NOTE", "example": "NOTE", "question": "NOTE", "quote": "NOTE", "seealso": "NOTE",
	"tip": "TIP", "hint": "TIP", "success": "TIP", "important": "IMPORTANT",
	"warning": "WARNING", "attention": "WARNING", "caution": "CAUTION", "danger": "CAUTION", "error": "CAUTION", "failure": "CAUTION", "bug": "CAUTION",
}

const asAlert = "write > [!%s] instead, and > before each line of its text"

var notations = []notation{
	{":::", regexp.MustCompile(`^:::+ *(?:\{\.?)?([a-z]+)`), false, "%s is a notation of Docusaurus: " + asAlert},
	{"!!!", regexp.MustCompile(`^!!!\+? +"?([a-z]+)`), false, "%s is a notation of MkDocs: " + asAlert},
	{"???", regexp.MustCompile(`^\?\?\?\+? +"?([a-z]+)`), false, "%s is a notation of MkDocs: write <details>, <summary>title</summary>, an empty line, the text, an empty line and </details>"},
	{"===", regexp.MustCompile(`^=== +"`), false, "%s is a notation of MkDocs for tabs: write a heading for each tab instead"},
	{"import ", regexp.MustCompile(`^import\s+(?:[\w*{].*\sfrom\s+)?['"]`), false, "%s is a notation of MDX and a page runs no code: leave the line out"},
	{"export ", regexp.MustCompile(`^export\s+(?:(?:default|const|let|var|function|class|async)\b|\{|\*)`), false, "%s is a notation of MDX and a page runs no code: leave the line out"},
	{"{%", regexp.MustCompile(`^\{%`), false, "%s is a notation of Liquid, which Jekyll and GitBook use: write what it stands for; for a note, > [!NOTE] and > before each line of its text"},
	{"{{", regexp.MustCompile(`^\{\{[<%]`), false, "%s is a shortcode of Hugo: write what it stands for; for a note, > [!NOTE] and > before each line of its text"},
	{"{{", regexp.MustCompile(`^\{\{`), true, "%s is a notation of templates and is shown as it stands: write what it stands for, or put it between backticks"},
	{"{/*", regexp.MustCompile(`^\{/\*`), false, "%s is a comment of MDX: write <!-- --> instead"},
	{"{:", regexp.MustCompile(`^\{:`), true, "%s is a notation of Kramdown and is shown as it stands: leave it out"},
	{"[[toc", regexp.MustCompile(`(?i)^\[\[_?toc_?\]\]`), true, "%s is a notation of other generators: leave it out, since a guide shows its contents itself"},
	{"[TOC", regexp.MustCompile(`^\[TOC\]`), true, "%s is a notation of other generators: leave it out, since a guide shows its contents itself"},
}

// foreignLine reports the notation of another generator at the beginning of a
// paragraph's line.
func (w *writer) foreignLine(line []byte, offset int) {
	indent := len(line) - len(bytes.TrimLeft(line, " \t"))
	line = bytes.TrimRight(line[indent:], " \n")
	if len(line) == 0 || strings.IndexByte(":!?=ie{[", line[0]) < 0 {
		return
	}
	for _, n := range notations {
		if len(line) < len(n.begins) || !strings.EqualFold(string(line[:len(n.begins)]), n.begins) {
			continue
		}
		m := n.pattern.FindSubmatch(line)
		if m == nil {
			continue
		}
		say, shown := n.say, line
		if strings.Contains(say, "[!%s]") {
			kind, ok := admonitions[string(m[1])]
			if !ok {
				kind = "NOTE"
			}
			say, shown = strings.Replace(say, "[!%s]", "[!"+kind+"]", 1), m[0]
		}
		if n.warning {
			w.warn(offset+indent, "foreign-notation", say, shortened(shown))
		} else {
			w.fail(offset+indent, "foreign-notation", say, shortened(shown))
		}
		return
	}
}

// headingAttributes finds the {#id} that some generators allow behind a heading.
var headingAttributes = regexp.MustCompile(`\{[#.:][^{}]*\}\s*$`)

// shortened is the beginning of a line, for a message.
func shortened(line []byte) string {
	runes := []rune(string(line))
	if len(runes) <= 40 {
		return string(runes)
	}
	return strings.TrimSpace(string(runes[:39])) + "…"
}

// AlertOf is the alert that a note of another generator becomes, such as "TIP" for "hint"; NOTE
// for a kind that is not known.
func AlertOf(kind string) string {
	if alert, ok := admonitions[strings.ToLower(kind)]; ok {
		return alert
	}
	return "NOTE"
}
