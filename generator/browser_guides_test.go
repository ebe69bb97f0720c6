package generator

import (
	"fmt"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// guideSite has guides for several readers, a long one, and code, in two languages.
func guideSite() tree {
	long := "+++\ntitle = \"Long\"\norder = 9\n+++\n"
	words := strings.Repeat("Words that fill a line of this guide and say nothing at all. ", 5) + "\n\n"
	for part := range 30 {
		long += fmt.Sprintf("## Part %d\n\n%s", part, words)
		for step := range 9 {
			long += fmt.Sprintf("### Step %d of part %d\n\n%s", step, part, words)
		}
	}
	return tree{
		"config.toml":                       []byte("title = \"Title\"\n[languages.en]\n[languages.es]\n[repository]\nurl = \"https://example.org/r\"\n"),
		"content/vocabulary/stages.toml":    []byte("[[term]]\nid = \"early\"\nlabel = \"Early\"\n[[term]]\nid = \"late\"\nlabel = \"Late\"\n"),
		"content/guides/one/_index.md":      []byte("+++\ntitle = \"One\"\n+++\nAn introduction.\n"),
		"content/guides/one/for-mentors.md": []byte("+++\ntitle = \"Meet a mentee\"\naudience = [\"mentor\"]\nstages = [\"late\"]\n+++\nText.\n\n## Code\n\n```go {2}\nfunc main() {\n\tprintln(1)\n}\n```\n\n| A | B |\n|---|---|\n| 1 | 2 |\n\n| A | B |\n|---|---|\n| 3 | 4 |\n"),
		"content/guides/one/for-mentees.md": []byte("+++\ntitle = \"New mentees\"\naudience = [\"mentee\"]\nstages = [\"early\"]\n+++\nText.\n"),
		"content/guides/two/for-mentees.md": []byte("+++\ntitle = \"Other mentees\"\naudience = [\"mentee\"]\n+++\nText.\n"),
		"content/guides/two/deep/all.md":    []byte("+++\ntitle = \"People\"\n+++\nText.\n"),
		"content/guides/two/long.md":        []byte(long),
		"content/mentors/ana.toml":          []byte("name = \"Ana\"\nstages = [\"early\"]\n"),
	}
}

func TestBrowserGuides(t *testing.T) {
	browser := startBrowser(t)
	site := serveSite(t, guideSite())
	b := newTab(t, browser)
	b.media("", "prefers-reduced-motion", "reduce")
	under := func(t *testing.T) { b.t = t }
	const (
		rows  = `[...document.querySelectorAll(".guide-row")].filter(e => e.checkVisibility()).map(e => e.querySelector("a").textContent[0]).join("")`
		found = `document.querySelector(".guide-filter [role=status]").textContent`
	)

	t.Run("filter", func(t *testing.T) {
		under(t)
		b.open(site.base + "guides/?x=1#top")
		if got := ask[string](b, rows); got != "MNLOP" {
			t.Errorf("at first there are %s", got)
		}
		b.do("for mentees", chromedp.Click(chromedp.CSS(`.guide-filter [value=mentee]`)))
		b.until("fewer guides", rows+` === "NLOP"`)
		if got := ask[string](b, `location.search + location.hash`); got != "?x=1&audience=mentee#top" {
			t.Errorf("the address says %s", got)
		}
		if got := ask[string](b, found); got != "4 guides" {
			t.Errorf("it says %q", got)
		}
		b.do("late", chromedp.Click(chromedp.CSS(`.guide-filter [value=late]`)))
		b.until("those of no stage", rows+` === "LOP"`)
		if ask[bool](b, `document.querySelector(".shelf").checkVisibility()`) {
			t.Error("a section without a guide that fits is shown")
		}
		b.accessible("the guides, narrowed", everyRule)
		b.size(390, 844)
		b.fits("the guides, narrowed", 390)
		b.size(1280, 800)
		b.do("back", chromedp.NavigateBack())
		b.until("the choice before", rows+` === "NLOP"`)
		b.open(site.base + "guides/?audience=mentor")
		b.until("the choice of the address", rows+` === "MLP"`)
		b.do("all", chromedp.Click(chromedp.CSS(`.guide-filter [type=reset]`)))
		b.until("all guides", rows+`.length === 5 && location.search === ""`)
	})

	t.Run("contents", func(t *testing.T) {
		under(t)
		b.size(1440, 600)
		b.open(site.base + "guides/two/long/")
		if n := ask[int](b, `document.querySelectorAll(".toc details[open]").length`); n > 1 {
			t.Errorf("%d parts are unfolded at first", n)
		}
		for _, id := range []string{"step-4-of-part-20", "part-3", "step-8-of-part-29"} {
			ask[bool](b, `document.getElementById("`+id+`").scrollIntoView(), true`)
			b.until("the mark at "+id, `(() => {
				const marked = [...document.querySelectorAll(".toc [aria-current]")];
				return marked.length === 1 && marked[0].hash === "#`+id+`" && marked[0].checkVisibility();
			})()`)
		}
		if n := ask[int](b, `document.querySelectorAll(".toc details[open]").length`); n != 1 {
			t.Errorf("%d parts are unfolded", n)
		}
		b.accessible("a long guide", everyRule)
		b.size(320, 640)
		b.fits("a long guide", 320)
	})

	t.Run("code", func(t *testing.T) {
		under(t)
		b.size(1280, 800)
		b.open(site.base + "guides/one/for-mentors/")
		b.until("the button", `!!document.querySelector(".code-copy")`)
		ask[bool](b, `window.copied = "", navigator.clipboard.writeText = async text => { copied = text }, true`)
		b.do("copying", chromedp.Focus(chromedp.CSS(".code-copy")))
		b.press(kb.Enter)
		b.until("the copy", `copied === "func main() {\n\tprintln(1)\n}\n"`)
		b.until("the word", `document.querySelector(".code-copy").textContent === "Copied" && [...document.querySelectorAll("[role=status]")].some(e => e.textContent === "Copied")`)
		b.accessible("a guide with code", everyRule)
	})

	t.Run("language", func(t *testing.T) {
		under(t)
		b.open(site.base + "guides/?audience=mentor#x")
		b.do("Spanish", chromedp.Click(chromedp.CSS(`.language-switch [hreflang=es]`)))
		b.until("the same choice in Spanish", `location.pathname === "/repo/es/guides/" && location.search === "?audience=mentor" && location.hash === "#x" && `+rows+` === "MLP"`)
	})

	t.Run("one page", func(t *testing.T) {
		under(t)
		b.open(site.base + "guides/two/print/")
		if n := ask[int](b, `document.querySelectorAll(".chapter").length`); n != 3 {
			t.Errorf("the section has %d chapters", n)
		}
		if n := ask[int](b, `[...document.querySelectorAll(".book-toc a")].filter(a => !document.getElementById(decodeURIComponent(a.hash.slice(1)))).length`); n > 0 {
			t.Errorf("%d lines of the contents lead nowhere", n)
		}
		b.accessible("a section as one page", everyRule)
		b.media("print")
		if ask[bool](b, `document.querySelector(".site-header").checkVisibility()`) {
			t.Error("the header is printed")
		}
		b.media("", "prefers-reduced-motion", "reduce")
	})

	t.Run("without scripts", func(t *testing.T) {
		b := newTab(t, browser)
		if _, err := chromedp.Call(b.ctx, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true}); err != nil {
			t.Fatal(err)
		}
		b.open(site.base + "guides/?audience=mentor")
		if !ask[bool](b, `!document.querySelector(".guide-filter").checkVisibility() && `+rows+`.length === 5`) {
			t.Error("without scripts the list of guides is not whole")
		}
	})
	if complaints, _ := b.heard(); len(complaints) > 0 {
		t.Errorf("the browser complains: %q", complaints)
	}
}
