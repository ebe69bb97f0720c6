package check

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"testing/synctest"
	"time"

	"github.com/stoa-portal/stoa/generator/internal/civil"
	"github.com/stoa-portal/stoa/generator/internal/config"
	"github.com/stoa-portal/stoa/generator/internal/content"
	"github.com/stoa-portal/stoa/generator/internal/portal"
)

// A web answers as the hosts of a test do, and notes what it is asked.
type web struct {
	pages map[string]func(request *http.Request, times int) *http.Response // by address

	mu    sync.Mutex
	asked []string
	last  map[string]time.Time
	gap   time.Duration // the least between two questions to one host
}

func (w *web) RoundTrip(request *http.Request) (*http.Response, error) {
	address := request.URL.String()
	w.mu.Lock()
	times := 0
	for _, earlier := range w.asked {
		if strings.HasSuffix(earlier, " "+address) {
			times++
		}
	}
	w.asked = append(w.asked, request.Method+" "+address)
	if last, ok := w.last[request.URL.Host]; ok && request.Method == http.MethodHead && request.Response == nil {
		w.gap = min(w.gap, time.Since(last))
	}
	w.last[request.URL.Host] = time.Now()
	w.mu.Unlock()
	page := w.pages[address]
	if page == nil {
		return nil, fmt.Errorf("no such host")
	}
	if response := page(request, times); response != nil {
		response.Request = request
		return response, nil
	}
	<-request.Context().Done()
	return nil, request.Context().Err()
}

func says(code int, headers ...string) func(*http.Request, int) *http.Response {
	return func(*http.Request, int) *http.Response {
		response := &http.Response{StatusCode: code, Header: http.Header{}, Body: io.NopCloser(strings.NewReader(""))}
		for i := 0; i+1 < len(headers); i += 2 {
			response.Header.Set(headers[i], headers[i+1])
		}
		return response
	}
}

// linking is a portal whose page about links to addresses, one a line from line 3 on.
func linking(t *testing.T, addresses ...string) *portal.Portal {
	t.Helper()
	body := "# About\n\n"
	for _, address := range addresses {
		body += "[A page](" + address + ")\n"
	}
	c, _ := config.Load([]byte("title = \"T\"\n"), "config.toml")
	all, problems := content.Load(fstest.MapFS{"content/about.md": {Data: []byte(body)}}, content.Options{Languages: c.Tags(), Default: "en"})
	p, more := portal.New(c, all, portal.Options{Today: civil.Of(2026, 11, 23)})
	if problems.Add(more); problems.Errors() > 0 {
		t.Fatal(problems)
	}
	return p
}

func TestExternal(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := &web{last: map[string]time.Time{}, gap: time.Hour, pages: map[string]func(*http.Request, int) *http.Response{
			"https://a.example/good":         says(200),
			"https://a.example/gone":         says(404),
			"https://a.example/broken":       says(500),
			"https://a.example/private":      says(403),
			"https://a.example/for-people":   says(999),
			"https://a.example/moved":        says(301, "Location", "/new"),
			"https://a.example/new":          says(200),
			"https://a.example/away":         says(302, "Location", "/new"),
			"https://a.example/to-login":     says(301, "Location", "/login?next=x"),
			"https://a.example/login":        says(200),
			"https://a.example/login?next=x": says(200),
			"https://a.example/round":        says(301, "Location", "/round"),
			"https://a.example/file":         says(301, "Location", "file:///etc/passwd"),
			"https://a.example/silent":       func(*http.Request, int) *http.Response { return nil },
			"https://b.example/get-only": func(request *http.Request, _ int) *http.Response {
				if request.Method == http.MethodHead {
					return says(405)(request, 0)
				}
				return says(200)(request, 0)
			},
			"https://b.example/busy": func(request *http.Request, times int) *http.Response {
				if times == 0 {
					return says(429, "Retry-After", "20")(request, 0)
				}
				return says(200)(request, 0)
			},
			"https://c.example/busy-all-day": says(503, "Retry-After", "86400"),
			"https://c.example/next":         says(404), // not asked any more
		}}
		var addresses []string
		for _, name := range []string{"good", "gone#part", "broken", "private", "for-people", "moved", "away", "to-login", "round", "file", "silent"} {
			addresses = append(addresses, "https://a.example/"+name)
		}
		addresses = append(addresses, "https://b.example/get-only", "https://b.example/busy", "https://c.example/busy-all-day", "https://c.example/next", "https://nowhere.example/", "https://a.example/gone")
		p := linking(t, addresses...)
		x := &External{Client: &http.Client{Transport: w}}
		started := time.Now()
		got := x.Check(t.Context(), p).Error()
		want := strings.Join([]string{
			"content/about.md:4:1: warning: https://a.example/gone leads nowhere: the host says 404 Not Found",
			"content/about.md:5:1: warning: https://a.example/broken leads nowhere: the host says 500 Internal Server Error",
			"content/about.md:8:1: warning: https://a.example/moved has moved for good: write https://a.example/new",
			"content/about.md:11:1: warning: https://a.example/round leads nowhere: it leads from one address to the next without end",
			"content/about.md:12:1: warning: https://a.example/file leads nowhere: it leads to what is not a web page",
			"content/about.md:13:1: warning: https://a.example/silent leads nowhere: the host did not answer within 15 seconds",
			"content/about.md:18:1: warning: https://nowhere.example/ leads nowhere: the host does not answer",
			"content/about.md:19:1: warning: https://a.example/gone leads nowhere: the host says 404 Not Found",
		}, "\n")
		if got != want {
			t.Errorf("said\n%s\nwant\n%s", got, want)
		}
		if w.gap < hostPause {
			t.Errorf("a host was asked again after %v", w.gap)
		}
		if took := time.Since(started); took > 2*time.Minute {
			t.Errorf("the check took %v", took)
		}
		for _, asked := range w.asked {
			if strings.HasSuffix(asked, "/next") || strings.HasSuffix(asked, "#part") || asked == "GET https://a.example/good" {
				t.Errorf("it asked %s", asked)
			}
		}

		// What was found is remembered: the next check asks nothing but what was left open.
		var saved bytes.Buffer
		if err := x.Save(&saved); err != nil {
			t.Fatal(err)
		}
		w.asked = nil
		again := &External{Client: x.Client}
		again.Load(&saved)
		if more := again.Check(t.Context(), p).Error(); more != want || len(w.asked) != 1 {
			t.Errorf("the second check asked %v and said\n%s", w.asked, more)
		}
		time.Sleep(freshBad)
		w.asked = nil
		again.Check(t.Context(), p)
		for _, asked := range w.asked {
			if strings.HasSuffix(asked, "/good") {
				t.Error("a good answer is asked for again after hours")
			}
		}
		if len(w.asked) < 6 {
			t.Errorf("after hours it asked only %v", w.asked)
		}
	})
}

func TestExternalIsInterrupted(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := &web{last: map[string]time.Time{}, pages: map[string]func(*http.Request, int) *http.Response{}}
		var addresses []string
		for i := range 20 {
			address := fmt.Sprintf("https://a.example/%d", i)
			addresses, w.pages[address] = append(addresses, address), says(404)
		}
		ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second)
		defer cancel()
		x := &External{Client: &http.Client{Transport: w}}
		if n := len(x.Check(ctx, linking(t, addresses...))); n == 0 || n > 6 {
			t.Errorf("%d problems after five seconds", n)
		}
	})
}

// TestPrivateNetworksAreNotReached: a profile cannot make the checker look at its own machine.
func TestPrivateNetworksAreNotReached(t *testing.T) {
	reached := false
	server := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { reached = true }))
	defer server.Close()
	problems := new(External).Check(t.Context(), linking(t, server.URL))
	if reached || len(problems) != 1 || !strings.Contains(problems[0].Message, "private network") {
		t.Errorf("reached: %v, said %v", reached, problems)
	}
	for text, want := range map[string]bool{
		"8.8.8.8": true, "2606:4700::1111": true, "10.0.0.1": false, "127.0.0.1": false, "169.254.169.254": false, "192.168.1.1": false,
		"100.64.0.1": false, "0.0.0.0": false, "::1": false, "fe80::1": false, "fd00::1": false, "224.0.0.1": false, "64:ff9b::a00:1": false,
	} {
		if got := isPublic(netip.MustParseAddr(text)); got != want {
			t.Errorf("%s is public: %v", text, got)
		}
	}
}
