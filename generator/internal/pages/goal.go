package pages

import (
	"cmp"
	"slices"

	"github.com/stoa-portal/stoa/generator/internal/content"
	"github.com/stoa-portal/stoa/generator/internal/fold"
	"github.com/stoa-portal/stoa/generator/internal/output"
	"github.com/stoa-portal/stoa/generator/internal/portal"
)

// What a goal's page shows of the mentors who offer its skills.
const goalMentors = 3

// categories is the order in which goals are listed.
var categories = []string{"skill", "career", "academic", "personal", "network", ""}

func (e *edition) goalRows() []output.File {
	goals := e.Portal.Goals
	if len(goals) == 0 {
		return nil
	}
	build := func() GoalsView {
		view := GoalsView{Page: e.indexHead("goals", "title.goals")}
		for _, category := range categories {
			group := GoalGroup{Category: category}
			for _, g := range goals {
				if g.Value.Category == category {
					group.Goals = append(group.Goals, e.goalCard(g))
				}
			}
			if len(group.Goals) > 0 {
				view.Groups = append(view.Groups, group)
				view.Goals = append(view.Goals, group.Goals...)
			}
		}
		view.Stages = termsOf(view.Goals, func(g GoalCard) []Term { return g.Stages })
		view.Skills = termsOf(view.Goals, func(g GoalCard) []Term { return g.Skills })
		return view
	}
	files := []output.File{page(e, "goals", "goals/", build, nil)}
	for _, g := range goals {
		files = append(files, page(e, "goal", "goals/"+g.ID+"/", func() GoalView { return e.goalView(g) }, nil))
	}
	return files
}

// termsOf are the terms of goals, each once, by name.
func termsOf(goals []GoalCard, terms func(GoalCard) []Term) []Term {
	var all []Term
	for _, g := range goals {
		for _, t := range terms(g) {
			if t.ID != "" && !slices.ContainsFunc(all, func(other Term) bool { return other.ID == t.ID }) {
				all = append(all, t)
			}
		}
	}
	slices.SortStableFunc(all, func(a, b Term) int { return cmp.Compare(fold.Key(a.Label), fold.Key(b.Label)) })
	return all
}

func (e *edition) goalCard(g *content.Record[content.Goal]) GoalCard {
	v := g.In(e.lang).Value
	return GoalCard{
		URL: e.prefix + "goals/" + g.ID + "/", Title: v.Title, Summary: v.Summary, Lang: e.foreign(recordLang(e, g)),
		Category: v.Category, Method: v.Method, Weeks: v.DurationWeeks, HoursPerWeek: v.HoursPerWeek,
		Stages: e.wordsOf("stages", v.Stages), Skills: e.wordsOf("skills", v.Skills),
	}
}

func (e *edition) goalCards(ids []string) []GoalCard {
	var cards []GoalCard
	for _, id := range ids {
		if g := byID(e.Portal.Goals, id); g != nil {
			cards = append(cards, e.goalCard(g))
		}
	}
	return cards
}

func (e *edition) goalView(g *content.Record[content.Goal]) GoalView {
	r := g.In(e.lang)
	v := r.Value
	site := "goals/" + g.ID + "/"
	head := e.head("goal", v.Title, v.Summary, site, recordLang(e, g))
	head.Alternates = e.alternates(translations(e, g, fixed(site)))
	head.Breadcrumbs = e.crumbs(Link{Label: e.words.Word("title.goals"), URL: e.site.Goals})
	head.EditURL = e.editURL(r.File)
	view := GoalView{
		Page: head, GoalCard: e.goalCard(g), Markdown: e.prefix + goalMarkdown(g.ID), Statement: string(v.Statement), Why: string(v.Why),
		Obstacles: v.Obstacles, Support: string(v.Support),
		GuideCards: e.guideCards(v.Guides), Worksheets: e.worksheetCards(v.Worksheets),
	}
	for _, p := range []struct {
		name   string
		prompt content.Prompt
	}{
		{"specific", v.Smart.Specific}, {"measurable", v.Smart.Measurable}, {"achievable", v.Smart.Achievable},
		{"relevant", v.Smart.Relevant}, {"time_bound", v.Smart.TimeBound},
	} {
		if p.prompt.Prompt != "" || p.prompt.Example != "" {
			view.Smart = append(view.Smart, Prompt{p.name, string(p.prompt.Prompt), string(p.prompt.Example)})
		}
	}
	for _, l := range []PromptList{
		{"goal", v.Grow.Goal}, {"reality", v.Grow.Reality}, {"options", v.Grow.Options}, {"way_forward", v.Grow.WayForward},
	} {
		if len(l.Questions) > 0 {
			view.Grow = append(view.Grow, l)
		}
	}
	for _, m := range v.Measures {
		view.Measures = append(view.Measures, Measure{m.Name, m.Unit, m.Baseline, m.Target})
	}
	for _, m := range v.Milestones {
		view.Milestones = append(view.Milestones, Milestone{m.Title, m.Week, string(m.Evidence)})
	}
	for _, c := range v.CheckIns {
		view.CheckIns = append(view.CheckIns, CheckIn{c.Week, c.Questions})
	}
	view.Mentors = e.cardsOf(e.mentorsFor(v.Skills))
	view.Plan = goalPlan(g.ID, recordLang(e, g), &view)
	return view
}

// goalPlan is a template as scripts take it.
func goalPlan(id, lang string, view *GoalView) GoalPlan {
	plan := GoalPlan{ID: id, Lang: lang, Title: view.Page.Title, Statement: view.Statement, Weeks: view.Weeks}
	for _, p := range view.Smart {
		plan.Smart = append(plan.Smart, PlanPrompt(p))
	}
	for _, l := range view.Grow {
		plan.Grow = append(plan.Grow, PlanPrompts(l))
	}
	for _, m := range view.Measures {
		plan.Measures = append(plan.Measures, PlanMeasure(m))
	}
	for _, m := range view.Milestones {
		plan.Milestones = append(plan.Milestones, PlanMilestone(m))
	}
	for _, c := range view.CheckIns {
		plan.CheckIns = append(plan.CheckIns, PlanCheckIn(c))
	}
	return plan
}

// mentorsFor are the first mentors in directory order who can be asked and offer one of
// the skills.
func (e *edition) mentorsFor(skills []string) []*portal.Mentor {
	var terms []*portal.Term
	for _, word := range skills {
		if term := e.Portal.Term("skills", word); term != nil {
			terms = append(terms, term)
		}
	}
	var found []*portal.Mentor
	for _, m := range e.Portal.Listed {
		if len(found) == goalMentors {
			break
		}
		if m.Availability.Status.CanAsk() && slices.ContainsFunc(terms, m.Has) {
			found = append(found, m)
		}
	}
	return found
}

// goalsAbout are the goals that name a term of skills or stages.
func (e *edition) goalsAbout(f *portal.Facet, term *portal.Term) []GoalCard {
	var cards []GoalCard
	for _, g := range e.Portal.Goals {
		words := map[string][]string{"skills": g.Value.Skills, "stages": g.Value.Stages}[f.Name]
		if slices.ContainsFunc(words, func(word string) bool { return e.Portal.Term(f.Name, word) == term }) {
			cards = append(cards, e.goalCard(g))
		}
	}
	return cards
}
