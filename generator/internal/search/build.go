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
	oneFile    = 40 << 10 // bytes of an index that is one file
	listed     = 32       // files that a list names
	listFrom   = 64       // files from which on lists name them, and not the manifest
	orderRange = 16384    // mentors in a file of an order
)

// cardsPerFile is how many cards share a file: those of ten hits are hardly ever together.
func cardsPerFile(kind string, documents int) int {
	switch {
	case kind != "mentor":
		return 2
	case documents <= 300, documents > 16_000:
		return 8
	case documents > 2000:
		return 2
	}
	return 1
}

// valuesPerFile is how many terms share a file of those who have them.
func valuesPerFile(mentors int) int {
	if mentors <= 300 {
		return 16
	}
	return 1
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
	Version  int              `json:"v"`
	Week     uint32           `json:"week"`
	Prefix   string           `json:"prefix,omitempty"` // of the edition's addresses
	Kinds    []manifestKind   `json:"kinds"`
	Facets   []manifestFacet  `json:"facets"`
	Portrait [3]int           `json:"portrait"`        // sides in pixels, plain and dense, and in CSS pixels
	People   int              `json:"people"`          // mentors in a file of terms
	Values   int              `json:"values"`          // terms in a file of those who have them
	Files    map[string][]any `json:"files,omitempty"` // by letter: names in hexadecimal, one behind the other; where files are found by key also the keys, a line each; of lists (wd) also how many files they list
	One      string           `json:"one,omitempty"`   // the one file
}

// A manifestKind is a kind as the manifest has it: its name, seats, documents, and how many cards
// are in a file.
type manifestKind struct {
	Name                    string
	Space, Documents, Cards int
}

// UnmarshalJSON reads an array.
func (k *manifestKind) UnmarshalJSON(text []byte) error {
	return json.Unmarshal(text, &[]any{&k.Name, &k.Space, &k.Documents, &k.Cards})
}

// MarshalJSON writes an array.
func (k manifestKind) MarshalJSON() ([]byte, error) {
	return json.Marshal([]any{k.Name, k.Space, k.Documents, k.Cards})
}

// A manifestFacet is a facet as the manifest has it: its name and numbers.
type manifestFacet struct {
	Name  string
	Space int
}

// UnmarshalJSON reads an array.
func (f *manifestFacet) UnmarshalJSON(text []byte) error {
	return json.Unmarshal(text, &[]any{&f.Name, &f.Space})
}

// MarshalJSON writes an array.
func (f manifestFacet) MarshalJSON() ([]byte, error) { return json.Marshal([]any{f.Name, f.Space}) }

// format is the version of the files' format.
const format = 1

// New makes the index. What memory holds of documents that did not change is used again; it may
// be nil.
func New(s Source, memory *Memory) (*Index, error) { return newIndex(s, memory, oneFile) }

func newIndex(s Source, memory *Memory, oneFile int) (*Index, error) {
	b := &builder{source: s, oneFile: oneFile, groups: map[string]*group{}}
	b.number()
	b.addWords(b.families(memory))
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
	oneFile  int   // bytes of an index that is one file
	small    bool  // all of it may fit into one file
	groups   map[string]*group
	manifest manifest
}

// A group is the files of one letter.
type group struct {
	keys   []string // for files that are found by key
	files  [][]byte // by number; nil where there is none
	packed [][]byte // the same compressed; those of a large index are compressed as they are made
}

// smallest is the number of documents from which on no index fits into one file.
const smallest = 400

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
		b.small = len(b.place) <= smallest
		b.manifest.Kinds = append(b.manifest.Kinds, manifestKind{kind.Name, space, len(seats), cardsPerFile(kind.Name, len(seats))})
	}
}

// families are those of all documents. What they were divided into is let go of before anything
// else is made, unless somebody remembers it.
func (b *builder) families(memory *Memory) []family {
	if memory == nil {
		memory = &Memory{}
	}
	all := memory.analyse(len(b.place), b.document)
	memory.stemAll(b.source.Language)
	return memory.families(all, b.place, b.kinds)
}

func (b *builder) document(i int) Document {
	k := b.kinds[i]
	return b.source.Kinds[k].Document(i - b.first[k])
}

// add makes the files of a letter, at the same time.
func (b *builder) add(letter string, files int, file func(i int) []byte) *group {
	g := &group{files: make([][]byte, files), packed: make([][]byte, files)}
	b.groups[letter] = g
	inParallel(files, func(_, from, to int) {
		for i := from; i < to; i++ {
			data := file(i)
			if len(data) == 0 {
				continue
			}
			if b.small {
				g.files[i] = data
			} else {
				g.packed[i] = deflate(data)
			}
		}
	})
	return g
}

func (b *builder) addShards(letter string, shards []shard) {
	g := b.add(letter, len(shards), func(i int) []byte { return shards[i].data() })
	g.keys = make([]string, len(shards))
	for i, s := range shards {
		g.keys[i] = s.key
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
	classes := make([][Classes][]int, len(b.source.Kinds))
	for _, m := range people {
		classes[0][m.class] = append(classes[0][m.class], m.seat)
	}
	for k := 1; k < len(classes); k++ {
		for i := range b.source.Kinds[k].IDs {
			classes[k][0] = append(classes[k][0], b.place[b.first[k]+i]-b.starts[k])
		}
		slices.Sort(classes[k][0])
	}
	b.add("k", len(classes), func(k int) []byte {
		var p packer
		packSeats(&p, &classes[k])
		return p.bytes
	})

	counts := count(facets, people)
	having := make([][]int, 0, 1024) // indices of people, by facet and number
	facetOf := make([]int, 0, 1024)
	for f, facet := range facets {
		b.manifest.Facets = append(b.manifest.Facets, manifestFacet{facet.Name, facet.space})
		offset := len(having)
		having = append(having, make([][]int, facet.space)...)
		for i, m := range people {
			for _, t := range m.terms[f] {
				having[offset+t] = append(having[offset+t], i)
			}
		}
		for range facet.space {
			facetOf = append(facetOf, f)
		}
	}
	b.add("t", len(facets), func(f int) []byte { return packTerms(facets[f], counts[f]) })
	b.add("a", len(facets), func(f int) []byte { return packAliases(facets[f]) })
	per := valuesPerFile(len(people))
	b.manifest.Values = per
	b.add("v", (len(having)+per-1)/per, func(i int) []byte {
		var parts [][]byte
		for n := i * per; n < min((i+1)*per, len(having)); n++ {
			parts = append(parts, packValue(facets, people, facetOf[n], having[n]))
		}
		return together(parts)
	})
	per = peoplePerFile(len(people))
	b.manifest.People = per
	seats := seated(people, b.spaces[0])
	b.add("f", (len(seats)+per-1)/per, func(i int) []byte {
		return packPeople(len(facets), seats[i*per:min((i+1)*per, len(seats))])
	})
}

func (b *builder) addCards() {
	type block struct{ kind, from, to int } // seats
	var blocks []block
	at := make([][]int, len(b.source.Kinds)) // index of the document on a seat, or -1
	for k, kind := range b.source.Kinds {
		at[k] = slices.Repeat([]int{-1}, b.spaces[k])
		for i := range kind.IDs {
			at[k][b.place[b.first[k]+i]-b.starts[k]] = i
		}
		size := cardsPerFile(kind.Name, len(kind.IDs))
		for from := 0; from < b.spaces[k]; from += size {
			blocks = append(blocks, block{k, from, min(from+size, b.spaces[k])})
		}
	}
	b.add("c", len(blocks), func(i int) []byte {
		block := blocks[i]
		var lines []string
		for _, i := range at[block.kind][block.from:block.to] {
			card := ""
			if i >= 0 {
				card = line(b.source.Kinds[block.kind].Document(i).Card)
			}
			lines = append(lines, card)
		}
		text := strings.Join(lines, "\n")
		if strings.Trim(text, "\n") == "" {
			return nil
		}
		return []byte(text)
	})
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
	b.add(letter, (len(bySeat)+orderRange-1)/orderRange, func(i int) []byte {
		part := bySeat[i*orderRange : min((i+1)*orderRange, len(bySeat))]
		data := make([]byte, 3*len(part))
		for j, rank := range part {
			data[j], data[len(part)+j], data[2*len(part)+j] = byte(rank>>16), byte(rank>>8), byte(rank)
		}
		return data
	})
}

// index names the files.
func (b *builder) index() (*Index, error) {
	b.manifest.Version, b.manifest.Week, b.manifest.Prefix, b.manifest.Portrait = format, b.source.Week, b.source.Prefix, b.source.Portrait
	index := &Index{Files: []File{{}}}
	var one []byte
	if b.small {
		one = deflate(b.bundle())
	}
	if b.small && len(one) <= b.oneFile {
		b.manifest.One = nameOf(one).String()
		index.Files = append(index.Files, File{"o-" + b.manifest.One + ".bin", one})
	} else {
		b.manifest.Files = map[string][]any{}
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

// name names the files of a letter and tells the manifest. Those found by key are called by their
// bytes alone: a new one does not rename those after it.
func (b *builder) name(index *Index, letter string) {
	g := b.groups[letter]
	names := make([]name, len(g.files))
	taken := map[name]bool{}
	for i, data := range g.packed {
		if g.files[i] != nil {
			data = deflate(g.files[i])
		}
		if data == nil {
			continue
		}
		names[i] = nameOf(data)
		path := fmt.Sprintf("%s%d-%s.bin", letter, i, names[i])
		if g.keys != nil {
			for ; taken[names[i]]; names[i] = nameOf(data) {
				data = append(slices.Clone(emptyBlock), data...)
			}
			taken[names[i]] = true
			path = fmt.Sprintf("%s-%s.bin", letter, names[i])
		}
		index.Files = append(index.Files, File{path, data})
	}
	switch {
	case len(names) > listFrom:
		b.manifest.Files[letter+"d"] = append(index.lists(letter, names, g.keys), len(names))
	case g.keys != nil:
		b.manifest.Files[letter] = []any{join(names), strings.Join(g.keys, "\n")}
	default:
		b.manifest.Files[letter] = []any{join(names)}
	}
}

// lists writes files that list the names of others, and their keys when they have any. It returns what
// the manifest says of the lists.
func (x *Index) lists(letter string, names []name, keys []string) []any {
	var lists []name
	var first []string
	for part := range slices.Chunk(names, listed) {
		var p packer
		for _, n := range part {
			p.append(n[:])
		}
		if keys != nil {
			p.string(strings.Join(keys[:len(part)], "\n"))
			first, keys = append(first, keys[0]), keys[len(part):]
		}
		data := deflate(p.bytes)
		n := nameOf(data)
		x.Files = append(x.Files, File{fmt.Sprintf("%sd%d-%s.bin", letter, len(lists), n), data})
		lists = append(lists, n)
	}
	return []any{join(lists), strings.Join(first, "\n")}
}

func join(names []name) string {
	var b strings.Builder
	for _, n := range names {
		b.WriteString(hex.EncodeToString(n[:]))
	}
	return b.String()
}
