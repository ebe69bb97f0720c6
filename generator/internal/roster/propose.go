package roster

import (
	"cmp"
	"fmt"
	"path"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/stoa-portal/stoa/generator/internal/diag"
	"github.com/stoa-portal/stoa/generator/internal/fold"
	"github.com/stoa-portal/stoa/generator/internal/schema"
)

// A Proposal is a mapping made by looking at a sheet.
type Proposal struct {
	Text      []byte
	Found, Of int // columns with a field, and all
}

// hints are words of headers that speak for a field, the clearest first. A word in the right
// order of others counts as much as how much of the header it is.
var hints = []struct {
	path  string
	words []string
}{
	{"name", []string{"full name", "your name", "mentor name", "name", "nombre", "nom"}},
	{"pronouns", []string{"pronouns", "pronoun"}},
	{"title", []string{"job title", "position", "job", "role", "title", "cargo", "poste"}},
	{"organization", []string{"organization", "organisation", "company", "employer", "institution", "workplace", "affiliation"}},
	{"department", []string{"department", "unit", "division"}},
	{"headline", []string{"headline", "tagline", "one line", "in a sentence"}},
	{"bio", []string{"short bio", "biography", "bio", "about you", "about yourself", "introduce yourself", "background"}},
	{"ideal_mentee", []string{"ideal mentee", "mentee should know", "looking for in a mentee", "message to mentees", "anything else", "skills.mentee", "skills.extra"}},
	{"skills", []string{"programming languages", "technologies", "expertise", "skills.languages", "skills", "areas you can mentor", "skills.areas"}},
	{"help_with", []string{"help with", "topics", "what can you help", "whom would you like to mentor", "skills.focus"}},
	{"stages", []string{"career stage", "stages", "level of mentee", "seniority"}},
	{"industries", []string{"industries", "industry", "sector"}},
	{"location", []string{"where are you based", "location", "where do you live", "based in", "city and country"}},
	{"location.city", []string{"city", "town", "ciudad"}},
	{"location.country", []string{"country", "país", "pays"}},
	{"timezone", []string{"time zone", "timezone"}},
	{"languages", []string{"languages do you speak", "languages spoken", "spoken languages", "languages", "idiomas", "langues"}},
	{"formats", []string{"kind of mentorship", "type of mentorship", "mentoring format", "format", "type"}},
	{"modes", []string{"online or in person", "meeting mode", "where do you meet"}},
	{"experience_years", []string{"years of experience", "experience years", "skills.years"}},
	{"class_year", []string{"graduation year", "class year", "class of"}},
	{"availability.capacity", []string{"how many mentees", "number of mentees", "capacity", "num mentee", "mentees can you take", "max mentees"}},
	{"availability.hours_per_month", []string{"hours per month", "hours a month", "hours"}},
	{"availability.months", []string{"which months", "months available", "months", "availability"}},
	{"availability.from", []string{"available from"}},
	{"availability.until", []string{"available until", "available till"}},
	{"links:linkedin", []string{"linkedin"}},
	{"links:github", []string{"github"}},
	{"links:website", []string{"website", "homepage", "web page"}},
	{"links:orcid", []string{"orcid"}},
	{"links:mastodon", []string{"mastodon"}},
	{"links:twitter", []string{"twitter"}},
	{"links:medium", []string{"medium"}},
	{"links:youtube", []string{"youtube"}},
	{"consent.publish", []string{"i agree", "consent", "agree that my profile", "publish my profile", "agree to publish", "agree to be listed", "permission"}},
	{"photo", []string{"photo", "picture", "image", "avatar", "headshot"}},
	{"time", []string{"timestamp", "submitted at", "submission date", "marca temporal", "horodateur", "zeitstempel"}},
	{"key", []string{"email address", "e-mail address", "email", "e-mail", "mail", "id", "index", "number"}},
}

// A guess is a field for a column, and how sure it is, of 100.
type guess struct {
	path string
	sure int
	why  string
}

// Propose looks at the first sheet and writes a mapping for it.
func Propose(in Input) (*Proposal, diag.List) {
	r := newRun(in)
	var s *sheet
	for _, source := range in.Sources {
		if s = read(source, &Mapping{}, r.problems); s != nil {
			break
		}
	}
	if s == nil || r.problems.Errors() > 0 {
		return nil, r.problems.Sorted()
	}
	best := map[string]int{} // by path: the column
	guesses := make([]guess, len(s.columns))
	for i, column := range s.columns {
		guesses[i] = r.guess(s, i, column)
		g := guesses[i]
		if other, taken := best[g.path]; g.path != "" && (!taken || g.sure > guesses[other].sure) {
			best[g.path] = i
		}
	}
	p := &Proposal{Of: len(s.columns)}
	var head, columns, links, unused strings.Builder
	say := func(b *strings.Builder, line string, g guess) {
		fmt.Fprintf(b, "%s  # %d %% sure: %s\n", line, g.sure, g.why)
	}
	order := make([]int, len(s.columns))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int {
		return cmp.Compare(hintIndex(guesses[a].path), hintIndex(guesses[b].path))
	})
	for _, i := range order {
		column, g := s.columns[i], guesses[i]
		if column == "" || column == keyColumn {
			continue
		}
		multiple := g.path == "skills" || g.path == "ideal_mentee" || g.path == "help_with"
		if g.path == "" || best[g.path] != i && !multiple {
			fmt.Fprintf(&unused, "#? = %s%s\n", quoted(column), r.example(s, i))
			continue
		}
		p.Found++
		switch field, kind, isLink := strings.Cut(g.path, ":"); {
		case isLink:
			fmt.Fprintf(&links, "\n[[columns.%s]]\nkind = { value = %q }\n", field, kind)
			say(&links, "url = "+quoted(column), g)
		case g.path == "time":
			say(&head, "time = "+quoted(column), g)
			head.WriteString("duplicates = \"latest\"\n")
		case g.path == "key":
			say(&head, "key = "+quoted(column), g)
		case g.path == "photo":
			say(&head, "photo = "+quoted(column), g)
		case multiple && best[g.path] != i:
		default:
			say(&columns, g.path+" = "+r.setting(s, i, g.path, s.together(guesses, g.path)), g)
		}
	}
	if line := dateLine(s, guesses); line != "" {
		head.WriteString(line)
	}
	var b strings.Builder
	fmt.Fprintf(&b, "# How the columns of %s become fields of profiles. Look through it: each line says how sure it is.\n# The section \"Import from a spreadsheet\" of content/README.md explains every setting.\n", path.Base(s.name))
	b.WriteString(head.String())
	b.WriteString("\n[columns]\n")
	b.WriteString(columns.String())
	if _, ok := best["name"]; !ok {
		b.WriteString("#name = \"…\"  # no column looks like the name; it has to be there\n")
	}
	b.WriteString(links.String())
	if unused.Len() > 0 {
		b.WriteString("\n# Columns for which no field was found. Put a field in the place of ? and move the line under\n# [columns], or leave it.\n")
		b.WriteString(unused.String())
	}
	p.Text = []byte(b.String())
	return p, r.problems.Sorted()
}

func hintIndex(path string) int {
	for i, h := range hints {
		if h.path == path {
			return i
		}
	}
	return len(hints)
}

// together are the columns that fill one field.
func (s *sheet) together(guesses []guess, path string) []string {
	var columns []string
	for i, g := range guesses {
		if g.path == path {
			columns = append(columns, s.columns[i])
		}
	}
	return columns
}

// setting is what stands behind a field's name.
func (r *run) setting(s *sheet, column int, path string, together []string) string {
	name := quoted(s.columns[column])
	if len(together) > 1 && (path == "skills" || path == "ideal_mentee" || path == "help_with") {
		all := make([]string, len(together))
		for i, c := range together {
			all[i] = quoted(c)
		}
		name = "[" + strings.Join(all, ", ") + "]"
		if path == "ideal_mentee" {
			return fmt.Sprintf("{ columns = %s, join = \"\\n\\n\" }", name)
		}
		return name
	}
	if (path == "title" || path == "organization") && pairs(s, column) {
		other := map[string]string{"title": "part = 1 }\norganization = { column = %s, part = -1 }", "organization": "part = -1 }\ntitle = { column = %s, part = 1 }"}
		return fmt.Sprintf("{ column = %s, "+other[path], name, name)
	}
	if values := r.enumValues(s, column, path); values != "" {
		return fmt.Sprintf("{ column = %s, values = { %s } }", name, values)
	}
	return name
}

// pairs tells whether most cells are "Statistician, Blue Kiln".
func pairs(s *sheet, column int) bool {
	n, with := 0, 0
	for _, row := range s.rows {
		if text := row.text(column); text != "" {
			n++
			if strings.Count(text, ",") == 1 {
				with++
			}
		}
	}
	return n > 0 && with*10 >= n*8
}

// enumValues proposes what the words of a sheet mean where a field takes few.
func (r *run) enumValues(s *sheet, column int, path string) string {
	field, ok := fieldAt(&r.fields.Field, path)
	if !ok || field.Item == nil || len(field.Item.Enum) == 0 {
		return ""
	}
	seen := map[string]bool{}
	var odd []string
	for _, row := range s.rows {
		for _, text := range row.cell(column).texts {
			for _, piece := range cut(text, listSeparators) {
				piece = strings.TrimSpace(piece)
				if form := squeeze(piece); form != "" && !seen[form] && enumerated(field.Item.Enum, piece) == "" {
					seen[form] = true
					odd = append(odd, piece)
				}
			}
		}
	}
	if len(odd) == 0 || len(odd) > 8 {
		return ""
	}
	parts := make([]string, len(odd))
	for i, word := range odd {
		value := `[]`
		if squeeze(word) == "both" && path == "formats" {
			value = `["long-term", "ad-hoc"]`
		}
		parts[i] = quoted(word) + " = " + value
	}
	return strings.Join(parts, ", ")
}

// dateLine says in which order the sheet writes dates, if that can be told.
func dateLine(s *sheet, guesses []guess) string {
	first, second, some := 0, 0, false
	for i, g := range guesses {
		field, _ := schemaField(g.path)
		if g.path != "time" && (field == nil || field.Type != schema.TypeDate) {
			continue
		}
		for _, row := range s.rows {
			if f := figures.FindStringSubmatch(row.text(i)); f != nil && len(f[1]) < 4 {
				some = true
				var a, b int
				fmt.Sscan(strings.TrimLeft(f[1], "0"), &a)
				fmt.Sscan(strings.TrimLeft(f[2], "0"), &b)
				first, second = max(first, a), max(second, b)
			}
		}
	}
	switch {
	case !some:
		return ""
	case first > 12 && second <= 12:
		return "dates = \"day-first\"  # 100 % sure: there are days after the 12th\n"
	case second > 12 && first <= 12:
		return "dates = \"month-first\"  # 100 % sure: there are days after the 12th\n"
	}
	return "#dates = \"day-first\"  # or \"month-first\": nothing in the sheet says which; remove the # when you know\n"
}

func schemaField(path string) (*schema.Field, bool) {
	return fieldAt(&newRun(Input{}).fields.Field, path)
}

// guess finds the field that a column most likely is.
func (r *run) guess(s *sheet, i int, column string) guess {
	header := " " + strings.Join(strings.FieldsFunc(fold.Key(column), func(c rune) bool { return strings.ContainsRune(" _?!,:()/*", c) }), " ") + " "
	best := guess{}
	for _, h := range hints {
		for rank, word := range h.words {
			folded := fold.Key(word)
			if !strings.Contains(header, " "+folded+" ") {
				continue
			}
			size := utf8.RuneCountInString(folded)
			sure := 60 + 35*size/max(utf8.RuneCountInString(header)-2, 1) - rank
			if len(folded) > 10 {
				sure = max(sure, 85)
			}
			if sure = min(max(sure, 40), 95); sure > best.sure {
				best = guess{h.path, sure, fmt.Sprintf("the header says %q", word)}
			}
		}
	}
	return r.look(s, i, best)
}

// look checks a guess against the cells, and guesses from them where the header says nothing.
func (r *run) look(s *sheet, i int, g guess) guess {
	n, addresses, yes, links, short := 0, 0, 0, 0, 0
	distinct := map[string]bool{}
	var host string
	for _, row := range s.rows[:min(len(s.rows), 500)] {
		text := row.text(i)
		if text == "" {
			continue
		}
		n++
		distinct[text] = true
		if hasAddress(text) {
			addresses++
		}
		if _, ok := truth(text); ok {
			yes++
		}
		if strings.HasPrefix(text, "http") {
			links++
			host = text
		}
		if len(text) < 40 {
			short++
		}
	}
	most := func(k int) bool { return n > 0 && k*10 >= n*9 }
	switch {
	case n == 0:
		return guess{}
	case most(addresses) && len(distinct) == n:
		return guess{"key", 95, "every row has another e-mail address"}
	case most(addresses) && g.path == "key" && len(distinct)*3 >= n*2: // who answers a form twice is there twice
		return guess{"key", 75, "the rows have e-mail addresses, and hardly any twice"}
	case g.path == "key" && len(distinct) < n:
		return guess{}
	case g.path == "consent.publish" && !most(yes):
		g.sure, g.why = 40, g.why+", but not every cell is yes or no: say with values which mean yes"
	case strings.HasPrefix(g.path, "links:") && !most(links):
		g.sure = min(g.sure, 50)
	case g.path == "" && most(links):
		for _, h := range hints {
			if kind, ok := strings.CutPrefix(h.path, "links:"); ok && strings.Contains(host, kind) {
				return guess{h.path, 80, "its cells are web addresses there"}
			}
		}
	case g.path == "availability.months" && most(yes):
		return guess{}
	case g.path == "name" && !most(short):
		g.sure = 40
	}
	return g
}

// example is a cell of a column, as a comment. E-mail addresses are not shown.
func (r *run) example(s *sheet, i int) string {
	for _, row := range s.rows {
		if text := row.text(i); text != "" {
			return "  # such as " + redact(quoted(short(text)))
		}
	}
	return "  # empty"
}
