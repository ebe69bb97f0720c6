package generator

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/stoa-portal/stoa/generator/internal/server"
)

var (
	steps = flag.Int("steps", 60, "how many random edits TestAnyEdits makes")
	seed  = flag.Uint64("seed", 1, "which random edits TestAnyEdits makes")
)

// TestAnyEdits is the specification of rows and keys: after any edits of any files, a
// destination that was built again and again holds the bytes of a clean build, and a
// preview that has watched all along answers with them. When the site has errors, all
// three say the same, and the destination is as it was.
func TestAnyEdits(t *testing.T) {
	if testing.Short() {
		*steps = min(*steps, 15)
	}
	e := newEditor(*seed)
	dir := t.TempDir()
	source, now := filepath.Join(dir, "site"), &clock{time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)}
	e.files.write(t, source)
	options := Options{Source: source, Now: now.Now}
	same := &tracked{name: "the same generator", dest: filepath.Join(dir, "same"), generator: newGenerator(t, options)}
	fresh := &tracked{name: "a new generator each time", dest: filepath.Join(dir, "fresh")}
	rest := &tracked{name: "with quarantine", dest: filepath.Join(dir, "rest"), quarantine: true}
	served := newWatched(t, options)
	sound := 0
	for step := range *steps {
		what := e.step()
		e.files.write(t, source)
		now.now = time.Date(2026, 11, 23+e.day, 12, 0, 0, 0, time.UTC)

		g := newGenerator(t, options)
		clean := filepath.Join(dir, "clean", fmt.Sprint(step))
		result, err := g.Build(t.Context(), BuildOptions{Destination: clean})
		e.settled(err == nil)
		want := readTree(t, clean)
		if err == nil {
			sound++
		}
		fresh.generator = same.heir(t, options)
		for _, warm := range []*tracked{same, fresh} {
			warm.check(t, want, text(result.Problems), err == nil)
		}
		served.check(t, want, err == nil)
		if err != nil { // what can be published without the faulty files
			removeAll(t, clean)
			result, err := newGenerator(t, options).Build(t.Context(), BuildOptions{Destination: clean, Quarantine: true})
			rest.generator = same.heir(t, options)
			rest.check(t, readTree(t, clean), text(result.Problems), err == nil)
		}
		if t.Failed() {
			t.Fatalf("after step %d of seed %d (%s; sound: %v)\n%s", step, *seed, what, err == nil, text(result.Problems))
		}
		removeAll(t, clean)
		removeAll(t, filepath.Join(dir, "clean", "."+fmt.Sprint(step)+".stoa"))
	}
	if sound < *steps/3 {
		t.Errorf("the site was sound after %d of %d steps: the editor breaks too much", sound, *steps)
	}
	t.Logf("%d steps, %d of them to a sound site of %d files", *steps, sound, len(same.last))
}

// A tracked is a destination that is built after every edit.
type tracked struct {
	name      string
	dest      string
	generator *Generator

	quarantine bool
	last       tree // of the last build that succeeded
}

// heir is a new generator that need not load the theme again, which would take most of the
// time; clean builds do.
func (d *tracked) heir(t *testing.T, o Options) *Generator {
	g := newGenerator(t, o)
	g.theme, g.dressed, g.dressing = d.generator.theme, d.generator.dressed, d.generator.dressing
	return g
}

func (d *tracked) check(t *testing.T, want tree, problems string, sound bool) {
	t.Helper()
	result, err := d.generator.Build(t.Context(), BuildOptions{Destination: d.dest, Quarantine: d.quarantine})
	if (err == nil) != sound {
		t.Errorf("%s: built: %v, by a clean build: %v", d.name, err, sound)
	}
	if got := text(result.Problems); got != problems {
		t.Errorf("%s: problems\n%sby a clean build\n%s", d.name, got, problems)
	}
	if !sound {
		want = d.last
	}
	got := readTree(t, d.dest)
	for _, line := range differences(got, want) {
		t.Errorf("%s: %s", d.name, line)
	}
	d.last = got
}

// A watched is a preview, of which every look is taken when the test says.
type watched struct {
	*Generator
	ctx     context.Context
	preview *server.Server
	current *sweep
	base    string
}

func newWatched(t *testing.T, o Options) *watched {
	return &watched{newGenerator(t, o), t.Context(), nil, noSweep(), ""}
}

func (w *watched) check(t *testing.T, want tree, sound bool) {
	t.Helper()
	snapshot, err := w.scan()
	if err != nil {
		t.Fatal(err)
	}
	base := "/"
	if c, ok := w.peek(snapshot); ok {
		var s site
		s.setBase(w.options.BaseURL, c.BaseURL)
		base = s.base
	}
	if w.preview == nil || w.base != base { // serve keeps the base path it began with
		w.current.stop()
		w.base, w.preview = base, server.New(server.Options{BasePath: base})
	}
	w.current = w.show(w.ctx, snapshot, w.preview, w.current, nil)
	if w.current.done != nil {
		<-w.current.done
	}
	if !sound {
		if status, body := w.get("index.html"); status != http.StatusInternalServerError {
			t.Errorf("served: the site has errors, and the home page is answered with %d: %.100s", status, body)
		}
		return
	}
	for path, data := range want {
		status, body := w.get(path)
		if path == "404.html" {
			status = http.StatusOK
		}
		if status != http.StatusOK || !bytes.Equal(body, data) {
			t.Errorf("served: %s is answered with %d: %s", path, status, differences(tree{path: body}, tree{path: data}))
			return
		}
	}
	if status, _ := w.get("mentors/nobody-of-that-name/"); status != http.StatusNotFound {
		t.Errorf("served: what is not there is answered with %d", status)
	}
}

// get asks the preview for a file, without the script that it adds to pages.
func (w *watched) get(path string) (int, []byte) {
	address := url.URL{Path: w.base + strings.TrimSuffix(path, "index.html")}
	r := httptest.NewRequest(http.MethodGet, "http://localhost"+address.String(), nil)
	r.Header.Set("Accept", "text/html, */*")
	answer := httptest.NewRecorder()
	w.preview.Handler().ServeHTTP(answer, r)
	return answer.Code, liveScript.ReplaceAll(answer.Body.Bytes(), nil)
}

var liveScript = regexp.MustCompile(`<script src="[^"]*__stoa/live\.js" data-tag="[^"]*" defer></script>`)

// TestSameBytes builds one site with one processor and with eight.
func TestSameBytes(t *testing.T) {
	source := filepath.Join(t.TempDir(), "site")
	newEditor(5).files.write(t, source)
	var trees []tree
	for _, processors := range []int{1, 8} {
		before := runtime.GOMAXPROCS(processors)
		files, _ := built(t, Options{Source: source})
		runtime.GOMAXPROCS(before)
		trees = append(trees, files)
	}
	for _, line := range differences(trees[1], trees[0]) {
		t.Error(line)
	}
}
