package main

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"mime"
	"net/http"
	"net/http/httptest"
	"os"
	"path"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/chromedp/chromedp"

	"github.com/stoa-portal/stoa/generator/internal/output"
	"github.com/stoa-portal/stoa/generator/internal/portal"
	"github.com/stoa-portal/stoa/generator/internal/search"
)

// measure measures one portal.
func measure(ctx context.Context, mentors int, chromium, pagefind string, progress io.Writer) (*column, error) {
	c := &column{mentors: mentors, cells: map[string]string{}}
	s := invent(mentors)
	if err := s.look(); err != nil {
		return nil, err
	}
	fmt.Fprintln(progress, "  the index")
	most, err := s.index()
	if err != nil {
		return nil, err
	}
	c.cells["index memory"] = fmt.Sprintf("%d MB", most>>20)
	if err := s.look(); err != nil {
		return nil, err
	}
	started := time.Now()
	if _, err := s.plan.Search(); err != nil { // without a collector that looks so often
		return nil, err
	}
	took := time.Since(started)
	c.cells["index time"] = fmt.Sprintf("%.2f s", took.Seconds())
	size := 0
	for _, data := range s.files {
		size += len(data)
	}
	c.cells["index on disk"] = fmt.Sprintf("%.2f MB in %d files", float64(size)/1e6, len(s.files))
	if pagefind != "" {
		fmt.Fprintln(progress, "  Pagefind")
		theirs, err := s.pagefind(pagefind)
		if err != nil {
			return nil, err
		}
		c.cells["index time next to Pagefind"] = fmt.Sprintf("%.1f × (%.1f s)", theirs.Seconds()/took.Seconds(), theirs.Seconds())
	}
	if chromium != "off" {
		fmt.Fprintln(progress, "  in the browser")
		if err := s.browse(ctx, chromium, c); err != nil {
			return nil, err
		}
	}
	fmt.Fprintln(progress, "  what is found")
	if c.cells["typo recall, 400 words"], err = s.typos(); err != nil {
		return nil, err
	}
	if c.cells["known item, success@3"], err = s.knownItems(); err != nil {
		return nil, err
	}
	fmt.Fprintln(progress, "  edits")
	c.cells["files rewritten for a word / a skill / a mentor"], err = s.rewritten()
	return c, err
}

// everywhere are the scripts that other pages load, too, and not for the search.
var everywhere = []string{"site.js", "device.js", "color-scheme.js", "freshness.js"}

// A host hands files out, and counts the bytes of what it hands out.
type host struct {
	rows  map[string]output.File
	files map[string][]byte

	mu     sync.Mutex
	bytes  int // of scripts and of the index
	server *httptest.Server
}

func (s *site) host() *host {
	h := &host{rows: map[string]output.File{}, files: s.files}
	for _, row := range s.plan.Files {
		h.rows[row.Path] = row
	}
	h.server = httptest.NewServer(h)
	return h
}

// ServeHTTP answers as a static host does that compresses text.
func (h *host) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	name := strings.TrimPrefix(r.URL.Path, "/")
	if name == "" || strings.HasSuffix(name, "/") {
		name += "index.html"
	}
	data, ok := h.files[strings.TrimPrefix(name, "search/en/")]
	if row, known := h.rows[name]; known && !ok {
		var b bytes.Buffer
		ok = row.Render(&b) == nil
		data = b.Bytes()
	}
	if !ok {
		http.NotFound(w, r)
		return
	}
	ext := path.Ext(name)
	if media := mime.TypeByExtension(ext); media != "" {
		w.Header().Set("Content-Type", media)
	}
	if slices.Contains([]string{".html", ".css", ".js", ".json", ".svg"}, ext) {
		var packed bytes.Buffer
		z := gzip.NewWriter(&packed)
		_, _ = z.Write(data)
		_ = z.Close()
		data = packed.Bytes()
		w.Header().Set("Content-Encoding", "gzip")
	}
	if ext == ".js" && !slices.Contains(everywhere, path.Base(name)) || strings.HasPrefix(name, "search/en/") {
		h.mu.Lock()
		h.bytes += len(data)
		h.mu.Unlock()
	}
	_, _ = w.Write(data)
}

// taken is the bytes handed out since it was last asked.
func (h *host) taken() int {
	h.mu.Lock()
	defer h.mu.Unlock()
	n := h.bytes
	h.bytes = 0
	return n
}

// A try is a search as somebody might make it.
type try struct {
	Q       string              `json:"q,omitempty"`
	Filters map[string][]string `json:"filters,omitempty"`
	Count   int                 `json:"count"`
}

const tries = 40

// browse measures in Chromium.
func (s *site) browse(ctx context.Context, chromium string, c *column) error {
	h := s.host()
	defer h.server.Close()
	profile, err := os.MkdirTemp("", "figures")
	if err != nil {
		return err
	}
	defer os.RemoveAll(profile)
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(chromium), chromedp.UserDataDir(profile), chromedp.DisableGPU, chromedp.WSURLReadTimeout(time.Minute))
	if os.Geteuid() == 0 {
		options = append(options, chromedp.NoSandbox)
	}
	ctx, stop := chromedp.NewExecAllocator(ctx, options...)
	defer stop()
	ctx, _ = chromedp.NewContext(ctx)
	defer func() { _ = chromedp.Cancel(ctx) }()

	// As a visitor comes: the page, then the cursor in the field.
	const ready = `(async () => {
		const field = document.querySelector(".directory .search-form input[type=search]");
		const loaded = () => performance.getEntriesByType("resource").some(({ name }) => name.endsWith("/manifest.json"));
		for (let i = 0; i < 600 && !loaded(); i++) {
			field.dispatchEvent(new Event("pointerdown", { bubbles: true }));
			await new Promise((done) => setTimeout(done, 50));
		}
		await new Promise((done) => setTimeout(done, 300));
		return loaded();
	})()`
	if err := chromedp.Do(ctx, chromedp.Navigate(h.server.URL+"/mentors/")); err != nil {
		return err
	}
	loaded, err := chromedp.Run(ctx, chromedp.Evaluate[bool](ready, chromedp.EvalAwaitPromise))
	if err != nil {
		return err
	}
	if !loaded {
		return errors.New("the directory does not load its search")
	}
	first := h.taken()
	kB := func(n int) string { return fmt.Sprintf("%.1f kB", float64(n)/1000) }
	c.cells["ready for the first key, all JavaScript of search"] = kB(first)

	engine := "/" + s.dress.Root() + "js/search/engine.js"
	// Each try begins with nothing but the scripts and the manifest.
	ask := func(t try, counts bool) (results, all int, err error) {
		text, err := json.Marshal(t)
		if err != nil {
			return 0, 0, err
		}
		run := func(expression string) (int, error) {
			_, err := chromedp.Run(ctx, chromedp.Evaluate[bool]("(async () => {"+expression+"; return true })()", chromedp.EvalAwaitPromise))
			return h.taken(), err
		}
		if _, err = run(fmt.Sprintf(`window.index = await (await import(%q)).openIndex("en", { fetch: (url, o) => fetch(url, { ...o, cache: "no-store" }) })`, engine)); err != nil {
			return 0, 0, err
		}
		if results, err = run(fmt.Sprintf(`await index.search(%s)`, text)); err != nil || !counts {
			return results, 0, err
		}
		all, err = run(fmt.Sprintf(`await index.counts(%s)`, text))
		return results, results + all, err
	}
	if _, _, err := ask(try{Q: "a", Count: 1}, false); err != nil { // the scripts are in the cache now
		return err
	}
	median := func(list []int) string {
		slices.Sort(list)
		return fmt.Sprintf("%s (at most %s)", kB(first+list[len(list)/2]), kB(first+list[len(list)-1]))
	}
	r := rand.New(rand.NewPCG(2, 2))
	var one, facet, two, counted []int
	var typed []string
	for range tries {
		a, b, filters := s.wanted(r)
		results, _, err := ask(try{Q: a + " ", Count: 10}, false)
		if err != nil {
			return err
		}
		one = append(one, results)
		for name, ids := range filters {
			_, all, err := ask(try{Filters: map[string][]string{name: ids}, Count: 10}, true)
			if err != nil {
				return err
			}
			facet = append(facet, all)
		}
		results, all, err := ask(try{Q: a + " " + b, Filters: filters, Count: 10}, true)
		if err != nil {
			return err
		}
		two, counted = append(two, results), append(counted, all)
		typed = append(typed, a, a+" "+b, b[:len(b)/2])
	}
	c.cells["one word, ten cards"] = median(one)
	c.cells["one facet value, all counts, ten cards"] = median(facet)
	c.cells["two words, two filters, results"] = median(two)
	c.cells["two words, two filters, all counts"] = median(counted)

	text, err := json.Marshal(typed)
	if err != nil {
		return err
	}
	times, err := chromedp.Run(ctx, chromedp.Evaluate[[]float64](fmt.Sprintf(`(async () => {
		const times = [];
		for (const warm of [false, true]) for (const q of %s) {
			index.matches.clear();
			const began = performance.now();
			await index.search({ q, count: 24 });
			if (warm) times.push(performance.now() - began);
		}
		return times;
	})()`, text), chromedp.EvalAwaitPromise))
	if err != nil {
		return err
	}
	slices.Sort(times)
	c.cells["key press to results, warm"] = fmt.Sprintf("%.1f ms (95 %%: %.1f)", times[len(times)/2], times[len(times)*95/100])
	return nil
}

// wanted is what somebody might look for who has a certain mentor in mind: two words of the
// profile, and two of its terms.
func (s *site) wanted(r *rand.Rand) (a, b string, filters map[string][]string) {
	for {
		m := s.portal.Listed[r.IntN(len(s.portal.Listed))]
		words := search.Tokens(m.Value.Headline + " " + string(m.Value.Bio))
		skill := s.term(r, m, "skills")
		other := s.portal.Facets[1+r.IntN(len(s.portal.Facets)-1)]
		value := s.term(r, m, other.Name)
		if skill == nil || value == nil {
			continue
		}
		label := search.Tokens(skill.Label("en"))
		a, b = label[len(label)-1], words[r.IntN(len(words))]
		if len(b) < 5 {
			continue
		}
		skill = s.term(r, m, "skills")
		return a, b, map[string][]string{"skills": {skill.ID}, other.Name: {value.ID}}
	}
}

func (s *site) term(r *rand.Rand, m *portal.Mentor, facet string) *portal.Term {
	terms := m.Terms(s.portal.Facet(facet))
	if len(terms) == 0 {
		return nil
	}
	return terms[r.IntN(len(terms))]
}
