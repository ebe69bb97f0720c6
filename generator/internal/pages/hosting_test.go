package pages

import (
	"strings"
	"testing"
)

func TestHeaders(t *testing.T) {
	plan, _ := moved.plan(t)
	text := plan.text(t, "_headers")
	for _, want := range []string{
		"\n/p/*\n  Content-Security-Policy: default-src 'none'; ",
		"; base-uri 'none'; frame-ancestors 'none'\n",
		"  X-Content-Type-Options: nosniff\n",
		"\n/p/" + dress().Root() + "*\n  Cache-Control: public, max-age=31536000, immutable\n",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("_headers lacks %q:\n%s", want, text)
		}
	}
	for line := range strings.Lines(text) {
		if len(line) > 2000 { // the most that Cloudflare reads
			t.Errorf("a line of %d characters", len(line))
		}
	}
	if plan, _ = moved.with(sources{"content/static/old/tool.html": "<script>1</script>"}).plan(t); strings.Contains(plan.text(t, "_headers"), "default-src") {
		t.Error("the theme's policy is laid on a page of the owner's")
	}
}

func TestRedirectsForHosts(t *testing.T) {
	plan, _ := moved.plan(t)
	text := plan.text(t, "_redirects")
	for _, want := range []string{
		"/p/mentors/olga /p/mentors/ana/ 301\n/p/mentors/olga/ /p/mentors/ana/ 301\n",
		"/p/old-about /p/about/?a=b#words 301\n",
		"\n/p/first.html /p/about/?a=b#words 301\n",
		"/p/b%C3%BCro https://office.example.org/ 301\n",
		"/p/es/guides/start/zeroth/ /p/es/guides/start/primera/ 301\n",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("_redirects lacks %q:\n%s", want, text)
		}
	}
	for _, hidden := range []string{"ghost", "former-name", "first.html/"} {
		if strings.Contains(text, hidden) {
			t.Errorf("_redirects names %s:\n%s", hidden, text)
		}
	}
}

// TestOwnHosting: an owner who writes these files writes them whole.
func TestOwnHosting(t *testing.T) {
	plan, _ := moved.with(sources{"content/static/_headers": "/*\n  A: b\n", "content/static/_redirects": "/a /b\n"}).plan(t)
	if got := plan.text(t, "_headers") + plan.text(t, "_redirects"); got != "/*\n  A: b\n/a /b\n" {
		t.Errorf("the site has\n%s", got)
	}
	if plan, _ = (sources{"config.toml": "title = \"T\"\n", "content/index.md": "# Home\n"}).plan(t); plan.row("_redirects") != nil {
		t.Error("a list of no redirects")
	}
}
