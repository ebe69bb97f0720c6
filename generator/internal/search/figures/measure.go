package main

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
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

// A host hands files out, and counts the bytes of what it hands out.
type host struct {
	rows  map[string]output.File
	files map[string][]byte

	mu      sync.Mutex
	index   int            // bytes of the index
	scripts map[string]int // bytes of each script that was asked for, by path
	server  *httptest.Server
}

func (s *site) host() *host {
	h := &host{rows: map[string]output.File{}, files: s.files, scripts: map[string]int{}}
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
	h.mu.Lock()
	if strings.HasPrefix(name, "search/en/") {
		h.index += len(data)
	} else if ext == ".js" {
		h.scripts["/"+name] = len(data)
	}
	h.mu.Unlock()
	w.Header().Set("Cache-Control", "no-store") // a page asks for each script, once
	_, _ = w.Write(data)
}

// taken is the bytes of the index that were handed out since it was last asked.
func (h *host) taken() int {
	h.mu.Lock()
	defer h.mu.Unlock()
	n := h.index
	h.index = 0
	return n
}

// sizeOf is the bytes of scripts, given by path, but for some of them.
func (h *host) sizeOf(scripts, without []string) int {
	h.mu.Lock()
	defer h.mu.Unlock()
	n := 0
	for _, script := range scripts {
		if !slices.Contains(without, script) {
			n += h.scripts[script]
		}
	}
	return n
}

// loaded are the scripts, by path, that a page has loaded when it has come to a point.
type loaded struct {
	Ready   []string `json:"ready"`   // the index can take the first key
	Shown   []string `json:"shown"`   // cards with a word are there
	Counted []string `json:"counted"` // and the counts of all facets
}

const loadedScripts = `const loaded = () => performance.getEntriesByType("resource").map(({ name }) => new URL(name).pathname).filter((path) => path.endsWith(".js"));
	const until = async (done) => {
		for (let i = 0; i < 600 && !done(); i++) await new Promise((after) => setTimeout(after, 50));
		if (!done()) throw new Error("it does not come to " + done);
		await new Promise((after) => setTimeout(after, 300));
	};`

// visit opens the directory as a visitor does: the page, then the cursor in the field, then a
// word. It gives the scripts of the search at each point, and the bytes of the index up to the first key.
// What a mentor's page loads, too, is not the search's, but for the button of the search there.
func (h *host) visit(ctx context.Context, mentor, word string) (at loaded, elsewhere []string, first int, err error) {
	if err = chromedp.Do(ctx, chromedp.Navigate(h.server.URL+"/mentors/"+mentor+"/")); err != nil {
		return
	}
	elsewhere, err = chromedp.Run(ctx, chromedp.Evaluate[[]string]("(async () => {"+loadedScripts+`
		await until(() => document.readyState === "complete" && loaded().length > 0);
		return loaded();
	})()`, chromedp.EvalAwaitPromise))
	if err != nil {
		return
	}
	elsewhere = slices.DeleteFunc(elsewhere, func(script string) bool { return path.Base(script) == "site-search.js" })
	h.taken()
	if err = chromedp.Do(ctx, chromedp.Navigate(h.server.URL+"/mentors/")); err != nil {
		return
	}
	at.Ready, err = chromedp.Run(ctx, chromedp.Evaluate[[]string]("(async () => {"+loadedScripts+`
		const field = document.querySelector(".directory .search-form input[type=search]");
		await until(() => {
			field.dispatchEvent(new Event("pointerdown", { bubbles: true }));
			return performance.getEntriesByType("resource").some(({ name }) => name.endsWith("/manifest.json"));
		});
		return loaded();
	})()`, chromedp.EvalAwaitPromise))
	if err != nil {
		return
	}
	first = h.taken()
	text, err := json.Marshal(word)
	if err != nil {
		return
	}
	later, err := chromedp.Run(ctx, chromedp.Evaluate[loaded]("(async () => {"+loadedScripts+fmt.Sprintf(`
		const root = document.querySelector(".directory");
		const field = root.querySelector(".search-form input[type=search]");
		const results = root.querySelector(".directory-results");
		const before = results.querySelector(".cards");
		let shown;
		new MutationObserver(() => {
			const cards = results.querySelector(".cards");
			if (cards && cards !== before) shown ??= loaded();
		}).observe(results, { childList: true });
		field.value = %s;
		field.dispatchEvent(new Event("input", { bubbles: true }));
		await until(() => shown && root.dataset.counting === undefined);
		return { shown, counted: loaded() };
	})()`, text), chromedp.EvalAwaitPromise))
	h.taken()
	at.Shown, at.Counted = later.Shown, later.Counted
	return
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

	r := rand.New(rand.NewPCG(2, 2))
	word, _, _ := s.wanted(r)
	at, elsewhere, first, err := h.visit(ctx, s.portal.Listed[0].ID, word)
	if err != nil {
		return err
	}
	kB := func(n int) string { return fmt.Sprintf("%.1f kB", float64(n)/1000) }
	ready, shown, all := first+h.sizeOf(at.Ready, elsewhere), first+h.sizeOf(at.Shown, elsewhere), first+h.sizeOf(at.Counted, elsewhere)
	c.cells["ready for the first key, all JavaScript of search"] = kB(ready)

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
	median := func(before int, list []int) string {
		slices.Sort(list)
		return fmt.Sprintf("%s (at most %s)", kB(before+list[len(list)/2]), kB(before+list[len(list)-1]))
	}
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
	// A filter needs the scripts that counts need.
	c.cells["one word, ten cards"] = median(shown, one)
	c.cells["one facet value, all counts, ten cards"] = median(all, facet)
	c.cells["two words, two filters, results"] = median(all, two)
	c.cells["two words, two filters, all counts"] = median(all, counted)

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
