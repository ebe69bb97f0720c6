package corpus

import (
	"image"
	"image/color"
	"math/rand/v2"
)

// A look is what a portrait shows. Portraits are of nobody: flat shapes in warm
// colours, made so that people in a list are told apart at 96 pixels.
type look struct {
	skin, hair     color.RGBA
	cut            cut
	beard, glasses bool
	earrings       bool
	ground, second color.RGBA // background
	scene          int
	cloth, trim    color.RGBA
	collar         int
	pattern        int
}

const (
	scenes   = 5
	collars  = 5
	patterns = 4
)

var (
	skins = []color.RGBA{rgb(0xF3D3BA), rgb(0xECC1A0), rgb(0xDFAA83), rgb(0xC98E66), rgb(0xB0764F), rgb(0x92593A), rgb(0x74452D), rgb(0x603A29)}
	hairs = []color.RGBA{rgb(0x22201F), rgb(0x2E2523), rgb(0x43302A), rgb(0x6A4630), rgb(0x8C4A2F), rgb(0xC08A4A), rgb(0x8F8A86), rgb(0xDAD5CD)}
	warm  = []color.RGBA{
		rgb(0xE9C9A6), rgb(0xE8B08A), rgb(0xD98A6A), rgb(0xC96F53), rgb(0xE3B45F), rgb(0xC9994A), rgb(0xA9B596), rgb(0x7F9C84),
		rgb(0x4E7F7C), rgb(0x8FB0B5), rgb(0x6F8FA8), rgb(0x3F5670), rgb(0xB98AA0), rgb(0x8A5670), rgb(0xF1E3CE), rgb(0x5B4B49),
	}
)

// Portrait draws the portrait of that number, size pixels wide and high.
func Portrait(seed uint64, size int) image.Image { return draw(lookOf(seed), size) }

// lookOf is one of many millions of looks.
func lookOf(seed uint64) look {
	r := rand.New(rand.NewPCG(seed, 0x706f727472616974))
	l := look{
		skin: skins[r.IntN(len(skins))], hair: hairs[r.IntN(len(hairs))], cut: cut(r.IntN(int(cuts))),
		glasses: r.IntN(4) == 0, ground: warm[r.IntN(len(warm))], scene: r.IntN(scenes), collar: r.IntN(collars), pattern: r.IntN(patterns),
	}
	for light(l.skin) < 0.5 && (light(l.hair) > 0.25 || contrast(l.hair, l.skin) < 0.1) { // fair hair is rare there
		l.hair = hairs[r.IntN(len(hairs))]
	}
	switch l.cut {
	case crop, parted, quiff, receding, turban:
		l.beard = r.IntN(3) == 0
	case bob, bun, long, tail, braids, pixie:
		l.earrings = r.IntN(3) == 0
	}
	l.second, l.cloth = l.ground, l.ground
	for contrast(l.second, l.ground) < 0.06 || contrast(l.second, l.ground) > 0.35 {
		l.second = warm[r.IntN(len(warm))]
	}
	for contrast(l.cloth, l.ground) < 0.14 || contrast(l.cloth, l.second) < 0.1 || contrast(l.cloth, l.skin) < 0.08 {
		l.cloth = warm[r.IntN(len(warm))]
	}
	l.trim = l.cloth
	for contrast(l.trim, l.cloth) < 0.15 || contrast(l.trim, l.skin) < 0.08 {
		l.trim = warm[r.IntN(len(warm))]
	}
	if l.cut == scarf && l.collar == 4 {
		l.collar = 0
	}
	return l
}

func contrast(a, b color.RGBA) float64 {
	if difference := light(a) - light(b); difference > 0 {
		return difference
	}
	return light(b) - light(a)
}

var (
	black = rgb(0x1E1A1A)
	white = rgb(0xFBF6EE)

	head  = outline(50, 22, [6]float64{60, 22, 65.5, 30, 65.2, 41}, [6]float64{64.8, 54, 57.5, 63.5, 50, 63.5}, [6]float64{42.5, 63.5, 35.2, 54, 34.8, 41}, [6]float64{34.5, 30, 40, 22, 50, 22})
	torso = outline(50, 70, [6]float64{58, 70, 60, 71.5, 66, 73.5}, [6]float64{79, 77.5, 88, 82, 90, 104}, [6]float64{90, 104, 10, 104, 10, 104}, [6]float64{12, 82, 21, 77.5, 34, 73.5}, [6]float64{40, 71.5, 42, 70, 50, 70})
	neck  = outline(43, 54, [6]float64{43, 62, 43.4, 66, 42, 70}, [6]float64{43, 78, 57, 78, 58, 70}, [6]float64{56.6, 66, 57, 62, 57, 54}, [6]float64{57, 54, 43, 54, 43, 54})
)

func draw(l look, size int) image.Image {
	c := newCanvas(size)
	shade := mix(l.skin, rgb(0x5A2A22), 0.2)
	l.drawScene(c)
	l.cut.behind(c, l)
	c.fill(l.cloth, torso)
	c.within(torso, l.drawPattern)
	l.drawCollar(c, shade)

	if !l.cut.covers() {
		c.fill(shade, all(ellipse(35, 44, 2.6, 4), ellipse(65, 44, 2.6, 4)))
	}
	c.fill(l.skin, head)
	c.within(head, func(c *canvas) { // light comes from the left
		c.fill(mix(l.skin, shade, 0.5), outline(54, 20, [6]float64{58, 34, 56, 40, 57.5, 46}, [6]float64{58, 54, 55, 60, 50, 66}, [6]float64{60, 70, 72, 60, 70, 40}, [6]float64{70, 24, 60, 18, 54, 20}))
	})
	l.drawFace(c, shade)
	if l.beard {
		l.drawBeard(c)
	}
	l.cut.before(c, l)
	if l.glasses {
		frame := mix(l.hair, black, 0.5)
		c.fill(frame, all(ring(1.1, 43.4, 43.5, 4.6), ring(1.1, 56.6, 43.5, 4.6), stroke(1.1, 47.8, 43, 49, 41.8, 51, 41.8, 52.2, 43)))
	}
	if l.earrings {
		c.fill(rgb(0xE3B45F), all(circle(34.2, 50.5, 1.5), circle(65.8, 50.5, 1.5)))
	}
	return c.picture
}

func (l look) drawScene(c *canvas) {
	c.fill(l.ground, rectangle(0, 0, 100, 100))
	switch l.scene {
	case 0: // a sun behind the head
		c.fill(l.second, circle(50, 44, 36))
	case 1: // an arch
		c.fill(l.second, outline(14, 104, [6]float64{14, 80, 14, 60, 14, 48}, [6]float64{14, 0, 86, 0, 86, 48}, [6]float64{86, 60, 86, 80, 86, 104}))
	case 2: // hills
		c.fill(l.second, outline(-2, 62, [6]float64{20, 44, 36, 52, 52, 60}, [6]float64{70, 68, 86, 50, 102, 46}, [6]float64{102, 70, 102, 90, 102, 102}, [6]float64{60, 102, 30, 102, -2, 102}))
	case 3: // a slope
		c.fill(l.second, polygon([2]float64{0, 100}, [2]float64{100, 0}, [2]float64{100, 100}))
	case 4: // quarters of a circle
		c.fill(l.second, all(circle(0, 0, 38), circle(100, 100, 62)))
	}
}

func (l look) drawPattern(c *canvas) {
	switch l.pattern {
	case 1: // stripes across
		for y := 78.0; y < 100; y += 7 {
			c.fill(l.trim, rectangle(0, y, 100, y+2.4))
		}
	case 2: // dots
		for row := range 5 {
			for column := range 14 {
				c.fill(l.trim, circle(float64(column)*7.5+float64(row%2)*3.75, 76+float64(row)*6, 1.2))
			}
		}
	case 3: // an open jacket
		side := mix(l.cloth, black, 0.28)
		c.fill(side, all(polygon([2]float64{0, 60}, [2]float64{40, 70}, [2]float64{45, 104}, [2]float64{0, 104}), polygon([2]float64{100, 60}, [2]float64{60, 70}, [2]float64{55, 104}, [2]float64{100, 104})))
	}
}

func (l look) drawCollar(c *canvas, shade color.RGBA) {
	open := outline(41, 70, [6]float64{43, 80, 57, 80, 59, 70}, [6]float64{56, 68, 44, 68, 41, 70})
	switch l.collar {
	case 0: // round
		c.fill(mix(l.cloth, black, 0.2), outline(38.5, 71, [6]float64{42, 84, 58, 84, 61.5, 71}, [6]float64{56, 67, 44, 67, 38.5, 71}))
		c.fill(shade, all(neck, open))
	case 1: // pointed
		c.fill(shade, all(neck, polygon([2]float64{41, 70}, [2]float64{59, 70}, [2]float64{50, 88})))
	case 2: // shirt
		c.fill(shade, all(neck, open))
		c.fill(mix(l.trim, white, 0.3), all(polygon([2]float64{41.5, 68}, [2]float64{50, 80}, [2]float64{42, 85}, [2]float64{36, 72}), polygon([2]float64{58.5, 68}, [2]float64{50, 80}, [2]float64{58, 85}, [2]float64{64, 72})))
	case 3: // high
		c.fill(shade, neck)
		c.fill(mix(l.cloth, black, 0.16), outline(42, 63, [6]float64{46, 67, 54, 67, 58, 63}, [6]float64{59, 68, 60, 72, 61, 76}, [6]float64{54, 80, 46, 80, 39, 76}, [6]float64{40, 72, 41, 68, 42, 63}))
	case 4: // scarf
		c.fill(shade, all(neck, open))
		c.fill(l.trim, outline(39, 66, [6]float64{44, 71, 56, 71, 61, 66}, [6]float64{66, 70, 66, 76, 61, 78}, [6]float64{54, 82, 46, 82, 39, 78}, [6]float64{34, 76, 34, 70, 39, 66}))
		c.fill(mix(l.trim, black, 0.15), polygon([2]float64{53, 78}, [2]float64{61, 76}, [2]float64{64, 98}, [2]float64{55, 99}))
	}
}

func (l look) drawFace(c *canvas, shade color.RGBA) {
	ink := mix(shade, black, 0.7)
	brow := mix(l.hair, shade, 0.35)
	if light(brow) > light(l.skin)-0.08 {
		brow = mix(shade, black, 0.5)
	}
	c.fill(brow, all(stroke(1.3, 39.8, 38.8, 41.5, 37.2, 44.5, 37.2, 46.4, 38.3), stroke(1.3, 53.6, 38.3, 55.5, 37.2, 58.5, 37.2, 60.2, 38.8)))
	c.fill(ink, all(ellipse(43.4, 43.2, 1.25, 1.55), ellipse(56.6, 43.2, 1.25, 1.55)))
	c.fill(mix(shade, black, 0.2), stroke(1.2, 50.2, 42.5, 50.4, 46, 53.4, 50.6, 49.2, 50.8))
	c.fill(mix(ink, rgb(0xB0483F), 0.5), stroke(1.35, 45.8, 55.6, 48, 57.8, 52, 57.8, 54.2, 55.6))
}

func (l look) drawBeard(c *canvas) {
	c.within(head, func(c *canvas) {
		c.fill(mix(l.hair, l.skin, 0.08), outline(33, 42, [6]float64{38, 48, 40, 52.5, 45, 53}, [6]float64{48, 51.6, 52, 51.6, 55, 53}, [6]float64{60, 52.5, 62, 48, 67, 42}, [6]float64{69, 60, 60, 68, 50, 68}, [6]float64{40, 68, 31, 60, 33, 42}))
	})
	c.fill(mix(rgb(0xB0483F), l.skin, 0.35), stroke(1.5, 46.4, 56, 48, 57.6, 52, 57.6, 53.6, 56))
}
