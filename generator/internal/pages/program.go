package pages

import (
	"cmp"
	"fmt"

	"github.com/stoa-portal/stoa/generator/internal/civil"
	"github.com/stoa-portal/stoa/generator/internal/content"
	"github.com/stoa-portal/stoa/generator/internal/output"
	"github.com/stoa-portal/stoa/generator/internal/portal"
)

// What a program's page shows of its mentors before "all".
const programMentors = 6

func (e *edition) programRows() []output.File {
	p := e.Portal
	if len(p.Programs) == 0 {
		return nil
	}
	build := func() ProgramsView {
		view := ProgramsView{Page: e.indexHead("programs", "title.programs")}
		for _, program := range p.Programs {
			view.Programs = append(view.Programs, e.programCard(program))
		}
		return view
	}
	files := []output.File{page(e, "programs", "programs/", build, nil)}
	for _, program := range p.Programs {
		files = append(files, page(e, "program", "programs/"+program.ID+"/", func() ProgramView { return e.programView(program) }, func(v *ProgramView, problems *problemList) {
			render(problems, &v.Body, &v.Eligibility)
			v.FAQ = append([]Question(nil), v.FAQ...)
			for i := range v.FAQ {
				v.FAQ[i].Answer.render(problems)
			}
			v.JSONLD = e.programData(v)
		}))
	}
	return files
}

// indexHead starts the page that lists all records of a kind; the folder's _index.md may
// say its title and description. Where nobody translated those, the theme says the title: the
// list itself is in the edition's language.
func (e *edition) indexHead(folder, titleKey string) Page {
	title, description, edit := e.words.Word(titleKey), "", ""
	if index := e.Portal.Intro(folder); index != nil {
		r := index.In(e.lang)
		if recordLang(e, index) == e.lang {
			title, description = cmp.Or(r.Value.Title, title), r.Value.Description
		}
		edit = e.editURL(r.File)
	}
	head := e.head(folder, title, description, folder+"/", "")
	head.Alternates = e.alternates(everywhere(folder + "/"))
	head.Breadcrumbs = e.crumbs()
	head.EditURL = edit
	return head
}

func (e *edition) programLink(p *portal.Program) Link {
	return Link{Label: p.In(e.lang).Value.Title, URL: e.prefix + "programs/" + p.ID + "/", Lang: e.foreign(recordLang(e, p.Record))}
}

func (e *edition) programCard(p *portal.Program) ProgramCard {
	v := p.In(e.lang).Value
	var windows []Windows
	for _, c := range p.Value.Cohorts {
		windows = append(windows, Windows{c.RegistrationOpens, c.RegistrationCloses, c.Starts, c.Ends})
	}
	return ProgramCard{
		URL: e.prefix + "programs/" + p.ID + "/", Title: v.Title, Summary: v.Summary, Lang: e.foreign(recordLang(e, p.Record)),
		Kind: v.Kind, Status: string(p.Phase), Next: p.Next, Windows: windows, Duration: v.DurationWeeks, Commitment: v.TimeCommitment,
		Mentors: len(p.Mentors),
	}
}

func (e *edition) programView(p *portal.Program) ProgramView {
	record := p.In(e.lang)
	v := record.Value
	site := "programs/" + p.ID + "/"
	head := e.head("program", v.Title, v.Summary, site, recordLang(e, p.Record))
	head.Alternates = e.alternates(translations(e, p.Record, fixed(site)))
	head.Breadcrumbs = e.crumbs(Link{Label: e.words.Word("title.programs"), URL: e.site.Programs})
	head.EditURL = e.editURL(record.File)
	head.Image = e.preview(record.File, string(v.Image), v.ImageAlt)
	view := ProgramView{
		Page: head, ProgramCard: e.programCard(p),
		Body: prose(e, record, "body", v.Body, 2), Audience: v.Audience,
		Eligibility: prose(e, record, "eligibility", v.Eligibility, 3), Frequency: v.MeetingFrequency,
		MaxChoices: v.MaxChoices, MaxMentees: v.MaxMenteesPerMentor,
		ApplyMentee: e.ownURL(string(v.ApplyMenteeURL)), ApplyMentor: e.ownURL(string(v.ApplyMentorURL)),
		Timeline: e.timeline(p), FAQ: e.questions(p),
		GuideCards: e.guideCards(v.Guides), GoalCards: e.goalCards(v.Goals), WorksheetCards: e.worksheetCards(v.Worksheets),
		Cards: e.cardsOf(p.Mentors[:min(len(p.Mentors), programMentors)]),
	}
	view.Page.Lang = head.Lang
	for i, c := range v.Cohorts {
		view.Cohorts = append(view.Cohorts, Cohort{
			string(c.ID), cmp.Or(c.Title, string(c.ID)), c.RegistrationOpens, c.RegistrationCloses, c.Starts, c.Ends, string(p.Phases[i]),
			e.cohortCalendarPath(p, c), e.followURL(p, i),
		})
	}
	for _, w := range v.Weeks {
		week := Week{Number: w.Number, Title: w.Title, Text: string(w.Text), Question: w.Question}
		if g := e.guideByID(w.Guide); g != nil {
			card := e.guideCard(g)
			week.Guide = &Link{Label: card.Title, URL: card.URL, Lang: card.Lang}
		}
		if s := byID(e.Portal.Worksheets, w.Worksheet); s != nil {
			card := e.worksheetCard(s)
			week.Worksheet = &Link{Label: card.Title, URL: card.URL, Lang: card.Lang}
		}
		view.Weeks = append(view.Weeks, week)
	}
	for _, partner := range v.Partners {
		view.Partners = append(view.Partners, Partner{partner.Name, string(partner.URL), e.beside(record.File, string(partner.Logo))})
	}
	for _, c := range v.Contacts {
		view.Contacts = append(view.Contacts, Contact{c.Name, c.Role, string(c.Email), e.ownURL(string(c.URL))})
	}
	if page := byID(e.Portal.Pages, v.CodeOfConduct); page != nil {
		view.CodeOfConduct = e.plainLink(page)
	}
	if facet := e.Portal.Facet("programs"); e.Portal.Offers(facet) && len(p.Mentors) > 0 {
		view.AllMentors = e.prefix + "browse/programs/" + p.ID + "/"
	}
	return view
}

// timeline is a program's timeline, for its page and for the timeline block.
func (e *edition) timeline(p *portal.Program) []Moment {
	var moments []Moment
	for _, t := range p.In(e.lang).Value.Timeline {
		moments = append(moments, Moment{t.Date, t.Week, t.Title, string(t.Text), !t.Date.IsZero() && t.Date.Before(e.Portal.Today)})
	}
	return moments
}

// questions are a program's frequent questions, for its page and for the faq block.
func (e *edition) questions(p *portal.Program) []Question {
	record := p.In(e.lang)
	var questions []Question
	for i, q := range record.Value.FAQ {
		questions = append(questions, Question{q.Question, prose(e, record, fmt.Sprintf("faq[%d].answer", i), q.Answer, 4)})
	}
	return questions
}

// cohortTitle is a cohort's title when the program has it, else its id as written.
func (e *edition) cohortTitle(p *portal.Program, id string) string {
	for _, c := range p.In(e.lang).Value.Cohorts {
		if string(c.ID) == id {
			return cmp.Or(c.Title, id)
		}
	}
	return id
}

// programData is the program as schema.org's EducationalOccupationalProgram.
func (e *edition) programData(v *ProgramView) any {
	data := map[string]any{
		"@context": "https://schema.org", "@type": "EducationalOccupationalProgram", "name": v.ProgramCard.Title,
		"provider": map[string]any{"@type": "Organization", "name": e.site.Title},
	}
	if v.Summary != "" {
		data["description"] = v.Summary
	}
	if v.Canonical != "" {
		data["url"] = v.Canonical
	}
	if v.Image != nil {
		data["image"] = v.Image.URL
	}
	if v.Duration > 0 {
		data["timeToComplete"] = fmt.Sprintf("P%dW", v.Duration)
	}
	for _, c := range v.Cohorts {
		if c.Status == string(portal.Over) {
			continue
		}
		for key, day := range map[string]civil.Date{"startDate": c.Starts, "endDate": c.Ends, "applicationStartDate": c.RegistrationOpens, "applicationDeadline": c.RegistrationCloses} {
			if !day.IsZero() {
				data[key] = day.String()
			}
		}
		break
	}
	return data
}

// byID is the record of that id, or nil.
func byID[T any](records []*content.Record[T], id string) *content.Record[T] {
	for _, r := range records {
		if r.ID == id && id != "" {
			return r
		}
	}
	return nil
}
