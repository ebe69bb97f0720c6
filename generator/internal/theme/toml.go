package theme

import (
	"errors"
	"strings"

	"github.com/pelletier/go-toml/v2"
	"github.com/pelletier/go-toml/v2/unstable"

	"github.com/stoa-portal/stoa/generator/internal/diag"
)

// An entry is one value of theme.toml or of an i18n file, with its place.
type entry struct {
	key   string // dotted, such as "directory.count.one"
	value any    // string, int64, float64, bool, []string, or nil for any other kind
	at    diag.Place
}

// readTOML lists the values of a TOML file in the order written. Tables and inline
// tables are flattened into dotted keys. A fault of syntax ends the reading.
func readTOML(file string, source []byte) ([]entry, diag.List) {
	var problems diag.List
	var whole map[string]any
	if err := toml.Unmarshal(source, &whole); err != nil {
		at := diag.Place{File: file}
		message := err.Error()
		if syntax, ok := errors.AsType[*toml.DecodeError](err); ok {
			line, column := syntax.Position()
			at = diag.At(file, line, column)
			message = strings.TrimPrefix(syntax.Error(), "toml: ")
		}
		problems.Errorf(at, "syntax", "this is not valid TOML: %s", message)
		return nil, problems
	}

	r := reader{file: file, source: source, whole: whole}
	var parser unstable.Parser
	parser.Reset(source)
	prefix := ""
	for parser.NextExpression() {
		node := parser.Expression()
		switch node.Kind {
		case unstable.Table, unstable.ArrayTable:
			prefix, _ = r.key(node.Key())
			prefix += "."
		case unstable.KeyValue:
			r.keyValue(&parser, prefix, node)
		}
	}
	return r.entries, problems
}

type reader struct {
	file    string
	source  []byte
	whole   map[string]any
	entries []entry
}

// key joins a dotted key and finds where it starts.
func (r *reader) key(parts unstable.Iterator) (string, diag.Place) {
	var names []string
	at := diag.Place{File: r.file}
	for parts.Next() {
		node := parts.Node()
		if len(names) == 0 {
			at = diag.PlaceAt(r.file, r.source, int(node.Raw.Offset))
		}
		names = append(names, string(node.Data))
	}
	return strings.Join(names, "."), at
}

func (r *reader) keyValue(parser *unstable.Parser, prefix string, node *unstable.Node) {
	name, at := r.key(node.Key())
	name = prefix + name
	value := node.Value()
	if value.Kind == unstable.InlineTable {
		children := value.Children()
		for children.Next() {
			r.keyValue(parser, name+".", children.Node())
		}
		return
	}
	r.entries = append(r.entries, entry{name, plain(r.lookup(name)), at})
}

// lookup finds the decoded value of a dotted key.
func (r *reader) lookup(key string) any {
	var value any = r.whole
	for name := range strings.SplitSeq(key, ".") {
		table, ok := value.(map[string]any)
		if !ok {
			return nil
		}
		value = table[name]
	}
	return value
}

// plain keeps scalars and lists of strings.
func plain(value any) any {
	switch value := value.(type) {
	case string, int64, float64, bool:
		return value
	case []any:
		list := make([]string, len(value))
		for i, item := range value {
			text, ok := item.(string)
			if !ok {
				return nil
			}
			list[i] = text
		}
		return list
	}
	return nil
}
