package markdown

import (
	"math"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// luminance and contrast are those of WCAG 2.2.
func luminance(t *testing.T, color string) float64 {
	t.Helper()
	n, err := strconv.ParseUint(strings.TrimPrefix(color, "#"), 16, 24)
	if err != nil || len(color) != 7 {
		t.Fatalf("%q is not a colour", color)
	}
	linear := func(c uint64) float64 {
		v := float64(c) / 255
		if v <= 0.04045 {
			return v / 12.92
		}
		return math.Pow((v+0.055)/1.055, 2.4)
	}
	return 0.2126*linear(n>>16&0xff) + 0.7152*linear(n>>8&0xff) + 0.0722*linear(n&0xff)
}

func contrast(t *testing.T, a, b string) float64 {
	x, y := luminance(t, a), luminance(t, b)
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

func TestContrast(t *testing.T) {
	check := func(color, background string) {
		if color == "inherit" {
			return
		}
		if c := contrast(t, color, background); c < 4.5 {
			t.Errorf("%s on %s has a contrast of %.2f", color, background, c)
		}
	}
	check(lightText, lightBackground)
	check(darkText, darkBackground)
	check(lightText, lightMark)
	check(darkText, darkMark)
	for _, s := range shades {
		check(s.light, lightBackground)
		check(s.dark, darkBackground)
		check(s.light, lightMark)
		check(s.dark, darkMark)
	}
}

func TestStylesheet(t *testing.T) {
	css := Stylesheet()
	if css != Stylesheet() {
		t.Error("two stylesheets differ")
	}
	if strings.Count(css, "{") != strings.Count(css, "}") {
		t.Error("braces do not match")
	}
	for _, m := range regexp.MustCompile(`var\((--[a-z0-9-]+)\)`).FindAllStringSubmatch(css, -1) {
		if n := strings.Count(css, m[1]+":"); n != 3 {
			t.Errorf("%s is set %d times, not for light, dark by preference and dark by choice", m[1], n)
		}
	}
	for _, s := range shades {
		for _, token := range s.tokens {
			if class := classOf(token); !regexp.MustCompile(`\.chroma \.`+class+`[,{]`).MatchString(css) || class == "" {
				t.Errorf("no rule for %v, class %q", token, class)
			}
		}
	}
}

// Colouring changes no letter of the code, and uses only classes that have a rule.
func TestHighlight(t *testing.T) {
	css := Stylesheet()
	for language, code := range map[string]string{
		"go":         "package a // é\n\nfunc b() { c(\"\\n\") }\n",
		"python":     "def a(b=1):\n    return f'{b}'\n",
		"html":       "<a href='x'>&amp;</a>\n",
		"js":         "const a = `b${c}`;\n",
		"toml":       "a = \"b\" # c\n",
		"diff":       "- a\n+ b\n",
		"bash":       "echo \"$A\" | sed s/a/b/\n",
		"r":          "x <- c(1, 2)\n",
		"sql":        "select * from a where b = 'c';\n",
		"unknown":    "a < b\n",
		"../../etc":  "a\n",
		"[*":         "a\n",
		"a.go":       "package a\n",
		"text":       "a\n",
		"yaml":       "a: [b, c]\n",
		"\u202Ejson": "{}\n",
	} {
		out := rendered(t, "```"+language+"\n"+code+"```\n", guide)
		var text func(n *html.Node) string
		text = func(n *html.Node) string {
			if n.Type == html.TextNode {
				return n.Data
			}
			if class := attribute(n, "class"); n.Data == "span" && !strings.Contains(css, ".chroma ."+class) {
				t.Errorf("%s: no rule for %q", language, class)
			}
			s := ""
			for c := n.FirstChild; c != nil; c = c.NextSibling {
				s += text(c)
			}
			return s
		}
		if got := strings.TrimRight(text(tree(t, out)), "\n"); got != strings.TrimRight(code, "\n") {
			t.Errorf("%s: %q, not %q", language, got, code)
		}
	}
	if out := rendered(t, "```go\n"+strings.Repeat("var a = 1\n", maxHighlight/10+1)+"```\n", guide); strings.Contains(out, "<span") {
		t.Error("a very long block was coloured")
	}
}
