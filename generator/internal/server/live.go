package server

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/stoa-portal/stoa/generator/internal/digest"
)

//go:embed live.js
var liveScript []byte

//go:embed view.css
var viewStyle []byte

// heartbeat is how often a stream says that it is alive, so that both ends notice when
// it is not.
const heartbeat = 15 * time.Second

// live answers for the server's own files.
func (s *Server) live(w http.ResponseWriter, r *http.Request, file string) {
	switch file {
	case "live.js":
		embedded(w, r, file, liveScript)
	case "view.css":
		embedded(w, r, file, viewStyle)
	case "events":
		s.events(w, r)
	case "state":
		w.Header().Set("Cache-Control", "no-store")
		w.Header().Set("Content-Type", "application/json; charset=utf-8")
		do, id := s.advise(nil, s.state.Load(), s.pageOf(r), r.FormValue("id"))
		body, _ := json.Marshal(map[string]string{"do": do, "id": id}) // of two strings
		write(w, r, http.StatusOK, body)
	default:
		plain(w, r, http.StatusNotFound, "There is no such file.")
	}
}

func embedded(w http.ResponseWriter, r *http.Request, name string, body []byte) {
	w.Header().Set("Content-Type", mediaType(name))
	w.Header().Set("ETag", `"`+digest.Bytes(body).String()+`"`)
	http.ServeContent(w, r, name, time.Time{}, bytes.NewReader(body))
}

// events is a stream of server-sent events (HTML Standard, section 9.2) that tells one
// browser what to do about each change, and with it the id that it shall come back with.
func (s *Server) events(w http.ResponseWriter, r *http.Request) {
	header := w.Header()
	header.Set("Content-Type", "text/event-stream")
	header.Set("Cache-Control", "no-store")
	if r.Method == http.MethodHead {
		return
	}
	page, id := s.pageOf(r), r.FormValue("id")
	if last := r.Header.Get("Last-Event-ID"); last != "" {
		id = last
	}
	control := http.NewResponseController(w)
	send := func(format string, args ...any) bool {
		// Not every ResponseWriter has deadlines; those of net/http do.
		_ = control.SetWriteDeadline(time.Now().Add(heartbeat))
		if _, err := fmt.Fprintf(w, format, args...); err != nil {
			return false
		}
		return control.Flush() == nil
	}
	beat := time.NewTicker(heartbeat)
	defer beat.Stop()
	if !send("retry: 1000\n\n") {
		return
	}
	for seen, first := (*state)(nil), true; ; first = false {
		now := s.state.Load()
		do, next := s.advise(seen, now, page, id)
		if (first || next != id) && !send("event: %s\nid: %s\ndata: %[1]s\n\n", do, next) {
			return
		}
		seen, id = now, next
		for waiting := true; waiting; {
			select {
			case <-r.Context().Done():
				return
			case <-now.over:
				waiting = false
			case <-beat.C:
				if !send(": still here\n\n") {
					return
				}
			}
		}
	}
}

// pageOf is the path, below the base, of the page that the browser shows.
func (s *Server) pageOf(r *http.Request) string {
	path, err := url.PathUnescape(r.FormValue("page"))
	if err != nil {
		return ""
	}
	return strings.TrimPrefix(path, s.base)
}

// What a browser is told to do.
const (
	doNothing = "hello"
	doCSS     = "css"    // fetch the stylesheets again
	doReload  = "reload" // load the page again
	doError   = "error"  // load the page again, which will be the error view
)

// advise tells what a browser must do that shows a page and came with an id, and the id
// it has then. The id is made of the digest of the stylesheets, that of the other parts
// and the tag of the page, with dots between; what it leaves empty is not compared. seen
// is the state that the id is of, where that is still known.
func (s *Server) advise(seen, now *state, page, id string) (do, next string) {
	var css, parts string
	tag := s.tagOf(now, page)
	if now.plan != nil {
		css, parts = short(now.plan.css), short(now.plan.parts)
	}
	next = css + "." + parts + "." + tag
	was := strings.Split(id, ".")
	if len(was) != 3 {
		return doNothing, next
	}
	styled := was[0] == "" || was[0] == css
	switch {
	case now.view != nil:
		if was[2] != tag {
			return doError, next
		}
		return doNothing, next
	case was[1] != "" && was[1] != parts:
		return doReload, next
	case was[2] != tag && !s.alike(seen, now, page, was[2]):
		return doReload, next
	case !styled:
		return doCSS, next
	}
	return doNothing, next
}

func (s *Server) tagOf(now *state, page string) string {
	if now.view != nil {
		return now.view.tag
	}
	if resource := now.plan.page(page); resource != nil {
		return s.tag(resource)
	}
	return missing.tag
}

// alike tells whether a page with another key came out the same all the same, the digest
// of the assets in its links apart: an edit of one stylesheet changes the key of every
// page, and no page has to be loaded again for it.
func (s *Server) alike(seen, now *state, page, tag string) bool {
	if seen == nil || seen.view != nil || s.tagOf(seen, page) != tag {
		return false
	}
	before, after := seen.plan.page(page), now.plan.page(page)
	if before == nil || after == nil || before.Path != after.Path {
		return false
	}
	old, failedBefore := s.body(seen, before)
	fresh, failedAfter := s.body(now, after)
	return failedBefore == nil && failedAfter == nil && bytes.Equal(seen.plan.plain(old), now.plan.plain(fresh))
}

// plain is a page with the digests of assets left out of its links.
func (p *plan) plain(page []byte) []byte {
	for _, prefix := range p.digests {
		page = bytes.ReplaceAll(page, []byte(prefix), []byte("assets/*/"))
	}
	return page
}
