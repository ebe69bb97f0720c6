package search

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/stoa-portal/stoa/generator/internal/digest"
	"github.com/stoa-portal/stoa/generator/internal/turn"
)

// A portal is documents to make an index from.
type portal struct {
	source    Source
	documents [][]piece // by kind
}

type piece struct {
	id    string
	texts []Text
	terms [][]int // indices by facet
	class int
}

// invent makes a portal of so many mentors and guides.
func invent(mentors, guides int, seed uint64) *portal {
	r := rand.New(rand.NewPCG(seed, 7))
	p := &portal{source: Source{Language: "en", Week: turn.Week(2026, 48), Portrait: [3]int{96, 192, 96}}}
	for f, n := range []int{60, 8, 3} {
		terms := make([]Term, n)
		for i := range terms {
			terms[i] = Term{ID: fmt.Sprintf("term-%d-%d", f, i), Label: fmt.Sprintf("Term %d %d", f, i)}
		}
		p.source.Facets = append(p.source.Facets, NewFacet([]string{"skills", "stages", "modes"}[f], terms))
	}
	words := make([]string, 900)
	for i := range words {
		words[i] = invented(r) + []string{"", "s", "ing", "ed"}[r.IntN(4)]
	}
	zipf := rand.NewZipf(r, 1.3, 8, uint64(len(words)-1))
	some := func(n int) string {
		list := make([]string, n)
		for i := range list {
			list[i] = words[zipf.Uint64()]
		}
		return strings.Join(list, " ")
	}
	for k, n := range []int{mentors, guides} {
		var list []piece
		for i := range n {
			d := piece{id: fmt.Sprintf("%s-%d", []string{"mentor", "guide"}[k], i), class: r.IntN(Classes)}
			d.texts = []Text{{Name, invented(r) + " " + invented(r)}, {Headline, some(5)}, {Body, some(20 + r.IntN(40))}}
			if k == 0 {
				for f, facet := range p.source.Facets {
					var terms []int
					for range r.IntN(4) {
						if t := min(r.IntN(len(facet.Terms)), r.IntN(len(facet.Terms))); !slices.Contains(terms, t) {
							terms = append(terms, t)
							d.texts = append(d.texts, Text{[]Field{Skills, Facts, Facts}[f], facet.Terms[t].Label})
						}
					}
					d.terms = append(d.terms, terms)
				}
			}
			list = append(list, d)
		}
		p.documents = append(p.documents, list)
	}
	p.arrange()
	return p
}

var parts = strings.Fields("ba ce di fo gu ha je ki lo mu na pe ri so tu va we xi yo zu bra cle dri sto gru")

func invented(r *rand.Rand) string {
	var b strings.Builder
	for range 2 + r.IntN(3) {
		b.WriteString(parts[r.IntN(len(parts))])
	}
	return b.String()
}

// arrange makes the source of the documents.
func (p *portal) arrange() {
	p.source.Kinds, p.source.ByName, p.source.ByDate = nil, nil, nil
	for k, list := range p.documents {
		kind := Kind{Name: []string{"mentor", "guide"}[k]}
		for _, d := range list {
			kind.IDs = append(kind.IDs, d.id)
		}
		kind.Document = func(i int) Document { return p.document(list[i]) }
		p.source.Kinds = append(p.source.Kinds, kind)
	}
	for i := range p.documents[0] {
		p.source.ByName = append(p.source.ByName, len(p.documents[0])-1-i)
		p.source.ByDate = append(p.source.ByDate, i)
	}
}

func (p *portal) document(d piece) Document {
	document := Document{Sum: digest.Of(d.texts), Texts: func() []Text { return d.texts }, Class: d.class, Card: []string{d.texts[0].Words, d.id}}
	for f, terms := range d.terms {
		numbers := make([]int, len(terms))
		for i, t := range terms {
			numbers[i] = p.source.Facets[f].numbers[t]
		}
		document.Terms = append(document.Terms, numbers)
	}
	return document
}

// made is the files of an index by path.
func made(t testing.TB, s Source, memory *Memory, oneFile int) map[string][]byte {
	t.Helper()
	index, err := newIndex(s, memory, oneFile)
	if err != nil {
		t.Fatal(err)
	}
	files := map[string][]byte{}
	for _, f := range index.Files {
		if files[f.Path] != nil {
			t.Fatalf("two files are called %s", f.Path)
		}
		files[f.Path] = f.Data
	}
	return files
}

func opened(t testing.TB, files map[string][]byte) *Opened {
	t.Helper()
	o, err := Open(func(path string) ([]byte, error) {
		if files[path] == nil {
			return nil, fs.ErrNotExist
		}
		return files[path], nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return o
}

// sizes of portals: in one file, in a few, and with lists of files.
var portals = []struct{ mentors, guides, oneFile int }{{0, 0, oneFile}, {1, 0, oneFile}, {40, 10, oneFile}, {40, 10, 0}, {350, 40, 0}, {1700, 60, 0}}

func TestCheck(t *testing.T) {
	for _, size := range portals {
		p := invent(size.mentors, size.guides, 3)
		files := made(t, p.source, nil, size.oneFile)
		if err := opened(t, files).Check(); err != nil {
			t.Errorf("%d mentors: %v", size.mentors, err)
		}
		if one := len(files) == 2; one != (size.oneFile > 0) {
			t.Errorf("%d mentors in %d files", size.mentors, len(files))
		}
		for path, data := range files {
			if path == "manifest.json" {
				continue
			}
			less := maps.Clone(files)
			less[path] = data[:len(data)/2]
			if o, err := Open(func(path string) ([]byte, error) { return less[path], nil }); err == nil && o.Check() == nil {
				t.Errorf("%d mentors: half of %s passes for all of it", size.mentors, path)
			}
			break
		}
	}
}

// A reader that looks at every document: what the index is to find.
type everyReader struct {
	*portal
	stem *stemmer
}

// stems are those of a document; true are those that stand not only in its body.
func (e everyReader) stems(texts []Text) map[string]bool {
	stems := map[string]bool{}
	for _, text := range texts {
		for _, token := range Tokens(text.Words) {
			stem := e.stem.of(token)
			stems[stem] = stems[stem] || text.Field != Body
		}
	}
	return stems
}

func (e everyReader) passes(d piece, filters map[string][]string, but int) bool {
	for f, facet := range e.source.Facets {
		ids := filters[facet.Name]
		known := slices.ContainsFunc(facet.Terms, func(t Term) bool { return slices.Contains(ids, t.ID) })
		if f == but || !known {
			continue
		}
		if !slices.ContainsFunc(d.terms[f], func(t int) bool { return slices.Contains(ids, facet.Terms[t].ID) }) {
			return false
		}
	}
	return true
}

// TestEverybody asks a thousand random questions and reads every document to answer them.
func TestEverybody(t *testing.T) {
	for _, size := range portals[2:] {
		p := invent(size.mentors, size.guides, 5)
		o := opened(t, made(t, p.source, nil, size.oneFile))
		e := everyReader{p, newStemmer("en")}
		mentors := p.documents[0]
		stems, documents := make([]map[string]bool, len(mentors)), map[string]int{}
		for k, list := range p.documents {
			for i, d := range list {
				all := e.stems(d.texts)
				for stem := range all {
					documents[stem]++
				}
				if k == 0 {
					stems[i] = all
				}
			}
		}
		common := func(stem string) bool { return isCommon(documents[stem], len(mentors)+len(p.documents[1])) }
		r := rand.New(rand.NewPCG(9, 9))
		found := 0
		for range map[int]int{40: 150, 350: 500, 1700: 200}[size.mentors] {
			q := p.question(r)
			result, err := o.Search(q)
			if err != nil {
				t.Fatalf("%+v: %v", q, err)
			}
			words := Tokens(q.Q)
			slices.Sort(words)
			words = slices.Compact(words)
			needed := 0
			for _, w := range words {
				if !common(e.stem.of(w)) {
					needed++
				}
			}
			having := func(i int) (any bool, n int) {
				for _, w := range words {
					stem := e.stem.of(w)
					outside, has := stems[i][stem]
					any = any || has && (outside || !common(stem))
					if has && !common(stem) {
						n++
					}
				}
				return any, n
			}
			strict := len(words) <= strictWords && slices.ContainsFunc(indices(len(mentors)), func(i int) bool {
				any, n := having(i)
				return any && n == needed
			})
			var want []string
			counts := map[string]int{}
			for i, d := range mentors {
				if any, n := having(i); len(words) > 0 && (!any || strict && n < needed) {
					continue
				}
				if e.passes(d, q.Filters, -1) {
					want = append(want, d.id)
				}
				for f, terms := range d.terms {
					if e.passes(d, q.Filters, f) {
						for _, term := range terms {
							counts[p.source.Facets[f].Terms[term].ID]++
						}
					}
				}
			}
			var got []string
			for _, hit := range result.Hits {
				got = append(got, hit.Card[1])
			}
			slices.Sort(got)
			slices.Sort(want)
			if !slices.Equal(got, want) || result.Total != len(want) {
				t.Fatalf("%+v finds %d (%d), and not %d", q, len(got), result.Total, len(want))
			}
			found += len(want)
			facets, err := o.Counts(q)
			if err != nil {
				t.Fatal(err)
			}
			for _, terms := range facets {
				for id, n := range terms {
					if n != counts[id] {
						t.Fatalf("%+v: %s has %d, and not %d", q, id, n, counts[id])
					}
				}
			}
		}
		t.Logf("%d mentors: %d found", size.mentors, found)
	}
}

func indices(n int) []int {
	list := make([]int, n)
	for i := range list {
		list[i] = i
	}
	return list
}

// question is a query of words that are in some document, none to be completed or corrected, and of
// filters.
func (p *portal) question(r *rand.Rand) Query {
	q := Query{Count: 1 << 20, Literal: true, Filters: map[string][]string{}, Sort: []string{"", "fair", "name", "newest", "best"}[r.IntN(5)]}
	for range r.IntN(5) {
		d := p.documents[0][r.IntN(len(p.documents[0]))]
		words := Tokens(d.texts[r.IntN(len(d.texts))].Words)
		q.Q += words[r.IntN(len(words))] + " "
	}
	for range r.IntN(3) {
		f := r.IntN(len(p.source.Facets))
		for range 1 + r.IntN(3) {
			q.Filters[p.source.Facets[f].Name] = append(q.Filters[p.source.Facets[f].Name], fmt.Sprintf("term-%d-%d", f, r.IntN(len(p.source.Facets[f].Terms)+1)))
		}
	}
	return q
}

// TestOneFile holds the one file of a small portal to the same answers as many.
func TestOneFile(t *testing.T) {
	p := invent(60, 20, 11)
	one, many := opened(t, made(t, p.source, nil, oneFile)), opened(t, made(t, p.source, nil, 0))
	if one.parts == nil || many.parts != nil {
		t.Fatal("one is to be one file, and many are not")
	}
	r := rand.New(rand.NewPCG(1, 2))
	for range 200 {
		q := p.question(r)
		q.Q, q.Literal, q.Kinds = strings.TrimSpace(q.Q), r.IntN(2) == 0, []string{"mentor", "guide"}
		a, errA := one.Search(q)
		b, errB := many.Search(q)
		if errA != nil || errB != nil || fmt.Sprint(a) != fmt.Sprint(b) {
			t.Fatalf("%+v: %v %v\n%+v\n%+v", q, errA, errB, a, b)
		}
	}
}

// TestOrders looks at the orders that do not depend on words.
func TestOrders(t *testing.T) {
	p := invent(300, 0, 13)
	o := opened(t, made(t, p.source, nil, 0))
	order := func(sort string) []string {
		result, err := o.Search(Query{Sort: sort, Count: 1000})
		if err != nil {
			t.Fatal(err)
		}
		var ids []string
		for _, hit := range result.Hits {
			ids = append(ids, hit.Card[1])
		}
		return ids
	}
	seats, _ := turn.Seats(p.source.Kinds[0].IDs)
	ids := indices(len(seats))
	slices.SortFunc(ids, func(a, b int) int {
		if d := p.documents[0][a].class - p.documents[0][b].class; d != 0 {
			return d
		}
		return int(int64(turn.Of(p.source.Week, seats[a])) - int64(turn.Of(p.source.Week, seats[b])))
	})
	var fair, name, newest []string
	for i, at := range ids {
		fair = append(fair, p.source.Kinds[0].IDs[at])
		name = append(name, p.source.Kinds[0].IDs[len(ids)-1-i])
		newest = append(newest, p.source.Kinds[0].IDs[i])
	}
	for sort, want := range map[string][]string{"": fair, "fair": fair, "best": fair, "name": name, "newest": newest} {
		if got := order(sort); !slices.Equal(got, want) {
			t.Errorf("%q: %v, and not %v", sort, got[:5], want[:5])
		}
	}
}

// TestSameBytes makes an index from nothing, and after edits from what is remembered.
func TestSameBytes(t *testing.T) {
	p := invent(500, 60, 17)
	memory := &Memory{}
	made(t, p.source, memory, 0)
	r := rand.New(rand.NewPCG(3, 4))
	for range 5 {
		d := &p.documents[0][r.IntN(len(p.documents[0]))]
		d.texts = append(slices.Clone(d.texts), Text{Body, invented(r)})
		if r.IntN(2) == 0 {
			p.documents[0] = slices.Delete(p.documents[0], 3, 5)
		}
		p.arrange()
		warm, clean := made(t, p.source, memory, 0), made(t, p.source, nil, 0)
		if !maps.EqualFunc(warm, clean, bytes.Equal) {
			t.Fatal("an index made from what is remembered is another one")
		}
		backwards := *p
		slices.Reverse(backwards.documents[1])
		backwards.arrange()
		if !maps.EqualFunc(clean, made(t, backwards.source, nil, 0), bytes.Equal) {
			t.Fatal("the order of the sources shows")
		}
	}
}

// TestFewFilesChange counts the files that an edit makes anew.
func TestFewFilesChange(t *testing.T) {
	p := invent(3000, 0, 19)
	memory := &Memory{}
	before := made(t, p.source, memory, 0)
	changed := func() int {
		p.arrange()
		after := made(t, p.source, memory, 0)
		n := 0
		for path, data := range after {
			if !bytes.Equal(before[path], data) {
				n++
			}
		}
		before = after
		return n
	}
	d := &p.documents[0][77]
	d.texts = slices.Clone(d.texts)
	words := strings.Fields(d.texts[2].Words)
	words[3] = strings.Fields(p.documents[0][78].texts[2].Words)[5]
	d.texts[2].Words = strings.Join(words, " ")
	if n := changed(); n > 5 { // two shards, their lists, the manifest
		t.Errorf("another word in a text: %d files", n)
	}
	p.documents[0] = append(p.documents[0], invent(1, 0, 99).documents[0]...)
	p.documents[0][3000].id = "newcomer"
	if n := changed(); n > 140 {
		t.Errorf("one mentor more: %d files", n)
	}
}

func TestMissing(t *testing.T) {
	p := invent(500, 10, 21)
	files := made(t, p.source, nil, 0)
	for path := range files {
		if path != "manifest.json" {
			delete(files, path)
		}
	}
	o := opened(t, files)
	if _, err := o.Search(Query{Q: "ba", Count: 3}); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("without its files: %v", err)
	}
	for _, text := range []string{"", "{", `{"v":2}`, `{"v":1,"kinds":[["mentor"]]}`, `{"v":1,"kinds":[["mentor",1,1,0]],"files":{"w":[]}}`} {
		o, err := Open(func(string) ([]byte, error) { return []byte(text), nil })
		if err == nil {
			_, err = o.Search(Query{Q: "a", Count: 1})
		}
		_ = err // no panic
	}
}
