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
// the files in them stay apart. Each problem names both rows, and has the place of the
// later one's source, or else of the earlier one's.
func Problems(plan []File) diag.List {
	var problems diag.List
	files := make(map[string]*File, len(plan))    // fold of a path → the row
	folders := make(map[string]string, len(plan)) // fold of a folder → the folder, as first written
	under := make(map[string]*File)               // fold of a folder → a row in it
	known := make(map[string]bool)                // folders seen, as written
	for i := range plan {
		f := &plan[i]
		p := f.Path
		if why := unstorable(p); why != "" {
			problems.Errorf(f.Source, "output-path", "the site cannot have a file %q: %s", p, why)
			continue
		}
		key := fold(p)
		if other, taken := files[key]; taken {
			problems.Errorf(blame(f, other), "output-collision", "%s%s", collision(other.Path, p), besides(f, other))
			continue
		}
		files[key] = f
		for dir := parent(p); dir != "" && !known[dir]; dir = parent(dir) {
			known[dir] = true
			key := fold(dir)
			if other, taken := folders[key]; taken {
				problems.Warnf(blame(f, under[key]), "output-collision",
					"the folders %q and %q differ %s: macOS and Windows make one folder of them", other, dir, difference(other, dir))
				continue
			}
			folders[key], under[key] = dir, f
		}
	}
	for key, f := range files {
		if inside, isFolder := under[key]; isFolder {
			problems.Errorf(blame(f, inside), "output-collision",
				"the site cannot have both the file %q and the file %q: the first is a file where the second needs a folder", f.Path, inside.Path)
		}
	}
	return problems.Sorted()
}

// Checked remembers the paths of the last plan that had no problems: while a site is served,
// most plans differ from the one before in what files hold, not in where they go. The zero value
// is ready.
type Checked struct{ paths []string }

// Problems is [Problems] of the plan, without looking again at paths that are known to
// be sound.
func (c *Checked) Problems(plan []File) diag.List {
	if c.knows(plan) {
		return nil
	}
	problems := Problems(plan)
	c.paths = nil
	if len(problems) == 0 {
		c.paths = make([]string, len(plan))
		for i := range plan {
			c.paths[i] = plan[i].Path
		}
	}
	return problems
}

// knows tells whether the plan has the remembered paths.
func (c *Checked) knows(plan []File) bool {
	if len(plan) != len(c.paths) {
		return false
	}
	for i := range plan {
		if plan[i].Path != c.paths[i] {
			return false
		}
	}
	return true
}

// blame is the place to mend when two rows collide.
func blame(later, earlier *File) diag.Place {
	if later.Source != (diag.Place{}) {
		return later.Source
	}
	return earlier.Source
}

// besides names the source of the other row.
func besides(later, earlier *File) string {
	if later.Source == (diag.Place{}) || earlier.Source == (diag.Place{}) {
		return ""
	}
	return fmt.Sprintf("; the other one comes from %s", earlier.Source)
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
