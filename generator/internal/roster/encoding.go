package roster

import (
	"bytes"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/unicode"

	"strings"

	"github.com/stoa-portal/stoa/generator/internal/diag"
)

// decodeText turns a sheet's bytes into text with lines that end in LF: in the encoding that
// the mapping names, or the one of its byte-order mark, or UTF-8, or else the one in which
// spreadsheets of western Europe save (with a warning, since that is a guess).
func decodeText(s Source, name string, problems *diag.List) (string, bool) {
	data := s.Data
	if bytes.HasPrefix(data, []byte("PK\x03\x04")) || bytes.HasPrefix(data, []byte("\xD0\xCF\x11\xE0")) {
		return string(data[:4]), true
	}
	var from encoding.Encoding
	switch {
	case bytes.HasPrefix(data, []byte("\xFF\xFE")), bytes.HasPrefix(data, []byte("\xFE\xFF")):
		from = unicode.UTF16(unicode.BigEndian, unicode.UseBOM)
	case bytes.HasPrefix(data, []byte("\uFEFF")):
		data = data[3:]
	case name != "":
		named, err := htmlindex.Get(name)
		if err != nil {
			problems.Errorf(diag.Place{File: mapFile}, "encoding", "there is no encoding %q; usual ones are utf-8, windows-1252 and utf-16le", name)
			return "", false
		}
		from = named
	case evenZeros(data, 1):
		from = unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM)
	case evenZeros(data, 0):
		from = unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM)
	case !utf8.Valid(data):
		from = charmap.Windows1252
		problems.Warnf(diag.Place{File: s.Name}, "encoding", `the sheet is not UTF-8, and is read as Windows-1252: if letters come out wrong, save it as UTF-8, or write encoding = "…" in %s`, mapFile)
	}
	if from != nil {
		decoded, err := from.NewDecoder().Bytes(data)
		if err != nil {
			problems.Errorf(diag.Place{File: s.Name}, "encoding", "the sheet is not written in the encoding that it claims")
			return "", false
		}
		data = decoded
	}
	if !utf8.Valid(data) {
		problems.Errorf(diag.Place{File: s.Name}, "encoding", "the sheet is not UTF-8, as its byte-order mark says")
		return "", false
	}
	text := string(data)
	if strings.Contains(text, "\r") {
		text = strings.ReplaceAll(text, "\r\n", "\n")
		text = strings.ReplaceAll(text, "\r", "\n") // as old spreadsheets end lines
	}
	return text, true
}

// evenZeros tells whether a text of mostly Latin letters is UTF-16: every second byte is zero.
func evenZeros(data []byte, from int) bool {
	n, zeros := 0, 0
	for i := from; i < min(len(data), 400); i += 2 {
		n++
		if data[i] == 0 {
			zeros++
		}
	}
	return n > 2 && zeros*10 > n*7
}
