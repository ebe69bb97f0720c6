package markdown

import "testing"

func TestWithoutComments(t *testing.T) {
	for source, want := range map[string]string{
		"Plain.":                               "Plain.",
		"<!-- a note -->\n\nText.":             "\n\nText.",
		"Text <!-- a note --> on.":             "Text  on.",
		"Text <!-- two\nlines --> on.":         "Text  on.",
		"One\n\n<!--\nmany\n\nlines\n-->\nTwo": "One\n\n\nTwo",
		"- item\n\n  <!-- inside -->\n- b":     "- item\n\n  \n- b",
		"<!-- never closed\nand on":            "",
		"`<!-- code -->` and\n\n    <!-- code -->\n\n```\n<!-- code -->\n```": "`<!-- code -->` and\n\n    <!-- code -->\n\n```\n<!-- code -->\n```",
		"<!-- one --> a <!-- two -->":                                         " a ",
		"a <!-- one --> b <!-- two --> c":                                     "a  b  c",
		"<details>\n<!-- note -->\n</details>":                                "<details>\n\n</details>",
		"> quoted <!-- note -->":                                              "> quoted ",
	} {
		if got := WithoutComments(source); got != want {
			t.Errorf("%q: %q, want %q", source, got, want)
		}
	}
}
