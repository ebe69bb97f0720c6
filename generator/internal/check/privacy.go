package check

import (
	"regexp"
	"slices"
	"strings"

	"github.com/stoa-portal/stoa/generator/internal/diag"
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

// free tells whether a text is one in which people write what they like.
func (t *text) free() bool {
	if t.kind != "mentor" {
		return !t.address() && !strings.HasPrefix(t.path, "contacts[") && !strings.HasPrefix(t.path, "extra.")
	}
	first, _, _ := strings.Cut(t.path, ".")
	first, _, _ = strings.Cut(first, "[")
	return !slices.Contains(unread, first)
}

// emails finds e-mail addresses. In guides and pages, those of the office, which the settings
// or a program's contacts give, are meant to be read.
func emails(s *site, problems *diag.List) {
	office := map[string]bool{}
	for _, address := range []string{string(s.Config.Contact), string(s.Config.Request.Address), string(s.Config.Legal.Contact)} {
		office[strings.ToLower(address)] = true
	}
	for _, program := range s.Programs {
		for _, contact := range program.Value.Contacts {
			office[strings.ToLower(string(contact.Email))] = true
		}
	}
	for _, t := range s.texts {
		if !t.free() {
			continue
		}
		said := map[string]bool{}
		for _, at := range email.FindAllStringIndex(t.value, -1) {
			found := t.value[at[0]:at[1]]
			switch {
			case said[found] || t.kind != "mentor" && office[strings.ToLower(found)]:
				continue
			case t.kind == "mentor":
				problems.Warnf(t.locate(at[0]), "email-in-text", "%s is published with this text; give it under [[channels]] instead, where public decides", found)
			default:
				problems.Warnf(t.locate(at[0]), "email-in-text", "%s is published with this text; an office's address is known as such when config.toml or a program's contacts give it, a person's does not belong here", found)
			}
			said[found] = true
		}
	}
}

// phones finds telephone numbers in profiles. Guides name those of offices and help lines.
func phones(s *site, problems *diag.List) {
	for _, t := range s.texts {
		if t.kind != "mentor" || !t.free() {
			continue
		}
		for _, offset := range phonesIn(t.value) {
			problems.Warnf(t.locate(offset), "phone-in-text", "a telephone number seems to be published with this text; give it under [[channels]] instead, where public decides")
		}
	}
}

// phonesIn tells where telephone numbers begin in a text.
func phonesIn(text string) []int {
	var found []int
	masked := harmless.ReplaceAllStringFunc(text, func(s string) string { return strings.Repeat("_", len(s)) })
	for _, at := range digits.FindAllStringIndex(masked, -1) {
		if isPhone(masked[at[0]:at[1]], masked[:at[0]]) {
			found = append(found, at[0])
		}
	}
	return found
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
