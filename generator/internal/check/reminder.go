package check

import (
	"strings"

	"golang.org/x/text/language"

	"github.com/stoa-portal/stoa/generator/internal/civil"
	"github.com/stoa-portal/stoa/generator/internal/content"
	"github.com/stoa-portal/stoa/generator/internal/portal"
	"github.com/stoa-portal/stoa/generator/internal/theme"
)

// A Reminder is a message to a mentor whose profile is due to be read over, ready to send. It
// holds no address: a check's output is often public, and who sends it has the address.
type Reminder struct {
	ID       string     `json:"mentor"`
	Name     string     `json:"name"`
	File     string     `json:"file"`
	Reviewed civil.Date `json:"reviewed,omitzero"` // when the profile was last read over, or begun
	Expired  bool       `json:"expired"`           // the day in expires has come
	Hidden   bool       `json:"hidden"`            // the profile is not on the site until then
	Lang     string     `json:"lang"`
	Subject  string     `json:"subject"`
	Text     string     `json:"text"`
}

// Reminders writes to everybody whose profile is due, the longest overdue first, in the language
// of the site that the mentor named first, and in the theme's words. base is the site's address,
// or "".
func Reminders(p *portal.Portal, dress *theme.Theme, base string) []Reminder {
	reminders := []Reminder{}
	var update bool
	for _, layout := range dress.Layouts() {
		update = update || layout == "update"
	}
	for _, due := range p.Reviews() {
		lang := spoken(p, &due.Value)
		words := dress.Language(lang, theme.Site{})
		prefix := base
		if lang != p.Languages[0] {
			prefix += lang + "/"
		}
		if base == "" {
			prefix = "/" + prefix
		}
		title := p.Config.Title
		if own := p.Config.Languages[lang].Title; own != "" {
			title = own
		}
		opening := words.Word("reminder.since", "site", title, "date", due.Last)
		if due.Expired {
			opening = words.Word("reminder.expired", "site", title, "date", due.Value.Expires)
		}
		paragraphs := []string{words.Word("reminder.greeting", "name", due.Value.Name), opening}
		if !due.Hidden {
			paragraphs = append(paragraphs, prefix+"mentors/"+due.ID+"/")
		}
		paragraphs = append(paragraphs, words.Word("reminder.answer"))
		if update && !due.Hidden && base != "" {
			paragraphs = append(paragraphs, words.Word("reminder.update")+"\n"+prefix+"update/?mentor="+due.ID)
		}
		paragraphs = append(paragraphs, words.Word("reminder.leave"), words.Word("reminder.thanks"), title)
		reminders = append(reminders, Reminder{
			ID: due.ID, Name: due.Value.Name, File: due.File, Reviewed: due.Last, Expired: due.Expired, Hidden: due.Hidden,
			Lang: lang, Subject: words.Word("reminder.subject", "site", title), Text: strings.Join(paragraphs, "\n\n") + "\n",
		})
	}
	return reminders
}

// spoken is the language of the site that a mentor speaks best, or its first one.
func spoken(p *portal.Portal, m *content.Mentor) string {
	for _, tag := range m.Languages {
		base, _ := language.Make(string(tag)).Base()
		for _, lang := range p.Languages {
			if other, _ := language.Make(lang).Base(); other == base {
				return lang
			}
		}
	}
	return p.Languages[0]
}
