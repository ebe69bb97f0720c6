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
		resources = append(resources, Resource{path, text, func(w io.Writer) error {
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

func TestFail(t *testing.T) {
	s := showing("/repo/", files)
	var problems diag.List
	problems.Errorf(diag.At("content/mentors/ana.toml", 2, 3), "unknown-key", `unknown key "nmae" (did you mean "name"?)`)
	problems.Errorf(diag.At("content/x.md", 1, 1), "html", `<script>alert("x")</script> is not allowed`)
	problems.Warnf(diag.Place{}, "base-url", "no base_url")
	source := func(file string) []byte {
		if file == "content/mentors/ana.toml" {
			return []byte("one\n\t名<b>nmae\nthree\nfour\nfive\n")
		}
		return nil
	}
	s.Fail(problems, source)
	for _, path := range []string{"/repo/", "/repo/mentors/ana/", "/repo/none"} {
		r := ask(s, "GET", path)
		body := text(r)
		if r.StatusCode != 500 || r.Header.Get("Cache-Control") != "no-store" || r.Header.Get("Content-Security-Policy") == "" {
			t.Errorf("%s: %d %v", path, r.StatusCode, r.Header)
		}
		for _, want := range []string{
			"<h1>2 errors, 1 warning</h1>", "content/mentors/ana.toml:2:3", "did you mean &#34;name&#34;?", "&lt;script&gt;alert",
			"\t名<mark>&lt;</mark>b&gt;nmae", "\t\u3000^", `href="/repo/__stoa/view.css"`, `src="/repo/__stoa/live.js"`, "the site as a whole",
		} {
			if !strings.Contains(body, want) {
				t.Errorf("%s: no %q in\n%s", path, want, body)
			}
		}
		for _, not := range []string{"<script>", "<b>", "<style", " style=", "five"} {
			if strings.Contains(body, not) {
				t.Errorf("%s: %q in\n%s", path, not, body)
			}
		}
	}
	if r := ask(s, "GET", "/repo/robots.txt"); r.StatusCode != 200 {
		t.Errorf("a file that is no page: %d", r.StatusCode)
	}
	if r := ask(s, "GET", "/repo/none.css", "Accept", "text/css"); r.StatusCode != 404 {
		t.Errorf("a stylesheet that is not there: %d", r.StatusCode)
	}
	if r := ask(s, "GET", "/repo/", "Accept", "*/*"); !strings.Contains(text(r), "content/x.md:1:1: <script>") || !strings.HasPrefix(r.Header.Get("Content-Type"), "text/plain") {
		t.Error("no plain text for a program")
	}
	s.Show(site(files))
	if r := ask(s, "GET", "/repo/"); r.StatusCode != 200 {
		t.Errorf("after the next plan: %d", r.StatusCode)
	}
}

func TestExcerpt(t *testing.T) {
	long := strings.Repeat("x", 500) + "!" + strings.Repeat("y", 500)
	for _, row := range []struct {
		source       string
		line, column int
		want         string
	}{
		{"a\nb\nc\nd\ne\nf\n", 3, 0, "1 a|2 b|3 c|4 d|5 e|"},
		{"a\r\nbc\r\n", 2, 2, "1 a|2 b[c]|0  [^]|"},
		{"a\n", 1, 1, "1 [a]|0 [^]|"},
		{"ab", 1, 9, "1 ab|0   [^]|"},
		{"\uFEFFab", 1, 1, "1 [a]b|0 [^]|"},
		{"a\x00\xff\u202eb", 1, 5, "1 a␀\uFFFD\uFFFD[b]|0     [^]|"},
		{"e\u0301x", 1, 3, "1 e\u0301[x]|0  [^]|"},
		{long, 1, 501, "1 " + strings.Repeat("x", 80) + "[!]" + strings.Repeat("y", 79) + "|0 " + strings.Repeat(" ", 80) + "[^]|"},
		{"a", 7, 1, ""},
		{"", 1, 1, ""},
	} {
		var got strings.Builder
		for _, line := range excerpt(diag.At("f", row.line, row.column), func(string) []byte { return []byte(row.source) }) {
			fmt.Fprintf(&got, "%d %s", line.Number, line.Before)
			if line.Mark != "" {
				fmt.Fprintf(&got, "[%s]", line.Mark)
			}
			got.WriteString(line.After + "|")
		}
		if got.String() != row.want {
			t.Errorf("%.20q at %d:%d: %q, want %q", row.source, row.line, row.column, got.String(), row.want)
		}
	}
}

func TestManyProblems(t *testing.T) {
	var problems diag.List
	for i := range 250 {
		problems.Errorf(diag.At("f", i+1, 1), "r", "wrong")
	}
	s := New(Options{})
	s.Fail(problems, nil)
	body := text(ask(s, "GET", "/"))
	if n := strings.Count(body, "<li "); n != 100 || !strings.Contains(body, "And 150 more") || !strings.Contains(body, "250 errors") {
		t.Errorf("%d problems shown", n)
	}
}

func TestRenderFaults(t *testing.T) {
	var said []string
	s := New(Options{Say: func(m string) { said = append(said, m) }, Source: func(string) []byte { return []byte("the line") }})
	renders := 0
	plan := []Resource{
		{"index.html", "1", func(io.Writer) error { panic("deep <fault>") }},
		{"a/index.html", "1", func(w io.Writer) error {
			renders++
			io.WriteString(w, "half a page")
			var l diag.List
			l.Errorf(diag.At("content/a.md", 1, 5), "r", "no such mentor")
			return fmt.Errorf("page a: %w", l)
		}},
		{"b/index.html", "1", func(io.Writer) error { return errors.New("disk is away") }},
		{"c/index.html", "1", func(w io.Writer) error { _, err := io.WriteString(w, page("fine")); return err }},
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
		return []Resource{{"index.html", key, func(w io.Writer) error { renders.Add(1); _, err := io.WriteString(w, key); return err }}}
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
		s.Show([]Resource{{"index.html", "1", func(w io.Writer) error { renders++; time.Sleep(time.Second); return nil }}})
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
	s.Show([]Resource{{"index.html", "bad", func(io.Writer) error { return errors.New("no") }}})
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
	if browser.lines.Scan() && browser.lines.Scan() && browser.lines.Scan() {
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
		if n := strings.Count(w.Body.String(), "\n:\n\n"); n != 3 {
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
	s.Show([]Resource{{"index.html", "1", func(w io.Writer) error { close(began); <-finish; _, err := io.WriteString(w, "late"); return err }}})
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
