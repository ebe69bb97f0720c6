package search

import (
	"slices"
	"strings"

	"github.com/stoa-portal/stoa/generator/internal/fold"
	"github.com/stoa-portal/stoa/generator/internal/turn"
)

// A Facet is a way to narrow the mentors.
type Facet struct {
	Name  string
	Terms []Term

	numbers []int // of the terms, by index
	space   int
}

// A Term is a value of a facet.
type Term struct {
	ID      string
	Label   string
	Aliases []string
}

// NewFacet gives the terms their numbers, which seldom change.
func NewFacet(name string, terms []Term) Facet {
	ids := make([]string, len(terms))
	for i, t := range terms {
		ids[i] = t.ID
	}
	f := Facet{Name: name, Terms: terms}
	f.numbers, f.space = turn.Seats(ids)
	return f
}

// Numbers gives the number of every term by its id.
func (f Facet) Numbers() map[string]int {
	numbers := make(map[string]int, len(f.Terms))
	for i, t := range f.Terms {
		numbers[t.ID] = f.numbers[i]
	}
	return numbers
}

// byNumber is the terms' indices, -1 where a number is free.
func (f Facet) byNumber() []int {
	index := make([]int, f.space)
	for i := range index {
		index[i] = -1
	}
	for i, n := range f.numbers {
		index[n] = i
	}
	return index
}

// A person is what facets count of a mentor.
type person struct {
	seat, class int
	terms       [][]int // numbers by facet, ascending; nil for a free seat
}

// slug is the id that most labels have; where a term has another, it is written out.
func slug(label string) string {
	return strings.Join(strings.FieldsFunc(fold.Key(label), func(r rune) bool { return !isWord(r) || isApostrophe(r) }), "-")
}

// packTerms writes a facet's terms by number: label, id where it is not the label's slug, and
// how many mentors have it.
func packTerms(f Facet, counts []int) []byte {
	var p packer
	last := 0
	for n, i := range f.byNumber() {
		if i < 0 {
			continue
		}
		t := f.Terms[i]
		p.number(n - last)
		last = n
		p.string(t.Label)
		id := t.ID
		if id == slug(t.Label) {
			id = ""
		}
		p.string(id)
		p.number(counts[n])
	}
	return p.bytes
}

// packAliases writes the other words for the terms, nothing when there are none.
func packAliases(f Facet) []byte {
	var p packer
	last, any := 0, false
	for n, i := range f.byNumber() {
		if i < 0 || len(f.Terms[i].Aliases) == 0 {
			continue
		}
		any = true
		p.number(n - last)
		last = n
		p.number(len(f.Terms[i].Aliases))
		for _, alias := range f.Terms[i].Aliases {
			p.string(alias)
		}
	}
	if !any {
		return nil
	}
	return p.bytes
}

// count is how many people have each term, by facet and number.
func count(facets []Facet, people []person) [][]int {
	counts := make([][]int, len(facets))
	for f := range facets {
		counts[f] = make([]int, facets[f].space)
	}
	for _, m := range people {
		for f, terms := range m.terms {
			for _, t := range terms {
				counts[f][t]++
			}
		}
	}
	return counts
}

// packValue writes who has a term of a facet, as indices of people, and what else they have; nothing
// where nobody does. people come by seat.
func packValue(facets []Facet, people []person, facet int, having []int) []byte {
	if len(having) == 0 {
		return nil
	}
	var p packer
	var classes [Classes][]int
	others := make([][]int, len(facets))
	for f := range facets {
		others[f] = make([]int, facets[f].space)
	}
	for _, i := range having {
		m := people[i]
		classes[m.class] = append(classes[m.class], m.seat)
		for f, terms := range m.terms {
			for _, other := range terms {
				others[f][other]++
			}
		}
	}
	packSeats(&p, &classes)
	for f := range facets {
		if f != facet {
			packCounts(&p, others[f])
		}
	}
	return p.bytes
}

// together writes the parts of a file that several terms share; one alone as it is.
func together(parts [][]byte) []byte {
	if len(parts) == 1 {
		return parts[0]
	}
	var p packer
	for _, part := range parts {
		p.number(len(part))
	}
	for _, part := range parts {
		p.append(part)
	}
	return p.bytes
}

// packSeats writes seats by class, those of each in order.
func packSeats(p *packer, classes *[Classes][]int) {
	for _, seats := range classes {
		p.number(len(seats))
		p.ascending(seats)
	}
}

// packCounts writes which numbers have a count, and the counts.
func packCounts(p *packer, counts []int) {
	var numbers []int
	for n, c := range counts {
		if c > 0 {
			numbers = append(numbers, n)
		}
	}
	p.number(len(numbers))
	p.ascending(numbers)
	for _, n := range numbers {
		p.number(counts[n])
	}
}

// packPeople writes the terms of the people in a range of seats, facet by facet.
func packPeople(facets int, seats []person) []byte {
	var p packer
	for f := range facets {
		for _, m := range seats {
			if m.terms == nil {
				p.number(0)
				continue
			}
			p.number(len(m.terms[f]))
			p.ascending(m.terms[f])
		}
	}
	return p.bytes
}

// seated is the people by seat, with the free seats between them.
func seated(people []person, space int) []person {
	seats := make([]person, space)
	for _, m := range people {
		seats[m.seat] = m
	}
	return seats
}

// sortedTerms is a document's terms by facet as numbers.
func sortedTerms(facets []Facet, terms [][]int) [][]int {
	sorted := make([][]int, len(facets))
	for f := range facets {
		if f < len(terms) {
			sorted[f] = slices.Clone(terms[f])
			slices.Sort(sorted[f])
		}
	}
	return sorted
}

// ShortID is an id as cards write it: "" where it is what the name would give.
func ShortID(id, name string) string {
	if id == slug(name) {
		return ""
	}
	return id
}
