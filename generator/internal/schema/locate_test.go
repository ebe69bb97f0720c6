package schema

import (
	"strings"
	"testing"
)

// TestLocate: the place of the mark ^ in a value is that of the mark in the file, however
// the text before it is spelled.
func TestLocate(t *testing.T) {
	for _, written := range []string{
		`bio = "plain ^"`,
		`bio = "^ at the start"`,
		`bio = "one\ntwo\n^"`,
		`bio = "tab\t, quote \", backslash \\ ^"`,
		`bio = "é\u00e9\U0001F600\x41 ^ after"`,
		`bio = 'C:\new ^'`,
		"bio = \"\"\"\nfirst\nsecond ^\"\"\"",
		"bio = \"\"\"first\nsecond ^\"\"\"",
		"bio = \"\"\"\nfolded \\\n    on and \\\n\n  on ^\nnext\"\"\"",
		"bio = \"\"\"\n\\u00e9\\t\"quoted\" ^ \"\"\"",
		"bio = '''\nliteral \\n ^\n'''",
		"# note\n[about]\nbio = \"\\\"^\"",
		`about.bio = "\n\n^"`,
	} {
		d, problems := Open("f.toml", []byte(written+"\n"))
		if len(problems) > 0 {
			t.Fatal(problems)
		}
		path := "bio"
		if strings.Contains(written, "about") {
			path = "about.bio"
		}
		f := &forest{}
		n, whole := d.read(f, func(_ int, _, format string, args ...any) { t.Errorf(format, args...) })
		for step := range steps(path) {
			n = n.step(f, step)
		}
		value := strings.IndexByte(n.text, '^')
		locate, found := d.Locate(path)
		if !whole || value < 0 || !found {
			t.Fatalf("%q is not read", written)
		}
		if got, want := locate(value), d.at(strings.IndexByte(written, '^')); got != want {
			t.Errorf("in %q the mark is at %s, want %s", written, got, want)
		}
		if got := locate(len(n.text) + 100); got.Line == 0 {
			t.Errorf("beyond the end of %q: %s", written, got)
		}
	}
	d, _ := Open("f.toml", []byte("[about]\nname = \"x\"\n"))
	if locate, found := d.Locate("about.bio"); found || locate(7).String() != "f.toml:1:2" {
		t.Errorf("a text that is not there is at %s (%v)", locate(7), found)
	}
}
