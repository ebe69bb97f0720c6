package roster

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v4"

	"github.com/stoa-portal/stoa/generator/internal/diag"
	"github.com/stoa-portal/stoa/generator/internal/schema"
)

// A value is one of JSON or YAML, with its place.
type value struct {
	line, column int
	keys         []string // of a map, in its order
	children     []*value // of a map or list
	text         string   // of a scalar
	kind         byte     // 'm' map, 'l' list, 't' text, 'n' number, 'b' boolean, '0' nothing
}

func (v *value) child(key string) *value {
	if v == nil || v.kind != 'm' {
		return nil
	}
	for i, k := range v.keys {
		if k == key {
			return v.children[i]
		}
	}
	return nil
}

// string is the text under a key, or "".
func (v *value) string(key string) string {
	if c := v.child(key); c != nil && c.kind == 't' {
		return c.text
	}
	return ""
}

// plain is the value as this house writes values.
func (v *value) plain() any {
	switch v.kind {
	case 'm':
		table := map[string]any{}
		for i, key := range v.keys {
			if v.children[i].kind != '0' {
				table[key] = v.children[i].plain()
			}
		}
		return table
	case 'l':
		list := []any{}
		for _, c := range v.children {
			list = append(list, c.plain())
		}
		return list
	case 'b':
		return v.text == "true"
	case 'n':
		return number(v.text)
	}
	return v.text
}

// deepest is how far records may nest.
const deepest = 20

// parseJSON reads JSON with the places of its values.
func parseJSON(name, text string, problems *diag.List) *value {
	decoder := json.NewDecoder(strings.NewReader(text))
	decoder.UseNumber()
	p := places{text: text, line: 1}
	var next func(depth int) (*value, error)
	next = func(depth int) (*value, error) {
		if depth > deepest {
			return nil, errDeep
		}
		before := int(decoder.InputOffset())
		token, err := decoder.Token()
		if err != nil {
			return nil, err
		}
		for before < len(text) && strings.IndexByte(" \t\n\r,:", text[before]) >= 0 {
			before++
		}
		v := &value{}
		v.line, v.column = p.of(before)
		switch token := token.(type) {
		case json.Delim:
			v.kind = 'l'
			if token == '{' {
				v.kind = 'm'
			}
			for decoder.More() {
				if v.kind == 'm' {
					key, err := decoder.Token()
					if err != nil {
						return nil, err
					}
					v.keys = append(v.keys, key.(string))
				}
				c, err := next(depth + 1)
				if err != nil {
					return nil, err
				}
				v.children = append(v.children, c)
			}
			_, err = decoder.Token()
			return v, err
		case string:
			v.kind, v.text = 't', token
		case json.Number:
			v.kind, v.text = 'n', token.String()
		case bool:
			v.kind, v.text = 'b', fmt.Sprint(token)
		default:
			v.kind = '0'
		}
		return v, nil
	}
	root, err := next(0)
	if err == nil {
		if _, err = decoder.Token(); errors.Is(err, io.EOF) {
			return root
		}
		err = errors.New("something follows the end")
	}
	offset := int(decoder.InputOffset())
	if fault, ok := errors.AsType[*json.SyntaxError](err); ok {
		offset = int(fault.Offset) - 1
	}
	message := "this cannot be read as JSON (" + err.Error() + ")"
	if errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, io.EOF) {
		offset, message = len(text), "the file ends in the middle: the rest is missing"
	}
	*problems = append(*problems, diag.Problem{Place: diag.PlaceAt(name, []byte(text), offset), Rule: "syntax", Message: message})
	return nil
}

var errDeep = errors.New("its lists and objects are nested too deep")

// places finds lines and columns of ascending offsets.
type places struct {
	text     string
	at, line int
	begin    int
}

func (p *places) of(offset int) (line, column int) {
	for ; p.at < offset && p.at < len(p.text); p.at++ {
		if p.text[p.at] == '\n' {
			p.line++
			p.begin = p.at + 1
		}
	}
	return p.line, 1 + utf8.RuneCountInString(p.text[min(p.begin, offset):min(offset, len(p.text))])
}

// parseYAML reads YAML with the places of its values.
func parseYAML(name, text string, problems *diag.List) *value {
	var document yaml.Node
	if err := yaml.Load([]byte(text), &document); err != nil {
		offset, message := schema.ExplainYAML(text, err)
		*problems = append(*problems, diag.Problem{Place: diag.PlaceAt(name, []byte(text), offset), Rule: "syntax", Message: message})
		return nil
	}
	if len(document.Content) == 0 {
		return nil
	}
	return fromYAML(name, document.Content[0], 0, problems)
}

func fromYAML(name string, n *yaml.Node, depth int, problems *diag.List) *value {
	v := &value{line: n.Line, column: n.Column, kind: '0'}
	if depth > deepest || n.Kind == yaml.AliasNode || n.Anchor != "" {
		message := "anchors (&) and aliases (*) are not read: write the value out"
		if depth > deepest {
			message = errDeep.Error()
		}
		problems.Errorf(diag.At(name, n.Line, n.Column), "syntax", "%s", message)
		return v
	}
	switch n.Kind {
	case yaml.MappingNode:
		v.kind = 'm'
		seen := map[string]bool{}
		for i := 0; i+1 < len(n.Content); i += 2 {
			key := n.Content[i]
			if seen[key.Value] {
				problems.Errorf(diag.At(name, key.Line, key.Column), "duplicate-key", "%q is there twice: keep one of them", key.Value)
			}
			seen[key.Value] = true
			v.keys = append(v.keys, key.Value)
			v.children = append(v.children, fromYAML(name, n.Content[i+1], depth+1, problems))
		}
	case yaml.SequenceNode:
		v.kind = 'l'
		for _, c := range n.Content {
			v.children = append(v.children, fromYAML(name, c, depth+1, problems))
		}
	default:
		v.text = n.Value
		switch n.Tag {
		case "!!null":
		case "!!int", "!!float":
			v.kind = 'n'
		case "!!bool":
			v.kind, v.text = 'b', strings.ToLower(n.Value)
		default:
			v.kind = 't'
		}
	}
	return v
}

// readTree finds the records in what was parsed: a list of them, a map of them by key, or
// either under a key of its own.
func readTree(name string, root *value, problems *diag.List) *sheet {
	if root == nil {
		return nil
	}
	if root.string("stoa") != "" {
		return &sheet{name: name, root: root}
	}
	records, keys := findRecords(root, 3)
	if records == nil {
		problems.Errorf(diag.At(name, root.line, root.column), "no-records", "there is no list of people here: records are a list, each with its keys, or a map of them by id")
		return nil
	}
	s := &sheet{name: name, root: root}
	index := map[string]int{}
	for i, record := range records {
		r := &row{sheet: s, line: record.line}
		cells := map[int]*cell{}
		if keys != nil {
			s.flatten(keyColumn, &value{line: record.line, column: record.column, kind: 't', text: keys[i]}, cells, index)
		}
		s.flatten("", record, cells, index)
		r.cells = make([]cell, len(s.columns))
		for j, c := range cells {
			r.cells[j] = *c
		}
		s.rows = append(s.rows, r)
		if excess(name, len(s.rows), problems) {
			return nil
		}
		if len(s.columns) > maxColumns {
			problems.Errorf(r.place(), "too-large", "the records have more than %d keys", maxColumns)
			return nil
		}
	}
	return s
}

// findRecords looks for records here, or else under one of the keys: the most there are.
func findRecords(v *value, depth int) (records []*value, keys []string) {
	if records, keys = recordsOf(v); records != nil || v.kind != 'm' || depth == 0 {
		return records, keys
	}
	for _, c := range v.children {
		if found, k := findRecords(c, depth-1); len(found) > len(records) {
			records, keys = found, k
		}
	}
	return records, keys
}

// keyColumn is the column of the keys under which a map holds its records.
const keyColumn = "_key"

// recordsOf are the maps in a list, or in a map of nothing but maps.
func recordsOf(v *value) (records []*value, keys []string) {
	if v.kind != 'l' && (v.kind != 'm' || len(v.children) == 0) {
		return nil, nil
	}
	for _, c := range v.children {
		if c.kind == 'm' {
			records = append(records, c)
		} else if c.kind != '0' {
			return nil, nil
		}
	}
	if v.kind == 'm' {
		if len(records) != len(v.children) || len(records) < 2 {
			return nil, nil
		}
		keys = v.keys
	}
	if records == nil && v.kind == 'l' && len(v.children) == 0 {
		records = []*value{}
	}
	return records, keys
}

// flatten files what a record holds under columns.
func (s *sheet) flatten(path string, v *value, cells map[int]*cell, index map[string]int) {
	switch v.kind {
	case 'm':
		for i, key := range v.keys {
			inner := key
			if path != "" {
				inner = path + "." + key
			}
			s.flatten(inner, v.children[i], cells, index)
		}
		return
	case 'l':
		for _, c := range v.children {
			s.flatten(path, c, cells, index)
		}
		if i, ok := index[path]; ok && cells[i] != nil {
			cells[i].list = true
		}
		return
	}
	i, ok := index[path]
	if !ok {
		i = len(s.columns)
		index[path] = i
		s.columns = append(s.columns, path)
	}
	c := cells[i]
	if c == nil {
		c = &cell{line: v.line, column: v.column}
		cells[i] = c
	}
	if text := strings.TrimSpace(v.text); text != "" && v.kind != '0' {
		c.texts = append(c.texts, text)
	}
}
