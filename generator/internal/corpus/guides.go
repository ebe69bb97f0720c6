package corpus

import (
	"fmt"
	"path"
	"strings"

	"github.com/stoa-portal/stoa/generator/internal/schema"
)

// guideFiles yields content/guides.
func (s *site) guideFiles(yield func(string, []byte) bool) {
	for i, section := range sections[:min(sectionCount, len(s.guides))] {
		w := s.writer(s.dice("section", i))
		var d document
		d.WriteString("+++\n")
		d.text("title", section.label)
		d.value("order", i+1)
		d.WriteString("+++\n\n" + w.paragraphs(30))
		if !yield("content/guides/"+section.id+"/_index.md", d.bytes()) {
			return
		}
	}
	for i, file := range s.guides {
		if !yield("content/guides/"+file+".md", s.guide(i)) {
			return
		}
	}
}

// guide writes one guide: 400 to 900 words under headings, with links to others, a
// list, a table, an alert, a footnote and, in every third, mentors of a skill.
func (s *site) guide(i int) []byte {
	r := s.dice("guide", i)
	w := s.writer(r)
	here := path.Dir(s.guides[i])
	link := func() string {
		other := pick(r, s.guides)
		if path.Dir(other) == here {
			return fmt.Sprintf("[%s](%s.md)", w.phrase(1, 3), path.Base(other))
		}
		return fmt.Sprintf("[%s](../%s.md)", w.phrase(1, 3), other)
	}
	var d document
	d.WriteString("+++\n")
	d.text("title", w.phrase(3, 7))
	d.text("description", shorten(w.sentence(), 280))
	d.list("audience", some(r, []string{"mentor", "mentee", "coordinator"}, 1+r.IntN(2)))
	d.list("stages", some(r, ids(stages), r.IntN(3)))
	d.list("skills", favourites(r, ids(s.skills), r.IntN(3)))
	d.value("order", i/sectionCount+1)
	d.value("updated", date(year-r.IntN(2), r.IntN(300)))
	d.list("authors", []string{pick(r, organizations)})
	d.WriteString("+++\n\n")
	d.WriteString(w.paragraphs(60, link()))
	for part := range 3 + r.IntN(4) {
		fmt.Fprintf(&d, "\n## %s\n\n%s\n", w.phrase(2, 5), w.paragraphs(60+r.IntN(60), link()))
		switch part {
		case 0:
			for range 3 + r.IntN(3) {
				fmt.Fprintf(&d, "- %s\n", w.sentence())
			}
		case 1:
			fmt.Fprintf(&d, "> [!TIP]\n> %s\n", w.sentence())
		case 2:
			fmt.Fprintf(&d, "| %s | %s |\n| --- | ---: |\n", w.phrase(1, 2), w.phrase(1, 2))
			for row := range 4 {
				fmt.Fprintf(&d, "| %s | %d |\n", w.phrase(1, 4), row*7)
			}
		case 3:
			fmt.Fprintf(&d, "%s[^1]\n\n[^1]: %s\n", w.sentence(), w.sentence())
		}
	}
	if i%3 == 0 {
		fmt.Fprintf(&d, "\n```mentors\nskill = %q\nlimit = 3\n```\n", favourites(r, ids(s.skills), 1)[0])
	}
	return d.bytes()
}

// pages yields config.toml and the pages at the top of content.
func (s *site) pages(yield func(string, []byte) bool) {
	w := s.writer(s.dice("pages", 0))
	var c document
	c.text("title", "Northgate Mentoring")
	c.text("base_url", "https://mentoring.example.edu/")
	c.text("description", "Mentors for everybody at Northgate University.")
	c.text("language", "en")
	c.text("timezone", "Europe/London")
	c.text("contact", "mentoring@example.edu")
	c.table("request")
	c.text("method", "email")
	c.text("address", "mentoring@example.edu")
	if !yield("config.toml", c.bytes()) {
		return
	}
	var home document
	home.WriteString("+++\n")
	home.text("title", "Northgate Mentoring")
	home.text("tagline", "Somebody has stood where you stand now.")
	home.text("description", "Find a mentor at Northgate University.")
	home.entry("actions")
	home.text("label", "Find a mentor")
	home.text("url", "/mentors/")
	home.WriteString("+++\n\n" + w.paragraphs(120))
	if !yield("content/index.md", home.bytes()) {
		return
	}
	for _, title := range []string{"About", "Code of conduct"} {
		var page document
		page.WriteString("+++\n")
		page.text("title", title)
		page.WriteString("+++\n\n" + w.paragraphs(200) + "\n## " + w.phrase(2, 4) + "\n\n" + w.paragraphs(100))
		if !yield("content/"+schema.Slug(title)+".md", page.bytes()) {
			return
		}
	}
}

// clean makes a paragraph of Markdown into a plain text of one line.
func clean(text string) string {
	return strings.Join(strings.Fields(strings.ReplaceAll(text, "*", "")), " ")
}
