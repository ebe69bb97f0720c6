package search

import (
	"cmp"
	"math"
	"slices"
	"strings"
)

// BM25F: how soon more of the same word stops to count, and how much the length of a field does.
const (
	saturation = 1.2
	byLength   = 0.5
)

// impacts is how many impacts there are; they take four bits.
const impacts = 15

// A family of words has one stem.
type family struct {
	stem   string
	forms  []string // sorted
	common bool     // in so many texts that only those that say it elsewhere than in their body are listed
	posts  []post   // by document
}

// A post is a document and the impact of a family in it: number<<4 | impact.
type post uint32

func (p post) document() int { return int(p >> 4) }
func (p post) impact() int   { return int(p & 15) }

// isCommon tells whether a family is in so many documents that its texts are not worth listing.
func isCommon(having, documents int) bool { return having > 400 && having > documents/4 }

// families inverts the documents. place gives the number of a document by its index, kinds the
// kind's; lengths are compared within a kind.
func (m *Memory) families(all []*analysed, place, kinds []int) []family {
	familyOf, list := m.group(all)
	averages := averageLengths(all, kinds)
	having := make([]int32, len(list))
	strong := make([]int32, len(list))
	scan := newScan(len(list))
	for _, a := range all {
		for _, f := range scan.document(a, familyOf, nil) {
			having[f]++
			if scan.outside[f] {
				strong[f]++
			}
		}
	}
	total := 0
	for f := range list {
		if list[f].common = isCommon(int(having[f]), len(all)); list[f].common {
			having[f] = strong[f]
		}
		total += int(having[f])
	}
	room := make([]post, 0, total)
	for f := range list {
		n := len(room)
		room = room[:n+int(having[f])]
		list[f].posts = room[n:n:len(room)]
	}
	for _, i := range byPlace(place) {
		for _, f := range scan.document(all[i], familyOf, &averages[kinds[i]]) {
			if list[f].common && !scan.outside[f] {
				continue
			}
			x := scan.weight[f]
			impact := min(1+int(impacts*x/(saturation+x)), impacts)
			list[f].posts = append(list[f].posts, post(place[i]<<4|impact))
		}
	}
	return list
}

// byPlace is the indices of documents in order of their numbers.
func byPlace(place []int) []int {
	order := make([]int, len(place))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int { return cmp.Compare(place[a], place[b]) })
	return order
}

// group makes the families of the words that documents use, sorted by stem, and gives the family of each
// word by number.
func (m *Memory) group(all []*analysed) (familyOf []int32, list []family) {
	used := make([]bool, len(m.words))
	for _, a := range all {
		for _, e := range a.entries {
			used[e.word()] = true
		}
	}
	var words []uint32
	for n, is := range used {
		if is {
			words = append(words, uint32(n))
		}
	}
	slices.SortFunc(words, func(a, b uint32) int {
		return cmp.Or(strings.Compare(m.stems[a], m.stems[b]), strings.Compare(m.words[a], m.words[b]))
	})
	familyOf = make([]int32, len(m.words))
	for _, n := range words {
		if len(list) == 0 || list[len(list)-1].stem != m.stems[n] {
			list = append(list, family{stem: m.stems[n]})
		}
		f := &list[len(list)-1]
		f.forms = append(f.forms, m.words[n])
		familyOf[n] = int32(len(list) - 1)
	}
	return familyOf, list
}

// A scan adds up what the words of one family weigh in a document.
type scan struct {
	weight  []float64
	outside []bool // the body
	touched []int32
}

func newScan(families int) *scan {
	return &scan{weight: make([]float64, families), outside: make([]bool, families)}
}

// document gives the families in a document; their weights stand until the next one.
func (s *scan) document(a *analysed, familyOf []int32, averages *[fields]float64) []int32 {
	for _, f := range s.touched {
		s.weight[f], s.outside[f] = 0, false
	}
	s.touched = s.touched[:0]
	for _, e := range a.entries {
		f := familyOf[e.word()]
		if s.weight[f] == 0 {
			s.touched = append(s.touched, f)
		}
		norm := 1.0
		if averages != nil {
			norm = 1 - byLength + byLength*float64(a.lengths[e.field()])/averages[e.field()]
		}
		s.weight[f] += weights[e.field()] * float64(e.count()) / norm
		s.outside[f] = s.outside[f] || e.field() != Body
	}
	return s.touched
}

// averageLengths are the usual lengths of fields in the documents of a kind, of those that have the
// field. They go in steps, so that one edit does not change every impact.
func averageLengths(all []*analysed, kinds []int) [][fields]float64 {
	averages := make([][fields]float64, slices.Max(append([]int{0}, kinds...))+1)
	count := make([][fields]int, len(averages))
	for i, a := range all {
		for f, n := range a.lengths {
			if n > 0 {
				averages[kinds[i]][f] += float64(n)
				count[kinds[i]][f]++
			}
		}
	}
	for k := range averages {
		for f := range averages[k] {
			average := averages[k][f] / float64(max(count[k][f], 1))
			averages[k][f] = math.Exp2(math.Round(2*math.Log2(max(average, 1))) / 2)
		}
	}
	return averages
}
