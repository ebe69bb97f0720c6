package pages

import (
	"cmp"
	"slices"

	"github.com/stoa-portal/stoa/generator/internal/content"
	"github.com/stoa-portal/stoa/generator/internal/portal"
)

// How many of each a guide leads on to.
const (
	guideGoals      = 2
	guideWorksheets = 2
)

// nextSteps are what a reader of a guide may do now: goals, worksheets and mentors that have to
// do with it.
func (e *edition) nextSteps(view *GuideView, g *portal.Guide) {
	goals := e.goalsAfter(g)
	for _, goal := range goals {
		view.Goals = append(view.Goals, e.goalCard(goal))
	}
	view.Worksheets = e.worksheetCards(e.worksheetsAfter(g, goals))
	if audience := g.Value.Audience; len(audience) > 0 && !slices.Contains(audience, "mentee") {
		return // who reads this is not looking for a mentor
	}
	view.Mentors = e.cardsOf(e.mentorsFor(g.Value.Skills))
	if len(view.Mentors) == 0 {
		return
	}
	for _, word := range g.Value.Skills {
		if term := e.Portal.Term("skills", word); term != nil && view.AllMentors == "" {
			view.AllMentors = e.term(term).URL
		}
	}
}

// goalsAfter are goals that name the guide, and then those that share a skill with it, for
// stages that it may be for.
func (e *edition) goalsAfter(g *portal.Guide) []*content.Record[content.Goal] {
	var named, alike []*content.Record[content.Goal]
	for _, goal := range e.Portal.Goals {
		switch {
		case slices.Contains(goal.Value.Guides, g.ID):
			named = append(named, goal)
		case e.shared("skills", goal.Value.Skills, g.Value.Skills) && (len(goal.Value.Stages) == 0 || len(g.Value.Stages) == 0 || e.shared("stages", goal.Value.Stages, g.Value.Stages)):
			alike = append(alike, goal)
		}
	}
	all := append(named, alike...)
	return all[:min(len(all), guideGoals)]
}

// worksheetsAfter are the ids of worksheets that a program gives out in the week in which it
// reads the guide, and then those of the goals.
func (e *edition) worksheetsAfter(g *portal.Guide, goals []*content.Record[content.Goal]) []string {
	var ids []string
	add := func(id string) {
		if id != "" && !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	for _, program := range e.Portal.Programs {
		for _, week := range program.Value.Weeks {
			if week.Guide == g.ID {
				add(week.Worksheet)
			}
		}
	}
	for _, goal := range goals {
		for _, id := range goal.Value.Worksheets {
			add(id)
		}
	}
	return ids[:min(len(ids), guideWorksheets)]
}

// shared tells whether two lists of words name one term.
func (e *edition) shared(facet string, a, b []string) bool {
	return slices.ContainsFunc(a, func(word string) bool {
		term := e.Portal.Term(facet, word)
		return term != nil && slices.ContainsFunc(b, func(other string) bool { return e.Portal.Term(facet, other) == term })
	})
}

// audiences in the order in which they are offered.
var audiences = []string{"mentee", "mentor", "coordinator"}

// guideChoices are what the list of guides can be narrowed by: audiences and stages, each
// with how many guides are meant for it. A guide that names none is meant for all.
func (e *edition) guideChoices() (forWhom, stages []Term) {
	count := map[string]int{}
	byStage := map[*portal.Term]int{}
	all, anyStage := 0, 0
	for _, g := range e.builder.guides {
		if len(g.Value.Audience) == 0 {
			all++
		}
		for _, audience := range g.Value.Audience {
			count[audience]++
		}
		named := map[*portal.Term]bool{}
		for _, word := range g.Value.Stages {
			if term := e.Portal.Term("stages", word); term != nil {
				named[term] = true
			}
		}
		if len(named) == 0 {
			anyStage++
		}
		for term := range named {
			byStage[term]++
		}
	}
	for _, audience := range audiences {
		if count[audience] > 0 {
			forWhom = append(forWhom, Term{ID: audience, Label: e.words.Word("audience." + audience), Count: count[audience] + all})
		}
	}
	for term, n := range byStage {
		stages = append(stages, Term{ID: term.ID, Label: e.termLabel(term), Count: n + anyStage})
	}
	order := map[string]int{}
	if v := e.Portal.Vocabulary("stages"); v != nil {
		for i, term := range v.Terms {
			order[term.ID] = i
		}
	}
	slices.SortFunc(stages, func(a, b Term) int {
		return cmp.Or(cmp.Compare(order[a.ID], order[b.ID]), cmp.Compare(a.ID, b.ID))
	})
	return offered(forWhom), offered(stages)
}

// offered is a choice that is one.
func offered(terms []Term) []Term {
	if len(terms) < 2 {
		return nil
	}
	return terms
}
