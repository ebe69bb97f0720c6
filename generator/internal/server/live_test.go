package server

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stoa-portal/stoa/generator/internal/diag"
)

// id is what a browser has that has just loaded the page.
func loaded(s *Server, path string) string {
	_, after, _ := strings.Cut(text(ask(s, "GET", path)), `data-tag="`)
	tag, _, _ := strings.Cut(after, `"`)
	return ".." + tag
}

func TestAdvice(t *testing.T) {
	css := "assets/" + digestA + "/site.css"
	newCSS := []string{css, "", "assets/" + digestB + "/site.css", "b{}", "index.html", page(`home <link rel="stylesheet" href="/assets/` + digestB + `/site.css">`),
		"assets/" + digestA + "/a/b/x.mjs", "", "assets/" + digestB + "/a/b/x.mjs", "export {}",
		"assets/" + digestA + "/font.woff2", "", "assets/" + digestB + "/font.woff2", "font"}
	for _, row := range []struct {
		name, path string
		changes    []string
		want       string
	}{
		{"nothing", "/", nil, doNothing},
		{"this page", "/", []string{"index.html", page("new")}, doReload},
		{"another page", "/", []string{"mentors/ana/index.html", page("new")}, doNothing},
		{"data", "/", []string{"api/mentors.json", "[]", "feed.xml", "<other/>"}, doNothing},
		{"a stylesheet", "/", []string{css, "b{}"}, doCSS},
		{"a stylesheet and with it the digest", "/", newCSS, doCSS},
		{"the same and a word", "/", append(newCSS, "index.html", page("new")), doReload},
		{"a script", "/", []string{"assets/" + digestA + "/a/b/x.mjs", "export default 1"}, doReload},
		{"a photo", "/", []string{"photo.WEBP", "RIFF2"}, doReload},
		{"this page goes", "/mentors/ana/", []string{"mentors/ana/index.html", ""}, doReload},
		{"this page comes", "/new/", []string{"new/index.html", page("new")}, doReload},
		{"a page that is not there stays so", "/none/", []string{"index.html", page("new")}, doNothing},
		{"a page in another script", "/mentors/%C5%82ukasz/", []string{"mentors/łukasz/index.html", page("new")}, doReload},
	} {
		t.Run(row.name, func(t *testing.T) {
			s := showing("/", files)
			seen, id := s.state.Load(), loaded(s, row.path)
			name, _ := url.PathUnescape(strings.TrimPrefix(row.path, "/"))
			do, id := s.advise(nil, seen, name, id)
			if do != doNothing {
				t.Errorf("at first: %s", do)
			}
			s.Show(site(with(files, row.changes...)))
			do, id = s.advise(seen, s.state.Load(), name, id)
			if do != row.want {
				t.Errorf("then: %s, want %s", do, row.want)
			}
			if do, _ := s.advise(s.state.Load(), s.state.Load(), name, id); do != doNothing {
				t.Errorf("in the end: %s", do)
			}
		})
	}
}

// What happened between loading the page and listening is not missed.
func TestAdviceAfterAbsence(t *testing.T) {
	s := showing("/", files)
	id := loaded(s, "/")
	s.Show(site(with(files, "index.html", page("new"))))
	if do, _ := s.advise(nil, s.state.Load(), "", id); do != doReload {
		t.Error(do)
	}
	if do, _ := s.advise(nil, s.state.Load(), "", loaded(s, "/")); do != doNothing {
		t.Error("and loads for ever: " + do)
	}
	for _, odd := range []string{"", "x", "....", "\x00"} {
		if do, _ := s.advise(nil, s.state.Load(), "", odd); do != doNothing {
			t.Errorf("%q: %s", odd, do)
		}
	}
	s.Show([]Resource{{"index.html", keyed("bad"), func(io.Writer) error { return errors.New("no") }}})
	if do, _ := s.advise(nil, s.state.Load(), "", loaded(s, "/")); do != doNothing {
		t.Error("a page that fails loads for ever: " + do)
	}
}

// A reader of a stream of events.
type stream struct {
	*testing.T
	lines *bufio.Scanner
	id    string
}

func (s *stream) next() string {
	s.Helper()
	for what := ""; s.lines.Scan(); {
		switch line := s.lines.Text(); {
		case strings.HasPrefix(line, "event: "):
			what = line[len("event: "):]
		case strings.HasPrefix(line, "id: "):
			s.id = line[len("id: "):]
		case line == "" && what != "":
			return what
		}
	}
	s.Fatal("the stream ended: ", s.lines.Err())
	return ""
}

// serve runs a server on a port of its own.
func serve(t *testing.T, s *Server) (address string, stop func() error) {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- s.Serve(ctx, listener) }()
	stop = sync.OnceValue(func() error { cancel(); return <-ended })
	t.Cleanup(func() { stop() })
	return "http://" + listener.Addr().String(), stop
}

func listen(t *testing.T, address, query string, header ...string) *stream {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	t.Cleanup(cancel)
	r, _ := http.NewRequestWithContext(ctx, "GET", address+"/__stoa/events?"+query, nil)
	for i := 0; i < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { answer.Body.Close() })
	if got := answer.Header.Get("Content-Type"); got != "text/event-stream" || answer.StatusCode != 200 {
		t.Fatalf("%d %s", answer.StatusCode, got)
	}
	return &stream{T: t, lines: bufio.NewScanner(answer.Body)}
}

func TestEvents(t *testing.T) {
	s := showing("/", files)
	address, stop := serve(t, s)
	query := url.Values{"page": {"/"}, "id": {loaded(s, "/")}}.Encode()
	browser := listen(t, address, query)
	expect := func(want string) {
		t.Helper()
		if got := browser.next(); got != want {
			t.Fatalf("told %q, want %q", got, want)
		}
	}
	expect(doNothing)
	s.Show(site(files)) // the same again: nothing is told
	s.Show(site(with(files, "assets/"+digestA+"/site.css", "i{}")))
	expect(doCSS)
	s.Show(site(with(files, "index.html", page("new"))))
	expect(doReload)
	var problems diag.List
	problems.Errorf(diag.At("f", 1, 1), "r", "wrong")
	s.Fail(problems, nil)
	expect(doError)
	s.Fail(problems, nil) // the same again
	problems.Errorf(diag.At("f", 2, 1), "r", "wrong too")
	s.Fail(problems, nil)
	expect(doError)
	s.Show(site(files))
	expect(doReload)

	// Coming back after an absence, the id decides.
	id := browser.id
	browser = listen(t, address, query, "Last-Event-ID", id)
	expect(doNothing)
	s.Show(site(with(files, "assets/"+digestA+"/site.css", "p{}")))
	expect(doCSS)
	browser = listen(t, address, query, "Last-Event-ID", id)
	expect(doCSS)

	// Without streams a browser asks.
	answer := text(ask(s, "GET", "/__stoa/state?"+url.Values{"page": {"/"}, "id": {id}}.Encode()))
	if !strings.Contains(answer, `"do":"css"`) {
		t.Errorf("asked: %s", answer)
	}

	if err := stop(); err != nil {
		t.Errorf("stopping with a stream open: %v", err)
	}
	for range 2 { // what had been sent
		browser.lines.Scan()
	}
	if browser.lines.Scan() {
		t.Error("the stream outlives the server")
	}
}

func TestHeartbeat(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := showing("/", files)
		ctx, cancel := context.WithCancel(t.Context())
		r := httptest.NewRequestWithContext(ctx, "GET", "/__stoa/events?page=/", nil)
		r.Host = "localhost"
		w := httptest.NewRecorder()
		go s.Handler().ServeHTTP(w, r)
		time.Sleep(3*heartbeat + time.Second)
		cancel()
		synctest.Wait()
		if n := strings.Count(w.Body.String(), ": still here\n\n"); n != 3 {
			t.Errorf("%d heartbeats:\n%s", n, w.Body)
		}
	})
}

func TestServeEnds(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	listener.Close()
	if err := New(Options{}).Serve(t.Context(), listener); err == nil {
		t.Error("a closed listener is no error")
	}

	// A request under way is answered before the end.
	began := make(chan struct{})
	finish := make(chan struct{})
	s := New(Options{})
	s.Show([]Resource{{"index.html", keyed("1"), func(w io.Writer) error { close(began); <-finish; _, err := io.WriteString(w, "late"); return err }}})
	address, stop := serve(t, s)
	answer := make(chan string, 1)
	go func() {
		r, err := http.Get(address + "/")
		if err != nil {
			answer <- err.Error()
			return
		}
		defer r.Body.Close()
		answer <- text(r)
	}()
	<-began
	stopped := make(chan error, 1)
	go func() { stopped <- stop() }()
	close(finish)
	if got := <-answer; !strings.Contains(got, "late") {
		t.Errorf("answered %q", got)
	}
	if err := <-stopped; err != nil {
		t.Error(err)
	}
}

// Under -race: plans, failures, requests and streams all at once.
func TestTogether(t *testing.T) {
	s := showing("/", files)
	address, _ := serve(t, s)
	ctx, cancel := context.WithCancel(t.Context())
	var group, streams sync.WaitGroup
	for i := range 3 {
		streams.Go(func() {
			r, _ := http.NewRequestWithContext(ctx, "GET", address+"/__stoa/events?page=/&id="+loaded(s, "/"), nil)
			if answer, err := http.DefaultClient.Do(r); err == nil {
				io.Copy(io.Discard, answer.Body)
				answer.Body.Close()
			}
		})
		group.Go(func() {
			for n := range 50 {
				s.Show(site(with(files, "index.html", page(fmt.Sprint(i, n)), "photo.WEBP", fmt.Sprint(n))))
				if n%10 == 0 {
					s.Fail(diag.List{{Message: fmt.Sprint(n)}}, nil)
				}
			}
		})
		group.Go(func() {
			for range 50 {
				for _, path := range []string{"/", "/mentors/ana/", "/none", "/assets/" + digestB + "/site.css"} {
					r := ask(s, "GET", path)
					if r.StatusCode != 200 && r.StatusCode != 404 && r.StatusCode != 500 {
						t.Errorf("%s: %d", path, r.StatusCode)
					}
				}
			}
		})
	}
	group.Wait()
	cancel()
	streams.Wait()
}
