package pages

import (
	"bytes"
	"image"
	"image/color"
	"image/jpeg"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
)

// photograph is a JPEG of one colour.
func photograph(t *testing.T, width, height int) string {
	t.Helper()
	m := image.NewRGBA(image.Rect(0, 0, width, height))
	for i := range m.Pix {
		m.Pix[i] = 200
	}
	m.Set(0, 0, color.White)
	var b bytes.Buffer
	if err := jpeg.Encode(&b, m, nil); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// TestPictureFiles: portraits come in three densities as far as the photo has the pixels, and
// pictures in texts in the widths that screens need. Each address in a page is a file.
func TestPictureFiles(t *testing.T) {
	site := sources{
		"config.toml":              "title = \"T\"\nbase_url = \"https://example.org/p/\"\n",
		"content/mentors/ana.toml": "name = \"Ana\"\nheadline = \"x\"\n[photo]\nfocus = [0.2, 0.3]\n",
		"content/mentors/ana.jpg":  photograph(t, 1000, 800),
		"content/mentors/bo.toml":  "name = \"Bo\"\nheadline = \"x\"\n",
		"content/mentors/bo.jpg":   photograph(t, 400, 400),
		"content/guides/a.md":      "# A\n\n![A wide one](wide.jpg)\n\n![A small one](small.jpg)\n",
		"content/guides/wide.jpg":  photograph(t, 2000, 1000),
		"content/guides/small.jpg": photograph(t, 500, 300),
	}
	in, problems := site.input(t)
	plan, more := New(in)
	if problems.Add(more); problems.Errors() > 0 {
		t.Fatal(problems)
	}
	rendered := fstest.MapFS{}
	var pictures []string
	for _, file := range plan.Files {
		var b bytes.Buffer
		if err := file.Render(&b); err != nil {
			t.Fatal(err)
		}
		rendered[file.Path] = &fstest.MapFile{Data: b.Bytes()}
		if strings.HasSuffix(file.Path, ".jpg") {
			pictures = append(pictures, file.Path)
		}
	}
	slices.Sort(pictures)
	want := "guides/small.jpg guides/wide.480w.jpg guides/wide.960w.jpg guides/wide.jpg " +
		"mentors/ana/photo-192.jpg mentors/ana/photo-240.jpg mentors/ana/photo-288.jpg mentors/ana/photo-480.jpg mentors/ana/photo-720.jpg mentors/ana/photo-96.jpg " +
		"mentors/bo/photo-192.jpg mentors/bo/photo-240.jpg mentors/bo/photo-288.jpg mentors/bo/photo-480.jpg mentors/bo/photo-96.jpg"
	if got := strings.Join(pictures, " "); got != want {
		t.Errorf("there are\n%s\nwant\n%s", got, want)
	}
	for page, says := range map[string][]string{
		"mentors/ana/index.html": {`srcset="/p/mentors/ana/photo-240.jpg 1x, /p/mentors/ana/photo-480.jpg 2x, /p/mentors/ana/photo-720.jpg 3x" width="240" height="240"`},
		"mentors/index.html":     {`srcset="/p/mentors/ana/photo-96.jpg 1x, /p/mentors/ana/photo-192.jpg 2x, /p/mentors/ana/photo-288.jpg 3x" width="96" height="96"`, `loading="lazy"`},
		"guides/a/index.html": {`srcset="/p/guides/wide.480w.jpg 480w, /p/guides/wide.960w.jpg 960w, /p/guides/wide.jpg 1600w"`, `width="1600" height="800"`,
			`src="/p/guides/small.jpg" alt="A small one" width="500" height="300" loading="lazy"`},
	} {
		for _, words := range says {
			if !strings.Contains(string(rendered[page].Data), words) {
				t.Errorf("%s lacks %s", page, words)
			}
		}
	}
	config, _, err := image.DecodeConfig(bytes.NewReader(rendered["guides/wide.480w.jpg"].Data))
	if err != nil || config.Width != 480 || config.Height != 240 {
		t.Errorf("%+v, %v", config, err)
	}
}
