package corpus

import (
	"image"
	"image/color"
	stddraw "image/draw"
	"math"

	"golang.org/x/image/vector"
)

// A canvas is a square picture drawn by paths. Its sides measure 100 units, whatever
// its size in pixels; y counts downwards.
type canvas struct {
	picture *image.RGBA
	scale   float32
}

// A shape draws closed outlines with a pen.
type shape func(p *pen)

type pen struct {
	r     *vector.Rasterizer
	scale float32
}

func newCanvas(size int) *canvas {
	return &canvas{image.NewRGBA(image.Rect(0, 0, size, size)), float32(size) / 100}
}

func (c *canvas) fill(with color.Color, s shape) {
	p := pen{vector.NewRasterizer(c.picture.Rect.Dx(), c.picture.Rect.Dy()), c.scale}
	s(&p)
	p.r.Draw(c.picture, c.picture.Rect, image.NewUniform(with), image.Point{})
}

// within draws on a copy and keeps of it what lies inside the shape.
func (c *canvas) within(s shape, paint func(*canvas)) {
	layer := &canvas{image.NewRGBA(c.picture.Rect), c.scale}
	copy(layer.picture.Pix, c.picture.Pix)
	paint(layer)
	p := pen{vector.NewRasterizer(c.picture.Rect.Dx(), c.picture.Rect.Dy()), c.scale}
	s(&p)
	mask := image.NewAlpha(c.picture.Rect)
	p.r.Draw(mask, mask.Rect, image.Opaque, image.Point{})
	stddraw.DrawMask(c.picture, c.picture.Rect, layer.picture, image.Point{}, mask, image.Point{}, stddraw.Over)
}

func (p *pen) move(x, y float64) { p.r.MoveTo(float32(x)*p.scale, float32(y)*p.scale) }
func (p *pen) line(x, y float64) { p.r.LineTo(float32(x)*p.scale, float32(y)*p.scale) }
func (p *pen) close()            { p.r.ClosePath() }
func (p *pen) curve(x1, y1, x2, y2, x, y float64) {
	s := p.scale
	p.r.CubeTo(float32(x1)*s, float32(y1)*s, float32(x2)*s, float32(y2)*s, float32(x)*s, float32(y)*s)
}

// outline is a closed figure of cubic curves: a start, then six numbers a curve.
func outline(x, y float64, curves ...[6]float64) shape {
	return func(p *pen) {
		p.move(x, y)
		for _, c := range curves {
			p.curve(c[0], c[1], c[2], c[3], c[4], c[5])
		}
		p.close()
	}
}

func polygon(points ...[2]float64) shape {
	return func(p *pen) {
		p.move(points[0][0], points[0][1])
		for _, at := range points[1:] {
			p.line(at[0], at[1])
		}
		p.close()
	}
}

func rectangle(x0, y0, x1, y1 float64) shape {
	return polygon([2]float64{x0, y0}, [2]float64{x1, y0}, [2]float64{x1, y1}, [2]float64{x0, y1})
}

func ellipse(x, y, rx, ry float64) shape {
	const k = 0.5522847498 // makes four cubic curves as good as round
	return outline(x+rx, y,
		[6]float64{x + rx, y + k*ry, x + k*rx, y + ry, x, y + ry},
		[6]float64{x - k*rx, y + ry, x - rx, y + k*ry, x - rx, y},
		[6]float64{x - rx, y - k*ry, x - k*rx, y - ry, x, y - ry},
		[6]float64{x + k*rx, y - ry, x + rx, y - k*ry, x + rx, y})
}

func circle(x, y, r float64) shape { return ellipse(x, y, r, r) }

// all puts several shapes into one.
func all(shapes ...shape) shape {
	return func(p *pen) {
		for _, s := range shapes {
			s(p)
		}
	}
}

// stroke is a line of some width along a curve, from one end to the other by way of
// two control points, with round ends.
func stroke(width, x0, y0, x1, y1, x2, y2, x3, y3 float64) shape {
	const steps = 24
	var left, right [][2]float64
	for i := range steps + 1 {
		t := float64(i) / steps
		u := 1 - t
		x := u*u*u*x0 + 3*u*u*t*x1 + 3*u*t*t*x2 + t*t*t*x3
		y := u*u*u*y0 + 3*u*u*t*y1 + 3*u*t*t*y2 + t*t*t*y3
		dx := 3*u*u*(x1-x0) + 6*u*t*(x2-x1) + 3*t*t*(x3-x2)
		dy := 3*u*u*(y1-y0) + 6*u*t*(y2-y1) + 3*t*t*(y3-y2)
		length := math.Hypot(dx, dy)
		if length == 0 {
			continue
		}
		nx, ny := -dy/length*width/2, dx/length*width/2
		left = append(left, [2]float64{x + nx, y + ny})
		right = append([][2]float64{{x - nx, y - ny}}, right...)
	}
	return polygon(append(left, right...)...)
}

// ring is a circle's line.
func ring(width, x, y, r float64) shape {
	const k = 0.5522847498
	inner := r - width/2
	return func(p *pen) {
		circle(x, y, r+width/2)(p)
		p.move(x+inner, y) // the other way round, so that it cuts a hole
		p.curve(x+inner, y-k*inner, x+k*inner, y-inner, x, y-inner)
		p.curve(x-k*inner, y-inner, x-inner, y-k*inner, x-inner, y)
		p.curve(x-inner, y+k*inner, x-k*inner, y+inner, x, y+inner)
		p.curve(x+k*inner, y+inner, x+inner, y+k*inner, x+inner, y)
		p.close()
	}
}

// rgb is an opaque colour, 0xRRGGBB.
func rgb(hex uint32) color.RGBA {
	return color.RGBA{uint8(hex >> 16), uint8(hex >> 8), uint8(hex), 255}
}

// mix is a colour between two others.
func mix(a, b color.RGBA, share float64) color.RGBA {
	blend := func(x, y uint8) uint8 { return uint8(math.Round(float64(x)*(1-share) + float64(y)*share)) }
	return color.RGBA{blend(a.R, b.R), blend(a.G, b.G), blend(a.B, b.B), 255}
}

// light is a colour's brightness as eyes judge it, 0 to 1 (Rec. 709 weights).
func light(c color.RGBA) float64 {
	return (0.2126*float64(c.R) + 0.7152*float64(c.G) + 0.0722*float64(c.B)) / 255
}
