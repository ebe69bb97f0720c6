package generator

import (
	"context"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"
)

// testOldAddresses follows old addresses, which take a heading and a filter along.
func testOldAddresses(t *testing.T, browser context.Context) {
	source, dest := t.TempDir(), filepath.Join(t.TempDir(), "public")
	tree{
		"config.toml":              []byte("title = \"T\"\n[[redirects]]\nfrom = \"/people/\"\nto = \"/mentors/?a=b#results-title\"\n"),
		"content/guides/now.md":    []byte("+++\naliases = [\"/then.html\", \"früher\"]\n+++\n# Now\n\n## A part\n\nWords.\n"),
		"content/mentors/ana.toml": []byte("name = \"Ana\"\n"),
	}.write(t, source)
	server := httptest.NewServer(http.StripPrefix("/a/b", http.FileServer(http.Dir(dest))))
	t.Cleanup(server.Close)
	base := server.URL + "/a/b/"
	if _, err := newGenerator(t, Options{Source: source, BaseURL: base}).Build(t.Context(), BuildOptions{Destination: dest}); err != nil {
		t.Fatal(err)
	}
	b := newTab(t, browser)
	for from, to := range map[string]string{
		"then.html":                      "guides/now/",
		"then.html#a-part":               "guides/now/#a-part",
		"guides/fr%C3%BCher/?x=1#a-part": "guides/now/?x=1#a-part",
		"people/":                        "mentors/?a=b#results-title",
		"people/?c=d#content":            "mentors/?a=b#results-title",
	} {
		b.open(base + from)
		b.until("the page that "+from+" leads to", `location.href === "`+base+to+`"`)
	}
	complaints, _ := b.heard()
	for _, complaint := range complaints {
		if !strings.Contains(complaint, "favicon") {
			t.Error(complaint)
		}
	}
}
