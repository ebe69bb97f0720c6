package roster

import (
	"html"
	"regexp"
	"strconv"
	"strings"
	"time"

	markdowner "github.com/JohannesKaufmann/html-to-markdown/v2"
	"golang.org/x/text/unicode/norm"

	"github.com/stoa-portal/stoa/generator/internal/civil"
)

// number reads a number as JSON writes it.
func number(text string) any {
	if n, err := strconv.ParseInt(text, 10, 64); err == nil {
		return n
	}
	n, _ := strconv.ParseFloat(text, 64)
	return whole(n)
}

// whole is a number as the house writes it: without a point when it has no fraction.
func whole(n float64) any {
	if n == float64(int64(n)) {
		return int64(n)
	}
	return n
}

var quantity = regexp.MustCompile(`^([+-]?\d+(?:[.,]\d+)?)\s*(?:\p{L}[\p{L} ./]*)?$`)

// quantityOf reads a number that may have its unit behind it: "5", "2,5", "5 hours". Ranges
// ("3-4") are no number: nobody said which end counts.
func quantityOf(text string) (float64, bool) {
	found := quantity.FindStringSubmatch(strings.TrimSpace(text))
	if found == nil {
		return 0, false
	}
	n, err := strconv.ParseFloat(strings.Replace(found[1], ",", ".", 1), 64)
	return n, err == nil
}

// truth reads yes and no.
func truth(text string) (value, ok bool) {
	switch squeeze(strings.TrimRight(text, ".! ")) {
	case "yes", "y", "true", "x", "1", "ok", "on", "iagree", "agree", "agreed", "iconsent", "✓", "✔", "☑", "checked", "sí", "si", "oui", "ja", "sim":
		return true, true
	case "no", "n", "false", "0", "off", "idonotagree", "disagree", "idonotconsent", "unchecked", "non", "nein", "não", "nao":
		return false, true
	}
	return false, false
}

var monthNames = map[string]int{
	"jan": 1, "january": 1, "feb": 2, "february": 2, "mar": 3, "march": 3, "apr": 4, "april": 4, "may": 5, "jun": 6, "june": 6,
	"jul": 7, "july": 7, "aug": 8, "august": 8, "sep": 9, "sept": 9, "september": 9, "oct": 10, "october": 10, "nov": 11, "november": 11, "dec": 12, "december": 12,
	"enero": 1, "febrero": 2, "marzo": 3, "abril": 4, "mayo": 5, "junio": 6, "julio": 7, "agosto": 8, "septiembre": 9, "octubre": 10, "noviembre": 11, "diciembre": 12,
}

var dateOrders = []string{"day-first", "month-first", "year-first"}

var (
	isoDate   = regexp.MustCompile(`^(\d{4})-(\d{2})-(\d{2})(?:[T ](.*))?$`)
	figures   = regexp.MustCompile(`^(\d{1,4})[./ -](\d{1,2})[./ -](\d{1,4})(?:[ ,T]+(.*))?$`)
	wordyDay  = regexp.MustCompile(`^(\d{1,2})\.? +(\p{L}+)\.?,? +(\d{4})(?:[ ,]+(.*))?$`)
	wordyWord = regexp.MustCompile(`^(\p{L}+)\.? +(\d{1,2}),? +(\d{4})(?:[ ,]+(.*))?$`)
	clock     = regexp.MustCompile(`^(\d{1,2}):(\d{2})(?::(\d{2}))?(?:\.\d+)?\s*(?i:(am|pm))?`)
)

// dateOf reads a day, and the time behind it in seconds. Days that are all figures are read in the
// order given, and not at all without one: 03/04/2026 is two days. The fault is "" when it could
// be read.
func dateOf(text, order string) (day civil.Date, seconds int, fault string) {
	text = strings.TrimSpace(text)
	var d civil.Date
	rest := ""
	n := func(s string) int { v, _ := strconv.Atoi(s); return v }
	switch {
	case isoDate.MatchString(text):
		f := isoDate.FindStringSubmatch(text)
		d, rest = civil.Of(n(f[1]), time.Month(n(f[2])), n(f[3])), f[4]
	case wordyDay.MatchString(text) && monthNames[squeeze(wordyDay.FindStringSubmatch(text)[2])] > 0:
		f := wordyDay.FindStringSubmatch(text)
		d, rest = civil.Of(n(f[3]), time.Month(monthNames[squeeze(f[2])]), n(f[1])), f[4]
	case wordyWord.MatchString(text) && monthNames[squeeze(wordyWord.FindStringSubmatch(text)[1])] > 0:
		f := wordyWord.FindStringSubmatch(text)
		d, rest = civil.Of(n(f[3]), time.Month(monthNames[squeeze(f[1])]), n(f[2])), f[4]
	case figures.MatchString(text):
		f := figures.FindStringSubmatch(text)
		rest = f[4]
		switch order {
		case "day-first":
			d = civil.Of(n(f[3]), time.Month(n(f[2])), n(f[1]))
		case "month-first":
			d = civil.Of(n(f[3]), time.Month(n(f[1])), n(f[2]))
		case "year-first":
			d = civil.Of(n(f[1]), time.Month(n(f[2])), n(f[3]))
		default:
			return d, 0, `it could mean more than one day: write dates = "day-first" or "month-first" in ` + mapFile
		}
		if d.Year > 0 && d.Year < 100 {
			d.Year += 2000
		}
	default:
		return d, 0, "this is not a date"
	}
	if !d.Valid() {
		return d, 0, "this is not a day of the calendar"
	}
	if c := clock.FindStringSubmatch(rest); c != nil {
		hour := n(c[1])
		if strings.EqualFold(c[4], "pm") && hour < 12 {
			hour += 12
		} else if strings.EqualFold(c[4], "am") && hour == 12 {
			hour = 0
		}
		seconds = hour*3600 + n(c[2])*60 + n(c[3])
	}
	return d, seconds, ""
}

var (
	lineBreak = regexp.MustCompile(`(?i)\s*<br\s*/?>\s*`)
	hardBreak = regexp.MustCompile(`  \n(\S)`)
	tag       = regexp.MustCompile(`(?i)</?(a|abbr|article|audio|b|big|blockquote|body|br|button|center|cite|code|dd|del|details|div|dl|dt|em|embed|figcaption|figure|font|form|h[1-6]|head|hr|html|i|iframe|img|input|ins|kbd|li|link|mark|meta|object|ol|p|pre|q|s|script|section|small|source|span|strike|strong|style|sub|summary|sup|svg|table|tbody|td|tfoot|th|thead|tr|tt|u|ul|video)(\s[^<>]*)?/?>|<!--`)
	entity    = regexp.MustCompile(`&(#\d+|#x[0-9a-fA-F]+|[a-zA-Z]{2,31});`)
	block     = regexp.MustCompile(`(?i)<(p|div|ul|ol|li|h[1-6]|table|blockquote|pre)\b`)
	blankRuns = regexp.MustCompile(`\n{3,}`)
	skipped   = regexp.MustCompile(`(?is)<(script|style)\b.*?</(script|style)\s*>`)
)

// lines is a text of several lines: composed, without spaces at the ends of lines and without
// invisible characters.
func lines(text string) string {
	text = norm.NFC.String(strings.ReplaceAll(text, "\u00A0", " "))
	text = strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t':
			return r
		case r < ' ' || r == 0x7F || r >= 0x80 && r < 0xA0 || r == '\u200B' || r == '\uFEFF' || r == '\u202D' || r == '\u202E':
			return -1
		}
		return r
	}, text)
	split := strings.Split(text, "\n")
	for i, line := range split {
		split[i] = strings.TrimRight(line, " \t")
	}
	return strings.TrimSpace(blankRuns.ReplaceAllString(strings.Join(split, "\n"), "\n\n"))
}

// oneLine is a text on a single line, without HTML.
func oneLine(text string) string {
	return strings.Join(strings.Fields(lines(withoutHTML(text))), " ")
}

// withoutHTML takes tags out of a text that has any, and reads its entities.
func withoutHTML(text string) string {
	if tag.MatchString(text) {
		text = lineBreak.ReplaceAllString(skipped.ReplaceAllString(text, ""), "\n")
		text = tag.ReplaceAllString(text, "")
		return html.UnescapeString(text)
	}
	return entity.ReplaceAllStringFunc(text, html.UnescapeString)
}

// markdownOf is a text as Markdown. HTML in it is converted; a text without any is Markdown
// as it is.
func markdownOf(text string) string {
	if text = lines(text); !strings.ContainsAny(text, "<&") {
		return lines(paragraphs(text))
	}
	if lineBreak.MatchString(text) && !block.MatchString(text) {
		text = lines(lineBreak.ReplaceAllString(text, "\n\n"))
	}
	text = paragraphs(text)
	if !tag.MatchString(text) {
		return lines(entity.ReplaceAllStringFunc(text, readEntity))
	}
	if !block.MatchString(text) { // the lines are the author's, as HTML's are not
		blocks := strings.Split(text, "\n\n")
		for i, b := range blocks {
			blocks[i] = "<p>" + strings.ReplaceAll(b, "\n", "<br>") + "</p>"
		}
		text = strings.Join(blocks, "")
	}
	converted, err := markdowner.ConvertString(text)
	if err != nil {
		return lines(withoutHTML(text))
	}
	return lines(hardBreak.ReplaceAllString(converted, "\n\n$1"))
}

// paragraphs divides a text where its author pressed Enter once, as people do in forms: after
// a line too long to be one that an editor has broken.
func paragraphs(text string) string {
	const broken = 120
	split := strings.Split(text, "\n")
	for i := range len(split) - 1 {
		if len(split[i]) > broken && split[i+1] != "" {
			split[i] += "\n"
		}
	}
	return strings.Join(split, "\n")
}

// readEntity reads an HTML entity, except those without which a text would become HTML.
func readEntity(entity string) string {
	switch read := html.UnescapeString(entity); read {
	case "<", ">":
		return entity
	default:
		return read
	}
}

// markdownWidth is the length from which Markdown is written between three quotation marks.
const markdownWidth = 90

// settle is a text of a Markdown or prose field as files hold it: from some length on it ends
// with its line.
func settle(text string) string {
	if strings.Contains(text, "\n") || len(text) > markdownWidth {
		return text + "\n"
	}
	return text
}
