package photo

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"image"
	"image/color"
	"math"
	"testing"
)

// profile is an ICC profile of the matrix kind: primaries in XYZ under D50, one curve.
func profile(primaries [3][3]float64, curve []byte) []byte {
	fixed := func(v float64) []byte {
		return binary.BigEndian.AppendUint32(nil, uint32(int32(math.Round(v*65536))))
	}
	names := []string{"rXYZ", "gXYZ", "bXYZ", "rTRC", "gTRC", "bTRC"}
	head := make([]byte, 128)
	copy(head[16:], "RGB XYZ ")
	head = binary.BigEndian.AppendUint32(head, uint32(len(names)))
	var body []byte
	for i, name := range names {
		data := curve
		if i < 3 {
			data = append([]byte("XYZ \x00\x00\x00\x00"), bytes.Join([][]byte{fixed(primaries[i][0]), fixed(primaries[i][1]), fixed(primaries[i][2])}, nil)...)
		}
		head = append(head, name...)
		head = binary.BigEndian.AppendUint32(head, uint32(132+12*len(names)+len(body)))
		head = binary.BigEndian.AppendUint32(head, uint32(len(data)))
		body = append(body, data...)
	}
	return append(head, body...)
}

// srgbTone is the curve of sRGB and Display P3 as a parametric curve of kind 3.
var srgbTone = func() []byte {
	b := []byte("para\x00\x00\x00\x00\x00\x03\x00\x00")
	for _, v := range []float64{2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045} {
		b = binary.BigEndian.AppendUint32(b, uint32(math.Round(v*65536)))
	}
	return b
}()

var (
	displayP3 = [3][3]float64{{0.51512, 0.24120, -0.00105}, {0.29198, 0.69225, 0.04189}, {0.15710, 0.06657, 0.78407}}
	sRGB      = [3][3]float64{{0.43607, 0.22249, 0.01392}, {0.38515, 0.71687, 0.09708}, {0.14307, 0.06061, 0.71410}}
	adobeRGB  = [3][3]float64{{0.60974, 0.31111, 0.01947}, {0.20528, 0.62567, 0.06087}, {0.14919, 0.06322, 0.74457}}
)

func TestColours(t *testing.T) {
	gamma22 := []byte("curv\x00\x00\x00\x00\x00\x00\x00\x01\x02\x33")
	straight := []byte("curv\x00\x00\x00\x00\x00\x00\x00\x00")
	var table []byte
	for i := range 64 {
		table = binary.BigEndian.AppendUint16(table, uint16(math.Pow(float64(i)/63, 563.0/256)*65535))
	}
	sampled := append([]byte("curv\x00\x00\x00\x00\x00\x00\x00\x40"), table...)

	// What is wanted was computed apart, from the chromaticities of the spaces.
	tests := []struct {
		name      string
		primaries [3][3]float64
		curve     []byte
		in, want  color.NRGBA
	}{
		{"sRGB", sRGB, srgbTone, color.NRGBA{200, 100, 60, 255}, color.NRGBA{200, 100, 60, 255}},
		{"Display P3", displayP3, srgbTone, color.NRGBA{200, 130, 100, 255}, color.NRGBA{212, 126, 94, 255}},
		{"Display P3 white", displayP3, srgbTone, color.NRGBA{255, 255, 255, 255}, color.NRGBA{255, 255, 255, 255}},
		{"Display P3 beyond sRGB", displayP3, srgbTone, color.NRGBA{255, 0, 0, 255}, color.NRGBA{255, 0, 0, 255}},
		{"Adobe RGB", adobeRGB, gamma22, color.NRGBA{200, 130, 100, 255}, color.NRGBA{222, 131, 98, 255}},
		{"Adobe RGB, sampled", adobeRGB, sampled, color.NRGBA{200, 130, 100, 255}, color.NRGBA{222, 131, 98, 255}},
		{"linear", sRGB, straight, color.NRGBA{55, 55, 55, 255}, color.NRGBA{128, 128, 128, 255}},
	}
	for _, test := range tests {
		icc := profile(test.primaries, test.curve)
		m := quarters(80, 80, [4]color.NRGBA{test.in, test.in, test.in, test.in})
		var packed bytes.Buffer
		z := zlib.NewWriter(&packed)
		z.Write(icc)
		z.Close()
		half := len(icc) / 2
		files := map[string][]byte{
			"a.png": withPNGChunk(encodePNG(t, m), "iCCP", append([]byte("x\x00\x00"), packed.Bytes()...)),
			"a.jpg": withSegments(encodeJPEG(t, m),
				segment(0xE2, append([]byte("ICC_PROFILE\x00\x02\x02"), icc[half:]...)),
				segment(0xE2, append([]byte("ICC_PROFILE\x00\x01\x02"), icc[:half]...))),
			"a.webp": webpOf(80, 80, test.in, 0x20, webpChunk("ICCP", icc)),
		}
		for file, data := range files {
			p := mustRead(t, file, data)
			sq, _ := mustSquare(t, p, 64, middle)
			fitted, err := p.Fit(70)
			if err != nil {
				t.Fatal(err)
			}
			fit, _, err := image.Decode(bytes.NewReader(fitted))
			if err != nil {
				t.Fatal(err)
			}
			for _, got := range []color.Color{sq.At(30, 30), fit.At(30, 30)} {
				if r, g, b, _ := got.RGBA(); off(r, test.want.R) > 4 || off(g, test.want.G) > 4 || off(b, test.want.B) > 4 {
					t.Errorf("%s in %s: %d %d %d, want %v", test.name, file, r>>8, g>>8, b>>8, test.want)
				}
			}
		}
	}
	if readGamut(profile(sRGB, srgbTone)) != nil {
		t.Error("sRGB is worked on though nothing changes")
	}
}

func off(got uint32, want uint8) int {
	difference := int(got>>8) - int(want)
	return max(difference, -difference)
}

func FuzzGamut(f *testing.F) {
	f.Add(profile(displayP3, srgbTone))
	f.Add(profile(adobeRGB, []byte("curv\x00\x00\x00\x00\x00\x00\x00\x02\x00\x00\xFF\xFF")))
	f.Fuzz(func(t *testing.T, icc []byte) {
		m := image.NewRGBA(image.Rect(0, 0, 2, 2))
		m.SetRGBA(0, 0, color.RGBA{200, 100, 50, 255})
		m.SetRGBA(1, 1, color.RGBA{20, 10, 5, 30})
		readGamut(icc).toSRGB(m)
		if m.RGBAAt(0, 0).A != 255 || m.RGBAAt(1, 1).A != 30 || m.RGBAAt(1, 1).R > 30 {
			t.Fatalf("%v", m.Pix)
		}
	})
}
