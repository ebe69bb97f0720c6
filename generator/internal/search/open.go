package search

import (
	"bytes"
	"compress/flate"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf16"
)

// An Opened is an index that was read back: the twin of the engine in the browser. It is not safe
// for concurrent use.
type Opened struct {
	read     func(path string) ([]byte, error)
	manifest manifest
	parts    map[string][]byte // of the one file
	kinds    []openedKind
	facets   []openedFacet
	space    int // numbers of documents
	total    int // documents

	files  map[string][]byte
	words  map[int]*wordFile
	terms  map[int][]openedTerm
	people map[int][][][]int // by file: terms of each person by facet
}

// Open reads an index by its manifest; read gives a file's bytes by its path in the index's
// folder.
func Open(read func(path string) ([]byte, error)) (*Opened, error) {
	o := &Opened{read: read, files: map[string][]byte{}, words: map[int]*wordFile{}, terms: map[int][]openedTerm{}, people: map[int][][][]int{}}
	text, err := read("manifest.json")
	if err != nil {
		return nil, err
	}
	if err := json.Unmarshal(text, &o.manifest); err != nil {
		return nil, fmt.Errorf("manifest.json: %w", err)
	}
	if o.manifest.Version != format {
		return nil, fmt.Errorf("manifest.json: version %d, and not %d", o.manifest.Version, format)
	}
	if o.manifest.People < 1 || o.manifest.Values < 1 || len(o.manifest.Kinds) == 0 {
		return nil, errors.New("manifest.json: it does not say how many are in a file")
	}
	files := 0
	for _, k := range o.manifest.Kinds {
		if k.Space < 0 || k.Cards < 1 {
			return nil, errors.New("manifest.json: it does not say how many are in a file")
		}
		o.kinds = append(o.kinds, openedKind{k, o.space, files})
		o.space += k.Space
		o.total += k.Documents
		files += (k.Space + k.Cards - 1) / k.Cards
	}
	offset := 0
	for _, f := range o.manifest.Facets {
		o.facets = append(o.facets, openedFacet{f, offset})
		offset += f.Space
	}
	if o.manifest.One != "" {
		return o, o.unpack()
	}
	return o, nil
}

type openedKind struct {
	manifestKind
	start int // number of the first seat
	files int // number of the first file of cards
}

type openedFacet struct {
	manifestFacet
	offset int // number of the first term among those of all facets
}

// unpack divides the one file of a small index.
func (o *Opened) unpack() error {
	data, err := o.load("o-" + o.manifest.One + ".bin")
	if err != nil {
		return err
	}
	u := unpacker{bytes: data}
	o.manifest.Files, o.parts = map[string][]any{}, map[string][]byte{}
	type part struct {
		name string
		size int
	}
	var parts []part
	for letter := u.text(); letter != "" && u.err == nil; letter = u.text() {
		o.manifest.Files[letter] = []any{"", u.text()}
		for i := range u.number() {
			parts = append(parts, part{fmt.Sprint(letter, i), u.number()})
		}
	}
	for _, p := range parts {
		o.parts[p.name] = u.take(p.size)
	}
	return u.err
}

// load reads and inflates a file.
func (o *Opened) load(path string) ([]byte, error) {
	packed, err := o.read(path)
	if err != nil {
		return nil, err
	}
	data, err := io.ReadAll(flate.NewReader(bytes.NewReader(packed)))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return data, nil
}

// entry is what the manifest says of a letter.
func (o *Opened) entry(letter string) (names, keys string, keyed bool) {
	e := o.manifest.Files[letter]
	if len(e) > 0 {
		names, _ = e[0].(string)
	}
	if len(e) > 1 {
		keys, keyed = e[1].(string)
	}
	return names, keys, keyed
}

// file reads a file of a letter by number; nil when there is nothing in it.
func (o *Opened) file(letter string, i int) ([]byte, error) {
	key := fmt.Sprint(letter, i)
	if o.parts != nil {
		return o.parts[key], nil
	}
	if data, ok := o.files[key]; ok {
		return data, nil
	}
	names, _, keyed := o.entry(letter)
	at := i
	if _, listed_ := o.manifest.Files[letter+"d"]; listed_ {
		var err error
		var keys string
		if names, keys, err = o.list(letter, i/listed); err != nil {
			return nil, err
		}
		keyed = keys != ""
		at = i % listed
	}
	if 6*at+6 > len(names) || names[6*at:6*at+6] == "000000" {
		return nil, nil
	}
	path := fmt.Sprintf("%s%d-%s.bin", letter, i, names[6*at:6*at+6])
	if keyed && len(letter) == 1 {
		path = fmt.Sprintf("%s-%s.bin", letter, names[6*at:6*at+6])
	}
	data, err := o.load(path)
	if err == nil {
		o.files[key] = data
	}
	return data, err
}

// list reads a list of names, and of keys where files are found by them.
func (o *Opened) list(letter string, i int) (names, keys string, err error) {
	data, err := o.file(letter+"d", i)
	if err != nil {
		return "", "", err
	}
	entry := o.manifest.Files[letter+"d"]
	if len(entry) < 3 {
		return "", "", errors.New("manifest.json: a list without its length")
	}
	total, _ := entry[2].(float64)
	u := unpacker{bytes: data}
	names = hex.EncodeToString(u.take(3 * min(listed, int(total)-listed*i)))
	if u.at < len(data) {
		keys = u.text()
	}
	return names, keys, u.err
}

// find is which of the files found by key has a word; -1 when there is none.
func (o *Opened) find(letter, word string) (int, error) {
	if _, ok := o.manifest.Files[letter+"d"]; !ok {
		if _, ok := o.manifest.Files[letter]; !ok {
			return -1, nil
		}
		_, keys, _ := o.entry(letter)
		return lastKey(keys, word), nil
	}
	_, keys, _ := o.entry(letter + "d")
	i := lastKey(keys, word)
	_, keys, err := o.list(letter, i)
	return listed*i + lastKey(keys, word), err
}

// lastKey is the last of the keys, a line each, that is not behind a word.
func lastKey(keys, word string) int {
	list := strings.Split(keys, "\n")
	i, exact := slices.BinarySearch(list, word)
	if exact {
		return i
	}
	return i - 1
}

// An unpacker reads what a packer wrote. After an error it gives zeros.
type unpacker struct {
	bytes []byte
	at    int
	err   error
}

var errShort = errors.New("a file of the index ends too early")

func (u *unpacker) number() int {
	n, size := binary.Uvarint(u.bytes[u.at:])
	if size <= 0 || n > 1<<31 {
		u.err, u.at = errShort, len(u.bytes)
		return 0
	}
	u.at += size
	return int(n)
}

func (u *unpacker) take(n int) []byte {
	if n < 0 || n > len(u.bytes)-u.at {
		u.err = errShort
		n = len(u.bytes) - u.at
	}
	u.at += n
	return u.bytes[u.at-n : u.at]
}

func (u *unpacker) text() string { return string(u.take(u.number())) }

// sharing reads a text that begins as another one does.
func (u *unpacker) sharing(other string) string {
	units := u.number()
	for i, r := range other {
		if units <= 0 {
			other = other[:i]
			break
		}
		units -= utf16.RuneLen(r)
	}
	return other + u.text()
}

func (u *unpacker) ascending(count int, visit func(int)) {
	last := 0
	for range count {
		if u.err != nil {
			return
		}
		last += u.number()
		visit(last)
	}
}
