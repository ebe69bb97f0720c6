package pages

import (
	"sync"

	"github.com/stoa-portal/stoa/generator/internal/content"
	"github.com/stoa-portal/stoa/generator/internal/digest"
	"github.com/stoa-portal/stoa/generator/internal/portal"
)

// mentor makes the items of a list of mentors. There may be many thousands, so they are made
// when their document is rendered; what mentor reads has to be in mentorsSum.
func (a *api) mentor(mentors []*portal.Mentor) func(i int) apiMentor {
	return func(i int) apiMentor { return a.profile(mentors[i]) }
}

// mentorsSum is the digest of all that profile reads for some of the mentors: their files,
// what the day makes of them, and what stands elsewhere, which are the words of terms, the titles of
// programs and what config says of profiles.
func (a *api) mentorsSum(mentors []*portal.Mentor) func(from, to int) digest.Sum {
	common := sync.OnceValue(func() digest.Sum {
		p, c := a.Portal, a.config
		parts := []any{a.stamp, p.Languages, c.Privacy, c.Fields, c.Request}
		for _, r := range a.vocabularies() {
			parts = append(parts, r.ID, r.Sum())
		}
		for _, program := range p.Programs {
			parts = append(parts, program.ID, program.Value.Title)
		}
		return digest.Of(parts...)
	})
	return func(from, to int) digest.Sum {
		parts := []any{common()}
		for _, m := range mentors[from:to] {
			parts = append(parts, m.ID, m.Sum(), string(m.Availability.Status), m.Availability.Free, a.hasPhoto(m))
			for _, e := range a.editions[1:] {
				if t, ok := m.Translations[e.lang]; ok {
					parts = append(parts, e.lang, t.Sum())
				}
			}
		}
		return digest.Of(parts...)
	}
}

func (b *builder) hasPhoto(m *portal.Mentor) bool {
	return m.Photo != "" && b.openPicture(m.Photo) != nil
}

// profile is a mentor as data.
func (a *api) profile(m *portal.Mentor) apiMentor {
	v := &m.Value
	item := apiMentor{
		ID: m.ID, URL: a.address("mentors/" + m.ID + "/"), Name: v.Name, SortName: v.SortName, Honorific: v.Honorific,
		Pronouns: v.Pronouns, NameLocal: v.NameLocal, Headline: v.Headline, Title: v.Title, Organization: v.Organization,
		OrganizationURL: address(v.OrganizationURL), Department: v.Department, Sector: v.Sector, School: v.School,
		CourseOfStudy: v.CourseOfStudy, ClassYear: v.ClassYear, ExperienceYears: v.ExperienceYears,
		Bio: withoutNotes(v.Bio), IdealMentee: withoutNotes(v.IdealMentee),
		Skills: a.termsOf(m, "skills"), HelpWith: a.termsOf(m, "topics"), Stages: a.termsOf(m, "stages"),
		Industries: a.termsOf(m, "industries"), Style: a.termsOf(m, "styles"),
		Timezone: string(v.Timezone),
		Formats:  a.termsOf(m, "formats"), Modes: a.termsOf(m, "modes"),
		Availability: a.availabilityOf(m), Request: a.requestOf(m),
		Links: each(v.Links, func(l content.WebLink) apiLink { return apiLink{l.Label, address(l.URL), l.Kind} }),
		Experience: each(v.Experience, func(x content.Experience) apiExperience {
			return apiExperience{x.Year, x.Until, x.Title, x.Organization, string(x.Text)}
		}),
		Resources: each(v.Resources, func(r content.Resource) apiReading {
			return apiReading{r.Title, a.link(string(r.URL)), string(r.Comment)}
		}),
		Testimonials: each(v.Testimonials, func(t content.Testimonial) apiTestimonial {
			return apiTestimonial{string(t.Text), t.By, t.Date}
		}),
		Channels: each(v.Channels, func(c content.Channel) apiChannel { return apiChannel{c.Type, c.Value} }),
		Programs: each(m.Programs, func(p *portal.Program) apiTerm { return apiTerm{p.ID, p.Value.Title} }),
		Photo:    a.photoOf(m), Badges: v.Badges, Joined: v.Joined, Reviewed: v.Reviewed, Expires: v.Expires, Featured: v.Featured,
		Translations: translated(a, m.Record, func(e *edition, t *content.Record[content.Mentor]) apiWords {
			return apiWords{
				URL:  e.address(e.prefix + "mentors/" + m.ID + "/"),
				Name: another(t.Value.Name, v.Name), Title: another(t.Value.Title, v.Title), Headline: another(t.Value.Headline, v.Headline),
			}
		}),
	}
	if v.Location != (content.Location{}) {
		item.Location = &apiLocation{v.Location.City, v.Location.Region, string(v.Location.Country)}
	}
	for _, tag := range v.Languages {
		item.Languages = append(item.Languages, apiTerm{string(tag), portal.LanguageName(string(tag), a.lang)})
	}
	for _, r := range v.Roles {
		if program := a.Portal.Program(r.Program); program != nil {
			item.Roles = append(item.Roles, apiRole{apiTerm{program.ID, program.Value.Title}, r.Cohort, r.Year, r.Role})
		}
	}
	if v.Verified.By != "" {
		item.Verified = &apiVerified{v.Verified.By, v.Verified.On}
	}
	for _, name := range ownFieldNames(a.config) {
		if value, ok := v.Fields[name]; ok {
			if item.Fields == nil {
				item.Fields = map[string]any{}
			}
			item.Fields[name] = value
		}
	}
	return item
}

// another is a translated text, or nothing when it is not another one.
func another(text, source string) string {
	if text == source {
		return ""
	}
	return text
}

// termsOf are a mentor's terms of a facet.
func (a *api) termsOf(m *portal.Mentor, facet string) []apiTerm {
	return each(m.Terms(a.Portal.Facet(facet)), func(t *portal.Term) apiTerm { return apiTerm{t.ID, a.termLabel(t)} })
}

// availabilityOf is what the mentor publishes of their availability, and what it means
// on the day of the build.
func (a *api) availabilityOf(m *portal.Mentor) apiAvailability {
	v := m.Value.Availability
	item := apiAvailability{
		Status: string(m.Availability.Status), Capacity: v.Capacity, HoursPerMonth: v.HoursPerMonth, SessionMinutes: v.SessionMinutes,
		Cadence: v.Cadence, Months: v.Months, From: v.From, Until: v.Until, ResponseDays: v.ResponseDays, Note: v.Note,
	}
	if m.Availability.Free >= 0 {
		item.Free = &m.Availability.Free
	}
	return item
}

func (a *api) requestOf(m *portal.Mentor) apiRequest {
	r := a.request(m, m.Record)
	item := apiRequest{Method: r.Method, CalendarURL: address(r.CalendarURL), Instructions: withoutNotes(m.Value.Request.Instructions)}
	if r.Method == "link" {
		item.URL = a.link(r.URL)
	}
	return item
}

func (a *api) photoOf(m *portal.Mentor) *apiPhoto {
	if !a.hasPhoto(m) {
		return nil
	}
	photo := &apiPhoto{Alt: m.Value.Photo.Alt, Credit: m.Value.Photo.Credit}
	for _, side := range a.allPortraitSides(a.openPicture(m.Photo)) {
		photo.Sizes = append(photo.Sizes, apiPhotoSize{side, a.address(portraitPath(m, side))})
	}
	photo.URL = photo.Sizes[len(photo.Sizes)-1].URL
	return photo
}
