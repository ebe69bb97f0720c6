package check

import (
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stoa-portal/stoa/generator/internal/civil"
	"github.com/stoa-portal/stoa/generator/internal/config"
	"github.com/stoa-portal/stoa/generator/internal/content"
	"github.com/stoa-portal/stoa/generator/internal/portal"
	"github.com/stoa-portal/stoa/generator/internal/theme"
	"github.com/stoa-portal/stoa/themes"
)

// TestReminders: each message names the person, the day and the page, in a language that the
// person speaks, and gives nobody's address away.
func TestReminders(t *testing.T) {
	layers, problems := theme.Stack("default", nil, themes.FS)
	dress, more := theme.Load(layers, theme.Options{Languages: []string{"en", "es"}, Default: "en"})
	problems.Add(more)
	c, more := config.Load([]byte("title = \"North\"\nlanguages.es.title = \"Norte\"\nreview.on_overdue = \"hide\"\n"), "config.toml")
	problems.Add(more)
	all, more := content.Load(fstest.MapFS{
		"content/mentors/ana.toml": {Data: []byte("name = \"Ana\"\nheadline = \"x\"\nreviewed = 2025-03-02\nlanguages = [\"fr\", \"es-MX\", \"en\"]\n[[channels]]\ntype = \"email\"\nvalue = \"ana@example.org\"\npublic = true\n")},
		"content/mentors/bo.toml":  {Data: []byte("name = \"Bo\"\nheadline = \"x\"\nexpires = 2026-01-05\n")},
		"content/mentors/cy.toml":  {Data: []byte("name = \"Cy\"\nheadline = \"x\"\nreviewed = 2026-11-01\n")},
	}, content.Options{Languages: c.Tags(), Default: "en"})
	problems.Add(more)
	if problems.Errors() > 0 {
		t.Fatal(problems)
	}
	p, _ := portal.New(c, all, portal.Options{Today: civil.Of(2026, 11, 23)})
	reminders := Reminders(p, dress, "https://example.org/p/")
	if len(reminders) != 2 || reminders[0].ID != "bo" || reminders[1].ID != "ana" {
		t.Fatalf("%+v", reminders)
	}
	for _, row := range []struct {
		r    Reminder
		says []string
	}{
		{reminders[0], []string{"Dear Bo,", "by 5 January 2026", "North"}},
		{reminders[1], []string{"Hola, Ana:", "desde el 2 de marzo de 2025", "Norte"}},
	} {
		for _, words := range row.says {
			if !strings.Contains(row.r.Text, words) {
				t.Errorf("the message to %s does not say %q:\n%s", row.r.Name, words, row.r.Text)
			}
		}
		if strings.Contains(row.r.Text, "@") || strings.Contains(row.r.Text, "https://") || !row.r.Hidden {
			t.Errorf("the message to %s, who is hidden, gives an address:\n%s", row.r.Name, row.r.Text)
		}
	}
	c.Review.OnOverdue = "warn"
	p, _ = portal.New(c, all, portal.Options{Today: civil.Of(2026, 11, 23)})
	if text := Reminders(p, dress, "https://example.org/p/")[1].Text; !strings.Contains(text, "\nhttps://example.org/p/es/mentors/ana/\n") {
		t.Errorf("no page is named:\n%s", text)
	}
}
