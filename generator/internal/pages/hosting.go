package pages

import (
	"slices"
	"strings"

	"github.com/stoa-portal/stoa/generator/internal/output"
)

// Files that tell a host how to serve the site. Netlify and Cloudflare Pages read them; to every
// other server they are text that nobody asks for. They count at the root of what the host
// serves, so their paths have the site's base path in front.
const (
	headersPath   = "_headers"
	redirectsPath = "_redirects"
)

// headersRow is _headers: what a page cannot say of itself (frame-ancestors; CSP 3, section 3.3),
// and that files whose address holds the digest of their bytes never change. For everything
// else both hosts say that browsers have to ask again, which is what pages need.
func (b *builder) headersRow() output.File {
	policy := "frame-ancestors 'none'"
	if !slices.ContainsFunc(b.Portal.Content.Static, func(file string) bool { return strings.HasSuffix(file, ".html") }) {
		policy = b.policy() + "; " + policy // the owner's own pages may need what the theme's do not
	}
	var t strings.Builder
	t.WriteString("# For Netlify and Cloudflare Pages. Your own content/static/_headers takes its place.\n")
	t.WriteString(escapePath(b.Base) + "*\n")
	t.WriteString("  Content-Security-Policy: " + policy + "\n")
	t.WriteString("  Referrer-Policy: strict-origin-when-cross-origin\n")
	t.WriteString("  X-Content-Type-Options: nosniff\n")
	t.WriteString("  X-Frame-Options: DENY\n")
	t.WriteString(escapePath(b.Base+b.Theme.Root()) + "*\n")
	t.WriteString("  Cache-Control: public, max-age=31536000, immutable\n")
	return b.raw(headersPath, writes([]byte(t.String())), t.String())
}

// redirectsRow is _redirects, with which these hosts answer for an old address before its page
// does. Both take an address with and without a slash at its end for different ones.
func (b *builder) redirectsRow(redirects []*redirect) output.File {
	var t strings.Builder
	t.WriteString("# For Netlify and Cloudflare Pages. Your own content/static/_redirects takes its place.\n")
	for _, r := range redirects {
		from, to := escapePath(b.Base+r.site), r.to
		if !strings.Contains(to, "://") {
			site, rest := cutSuffixes(to)
			to = escapePath(b.Base+site) + rest
		}
		t.WriteString(from + " " + to + " 301\n")
		if r.file() != r.site {
			t.WriteString(from + "/ " + to + " 301\n")
		}
	}
	return b.raw(redirectsPath, writes([]byte(t.String())), t.String())
}
