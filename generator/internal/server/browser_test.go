package server

import (
	"context"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"github.com/stoa-portal/stoa/generator/internal/diag"
)

// flushes tells when a stream has said its first words, the second thing it sends.
type flushes struct {
	http.ResponseWriter
	count   int
	greeted chan<- struct{}
}

func (f *flushes) Unwrap() http.ResponseWriter { return f.ResponseWriter }
func (f *flushes) FlushError() error {
	if f.count++; f.count == 2 {
		f.greeted <- struct{}{}
	}
	return http.NewResponseController(f.ResponseWriter).Flush()
}

// What live.js does, in a browser where there is one.
func TestLiveInABrowser(t *testing.T) {
	if testing.Short() {
		t.Skip("a browser takes its time to start")
	}
	browser := ""
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome", "chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			browser = path
			break
		}
	}
	if browser == "" {
		t.Skip("there is no browser here")
	}
	sheet := func(digest, colour string) []string {
		return []string{"assets/" + digest + "/site.css", "body{min-height:5000px;margin:0;color:" + colour + "}"}
	}
	// The page's policy is as strict as the default theme's.
	home := func(digest, word string) string {
		return `<!doctype html><html lang="en"><head><title>x</title><meta http-equiv="Content-Security-Policy" content="default-src 'self'; require-trusted-types-for 'script'">
<link rel="stylesheet" href="/repo/assets/` + digest + `/site.css"></head><body><p id="word">` + word + `</p></body></html>`
	}
	plan := func(digest, colour, word string) []Resource {
		return site(with(nil, append(sheet(digest, colour), "index.html", home(digest, word))...))
	}
	s := New(Options{BasePath: "/repo/"})
	s.Show(plan(digestA, "rgb(1, 1, 1)", "one"))
	heard := make(chan struct{}, 100)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.Handler().ServeHTTP(&flushes{ResponseWriter: w, greeted: heard}, r)
	}))
	t.Cleanup(server.Close) // after the browser has gone
	listening := func() {
		t.Helper()
		select {
		case <-heard:
		case <-time.After(20 * time.Second):
			t.Fatal("the page does not listen")
		}
	}

	ctx, cancel := context.WithTimeout(t.Context(), 60*time.Second)
	defer cancel()
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(browser), chromedp.NoSandbox, chromedp.WindowSize(1280, 900))
	ctx, cancel = chromedp.NewExecAllocator(ctx, options...)
	defer cancel()
	ctx, cancel = chromedp.NewContext(ctx)
	defer cancel()
	do := func(what string, actions ...chromedp.Action[chromedp.Void]) {
		t.Helper()
		if err := chromedp.Do(ctx, actions...); err != nil {
			t.Fatalf("%s: %v", what, err)
		}
	}
	// until asks again and again; a page that is just going away answers with an error.
	until := func(what, expression string) {
		t.Helper()
		for asked := time.Now(); ; <-time.After(20 * time.Millisecond) {
			right, err := chromedp.Run(ctx, chromedp.Evaluate[bool](expression))
			if err == nil && right {
				return
			}
			if time.Since(asked) > 20*time.Second {
				t.Fatalf("%s does not come: %v", what, err)
			}
		}
	}
	const colour = `getComputedStyle(document.body).color === `

	do("the first page", chromedp.Navigate(server.URL+"/repo/"))
	until("the stylesheet", colour+`"rgb(1, 1, 1)"`)
	do("a mark that a reload would wipe away", chromedp.Evaluate[chromedp.Void](`window.mark = true; scrollTo(0, 700)`))
	listening()

	s.Show(plan(digestB, "rgb(2, 2, 2)", "one"))
	until("the new stylesheet", colour+`"rgb(2, 2, 2)" && window.mark && document.querySelectorAll("link").length === 1`)
	s.Show(plan(digestA, "rgb(3, 3, 3)", "one"))
	until("the next one", colour+`"rgb(3, 3, 3)" && window.mark && document.querySelectorAll("link").length === 1`)

	s.Show(plan(digestA, "rgb(3, 3, 3)", "two"))
	until("the new page", `document.querySelector("#word")?.textContent === "two" && !window.mark && scrollY === 700`)

	var problems diag.List
	problems.Errorf(diag.At("content/mentors/ana.toml", 3, 1), "unknown-key", `unknown key "nmae" (did you mean "name"?)`)
	problems.Errorf(diag.At("content/guides/first-meeting.md", 12, 40), "link", "there is no file trust.md in this folder\n(did you mean \"building-trust.md\"?)")
	problems.Warnf(diag.At("config.toml", 0, 0), "base-url", "base_url is missing, so feed.xml and sitemap.xml are left out")
	listening()
	s.Fail(problems, func(string) []byte {
		return []byte("# Ana Díaz\nheadline = \"Genomics, and how to leave a laboratory\"\nnmae = \"Ana Díaz\"\n\nskills = [\"genomics\", \"statistics\"]\n" +
			strings.Repeat("\n", 5) + "## Before\n\tWrite down 名前 and what you [hope](trust.md) for, in a sentence.\n\n")
	})
	until("the error view", `document.querySelector("h1")?.textContent === "2 errors, 1 warning" && document.readyState === "complete"`)
	if folder := os.Getenv("STOA_SCREENSHOTS"); folder != "" {
		for _, scheme := range []string{"light", "dark"} {
			do("a colour scheme", chromedp.Evaluate[chromedp.Void](`document.documentElement.style.colorScheme = "`+scheme+`"`))
			picture, err := chromedp.Run(ctx, chromedp.FullScreenshot(100))
			if err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(folder+"/"+scheme+".png", picture, 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
	listening()
	s.Show(plan(digestA, "rgb(3, 3, 3)", "three"))
	until("the page again, where it was", `document.querySelector("#word")?.textContent === "three" && scrollY === 700`)
}
