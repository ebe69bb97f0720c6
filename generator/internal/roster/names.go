package roster

import (
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/agnivade/levenshtein"
	"golang.org/x/text/language"
	"golang.org/x/text/language/display"

	"github.com/stoa-portal/stoa/generator/internal/diag"
	"github.com/stoa-portal/stoa/generator/internal/fold"
)

// squeeze is a text as it is compared: folded, and without the spaces, hyphens and stops by
// which people write a word in different ways. Signs that make another word (C, C++, C#) stay.
func squeeze(text string) string {
	return strings.Map(func(r rune) rune {
		switch r {
		case ' ', '-', '_', '.', '/', '\'', '’', '‐', '‑', '–', '"':
			return -1
		}
		return r
	}, fold.Key(text))
}

// shortest is the fewest letters of a word that may be a slip for another: of shorter ones, too
// many are a letter apart.
const shortest = 6

// near finds the one word that differs from what was written by a slip of the keyboard: one
// letter more, less, other, or in the wrong order. Two letters are too many ("project" is not
// "product"). It is "" when there is none, or several are as near.
func near(written string, known map[string]bool) string {
	length := utf8.RuneCountInString(written)
	if length < shortest {
		return ""
	}
	found := ""
	for word := range known {
		if n := utf8.RuneCountInString(word); n > length+1 || n < length-1 {
			continue
		}
		if levenshtein.ComputeDistance(written, word) > 1 && !diag.Swapped(written, word) {
			continue
		}
		if found != "" {
			return ""
		}
		found = word
	}
	return found
}

// A gazetteer knows countries and languages by their names in some languages.
type gazetteer struct{ countries, languages map[string]string }

// newGazetteer knows English names, the languages' own, and those in the tags given, from the
// Unicode CLDR.
func newGazetteer(tags []string) *gazetteer {
	g := &gazetteer{countries: map[string]string{}, languages: map[string]string{}}
	all := append([]string{"en"}, tags...)
	for _, tag := range all {
		namer := display.Regions(language.Make(tag))
		if namer == nil {
			continue
		}
		for _, region := range regions() {
			if name := namer.Name(region); name != "" {
				g.add(g.countries, name, region.String())
			}
		}
	}
	for _, tag := range all {
		namer := display.Languages(language.Make(tag))
		for _, base := range languages() {
			if namer != nil {
				g.add(g.languages, namer.Name(base), base.String())
			}
		}
	}
	for _, base := range languages() {
		g.add(g.languages, display.Self.Name(base), base.String())
	}
	for name, code := range otherCountries {
		g.countries[name] = code
	}
	for name, code := range otherLanguages {
		g.languages[name] = code
	}
	return g
}

func (g *gazetteer) add(names map[string]string, name, code string) {
	key := squeeze(name)
	if _, taken := names[key]; !taken && key != "" {
		names[key] = code
	}
}

var regions = sync.OnceValue(func() []language.Region {
	var all []language.Region
	for a := 'A'; a <= 'Z'; a++ {
		for b := 'A'; b <= 'Z'; b++ {
			code := string([]rune{a, b})
			if r, err := language.ParseRegion(code); err == nil && r.IsCountry() && r.Canonicalize().String() == code {
				all = append(all, r)
			}
		}
	}
	return all
})

var languages = sync.OnceValue(func() []language.Tag {
	var all []language.Tag
	for a := 'a'; a <= 'z'; a++ {
		for b := 'a'; b <= 'z'; b++ {
			code := string([]rune{a, b})
			if t, err := language.Parse(code); err == nil && t.String() == code {
				all = append(all, t)
			}
		}
	}
	for _, code := range []string{"yue", "fil", "haw", "ast", "chr", "ceb", "ckb", "gsw", "kab", "mai", "nds", "nso", "scn", "sco", "tok"} {
		all = append(all, language.Make(code))
	}
	return all
})

// Names in use that the CLDR does not give, squeezed.
var otherCountries = map[string]string{
	"uk": "GB", "greatbritain": "GB", "england": "GB", "scotland": "GB", "wales": "GB", "northernireland": "GB", "britain": "GB",
	"usa": "US", "us": "US", "america": "US", "unitedstatesofamerica": "US",
	"holland": "NL", "czechrepublic": "CZ", "turkey": "TR", "ivorycoast": "CI", "korea": "KR", "republicofkorea": "KR",
	"uae": "AE", "burma": "MM", "swaziland": "SZ", "macedonia": "MK", "capeverde": "CV", "easttimor": "TL", "drc": "CD",
	"russianfederation": "RU", "vietnam": "VN", "hongkong": "HK", "macau": "MO", "palestine": "PS", "brasil": "BR",
}

var otherLanguages = map[string]string{
	"mandarin": "zh", "mandarinchinese": "zh", "putonghua": "zh", "farsi": "fa", "tagalog": "fil", "filipino": "fil", "flemish": "nl",
	"castilian": "es", "gaelic": "gd", "irishgaelic": "ga", "bahasaindonesia": "id", "norwegian": "no", "moldovan": "ro", "panjabi": "pa", "twi": "tw",
}

// country is the code of a country's name, or "".
func (g *gazetteer) country(text string) string {
	if r, err := language.ParseRegion(text); err == nil && len(text) == 2 && strings.ToUpper(text) == text && r.IsCountry() {
		return r.Canonicalize().String()
	}
	key := squeeze(text)
	if code, ok := g.countries[key]; ok {
		return code
	}
	return g.countries[strings.TrimPrefix(key, "the")]
}

// language is the tag of a language's name, or "".
func (g *gazetteer) language(text string) string {
	if code, ok := g.languages[squeeze(text)]; ok {
		return code
	}
	if tag, err := language.Parse(strings.TrimSpace(text)); err == nil && tag != language.Und && (len(text) == 2 || strings.Contains(text, "-")) {
		return tag.String()
	}
	known := make(map[string]bool, len(g.languages))
	for name := range g.languages {
		known[name] = true
	}
	return g.languages[near(squeeze(text), known)]
}

// place reads where somebody is: "London, UK", "Germany/Berlin", "Rochester, NY (USA)". The
// piece that names a country is the country; of the others the first is the city.
func (g *gazetteer) place(text string) (city, region, country string) {
	for _, piece := range strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(",/;()|\n", r) }) {
		piece = strings.Join(strings.Fields(piece), " ")
		switch code := g.country(piece); {
		case piece == "":
		case code != "" && country == "":
			country = code
		case city == "":
			city = piece
		case region == "":
			region = piece
		default:
			region += ", " + piece
		}
	}
	return city, region, country
}
