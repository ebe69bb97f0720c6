package pages

import (
	"cmp"
	"net/url"
	"slices"
	"strings"

	"github.com/stoa-portal/stoa/generator/internal/civil"
	"github.com/stoa-portal/stoa/generator/internal/config"
	"github.com/stoa-portal/stoa/generator/internal/content"
	"github.com/stoa-portal/stoa/generator/internal/diag"
	"github.com/stoa-portal/stoa/generator/internal/output"
	"github.com/stoa-portal/stoa/generator/internal/portal"
)

// What a card has room for.
const (
	cardSkills = 6
	cardTopics = 3
)

// mentorCards makes the card of every listed mentor.
func (e *edition) mentorCards() map[string]Fragment {
	cards := make(map[string]Fragment, len(e.Portal.Listed))
	for _, m := range e.Portal.Listed {
		cards[m.ID] = e.fragment("mentor-card", func() any { return e.mentorCard(m) })
	}
	return cards
}

func (e *edition) mentorCard(m *portal.Mentor) Card {
	v := m.In(e.lang).Value
	skills := e.terms(m, "skills")
	topics := e.terms(m, "topics")
	card := Card{
		ID: m.ID, URL: e.prefix + "mentors/" + m.ID + "/",
		Name: v.Name, NameLocal: v.NameLocal, Lang: e.foreign(recordLang(e, m.Record)), Pronouns: v.Pronouns,
		Headline: v.Headline, Role: e.parts(v.Title, v.Organization), Location: e.location(v.Location),
		Portrait: e.portrait(m, cardPortrait), Availability: e.availability(m),
		Skills: skills[:min(len(skills), cardSkills)], MoreSkills: max(0, len(skills)-cardSkills),
		Topics: topics[:min(len(topics), cardTopics)],
		Badges: v.Badges, Verified: v.Verified.By != "", Featured: v.Featured, Joined: v.Joined,
	}
	if e.site.Freshness == "hide" {
		card.StaleOn = m.StaleOn
	}
	for _, term := range e.terms(m, "languages") {
		card.Languages = append(card.Languages, term.Label)
	}
	return card
}

func (e *edition) mentorRows() []output.File {
	return rowsInParallel(e.Portal.Mentors, func(m *portal.Mentor) []output.File {
		return []output.File{page(e, "mentor", "mentors/"+m.ID+"/", func() MentorView { return e.mentorView(m) }, func(v *MentorView, problems *diag.List) {
			render(problems, &v.Bio, &v.IdealMentee, &v.Request.Instructions)
			v.JSONLD = e.personData(v)
		})}
	})
}

func (e *edition) mentorView(m *portal.Mentor) MentorView {
	record := m.In(e.lang)
	v := record.Value
	site := "mentors/" + m.ID + "/"
	head := e.head("mentor", v.Name, cmp.Or(v.Headline, e.parts(v.Title, v.Organization)), site, recordLang(e, m.Record))
	head.Alternates = e.alternates(translations(e, m.Record, fixed(site)))
	head.Breadcrumbs = e.crumbs(Link{Label: e.words.Word("title.mentors"), URL: e.site.Mentors})
	head.EditURL = e.editURL(record.File)
	head.NoIndex = head.NoIndex || !m.Listed
	view := MentorView{
		Page: head, ID: m.ID,
		Name: v.Name, NameLocal: v.NameLocal, Honorific: v.Honorific, Pronouns: v.Pronouns, Headline: v.Headline,
		JobTitle: v.Title, Organization: v.Organization, OrganizationURL: string(v.OrganizationURL), Department: v.Department,
		Sector: v.Sector, School: v.School, CourseOfStudy: v.CourseOfStudy, ClassYear: v.ClassYear,
		Portrait: e.portrait(m, profilePortrait),
		Bio:      prose(e, record, "bio", v.Bio, 3), IdealMentee: prose(e, record, "ideal_mentee", v.IdealMentee, 3),
		Skills: e.terms(m, "skills"), Topics: e.terms(m, "topics"), Stages: e.terms(m, "stages"), Industries: e.terms(m, "industries"),
		Styles: e.terms(m, "styles"), Formats: e.terms(m, "formats"), Modes: e.terms(m, "modes"), Languages: e.terms(m, "languages"),
		Location: e.location(v.Location), Country: string(v.Location.Country), Timezone: string(v.Timezone),
		Availability: e.availability(m), Badges: v.Badges, Joined: v.Joined, Reviewed: v.Reviewed,
		Overdue: m.Overdue && e.site.Freshness == "badge", Unlisted: !m.Listed,
	}
	view.UpdateURL = e.updateURL(m)
	if view.WhenStale = e.site.Freshness; view.WhenStale != "" {
		view.StaleOn = m.StaleOn
	}
	if v.ExperienceYears != nil {
		view.ExperienceYears = *v.ExperienceYears
	}
	if v.Verified.By != "" {
		view.Verified = &Verified{v.Verified.By, v.Verified.On}
	}
	for _, c := range v.Channels {
		view.Channels = append(view.Channels, Link{Label: c.Type + ": " + c.Value, URL: channelURL(c)})
	}
	for _, l := range v.Links {
		view.Links = append(view.Links, Link{Label: cmp.Or(l.Label, l.Kind, host(string(l.URL))), URL: string(l.URL)})
	}
	for _, x := range v.Experience {
		view.Experience = append(view.Experience, Experience{x.Year, x.Until, x.Title, x.Organization, string(x.Text)})
	}
	for _, r := range v.Resources {
		view.Resources = append(view.Resources, Resource{r.Title, e.ownURL(string(r.URL)), string(r.Comment)})
	}
	for _, t := range v.Testimonials {
		view.Testimonials = append(view.Testimonials, Testimonial{string(t.Text), t.By, t.Date})
	}
	for _, r := range v.Roles {
		if program := e.Portal.Program(r.Program); program != nil {
			view.Roles = append(view.Roles, Role{e.programLink(program), e.cohortTitle(program, r.Cohort), r.Year, r.Role})
		}
	}
	for _, program := range m.Programs {
		view.Programs = append(view.Programs, e.programLink(program))
	}
	for _, name := range ownFieldNames(e.config) {
		if fact, ok := e.fact(m, name); ok {
			view.Fields = append(view.Fields, fact)
		}
	}
	for _, other := range m.Related {
		view.Related = append(view.Related, e.cards[other.ID])
	}
	view.Image = e.face(m, view.Portrait)
	view.Request = e.request(m, record)
	if view.Request.URL = e.ownURL(view.Request.URL); view.Request.URL == "" {
		view.Request.Method = "none"
	} else if e.site.Request != "" {
		view.Request.Page = e.site.Request + "?mentor=" + url.QueryEscape(m.ID)
	}
	view.Trust = e.trust(m, view.Request.Method)
	return view
}

// availability is what a page shows of a mentor's availability.
func (e *edition) availability(m *portal.Mentor) Availability {
	a, words := m.Availability, m.In(e.lang).Value.Availability
	v := Availability{
		Status: string(a.Status), Free: a.Free, Capacity: -1, From: a.From, Until: a.Until, Months: a.Months,
		HoursPerMonth: a.HoursPerMonth, SessionMinutes: a.SessionMinutes, Cadence: words.Cadence,
		ResponseDays: a.ResponseDays, Note: words.Note, CanAsk: a.Status.CanAsk(),
		Rule: AvailabilityRule{string(a.Rule.Written), a.Rule.From, a.Rule.Until, a.Rule.Months, a.Rule.Full},
	}
	if a.Availability.Capacity != nil {
		v.Capacity = *a.Availability.Capacity
	}
	return v
}

// fact is an own field's label and values, when the mentor gives any.
func (e *edition) fact(m *portal.Mentor, name string) (Fact, bool) {
	declared := e.config.Fields[name]
	fact := Fact{Label: cmp.Or(e.config.Languages[e.lang].Fields[name].Label, declared.Label, name)}
	if facet := e.Portal.Facet(name); facet != nil && facet.Own != nil {
		fact.Values = e.facetTerms(m, facet)
	} else {
		for _, text := range portal.Texts(m.In(e.lang).Value.Fields[name]) {
			term := Term{Label: e.ownValue(declared, text)}
			if declared.Type == "url" {
				term.URL = text
			}
			fact.Values = append(fact.Values, term)
		}
	}
	return fact, len(fact.Values) > 0
}

// ownValue writes the value of an own field for people: dates and answers in their language.
func (e *edition) ownValue(declared config.FieldConfig, text string) string {
	switch declared.Type {
	case "boolean":
		return e.words.Word("answer." + text)
	case "date":
		if day, err := civil.Parse(text); err == nil {
			return e.words.Date(day)
		}
	}
	return text
}

// location is a place in one line, the country by its name in the page's language.
func (e *edition) location(l content.Location) string {
	country := ""
	if l.Country != "" {
		country = portal.CountryName(string(l.Country), e.lang)
	}
	return e.parts(l.City, l.Region, country)
}

// channelURL makes an address of a channel where it can be one.
func channelURL(c content.Channel) string {
	switch {
	case strings.HasPrefix(c.Value, "https://"):
		return c.Value
	case strings.EqualFold(c.Type, "email"):
		return "mailto:" + c.Value
	case strings.EqualFold(c.Type, "phone"):
		return "tel:" + strings.ReplaceAll(c.Value, " ", "")
	}
	return ""
}

func host(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return address
	}
	return strings.TrimPrefix(u.Host, "www.")
}

// parts puts the parts of one thing in a line, such as a city and its country.
func (e *edition) parts(parts ...string) string {
	return joinNonEmpty(e.words.Word("list.parts"), parts...)
}

func joinNonEmpty(separator string, parts ...string) string {
	return strings.Join(slices.DeleteFunc(parts, func(s string) bool { return s == "" }), separator)
}

// personData is the profile as schema.org's ProfilePage about a Person.
func (e *edition) personData(v *MentorView) any {
	person := map[string]any{"@type": "Person", "name": v.Name}
	set := func(key, value string) {
		if value != "" {
			person[key] = value
		}
	}
	set("alternateName", v.NameLocal)
	set("jobTitle", v.JobTitle)
	set("description", v.Headline)
	if v.Organization != "" {
		person["worksFor"] = map[string]any{"@type": "Organization", "name": v.Organization}
	}
	if v.Portrait.URL != "" {
		set("image", e.absolute(v.Portrait.URL))
	}
	var knows []string
	for _, term := range v.Skills {
		knows = append(knows, term.Label)
	}
	if len(knows) > 0 {
		person["knowsAbout"] = knows
	}
	data := map[string]any{"@context": "https://schema.org", "@type": "ProfilePage", "mainEntity": person}
	if !v.Reviewed.IsZero() {
		data["dateModified"] = v.Reviewed.String()
	}
	if v.Canonical != "" {
		data["url"] = v.Canonical
	}
	return data
}
