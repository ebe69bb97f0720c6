// Package search makes the index with which a browser finds mentors, guides, goals,
// worksheets and programs on a host that only hands out files.
//
// In comes a [Source]: the documents of one language, each a few texts by [Field], the facets, and
// what a hit is shown as. Out comes an [Index]: files, whose bytes depend on the source and
// nothing else. The engine that reads them is JavaScript
// (themes/default/assets/js/search); [Open] is its twin in Go, for tests and for check.
// testdata/vectors.json holds both to the same results.
//
// # Documents
//
// Documents of one kind share a space of numbers, one kind after the other. A document's number is its seat
// (see package turn), so that one more document moves few others, and files stay as they were.
//
// # Words
//
// [Tokens] divides a folded text into words; of scripts without spaces, into overlapping
// pairs. Words with one stem are a family. Only Go stems: the index lists each family's words. For
// every family and document one impact from 1 to 15 is stored (BM25F, Robertson and
// Zaragoza 2009), and no frequencies, lengths or positions. A hit's score is the sum of
// impact × rarity, in whole numbers, so that Go and JavaScript agree.
//
// # Files
//
// The manifest is JSON and the one file whose name stays the same; it names all others by a
// digest of their bytes. Those are raw DEFLATE (RFC 1951), which browsers inflate and hosts do not compress
// again. By the first letter of their names:
//
//	w  words with their documents, in order of stems; cut where a digest of the stem says, so
//	   that a new word moves no other boundary
//	s  all words, in order, to find those near a misspelt one; z the same by their endings
//	t  the terms of a facet, with labels and counts; a their aliases
//	v  a term's documents, grouped by availability, and how many of them every other term has
//	f  the terms of a range of documents, to count any combination
//	k  all documents of a kind, grouped by availability
//	c  cards: what a hit shows, a few documents in a file
//	n  the places of documents by name; j by the day they joined
//
// Where there are many files of a kind, the manifest names lists of 32 of them (cd, vd, fd, wd).
// A portal of a few people has all of it in one file, o.
package search

import (
	"github.com/stoa-portal/stoa/generator/internal/digest"
)

// A Field is where in a document a text stands, which decides what its words weigh.
type Field uint8

const (
	Name   Field = iota // of a person; title
	Skills              // and topics
	Headline
	Place // in an organization: department, employer, program
	Facts // languages, places, stages
	Body
	fields
)

// weights of the fields. The program figures tells what comes of them, also for a judged collection.
var weights = [fields]float64{8, 5, 4, 3, 2, 1}

// A Text is a piece of a document.
type Text struct {
	Field Field
	Words string
}

// A Document is what there is to know of a mentor, or of anything else that can be found.
type Document struct {
	Sum   digest.Sum    // of all that Texts gives, to remember what it was divided into
	Texts func() []Text // is called when they are not remembered
	Terms [][]int       // numbers of its terms, by facet; mentors only
	Class int           // of availability, 0 to Classes-1; the lowest come first
	Card  []string      // what a hit shows
}

// Classes is how many classes of availability there are.
const Classes = 8

// A Kind is the documents of one kind.
type Kind struct {
	Name     string // "mentor", "guide"
	IDs      []string
	Document func(i int) Document // safe to call from several goroutines
}

// A Source is what an index is made from.
type Source struct {
	Language string  // BCP 47
	Prefix   string  // of the edition's site paths, such as "es/"
	Week     uint32  // see package turn
	Facets   []Facet // those that the directory offers
	Kinds    []Kind  // mentors first
	ByName   []int   // places of the mentors, by index, in order of name
	ByDate   []int   // and in order of the day they joined, the latest first
	Portrait [3]int  // side of portraits on cards in pixels, for plain and for dense screens, and in CSS pixels
}

// A File is one file of the index.
type File struct {
	Path string // below the index's folder
	Data []byte
}

// An Index is all files of one language, the manifest first.
type Index struct {
	Files []File
}
