package theme

import (
	"encoding/json"
	"fmt"
	"html/template"
	"reflect"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/text/language"

	"github.com/stoa-portal/stoa/generator/internal/civil"
)

// functionNames are the functions that templates may call, for the parser.
var functionNames = map[string]any((*Language)(nil).funcs())

// funcs are the functions of templates. All are pure. themes/README.md lists them for
// people who write themes, and a test holds that list against this one.
func (l *Language) funcs() template.FuncMap {
	return template.FuncMap{
		"url":       l.url,
		"asset":     l.asset,
		"icon":      l.icon,
		"lang":      l.lang,
		"t":         l.say,
		"words":     l.wordsFor,
		"label":     l.label,
		"date":      func(d civil.Date) string { return l.Date(d) },
		"monthyear": func(d civil.Date) string { return l.MonthYear(d) },
		"months":    l.months,
		"number":    func(value any) string { return l.Number(value) },
		"join":      l.joinAny,
		"dict":      dict,
		"seq":       seq,
		"under":     under,
	}
}

var scheme = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9+.-]*:`)

// url is the address of a site path under the site's base. An address that is already
// absolute, or leads to a place in the page or to a query, stays as it is. A telephone
// number is let through; html/template drops every other scheme but http, https and
// mailto.
func (l *Language) url(path string) any {
	switch {
	case strings.HasPrefix(path, "tel:"):
		return template.URL(path)
	case scheme.MatchString(path), strings.HasPrefix(path, "//"), strings.HasPrefix(path, "#"), strings.HasPrefix(path, "?"):
		return path
	}
	return l.site.Base + strings.TrimPrefix(path, "/")
}

// asset is the address of a file of the theme.
func (l *Language) asset(name string) (string, error) {
	if !l.theme.assetNames[name] {
		return "", fmt.Errorf("the theme has no asset %q", name)
	}
	return l.site.Base + l.theme.root + name, nil
}

// wordsFor are whole sections of the i18n file, or single words of it, as a block of data for the page's scripts:
// assets/js/site.js says them.
func (l *Language) wordsFor(names ...string) (template.HTML, error) {
	all, err := l.Words(names...)
	if err != nil {
		return "", err
	}
	data, err := json.Marshal(all)
	if err != nil {
		return "", err
	}
	return template.HTML(`<script type="application/json" data-words>` + string(data) + `</script>`), nil
}

// Words are whole sections of the i18n file, or single words of it, by key. A word with plural
// forms is a map of them.
func (l *Language) Words(names ...string) (map[string]any, error) {
	all := map[string]any{}
	for _, name := range names {
		before := len(all)
		for key := range l.theme.fallback.words {
			if key == name || strings.HasPrefix(key, name+".") {
				w, _, _ := l.find(key)
				all[key] = w.pattern()
			}
		}
		if len(all) == before {
			return nil, fmt.Errorf("i18n/en.toml has no words under %q", name)
		}
	}
	return all, nil
}

// icon draws a symbol of assets/icons.svg. It says nothing to a screen reader: words
// stand beside it.
func (l *Language) icon(name string) (template.HTML, error) {
	if !l.theme.icons[name] {
		return "", fmt.Errorf("assets/icons.svg has no icon %q", name)
	}
	address := template.HTMLEscapeString(l.site.Base + l.theme.root + "icons.svg#" + name)
	return template.HTML(`<svg class="icon" aria-hidden="true"><use href="` + address + `"></use></svg>`), nil
}

// lang is the attributes lang and dir for content whose language is not the page's, or
// nothing.
func (l *Language) lang(tag string) template.HTMLAttr {
	if tag == "" || tag == l.tag {
		return ""
	}
	parsed, err := language.Parse(tag)
	if err != nil {
		return ""
	}
	direction := "ltr"
	if rightToLeft(parsed) {
		direction = "rtl"
	}
	return template.HTMLAttr(`lang="` + parsed.String() + `" dir="` + direction + `"`)
}

// label says the word group.value, or the value itself where there is no such word: a
// badge or a status that the theme has not heard of is shown as written.
func (l *Language) label(group, value string, args ...any) (string, error) {
	key := group + "." + value
	if _, _, ok := l.find(key); !ok {
		return value, nil
	}
	return l.say(key, args...)
}

// months writes months as short names, consecutive ones as a range: "Jan–Mar, Sep". A
// range may cross the new year. All twelve, or none, are "".
func (l *Language) months(numbers []int) string {
	var in [12]bool
	count := 0
	for _, n := range numbers {
		if n >= 1 && n <= 12 && !in[n-1] {
			in[n-1] = true
			count++
		}
	}
	if count == 0 || count == 12 {
		return ""
	}
	var ranges []string
	for start := range 12 {
		if !in[start] || in[(start+11)%12] {
			continue
		}
		end := start
		for in[(end+1)%12] {
			end = (end + 1) % 12
		}
		text := l.Month(start + 1)
		if end != start {
			text += "\u2013" + l.Month(end+1)
		}
		ranges = append(ranges, text)
	}
	return strings.Join(ranges, l.Word(wordComma))
}

// joinAny joins texts, or the labels of terms and links: "a, b and c".
func (l *Language) joinAny(items any) (string, error) {
	if texts, ok := items.([]string); ok {
		return l.join(texts), nil
	}
	v := reflect.ValueOf(items)
	if v.Kind() != reflect.Slice {
		return "", fmt.Errorf("join wants a list")
	}
	texts := make([]string, v.Len())
	for i := range texts {
		item := v.Index(i)
		if item.Kind() == reflect.Interface {
			item = item.Elem()
		}
		switch {
		case item.Kind() == reflect.String:
			texts[i] = item.String()
		case item.Kind() == reflect.Struct && item.FieldByName("Label").IsValid():
			texts[i] = item.FieldByName("Label").String()
		default:
			return "", fmt.Errorf("join wants a list of texts, or of things with a Label")
		}
	}
	return l.join(texts), nil
}

// dict makes a map of names and values in turn, to hand several values to a component.
func dict(pairs ...any) (map[string]any, error) {
	if len(pairs)%2 != 0 {
		return nil, fmt.Errorf("dict wants pairs of name and value")
	}
	m := make(map[string]any, len(pairs)/2)
	for pair := range slices.Chunk(pairs, 2) {
		name, ok := pair[0].(string)
		if !ok {
			return nil, fmt.Errorf("dict wants a text as the name of each value")
		}
		m[name] = pair[1]
	}
	return m, nil
}

// under tells whether a site path is in a folder, or is the folder's own page.
func under(path, folder string) bool {
	return path == folder || strings.HasSuffix(folder, "/") && strings.HasPrefix(path, folder)
}

// seq counts from 1 to n, at most 100.
func seq(n int) []int {
	numbers := make([]int, max(0, min(n, 100)))
	for i := range numbers {
		numbers[i] = i + 1
	}
	return numbers
}
