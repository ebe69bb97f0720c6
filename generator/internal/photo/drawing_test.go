package photo

import (
	"strings"
	"testing"
)

func TestCheckDrawing(t *testing.T) {
	safe := `<?xml version="1.0"?>
<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">
<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 9 9">
<defs><linearGradient id="g"/></defs><style>a{fill:red}</style>
<use xlink:href="#g"/><rect fill="url(#g)" width="9" height="9"/><image href="data:image/png;base64,AAAA"/></svg>`
	if problems := CheckDrawing("a.svg", []byte(safe)); len(problems) > 0 {
		t.Errorf("a plain drawing is refused:\n%s", problems.Error())
	}
	for _, c := range []struct{ body, want string }{
		{`<script>alert(1)</script>`, "a.svg:1:41: a drawing must not hold <script>"},
		{`<g onclick="x()"/>`, `remove the attribute "onclick"`},
		{`<a href="java&#10;script:alert(1)"/>`, "another address"},
		{`<a href="https://example.org/"/>`, "another address"},
		{`<image href="http://example.org/a.png"/>`, "another address"},
		{`<image href="data:image/svg+xml,&lt;svg/&gt;"/>`, "another address"},
		{`<foreignObject/>`, "<foreignObject>"},
		{`<rect style="fill:url(https://example.org/x)"/>`, "another address"},
		{`<set attributeName="href" to="javascript:alert(1)"/>`, "must not"},
		{`<g>`, "cannot be read"},
	} {
		got := CheckDrawing("a.svg", []byte(`<svg xmlns="http://www.w3.org/2000/svg">`+c.body+`</svg>`)).Error()
		if !strings.Contains(got, c.want) {
			t.Errorf("%s: got %q, want %q", c.body, got, c.want)
		}
	}
	for source, want := range map[string]string{
		"":                                       "holds no drawing",
		"<html></html>":                          "holds no drawing",
		"<?xml-stylesheet href='x'?><svg/>":      "stylesheet",
		"<!DOCTYPE svg [<!ENTITY x 'y'>]><svg/>": "entities",
	} {
		if got := CheckDrawing("a.svg", []byte(source)).Error(); !strings.Contains(got, want) {
			t.Errorf("%q: got %q, want %q", source, got, want)
		}
	}
}
