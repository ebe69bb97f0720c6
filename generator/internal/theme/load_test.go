package theme_test

import (
	"bytes"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stoa-portal/stoa/generator/internal/theme"
	"github.com/stoa-portal/stoa/themes"
)

// over loads a site's theme that lies over the default one.
func over(t *testing.T, files map[string]string) (*theme.Theme, string) {
	t.Helper()
	site := fstest.MapFS{}
	for name, text := range files {
		site["mine/"+name] = &fstest.MapFile{Data: []byte(text)}
	}
	if _, ok := files["theme.toml"]; !ok {
		site["mine/theme.toml"] = &fstest.MapFile{Data: []byte("name = \"mine\"\napi = 1\nextends = \"default\"\n")}
	}
	layers, problems := theme.Stack("mine", site, themes.FS)
	if problems.Err() != nil {
		return nil, problems.Error()
	}
	loaded, problems := theme.Load(layers, theme.Options{Languages: []string{"en"}, Default: "en"})
	return loaded, problems.Sorted().Error()
}

func TestFaultsAreToldWithTheirPlace(t *testing.T) {
	for _, row := range []struct{ name, file, text, want string }{
		{"syntax of theme.toml", "theme.toml", "name = \n", "themes/mine/theme.toml:1:8: this is not valid TOML"},
		{"unknown key", "theme.toml", "nam = \"x\"\napi = 1\nextends = \"default\"", `themes/mine/theme.toml:1:1: theme.toml has no key "nam" (did you mean "name"?)`},
		{"no api", "theme.toml", "name = \"x\"\nextends = \"default\"", "themes/mine/theme.toml: theme.toml does not say for which version"},
		{"other api", "theme.toml", "api = 2\nextends = \"default\"", "themes/mine/theme.toml:1:1: this Stoa understands themes with api = 1"},
		{"name that is a number", "theme.toml", "name = 4\napi = 1\nextends = \"default\"", "themes/mine/theme.toml:1:1: name is a text, in quotes"},
		{"parameter that is a date", "theme.toml", "api = 1\nextends = \"default\"\n[parameters]\nday = 2026-01-01", `themes/mine/theme.toml:4:1: parameter "day" is neither`},
		{"unknown base", "theme.toml", "api = 1\nextends = \"defualt\"", `themes/mine/theme.toml:2:1: there is no theme "defualt" (did you mean "default"?)`},
		{"action left open", "layouts/page.html", "{{define \"main\"}}\n<p>{{if .Body}}</p>\n{{end}}", "themes/mine/layouts/page.html:3: the file ends here, and an {{if}}"},
		{"unknown function", "layouts/page.html", "{{define \"main\"}}\n{{dat .X}}{{end}}", `themes/mine/layouts/page.html:2: there is no function "dat" (did you mean "date"?)`},
		{"unknown component", "layouts/page.html", "{{define \"main\"}}\n ä {{template \"tok\" .TOC}}{{end}}", `themes/mine/layouts/page.html:2:15: there is no component "tok" (did you mean "toc"?)`},
		{"unknown word", "layouts/page.html", "{{define \"main\"}}{{t \"nav.meno\"}}{{end}}", `themes/mine/layouts/page.html:1:22: i18n/en.toml has no word "nav.meno" (did you mean "nav.menu"?)`},
		{"word without its value", "layouts/page.html", "{{define \"main\"}}{{t \"week\"}}{{end}}", `the word "week" wants a value called "number"`},
		{"unknown group of words", "layouts/page.html", "{{define \"main\"}}{{label \"statuses\" .X}}{{end}}", `i18n/en.toml has no words under "statuses"`},
		{"unknown asset", "layouts/page.html", "{{define \"main\"}}{{asset \"js/colour-scheme.js\"}}{{end}}", `the theme has no asset "js/colour-scheme.js" (did you mean "js/color-scheme.js"?)`},
		{"unknown icon", "layouts/page.html", "{{define \"main\"}}{{icon \"mails\"}}{{end}}", `assets/icons.svg has no icon "mails" (did you mean "mail"?)`},
		{"unknown block", "layouts/page.html", "{{define \"mian\"}}<h1>x</h1>{{end}}", `themes/mine/layouts/page.html:1:18: warning: nothing shows the block "mian" (did you mean "main"?)`},
		{"escaping", "layouts/page.html", "{{define \"main\"}}\n<a href='{{if .X}}\"'{{end}}>{{end}}", "themes/mine/layouts/page.html:2:"},
		{"unknown layout", "layouts/mentr.html", "{{define \"main\"}}{{end}}", `themes/mine/layouts/mentr.html: warning: no kind of page has a layout "mentr" (did you mean "mentor"?)`},
		{"unused component", "components/mentor-crad/mentor-crad.html", "<p></p>", `warning: no layout uses a component "mentor-crad" (did you mean "mentor-card"?)`},
		{"part of no component", "components/toc/table.html", "<p></p>", "themes/mine/components/toc/table.html: warning: nothing reads this file"},
		{"unknown folder", "layout/home.html", "<p></p>", `themes/mine/layout/home.html: warning: nothing reads the folder layout/ (did you mean "layouts"?)`},
		{"stray file", "style.css", "p{}", "themes/mine/style.css: warning: nothing reads this file"},
		{"language", "i18n/english.toml", "a = \"b\"", `themes/mine/i18n/english.toml: "english" is not a language tag`},
		{"word nobody says", "i18n/de.toml", "[nav]\nmenuu = \"x\"", `themes/mine/i18n/de.toml:2:1: warning: nothing says "nav.menuu" (did you mean "nav.menu"?)`},
		{"word added that nobody says", "i18n/en.toml", "[nav]\nmenuu = \"x\"", `themes/mine/i18n/en.toml:2:1: warning: nothing says "nav.menuu" (did you mean "nav.menu"?)`},
		{"value that is not given", "i18n/de.toml", "week = \"Woche {nummer}\"", `themes/mine/i18n/de.toml:1:1: week has no value {nummer} (did you mean "number"?)`},
		{"plural without other", "i18n/de.toml", "weeks = { one = \"x\" }", `themes/mine/i18n/de.toml:1:11: weeks has plural forms but lacks "other"`},
		{"word that is a number", "i18n/de.toml", "week = 3", "themes/mine/i18n/de.toml:1:1: week is a text, in quotes"},
		{"short year", "i18n/de.toml", "[calendar]\nmonths = [\"Januar\"]", "themes/mine/i18n/de.toml:2:1: a year has twelve months, this list has 1"},
		{"collision", "assets/css/main.css", "p{}", "themes/mine/assets/css/main.css: two files of the theme would be published as css/main.css"},
	} {
		_, got := over(t, map[string]string{row.file: row.text})
		if !strings.Contains(got, row.want) {
			t.Errorf("%s: got %q, want %q", row.name, got, row.want)
		}
	}
}

// TestWordsOfOnesOwn: a theme may leave a value out of a word, and add words that its layouts say.
func TestWordsOfOnesOwn(t *testing.T) {
	_, got := over(t, map[string]string{
		"i18n/en.toml":      "[mentors]\ncount = \"many mentors\"\n[ours]\nmotto = \"Together\"\n",
		"layouts/page.html": "{{define \"main\"}}<p>{{t \"ours.motto\"}}</p>{{end}}",
	})
	if got != "" && got != "no problems" {
		t.Error(got)
	}
}

func TestStack(t *testing.T) {
	toml := func(extends string) *fstest.MapFile {
		return &fstest.MapFile{Data: []byte("api = 1\nextends = \"" + extends + "\"\n")}
	}
	site := fstest.MapFS{
		"default/assets/x.css": {}, "own/theme.toml": {Data: []byte("api = 1")},
		"a/theme.toml": toml("b"), "b/theme.toml": toml("a"), "top/theme.toml": toml("middle"), "middle/theme.toml": toml("default"),
	}
	for name, want := range map[string]string{
		"default": "themes/default stoa/themes/default",
		"own":     "themes/own",
		"top":     "themes/top themes/middle themes/default stoa/themes/default",
		"a":       "themes/b/theme.toml:2:1: theme \"a\" extends itself, by way of a, b",
		"defualt": `config.toml: there is no theme "defualt" (did you mean "default"?); a theme is a folder in themes/, or one that comes with Stoa: default`,
		"../x":    `config.toml: there is no theme "../x"; a theme is a folder in themes/, or one that comes with Stoa: default`,
	} {
		layers, problems := theme.Stack(name, site, themes.FS)
		var names []string
		for _, layer := range layers {
			names = append(names, layer.Name)
		}
		if got := strings.Join(names, " ") + problems.Error(); got != want {
			t.Errorf("%s: got %q, want %q", name, got, want)
		}
	}
}

func TestAFileOfASiteHidesTheOneBelow(t *testing.T) {
	loaded, problems := over(t, map[string]string{
		"theme.toml":           "name = \"mine\"\napi = 1\nextends = \"default\"\n[parameters]\ncolor_toggle = false\nmotto = \"x\"",
		"layouts/page.html":    "{{define \"main\"}}<h1>Mine: {{.Page.Title}}</h1>{{end}}",
		"assets/own.css":       ".mine { color: #ff0000 }",
		"assets/logo.png":      "png",
		"i18n/cy.toml":         "[nav]\nmenu = \"Dewislen\"",
		"i18n/en.toml~":        "backup",
		".DS_Store":            "x",
		"README.md":            "x",
		"components/toc/.keep": "",
	})
	if problems != "" {
		t.Fatal(problems)
	}
	parameters := loaded.Parameters(map[string]any{"motto": "y"})
	if parameters["color_toggle"] != false || parameters["motto"] != "y" {
		t.Errorf("parameters are %v", parameters)
	}
	var b bytes.Buffer
	declared := readViews(t)
	if err := loaded.Language("cy", theme.Site{Base: "/"}).Execute(&b, "page", declared.value("PlainView", chosen()).Interface()); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"<h1>Mine: a Title &amp; &#34;more&#34; &lt;b&gt;</h1>", "Dewislen", "Skip to the content"} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("the page lacks %q", want)
		}
	}
	for _, asset := range loaded.Assets() {
		if asset.Path == theme.Stylesheet && !strings.Contains(string(asset.Data), ".mine{color:red}") {
			t.Error("the site's stylesheet is not part of the theme's")
		}
	}
	if base := builtin(t); base.Sum() == loaded.Sum() || base.Root() == loaded.Root() {
		t.Error("another theme has the same digest")
	}
}

func TestWordsLieOverThoseBelow(t *testing.T) {
	loaded, problems := over(t, map[string]string{
		"i18n/es.toml":      "[nav]\nmenu = \"Carta\"\n[mentors]\ncount = { other = \"gente: {count}\" }",
		"i18n/en.toml":      "[nav]\nmotto = \"Ask\"",
		"layouts/page.html": "{{define \"main\"}}<h1>{{t \"nav.motto\"}}</h1>{{end}}",
	})
	if problems != "" {
		t.Fatal(problems)
	}
	es := loaded.Language("es", theme.Site{Base: "/"})
	for _, row := range []struct{ got, want string }{
		{es.Word("nav.menu"), "Carta"},
		{es.Word("nav.close"), builtin(t).Language("es", theme.Site{Base: "/"}).Word("nav.close")},
		{es.Word("mentors.count", "count", 1), "gente: 1"},
		{es.Word("nav.motto"), "Ask"},
		{es.Month(12), "dic"},
	} {
		if row.got != row.want {
			t.Errorf("got %q, want %q", row.got, row.want)
		}
	}
	base, _ := over(t, map[string]string{"i18n/es.toml": "[nav]\nmenu = \"Carta\"\n"})
	if other, _ := over(t, map[string]string{"i18n/es.toml": "[nav]\nmenu = \"Lista\"\n"}); base.Sum() == other.Sum() {
		t.Error("another word, and the same digest")
	}
}

func TestEveryFileChangesTheSum(t *testing.T) {
	base, _ := over(t, nil)
	for _, name := range []string{"layouts/page.html", "components/toc/toc.html", "assets/tokens.css", "i18n/es.toml", "theme.toml"} {
		data, err := fs.ReadFile(themes.FS, "default/"+name)
		if err != nil {
			t.Fatal(err)
		}
		text := string(data) + "\n"
		if name == "theme.toml" {
			text = "name = \"other\"\napi = 1\nextends = \"default\""
		}
		changed, problems := over(t, map[string]string{name: text})
		if changed == nil || changed.Sum() == base.Sum() {
			t.Errorf("%s is not part of the theme's digest: %s", name, problems)
		}
	}
}

func TestAViewWithoutTheFieldIsToldInPlainWords(t *testing.T) {
	type Site struct{ Lang string }
	type Page struct{ Site Site }
	loaded := builtin(t)
	err := loaded.Language("en", theme.Site{Base: "/"}).Execute(new(bytes.Buffer), "page", struct{ Page Page }{})
	want := `themes/default/layouts/base.html:3:46: there is no Dir in a Site, which is what {{.Page.Site.Dir}} looks at`
	if err == nil || !strings.HasPrefix(err.Error(), want) {
		t.Errorf("got %v, want %q …", err, want)
	}
	if err := loaded.Language("en", theme.Site{}).Execute(new(bytes.Buffer), "nonsense", nil); err == nil {
		t.Error("a layout that does not exist was executed")
	}
}
