package schema

import "sync"

// A kind says what a node of a parsed file is.
type kind uint8

const (
	kindTable kind = iota
	kindList
	kindText
	kindWhole
	kindNumber
	kindBoolean
	kindDate
	kindTime
	kindNull // YAML only: a key without a value
)

// words names a kind for the author of the file.
func (k kind) words() string {
	return [...]string{"a table", "a list", "text", "a whole number", "a number", "true or false", "a date", "a time", "nothing"}[k]
}

// A standing says how a table or list came to be, on which it depends what may be
// added to it later in the file (TOML 1.1, "Table", "Array of Tables").
type standing uint8

const (
	standsAlone    standing = iota // a scalar, an inline table, a list in brackets: complete
	standsImplicit                 // [a.b] makes a
	standsHeader                   // [a]
	standsDotted                   // a.b = 1 makes a
	standsRepeated                 // [[a]]
)

// A node is a value of a source file with its place; of a table or list, the first of
// its children. Both the TOML and the YAML reader produce it, so that there is one
// checker. Offsets are in bytes of the document's source.
type node struct {
	key    string
	text   string // of text its value; of numbers, dates and booleans as written
	keyAt  int
	at     int
	textAt int // where the characters of a text begin

	first, last, next *node

	n     int // children
	scope int // of a dotted table: the header under which it was made

	kind     kind
	standing standing
	faulty   bool // marked by the checker: not to be decoded
}

func (n *node) add(child *node) {
	if n.last == nil {
		n.first = child
	} else {
		n.last.next = child
	}
	n.last = child
	n.n++
}

// A forest allocates the nodes of a file together and is used again for the next one.
type forest struct {
	slabs [][]node
	slab  int
	keys  map[*node]map[string]*node // of wide tables
	data  []byte                     // what is parsed, for the parser's use
}

var forests = sync.Pool{New: func() any { return &forest{} }}

func (f *forest) plant(n node) *node {
	if f.slab < len(f.slabs) && len(f.slabs[f.slab]) == cap(f.slabs[f.slab]) {
		f.slab++
	}
	if f.slab == len(f.slabs) {
		f.slabs = append(f.slabs, make([]node, 0, 128))
	}
	slab := &f.slabs[f.slab]
	*slab = append(*slab, n)
	return &(*slab)[len(*slab)-1]
}

func (f *forest) clear() {
	f.slabs = f.slabs[:min(len(f.slabs), 64)]
	for i, slab := range f.slabs {
		clear(slab)
		f.slabs[i] = slab[:0]
	}
	f.slab = 0
	f.keys = nil
	if cap(f.data) > 1<<16 {
		f.data = nil
	}
}

// wide is the number of keys from which a table is worth an index.
const wide = 32

// child finds the child of a table by key.
func (f *forest) child(table *node, key string) *node {
	if table.n < wide {
		for c := table.first; c != nil; c = c.next {
			if c.key == key {
				return c
			}
		}
		return nil
	}
	index, ok := f.keys[table]
	if !ok {
		if f.keys == nil {
			f.keys = map[*node]map[string]*node{}
		}
		index = make(map[string]*node, 2*wide)
		f.keys[table] = index
		for c := range table.children {
			index[c.key] = c
		}
	}
	return index[key]
}

// join adds a child under a key that the table does not have yet.
func (f *forest) join(table, child *node) {
	table.add(child)
	if index, ok := f.keys[table]; ok {
		index[child.key] = child
	}
}

// children yields a node's children.
func (n *node) children(yield func(*node) bool) {
	for c := n.first; c != nil && yield(c); c = c.next {
	}
}

// sound yields the children that are decoded: those that have a value and no fault.
func (n *node) sound(yield func(*node) bool) {
	for c := n.first; c != nil; c = c.next {
		if !c.faulty && c.kind != kindNull && !yield(c) {
			return
		}
	}
}
