package pages

import (
	"strings"

	"github.com/stoa-portal/stoa/generator/internal/diag"
	"github.com/stoa-portal/stoa/generator/internal/markdown"
	"github.com/stoa-portal/stoa/generator/internal/output"
	"github.com/stoa-portal/stoa/generator/internal/theme"
)

// Stylesheets that the site makes for itself. Their address does not hold a digest: pages
// that link to them stay as they are when a colour changes.
const (
	brandPath = "assets/brand.css"
	codePath  = "assets/code.css"
)

// stylesheets are those made from [brand], and for highlighted code.
func (b *builder) stylesheets() []output.File {
	code := markdown.Stylesheet()
	files := []output.File{b.raw(codePath, writes([]byte(code)), code)}
	if b.brand != "" {
		brand := b.config.Brand
		css, notes := theme.BrandCSS(string(brand.Accent), brand.Font)
		for _, note := range notes {
			var list diag.List
			list.Warnf(b.config.Place("brand.accent"), "accent", "%s", note)
			b.report(list)
		}
		files = append(files, b.raw(brandPath, writes(css), css))
	}
	return files
}

// policy is the Content-Security-Policy of every page: nothing inline, nothing from
// another host unless [security] allow names it, and requests sent only where config
// says. A meta element cannot set frame-ancestors (CSP 3, section 3.3).
func (b *builder) policy() string {
	var allow []string
	for _, origin := range b.config.Security.Allow {
		allow = append(allow, originURL(string(origin)))
	}
	sources := func(own string, more ...string) string {
		return strings.Join(append(append([]string{own}, allow...), more...), " ")
	}
	forms := []string{"'self'"}
	connect := []string(nil)
	if endpoint := originOf(string(b.config.Request.Endpoint)); endpoint != "" {
		forms = append(forms, endpoint)
		connect = append(connect, endpoint)
	}
	return strings.Join([]string{
		"default-src 'none'",
		"script-src " + sources("'self'"),
		"style-src " + sources("'self'"),
		"img-src " + sources("'self'"),
		"font-src " + sources("'self'"),
		"connect-src " + sources("'self'", connect...),
		"manifest-src 'self'",
		"form-action " + strings.Join(forms, " "),
		"base-uri 'none'",
	}, "; ")
}

// originURL gives a host that config names its scheme.
func originURL(origin string) string {
	if strings.Contains(origin, "://") {
		return origin
	}
	return "https://" + origin
}

// originOf is scheme and host of an address.
func originOf(address string) string {
	scheme, rest, ok := strings.Cut(address, "://")
	if !ok {
		return ""
	}
	host, _, _ := strings.Cut(rest, "/")
	return scheme + "://" + host
}

// markdownWords are the theme's labels for what Markdown needs beside its own text.
func (e *edition) markdownWords() markdown.Words {
	word := func(key string) string { return e.words.Word("markdown." + key) }
	named := func(key string) string { return e.words.Word("markdown."+key, "name", "%s") }
	return markdown.Words{
		Note: word("note"), Tip: word("tip"), Important: word("important"), Warning: word("warning"), Caution: word("caution"),
		Footnotes: word("footnotes"), Footnote: named("footnote"), Back: named("back"), Section: named("section"),
		Table: named("table"), Done: word("done"), ToDo: word("todo"),
	}
}
