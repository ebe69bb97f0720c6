package diag

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/agnivade/levenshtein"
)

// Nearest returns the known word closest to the one written, or "" when none is
// near: at most a third of its letters differ, where two letters that changed places count
// as one. Ties go to the first one given.
func Nearest(written string, known []string) string {
	word := strings.ToLower(written)
	length := utf8.RuneCountInString(word)
	best, bestDistance := "", length/3+1
	for _, candidate := range known {
		if abs(utf8.RuneCountInString(candidate)-length) >= bestDistance {
			continue // their lengths alone differ by as much
		}
		d := levenshtein.ComputeDistance(word, strings.ToLower(candidate))
		if d == 2 && Swapped(word, strings.ToLower(candidate)) {
			d = 1
		}
		if d < bestDistance {
			best, bestDistance = candidate, d
		}
	}
	return best
}

func abs(n int) int { return max(n, -n) }

// Swapped tells whether two words differ in two neighbouring letters that changed places.
func Swapped(a, b string) bool {
	x, y := []rune(a), []rune(b)
	if len(x) != len(y) {
		return false
	}
	for i := range len(x) - 1 {
		if x[i] != y[i] {
			return x[i] == y[i+1] && x[i+1] == y[i] && string(x[i+2:]) == string(y[i+2:])
		}
	}
	return false
}

// DidYouMean is ` (did you mean "x"?)` for the nearest known word, or "".
func DidYouMean(written string, known []string) string {
	if nearest := Nearest(written, known); nearest != "" {
		return fmt.Sprintf(" (did you mean %q?)", nearest)
	}
	return ""
}
