package schema

import (
	_ "embed"
	"fmt"
	"net/mail"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"sync"
	_ "time/tzdata" // zones do not depend on the machine
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/language"

	"github.com/stoa-portal/stoa/generator/internal/diag"
)

// text checks a text against its field: bounds, characters, words allowed, format.
func (d *checker) text(n *node, f *Field) {
	lines := f.Type == TypeMarkdown || f.Type == TypeProse
	text := n.text
	if at, bad := badCharacter(text, lines); bad {
		r, _ := utf8.DecodeRuneInString(text[at:])
		offset := n.at
		if source := d.doc.source; n.textAt+len(text) <= len(source) && source[n.textAt:n.textAt+len(text)] == text {
			offset = n.textAt + at
		}
		if r == '\n' {
			d.fault(n, n.at, "format", "%q takes a single line, and this text has several", f.Name)
		} else {
			d.fault(n, offset, "format", "%q holds an invisible control character (%U): delete it", f.Name, r)
		}
		return
	}
	if f.Required && strings.TrimSpace(text) == "" {
		d.fault(n, n.at, "missing-key", "%q is empty", f.Name)
		return
	}
	if f.Max != nil && len(text) > int(*f.Max) && !f.formatted() {
		if count := utf8.RuneCountInString(text); count > int(*f.Max) {
			d.fault(n, n.at, "bounds", "%q has %d characters; at most %s fit", f.Name, count, trimFloat(*f.Max))
			return
		}
	}
	if text == "" {
		return
	}
	if len(f.Enum) > 0 && !slices.Contains(f.Enum, text) {
		d.fault(n, n.at, "enum", "%q cannot be %q%s; it can be %s", f.Name, short(text), diag.DidYouMean(text, f.Enum), oneOf(f.Enum))
		return
	}
	if problem := CheckFormat(f.Type, text); problem != "" {
		d.fault(n, n.at, "format", "%q: %s", f.Name, problem)
	}
}

// formatted tells whether a text's format bounds it more strictly than its length does.
func (f *Field) formatted() bool {
	switch f.Type {
	case TypeCountry, TypeLanguage, TypeZone, TypeColour, TypeID:
		return true
	}
	return false
}

// badCharacter finds a control character, or one that turns the direction of the text
// after it, by which a text can be made to look like another.
func badCharacter(text string, lines bool) (int, bool) {
	for i, r := range text {
		switch {
		case r >= ' ' && r < 0x7F:
		case r == '\n' || r == '\t':
			if !lines {
				return i, true
			}
		case unicode.IsControl(r), r == '\u202D', r == '\u202E':
			return i, true
		}
	}
	return 0, false
}

// CheckFormat says what is wrong with a text of that type, or "".
func CheckFormat(t Type, text string) string {
	switch t {
	case TypeURL:
		return checkURL(text)
	case TypeLink:
		return checkLink(text)
	case TypePath:
		return checkPath(text)
	case TypeEmail:
		return checkEmail(text)
	case TypeContact:
		if strings.Contains(text, "@") && !strings.Contains(text, "/") {
			return checkEmail(text)
		}
		if !strings.ContainsAny(text, ":./") {
			return fmt.Sprintf("%q is neither an e-mail address nor a web address", short(text))
		}
		return checkURL(text)
	case TypeOrigin:
		return checkOrigin(text)
	case TypeZone:
		return checkZone(text)
	case TypeCountry:
		return checkCountry(text)
	case TypeLanguage:
		return checkLanguage(text)
	case TypeColour:
		return checkColour(text)
	case TypeID:
		return CheckID(text)
	}
	return ""
}

func checkKey(key string, format Type) string {
	switch format {
	case TypeLanguage:
		return checkLanguage(key)
	case TypeKey:
		if !keyPattern.MatchString(key) {
			return fmt.Sprintf("%q is no name for a key: it is made of the small letters a to z, digits, \"_\" and \"-\", at most 60", short(key))
		}
	}
	return ""
}

var (
	keyPattern    = regexp.MustCompile(`^[a-z][a-z0-9_-]{0,59}$`)
	domainPattern = regexp.MustCompile(`^[\p{L}\p{N}-]+(\.[\p{L}\p{N}-]+)+(/.*)?$`)
	originPattern = regexp.MustCompile(`^(https?://)?(\*\.)?([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)*[a-z0-9]([a-z0-9-]*[a-z0-9])?(:[0-9]{1,5})?$`)
	colourPattern = regexp.MustCompile(`^#([0-9A-Fa-f]{3}|[0-9A-Fa-f]{6})$`)
	emailPattern  = regexp.MustCompile(`^[^\s@<>(),;:"\[\]\\]+@[\p{L}\p{N}-]+(\.[\p{L}\p{N}-]+)+$`)
)

func checkURL(text string) string {
	if strings.ContainsAny(text, " \"<>\\^`{|}") {
		return fmt.Sprintf("%q holds a character that a web address cannot have (a space, a quotation mark or the like)", short(text))
	}
	if domainPattern.MatchString(text) {
		return fmt.Sprintf("the address lacks its beginning: write %q", "https://"+text)
	}
	u, err := url.Parse(text)
	switch {
	case err != nil:
		return fmt.Sprintf("%q is not a web address", short(text))
	case u.Scheme == "mailto" || emailPattern.MatchString(text):
		return "this is an e-mail address; a web address such as https://example.org/ is wanted"
	case u.Scheme != "http" && u.Scheme != "https":
		return fmt.Sprintf("%q is not a web address: it has to begin with https:// or http://", short(text))
	case u.Host == "" || u.Hostname() == "":
		return fmt.Sprintf("%q names no host", short(text))
	case u.User != nil:
		return "a web address with a user name in it is not published"
	}
	return ""
}

func checkLink(text string) string {
	switch {
	case strings.HasPrefix(text, "//"), strings.HasPrefix(text, "/\\"):
		return "an address in this site begins with one \"/\"; elsewhere, write https:// in full"
	case strings.HasPrefix(text, "/"):
		if strings.ContainsAny(text, " \"<>\\^`{|}") {
			return fmt.Sprintf("%q holds a character that an address cannot have (a space, a quotation mark or the like)", short(text))
		}
		if slices.Contains(strings.Split(text, "/"), "..") {
			return "an address in this site is written without \"..\""
		}
		return ""
	case strings.HasPrefix(text, "mailto:"):
		address, _, _ := strings.Cut(strings.TrimPrefix(text, "mailto:"), "?")
		return checkEmail(address)
	case !strings.Contains(text, ":") && !domainPattern.MatchString(text):
		return fmt.Sprintf("an address in this site begins with \"/\": write %q; others with https://", short("/"+strings.TrimLeft(text, "./")))
	}
	return checkURL(text)
}

func checkPath(text string) string {
	switch {
	case strings.Contains(text, "://"):
		return "this is a web address; a file of this site is wanted"
	case strings.Contains(text, "\\"):
		return fmt.Sprintf("folders are separated by \"/\": write %q", short(strings.ReplaceAll(text, "\\", "/")))
	case strings.HasSuffix(text, "/"):
		return "this is a folder; a file is wanted"
	}
	return ""
}

func checkEmail(text string) string {
	if address, err := mail.ParseAddress(text); err != nil || address.Address != text || !emailPattern.MatchString(text) {
		return fmt.Sprintf("%q is not an e-mail address, such as ana@example.edu", short(text))
	}
	return ""
}

func checkOrigin(text string) string {
	if !originPattern.MatchString(text) {
		return fmt.Sprintf("%q is not a host, such as https://banner.example.edu (small letters, without a path)", short(text))
	}
	return ""
}

//go:embed zones.txt
var zoneList string

// Zones is the names of the IANA time zone database, sorted. [time.LoadLocation] knows
// each of them on every machine.
var Zones = sync.OnceValue(func() []string { return strings.Fields(zoneList) })

func checkZone(text string) string {
	if _, ok := slices.BinarySearch(Zones(), text); ok {
		return ""
	}
	hint := diag.DidYouMean(text, Zones())
	if hint == "" {
		for _, zone := range Zones() {
			if strings.EqualFold(zone[strings.LastIndexByte(zone, '/')+1:], strings.ReplaceAll(text, " ", "_")) {
				hint = fmt.Sprintf(" (did you mean %q?)", zone)
			}
		}
	}
	return fmt.Sprintf("%q is not a time zone such as Europe/Madrid or America/New_York%s", short(text), hint)
}

func checkCountry(text string) string {
	region, err := language.ParseRegion(text)
	if err == nil && region.IsCountry() {
		code := region.Canonicalize().String()
		if code == text {
			return ""
		}
		if len(code) == 2 {
			return fmt.Sprintf("%q is not a country's two capital letters (ISO 3166-1) (did you mean %q?)", text, code)
		}
	}
	return fmt.Sprintf("%q is not a country's two capital letters (ISO 3166-1), such as ES or KE", short(text))
}

func checkLanguage(text string) string {
	tag, err := language.Parse(text)
	if err != nil || tag == language.Und {
		return fmt.Sprintf("%q is not a language tag, such as \"en\", \"es\" or \"pt-BR\" (BCP 47)", short(text))
	}
	if canonical := tag.String(); canonical != text {
		return fmt.Sprintf("the language tag %q is written %q", text, canonical)
	}
	return ""
}

func checkColour(text string) string {
	if !colourPattern.MatchString(text) {
		return fmt.Sprintf("%q is not a colour such as #0a5c8a", short(text))
	}
	return ""
}
