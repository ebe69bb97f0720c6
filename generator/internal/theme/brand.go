package theme

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/lucasb-eyer/go-colorful"
)

// The backgrounds that brand colours must be read on: --surface and --page of
// assets/tokens.css, of which the less favourable decides, in either scheme.
var (
	lightGrounds = []string{"#ffffff", "#f6f2ea"}
	darkGrounds  = []string{"#171511", "#24211b"}
)

// Contrast wanted by WCAG 2.2: 1.4.3 for text, 1.4.11 for what shows a control's
// state. Text is given a little more than 4.5 so that rounding to eight bits a channel
// never loses it.
const (
	textContrast  = 4.6
	stateContrast = 3.1

	// On a dark page links get more than they must: saturated colours tire there.
	darkTextContrast = 7
)

// BrandCSS derives the colours of links, buttons and focus rings, for the light and the
// dark scheme, from one accent colour ("#1f6f5c"), and sets the font of text where one
// is named. Only lightness (and, where the screen cannot show it, chroma) is changed, in
// OKLCH, until WCAG's contrast holds; notes say so. An accent or font that is not one
// gives no CSS and a note.
func BrandCSS(accent, font string) (css []byte, notes []string) {
	var b strings.Builder
	if accent != "" {
		colour, err := colorful.Hex(accent)
		if err != nil {
			notes = append(notes, fmt.Sprintf("%q is not a colour; write it as six hexadecimal digits, such as #1f6f5c", accent))
		} else {
			writeAccent(&b, colour, accent, &notes)
		}
	}
	if font != "" {
		if fontName.MatchString(font) {
			fmt.Fprintf(&b, ":root{--font-text:%s,var(--font-system)}", cssFont(font))
		} else {
			notes = append(notes, fmt.Sprintf("%q is not the name of a font; letters, digits, spaces, hyphens, and commas between several", font))
		}
	}
	return []byte(b.String()), notes
}

var fontName = regexp.MustCompile(`^[\pL\pN][\pL\pN \-]*(, ?[\pL\pN][\pL\pN \-]*)*$`)

// cssFont quotes each family name.
func cssFont(font string) string {
	var names []string
	for name := range strings.SplitSeq(font, ",") {
		names = append(names, `"`+strings.TrimSpace(name)+`"`)
	}
	return strings.Join(names, ",")
}

func writeAccent(b *strings.Builder, accent colorful.Color, written string, notes *[]string) {
	white, _ := colorful.Hex("#ffffff")
	black, _ := colorful.Hex("#171511")
	light, dark := grounds(lightGrounds), grounds(darkGrounds)

	link := readable(accent, light, textContrast, -1)
	if link.Hex() != accent.Hex() {
		*notes = append(*notes, fmt.Sprintf("the accent %s is too light for text on a light page, so links are darkened to %s", written, link.Hex()))
	}
	linkDark := readable(accent, dark, darkTextContrast, +1)

	// A button keeps the accent itself when white or near-black can be read on it.
	button, onButton := accent, white
	if contrast(accent, white) < textContrast {
		onButton = black
		if contrast(accent, black) < textContrast {
			button, onButton = readable(accent, []colorful.Color{white}, textContrast, -1), white
			*notes = append(*notes, fmt.Sprintf("neither white nor black can be read on the accent %s, so buttons are darkened to %s", written, button.Hex()))
		}
	}
	_, chroma, hue := accent.OkLch()
	soft := clamp(0.955, min(chroma, 0.018), hue)
	softDark := clamp(0.28, min(chroma, 0.025), hue)

	pairs := []struct{ name, light, dark string }{
		{"accent", button.Hex(), button.Hex()},
		{"on-accent", onButton.Hex(), onButton.Hex()},
		{"accent-line", readable(accent, light, stateContrast, -1).Hex(), readable(accent, dark, stateContrast, +1).Hex()},
		{"accent-soft", soft.Hex(), softDark.Hex()},
		{"link", link.Hex(), linkDark.Hex()},
		{"focus", link.Hex(), linkDark.Hex()},
	}
	b.WriteString(":root{")
	for _, p := range pairs {
		fmt.Fprintf(b, "--%s:%s;", p.name, p.light)
	}
	b.WriteString("}@supports (color:light-dark(#000,#fff)){:root{")
	for _, p := range pairs {
		fmt.Fprintf(b, "--%s:light-dark(%s,%s);", p.name, p.light, p.dark)
	}
	b.WriteString("}}")
}

func grounds(hex []string) []colorful.Color {
	colours := make([]colorful.Color, len(hex))
	for i, h := range hex {
		colours[i], _ = colorful.Hex(h)
	}
	return colours
}

// readable changes a colour's lightness, step by step in the direction given, until it
// has the contrast wanted with every ground.
func readable(c colorful.Color, grounds []colorful.Color, wanted float64, direction float64) colorful.Color {
	enough := func(c colorful.Color) bool {
		for _, g := range grounds {
			if contrast(c, g) < wanted {
				return false
			}
		}
		return true
	}
	lightness, chroma, hue := c.OkLch()
	for lightness += direction * 0.005; !enough(c) && lightness > 0 && lightness < 1; lightness += direction * 0.005 {
		c = clamp(lightness, chroma, hue)
	}
	return c
}

// clamp is the colour of that lightness and hue, with as much of the chroma as a screen
// can show, rounded to eight bits a channel.
func clamp(lightness, chroma, hue float64) colorful.Color {
	c := colorful.OkLch(lightness, chroma, hue)
	for chroma > 0 && !c.IsValid() {
		chroma -= 0.005
		c = colorful.OkLch(lightness, max(chroma, 0), hue)
	}
	rounded, _ := colorful.Hex(c.Clamped().Hex())
	return rounded
}

// contrast is WCAG's contrast ratio, 1 to 21.
func contrast(a, b colorful.Color) float64 {
	x, y := luminance(a), luminance(b)
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

func luminance(c colorful.Color) float64 {
	r, g, b := c.LinearRgb()
	return 0.2126*r + 0.7152*g + 0.0722*b
}
