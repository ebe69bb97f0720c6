package output

import (
	"fmt"
	"strings"

	"golang.org/x/text/unicode/norm"

	"github.com/stoa-portal/stoa/generator/internal/diag"
)

// Problems finds the rows that cannot live together in one folder on every system:
// paths that are the same, or the same but for letter case (as macOS and Windows see
// it) or Unicode form (as macOS does), files where another row needs a folder, and
// paths that some system cannot store. Folders that differ by case alone are a warning, since
// the files in them stay apart. Each problem names both rows; none has a place, since a
// row has none.
func Problems(plan []File) diag.List {
	var problems diag.List
	files := make(map[string]string, len(plan))   // fold of a path → the path
	folders := make(map[string]string, len(plan)) // fold of a folder → the folder, as first written
	under := make(map[string]string)              // fold of a folder → a path in it
	known := make(map[string]bool)                // folders seen, as written
	for _, f := range plan {
		p := f.Path
		if why := unstorable(p); why != "" {
			problems.Errorf(diag.Place{}, "output-path", "the site cannot have a file %q: %s", p, why)
			continue
		}
		key := fold(p)
		if other, taken := files[key]; taken {
			problems.Errorf(diag.Place{}, "output-collision", "%s", collision(other, p))
			continue
		}
		files[key] = p
		for dir := parent(p); dir != "" && !known[dir]; dir = parent(dir) {
			known[dir] = true
			key := fold(dir)
			if other, taken := folders[key]; taken {
				problems.Warnf(diag.Place{}, "output-collision",
					"the folders %q and %q differ %s: macOS and Windows make one folder of them", other, dir, difference(other, dir))
				continue
			}
			folders[key], under[key] = dir, p
		}
	}
	for key, p := range files {
		if inside, isFolder := under[key]; isFolder {
			problems.Errorf(diag.Place{}, "output-collision",
				"the site cannot have both the file %q and the file %q: the first is a file where the second needs a folder", p, inside)
		}
	}
	return problems.Sorted()
}

func collision(a, b string) string {
	if a == b {
		return fmt.Sprintf("two pages or files of the site have the same path, %q", a)
	}
	return fmt.Sprintf("the paths %q and %q differ %s: macOS and Windows take them for the same file",
		min(a, b), max(a, b), difference(a, b))
}

// difference says in what two paths of one fold differ.
func difference(a, b string) string {
	switch {
	case norm.NFC.String(a) == norm.NFC.String(b):
		return "only in how their accents are encoded (Unicode NFC and NFD)"
	case strings.EqualFold(a, b):
		return "only in upper and lower case"
	}
	return "only in upper and lower case or in how letters are encoded"
}
