package corpus

import (
	"fmt"
	"strings"
)

// A document is a TOML file being written.
type document struct{ strings.Builder }

func (d *document) table(name string) { fmt.Fprintf(d, "\n[%s]\n", name) }
func (d *document) entry(name string) { fmt.Fprintf(d, "\n[[%s]]\n", name) }

// text writes a string; an empty one is left out.
func (d *document) text(key, value string) {
	if value != "" {
		fmt.Fprintf(d, "%s = %s\n", key, quote(value))
	}
}

// block writes a string of several lines.
func (d *document) block(key, value string) {
	fmt.Fprintf(d, "%s = \"\"\"\n%s\"\"\"\n", key, blockEscapes.Replace(value))
}

// list writes an array of strings; an empty one is left out.
func (d *document) list(key string, values []string) {
	if len(values) == 0 {
		return
	}
	quoted := make([]string, len(values))
	for i, value := range values {
		quoted[i] = quote(value)
	}
	fmt.Fprintf(d, "%s = [%s]\n", key, strings.Join(quoted, ", "))
}

// value writes a number, a date or a boolean.
func (d *document) value(key string, value any) { fmt.Fprintf(d, "%s = %v\n", key, value) }

func (d *document) bytes() []byte { return []byte(d.String()) }

// quote writes a basic string of TOML 1.0.
func quote(s string) string {
	return `"` + lineEscapes.Replace(s) + `"`
}

var (
	lineEscapes  = strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\n`)
	blockEscapes = strings.NewReplacer(`\`, `\\`, `"""`, `""\"`)
)

// date is a local date of TOML, days after the first of January of a year.
func date(year, days int) string {
	lengths := [12]int{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31}
	for month, length := range lengths {
		if days < length {
			return fmt.Sprintf("%04d-%02d-%02d", year, month+1, days+1)
		}
		days -= length
	}
	return date(year+1, days)
}
