package markdown

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// tree parses HTML as the content of a body.
func tree(t testing.TB, source string) *html.Node {
	t.Helper()
	body := &html.Node{Type: html.ElementNode, Data: "body", DataAtom: atom.Body}
	nodes, err := html.ParseFragment(strings.NewReader(source), body)
	if err != nil {
		t.Fatal(err)
	}
	for _, n := range nodes {
		body.AppendChild(n)
	}
	return body
}

// bare takes off what this package adds to CommonMark's HTML, so that the rest can be
// compared with the specification's. Comments go from both.
func bare(n *html.Node) {
	for c := n.FirstChild; c != nil; {
		next := c.NextSibling
		class := attribute(c, "class")
		bare(c)
		switch {
		case class == "heading-anchor" || c.Type == html.CommentNode:
			n.RemoveChild(c)
		case class == "heading" || class == "code" || c.Data == "span":
			for inner := c.FirstChild; inner != nil; inner = c.FirstChild {
				c.RemoveChild(inner)
				n.InsertBefore(inner, c)
			}
			n.RemoveChild(c)
		case c.Data == "figure":
			image, caption := c.FirstChild, c.LastChild
			image.Attr = append(image.Attr, html.Attribute{Key: "title", Val: caption.FirstChild.Data})
			c.RemoveChild(caption)
			c.Data, c.DataAtom = "p", atom.P
		}
		c = next
	}
	n.Attr = slices.DeleteFunc(n.Attr, func(a html.Attribute) bool {
		return slices.Contains([]string{"class", "id", "rel", "tabindex", "loading", "decoding"}, a.Key)
	})
}

func attribute(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

func normal(t testing.TB, source string) string {
	body := tree(t, source)
	bare(body)
	var b bytes.Buffer
	if err := html.Render(&b, body); err != nil {
		t.Fatal(err)
	}
	return strings.TrimSpace(b.String())
}

// departures are the examples of the specification in which this package differs on
// purpose.
var departures = map[int]string{
	608: "bare addresses are links, as on GitHub",
	611: "bare addresses are links, as on GitHub",
	612: "bare addresses are links, as on GitHub",
}

// The examples of the CommonMark specification, as goldmark ships them.
func TestCommonMark(t *testing.T) {
	dir, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", "github.com/yuin/goldmark").Output()
	if err != nil {
		t.Skipf("the specification's examples are not at hand: %v", err)
	}
	data, err := os.ReadFile(filepath.Join(strings.TrimSpace(string(dir)), "_test", "spec.json"))
	if err != nil {
		t.Skip(err)
	}
	var examples []struct {
		Markdown, HTML, Section string
		Example                 int
	}
	if err := json.Unmarshal(data, &examples); err != nil {
		t.Fatal(err)
	}
	checked := 0
	for _, e := range examples {
		top := 1
		for level := 6; level > 0; level-- {
			if strings.Contains(e.HTML, fmt.Sprintf("<h%d>", level)) {
				top = level
			}
		}
		d := Parse(Source{File: "a.md", Text: e.Markdown}, Options{TopLevel: top, KeepTitle: true})
		if d.Problems().Errors() > 0 {
			continue // raw HTML and addresses that are refused have tests of their own
		}
		if why := departures[e.Example]; why != "" {
			continue
		}
		var b bytes.Buffer
		if err := d.Render(&b, asIs{}); err != nil {
			t.Fatal(err)
		}
		checked++
		if got, want := normal(t, b.String()), normal(t, e.HTML); got != want {
			t.Errorf("example %d (%s): %q\n got %q\nwant %q", e.Example, e.Section, e.Markdown, got, want)
		}
	}
	if checked < 500 {
		t.Errorf("only %d examples were compared", checked)
	}
}
