package theme

import (
	"bytes"
	"io"
	"io/fs"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"github.com/stoa-portal/stoa/themes"
)

// Documents compares the document that a layout of the default theme gives minified with
// the one that it gives as written.
func Documents(t *testing.T, layout string, view any) {
	t.Helper()
	l := defaultLanguage(t)
	var written [2]string
	for i, minified := range []bool{true, false} {
		entry, err := l.compose(layoutName(layout), minified)
		if err != nil {
			t.Fatal(err)
		}
		var b bytes.Buffer
		if err := entry.Execute(&b, view); err != nil {
			t.Fatal(err)
		}
		written[i] = outline(t, &b)
	}
	if written[0] != written[1] {
		a, b := strings.Split(written[0], "\n"), strings.Split(written[1], "\n")
		for i := range min(len(a), len(b)) {
			if a[i] != b[i] {
				t.Errorf("%s: minified %q, as written %q", layout, a[max(0, i-2):min(len(a), i+2)], b[max(0, i-2):min(len(b), i+2)])
				return
			}
		}
		t.Errorf("%s: minified has %d nodes, as written %d", layout, len(a), len(b))
	}
}

var defaultLanguage = func() func(t *testing.T) *Language {
	var loaded *Theme
	return func(t *testing.T) *Language {
		if loaded == nil {
			files, err := fs.Sub(themes.FS, "default")
			if err != nil {
				t.Fatal(err)
			}
			var problems interface{ Err() error }
			loaded, problems = Load([]Layer{{"themes/default", files}}, Options{Default: "en"})
			if err := problems.Err(); err != nil {
				t.Fatal(err)
			}
		}
		return loaded.Language("en", Site{Base: "/"})
	}
}()

// inline are the elements beside which white space shows.
var inline = strings.Fields("a abbr b bdi button code em img input kbd label q small span strong sub sup svg time")

// outline writes a document's elements, sorted attributes and words, a node a line, as
// far as a reader can tell: a run of white space is one space, and none at the edge of a
// block or after another space.
func outline(t *testing.T, r io.Reader) string {
	t.Helper()
	document, err := html.Parse(r)
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	space := true // nothing, or a space, stands before this point of the line
	last := -1    // index of the line's last text
	edge := func(name string) {
		if slices.Contains(inline, name) {
			return
		}
		if last >= 0 {
			lines[last] = strings.TrimSuffix(lines[last], " ")
		}
		space, last = true, -1
	}
	var walk func(*html.Node)
	walk = func(node *html.Node) {
		switch node.Type {
		case html.TextNode:
			text := spaces.ReplaceAllString(node.Data, " ")
			if space {
				text = strings.TrimPrefix(text, " ")
			}
			if text == "" {
				return
			}
			space, last = strings.HasSuffix(text, " "), len(lines)
			lines = append(lines, text)
		case html.ElementNode:
			edge(node.Data)
			attributes := slices.Clone(node.Attr)
			slices.SortFunc(attributes, func(a, b html.Attribute) int { return strings.Compare(a.Key, b.Key) })
			var b strings.Builder
			b.WriteString("<" + node.Data)
			for _, a := range attributes {
				if a.Key == "class" {
					a.Val = strings.Join(strings.Fields(a.Val), " ")
				}
				// The viewport's list loses a space, which means nothing in it.
				b.WriteString(" " + a.Key + "=" + strings.ReplaceAll(a.Val, ", ", ","))
			}
			lines = append(lines, b.String())
			if node.Data == "img" || node.Data == "svg" || node.Data == "input" {
				space, last = false, -1
			}
		}
		for child := range node.ChildNodes() {
			walk(child)
		}
		if node.Type == html.ElementNode {
			edge(node.Data)
			lines = append(lines, "</"+node.Data)
		}
	}
	walk(document)
	return strings.Join(slices.DeleteFunc(lines, func(line string) bool { return line == "" }), "\n")
}

var spaces = regexp.MustCompile(`[ \t\n\r\f]+`)
