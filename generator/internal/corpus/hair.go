package corpus

import "math"

// A cut is how a portrait's hair, or what covers it, is drawn: partly behind the
// head, partly before it.
type cut int

const (
	crop cut = iota
	parted
	quiff
	receding
	pixie
	bob
	long
	bun
	tail
	braids
	afro
	curls
	scarf
	turban
	cuts // how many there are
)

// covers tells whether the ears are hidden.
func (k cut) covers() bool {
	return k == bob || k == long || k == scarf || k == afro || k == curls || k == turban
}

func (k cut) behind(c *canvas, l look) {
	hair := l.hair
	dark := mix(hair, black, 0.25)
	switch k {
	case bob:
		c.fill(dark, outline(50, 17, [6]float64{66, 17, 71, 30, 71, 44}, [6]float64{71, 54, 71, 60, 69, 64}, [6]float64{60, 67, 40, 67, 31, 64}, [6]float64{29, 60, 29, 54, 29, 44}, [6]float64{29, 30, 34, 17, 50, 17}))
	case long:
		c.fill(dark, outline(50, 17, [6]float64{67, 17, 71, 30, 71, 46}, [6]float64{71, 62, 77, 72, 72, 86}, [6]float64{60, 90, 40, 90, 28, 86}, [6]float64{23, 72, 29, 62, 29, 46}, [6]float64{29, 30, 33, 17, 50, 17}))
	case bun:
		c.fill(dark, circle(50, 15, 8))
	case tail:
		c.fill(dark, outline(60, 22, [6]float64{78, 20, 82, 36, 77, 52}, [6]float64{75, 60, 76, 66, 72, 70}, [6]float64{68, 62, 70, 52, 68, 44}, [6]float64{66, 34, 62, 28, 60, 22}))
	case afro:
		c.fill(dark, circle(50, 36, 27))
	case curls:
		for i := range 15 {
			at := math.Pi * (0.82 + 1.36*float64(i)/14)
			c.fill(dark, circle(50+19*math.Cos(at), 40+21*math.Sin(at), 7))
		}
		c.fill(dark, ellipse(50, 38, 20, 21))
	case scarf:
		c.fill(mix(l.trim, black, 0.12), outline(50, 14, [6]float64{69, 14, 72, 32, 71, 46}, [6]float64{72, 62, 80, 70, 84, 84}, [6]float64{70, 92, 30, 92, 16, 84}, [6]float64{20, 70, 28, 62, 29, 46}, [6]float64{28, 32, 31, 14, 50, 14}))
	}
}

func (k cut) before(c *canvas, l look) {
	hair := l.hair
	sheen := mix(hair, white, 0.12)
	switch k {
	case crop:
		c.fill(hair, outline(34.3, 42, [6]float64{31, 24, 40, 17, 50, 17}, [6]float64{60, 17, 69, 24, 65.7, 42}, [6]float64{64, 36, 63, 33, 61, 31}, [6]float64{54, 29, 46, 29, 39, 31}, [6]float64{37, 33, 36, 36, 34.3, 42}))
	case parted:
		c.fill(hair, outline(34.2, 43, [6]float64{29, 24, 40, 15, 52, 15.5}, [6]float64{64, 16, 70, 26, 65.8, 43}, [6]float64{65, 36, 62, 32, 58, 29}, [6]float64{50, 32, 44, 30, 42, 25}, [6]float64{41, 31, 36, 34, 34.2, 43}))
		c.fill(sheen, stroke(0.8, 42, 25, 42, 21, 44, 18.6, 47, 17.4))
	case quiff:
		c.fill(hair, outline(34.3, 42, [6]float64{32, 30, 33, 24, 36, 21}, [6]float64{36, 13, 52, 9, 64, 16}, [6]float64{70, 22, 68, 32, 65.7, 42}, [6]float64{64, 35, 63, 31, 60, 27}, [6]float64{52, 31, 44, 31, 38, 29}))
		c.fill(sheen, stroke(0.9, 40, 20, 46, 15, 54, 15, 60, 19))
	case receding:
		c.fill(hair, all(
			outline(34, 46, [6]float64{31, 34, 33, 26, 40, 22.5}, [6]float64{37, 28, 37, 34, 36.4, 40}, [6]float64{35.6, 43, 35, 45, 34, 46}),
			outline(66, 46, [6]float64{65, 45, 64.4, 43, 63.6, 40}, [6]float64{63, 34, 63, 28, 60, 22.5}, [6]float64{67, 26, 69, 34, 66, 46})))
	case pixie:
		c.fill(hair, outline(33.8, 47, [6]float64{28, 26, 38, 15.5, 51, 15.5}, [6]float64{65, 15.5, 71, 28, 66.2, 47}, [6]float64{65, 40, 64, 36, 62, 33}, [6]float64{52, 38, 42, 36, 38, 36}, [6]float64{36.4, 38, 35, 42, 33.8, 47}))
		c.fill(sheen, stroke(0.9, 41, 34, 48, 34, 56, 31, 60, 25))
	case bob:
		c.fill(hair, outline(31, 60, [6]float64{28, 30, 34, 17, 50, 17}, [6]float64{66, 17, 72, 30, 69, 60}, [6]float64{66, 58, 64.5, 50, 64.4, 38}, [6]float64{62, 34.5, 40, 33.5, 35.6, 38}, [6]float64{35.5, 50, 34, 58, 31, 60}))
		c.fill(sheen, stroke(0.9, 36, 33, 38, 26, 44, 21, 50, 20.4))
	case long:
		c.fill(hair, outline(29, 66, [6]float64{29, 48, 26, 17, 50, 17}, [6]float64{74, 17, 71, 48, 71, 66}, [6]float64{66, 58, 66, 46, 64.4, 40}, [6]float64{60, 38, 53, 32, 50, 25}, [6]float64{47, 32, 40, 38, 35.6, 40}, [6]float64{34, 46, 34, 58, 29, 66}))
		c.fill(sheen, stroke(0.8, 50, 25, 50, 22, 50, 19, 50, 17.5))
	case bun, tail:
		c.fill(hair, outline(34.2, 43, [6]float64{30, 25, 39, 16.5, 50, 16.5}, [6]float64{61, 16.5, 70, 25, 65.8, 43}, [6]float64{64.5, 36, 60, 30, 50, 27}, [6]float64{40, 30, 35.5, 36, 34.2, 43}))
		c.fill(sheen, all(stroke(0.7, 43, 29, 44, 25, 46, 21, 49, 18), stroke(0.7, 57, 29, 56, 25, 54, 21, 51, 18)))
	case braids:
		c.fill(hair, outline(33.6, 48, [6]float64{29, 26, 39, 16.5, 50, 16.5}, [6]float64{61, 16.5, 71, 26, 66.4, 48}, [6]float64{65, 38, 58, 32, 50, 26}, [6]float64{42, 32, 35, 38, 33.6, 48}))
		c.fill(sheen, stroke(0.8, 50, 26, 50, 23, 50, 20, 50, 17.2))
		for i := range 7 {
			y := 50 + float64(i)*5
			shade := mix(hair, black, float64(i%2)*0.25)
			c.fill(shade, all(ellipse(32.5-float64(i)*0.3, y, 3.4, 3.3), ellipse(67.5+float64(i)*0.3, y, 3.4, 3.3)))
		}
	case afro:
		c.fill(hair, outline(34, 44, [6]float64{26, 40, 26, 14, 50, 12}, [6]float64{74, 14, 74, 40, 66, 44}, [6]float64{65, 37, 62, 31, 50, 30}, [6]float64{38, 31, 35, 37, 34, 44}))
	case curls:
		for i := range 9 {
			at := math.Pi * (1.02 + 0.96*float64(i)/8)
			c.fill(mix(hair, white, float64(i%2)*0.06), circle(50+15.5*math.Cos(at), 36+12.5*math.Sin(at), 5.2))
		}
	case scarf:
		cloth := l.trim
		hood := all(outline(50, 14.5, [6]float64{68, 14.5, 71, 32, 70, 47}, [6]float64{69, 60, 62, 72, 50, 73}, [6]float64{38, 72, 31, 60, 30, 47}, [6]float64{29, 32, 32, 14.5, 50, 14.5}), opening)
		c.fill(cloth, hood)
		c.fill(cloth, outline(32, 58, [6]float64{38, 70, 58, 74, 69, 56}, [6]float64{72, 66, 76, 74, 80, 82}, [6]float64{60, 92, 36, 88, 22, 82}, [6]float64{26, 74, 30, 68, 32, 58}))
		c.fill(mix(cloth, black, 0.16), stroke(1, 67, 60, 60, 74, 44, 80, 30, 80))
	case turban:
		c.fill(l.trim, outline(32, 40, [6]float64{27, 14, 42, 10, 50, 10}, [6]float64{58, 10, 73, 14, 68, 40}, [6]float64{66, 34, 60, 28, 50, 28}, [6]float64{40, 28, 34, 34, 32, 40}))
		fold := mix(l.trim, black, 0.18)
		c.fill(fold, all(stroke(0.9, 34, 33, 40, 22, 50, 18, 62, 15), stroke(0.9, 38, 28.5, 45, 22, 54, 20, 67, 24), stroke(0.9, 33, 25, 38, 18, 44, 14, 52, 11)))
	}
}

// opening is the face's place in a hood: drawn against the sense of the hood, it cuts.
var opening = outline(50, 25,
	[6]float64{40, 25, 36.6, 33, 36.8, 42}, [6]float64{37, 53, 43, 62, 50, 62},
	[6]float64{57, 62, 63, 53, 63.2, 42}, [6]float64{63.4, 33, 60, 25, 50, 25})
