package generator

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/stoa-portal/stoa/generator/internal/corpus"
	"github.com/stoa-portal/stoa/generator/internal/search"
	"github.com/stoa-portal/stoa/generator/internal/search/searchtest"
)

// TestBrowserSearchEngine holds the engine in Chromium to the reader in Go, and looks at what
// it does when files are not there.
func TestBrowserSearchEngine(t *testing.T) {
	browser := startBrowser(t)
	vectors, err := searchtest.Read("internal/search/testdata/vectors.json")
	if err != nil {
		t.Fatal(err)
	}
	source, err := vectors.Source()
	if err != nil {
		t.Fatal(err)
	}
	index, err := search.New(source, nil)
	if err != nil {
		t.Fatal(err)
	}
	dest := filepath.Join(t.TempDir(), "public")
	server := httptest.NewServer(http.FileServer(http.Dir(dest)))
	t.Cleanup(server.Close)
	if _, err := newGenerator(t, Options{Source: ".."}).Build(t.Context(), BuildOptions{Destination: dest}); err != nil {
		t.Fatal(err)
	}
	for _, f := range index.Files {
		writeFile(t, dest, "search/vectors/"+f.Path, f.Data)
	}
	invented := t.TempDir()
	if err := corpus.Write(invented, corpus.Options{Mentors: 350, Seed: 4}); err != nil {
		t.Fatal(err)
	}
	files, _ := built(t, Options{Source: invented})
	for path, data := range files {
		if rest, ok := strings.CutPrefix(path, "search/en/"); ok {
			writeFile(t, dest, "search/corpus/"+rest, data)
		}
	}
	engines, err := filepath.Glob(filepath.Join(dest, "assets", "*", "js", "search"))
	if err != nil || len(engines) != 1 {
		t.Fatalf("%d engines: %v", len(engines), err)
	}
	folder, err := filepath.Rel(dest, engines[0])
	if err != nil {
		t.Fatal(err)
	}
	b := newTab(t, browser)
	b.open(server.URL + "/404.html")
	b.heard()
	ask[bool](b, fmt.Sprintf(`(async () => {
		const from = (name) => import(%q + name);
		const [engine, spell] = await Promise.all([from("engine.js"), from("spell.js")]);
		Object.assign(window, { engine, spell, indexes: {} });
		for (const name of ["vectors", "corpus", "en"]) indexes[name] = await engine.openIndex(name);
		window.answer = async (index, question) => {
			const { total, totals, hits, words, corrected } = await index.search(question);
			return {
				total, totals: { ...totals }, ids: hits.map(({ id }) => id), scores: hits.map(({ score }) => score), words,
				corrected: corrected ? corrected.from + " > " + corrected.to : "",
			};
		};
		return true;
	})()`, "/"+filepath.ToSlash(folder)+"/"))

	t.Run("vectors", func(t *testing.T) { testEngineVectors(t, b, vectors) })
	for _, name := range []string{"en", "corpus"} {
		t.Run("questions to "+name, func(t *testing.T) { testEngineQuestions(t, b, name, filepath.Join(dest, "search", name)) })
	}
	t.Run("faults", func(t *testing.T) { testEngineFaults(t, b) })
	t.Run("hostile", func(t *testing.T) { testEngineHostile(t, b) })
}

// told asks the page for JSON.
func told[T any](b *tab, expression string) T {
	b.t.Helper()
	var value T
	if err := json.Unmarshal([]byte(ask[string](b, "(async () => JSON.stringify(await "+expression+"))()")), &value); err != nil {
		b.t.Fatal(err)
	}
	return value
}

// script writes a value into a script.
func script(t *testing.T, value any) string {
	t.Helper()
	text, err := json.Marshal(value)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func testEngineVectors(t *testing.T, b *tab, v *searchtest.Vectors) {
	for _, d := range v.Tokens {
		if got := told[[]string](b, "engine.tokens("+script(t, d.Text)+")"); !slices.Equal(got, d.Want) {
			t.Errorf("the words of %q are %q, and not %q", d.Text, got, d.Want)
		}
	}
	for _, d := range v.Distances {
		if got := told[int](b, fmt.Sprintf("spell.distance([...%s], [...%s], %d)", script(t, d.A), script(t, d.B), d.Limit)); got != d.Want {
			t.Errorf("from %q to %q: %d, and not %d", d.A, d.B, got, d.Want)
		}
	}
	for _, d := range v.Turns {
		if got := told[uint32](b, fmt.Sprintf("engine.turn(%d, %d)", d.Week, d.Seat)); got != d.Want {
			t.Errorf("the turn of %d in week %d is %d, and not %d", d.Seat, d.Week, got, d.Want)
		}
	}
	for _, q := range v.Queries {
		if got := told[any](b, "answer(indexes.vectors, "+script(t, q)+")"); !reflect.DeepEqual(got, q.Want) {
			t.Errorf("%q (%v, %v, %v) finds\n%v, and not\n%v", q.Q, q.Kinds, q.Filters, q.Sort, got, q.Want)
		}
	}
	for _, q := range v.Counts {
		if got := told[any](b, "indexes.vectors.counts("+script(t, q)+")"); !reflect.DeepEqual(got, q.Want) {
			t.Errorf("%q (%v) counts\n%v, and not\n%v", q.Q, q.Filters, got, q.Want)
		}
	}
	for _, w := range v.Nearest {
		if got := told[[]string](b, "indexes.vectors.nearest("+script(t, w.Word)+", { count: 10 })"); !slices.Equal(got, w.Want) {
			t.Errorf("near %q are %q, and not %q", w.Word, got, w.Want)
		}
	}
}

// testEngineQuestions asks random questions of both. That the reader in Go finds what is there, its own
// tests say.
func testEngineQuestions(t *testing.T, b *tab, name, folder string) {
	o, err := search.Open(func(path string) ([]byte, error) { return os.ReadFile(filepath.Join(folder, path)) })
	if err != nil {
		t.Fatal(err)
	}
	all, err := o.Search(search.Query{Kinds: []string{"mentor", "guide"}, Count: 1000})
	if err != nil {
		t.Fatal(err)
	}
	terms, err := o.Counts(search.Query{})
	if err != nil {
		t.Fatal(err)
	}
	ids := map[string][]string{}
	var facets []string
	for facet, counts := range terms {
		facets = append(facets, facet)
		for id := range counts {
			ids[facet] = append(ids[facet], id)
		}
		slices.Sort(ids[facet])
	}
	slices.Sort(facets)
	r := rand.New(rand.NewPCG(6, 6))
	var questions []searchtest.Question
	for range 150 {
		q := searchtest.Question{Count: 20, From: r.IntN(2) * 5, Filters: map[string][]string{}, Literal: r.IntN(3) == 0}
		q.Sort = []string{"", "fair", "name", "newest", "best"}[r.IntN(5)]
		q.Kinds = [][]string{{"mentor"}, {"mentor", "guide", "goal"}}[r.IntN(2)]
		var words []string
		for range r.IntN(5) {
			if tokens := search.Tokens(strings.Join(all.Hits[r.IntN(len(all.Hits))].Card, " ")); len(tokens) > 0 {
				words = append(words, tokens[r.IntN(len(tokens))])
			}
		}
		q.Q = strings.Join(words, " ")
		switch letters := []rune(q.Q); {
		case len(letters) > 3 && r.IntN(4) == 0: // a letter is missing
			at := r.IntN(len(letters))
			q.Q = string(letters[:at]) + string(letters[at+1:])
		case r.IntN(3) == 0: // the last word is not complete
			q.Q = string(letters[:len(letters)*3/4])
		}
		for range r.IntN(3) {
			facet := facets[r.IntN(len(facets))]
			for range 1 + r.IntN(3) {
				q.Filters[facet] = append(q.Filters[facet], ids[facet][r.IntN(len(ids[facet]))])
			}
		}
		questions = append(questions, q)
	}
	type both struct {
		Answer searchtest.Answer
		Counts map[string]map[string]int
	}
	list := script(t, questions)
	got := told[[]both](b, fmt.Sprintf(`(async () => {
		const all = [];
		for (const question of %s) all.push({ answer: await answer(indexes[%q], question), counts: await indexes[%q].counts(question) });
		return all;
	})()`, list, name, name))
	found := 0
	for i, q := range questions {
		result, err := o.Search(q.Query())
		if err != nil {
			t.Fatal(err)
		}
		want := searchtest.NewAnswer(result)
		found += len(want.IDs)
		if !reflect.DeepEqual(got[i].Answer, want) {
			t.Errorf("%s finds\n%v, and not\n%v", script(t, q), got[i].Answer, want)
		}
		counts, err := o.Counts(q.Query())
		if err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(got[i].Counts, counts) {
			t.Errorf("%s counts other terms", script(t, q))
		}
		if t.Failed() {
			return
		}
	}
	if found < 500 {
		t.Errorf("%d hits of %d questions", found, len(questions))
	}
}

// testEngineFaults takes files away.
func testEngineFaults(t *testing.T, b *tab) {
	reasons := told[map[string]string](b, `(async () => {
		const reasons = {};
		const attempt = async (what, fetch, name = "corpus") => {
			try {
				const index = await engine.openIndex(name, { fetch });
				const { total } = await index.search({ q: "statistics" });
				reasons[what] = total > 0 ? "fine" : "nothing";
			} catch (error) {
				reasons[what] = error instanceof engine.SearchError ? error.reason : String(error);
			}
		};
		const is = (url, letter) => new URL(url).pathname.split("/").pop().startsWith(letter);
		const half = async (response) => {
			const data = await response.arrayBuffer();
			return new Response(data.slice(0, data.byteLength / 2));
		};
		await attempt("nothing wrong", (url, o) => fetch(url, o));
		await attempt("no network", async () => { throw new TypeError("Failed to fetch"); });
		await attempt("no index", async () => new Response("", { status: 404 }));
		await attempt("a page for the manifest", async () => new Response("<!doctype html>"));
		await attempt("no such version", async () => new Response('{"v":99}'));
		await attempt("a shard is missing", async (url, o) => is(url, "w") ? new Response("", { status: 404 }) : fetch(url, o));
		await attempt("a shard is cut off", async (url, o) => is(url, "w") ? half(await fetch(url, o)) : fetch(url, o));
		await attempt("a shard is a page", async (url, o) => is(url, "c") ? new Response("<!doctype html>") : fetch(url, o));
		await attempt("a cached shard is cut off", async (url, o) => is(url, "w") && o.cache !== "reload" ? half(await fetch(url, o)) : fetch(url, o));
		await attempt("the network goes", async (url, o) => { if (is(url, "w")) throw new TypeError("Failed to fetch"); return fetch(url, o); });
		await attempt("the manifest is an old one", async (url, o) => {
			const response = await fetch(url, o);
			if (!is(url, "manifest") || o.cache === "reload") return response;
			const manifest = await response.json();
			for (const entry of Object.values(manifest.files)) entry[0] = entry[0].replace(/[0-8]/g, (digit) => +digit + 1);
			return new Response(JSON.stringify(manifest));
		});
		await attempt("the one file is cut off", async (url, o) => is(url, "o") ? half(await fetch(url, o)) : fetch(url, o), "vectors");
		await attempt("the one file in the cache is cut off", async (url, o) => is(url, "o") && o.cache !== "reload" ? half(await fetch(url, o)) : fetch(url, o), "vectors");
		const unpacked = globalThis.DecompressionStream;
		delete globalThis.DecompressionStream;
		await attempt("an old browser", (url, o) => fetch(url, o));
		globalThis.DecompressionStream = unpacked;
		let works = true;
		const index = await engine.openIndex("corpus", { fetch: (url, o) => (works ? fetch(url, o) : Promise.reject(new TypeError("Failed to fetch"))) });
		works = false;
		await index.search({ q: "statistics" }).catch((error) => (reasons["while offline"] = error.reason));
		works = true;
		reasons["back again"] = (await index.search({ q: "statistics" })).total > 0 ? "fine" : "nothing";
		const stop = new AbortController();
		const stopped = index.search({ q: "ecology", signal: stop.signal }).catch((error) => error.name);
		stop.abort();
		reasons["called off"] = await stopped;
		return reasons;
	})()`)
	want := map[string]string{
		"nothing wrong": "fine", "no network": "offline", "no index": "missing", "a page for the manifest": "damaged", "no such version": "damaged",
		"a shard is missing": "damaged", "a shard is cut off": "damaged", "a shard is a page": "damaged", "a cached shard is cut off": "fine",
		"the network goes": "offline", "the manifest is an old one": "fine", "an old browser": "unsupported", "the one file is cut off": "damaged", "the one file in the cache is cut off": "fine",
		"while offline": "offline", "back again": "fine", "called off": "AbortError",
	}
	for what, reason := range want {
		if reasons[what] != reason {
			t.Errorf("%s: %q, and not %q", what, reasons[what], reason)
		}
	}
}

// testEngineHostile asks what nobody should.
func testEngineHostile(t *testing.T, b *tab) {
	said := told[map[string]any](b, `(async () => {
		const index = indexes.corpus;
		const said = {};
		for (const q of ["(((((", "a".repeat(10000), "x ".repeat(5000), "\\", "[a-z]*+?", "\u0000\u0001", "\uD800", "a\uDC00b", "<img src=x onerror=alert(1)>", "%00%ff", "constructor __proto__ toString", "'\"`+"`"+`", "\u202Eabc", "🎓".repeat(500)]) {
			const { hits } = await index.search({ q, count: 3 });
			await index.counts({ q });
			await index.suggest(q);
			await index.nearest(q);
			said[q.slice(0, 12)] = hits.length;
		}
		const started = performance.now();
		await index.search({ q: "mentor ".repeat(1500) });
		said.slow = performance.now() - started > 5000;
		const many = (await index.terms("skills")).slice(0, 200).map(({ id }) => id);
		said.many = (await index.search({ filters: { skills: many, nothing: many } })).total;
		said.all = (await index.search({})).total;
		said.countsOfMany = Object.values((await index.counts({ filters: { skills: many } })).modes).some((n) => n > 0);
		const filters = JSON.parse('{"__proto__": ["x"], "constructor": ["y"], "skills": ["__proto__", "toString"]}');
		said.unknown = (await index.search({ filters })).total;
		said.polluted = "x" in {} || Object.prototype.polluted !== undefined;
		return said;
	})()`)
	if said["slow"] != false || said["polluted"] != false || said["countsOfMany"] != true || said["unknown"] != said["all"] {
		t.Errorf("%v", said)
	}
	if many, _ := said["many"].(float64); many < 200 || many > said["all"].(float64) {
		t.Errorf("%v mentors have one of 200 skills", said["many"])
	}
}
