package content

import (
	"fmt"
	"math"
	"path"
	"strings"

	"github.com/stoa-portal/stoa/generator/internal/civil"
	"github.com/stoa-portal/stoa/generator/internal/diag"
)

// check looks at what one record says as a whole: dates in order, numbers that fit each
// other, ids that are there once.
func check(record any) diag.List {
	var problems diag.List
	switch record := record.(type) {
	case *Record[Mentor]:
		checkMentor(checked[Mentor]{record, &problems})
	case *Record[Program]:
		checkProgram(checked[Program]{record, &problems})
	case *Record[Guide]:
		checkTitle(checked[Guide]{record, &problems}, record.Value.Title)
	case *Record[Page]:
		checkTitle(checked[Page]{record, &problems}, record.Value.Title)
	case *Record[Goal]:
		checkGoal(checked[Goal]{record, &problems})
	case *Record[Worksheet]:
		checkWorksheet(checked[Worksheet]{record, &problems})
	case *Record[Vocabulary]:
		checkVocabulary(checked[Vocabulary]{record, &problems})
	}
	return problems
}

// A checked is a record and where to say what is wrong with it.
type checked[T any] struct {
	*Record[T]
	problems *diag.List
}

func (c checked[T]) errorf(path, rule, format string, args ...any) {
	c.problems.Errorf(c.Place(path), rule, format, args...)
}

func (c checked[T]) warnf(path, rule, format string, args ...any) {
	c.problems.Warnf(c.Place(path), rule, format, args...)
}

// order reports a later date that is before the earlier one.
func (c checked[T]) order(path, earlier string, from, to civil.Date) {
	if !from.IsZero() && !to.IsZero() && to.Before(from) {
		name := path[strings.LastIndexByte(path, '.')+1:]
		c.errorf(path, "date-order", "%s (%s) is before %s (%s)", name, to, earlier, from)
	}
}

func checkMentor(c checked[Mentor]) {
	m := &c.Value
	a := &m.Availability
	if a.Capacity != nil && a.Current != nil && *a.Current > *a.Capacity {
		c.errorf("availability.current", "capacity", "current (%d) is more than capacity (%d)", *a.Current, *a.Capacity)
	}
	c.order("availability.until", "from", a.From, a.Until)
	c.order("expires", "joined", m.Joined, m.Expires)
	for i, e := range m.Experience {
		if e.Until != 0 && e.Until < e.Year {
			c.errorf(fmt.Sprintf("experience[%d].until", i), "date-order", "until (%d) is before year (%d)", e.Until, e.Year)
		}
	}
	for i, t := range m.Testimonials {
		if !t.Consent {
			c.warnf(fmt.Sprintf("testimonials[%d]", i), "consent", "this testimonial is not published: it needs consent = true, when its author agrees")
		}
	}
	if n := len(m.Photo.Focus); n != 0 && n != 2 {
		c.errorf("photo.focus", "bounds", "focus is two numbers, such as [0.5, 0.3]: shares of the photo's width and height")
	}
	if m.Request.Method == "link" && m.Request.URL == "" {
		c.errorf("request.method", "missing-key", `method = "link" needs a url under [request]`)
	}
	if m.Headline == "" && m.Bio == "" && len(m.Skills) == 0 && len(m.HelpWith) == 0 {
		c.warnf("", "thin-profile", "this profile says little: a headline, skills and help_with let mentees find it")
	}
}

func checkProgram(c checked[Program]) {
	p := &c.Value
	cohorts := map[string]bool{}
	for i, cohort := range p.Cohorts {
		at := fmt.Sprintf("cohorts[%d].", i)
		if id := string(cohort.ID); cohorts[id] {
			c.errorf(at+"id", "duplicate-id", "there are two cohorts %q", id)
		} else {
			cohorts[id] = true
		}
		c.order(at+"registration_closes", "registration_opens", cohort.RegistrationOpens, cohort.RegistrationCloses)
		c.order(at+"ends", "starts", cohort.Starts, cohort.Ends)
		c.order(at+"ends", "registration_opens", cohort.RegistrationOpens, cohort.Ends)
	}
	for i, t := range p.Timeline {
		at := fmt.Sprintf("timeline[%d]", i)
		switch {
		case t.Date.IsZero() && t.Week == 0:
			c.errorf(at, "missing-key", "this entry needs a date or a week")
		case !t.Date.IsZero() && t.Week != 0:
			c.errorf(at+".week", "two-times", "this entry has a date and a week: keep one of them")
		}
		c.beyond(at+".week", t.Week, p.DurationWeeks)
	}
	weeks := map[int]bool{}
	for i, w := range p.Weeks {
		at := fmt.Sprintf("weeks[%d].number", i)
		if weeks[w.Number] {
			c.errorf(at, "duplicate-id", "there are two weeks %d", w.Number)
		}
		weeks[w.Number] = true
		c.beyond(at, w.Number, p.DurationWeeks)
	}
}

// beyond warns of a week after the last one.
func (c checked[T]) beyond(path string, week, duration int) {
	if duration > 0 && week > duration {
		c.warnf(path, "beyond-end", "week %d is after the end: duration_weeks is %d", week, duration)
	}
}

func checkGoal(c checked[Goal]) {
	for i, m := range c.Value.Milestones {
		c.beyond(fmt.Sprintf("milestones[%d].week", i), m.Week, c.Value.DurationWeeks)
	}
	for i, checkIn := range c.Value.CheckIns {
		c.beyond(fmt.Sprintf("check_ins[%d].week", i), checkIn.Week, c.Value.DurationWeeks)
	}
}

func checkWorksheet(c checked[Worksheet]) {
	ids := map[string]bool{}
	for i, section := range c.Value.Sections {
		for j, f := range section.Fields {
			at := fmt.Sprintf("section[%d].field[%d]", i, j)
			if id := string(f.ID); ids[id] {
				c.errorf(at+".id", "duplicate-id", "there are two fields %q in this worksheet", id)
			} else {
				ids[id] = true
			}
			switch {
			case f.Type == "choice" && len(f.Options) == 0:
				c.errorf(at, "missing-key", `a field of type "choice" needs options = ["…", "…"]`)
			case f.Type == "table" && len(f.Columns) == 0:
				c.errorf(at, "missing-key", `a field of type "table" needs columns = ["…", "…"]`)
			case f.Type == "scale" && (f.Min == nil || f.Max == nil):
				c.errorf(at, "missing-key", `a field of type "scale" needs min and max, such as min = 1 and max = 5`)
			case f.Type == "scale" && (*f.Min != math.Trunc(*f.Min) || *f.Max-*f.Min >= MaxSteps):
				c.errorf(at+".max", "bounds", `a scale has whole numbers and at most %d steps; a field of type "number" takes any`, MaxSteps)
			}
			if f.Min != nil && f.Max != nil && *f.Min >= *f.Max {
				c.errorf(at+".max", "bounds", "max (%v) has to be more than min (%v)", *f.Max, *f.Min)
			}
		}
	}
}

func checkVocabulary(c checked[Vocabulary]) {
	ids := map[string]bool{}
	for i, term := range c.Value.Terms {
		at := fmt.Sprintf("term[%d].", i)
		if id := string(term.ID); ids[id] {
			c.errorf(at+"id", "duplicate-id", "there are two terms %q", id)
		} else {
			ids[id] = true
		}
		if term.Ask != "" && c.ID != "topics" {
			c.warnf(at+"ask", "unused", "ask is shown for topics only")
		}
	}
}

// checkTitle reports a guide or page whose title stands neither in its front matter nor in a
// heading that opens it. Lists and the home page have titles of their own.
func checkTitle[T any](c checked[T], title string) {
	name := path.Base(c.File)
	if title != "" || c.ID == "index" || strings.HasPrefix(name, "_index.") {
		return
	}
	lines := strings.SplitN(strings.TrimLeft(c.Body, " \n"), "\n", 3)
	for _, opening := range []string{"# ", "#\t", "<!--"} { // what follows a comment, the Markdown room knows
		if strings.HasPrefix(lines[0], opening) {
			return
		}
	}
	if len(lines) > 1 && lines[0] != "" && strings.HasPrefix(lines[1], "=") && strings.Trim(lines[1], "= ") == "" {
		return
	}
	c.problems.Errorf(diag.At(c.File, 1, 1), "missing-key", `there is no title: add title = "…" to the front matter, or begin the text with # and the title`)
}
