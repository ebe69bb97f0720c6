package output

import (
	"io"

	"github.com/stoa-portal/stoa/generator/internal/digest"
)

// A File is one file of the site: where it goes, what it depends on, and how to
// render it.
type File struct {
	Path   string                // slash-separated, relative to the destination
	Key    digest.Sum            // digest of everything that Render reads
	Render func(io.Writer) error // safe to call from several goroutines, any number of times
}
