package theme_test

import (
	"bytes"
	"io/fs"
	"path"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"github.com/stoa-portal/stoa/generator/internal/theme"
	"github.com/stoa-portal/stoa/themes"
)

// statuses that only one of mentors and programs knows; a variant's status goes to both.
var programStatus = map[string]string{"waitlist": "upcoming", "full": "closed", "later": "running", "off-season": "rolling", "paused": "ended", "retired": "ended"}

// forLayout is the variant in the words that the layout's view knows.
func forLayout(layout string, texts map[string]string) map[string]string {
	adapted := map[string]string{}
	for name, text := range texts {
		adapted[name] = text
	}
	if status, ok := programStatus[texts["Status"]]; ok && (slices.Contains([]string{"program", "programs", "home", "match"}, layout)) {
		adapted["Status"] = status
	}
	return adapted
}

func TestEveryLayoutRunsOnFullAndEmptyViews(t *testing.T) {
	loaded, declared := builtin(t), readViews(t)
	if layouts := loaded.Layouts(); len(layouts) != len(viewOf) {
		t.Errorf("the theme has the layouts %v; the test knows views for %d", layouts, len(viewOf))
	}
	for _, tag := range []string{"en", "ar"} {
		language := loaded.Language(tag, theme.Site{Base: "/repo/"})
		for layout, view := range viewOf {
			for _, texts := range variants {
				value := declared.value(view, forLayout(layout, texts))
				if err := language.Execute(new(bytes.Buffer), layout, value.Interface()); err != nil {
					t.Errorf("%s, %v: %v", tag, texts["Status"], err)
				}
			}
			empty := reflect.New(declared.value(view, nil).Type()).Elem()
			setSite(empty)
			var page bytes.Buffer
			if err := language.Execute(&page, layout, empty.Interface()); err != nil {
				t.Errorf("%s, empty: %v", tag, err)
			}
		}
	}
}

// setSite gives an empty view what every page has.
func setSite(view reflect.Value) {
	page := view.FieldByName("Page")
	site := reflect.New(page.FieldByName("Site").Type().Elem())
	site.Elem().FieldByName("Lang").SetString("en")
	page.FieldByName("Site").Set(site)
	for _, name := range []string{"Availability", "ProgramCard"} {
		if field := view.FieldByName(name); field.IsValid() {
			field.FieldByName("Status").SetString("open")
		}
	}
}

// componentViews are the components that are rendered alone: cards in lists, and what
// Markdown embeds. A leading [] means a list.
var componentViews = map[string]string{
	"mentor-card": "Card", "goal-card": "GoalCard", "worksheet-card": "WorksheetCard",
	"guide-cards": "[]GuideCard", "mentor-cards": "[]Fragment", "timeline": "[]Moment", "faq": "[]Question",
}

func TestComponentsRunAlone(t *testing.T) {
	loaded, declared := builtin(t), readViews(t)
	language := loaded.Language("en", theme.Site{Base: "/repo/"})
	for name, view := range componentViews {
		for _, texts := range variants {
			element, isList := strings.CutPrefix(view, "[]")
			value := declared.value(element, texts)
			if isList {
				list := reflect.MakeSlice(reflect.SliceOf(value.Type()), 0, 1)
				value = reflect.Append(list, value)
			}
			var b bytes.Buffer
			if err := language.Component(&b, name, value.Interface()); err != nil {
				t.Error(err)
				continue
			}
			document, err := html.Parse(&b)
			if err != nil {
				t.Fatal(err)
			}
			checkElements(t, name, document)
		}
	}
}

// page writes a layout with its view full.
func page(t *testing.T, language *theme.Language, declared views, layout string, texts map[string]string) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := language.Execute(&b, layout, declared.value(viewOf[layout], forLayout(layout, texts)).Interface()); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestPagesAreWellMade(t *testing.T) {
	loaded, declared := builtin(t), readViews(t)
	language := loaded.Language("en", theme.Site{Base: "/repo/"})
	for layout := range viewOf {
		for _, texts := range variants {
			document, err := html.Parse(bytes.NewReader(page(t, language, declared, layout, texts)))
			if err != nil {
				t.Fatal(err)
			}
			checkDocument(t, layout, document)
		}
	}
}

func checkDocument(t *testing.T, layout string, document *html.Node) {
	t.Helper()
	count := checkElements(t, layout, document)
	for _, once := range []string{"h1", "title"} {
		if count[once] != 1 {
			t.Errorf("%s: <%s> is there %d times", layout, once, count[once])
		}
	}
	if layout != "redirect" && (count["main"] != 1 || count["footer"] < 1 || count["nav"] < 1) {
		t.Errorf("%s: landmarks are missing: %v", layout, count)
	}
}

// checkElements looks at every element and counts them by name.
func checkElements(t *testing.T, layout string, document *html.Node) map[string]int {
	t.Helper()
	count, ids := map[string]int{}, map[string]bool{}
	var references []string
	for node := range document.Descendants() {
		if node.Type != html.ElementNode {
			continue
		}
		count[node.Data]++
		for _, a := range node.Attr {
			switch {
			case a.Key == "style" || strings.HasPrefix(a.Key, "on"):
				t.Errorf("%s: <%s> has an attribute %s, which the content security policy forbids", layout, node.Data, a.Key)
			case strings.Contains(a.Val, "ZgotmplZ"):
				t.Errorf("%s: html/template refused the value of %s on <%s>", layout, a.Key, node.Data)
			case a.Key == "id":
				if ids[a.Val] && a.Val != "an-id" {
					t.Errorf("%s: the id %q is there twice", layout, a.Val)
				}
				ids[a.Val] = true
			case a.Key == "for" || a.Key == "aria-labelledby" || a.Key == "popovertarget":
				references = append(references, a.Val)
			case a.Key == "href" && strings.HasPrefix(a.Val, "#") && a.Val != "#an-id":
				references = append(references, a.Val[1:])
			case a.Key == "href" || a.Key == "src" || a.Key == "action":
				own := strings.HasPrefix(a.Val, "/repo/") || strings.HasPrefix(a.Val, "#")
				if !own && !strings.HasPrefix(a.Val, "https://example.org/") && !strings.HasPrefix(a.Val, "mailto:") {
					t.Errorf("%s: <%s %s=%q> does not start with the base path", layout, node.Data, a.Key, a.Val)
				}
			}
		}
		switch node.Data {
		case "a", "button", "summary", "h1", "h2", "h3", "title":
			if accessibleName(node) == "" {
				t.Errorf("%s: <%s> has no text: %v", layout, node.Data, node.Attr)
			}
		case "img":
			if !hasAttribute(node, "alt") {
				t.Errorf("%s: <img> without alt", layout)
			}
		case "script":
			data := []string{"application/ld+json", "application/json"}
			if !hasAttribute(node, "src") && !slices.Contains(data, attribute(node, "type")) {
				t.Errorf("%s: an inline script", layout)
			}
		case "style":
			t.Errorf("%s: an inline stylesheet", layout)
		case "p", "span", "q", "h4":
			for child := range node.Descendants() {
				if child.Type == html.ElementNode && slices.Contains([]string{"div", "ul", "ol", "dl", "section", "article"}, child.Data) {
					t.Errorf("%s: <%s> in <%s>", layout, child.Data, node.Data)
				}
			}
		case "ul", "ol":
			for child := range node.ChildNodes() {
				if child.Type == html.ElementNode && child.Data != "li" {
					t.Errorf("%s: <%s> directly in <%s>", layout, child.Data, node.Data)
				}
			}
		}
	}
	for _, id := range references {
		if !ids[id] {
			t.Errorf("%s: nothing has the id %q", layout, id)
		}
	}
	return count
}

func attribute(node *html.Node, key string) string {
	for _, a := range node.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

func hasAttribute(node *html.Node, key string) bool {
	return slices.ContainsFunc(node.Attr, func(a html.Attribute) bool { return a.Key == key })
}

func accessibleName(node *html.Node) string {
	if label := attribute(node, "aria-label"); label != "" {
		return label
	}
	var b strings.Builder
	for child := range node.Descendants() {
		if child.Type == html.TextNode {
			b.WriteString(child.Data)
		} else if child.Type == html.ElementNode && child.Data == "img" {
			b.WriteString(attribute(child, "alt"))
		}
	}
	return strings.TrimSpace(b.String())
}

// templatesOf are the default theme's template files by path.
func templatesOf(t *testing.T) map[string]string {
	t.Helper()
	files := map[string]string{}
	err := fs.WalkDir(themes.FS, "default", func(name string, d fs.DirEntry, err error) error {
		if err == nil && path.Ext(name) == ".html" {
			data, err := fs.ReadFile(themes.FS, name)
			files[name] = string(data)
			return err
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

var (
	action       = regexp.MustCompile(`(?s)\{\{.*?\}\}`)
	letters      = regexp.MustCompile(`\pL{2,}`)
	bareSlash    = regexp.MustCompile(`(href|src|action|srcset|content)="/`)
	spokenOutput = []string{"aria-label", "title", "alt", "placeholder", "aria-description", "aria-roledescription"}
)

func TestTemplatesHoldNoWordsAndNoAddresses(t *testing.T) {
	for name, source := range templatesOf(t) {
		if bareSlash.MatchString(source) {
			t.Errorf("%s has an address with a bare leading slash; write {{url …}}", name)
		}
		if strings.Contains(source, "}}, {{") {
			t.Errorf("%s has a comma of its own; write {{t \"list.comma\"}} between things, and list.parts within one", name)
		}
		bare := action.ReplaceAllString(source, "")
		if strings.Contains(bare, "://") || strings.Contains(bare, "=\"//") {
			t.Errorf("%s names another host", name)
		}
		tokens := html.NewTokenizer(strings.NewReader(bare))
		for {
			kind := tokens.Next()
			if kind == html.ErrorToken {
				break
			}
			token := tokens.Token()
			if kind == html.TextToken && letters.MatchString(token.Data) && !strings.Contains("404", strings.TrimSpace(token.Data)) {
				t.Errorf("%s says %q itself; words belong in i18n", name, strings.TrimSpace(token.Data))
			}
			for _, a := range token.Attr {
				if slices.Contains(spokenOutput, a.Key) && letters.MatchString(a.Val) {
					t.Errorf("%s says %s=%q itself; words belong in i18n", name, a.Key, a.Val)
				}
			}
		}
	}
}

// A profile is what phones load most: page, stylesheet and script together.
func TestProfileIsLight(t *testing.T) {
	loaded, declared := builtin(t), readViews(t)
	language := loaded.Language("en", theme.Site{Base: "/"})
	all := page(t, language, declared, "mentor", chosen())
	for _, asset := range loaded.Assets() {
		if slices.Contains([]string{theme.Stylesheet, "js/color-scheme.js"}, asset.Path) {
			all = append(all, asset.Data...)
		}
	}
	if size := gzipped(t, all); size > 18_000 {
		t.Errorf("a profile is %d bytes over the wire, more than 18,000", size)
	}
}
