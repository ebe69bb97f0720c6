package generator

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// TestBrowser shows the repository's own portal to Chromium, as visitors see it: with a
// keyboard, on a phone, in the dark, on paper, without scripts. It knows the portal's kinds
// of pages and none of its words.
//
// STOA_CHROMIUM is the path of a browser, or "off". STOA_AXE is the path of axe.min.js
// (https://github.com/dequelabs/axe-core). What is missing is skipped, except where CI is
// set.
func TestBrowser(t *testing.T) {
	browser := startBrowser(t)
	portal := servePortal(t)
	t.Run("pages", func(t *testing.T) { testPages(t, browser, portal) })
	t.Run("keyboard", func(t *testing.T) { testKeyboard(t, browser, portal) })
	t.Run("menu on a phone", func(t *testing.T) { testMenu(t, browser, portal) })
	t.Run("colours", func(t *testing.T) { testColours(t, browser, portal) })
	t.Run("forced colours", func(t *testing.T) { testForcedColours(t, browser, portal) })
	t.Run("language", func(t *testing.T) { testLanguage(t, browser, portal) })
	t.Run("without scripts", func(t *testing.T) { testWithoutScripts(t, browser, portal) })
	t.Run("paper", func(t *testing.T) { testPaper(t, browser, portal) })
	t.Run("old addresses", func(t *testing.T) { testOldAddresses(t, browser) })
	t.Run("updates", func(t *testing.T) { testUpdate(t, browser) })
	t.Run("stale profiles", func(t *testing.T) { testStaleProfiles(t, browser) })
	t.Run("live", func(t *testing.T) { testLive(t, browser) })
}

// absent skips a test that lacks a tool; where CI is set, tools may not be lacking.
func absent(t *testing.T, what, variable string) {
	t.Helper()
	if os.Getenv("CI") != "" && os.Getenv(variable) != "off" {
		t.Fatalf("%s is missing: give its path in %s", what, variable)
	}
	t.Skipf("%s is missing, so this is not tested (its path can be given in %s)", what, variable)
}

// startBrowser starts Chromium for the time of a test.
func startBrowser(t *testing.T) context.Context {
	t.Helper()
	if testing.Short() {
		t.Skip("a browser takes its time")
	}
	path := os.Getenv("STOA_CHROMIUM")
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome", "chrome"} {
		if path == "" {
			path, _ = exec.LookPath(name)
		}
	}
	if path == "" || path == "off" {
		absent(t, "Chromium", "STOA_CHROMIUM")
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(path),
		chromedp.UserDataDir(t.TempDir()),
		chromedp.DisableGPU,
		chromedp.Flag("disable-quic", true),
		chromedp.Flag("disable-component-update", true),
		chromedp.WSURLReadTimeout(time.Minute),
	)
	if os.Geteuid() == 0 {
		options = append(options, chromedp.NoSandbox) // Chromium refuses to sandbox itself as root
	}
	ctx, cancel := chromedp.NewExecAllocator(context.WithoutCancel(t.Context()), options...)
	t.Cleanup(cancel)
	ctx, _ = chromedp.NewContext(ctx)
	t.Cleanup(func() { _ = chromedp.Cancel(ctx) }) // waits until the browser has gone
	if err := chromedp.Do(ctx); err != nil {
		t.Fatalf("Chromium does not start: %v", err)
	}
	return ctx
}

// A served is the built portal at an address of this machine.
type served struct {
	base  string // its address, with the path it lives under
	pages []example
}

// A example is one page of each kind and language: the one that says the most.
type example struct {
	kind, lang, path string
}

// of is the page of a kind in the portal's own language; "" when there is none.
func (s *served) of(kind string) string {
	for _, page := range s.pages {
		if page.kind == kind {
			return page.path
		}
	}
	return ""
}

var (
	bodyKind = regexp.MustCompile(`<body class="kind-([a-z0-9]+)"`)
	htmlLang = regexp.MustCompile(`<html lang="([^"]+)"`)
)

// servePortal builds the repository's portal for a path below the root and serves it.
func servePortal(t *testing.T) *served { return serveBuilt(t, "..") }

// serveSite does so with the files of a site made for a test.
func serveSite(t *testing.T, files tree) *served {
	t.Helper()
	source := t.TempDir()
	files.write(t, source)
	return serveBuilt(t, source)
}

func serveBuilt(t *testing.T, source string) *served {
	t.Helper()
	dest := filepath.Join(t.TempDir(), "public")
	server := httptest.NewServer(http.StripPrefix("/repo", http.FileServer(http.Dir(dest))))
	t.Cleanup(server.Close)
	s := &served{base: server.URL + "/repo/"}
	g := newGenerator(t, Options{Source: source, BaseURL: s.base})
	if _, err := g.Build(t.Context(), BuildOptions{Destination: dest}); err != nil {
		t.Fatalf("the site cannot be built: %v", err)
	}
	own := ""
	largest := map[example]string{} // by kind and language
	files := readTree(t, dest)
	for path, data := range files {
		kind, lang := bodyKind.FindSubmatch(data), htmlLang.FindSubmatch(data)
		if kind == nil || lang == nil {
			continue
		}
		if path == "index.html" {
			own = string(lang[1])
		}
		key := example{kind: string(kind[1]), lang: string(lang[1])}
		if other, ok := largest[key]; !ok || len(data) > len(files[other]) || len(data) == len(files[other]) && path < other {
			largest[key] = path
		}
	}
	for key, path := range largest {
		key.path = strings.TrimSuffix(path, "index.html")
		s.pages = append(s.pages, key)
	}
	slices.SortFunc(s.pages, func(a, b example) int {
		if (a.lang == own) != (b.lang == own) {
			if a.lang == own {
				return -1
			}
			return 1
		}
		return strings.Compare(a.lang+a.kind, b.lang+b.kind)
	})
	return s
}

// A tab is a tab of the browser, for one test. It notes what pages complain of and
// what they fetch.
type tab struct {
	t   *testing.T
	ctx context.Context

	mu         sync.Mutex
	complaints []string
	hosts      []string // that were asked for something
}

func newTab(t *testing.T, browser context.Context) *tab {
	t.Helper()
	ctx, _ := chromedp.NewContext(browser, chromedp.WithNewBrowserContext())
	t.Cleanup(func() { _ = chromedp.Cancel(ctx) })
	b := &tab{t: t, ctx: ctx}
	if err := chromedp.Listen(ctx, b.hear); err != nil {
		t.Fatalf("no tab opens: %v", err)
	}
	b.size(1280, 800)
	return b
}

// hear notes an event. A violated security policy and a failed request are entries of
// the browser's log.
func (b *tab) hear(event any) {
	b.mu.Lock()
	defer b.mu.Unlock()
	switch e := event.(type) {
	case *log.EventEntryAdded:
		if e.Entry.Level == log.EntryLevelError || e.Entry.Level == log.EntryLevelWarning {
			b.complaints = append(b.complaints, e.Entry.Text+" "+e.Entry.URL)
		}
	case *runtime.EventExceptionThrown:
		complaint := e.ExceptionDetails.Text
		if e.ExceptionDetails.Exception != nil {
			complaint += " " + e.ExceptionDetails.Exception.Description
		}
		b.complaints = append(b.complaints, complaint)
	case *runtime.EventConsoleAPICalled:
		b.complaints = append(b.complaints, fmt.Sprintf("the console says something (%s)", e.Type))
	case *network.EventRequestWillBeSent:
		if u, err := url.Parse(e.Request.URL); err == nil && u.Host != "" && !slices.Contains(b.hosts, u.Host) {
			b.hosts = append(b.hosts, u.Host)
		}
	}
}

// heard is what pages complained of and which hosts they asked, since the last time.
func (b *tab) heard() (complaints, hosts []string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	complaints, hosts = b.complaints, b.hosts
	b.complaints, b.hosts = nil, nil
	return complaints, hosts
}

func (b *tab) do(what string, actions ...chromedp.Action[chromedp.Void]) {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, 30*time.Second)
	defer cancel()
	if err := chromedp.Do(ctx, actions...); err != nil {
		b.t.Fatalf("%s: %v", what, err)
	}
}

func (b *tab) open(address string) {
	b.t.Helper()
	b.do(address, chromedp.Navigate(address))
}

// size sets the window, in CSS pixels, and how many pixels of the screen make one of them.
func (b *tab) size(width, height int64, scale ...float64) {
	b.t.Helper()
	options := []chromedp.EmulateViewportOption{}
	for _, s := range scale {
		options = append(options, chromedp.EmulateScale(s))
	}
	b.do("a window size", chromedp.EmulateViewport(width, height, options...))
}

// media sets the medium ("", "print") and what the visitor prefers, as name and value in turn.
func (b *tab) media(medium string, features ...string) {
	b.t.Helper()
	p := emulation.SetEmulatedMediaParams{Media: medium}
	for pair := range slices.Chunk(features, 2) {
		p.Features = append(p.Features, &emulation.MediaFeature{Name: pair[0], Value: pair[1]})
	}
	if _, err := chromedp.Call(b.ctx, emulation.SetEmulatedMedia, p); err != nil {
		b.t.Fatalf("media %q %q: %v", medium, features, err)
	}
}

// press presses keys, one after the other.
func (b *tab) press(keys ...string) {
	b.t.Helper()
	for _, key := range keys {
		b.do("a key", chromedp.KeyEvent(key))
	}
}

// ask evaluates an expression in the page, a promise up to its end.
func ask[T any](b *tab, expression string) T {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, 30*time.Second)
	defer cancel()
	answer, err := chromedp.Run(ctx, chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
	if err != nil {
		b.t.Fatalf("asking the page %s: %v", expression[:min(len(expression), 200)], err)
	}
	return answer
}

// until waits for something to become true. A page that is just going away answers with an error.
func (b *tab) until(what, expression string) {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, 20*time.Second)
	defer cancel()
	for {
		if right, err := chromedp.Run(ctx, chromedp.Evaluate[bool](expression)); err == nil && right {
			return
		}
		select {
		case <-ctx.Done():
			b.t.Fatalf("%s does not come", what)
		case <-time.After(20 * time.Millisecond):
		}
	}
}
