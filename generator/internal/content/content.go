// Package content reads the folder content/: profiles, programs, guides, goals,
// worksheets, vocabularies and pages, each value with its place.
//
// [Load] takes a file system and gives a [Content]: typed [Record]s ordered by id, with
// their translations laid over them, and every problem found on the way. It looks at
// each file by itself. Whether a mentor's program exists is the domain's question;
// [References] lists what there is to look up.
//
// The types of this package are the contract with authors: the fields, their bounds
// and the sentences that describe them stand in the tags of the structs, and checks,
// JSON Schemas and content/README.md are made from them.
package content

import (
	"sync"

	"github.com/stoa-portal/stoa/generator/internal/diag"
	"github.com/stoa-portal/stoa/generator/internal/digest"
	"github.com/stoa-portal/stoa/generator/internal/schema"
)

// Markdown is text in CommonMark.
type Markdown = schema.Markdown

// Free holds keys of the author's choice: string, int64, float64, bool, civil.Date,
// []any and map[string]any.
type Free = map[string]any

// A Content is everything read from the folder content/, ordered by id.
type Content struct {
	Mentors      []*Record[Mentor]
	Programs     []*Record[Program]
	Guides       []*Record[Guide]
	Goals        []*Record[Goal]
	Worksheets   []*Record[Worksheet]
	Pages        []*Record[Page]                // plain pages and the home page, whose ID is "index"
	Sections     []*Record[Page]                // from _index.md; ID is the folder: "mentors", "guides", "guides/careers"
	Vocabularies map[string]*Record[Vocabulary] // by name: "skills"
	Photos       map[string]string              // mentor's id to the photo's path, from the site's source folder
	Assets       []string                       // images and documents beside guides and pages, paths from the source folder
	Static       []string                       // paths under content/static
	Drafts       []string                       // files left out because they are drafts, paths from the source folder
}

// A Record is one source file, decoded. Records are immutable and shared between loads.
type Record[T any] struct {
	ID           string                // the file's name without language and extension; of a guide the path under guides/, of a section the folder
	Lang         string                // "" for the source, else the language tag of this translation
	File         string                // slash path from the site's source folder
	Value        T                     // a translation has the source's values where it gives none
	Body         string                // Markdown after the front matter; of a translation without any, the source's
	Translations map[string]*Record[T] // by language tag; nil on a translation

	sum      digest.Sum
	document *schema.Document
	base     *Record[T] // of a translation, else nil
}

// Sum is the digest of the file's bytes; for a translation, of both files'.
func (r *Record[T]) Sum() digest.Sum { return r.sum }

// In is the record in that language: its translation, or the record itself when there
// is none.
func (r *Record[T]) In(lang string) *Record[T] {
	if t, ok := r.Translations[lang]; ok {
		return t
	}
	return r
}

// Place is where the file gives the value at a path such as "availability.capacity",
// "skills[2]" or "links[0].url"; or else where its parent is; or else the file's first
// line. A value that a translation does not give has its place in the source.
func (r *Record[T]) Place(path string) diag.Place {
	place, found := r.document.Place(path)
	if !found && r.base != nil {
		return r.base.Place(path)
	}
	return place
}

// Locate tells where the bytes of the text at a path stand, by their offset in it. The file
// is read again when that is first asked.
func (r *Record[T]) Locate(path string) func(offset int) diag.Place {
	find := sync.OnceValue(func() func(int) diag.Place {
		place, found := r.document.Locate(path)
		if !found && r.base != nil {
			return r.base.Locate(path)
		}
		return place
	})
	return func(offset int) diag.Place { return find()(offset) }
}

// BodyPlace is where Body begins.
func (r *Record[T]) BodyPlace() diag.Place {
	if r.base != nil && r.document.Body() != r.Body {
		return r.base.BodyPlace()
	}
	return r.document.BodyPlace()
}
