package photo

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"slices"
	"testing"
)

// The pictures of these tests are drawn and assembled here, byte by byte where no
// encoder makes them.

var (
	red    = color.NRGBA{200, 30, 30, 255}
	green  = color.NRGBA{30, 160, 60, 255}
	blue   = color.NRGBA{40, 60, 200, 255}
	yellow = color.NRGBA{230, 210, 40, 255}
)

// quarters is a picture of four colours: top left, top right, bottom left, bottom right.
func quarters(width, height int, colours [4]color.NRGBA) *image.NRGBA {
	m := image.NewNRGBA(image.Rect(0, 0, width, height))
	for y := range height {
		for x := range width {
			m.SetNRGBA(x, y, colours[2*(2*y/height)+2*x/width])
		}
	}
	return m
}

func encodeJPEG(t testing.TB, m image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, m, &jpeg.Options{Quality: 92}); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func encodePNG(t testing.TB, m image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, m); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func encodeGIF(t testing.TB, pictures int) []byte {
	t.Helper()
	var film gif.GIF
	for range pictures {
		film.Image = append(film.Image, image.NewPaletted(image.Rect(0, 0, 80, 80), color.Palette{red, green}))
		film.Delay = append(film.Delay, 10)
	}
	var b bytes.Buffer
	if err := gif.EncodeAll(&b, &film); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// exif is a TIFF structure with an orientation, a description and a position.
func exif(turned uint16, secret string, located bool) []byte {
	text := append([]byte(secret), 0)
	entries := 2
	if located {
		entries = 3
	}
	var b bytes.Buffer
	put := func(values ...any) {
		for _, v := range values {
			binary.Write(&b, binary.LittleEndian, v)
		}
	}
	ifd1 := uint32(8 + 2 + 12*entries + 4)
	put([]byte("II*\x00"), uint32(8), uint16(entries))
	put(uint16(0x010E), uint16(2), uint32(len(text)), ifd1)
	put(uint16(0x0112), uint16(3), uint32(1), turned, uint16(0))
	gps := ifd1 + uint32(len(text))
	if located {
		put(uint16(0x8825), uint16(4), uint32(1), gps)
	}
	put(uint32(0), text)
	if located {
		put(uint16(2))
		put(uint16(1), uint16(2), uint32(2), []byte("N\x00\x00\x00"))
		put(uint16(2), uint16(5), uint32(3), gps+2+24+4)
		put(uint32(0), uint32(52), uint32(1), uint32(31), uint32(1), uint32(1234), uint32(100))
	}
	return b.Bytes()
}

// withSegments puts JPEG segments behind the start of a picture.
func withSegments(data []byte, segments ...[]byte) []byte {
	return slices.Concat(data[:2], bytes.Join(segments, nil), data[2:])
}

func segment(marker byte, body []byte) []byte {
	return slices.Concat([]byte{0xFF, marker, byte((len(body) + 2) >> 8), byte(len(body) + 2)}, body)
}

func exifSegment(turned uint16, secret string, located bool) []byte {
	return segment(0xE1, append([]byte("Exif\x00\x00"), exif(turned, secret, located)...))
}

// cmykJPEG is a picture of one colour in four inks, each a scan of its own.
func cmykJPEG(t testing.TB, side int, ink [4]uint8) []byte {
	t.Helper()
	var scans [][]byte
	var head []byte
	for i, value := range ink {
		m := image.NewGray(image.Rect(0, 0, side, side))
		for j := range m.Pix {
			m.Pix[j] = 255 - value // Adobe stores inks inverted
		}
		plain := encodeJPEG(t, m)
		scan := bytes.Index(plain, []byte{0xFF, 0xDA})
		if i == 0 {
			head = plain[2:scan]
		}
		entropy := plain[scan+10 : len(plain)-2]
		scans = append(scans, segment(0xDA, []byte{1, byte(i + 1), 0, 0, 63, 0}), entropy)
	}
	frame := bytes.Index(head, []byte{0xFF, 0xC0})
	frameEnd := frame + 2 + int(binary.BigEndian.Uint16(head[frame+2:]))
	inks := []byte{8, byte(side >> 8), byte(side), byte(side >> 8), byte(side), 4}
	for i := range 4 {
		inks = append(inks, byte(i+1), 0x11, 0)
	}
	return slices.Concat([]byte{0xFF, 0xD8}, segment(0xEE, []byte("Adobe\x00\x64\x00\x00\x00\x00\x00")),
		head[:frame], segment(0xC0, inks), head[frameEnd:], bytes.Join(scans, nil), []byte{0xFF, 0xD9})
}

func pngChunk(name string, body []byte) []byte {
	chunk := binary.BigEndian.AppendUint32(nil, uint32(len(body)))
	chunk = append(append(chunk, name...), body...)
	return binary.BigEndian.AppendUint32(chunk, crc32.ChecksumIEEE(chunk[4:]))
}

// pngBomb is a small file that says it is a huge picture.
func pngBomb(width, height uint32) []byte {
	head := binary.BigEndian.AppendUint32(nil, width)
	head = binary.BigEndian.AppendUint32(head, height)
	head = append(head, 8, 2, 0, 0, 0)
	return slices.Concat([]byte("\x89PNG\r\n\x1A\n"), pngChunk("IHDR", head), pngChunk("IDAT", make([]byte, 64)), pngChunk("IEND", nil))
}

// withPNGChunk puts a chunk behind the header.
func withPNGChunk(data []byte, name string, body []byte) []byte {
	return slices.Concat(data[:33], pngChunk(name, body), data[33:])
}

// webpOf is a lossless WebP picture of one colour, with the chunks given before it.
func webpOf(width, height int, c color.NRGBA, flags byte, extra ...[]byte) []byte {
	var out []byte
	var used uint
	bits := func(value, count int) {
		for i := range count {
			if used%8 == 0 {
				out = append(out, 0)
			}
			out[len(out)-1] |= byte(value>>i&1) << (used % 8)
			used++
		}
	}
	bits(0x2F, 8)
	bits(width-1, 14)
	bits(height-1, 14)
	bits(0, 4)                                      // no alpha, version 0
	bits(0, 3)                                      // no transform, no colour cache, no groups
	for _, v := range []uint8{c.G, c.R, c.B, c.A} { // codes of one symbol of 8 bits
		bits(1, 1)
		bits(0, 1)
		bits(1, 1)
		bits(int(v), 8)
	}
	bits(0b0001, 4) // distances: one symbol of one bit, 0
	chunks := bytes.Join(extra, nil)
	if flags != 0 {
		large := []byte{flags, 0, 0, 0, byte(width - 1), byte((width - 1) >> 8), 0, byte(height - 1), byte((height - 1) >> 8), 0}
		chunks = append(webpChunk("VP8X", large), chunks...)
	}
	body := slices.Concat([]byte("WEBP"), chunks, webpChunk("VP8L", out))
	return slices.Concat([]byte("RIFF"), binary.LittleEndian.AppendUint32(nil, uint32(len(body))), body)
}

func webpChunk(name string, body []byte) []byte {
	chunk := binary.LittleEndian.AppendUint32([]byte(name), uint32(len(body)))
	chunk = append(chunk, body...)
	if len(body)%2 == 1 {
		chunk = append(chunk, 0)
	}
	return chunk
}

// near tells whether two colours are alike but for a JPEG's loss.
func near(a, b color.Color) bool {
	ar, ag, ab, _ := a.RGBA()
	br, bg, bb, _ := b.RGBA()
	alike := func(x, y uint32) bool { return max(x, y)-min(x, y) < 16<<8 }
	return alike(ar, br) && alike(ag, bg) && alike(ab, bb)
}
