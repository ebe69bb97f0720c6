package generator

import (
	"context"
	"testing"
)

// testLive edits a site while a browser shows it.
func testLive(t *testing.T, browser context.Context) {
	dir := t.TempDir()
	site := tree{
		"config.toml":                   []byte("title = \"Northgate\"\n"),
		"content/mentors/ana-diaz.toml": []byte("name = \"Ana Díaz\"\n"),
	}
	site.write(t, dir)
	g := newGenerator(t, Options{Source: dir})
	ctx, stop := context.WithCancel(t.Context())
	ready, ended := make(chan string, 1), make(chan error, 1)
	go func() { ended <- g.Serve(ctx, ServeOptions{Ready: func(address string) { ready <- address }}) }()
	defer func() {
		stop()
		if err := <-ended; err != nil {
			t.Errorf("the preview ends with: %v", err)
		}
	}()
	var address string
	select {
	case address = <-ready:
	case err := <-ended:
		t.Fatal(err)
	}
	b := newTab(t, browser)
	b.open(address + "mentors/ana-diaz/")
	const heading = `document.querySelector("h1")?.textContent.trim()`
	b.until("the profile", heading+` === "Ana Díaz"`)
	if complaints, _ := b.heard(); len(complaints) > 0 {
		t.Errorf("the browser complains: %q", complaints)
	}

	writeFile(t, dir, "content/mentors/ana-diaz.toml", []byte("name = \"Ana María Díaz\"\n"))
	b.until("the new name", heading+` === "Ana María Díaz"`)

	writeFile(t, dir, "content/mentors/ana-diaz.toml", []byte("nmae = \"Ana\"\n"))
	b.until("the error", `document.body?.textContent.includes("content/mentors/ana-diaz.toml") && document.body.textContent.includes("nmae")`)

	b.size(320, 640)
	b.fits("the view of errors", 320)
	b.accessible("the view of errors", everyRule)

	writeFile(t, dir, "content/mentors/ana-diaz.toml", []byte("name = \"Ana\"\n"))
	b.until("the page after the error", heading+` === "Ana"`)

	writeFile(t, dir, "themes/default/assets/ours.css", []byte("h1 { color: rgb(1, 2, 3) }\n"))
	b.until("the new style", `getComputedStyle(document.querySelector("h1")).color === "rgb(1, 2, 3)"`)
}
