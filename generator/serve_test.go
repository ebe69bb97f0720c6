package generator

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// A change is something that people do to a site while it is shown.
type change struct {
	name string
	do   func(t *testing.T, dir string)
	say  string // what pages show instead of themselves, "" when the site is sound
}

var changes = []change{
	{"a folder in a folder, with a guide", func(t *testing.T, dir string) {
		writeFile(t, dir, "content/guides/more/deeper/third.md", []byte("# The third\n\nOn from [the first](../../start/first.md).\n"))
	}, ""},
	{"a file saved by way of another", func(t *testing.T, dir string) {
		writeFile(t, dir, "content/.ben.toml.swp", []byte("name = \"Ben Ade\"\nheadline = \"Saved\"\n"))
		rename(t, dir, "content/.ben.toml.swp", "content/mentors/ben.toml")
	}, ""},
	{"a profile renamed", func(t *testing.T, dir string) {
		rename(t, dir, "content/mentors/ben.toml", "content/mentors/benjamin.toml")
	}, ""},
	{"a photo replaced", func(t *testing.T, dir string) {
		data, err := os.ReadFile(filepath.Join(dir, "content/guides/start/table.png"))
		if err != nil {
			t.Fatal(err)
		}
		if err := os.Remove(filepath.Join(dir, "content/mentors/ana.jpg")); err != nil {
			t.Fatal(err)
		}
		writeFile(t, dir, "content/mentors/ana.png", data)
	}, ""},
	{"a file that cannot be read", func(t *testing.T, dir string) {
		writeFile(t, dir, "content/mentors/eve.toml", []byte("name = \"Eve\"\nskils = []\n"))
	}, "there is no key &#34;skils&#34;"},
	{"the file mended", func(t *testing.T, dir string) {
		writeFile(t, dir, "content/mentors/eve.toml", []byte("name = \"Eve\"\nheadline = \"Mended\"\n"))
	}, ""},
	{"a link that leads nowhere", func(t *testing.T, dir string) {
		writeFile(t, dir, "content/guides/more/deeper/third.md", []byte("# The third\n\nOn from [the first](first.md).\n"))
	}, "there is no file &#34;first.md&#34;"},
	{"the guide and its folders deleted", func(t *testing.T, dir string) { removeAll(t, filepath.Join(dir, "content/guides/more")) }, ""},
	{"five hundred files at once", func(t *testing.T, dir string) {
		for i := range 500 {
			writeFile(t, dir, fmt.Sprintf("content/mentors/one-of-many-%d.toml", i), fmt.Appendf(nil, "name = \"Number %d\"\nheadline = \"One\"\n", i))
		}
	}, ""},
	{"and away again", func(t *testing.T, dir string) {
		for i := range 500 {
			removeAll(t, filepath.Join(dir, fmt.Sprintf("content/mentors/one-of-many-%d.toml", i)))
		}
	}, ""},
	{"another title", func(t *testing.T, dir string) {
		data, err := os.ReadFile(filepath.Join(dir, "config.toml"))
		if err != nil {
			t.Fatal(err)
		}
		writeFile(t, dir, "config.toml", bytes.Replace(data, []byte(`"Northgate"`), []byte(`"Southgate"`), 1))
	}, ""},
	{"a theme of the site's own", func(t *testing.T, dir string) {
		writeFile(t, dir, "themes/default/layouts/page.html", []byte("{{define \"main\"}}<h1>{{.Title}}</h1>{{.Body.HTML}}{{end}}\n"))
		writeFile(t, dir, "themes/default/assets/own.css", []byte("p { margin: 0 }\n"))
	}, ""},
	{"a slip in a layout", func(t *testing.T, dir string) {
		writeFile(t, dir, "themes/default/layouts/page.html", []byte("{{define \"main\"}}<h1>{{.Titel}}</h1>{{end}}\n"))
	}, "there is no Titel"},
	{"the theme away again", func(t *testing.T, dir string) { removeAll(t, filepath.Join(dir, "themes")) }, ""},
}

func rename(t *testing.T, dir, from, to string) {
	t.Helper()
	if err := os.Rename(filepath.Join(dir, filepath.FromSlash(from)), filepath.Join(dir, filepath.FromSlash(to))); err != nil {
		t.Fatal(err)
	}
}

// TestServe changes a site while it is shown, in every way that editors and git do, and
// holds the answers against a clean build.
func TestServe(t *testing.T) {
	source := filepath.Join(t.TempDir(), "site")
	readTree(t, "testdata/broken/site").write(t, source)
	s := serving(t, Options{Source: source}, ServeOptions{})
	s.agrees(t, source)
	for _, c := range changes {
		c.do(t, source)
		if c.say != "" {
			s.says(t, c.name, c.say)
		} else {
			t.Log(c.name)
			s.agrees(t, source)
		}
		if t.Failed() {
			t.Fatalf("after %s", c.name)
		}
	}
}

// TestServePolling does without events of the system.
func TestServePolling(t *testing.T) {
	t.Parallel()
	source := filepath.Join(t.TempDir(), "site")
	readTree(t, "testdata/broken/site").write(t, source)
	s := serving(t, Options{Source: source}, ServeOptions{Poll: true})
	changes[0].do(t, source)
	s.agrees(t, source)
}

// A shown is a preview that runs, on a port of its own.
type shown struct {
	address string
	looked  chan struct{} // holds a value when something may have changed
}

func serving(t *testing.T, o Options, how ServeOptions) *shown {
	t.Helper()
	s := &shown{looked: make(chan struct{}, 1)}
	ready, ended := make(chan string, 1), make(chan error, 1)
	how.Ready = func(address string) { ready <- address }
	how.Look = func(int, Problems) {
		select {
		case s.looked <- struct{}{}:
		default:
		}
	}
	g := newGenerator(t, o)
	ctx, stop := context.WithCancel(t.Context())
	go func() { ended <- g.Serve(ctx, how) }()
	t.Cleanup(func() {
		stop()
		if err := <-ended; err != nil {
			t.Errorf("serving ended with %v", err)
		}
	})
	select {
	case s.address = <-ready:
	case err := <-ended:
		ended <- err
		t.Fatalf("serving ended with %v", err)
	}
	return s
}

// until tries again after every look, until nothing is wrong or the time is over.
func (s *shown) until(t *testing.T, wrong func() []string) {
	t.Helper()
	over := time.After(20 * time.Second)
	for {
		lines := wrong()
		if len(lines) == 0 {
			return
		}
		select {
		case <-s.looked:
		case <-over:
			t.Errorf("the preview does not show what it should:\n%s", strings.Join(lines, "\n"))
			return
		}
	}
}

// agrees waits until the preview answers with what a clean build writes, and with nothing
// else.
func (s *shown) agrees(t *testing.T, source string) {
	t.Helper()
	want, _ := built(t, Options{Source: source})
	s.until(t, func() []string {
		got := tree{}
		for path := range want {
			if status, body := s.get(t, path); status == http.StatusOK || path == "404.html" {
				got[path] = body
			}
			if lines := differences(tree{path: got[path]}, tree{path: want[path]}); len(lines) > 0 {
				return lines // the rest can wait until it is the same
			}
		}
		for _, path := range []string{"guides/more/deeper/third/index.html", "mentors/ben/index.html", "mentors/one-of-many-7/index.html"} {
			if status, _ := s.get(t, path); want[path] == nil && status != http.StatusNotFound {
				return []string{fmt.Sprintf("%s is gone, and answered with %d", path, status)}
			}
		}
		return nil
	})
}

// says waits until pages are answered with a problem.
func (s *shown) says(t *testing.T, name, words string) {
	t.Helper()
	s.until(t, func() []string {
		if status, body := s.get(t, "index.html"); status != http.StatusInternalServerError || !bytes.Contains(body, []byte(words)) {
			return []string{fmt.Sprintf("after %s the home page is answered with %d: %.3000s", name, status, body)}
		}
		return nil
	})
}

func (s *shown) get(t *testing.T, path string) (int, []byte) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, s.address+strings.TrimSuffix(path, "index.html"), nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Accept", "text/html, */*")
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer.StatusCode, liveScript.ReplaceAll(body, nil)
}
