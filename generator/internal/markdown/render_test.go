package markdown

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"github.com/stoa-portal/stoa/generator/internal/diag"
)

// asIs leaves every address as it was written.
type asIs struct{}

func (asIs) Link(l Link) (Target, string)    { return Target{URL: l.URL}, "" }
func (asIs) Image(i Image) (Picture, string) { return Picture{URL: i.URL}, "" }
func (asIs) Embed(e Embed) ([]byte, error) {
	return []byte("<p>" + e.Kind + ": " + e.Body + "</p>"), nil
}

// rendered is the HTML of a text, as a guide.
func rendered(t *testing.T, text string, o Options) string {
	t.Helper()
	var b bytes.Buffer
	if err := Parse(Source{File: "a.md", Text: text}, o).Render(&b, asIs{}); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// A site answers as a portal would.
type site struct{}

func (site) Link(l Link) (Target, string) {
	switch l.Path {
	case "b.md":
		return Target{URL: "/repo/guides/b/#" + l.Fragment, Lang: "es"}, ""
	case "hidden.toml":
		return Target{}, ""
	}
	if l.Fragment == "faq" && l.Kind == Fragment {
		return Target{URL: "#faq"}, ""
	}
	return Target{}, "there is no file " + l.Path
}

func (site) Image(i Image) (Picture, string) {
	switch i.Path {
	case "map.png":
		return Picture{URL: "/repo/guides/a/map.png", Width: 640, Height: 480, Srcset: "/repo/guides/a/map-2x.png 2x", Sizes: "100vw"}, ""
	case "secret.png":
		return Picture{}, ""
	}
	return Picture{}, "there is no picture " + i.Path
}

func (site) Embed(e Embed) ([]byte, error) {
	switch strings.TrimSpace(e.Body) {
	case `id = "bad"`:
		var l diag.List
		l.Errorf(diag.At(e.BodyPlace.File, e.BodyPlace.Line, e.BodyPlace.Column+5), "goal", "there is no goal bad")
		return nil, l
	case "":
		return nil, errors.New("which goal?")
	}
	return []byte("<article>goal</article>"), nil
}

func TestRenderHoles(t *testing.T) {
	text := `See [the *next*](b.md#two "Next one"), [a hidden one](hidden.toml) and [questions](#faq).

![A map](map.png) and ![a secret](secret.png)

![A map](map.png "Where we meet")

` + "```goal\nid = \"good\"\n```\n"
	want := `<p>See <a href="/repo/guides/b/#two" title="Next one" hreflang="es">the <em>next</em></a>, a hidden one and <a href="#faq">questions</a>.</p>
<p><img src="/repo/guides/a/map.png" srcset="/repo/guides/a/map-2x.png 2x" sizes="100vw" alt="A map" width="640" height="480" loading="lazy" decoding="async"> and a secret</p>
<figure><img src="/repo/guides/a/map.png" srcset="/repo/guides/a/map-2x.png 2x" sizes="100vw" alt="A map" width="640" height="480" loading="lazy" decoding="async"><figcaption>Where we meet</figcaption></figure>
<article>goal</article>
`
	d := Parse(Source{File: "a.md", Text: text}, Options{Embeds: []string{"goal"}})
	if len(d.Problems()) > 0 {
		t.Fatal(d.Problems())
	}
	var b bytes.Buffer
	if err := d.Render(&b, site{}); err != nil {
		t.Fatal(err)
	}
	if b.String() != want {
		t.Errorf("got\n%s\nwant\n%s", b.String(), want)
	}
	if err := d.Render(&b, nil); err == nil {
		t.Error("holes were filled by nobody")
	}
}

func TestRenderRefusals(t *testing.T) {
	text := "# Title\n\n- [gone](gone.md) and ![](x.png)\n\n> [other](#nowhere)\n>\n> ```goal\n> id = \"bad\"\n> ```\n\n```goal\n```\n"
	err := Parse(Source{File: "guides/a.md", Line: 10, Text: text}, Options{Embeds: []string{"goal"}}).Render(&bytes.Buffer{}, site{})
	var problems diag.List
	if !errors.As(err, &problems) {
		t.Fatalf("%v is not a list of problems", err)
	}
	want := `guides/a.md:12:3: there is no file gone.md
guides/a.md:12:23: there is no picture x.png
guides/a.md:14:3: there is no file 
guides/a.md:17:8: there is no goal bad
guides/a.md:20:1: which goal?`
	if got := problems.Sorted().Error(); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestHasHoles(t *testing.T) {
	for text, want := range map[string]bool{
		"plain *words* with https://example.org": false,
		"a [link](b.md)":                         true,
		"an ![image](b.png)":                     true,
		"```goal\n```":                           true,
		"~~~goal\n~~~":                           true,
		"> ~~~goal":                              true,
		"a ] before a [":                         false,
		"":                                       false,
	} {
		if got := HasHoles(text); got != want {
			t.Errorf("HasHoles(%q) = %v", text, got)
		}
		if d := Parse(Source{Text: text}, Options{Embeds: []string{"goal"}}); d.HasHoles() && !HasHoles(text) {
			t.Errorf("%q has holes that a quick look does not see", text)
		}
	}
}
