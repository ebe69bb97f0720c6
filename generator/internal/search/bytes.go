package search

import (
	"bytes"
	"compress/flate"
	"encoding/binary"
	"encoding/hex"
	"slices"
	"sync"
	"unicode/utf16"

	"github.com/stoa-portal/stoa/generator/internal/digest"
)

// A packer writes numbers and strings: what a file holds before it is compressed.
type packer struct{ bytes []byte }

func (p *packer) number(n int)       { p.bytes = binary.AppendUvarint(p.bytes, uint64(n)) }
func (p *packer) string(s string)    { p.number(len(s)); p.bytes = append(p.bytes, s...) }
func (p *packer) append(data []byte) { p.bytes = append(p.bytes, data...) }

// ascending writes increasing numbers by their distances.
func (p *packer) ascending(numbers []int) {
	last := 0
	for _, n := range numbers {
		p.number(n - last)
		last = n
	}
}

// sharing writes a text by how much of another it begins with, in the units of JavaScript's
// strings, and the rest.
func (p *packer) sharing(text, with string) {
	n := sharedPrefix(text, with)
	units := 0
	for _, r := range text[:n] {
		units += utf16.RuneLen(r)
	}
	p.number(units)
	p.string(text[n:])
}

// sharedPrefix is how many bytes two texts have in common, at whole characters.
func sharedPrefix(a, b string) int {
	n := 0
	for i, r := range a {
		if i >= len(b) || !bytes.HasPrefix([]byte(b[i:]), []byte(string(r))) {
			break
		}
		n = i + len(string(r))
	}
	return n
}

var deflaters = sync.Pool{New: func() any {
	w, err := flate.NewWriter(nil, flate.BestCompression)
	if err != nil {
		panic(err) // the level is a constant
	}
	return w
}}

// deflate compresses as RFC 1951 says.
func deflate(data []byte) []byte {
	w := deflaters.Get().(*flate.Writer)
	defer deflaters.Put(w)
	var b bytes.Buffer
	w.Reset(&b)
	_, _ = w.Write(data) // a buffer takes everything
	_ = w.Close()
	return bytes.Clone(b.Bytes())
}

// emptyBlock is a block of a compressed file that holds nothing (RFC 1951, section 3.2.4). It makes
// another file of the same content.
var emptyBlock = []byte{0, 0, 0, 0xff, 0xff}

// A name is what a file is called for its bytes: 24 bits of their digest. It only has to differ from what a
// browser may still hold of the last deploys.
type name [3]byte

func nameOf(data []byte) name {
	sum := digest.Bytes(data)
	if n := name(sum[:3]); n != (name{}) {
		return n
	}
	return name{1} // all zero stands for no file
}

func (n name) String() string { return hex.EncodeToString(n[:]) }

// isPlain tells whether a text may be a boundary between files: JavaScript, which compares
// UTF-16 code units, orders everything before and behind it as Go does.
func isPlain(text string) bool {
	return !slices.ContainsFunc([]rune(text), func(r rune) bool { return r >= 0xD800 })
}
