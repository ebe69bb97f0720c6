package generator

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/stoa-portal/stoa/generator/internal/config"
	"github.com/stoa-portal/stoa/generator/internal/content"
	"github.com/stoa-portal/stoa/generator/internal/schema"
)

// A Schema describes one kind of file as a JSON Schema (draft 7), with which editors
// complete keys and underline faults.
type Schema struct {
	Kind  string // what the file is, such as "mentor" or "config"
	Files string // glob of the TOML files it is for, from the site's folder; "" for front matter in Markdown
	Text  []byte
}

var schemaFiles = map[string]string{
	"mentor":     "content/mentors/*.toml",
	"program":    "content/programs/*.toml",
	"goal":       "content/goals/*.toml",
	"worksheet":  "content/worksheets/*.toml",
	"vocabulary": "content/vocabulary/*.toml",
}

// Schemas describes every kind of source file, config.toml first. When source, the folder of a
// site, has a config.toml without errors, the fields that it declares for profiles are among
// those of a mentor.
func Schemas(source string) ([]Schema, error) {
	var fields []schema.Field
	text, err := os.ReadFile(filepath.Join(source, "config.toml"))
	switch {
	case err == nil:
		if c, problems := config.Load(text, "config.toml"); problems.Errors() == 0 {
			fields = c.ProfileFields()
		}
	case !errors.Is(err, fs.ErrNotExist):
		return nil, err
	}
	list := []Schema{{Kind: "config", Files: "config.toml", Text: schema.JSONSchema(config.Table())}}
	for _, table := range content.Tables(fields) {
		list = append(list, Schema{Kind: table.Name, Files: schemaFiles[table.Name], Text: schema.JSONSchema(table)})
	}
	return list, nil
}
