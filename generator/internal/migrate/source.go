package migrate

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/BurntSushi/toml"
	"go.yaml.in/yaml/v4"

	"github.com/stoa-portal/stoa/generator/internal/diag"
	"github.com/stoa-portal/stoa/generator/internal/markdown"
)

// A text is one Markdown file of the source.
type text struct {
	file   string // its path in the source
	lang   string // of a translation its language's tag, "" for the default language
	tag    string // that tag as the file's name has it
	matter matter
	body   []line

	index   bool     // introduces its section
	section *section // where it goes
	slug    string   // last part of its address; "" of an index
	order   float64  // as written, with ordered
	ordered bool
	title   string

	target   string            // path of the file it becomes
	old      []string          // site paths that it had, the likeliest first
	explicit map[string]string // id that its author gave a heading → the heading's words
	labels   map[string]string // addresses that links name by a label
	result   []byte
	anchors  []string // ids of the result's headings
	opening  string   // the heading that opens the result: its title, which has no id
}

// A line is a line of a text and where it stands.
type line struct {
	text string
	at   int  // line in the source
	col  int  // column of the text's first character in the source; less than 1 where the line begins with what was added
	code bool // of code, or as it shall be: nothing in it is rewritten
}

// A matter is a front matter: its keys in order, with their values as YAML, TOML and JSON have
// them in common.
type matter struct {
	keys   []string
	values map[string]any
	lines  map[string]int
}

// texts are the extensions of Markdown.
var textExtensions = []string{".md", ".mdx", ".markdown", ".mdown", ".mkd"}

func isText(file string) bool {
	return slices.Contains(textExtensions, strings.ToLower(path.Ext(file)))
}

// readTexts reads every text below the root.
func (m *mover) readTexts() {
	var names []string
	for file := range m.files {
		if isText(file) && m.system.holds(m, file) {
			names = append(names, file)
		}
	}
	slices.Sort(names)
	if len(names) > maxTexts {
		m.notes.Errorf(diag.Place{File: "."}, "too-large", "there are %d Markdown files here, and at most %d can be brought in at once: name a folder inside this one", len(names), maxTexts)
		return
	}
	m.byFile = map[string]*text{}
	for _, file := range names {
		if t := m.readText(file); t != nil {
			m.texts = append(m.texts, t)
			m.byFile[file] = t
		}
	}
}

func (m *mover) readText(file string) *text {
	data, err := fs.ReadFile(m.source, file)
	at := diag.Place{File: file}
	switch {
	case err != nil:
		m.notes.Errorf(at, "unreadable", "this cannot be read")
		return nil
	case len(data) > markdown.MaxBytes:
		m.notes.Errorf(at, "too-large", "this file has %d KB; a guide takes at most %d KB, so divide it into several", len(data)>>10, markdown.MaxBytes>>10)
		return nil
	case !utf8.Valid(data):
		m.notes.Errorf(at, "encoding", "this file is not in UTF-8: save it in that encoding")
		return nil
	}
	source := strings.TrimPrefix(string(data), "\uFEFF")
	source = strings.ReplaceAll(strings.ReplaceAll(source, "\r\n", "\n"), "\r", "\n")
	t := &text{file: file, explicit: map[string]string{}, labels: map[string]string{}}
	lines := strings.Split(strings.TrimRight(source, "\n"), "\n")
	first, wrong, problem := t.matter.read(lines)
	if problem != "" {
		m.notes.Errorf(diag.At(file, wrong, 1), "syntax", "the front matter cannot be read (%s), so this file is left out", problem)
		return nil
	}
	for i, l := range lines[first:] {
		t.body = append(t.body, line{text: l, at: first + i + 1, col: 1})
	}
	return t
}

// read reads the front matter that lines begin with: YAML between ---, TOML between +++, or a
// JSON object. It gives the number of lines it took, or the line of what is wrong with it.
func (x *matter) read(lines []string) (taken, at int, problem string) {
	x.values, x.lines = map[string]any{}, map[string]int{}
	fence := strings.TrimRight(lines[0], " \t")
	if fence == "{" {
		for i, l := range lines {
			if strings.TrimRight(l, " \t") == "}" {
				at, problem = x.yaml(lines[:i+1], 0) // JSON is YAML
				return i + 1, at, problem
			}
		}
		return 0, 0, ""
	}
	if fence != "---" && fence != "+++" {
		return 0, 0, ""
	}
	for i, l := range lines[1:] {
		if l = strings.TrimRight(l, " \t"); l != fence && (fence != "---" || l != "...") {
			continue
		}
		if fence == "---" {
			at, problem = x.yaml(lines[1:i+1], 1)
		} else {
			at, problem = x.toml(lines[1:i+1], 1)
		}
		return i + 2, at, problem
	}
	if fence == "---" {
		return 0, 0, "" // a line across the page
	}
	return 0, 1, "nothing closes it"
}

func (x *matter) yaml(lines []string, before int) (at int, problem string) {
	var document yaml.Node
	if err := yaml.Load([]byte(strings.Join(lines, "\n")), &document); err != nil {
		at, problem = yamlFault(err)
		return before + at, problem
	}
	if len(document.Content) == 0 {
		return 0, ""
	}
	root := document.Content[0]
	if root.Kind == yaml.ScalarNode && root.Tag == "!!null" {
		return 0, ""
	}
	if root.Kind != yaml.MappingNode {
		return before + 1, "it holds no keys"
	}
	for i := 0; i+1 < len(root.Content); i += 2 {
		key := root.Content[i]
		x.add(key.Value, yamlValue(root.Content[i+1], 0), before+key.Line)
	}
	return 0, ""
}

var yamlPlace = regexp.MustCompile(`\bL(\d+)(?:\.C\d+)?(?:-[LC.\d]+)?: *`)

// yamlFault is the line and the words of an error of the YAML parser.
func yamlFault(err error) (line int, words string) {
	words = firstSentence(err)
	if m := yamlPlace.FindStringSubmatchIndex(words); m != nil {
		line, _ = strconv.Atoi(words[m[2]:m[3]])
		words = words[m[1]:]
	}
	return max(line, 1), words
}

// yamlValue is a node as text, bool, int64, float64, []any or map[string]any. Days stay text.
func yamlValue(n *yaml.Node, depth int) any {
	if depth > 8 {
		return nil
	}
	switch n.Kind {
	case yaml.SequenceNode:
		list := []any{}
		for _, item := range n.Content {
			list = append(list, yamlValue(item, depth+1))
		}
		return list
	case yaml.MappingNode:
		table := map[string]any{}
		for i := 0; i+1 < len(n.Content); i += 2 {
			table[n.Content[i].Value] = yamlValue(n.Content[i+1], depth+1)
		}
		return table
	case yaml.ScalarNode:
		switch n.Tag {
		case "!!null":
			return nil
		case "!!bool", "!!int", "!!float":
			var value any
			if n.Decode(&value) == nil {
				switch value := value.(type) {
				case int:
					return int64(value)
				case bool, float64:
					return value
				}
			}
		}
		return n.Value
	}
	return nil // an alias: what it stands for is said elsewhere
}

func (x *matter) toml(lines []string, before int) (at int, problem string) {
	values := map[string]any{}
	meta, err := toml.Decode(strings.Join(lines, "\n"), &values)
	if err != nil {
		if fault, ok := errors.AsType[toml.ParseError](err); ok {
			return before + fault.Position.Line, fault.Message
		}
		return before + 1, firstSentence(err)
	}
	for _, key := range meta.Keys() {
		if len(key) != 1 {
			continue
		}
		at := slices.IndexFunc(lines, regexp.MustCompile(`^\s*\[*"?`+regexp.QuoteMeta(key[0])+`\b`).MatchString)
		x.add(key[0], tomlValue(values[key[0]]), before+max(at, 0)+1)
	}
	return 0, ""
}

func tomlValue(v any) any {
	switch v := v.(type) {
	case nil, string, bool, int64, float64, map[string]any:
		return v
	case []any:
		return v
	case []map[string]any:
		list := []any{}
		for _, table := range v {
			list = append(list, table)
		}
		return list
	case fmt.Stringer: // a day or time
		return v.String()
	}
	return nil
}

func (x *matter) add(key string, value any, at int) {
	if _, ok := x.values[key]; !ok {
		x.keys = append(x.keys, key)
	}
	x.values[key], x.lines[key] = value, at
}

// firstSentence is the first line of an error of a parser.
func firstSentence(err error) string {
	first, _, _ := bytes.Cut([]byte(err.Error()), []byte("\n"))
	return strings.TrimSuffix(string(first), ":")
}

// string is the text at the first of the keys that has one. Numbers are texts, too.
func (x *matter) string(keys ...string) string {
	for _, key := range keys {
		switch v := x.values[key].(type) {
		case string:
			if v = strings.TrimSpace(v); v != "" {
				return v
			}
		case int64, float64:
			return fmt.Sprint(v)
		}
	}
	return ""
}

// strings is the list at a key; of a text, its parts between commas.
func (x *matter) strings(key string) []string { return listOf(x.values[key]) }

func listOf(value any) []string {
	var list []string
	switch v := value.(type) {
	case string:
		for part := range strings.SplitSeq(v, ",") {
			if part = strings.TrimSpace(part); part != "" {
				list = append(list, part)
			}
		}
	case []any:
		for _, item := range v {
			switch item := item.(type) {
			case string:
				list = append(list, strings.TrimSpace(item))
			case map[string]any:
				if name, ok := item["name"].(string); ok {
					list = append(list, name)
				}
			case int64, float64, bool:
				list = append(list, fmt.Sprint(item))
			}
		}
	case map[string]any:
		if name, ok := v["name"].(string); ok {
			list = append(list, name)
		}
	case int64, float64:
		list = append(list, fmt.Sprint(v))
	}
	return slices.DeleteFunc(list, func(s string) bool { return s == "" })
}

func (x *matter) bool(key string) (value, ok bool) {
	value, ok = x.values[key].(bool)
	return value, ok
}

func (x *matter) number(keys ...string) (float64, bool) {
	for _, key := range keys {
		switch v := x.values[key].(type) {
		case int64:
			return float64(v), true
		case float64:
			return v, true
		}
	}
	return 0, false
}

func (x *matter) has(key string) bool { _, ok := x.values[key]; return ok }
