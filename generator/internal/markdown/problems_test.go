package markdown

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stoa-portal/stoa/generator/internal/diag"
)

// Each text has the problems beside it, at line:column of a file whose Markdown begins
// at 1:1.
var problems = []struct{ text, want string }{
	// Fine.
	{"Plain *words*, 3 < 4, a > b, {braces}, 100 % & more.", ""},
	{"`<b>`, `{% x %}`, `[[x]]`, `[^1]` and \\<b>", ""},
	{"    <script>\n", ""},
	{"```\n<script>\n{% x %}\n:::tip\n```", ""},
	{"important: import taxes and export them", ""},
	{"<!-- a\ncomment with <b> -->", ""},
	{"[a-z] [^a-z] [x] [[1]](b.md)", ""},

	{"```go {hl_lines=\"1 2-3\"}\na\nb\nc\n```", ""},

	// Marked lines.
	{"```go {hl_lines=\"2-9\"}\na\nb\n```", "1:17: warning: 2-9 is not among the 2 lines of this block: mark a line by its number, or several as 2-4"},
	{"```{0,3-1,999999999999999999999}\na\n```", "1:5: warning: 0 is not among the 1 lines of this block: mark a line by its number, or several as 2-4\n1:5: warning: 3-1 is not among the 1 lines of this block: mark a line by its number, or several as 2-4\n1:5: warning: 999999999999999999999 is not among the 1 lines of this block: mark a line by its number, or several as 2-4"},

	// Raw HTML.
	{"x <b>y</b>", "1:3: <b> is HTML that is not allowed here: write **words**"},
	{"é <a href=\"https://example.org/\">y</a>", "1:3: <a> is HTML that is not allowed here: write a link as [words](https://example.org/)"},
	{"<img src=x.png onerror=alert(1)>", "1:1: <img> is HTML that is not allowed here: write a picture as ![what it shows](picture.jpg)"},
	{"<img src=\"x.png\">", "1:1: <img> is HTML that is not allowed here: write a picture as ![what it shows](x.png)"},
	{"- > <iframe src='https://example.org'></iframe>", "1:5: <iframe> is HTML that is not allowed here: link to it instead, as [title](https://example.org)"},
	{"<table>\n<tr><td>1</td></tr>\n</table>", "1:1: <table> is HTML that is not allowed here: write a table with | between its columns"},
	{"<div>\n\ntext\n\n</div>", "1:1: <div> is HTML that is not allowed here: leave the tag out; an empty line begins a new paragraph"},
	{"text\n</div>", "2:1: </div> is HTML that is not allowed here: leave the tag out; an empty line begins a new paragraph"},
	{"Dear <name>,", `1:6: <name> is not allowed: if it is meant as text, write \<name>`},
	{"<sumary>", `1:1: <sumary> is not allowed (did you mean "summary"?): if it is meant as text, write \<sumary>`},
	{"<script>\nlet a = '<b>'\n\n</script>", "1:1: <script> is HTML that is not allowed here: a page takes no code of its own; this belongs into the site's theme"},
	{"| a |\n|---|\n| x <u>y</u> |", "3:5: <u> is HTML that is not allowed here: write *words* or leave the tag out"},
	{"a <kbd class=\"x\">b</kbd>", "1:3: <kbd> takes no attributes here: write <kbd>\n1:19: </kbd> closes nothing that was opened in the same paragraph"},
	{"<details open>\n<summary>x</summary>\n</details>", "1:1: <details> takes no attributes here: write <details>\n2:1: <summary> stands at the beginning of <details>\n2:11: </summary> closes nothing that was opened in the same lines, before an empty one\n3:1: </details> closes nothing that was opened in the same text"},
	{"a <sub>b", "1:3: <sub> is not closed: write </sub> in the same paragraph"},
	{"*a <sub>b* c</sub>", "1:4: <sub> is not closed: write </sub> in the same piece of text\n1:13: </sub> closes nothing that was opened in the same paragraph"},
	{"<kbd><sup>a</kbd></sup>", "1:6: <sup> is open when </kbd> comes: write </sup> before it\n1:18: </sup> closes nothing that was opened in the same paragraph"},
	{"<details>\n\ntext", "1:1: <details> is not closed: write </details> in the same text"},
	{"- <details>\n\n  text\n\n</details>", "1:3: <details> is not closed: write </details> in the same list item\n5:1: </details> closes nothing that was opened in the same text"},
	{"<details>\n<summary>a\n\n</summary></details>", "2:1: <summary> is not closed: write </summary> in the same lines, before an empty one\n4:1: </summary> closes nothing that was opened in the same lines, before an empty one"},
	{"x <details>", "1:3: <details> begins a line of its own, after an empty line"},
	{"<details>\n<summary>a</summary>\nSome **text**\n</details>", "3:1: warning: Markdown is not read right behind a tag: leave an empty line before this text"},
	{"a </br> b", "1:3: </br> is not a tag: write <br>"},
	{"<?php echo 1 ?>", "1:1: <?php echo 1 ?> is not part of a page's text: leave it out"},
	{"a <!DOCTYPE html> b", "1:3: <!DOCTYPE html> is not part of a page's text: leave it out"},
	{"<!-- open\n\ntext", "1:1: nothing closes this comment: write --> behind it"},
	{"<div class=\"a\"", "1:1: nothing closes the tag <div: write > behind it, or \\< when it is meant as text"},

	// Addresses.
	{"[x](javascript:alert(1))", `1:1: an address may not begin with "javascript:": only http:, https:, mailto:, tel: and links within the site may be used`},
	{"a ![x](data:image/png;base64,AAAA)", `1:3: an address may not begin with "data:": only http:, https:, mailto:, tel: and links within the site may be used`},
	{"[x]( <java&#x0A;script:alert(1)> )", `1:1: the address "java\nscript:alert(1)" holds an invisible control character: write it anew`},
	{"[x](//example.org/a)", `1:1: the address "//example.org/a" does not say how to get there: write https://example.org/a`},
	{"[x](file:///C:/a.pdf)", `1:1: "file:///C:/a.pdf" is a file on one computer, which nobody else can open: put the file beside this one and link to it by name`},
	{"[x](docs\\\\a.md)", `1:1: the address "docs\\a.md" holds a backslash: write / instead`},
	{"[x](www.example.org)", `1:1: the address "www.example.org" is read as a file of this site: write https://www.example.org`},
	{"[x](ana@example.org)", `1:1: the address "ana@example.org" is read as a file of this site: write mailto:ana@example.org`},
	{"[x](https:example.org)", `1:1: "https:example.org" is not a complete web address, such as https://example.org/page`},
	{"[x](https://bank.example@evil.example/)", `1:1: the web address "https://bank.example@evil.example/" has a name before its host, as deceptive ones do: leave out what stands before the @`},
	{"see <foo:bar>", `1:5: an address may not begin with "foo:": only http:, https:, mailto:, tel: and links within the site may be used`},
	{"[x]()", "1:1: this link has no address: write it between the round brackets"},
	{"![x]()", "1:1: this picture has no address: write its file's name between the round brackets"},
	{"![x](mailto:a@example.org)", "1:1: this is not the address of a picture: write the name of a file beside this one"},
	{"[x](mailto:)", "1:1: nothing follows mailto: in this address"},
	{"[](b.md)", "1:1: warning: this link has no words: say between the square brackets where it leads"},
	{"![](b.png)", "1:1: warning: this picture has no description for people who cannot see it: write one between the square brackets"},
	{"1. a\n2. > b [x][y]\n\n[y]: javascript:1", `2:8: an address may not begin with "javascript:": only http:, https:, mailto:, tel: and links within the site may be used`},

	// Other generators.
	{":::tip Read this\ntext\n:::", "1:1: :::tip is a notation of Docusaurus: write > [!TIP] instead, and > before each line of its text"},
	{"text\n:::danger", "2:1: :::danger is a notation of Docusaurus: write > [!CAUTION] instead, and > before each line of its text"},
	{"!!! note \"Title\"\n    text", "1:1: !!! note is a notation of MkDocs: write > [!NOTE] instead, and > before each line of its text"},
	{"{% hint style=\"info\" %}", "1:1: {% hint style=\"info\" %} is a notation of Liquid, which Jekyll and GitBook use: write what it stands for; for a note, > [!NOTE] and > before each line of its text"},
	{"{{< figure src=\"x\" >}}", "1:1: {{< figure src=\"x\" >}} is a shortcode of Hugo: write what it stands for; for a note, > [!NOTE] and > before each line of its text"},
	{"{{ site.title }}", "1:1: warning: {{ site.title }} is a notation of templates and is shown as it stands: write what it stands for, or put it between backticks"},
	{"import Quiz from '@site/quiz';", "1:1: import Quiz from '@site/quiz'; is a notation of MDX and a page runs no code: leave the line out"},
	{"export const a = 1", "1:1: export const a = 1 is a notation of MDX and a page runs no code: leave the line out"},
	{"<Quiz />", "1:1: <Quiz> is a component of MDX or React and a page runs no code: write what it shows, or link to it"},
	{"a <Tab items={[1]}>b</Tab>", "1:3: <Tab> is a component of MDX or React and a page runs no code: write what it shows, or link to it"},
	{"see [[My page|this]]", "1:5: warning: [[My page|this]] is the notation of a wiki: write [this](My-page.md) with the path of the file"},
	{"## Goals {#goals}", "1:10: warning: a heading takes no {…} here and it is shown as it stands: leave it out; links use #goals"},

	// Structure.
	{"## a\n\n#### b", "3:1: warning: this heading skips a level: begin it with ### and not with ####"},
	{"#### a\n\n## b", "1:1: warning: this heading skips a level: begin it with ## and not with ####"},
	{"##\n", "1:1: warning: this heading has no words"},
	{"> [!TIPP]\n> a", `1:3: warning: there is no alert [!TIPP] (did you mean "TIP"?): it is one of NOTE, TIP, IMPORTANT, WARNING and CAUTION`},
	{"> [!TIP] a", "1:3: warning: [!TIP] stands alone on its line: begin the text on the next line, after another >"},
	{"a[^1]", "1:2: warning: there is no footnote [^1]: write it on a line of its own, as [^1]: and its text"},
	{"a\n\n[^1]: b", "3:1: warning: no text refers to the footnote [^1], so it is not shown: write [^1] where it belongs"},
	{"a[^1]\n\n[^1]: b\n[^1]: c", "4:1: warning: there is another footnote [^1] above, so this one is not shown: give it another name"},
	{"```goals\n```", `1:1: warning: there is no block named "goals" (did you mean "goal"?), so this one is shown as code`},
	{"> ```\n> a\n\nb", "1:3: warning: nothing closes this block: end it with a line that holds only ```"},
	{"~~~\na", "1:1: warning: nothing closes this block: end it with a line that holds only ~~~"},
	{"| a | b |\n|---|---|\n| 1 | 2 | 3 |", "3:11: warning: this row has more cells than the table has columns, and 3 | is not shown: write \\| for a bar inside a cell"},

	// Bounds.
	{strings.Repeat("> ", MaxDepth+1) + "a", "1:1: more than 64 quotations or lists within each other begin on this line"},
	{"a\n" + strings.Repeat("1. ", MaxDepth+1) + "a", "2:1: more than 64 quotations or lists within each other begin on this line"},
}

func TestProblems(t *testing.T) {
	for _, row := range problems {
		d := Parse(Source{File: "a.md", Text: row.text}, guide)
		var got []string
		for _, p := range d.Problems() {
			got = append(got, strings.TrimPrefix(p.String(), "a.md:"))
			if p.Rule == "" || strings.HasSuffix(p.Message, ".") {
				t.Errorf("%q: rule %q, message %q", row.text, p.Rule, p.Message)
			}
		}
		if strings.Join(got, "\n") != row.want {
			t.Errorf("%q\n got %s\nwant %s", row.text, strings.Join(got, "\n     "), row.want)
		}
	}
}

// A text may begin anywhere in its file; then every place moves along.
func TestPlacesMove(t *testing.T) {
	for _, row := range problems {
		for _, form := range []string{"%s", "\uFEFF%s"} {
			for _, ending := range []string{"\n", "\r\n"} {
				text := fmt.Sprintf(form, strings.ReplaceAll(row.text, "\n", ending))
				plain := Parse(Source{File: "a.md", Text: row.text}, guide).Problems()
				moved := Parse(Source{File: "b.toml", Line: 7, Column: 9, Text: text}, guide).Problems()
				if len(plain) != len(moved) {
					t.Errorf("%q: %v, not %v", text, moved, plain)
					continue
				}
				for i, p := range plain {
					want := diag.At("b.toml", p.Line+6, p.Column)
					if p.Line == 1 {
						want.Column += 8
					}
					if moved[i].Place != want || moved[i].Message != p.Message {
						t.Errorf("%q: %v, not %v", text, moved[i], p)
					}
				}
			}
		}
	}
}

// Where the file spells a text otherwise, the caller knows the place of each byte.
func TestLocate(t *testing.T) {
	text := "\uFEFFé\r\na\r\n<b>"
	var asked []int
	d := Parse(Source{File: "a.toml", Text: text, Locate: func(offset int) diag.Place {
		asked = append(asked, offset)
		return diag.At("a.toml", 3, 40+offset)
	}}, guide)
	if len(asked) != 1 || !strings.HasPrefix(text[asked[0]:], "<b>") {
		t.Errorf("asked for bytes %v", asked)
	}
	if got := d.Problems()[0].Place.String(); got != "a.toml:3:"+fmt.Sprint(40+strings.Index(text, "<b>")) {
		t.Error(got)
	}
}

// The things of a text know their places too.
func TestPlacesOfThings(t *testing.T) {
	text := `é [one](a.md) https://example.org/ and <https://example.org/>

- > ![two](a.png)
  > and [three](b.md)

| a | b |
|---|---|
| é | *[four](c.md)* |

1. ` + "```goal" + `
   id = "x"
   ` + "```" + `

` + "\t" + `- [five][ref]

[ref]: d.md
`
	d := Parse(Source{File: "a.md", Line: 5, Text: text}, guide)
	var got []string
	for _, l := range d.Links() {
		got = append(got, l.Place.String()[5:]+" "+l.URL)
	}
	for _, i := range d.Images() {
		got = append(got, i.Place.String()[5:]+" "+i.URL)
	}
	for _, e := range d.Embeds() {
		got = append(got, e.Place.String()[5:]+" "+e.BodyPlace.String()[5:]+" "+e.Kind+" "+e.Body)
	}
	want := []string{
		"5:3 a.md", "5:15 https://example.org/", "5:40 https://example.org/", "8:9 b.md", "12:8 c.md", "18:4 d.md",
		"7:5 a.png",
		"14:4 15:4 goal id = \"x\"\n",
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}
