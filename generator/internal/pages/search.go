package pages

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/stoa-portal/stoa/generator/internal/civil"
	"github.com/stoa-portal/stoa/generator/internal/content"
	"github.com/stoa-portal/stoa/generator/internal/digest"
	"github.com/stoa-portal/stoa/generator/internal/markdown"
	"github.com/stoa-portal/stoa/generator/internal/output"
	"github.com/stoa-portal/stoa/generator/internal/portal"
	"github.com/stoa-portal/stoa/generator/internal/schema"
	"github.com/stoa-portal/stoa/generator/internal/search"
)

// SearchFolder is where the index lies; each language has a folder of its own in it.
const SearchFolder = "search/"

// mostText is how many characters of a section are kept to show what was found in it.
const mostText = 1200

// searchRows are the files of the index in every language. What is shown of a hit comes from
// the views that pages show, so nothing can be found that no page says.
func (b *builder) searchRows() ([]output.File, error) {
	var files []output.File
	b.Memory.lock()
	defer b.Memory.unlock()
	for _, e := range b.editions {
		index, err := search.New(e.searchSource(), b.Memory.of(e.lang))
		if err != nil {
			return nil, err
		}
		for _, f := range index.Files {
			sum := sync.OnceValue(func() digest.Sum { return digest.Bytes(f.Data) })
			files = append(files, output.File{Path: SearchFolder + e.lang + "/" + f.Path, Key: sum, Render: writes(f.Data)})
		}
	}
	return files, nil
}

// A SearchMemory is what the documents of each language were divided into, for the next
// plan. The zero SearchMemory is empty, and a nil one remembers nothing.
type SearchMemory struct {
	mu         sync.Mutex // held while an index is made: that of an old plan may still be asked for
	byLanguage map[string]*search.Memory
}

func (m *SearchMemory) lock() {
	if m != nil {
		m.mu.Lock()
	}
}

func (m *SearchMemory) unlock() {
	if m != nil {
		m.mu.Unlock()
	}
}

func (m *SearchMemory) of(lang string) *search.Memory {
	if m == nil {
		return nil
	}
	if m.byLanguage == nil {
		m.byLanguage = map[string]*search.Memory{}
	}
	if m.byLanguage[lang] == nil {
		m.byLanguage[lang] = &search.Memory{}
	}
	return m.byLanguage[lang]
}

// searchSource gives what the edition shows as documents.
func (e *edition) searchSource() search.Source {
	plain, dense := e.portraitSides(cardPortrait)
	s := search.Source{Language: e.lang, Prefix: e.prefix, Week: e.Portal.Week, Portrait: [3]int{plain, dense, cardPortrait}}
	numbers := make([]map[string]int, len(e.Portal.Facets))
	for i, f := range e.Portal.Facets {
		terms := make([]search.Term, len(f.Terms))
		for j, t := range f.Terms {
			terms[j] = search.Term{ID: t.ID, Label: e.termLabel(t), Aliases: t.Words(e.lang).Aliases}
		}
		facet := search.NewFacet(f.Name, terms)
		s.Facets = append(s.Facets, facet)
		numbers[i] = facet.Numbers()
	}
	listed := e.Portal.Listed
	index := make(map[*portal.Mentor]int, len(listed))
	ids := make([]string, len(listed))
	for i, m := range listed {
		index[m], ids[i] = i, m.ID
	}
	s.ByName, s.ByDate = ranks(index, e.Portal.Sorted("name")), ranks(index, e.Portal.Sorted("newest"))
	s.Kinds = []search.Kind{{Name: "mentor", IDs: ids, Document: func(i int) search.Document { return e.mentorDocument(listed[i], numbers) }}}
	s.Kinds = append(s.Kinds, e.guideDocuments(), e.goalDocuments(), e.worksheetDocuments(), e.programDocuments())
	return s
}

// ranks gives the places in an order by index in another.
func ranks(index map[*portal.Mentor]int, order []*portal.Mentor) []int {
	places := make([]int, len(order))
	for place, m := range order {
		places[index[m]] = place
	}
	return places
}

// texts collects the pieces of a document. Markdown is read when the words are asked for.
type texts struct {
	list     []search.Text
	markdown []search.Text
}

func (t *texts) add(field search.Field, words ...string) {
	for _, w := range words {
		if w != "" {
			t.list = append(t.list, search.Text{Field: field, Words: w})
		}
	}
}

func (t *texts) addMarkdown(field search.Field, text schema.Markdown) {
	if text != "" {
		t.markdown = append(t.markdown, search.Text{Field: field, Words: string(text)})
	}
}

func (t *texts) addTerms(e *edition, field search.Field, terms []*portal.Term) {
	for _, term := range terms {
		t.add(field, e.termLabel(term))
		t.add(field, term.Words(e.lang).Aliases...)
	}
}

// document makes a document of the pieces.
func (t *texts) document(card []string) search.Document {
	return search.Document{
		Sum: digest.Of(t.list, t.markdown),
		Texts: func() []search.Text {
			all := slices.Clone(t.list)
			for _, text := range t.markdown {
				all = append(all, search.Text{Field: text.Field, Words: plainWords(text.Words)})
			}
			return all
		},
		Card: card,
	}
}

// plainWords are the words of a Markdown text. Most have no markup but signs around words, which
// divide no word; only others need to be parsed.
func plainWords(text string) string {
	if !strings.ContainsAny(text, "[<&`\\~") && !strings.Contains(text, "://") {
		return text
	}
	return markdown.Parse(markdown.Source{Text: text}, markdown.Options{KeepTitle: true, Embeds: embeds}).Plain()
}

// mentorDocument is a mentor's profile as the directory lists it.
func (e *edition) mentorDocument(m *portal.Mentor, numbers []map[string]int) search.Document {
	v := m.In(e.lang).Value
	var t texts
	t.add(search.Name, v.Name, v.NameLocal, v.SortName)
	t.add(search.Headline, v.Headline, v.Title)
	t.add(search.Place, v.Department, v.Organization, v.School, v.CourseOfStudy)
	t.add(search.Facts, e.location(v.Location))
	t.addTerms(e, search.Skills, m.Terms(e.Portal.Facet("skills")))
	t.addTerms(e, search.Skills, m.Terms(e.Portal.Facet("topics")))
	for _, name := range []string{"industries", "programs"} {
		t.addTerms(e, search.Place, m.Terms(e.Portal.Facet(name)))
	}
	for _, name := range []string{"languages", "stages", "styles"} {
		t.addTerms(e, search.Facts, m.Terms(e.Portal.Facet(name)))
	}
	for _, name := range ownFieldNames(e.config) {
		if !e.config.Fields[name].Search {
			continue
		}
		if fact, ok := e.fact(m, name); ok {
			for _, value := range fact.Values {
				t.add(search.Place, value.Label)
			}
		}
	}
	for _, x := range v.Experience {
		t.add(search.Body, x.Title, x.Organization, string(x.Text))
	}
	for _, r := range v.Resources {
		t.add(search.Body, r.Title, string(r.Comment))
	}
	t.addMarkdown(search.Body, v.Bio)
	t.addMarkdown(search.Body, v.IdealMentee)

	d := t.document(e.searchCard(m, numbers))
	d.Class = m.Availability.Status.Rank()
	d.Terms = make([][]int, len(e.Portal.Facets))
	for i, f := range e.Portal.Facets {
		for _, term := range m.Terms(f) {
			if n, ok := numbers[i][term.ID]; ok && term.Known {
				d.Terms[i] = append(d.Terms[i], n)
			}
		}
	}
	return d
}

// searchCard is a mentor's card in the order that the engine reads it in.
func (e *edition) searchCard(m *portal.Mentor, numbers []map[string]int) []string {
	c := e.mentorCard(m)
	skillNumbers := map[string]int{}
	if i := slices.IndexFunc(e.Portal.Facets, func(f *portal.Facet) bool { return f.Name == "skills" }); i >= 0 {
		skillNumbers = numbers[i]
	}
	skills := make([]string, len(c.Skills))
	for i, term := range c.Skills {
		skills[i] = "=" + strings.ReplaceAll(term.Label, "|", "/")
		if n, ok := skillNumbers[term.ID]; ok && term.URL != "" {
			skills[i] = strconv.Itoa(n)
		}
	}
	flags := ""
	for _, flag := range []struct {
		letter string
		is     bool
	}{{"v", c.Verified}, {"f", c.Featured}, {"p", c.Portrait.URL != ""}} {
		if flag.is {
			flags += flag.letter
		}
	}
	if side := e.sharpPortrait(m, cardPortrait); side > 0 {
		flags += strconv.Itoa(side) // behind the p
	}
	initials, hue := "", ""
	if c.Portrait.URL == "" {
		initials, hue = c.Portrait.Initials, strconv.Itoa(c.Portrait.Hue)
	}
	return []string{
		c.Name, search.ShortID(c.ID, c.Name), c.NameLocal, c.Pronouns, c.Headline, c.Role, c.Location,
		strings.Join(skills, "|"), unless(c.MoreSkills, 0), searchAvailability(m, c.Availability), flags, c.Portrait.Alt, c.Lang, initials, hue, written(c.StaleOn),
	}
}

// searchAvailability is the rank of the status, free places, places in all, and what the
// status follows from where it may change with the day: dates, months, the rank of the status as
// written, and 1 when every place is taken. What is at the end and not known is left off.
func searchAvailability(m *portal.Mentor, a Availability) string {
	rule := a.Rule
	months := make([]string, len(rule.Months))
	for i, month := range rule.Months {
		months[i] = strconv.Itoa(month)
	}
	parts := []string{
		unless(m.Availability.Status.Rank(), 0), unless(a.Free, -1), unless(a.Capacity, -1), written(rule.From), written(rule.Until), strings.Join(months, ","),
	}
	if !rule.From.IsZero() || !rule.Until.IsZero() || len(months) > 0 {
		parts = append(parts, unless(portal.Status(rule.Written).Rank(), 0))
		if rule.Full {
			parts = append(parts, "1")
		}
	}
	return strings.TrimRight(strings.Join(parts, " "), " ")
}

// written is a date, or nothing when it is not known.
func written(d civil.Date) string {
	if d.IsZero() {
		return ""
	}
	return d.String()
}

// unless writes a number, but for the usual one.
func unless(n, usual int) string {
	if n == usual {
		return ""
	}
	return strconv.Itoa(n)
}

// guideDocuments are the sections of guides: a hit leads to the heading.
func (e *edition) guideDocuments() search.Kind {
	type section struct {
		guide *portal.Guide
		markdown.Section
		first bool
	}
	lists := make([][]section, len(e.builder.guides))
	inParallel(e.builder.guides, func(i int, g *portal.Guide) {
		parts := document(e, g.In(e.lang)).Sections()
		if len(parts) == 0 || parts[0].ID != "" {
			parts = append([]markdown.Section{{}}, parts...)
		}
		for j, part := range parts {
			lists[i] = append(lists[i], section{g, part, j == 0})
		}
	})
	sections := slices.Concat(lists...)
	kind := search.Kind{Name: "guide", IDs: make([]string, len(sections))}
	for i, s := range sections {
		kind.IDs[i] = s.guide.ID + "#" + s.ID
	}
	kind.Document = func(i int) search.Document {
		s := sections[i]
		r := s.guide.In(e.lang)
		site := guidePath(s.guide, e.lang)
		if s.ID != "" {
			site += "#" + s.ID
		}
		title, parent := cmp.Or(s.Title, r.Value.Title), r.Value.Title
		var t texts
		t.add(search.Name, title)
		t.add(search.Body, s.Text)
		if s.first {
			t.add(search.Headline, r.Value.Description)
			for _, name := range []string{"skills", "stages"} {
				words := map[string][]string{"skills": r.Value.Skills, "stages": r.Value.Stages}[name]
				for _, word := range words {
					if term := e.Portal.Term(name, word); term != nil {
						t.addTerms(e, search.Skills, []*portal.Term{term})
					}
				}
			}
			parent = ""
		} else {
			t.add(search.Facts, parent)
		}
		return t.document([]string{title, site, kind.IDs[i], beginning(s.Text), parent, e.foreign(recordLang(e, s.guide.Record))})
	}
	return kind
}

// beginning is as much of a text as is kept to show what was found in it.
func beginning(text string) string {
	text = strings.Join(strings.Fields(text), " ")
	n := 0
	for i := range text {
		if n == mostText {
			if space := strings.LastIndexByte(text[:i], ' '); space > 0 {
				i = space
			}
			return text[:i] + "…"
		}
		n++
	}
	return text
}

// records makes a kind of records.
func records[T any](name string, list []*content.Record[T], document func(*content.Record[T]) search.Document) search.Kind {
	kind := search.Kind{Name: name, IDs: make([]string, len(list)), Document: func(i int) search.Document { return document(list[i]) }}
	for i, r := range list {
		kind.IDs[i] = r.ID
	}
	return kind
}

func (e *edition) goalDocuments() search.Kind {
	return records("goal", e.Portal.Goals, func(r *content.Record[content.Goal]) search.Document {
		v, card := r.In(e.lang).Value, e.goalCard(r)
		var t texts
		t.add(search.Name, v.Title)
		t.add(search.Headline, v.Summary)
		for _, term := range slices.Concat(card.Skills, card.Stages) {
			t.add(search.Skills, term.Label)
		}
		t.add(search.Body, string(v.Statement), string(v.Why), string(v.Support))
		for _, m := range v.Milestones {
			t.add(search.Body, m.Title)
		}
		return t.document([]string{v.Title, "goals/" + r.ID + "/", r.ID, v.Summary, "", card.Lang})
	})
}

func (e *edition) worksheetDocuments() search.Kind {
	return records("worksheet", e.Portal.Worksheets, func(r *content.Record[content.Worksheet]) search.Document {
		v := r.In(e.lang).Value
		var t texts
		t.add(search.Name, v.Title)
		t.add(search.Headline, v.Summary)
		for _, s := range v.Sections {
			t.add(search.Facts, s.Title)
			t.add(search.Body, string(s.Help))
			for _, f := range s.Fields {
				t.add(search.Body, f.Label)
			}
		}
		return t.document([]string{v.Title, "worksheets/" + r.ID + "/", r.ID, v.Summary, "", e.foreign(recordLang(e, r))})
	})
}

func (e *edition) programDocuments() search.Kind {
	list := make([]*content.Record[content.Program], len(e.Portal.Programs))
	for i, p := range e.Portal.Programs {
		list[i] = p.Record
	}
	return records("program", list, func(r *content.Record[content.Program]) search.Document {
		v := r.In(e.lang).Value
		var t texts
		t.add(search.Name, v.Title)
		t.add(search.Headline, v.Summary)
		t.add(search.Facts, v.Audience, v.TimeCommitment)
		t.addMarkdown(search.Body, v.Body)
		t.addMarkdown(search.Body, v.Eligibility)
		for _, q := range v.FAQ {
			t.add(search.Body, q.Question)
			t.addMarkdown(search.Body, q.Answer)
		}
		return t.document([]string{v.Title, "programs/" + r.ID + "/", r.ID, v.Summary, "", e.foreign(recordLang(e, r))})
	})
}
