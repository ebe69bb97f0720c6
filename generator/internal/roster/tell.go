package roster

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

// words is a value for people.
func words(v any, public bool) string {
	switch v := v.(type) {
	case nil:
		return "nothing"
	case string:
		if !public {
			return "something else"
		}
		return fmt.Sprintf("%q", short(v))
	case []any:
		if !public {
			return "something else"
		}
		parts := make([]string, len(v))
		for i, entry := range v {
			if parts[i] = fmt.Sprint(entry); hasTables(v) {
				return fmt.Sprintf("%d of them", len(v))
			}
		}
		return short(strings.Join(parts, ", "))
	}
	if !public {
		return "something else"
	}
	return fmt.Sprint(v)
}

// change says in a line how a field changed.
func change(path string, before, after any, public bool) string {
	old, wasList := before.([]any)
	list, isList := after.([]any)
	switch {
	case !public:
		return path + ": changed (not shown here, since it is not published)"
	case (wasList || before == nil) && (isList || after == nil) && (wasList || isList):
		if hasTables(old) || hasTables(list) {
			return fmt.Sprintf("%s: %d → %d", path, len(old), len(list))
		}
		var parts []string
		for _, v := range list {
			if !slices.Contains(old, v) {
				parts = append(parts, fmt.Sprintf("+ %v", v))
			}
		}
		for _, v := range old {
			if !slices.Contains(list, v) {
				parts = append(parts, fmt.Sprintf("− %v", v))
			}
		}
		if parts == nil {
			return path + ": in another order"
		}
		return path + ": " + strings.Join(parts, ", ")
	case before == nil:
		return fmt.Sprintf("%s: %s", path, words(after, true))
	case after == nil:
		return fmt.Sprintf("%s: %s is taken out", path, words(before, true))
	}
	a, aText := before.(string)
	b, bText := after.(string)
	if aText && bText && (len(a) > 60 || len(b) > 60) {
		return path + ": " + passage(a, b)
	}
	return fmt.Sprintf("%s: %s → %s", path, words(before, true), words(after, true))
}

// passage shows where two long texts differ.
func passage(a, b string) string {
	from := 0
	for from < len(a) && from < len(b) && a[from] == b[from] {
		from++
	}
	from = max(strings.LastIndexAny(a[:from], " \n"), 0)
	end := 0
	for end < len(a)-from && end < len(b)-from && a[len(a)-1-end] == b[len(b)-1-end] {
		end++
	}
	cut := func(text string) string {
		to := len(text) - end
		for to < len(text) && !utf8.RuneStart(text[to]) {
			to++
		}
		return fmt.Sprintf("%q", short("…"+strings.TrimSpace(text[from:max(to, from)])+"…"))
	}
	return fmt.Sprintf("%s → %s", cut(a), cut(b))
}

// short is a text cut for a message.
func short(text string) string {
	text = strings.Join(strings.Fields(text), " ")
	if runes := []rune(text); len(runes) > 60 {
		return string(runes[:59]) + "…"
	}
	return text
}

var address = regexp.MustCompile(`[^\s@<>(),;:"\[\]\\]+@([\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+)`)

// redact takes e-mail addresses out of what is said about a sheet: the run's words may be read
// by everybody who can see the repository.
func redact(text string) string { return address.ReplaceAllString(text, "…@$1") }

func hasAddress(text string) bool { return strings.Contains(text, "@") && address.MatchString(text) }
