package generator

import (
	"context"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// testStaleProfiles reads, today, a site that was built years ago: the browser does what a build of
// today would have done. It also follows a link to a profile that is gone.
func testStaleProfiles(t *testing.T, browser context.Context) {
	for _, then := range []string{"warn", "badge", "hide"} {
		t.Run(then, func(t *testing.T) {
			dir := t.TempDir()
			for file, text := range map[string]string{
				"config.toml":              "title = \"T\"\n[review]\nevery = \"12 months\"\non_overdue = \"" + then + "\"\n",
				"content/mentors/old.toml": "name = \"Old\"\nheadline = \"x\"\nreviewed = 2019-06-01\n",
				"content/mentors/new.toml": "name = \"New\"\nheadline = \"x\"\nexpires = 2999-01-01\n",
			} {
				writeFile(t, dir, file, []byte(text))
			}
			dest := filepath.Join(t.TempDir(), "public")
			files := http.FileServer(http.Dir(dest))
			server := httptest.NewServer(http.StripPrefix("/repo", http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				if _, err := os.Stat(filepath.Join(dest, filepath.FromSlash(r.URL.Path))); err != nil {
					w.Header().Set("Content-Type", "text/html; charset=utf-8")
					w.WriteHeader(http.StatusNotFound)
					page, _ := os.ReadFile(filepath.Join(dest, "404.html"))
					w.Write(page)
					return
				}
				files.ServeHTTP(w, r)
			})))
			t.Cleanup(server.Close)
			base := server.URL + "/repo/"
			g := newGenerator(t, Options{Source: dir, BaseURL: base, Date: "2020-01-02"})
			if _, err := g.Build(t.Context(), BuildOptions{Destination: dest}); err != nil {
				t.Fatal(err)
			}
			b := newTab(t, browser)
			shown := func(selector string) bool {
				return ask[bool](b, `[...document.querySelectorAll("`+selector+`")].some(e => e.checkVisibility())`)
			}
			b.open(base + "mentors/")
			b.until("the list", `document.readyState === "complete"`)
			if cards := ask[int](b, `[...document.querySelectorAll(".mentor-card")].filter(e => e.checkVisibility()).length`); cards != map[string]int{"warn": 2, "badge": 2, "hide": 1}[then] {
				t.Errorf("%d cards are shown", cards)
			}
			b.open(base + "mentors/old/")
			b.until("the profile", `document.readyState === "complete"`)
			if got := shown(".freshness"); got != (then != "warn") {
				t.Errorf("it says that the profile is out of date: %v", got)
			}
			if got := shown("article.profile"); got != (then != "hide") {
				t.Errorf("the profile is shown: %v", got)
			}
			b.open(base + "mentors/new/")
			if shown(".freshness") || !shown("article.profile") {
				t.Error("a profile that is in date is taken for one that is not")
			}
			b.open(base + "mentors/gone/")
			b.until("the page for profiles that are gone", `document.querySelector("h1")?.textContent.includes("no longer listed")`)
			if title := ask[string](b, `document.title`); !strings.Contains(title, "no longer listed") {
				t.Errorf("the window is called %q", title)
			}
			b.open(base + "gone/")
			b.until("the page for other addresses", `document.readyState === "complete"`)
			if ask[bool](b, `document.querySelector("h1").textContent.includes("no longer listed")`) {
				t.Error("any address is taken for that of a mentor")
			}
		})
	}
}
