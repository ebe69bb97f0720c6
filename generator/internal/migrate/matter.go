package migrate

import (
	"cmp"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/stoa-portal/stoa/generator/internal/civil"
	"github.com/stoa-portal/stoa/generator/internal/diag"
)

// Bounds of the contract (see content.Guide and content.Page).
const (
	maxTitle       = 160
	maxDescription = 300
	maxAuthors     = 20
	maxAuthor      = 120
)

// read here, or without a meaning in the portal: their values are not kept under [extra].
var spentKeys = []string{
	"title", "description", "summary", "excerpt", "sidebar_position", "weight", "nav_order", "order", "position", "date", "updated", "lastmod", "last_modified_at",
	"last_update", "modified", "author", "authors", "draft", "published", "unlisted", "aliases", "redirect_from", "slug", "id", "permalink", "url", "toc", "hide_table_of_contents",
	"licence", "license", "category", "categories", "parent", "grand_parent", "has_children", "audience", "layout", "type",
}

// header is the front matter of a guide or of a section's introduction, as the contract has it.
func (m *mover) header(t *text) string {
	var h header
	x := &t.matter
	h.text("title", m.bounded(t, "title", t.title, maxTitle))
	description := m.bounded(t, "description", oneLine(x.string("description", "summary", "excerpt")), maxDescription)
	if t.index && t.lang == "" {
		description = cmp.Or(description, t.section.description)
	}
	h.text("description", description)
	if t.lang == "" {
		switch {
		case t.index && t.section.ordered && t.section.dir != "" && t.section.order >= 1:
			h.line("order", strconv.Itoa(int(t.section.order)))
		case !t.index && t.ordered && t.order >= 1:
			h.line("order", strconv.Itoa(int(t.order)))
		}
	}
	if day, ok := m.updated(t); ok {
		h.line("updated", day.String())
	}
	extra := map[string]any{}
	authors := m.authors(t)
	if t.index {
		if len(authors) > 0 {
			extra["authors"] = anyList(authors)
		}
	} else {
		h.list("audience", audience(x.strings("audience")))
		h.list("authors", authors)
		h.text("licence", m.bounded(t, "licence", oneLine(x.string("licence", "license")), maxTitle))
	}
	if draft, _ := x.bool("draft"); draft || unpublished(x) {
		h.line("draft", "true")
	}
	h.list("aliases", slices.Concat(t.old, t.sectionAliases()))
	if toc, ok := x.bool("toc"); ok {
		h.line("toc", strconv.FormatBool(toc))
	} else if hidden, _ := x.bool("hide_table_of_contents"); hidden {
		h.line("toc", "false")
	}
	for _, key := range x.keys {
		if !slices.Contains(spentKeys, key) {
			if value, ok := plainValue(x.values[key]); ok {
				extra[key] = value
			} else if x.values[key] != nil {
				m.note(t, line{at: x.lines[key], col: 1}, "not-carried", "the key %q of the front matter holds tables, and was not carried", key)
			}
		}
	}
	h.extra(extra)
	return h.String()
}

// sectionAliases are those of the section that a text introduces.
func (t *text) sectionAliases() []string {
	if t.index && t.lang == "" {
		return t.section.old
	}
	return nil
}

// sectionFile is the _index.md of a section that no text introduces.
func (m *mover) sectionFile(s *section) []byte {
	var h header
	h.text("title", cut(s.title, maxTitle))
	h.text("description", cut(oneLine(s.description), maxDescription))
	if s.ordered && s.order >= 1 {
		h.line("order", strconv.Itoa(int(s.order)))
	}
	h.list("aliases", s.old)
	return []byte(h.String())
}

func unpublished(x *matter) bool {
	published, ok := x.bool("published")
	unlisted, _ := x.bool("unlisted")
	return ok && !published || unlisted
}

// audience are the words of the contract among those given.
func audience(words []string) []string {
	var known []string
	for _, word := range words {
		word = strings.TrimSuffix(strings.ToLower(word), "s")
		if slices.Contains([]string{"mentor", "mentee", "coordinator"}, word) && !slices.Contains(known, word) {
			known = append(known, word)
		}
	}
	return known
}

func (m *mover) authors(t *text) []string {
	x := &t.matter
	names := slices.Concat(x.strings("authors"), x.strings("author"))
	if update, ok := x.values["last_update"].(map[string]any); ok && len(names) == 0 {
		names = listOf(update["author"])
	}
	for i, name := range names {
		names[i] = cut(oneLine(name), maxAuthor)
	}
	return names[:min(len(names), maxAuthors)]
}

var dayForms = []string{
	time.RFC3339, time.RFC1123Z, time.RFC1123, "2006-01-02T15:04:05", "2006-01-02 15:04:05", "2006-1-2", "2006/01/02", "2006/1/2", "January 2, 2006", "Jan 2, 2006", "2 January 2006", "2 Jan 2006", "02.01.2006",
}

// updated is the day a text was last gone over.
func (m *mover) updated(t *text) (civil.Date, bool) {
	x := &t.matter
	key := ""
	for _, k := range []string{"last_modified_at", "lastmod", "last_update", "modified", "updated", "date"} {
		if x.has(k) {
			key = k
			break
		}
	}
	text := x.string(key)
	if update, ok := x.values["last_update"].(map[string]any); ok && key == "last_update" {
		text, _ = update["date"].(string)
	}
	if text == "" {
		return civil.Date{}, false
	}
	for _, candidate := range []string{text, text[:min(10, len(text))]} {
		for _, form := range dayForms {
			if at, err := time.Parse(form, candidate); err == nil {
				year, month, day := at.Date()
				return civil.Of(year, month, day), true
			}
		}
	}
	m.note(t, line{at: x.lines[key], col: 1}, "not-carried", "the day %q cannot be read; write updated = 2026-01-31", text)
	return civil.Date{}, false
}

// bounded cuts a value that is longer than the contract allows.
func (m *mover) bounded(t *text, key, value string, most int) string {
	short := cut(value, most)
	if short != value {
		m.note(t, line{at: max(t.matter.lines[key], 1), col: 1}, "too-long", "the %s has more than %d characters and was cut", key, most)
	}
	return short
}

func cut(value string, most int) string {
	if utf8.RuneCountInString(value) <= most {
		return value
	}
	return strings.TrimSpace(string([]rune(value)[:most-1])) + "…"
}

func oneLine(value string) string { return strings.Join(strings.Fields(value), " ") }

// plainValue is a value as [extra] keeps it: a text, a number, yes or no, or a list of those.
func plainValue(value any) (any, bool) {
	switch v := value.(type) {
	case string, bool, int64, float64:
		return v, true
	case []any:
		for _, item := range v {
			switch item.(type) {
			case string, bool, int64, float64:
			default:
				return nil, false
			}
		}
		return v, true
	}
	return nil, false
}

func anyList(list []string) []any {
	all := make([]any, len(list))
	for i, s := range list {
		all[i] = s
	}
	return all
}

// A header is TOML between two lines of +++.
type header struct{ lines []string }

func (h *header) line(key, value string) { h.lines = append(h.lines, key+" = "+value) }

func (h *header) text(key, value string) {
	if value != "" {
		h.line(key, quoted(value))
	}
}

func (h *header) list(key string, values []string) {
	if len(values) > 0 {
		h.line(key, tomlText(anyList(values)))
	}
}

func (h *header) extra(values map[string]any) {
	if len(values) == 0 {
		return
	}
	h.lines = append(h.lines, "", "[extra]")
	for _, key := range slices.Sorted(maps.Keys(values)) {
		h.line(bareKey(key), tomlText(values[key]))
	}
}

// String is "" when there is nothing to say.
func (h *header) String() string {
	if len(h.lines) == 0 {
		return ""
	}
	return "+++\n" + strings.Join(h.lines, "\n") + "\n+++\n"
}

var isBare = regexp.MustCompile(`^[A-Za-z0-9_-]+$`)

func bareKey(key string) string {
	if isBare.MatchString(key) {
		return key
	}
	return quoted(key)
}

// tomlText writes a plain value.
func tomlText(value any) string {
	switch v := value.(type) {
	case string:
		return quoted(v)
	case []any:
		parts := make([]string, len(v))
		for i, item := range v {
			parts[i] = tomlText(item)
		}
		return "[" + strings.Join(parts, ", ") + "]"
	case float64:
		text := strconv.FormatFloat(v, 'f', -1, 64)
		if !strings.Contains(text, ".") {
			text += ".0"
		}
		return text
	}
	return fmt.Sprint(value)
}

// quoted is a basic string of TOML.
func quoted(text string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range text {
		switch {
		case r == '"' || r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case r == '\n':
			b.WriteString(`\n`)
		case r == '\t':
			b.WriteString(`\t`)
		case r < ' ' || r == 0x7f:
			fmt.Fprintf(&b, `\u%04X`, r)
		default:
			b.WriteRune(r)
		}
	}
	b.WriteByte('"')
	return b.String()
}

// note says, at a line of a text, what became of it.
func (m *mover) note(t *text, at line, rule, format string, args ...any) {
	m.said.Warnf(diag.At(t.file, at.at, max(at.col, 1)), rule, format, args...)
}
