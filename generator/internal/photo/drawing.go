package photo

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"strings"

	"github.com/stoa-portal/stoa/generator/internal/diag"
)

// CheckDrawing reports what an SVG file from a stranger may not hold: anything that
// runs, that loads from elsewhere, or that is not SVG. A browser shows a drawing in a
// page without running it, but runs it when somebody opens the file's own address
// (SVG 2, chapter 15; SVG Integration, 3.2).
func CheckDrawing(file string, data []byte) diag.List {
	var problems diag.List
	decoder := xml.NewDecoder(bytes.NewReader(data))
	decoder.Strict = true
	depth, drawn := 0, false
	for {
		at := diag.PlaceAt(file, data, int(decoder.InputOffset()))
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			problems.Errorf(at, "broken-drawing", "this drawing cannot be read as XML; save it again from the program that made it")
			return problems
		}
		switch t := token.(type) {
		case xml.Directive:
			if bytes.Contains(bytes.ToUpper(t), []byte("ENTITY")) {
				problems.Errorf(at, "unsafe-drawing", "a drawing must not declare entities; save it again as plain SVG")
			}
		case xml.ProcInst:
			if t.Target != "xml" {
				problems.Errorf(at, "unsafe-drawing", "a drawing must not load a stylesheet; save it again as plain SVG")
			}
		case xml.StartElement:
			if depth++; depth == 1 {
				drawn = t.Name.Local == "svg"
			}
			checkElement(at, t, &problems)
		case xml.EndElement:
			depth--
		}
	}
	if !drawn {
		problems.Errorf(diag.Place{File: file}, "broken-drawing", "this file is called .svg but holds no drawing")
	}
	return problems
}

func checkElement(at diag.Place, element xml.StartElement, problems *diag.List) {
	switch name := strings.ToLower(element.Name.Local); name {
	case "script", "foreignobject", "iframe", "embed", "object", "handler", "audio", "video":
		problems.Errorf(at, "unsafe-drawing", "a drawing must not hold <%s>; save it again as plain SVG", element.Name.Local)
	}
	for _, attribute := range element.Attr {
		name := strings.ToLower(attribute.Name.Local)
		value := strings.ToLower(strings.Join(strings.Fields(attribute.Value), ""))
		switch {
		case strings.HasPrefix(name, "on"):
			problems.Errorf(at, "unsafe-drawing", "a drawing must not run scripts; remove the attribute %q", attribute.Name.Local)
		case name == "href" && !strings.HasPrefix(value, "#") && !strings.HasPrefix(value, "data:image/png") && !strings.HasPrefix(value, "data:image/jpeg"):
			problems.Errorf(at, "unsafe-drawing", "a drawing must not lead to or load from another address (%s)", attribute.Value)
		case strings.Contains(value, "javascript:") || name != "href" && strings.Contains(value, "url(") && !strings.Contains(value, "url(#") && !strings.Contains(value, "url('#") && !strings.Contains(value, `url("#`):
			problems.Errorf(at, "unsafe-drawing", "a drawing must not load from another address (%s)", attribute.Value)
		case (name == "attributename") && (value == "href" || value == "xlink:href" || strings.HasPrefix(value, "on")):
			problems.Errorf(at, "unsafe-drawing", "a drawing must not change its links")
		}
	}
}
