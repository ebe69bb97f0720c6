package theme

import (
	"fmt"
	"maps"
	"math"
	"path"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/text/feature/plural"
	"golang.org/x/text/language"
	"golang.org/x/text/unicode/bidi"

	"github.com/stoa-portal/stoa/generator/internal/civil"
	"github.com/stoa-portal/stoa/generator/internal/diag"
)

// A dictionary is what a theme says in one language: i18n/<tag>.toml.
type dictionary struct {
	tag   language.Tag
	words map[string]word
	rtl   bool
	lists map[string][]string // months and months_short, January first
}

// A word is a text with {names} where values go, in one form or in one for each plural
// category of its language (CLDR's zero, one, two, few, many, other).
type word struct {
	forms map[plural.Form][]piece
	at    diag.Place
	given []string // values that the word of the same key takes in the layers below, which one above may leave out
	added bool     // by a layer that lies over another: the one below has no such word
}

// A piece is literal text, or the name of a value.
type piece struct{ text, name string }

var pluralForms = map[string]plural.Form{
	"zero": plural.Zero, "one": plural.One, "two": plural.Two,
	"few": plural.Few, "many": plural.Many, "other": plural.Other,
}

// The words that the functions date, month, number and join are made of.
const (
	wordDate    = "calendar.date"       // {day} {month} {year}
	wordMonth   = "calendar.month_year" // {month} {year}
	wordDecimal = "numbers.decimal"
	wordGroup   = "numbers.group"
	wordComma   = "list.comma"
	wordAnd     = "list.and"
	listMonths  = "calendar.months"
	listShort   = "calendar.months_short"
)

// plain is the word's text when it takes no values.
func (w word) plain() (string, bool) {
	pieces, only := w.forms[plural.Other]
	if !only || len(w.forms) != 1 || len(pieces) > 1 {
		return "", false
	}
	if len(pieces) == 0 {
		return "", true
	}
	return pieces[0].text, pieces[0].name == ""
}

// names are the values that any form of the word takes, sorted.
func (w word) names() []string {
	set := map[string]bool{}
	for _, pieces := range w.forms {
		for _, p := range pieces {
			if p.name != "" {
				set[p.name] = true
			}
		}
	}
	return slices.Sorted(maps.Keys(set))
}

// pattern is the word as its file has it: a text with {names}, or the texts of its plural forms.
func (w word) pattern() any {
	forms := make(map[string]string, len(w.forms))
	for name, form := range pluralForms {
		if list, ok := w.forms[form]; ok {
			var b strings.Builder
			for _, p := range list {
				b.WriteString(p.text)
				if p.name != "" {
					b.WriteString("{" + p.name + "}")
				}
			}
			forms[name] = b.String()
		}
	}
	if text, ok := forms["other"]; ok && len(forms) == 1 {
		return text
	}
	return forms
}

// pieces cuts "Page {number} of {total}" into text and names.
func pieces(text string) []piece {
	var list []piece
	for text != "" {
		before, rest, open := strings.Cut(text, "{")
		name, after, closed := strings.Cut(rest, "}")
		if !open || !closed {
			return append(list, piece{text: text})
		}
		if before != "" {
			list = append(list, piece{text: before})
		}
		list = append(list, piece{name: name})
		text = after
	}
	return list
}

// readWords reads i18n/*.toml and holds the languages against the fallback.
func (t *Theme) readWords(o Options, problems *diag.List) {
	t.words = map[string]*dictionary{}
	for _, name := range slices.Sorted(maps.Keys(t.files)) {
		tag, isTOML := strings.CutSuffix(path.Base(name), ".toml")
		if path.Dir(name) != "i18n" || !isTOML {
			continue
		}
		f := t.files[name]
		parsed, err := language.Parse(tag)
		if err != nil {
			problems.Errorf(diag.Place{File: f.place}, "unknown-language", "%q is not a language tag; name the file after one, such as es.toml or pt-BR.toml", tag)
			continue
		}
		t.words[tag] = readDictionary(parsed, f, problems)
	}
	t.fallback = t.words["en"]
	if t.fallback == nil {
		problems.Errorf(diag.Place{}, "missing-words", "the theme has no i18n/en.toml, which holds the words for languages that lack their own")
		t.fallback = &dictionary{tag: language.English}
		return
	}
	for _, tag := range slices.Sorted(maps.Keys(t.words)) {
		if d := t.words[tag]; d != t.fallback {
			d.compare(t.fallback, problems)
		}
	}
	for _, tag := range o.Languages {
		if _, ok := t.dictionary(tag); !ok {
			problems.Warnf(diag.Place{File: "config.toml"}, "missing-words", "the theme has no words in %q; its buttons and labels will be in English until there is a file i18n/%[1]s.toml", tag)
		}
	}
}

// readDictionary reads a file of words over those of that name in the layers below, word by
// word: a word with plural forms replaces all forms of the one below.
func readDictionary(tag language.Tag, f file, problems *diag.List) *dictionary {
	d := &dictionary{tag: tag, words: map[string]word{}, lists: map[string][]string{}, rtl: rightToLeft(tag)}
	if f.under != nil {
		d = readDictionary(tag, *f.under, problems)
	}
	for key, own := range d.readWords(f, problems) {
		below, ok := d.words[key]
		own.given, own.added = append(below.names(), below.given...), f.under != nil && !ok
		d.words[key] = own
	}
	return d
}

// readWords reads the lists of one file, and gives its words.
func (d *dictionary) readWords(f file, problems *diag.List) map[string]word {
	words := map[string]word{}
	entries, faults := readTOML(f.place, f.data)
	problems.Add(faults)
	for _, e := range entries {
		if list, ok := e.value.([]string); ok && (e.key == listMonths || e.key == listShort) {
			if len(list) != 12 {
				problems.Errorf(e.at, "words", "a year has twelve months, this list has %d", len(list))
				continue
			}
			d.lists[e.key] = list
			continue
		}
		text, ok := e.value.(string)
		if !ok {
			problems.Errorf(e.at, "words", "%s is a text, in quotes", e.key)
			continue
		}
		key, form := e.key, plural.Other
		if dot := strings.LastIndexByte(key, '.'); dot > 0 {
			if f, ok := pluralForms[key[dot+1:]]; ok {
				key, form = key[:dot], f
			}
		}
		w, ok := words[key]
		if !ok {
			w = word{forms: map[plural.Form][]piece{}, at: e.at}
		}
		w.forms[form] = pieces(text)
		words[key] = w
	}
	for _, key := range slices.Sorted(maps.Keys(words)) {
		if w := words[key]; w.forms[plural.Other] == nil && len(w.forms) > 0 {
			if _, ok := w.forms[plural.Other]; !ok {
				problems.Errorf(w.at, "words", `%s has plural forms but lacks "other", the one that every language needs`, key)
			}
		}
	}
	return words
}

// compare tells of words and values that the fallback does not have: nothing would ever
// say them.
func (d *dictionary) compare(fallback *dictionary, problems *diag.List) {
	known := slices.Sorted(maps.Keys(fallback.words))
	for _, key := range slices.Sorted(maps.Keys(d.words)) {
		w := d.words[key]
		base, ok := fallback.words[key]
		if !ok {
			problems.Warnf(w.at, "unknown-word", "nothing says %q%s", key, diag.DidYouMean(key, known))
			continue
		}
		names := append(base.names(), base.given...)
		for _, name := range w.names() {
			if !slices.Contains(names, name) {
				problems.Errorf(w.at, "unknown-word", "%s has no value {%s}%s", key, name, diag.DidYouMean(name, names))
			}
		}
	}
}

// unsaid tells of words that a layer adds to the fallback and no template says. Of a group that
// is handed on as a whole, only those are told that look like a slip: a script may say the others.
func (d *dictionary) unsaid(said map[string]bool, problems *diag.List) {
	var known []string
	for key, w := range d.words {
		if !w.added {
			known = append(known, key)
		}
	}
	slices.Sort(known)
	for _, key := range slices.Sorted(maps.Keys(d.words)) {
		if !d.words[key].added || said[key] {
			continue
		}
		group, _, _ := strings.Cut(key, ".")
		if meant := diag.DidYouMean(key, known); meant != "" || !said[group] {
			problems.Warnf(d.words[key].at, "unknown-word", "nothing says %q%s", key, meant)
		}
	}
}

// dictionary finds the words for a tag: its own, or those of a wider tag (es for
// es-MX), or the fallback's with false.
func (t *Theme) dictionary(tag string) (*dictionary, bool) {
	for name := tag; name != ""; {
		for known, d := range t.words {
			if strings.EqualFold(known, name) {
				return d, true
			}
		}
		cut := strings.LastIndexByte(name, '-')
		name = name[:max(cut, 0)]
	}
	return t.fallback, false
}

// find looks a word up here, then in the fallback.
func (l *Language) find(key string) (word, *dictionary, bool) {
	if w, ok := l.dictionary.words[key]; ok {
		return w, l.dictionary, true
	}
	w, ok := l.theme.fallback.words[key]
	return w, l.theme.fallback, ok
}

// say writes a word. args are names and values in turn; the value named count chooses
// the plural form.
func (l *Language) say(key string, args ...any) (string, error) {
	w, d, ok := l.find(key)
	if !ok {
		return "", fmt.Errorf("no i18n file has the word %q", key)
	}
	if text, ok := w.plain(); ok {
		return text, nil
	}
	if len(args)%2 != 0 {
		return "", fmt.Errorf("the values of the word %q come in pairs of name and value", key)
	}
	form := plural.Other
	for i := 0; i < len(args); i += 2 {
		if args[i] == "count" {
			form = d.form(args[i+1])
		}
	}
	chosen, ok := w.forms[form]
	if !ok {
		chosen = w.forms[plural.Other]
	}
	var b strings.Builder
	for _, p := range chosen {
		if p.name == "" {
			b.WriteString(p.text)
			continue
		}
		value, ok := argument(args, p.name)
		if !ok {
			return "", fmt.Errorf("the word %q wants a value called %q", key, p.name)
		}
		b.WriteString(l.isolate(l.text(value)))
	}
	return b.String(), nil
}

func argument(args []any, name string) (any, bool) {
	for i := 0; i+1 < len(args); i += 2 {
		if args[i] == name {
			return args[i+1], true
		}
	}
	return nil, false
}

// form is the plural category of a number.
func (d *dictionary) form(value any) plural.Form {
	n := float(value)
	if n == math.Trunc(n) && math.Abs(n) < 1e9 {
		return plural.Cardinal.MatchPlural(d.tag, int(math.Abs(n)), 0, 0, 0, 0)
	}
	// One or two visible decimals, as number writes them.
	_, fraction, _ := strings.Cut(strconv.FormatFloat(math.Abs(n), 'f', -1, 64), ".")
	f, _ := strconv.Atoi(fraction[:min(len(fraction), 6)])
	return plural.Cardinal.MatchPlural(d.tag, int(math.Abs(n)), len(fraction), len(fraction), f, f)
}

// text writes a value as a reader of this language expects it.
func (l *Language) text(value any) string {
	switch value := value.(type) {
	case string:
		return value
	case civil.Date:
		return l.Date(value)
	case int, int64, float64:
		return l.Number(value)
	}
	return fmt.Sprint(value)
}

// isolate wraps a text that runs against the language's direction in Unicode isolates
// (UAX 9), so that a name does not reorder the sentence around it.
func (l *Language) isolate(text string) string {
	for _, r := range text {
		properties, _ := bidi.LookupRune(r)
		switch properties.Class() {
		case bidi.L:
			if !l.dictionary.rtl {
				continue
			}
		case bidi.R, bidi.AL:
			if l.dictionary.rtl {
				continue
			}
		default:
			continue
		}
		return "\u2068" + text + "\u2069"
	}
	return text
}

// rightToLeft tells whether a language is written from right to left, by its script.
func rightToLeft(tag language.Tag) bool {
	script, _ := tag.Script()
	switch script.String() {
	case "Arab", "Hebr", "Thaa", "Syrc", "Nkoo", "Adlm", "Rohg", "Mand", "Samr":
		return true
	}
	return false
}
