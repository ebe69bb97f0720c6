package generator

import (
	"context"
	"io"
	"os"

	"github.com/stoa-portal/stoa/generator/internal/roster"
)

// ExportFormats are the formats of [Generator.Export].
var ExportFormats = []string{"csv", "json"}

// Export writes the site's mentors, with everything that their files hold, as a sheet or as JSON. What
// it writes can be imported again. The error is the [Problems] when a profile cannot be read.
func (g *Generator) Export(ctx context.Context, w io.Writer, format string) error {
	snapshot, err := g.scan()
	if err != nil {
		return err
	}
	c, _ := g.peek(snapshot)
	root, err := os.OpenRoot(g.options.Source)
	if err != nil {
		return err
	}
	defer root.Close()
	if err := context.Cause(ctx); err != nil {
		return err
	}
	return roster.Export(w, roster.Input{Site: root.FS(), Config: c}, format)
}
