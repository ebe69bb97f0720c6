package server

import (
	"bytes"
	"encoding/hex"
	"fmt"
	"html"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/stoa-portal/stoa/generator/internal/digest"
)

// own is the folder of the server's own files, below the base path.
const own = "__stoa/"

// Handler answers requests; [Server.Serve] puts it on a listener.
func (s *Server) Handler() http.Handler { return http.HandlerFunc(s.answer) }

func (s *Server) answer(w http.ResponseWriter, r *http.Request) {
	header := w.Header()
	header.Set("X-Content-Type-Options", "nosniff")
	header.Set("Cross-Origin-Resource-Policy", "same-origin")
	header.Set("Cache-Control", "no-cache")
	if !s.hosts.known(r.Host) {
		plain(w, r, http.StatusForbidden, "This preview does not answer to the name in the address bar. Use http://localhost with the same port, or start it with that name in --bind.")
		return
	}
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		header.Set("Allow", "GET, HEAD")
		plain(w, r, http.StatusMethodNotAllowed, "A static site answers only GET and HEAD.")
		return
	}
	now := s.state.Load()
	name, inside := strings.CutPrefix(r.URL.Path, s.base)
	if !inside {
		if r.URL.Path == "/" || r.URL.Path+"/" == s.base {
			redirect(w, r, s.base)
			return
		}
		s.absent(w, r, now)
		return
	}
	if file, ok := strings.CutPrefix(name, own); ok {
		s.live(w, r, file)
		return
	}
	resource, elsewhere := now.plan.find(name)
	switch {
	case elsewhere != "":
		redirect(w, r, s.base+elsewhere)
	case resource == nil:
		s.absent(w, r, now)
	case now.view != nil && roleOf(resource.Path) == document:
		s.show(w, r, now.view, now.view.tag)
	default:
		s.send(w, r, now, resource, http.StatusOK)
	}
}

// redirect is never remembered by the browser: the next plan may say otherwise.
func redirect(w http.ResponseWriter, r *http.Request, to string) {
	target := url.URL{Path: to, RawQuery: r.URL.RawQuery}
	http.Redirect(w, r, target.String(), http.StatusFound)
}

// absent answers for a path that names nothing.
func (s *Server) absent(w http.ResponseWriter, r *http.Request, now *state) {
	notFound := now.plan.notFound()
	switch {
	case now.view != nil && acceptsHTML(r):
		s.show(w, r, now.view, now.view.tag)
	case notFound == nil:
		s.show(w, r, missing, missing.tag)
	default:
		s.send(w, r, now, notFound, http.StatusNotFound)
	}
}

// send answers with a resource.
func (s *Server) send(w http.ResponseWriter, r *http.Request, now *state, resource *Resource, status int) {
	body, failed := s.body(now, resource)
	if failed != nil {
		s.show(w, r, failed, s.tag(resource))
		return
	}
	header, media := w.Header(), mediaType(resource.Path)
	header.Set("Content-Type", media)
	if isHTML(media) {
		body = s.inject(body, s.tag(resource))
	}
	if status != http.StatusOK {
		write(w, r, status, body)
		return
	}
	header.Set("ETag", `"`+s.tag(resource)+`"`)
	http.ServeContent(w, r, resource.Path, time.Time{}, bytes.NewReader(body))
}

// show answers with a view in place of a page: for people where a page was asked for, in
// plain text where something else was. tag is what advise compares.
func (s *Server) show(w http.ResponseWriter, r *http.Request, v *view, tag string) {
	header := w.Header()
	header.Set("Cache-Control", "no-store")
	if !acceptsHTML(r) {
		plain(w, r, v.status, v.text())
		return
	}
	header.Set("Content-Type", "text/html; charset=utf-8")
	header.Set("Content-Security-Policy", "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'")
	write(w, r, v.status, v.html(s.base+own, tag))
}

func acceptsHTML(r *http.Request) bool { return strings.Contains(r.Header.Get("Accept"), "text/html") }

func plain(w http.ResponseWriter, r *http.Request, status int, text string) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	write(w, r, status, []byte(text+"\n"))
}

func write(w http.ResponseWriter, r *http.Request, status int, body []byte) {
	w.Header().Set("Content-Length", strconv.Itoa(len(body)))
	w.WriteHeader(status)
	if r.Method != http.MethodHead {
		_, _ = w.Write(body) // the browser may have gone
	}
}

// tag names what the browser gets for a resource: its key, and for a page what is added.
func (s *Server) tag(r *Resource) string {
	if roleOf(r.Path) == document {
		return digest.Of(r.Path, r.Key(), s.base, liveScript).String()
	}
	return digest.Of(r.Path, r.Key()).String()
}

// inject adds the script before the end of the body, or at the end of a page that leaves
// the end tag out.
func (s *Server) inject(page []byte, tag string) []byte {
	script := fmt.Sprintf(`<script src="%s" data-tag="%s" defer></script>`, html.EscapeString(s.base+own+"live.js"), tag)
	at := len(page)
	for i := bytes.LastIndex(page, []byte("</")); i >= 0; i = bytes.LastIndex(page[:i], []byte("</")) {
		if end := page[i:]; len(end) >= 7 && bytes.EqualFold(end[:6], []byte("</body")) {
			at = i
			break
		}
	}
	out := make([]byte, 0, len(page)+len(script))
	out = append(out, page[:at]...)
	out = append(out, script...)
	return append(out, page[at:]...)
}

// short is enough of a digest to tell two states of one site apart.
func short(sum digest.Sum) string { return hex.EncodeToString(sum[:8]) }
