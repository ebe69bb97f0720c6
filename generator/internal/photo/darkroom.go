package photo

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/jpeg"
	"image/png"
	"math"
	"slices"
	"sync"

	"golang.org/x/sync/semaphore"

	"github.com/stoa-portal/stoa/generator/internal/digest"
)

// What the whole process allows itself. A picture is decoded when the memory that it
// will take, judged by its header, is free: some ten photos of three million pixels,
// or two of a phone's twelve. One that takes more than all of it (a progressive JPEG
// of more than eleven million pixels, at 24 bytes each) waits until it is alone.
const (
	memory = 256 << 20 // bytes, over all pictures being decoded
	plates = 6         // reduced portraits kept, of at most 4 MB each where squares have 512 pixels or less
	plate  = 512       // pixels of a kept portrait's side: at least that (or the square's), less than twice that
)

// The quality of JPEG output, of 100: above these, files grow and eyes see nothing.
const (
	squareQuality = 80
	fitQuality    = 84
)

var room = darkroom{free: semaphore.NewWeighted(memory)}

// A darkroom decodes pictures, a bounded number at a time, and keeps the last few
// portraits in a reduced form, since their sizes are asked for one after the other.
//
// The law of what it keeps: a plate is a pure function of its name, and every
// output is the same whether or not its plate was still there.
type darkroom struct {
	free *semaphore.Weighted

	mu     sync.Mutex
	recent []*namedPlate // latest last
}

type namedPlate struct {
	name plateName
	make func() (*image.RGBA, error) // once
}

type plateName struct {
	sum  digest.Sum
	part image.Rectangle // in the upright picture
	side int
}

// Square returns a JPEG of size × size pixels: the largest square around the focus
// (from the top left corner, 0 to 1 each way; the nearest one that lies inside the
// picture). A picture smaller than that is not blown up: the square then has the
// side that [Picture.SquareSize] says. Transparent parts become white. Errors are a
// [diag.List] that names the file.
func (p *Picture) Square(size int, focus [2]float64) ([]byte, error) {
	part := square(p.Width, p.Height, focus)
	size = p.SquareSize(size)
	reduced, err := room.plate(p, plateName{p.sum, part, max(plate, size)})
	if err != nil {
		return nil, err
	}
	return p.encode(func(b *bytes.Buffer) error {
		return jpeg.Encode(b, shrink(reduced, size, size), &jpeg.Options{Quality: squareQuality})
	})
}

// SquareSize is the side in pixels of the square that [Picture.Square] returns.
func (p *Picture) SquareSize(size int) int { return min(max(size, 1), p.Width, p.Height) }

// Fit returns the upright picture, scaled down to maxWidth pixels when it is wider,
// without metadata, in the format that [Picture.FitSize] says.
// Errors are a [diag.List] that names the file.
func (p *Picture) Fit(maxWidth int) ([]byte, error) {
	format, width, height := p.FitSize(maxWidth)
	var fitted image.Image
	err := room.decode(p, func(decoded image.Image, colours *gamut) {
		if _, few := decoded.(*image.Paletted); few && colours == nil && width == p.Width && p.orientation == upright {
			fitted = decoded // few colours make a small file
			return
		}
		factor := max(1, min(p.Width/(2*width), p.Height/(2*height), maxFactor))
		whole := image.Rect(0, 0, p.width, p.height)
		small := shrink(p.orientation.turn(reduce(decoded, whole, factor, p.ground(format))), width, height)
		colours.toSRGB(small)
		fitted = small
	})
	if err != nil {
		return nil, err
	}
	return p.encode(func(b *bytes.Buffer) error {
		if format == PNG {
			return png.Encode(b, fitted)
		}
		return jpeg.Encode(b, fitted, &jpeg.Options{Quality: fitQuality})
	})
}

// FitSize says, without decoding, what [Picture.Fit] returns: a JPEG for photographs
// (JPEG, and WebP without transparent parts), a PNG for everything else; and its
// width and height in pixels.
func (p *Picture) FitSize(maxWidth int) (format Format, width, height int) {
	format = PNG
	if p.Format == JPEG || p.Format == WebP && !p.alpha {
		format = JPEG
	}
	width = min(max(maxWidth, 1), p.Width)
	height = int(math.Round(float64(p.Height) * float64(width) / float64(p.Width)))
	return format, width, max(height, 1)
}

// ground is what transparent parts lie on: nothing where the format has them too.
func (p *Picture) ground(format Format) *image.Uniform {
	if format == PNG || !p.alpha {
		return nil
	}
	return paper
}

// encode runs an encoder and gives its fault the file's name.
func (p *Picture) encode(write func(*bytes.Buffer) error) ([]byte, error) {
	var b bytes.Buffer
	if err := write(&b); err != nil {
		return nil, broken(p.File, "picture-broken", "this picture cannot be written: %v", err)
	}
	return b.Bytes(), nil
}

// plate returns the part of a picture in a reduced form, of a side between name.side and
// twice that where the picture has so many pixels. Goroutines that ask for the same
// plate share one decoding.
func (r *darkroom) plate(p *Picture, name plateName) (*image.RGBA, error) {
	r.mu.Lock()
	var found *namedPlate
	if i := slices.IndexFunc(r.recent, func(kept *namedPlate) bool { return kept.name == name }); i >= 0 {
		found = r.recent[i]
		r.recent = slices.Delete(r.recent, i, i+1)
	} else {
		found = &namedPlate{name, sync.OnceValues(func() (reduced *image.RGBA, err error) {
			part := p.orientation.storedRect(name.part, p.Width, p.Height)
			err = r.decode(p, func(decoded image.Image, colours *gamut) {
				factor := max(1, min(part.Dx()/name.side, maxFactor))
				reduced = p.orientation.turn(reduce(decoded, part, factor, p.ground(JPEG)))
				colours.toSRGB(reduced)
			})
			return reduced, err
		})}
		if len(r.recent) == plates {
			r.recent = slices.Delete(r.recent, 0, 1)
		}
	}
	r.recent = append(r.recent, found)
	r.mu.Unlock()
	reduced, err := found.make()
	if err != nil { // a file may be mended, so its fault is not kept
		r.mu.Lock()
		r.recent = slices.DeleteFunc(r.recent, func(kept *namedPlate) bool { return kept == found })
		r.mu.Unlock()
	}
	return reduced, err
}

// decode loads and decodes a picture while its memory is reserved, and hands it to
// use, which must not keep it if it is large, with the colours it is in.
func (r *darkroom) decode(p *Picture, use func(image.Image, *gamut)) error {
	reserve := min(p.cost, memory)
	if err := r.free.Acquire(context.Background(), reserve); err != nil {
		return err
	}
	defer r.free.Release(reserve)

	data, err := p.load()
	if err != nil {
		return err
	}
	_, err = safely(data, func(data []byte) (image.Image, error) {
		decoded, err := decoders[p.Format].decode(data)
		if err != nil {
			return nil, err
		}
		if got := decoded.Bounds().Size(); got != image.Pt(p.width, p.height) {
			return nil, fmt.Errorf("header says %d × %d, picture is %d × %d", p.width, p.height, got.X, got.Y)
		}
		use(decoded, gamutOf(p.Format, data))
		return nil, nil
	})
	if err != nil {
		return broken(p.File, "picture-broken", "this %s picture is broken and cannot be shown; open it and export it again", names[p.Format])
	}
	return nil
}
