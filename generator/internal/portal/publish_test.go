package portal

import (
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stoa-portal/stoa/generator/internal/civil"
	"github.com/stoa-portal/stoa/generator/internal/config"
	"github.com/stoa-portal/stoa/generator/internal/content"
)

// TestPublished: who is published, who is listed, and what is said about it.
func TestPublished(t *testing.T) {
	const readable = ", so the profile is not published; in a public repository the file itself stays readable\n"
	for name, row := range map[string]struct {
		config, profile string
		published       bool
		listed          bool
		overdue         bool
		said            string
	}{
		"plain":             {published: true, listed: true},
		"unlisted":          {profile: `visibility = "unlisted"`, published: true},
		"hidden":            {profile: `visibility = "hidden"`, said: `:2:14: warning: visibility is "hidden"` + readable},
		"hidden before all": {config: "[privacy]\nrequire_consent = true", profile: "visibility = \"hidden\"\nexpires = 2020-01-01", said: `:2:14: warning: visibility is "hidden"` + readable},

		"consent required":            {config: "[privacy]\nrequire_consent = true", said: ":1:1: warning: there is no consent to publish (the site requires [consent] publish = true)" + readable},
		"consent required, other":     {config: "[privacy]\nrequire_consent = true", profile: "[consent]\nphoto = true", said: ":2:2: warning: there is no consent to publish (the site requires [consent] publish = true)" + readable},
		"consent given":               {config: "[privacy]\nrequire_consent = true", profile: "[consent]\npublish = true", published: true, listed: true},
		"consent refused":             {config: "[privacy]\nrequire_consent = true", profile: "[consent]\npublish = false", said: ":3:11: warning: consent.publish is false" + readable},
		"consent refused, not needed": {profile: "[consent]\npublish = false", said: ":3:11: warning: consent.publish is false" + readable},
		"consent recorded, no word":   {profile: "[consent]\ndate = 2026-01-01", published: true, listed: true},

		"expires tomorrow":  {profile: "expires = 2026-11-24", published: true, listed: true},
		"expires today":     {profile: "expires = 2026-11-23", published: true, listed: true, overdue: true, said: ":2:11: warning: the profile expired on 2026-11-23: ask the mentor to look at it, then move the date\n"},
		"expired, hide":     {config: "[review]\non_overdue = \"hide\"", profile: "expires = 2026-11-23", said: ":2:11: warning: the profile expired on 2026-11-23" + readable},
		"not expired, hide": {config: "[review]\non_overdue = \"hide\"", profile: "expires = 2026-11-24", published: true, listed: true},

		"reviewed a year ago":      {profile: "reviewed = 2025-11-23", published: true, listed: true},
		"reviewed longer ago":      {profile: "reviewed = 2025-11-22", published: true, listed: true, overdue: true, said: ":2:12: warning: nobody has read the profile over since 2025-11-22: ask the mentor to look at it, then set reviewed\n"},
		"joined long ago":          {profile: "joined = 2020-01-01", published: true, listed: true, overdue: true, said: ":1:1: warning: nobody has read the profile over since 2020-01-01: ask the mentor to look at it, then set reviewed\n"},
		"joined, then reviewed":    {profile: "joined = 2020-01-01\nreviewed = 2026-11-01", published: true, listed: true},
		"not reviewed, hide":       {config: "[review]\non_overdue = \"hide\"", profile: "reviewed = 2025-11-22", said: ":2:12: warning: nobody has read the profile over since 2025-11-22" + readable},
		"no day, hide":             {config: "[review]\non_overdue = \"hide\"", published: true, listed: true},
		"a shorter interval":       {config: "[review]\nevery = \"90 days\"", profile: "reviewed = 2026-08-24", published: true, listed: true, overdue: true, said: ":2:12: warning: nobody has read the profile over since 2026-08-24: ask the mentor to look at it, then set reviewed\n"},
		"never":                    {config: "[review]\nevery = \"never\"", profile: "reviewed = 1999-01-01", published: true, listed: true},
		"expired before due":       {profile: "expires = 2026-01-01\nreviewed = 2020-01-01", published: true, listed: true, overdue: true, said: ":2:11: warning: the profile expired on 2026-01-01: ask the mentor to look at it, then move the date\n"},
		"full, shown":              {profile: "[availability]\nstatus = \"full\"", published: true, listed: true},
		"full, not in lists":       {config: "[directory]\nhide_unavailable = true", profile: "[availability]\nstatus = \"full\"", published: true},
		"on leave, not in lists":   {config: "[directory]\nhide_unavailable = true", profile: "[availability]\nfrom = 2027-01-01", published: true},
		"waiting list, in lists":   {config: "[directory]\nhide_unavailable = true", profile: "[availability]\nstatus = \"waitlist\"", published: true, listed: true},
		"private visibility":       {profile: "visibility = \"unlisted\"\nprivate = [\"visibility\"]", published: true},
		"hidden by a private list": {profile: "visibility = \"hidden\"\nprivate = [\"visibility\"]", said: `:2:14: warning: visibility is "hidden"` + readable},
	} {
		p, problems := look(t, "-- config.toml --\n"+row.config+"\n-- mentors/ana.toml --\nname = \"Ana\"\n"+row.profile+"\n")
		want := row.said
		if want != "" {
			want = "content/mentors/ana.toml" + want
		}
		if got := said(problems); got != want {
			t.Errorf("%s: said\n%swant\n%s", name, got, want)
		}
		if got := len(p.Mentors) == 1; got != row.published {
			t.Errorf("%s: published %v", name, got)
			continue
		}
		if got := len(p.Listed) == 1; got != row.listed {
			t.Errorf("%s: listed %v", name, got)
		}
		if row.published && p.Mentors[0].Overdue != row.overdue {
			t.Errorf("%s: overdue %v", name, p.Mentors[0].Overdue)
		}
	}
}

// TestUnpublishedIsGone: a profile that is not published is in nothing that other rooms read.
func TestUnpublishedIsGone(t *testing.T) {
	p, _ := look(t, `
-- programs/peer.toml --
title = "Peer"
-- mentors/a.toml --
name = "A"
bio = "[What I do](a.pdf)"
skills = ["go"]
programs = ["peer"]
-- mentors/b.toml --
name = "B"
skills = ["go", "SECRET"]
programs = ["peer"]
visibility = "hidden"
-- mentors/b.pdf --
SECRET
-- mentors/a.pdf --
A.
-- mentors/a-signed.pdf --
SECRET
-- mentors/c.toml --
name = "C"
skills = ["go", "rust"]
programs = ["peer"]
visibility = "unlisted"
`)
	if got := ids(p.Mentors) + "/" + ids(p.Listed) + "/" + ids(p.Program("peer").Mentors); got != "a c/a/a" {
		t.Errorf("published/listed/in the program: %s", got)
	}
	if got := terms(p.Facet("skills"), "en"); got != "go=go(a)" {
		t.Errorf("skills %s", got)
	}
	if p.Term("skills", "SECRET") != nil {
		t.Error("a hidden mentor's skill can be found")
	}
	if len(p.Assets) != 1 || p.Assets[0] != "content/mentors/a.pdf" {
		t.Errorf("published files %v", p.Assets)
	}
	for _, m := range p.Mentors {
		if len(m.Related) > 0 {
			t.Errorf("%s is like %s", m.ID, ids(m.Related))
		}
	}
}

// TestPhotoConsent: a profile that records consent, or a site that requires it, shows only
// the photo that was agreed to.
func TestPhotoConsent(t *testing.T) {
	for name, row := range map[string]struct {
		config, profile string
		shown           bool
	}{
		"nothing recorded":        {"", "", true},
		"agreed":                  {"", "[consent]\npublish = true\nphoto = true", true},
		"agreed to the text only": {"", "[consent]\npublish = true", false},
		"a date only":             {"", "[consent]\ndate = 2026-01-01", false},
		"required and agreed":     {"[privacy]\nrequire_consent = true", "[consent]\npublish = true\nphoto = true", true},
		"required, not agreed":    {"[privacy]\nrequire_consent = true", "[consent]\npublish = true", false},
		"private":                 {"", `private = ["photo"]`, false},
		"omitted":                 {"[privacy]\nomit = [\"photo\"]", "", false},
	} {
		c, problems := config.Load([]byte("title = \"T\"\n"+row.config+"\n"), "config.toml")
		all, more := content.Load(fstest.MapFS{
			"content/mentors/ana.toml": {Data: []byte("name = \"Ana\"\n" + row.profile + "\n")},
			"content/mentors/ana.jpg":  {Data: []byte("jpeg")},
		}, content.Options{Languages: c.Tags(), Default: "en"})
		problems.Add(more)
		p, more := New(c, all, Options{Today: testDay})
		problems.Add(more)
		if problems.Errors() > 0 || len(p.Mentors) != 1 {
			t.Fatalf("%s: %v", name, problems)
		}
		if got := p.Mentors[0].Photo != ""; got != row.shown {
			t.Errorf("%s: photo %q", name, p.Mentors[0].Photo)
		}
	}
}

// crowd is many mentors, some of whom cannot be asked.
func crowd() string {
	var b strings.Builder
	for _, name := range []string{"Ångström", "Zoë", "zacharias", "Ömer", "Olga", "Álvaro", "Ana", "Bo", "Chen", "Dmitri", "Eva", "Fatou"} {
		id := strings.NewReplacer("å", "a", "ö", "o", "ë", "e", "á", "a").Replace(strings.ToLower(name))
		b.WriteString("-- mentors/" + id + ".toml --\nname = \"" + name + "\"\n")
		switch id {
		case "eva":
			b.WriteString("joined = 2026-11-02\n[availability]\nstatus = \"full\"\n")
		case "chen":
			b.WriteString("joined = 2026-11-03\n[availability]\nstatus = \"waitlist\"\n")
		case "bo":
			b.WriteString("[availability]\nstatus = \"paused\"\n")
		case "olga":
			b.WriteString("joined = 2026-11-03\nsort_name = \"Aaberg, Olga\"\n")
		}
	}
	return b.String()
}

// TestFairOrder: those who can be asked come first, everybody's place changes with the week
// and not within it, and who else is there does not matter.
func TestFairOrder(t *testing.T) {
	order := func(archive, day string) string {
		today, err := civil.Parse(day)
		if err != nil {
			t.Fatal(err)
		}
		p, _ := lookOn(t, archive, Options{Today: today})
		return ids(p.Listed)
	}
	monday := order(crowd(), "2026-11-23")
	if !strings.HasSuffix(monday, " chen eva bo") {
		t.Errorf("those who cannot be asked, or not at once, are not the last: %s", monday)
	}
	for _, day := range []string{"2026-11-24", "2026-11-29"} {
		if got := order(crowd(), day); got != monday {
			t.Errorf("the order of %s is not that of its Monday: %s, %s", day, got, monday)
		}
	}
	seen := map[string]bool{monday: true}
	for day := testDay.AddDays(7); day.Before(testDay.AddDays(70)); day = day.AddDays(7) {
		seen[order(crowd(), day.String())] = true
	}
	if len(seen) < 9 {
		t.Errorf("ten weeks have %d orders", len(seen))
	}
	// The last days of 2026 are in the first week of no other year.
	if order(crowd(), "2026-12-31") != order(crowd(), "2027-01-03") || order(crowd(), "2027-01-03") == order(crowd(), "2027-01-04") {
		t.Error("the week of New Year is not one week")
	}
	without := strings.Replace(crowd(), "-- mentors/dmitri.toml --", "-- goals/dmitri.toml --", 1)
	without = strings.Replace(without, "name = \"Dmitri\"", "title = \"Dmitri\"", 1)
	if got, want := order(without, "2026-11-23"), strings.Join(strings.Fields(strings.Replace(monday, "dmitri", "", 1)), " "); got != want {
		t.Errorf("without one of them the others changed places: %s, want %s", got, want)
	}
}

func TestOtherOrders(t *testing.T) {
	for name, row := range map[string]struct{ config, want string }{
		"by name":           {"[directory]\norder = \"name\"", "olga alvaro ana angstrom bo chen dmitri eva fatou omer zacharias zoe"},
		"by name, Swedish":  {"language = \"sv\"\n[directory]\norder = \"name\"", "olga alvaro ana bo chen dmitri eva fatou zacharias zoe angstrom omer"},
		"newest, then name": {"[directory]\norder = \"newest\"", "olga chen eva alvaro ana angstrom bo dmitri fatou omer zacharias zoe"},
	} {
		p, _ := look(t, "-- config.toml --\n"+row.config+"\n"+crowd())
		if got := ids(p.Listed); got != row.want {
			t.Errorf("%s: %s, want %s", name, got, row.want)
		}
	}
}
