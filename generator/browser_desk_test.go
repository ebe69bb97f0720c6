package generator

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/chromedp/kb"

	"github.com/stoa-portal/stoa/generator/internal/civil"
)

// A desk is a small portal that takes requests in one of the ways, served on this machine, with the
// address that a form is sent to.
type desk struct {
	base   string // of the portal
	dest   string // its files
	source string

	mu       sync.Mutex
	status   int
	received []url.Values
}

func (d *desk) answerWith(status int) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.status = status
}

// taken are the forms that arrived since the last time.
func (d *desk) taken() []url.Values {
	d.mu.Lock()
	defer d.mu.Unlock()
	got := d.received
	d.received = nil
	return got
}

func (d *desk) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Access-Control-Allow-Origin", "*")
	if err := r.ParseForm(); err != nil || r.Method != http.MethodPost {
		http.Error(w, "a form is wanted", http.StatusBadRequest)
		return
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.status != http.StatusOK {
		http.Error(w, "not now", d.status)
		return
	}
	d.received = append(d.received, r.PostForm)
	fmt.Fprint(w, "taken")
}

// deskToday is the day on which the portal is made: the browser's, because what it shows depends on that.
func deskToday() civil.Date { return civil.Today(time.Local, time.Now()) }

// serveDesk builds the portal. edit may change its files.
func serveDesk(t *testing.T, method string, edit func(tree, *desk)) *desk {
	t.Helper()
	d := &desk{dest: filepath.Join(t.TempDir(), "public"), status: http.StatusOK}
	endpoint := httptest.NewServer(d)
	t.Cleanup(endpoint.Close)
	site := httptest.NewServer(http.StripPrefix("/desk", http.FileServer(http.Dir(d.dest))))
	t.Cleanup(site.Close)
	d.base = site.URL + "/desk/"
	today := deskToday()
	files := tree{
		"config.toml": []byte(`title = "Desk"
contact = "office@example.org"
[request]
method = "` + method + `"
endpoint = "` + endpoint.URL + `/take"
address = "office@example.org"
url = "https://forms.example.org/f?mentor={mentor.name}&id={mentor.id}&second={choice2.id}&program={program}&goal={goal}"
origins = ["https://own.example.org"]
max_choices = 2
min_words = 5
[request.hidden]
access_key = "k-1"
[repository]
url = "https://github.com/example/portal"
`),
		"content/vocabulary/topics.toml": []byte("[[term]]\nid = \"first-job\"\nlabel = \"First job\"\nask = \"Every advert wants experience.\"\n[[term]]\nid = \"other\"\nlabel = \"Other\"\n"),
		"content/vocabulary/skills.toml": []byte("[[term]]\nid = \"go\"\nlabel = \"Go\"\n[[term]]\nid = \"law\"\nlabel = \"Law\"\n"),
		"content/goals/plan.toml":        []byte("title = \"A plan\"\nstatement = \"I want a plan for spring.\"\nduration_weeks = 4\n"),
		"content/programs/any.toml":      []byte("title = \"Any time\"\n"),
		"content/programs/later.toml": fmt.Appendf(nil, "title = \"Later\"\n[[cohorts]]\nid = \"one\"\nregistration_opens = %s\nregistration_closes = %s\nstarts = %s\n",
			today.AddDays(20), today.AddDays(30), today.AddDays(40)),
		"content/mentors/ana.toml": []byte("name = \"Ana Díaz\"\nheadline = \"Helps\"\nskills = [\"go\"]\nhelp_with = [\"first-job\"]\nprograms = [\"any\"]\ntimezone = \"Europe/Madrid\"\n[availability]\ncapacity = 3\ncurrent = 1\nresponse_days = 4\nhours_per_month = 2\n"),
		"content/mentors/bo.toml":  []byte("name = \"Bo\"\nheadline = \"Listens\"\nskills = [\"law\"]\nhelp_with = [\"other\"]\n[availability]\nstatus = \"waitlist\"\n"),
		"content/mentors/cy.toml":  fmt.Appendf(nil, "name = \"Cy\"\nheadline = \"Away\"\nskills = [\"go\"]\nhelp_with = [\"first-job\"]\n[availability]\nstatus = \"paused\"\nuntil = %s\n", today.AddDays(9)),
		"content/mentors/dee.toml": []byte("name = \"Dee\"\nheadline = \"Later\"\nskills = [\"law\"]\nhelp_with = [\"other\"]\nprograms = [\"later\"]\n"),
		"content/mentors/eva.toml": []byte("name = \"Eva\"\nheadline = \"Own page\"\nhelp_with = [\"other\"]\n[request]\nurl = \"https://own.example.org/ask\"\n"),
	}
	if edit != nil {
		edit(files, d)
	}
	d.source = t.TempDir()
	files.write(t, d.source)
	g := newGenerator(t, Options{Source: d.source, BaseURL: d.base, Now: time.Now})
	if _, err := g.Build(t.Context(), BuildOptions{Destination: d.dest}); err != nil {
		t.Fatalf("the site cannot be built: %v", err)
	}
	return d
}

// tabTo walks to an element with the Tab key.
func (b *tab) tabTo(selector string) {
	b.t.Helper()
	b.until(selector, `!!document.querySelector(`+quote(selector)+`)`)
	for range 120 {
		if ask[bool](b, `document.activeElement.matches(`+quote(selector)+`)`) {
			return
		}
		b.press(kb.Tab)
	}
	b.t.Fatalf("the Tab key does not reach %s; it is at %s", selector, ask[string](b, `document.activeElement.outerHTML.slice(0, 160)`))
}

// follow walks to a link or button with the Tab key and presses Enter.
func (b *tab) follow(selector string) {
	b.t.Helper()
	b.tabTo(selector)
	b.press(kb.Enter)
}
