package roster

import (
	"io/fs"
	"strings"

	"github.com/stoa-portal/stoa/generator/internal/amend"
	"github.com/stoa-portal/stoa/generator/internal/content"
	"github.com/stoa-portal/stoa/generator/internal/diag"
)

// learn adds the words that no vocabulary has to the vocabularies, and writes their ids into
// the values.
func (r *run) learn() {
	for _, name := range content.VocabularyNames {
		l := r.lexicons["vocabulary/"+name]
		addition, learned := l.learn()
		if addition == "" {
			continue
		}
		path := "content/vocabulary/" + name + ".toml"
		data, err := fs.ReadFile(r.Site, path)
		if err != nil {
			addition = strings.TrimPrefix(addition, "\n")
		} else if len(data) > 0 && data[len(data)-1] != '\n' {
			addition = "\n" + addition
		}
		text := string(data) + addition
		if strings.Contains(string(data), "\r\n") {
			text = string(data) + strings.ReplaceAll(addition, "\n", "\r\n")
		}
		if _, err := amend.Open([]byte(text), nil); err != nil {
			r.problems.Errorf(diag.Place{File: path}, "unchangeable", "terms cannot be added at the end of this file: write its terms as [[term]]")
			continue
		}
		r.written[path] = []byte(text)
		r.report.Unknown = append(r.report.Unknown, learned...)
	}
	for _, p := range append(r.people, r.edits...) {
		for path, v := range p.values {
			field, ok := fieldAt(&r.fields.Field, path)
			list, isList := v.([]any)
			if !ok || !isList || field.Item == nil || r.lexicons[field.Item.Ref] == nil {
				continue
			}
			for i := range list {
				if text, ok := list[i].(string); ok {
					list[i] = r.lexicons[field.Item.Ref].canonical(text)
				}
			}
		}
	}
}
