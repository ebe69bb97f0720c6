package search

import (
	"runtime"
	"slices"
	"strings"
	"sync"

	"github.com/stoa-portal/stoa/generator/internal/digest"
	"github.com/stoa-portal/stoa/generator/internal/fold"
)

// A Memory holds what documents were divided into, so that an index that is made again
// after an edit only reads what changed. It is for one language; the zero Memory is empty.
// Indexes that share one must not be made at the same time.
type Memory struct {
	mu        sync.Mutex
	numbers   map[string]uint32 // of words
	words     []string
	stems     []string // by number; "" not known yet
	documents map[digest.Sum]*analysed
}

// An analysed is a document as its words.
type analysed struct {
	entries []entry
	lengths [fields]uint16
}

// An entry says how often a word is in a field: word<<8 | field<<5 | count. A memory holds up to 16
// million words, and counts go up to 31.
type entry uint32

const mostCounted = 31

func newEntry(word uint32, f Field) entry { return entry(word<<8 | uint32(f)<<5 | 1) }

func (e entry) word() uint32 { return uint32(e) >> 8 }
func (e entry) field() Field { return Field(e >> 5 & 7) }
func (e entry) count() int   { return int(e & mostCounted) }

// number gives a word its number, which depends on who comes first and shows in no file.
func (m *Memory) number(word string) uint32 {
	m.mu.Lock()
	defer m.mu.Unlock()
	n, ok := m.numbers[word]
	if !ok {
		n = uint32(len(m.words))
		m.numbers[word] = n
		m.words = append(m.words, word)
	}
	return n
}

// analyse divides all documents. It keeps those it has seen before and forgets the others.
func (m *Memory) analyse(documents int, document func(i int) Document) []*analysed {
	if m.numbers == nil {
		m.numbers = map[string]uint32{}
	}
	all := make([]*analysed, documents)
	kept := make([]digest.Sum, documents)
	inParallel(documents, func(worker, from, to int) {
		local := map[string]uint32{}
		var a analyst
		for i := from; i < to; i++ {
			d := document(i)
			kept[i] = d.Sum
			if known, ok := m.documents[d.Sum]; ok {
				all[i] = known
				continue
			}
			all[i] = a.divide(d.Texts(), func(word string) uint32 {
				n, ok := local[word]
				if !ok {
					n = m.number(word)
					local[word] = n
				}
				return n
			})
		}
	})
	m.documents = make(map[digest.Sum]*analysed, documents)
	for i, a := range all {
		m.documents[kept[i]] = a
	}
	return all
}

// stemAll finds the stems of words that are new.
func (m *Memory) stemAll(lang string) {
	for len(m.stems) < len(m.words) {
		m.stems = append(m.stems, "")
	}
	inParallel(len(m.words), func(_, from, to int) {
		s := newStemmer(lang)
		for i := from; i < to; i++ {
			if m.stems[i] == "" {
				m.stems[i] = s.of(m.words[i])
			}
		}
	})
}

// mostPhrase is how many words a skill may have that is found as a whole, too, so that who has it comes
// before who has its words in several.
const mostPhrase = 6

// An analyst divides one document after the other.
type analyst struct{ found []entry }

func (a *analyst) divide(texts []Text, number func(string) uint32) *analysed {
	a.found = a.found[:0]
	result := &analysed{}
	for _, text := range texts {
		var phrase []string
		eachToken(fold.Key(text.Words), func(token string) {
			phrase = append(phrase, token)
			a.found = append(a.found, newEntry(number(token), text.Field))
			if n := &result.lengths[text.Field]; *n < 1<<16-1 {
				*n++
			}
		})
		if text.Field == Skills && len(phrase) > 1 && len(phrase) <= mostPhrase {
			a.found = append(a.found, newEntry(number(strings.Join(phrase, " ")), text.Field))
		}
	}
	slices.Sort(a.found)
	n := 0
	for _, e := range a.found {
		if n > 0 && a.found[n-1]>>5 == e>>5 {
			if a.found[n-1].count() < mostCounted {
				a.found[n-1]++
			}
			continue
		}
		a.found[n] = e
		n++
	}
	result.entries = slices.Clone(a.found[:n])
	return result
}

// inParallel divides the numbers below n among workers.
func inParallel(n int, work func(worker, from, to int)) {
	workers := min(runtime.GOMAXPROCS(0), n)
	var group sync.WaitGroup
	for w := range workers {
		group.Go(func() { work(w, n*w/workers, n*(w+1)/workers) })
	}
	group.Wait()
}
