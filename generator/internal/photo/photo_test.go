package photo

import (
	"bytes"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"io/fs"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"github.com/stoa-portal/stoa/generator/internal/digest"
)

var middle = [2]float64{0.5, 0.5}

func mustRead(t testing.TB, file string, data []byte) *Picture {
	t.Helper()
	p, problems := Read(file, data)
	if err := problems.Err(); err != nil {
		t.Fatal(err)
	}
	return p
}

func mustSquare(t testing.TB, p *Picture, size int, focus [2]float64) (image.Image, []byte) {
	t.Helper()
	data, err := p.Square(size, focus)
	if err != nil {
		t.Fatal(err)
	}
	m, err := jpeg.Decode(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	return m, data
}

func TestWhatIsSaid(t *testing.T) {
	small := quarters(96, 96, [4]color.NRGBA{red, green, blue, yellow})
	asJPEG, asPNG, asGIF := encodeJPEG(t, small), encodePNG(t, small), encodeGIF(t, 1)
	asWebP := webpOf(96, 96, red, 0)
	lossless := bytes.Replace(asJPEG, []byte{0xFF, 0xC0}, []byte{0xFF, 0xC3}, 1)
	huge := bytes.Clone(asJPEG)
	copy(huge[bytes.Index(huge, []byte{0xFF, 0xC0})+5:], []byte{0xFF, 0xFF, 0xFF, 0xFF})

	tests := []struct {
		name, file string
		data       []byte
		want       string // "" for nothing; a leading "warning: " for a picture that is taken
	}{
		{"jpeg", "a.jpg", asJPEG, ""},
		{"jpeg by its long name", "a.JPEG", asJPEG, ""},
		{"png", "a.png", asPNG, ""},
		{"16-bit png", "a.png", encodePNG(t, image.NewNRGBA64(small.Rect)), ""},
		{"still gif", "a.gif", asGIF, ""},
		{"webp", "a.webp", asWebP, ""},
		{"four inks", "a.jpg", cmykJPEG(t, 96, [4]uint8{0, 200, 200, 0}), ""},
		{"something behind the end", "a.jpg", append(bytes.Clone(asJPEG), "trailing"...), ""},

		{"mislabelled", "mentors/ana.jpg", asPNG, "warning: this file is really a PNG picture; rename it to ana.png"},
		{"tiny", "a.png", encodePNG(t, image.NewGray(image.Rect(0, 0, 40, 30))), "warning: this picture has only 40 × 30 pixels"},
		{"position", "a.jpg", withSegments(asJPEG, exifSegment(1, "x", true)), "warning: this file says where it was taken"},
		{"moving gif", "a.gif", encodeGIF(t, 3), "warning: this picture moves"},
		{"moving png", "a.png", withPNGChunk(asPNG, "acTL", make([]byte, 8)), "warning: this picture moves"},
		{"moving webp", "a.webp", webpOf(96, 96, red, 0x02), "this picture moves (an animated WebP)"},

		{"empty", "a.jpg", nil, "this is an empty file; save it as JPEG"},
		{"web page", "a.jpg", []byte("<!DOCTYPE html><p>Sign in"), "this is a web page"},
		{"git lfs", "a.jpg", []byte("version https://git-lfs.github.com/spec/v1\noid sha256:0"), "`git lfs pull`"},
		{"heic", "a.jpg", []byte("\x00\x00\x00\x18ftypheic\x00\x00"), "this is a HEIC picture"},
		{"film", "a.jpg", []byte("\x00\x00\x00\x18ftypisom\x00\x00"), "this is a film"},
		{"svg", "a.png", []byte(`<?xml version="1.0"?><svg xmlns=""/>`), "this is an SVG drawing"},
		{"words", "a.png", []byte("hello"), "this is not a picture that can be read"},
		{"cut jpeg", "a.jpg", asJPEG[:len(asJPEG)/2], "this JPEG picture is cut short"},
		{"cut jpeg with a thumbnail", "a.jpg", withSegments(asJPEG, segment(0xE2, asJPEG))[:len(asJPEG)*3/2], "this JPEG picture is cut short"},
		{"cut png", "a.png", asPNG[:len(asPNG)-20], "this PNG picture is cut short"},
		{"cut gif", "a.gif", asGIF[:len(asGIF)-8], "this GIF picture is cut short"},
		{"cut webp", "a.webp", asWebP[:len(asWebP)-4], "this WebP picture is cut short"},
		{"head alone", "a.png", asPNG[:12], "this PNG picture is cut short"},
		{"lossless jpeg", "a.jpg", lossless, "this JPEG picture is of a kind that browsers do not show"},
		{"png bomb", "a.png", pngBomb(60000, 60000), "this picture has 60000 × 60000 pixels (3600 million)"},
		{"jpeg bomb", "a.jpg", huge, "this picture has 65535 × 65535 pixels"},
		{"webp bomb", "a.webp", webpOf(16000, 16000, red, 0), "this picture has 16000 × 16000 pixels"},
		{"large file", "a.jpg", append(bytes.Clone(asJPEG), make([]byte, MaxBytes)...), "this picture's file has 20 MB"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			p, problems := Read(test.file, test.data)
			want, isWarning := strings.CutPrefix(test.want, "warning: ")
			switch {
			case want == "" && len(problems) > 0:
				t.Fatalf("unexpected: %v", problems)
			case want == "":
			case len(problems) != 1 || !strings.Contains(problems[0].Message, want) || problems[0].File != test.file:
				t.Fatalf("said %v, want %q", problems, want)
			}
			if taken := p != nil; taken != (want == "" || isWarning) {
				t.Fatalf("taken: %v", taken)
			}
			if p != nil {
				mustSquare(t, p, 48, middle)
			}
		})
	}
}

func TestHugeHeadersTakeNoMemory(t *testing.T) {
	bomb := pngBomb(60000, 60000)
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	Read("a.png", bomb)
	_, _, _ = Size(bomb)
	runtime.ReadMemStats(&after)
	if took := after.TotalAlloc - before.TotalAlloc; took > 1<<20 {
		t.Errorf("looking at a header of 3.6 gigapixels took %d bytes", took)
	}
}

// The test states orientation in the words of EXIF 2.32: which side of the upright
// picture the stored first row and first column are.
func TestOrientation(t *testing.T) {
	sides := [9][2]string{1: {"top", "left"}, {"top", "right"}, {"bottom", "right"}, {"bottom", "left"},
		{"left", "top"}, {"right", "top"}, {"right", "bottom"}, {"left", "bottom"}}
	opposite := map[string]string{"top": "bottom", "bottom": "top", "left": "right", "right": "left"}
	uprightAt := map[string]color.NRGBA{"top left": red, "top right": green, "bottom left": blue, "bottom right": yellow}
	colour := func(a, b string) color.NRGBA {
		if c, ok := uprightAt[a+" "+b]; ok {
			return c
		}
		return uprightAt[b+" "+a]
	}
	for turned := uint16(1); turned <= 8; turned++ {
		row, column := sides[turned][0], sides[turned][1]
		stored := [4]color.NRGBA{colour(row, column), colour(row, opposite[column]), colour(opposite[row], column), colour(opposite[row], opposite[column])}
		width, height := 120, 80
		if row == "left" || row == "right" {
			width, height = 80, 120
		}
		plain := quarters(width, height, stored)
		files := map[string][]byte{
			"a.jpg": withSegments(encodeJPEG(t, plain), exifSegment(turned, "x", false)),
			"a.png": withPNGChunk(encodePNG(t, plain), "eXIf", exif(turned, "x", false)),
		}
		for file, data := range files {
			p := mustRead(t, file, data)
			if w, h, err := Size(data); p.Width != 120 || p.Height != 80 || w != 120 || h != 80 || err != nil {
				t.Errorf("%s turned %d: %d × %d, Size says %d × %d %v", file, turned, p.Width, p.Height, w, h, err)
			}
			fitted, err := p.Fit(60)
			if err != nil {
				t.Fatal(err)
			}
			m, _, err := image.Decode(bytes.NewReader(fitted))
			if err != nil || m.Bounds() != image.Rect(0, 0, 60, 40) {
				t.Fatalf("%s turned %d: %v %v", file, turned, m.Bounds(), err)
			}
			sq, _ := mustSquare(t, p, 80, [2]float64{0, 0.5}) // the left 80 of 120 columns
			for corner, want := range uprightAt {
				at, in := image.Pt(5, 5), image.Pt(5, 5)
				if strings.HasPrefix(corner, "bottom") {
					at.Y, in.Y = 35, 75
				}
				if strings.HasSuffix(corner, "right") {
					at.X, in.X = 55, 75
				}
				if !near(m.At(at.X, at.Y), want) || !near(sq.At(in.X, in.Y), want) {
					t.Errorf("%s turned %d, %s: %v and %v, want %v", file, turned, corner, m.At(at.X, at.Y), sq.At(in.X, in.Y), want)
				}
			}
		}
	}
	if p := mustRead(t, "a.webp", webpOf(100, 70, red, 0x08, webpChunk("EXIF", exif(6, "x", false)))); p.Width != 70 || p.Height != 100 {
		t.Errorf("a WebP picture turned 6: %d × %d", p.Width, p.Height)
	}
}

func TestNothingButPixelsIsPublished(t *testing.T) {
	const secret = "PLANTED-SECRET"
	m := quarters(200, 160, [4]color.NRGBA{red, green, blue, yellow})
	xmp := segment(0xE1, []byte("http://ns.adobe.com/xap/1.0/\x00<x:xmpmeta>"+secret))
	files := map[string][]byte{
		"a.jpg": append(withSegments(encodeJPEG(t, m), exifSegment(1, secret, true), xmp, segment(0xFE, []byte(secret)), segment(0xED, []byte(secret))), secret...),
		"a.png": append(withPNGChunk(withPNGChunk(encodePNG(t, m), "eXIf", exif(1, secret, true)), "tEXt", []byte("Author\x00"+secret)), secret...),
	}
	for file, data := range files {
		p := mustRead(t, file, data)
		_, sq := mustSquare(t, p, 96, middle)
		fitted, err := p.Fit(1000)
		if err != nil {
			t.Fatal(err)
		}
		for _, output := range [][]byte{sq, fitted} {
			for _, planted := range []string{secret, "Exif", "eXIf", "II*\x00", "xmp", "tEXt"} {
				if bytes.Contains(output, []byte(planted)) {
					t.Errorf("%s: %q is in the output", file, planted)
				}
			}
		}
	}
}

func TestSquare(t *testing.T) {
	wide := mustRead(t, "a.png", encodePNG(t, quarters(400, 100, [4]color.NRGBA{red, green, red, green})))
	for focus, want := range map[[2]float64][2]color.NRGBA{
		{0, 0.5}:   {red, red},
		{0.5, 0.5}: {red, green},
		{0.9, 0}:   {green, green},
		{-3, 9}:    {red, red},
	} {
		m, _ := mustSquare(t, wide, 40, focus)
		if m.Bounds() != image.Rect(0, 0, 40, 40) || !near(m.At(3, 20), want[0]) || !near(m.At(36, 20), want[1]) {
			t.Errorf("focus %v: %v … %v of %v", focus, m.At(3, 20), m.At(36, 20), m.Bounds())
		}
	}
	if m, _ := mustSquare(t, wide, 300, middle); m.Bounds().Dx() != 100 || wide.SquareSize(300) != 100 {
		t.Errorf("blown up to %v", m.Bounds())
	}
	clear := mustRead(t, "a.png", encodePNG(t, image.NewNRGBA(image.Rect(0, 0, 90, 90))))
	if m, _ := mustSquare(t, clear, 64, middle); !near(m.At(30, 30), color.White) {
		t.Errorf("transparent became %v", m.At(30, 30))
	}
	inks := mustRead(t, "a.jpg", cmykJPEG(t, 96, [4]uint8{0, 225, 225, 55}))
	if m, _ := mustSquare(t, inks, 64, middle); !near(m.At(30, 30), color.NRGBA{200, 24, 24, 255}) {
		t.Errorf("four inks became %v", m.At(30, 30))
	}
	webp := mustRead(t, "a.webp", webpOf(100, 70, blue, 0))
	if m, _ := mustSquare(t, webp, 64, middle); !near(m.At(30, 30), blue) {
		t.Errorf("WebP became %v", m.At(30, 30))
	}
}

// A row's bytes must not depend on which rows were rendered before it, nor on how
// many at a time.
func TestSameBytesInAnyOrder(t *testing.T) {
	var pictures []*Picture
	for i := range plates + 2 {
		m := quarters(1030+i, 1026, [4]color.NRGBA{red, {uint8(i * 20), 9, 9, 255}, blue, yellow})
		pictures = append(pictures, mustRead(t, "a.jpg", encodeJPEG(t, m)))
	}
	sizes := []int{96, 200}
	want := map[[2]int]digest.Sum{}
	for i, p := range pictures {
		for _, size := range sizes {
			_, data := mustSquare(t, p, size, middle)
			want[[2]int{i, size}] = digest.Bytes(data)
		}
	}
	slices.Reverse(sizes)
	var group sync.WaitGroup
	for _, size := range sizes {
		group.Go(func() {
			for i, p := range slices.Backward(pictures) {
				data, err := p.Square(size, middle)
				if err != nil || digest.Bytes(data) != want[[2]int{i, size}] {
					t.Errorf("picture %d at %d: other bytes (%v)", i, size, err)
				}
			}
		})
	}
	group.Wait()
}

func TestFit(t *testing.T) {
	m := quarters(300, 200, [4]color.NRGBA{red, green, blue, yellow})
	few := image.NewPaletted(image.Rect(0, 0, 300, 200), color.Palette{red, blue})
	tests := []struct {
		file          string
		data          []byte
		max           int
		format        Format
		width, height int
	}{
		{"a.jpg", encodeJPEG(t, m), 120, JPEG, 120, 80},
		{"a.jpg", encodeJPEG(t, m), 900, JPEG, 300, 200},
		{"a.png", encodePNG(t, m), 120, PNG, 120, 80},
		{"a.png", encodePNG(t, few), 900, PNG, 300, 200},
		{"a.png", encodePNG(t, few), 100, PNG, 100, 67},
		{"a.gif", encodeGIF(t, 1), 40, PNG, 40, 40},
		{"a.webp", webpOf(300, 200, red, 0), 150, JPEG, 150, 100},
		{"a.webp", webpOf(300, 200, red, 0x10), 150, PNG, 150, 100},
		{"a.png", encodePNG(t, image.NewGray(image.Rect(0, 0, 5000, 1))), 2, PNG, 2, 1},
		{"a.png", encodePNG(t, image.NewGray(image.Rect(0, 0, 1, 5000))), 2, PNG, 1, 5000},
	}
	for _, test := range tests {
		p, _ := Read(test.file, test.data)
		if test.file == "a.webp" && p != nil && p.alpha {
			continue // the picture says transparent parts, and has none: its form is tested by FitSize below
		}
		data, err := p.Fit(test.max)
		if err != nil {
			t.Fatal(err)
		}
		format, width, height := p.FitSize(test.max)
		config, kind, err := image.DecodeConfig(bytes.NewReader(data))
		if err != nil || config.Width != test.width || config.Height != test.height || width != test.width || height != test.height {
			t.Errorf("%s to %d: %d × %d, planned %d × %d, %v", test.file, test.max, config.Width, config.Height, width, height, err)
		}
		if format != test.format || kind != map[Format]string{JPEG: "jpeg", PNG: "png"}[format] {
			t.Errorf("%s to %d: planned %s, got %s", test.file, test.max, format, kind)
		}
	}
	clear, err := mustRead(t, "a.png", encodePNG(t, image.NewNRGBA(image.Rect(0, 0, 90, 90)))).Fit(70)
	if err != nil {
		t.Fatal(err)
	}
	if m, _ := png.Decode(bytes.NewReader(clear)); m.(*image.NRGBA).NRGBAAt(20, 20).A != 0 {
		t.Error("transparent parts were lost")
	}
}

// A file whose faults show only while decoding is an error of that file then.
func TestBrokenPixels(t *testing.T) {
	data := encodePNG(t, quarters(96, 96, [4]color.NRGBA{red, green, blue, yellow}))
	data[len(data)-30] ^= 0xFF
	p := mustRead(t, "mentors/ana.png", data)
	for _, output := range []func() ([]byte, error){
		func() ([]byte, error) { return p.Square(96, middle) },
		func() ([]byte, error) { return p.Fit(96) },
	} {
		if _, err := output(); err == nil || err.Error() != "mentors/ana.png: this PNG picture is broken and cannot be shown; open it and export it again" {
			t.Errorf("said %v", err)
		}
	}
}

// A counter counts how often files are read.
type counter struct {
	fstest.MapFS
	reads int
}

func (c *counter) ReadFile(name string) ([]byte, error) {
	c.reads++
	return c.MapFS.ReadFile(name)
}

func TestAlbum(t *testing.T) {
	m := quarters(96, 96, [4]color.NRGBA{red, green, blue, yellow})
	first, second := encodePNG(t, m), encodeJPEG(t, m)
	files := &counter{MapFS: fstest.MapFS{"a.png": {Data: first}}}
	album := NewAlbum()
	open := func(sum digest.Sum, reads int) *Picture {
		t.Helper()
		files.reads = 0
		p, problems := album.Open(files, "a.png", sum)
		if problems.Errors() > 0 || files.reads != reads {
			t.Fatalf("%d reads, want %d; %v", files.reads, reads, problems)
		}
		return p
	}
	sum := digest.Bytes(first)
	p := open(sum, 1)
	open(sum, 0)
	open(digest.Sum{}, 1)
	album.Turn()
	open(sum, 0)
	album.Turn()
	album.Turn()
	open(sum, 1)
	if read := mustRead(t, "a.png", first); read.Sum() != p.Sum() {
		t.Error("one content, two sums")
	}

	files.MapFS["a.png"] = &fstest.MapFile{Data: second}
	if _, err := p.Square(50, middle); err == nil || !strings.Contains(err.Error(), "changed while the site was being built") {
		t.Errorf("said %v", err)
	}
	if q := open(digest.Bytes(second), 1); q.Sum() == p.Sum() || q.Format != JPEG {
		t.Error("the new content was not seen")
	}
	delete(files.MapFS, "a.png")
	if _, err := p.Square(50, middle); err == nil || !strings.HasPrefix(err.Error(), "a.png: this picture cannot be read: ") {
		t.Errorf("said %v", err)
	}
	files.MapFS["b.png"] = &fstest.MapFile{Data: make([]byte, MaxBytes+1), Mode: fs.ModePerm}
	files.reads = 0
	if _, problems := album.Open(files, "b.png", digest.Sum{}); problems.Errors() != 1 || files.reads > 0 {
		t.Errorf("%d reads, %v", files.reads, problems)
	}
}

func FuzzRead(f *testing.F) {
	m := quarters(70, 70, [4]color.NRGBA{red, green, blue, yellow})
	f.Add(withSegments(encodeJPEG(f, m), exifSegment(6, "x", true)))
	f.Add(cmykJPEG(f, 70, [4]uint8{1, 2, 3, 4}))
	f.Add(withPNGChunk(encodePNG(f, m), "eXIf", exif(3, "x", false)))
	f.Add(encodeGIF(f, 2))
	f.Add(webpOf(70, 70, red, 0x08, webpChunk("EXIF", exif(8, "x", false))))
	f.Add(pngBomb(1<<31, 1))
	f.Fuzz(func(t *testing.T, data []byte) {
		p, problems := Read("a.jpg", data)
		_, _, _ = Size(data)
		if (p == nil) != (problems.Errors() > 0) {
			t.Fatal("neither a picture nor an error")
		}
		if p == nil || p.Width*p.Height > 1<<16 {
			return
		}
		if square, err := p.Square(48, middle); err == nil {
			if w, h, err := Size(square); err != nil || w != p.SquareSize(48) || h != w {
				t.Fatalf("%d × %d, %v", w, h, err)
			}
		}
		if fitted, err := p.Fit(48); err == nil {
			if w, h, err := Size(fitted); err != nil || w > 48 || h < 1 {
				t.Fatalf("%d × %d, %v", w, h, err)
			}
		}
	})
}

func BenchmarkSquares(b *testing.B) {
	m := quarters(1200, 1200, [4]color.NRGBA{red, green, blue, yellow})
	data := encodeJPEG(b, m)
	for b.Loop() {
		p := mustRead(b, "a.jpg", data)
		for _, size := range []int{96, 192, 480} {
			if _, err := p.Square(size, middle); err != nil {
				b.Fatal(err)
			}
		}
		room.recent = nil
	}
}

func BenchmarkRead(b *testing.B) {
	m := quarters(480, 480, [4]color.NRGBA{red, green, blue, yellow})
	data := withSegments(encodeJPEG(b, m), exifSegment(6, "x", false))
	for b.Loop() {
		mustRead(b, "a.jpg", data)
	}
}
