package roster

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/stoa-portal/stoa/generator/internal/content"
	"github.com/stoa-portal/stoa/generator/internal/diag"
	"github.com/stoa-portal/stoa/generator/internal/schema"
)

// A converter turns cells into values of fields.
type converter struct {
	fields   *schema.Table
	places   *gazetteer
	lexicons map[string]*lexicon
	programs map[string]string // by squeezed id or title
	problems *diag.List
}

func newConverter(fields *schema.Table, tags []string, all *content.Content, words map[string]*lexicon, problems *diag.List) *converter {
	c := &converter{fields: fields, places: newGazetteer(tags), lexicons: words, programs: map[string]string{}, problems: problems}
	if all != nil {
		for _, p := range all.Programs {
			c.programs[squeeze(p.ID)] = p.ID
			c.programs[squeeze(p.Value.Title)] = p.ID
		}
	}
	return c
}

// A person is what one row says.
type person struct {
	id, key, name string
	row           *row
	values        map[string]any        // by path; what is absent has no entry
	faulty        map[string]bool       // paths whose cells could not be read: they stay as they are
	at            map[string]diag.Place // of the cells
	columns       map[string]string     // by path, as the coordinator knows them
	refused       bool                  // there is a column for consent, and it does not say yes
	stamp         [2]int                // day and second of the row
	base          map[string]any        // what the file held when it was exported
	text          string                // the whole file, as it was exported
	translations  map[string]string     // files of translations, by language
	cleared       map[string]bool       // paths that a change takes out
	was           map[string]bool       // paths of which a change says what was there
	partial       bool                  // only the paths in values are spoken of
	photo         string                // name of its file
}

func (c *converter) warn(p *person, path string, format string, args ...any) {
	message := redact(fmt.Sprintf(format, args...))
	if column := p.columns[path]; column != "" {
		message = fmt.Sprintf("column %q: %s", column, message)
	}
	c.problems.Warnf(p.at[path], "cell", "%s", message)
}

// errorCell is what spreadsheets write into a cell whose formula has no result, and a formula
// that was exported instead of its result.
var (
	errorCell   = regexp.MustCompile(`^#(REF!|N/A|NAME\?|VALUE!|DIV/0!|NUM!|NULL!|ERROR!|SPILL!|CALC!)$`)
	formulaCell = regexp.MustCompile(`^=\s*[A-Za-z.]{2,}\(`)
)

// person reads a row.
func (c *converter) person(r *row, m *Mapping, bound map[string]int) *person {
	p := &person{row: r, values: map[string]any{}, faulty: map[string]bool{}, at: map[string]diag.Place{}, columns: map[string]string{}}
	for name, column := range bound {
		for _, text := range r.cell(column).texts {
			switch {
			case errorCell.MatchString(text):
				r.cells[column].texts = nil
				c.problems.Errorf(r.at(column), "formula", "column %q: the spreadsheet could not compute this cell (%s): mend its formula", name, text)
			case formulaCell.MatchString(text):
				r.cells[column].texts = nil
				c.problems.Errorf(r.at(column), "formula", "column %q: this is a formula, not its result: export the sheet with values", name)
			}
		}
	}
	for _, t := range m.targets {
		c.fill(p, r, t, bound)
	}
	p.name, _ = p.values["name"].(string)
	if m.Photo != "" {
		p.photo = r.text(bound[m.Photo])
	}
	return p
}

// fill reads the cells of a target.
func (c *converter) fill(p *person, r *row, t *target, bound map[string]int) {
	if t.entry != nil {
		c.fillEntry(p, r, t, bound)
		return
	}
	p.at[t.path] = r.place()
	var texts []string
	var entries []bool // which of them are entries of a list
	for i, name := range t.columns {
		cell := r.cell(bound[name])
		if i == 0 {
			p.at[t.path], p.columns[t.path] = r.at(bound[name]), name
		}
		for _, text := range cell.texts {
			if t.own || !blank(text) {
				texts, entries = append(texts, text), append(entries, cell.list)
			}
		}
	}
	if t.constant != nil {
		c.put(p, t.path, t.field, t.constant)
		return
	}
	if len(texts) == 0 {
		if t.fallback != nil {
			c.put(p, t.path, t.field, t.fallback)
		}
		return
	}
	if t.path == "location" {
		city, region, country := c.places.place(strings.Join(texts, ", "))
		if v, ok := t.values[squeeze(strings.Join(texts, ", "))]; ok {
			city, region, country = c.places.place(fmt.Sprint(v))
		}
		for key, text := range map[string]string{"location.city": city, "location.region": region, "location.country": country} {
			p.at[key], p.columns[key] = p.at[t.path], p.columns[t.path]
			if text != "" {
				p.values[key] = text
			}
		}
		return
	}
	if t.field.Type == schema.TypeList {
		c.fillList(p, t, texts, entries)
		return
	}
	text := strings.Join(texts, t.join)
	if t.part != 0 {
		if text = piece(text, t); text == "" {
			return
		}
	}
	if v, ok := t.values[squeeze(text)]; ok {
		if v != "" {
			c.put(p, t.path, t.field, v)
		}
		return
	}
	value, fault := c.scalar(t, t.field, text)
	if fault != "" {
		p.faulty[t.path] = true
		c.warn(p, t.path, "%s; it is left out", fault)
		return
	}
	if value != nil && value != "" {
		p.values[t.path] = value
	}
}

// put sets a value that the mapping itself gives.
func (c *converter) put(p *person, path string, field *schema.Field, value any) {
	if text, ok := value.(string); ok && field.Type == schema.TypeList {
		value = []any{text}
	}
	if list, ok := value.([]any); ok && field.Item != nil {
		list = slices.Clone(list)
		value = list
		for i, entry := range list {
			if text, ok := entry.(string); ok {
				list[i] = c.word(field.Item, text)
			}
		}
	}
	if text, ok := value.(string); ok && field.Type == schema.TypeDate {
		if day, _, fault := dateOf(text, ""); fault == "" {
			value = day
		}
	}
	p.values[path] = value
}

// piece is the part of a text that the mapping asks for.
func piece(text string, t *target) string {
	separators := t.split
	if len(separators) == 0 {
		separators = []string{","}
	}
	pieces := cut(text, separators)
	n := t.part
	if n < 0 {
		n += len(pieces) + 1
		if n == 1 && len(pieces) == 1 {
			return "" // the first piece is not also the last
		}
	}
	if n < 1 || n > len(pieces) {
		return ""
	}
	return strings.TrimSpace(pieces[n-1])
}

// cut splits a text at any of the separators.
func cut(text string, separators []string) []string {
	const mark = "\x00"
	for _, s := range separators {
		text = strings.ReplaceAll(text, s, mark)
	}
	return strings.Split(text, mark)
}

var listSeparators = []string{",", ";", "\n"}

// fillList reads a list: the entries of a list, and the pieces of a text.
func (c *converter) fillList(p *person, t *target, texts []string, entries []bool) {
	item := t.field.Item
	var pieces []string
	for i, text := range texts {
		switch {
		case t.own:
			pieces = append(pieces, unjoin(text)...)
		case entries[i] && t.split == nil:
			pieces = append(pieces, text)
		default:
			separators := t.split
			if separators == nil {
				separators = listSeparators
				if item.Type == schema.TypeLanguage {
					separators = []string{",", ";", "\n", "/", " and ", " & "}
				}
			}
			pieces = append(pieces, c.divide(text, separators, func(word string) bool { return c.known(t, item, word) })...)
		}
	}
	var values []any
	add := func(v any) {
		if t.own || !slices.Contains(values, v) {
			values = append(values, v)
		}
	}
	for _, text := range pieces {
		if text = strings.TrimSpace(text); blank(text) && !t.own {
			continue
		}
		if v, ok := t.values[squeeze(text)]; ok {
			switch v := v.(type) {
			case []any:
				for _, entry := range v {
					add(c.worded(item, entry))
				}
			case string:
				if v != "" {
					add(c.worded(item, v))
				}
			default:
				add(v)
			}
			continue
		}
		value, fault := c.scalar(t, item, text)
		if fault != "" {
			c.warn(p, t.path, "%s; it is left out", fault)
			continue
		}
		if value != nil && value != "" {
			add(value)
		}
	}
	if len(values) > 0 {
		p.values[t.path] = values
	} else if len(pieces) > 0 && t.values == nil {
		p.faulty[t.path] = true
	}
}

func (c *converter) worded(item *schema.Field, v any) any {
	if text, ok := v.(string); ok {
		return c.word(item, text)
	}
	return v
}

// known tells whether a word is one that the field or the mapping knows, so that a separator in
// it does not divide it.
func (c *converter) known(t *target, item *schema.Field, word string) bool {
	if _, ok := t.values[squeeze(word)]; ok {
		return true
	}
	if l := c.lexicons[item.Ref]; l != nil {
		return l.find(word) != ""
	}
	return enumerated(item.Enum, word) != ""
}

// divide splits a text at separators, but not inside words that are known: the option "Data,
// models and code" of a form is one.
func (c *converter) divide(text string, separators []string, known func(string) bool) []string {
	const longest = 5 // pieces of one option
	var ends []int    // of the pieces, and where the next begins
	var begins []int
	for i := 0; i < len(text); {
		size := 0
		for _, s := range separators {
			if strings.HasPrefix(text[i:], s) {
				size = max(size, len(s))
			}
		}
		if size > 0 {
			ends, begins = append(ends, i), append(begins, i+size)
			i += size
			continue
		}
		i++
	}
	ends, begins = append(ends, len(text)), append([]int{0}, begins...)
	var pieces []string
	for i := 0; i < len(begins); i++ {
		end := i
		for j := min(i+longest, len(begins)) - 1; j > i; j-- {
			if known(strings.TrimSpace(text[begins[i]:ends[j]])) {
				end = j
				break
			}
		}
		pieces = append(pieces, strings.TrimSpace(text[begins[i]:ends[end]]))
		i = end
	}
	return pieces
}

// word is a text of a field as files write it: a term's id, an option, a program's id.
func (c *converter) word(f *schema.Field, text string) string {
	if l := c.lexicons[f.Ref]; l != nil {
		return l.term(text)
	}
	if f.Ref == "programs" {
		if id := c.programs[squeeze(text)]; id != "" {
			return id
		}
	}
	return text
}

// enumerated is the option that a word means, or "".
func enumerated(enum []string, word string) string {
	forms := map[string]bool{}
	for _, option := range enum {
		if squeeze(option) == squeeze(word) {
			return option
		}
		forms[squeeze(option)] = true
	}
	nearest := near(squeeze(word), forms)
	for _, option := range enum {
		if nearest != "" && squeeze(option) == nearest {
			return option
		}
	}
	return ""
}

// longestCell is the most bytes of a cell that are looked at.
const longestCell = 200_000

// scalar reads one value. The fault says what is wrong with it, in words.
func (c *converter) scalar(t *target, f *schema.Field, text string) (value any, fault string) {
	if len(text) > longestCell {
		return nil, fmt.Sprintf("the cell has %d characters, more than any field takes", len(text))
	}
	quote := func(text string) string { return fmt.Sprintf("%q", short(text)) }
	switch f.Type {
	case schema.TypeBoolean:
		v, ok := truth(text)
		if !ok {
			return nil, quote(text) + " is neither yes nor no"
		}
		return v, ""
	case schema.TypeDate:
		day, _, fault := dateOf(text, t.dates)
		if fault != "" {
			return nil, quote(text) + ": " + fault
		}
		return day, ""
	case schema.TypeWhole, schema.TypeNumber:
		if month := monthNames[squeeze(text)]; month > 0 && f.Name == "months" {
			return int64(month), ""
		}
		n, ok := quantityOf(text)
		if !ok || f.Type == schema.TypeWhole && n != float64(int64(n)) {
			return nil, quote(text) + " is not a number"
		}
		return whole(n), ""
	}
	if t.own {
		if f.Type == schema.TypeMarkdown || f.Type == schema.TypeProse {
			text = settle(text)
		}
		return text, ""
	}
	switch f.Type {
	case schema.TypeMarkdown:
		return settle(c.safe(markdownOf(text))), ""
	case schema.TypeProse:
		return settle(lines(withoutHTML(text))), ""
	}
	if text = oneLine(text); text == "" {
		return nil, ""
	}
	if len(f.Enum) > 0 {
		option := enumerated(f.Enum, text)
		if option == "" {
			return nil, fmt.Sprintf("%s is none of %s: say what it means with values = { … } in %s", quote(text), strings.Join(f.Enum, ", "), mapFile)
		}
		return option, ""
	}
	switch f.Type {
	case schema.TypeURL, schema.TypeLink:
		if schema.CheckFormat(f.Type, text) != "" && schema.CheckFormat(f.Type, "https://"+text) == "" {
			text = "https://" + text
		}
	case schema.TypeCountry:
		if code := c.places.country(text); code != "" {
			text = code
		}
	case schema.TypeLanguage:
		if tag := c.places.language(text); tag != "" {
			text = tag
		}
	case schema.TypeText:
		text = c.word(f, text)
	}
	if problem := schema.CheckFormat(f.Type, text); problem != "" {
		return nil, problem
	}
	return text, ""
}

// fillEntry reads an entry of a list of tables. It is there when one of its columns says
// something, and nothing that it needs is missing.
func (c *converter) fillEntry(p *person, r *row, t *target, bound map[string]int) {
	entry := &person{row: r, values: map[string]any{}, faulty: map[string]bool{}, at: p.at, columns: p.columns}
	said := false
	for _, inner := range t.entry {
		named := *inner
		named.path = t.path + "." + inner.path
		c.fill(entry, r, &named, bound)
		said = said || entry.values[named.path] != nil && inner.constant == nil
	}
	for path := range entry.faulty {
		p.faulty[path] = true
	}
	if p.at[t.path] == (diag.Place{}) {
		p.at[t.path] = r.place()
	}
	if !said {
		return
	}
	table := map[string]any{}
	for path, v := range entry.values {
		table[strings.TrimPrefix(path, t.path+".")] = v
	}
	for _, f := range t.field.Item.Fields {
		if f.Required && table[f.Name] == nil {
			return
		}
	}
	list, _ := p.values[t.path].([]any)
	p.values[t.path] = append(list, table)
}
