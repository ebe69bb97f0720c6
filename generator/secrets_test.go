package generator

import (
	"bytes"
	"compress/flate"
	"io"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"github.com/stoa-portal/stoa/generator/internal/corpus"
)

// TestSecrets builds a site with planted secrets (testdata/secrets.txtar says which) and
// looks for them in every byte: pages, data, feeds, sitemap, pictures, names of files.
func TestSecrets(t *testing.T) {
	archive, err := txtar.ParseFile("testdata/secrets.txtar")
	if err != nil {
		t.Fatal(err)
	}
	source := t.TempDir()
	for _, f := range archive.Files {
		writeFile(t, source, f.Name, f.Data)
	}
	portrait, err := corpus.EncodePortrait(corpus.Portrait(1, 96))
	if err != nil {
		t.Fatal(err)
	}
	comment := append([]byte{0xff, 0xfe, 0, 18}, "zz-never comment"...) // of a JPEG, behind its first marker
	photo := append(append(bytes.Clone(portrait[:2]), comment...), portrait[2:]...)
	for _, id := range []string{"ana", "uma", "zz-never-hidden", "zz-never-consent"} { // ana agreed to no photo
		writeFile(t, source, "content/mentors/"+id+".jpg", photo)
	}
	files, result := built(t, Options{Source: source})
	if files["mentors/uma/index.html"] == nil || files["mentors/ana/index.html"] == nil || files["mentors/uma/photo-96.jpg"] == nil {
		t.Fatalf("pages are missing, so secrets may be, too\n%s", text(result.Problems))
	}
	never, own := regexp.MustCompile(`(?i)zz.{0,3}never`), regexp.MustCompile(`(?i)zz.{0,3}own|mentors/uma`)
	for path, data := range files {
		if strings.HasSuffix(path, ".bin") { // of the search index
			inflated, err := io.ReadAll(flate.NewReader(bytes.NewReader(data)))
			if err != nil {
				t.Fatalf("%s: %v", path, err)
			}
			data = inflated
		}
		text := append([]byte(path+"\n"), data...)
		if at := never.FindIndex(text); at != nil {
			t.Errorf("%s says %q", path, text[max(0, at[0]-60):min(len(text), at[1]+30)])
		}
		if ownPage := strings.HasPrefix(strings.TrimPrefix(path, "es/"), "mentors/uma/"); ownPage {
			continue
		}
		if at := own.FindIndex(text); at != nil {
			t.Errorf("%s says %q of an unlisted profile", path, text[max(0, at[0]-60):min(len(text), at[1]+30)])
		}
	}
	if !bytes.Contains(files["mentors/uma/index.html"], []byte("noindex")) {
		t.Error("search engines may list the unlisted profile")
	}
	for path := range files {
		if strings.HasPrefix(path, "mentors/ana/photo") {
			t.Errorf("%s is there, and ana agreed to no photo", filepath.Base(path))
		}
	}
}
