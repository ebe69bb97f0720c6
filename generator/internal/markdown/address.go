package markdown

import (
	"fmt"
	"net/url"
	"strings"

	"github.com/stoa-portal/stoa/generator/internal/diag"
)

// A Kind says what an address leads to.
type Kind int

const (
	Relative Kind = iota // a file, from the folder of the source file: "../a.md#b"
	Site                 // a path from the site's root: "/mentors/"
	Fragment             // a part of the same page: "#b"
	External             // http or https
	Mail                 // mailto:
	Phone                // tel:
)

// A Link is a link as its author wrote it.
type Link struct {
	Kind     Kind
	URL      string // with escapes and entities resolved, else as written
	Path     string // for Relative and Site: the path, percent-decoded
	Query    string // what stands between ? and #, as written
	Fragment string // what follows #, percent-decoded
	Text     string // the words of the link
	Title    string
	Place    diag.Place // of the bracket, or of the bare address
}

// An Image is a picture as its author wrote it. Its kind is Relative, Site or External.
type Image struct {
	Kind  Kind
	URL   string
	Path  string // for Relative and Site: the path, percent-decoded
	Alt   string
	Title string
	Place diag.Place // of the exclamation mark
}

// An Embed is a fenced block that stands for something of the site.
type Embed struct {
	Kind      string // the fence's name
	Body      string
	Place     diag.Place // of the fence
	BodyPlace diag.Place // of the body's first line
}

// address looks at an address that a stranger wrote. The fault is "" or says, for its
// author, why it is refused. The rules are those of browsers, which skip white space
// around an address, read \ as / and // as "the same scheme" (WHATWG URL, 4.4).
func address(written string) (l Link, fault string) {
	s := strings.Trim(written, " ")
	l.URL = s
	if s == "" {
		return l, "this link has no address: write it between the round brackets"
	}
	for _, r := range s {
		if r < ' ' || r == 0x7f {
			return l, fmt.Sprintf("the address %q holds an invisible control character: write it anew", s)
		}
	}
	if strings.ContainsRune(s, '\\') {
		return l, fmt.Sprintf("the address %q holds a backslash: write / instead", s)
	}
	switch {
	case strings.HasPrefix(s, "//"):
		if host, _, _ := strings.Cut(strings.TrimLeft(s, "/"), "/"); !strings.Contains(host, ".") {
			return l, fmt.Sprintf("the address %q leads to another host named %q: write /%s for a file of this site", s, host, strings.TrimLeft(s, "/"))
		}
		return l, fmt.Sprintf("the address %q does not say how to get there: write https:%s", s, s)
	case strings.HasPrefix(s, "www."):
		return l, fmt.Sprintf("the address %q is read as a file of this site: write https://%s", s, s)
	case s[0] == '#':
		l.Kind, l.Fragment = Fragment, unescapePath(s[1:])
		return l, ""
	}
	if i := strings.IndexAny(s, ":/?#"); i >= 0 && s[i] == ':' {
		return schemed(l, strings.ToLower(s[:i]), s[i+1:])
	}
	if !strings.ContainsAny(s, "/?#") && strings.Contains(s, "@") {
		return l, fmt.Sprintf("the address %q is read as a file of this site: write mailto:%s", s, s)
	}
	if s[0] == '/' {
		l.Kind = Site
	}
	rest := s
	rest, l.Fragment, _ = strings.Cut(rest, "#")
	rest, l.Query, _ = strings.Cut(rest, "?")
	l.Fragment = unescapePath(l.Fragment)
	l.Path = unescapePath(rest)
	return l, ""
}

func schemed(l Link, scheme, rest string) (Link, string) {
	switch scheme {
	case "mailto", "tel":
		l.Kind = Mail
		if scheme == "tel" {
			l.Kind = Phone
		}
		if strings.TrimSpace(rest) == "" {
			return l, fmt.Sprintf("nothing follows %s: in this address", scheme)
		}
		return l, ""
	case "http", "https":
		l.Kind = External
		authority, ok := strings.CutPrefix(rest, "//")
		if i := strings.IndexAny(authority, "/?#"); i >= 0 {
			authority = authority[:i]
		}
		host, err := url.Parse("//" + authority)
		switch {
		case !ok || err != nil || host.Hostname() == "" || strings.ContainsAny(authority, " <>\"^`{|}%"):
			return l, fmt.Sprintf("%q is not a complete web address, such as https://example.org/page", l.URL)
		case strings.Contains(authority, "@"):
			return l, fmt.Sprintf("the web address %q has a name before its host, as deceptive ones do: leave out what stands before the @", l.URL)
		}
		return l, ""
	case "file":
		return l, fmt.Sprintf("%q is a file on one computer, which nobody else can open: put the file beside this one and link to it by name", l.URL)
	}
	return l, fmt.Sprintf("an address may not begin with %q: only http:, https:, mailto:, tel: and links within the site may be used", scheme+":")
}

// unescapePath resolves %XX; what is not valid stays as it is.
func unescapePath(s string) string {
	if plain, err := url.PathUnescape(s); err == nil {
		return plain
	}
	return s
}
