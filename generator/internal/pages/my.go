package pages

import (
	"cmp"
	_ "embed"
	"encoding/json"
	"io"

	"github.com/stoa-portal/stoa/generator/internal/content"
	"github.com/stoa-portal/stoa/generator/internal/diag"
	"github.com/stoa-portal/stoa/generator/internal/output"
	"github.com/stoa-portal/stoa/generator/internal/portal"
)

// planSchema describes the file in which visitors take along what they keep on the device. The
// scripts that write and read it are assets/js/exchange.js; $id is set when the site's address
// is known.
//
//go:embed plan.schema.json
var planSchema []byte

// planSchemaPath is where the site publishes it.
const planSchemaPath = "my/plan.schema.json"

// myRows are /my/ and the weeks of the cohorts that can be followed there.
func (e *edition) myRows() []output.File {
	return []output.File{page(e, "my", "my/", e.myView, nil)}
}

func (e *edition) myView() MyView {
	site := "my/"
	head := e.head("my", e.words.Word("title.my"), e.words.Word("my.description"), site, "")
	head.NoIndex = true
	head.Alternates = e.alternates(everywhere(site))
	head.Breadcrumbs = e.crumbs()
	view := MyView{Page: head, Cohorts: len(e.followed()) > 0}
	for _, g := range e.Portal.Goals {
		view.Goals = append(view.Goals, e.goalCard(g))
	}
	for _, w := range e.Portal.Worksheets {
		view.Worksheets = append(view.Worksheets, e.worksheetCard(w))
	}
	return view
}

// followed are the cohorts that are not over and have weeks to follow.
func (e *edition) followed() []FollowedCohort {
	var all []FollowedCohort
	for _, p := range e.Portal.Programs {
		v := p.In(e.lang).Value
		for i, c := range v.Cohorts {
			if !canFollow(p, i) {
				continue
			}
			all = append(all, FollowedCohort{
				Program: p.ID, Cohort: string(c.ID), Title: v.Title + ", " + cmp.Or(c.Title, string(c.ID)),
				URL: e.underBase(e.prefix + "programs/" + p.ID + "/"), Starts: c.Starts, Ends: c.Ends,
				Calendar: e.underBase(e.cohortCalendarPath(p, c)), Weeks: e.followedWeeks(v.Weeks),
			})
		}
	}
	return all
}

// canFollow tells whether a cohort is not over and its program says what happens in which week.
func canFollow(p *portal.Program, cohort int) bool {
	return !p.Value.Cohorts[cohort].Starts.IsZero() && len(p.Value.Weeks) > 0 && p.Phases[cohort] != portal.Over
}

// followURL is where a visitor chooses a cohort to follow, or "".
func (e *edition) followURL(p *portal.Program, cohort int) string {
	if !canFollow(p, cohort) {
		return ""
	}
	return e.site.My + "#cohort=" + p.ID + "/" + string(p.Value.Cohorts[cohort].ID)
}

// underBase is a site path as an address of the host, and "" for none.
func (e *edition) underBase(site string) string {
	if site == "" {
		return ""
	}
	return e.Base + escapePath(site)
}

func (e *edition) followedWeeks(weeks []content.Week) []FollowedWeek {
	var all []FollowedWeek
	for _, w := range weeks {
		week := FollowedWeek{Number: w.Number, Title: w.Title, Text: string(w.Text), Question: w.Question}
		if g := e.guideByID(w.Guide); g != nil {
			card := e.guideCard(g)
			week.Guide = &FollowLink{card.Title, e.underBase(card.URL)}
		}
		if s := byID(e.Portal.Worksheets, w.Worksheet); s != nil {
			card := e.worksheetCard(s)
			week.Worksheet = &FollowLink{card.Title, e.underBase(card.URL)}
		}
		all = append(all, week)
	}
	return all
}

// planRows are the data that the scripts of /my/ ask for: in each language the weeks of the cohorts, and
// what a plan's file looks like.
func (b *builder) planRows() []output.File {
	files := []output.File{b.planSchemaRow()}
	for _, e := range b.editions {
		if followed := e.followed(); len(followed) > 0 {
			files = append(files, b.raw(e.prefix+"my/weeks.json", writesJSON(followed), followed))
		}
	}
	return files
}

func (b *builder) planSchemaRow() output.File {
	id := b.absolute(planSchemaPath)
	return b.raw(planSchemaPath, func(w io.Writer) error {
		var document map[string]any
		if err := json.Unmarshal(planSchema, &document); err != nil {
			return diag.List{{Message: err.Error()}}
		}
		if id != "" {
			document["$id"] = id
		}
		return writesJSON(document)(w)
	}, id, planSchema)
}
