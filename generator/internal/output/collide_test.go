package output

import (
	"io"
	"strings"
	"testing"
)

func TestProblems(t *testing.T) {
	tests := []struct {
		name  string
		paths []string
		want  string // a part of the only problem, or "" when there is none
	}{
		{"nothing wrong", []string{"index.html", "a/b/c.html", "a/b.html", "ä/ß.html", ".nojekyll", "a b.txt"}, ""},
		{"same path", []string{"a/index.html", "a/index.html"}, `the same path, "a/index.html"`},
		{"letter case", []string{"a/About.html", "a/about.html"}, `"a/About.html" and "a/about.html" differ only in upper and lower case`},
		{"letter case beyond ASCII", []string{"ÄRZTE.html", "ärzte.html"}, "only in upper and lower case"},
		{"full case folding", []string{"straße.html", "strasse.html"}, `"strasse.html" and "straße.html" differ`},
		{"Unicode form", []string{"caf\u00e9.html", "cafe\u0301.html"}, "accents are encoded"},
		{"form and case", []string{"CAF\u00c9.html", "cafe\u0301.html"}, "upper and lower case or in how"},
		{"file where a folder must be", []string{"a/b/c", "a/b"}, `both the file "a/b" and the file "a/b/c"`},
		{"the same, by case", []string{"A", "a/b/c"}, `both the file "A" and the file "a/b/c"`},
		{"folders by case", []string{"Images/a.png", "images/b.png"}, `the folders "Images" and "images" differ`},
		{"empty", []string{""}, "it is empty"},
		{"absolute", []string{"/etc/passwd"}, "leading slash"},
		{"dot-dot", []string{"a/../b"}, `the segment ".."`},
		{"dot", []string{"./b"}, `the segment "."`},
		{"empty segment", []string{"a//b"}, "empty segment"},
		{"trailing slash", []string{"a/"}, "empty segment"},
		{"backslash", []string{`a\b`}, "backslash"},
		{"drive", []string{"C:/x"}, `':'`},
		{"new line", []string{"a\nb"}, "control character"},
		{"not UTF-8", []string{"a\xff"}, "not valid UTF-8"},
		{"device", []string{"a/con/index.html"}, `"con"`},
		{"device with extension", []string{"Aux.tar.gz"}, `"Aux.tar.gz"`},
		{"numbered device", []string{"lpt1.txt"}, "reserves for a device"},
		{"superscript device", []string{"COM².txt"}, "reserves for a device"},
		{"no device", []string{"com0", "com10", "lpt", "console", "auxiliary", "nul-1"}, ""},
		{"trailing dot", []string{"a./b"}, "ends with a dot"},
		{"trailing space", []string{"a "}, "ends with a dot or a space"},
		{"long name", []string{strings.Repeat("ä", 128)}, "256 bytes long"},
		{"longest name", []string{strings.Repeat("a", 255)}, ""},
		{"long path", []string{strings.Repeat("a/", 400) + "b"}, "801 bytes long"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var plan []File
			for _, p := range test.paths {
				plan = append(plan, File{Path: p, Render: func(io.Writer) error { return nil }})
			}
			got := Problems(plan)
			switch {
			case test.want == "" && len(got) > 0:
				t.Errorf("unexpected problems:\n%v", got)
			case test.want != "" && (len(got) != 1 || !strings.Contains(got[0].Message, test.want)):
				t.Errorf("got %q, want one problem with %q", got, test.want)
			}
		})
	}
}
