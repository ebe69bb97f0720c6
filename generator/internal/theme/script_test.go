package theme_test

import (
	"io/fs"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stoa-portal/stoa/themes"
)

// filesOf are the default theme's files of an ending, by path.
func filesOf(t *testing.T, ending string) map[string]string {
	t.Helper()
	files := map[string]string{}
	err := fs.WalkDir(themes.FS, "default", func(name string, d fs.DirEntry, err error) error {
		if err != nil || path.Ext(name) != ending {
			return err
		}
		data, err := fs.ReadFile(themes.FS, name)
		files[name] = string(data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

var (
	jsComment  = regexp.MustCompile(`(?s)/\*.*?\*/|(?m)(^|\s)//.*$`)
	jsLiteral  = regexp.MustCompile("\"(?:[^\"\\\\\n]|\\\\.)*\"|'(?:[^'\\\\\n]|\\\\.)*'|`(?:[^`\\\\]|\\\\.)*`")
	jsNested   = regexp.MustCompile(`\$\{[^}]*\}`)
	jsThrown   = regexp.MustCompile(`throw new \w+\([^\n]*`)
	jsSentence = regexp.MustCompile(`\pL{2,}[.,:;!?]? \pL{2,}[.,:;!?]? \pL{2,}`)
	jsShown    = regexp.MustCompile(`(?:textContent|innerText|placeholder|title|ariaLabel|alt)\s*=\s*(["'\x60])([^"'\x60]*\pL{2,}[^"'\x60]*)["'\x60]`)
	jsSpoken   = regexp.MustCompile(`["']?(?:aria-label|title|placeholder|alt)["']?(?::|,)\s*(["'\x60])([^"'\x60$]*\pL{2,}[^"'\x60$]*)["'\x60]`)
	jsMade     = regexp.MustCompile(`make\("[a-z0-9]+", \{[^{}]*\}, (["'\x60])([^"'\x60$]*\pL{2,}[^"'\x60$]*)["'\x60]`)
)

// TestScriptsHoldNoWords looks for words that a visitor would see or hear, which belong in
// i18n: text given to an element or to an attribute that is read out, and sentences. What is
// thrown is for developers.
func TestScriptsHoldNoWords(t *testing.T) {
	for name, source := range filesOf(t, ".js") {
		source = jsThrown.ReplaceAllString(jsComment.ReplaceAllString(source, ""), "")
		for _, found := range []*regexp.Regexp{jsShown, jsSpoken, jsMade} {
			for _, match := range found.FindAllStringSubmatch(source, -1) {
				if strings.Contains(match[2], " ") || strings.ToLower(match[2]) != match[2] {
					t.Errorf("%s says %q itself; words belong in i18n", name, match[2])
				}
			}
		}
		for _, literal := range jsLiteral.FindAllString(source, -1) {
			words := jsNested.ReplaceAllString(literal, "")
			if jsSentence.MatchString(words) && !strings.ContainsAny(words, "[]{}=<>#") && !strings.Contains(words, " and (") {
				t.Errorf("%s holds the sentence %s; words belong in i18n", name, literal)
			}
		}
	}
}

var (
	physical    = regexp.MustCompile(`(?m)(?:^|[\s;{])((?:margin|padding|border)-(?:left|right)|left|right|float:\s*(?:left|right)|text-align:\s*(?:left|right))\b\s*[:;}]`)
	fourLengths = regexp.MustCompile(`(?:padding|margin|inset):\s*([^\s;]+)\s+([^\s;]+)\s+([^\s;]+)\s+([^\s;}]+)\s*[;}]`)
)

// TestStylesKnowBothDirections: a page written from right to left is laid out from right to
// left. A rule that has to name a side has a twin for the other direction.
func TestStylesKnowBothDirections(t *testing.T) {
	for name, source := range filesOf(t, ".css") {
		for line := range strings.SplitSeq(source, "\n") {
			if match := physical.FindStringSubmatch(line); match != nil {
				t.Errorf("%s names a side: %s; use the logical property, such as margin-inline-start", name, strings.TrimSpace(line))
			}
			if sides := fourLengths.FindStringSubmatch(line); sides != nil && sides[2] != sides[4] && !strings.Contains(sides[0], "(") && !strings.Contains(source, `[dir="rtl"]`) {
				t.Errorf("%s gives left and right different distances: %s; use padding-inline", name, strings.TrimSpace(line))
			}
		}
	}
}

var (
	loadsScript = regexp.MustCompile(`asset "(js/[^"]+\.js)"`)
	callsPart   = regexp.MustCompile(`\{\{(?:block|template) "([^"]+)"`)
	importsFrom = regexp.MustCompile(`(?:from\s+|import\s*\(?\s*)"(\.[^"]+\.js)"`)
	saysWord    = regexp.MustCompile(`\bt\("([a-z_]+\.[a-z0-9_-]+)"`)
	saysGroup   = regexp.MustCompile("\\bt\\(`([a-z_]+)\\.\\$\\{")
)

// borrowed are scripts of which others import a part that says nothing; the script beside each
// is the one that lets it speak.
var borrowed = map[string]string{"js/mentor-card.js": "js/directory.js", "js/channel.js": "js/request-page.js"}

// TestScriptsAreGivenTheirWords: what the scripts of a page say, and those that they import,
// is among the words that the page's layout hands over.
func TestScriptsAreGivenTheirWords(t *testing.T) {
	scripts := map[string]string{} // by published path
	for name, source := range filesOf(t, ".js") {
		if rest, ok := strings.CutPrefix(name, "default/assets/"); ok {
			scripts[rest] = source
		} else {
			scripts["js/"+path.Base(name)] = source
		}
	}
	templates := map[string]string{} // by name, as {{template}} calls them
	for name, source := range templatesOf(t) {
		stem := strings.TrimSuffix(path.Base(name), ".html")
		if strings.HasPrefix(name, "default/layouts/") {
			stem = "layout " + stem
		}
		templates[stem] = source
	}
	for name, layout := range templates {
		kind, isLayout := strings.CutPrefix(name, "layout ")
		if !isLayout || kind == "base" || kind == "redirect" {
			continue
		}
		given, loaded, seen := map[string]bool{}, []string{}, map[string]bool{}
		var read func(source string)
		read = func(source string) {
			for _, match := range handed.FindAllStringSubmatch(source, -1) {
				for word := range strings.FieldsSeq(match[1]) {
					given[strings.Trim(word, `"`)] = true
				}
			}
			for _, match := range loadsScript.FindAllStringSubmatch(source, -1) {
				loaded = append(loaded, match[1])
			}
			for _, match := range callsPart.FindAllStringSubmatch(source, -1) {
				if part := templates[match[1]]; part != "" && !seen[match[1]] {
					seen[match[1]] = true
					read(part)
				}
			}
		}
		read(templates["layout base"])
		read(layout)
		run := map[string]bool{}
		entries := slices.Clone(loaded)
		for len(loaded) > 0 {
			script := loaded[0]
			if loaded = loaded[1:]; run[script] {
				continue
			}
			run[script] = true
			source, ok := scripts[script]
			if !ok {
				t.Errorf("%s loads %s, which is not there", kind, script)
			}
			for _, match := range importsFrom.FindAllStringSubmatch(source, -1) {
				loaded = append(loaded, path.Join(path.Dir(script), match[1]))
			}
			if strings.Contains(source, "learn(") || strings.Contains(source, "readDay(") {
				continue // it fetches words when it wants them
			}
			if owner := borrowed[script]; owner != "" && !slices.Contains(entries, owner) {
				continue
			}
			for _, match := range append(saysWord.FindAllStringSubmatch(source, -1), saysGroup.FindAllStringSubmatch(source, -1)...) {
				group, _, _ := strings.Cut(match[1], ".")
				some := func(word string) bool { return strings.HasPrefix(word, group+".") }
				if !given[match[1]] && !given[group] && (group != match[1] || !slices.ContainsFunc(slices.Collect(maps.Keys(given)), some)) {
					t.Errorf("on the page %s, %s says %s, which the layout does not hand over: {{words %q}}", kind, script, match[1], group)
				}
			}
		}
	}
}
