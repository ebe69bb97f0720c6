package migrate

import (
	"cmp"
	"encoding/json"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"go.yaml.in/yaml/v4"

	"github.com/stoa-portal/stoa/generator/internal/content"
	"github.com/stoa-portal/stoa/generator/internal/diag"
	"github.com/stoa-portal/stoa/generator/internal/schema"
)

// A section is a folder that guides go to.
type section struct {
	dir         string // below content/guides, "" for that itself
	from        string // where it comes from, for places
	title       string
	description string
	order       float64
	ordered     bool
	index       *text // in the default language
	old         []string
}

var (
	numbered = regexp.MustCompile(`^(\d+)\s*[-_.]+\s*(\D.*)$`)      // Docusaurus: 01-intro
	dated    = regexp.MustCompile(`^(\d{4}-\d{1,2}-\d{1,2})-(.+)$`) // Jekyll: 2020-01-31-title
	langTag  = regexp.MustCompile(`^(.+)\.([A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})?)$`)
)

// layOut decides where every text goes.
func (m *mover) layOut() {
	m.sections = map[string]*section{"": {from: m.root}}
	m.folders = map[string]*section{m.root: m.sections[""]}
	m.translations()
	inFolder := map[string]int{} // texts in a folder and below it
	for _, t := range m.texts {
		for dir := path.Dir(t.file); ; dir = path.Dir(dir) {
			if t.lang == "" {
				inFolder[dir]++
			}
			if dir == "." {
				break
			}
		}
	}
	parents := m.parents()
	for _, t := range m.texts {
		dir, stem := m.inside(t)
		t.title = t.matter.string("title")
		t.order, t.ordered = t.matter.number("sidebar_position", "weight", "nav_order", "order", "position")
		folder := path.Base(dir)
		lower := strings.ToLower(stem)
		t.index = lower == "index" || lower == "readme" || lower == "_index" || m.system.name == docusaurus && stem == folder
		real := path.Dir(t.file)
		alone := inFolder[real] == 1
		if t.index && (alone || m.system.name == hugo && lower == "index") && dir != "." {
			t.index, stem, dir, real = false, folder, path.Dir(dir), path.Dir(real) // a folder for one page and its pictures
		} else if t.index && alone {
			t.index = false
		}
		nav, inNav := m.system.nav[m.belowRoot(t.file)]
		if inNav {
			t.order, t.ordered = nav.order, true
		}
		if m.system.name == docusaurus {
			if match := numbered.FindStringSubmatch(stem); match != nil {
				stem = match[2]
				if !t.ordered {
					t.order, _ = strconv.ParseFloat(match[1], 64)
					t.ordered = true
				}
			}
		}
		if match := dated.FindStringSubmatch(stem); match != nil && m.system.name == jekyll {
			stem = match[2]
			if !t.matter.has("date") {
				t.matter.add("date", match[1], 1)
			}
		}
		s := m.folderSection(dir, real)
		if dir == "." {
			for _, name := range m.groupsOf(t, parents) {
				s = m.inner(s, name, name, t.file)
			}
		}
		if parents[t.title] && t.title != "" && !t.index {
			s, t.index = m.inner(s, t.title, t.title, t.file), true
		}
		if inNav && s.dir != "" {
			if len(nav.groups) > 0 && dir != "." {
				s.title = nav.groups[len(nav.groups)-1]
			}
			if !s.ordered || nav.order < s.order {
				s.order, s.ordered = nav.order, true
			}
		}
		t.section, t.slug = s, idOf(stem, "guide")
		if t.index && t.lang == "" {
			if s.index != nil {
				t.index = false
			} else {
				s.index = t
				s.title = cmp.Or(t.title, s.title)
				if t.ordered && !inNav && s.dir != "" {
					s.order, s.ordered = t.order, true
				}
			}
		}
	}
	m.keepApart()
	m.reorder()
	for _, t := range m.texts {
		if t.lang != "" {
			base := m.byFile[strings.TrimSuffix(strings.TrimSuffix(t.file, path.Ext(t.file)), "."+t.tag)+path.Ext(t.file)]
			t.section, t.slug, t.index = base.section, base.slug, base.index
		}
		name := t.slug
		if t.index {
			name = "_index"
		}
		if t.lang != "" {
			name += "." + t.lang
		}
		t.target = guidesFolder + path.Join(t.section.dir, name) + ".md"
	}
}

// translations finds the texts that translate another one, by their names.
func (m *mover) translations() {
	m.texts = slices.DeleteFunc(m.texts, func(t *text) bool {
		stem := strings.TrimSuffix(t.file, path.Ext(t.file))
		match := langTag.FindStringSubmatch(stem)
		if match == nil || m.byFile[match[1]+path.Ext(t.file)] == nil {
			return false
		}
		for _, tag := range m.Languages {
			if strings.EqualFold(tag, match[2]) && tag != m.Default {
				t.lang, t.tag = tag, match[2]
				return false
			}
		}
		m.notes.Warnf(diag.Place{File: t.file}, "not-carried", "this is in a language (%s) that the site does not have: declare it in config.toml, as [languages.%[1]s], and bring the guides in again", match[2])
		delete(m.byFile, t.file)
		return true
	})
}

// belowRoot is a path of the source below the folder of the texts.
func (m *mover) belowRoot(file string) string {
	if m.root == "." {
		return file
	}
	return strings.TrimPrefix(file, m.root+"/")
}

// inside is the folder of a text as its addresses have it, and its name without language and
// extension.
func (m *mover) inside(t *text) (dir, stem string) {
	file := m.belowRoot(t.file)
	if m.system.name == jekyll {
		if top, rest, ok := strings.Cut(file, "/"); ok && strings.HasPrefix(top, "_") {
			others := len(m.system.collections)
			if _, posts := m.system.collections["posts"]; posts {
				others--
			}
			if file = rest; top == "_posts" || others > 1 {
				file = strings.TrimPrefix(top, "_") + "/" + rest
			}
		}
	}
	dir, stem = path.Dir(file), strings.TrimSuffix(path.Base(file), path.Ext(file))
	if t.lang != "" {
		stem = stem[:strings.LastIndexByte(stem, '.')]
	}
	return dir, stem
}

// parents are the titles that texts name as their parent, as the theme Just the Docs has it.
func (m *mover) parents() map[string]bool {
	named := map[string]bool{}
	for _, t := range m.texts {
		for _, key := range []string{"parent", "grand_parent"} {
			if title, ok := t.matter.values[key].(string); ok {
				named[title] = true
			}
		}
	}
	return named
}

// groupsOf are the titles of the sections that a text without a folder belongs to.
func (m *mover) groupsOf(t *text, parents map[string]bool) []string {
	if nav := m.system.nav[m.belowRoot(t.file)]; len(nav.groups) > 0 {
		return nav.groups
	}
	var groups []string
	for _, key := range []string{"grand_parent", "parent"} {
		if title := t.matter.string(key); title != "" {
			groups = append(groups, title)
		}
	}
	if len(groups) == 0 && m.system.name != docusaurus {
		for _, key := range []string{"category", "categories"} {
			if list := t.matter.strings(key); len(list) > 0 {
				return list[:1]
			}
		}
	}
	return groups
}

// folderSection is the section of a folder, as addresses have it; real is its path in the source.
func (m *mover) folderSection(dir, real string) *section {
	s := m.sections[""]
	if dir == "." {
		return s
	}
	names, parts := strings.Split(dir, "/"), strings.Split(real, "/")
	for i, name := range names {
		at := path.Join(parts[:len(parts)-len(names)+i+1]...)
		known := len(m.sections)
		label := name
		order := 0.0
		if match := numbered.FindStringSubmatch(name); match != nil && m.system.name == docusaurus {
			label = match[2]
			order, _ = strconv.ParseFloat(match[1], 64)
		}
		s = m.inner(s, label, "", at)
		m.folders[at] = s
		if len(m.sections) > known {
			s.order, s.ordered = order, order != 0
			m.category(s, at)
		}
	}
	return s
}

// inner is the section of a name inside another one, which is made when it is not there.
func (m *mover) inner(s *section, name, title, from string) *section {
	dir := path.Join(s.dir, idOf(name, "section"))
	if strings.Count(dir, "/") >= content.DeepestSection {
		dir = s.dir + "-" + idOf(name, "section") // as deep as guides may be
	}
	if known, ok := m.sections[dir]; ok {
		return known
	}
	made := &section{dir: dir, from: from, title: cmp.Or(title, readable(name))}
	m.sections[dir] = made
	return made
}

// category reads what Docusaurus keeps of a folder.
func (m *mover) category(s *section, folder string) {
	for _, name := range []string{"_category_.json", "_category_.yml", "_category_.yaml"} {
		file := path.Join(folder, name)
		if !m.files[file] {
			continue
		}
		data, err := fs.ReadFile(m.source, file)
		if err != nil {
			continue
		}
		var c struct {
			Label    string
			Position *float64
			Link     struct{ Type, Title, Description, Slug string }
		}
		decode := func() error { return yaml.Load(data, &c) }
		if path.Ext(name) == ".json" {
			decode = func() error { return json.Unmarshal(data, &c) }
		}
		if err := decode(); err != nil {
			m.notes.Warnf(diag.Place{File: file}, "syntax", "this cannot be read (%s), so the section is called after its folder", firstSentence(err))
			return
		}
		s.from = file
		s.title = cmp.Or(c.Label, c.Link.Title, s.title)
		s.description = c.Link.Description
		if c.Position != nil {
			s.order, s.ordered = *c.Position, true
		}
		if c.Link.Type == "generated-index" {
			slug := strings.Trim(cmp.Or(c.Link.Slug, "category/"+idOf(cmp.Or(c.Label, path.Base(folder)), "x")), "/")
			for _, route := range m.system.routes {
				s.old = append(s.old, path.Join(route, slug))
			}
		}
		return
	}
}

// idOf makes a name an id, within the bounds of one.
func idOf(name, fallback string) string {
	id := schema.Slug(name)
	for len(id) > 70 {
		_, size := utf8.DecodeLastRuneInString(id)
		id = strings.TrimRight(id[:len(id)-size], "-")
	}
	if id == "" || schema.CheckID(id) != "" {
		return strings.Trim(id+"-"+fallback, "-")
	}
	return id
}

// readable makes a folder's name a title.
func readable(name string) string {
	words := strings.Join(strings.FieldsFunc(name, func(r rune) bool { return r == '-' || r == '_' || unicode.IsSpace(r) }), " ")
	first, size := utf8.DecodeRuneInString(words)
	if size == 0 {
		return name
	}
	return string(unicode.ToUpper(first)) + words[size:]
}

// keepApart gives every guide a name that nothing else has: not another guide, nor a section,
// nor the pages of the section itself.
func (m *mover) keepApart() {
	taken := map[string]bool{}
	for dir := range m.sections {
		taken[dir] = true
	}
	for _, t := range m.texts {
		if t.index || t.lang != "" {
			continue
		}
		if s := m.sections[path.Join(t.section.dir, t.slug)]; s != nil && s.index == nil {
			t.index, t.section, s.index = true, s, t // guide.md beside guide/
			s.title = cmp.Or(t.title, s.title)
			continue
		}
		name := t.slug
		for n := 2; taken[path.Join(t.section.dir, t.slug)] || t.slug == "print"; n++ {
			t.slug = name + "-" + strconv.Itoa(n)
		}
		taken[path.Join(t.section.dir, t.slug)] = true
	}
}

// reorder makes whole numbers from 1 of the orders that are none.
func (m *mover) reorder() {
	guides, inner := map[*section][]*float64{}, map[string][]*float64{}
	for _, t := range m.texts {
		if t.ordered && !t.index {
			guides[t.section] = append(guides[t.section], &t.order)
		}
	}
	for dir, s := range m.sections {
		if s.ordered {
			inner[path.Dir(dir)] = append(inner[path.Dir(dir)], &s.order)
		}
	}
	for _, orders := range guides {
		wholeNumbers(orders, m.system.name == hugo)
	}
	for _, orders := range inner {
		wholeNumbers(orders, m.system.name == hugo)
	}
}

// wholeNumbers replaces numbers by their ranks, when one of them is not a whole number above 0.
// To Hugo, 0 means none.
func wholeNumbers(orders []*float64, zeroIsNone bool) {
	var values []float64
	sound := true
	for _, o := range orders {
		if *o == 0 && zeroIsNone {
			continue
		}
		values = append(values, *o)
		sound = sound && *o >= 1 && *o <= 1_000_000 && *o == float64(int(*o))
	}
	if sound {
		return
	}
	slices.Sort(values)
	values = slices.Compact(values)
	for _, o := range orders {
		if *o != 0 || !zeroIsNone {
			rank, _ := slices.BinarySearch(values, *o)
			*o = float64(rank + 1)
		}
	}
}
