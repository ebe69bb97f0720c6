// Package corpus invents the source of a mentoring portal of any size, for benchmarks
// and for tests that need many profiles: config.toml and a content folder that is
// valid by the content contract, without an error and without a warning.
//
// In: a number of mentors and a seed ([Options]). Out: files, one after the other, so
// that a hundred thousand profiles need no memory ([Files]), or written to a folder
// ([Write]; the command in generate does that). The same options give the same bytes.
//
// What makes sites slow or wrong is there in its natural proportions: words as
// frequent as in real texts (by Zipf's law), 400 skills, 60 departments, 12 languages,
// names in seven scripts, places in more than thirty countries, every state of availability, guides that link to
// each other and embed mentors, programs with weeks, goals and worksheets. A mentor
// depends on the seed and their number alone, so a larger portal begins with the
// mentors of a smaller one.
//
// The package also draws portraits of nobody ([Portrait]), which stand for photos
// here and in the sample portal ([PortraitOf]).
package corpus

import (
	"bytes"
	"fmt"
	"image"
	"image/jpeg"
	"iter"
	"math/rand/v2"
	"os"
	"path/filepath"
)

// Options say how large the portal is.
type Options struct {
	Mentors int    // profiles
	Guides  int    // guides; 0 means one for every 20 mentors, at least 10 and at most 500
	Photos  int    // how many mentors, the first ones, have a photo
	Seed    uint64 // another seed, another portal of the same size
}

// Proportions that do not change with the size.
const (
	skillCount      = 400
	departmentCount = 60
	programCount    = 12
	goalCount       = 24
	worksheetCount  = 10
	sectionCount    = 10
	wordCount       = 20_000
)

// year is the one around which the portal's dates lie.
const year = 2026

// A site is what all files of one portal share.
type site struct {
	Options
	words       *lexicon
	skills      []term
	topics      []term
	departments []string
	guides      []string // paths under guides/ without .md
}

// Files yields every file of a portal's source, by its slash-separated path.
func Files(o Options) iter.Seq2[string, []byte] {
	return func(yield func(string, []byte) bool) {
		if o.Guides == 0 {
			o.Guides = min(max(o.Mentors/20, 10), 500)
		}
		s := &site{Options: o, words: newLexicon(o.Seed)}
		s.skills, s.topics, s.departments = inventSkills(), inventTopics(), inventDepartments()
		for i := range o.Guides {
			s.guides = append(s.guides, s.guidePath(i))
		}
		parts := []iter.Seq2[string, []byte]{s.pages, s.vocabularies, s.programs, s.goals, s.worksheets, s.guideFiles, s.mentors}
		for _, part := range parts {
			for path, data := range part {
				if !yield(path, data) {
					return
				}
			}
		}
	}
}

// Write writes a portal's source below dir, which is created where it is missing.
func Write(dir string, o Options) error {
	made := map[string]bool{}
	for path, data := range Files(o) {
		file := filepath.Join(dir, filepath.FromSlash(path))
		if folder := filepath.Dir(file); !made[folder] {
			if err := os.MkdirAll(folder, 0o755); err != nil {
				return err
			}
			made[folder] = true
		}
		if err := os.WriteFile(file, data, 0o644); err != nil {
			return err
		}
	}
	return nil
}

// EncodePortrait writes a portrait as the JPEG file that a mentor would hand in.
func EncodePortrait(portrait image.Image) ([]byte, error) {
	var b bytes.Buffer
	if err := jpeg.Encode(&b, portrait, &jpeg.Options{Quality: 88}); err != nil {
		return nil, fmt.Errorf("encode the portrait: %w", err)
	}
	return b.Bytes(), nil
}

// dice is the source of chance for one thing of a kind, such as guide 12.
func (s *site) dice(kind string, number int) *rand.Rand {
	var salt uint64
	for _, letter := range kind {
		salt = salt*131 + uint64(letter)
	}
	return rand.New(rand.NewPCG(s.Seed^salt<<32, uint64(number)))
}

func pick[T any](r *rand.Rand, from []T) T { return from[r.IntN(len(from))] }

// some picks n different values, in the order of the list they come from.
func some[T any](r *rand.Rand, from []T, n int) []T {
	n = min(n, len(from))
	picked := make([]T, 0, n)
	for i, value := range from {
		if r.IntN(len(from)-i) < n-len(picked) {
			picked = append(picked, value)
		}
	}
	return picked
}

// favourites picks up to n different values, the first ones of the list far more
// often than the last, as people choose.
func favourites[T comparable](r *rand.Rand, from []T, n int) []T {
	zipf := rand.NewZipf(r, 1.2, 6, uint64(len(from)-1))
	var picked []T
	for range n {
		value := from[zipf.Uint64()]
		known := false
		for _, before := range picked {
			known = known || before == value
		}
		if !known {
			picked = append(picked, value)
		}
	}
	return picked
}
