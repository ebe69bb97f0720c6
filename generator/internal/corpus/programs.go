package corpus

import (
	"fmt"
	"math/rand/v2"

	"github.com/stoa-portal/stoa/generator/internal/schema"
)

var programTitles = []string{"Peer Mentoring", "Alumni Circle", "Research Mentoring", "First in Family", "Women in Engineering", "Writers' Table",
	"Start-up Hours", "Clinical Pairs", "Teachers to Be", "Return to Study", "One Coffee", "Across Borders"}

func programIDs() []string {
	all := make([]string, programCount)
	for i, title := range programTitles[:programCount] {
		all[i] = schema.Slug(title)
	}
	return all
}

var goalWords = []string{"Write", "Present", "Apply for", "Learn", "Finish", "Lead"}
var goalThings = []string{"a first article", "a small project", "a grant", "a new language"}

// goalIDs are the names of the goal templates, in order.
func goalIDs() []string {
	var all []string
	for _, thing := range goalThings {
		for _, word := range goalWords {
			all = append(all, schema.Slug(word+" "+thing))
		}
	}
	return all[:goalCount]
}

func worksheetID(i int) string {
	return fmt.Sprintf("%s-%d", []string{"agreement", "session", "reflection", "feedback", "self-assessment"}[i%5], i/5+1)
}

func worksheetIDs() []string {
	all := make([]string, worksheetCount)
	for i := range all {
		all[i] = worksheetID(i)
	}
	return all
}

// someGuides picks paths of guides.
func (s *site) someGuides(r *rand.Rand, n int) []string { return some(r, s.guides, n) }

// programs yields content/programs.
func (s *site) programs(yield func(string, []byte) bool) {
	for i, id := range programIDs() {
		r := s.dice("program", i)
		w := s.writer(r)
		kind := []string{"cohort", "rolling", "cohort", "flash"}[i%4]
		weeks := 8 + r.IntN(16)
		var d document
		d.text("title", programTitles[i])
		d.text("summary", shorten(w.sentence(), 280))
		d.text("kind", kind)
		d.text("audience", shorten(w.sentence(), 280))
		d.text("time_commitment", "two hours a month")
		d.value("duration_weeks", weeks)
		d.text("meeting_frequency", "every two weeks")
		d.value("max_choices", 3)
		d.value("max_mentees_per_mentor", 2+r.IntN(3))
		d.list("guides", s.someGuides(r, 4))
		d.list("goals", some(r, goalIDs(), 4))
		d.list("worksheets", some(r, worksheetIDs(), 3))
		d.text("code_of_conduct", "code-of-conduct")
		d.block("body", w.paragraphs(150)+"\n## "+w.phrase(2, 4)+"\n\n"+w.paragraphs(80))
		d.block("eligibility", w.paragraphs(40))
		if kind == "cohort" {
			for _, term := range []struct {
				id   string
				year int
				day  int
			}{{"spring", year, 30}, {"autumn", year, 260}, {"spring", year + 1, 30}} {
				d.entry("cohorts")
				d.text("id", fmt.Sprintf("%s-%d", term.id, term.year))
				d.text("title", fmt.Sprintf("%s %d", capital(term.id), term.year))
				d.value("registration_opens", date(term.year-1, 365+term.day-60))
				d.value("registration_closes", date(term.year, term.day-14))
				d.value("starts", date(term.year, term.day))
				d.value("ends", date(term.year, term.day+weeks*7))
			}
		}
		for week := range weeks {
			d.entry("weeks")
			d.value("number", week+1)
			d.text("title", w.phrase(2, 4))
			d.text("text", clean(w.sentence()))
			if week%3 == 0 {
				d.text("guide", pick(r, s.guides))
			}
			d.text("question", shorten(w.phrase(5, 9), 250)+"?")
		}
		for range 3 {
			d.entry("faq")
			d.text("question", shorten(w.phrase(5, 9), 250)+"?")
			d.text("answer", w.sentence())
		}
		d.entry("contacts")
		d.text("name", "The mentoring office")
		d.text("email", "mentoring@example.edu")
		if !yield("content/programs/"+id+".toml", d.bytes()) {
			return
		}
	}
}

// goals yields content/goals.
func (s *site) goals(yield func(string, []byte) bool) {
	for i, id := range goalIDs() {
		r := s.dice("goal", i)
		w := s.writer(r)
		weeks := 6 + r.IntN(20)
		var d document
		d.text("title", goalWords[i%len(goalWords)]+" "+goalThings[i/len(goalWords)])
		d.text("summary", shorten(w.sentence(), 280))
		d.text("category", pick(r, []string{"skill", "career", "academic", "personal", "network"}))
		d.text("method", []string{"smart", "grow"}[i%2])
		d.list("stages", some(r, ids(stages), 2))
		d.list("skills", favourites(r, ids(s.skills), 2))
		d.value("duration_weeks", weeks)
		d.value("hours_per_week", 1+r.IntN(5))
		d.text("statement", w.sentence())
		d.text("why", w.sentence())
		d.list("obstacles", []string{w.sentence(), w.sentence()})
		d.text("support", w.sentence())
		d.list("guides", s.someGuides(r, 2))
		d.list("worksheets", some(r, worksheetIDs(), 2))
		if i%2 == 0 {
			d.table("smart")
			for _, part := range []string{"specific", "measurable", "achievable", "relevant", "time_bound"} {
				d.value(part, fmt.Sprintf("{ prompt = %s, example = %s }", quote(w.phrase(4, 8)+"?"), quote(w.sentence())))
			}
		} else {
			d.table("grow")
			for _, part := range []string{"goal", "reality", "options", "way_forward"} {
				d.list(part, []string{w.phrase(4, 8) + "?", w.phrase(4, 8) + "?"})
			}
		}
		d.entry("measures")
		d.text("name", w.phrase(1, 3))
		d.text("unit", "pages")
		d.value("baseline", 0)
		d.value("target", 5+r.IntN(20))
		for step := range 4 {
			d.entry("milestones")
			d.text("title", w.phrase(3, 6))
			d.value("week", (step+1)*weeks/4)
			d.text("evidence", w.phrase(3, 6))
		}
		d.entry("check_ins")
		d.value("week", weeks/2)
		d.list("questions", []string{w.phrase(4, 8) + "?"})
		if !yield("content/goals/"+id+".toml", d.bytes()) {
			return
		}
	}
}

// worksheets yields content/worksheets.
func (s *site) worksheets(yield func(string, []byte) bool) {
	kinds := []string{"agreement", "session", "reflection", "feedback", "self-assessment"}
	for i, id := range worksheetIDs() {
		r := s.dice("worksheet", i)
		w := s.writer(r)
		var d document
		d.text("title", capital(kinds[i%5])+" "+fmt.Sprint(i/5+1))
		d.text("kind", kinds[i%5])
		d.list("audience", []string{"mentor", "mentee"})
		d.text("summary", shorten(w.sentence(), 280))
		for part := range 3 {
			d.entry("section")
			d.text("title", w.phrase(2, 4))
			d.text("help", w.sentence())
			for n, kind := range []string{"text", "longtext", "date", "scale", "choice", "list"} {
				d.entry("section.field")
				d.text("id", fmt.Sprintf("part-%d-%d", part+1, n+1))
				d.text("label", w.phrase(3, 7))
				d.text("type", kind)
				switch kind {
				case "scale":
					d.value("min", 1)
					d.value("max", 5)
				case "choice":
					d.list("options", []string{"Yes", "No", "Not yet"})
				}
			}
		}
		if !yield("content/worksheets/"+id+".toml", d.bytes()) {
			return
		}
	}
}
