package server

import (
	"path"
	"strings"
	"sync"

	"github.com/stoa-portal/stoa/generator/internal/digest"
)

// A state is all that answers depend on.
type state struct {
	plan   *plan // nil before the first Show
	view   *view // in place of every page; nil when all is well
	over   chan struct{}
	failed sync.Map // path → *view: the resources of this state that could not be rendered
}

func newState(p *plan, v *view) *state {
	if p == nil && v == nil {
		v = waiting
	}
	return &state{plan: p, view: v, over: make(chan struct{})}
}

// A plan is the resources by path, and what comparing two plans needs.
type plan struct {
	resources map[string]*Resource
	assets    map[string]*Resource // by path below assets/<digest>/
	digests   []string             // the "assets/<digest>/" there are
	css       digest.Sum           // of all stylesheets
	parts     digest.Sum           // of all else that a page loads by itself: scripts, images, fonts
}

func newPlan(resources []Resource) *plan {
	p := &plan{resources: make(map[string]*Resource, len(resources)), assets: make(map[string]*Resource)}
	css, parts := make(map[string]string), make(map[string]string)
	for i := range resources {
		r := &resources[i]
		p.resources[r.Path] = r
	}
	seen := make(map[string]bool)
	for name, r := range p.resources {
		// A changed file gives the whole asset tree another digest, so paths are
		// compared without it.
		plain := name
		if prefix, rest, ok := cutDigest(name); ok {
			p.assets[rest] = r
			plain = "assets/*/" + rest
			if !seen[prefix] {
				seen[prefix] = true
				p.digests = append(p.digests, prefix)
			}
		}
		switch roleOf(name) {
		case stylesheet:
			css[plain] = r.Key
		case part:
			parts[plain] = r.Key
		}
	}
	p.css, p.parts = digest.Of(css), digest.Of(parts)
	return p
}

// cutDigest takes apart "assets/<digest>/rest", the digest being hexadecimal.
func cutDigest(name string) (prefix, rest string, ok bool) {
	under, found := strings.CutPrefix(name, "assets/")
	sum, rest, deeper := strings.Cut(under, "/")
	if !found || !deeper || rest == "" || len(sum) < 8 || len(sum) > 64 || strings.Trim(sum, "0123456789abcdef") != "" {
		return "", "", false
	}
	return "assets/" + sum + "/", rest, true
}

// find is the resource that a path below the base names, or else the path with a slash
// added where that would name one.
func (p *plan) find(name string) (r *Resource, redirect string) {
	if p == nil {
		return nil, ""
	}
	if name == "" || strings.HasSuffix(name, "/") {
		return p.resources[name+"index.html"], ""
	}
	if r := p.resources[name]; r != nil {
		return r, ""
	}
	if p.resources[name+"/index.html"] != nil {
		return nil, name + "/"
	}
	if _, rest, ok := cutDigest(name); ok {
		return p.assets[rest], ""
	}
	return nil, ""
}

// page is what a browser that shows the path is looking at, a page or the page that says
// there is none; nil when the site has not even that.
func (p *plan) page(name string) *Resource {
	r, redirect := p.find(name)
	if redirect != "" {
		r, _ = p.find(redirect)
	}
	if r == nil {
		r = p.notFound()
	}
	return r
}

// notFound is the page that says there is none.
func (p *plan) notFound() *Resource {
	if p == nil {
		return nil
	}
	return p.resources["404.html"]
}

// A role is what a resource is to a page.
type role int

const (
	data       role = iota // fetched when needed, or not at all: no browser is told of a change
	document               // is a page
	stylesheet             // can be replaced while the page stays
	part                   // is loaded with the page
)

func roleOf(name string) role {
	media := mediaType(name)
	kind, _, _ := strings.Cut(media, "/")
	switch {
	case isHTML(media):
		return document
	case strings.HasPrefix(media, "text/css"):
		return stylesheet
	case strings.HasPrefix(media, "text/javascript"), kind == "image", kind == "font", kind == "audio", kind == "video":
		return part
	}
	return data
}

// mediaType is the Content-Type by the name's ending: always the same, whatever this
// machine's own tables say, and that of common hosts of static sites.
func mediaType(name string) string {
	if media, ok := mediaTypes[strings.ToLower(path.Ext(name))]; ok {
		return media
	}
	return "application/octet-stream"
}

func isHTML(media string) bool { return strings.HasPrefix(media, "text/html") }

var mediaTypes = map[string]string{
	".atom":        "application/atom+xml; charset=utf-8",
	".avif":        "image/avif",
	".bin":         "application/octet-stream",
	".css":         "text/css; charset=utf-8",
	".csv":         "text/csv; charset=utf-8",
	".docx":        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
	".epub":        "application/epub+zip",
	".gif":         "image/gif",
	".gz":          "application/gzip",
	".htm":         "text/html; charset=utf-8",
	".html":        "text/html; charset=utf-8",
	".ico":         "image/vnd.microsoft.icon",
	".ics":         "text/calendar; charset=utf-8",
	".jpeg":        "image/jpeg",
	".jpg":         "image/jpeg",
	".js":          "text/javascript; charset=utf-8",
	".json":        "application/json; charset=utf-8",
	".jsonld":      "application/ld+json; charset=utf-8",
	".map":         "application/json; charset=utf-8",
	".md":          "text/markdown; charset=utf-8",
	".mjs":         "text/javascript; charset=utf-8",
	".mp3":         "audio/mpeg",
	".mp4":         "video/mp4",
	".odt":         "application/vnd.oasis.opendocument.text",
	".ogg":         "audio/ogg",
	".otf":         "font/otf",
	".pdf":         "application/pdf",
	".png":         "image/png",
	".pptx":        "application/vnd.openxmlformats-officedocument.presentationml.presentation",
	".rss":         "application/rss+xml; charset=utf-8",
	".svg":         "image/svg+xml; charset=utf-8",
	".toml":        "application/toml; charset=utf-8",
	".ttf":         "font/ttf",
	".txt":         "text/plain; charset=utf-8",
	".vcf":         "text/vcard; charset=utf-8",
	".vtt":         "text/vtt; charset=utf-8",
	".wasm":        "application/wasm",
	".webm":        "video/webm",
	".webmanifest": "application/manifest+json; charset=utf-8",
	".webp":        "image/webp",
	".woff":        "font/woff",
	".woff2":       "font/woff2",
	".xhtml":       "application/xhtml+xml; charset=utf-8",
	".xlsx":        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
	".xml":         "application/xml; charset=utf-8",
	".xsl":         "application/xml; charset=utf-8",
	".zip":         "application/zip",
}
