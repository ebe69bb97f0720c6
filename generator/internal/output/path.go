package output

import (
	"fmt"
	"path"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

// The longest name that ext4, APFS and NTFS all store, and the longest path that,
// below a destination of usual length, every system can still open. Both in bytes.
const (
	longestName = 255
	longestPath = 800
)

// unstorable says why a path cannot be stored on every system, or "".
func unstorable(p string) string {
	switch {
	case p == "":
		return "it is empty"
	case !utf8.ValidString(p):
		return "it is not valid UTF-8"
	case strings.HasPrefix(p, "/"):
		return "it must be relative, without a leading slash"
	case len(p) > longestPath:
		return fmt.Sprintf("it is %d bytes long; %d is the most that works everywhere", len(p), longestPath)
	}
	for name := range strings.SplitSeq(p, "/") {
		if why := unstorableName(name); why != "" {
			return why
		}
	}
	return ""
}

// unstorableName says why one segment of a path cannot be stored on every system, or "".
// The rules are Windows' (the strictest), as Microsoft's "Naming Files, Paths, and
// Namespaces" gives them, and the length is everybody's.
func unstorableName(name string) string {
	switch name {
	case "":
		return "it has an empty segment (two slashes in a row, or one at the end)"
	case ".", "..":
		return fmt.Sprintf("it has the segment %q", name)
	}
	for _, r := range name {
		switch r {
		case '\\':
			return "it has a backslash; folders are separated by /"
		case '<', '>', ':', '"', '|', '?', '*':
			return fmt.Sprintf("Windows cannot store a name with %q", r)
		}
		if r < ' ' || r == 0x7f {
			return "it has a control character"
		}
	}
	if len(name) > longestName {
		return fmt.Sprintf("the name %q… is %d bytes long; file systems store %d", firstRunes(name, 20), len(name), longestName)
	}
	if last := name[len(name)-1]; last == '.' || last == ' ' {
		return fmt.Sprintf("Windows cannot store %q, a name that ends with a dot or a space", name)
	}
	if stem, _, _ := strings.Cut(name, "."); reserved(strings.TrimRight(stem, " ")) {
		return fmt.Sprintf("Windows cannot store a file named %q, which it reserves for a device", name)
	}
	return ""
}

// reserved tells the names of Windows' devices, which stay reserved with any extension.
func reserved(stem string) bool {
	if len(stem) < 3 || len(stem) > len("CONOUT$") {
		return false
	}
	switch stem = strings.ToUpper(stem); stem {
	case "CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$":
		return true
	}
	digit, ok := strings.CutPrefix(stem, "COM")
	if !ok {
		digit, ok = strings.CutPrefix(stem, "LPT")
	}
	return ok && utf8.RuneCountInString(digit) == 1 && strings.Contains("123456789¹²³", digit)
}

func firstRunes(s string, n int) string {
	runes := []rune(s)
	return string(runes[:min(n, len(runes))])
}

// fold is the name under which a case-insensitive, form-insensitive file system files
// a path (full case folding of the decomposed form, as APFS and ext4 do): two paths of one fold
// are one file there.
func fold(p string) string {
	for i := range len(p) {
		if p[i] >= utf8.RuneSelf {
			return norm.NFC.String(cases.Fold().String(norm.NFD.String(p)))
		}
	}
	return strings.ToLower(p)
}

// parent is the folder of a path, "" (the destination itself) for one segment.
func parent(p string) string {
	if dir := path.Dir(p); dir != "." {
		return dir
	}
	return ""
}
