package migrate

import (
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stoa-portal/stoa/generator/internal/diag"
	"github.com/stoa-portal/stoa/generator/internal/markdown"
)

// FuzzGuides: whatever a text holds, it comes to a guide that the site accepts.
func FuzzGuides(f *testing.F) {
	for _, text := range []string{
		"", "---", "---\n", "+++\n", "{\n", "---\ntitle: [\n---\n", "---\na: &a [*a]\n---\n", "---\ntitle: 1\norder: -3\ntags: {a: b}\n---\n",
		":::", ":::tip\n", "::: tip\n:::\n:::\n", "!!! note\n", "??? x \"y\n    z", "=== \"a\"", "{%", "{{<", "{{< a", "{% raw %}", "{% highlight %}\n", "{{< hint >}}\n{{< /hint >}}",
		"<", "<a", "<a href=", "<a href='x'>y</a>", "<b>", "<b></b>", "<b> </b>", "<i>\n\n</i>", "<details>", "</details>", "<details><summary>a</summary>b</details>", "<summary>", "<kbd>", "x <kbd>a", "<img>", "<iframe>",
		"<table>", "<ul><li>a</ul>", "<script>", "<style>\n\n</style>", "<!--", "<!-->", "<!doctype html>", "<?php", "<>", "</>", "<X>", "<X.y a={'>'} />", "<x-y>", "<h1>a</h1>", "a <h2>b</h2>", "> <div>\n> </div>\n", "- <div>\n  a\n",
		"[", "]", "[]", "[]()", "![]()", "[a](", "[a](<", "[a](b \"c\")", "[a](javascript:x)", "[a][b]\n\n[b]: x", "[b]: <>", "[a](#)", "[a](#x)", "[a](//b)", "[a](\\\\b)", "[a]({{ x }})", "![a](http://b)", "[![a](http://b)](http://c)", "[a](b%zz)",
		"`", "``a`", "```\n", "~~~\n:::tip", "    code", "- a\n\n      code", "# a {#b}", "a {#b}\n===", "{: .note }\na", "{: .x }", "* toc\n{:toc}", "import x from 'y'", "import {\n", "export const a = 1", "export default", "{/* a -- b */}", "{a.b()}", "&lt;script>", "\x00", "\xff", "a\r\nb\rc",
	} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) > 2000 {
			return
		}
		for _, name := range []string{"a.md", "a.mdx"} {
			plan, problems := Guides(fstest.MapFS{name: {Data: []byte(text)}, "b/c.md": {Data: []byte("# C\n\n## D\n")}}, Options{Default: "en"})
			if len(problems) > 0 {
				t.Fatal(problems)
			}
			for _, file := range plan.Files {
				body := string(file.Data)
				if _, rest, ok := strings.Cut(body, "\n+++\n"); ok && strings.HasPrefix(body, "+++\n") {
					body = rest
				}
				for _, p := range markdown.Parse(markdown.Source{Text: body}, markdown.Options{}).Problems() {
					if p.Severity == diag.Error && p.Rule != "too-large" {
						t.Errorf("%q comes to %q: %s", text, body, p)
					}
				}
			}
		}
	})
}
