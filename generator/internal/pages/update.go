package pages

import (
	"encoding/json"
	"io"
	"slices"
	"strings"

	"github.com/stoa-portal/stoa/generator/internal/civil"
	"github.com/stoa-portal/stoa/generator/internal/content"
	"github.com/stoa-portal/stoa/generator/internal/markdown"
	"github.com/stoa-portal/stoa/generator/internal/output"
	"github.com/stoa-portal/stoa/generator/internal/portal"
	"github.com/stoa-portal/stoa/generator/internal/schema"
)

// The update page shows a mentor today's public values of their profile and sends what they
// change through the site's channel, as a change that the import room knows (roster.Change). What
// is published already lies beside each profile for it, as it is written in the file and
// without what is kept back: a page of the site has no other way to the words of a text.

// updates tells whether the site has the page: there is somebody who takes changes, and data may be
// published as such.
func (b *builder) updates() bool {
	return slices.Contains(b.Theme.Layouts(), "update") && len(b.Portal.Listed) > 0 && b.config.Privacy.API &&
		(b.config.Request.Method != "none" || b.config.Contact != "" || b.config.Repository.URL != "")
}

// updateURL is the site path of the page with a mentor chosen, or "". An unlisted profile has its page
// and nothing else.
func (e *edition) updateURL(m *portal.Mentor) string {
	if !e.updates() || !m.Listed {
		return ""
	}
	return e.prefix + "update/?mentor=" + escapePath(m.ID)
}

// updateRows are /update/ in each language.
func (e *edition) updateRows() []output.File {
	if !e.updates() {
		return nil
	}
	return []output.File{page(e, "update", "update/", e.updateView, nil)}
}

func (e *edition) updateView() UpdateView {
	head := e.head("update", e.words.Word("update.title"), e.words.Word("update.description"), "update/", "")
	head.NoIndex = true
	head.Alternates = e.alternates(everywhere("update/"))
	head.Breadcrumbs = e.crumbs(Link{Label: e.words.Word("title.mentors"), URL: e.site.Mentors})
	view := UpdateView{
		Page: head, Method: e.config.Request.Method, Form: e.requestForm(), Address: string(e.config.Request.Address), Issues: e.issues(),
		Statuses: []string{"open", "waitlist", "full", "paused", "retired"},
	}
	if contact := string(e.config.Contact); view.Method == "link" || view.Method == "none" {
		if view.Method = "none"; strings.HasPrefix(contactURL(contact), "mailto:") {
			view.Method, view.Address = "email", contact
		}
	}
	view.Folder = strings.TrimSuffix(e.editURL("content/mentors/x.toml"), "/x.toml")
	view.Folder = strings.Replace(view.Folder, "/edit/", "/tree/", 1)
	return view
}

// A profile is what the update page shows of one: the keys are those of its file.
type profile struct {
	Name         string              `json:"name"`
	Availability profileAvailability `json:"availability"`
	Pronouns     string              `json:"pronouns,omitempty"`
	Headline     string              `json:"headline,omitempty"`
	Title        string              `json:"title,omitempty"`
	Organization string              `json:"organization,omitempty"`
	Bio          content.Markdown    `json:"bio,omitempty"`
	IdealMentee  content.Markdown    `json:"ideal_mentee,omitempty"`
	Skills       []string            `json:"skills,omitempty"`
	HelpWith     []string            `json:"help_with,omitempty"`
	Stages       []string            `json:"stages,omitempty"`
	Languages    []schema.Language   `json:"languages,omitempty"`
	Timezone     schema.Zone         `json:"timezone,omitempty"`
}

type profileAvailability struct {
	Status        string     `json:"status,omitempty"`
	From          civil.Date `json:"from,omitzero"`
	Until         civil.Date `json:"until,omitzero"`
	Capacity      *int       `json:"capacity,omitempty"`
	Current       *int       `json:"current,omitempty"`
	HoursPerMonth float64    `json:"hours_per_month,omitempty"`
	Note          string     `json:"note,omitempty"`
}

// profilePath is where a profile's values lie for the update page.
func profilePath(m *portal.Mentor) string { return "mentors/" + m.ID + "/profile.json" }

// profileRows are the values of all listed profiles for the update page.
func (b *builder) profileRows() []output.File {
	if !b.updates() {
		return nil
	}
	return rowsInParallel(b.Portal.Mentors, func(m *portal.Mentor) []output.File {
		if !m.Listed {
			return nil
		}
		v := &m.Value
		shown := profile{
			Name: v.Name, Pronouns: v.Pronouns, Headline: v.Headline, Title: v.Title, Organization: v.Organization, Bio: withoutNotes(v.Bio), IdealMentee: withoutNotes(v.IdealMentee),
			Skills: v.Skills, HelpWith: v.HelpWith, Stages: v.Stages, Languages: v.Languages, Timezone: v.Timezone,
			Availability: profileAvailability{
				v.Availability.Status, v.Availability.From, v.Availability.Until, v.Availability.Capacity, v.Availability.Current,
				v.Availability.HoursPerMonth, v.Availability.Note,
			},
		}
		if shown.Availability.Status == "open" { // as it is when the file says nothing
			shown.Availability.Status = ""
		}
		return []output.File{b.raw(profilePath(m), func(w io.Writer) error { return json.NewEncoder(w).Encode(shown) }, shown)}
	})
}

// withoutNotes is Markdown as it may be published: what stands in comments is not.
func withoutNotes(text content.Markdown) content.Markdown {
	return content.Markdown(markdown.WithoutComments(string(text)))
}
