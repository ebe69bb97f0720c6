// Package searchtest reads the file that holds the search in Go and the one in JavaScript to the same
// results: how texts are divided, and what queries over a few documents find.
package searchtest

import (
	"encoding/json"
	"fmt"
	"os"
	"strings"

	"github.com/stoa-portal/stoa/generator/internal/digest"
	"github.com/stoa-portal/stoa/generator/internal/search"
	"github.com/stoa-portal/stoa/generator/internal/turn"
)

// Vectors are what goes in and what is to come out.
type Vectors struct {
	Tokens    []Division `json:"tokens"`
	Distances []Distance `json:"distances"`
	Turns     []Turn     `json:"turns"`
	Language  string     `json:"language"`
	Facets    []Facet    `json:"facets"`
	Kinds     []Kind     `json:"kinds"`
	Queries   []Question `json:"queries"`
	Counts    []Question `json:"counts"`
	Nearest   []Word     `json:"nearest"`
}

// A Division is a text and its words.
type Division struct {
	Text string   `json:"text"`
	Want []string `json:"want"`
}

// A Distance is how many faults make one word another, at most limit + 1.
type Distance struct {
	A     string `json:"a"`
	B     string `json:"b"`
	Limit int    `json:"limit"`
	Want  int    `json:"want"`
}

// A Turn is that of a seat in a week.
type Turn struct {
	Week uint32 `json:"week"`
	Seat int    `json:"seat"`
	Want uint32 `json:"want"`
}

// A Facet is a facet and its terms.
type Facet struct {
	Name  string        `json:"name"`
	Terms []search.Term `json:"terms"`
}

// A Kind is documents of a kind.
type Kind struct {
	Name      string     `json:"name"`
	Documents []Document `json:"documents"`
}

// A Document is one to find.
type Document struct {
	ID    string              `json:"id"`
	Class int                 `json:"class,omitempty"`
	Texts map[string]string   `json:"texts"`           // by field; several of one are parted by |
	Terms map[string][]string `json:"terms,omitempty"` // ids by facet
	Card  []string            `json:"card"`
}

// A Question is a query and what it finds.
type Question struct {
	Q       string              `json:"q"`
	Kinds   []string            `json:"kinds,omitempty"`
	Filters map[string][]string `json:"filters,omitempty"`
	Sort    string              `json:"sort,omitempty"`
	From    int                 `json:"from,omitempty"`
	Count   int                 `json:"count,omitempty"`
	Literal bool                `json:"literal,omitempty"`
	Want    any                 `json:"want"`
}

// A Word is one that is not known, and those near to it.
type Word struct {
	Word string   `json:"word"`
	Want []string `json:"want"`
}

// An Answer is what a query finds, as it is compared.
type Answer struct {
	Total     int            `json:"total"`
	Totals    map[string]int `json:"totals"`
	IDs       []string       `json:"ids"`
	Scores    []int          `json:"scores"`
	Words     []string       `json:"words"`
	Corrected string         `json:"corrected"` // "from > to", or ""
}

// Read reads the vectors.
func Read(file string) (*Vectors, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	v := &Vectors{}
	return v, json.Unmarshal(text, v)
}

// Query is a question as the reader takes it.
func (q Question) Query() search.Query {
	return search.Query{Q: q.Q, Kinds: q.Kinds, Filters: q.Filters, Sort: q.Sort, From: q.From, Count: max(q.Count, 1), Literal: q.Literal}
}

// NewAnswer is a result as it is compared.
func NewAnswer(r *search.Result) Answer {
	a := Answer{Total: r.Total, Totals: r.Totals, IDs: []string{}, Scores: []int{}, Words: append([]string{}, r.Words...)}
	for _, hit := range r.Hits {
		a.IDs, a.Scores = append(a.IDs, hit.ID()), append(a.Scores, hit.Score)
	}
	if r.Corrected != nil {
		a.Corrected = r.Corrected[0] + " > " + r.Corrected[1]
	}
	return a
}

var fields = []string{"name", "skills", "headline", "place", "facts", "body"}

// Source is the documents as an index is made from them.
func (v *Vectors) Source() (search.Source, error) {
	s := search.Source{Language: v.Language, Week: turn.Week(2026, 48), Portrait: [3]int{96, 192, 96}}
	numbers := map[string]map[string]int{}
	for _, f := range v.Facets {
		facet := search.NewFacet(f.Name, f.Terms)
		s.Facets = append(s.Facets, facet)
		numbers[f.Name] = facet.Numbers()
	}
	for _, k := range v.Kinds {
		var documents []search.Document
		kind := search.Kind{Name: k.Name}
		for _, d := range k.Documents {
			document := search.Document{Sum: digest.Of(d.Texts), Class: d.Class, Card: d.Card}
			var texts []search.Text
			for i, name := range fields {
				for text := range strings.SplitSeq(d.Texts[name], "|") {
					texts = append(texts, search.Text{Field: search.Field(i), Words: text})
				}
			}
			document.Texts = func() []search.Text { return texts }
			for _, f := range v.Facets {
				var list []int
				for _, id := range d.Terms[f.Name] {
					n, ok := numbers[f.Name][id]
					if !ok {
						return s, fmt.Errorf("%s: there is no term %q", d.ID, id)
					}
					list = append(list, n)
				}
				document.Terms = append(document.Terms, list)
			}
			documents = append(documents, document)
			kind.IDs = append(kind.IDs, d.ID)
		}
		kind.Document = func(i int) search.Document { return documents[i] }
		s.Kinds = append(s.Kinds, kind)
	}
	for i := range v.Kinds[0].Documents {
		s.ByName, s.ByDate = append(s.ByName, i), append(s.ByDate, len(v.Kinds[0].Documents)-1-i)
	}
	return s, nil
}
