package schema

import (
	"errors"
	"strings"
	"sync"

	"github.com/pelletier/go-toml/v2/unstable"
)

// deepest is how far tables and lists may nest. No kind of file needs more than six.
const deepest = 16

// A tomlReader turns TOML into nodes. The library finds the expressions; which of
// them may follow which is decided here, because the library does not say.
type tomlReader struct {
	*forest
	report reporter
	source string // of the whole document
	base   int    // where the TOML begins in it
	parser *unstable.Parser
	data   []byte

	root    *node
	current *node // where keys go: nil when a faulty header has to swallow them
	header  int   // counts the headers
	inlines int   // counts the inline tables, downwards
	reached int   // offset up to which expressions were read
}

// A reporter takes a fault at an offset in the document's source.
type reporter func(offset int, rule, format string, args ...any)

var tomlParsers = sync.Pool{New: func() any { return &unstable.Parser{} }}

// readTOML reads source[from:to]. The second result tells whether all of it was read.
func readTOML(source string, from, to int, f *forest, report reporter) (*node, bool) {
	f.data = append(f.data[:0], source[from:to]...)
	r := tomlReader{
		forest: f, report: report, source: source, base: from, data: f.data,
		parser: tomlParsers.Get().(*unstable.Parser),
	}
	defer tomlParsers.Put(r.parser)
	r.root = r.plant(node{at: from, standing: standsHeader})
	r.current = r.root
	r.parser.Reset(r.data)
	defer r.parser.Reset(nil)
	for r.parser.NextExpression() {
		expression := r.parser.Expression()
		switch expression.Kind {
		case unstable.KeyValue:
			r.keyValue(expression, r.current, r.header, 0)
			r.reached = int(expression.Raw.Offset + expression.Raw.Length)
		case unstable.Table, unstable.ArrayTable:
			r.header++
			r.current = r.open(expression)
		}
	}
	if err := r.parser.Error(); err != nil {
		offset, message := len(r.data), err.Error()
		if fault, ok := errors.AsType[*unstable.ParserError](err); ok {
			message = fault.Message
			if len(fault.Highlight) > 0 || cap(fault.Highlight) > 0 {
				offset = int(r.parser.Range(fault.Highlight).Offset)
			}
		}
		at, words := explain(string(r.data), offset, r.reached, message)
		report(r.base+at, "syntax", "%s", words)
		return r.root, false
	}
	return r.root, true
}

// open finds or makes the table that a header names.
func (r *tomlReader) open(header *unstable.Node) *node {
	table := r.root
	depth := 0
	for it := header.Key(); it.Next(); {
		key, at := r.key(it.Node())
		r.reached = at - r.base + len(key)
		last := it.IsLast()
		if depth++; depth > deepest {
			r.tooDeep(at)
			return nil
		}
		child := r.child(table, key)
		if !last {
			switch {
			case child == nil:
				child = r.plant(node{key: key, keyAt: at, at: at, standing: standsImplicit})
				r.join(table, child)
			case child.kind == kindList && child.standing == standsRepeated:
				child = child.last
			case child.kind != kindTable || child.standing == standsAlone:
				r.report(at, "duplicate-key", "%q is already set on line %d, and nothing can be added to it here", key, r.line(child.keyAt))
				return nil
			}
			table = child
			continue
		}
		if header.Kind == unstable.ArrayTable {
			if child == nil {
				child = r.plant(node{key: key, keyAt: at, at: at, kind: kindList, standing: standsRepeated})
				r.join(table, child)
			}
			if child.standing != standsRepeated {
				r.already(at, key, child)
				return nil
			}
			entry := r.plant(node{keyAt: at, at: at, standing: standsHeader})
			child.add(entry)
			return entry
		}
		switch {
		case child == nil:
			child = r.plant(node{key: key, keyAt: at, at: at, standing: standsHeader})
			r.join(table, child)
		case child.kind == kindTable && child.standing == standsImplicit:
			child.standing, child.keyAt, child.at = standsHeader, at, at
		default:
			r.already(at, key, child)
			return nil
		}
		return child
	}
	return nil
}

func (r *tomlReader) already(at int, key string, child *node) {
	r.report(at, "duplicate-key", "%q is already set on line %d; keep one of them", key, r.line(child.keyAt))
}

func (r *tomlReader) tooDeep(at int) {
	r.report(at, "too-deep", "tables and lists are nested more than %d deep here", deepest)
}

// keyValue sets a key of a table, which is nil after a faulty header.
func (r *tomlReader) keyValue(expression *unstable.Node, table *node, scope, depth int) {
	it := expression.Key()
	for it.Next() {
		key, at := r.key(it.Node())
		if depth++; depth > deepest {
			r.tooDeep(at)
			return
		}
		if table == nil {
			return
		}
		child := r.child(table, key)
		if !it.IsLast() {
			switch {
			case child == nil:
				child = r.plant(node{key: key, keyAt: at, at: at, standing: standsDotted, scope: scope})
				r.join(table, child)
			case child.kind != kindTable || child.standing != standsDotted || child.scope != scope:
				r.already(at, key, child)
				return
			}
			table = child
			continue
		}
		if child != nil {
			r.already(at, key, child)
			return
		}
		end := int(it.Node().Raw.Offset + it.Node().Raw.Length)
		value := r.value(expression.Value(), r.base+r.afterEquals(end), depth)
		if value == nil {
			return
		}
		value.key, value.keyAt = key, at
		r.join(table, value)
	}
}

// afterEquals is where a value begins whose key ends at the offset: the library gives
// lists no place.
func (r *tomlReader) afterEquals(offset int) int {
	rest := r.data[offset:]
	i := 0
	for i < len(rest) && (rest[i] == ' ' || rest[i] == '\t' || rest[i] == '=') {
		i++
	}
	return offset + i
}

func (r *tomlReader) key(n *unstable.Node) (string, int) {
	from := int(n.Raw.Offset)
	at := r.base + from
	if written := r.source[at : at+int(n.Raw.Length)]; written == string(n.Data) {
		return written, at
	}
	return string(n.Data), at
}

func (r *tomlReader) value(v *unstable.Node, at, depth int) *node {
	if depth > deepest {
		r.tooDeep(at)
		return nil
	}
	if v.Raw.Length > 0 {
		at = r.base + int(v.Raw.Offset)
	}
	n := r.plant(node{at: at, textAt: at})
	switch v.Kind {
	case unstable.String:
		n.kind = kindText
		n.text, n.textAt = r.text(v)
	case unstable.Integer:
		n.kind = kindWhole
	case unstable.Float:
		n.kind = kindNumber
	case unstable.Bool:
		n.kind = kindBoolean
	case unstable.LocalDate:
		n.kind = kindDate
	case unstable.LocalTime, unstable.LocalDateTime, unstable.DateTime:
		n.kind = kindTime
	case unstable.Array:
		n.kind = kindList
		for it := v.Children(); it.Next(); {
			if child := r.value(it.Node(), at, depth+1); child != nil {
				n.add(child)
			}
		}
		return n
	case unstable.InlineTable:
		// Its keys may be dotted, and nothing outside may add to it.
		r.inlines--
		scope := r.inlines
		for it := v.Children(); it.Next(); {
			r.keyValue(it.Node(), n, scope, depth)
		}
		return n
	}
	if n.kind != kindText {
		n.text = r.source[at : at+len(v.Data)]
	}
	return n
}

// text is a string's value, a part of the source where it holds no escapes, and where
// its characters begin.
func (r *tomlReader) text(v *unstable.Node) (string, int) {
	at := r.base + int(v.Raw.Offset)
	raw := r.source[at : at+int(v.Raw.Length)]
	quotes := 1
	if len(raw) >= 6 && (strings.HasPrefix(raw, `"""`) || strings.HasPrefix(raw, "'''")) {
		quotes = 3
	}
	inner := raw[quotes : len(raw)-quotes]
	at += quotes
	if quotes == 3 && strings.HasPrefix(inner, "\n") {
		inner = inner[1:]
		at++
	}
	if inner == string(v.Data) {
		return inner, at
	}
	return string(v.Data), at
}

func (r *tomlReader) line(offset int) int { return 1 + strings.Count(r.source[:offset], "\n") }
