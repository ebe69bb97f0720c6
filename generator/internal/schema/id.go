package schema

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// maxID is the most bytes of an id: a file name has at most 255 on every system, and
// room is needed for language, extension and what is made from it.
const maxID = 80

// CheckID says what is wrong with an id, and which one would be right, or "". An id is
// made of lower-case letters of any script, digits and hyphens, in Unicode's composed form
// (NFC), of at most 80 bytes.
func CheckID(id string) string {
	switch {
	case id == "":
		return "the name is empty"
	case len(id) > maxID:
		return fmt.Sprintf("the name has %d bytes; at most %d fit", len(id), maxID)
	case id != Slug(id) || reserved[id]:
		if right := Slug(id); right != "" && right != id && !reserved[right] {
			return fmt.Sprintf("%q is not a name made of small letters, digits and hyphens (did you mean %q?)", id, right)
		}
		return fmt.Sprintf("%q is not a name made of small letters, digits and hyphens", id)
	}
	return ""
}

// reserved are names that a file cannot have on Windows.
var reserved = map[string]bool{
	"con": true, "prn": true, "aux": true, "nul": true,
	"com1": true, "com2": true, "com3": true, "com4": true, "com5": true, "com6": true, "com7": true, "com8": true, "com9": true,
	"lpt1": true, "lpt2": true, "lpt3": true, "lpt4": true, "lpt5": true, "lpt6": true, "lpt7": true, "lpt8": true, "lpt9": true,
}

// Slug makes an id of a name: lower-case, composed, with hyphens for what is neither
// letter nor digit. It is "" when nothing of the name is left.
func Slug(name string) string {
	if simple(name) {
		return name
	}
	var b strings.Builder
	gap := false
	for _, r := range norm.NFC.String(strings.ToLower(norm.NFC.String(name))) {
		switch {
		case unicode.IsLetter(r), unicode.IsDigit(r), unicode.IsMark(r) && b.Len() > 0 && !gap:
			if gap && b.Len() > 0 {
				b.WriteByte('-')
			}
			gap = false
			b.WriteRune(r)
		case r == '\'' || r == '’' || r == utf8.RuneError:
		default:
			gap = true
		}
	}
	return b.String()
}

// simple tells whether a name is an id of ASCII letters, which nearly all are.
func simple(name string) bool {
	for i := range len(name) {
		c := name[i]
		if (c < 'a' || c > 'z') && (c < '0' || c > '9') && (c != '-' || i == 0 || i == len(name)-1 || name[i-1] == '-') {
			return false
		}
	}
	return name != ""
}
