package pages

import (
	"regexp"
	"strings"
	"testing"
)

var spaces = regexp.MustCompile(`\s+(>?)`)

// tight is HTML with the least white space, as its parser sees it.
func tight(html string) string {
	return strings.ReplaceAll(spaces.ReplaceAllStringFunc(html, func(s string) string {
		if strings.HasSuffix(s, ">") {
			return ">"
		}
		return " "
	}), "> <", "><")
}

// TestUntranslatedIntro: a list is in the words of its language, even where nobody translated
// the text that introduces it.
func TestUntranslatedIntro(t *testing.T) {
	plan, _ := directory().plan(t)
	for path, want := range map[string][]string{
		"mentors/index.html":           {"<h1>People</h1>", `<div class="lede prose"><p>All of them.</p>`},
		"es/mentors/index.html":        {`<html lang="es"`, "<h1>Mentores</h1>", `<div class="lede prose" lang="en" dir="ltr"><p>All of them.</p>`, `<link rel="canonical" href="https://example.org/portal/es/mentors/">`},
		"es/mentors/page/2/index.html": {"Mentores · ", `<link rel="canonical" href="https://example.org/portal/es/mentors/page/2/">`},
	} {
		text := tight(plan.text(t, path))
		for _, part := range want {
			if !strings.Contains(text, part) {
				t.Errorf("%s lacks %s", path, part)
			}
		}
	}
	if strings.Contains(plan.text(t, "es/mentors/index.html"), "class=\"notice wrap\"") {
		t.Error("the Spanish list says that it is not translated")
	}
}

// TestMenuEntryOfBrowsePages: the pages of a facet are part of the directory.
func TestMenuEntryOfBrowsePages(t *testing.T) {
	plan, _ := full.plan(t)
	for path, entry := range map[string]string{
		"browse/skills/index.html":              `<a href="/portal/mentors/" aria-current="true">`,
		"es/browse/skills/chemistry/index.html": `<a href="/portal/es/mentors/" aria-current="true">`,
		"mentors/index.html":                    `<a href="/portal/mentors/" aria-current="page">`,
	} {
		if !strings.Contains(tight(plan.text(t, path)), entry) {
			t.Errorf("%s marks no menu entry: want %s", path, entry)
		}
	}
}
