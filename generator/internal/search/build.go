package search

import (
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/stoa-portal/stoa/generator/internal/turn"
)

// Sizes. They trade requests for bytes.
const (
	oneFile    = 300  // documents that fit into one file
	listed     = 64   // files that a list names
	listFrom   = 256  // files from which on lists name them, and not the manifest
	orderRange = 4096 // mentors in a file of an order
)

// cardsPerFile is how many cards share a file: those of ten hits are hardly ever together.
func cardsPerFile(kind string, documents int) int {
	switch {
	case kind != "mentor":
		return 2
	case documents <= 16_000:
		return 4
	}
	return 8
}

// peoplePerFile is how many mentors share a file of terms.
func peoplePerFile(mentors int) int {
	if mentors <= 50_000 {
		return 128
	}
	return 256
}

// A manifest is what the engine reads first. Its keys are short because everybody loads it.
type manifest struct {
	Version  int                 `json:"v"`
	Week     uint32              `json:"week"`
	Prefix   string              `json:"prefix,omitempty"` // of the edition's addresses
	Kinds    []any               `json:"kinds"`            // name, seats, documents, cards in a file
	Facets   []any               `json:"facets"`           // name, numbers
	Portrait [3]int              `json:"portrait"`         // sides in pixels, plain and dense, and in CSS pixels
	People   int                 `json:"people"`           // mentors in a file of terms
	Files    map[string][]string `json:"files,omitempty"`  // by letter: names in hexadecimal, one behind the other; for words and spelling also the keys, a line each
	One      string              `json:"one,omitempty"`    // the one file
}

// format is the version of the files' format.
const format = 1

// New makes the index.
func New(s Source, memory *Memory) (*Index, error) {
	if memory == nil {
		memory = &Memory{}
	}
	b := &builder{source: s, groups: map[string]*group{}}
	b.number()
	all := memory.analyse(len(b.place), b.document)
	memory.stemAll(s.Language)
	b.addWords(memory.families(all, b.place, b.kinds))
	b.addFacets()
	b.addCards()
	b.addOrder("n", s.ByName)
	b.addOrder("j", s.ByDate)
	return b.index()
}

// A builder makes one index.
type builder struct {
	source   Source
	spaces   []int // seats of each kind
	starts   []int // number of each kind's first seat
	place    []int // numbers of the documents, kind after kind
	kinds    []int // their kinds
	first    []int // index of each kind's first document
	groups   map[string]*group
	manifest manifest
}

// A group is the files of one letter.
type group struct {
	keys  []string // for files that are found by key
	files [][]byte // by number; nil where there is none
}

func (b *builder) number() {
	start := 0
	for k, kind := range b.source.Kinds {
		seats, space := turn.Seats(kind.IDs)
		b.first = append(b.first, len(b.place))
		b.spaces, b.starts = append(b.spaces, space), append(b.starts, start)
		for _, seat := range seats {
			b.place = append(b.place, start+seat)
			b.kinds = append(b.kinds, k)
		}
		start += space
		b.manifest.Kinds = append(b.manifest.Kinds, []any{kind.Name, space, len(seats), cardsPerFile(kind.Name, len(seats))})
	}
}

func (b *builder) document(i int) Document {
	k := b.kinds[i]
	return b.source.Kinds[k].Document(i - b.first[k])
}

func (b *builder) add(letter string, number int, data []byte) {
	g := b.groups[letter]
	if g == nil {
		g = &group{}
		b.groups[letter] = g
	}
	for len(g.files) <= number {
		g.files = append(g.files, nil)
	}
	g.files[number] = data
}

func (b *builder) addShards(letter string, shards []shard) {
	for i, s := range shards {
		b.add(letter, i, s.data)
		b.groups[letter].keys = append(b.groups[letter].keys, s.key)
	}
}

func (b *builder) addWords(list []family) {
	b.addShards("w", wordShards(list, len(b.place)))
	b.addShards("s", spellerShards(list, false))
	b.addShards("z", spellerShards(list, true))
}

// mentors is how many documents of the first kind there are, which the facets are of.
func (b *builder) mentors() int { return len(b.source.Kinds[0].IDs) }

func (b *builder) addFacets() {
	facets := b.source.Facets
	people := make([]person, b.mentors())
	inParallel(len(people), func(_, from, to int) {
		for i := from; i < to; i++ {
			d := b.document(i)
			people[i] = person{b.place[i], d.Class, sortedTerms(facets, d.Terms)}
		}
	})
	slices.SortFunc(people, func(x, y person) int { return x.seat - y.seat })
	counts := count(facets, people)
	var classes [Classes][]int
	for _, m := range people {
		classes[m.class] = append(classes[m.class], m.seat)
	}
	b.addEverybody(0, &classes)
	for k := 1; k < len(b.source.Kinds); k++ {
		classes = [Classes][]int{}
		for i := range b.source.Kinds[k].IDs {
			classes[0] = append(classes[0], b.place[b.first[k]+i]-b.starts[k])
		}
		slices.Sort(classes[0])
		b.addEverybody(k, &classes)
	}
	offset := 0
	for f, facet := range facets {
		b.manifest.Facets = append(b.manifest.Facets, []any{facet.Name, facet.space})
		b.add("t", f, packTerms(facet, counts[f]))
		b.add("a", f, packAliases(facet))
		for n, data := range packValues(facets, people, f) {
			b.add("v", offset+n, data)
		}
		offset += facet.space
	}
	size := peoplePerFile(len(people))
	b.manifest.People = size
	i := 0
	for part := range slices.Chunk(seated(people, b.spaces[0]), size) {
		b.add("f", i, packPeople(len(facets), part))
		i++
	}
}

func (b *builder) addEverybody(kind int, classes *[Classes][]int) {
	var p packer
	packSeats(&p, classes)
	b.add("k", kind, p.bytes)
}

func (b *builder) addCards() {
	file := 0
	for k, kind := range b.source.Kinds {
		size := cardsPerFile(kind.Name, len(kind.IDs))
		cards := make([]string, b.spaces[k])
		for i := range kind.IDs {
			cards[b.place[b.first[k]+i]-b.starts[k]] = line(kind.Document(i).Card)
		}
		for part := range slices.Chunk(cards, size) {
			if text := strings.Join(part, "\n"); strings.Trim(text, "\n") != "" {
				b.add("c", file, []byte(text))
			}
			file++
		}
	}
}

// line writes a card: its parts between tabs, without empty ones at the end.
func line(parts []string) string {
	cleaned := make([]string, len(parts))
	for i, part := range parts {
		cleaned[i] = strings.Map(func(r rune) rune {
			if r < ' ' {
				return ' '
			}
			return r
		}, part)
	}
	return strings.TrimRight(strings.Join(cleaned, "\t"), "\t")
}

// addOrder writes the places of the mentors in an order, by seat, three bytes each: all first
// bytes, all second ones, all third ones.
func (b *builder) addOrder(letter string, ranks []int) {
	bySeat := make([]int, b.spaces[0])
	for i, rank := range ranks {
		bySeat[b.place[i]] = rank
	}
	i := 0
	for part := range slices.Chunk(bySeat, orderRange) {
		data := make([]byte, 3*len(part))
		for j, rank := range part {
			data[j], data[len(part)+j], data[2*len(part)+j] = byte(rank>>16), byte(rank>>8), byte(rank)
		}
		b.add(letter, i, data)
		i++
	}
}

// index names the files.
func (b *builder) index() (*Index, error) {
	b.manifest.Version, b.manifest.Week, b.manifest.Prefix, b.manifest.Portrait = format, b.source.Week, b.source.Prefix, b.source.Portrait
	index := &Index{Files: []File{{}}}
	if len(b.place) <= oneFile {
		packed := deflate(b.bundle())
		b.manifest.One = nameOf(packed).String()
		index.Files = append(index.Files, File{"o-" + b.manifest.One + ".bin", packed})
	} else {
		b.manifest.Files = map[string][]string{}
		for _, letter := range b.letters() {
			b.name(index, letter)
		}
	}
	text, err := json.Marshal(b.manifest)
	index.Files[0] = File{"manifest.json", text}
	return index, err
}

func (b *builder) letters() []string {
	var letters []string
	for letter := range b.groups {
		letters = append(letters, letter)
	}
	slices.Sort(letters)
	return letters
}

// bundle is all files in one, each with its name.
func (b *builder) bundle() []byte {
	var p packer
	for _, letter := range b.letters() {
		g := b.groups[letter]
		p.string(letter)
		p.string(strings.Join(g.keys, "\n"))
		p.number(len(g.files))
		for _, data := range g.files {
			p.number(len(data))
		}
	}
	p.string("")
	for _, letter := range b.letters() {
		for _, data := range b.groups[letter].files {
			p.append(data)
		}
	}
	return p.bytes
}

// name compresses the files of a letter and tells the manifest what they are called. Those found by
// key are called by their name alone: a new one does not rename those after it.
func (b *builder) name(index *Index, letter string) {
	g := b.groups[letter]
	packed := make([][]byte, len(g.files))
	inParallel(len(g.files), func(_, from, to int) {
		for i := from; i < to; i++ {
			if len(g.files[i]) > 0 {
				packed[i] = deflate(g.files[i])
			}
		}
	})
	names := make([]name, len(packed))
	taken := map[name]bool{}
	for i, data := range packed {
		if data == nil {
			continue
		}
		names[i] = nameOf(data)
		path := fmt.Sprintf("%s%d-%s.bin", letter, i, names[i])
		if g.keys != nil {
			for ; taken[names[i]]; names[i] = nameOf(data) { // two of ten thousand files may share 32 bits
				g.files[i] = append(g.files[i], 0)
				data = deflate(g.files[i])
			}
			taken[names[i]] = true
			path = fmt.Sprintf("%s-%s.bin", letter, names[i])
		}
		index.Files = append(index.Files, File{path, data})
	}
	entry := []string{join(names)}
	if g.keys != nil {
		entry = append(entry, strings.Join(g.keys, "\n"))
	}
	if g.keys == nil && len(names) > listFrom {
		var lists []name
		for part := range slices.Chunk(names, listed) {
			var raw []byte
			for _, n := range part {
				raw = append(raw, n[:]...)
			}
			data := deflate(raw)
			n := nameOf(data)
			index.Files = append(index.Files, File{fmt.Sprintf("%sd%d-%s.bin", letter, len(lists), n), data})
			lists = append(lists, n)
		}
		b.manifest.Files[letter+"d"] = []string{join(lists)}
		return
	}
	b.manifest.Files[letter] = entry
}

func join(names []name) string {
	var b strings.Builder
	for _, n := range names {
		b.WriteString(hex.EncodeToString(n[:]))
	}
	return b.String()
}
