package markdown

import (
	"bytes"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"golang.org/x/net/html"
)

// hostile are texts that try to smuggle a script, a style or a foreign frame into a
// page. Those of form %s are tried as link, picture, reference and autolink.
var hostile = []string{
	`<script>alert(1)</script>`, `<SCRIPT SRC=//evil.example/x.js></SCRIPT>`, `<scr<script>ipt>alert(1)</scr</script>ipt>`,
	`<script`, `<script/x>`, "<script\n>alert(1)</script\n>", `<<script>alert(1);//<</script>`, `<script>alert(1)//`,
	`<img src=x onerror=alert(1)>`, `<img src="x" onerror="alert(1)"`, `<img/src=x/onerror=alert(1)>`, "<img src=`x` onerror=alert(1)>",
	`<img """><script>alert(1)</script>">`, `<image src=x onerror=alert(1)>`, `<img src=x:x onerror=alert(1)//`,
	`<svg onload=alert(1)>`, `<svg><script>alert(1)</script></svg>`, `<svg/onload=alert(1)//`, `<svg><a xlink:href="javascript:alert(1)">x</a></svg>`,
	`<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>`, `<math href="javascript:alert(1)">x</math>`,
	`<body onload=alert(1)>`, `<html onclick=alert(1)>`, `<a href="javascript:alert(1)">x</a>`, `<a href=javascript:alert(1)>x`,
	`<a onmouseover="alert(1)">x</a>`, `<iframe src="javascript:alert(1)"></iframe>`, `<iframe srcdoc="<script>alert(1)</script>">`,
	`<embed src="data:text/html,<script>alert(1)</script>">`, `<object data="javascript:alert(1)">`, `<base href="https://evil.example/">`,
	`<link rel=stylesheet href=//evil.example/x.css>`, `<style>body{display:none}</style>`, `<style>@import url(//evil.example)</style>`,
	`<meta http-equiv=refresh content="0;url=javascript:alert(1)">`, `<form action=javascript:alert(1)><button>x</button></form>`,
	`<input autofocus onfocus=alert(1)>`, `<button formaction=javascript:alert(1)>x`, `<video><source onerror=alert(1)></video>`,
	`<details open ontoggle=alert(1)>`, `<details ontoggle=alert(1) open>x</details>`, "<details\nontoggle=alert(1)\nopen>", `<summary onclick=alert(1)>x</summary>`,
	`<kbd onclick=alert(1)>x</kbd>`, `<br onclick=alert(1)>`, `<br/onclick=alert(1)>`, `<sub style="position:fixed">x</sub>`, `<sup/onclick=alert(1)>x</sup>`,
	`<kbd
onclick=alert(1)>x</kbd>`, `<p style="background:url(javascript:alert(1))">`, `<div style=xss:expression(alert(1))>`, `<x onclick=alert(1)>y</x>`,
	`<marquee onstart=alert(1)>`, `<isindex action=javascript:alert(1)>`, `<plaintext>`, `<textarea></p><script>alert(1)</script>`, `<noscript><p title="</noscript><img src=x onerror=alert(1)>">`,
	`<template><script>alert(1)</script></template>`, `<xmp><script>alert(1)</script></xmp>`, `<title><script>alert(1)</script></title>`, `</p><script>alert(1)</script>`,
	`<!--><script>alert(1)</script>-->`, `<!--><img src=x onerror=alert(1)>`, `<!-- --!><script>alert(1)</script> -->`, `<!---><script>alert(1)</script>`, `<!-- x ><script>alert(1)</script>`,
	`<?xml version="1.0"?><script>alert(1)</script>`, `<![CDATA[<script>alert(1)</script>]]>`, `<!DOCTYPE x [<!ENTITY y "<script>">]>`, `<%<script>alert(1)</script>%>`,
	`&lt;script&gt;alert(1)&lt;/script&gt;`, `&#60;script&#62;alert(1)&#60;/script&#62;`, `&#x3c;img src=x onerror=alert(1)&#x3e;`, `\<script>alert(1)\</script>`,
	"`<script>alert(1)</script>`", "``` \"><script>alert(1)</script>\nx\n```", "```js\"onmouseover=\"alert(1)\nx\n```", "```html\n<script>alert(1)</script>\n```", "~~~ <b onclick=alert(1)>\n~~~",
	`[x](https://example.org/"onmouseover="alert(1))`, `[x](https://example.org "t\" onmouseover=\"alert(1)")`, `[x](https://example.org '"onmouseover="alert(1)')`, `[x](a.md (" onclick="alert(1)))`,
	`![" onerror="alert(1)](x.png)`, `![x](x.png "\" onerror=\"alert(1)")`, "![`\" onerror=\"alert(1)`](x.png)", `![x](x.png"onerror="alert(1))`, `[<img src=x onerror=alert(1)>](a.md)`, `![<script>alert(1)</script>](a.png)`,
	`# <script>alert(1)</script>`, `## " onclick="alert(1)`, `## <img src=x onerror=alert(1)>`, "> [!TIP\" onclick=\"alert(1)]\n> x", "> [!<script>]\n> x",
	"| <script>alert(1)</script> |\n|---|\n| <img src=x onerror=alert(1)> |", "| \" onclick=\"alert(1) |\n|:-:|\n| x |", "a[^\"onclick=\"alert(1)]\n\n[^\"onclick=\"alert(1)]: <script>alert(1)</script>", "x\n: <script>alert(1)</script>",
	"- [x] <script>alert(1)</script>", "{onclick=alert(1)}\n# x {onclick=alert(1)}", "## x {#a onclick=alert(1)}", "[x](a.md){onclick=alert(1)}",
	"<details>\n<summary>a</summary>\n<script>alert(1)</script>\n</details>", "<details>\n<summary><img src=x onerror=alert(1)></summary>\n</details>", "<details>\n<summary>&lt;script&gt;alert(1)&lt;/script&gt;</summary>\n</details>",
	"<details>\n<summary>a</summary>\n<a href=\"javascript:alert(1)\">x</a>\n</details>", "<kbd>\n<script>alert(1)</script>\n</kbd>", "www.example.org/\"onmouseover=\"alert(1)", "https://example.org/\"onmouseover=alert(1)//", "a@b.example\"onclick=alert(1)",
	"<https://example.org/\"onclick=\"alert(1)>", "\u0000<script>alert(1)</script>", "<\u0000script>alert(1)</script>", "\u2028<script>alert(1)</script>", "<ſcript>alert(1)</ſcript>", "＜script＞alert(1)＜/script＞", "\xff<script>alert(1)</script>\xfe", "<scr\xffipt>",
}

// addresses must lead to nothing but http, https, mailto, tel or this site.
var addresses = []string{
	`javascript:alert(1)`, `JaVaScRiPt:alert(1)`, `javascript&colon;alert(1)`, `javascript&#58;alert(1)`, `javascript&#x3A;alert(1)`, `&#106;avascript:alert(1)`, `&#0000106avascript:alert(1)`,
	`java&Tab;script:alert(1)`, `java&NewLine;script:alert(1)`, `&#1;javascript:alert(1)`, `&#32;javascript:alert(1)`, `&nbsp;javascript:alert(1)`, `javascript\:alert(1)`, `\javascript:alert(1)`,
	`javascript://example.org/%0aalert(1)`, `data:text/html;base64,PHNjcmlwdD4=`, `DATA:text/html,x`, `vbscript:msgbox(1)`, `file:///etc/passwd`, `blob:https://example.org/x`, `filesystem:http://x/`, `view-source:javascript:1`,
	`about:blank`, `ws://example.org`, `ftp://example.org/`, `intent:#Intent;end`, `//evil.example/x`, `/\evil.example/x`, `\\evil.example\x`, `/&Tab;/evil.example/x`, `\/\/evil.example`, `https:evil.example`, `https:///evil.example`,
	`https:\\evil.example`, `http://a@evil.example/`, `HTTPS://user:pass@evil.example`, `<javascript:alert(1)>`, `< javascript:alert(1)>`, `<java	script:alert(1)>`, `<  data:text/html,x>`, `x:alert(1)`, `livescript:x`, `mocha:x`, `jar:x!/`, `feed:javascript:alert(1)`,
	"javascript\u200b:alert(1)", "\u00a0javascript:alert(1)", "ja\u00advascript:alert(1)", `&#x6A&#x61&#x76&#x61&#x73&#x63&#x72&#x69&#x70&#x74&#x3A;alert(1)`, `%6Aavascript:alert(1)`, `javascript%3Aalert(1)`, `?javascript:alert(1)`, `#javascript:alert(1)`, `./javascript:alert(1)`,
}

func payloads() []string {
	all := slices.Clone(hostile)
	for _, a := range addresses {
		for _, form := range []string{"[x](%s)", "![x](%s)", "[x][y]\n\n[y]: %s", "<%s>", "[![x](%[1]s)](%[1]s)", "- > | [x](%s) |\n  > |---|", "x[^1]\n\n[^1]: [y](%s)"} {
			all = append(all, fmt.Sprintf(form, a))
		}
	}
	for _, p := range slices.Clone(all) {
		all = append(all, "*"+p+"*", "> "+p, "<details>\n<summary>a</summary>\n"+p+"\n\n</details>", "[a "+p+" b](c.md)")
	}
	return all
}

var elements = strings.Fields("a aside blockquote br code dd del details div dl dt em figcaption figure h1 h2 h3 h4 h5 h6 hr img input kbd li mark ol p pre section span strong sub summary sup table tbody td th thead tr ul")

var attributes = strings.Fields("alt aria-hidden aria-label checked class data-lang decoding dir disabled height href hreflang id loading rel role scope sizes src srcset start tabindex title type width")

// harmless reports what in a piece of HTML could run, restyle or frame something.
func harmless(n *html.Node) error {
	if n.Type == html.ElementNode && n.Data != "body" {
		if !slices.Contains(elements, n.Data) {
			return fmt.Errorf("an element %s", n.Data)
		}
		for _, a := range n.Attr {
			if !slices.Contains(attributes, a.Key) {
				return fmt.Errorf("an attribute %s=%q", a.Key, a.Val)
			}
			if a.Key != "href" && a.Key != "src" {
				continue
			}
			u, err := url.Parse(a.Val)
			if err != nil || u.User != nil || u.Scheme != "" && !slices.Contains([]string{"http", "https", "mailto", "tel"}, u.Scheme) || u.Scheme == "" && u.Host != "" ||
				strings.ContainsAny(a.Val, " \\\t\n\r\x00") || (u.Scheme == "http" || u.Scheme == "https") && u.Host == "" {
				return fmt.Errorf("an address %s=%q", a.Key, a.Val)
			}
		}
	}
	if n.Type == html.CommentNode || n.Type == html.DoctypeNode {
		return fmt.Errorf("a comment %q", n.Data)
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if err := harmless(c); err != nil {
			return err
		}
	}
	return nil
}

// checkHTML holds what is true of the HTML of any text whatever.
func checkHTML(t testing.TB, text string, o Options) {
	t.Helper()
	d := Parse(Source{File: "a.md", Text: text}, o)
	var b bytes.Buffer
	if err := d.Render(&b, site{}); err != nil && len(d.links)+len(d.images)+len(d.embeds) == 0 {
		t.Errorf("%q: %v", text, err)
	}
	b.Reset()
	if err := d.Render(&b, asIs2{}); err != nil {
		t.Errorf("%q: %v", text, err)
	}
	body := tree(t, b.String())
	if err := harmless(body); err != nil {
		t.Errorf("%q has %v:\n%s", text, err, b.String())
	}
	// Balanced: an end tag too many would end something of the page.
	if around := tree(t, "<main><div>"+b.String()+"</div><i></i></main>"); around.FirstChild.LastChild.Data != "i" || around.FirstChild.FirstChild.NextSibling != around.FirstChild.LastChild {
		t.Errorf("%q breaks out of its page:\n%s", text, b.String())
	}
	ids := map[string]bool{}
	var walk func(*html.Node)
	walk = func(n *html.Node) {
		if id := attribute(n, "id"); id != "" {
			if ids[id] {
				t.Errorf("%q: two elements have the id %q", text, id)
			}
			ids[id] = true
			if !d.HasAnchor(id) || !strings.HasPrefix(id, o.IDPrefix) {
				t.Errorf("%q: the id %q is not known", text, id)
			}
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c)
		}
	}
	walk(body)
	for _, p := range d.Problems() {
		if p.File == "" || p.Line < 1 || p.Column < 1 || p.Message == "" {
			t.Errorf("%q: %#v", text, p)
		}
	}
	d.Summary(100)
	d.Words()
}

// asIs2 writes an embed as HTML of its own.
type asIs2 struct{ asIs }

func (asIs2) Embed(Embed) ([]byte, error) { return []byte("<p>embed</p>"), nil }

func TestHostile(t *testing.T) {
	all := payloads()
	if len(all) < 2000 {
		t.Fatalf("only %d texts", len(all))
	}
	for _, text := range all {
		checkHTML(t, text, guide)
	}
}

// Every address that does not lead to a permitted place is refused, not only made
// harmless.
func TestHostileAddressesAreRefused(t *testing.T) {
	harmlessOnes := []string{`%6Aavascript:alert(1)`, `javascript%3Aalert(1)`, `?javascript:alert(1)`, `#javascript:alert(1)`, `./javascript:alert(1)`, `&#0000106avascript:alert(1)`, `&#x6A&#x61&#x76&#x61&#x73&#x63&#x72&#x69&#x70&#x74&#x3A;alert(1)`}
	for _, a := range addresses {
		for _, form := range []string{"[x](%s)", "![x](%s)"} {
			d := Parse(Source{File: "a.md", Text: fmt.Sprintf(form, a)}, guide)
			isLink := len(d.Links())+len(d.Images()) > 0
			if refused := d.Problems().Errors() > 0; !refused && isLink && !slices.Contains(harmlessOnes, a) {
				t.Errorf("%s was let through as %v%v", a, d.Links(), d.Images())
			}
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, text := range payloads()[:400] {
		f.Add(text, uint8(2))
	}
	for _, row := range problems {
		f.Add(row.text, uint8(3))
	}
	f.Add(bio, uint8(1))
	f.Fuzz(func(t *testing.T, text string, top uint8) {
		o := guide
		o.TopLevel, o.KeepTitle, o.IDPrefix = int(top%8), top%3 == 0, []string{"", "bio-"}[top%2]
		checkHTML(t, text, o)
	})
}

// Texts made to be slow are read in a fraction of a second, or refused.
func TestSlow(t *testing.T) {
	if testing.Short() {
		t.Skip("it measures time, which other work on the machine stretches")
	}
	const n = MaxBytes / 8
	for _, unit := range []string{
		">", "> ", "- ", "1. ", "*", "**", "_ ", "*a ", "**a *b ", "[", "![", "[a](", "[a](b) ", "[]", "[^1]", "[a][", "<", "<a ", "<b>", "<kbd>", "<details>\n", "<!--", "<!", "<?", "`", "`a``b", "~", "~~a ", "|", "|a", "a|b\n-|-\n",
		"\t", " ", "\n", "#\n", "# a\n", "## a\n", "a\n===\n", "a\n: b\n", "[a]: b\n", "[^a]: b\n", "a@", "www.", "http://a.b/", "(http://a.b", "&amp;", "&", "\\", "\r", "é", "```\n", "~~~go\n", "- a\n", "* * ", "+\n", "> - ", "{% a %}\n", ":::a\n", "import 'a'\n", "[[a", "[[a]]", "<A b={", "\"", "x\n\n> a\n\n",
		strings.Repeat("*a **b ", 500) + strings.Repeat("c** d* ", 500), strings.Repeat("[", 2000) + strings.Repeat("](a)", 2000), strings.Repeat("![", 2000) + strings.Repeat("](a)", 2000), strings.Repeat("<kbd>", 900) + strings.Repeat("</kbd>", 900), strings.Repeat("~~a ~b ", 500) + strings.Repeat("c~ d~~ ", 500),
	} {
		text := strings.Repeat(strings.Repeat(unit, max(MaxLine/len(unit)-1, 1))+"\n", n/MaxLine)
		start := time.Now()
		d := Parse(Source{File: "a.md", Text: text}, guide)
		if took := time.Since(start); took > 5*time.Second {
			t.Errorf("%.40q over and over took %v", unit, took)
		} else if testing.Verbose() && took > 100*time.Millisecond {
			t.Logf("%.40q over and over took %v", unit, took)
		}
		_ = d.Problems()
	}
}

func TestTooLarge(t *testing.T) {
	d := Parse(Source{File: "a.md", Text: strings.Repeat("a ", MaxBytes)}, guide)
	if got := d.Problems().Error(); got != "a.md:1:1: this text is 512 KB long; a page takes at most 256 KB, so divide it into several" {
		t.Error(got)
	}
	d = Parse(Source{File: "a.md", Text: "a\n" + strings.Repeat("a ", MaxLine)}, guide)
	if got := d.Problems().Error(); got != "a.md:2:1: this line is longer than 16 KB: divide it" {
		t.Error(got)
	}
	d = Parse(Source{File: "a.md", Text: strings.Repeat("<b>a</b>\n", 1000)}, guide)
	if got := d.Problems(); len(got) != MaxProblems+1 || got[MaxProblems].String() != "a.md:1001:1: this text has more problems than are told at once: mend these first" {
		t.Error(len(got), got[len(got)-1])
	}
}

// A Document may be rendered from many goroutines, and texts parsed in many.
func TestConcurrent(t *testing.T) {
	text := "## A\n\n[a](b.md) **b** [^1] ![c](d.png)\n\n```go\nfunc a() {}\n```\n\n[^1]: x\n"
	want := rendered(t, text, guide)
	shared := Parse(Source{File: "a.md", Text: text}, guide)
	var wait sync.WaitGroup
	for range 8 {
		wait.Go(func() {
			for range 50 {
				var b bytes.Buffer
				if err := shared.Render(&b, asIs{}); err != nil || b.String() != want {
					t.Errorf("%v %s", err, b.String())
				}
				b.Reset()
				own := Parse(Source{File: "a.md", Text: text}, guide)
				if err := own.Render(&b, asIs{}); err != nil || b.String() != want || own.Sum() != shared.Sum() {
					t.Errorf("%v %s", err, b.String())
				}
			}
		})
	}
	wait.Wait()
}
