package check

import (
	"fmt"
	"maps"
	"reflect"
	"regexp"
	"slices"
	"strings"

	"github.com/stoa-portal/stoa/generator/internal/diag"
	"github.com/stoa-portal/stoa/generator/internal/portal"
)

// Patterns of what people write into free text without meaning to publish it.
var (
	email = regexp.MustCompile(`[\p{L}\p{N}._%+-]+@[\p{L}\p{N}-]+(\.[\p{L}\p{N}-]+)*\.\p{L}{2,}`)

	// A telephone number has 8 to 15 digits in groups. It begins with + or 0 or an area code in
	// brackets, or is written as in North America, or follows a word that announces it.
	digits    = regexp.MustCompile(`[+(]?\d[\d\s().\-/]{5,}\d`)
	american  = regexp.MustCompile(`^(\(\d{3}\) ?|\d{3}[-. ])\d{3}[-. ]\d{4}$`)
	announced = regexp.MustCompile(`(?i)(phone|tel|mobile|mob|cell|call|ring|text|whatsapp|signal|sms|fax|teléfono|móvil|telefon|handy)[^\p{L}\d]{0,4}(me |at |on |no |number |is |nr |: ?)*$`)

	// What has many digits and is no telephone number: web addresses, identifiers of
	// persons, books and articles, dates and spans of years.
	harmless = regexp.MustCompile(`(?i)https?://\S+|\b10\.\d{4,9}/\S+|\b\d{4}-\d{4}-\d{4}-\d{3}[\dX]\b|\bISBN(-1[03])?:? ?[\d -]+X?|\bISSN:? ?[\d -]+X?|\b\d{1,4}[./-]\d{1,2}[./-]\d{1,4}\b|\b(19|20)\d\d ?[-/–] ?(19|20)\d\d\b`)
)

// unread are the parts of a profile that hold no free text, or have switches of their own.
var unread = []string{"channels", "private", "aliases", "visibility", "extra", "programs", "roles", "consent"}

// privacy finds e-mail addresses and telephone numbers in a profile's texts, in every
// language. What a translation takes from its source is said twice with one place, that is
// once.
func privacy(m *portal.Mentor, problems *diag.List) {
	for _, r := range append(slices.Collect(maps.Values(m.Translations)), m.Record) {
		texts := map[string]string{}
		collect(reflect.ValueOf(&r.Value).Elem(), "", texts)
		for path, text := range texts {
			personal(text, r.Locate(path), problems)
		}
	}
}

// collect finds every text of a value by its path.
func collect(v reflect.Value, path string, texts map[string]string) {
	switch v.Kind() {
	case reflect.String:
		if v.Len() > 0 {
			texts[path] = v.String()
		}
	case reflect.Struct:
		for i := range v.NumField() {
			key := v.Type().Field(i).Tag.Get("toml")
			if key == "" || path == "" && slices.Contains(unread, key) {
				continue
			}
			collect(v.Field(i), strings.TrimPrefix(path+"."+key, "."), texts)
		}
	case reflect.Slice:
		for i := range v.Len() {
			collect(v.Index(i), fmt.Sprintf("%s[%d]", path, i), texts)
		}
	case reflect.Map:
		for _, key := range v.MapKeys() {
			collect(v.MapIndex(key), path+"."+key.String(), texts)
		}
	case reflect.Interface:
		collect(v.Elem(), path, texts)
	}
}

// personal reports what a text gives away. place tells where its bytes stand.
func personal(text string, place func(offset int) diag.Place, problems *diag.List) {
	said := map[string]bool{}
	for _, at := range email.FindAllStringIndex(text, -1) {
		if found := text[at[0]:at[1]]; !said[found] {
			said[found] = true
			problems.Warnf(place(at[0]), "email-in-text", "%s is published with this text; give it under [[channels]] instead, where public decides", found)
		}
	}
	masked := harmless.ReplaceAllStringFunc(text, func(s string) string { return strings.Repeat("_", len(s)) })
	for _, at := range digits.FindAllStringIndex(masked, -1) {
		if isPhone(masked[at[0]:at[1]], masked[:at[0]]) {
			problems.Warnf(place(at[0]), "phone-in-text", "a telephone number seems to be published with this text; give it under [[channels]] instead, where public decides")
		}
	}
}

// isPhone judges digits in groups, and the text before them.
func isPhone(text, before string) bool {
	n := 0
	for _, c := range text {
		if c >= '0' && c <= '9' {
			n++
		}
	}
	if n < 8 || n > 15 {
		return false
	}
	return text[0] == '+' || strings.HasPrefix(strings.TrimPrefix(text, "("), "0") || american.MatchString(text) || announced.MatchString(before)
}
