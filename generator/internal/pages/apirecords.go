package pages

import (
	"github.com/stoa-portal/stoa/generator/internal/content"
	"github.com/stoa-portal/stoa/generator/internal/portal"
)

// program is a mentoring program as data.
func (a *api) program(p *portal.Program) apiProgram {
	v := &p.Value
	item := apiProgram{
		ID: p.ID, URL: a.address("programs/" + p.ID + "/"), Title: v.Title, Summary: v.Summary, Kind: v.Kind,
		Status: string(p.Phase), StatusUntil: p.Next, Mentors: len(p.Mentors),
		Body: withoutNotes(v.Body), Audience: v.Audience, Eligibility: withoutNotes(v.Eligibility), TimeCommitment: v.TimeCommitment,
		DurationWeeks: v.DurationWeeks, MeetingFrequency: v.MeetingFrequency, MaxChoices: v.MaxChoices, MaxMenteesPerMentor: v.MaxMenteesPerMentor,
		ApplyMenteeURL: a.link(string(v.ApplyMenteeURL)), ApplyMentorURL: a.link(string(v.ApplyMentorURL)),
		Timeline: each(v.Timeline, func(t content.TimelineAt) apiMoment { return apiMoment{t.Date, t.Week, t.Title, string(t.Text)} }),
		FAQ:      each(v.FAQ, func(q content.Question) apiQuestion { return apiQuestion{q.Question, withoutNotes(q.Answer)} }),
		Partners: each(v.Partners, func(q content.Partner) apiPartner {
			return apiPartner{q.Name, address(q.URL), a.file(p.File, string(q.Logo))}
		}),
		Contacts: each(v.Contacts, func(c content.Contact) apiContact {
			return apiContact{c.Name, c.Role, string(c.Email), a.link(string(c.URL))}
		}),
		Guides: refs(v.Guides, a.guideTerm), Goals: refs(v.Goals, a.goalTerm), Worksheets: refs(v.Worksheets, a.worksheetTerm),
		Translations: translated(a, p.Record, func(e *edition, t *content.Record[content.Program]) apiWords {
			return apiWords{
				URL:   e.address(e.prefix + "programs/" + p.ID + "/"),
				Title: another(t.Value.Title, v.Title), Summary: another(t.Value.Summary, v.Summary),
			}
		}),
	}
	for i, c := range v.Cohorts {
		item.Cohorts = append(item.Cohorts, apiCohort{
			string(c.ID), c.Title, c.RegistrationOpens, c.RegistrationCloses, c.Starts, c.Ends, string(p.Phases[i]),
		})
	}
	for _, w := range v.Weeks {
		item.Weeks = append(item.Weeks, apiWeek{w.Number, w.Title, string(w.Text), a.guideTerm(w.Guide), a.worksheetTerm(w.Worksheet), w.Question})
	}
	if page := byID(a.Portal.Pages, v.CodeOfConduct); page != nil {
		item.CodeOfConduct = a.address(plainPath(page, a.lang))
	}
	return item
}

// refs are the things that ids name; what is left out of the build is left out.
func refs(ids []string, find func(id string) *apiTerm) []apiTerm {
	var terms []apiTerm
	for _, id := range ids {
		if term := find(id); term != nil {
			terms = append(terms, *term)
		}
	}
	return terms
}

func (a *api) guideTerm(id string) *apiTerm {
	if g := a.guideByID(id); g != nil {
		return &apiTerm{g.ID, g.Value.Title}
	}
	return nil
}

func (a *api) goalTerm(id string) *apiTerm {
	if g := byID(a.Portal.Goals, id); g != nil {
		return &apiTerm{g.ID, g.Value.Title}
	}
	return nil
}

func (a *api) worksheetTerm(id string) *apiTerm {
	if w := byID(a.Portal.Worksheets, id); w != nil {
		return &apiTerm{w.ID, w.Value.Title}
	}
	return nil
}

func (a *api) programTerm(id string) *apiTerm {
	if p := a.Portal.Program(id); p != nil {
		return &apiTerm{p.ID, p.Value.Title}
	}
	return nil
}

// wordTerms are the terms that words mean in a facet, unknown ones as written.
func (a *api) wordTerms(facet string, words []string) []apiTerm {
	return each(a.wordsOf(facet, words), func(t Term) apiTerm { return apiTerm{t.ID, t.Label} })
}

// guide is a guide as data, without its text.
func (a *api) guide(g *portal.Guide) apiGuide {
	v := &g.Value
	card := a.guideCard(g)
	return apiGuide{
		ID: g.ID, URL: a.address(card.URL), Title: v.Title, Description: v.Description, Section: apiTerm{g.Section.ID, card.Section},
		Audience: v.Audience, Stages: a.wordTerms("stages", v.Stages), Skills: a.wordTerms("skills", v.Skills), Programs: refs(v.Programs, a.programTerm),
		Order: v.Order, Updated: v.Updated, Authors: v.Authors, Licence: v.Licence, Minutes: card.Minutes,
		Downloads: each(v.Downloads, func(d content.Download) apiDownload {
			return apiDownload{d.Title, a.file(g.File, string(d.File))}
		}),
		Translations: translated(a, g.Record, func(e *edition, t *content.Record[content.Guide]) apiWords {
			return apiWords{
				URL:   e.address(e.prefix + guidePath(g, e.lang)),
				Title: another(t.Value.Title, v.Title), Description: another(t.Value.Description, v.Description),
			}
		}),
	}
}

// goal is a goal template as data.
func (a *api) goal(g *content.Record[content.Goal]) apiGoal {
	v := &g.Value
	item := apiGoal{
		ID: g.ID, URL: a.address("goals/" + g.ID + "/"), Title: v.Title, Summary: v.Summary, Category: v.Category, Method: v.Method,
		Stages: a.wordTerms("stages", v.Stages), Skills: a.wordTerms("skills", v.Skills), DurationWeeks: v.DurationWeeks, HoursPerWeek: v.HoursPerWeek,
		Statement: string(v.Statement), Why: string(v.Why),
		Measures:   each(v.Measures, func(m content.Measure) apiMeasure { return apiMeasure(m) }),
		Milestones: each(v.Milestones, func(m content.Milestone) apiMilestone { return apiMilestone{m.Title, m.Week, string(m.Evidence)} }),
		CheckIns:   each(v.CheckIns, func(c content.CheckIn) apiCheckIn { return apiCheckIn(c) }),
		Obstacles:  v.Obstacles, Support: string(v.Support),
		Guides: refs(v.Guides, a.guideTerm), Worksheets: refs(v.Worksheets, a.worksheetTerm),
		Translations: translated(a, g, func(e *edition, t *content.Record[content.Goal]) apiWords {
			return apiWords{
				URL:   e.address(e.prefix + "goals/" + g.ID + "/"),
				Title: another(t.Value.Title, v.Title), Summary: another(t.Value.Summary, v.Summary),
			}
		}),
	}
	prompt := func(p content.Prompt) *apiPrompt {
		if p == (content.Prompt{}) {
			return nil
		}
		return &apiPrompt{string(p.Prompt), string(p.Example)}
	}
	smart := apiSmart{prompt(v.Smart.Specific), prompt(v.Smart.Measurable), prompt(v.Smart.Achievable), prompt(v.Smart.Relevant), prompt(v.Smart.TimeBound)}
	if smart != (apiSmart{}) {
		item.Smart = &smart
	}
	if grow := v.Grow; len(grow.Goal)+len(grow.Reality)+len(grow.Options)+len(grow.WayForward) > 0 {
		item.Grow = (*apiGrow)(&grow)
	}
	return item
}

// worksheet is a worksheet as data.
func (a *api) worksheet(w *content.Record[content.Worksheet]) apiWorksheet {
	v := &w.Value
	return apiWorksheet{
		ID: w.ID, URL: a.address("worksheets/" + w.ID + "/"), Title: v.Title, Kind: v.Kind, Stage: v.Stage, Audience: v.Audience,
		Summary: v.Summary, FormURL: address(v.FormURL),
		Sections: each(v.Sections, func(s content.WorksheetSection) apiWorksheetSection {
			return apiWorksheetSection{s.Title, string(s.Help), each(s.Fields, func(f content.WorksheetField) apiWorksheetField {
				return apiWorksheetField{string(f.ID), f.Label, f.Type, f.Options, f.Columns, f.Min, f.Max, f.Required, string(f.Help)}
			})}
		}),
		Translations: translated(a, w, func(e *edition, t *content.Record[content.Worksheet]) apiWords {
			return apiWords{
				URL:   e.address(e.prefix + "worksheets/" + w.ID + "/"),
				Title: another(t.Value.Title, v.Title), Summary: another(t.Value.Summary, v.Summary),
			}
		}),
	}
}

// vocabulary is a facet's words as data.
func (a *api) vocabulary(r *content.Record[content.Vocabulary]) apiVocabulary {
	facet := a.Portal.Facet(r.ID)
	item := apiVocabulary{ID: r.ID, Label: a.facetLabel(facet), Terms: []apiVocabularyTerm{}}
	if a.Portal.Offers(facet) {
		item.URL = a.address("browse/" + r.ID + "/")
	}
	for _, t := range r.Value.Terms {
		term := apiVocabularyTerm{ID: string(t.ID), Label: t.Label, Aliases: t.Aliases, Group: t.Group, Description: string(t.Description), Ask: t.Ask}
		if known := a.Portal.Term(r.ID, string(t.ID)); known != nil {
			view := a.term(known)
			term.Mentors = view.Count
			if view.URL != "" {
				term.URL = a.address(view.URL)
			}
			for _, e := range a.editions[1:] {
				w := known.Words(e.lang)
				words := apiWords{Label: another(known.Label(e.lang), t.Label), Description: another(string(w.Description), string(t.Description)), Ask: another(w.Ask, t.Ask)}
				if words != (apiWords{}) {
					if term.Translations == nil {
						term.Translations = map[string]apiWords{}
					}
					term.Translations[e.lang] = words
				}
			}
		}
		item.Terms = append(item.Terms, term)
	}
	return item
}
