package theme

import (
	"io/fs"
	"maps"
	"regexp"
	"strings"
	"testing"

	"github.com/lucasb-eyer/go-colorful"

	"github.com/stoa-portal/stoa/themes"
)

var (
	adaptive = regexp.MustCompile(`--([a-z-]+):\s*light-dark\((#[0-9a-f]+),\s*(#[0-9a-f]+)\)`)
	fixed    = regexp.MustCompile(`--([a-z-]+):\s*(#[0-9a-f]+);`)
)

// tokens reads the colours of a stylesheet: name to the light and the dark one.
func tokens(t *testing.T, css string) map[string][2]colorful.Color {
	t.Helper()
	colour := func(hex string) colorful.Color {
		c, err := colorful.Hex(hex)
		if err != nil {
			t.Fatal(err)
		}
		return c
	}
	found := map[string][2]colorful.Color{}
	for _, match := range fixed.FindAllStringSubmatch(css, -1) {
		found[match[1]] = [2]colorful.Color{colour(match[2]), colour(match[2])}
	}
	for _, match := range adaptive.FindAllStringSubmatch(css, -1) {
		if light, ok := found[match[1]]; !ok || light[0].Hex() != colour(match[2]).Hex() {
			t.Errorf("--%s: the plain value, for old browsers, is not the light one", match[1])
		}
		found[match[1]] = [2]colorful.Color{colour(match[2]), colour(match[3])}
	}
	return found
}

// pairs are what is read on what: WCAG 2.2, 1.4.3 (4.5:1) for text, 1.4.11 (3:1) for what
// tells a control or its state.
var pairs = []struct {
	front, back string
	ratio       float64
}{
	{"ink", "page", 7}, {"ink", "surface", 7}, {"ink", "sunken", 7}, {"ink", "accent-soft", 7},
	{"muted", "page", 4.5}, {"muted", "surface", 4.5}, {"muted", "sunken", 4.5}, {"muted", "accent-soft", 4.5},
	{"link", "page", 4.5}, {"link", "surface", 4.5}, {"link", "sunken", 4.5},
	{"on-accent", "accent", 4.5},
	{"accent-line", "page", 3}, {"accent-line", "surface", 3}, {"focus", "page", 3}, {"focus", "surface", 3}, {"focus", "sunken", 3},
	{"line-strong", "page", 3}, {"line-strong", "surface", 3},
	{"good", "page", 4.5}, {"good", "surface", 4.5}, {"wait", "page", 4.5}, {"wait", "surface", 4.5},
	{"soon", "page", 4.5}, {"soon", "surface", 4.5}, {"warn", "page", 4.5}, {"warn", "surface", 4.5},
}

func checkContrast(t *testing.T, name string, colours map[string][2]colorful.Color) {
	t.Helper()
	for _, pair := range pairs {
		for i, scheme := range []string{"light", "dark"} {
			front, ok := colours[pair.front]
			back, also := colours[pair.back]
			if !ok || !also {
				t.Fatalf("%s: no token --%s or --%s", name, pair.front, pair.back)
			}
			if ratio := contrast(front[i], back[i]); ratio < pair.ratio {
				t.Errorf("%s, %s: --%s on --%s has a contrast of %.2f, less than %.1f", name, scheme, pair.front, pair.back, ratio, pair.ratio)
			}
		}
	}
}

func defaultTokens(t *testing.T) string {
	t.Helper()
	css, err := fs.ReadFile(themes.FS, "default/assets/tokens.css")
	if err != nil {
		t.Fatal(err)
	}
	return string(css)
}

func TestTokensCanBeRead(t *testing.T) {
	checkContrast(t, "tokens.css", tokens(t, defaultTokens(t)))
}

func TestEveryAccentCanBeRead(t *testing.T) {
	css := defaultTokens(t)
	for _, row := range []struct {
		accent string
		note   string
	}{
		{"#1f6f5c", ""}, {"#7a1f3d", ""}, {"#000000", ""}, {"#00205b", ""},
		{"#ffffff", "links are darkened"}, {"#ffd400", "links are darkened"}, {"#ff5a00", "links are darkened"},
		{"#00e5ff", "links are darkened"}, {"#767676", "buttons are darkened"}, {"#c0392b", ""}, {"#8c8c8c", "links are darkened"}, {"#fff", "links are darkened"},
	} {
		brand, notes := BrandCSS(row.accent, "")
		said := strings.Join(notes, "; ")
		if row.note == "" && said != "" || !strings.Contains(said, row.note) {
			t.Errorf("%s: notes are %q, want %q", row.accent, said, row.note)
		}
		colours := tokens(t, css)
		maps.Copy(colours, tokens(t, string(brand)))
		checkContrast(t, row.accent, colours)
	}
}

func TestBrandRefusesWhatIsNoColourOrFont(t *testing.T) {
	for _, row := range []struct{ accent, font, css, note string }{
		{"", "", "", ""},
		{"greenish", "", "", `"greenish" is not a colour`},
		{"", "Source Sans 3, Open Sans", `:root{--font-text:"Source Sans 3","Open Sans",var(--font-system)}`, ""},
		{"", `x"}body{display:none`, "", "is not the name of a font"},
		{"", "a</style>", "", "is not the name of a font"},
	} {
		css, notes := BrandCSS(row.accent, row.font)
		if string(css) != row.css || !strings.Contains(strings.Join(notes, ""), row.note) {
			t.Errorf("%q, %q: got %q and %q", row.accent, row.font, css, notes)
		}
	}
}
