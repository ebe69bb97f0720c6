// Package photo turns the pictures that people hand in into pictures that a site
// may publish: turned upright, cropped, scaled, in a format every browser shows,
// and without a byte of what the camera wrote about the place and time of taking.
//
// In: a picture file of any origin (JPEG, PNG, WebP or a still GIF). Out: a JPEG
// square for a portrait ([Picture.Square]) or a picture no wider than asked for
// ([Picture.Fit]); and, where there is no picture, [Initials] and a [Hue].
//
// Work is divided so that a site with ten thousand photos stays small in memory.
// [Album.Open] reads a file once, looks at its structure only (nothing is decoded),
// reports what is wrong with it in words, and lets the bytes go. A [Picture] is that
// verdict and a reference: plans are made from its size and [Picture.Sum]. The
// file is read again and decoded when a row of the plan is rendered; the package
// decodes only so many pictures at once as fit the memory it allows itself (see
// darkroom.go), whatever the number of goroutines that ask.
//
// Output is JPEG (and PNG), which every browser shows. A smaller format would save visitors of a
// profile some ten kilobytes, but no encoder of WebP or AVIF for Go without C is one to build on
// today: those in Go are months old or lossless, and libwebp and libaom by way of WebAssembly use
// the system's library instead where they find one, so that the bytes, and with them the site,
// would depend on the machine.
//
// Output is made of pixels alone, in the colours of sRGB. Metadata cannot leak because none is ever copied:
// not EXIF, XMP, IPTC, thumbnails, comments or what follows the end of the picture.
package photo

import (
	"fmt"
	"io/fs"
	"sync"

	"github.com/stoa-portal/stoa/generator/internal/diag"
	"github.com/stoa-portal/stoa/generator/internal/digest"
)

// The largest file and picture that are read, and the size below which a portrait
// looks poor on every screen.
const (
	MaxBytes  = 20 << 20   // bytes of a file
	MaxPixels = 40_000_000 // width × height
	MinSide   = 64         // pixels of the shorter side
)

// recipe is part of every [Picture.Sum]; raise it when the same file gives other
// output than before.
const recipe = 1

// A Format is a kind of picture file, named as its usual extension.
type Format string

const (
	JPEG Format = "jpg"
	PNG  Format = "png"
	WebP Format = "webp"
	GIF  Format = "gif"
)

// A Picture is a checked picture file. It holds no pixels. Its methods may be called
// from several goroutines.
type Picture struct {
	File   string // slash-separated, as problems name it
	Format Format // what the file really is, whatever its name says
	Width  int    // pixels, once the picture is upright
	Height int

	header
	sum  digest.Sum
	load func() ([]byte, error)
}

// Sum names the picture's bytes and the way they are worked on: two pictures of equal
// sum give equal output. It makes a Picture a [digest.Summer], so that a view may
// hold one.
func (p *Picture) Sum() digest.Sum { return p.sum }

// Read checks the picture in data, which it keeps. The picture is nil when the list
// holds an error. A site's pictures are opened by an [Album], which keeps no bytes.
func Read(file string, data []byte) (*Picture, diag.List) {
	head, problems := inspect(file, data)
	if problems.Errors() > 0 {
		return nil, problems
	}
	load := func() ([]byte, error) { return data, nil }
	return newPicture(file, head, digest.Bytes(data), load), problems
}

func newPicture(file string, head header, data digest.Sum, load func() ([]byte, error)) *Picture {
	width, height := head.orientation.upright(head.width, head.height)
	return &Picture{file, head.format, width, height, head, digest.Of(recipe, data), load}
}

// An Album opens the pictures of a site and remembers what it found, so that
// looking at the site again (while serving) reads only the files that changed.
//
// Its law: what it remembers depends on a file's name and content alone, so it is
// never stale; and it forgets whatever the last look did not ask for (see
// [Album.Turn]).
type Album struct {
	mu      sync.Mutex
	present map[leaf]verdict
	past    map[leaf]verdict
}

type leaf struct {
	file string
	sum  digest.Sum
}

type verdict struct {
	head     header
	problems diag.List
}

// NewAlbum returns an empty album.
func NewAlbum() *Album { return &Album{present: map[leaf]verdict{}} }

// Turn begins another look at the site: what is not opened again before the next
// Turn is forgotten.
func (a *Album) Turn() {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.past, a.present = a.present, map[leaf]verdict{}
}

// Open checks a picture file of fsys. sum is the [digest.Bytes] of its content when
// the caller knows it, else zero, and the file is read to find it. The picture is
// nil when the list holds an error. It reads the file anew from fsys whenever it is
// rendered, and refuses when the content is no longer the one that was checked.
func (a *Album) Open(fsys fs.FS, file string, sum digest.Sum) (*Picture, diag.List) {
	var data []byte
	if sum == (digest.Sum{}) {
		var problems diag.List
		if data, problems = readFile(fsys, file); problems != nil {
			return nil, problems
		}
		sum = digest.Bytes(data)
	}
	found, ok := a.recall(leaf{file, sum})
	if !ok {
		if data == nil {
			var problems diag.List
			if data, problems = readFile(fsys, file); problems != nil {
				return nil, problems
			}
			sum = digest.Bytes(data)
		}
		found.head, found.problems = inspect(file, data)
		a.remember(leaf{file, sum}, found)
	}
	if found.problems.Errors() > 0 {
		return nil, found.problems
	}
	return newPicture(file, found.head, sum, func() ([]byte, error) {
		data, problems := readFile(fsys, file)
		if problems != nil {
			return nil, problems
		}
		if digest.Bytes(data) != sum {
			return nil, broken(file, "picture-changed", "this picture changed while the site was being built; build again")
		}
		return data, nil
	}), found.problems
}

func (a *Album) recall(l leaf) (verdict, bool) {
	a.mu.Lock()
	defer a.mu.Unlock()
	found, ok := a.present[l]
	if !ok {
		if found, ok = a.past[l]; ok {
			a.present[l] = found
		}
	}
	return found, ok
}

func (a *Album) remember(l leaf, found verdict) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.present[l] = found
}

// readFile reads a file that is not larger than a picture may be.
func readFile(fsys fs.FS, file string) ([]byte, diag.List) {
	info, err := fs.Stat(fsys, file)
	switch {
	case err != nil:
		return nil, broken(file, "picture-unreadable", "this picture cannot be read: %s", reason(err))
	case info.Size() > MaxBytes:
		return nil, tooLarge(file, info.Size())
	}
	data, err := fs.ReadFile(fsys, file)
	if err != nil {
		return nil, broken(file, "picture-unreadable", "this picture cannot be read: %s", reason(err))
	}
	return data, nil
}

// reason leaves off the operation and path that the problem's place already says.
func reason(err error) string {
	if path, ok := err.(*fs.PathError); ok {
		return path.Err.Error()
	}
	return err.Error()
}

// broken is a list of one error about a file as a whole.
func broken(file, rule, format string, args ...any) diag.List {
	var list diag.List
	list.Errorf(diag.Place{File: file}, rule, format, args...)
	return list
}

func tooLarge(file string, size int64) diag.List {
	return broken(file, "picture-size", "this picture's file has %s; make it smaller than %s", megabytes(size), megabytes(MaxBytes))
}

func megabytes(n int64) string { return fmt.Sprintf("%.0f MB", float64(n)/(1<<20)) }
