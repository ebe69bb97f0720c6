package amend

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/stoa-portal/stoa/generator/internal/civil"
)

// New writes a file with these values: plain keys first, then tables, then lists of tables.
func New(values map[string]any, order Order) []byte {
	var b strings.Builder
	writeTable(&b, plainValue(values).(map[string]any), nil, order)
	return []byte(b.String())
}

func writeTable(b *strings.Builder, table map[string]any, path []string, order Order) {
	keys := sortedKeys(table, path, order)
	for _, key := range keys {
		if !standsAlone(table[key]) {
			fmt.Fprintf(b, "%s = %s\n", writeKey(key), write(table[key], append(path, key), order))
		}
	}
	for _, key := range keys {
		if standsAlone(table[key]) {
			b.WriteString(writeSection(append(path[:len(path):len(path)], key), table[key], order))
		}
	}
}

// standsAlone tells whether a value is written under headers of its own.
func standsAlone(value any) bool {
	switch v := value.(type) {
	case map[string]any:
		return true
	case []any:
		return isTables(v)
	}
	return false
}

func isTables(list []any) bool {
	for _, entry := range list {
		if _, ok := entry.(map[string]any); !ok {
			return false
		}
	}
	return len(list) > 0
}

// writeSection writes a table, or a list of tables, under headers.
func writeSection(path []string, value any, order Order) string {
	var b strings.Builder
	switch v := value.(type) {
	case map[string]any:
		fmt.Fprintf(&b, "\n[%s]\n", writePath(path))
		for _, key := range sortedKeys(v, path, order) {
			fmt.Fprintf(&b, "%s = %s\n", writeKey(key), write(v[key], append(path, key), order))
		}
	case []any:
		for _, entry := range v {
			b.WriteString(writeEntry(path, entry.(map[string]any), order))
		}
	}
	return b.String()
}

func writeEntry(path []string, table map[string]any, order Order) string {
	var b strings.Builder
	fmt.Fprintf(&b, "\n[[%s]]\n", writePath(path))
	for _, key := range sortedKeys(table, path, order) {
		fmt.Fprintf(&b, "%s = %s\n", writeKey(key), write(table[key], append(path, key), order))
	}
	return b.String()
}

// write writes a value as it stands behind a key.
func write(value any, path []string, order Order) string {
	switch v := value.(type) {
	case string:
		return writeText(v, true)
	case int64:
		return strconv.FormatInt(v, 10)
	case float64:
		text := strconv.FormatFloat(v, 'f', -1, 64)
		if !strings.Contains(text, ".") {
			text += ".0"
		}
		return text
	case bool:
		return strconv.FormatBool(v)
	case civil.Date:
		return v.String()
	case []any:
		parts := make([]string, len(v))
		for i, entry := range v {
			parts[i] = writeInline(entry, path, order)
		}
		return "[" + strings.Join(parts, ", ") + "]"
	}
	return writeInline(value, path, order)
}

// writeInline writes a value on one line.
func writeInline(value any, path []string, order Order) string {
	switch v := value.(type) {
	case string:
		return writeText(v, false)
	case map[string]any:
		if len(v) == 0 {
			return "{}"
		}
		var parts []string
		for _, key := range sortedKeys(v, path, order) {
			parts = append(parts, writeKey(key)+" = "+writeInline(v[key], append(path, key), order))
		}
		return "{ " + strings.Join(parts, ", ") + " }"
	case []any:
		parts := make([]string, len(v))
		for i, entry := range v {
			parts[i] = writeInline(entry, path, order)
		}
		return "[" + strings.Join(parts, ", ") + "]"
	}
	return write(value, path, order)
}

func writePath(path []string) string {
	keys := make([]string, len(path))
	for i, key := range path {
		keys[i] = writeKey(key)
	}
	return strings.Join(keys, ".")
}

func writeKey(key string) string {
	for _, c := range []byte(key) {
		if (c < 'a' || c > 'z') && (c < 'A' || c > 'Z') && (c < '0' || c > '9') && c != '_' && c != '-' {
			return writeText(key, false)
		}
	}
	if key == "" {
		return `""`
	}
	return key
}

// writeText writes a text: between three quotation marks when it has several lines and may.
func writeText(text string, lines bool) string {
	lines = lines && strings.Contains(text, "\n")
	var b strings.Builder
	quotes := 0
	for _, r := range text {
		switch {
		case r == '"' && lines:
			if quotes++; quotes == 3 { // never three in a row
				b.WriteByte('\\')
				quotes = 0
			}
			b.WriteByte('"')
			continue
		case r == '"' || r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case r == '\n' && lines:
			b.WriteByte('\n')
		case r == '\n':
			b.WriteString(`\n`)
		case r == '\t':
			b.WriteString(`\t`)
		case r < ' ' || r == 0x7F:
			fmt.Fprintf(&b, `\u%04X`, r)
		default:
			b.WriteRune(r)
		}
		quotes = 0
	}
	if !lines {
		return `"` + b.String() + `"`
	}
	body := b.String()
	if strings.HasSuffix(body, `"`) && !strings.HasSuffix(body, `\"`) { // would run into the end
		body = body[:len(body)-1] + `\"`
	}
	return "\"\"\"\n" + body + `"""`
}

// Line is a key and its value on one line, its tables as dotted keys.
func Line(path []string, value any, order Order) string {
	return writePath(path) + " = " + writeInline(plainValue(value), path, order) + "\n"
}
