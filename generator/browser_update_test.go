package generator

import (
	"context"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// testUpdate proposes a change in the browser as a mentor does, and imports what the page writes.
func testUpdate(t *testing.T, browser context.Context) {
	const profile = "name = \"Ana Díaz\"\nheadline = \"Old\"\nskills = [\"Go\"]\nbio = \"Words.\" # a note\n"
	dir := t.TempDir()
	writeFile(t, dir, "config.toml", []byte("title = \"T\"\ncontact = \"https://example.org/contact\"\n"))
	writeFile(t, dir, "content/mentors/ana-díaz.toml", []byte(profile))
	dest := filepath.Join(t.TempDir(), "public")
	server := httptest.NewServer(http.StripPrefix("/repo", http.FileServer(http.Dir(dest))))
	t.Cleanup(server.Close)
	base := server.URL + "/repo/"
	g := newGenerator(t, Options{Source: dir, BaseURL: base})
	if _, err := g.Build(t.Context(), BuildOptions{Destination: dest}); err != nil {
		t.Fatal(err)
	}
	b := newTab(t, browser)
	b.open(base + "mentors/ana-d%C3%ADaz/")
	b.do("Is this you?", chromedp.Click(chromedp.CSS(`a[href*="update/?mentor="]`), chromedp.NodeVisible))
	b.until("the profile's values", `document.querySelector("#update-headline")?.value === "Old" && document.querySelector(".update-form").checkVisibility()`)
	if got := ask[string](b, `document.querySelector(".update-changes").textContent`); !strings.Contains(got, "Nothing") {
		t.Errorf("before any change it says %q", got)
	}
	b.accessible("the update page", everyRule)
	ask[bool](b, `(() => {
	const type = (selector, text) => {
		const control = document.querySelector(selector);
		control.value = text;
		control.dispatchEvent(new Event("input", { bubbles: true }));
	};
	type("#update-headline", "New <b>");
	type("#update-skills", "Go, Rust");
	type("#update-pause", "2999-12-31");
	navigator.clipboard.writeText = () => Promise.reject(new Error("no"));
	return true;
})()`)
	b.do("the text to send", chromedp.Click(chromedp.CSS(`.update-form [type="submit"]`), chromedp.NodeVisible))
	b.do("copying", chromedp.Click(chromedp.CSS(`.update-progress button`), chromedp.NodeVisible))
	b.until("the text", `!!document.querySelector(".update-text")`)
	text := ask[string](b, `document.querySelector(".update-text").textContent`)
	file := filepath.Join(t.TempDir(), "change.txt")
	if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := g.Import(t.Context(), ImportOptions{Sources: []string{file}}); err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	after, err := os.ReadFile(filepath.Join(dir, "content/mentors/ana-díaz.toml"))
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{`headline = "New <b>"`, `"Rust"`, `status = "paused"`, `until = 2999-12-31`, `# a note`, `reviewed = `} {
		if !strings.Contains(string(after), want) {
			t.Errorf("the profile lacks %s:\n%s", want, after)
		}
	}
	b.open(base + "update/?mentor=nobody")
	b.until("word of a profile that is not there", `document.querySelector(".update-state").textContent.includes("no such profile")`)
}
