package photo

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"image"
	"image/gif"
	"image/jpeg"
	"image/png"
	"path"
	"strings"

	"github.com/bep/imagemeta"
	"golang.org/x/image/webp"

	"github.com/stoa-portal/stoa/generator/internal/diag"
)

// A header is what can be known of a picture without decoding it.
type header struct {
	format      Format
	width       int // as stored, before turning it upright
	height      int
	orientation orientation
	alpha       bool  // may have transparent parts
	cost        int64 // bytes of memory that decoding takes, at most
}

// Size is the width and height of an upright picture, read from its first bytes.
func Size(data []byte) (width, height int, err error) {
	format := sniff(data)
	if decoders[format].config == nil {
		return 0, 0, fmt.Errorf("this is %s", kind(data))
	}
	config, err := decoders[format].config(data)
	if err != nil {
		return 0, 0, fmt.Errorf("this %s picture is broken", names[format])
	}
	turned, _ := metadata(format, data)
	width, height = turned.upright(config.Width, config.Height)
	return width, height, nil
}

var names = map[Format]string{JPEG: "JPEG", PNG: "PNG", WebP: "WebP", GIF: "GIF"}

// decoders reads each format. A function of it may panic: callers are [safely].
var decoders = map[Format]struct {
	config func([]byte) (image.Config, error)
	decode func([]byte) (image.Image, error)
}{
	JPEG: {
		func(b []byte) (image.Config, error) { return jpeg.DecodeConfig(bytes.NewReader(b)) },
		func(b []byte) (image.Image, error) { return jpeg.Decode(bytes.NewReader(b)) },
	},
	PNG: {
		func(b []byte) (image.Config, error) { return png.DecodeConfig(bytes.NewReader(b)) },
		func(b []byte) (image.Image, error) { return png.Decode(bytes.NewReader(b)) },
	},
	WebP: {
		func(b []byte) (image.Config, error) { return webp.DecodeConfig(bytes.NewReader(b)) },
		func(b []byte) (image.Image, error) { return webp.Decode(bytes.NewReader(b)) },
	},
	GIF: {
		func(b []byte) (image.Config, error) { return gif.DecodeConfig(bytes.NewReader(b)) },
		func(b []byte) (image.Image, error) { return gif.Decode(bytes.NewReader(b)) },
	},
}

// sniff tells the format by a file's first bytes, "" for one that is not read.
func sniff(data []byte) Format {
	switch {
	case bytes.HasPrefix(data, []byte("\xFF\xD8\xFF")):
		return JPEG
	case bytes.HasPrefix(data, []byte("\x89PNG\r\n\x1A\n")):
		return PNG
	case bytes.HasPrefix(data, []byte("GIF87a")), bytes.HasPrefix(data, []byte("GIF89a")):
		return GIF
	case len(data) >= 12 && string(data[:4]) == "RIFF" && string(data[8:12]) == "WEBP":
		return WebP
	}
	return ""
}

// kind says in words what a file is that cannot be read as a picture.
func kind(data []byte) string {
	brand := ""
	if len(data) >= 12 && string(data[4:8]) == "ftyp" {
		brand = string(data[8:12])
	}
	text := bytes.ToLower(bytes.TrimSpace(data[:min(len(data), 512)]))
	switch {
	case len(data) == 0:
		return "an empty file"
	case brand == "avif" || brand == "avis":
		return "an AVIF picture, which is not read yet"
	case strings.HasPrefix(brand, "he") || brand == "mif1" || brand == "msf1":
		return "a HEIC picture, as phones of one maker take them, which most browsers do not show"
	case brand != "":
		return "a film"
	case bytes.HasPrefix(data, []byte("II*\x00")), bytes.HasPrefix(data, []byte("MM\x00*")):
		return "a TIFF picture (or a camera's raw file), which browsers do not show"
	case bytes.HasPrefix(data, []byte("BM")):
		return "a BMP picture, which is too large for the web"
	case bytes.HasPrefix(data, []byte("8BPS")):
		return "a Photoshop file, which browsers do not show"
	case bytes.HasPrefix(data, []byte("%PDF")):
		return "a PDF document, not a picture"
	case bytes.HasPrefix(text, []byte("version https://git-lfs")):
		return "a Git LFS pointer in place of the picture; fetch the real file with `git lfs pull`"
	case bytes.Contains(text, []byte("<svg")):
		return "an SVG drawing, which is not taken as a photo"
	case bytes.HasPrefix(text, []byte("<!doctype")), bytes.HasPrefix(text, []byte("<html")):
		return "a web page, not a picture (saving a link often gives that)"
	}
	return "not a picture that can be read"
}

// inspect checks a file without decoding its pixels: its memory and time are bounded
// by the file's size.
func inspect(file string, data []byte) (head header, problems diag.List) {
	at := diag.Place{File: file}
	if len(data) > MaxBytes {
		return head, tooLarge(file, int64(len(data)))
	}
	head.format = sniff(data)
	name := names[head.format]
	if head.format == "" {
		advice := "; save it as JPEG, PNG or WebP"
		what := kind(data)
		if strings.Contains(what, "`") {
			advice = ""
		}
		return head, broken(file, "picture-format", "this is %s%s", what, advice)
	}
	found, fault := structures[head.format](data)
	if fault != "" {
		return head, broken(file, "picture-broken", "this %s picture %s", name, fault)
	}
	config, err := safely(data, decoders[head.format].config)
	if err != nil || config.Width <= 0 || config.Height <= 0 {
		return head, broken(file, "picture-broken", "this %s picture is broken or of an unusual kind; open it and export it again", name)
	}
	head.width, head.height = config.Width, config.Height
	if pixels := int64(config.Width) * int64(config.Height); pixels > MaxPixels {
		return head, broken(file, "picture-size", "this picture has %d × %d pixels (%d million); %d million are the most that are read, and 1000 × 1000 are plenty",
			config.Width, config.Height, pixels/1e6, MaxPixels/1_000_000)
	}
	switch {
	case found.moves && head.format == WebP:
		return head, broken(file, "picture-moves", "this picture moves (an animated WebP); save one still picture of it")
	case found.moves:
		problems.Warnf(at, "picture-moves", "this picture moves; the site shows its first picture only, since readers must be able to stop what moves")
	}
	head.alpha = found.alpha
	head.cost = int64(len(data)) + int64(config.Width)*int64(config.Height)*found.bytesPerPixel

	if extension := strings.ToLower(strings.TrimPrefix(path.Ext(file), ".")); !matches(extension, head.format) {
		problems.Warnf(at, "picture-name", "this file is really a %s picture; rename it to %s", name,
			strings.TrimSuffix(path.Base(file), path.Ext(file))+"."+string(head.format))
	}
	if side := min(config.Width, config.Height); side < MinSide {
		problems.Warnf(at, "picture-small", "this picture has only %d × %d pixels and will look blurred; 480 × 480 or more is good", config.Width, config.Height)
	}
	var located bool
	head.orientation, located = metadata(head.format, data)
	if located {
		problems.Warnf(at, "picture-location", "this file says where it was taken (GPS coordinates); the site leaves that out, but everybody who can see the repository can read it: export the picture without location")
	}
	return head, problems
}

func matches(extension string, format Format) bool {
	return extension == string(format) || extension == "jpeg" && format == JPEG || extension == "jpe" && format == JPEG
}

// safely calls a decoder and turns its panic, should a hostile file find one, into
// an error.
func safely[T any](data []byte, decode func([]byte) (T, error)) (value T, err error) {
	defer func() {
		if fault := recover(); fault != nil {
			err = fmt.Errorf("decoder failed: %v", fault)
		}
	}()
	return decode(data)
}

// metadata reads from EXIF how the camera was held, and whether the file gives away
// where. A file without EXIF, or with a broken one, is upright.
func metadata(format Format, data []byte) (turned orientation, located bool) {
	kinds := map[Format]imagemeta.ImageFormat{JPEG: imagemeta.JPEG, PNG: imagemeta.PNG, WebP: imagemeta.WebP}
	if kinds[format] == 0 || !bytes.Contains(data, []byte("II*\x00")) && !bytes.Contains(data, []byte("MM\x00*")) {
		return upright, false
	}
	turned = upright
	_, _ = imagemeta.Decode(imagemeta.Options{
		R:           bytes.NewReader(data),
		ImageFormat: kinds[format],
		Sources:     imagemeta.EXIF,
		ShouldHandleTag: func(tag imagemeta.TagInfo) bool {
			return tag.Tag == "Orientation" && tag.Namespace == "IFD0" || tag.Tag == "GPSLatitude"
		},
		HandleTag: func(tag imagemeta.TagInfo) error {
			switch value := tag.Value.(type) {
			case uint16:
				if tag.Tag == "Orientation" && value >= 1 && value <= 8 {
					turned = orientation(value)
				}
			}
			located = located || tag.Tag == "GPSLatitude"
			return nil
		},
	})
	return turned, located
}

// A structure is what the walk over a file's parts found.
type structure struct {
	moves         bool // more than one picture, shown in turn
	alpha         bool
	bytesPerPixel int64 // that decoding takes, at most
}

const cutShort = "is cut short: the end of the file is missing; copy or export it again"

var structures = map[Format]func([]byte) (structure, string){
	JPEG: jpegStructure, PNG: pngStructure, WebP: webpStructure, GIF: gifStructure,
}

// jpegStructure walks the segments of a JPEG file (ITU-T T.81, annex B) up to the
// first scan, and looks for the end of the picture behind it.
func jpegStructure(data []byte) (structure, string) {
	found := structure{bytesPerPixel: 8}
	for i := 2; ; {
		// Like browsers, pass over what lies between segments, stuffed zeros and markers
		// without a length.
		for i < len(data) && (data[i-1] != 0xFF || data[i] <= 0x01 || data[i] == 0xFF || data[i] >= 0xD0 && data[i] <= 0xD8) {
			i++
		}
		if i+3 > len(data) {
			return found, cutShort
		}
		marker, end := data[i], i+1+int(binary.BigEndian.Uint16(data[i+1:]))
		switch {
		case end < i+3 || end > len(data):
			return found, cutShort
		case marker == 0xC2: // progressive: the decoder keeps every coefficient
			found.bytesPerPixel = 24
		case marker > 0xC2 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC:
			return found, "is of a kind that browsers do not show (lossless or arithmetic coding); export it again as a plain JPEG"
		case marker == 0xDA: // the first scan; the end of the picture follows the last
			if !bytes.Contains(data[end:], []byte("\xFF\xD9")) {
				return found, cutShort
			}
			return found, ""
		}
		i = end + 1
	}
}

// pngStructure walks the chunks of a PNG file (ISO/IEC 15948, clause 5).
func pngStructure(data []byte) (structure, string) {
	found := structure{bytesPerPixel: 8} // 4, and twice that for a picture of 16 bits or interlaced
	for i := 8; i+12 <= len(data); {
		length, name := int64(binary.BigEndian.Uint32(data[i:])), string(data[i+4:i+8])
		switch name {
		case "IHDR":
			if length < 13 || i+18 > len(data) {
				return found, cutShort
			}
			found.alpha = data[i+17]&4 != 0
		case "tRNS":
			found.alpha = true
		case "acTL":
			found.moves = true
		case "IEND":
			return found, ""
		}
		if int64(i)+12+length > int64(len(data)) {
			break
		}
		i += 12 + int(length)
	}
	return found, cutShort
}

// webpStructure walks the chunks of a WebP file (RFC 9649).
func webpStructure(data []byte) (structure, string) {
	found := structure{bytesPerPixel: 12}
	if size := int64(binary.LittleEndian.Uint32(data[4:])); size+8 > int64(len(data)) {
		return found, cutShort
	}
	for i := 12; i+8 <= len(data); {
		name, length := string(data[i:i+4]), int64(binary.LittleEndian.Uint32(data[i+4:]))
		if int64(i)+8+length > int64(len(data)) {
			return found, cutShort
		}
		switch body := data[i+8 : i+8+int(length)]; name {
		case "VP8X":
			if len(body) > 0 {
				found.moves = found.moves || body[0]&0x02 != 0
				found.alpha = found.alpha || body[0]&0x10 != 0
			}
		case "VP8L":
			found.alpha = found.alpha || len(body) >= 5 && body[4]&0x10 != 0
		case "ANIM", "ANMF":
			found.moves = true
		}
		i += 8 + int(length+length&1)
	}
	return found, ""
}

// gifStructure walks the blocks of a GIF file (GIF89a, appendix A).
func gifStructure(data []byte) (structure, string) {
	found := structure{bytesPerPixel: 4, alpha: true}
	if len(data) < 13 {
		return found, cutShort
	}
	table := func(flags byte) int {
		if flags&0x80 == 0 {
			return 0
		}
		return 3 << (flags&7 + 1)
	}
	pictures := 0
	for i := 13 + table(data[10]); i < len(data); {
		switch data[i] {
		case 0x21: // an extension: its label, then blocks
			i += 2
		case 0x2C: // a picture: its descriptor, colours and code size, then blocks
			if i+10 > len(data) {
				return found, cutShort
			}
			i += 11 + table(data[i+9])
			pictures++
			found.moves = pictures > 1
		case 0x3B:
			if pictures == 0 {
				return found, "holds no picture"
			}
			return found, ""
		default:
			return found, "is broken; open it and export it again"
		}
		for i < len(data) && data[i] != 0 {
			i += 1 + int(data[i])
		}
		i++
	}
	return found, cutShort
}
