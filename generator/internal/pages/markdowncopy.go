package pages

import (
	"fmt"
	"io"
	"strings"

	"github.com/stoa-portal/stoa/generator/internal/content"
	"github.com/stoa-portal/stoa/generator/internal/output"
)

// Goal templates and worksheets are published as Markdown too, for whoever works in a text of
// their own. What an author wrote is plain text there, so its marks are escaped.

func goalMarkdown(id string) string      { return "goals/" + id + ".md" }
func worksheetMarkdown(id string) string { return "worksheets/" + id + ".md" }

// markdownCopyRows are the copies of the edition.
func (e *edition) markdownCopyRows() []output.File {
	var files []output.File
	add := func(site string, sum any, write func(*markdownCopy)) {
		files = append(files, e.raw(e.prefix+site, func(w io.Writer) error {
			var m markdownCopy
			write(&m)
			_, err := io.WriteString(w, strings.TrimSpace(m.String())+"\n")
			return err
		}, e.stamp, sum))
	}
	for _, g := range e.Portal.Goals {
		add(goalMarkdown(g.ID), g.In(e.lang).Sum(), func(m *markdownCopy) { e.copyGoal(m, g) })
	}
	for _, s := range e.Portal.Worksheets {
		add(worksheetMarkdown(s.ID), s.In(e.lang).Sum(), func(m *markdownCopy) { e.copyWorksheet(m, s) })
	}
	return files
}

func (e *edition) copyGoal(m *markdownCopy, g *content.Record[content.Goal]) {
	v := e.goalView(g)
	word := e.words.Word
	m.heading(1, v.Page.Title)
	m.text(v.Summary)
	var facts []string
	if v.Weeks > 0 {
		facts = append(facts, word("weeks", "count", v.Weeks))
	}
	if v.HoursPerWeek > 0 {
		facts = append(facts, word("goal.hours", "count", v.HoursPerWeek))
	}
	m.text(strings.Join(facts, " · "))
	m.part(word("goal.statement"), v.Statement)
	m.part(word("goal.why"), v.Why)
	if len(v.Smart) > 0 {
		m.heading(2, word("goal.smart"))
		for _, p := range v.Smart {
			m.heading(3, word("smart."+p.Name))
			m.text(p.Prompt)
			if p.Example != "" {
				m.text(word("goal.example") + ": " + p.Example)
			}
		}
	}
	if len(v.Grow) > 0 {
		m.heading(2, word("goal.grow"))
		for _, l := range v.Grow {
			m.heading(3, word("grow."+l.Name))
			m.list(l.Questions)
		}
	}
	if len(v.Milestones) > 0 {
		m.heading(2, word("goal.milestones"))
		var items []string
		for _, s := range v.Milestones {
			item := s.Title
			if s.Week > 0 {
				item = word("week", "number", s.Week) + ": " + item
			}
			if s.Evidence != "" {
				item += " (" + s.Evidence + ")"
			}
			items = append(items, item)
		}
		m.boxes(items)
	}
	if len(v.Measures) > 0 {
		m.heading(2, word("goal.measures"))
		rows := [][]string{{word("goal.measure"), word("goal.baseline"), word("goal.target")}}
		for _, s := range v.Measures {
			name := s.Name
			if s.Unit != "" {
				name += " (" + s.Unit + ")"
			}
			rows = append(rows, []string{name, e.figure(s.Baseline), e.figure(s.Target)})
		}
		m.table(rows)
	}
	if len(v.CheckIns) > 0 {
		m.heading(2, word("goal.check_ins"))
		for _, c := range v.CheckIns {
			m.heading(3, word("week", "number", c.Week))
			m.list(c.Questions)
		}
	}
	if len(v.Obstacles) > 0 {
		m.heading(2, word("goal.obstacles"))
		m.list(v.Obstacles)
	}
	m.part(word("goal.support"), v.Support)
}

// figure is a number in the edition's language, or nothing.
func (e *edition) figure(n *float64) string {
	if n == nil {
		return ""
	}
	return e.words.Number(*n)
}

func (e *edition) copyWorksheet(m *markdownCopy, w *content.Record[content.Worksheet]) {
	v := e.worksheetView(w)
	m.heading(1, v.Page.Title)
	m.text(v.Summary)
	for _, s := range v.Sections {
		if s.Title != "" {
			m.heading(2, s.Title)
		}
		m.text(s.Help)
		for _, f := range s.Fields {
			e.copyField(m, f)
		}
	}
}

func (e *edition) copyField(m *markdownCopy, f WorksheetField) {
	if f.Type == "checkbox" && len(f.Options) == 0 {
		m.boxes([]string{f.Label})
		m.text(f.Help)
		return
	}
	m.heading(3, f.Label)
	m.text(f.Help)
	switch f.Type {
	case "choice", "checkbox":
		m.boxes(f.Options)
	case "scale":
		var steps []string
		for _, n := range f.Steps {
			steps = append(steps, fmt.Sprint(n))
		}
		m.text(strings.Join(append(steps, f.Options...), " · "))
	case "table":
		m.table([][]string{f.Columns, make([]string, len(f.Columns)), make([]string, len(f.Columns))})
	}
}

// A markdownCopy is a Markdown text in the making.
type markdownCopy struct{ strings.Builder }

// plainMarkdown writes plain text so that Markdown reads it as just that. A line can no longer begin a list,
// a heading or a quotation.
var plainMarkdown = strings.NewReplacer(
	`\`, `\\`, "`", "\\`", "*", `\*`, "_", `\_`, "[", `\[`, "]", `\]`, "<", `\<`, ">", `\>`, "#", `\#`, "|", `\|`, "~", `\~`, "&", `\&`,
)

func (m *markdownCopy) heading(level int, text string) {
	fmt.Fprintf(m, "%s %s\n\n", strings.Repeat("#", level), oneLine(text))
}

// text writes paragraphs, and nothing for an empty text.
func (m *markdownCopy) text(text string) {
	for paragraph := range strings.SplitSeq(text, "\n\n") {
		if paragraph = oneLine(paragraph); paragraph != "" {
			m.WriteString(paragraph + "\n\n")
		}
	}
}

// part is a heading and its text, where there is one.
func (m *markdownCopy) part(heading, text string) {
	if text != "" {
		m.heading(2, heading)
		m.text(text)
	}
}

func (m *markdownCopy) list(items []string)  { m.items("- ", items) }
func (m *markdownCopy) boxes(items []string) { m.items("- [ ] ", items) }

func (m *markdownCopy) items(mark string, items []string) {
	for _, item := range items {
		m.WriteString(mark + oneLine(item) + "\n")
	}
	m.WriteString("\n")
}

// table writes rows, the first of which is the head.
func (m *markdownCopy) table(rows [][]string) {
	for i, row := range rows {
		for _, cell := range row {
			m.WriteString("| " + oneLine(cell) + " ")
		}
		m.WriteString("|\n")
		if i == 0 {
			m.WriteString(strings.Repeat("|---", len(row)) + "|\n")
		}
	}
	m.WriteString("\n")
}

// oneLine is a text as one line of Markdown.
func oneLine(text string) string {
	text = plainMarkdown.Replace(strings.Join(strings.Fields(text), " "))
	if mark := strings.TrimLeft(text, "0123456789"); mark != "" && strings.ContainsRune("-+.)", rune(mark[0])) {
		at := len(text) - len(mark)
		return text[:at] + `\` + mark
	}
	return text
}
