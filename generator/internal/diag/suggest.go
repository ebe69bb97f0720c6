package diag

import (
	"fmt"
	"strings"

	"github.com/agnivade/levenshtein"
)

// Nearest returns the known word closest to the one written, or "" when none is
// near: at most a third of its letters differ. Ties go to the first one given.
func Nearest(written string, known []string) string {
	word := strings.ToLower(written)
	best, bestDistance := "", len([]rune(word))/3+1
	for _, candidate := range known {
		if d := levenshtein.ComputeDistance(word, strings.ToLower(candidate)); d < bestDistance {
			best, bestDistance = candidate, d
		}
	}
	return best
}

// DidYouMean is ` (did you mean "x"?)` for the nearest known word, or "".
func DidYouMean(written string, known []string) string {
	if nearest := Nearest(written, known); nearest != "" {
		return fmt.Sprintf(" (did you mean %q?)", nearest)
	}
	return ""
}
