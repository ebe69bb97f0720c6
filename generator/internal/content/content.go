// Package content reads the folder content/: profiles, programs, guides, goals,
// worksheets, vocabularies and pages, each value with its place.
package content

import (
	"github.com/stoa-portal/stoa/generator/internal/diag"
	"github.com/stoa-portal/stoa/generator/internal/digest"
	"github.com/stoa-portal/stoa/generator/internal/schema"
)

// Markdown is text in CommonMark.
type Markdown = schema.Markdown

// Free holds keys of the author's choice: strings, int64, float64, bool, civil.Date,
// []any and map[string]any.
type Free = map[string]any

// A Record is one source file, or its translation, decoded. Records are immutable and
// shared between loads.
type Record[T any] struct {
	ID           string                // the file's name without language and extension; of a guide the path under guides/, of a section the folder
	Lang         string                // "" for the source, else the language tag of this translation
	File         string                // slash path from the site's source folder
	Value        T                     // a translation has the source's values where it gives none
	Body         string                // Markdown after the front matter; of a translation without one, the source's
	Translations map[string]*Record[T] // by language tag; nil on a translation

	sum  digest.Sum
	doc  *schema.Document
	body *Record[T] // whose Body this is
	base *Record[T] // of a translation
}

// Sum is the digest of the file's bytes, for a translation of both files'.
func (r *Record[T]) Sum() digest.Sum { return r.sum }

// In is the record in that language: the translation, or the record itself.
func (r *Record[T]) In(lang string) *Record[T] {
	if t, ok := r.Translations[lang]; ok {
		return t
	}
	return r
}

// Place is where the file gives the value at a path such as "availability.capacity",
// "skills[2]" or "links[0].url"; or else where its parent is; or the file's first
// line. A value that a translation does not give has its place in the source.
func (r *Record[T]) Place(path string) diag.Place { return diag.Place{} }

// TextPlace is where the text of a string begins: after its quotes. Markdown problems
// count from there.
func (r *Record[T]) TextPlace(path string) diag.Place { return diag.Place{} }

// BodyPlace is where Body begins.
func (r *Record[T]) BodyPlace() diag.Place { return diag.Place{} }

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
	Drafts       []string                       // files left out because they are drafts
}
