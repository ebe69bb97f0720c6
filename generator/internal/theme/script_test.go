package theme_test

import (
	"io/fs"
	"path"
	"regexp"
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
