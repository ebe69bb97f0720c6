package photo

import (
	"image"
	"image/color"
	stddraw "image/draw"
	"math"

	"golang.org/x/image/draw"
)

// An orientation is how the camera was held, by the numbers of EXIF 2.32, tag 274.
type orientation uint8

const upright orientation = 1

// upright turns a stored width and height into those of the upright picture.
func (o orientation) upright(width, height int) (int, int) {
	if o >= 5 {
		return height, width
	}
	return width, height
}

// stored finds where pixel x, y of an upright picture of the size given is stored.
func (o orientation) stored(x, y, width, height int) (int, int) {
	switch o {
	case 2:
		return width - 1 - x, y
	case 3:
		return width - 1 - x, height - 1 - y
	case 4:
		return x, height - 1 - y
	case 5:
		return y, x
	case 6:
		return y, width - 1 - x
	case 7:
		return height - 1 - y, width - 1 - x
	case 8:
		return height - 1 - y, x
	}
	return x, y
}

// storedRect finds where a part of an upright picture is stored.
func (o orientation) storedRect(r image.Rectangle, width, height int) image.Rectangle {
	x0, y0 := o.stored(r.Min.X, r.Min.Y, width, height)
	x1, y1 := o.stored(r.Max.X-1, r.Max.Y-1, width, height)
	return image.Rect(min(x0, x1), min(y0, y1), max(x0, x1)+1, max(y0, y1)+1)
}

// turn puts a stored picture upright.
func (o orientation) turn(src *image.RGBA) *image.RGBA {
	if o <= upright {
		return src
	}
	width, height := o.upright(src.Rect.Dx(), src.Rect.Dy())
	dst := image.NewRGBA(image.Rect(0, 0, width, height))
	for y := range height {
		for x := range width {
			sx, sy := o.stored(x, y, width, height)
			copy(dst.Pix[dst.PixOffset(x, y):][:4], src.Pix[src.PixOffset(sx, sy):][:4])
		}
	}
	return dst
}

// square is the largest square of a picture whose middle is as near to the focus as
// the edges allow. The focus counts from the top left corner, 0 to 1 each way.
func square(width, height int, focus [2]float64) image.Rectangle {
	side := min(width, height)
	start := func(length int, at float64) int {
		if math.IsNaN(at) {
			at = 0.5
		}
		at = min(max(at, 0), 1)
		return min(max(int(math.Round(float64(length)*at-float64(side)/2)), 0), length-side)
	}
	x, y := start(width, focus[0]), start(height, focus[1])
	return image.Rect(x, y, x+side, y+side)
}

// reduce shrinks a part of a picture by a whole factor, each pixel the mean of
// factor × factor. What is left over at the edges is shared between both sides and
// left out. Transparent parts are laid over the ground, or stay so when it is nil.
func reduce(src image.Image, part image.Rectangle, factor int, ground *image.Uniform) *image.RGBA {
	width, height := part.Dx()/factor, part.Dy()/factor
	origin := src.Bounds().Min.Add(part.Min).Add(image.Pt(part.Dx()%factor/2, part.Dy()%factor/2))
	dst := image.NewRGBA(image.Rect(0, 0, width, height))
	if factor == 1 {
		lay(dst, src, origin, ground)
		return dst
	}
	strip := image.NewRGBA(image.Rect(0, 0, width*factor, factor))
	sums := make([]uint32, width*4) // of at most 2²⁴ pixels, as maxFactor sees to
	half, area := uint32(factor*factor/2), uint32(factor*factor)
	for y := range height {
		lay(strip, src, origin.Add(image.Pt(0, y*factor)), ground)
		clear(sums)
		for row := range factor {
			pix := strip.Pix[row*strip.Stride:][:width*factor*4]
			for x := range width {
				sum := sums[x*4 : x*4+4 : x*4+4]
				for cell := pix[x*factor*4 : (x+1)*factor*4]; len(cell) >= 4; cell = cell[4:] {
					sum[0] += uint32(cell[0])
					sum[1] += uint32(cell[1])
					sum[2] += uint32(cell[2])
					sum[3] += uint32(cell[3])
				}
			}
		}
		for i, sum := range sums {
			dst.Pix[y*dst.Stride+i] = uint8((sum + half) / area)
		}
	}
	return dst
}

// maxFactor keeps the sums of reduce within 32 bits.
const maxFactor = 1 << 12

// lay copies the part of src that begins at origin onto all of dst.
func lay(dst *image.RGBA, src image.Image, origin image.Point, ground *image.Uniform) {
	if ground == nil {
		stddraw.Draw(dst, dst.Rect, src, origin, stddraw.Src)
		return
	}
	stddraw.Draw(dst, dst.Rect, ground, image.Point{}, stddraw.Src)
	stddraw.Draw(dst, dst.Rect, src, origin, stddraw.Over)
}

// paper is what transparent parts of a portrait lie on.
var paper = image.NewUniform(color.White)

// shrink scales a picture down to the size given, at once or by way of a picture
// about twice that large: the mean of whole blocks is cheap, the last step is sharp.
func shrink(src *image.RGBA, width, height int) *image.RGBA {
	if factor := min(src.Rect.Dx()/(2*width), src.Rect.Dy()/(2*height), maxFactor); factor > 1 {
		src = reduce(src, src.Rect, factor, nil)
	}
	if src.Rect.Dx() == width && src.Rect.Dy() == height {
		return src
	}
	dst := image.NewRGBA(image.Rect(0, 0, width, height))
	draw.CatmullRom.Scale(dst, dst.Rect, src, src.Rect, draw.Src, nil)
	return dst
}
