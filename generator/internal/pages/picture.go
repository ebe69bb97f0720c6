package pages

import (
	"fmt"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/stoa-portal/stoa/generator/internal/diag"
	"github.com/stoa-portal/stoa/generator/internal/digest"
	"github.com/stoa-portal/stoa/generator/internal/markdown"
	"github.com/stoa-portal/stoa/generator/internal/output"
	"github.com/stoa-portal/stoa/generator/internal/photo"
	"github.com/stoa-portal/stoa/generator/internal/portal"
)

// Sides of portraits in CSS pixels; each also comes twice and three times as large, for dense
// screens.
const (
	cardPortrait    = 96
	profilePortrait = 240
)

// portraitFocus is where portraits are cut around when a profile does not say: heads are
// above the middle.
var portraitFocus = [2]float64{0.5, 0.4}

// portraitSides are the sides in pixels of two files for a size: the second is twice as
// large, for dense screens. Every portrait has them.
func (b *builder) portraitSides(size int) (plain, dense int) {
	largest := b.config.Photos.Size
	return min(size, largest), min(2*size, largest)
}

// portraitFiles are the sides in pixels of all files for a size, the smallest first. Screens of
// phones are three times as dense as the first one; a picture that has no more pixels than
// the second file is not published once more.
func (b *builder) portraitFiles(size int, picture *photo.Picture) []int {
	plain, dense := b.portraitSides(size)
	sides := []int{plain, dense}
	if sharp := min(3*size, b.config.Photos.Size); picture.SquareSize(sharp) > dense {
		sides = append(sides, sharp)
	}
	return slices.Compact(sides)
}

// sharpPortrait is the side in pixels of a mentor's third file for a size, or 0 when there are
// but two.
func (b *builder) sharpPortrait(m *portal.Mentor, size int) int {
	if m.Photo == "" {
		return 0
	}
	picture := b.openPicture(m.Photo)
	if picture == nil {
		return 0
	}
	if sides := b.portraitFiles(size, picture); len(sides) > 2 {
		return sides[2]
	}
	return 0
}

// allPortraitSides are the sides in pixels in which a portrait is published.
func (b *builder) allPortraitSides(picture *photo.Picture) []int {
	sides := slices.Concat(b.portraitFiles(cardPortrait, picture), b.portraitFiles(profilePortrait, picture))
	slices.Sort(sides)
	return slices.Compact(sides)
}

// maxImage is the width in pixels to which pictures in guides are scaled down: twice
// the measure of the text.
const maxImage = 1600

// imageWidths are the further widths in pixels in which wider pictures in guides are published,
// for phones and for screens that are not dense; imageSizes says to browsers how wide they
// are shown (components/prose).
var imageWidths = []int{480, 960}

const imageSizes = "(min-width: 48rem) 46rem, 94vw"

// openPicture checks a picture file; nil when there is something wrong with it, which is
// reported.
func (b *builder) openPicture(file string) *photo.Picture {
	b.picturesMu.Lock()
	defer b.picturesMu.Unlock()
	picture, ok := b.pictures[file]
	if !ok {
		var problems diag.List
		picture, problems = b.Album.Open(b.Source, file, b.Sum(file))
		if !strings.HasPrefix(file, "content/mentors/") { // a drawing in a text may be small
			problems = slices.DeleteFunc(slices.Clone(problems), func(p diag.Problem) bool { return p.Rule == "picture-small" })
		}
		b.report(problems)
		b.pictures[file] = picture
	}
	return picture
}

// portrait is a mentor's photo at a size, or the initials that stand for it.
func (e *edition) portrait(m *portal.Mentor, size int) Portrait {
	p := Portrait{Size: size, Initials: photo.Initials(m.Value.Name), Hue: photo.Hue(m.ID)}
	if m.Photo == "" {
		return p
	}
	picture := e.openPicture(m.Photo)
	if picture == nil {
		return p
	}
	words := m.In(e.lang).Value.Photo
	p.Alt, p.Credit = words.Alt, words.Credit
	sides := e.portraitFiles(size, picture)
	p.URL = portraitPath(m, sides[0])
	if len(sides) == 1 {
		return p
	}
	var candidates []string
	for _, side := range sides {
		candidates = append(candidates, fmt.Sprintf("%s %.3gx", e.Base+escapePath(portraitPath(m, side)), float64(side)/float64(sides[0])))
	}
	p.Srcset = strings.Join(candidates, ", ")
	return p
}

func portraitPath(m *portal.Mentor, side int) string {
	return fmt.Sprintf("mentors/%s/photo-%d.jpg", m.ID, side)
}

// photoRows are the portraits of all mentors, in each size that pages show.
func (b *builder) photoRows() []output.File {
	return rowsInParallel(b.Portal.Mentors, func(m *portal.Mentor) []output.File {
		if m.Photo == "" {
			return nil
		}
		picture := b.openPicture(m.Photo)
		if picture == nil {
			return nil
		}
		focus := portraitFocus
		if len(m.Value.Photo.Focus) == 2 {
			focus = [2]float64(m.Value.Photo.Focus)
		}
		var files []output.File
		for _, side := range b.allPortraitSides(picture) {
			files = append(files, b.raw(portraitPath(m, side), func(w io.Writer) error {
				data, err := picture.Square(side, focus)
				if err != nil {
					return err
				}
				_, err = w.Write(data)
				return err
			}, picture.Sum(), side, focus))
		}
		return files
	})
}

// asset is where a file beside a guide or page is published, and its size when it is a
// picture. ok is false when it cannot be published.
type asset struct {
	site          string
	width, height int
	picture       *photo.Picture
}

func (b *builder) asset(file string) (asset, bool) {
	site := strings.TrimPrefix(file, "content/")
	if !photoExtensions[strings.ToLower(path.Ext(file))] {
		return asset{site: site}, true
	}
	picture := b.openPicture(file)
	if picture == nil {
		return asset{}, false
	}
	format, width, height := picture.FitSize(maxImage)
	return asset{strings.TrimSuffix(site, path.Ext(site)) + "." + string(format), width, height, picture}, true
}

// Image shows a picture beside the text's file, or one of content/static.
func (r *resolver) Image(i markdown.Image) (markdown.Picture, string) {
	e := r.edition
	if i.Kind == markdown.External {
		return markdown.Picture{}, "a picture is shown from this site only, so that visitors talk to no other host: put the file beside this one"
	}
	if i.Kind == markdown.Site {
		site := strings.TrimPrefix(i.Path, "/")
		if !e.routes.static[site] {
			return markdown.Picture{}, fmt.Sprintf("there is no picture %q in content/static", i.Path)
		}
		width, height := e.staticSize("content/static/" + site)
		return markdown.Picture{URL: e.Base + escapePath(site), Width: width, Height: height}, ""
	}
	name := path.Join(rooted(r.file), i.Path)
	if e.routes.without[name] {
		return markdown.Picture{}, ""
	}
	if !e.routes.assets[name] {
		return markdown.Picture{}, fmt.Sprintf("there is no picture %q beside this text", i.Path)
	}
	a, ok := e.asset("content/" + name)
	if !ok {
		return markdown.Picture{}, "" // what is wrong with the file is said of the file
	}
	picture := markdown.Picture{URL: e.Base + escapePath(a.site), Width: a.width, Height: a.height}
	if widths := a.further(); len(widths) > 0 {
		for _, width := range widths {
			picture.Srcset += fmt.Sprintf("%s %dw, ", e.Base+escapePath(a.at(width)), width)
		}
		picture.Srcset += fmt.Sprintf("%s %dw", picture.URL, a.width)
		picture.Sizes = imageSizes
	}
	return picture, ""
}

// further are the widths besides its own in which a picture is published.
func (a asset) further() []int {
	if a.picture == nil {
		return nil
	}
	return slices.DeleteFunc(slices.Clone(imageWidths), func(width int) bool { return 5*width > 4*a.width })
}

// at is the site path of a picture in one of its further widths.
func (a asset) at(width int) string {
	extension := path.Ext(a.site)
	return fmt.Sprintf("%s.%dw%s", strings.TrimSuffix(a.site, extension), width, extension)
}

// staticSize is the size of one of the owner's pictures, 0 when it is not known (as of a
// drawing).
func (b *builder) staticSize(file string) (width, height int) {
	data, err := fs.ReadFile(b.Source, file)
	if err != nil {
		return 0, 0
	}
	width, height, err = photo.Size(data)
	if err != nil {
		return 0, 0
	}
	return width, height
}

// assetRows are the theme's files, the stylesheets that the site makes, and what lies
// beside guides and pages.
func (b *builder) assetRows() []output.File {
	var files []output.File
	for _, a := range b.Theme.Assets() {
		files = append(files, b.raw(b.Theme.Root()+a.Path, writes(a.Data), digest.Bytes(a.Data)))
	}
	files = append(files, b.stylesheets()...)
	for _, file := range b.Portal.Assets {
		a, ok := b.asset(file)
		switch {
		case !ok:
		case a.picture != nil:
			files = append(files, from(diag.Place{File: file}, b.fitted(a.picture, a.site, maxImage)))
			for _, width := range a.further() {
				files = append(files, from(diag.Place{File: file}, b.fitted(a.picture, a.at(width), width)))
			}
		default:
			files = append(files, b.copied(file, a.site))
		}
	}
	return files
}

// fitted is a picture that is at most so many pixels wide.
func (b *builder) fitted(picture *photo.Picture, site string, width int) output.File {
	return b.raw(site, func(w io.Writer) error {
		data, err := picture.Fit(width)
		if err != nil {
			return err
		}
		_, err = w.Write(data)
		return err
	}, picture.Sum(), width)
}

// staticRows copies content/static to the site's root, as it is, and adds what hosts want to
// find there.
func (b *builder) staticRows() []output.File {
	files := []output.File{b.raw(".nojekyll", writes(nil))}
	if !b.routes.static[headersPath] {
		files = append(files, b.headersRow())
	}
	for _, file := range b.Portal.Content.Static {
		files = append(files, b.copied("content/static/"+file, file))
	}
	return files
}

// copied is a row whose bytes are those of a source file.
func (b *builder) copied(file, site string) output.File {
	return from(diag.Place{File: file}, b.raw(site, func(w io.Writer) error {
		in, err := b.Source.Open(file)
		if err != nil {
			return err
		}
		defer in.Close()
		_, err = io.Copy(w, in)
		return err
	}, b.Sum(file)))
}

func writes(data []byte) func(io.Writer) error {
	return func(w io.Writer) error {
		_, err := w.Write(data)
		return err
	}
}

// assetSums is the digest of all files that a text may show or link to.
func (b *builder) assetSums() digest.Sum {
	b.assetsOnce.Do(func() {
		var parts []any
		for _, file := range b.Portal.Assets {
			parts = append(parts, file, b.Sum(file))
		}
		for _, file := range b.Portal.Content.Static {
			parts = append(parts, file, b.Sum("content/static/"+file))
		}
		b.assetsSum = digest.Of(parts...)
	})
	return b.assetsSum
}

// checkDrawings refuses drawings that would do more than be looked at: content comes from
// strangers, and a browser runs what a drawing holds when it is opened on its own.
func (b *builder) checkDrawings() {
	for _, file := range b.Portal.Assets {
		if strings.EqualFold(path.Ext(file), ".svg") {
			if data, err := fs.ReadFile(b.Source, file); err == nil {
				b.report(photo.CheckDrawing(file, data))
			}
		}
	}
}

var photoExtensions = map[string]bool{".jpg": true, ".jpeg": true, ".png": true, ".webp": true, ".gif": true, ".avif": true}
