package search

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/stoa-portal/stoa/generator/internal/turn"
)

// A Query is what somebody looks for.
type Query struct {
	Q       string
	Kinds   []string            // nil: mentors
	Filters map[string][]string // ids of terms by facet: any of a facet, and of every facet
	Sort    string              // fair, name, newest or best; "" is best for a query with words, else fair
	From    int
	Count   int
	Literal bool // take no other word for one that is not known
}

// A Hit is a document that was found.
type Hit struct {
	Kind  string
	Card  []string
	Score int
}

// ID is the document's id.
func (h Hit) ID() string {
	switch {
	case h.Kind != "mentor" && len(h.Card) > 2:
		return h.Card[2]
	case h.Kind == "mentor" && len(h.Card) > 1 && h.Card[1] != "":
		return h.Card[1]
	case h.Kind == "mentor":
		return slug(h.Card[0])
	}
	return ""
}

// A Result is what a query finds.
type Result struct {
	Total     int
	Totals    map[string]int // by kind
	Hits      []Hit
	Words     []string   // folded words that were found
	Corrected *[2]string // the query, and what was looked for in its place
}

// A selection is the values of a facet that are filtered by.
type selection struct {
	facet  int
	values []openedValue
	has    []bool
}

type openedValue struct {
	seats, classes []int
	counts         map[int][][2]int // by facet: number of a term and count
}

type openedTerm struct {
	number, count int
	label, id     string
}

// Search finds documents.
func (o *Opened) Search(q Query) (*Result, error) {
	found, err := o.match(q.Q, q.Literal)
	if err != nil {
		return nil, err
	}
	selected, err := o.selected(q.Filters)
	if err != nil {
		return nil, err
	}
	fit, loose := o.fitting(found, q.Kinds)
	result := &Result{Totals: map[string]int{}}
	var all []int
	for k, kind := range o.kinds {
		var documents []int
		if found != nil {
			for _, d := range fit {
				if d >= kind.start && d < kind.start+kind.Space {
					documents = append(documents, d)
				}
			}
		} else {
			everybody, err := o.everybody(k)
			if err != nil {
				return nil, err
			}
			for _, seat := range everybody.seats {
				documents = append(documents, kind.start+seat)
			}
		}
		if k == 0 {
			documents = slices.DeleteFunc(documents, func(d int) bool {
				return slices.ContainsFunc(selected, func(s selection) bool { return !s.has[d] })
			})
		}
		result.Totals[kind.Name] = len(documents)
		if asked(q.Kinds, kind.Name) {
			all = append(all, documents...)
		}
	}
	score := func(d int) int {
		switch {
		case found == nil:
			return 0
		case loose:
			return found.scores[d] * found.words[d]
		}
		return found.scores[d]
	}
	rank, err := o.ranking(q.Sort, found != nil, score, all)
	if err != nil {
		return nil, err
	}
	slices.SortFunc(all, func(a, b int) int { return cmp.Compare(rank(a), rank(b)) })
	result.Total = len(all)
	for _, d := range all[min(q.From, len(all)):min(q.From+q.Count, len(all))] {
		hit, err := o.hit(d)
		if err != nil {
			return nil, err
		}
		hit.Score = score(d)
		result.Hits = append(result.Hits, hit)
	}
	if found != nil {
		result.Words, result.Corrected = found.forms, found.corrected
	}
	return result, nil
}

func asked(kinds []string, name string) bool {
	if kinds == nil {
		return name == "mentor"
	}
	return slices.Contains(kinds, name)
}

// fitting is the documents that have all words of a short query; where none of the kinds asked
// for does, and for a long query, those that have any.
func (o *Opened) fitting(found *matched, kinds []string) (documents []int, loose bool) {
	if found == nil || !found.strict {
		if found != nil {
			documents = found.documents
		}
		return documents, false
	}
	any := false
	for _, d := range found.documents {
		if found.words[d] >= found.needed {
			documents = append(documents, d)
			any = any || asked(kinds, o.kindOf(d).Name)
		}
	}
	if any {
		return documents, false
	}
	return found.documents, true
}

func (o *Opened) kindOf(document int) openedKind {
	for _, k := range slices.Backward(o.kinds) {
		if document >= k.start {
			return k
		}
	}
	return openedKind{}
}

// ranking gives a function by which documents come in an order, the lowest first.
func (o *Opened) ranking(order string, worded bool, score func(int) int, documents []int) (func(int) int, error) {
	turnOf := func(d int) int { return int(turn.Of(o.manifest.Week, d)) }
	if order == "" && worded {
		order = "best"
	}
	letter := map[string]string{"name": "n", "newest": "j"}[order]
	switch {
	case letter != "":
		ranks := map[int]int{}
		for _, d := range documents {
			if d >= o.kinds[0].Space {
				ranks[d] = 1<<32 + d
				continue
			}
			data, err := o.file(letter, d/orderRange)
			if err != nil {
				return nil, err
			}
			size, at := len(data)/3, d%orderRange
			if at >= size {
				return nil, errShort
			}
			ranks[d] = int(data[at])<<16 | int(data[size+at])<<8 | int(data[2*size+at])
		}
		return func(d int) int { return ranks[d] }, nil
	case order == "best" && worded:
		return func(d int) int { return turnOf(d) - score(d)<<32 }, nil
	}
	everybody, err := o.everybody(0)
	if err != nil {
		return nil, err
	}
	classes := make(map[int]int, len(everybody.seats))
	for i, seat := range everybody.seats {
		classes[seat] = everybody.classes[i]
	}
	return func(d int) int { return turnOf(d) + classes[d]<<32 }, nil
}

// everybody is all documents of a kind.
func (o *Opened) everybody(kind int) (openedValue, error) {
	data, err := o.file("k", kind)
	if err != nil || data == nil {
		return openedValue{}, err
	}
	u := unpacker{bytes: data}
	v := u.seats()
	return v, u.err
}

func (u *unpacker) seats() openedValue {
	var v openedValue
	for class := range Classes {
		u.ascending(u.number(), func(seat int) {
			v.seats, v.classes = append(v.seats, seat), append(v.classes, class)
		})
	}
	return v
}

// termsOf is the terms of a facet, by number.
func (o *Opened) termsOf(facet int) ([]openedTerm, error) {
	if known, ok := o.terms[facet]; ok {
		return known, nil
	}
	data, err := o.file("t", facet)
	if err != nil {
		return nil, err
	}
	u := unpacker{bytes: data}
	var terms []openedTerm
	n := 0
	for u.at < len(u.bytes) && u.err == nil {
		n += u.number()
		t := openedTerm{number: n, label: u.text(), id: u.text(), count: u.number()}
		t.id = cmp.Or(t.id, slug(t.label))
		terms = append(terms, t)
	}
	o.terms[facet] = terms
	return terms, u.err
}

// valueOf is who has a term, and what else they have.
func (o *Opened) valueOf(facet, number int) (openedValue, error) {
	per, at := o.manifest.Values, o.facets[facet].offset+number
	data, err := o.file("v", at/per)
	if err != nil {
		return openedValue{}, err
	}
	u := unpacker{bytes: data}
	if per > 1 {
		last := o.facets[len(o.facets)-1]
		sizes := make([]int, min(per, last.offset+last.Space-at/per*per))
		for i := range sizes {
			sizes[i] = u.number()
		}
		for i := range at % per {
			u.take(sizes[i])
		}
		u = unpacker{bytes: u.take(sizes[at%per]), err: u.err}
	}
	if len(u.bytes) == 0 { // nobody has it
		return openedValue{}, u.err
	}
	v := u.seats()
	v.counts = map[int][][2]int{}
	for f := range o.facets {
		if f == facet {
			continue
		}
		var list [][2]int
		u.ascending(u.number(), func(n int) { list = append(list, [2]int{n, 0}) })
		for i := range list {
			list[i][1] = u.number()
		}
		v.counts[f] = list
	}
	return v, u.err
}

// selected is the values filtered by; unknown facets and values are passed over.
func (o *Opened) selected(filters map[string][]string) ([]selection, error) {
	var list []selection
	for f, facet := range o.facets {
		ids := filters[facet.Name]
		if len(ids) == 0 {
			continue
		}
		terms, err := o.termsOf(f)
		if err != nil {
			return nil, err
		}
		s := selection{facet: f, has: make([]bool, o.kinds[0].Space)}
		for _, t := range terms {
			if !slices.Contains(ids, t.id) {
				continue
			}
			v, err := o.valueOf(f, t.number)
			if err != nil {
				return nil, err
			}
			for _, seat := range v.seats {
				if seat >= len(s.has) {
					return nil, errShort
				}
				s.has[seat] = true
			}
			s.values = append(s.values, v)
		}
		if len(s.values) > 0 {
			list = append(list, s)
		}
	}
	return list, nil
}

// Counts counts the mentors of every term, by facet and id: of those who match the query and
// pass the filters of the other facets.
func (o *Opened) Counts(q Query) (map[string]map[string]int, error) {
	found, err := o.match(q.Q, q.Literal)
	if err != nil {
		return nil, err
	}
	selected, err := o.selected(q.Filters)
	if err != nil {
		return nil, err
	}
	counts, names := make([]int, 0), make(map[string]map[string]int)
	for _, f := range o.facets {
		counts = append(counts, make([]int, f.Space)...)
	}
	fit, _ := o.fitting(found, q.Kinds)
	switch {
	case found == nil && len(selected) == 0:
		err = o.addPlain(counts, -1)
	case found == nil && len(selected) == 1 && len(selected[0].values) == 1:
		err = o.addPlain(counts, selected[0].facet)
		for f, list := range selected[0].values[0].counts {
			for _, c := range list {
				counts[o.facets[f].offset+c[0]] += c[1]
			}
		}
	default:
		if found == nil {
			everybody, err := o.everybody(0)
			if err != nil {
				return nil, err
			}
			fit = everybody.seats
		}
		err = o.addPeople(counts, selected, fit)
	}
	if err != nil {
		return nil, err
	}
	for f, facet := range o.facets {
		terms, err := o.termsOf(f)
		if err != nil {
			return nil, err
		}
		names[facet.Name] = map[string]int{}
		for _, t := range terms {
			names[facet.Name][t.id] = counts[facet.offset+t.number]
		}
	}
	return names, nil
}

// addPlain adds the counts of all mentors for one facet, or for all when it is -1.
func (o *Opened) addPlain(counts []int, facet int) error {
	for f := range o.facets {
		if facet >= 0 && f != facet {
			continue
		}
		terms, err := o.termsOf(f)
		if err != nil {
			return err
		}
		for _, t := range terms {
			counts[o.facets[f].offset+t.number] += t.count
		}
	}
	return nil
}

// addPeople adds the terms of those who pass all filters but at most one; whoever fails that of a
// facet counts for that facet.
func (o *Opened) addPeople(counts []int, selected []selection, documents []int) error {
	for _, d := range documents {
		if d >= o.kinds[0].Space {
			continue
		}
		failed := -1
		fails := 0
		for _, s := range selected {
			if !s.has[d] {
				failed = s.facet
				fails++
			}
		}
		if fails > 1 {
			continue
		}
		terms, err := o.person(d)
		if err != nil {
			return err
		}
		for f, numbers := range terms {
			if failed < 0 || failed == f {
				for _, n := range numbers {
					counts[o.facets[f].offset+n]++
				}
			}
		}
	}
	return nil
}

// person is the terms of a mentor by facet.
func (o *Opened) person(seat int) ([][]int, error) {
	per := o.manifest.People
	file := seat / per
	if o.people[file] == nil {
		data, err := o.file("f", file)
		if err != nil {
			return nil, err
		}
		u := unpacker{bytes: data}
		people := make([][][]int, min(per, o.kinds[0].Space-file*per))
		for range o.facets {
			for i := range people {
				var terms []int
				u.ascending(u.number(), func(n int) { terms = append(terms, n) })
				people[i] = append(people[i], terms)
			}
		}
		if u.err != nil {
			return nil, u.err
		}
		o.people[file] = people
	}
	return o.people[file][seat%per], nil
}

// hit is what a document is shown as.
func (o *Opened) hit(document int) (Hit, error) {
	kind := o.kindOf(document)
	at := document - kind.start
	data, err := o.file("c", kind.files+at/kind.Cards)
	if err != nil {
		return Hit{}, err
	}
	cards := strings.Split(string(data), "\n")
	if at%kind.Cards >= len(cards) || cards[at%kind.Cards] == "" {
		return Hit{}, fmt.Errorf("document %d has no card", document)
	}
	return Hit{Kind: kind.Name, Card: strings.Split(cards[at%kind.Cards], "\t")}, nil
}

// Check reads every file that the manifest names and every document's card, and says what is wrong.
func (o *Opened) Check() error {
	var faults []error
	for letter, entry := range o.manifest.Files {
		names, _, _ := o.entry(letter)
		count := len(names) / 6
		if len(letter) == 2 && len(entry) > 2 {
			total, _ := entry[2].(float64)
			letter, count = letter[:1], int(total)
		}
		for i := range count {
			if _, err := o.file(letter, i); err != nil {
				faults = append(faults, err)
			}
		}
	}
	for k, kind := range o.kinds {
		everybody, err := o.everybody(k)
		if err != nil {
			faults = append(faults, err)
		}
		if len(everybody.seats) != kind.Documents {
			faults = append(faults, fmt.Errorf("%d documents of kind %s are listed, and not %d", len(everybody.seats), kind.Name, kind.Documents))
		}
		for _, seat := range everybody.seats {
			if _, err := o.hit(kind.start + seat); err != nil {
				faults = append(faults, err)
			}
		}
	}
	return errors.Join(faults...)
}
