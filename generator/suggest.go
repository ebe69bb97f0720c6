package generator

import "github.com/stoa-portal/stoa/generator/internal/diag"

// DidYouMean is ` (did you mean "x"?)` for the known word nearest to the one written, or "" when
// none is near. The command says it of its own words as problems say it of keys.
func DidYouMean(written string, known []string) string { return diag.DidYouMean(written, known) }
