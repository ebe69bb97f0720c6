package server

import (
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stoa-portal/stoa/generator/internal/diag"
)

// site is a plan of resources that hold the text given, keyed by it.
func site(files map[string]string) []Resource {
	var resources []Resource
	for path, text := range files {
		resources = append(resources, Resource{path, keyed(text), func(w io.Writer) error {
			_, err := io.WriteString(w, text)
			return err
		}})
	}
	return resources
}

func page(text string) string { return "<!doctype html><html><body>" + text + "</body></html>" }

// with is files with some of them changed; "" takes one away.
func with(files map[string]string, changes ...string) map[string]string {
	changed := make(map[string]string)
	for path, text := range files {
		changed[path] = text
	}
	for i := 0; i < len(changes); i += 2 {
		if changed[changes[i]] = changes[i+1]; changes[i+1] == "" {
			delete(changed, changes[i])
		}
	}
	return changed
}

const digestA, digestB = "0123456789abcdef0123456789abcdef", "fedcba9876543210fedcba9876543210"

var files = map[string]string{
	"index.html":                        page(`home <link rel="stylesheet" href="/assets/` + digestA + `/site.css">`),
	"mentors/ana/index.html":            page("Ana"),
	"mentors/łukasz/index.html":         page("Łukasz"),
	"404.html":                          page("not here"),
	"plain":                             "no ending",
	"assets/" + digestA + "/site.css":   "body{}",
	"assets/" + digestA + "/a/b/x.mjs":  "export {}",
	"assets/" + digestA + "/font.woff2": "font",
	"api/mentors.json":                  "{}",
	"feed.xml":                          "<feed/>",
	"calendar.ics":                      "BEGIN",
	"robots.txt":                        "User-agent: *",
	"photo.WEBP":                        "RIFF",
	"about.md":                          "# About",
	"icon.svg":                          "<svg/>",
	"search/index.bin":                  "\x00",
	"bare.html":                         "<p>no body tag",
	"upper.html":                        "<BODY>x</BODY\n><!-- after -->",
}

// ask is one request as a browser at this machine makes it.
func ask(s *Server, method, target string, header ...string) *http.Response {
	r := httptest.NewRequest(method, target, nil)
	r.Host = "localhost:8080"
	r.Header.Set("Accept", "text/html,*/*")
	for i := 0; i < len(header); i += 2 {
		if header[i] == "Host" {
			r.Host = header[i+1]
		} else {
			r.Header.Set(header[i], header[i+1])
		}
	}
	w := httptest.NewRecorder()
	s.Handler().ServeHTTP(w, r)
	return w.Result()
}

func text(r *http.Response) string {
	body, _ := io.ReadAll(r.Body)
	return string(body)
}

func showing(base string, files map[string]string) *Server {
	s := New(Options{BasePath: base})
	s.Show(site(files))
	return s
}

func TestAnswers(t *testing.T) {
	const html = "text/html; charset=utf-8"
	for _, row := range []struct {
		base, path string
		status     int
		media      string
		holds      string
	}{
		{"/", "/", 200, html, "home"},
		{"/", "/index.html", 200, html, "home"},
		{"", "/mentors/ana/", 200, html, "Ana"},
		{"/", "/mentors/%C5%82ukasz/", 200, html, "Łukasz"},
		{"/", "/plain", 200, "application/octet-stream", "no ending"},
		{"/", "/assets/" + digestA + "/site.css", 200, "text/css; charset=utf-8", "body{}"},
		{"/", "/assets/" + digestB + "/site.css", 200, "text/css; charset=utf-8", "body{}"},
		{"/", "/assets/" + digestB + "/a/b/x.mjs", 200, "text/javascript; charset=utf-8", "export {}"},
		{"/", "/assets/" + digestB + "/none.css", 404, html, "not here"},
		{"/", "/assets/notadigest/site.css", 404, html, "not here"},
		{"/", "/assets/" + digestA + "/font.woff2", 200, "font/woff2", "font"},
		{"/", "/api/mentors.json", 200, "application/json; charset=utf-8", "{}"},
		{"/", "/feed.xml", 200, "application/xml; charset=utf-8", "<feed/>"},
		{"/", "/calendar.ics", 200, "text/calendar; charset=utf-8", "BEGIN"},
		{"/", "/robots.txt", 200, "text/plain; charset=utf-8", "User-agent"},
		{"/", "/photo.WEBP", 200, "image/webp", "RIFF"},
		{"/", "/about.md", 200, "text/markdown; charset=utf-8", "# About"},
		{"/", "/icon.svg", 200, "image/svg+xml; charset=utf-8", "<svg/>"},
		{"/", "/search/index.bin", 200, "application/octet-stream", "\x00"},
		{"/", "/none", 404, html, "not here"},
		{"/", "/mentors/", 404, html, "not here"},
		{"/", "/mentors", 404, html, "not here"},
		{"/", "/../../etc/passwd", 404, html, "not here"},
		{"/", "/..%2f..%2fetc%2fpasswd", 404, html, "not here"},
		{"/", "//mentors/ana/", 404, html, "not here"},
		{"/", "/mentors//ana/", 404, html, "not here"},
		{"/", `/mentors%5Cana/`, 404, html, "not here"},
		{"/", "/index.html%00.css", 404, html, "not here"},
		{"/repo/", "/repo/", 200, html, "home"},
		{"repo", "/repo/mentors/ana/", 200, html, "Ana"},
		{"/a/b", "/a/b/mentors/ana/", 200, html, "Ana"},
		{"/repo/", "/mentors/ana/", 404, html, "not here"},
		{"/repo/", "/repository/", 404, html, "not here"},
		{"/repo/", "/repo/none", 404, html, "not here"},
		{"/", "/__stoa/none", 404, "text/plain; charset=utf-8", "no such file"},
		{"/", "/__stoa/live.js", 200, "text/javascript; charset=utf-8", "EventSource"},
		{"/repo/", "/repo/__stoa/view.css", 200, "text/css; charset=utf-8", "light-dark"},
	} {
		t.Run(row.base+" "+row.path, func(t *testing.T) {
			s := showing(row.base, files)
			r := ask(s, "GET", row.path)
			body := text(r)
			if r.StatusCode != row.status || r.Header.Get("Content-Type") != row.media || !strings.Contains(body, row.holds) {
				t.Errorf("%d %s\n%s\nwant %d %s with %q", r.StatusCode, r.Header.Get("Content-Type"), body, row.status, row.media, row.holds)
			}
			if r.Header.Get("X-Content-Type-Options") != "nosniff" {
				t.Error("no nosniff")
			}
			if has := strings.Contains(body, "live.js\""); has != (row.media == html) {
				t.Errorf("script added: %v", has)
			}
			head := ask(s, "HEAD", row.path)
			if n := head.Header.Get("Content-Length"); n != fmt.Sprint(len(body)) || head.StatusCode != row.status || text(head) != "" {
				t.Errorf("HEAD: %d, Content-Length %s, want %d", head.StatusCode, n, len(body))
			}
		})
	}
}

func TestRedirects(t *testing.T) {
	for _, row := range []struct{ base, path, to string }{
		{"/", "/mentors/ana", "/mentors/ana/"},
		{"/", "/mentors/ana?skills=go", "/mentors/ana/?skills=go"},
		{"/repo/", "/repo/mentors/%C5%82ukasz", "/repo/mentors/%C5%82ukasz/"},
		{"/repo/", "/", "/repo/"},
		{"/repo/", "/repo", "/repo/"},
		{"/a/b/", "/a/b", "/a/b/"},
	} {
		r := ask(showing(row.base, files), "GET", row.path)
		if r.StatusCode != 302 || r.Header.Get("Location") != row.to || r.Header.Get("Cache-Control") != "no-cache" {
			t.Errorf("%s under %s: %d to %s, want %s", row.path, row.base, r.StatusCode, r.Header.Get("Location"), row.to)
		}
	}
}

func TestMethods(t *testing.T) {
	s := showing("/", files)
	for _, method := range []string{"POST", "PUT", "DELETE", "OPTIONS", "PATCH"} {
		for _, path := range []string{"/", "/none", "/__stoa/events"} {
			if r := ask(s, method, path); r.StatusCode != 405 || r.Header.Get("Allow") != "GET, HEAD" {
				t.Errorf("%s %s: %d, Allow %q", method, path, r.StatusCode, r.Header.Get("Allow"))
			}
		}
	}
}

func TestHosts(t *testing.T) {
	bound := func(address string, names ...string) *Server {
		s := New(Options{Hosts: names})
		s.Show(site(files))
		if address != "" {
			s.hosts.bind(&net.TCPAddr{IP: net.ParseIP(address), Port: 8080})
		}
		return s
	}
	for _, row := range []struct {
		bound, host string
		ok          bool
	}{
		{"127.0.0.1", "localhost:8080", true},
		{"127.0.0.1", "localhost", true},
		{"127.0.0.1", "LocalHost.:8080", true},
		{"127.0.0.1", "portal.localhost:8080", true},
		{"127.0.0.1", "127.0.0.1:8080", true},
		{"127.0.0.1", "127.0.0.2", true},
		{"127.0.0.1", "[::1]:8080", true},
		{"127.0.0.1", "[::ffff:127.0.0.1]:8080", true},
		{"127.0.0.1", "", false},
		{"127.0.0.1", "evil.example", false},
		{"127.0.0.1", "evil.example:8080", false},
		{"127.0.0.1", "localhost.evil.example", false},
		{"127.0.0.1", "evillocalhost", false},
		{"127.0.0.1", "127.0.0.1.evil.example", false},
		{"127.0.0.1", "192.168.1.5:8080", false},
		{"127.0.0.1", "named.example:8080", true},
		{"192.168.1.5", "192.168.1.5:8080", true},
		{"192.168.1.5", "192.168.1.6:8080", false},
		{"0.0.0.0", "192.168.1.5:8080", true},
		{"::", "[fe80::1]:8080", true},
		{"0.0.0.0", "evil.example", false},
		{"", "localhost", true},
		{"", "evil.example", false},
	} {
		r := ask(bound(row.bound, "Named.example"), "GET", "/", "Host", row.host)
		if ok := r.StatusCode == 200; ok != row.ok {
			t.Errorf("bound to %s, host %q: %d", row.bound, row.host, r.StatusCode)
		}
	}
	if r := ask(bound("127.0.0.1"), "GET", "/__stoa/events", "Host", "evil.example"); r.StatusCode != 403 {
		t.Errorf("events: %d", r.StatusCode)
	}
}

func TestInjected(t *testing.T) {
	s := showing("/repo/", files)
	tag := s.tag(s.state.Load().plan.resources["bare.html"])
	script := `<script src="/repo/__stoa/live.js" data-tag="` + tag + `" defer></script>`
	if got := text(ask(s, "GET", "/repo/bare.html")); got != "<p>no body tag"+script {
		t.Errorf("without an end tag: %s", got)
	}
	got := text(ask(s, "GET", "/repo/upper.html"))
	if before, after, ok := strings.Cut(got, "</BODY\n><!-- after -->"); !ok || after != "" || !strings.HasSuffix(before, "defer></script>") {
		t.Errorf("with capitals: %s", got)
	}
}

func TestConditional(t *testing.T) {
	s := showing("/", files)
	for _, path := range []string{"/", "/assets/" + digestA + "/site.css"} {
		first := ask(s, "GET", path)
		etag := first.Header.Get("ETag")
		if etag == "" || first.Header.Get("Cache-Control") != "no-cache" {
			t.Fatalf("%s: ETag %q, Cache-Control %q", path, etag, first.Header.Get("Cache-Control"))
		}
		for match, status := range map[string]int{etag: 304, `"x", W/` + etag: 304, "*": 304, `"x"`: 200, "": 200} {
			r := ask(s, "GET", path, "If-None-Match", match)
			if r.StatusCode != status || status == 304 && text(r) != "" {
				t.Errorf("%s If-None-Match %s: %d, want %d", path, match, r.StatusCode, status)
			}
		}
	}
	etag := ask(s, "GET", "/").Header.Get("ETag")
	s.Show(site(with(files, "robots.txt", "other")))
	if r := ask(s, "GET", "/", "If-None-Match", etag); r.StatusCode != 304 {
		t.Errorf("after a change elsewhere: %d", r.StatusCode)
	}
	s.Show(site(with(files, "index.html", page("new"))))
	if r := ask(s, "GET", "/", "If-None-Match", etag); r.StatusCode != 200 || !strings.Contains(text(r), "new") {
		t.Errorf("after a change of the page: %d", r.StatusCode)
	}
	if r := ask(s, "GET", "/none", "If-None-Match", "*"); r.StatusCode != 404 {
		t.Errorf("a page that is not there: %d", r.StatusCode)
	}
	if r := ask(s, "GET", "/robots.txt", "Range", "bytes=2-4"); r.StatusCode != 206 || text(r) != "er-" {
		t.Errorf("a range: %d", r.StatusCode)
	}
}

func TestWaitingAndMissing(t *testing.T) {
	s := New(Options{})
	r := ask(s, "GET", "/mentors/")
	if body := text(r); r.StatusCode != 503 || !strings.Contains(body, "Reading the site") || !strings.Contains(body, `src="/__stoa/live.js"`) {
		t.Errorf("before the first plan: %d %s", r.StatusCode, body)
	}
	s.Show(nil)
	r = ask(s, "GET", "/")
	if body := text(r); r.StatusCode != 404 || !strings.Contains(body, "no such page") || !strings.Contains(body, `src="/__stoa/live.js"`) {
		t.Errorf("an empty plan: %d %s", r.StatusCode, body)
	}
}

func TestRenderFaults(t *testing.T) {
	var said []string
	s := New(Options{Say: func(m string) { said = append(said, m) }, Source: func(string) []byte { return []byte("the line") }})
	renders := 0
	plan := []Resource{
		{"index.html", keyed("1"), func(io.Writer) error { panic("deep <fault>") }},
		{"a/index.html", keyed("1"), func(w io.Writer) error {
			renders++
			io.WriteString(w, "half a page")
			var l diag.List
			l.Errorf(diag.At("content/a.md", 1, 5), "r", "no such mentor")
			return fmt.Errorf("page a: %w", l)
		}},
		{"b/index.html", keyed("1"), func(io.Writer) error { return errors.New("disk is away") }},
		{"c/index.html", keyed("1"), func(w io.Writer) error { _, err := io.WriteString(w, page("fine")); return err }},
	}
	s.Show(plan)
	for path, want := range map[string]string{"/": "deep &lt;fault&gt;", "/a/": "the <mark>l</mark>ine", "/b/": "/b/index.html cannot be shown: disk is away"} {
		for range 2 {
			r := ask(s, "GET", path)
			if body := text(r); r.StatusCode != 500 || !strings.Contains(body, want) || strings.Contains(body, "half a page") {
				t.Errorf("%s: %d %s", path, r.StatusCode, body)
			}
		}
	}
	if r := ask(s, "GET", "/c/"); r.StatusCode != 200 {
		t.Errorf("a sound page: %d", r.StatusCode)
	}
	if len(said) != 3 || renders != 1 {
		t.Errorf("rendered %d times, said %q", renders, said)
	}
	// What failed is tried again with the next plan, even under the same key.
	s.Show(plan)
	if ask(s, "GET", "/a/"); renders != 2 {
		t.Errorf("rendered %d times after the next plan", renders)
	}
}

func TestMemo(t *testing.T) {
	var renders atomic.Int32
	plan := func(key string) []Resource {
		return []Resource{{"index.html", keyed(key), func(w io.Writer) error { renders.Add(1); _, err := io.WriteString(w, key); return err }}}
	}
	s := New(Options{})
	for i, key := range []string{"1", "1", "2", "1"} {
		s.Show(plan(key))
		ask(s, "GET", "/")
		ask(s, "GET", "/")
		if want := []int32{1, 1, 2, 2}[i]; renders.Load() != want {
			t.Errorf("step %d: rendered %d times, want %d", i, renders.Load(), want)
		}
	}

	m := newMemo(10, 6)
	m.put(memoName{"a", ""}, make([]byte, 5))
	m.put(memoName{"b", ""}, make([]byte, 5))
	m.get(memoName{"a", ""})
	m.put(memoName{"c", ""}, make([]byte, 4))
	m.put(memoName{"large", ""}, make([]byte, 7))
	for path, want := range map[string]bool{"a": true, "b": false, "c": true, "large": false} {
		if _, ok := m.get(memoName{path, ""}); ok != want {
			t.Errorf("%s is remembered: %v", path, ok)
		}
	}
	if m.room != 1 {
		t.Errorf("%d bytes of room", m.room)
	}
}

func TestSingleFlight(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		renders := 0
		s := New(Options{})
		s.Show([]Resource{{"index.html", keyed("1"), func(w io.Writer) error { renders++; time.Sleep(time.Second); return nil }}})
		var group sync.WaitGroup
		for range 10 {
			group.Go(func() {
				if r := ask(s, "GET", "/"); r.StatusCode != 200 {
					t.Error(r.StatusCode)
				}
			})
		}
		group.Wait()
		if renders != 1 {
			t.Errorf("rendered %d times", renders)
		}
	})
}

// keyed is a resource's key that is known already.
func keyed(key string) func() string { return func() string { return key } }
