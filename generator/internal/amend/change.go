package amend

import (
	"reflect"
	"slices"
	"strings"
)

// find is where the value at a path stands: the section and item, and the inline tables on the
// way from the item to it.
func (d *document) find(path []string) (s *section, found item, above []item) {
	for _, s := range d.sections {
		if s.array || len(s.path) >= len(path) || !slices.Equal(s.path, path[:len(s.path)]) {
			continue
		}
		if it, above, ok := d.within(s.items, path[len(s.path):]); ok {
			return s, it, above
		}
	}
	return nil, item{}, nil
}

func (d *document) within(items []item, path []string) (item, []item, bool) {
	for _, it := range items {
		switch {
		case slices.Equal(it.path, path):
			return it, nil, true
		case len(it.path) < len(path) && slices.Equal(it.path, path[:len(it.path)]) && d.text[it.value.from] == '{':
			found, above, ok := d.within(inline(d.text, it.value.from), path[len(it.path):])
			return found, append([]item{it}, above...), ok
		}
	}
	return item{}, nil, false
}

func (d *document) splice(from, to int, text string) string {
	return d.text[:from] + text + d.text[to:]
}

// set replaces the value at a path, or adds it.
func (d *document) set(path []string, value any, order Order) string {
	if s, it, above := d.find(path); s != nil {
		if _, list := value.([]any); len(above) > 0 && !list {
			return d.splice(it.value.from, it.value.to, writeInline(value, path, order))
		}
		return d.replace(it, value, path, order)
	}
	// The nearest table that is there, as deep as possible.
	last := len(path) - 1
	for _, s := range d.sections {
		if !s.array && slices.Equal(s.path, path[:last]) && (len(s.path) > 0 || last == 0) {
			if standsAlone(value) && last == 0 {
				break
			}
			return d.insert(s, path[last:], value, order)
		}
	}
	if last > 0 {
		if s, it, _ := d.find(path[:last]); s != nil && d.text[it.value.from] == '{' {
			return d.insertInline(it, path, value, order)
		}
		for _, s := range d.sections { // dotted keys
			if s.array || len(s.path) >= last || !slices.Equal(s.path, path[:len(s.path)]) {
				continue
			}
			rest := path[len(s.path):]
			if slices.ContainsFunc(s.items, func(it item) bool {
				return len(it.path) == len(rest) && slices.Equal(it.path[:len(rest)-1], rest[:len(rest)-1])
			}) {
				return d.insert(s, rest, value, order)
			}
		}
		value = map[string]any{path[last]: value}
		path = path[:last]
	}
	return d.append(path, value, order)
}

// replace writes a value over that of an item; over a list, entry by entry.
func (d *document) replace(it item, value any, path []string, order Order) string {
	written := ""
	if list, ok := value.([]any); ok && d.text[it.value.from] == '[' {
		written = d.list(it.value, list, path, order)
	} else {
		written = write(value, path, order)
	}
	return d.splice(it.value.from, it.value.to, written)
}

// insert adds a key to a section: behind the last key that comes before it.
func (d *document) insert(s *section, key []string, value any, order Order) string {
	at := -1
	place := func(path []string) int {
		if order == nil {
			return 0
		}
		return order(slices.Concat(s.path, path[:len(path)-1]), path[len(path)-1])
	}
	for _, it := range s.items {
		nearer := len(key) == 1 || slices.Equal(it.path[:min(len(it.path), len(key)-1)], key[:len(key)-1])
		top := it.path[:1]
		if nearer && (len(key) > 1 && len(it.path) == len(key) && place(it.path) <= place(key) || len(key) == 1 && place(top) <= place(key)) || len(key) > 1 && at < 0 && nearer {
			at = lineEnd(d.text, it.value.to)
		}
	}
	if at < 0 && len(s.items) > 0 {
		at = lineStart(d.text, s.items[0].keyAt)
	} else if at < 0 {
		at = s.header
	}
	keys := make([]string, len(key))
	for i, k := range key {
		keys[i] = writeKey(k)
	}
	line := strings.Join(keys, ".") + " = " + write(value, slices.Concat(s.path, key), order) + "\n"
	if at > 0 && d.text[at-1] != '\n' {
		line = "\n" + line
	}
	return d.splice(at, at, line)
}

// insertInline adds a key to an inline table.
func (d *document) insertInline(table item, path []string, value any, order Order) string {
	written := writeKey(path[len(path)-1]) + " = " + writeInline(value, path, order)
	items := inline(d.text, table.value.from)
	if len(items) == 0 {
		return d.splice(table.value.from, table.value.to, "{ "+written+" }")
	}
	at := items[len(items)-1].value.to
	return d.splice(at, at, ", "+written)
}

// append adds a table or a list of tables under headers of its own: behind the last section
// that comes before it.
func (d *document) append(path []string, value any, order Order) string {
	place := func(path []string) int {
		if order == nil || len(path) == 0 {
			return 0
		}
		return order(nil, path[0])
	}
	at := d.end(d.sections[0])
	for _, s := range d.sections[1:] {
		if order == nil || place(s.path) <= place(path) {
			at = d.end(s)
		}
	}
	if at == 0 && len(d.sections) > 1 {
		at = d.sections[1].from
	}
	written := writeSection(path, value, order)
	if at == 0 {
		written = strings.TrimPrefix(written, "\n")
	} else if d.text[at-1] != '\n' {
		written = "\n" + written
	}
	return d.splice(at, at, written)
}

// remove takes a key out, and leaves the comments.
func (d *document) remove(path []string) string {
	if s, it, above := d.find(path); s != nil {
		if len(above) > 0 {
			return d.removeInline(above[len(above)-1], it)
		}
		from, to := lineStart(d.text, it.keyAt), lineEnd(d.text, it.value.to)
		return d.splice(from, to, leftover(d.text[from:to]))
	}
	// Headers and dotted keys below the path.
	var spans []span
	for _, s := range d.sections {
		if len(s.path) >= len(path) && slices.Equal(s.path[:len(path)], path) {
			spans = append(spans, span{s.from, d.end(s)})
			continue
		}
		if s.array || len(s.path) >= len(path) || !slices.Equal(s.path, path[:len(s.path)]) {
			continue
		}
		rest := path[len(s.path):]
		for _, it := range s.items {
			if len(it.path) > len(rest) && slices.Equal(it.path[:len(rest)], rest) {
				spans = append(spans, span{lineStart(d.text, it.keyAt), lineEnd(d.text, it.value.to)})
			}
		}
	}
	return d.without(spans)
}

// without takes spans of whole lines out, in ascending order, and leaves their comments.
func (d *document) without(spans []span) string {
	text := d.text
	for _, s := range slices.Backward(spans) {
		left := leftover(text[s.from:s.to])
		from := s.from
		if left == "" && strings.HasSuffix(text[:from], "\n\n") && (s.to == len(text) || text[s.to] == '\n') {
			from-- // the blank line above goes too
		}
		text = text[:from] + left + text[s.to:]
	}
	return text
}

// leftover is the comments of a text, each on a line.
func leftover(text string) string {
	var b strings.Builder
	for _, c := range commentSpans(text) {
		b.WriteString(strings.TrimRight(text[c.from:c.to], " \t") + "\n")
	}
	return b.String()
}

func (d *document) removeInline(table, it item) string {
	items := inline(d.text, table.value.from)
	i := slices.IndexFunc(items, func(other item) bool { return other.keyAt == it.keyAt })
	from, to := it.keyAt, it.value.to
	switch {
	case i+1 < len(items):
		to = items[i+1].keyAt
	case i > 0:
		from = items[i-1].value.to
	}
	kept := ""
	if left := leftover(d.text[from:to]); left != "" {
		kept = " " + left
	}
	return d.splice(from, to, kept)
}

// hasEntries tells whether the list at a path is written as [[path]].
func (d *document) hasEntries(path []string) bool {
	return slices.ContainsFunc(d.sections, func(s *section) bool { return s.array && slices.Equal(s.path, path) })
}

// hasSections tells whether headers make the table at a path.
func (d *document) hasSections(path []string) bool {
	return slices.ContainsFunc(d.sections, func(s *section) bool { return len(s.path) >= len(path) && slices.Equal(s.path[:len(path)], path) })
}

// setEntries changes a list that is written as [[path]], entry by entry.
func (d *document) setEntries(path []string, list []any, order Order) string {
	values, err := decode(d.text)
	if err != nil {
		return d.text
	}
	current, _ := lookup(values, path)
	old, _ := current.([]any)
	if !isTables(list) || len(old) == 0 {
		text := d.remove(path)
		if len(list) == 0 {
			return text
		}
		rest, err := parse(text)
		if err != nil {
			return text
		}
		return rest.set(path, list, order)
	}
	// Entries with the same values stay as they are. Others are changed into the new ones that
	// stand at their place, in order; what is left over is removed or added.
	text := d.text
	for step, steps := 0, diff(old, list); step < len(steps); step++ {
		c := steps[step]
		now, err := parse(text)
		if err != nil {
			return text
		}
		sections := now.entries(path)
		switch {
		case c.remove && step+1 < len(steps) && !steps[step+1].keep && !steps[step+1].remove && steps[step+1].at == c.at:
			text = now.rewrite(sections[c.at], path, old[c.from].(map[string]any), steps[step+1].value.(map[string]any), order)
			step++
		case c.remove:
			from, to := sections[c.at].from, now.end(sections[c.at])
			text = now.without([]span{{from, to}})
		case !c.keep:
			written := writeEntry(path, c.value.(map[string]any), order)
			at := 0
			if c.at > 0 {
				at = now.end(sections[c.at-1])
			} else if len(sections) > 0 {
				at = sections[0].from
				written = strings.TrimPrefix(written, "\n") + "\n"
			}
			if len(sections) == 0 {
				text = now.append(path, []any{c.value}, order)
				continue
			}
			if at > 0 && text[at-1] != '\n' {
				written = "\n" + written
			}
			text = now.splice(at, at, written)
		}
	}
	return text
}

func (d *document) entries(path []string) []*section {
	var sections []*section
	for _, s := range d.sections {
		if s.array && slices.Equal(s.path, path) {
			sections = append(sections, s)
		}
	}
	return sections
}

// rewrite changes the keys of one entry.
func (d *document) rewrite(s *section, path []string, old, value map[string]any, order Order) string {
	text := d.text
	index := slices.Index(d.sections, s)
	each := func(change func(d *document, s *section) string) {
		if now, err := parse(text); err == nil {
			text = change(now, now.sections[index])
		}
	}
	for _, key := range sortedKeys(old, path, order) {
		if _, stays := value[key]; stays {
			continue
		}
		each(func(d *document, s *section) string {
			var spans []span
			for _, it := range s.items {
				if it.path[0] == key {
					spans = append(spans, span{lineStart(d.text, it.keyAt), lineEnd(d.text, it.value.to)})
				}
			}
			return d.without(spans)
		})
	}
	for _, key := range sortedKeys(value, path, order) {
		if reflect.DeepEqual(old[key], value[key]) {
			continue
		}
		each(func(d *document, s *section) string {
			for _, it := range s.items {
				if len(it.path) == 1 && it.path[0] == key {
					return d.replace(it, value[key], append(path[:len(path):len(path)], key), order)
				}
			}
			return d.insert(s, []string{key}, value[key], order)
		})
	}
	return text
}
