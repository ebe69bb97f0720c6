package pages

import "github.com/stoa-portal/stoa/generator/internal/output"

func (b *builder) apiRows() []output.File { return nil }
