package generator

import (
	"io/fs"
	"strings"

	"github.com/stoa-portal/stoa/generator/internal/diag"
	"github.com/stoa-portal/stoa/generator/internal/markdown"
	"github.com/stoa-portal/stoa/generator/internal/schema"
)

// bodies finds what is wrong with the Markdown of files whose front matter has an error:
// such a file makes no page, which would tell, and its author wants to hear everything
// at once. Links are not followed, since the page that they would be on is not there.
func bodies(fsys fs.FS, problems diag.List) diag.List {
	var found diag.List
	seen := map[string]bool{}
	for _, p := range problems {
		if p.Severity != diag.Error || p.Line == 0 || seen[p.File] || !strings.HasSuffix(p.File, ".md") {
			continue
		}
		seen[p.File] = true
		raw, err := fs.ReadFile(fsys, p.File)
		if err != nil {
			continue
		}
		document, _ := schema.OpenMatter(p.File, raw)
		if document == nil {
			continue
		}
		at := document.BodyPlace()
		found.Add(markdown.Parse(markdown.Source{File: p.File, Line: at.Line, Column: at.Column, Text: document.Body()}, markdown.Options{}).Problems())
	}
	return found
}
