package pages

import (
	"cmp"
	"fmt"

	"github.com/stoa-portal/stoa/generator/internal/diag"
	"github.com/stoa-portal/stoa/generator/internal/output"
	"github.com/stoa-portal/stoa/generator/internal/portal"
)

// What the home page has room for.
const (
	homeMentors = 3
	homeTopics  = 8
	homeGuides  = 4
)

// problemList is short for the list that a row's finish reports to.
type problemList = diag.List

func (e *edition) homeRows() []output.File {
	return []output.File{page(e, "home", "", e.homeView, func(v *HomeView, problems *problemList) {
		render(problems, &v.Body)
		v.JSONLD = e.siteData(v)
	})}
}

func (e *edition) homeView() HomeView {
	p := e.Portal
	view := HomeView{
		Page: e.head("home", e.site.Title, e.site.Description, "", ""),
		Open: portal.CanAsk(p.Listed), Mentors: len(p.Listed),
	}
	view.Alternates = e.alternates(everywhere(""))
	view.Cohorts = len(e.followed()) > 0
	if p.Home != nil {
		r := p.Home.In(e.lang)
		v := r.Value
		view.Page = e.head("home", cmp.Or(v.Title, e.site.Title), cmp.Or(v.Description, e.site.Description), "", recordLang(e, p.Home))
		view.Alternates = e.alternates(translations(e, p.Home, fixed("")))
		view.EditURL = e.editURL(r.File)
		view.Tagline, view.Body = v.Tagline, body(e, r)
		for _, action := range v.Actions {
			if url, ok := e.ownLink(string(action.URL)); ok {
				view.Actions = append(view.Actions, Link{Label: action.Label, URL: url})
			}
		}
	}
	if topics := p.Facet("topics"); topics != nil {
		for _, t := range topics.Terms {
			if term := e.term(t); len(view.Topics) < homeTopics && term.Ask != "" && term.URL != "" {
				view.Topics = append(view.Topics, term)
			}
		}
	}
	for _, m := range featured(p.Listed) {
		view.Featured = append(view.Featured, e.cards[m.ID])
	}
	for _, program := range p.Programs {
		view.Programs = append(view.Programs, e.programCard(program))
	}
	for _, g := range e.builder.guides {
		if len(view.Guides) < homeGuides {
			view.Guides = append(view.Guides, e.guideCard(g))
		}
	}
	return view
}

// featured are the mentors whom the site features and who can be asked, then the first of
// the directory.
func featured(listed []*portal.Mentor) []*portal.Mentor {
	var chosen []*portal.Mentor
	for _, wanted := range []bool{true, false} {
		for _, m := range listed {
			if len(chosen) < homeMentors && m.Value.Featured == wanted && m.Availability.Status.CanAsk() {
				chosen = append(chosen, m)
			}
		}
	}
	return chosen
}

// siteData is the site as schema.org's WebSite.
func (e *edition) siteData(v *HomeView) any {
	data := map[string]any{"@context": "https://schema.org", "@type": "WebSite", "name": e.site.Title, "inLanguage": e.lang}
	if v.Canonical != "" {
		data["url"] = v.Canonical
	}
	if e.site.Description != "" {
		data["description"] = e.site.Description
	}
	return data
}

// indexed is the path of a list's entry in a file.
func indexed(key string, i int) string { return fmt.Sprintf("%s[%d]", key, i) }
