package theme_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/pelletier/go-toml/v2"

	"github.com/stoa-portal/stoa/generator/internal/civil"
	"github.com/stoa-portal/stoa/generator/internal/theme"
	"github.com/stoa-portal/stoa/themes"
)

func TestWords(t *testing.T) {
	loaded := builtin(t)
	en, es := loaded.Language("en", theme.Site{Base: "/"}), loaded.Language("es-MX", theme.Site{Base: "/"})
	day := civil.Of(2026, 3, 2)
	for _, row := range []struct{ got, want string }{
		{en.Word("mentors.count", "count", 1), "1 mentor"},
		{en.Word("mentors.count", "count", 0), "0 mentors"},
		{en.Word("mentors.count", "count", 12345), "12,345 mentors"},
		{en.Word("availability.hours", "count", 1.5), "1.5 hours a month"},
		{en.Word("availability.hours", "count", 1.0), "1 hour a month"},
		{es.Word("mentors.count", "count", 1), "1 perfil"},
		{es.Word("mentors.count", "count", 1234567), "1.234.567 perfiles"},
		{es.Word("availability.hours", "count", 2.5), "2,5 horas al mes"},
		{en.Word("availability.from", "date", day), "Open from 2 March 2026"},
		{es.Word("availability.from", "date", day), "Disponible desde el 2 de marzo de 2026"},
		{en.Word("request.title", "name", "Ana"), "Ask Ana"},
		{en.Word("request.title", "name", "نور"), "Ask \u2068نور\u2069"},
		{en.Word("no.such.word"), "no.such.word"},
		{en.Word("request.title"), "request.title"},
		{en.Date(civil.Date{}), ""},
		{en.MonthYear(day), "March 2026"},
		{es.Month(12), "dic"},
		{en.Month(13), ""},
		{en.Number(1234), "1234"},
		{en.Number(-12345.678), "\u221212,345.68"},
		{loaded.Language("cy", theme.Site{}).Word("nav.menu"), "Menu"},
	} {
		if row.got != row.want {
			t.Errorf("got %q, want %q", row.got, row.want)
		}
	}
}

// dictionaries are the default theme's i18n files: every text by its key, plural forms
// included.
func dictionaries(t *testing.T) map[string]map[string]string {
	t.Helper()
	found := map[string]map[string]string{}
	names, err := fs.Glob(themes.FS, "default/i18n/*.toml")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		data, err := fs.ReadFile(themes.FS, name)
		if err != nil {
			t.Fatal(err)
		}
		var tree map[string]any
		if err := toml.Unmarshal(data, &tree); err != nil {
			t.Fatal(err)
		}
		texts := map[string]string{}
		var walk func(prefix string, table map[string]any)
		walk = func(prefix string, table map[string]any) {
			for key, value := range table {
				switch value := value.(type) {
				case string:
					texts[prefix+key] = value
				case map[string]any:
					walk(prefix+key+".", value)
				}
			}
		}
		walk("", tree)
		found[strings.TrimSuffix(filepath.Base(name), ".toml")] = texts
	}
	return found
}

var placeholder = regexp.MustCompile(`\{(\w+)\}`)

// form is a plural form that not every language has.
var form = regexp.MustCompile(`\.(zero|one|two|few|many)$`)

func TestEveryLanguageSaysEverything(t *testing.T) {
	all := dictionaries(t)
	if len(all) < 2 {
		t.Fatal("the theme speaks fewer than two languages")
	}
	for tag, texts := range all {
		for key, english := range all["en"] {
			if form.MatchString(key) {
				continue
			}
			text, ok := texts[key]
			if !ok || text == "" {
				t.Errorf("%s.toml does not say %s", tag, key)
			}
			if got, want := names(text), names(english); !slices.Equal(got, want) {
				t.Errorf("%s.toml: %s has the values %v, in English %v", tag, key, got, want)
			}
		}
		for key := range texts {
			if _, ok := all["en"][key]; !ok && !form.MatchString(key) {
				t.Errorf("%s.toml says %s, which English does not", tag, key)
			}
		}
	}
}

func names(text string) []string {
	set := map[string]bool{}
	for _, match := range placeholder.FindAllStringSubmatch(text, -1) {
		set[match[1]] = true
	}
	return slices.Sorted(maps.Keys(set))
}

var (
	says   = regexp.MustCompile(`\bt "([^"]+)"`)
	labels = regexp.MustCompile(`\blabel "([^"]+)"`)
	handed = regexp.MustCompile(`\bwords((?: "[^"]+")+)`)
)

// Words are said by templates, by functions of this package, and by the packages pages and check;
// what none of them says is dead.
func TestEveryWordIsSaid(t *testing.T) {
	said := map[string]bool{
		"calendar.date": true, "calendar.month_year": true, "numbers.decimal": true, "numbers.group": true,
		"list.comma": true, "list.and": true,
	}
	groups := map[string]bool{}
	for _, source := range templatesOf(t) {
		for _, match := range says.FindAllStringSubmatch(source, -1) {
			said[match[1]] = true
		}
		for _, match := range labels.FindAllStringSubmatch(source, -1) {
			groups[match[1]] = true
		}
		for _, match := range handed.FindAllStringSubmatch(source, -1) { // to scripts
			for _, name := range strings.Fields(match[1]) {
				name = strings.Trim(name, `"`)
				said[name], groups[name] = true, true
			}
		}
	}
	for _, text := range append(stringsOf(t, "../pages"), stringsOf(t, "../check")...) {
		said[text] = true
		if group, ok := strings.CutSuffix(text, "."); ok {
			groups[group] = true
		} else if !strings.Contains(text, ".") {
			groups[text] = true
		}
	}
	for key := range dictionaries(t)["en"] {
		key = strings.TrimSuffix(form.ReplaceAllString(key, ""), ".other")
		group, _, _ := strings.Cut(key, ".")
		if !said[key] && !groups[group] {
			t.Errorf("nothing says %s", key)
		}
	}
}

// stringsOf are the string literals of a package's files.
func stringsOf(t *testing.T, dir string) []string {
	t.Helper()
	files, err := filepath.Glob(dir + "/*.go")
	if err != nil {
		t.Fatal(err)
	}
	var literals []string
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		source, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, source, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(node ast.Node) bool {
			if literal, ok := node.(*ast.BasicLit); ok && literal.Kind == token.STRING {
				if text, err := strconv.Unquote(literal.Value); err == nil {
					literals = append(literals, text)
				}
			}
			return true
		})
	}
	return literals
}
