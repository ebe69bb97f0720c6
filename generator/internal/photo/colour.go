package photo

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"image"
	"io"
	"math"
	"slices"
)

// Output carries no colour profile and so means sRGB. Phones write wider colours
// (Display P3, most of all), which would look pale if they were only relabelled: skin
// above all. This file brings them to sRGB.

// maxProfile is the most bytes of a profile that is read; those of cameras and phones
// have a few thousand.
const maxProfile = 1 << 20

// A gamut is a colour space of three primaries and a tone curve each: what an ICC
// profile of the matrix kind describes (ICC.1:2022, 8.3 and 9.2).
type gamut struct {
	linear [3][256]float64 // light for each value of red, green and blue
	matrix [3][3]float64   // from that light to the light of sRGB's primaries
}

// gamutOf reads the profile that a picture carries. It is nil when there is none, when
// it is sRGB (or cannot be told from it), or of a kind that is not read: the values
// are then taken for sRGB, as browsers take those without a profile.
func gamutOf(format Format, data []byte) *gamut {
	var profile []byte
	switch format {
	case JPEG:
		profile = jpegProfile(data)
	case PNG:
		profile = pngProfile(data)
	case WebP:
		profile = webpProfile(data)
	}
	return readGamut(profile)
}

// jpegProfile joins the parts of a profile, which are numbered (ICC.1:2022, B.4).
func jpegProfile(data []byte) []byte {
	mark := []byte("ICC_PROFILE\x00")
	parts := map[byte][]byte{}
	for at := 0; ; {
		found := bytes.Index(data[at:], mark)
		if found < 0 {
			break
		}
		at += found
		if at >= 4 && data[at-4] == 0xFF && data[at-3] == 0xE2 && at+14 < len(data) {
			end := at - 2 + int(binary.BigEndian.Uint16(data[at-2:]))
			if number := data[at+12]; end <= len(data) && end > at+14 && parts[number] == nil {
				parts[number] = data[at+14 : end]
			}
		}
		at += len(mark)
	}
	var profile []byte
	for number := byte(1); parts[number] != nil && len(profile) < maxProfile; number++ {
		profile = append(profile, parts[number]...)
	}
	return profile
}

func pngProfile(data []byte) []byte {
	for i := 8; i+12 <= len(data); {
		length, name := int64(binary.BigEndian.Uint32(data[i:])), string(data[i+4:i+8])
		if name == "IDAT" || int64(i)+12+length > int64(len(data)) {
			return nil
		}
		body := data[i+8 : i+8+int(length)]
		if end := bytes.IndexByte(body, 0); name == "iCCP" && end >= 0 && end+2 < len(body) {
			unpacked, err := zlib.NewReader(bytes.NewReader(body[end+2:]))
			if err != nil {
				return nil
			}
			profile, err := io.ReadAll(io.LimitReader(unpacked, maxProfile))
			if err != nil {
				return nil
			}
			return profile
		}
		i += 12 + int(length)
	}
	return nil
}

func webpProfile(data []byte) []byte {
	for i := 12; i+8 <= len(data); {
		length := int64(binary.LittleEndian.Uint32(data[i+4:]))
		if int64(i)+8+length > int64(len(data)) {
			return nil
		}
		if string(data[i:i+4]) == "ICCP" {
			return data[i+8 : i+8+int(length)]
		}
		i += 8 + int(length+length&1)
	}
	return nil
}

// fromPCS turns light in the profile connection space (CIE XYZ under D50) into light
// of sRGB's primaries (IEC 61966-2-1, adapted by Bradford's method).
var fromPCS = [3][3]float64{
	{3.1338561, -1.6168667, -0.4906146},
	{-0.9787684, 1.9161415, 0.0334540},
	{0.0719453, -0.2289914, 1.4052427},
}

func readGamut(profile []byte) *gamut {
	if len(profile) < 132 || len(profile) > maxProfile || string(profile[16:20]) != "RGB " || string(profile[20:24]) != "XYZ " {
		return nil
	}
	tag := func(name string) []byte {
		count := min(int(binary.BigEndian.Uint32(profile[128:])), 100)
		for i := range count {
			entry := 132 + 12*i
			if entry+12 > len(profile) {
				return nil
			}
			offset, size := int64(binary.BigEndian.Uint32(profile[entry+4:])), int64(binary.BigEndian.Uint32(profile[entry+8:]))
			if string(profile[entry:entry+4]) == name && offset+size <= int64(len(profile)) {
				return profile[offset : offset+size]
			}
		}
		return nil
	}
	if tag("A2B0") != nil { // a table, which is not read
		return nil
	}
	g := &gamut{}
	var toPCS [3][3]float64
	for i, primary := range []string{"rXYZ", "gXYZ", "bXYZ"} {
		xyz := tag(primary)
		if len(xyz) < 20 || string(xyz[:4]) != "XYZ " {
			return nil
		}
		for j := range 3 {
			toPCS[j][i] = fixed(xyz[8+4*j:])
		}
	}
	for i := range 3 {
		for j := range 3 {
			for k := range 3 {
				g.matrix[i][j] += fromPCS[i][k] * toPCS[k][j]
			}
		}
	}
	for i, name := range []string{"rTRC", "gTRC", "bTRC"} {
		tone := toneCurve(tag(name))
		if tone == nil {
			return nil
		}
		for value := range 256 {
			light := tone(float64(value) / 255)
			if math.IsNaN(light) {
				return nil
			}
			g.linear[i][value] = min(max(light, 0), 1)
		}
	}
	if g.isSRGB() {
		return nil
	}
	return g
}

// fixed reads a signed number of 16 bits before the point and 16 behind.
func fixed(b []byte) float64 { return float64(int32(binary.BigEndian.Uint32(b))) / 65536 }

// toneCurve reads a curve (ICC.1:2022, 10.6 and 10.18); nil when it is broken.
func toneCurve(b []byte) func(float64) float64 {
	if len(b) < 12 {
		return nil
	}
	switch string(b[:4]) {
	case "curv":
		count := int64(binary.BigEndian.Uint32(b[8:]))
		switch {
		case count == 0:
			return func(x float64) float64 { return x }
		case count*2 > int64(len(b)-12):
			return nil
		case count == 1:
			gamma := float64(binary.BigEndian.Uint16(b[12:])) / 256
			return func(x float64) float64 { return math.Pow(x, gamma) }
		}
		return func(x float64) float64 {
			at := x * float64(count-1)
			low := min(int(at), int(count)-2)
			a, b := binary.BigEndian.Uint16(b[12+2*low:]), binary.BigEndian.Uint16(b[14+2*low:])
			return (float64(a) + (at-float64(low))*(float64(b)-float64(a))) / 65535
		}
	case "para":
		kind := int(binary.BigEndian.Uint16(b[8:]))
		if kind > 4 {
			return nil
		}
		// Parameters g a b c d e f of kind 4, to which the others are filled up.
		counts := [5]int{1, 3, 4, 5, 7}
		if len(b) < 12+4*counts[kind] {
			return nil
		}
		v := [7]float64{1, 1}
		for i := range counts[kind] {
			v[i] = fixed(b[12+4*i:])
		}
		gamma, a, offset, c, d, e, f := v[0], v[1], v[2], v[3], v[4], v[5], v[6]
		if kind == 1 || kind == 2 { // the curve begins at -b/a; kind 2 adds c to all of it
			c, d, e, f = 0, -offset/a, c, c
		}
		return func(x float64) float64 {
			if x < d {
				return c*x + f
			}
			return math.Pow(max(a*x+offset, 0), gamma) + e
		}
	}
	return nil
}

// isSRGB tells whether no value would move by more than rounding does.
func (g *gamut) isSRGB() bool {
	for i := range 3 {
		for j := range 3 {
			identity := 0.0
			if i == j {
				identity = 1
			}
			if math.Abs(g.matrix[i][j]-identity) > 0.01 {
				return false
			}
		}
		for _, value := range []int{32, 96, 160, 224} {
			if math.Abs(float64(encodeSRGB(g.linear[i][value]))-float64(value)) > 1.5 {
				return false
			}
		}
	}
	return true
}

// toSRGB changes the colours of a picture in place. A nil gamut changes nothing.
func (g *gamut) toSRGB(m *image.RGBA) {
	if g == nil {
		return
	}
	for pix := range slices.Chunk(m.Pix, 4) {
		alpha := int(pix[3])
		if alpha == 0 {
			continue
		}
		var light [3]float64
		for i := range 3 {
			light[i] = g.linear[i][min(int(pix[i])*255/alpha, 255)] // colours are stored multiplied by alpha
		}
		for i, row := range g.matrix {
			value := int(srgbCurve[int(min(max(row[0]*light[0]+row[1]*light[1]+row[2]*light[2], 0), 1)*(curveSteps-1)+0.5)])
			pix[i] = uint8((value*alpha + 127) / 255)
		}
	}
}

// curveSteps is fine enough that neighbours in the dark differ by less than one value.
const curveSteps = 1 << 13

var srgbCurve = func() (curve [curveSteps]uint8) {
	for i := range curve {
		curve[i] = encodeSRGB(float64(i) / (curveSteps - 1))
	}
	return curve
}()

// encodeSRGB is the value of an amount of light (IEC 61966-2-1).
func encodeSRGB(light float64) uint8 {
	light = min(max(light, 0), 1)
	if light <= 0.0031308 {
		return uint8(light*12.92*255 + 0.5)
	}
	return uint8((1.055*math.Pow(light, 1/2.4)-0.055)*255 + 0.5)
}
