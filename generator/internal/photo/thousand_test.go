package photo

import (
	"bytes"
	"flag"
	"fmt"
	"image"
	"image/color"
	"io/fs"
	"os"
	"runtime"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"github.com/stoa-portal/stoa/generator/internal/digest"
)

var photos = flag.Int("photos", 0, "how many photos of twelve million pixels TestPhones works on, such as 1000")

// A gallery is many photos of one phone, each a file of its own, made when it is read.
type gallery struct{ taken []byte }

func (g gallery) Open(name string) (fs.File, error) {
	data := append(bytes.Clone(g.taken), name...) // what follows the end is no part of the picture
	return fstest.MapFS{name: {Data: data}}.Open(name)
}

// TestPhones makes every portrait of so many photos, as a build of a large portal does, and
// says what the process took at most:
//
//	go test ./generator/internal/photo -run TestPhones -photos 1000 -v
func TestPhones(t *testing.T) {
	if *photos == 0 {
		t.Skip("-photos says how many")
	}
	m := image.NewYCbCr(image.Rect(0, 0, 4000, 3000), image.YCbCrSubsampleRatio420)
	for i := range m.Y { // as much detail as a photo has
		m.Y[i] = uint8(i*31/7 ^ i>>9)
	}
	for i := range m.Cb {
		m.Cb[i], m.Cr[i] = uint8(96+i%64), uint8(140-i%48)
	}
	files := gallery{encodeJPEG(t, m)}
	m = nil
	runtime.GC()
	album, started := NewAlbum(), time.Now()
	work := make(chan int)
	var wait sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		wait.Go(func() {
			for i := range work {
				p, problems := album.Open(files, fmt.Sprintf("%d.jpg", i), digest.Sum{})
				if problems.Errors() > 0 {
					t.Error(problems)
					continue
				}
				for _, side := range []int{96, 192, 240, 288, 480, 720} {
					if _, err := p.Square(side, middle); err != nil {
						t.Error(err)
					}
				}
			}
		})
	}
	for i := range *photos {
		work <- i
	}
	close(work)
	wait.Wait()
	t.Logf("%d photos of 12 million pixels (%d KB each) in %v; %s", *photos, len(files.taken)>>10, time.Since(started).Round(time.Second), mostMemory())
	var after runtime.MemStats
	runtime.ReadMemStats(&after)
	if after.Sys > 900<<20 {
		t.Errorf("the process took %d MB from the system", after.Sys>>20)
	}
}

// mostMemory is what the process took at most, where the system tells (Linux).
func mostMemory() string {
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return "the system does not tell how much memory that took"
	}
	for line := range strings.Lines(string(status)) {
		if most, ok := strings.CutPrefix(line, "VmHWM:"); ok {
			return "at most " + strings.TrimSpace(most) + " of memory"
		}
	}
	return ""
}

// TestAwkwardPhotosComeOutSmall takes photos as phones and cameras leave them, and holds what is
// published to a size.
func TestAwkwardPhotosComeOutSmall(t *testing.T) {
	large := quarters(2400, 1800, [4]color.NRGBA{red, green, blue, yellow})
	for name, data := range map[string][]byte{
		"a.jpg": withSegments(encodeJPEG(t, large), exifSegment(6, "where", true), segment(0xE2, bytes.Repeat([]byte("MPF\x00"), 8000))),
		"a.png": withPNGChunk(encodePNG(t, large), "eXIf", exif(3, "where", true)),
	} {
		p := mustRead(t, name, data)
		for _, side := range []int{96, 192, 288, 480, 720} {
			if _, square := mustSquare(t, p, side, middle); len(square) > 64<<10 || bytes.Contains(square, []byte("where")) || bytes.Contains(square, []byte("MPF")) {
				t.Errorf("%s at %d pixels has %d bytes", name, side, len(square))
			}
		}
	}
}
