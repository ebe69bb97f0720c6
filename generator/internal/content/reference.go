package content

import (
	_ "embed"
	"fmt"
	"regexp"
	"strings"

	"github.com/stoa-portal/stoa/generator/internal/schema"
)

//go:embed reference.md
var prose string

var directive = regexp.MustCompile(`\{\{reference "([^"]+)"\}\}`)

// Reference is content/README.md: what may stand in this folder, for the people who
// write it. rules is the table of the rules of advice in Markdown, settings those of config.toml
// and import.toml. The prose is reference.md beside this file; the other tables come from the
// field tables.
func Reference(rules string, settings ...*schema.Table) ([]byte, error) {
	tables := map[string]*schema.Table{}
	for _, t := range append(Tables(nil), settings...) {
		tables[t.Name] = t
	}
	unknown := ""
	text := directive.ReplaceAllStringFunc(prose, func(match string) string {
		t, ok := tables[directive.FindStringSubmatch(match)[1]]
		if !ok {
			unknown = match
			return ""
		}
		return schema.Describe(t, 4)
	})
	text = strings.Replace(text, "{{rules}}\n", rules, 1)
	if unknown != "" {
		return nil, fmt.Errorf("reference.md names a table that does not exist: %s", unknown)
	}
	return []byte("<!-- Generated from the field tables: go test ./generator/internal/content -run Reference -update -->\n\n" + text), nil
}
