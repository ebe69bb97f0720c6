package check

import (
	"strings"
	"testing"
	"testing/fstest"

	"golang.org/x/tools/txtar"

	"github.com/stoa-portal/stoa/generator/internal/civil"
	"github.com/stoa-portal/stoa/generator/internal/config"
	"github.com/stoa-portal/stoa/generator/internal/content"
	"github.com/stoa-portal/stoa/generator/internal/portal"
)

// advice is what is said of a site given as a txtar archive, whose names leave off
// content/, one problem a line.
func advice(t *testing.T, archive string) string {
	t.Helper()
	settings, files := []byte("title = \"T\"\n"), fstest.MapFS{"content/index.md": {Data: []byte("Welcome.\n")}}
	for _, f := range txtar.Parse([]byte(archive)).Files {
		if f.Name == "config.toml" {
			settings = append(settings, f.Data...)
		} else {
			files["content/"+f.Name] = &fstest.MapFile{Data: f.Data}
		}
	}
	c, problems := config.Load(settings, "config.toml")
	all, more := content.Load(files, content.Options{Languages: c.Tags(), Default: string(c.Language), Fields: c.ProfileFields()})
	problems.Add(more)
	p, more := portal.New(c, all, portal.Options{Today: civil.Of(2026, 11, 23)})
	problems.Add(more)
	if problems.Errors() > 0 {
		t.Fatal(problems)
	}
	levels, more := LevelsOf(c)
	if len(more) > 0 {
		t.Fatal(more)
	}
	var b strings.Builder
	if err := Portal(p, levels).WriteText(&b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestPhones(t *testing.T) {
	for text, want := range map[string]bool{
		"Call me: +34 600 123 456.":                     true,
		"+441632960961":                                 true,
		"(020) 7946 0958 in the evening":                true,
		"0911 / 12 34 567":                              true,
		"555-123-4567":                                  true,
		"(555) 123-4567":                                true,
		"Mobile 600 123 456":                            true,
		"WhatsApp: 600123456":                           true,
		"My tel. is 7946 0958":                          true,
		"In 2019-2023 I worked on 1,200 trees":          false,
		"from 01/02/2026 to 28/02/2026":                 false,
		"05.10.2026, 06.10.2026":                        false,
		"2026-10-12 2026-10-13":                         false,
		"ORCID 0000-0002-1825-0097":                     false,
		"https://orcid.org/0000-0002-1825-0097":         false,
		"ISBN 0-306-40615-2 and ISBN 978 0 306 40615 7": false,
		"doi 10.1000/0123456789":                        false,
		"https://example.org/0123456789":                false,
		"a grant of 12 000 000 000":                     false,
		"0 to 100 in 3.5 s":                             false,
		"I was born in 1980":                            false,
	} {
		if got := len(phonesIn(text)) > 0; got != want {
			t.Errorf("%q: %v", text, got)
		}
	}
}

// TestPrivacy: personal data is found in every text, with its place.
func TestPrivacy(t *testing.T) {
	const mail = "ana@example.org is published with this text; give it under [[channels]] instead, where public decides\n"
	for name, row := range map[string]struct{ archive, want string }{
		"clean": {"-- mentors/a.toml --\nname = \"A\"\nbio = \"I ride @ 5 km/h\"\n", ""},
		"bio":   {"-- mentors/a.toml --\nname = \"A\"\nbio = \"\"\"\nHello.\nWrite to ana@example.org or ana@example.org.\n\"\"\"\n", "content/mentors/a.toml:4:10: warning: " + mail},
		"bio with escapes": {"-- mentors/a.toml --\nname = \"A\"\nbio = \"Hello.\\n\\n\\\"ana@example.org\\\"\"\n",
			"content/mentors/a.toml:2:20: warning: " + mail},
		"headline":       {"-- mentors/a.toml --\nname = \"A\"\nheadline = \"ana@example.org\"\n", "content/mentors/a.toml:2:13: warning: " + mail},
		"name":           {"-- mentors/a.toml --\nname = \"A <ana@example.org>\"\n", "content/mentors/a.toml:1:12: warning: " + mail},
		"note":           {"-- mentors/a.toml --\nname = \"A\"\n[availability]\nnote = \"ana@example.org\"\n", "content/mentors/a.toml:3:9: warning: " + mail},
		"testimonial":    {"-- mentors/a.toml --\nname = \"A\"\n[[testimonials]]\ntext = \"x\"\nby = \"ana@example.org\"\nconsent = true\n", "content/mentors/a.toml:4:7: warning: " + mail},
		"not published":  {"-- mentors/a.toml --\nname = \"A\"\nprivate = [\"bio\"]\nbio = \"ana@example.org\"\n", ""},
		"hidden":         {"-- mentors/a.toml --\nname = \"A\"\nvisibility = \"hidden\"\nbio = \"ana@example.org\"\n", ""},
		"channel":        {"-- config.toml --\n[privacy]\nshow_email = true\n-- mentors/a.toml --\nname = \"A\"\n[[channels]]\ntype = \"email\"\npublic = true\nvalue = \"ana@example.org\"\n", ""},
		"link":           {"-- mentors/a.toml --\nname = \"A\"\n[[resources]]\ntitle = \"x\"\nurl = \"mailto:ana@example.org\"\n", "content/mentors/a.toml:4:15: warning: " + mail},
		"own field":      {"-- config.toml --\n[fields.desk]\n-- mentors/a.toml --\nname = \"A\"\n[fields]\ndesk = \"ana@example.org\"\n", "content/mentors/a.toml:3:9: warning: " + mail},
		"a skill":        {"-- mentors/a.toml --\nname = \"A\"\nskills = [\"go\", \"ana@example.org\"]\n", "content/mentors/a.toml:2:18: warning: " + mail},
		"a translation":  {"-- config.toml --\n[languages.es]\n-- mentors/a.toml --\nname = \"A\"\nbio = \"x\"\n-- mentors/a.es.toml --\nbio = \"ana@example.org\"\n", "content/mentors/a.es.toml:1:8: warning: " + mail},
		"once, not each": {"-- config.toml --\n[languages.es]\n-- mentors/a.toml --\nname = \"A\"\nbio = \"ana@example.org\"\n-- mentors/a.es.toml --\nheadline = \"x\"\n", "content/mentors/a.toml:2:8: warning: " + mail},
		"a guide":        {"-- guides/a.md --\n# A\n\nSay.\n\nWrite to ana@example.org or OFFICE@example.org.\n", "content/guides/a.md:5:10: warning: ana@example.org is published with this text; an office's address is known as such when config.toml or a program's contacts give it, a person's does not belong here\n"},
		"a contact":      {"-- mentors/a.toml --\nname = \"A\"\nprograms = [\"p\"]\n-- programs/p.toml --\ntitle = \"P\"\nbody = \"Write to bo@example.org.\"\n[[contacts]]\nname = \"Bo\"\nemail = \"bo@example.org\"\n", ""},
		"a line of help": {"-- guides/a.md --\n# A\n\nCall +34 600 123 456 at night.\n", ""},
		"two of a kind": {"-- mentors/a.toml --\nname = \"A\"\nbio = \"+34 600 123 456, bo@example.org\"\n",
			"content/mentors/a.toml:2:8: warning: a telephone number seems to be published with this text; give it under [[channels]] instead, where public decides\n" +
				"content/mentors/a.toml:2:25: warning: " + strings.Replace(mail, "ana@", "bo@", 1)},
	} {
		archive := row.archive
		if strings.Contains(archive, "config.toml") {
			archive = strings.Replace(archive, "config.toml --\n", "config.toml --\nrequest = { method = \"email\", address = \"office@example.org\" }\n", 1)
		} else {
			archive = "-- config.toml --\nrequest = { method = \"email\", address = \"office@example.org\" }\n" + archive
		}
		if got := advice(t, archive); got != row.want {
			t.Errorf("%s: said\n%swant\n%s", name, got, row.want)
		}
	}
}

func TestHealth(t *testing.T) {
	const ask = "-- config.toml --\nrequest = { method = \"email\", address = \"office@example.org\" }\n"
	for name, row := range map[string]struct{ archive, want string }{
		"nothing":         {"", ""},
		"no way to ask":   {"-- config.toml --\n[request]\nmin_words = 20\n-- mentors/a.toml --\nname = \"A\"\n", "config.toml:2:2: warning: visitors read profiles and have no way to ask: set [request] method\n"},
		"a way of theirs": {"-- config.toml --\n[request]\norigins = [\"https://a.example\"]\n-- mentors/a.toml --\nname = \"A\"\n[request]\nurl = \"https://a.example/\"\n", ""},
		"nobody":          {ask + "-- mentors/a.toml --\nname = \"A\"\n[availability]\nstatus = \"full\"\n", "content/mentors: warning: no mentor can be asked today\n"},
		"a program of nobody": {ask + "-- mentors/a.toml --\nname = \"A\"\n-- programs/peer.toml --\ntitle = \"Peer\"\n",
			"content/programs/peer.toml:1:9: warning: no mentor is listed with this program: add its id to programs = […] in their profiles\n"},
		"only programs": {ask + "-- programs/peer.toml --\ntitle = \"Peer\"\n", ""},
		"a program gone by": {ask + "-- programs/peer.toml --\ntitle = \"Peer\"\nkind = \"cohort\"\n[[cohorts]]\nid = \"a\"\nends = 2026-11-22\n",
			"content/programs/peer.toml:3:3: warning: every cohort of this program is over: add the next one, or take the program out\n"},
		"a program that ends today": {ask + "-- programs/peer.toml --\ntitle = \"Peer\"\n[[cohorts]]\nid = \"a\"\nends = 2026-11-23\n", ""},
		"a photo without consent": {ask + "-- mentors/a.jpg --\n-- mentors/a.toml --\nname = \"A\"\n[consent]\npublish = true\n",
			"content/mentors/a.toml:2:2: warning: the photo is not published: it needs photo = true under [consent], when the mentor agrees\n"},
		"a photo kept back":     {ask + "-- mentors/a.jpg --\n-- mentors/a.toml --\nname = \"A\"\nprivate = [\"photo\"]\n", ""},
		"a photo of the hidden": {ask + "-- mentors/a.jpg --\n-- mentors/a.toml --\nname = \"A\"\nvisibility = \"hidden\"\n", ""},
	} {
		if got := advice(t, row.archive); got != row.want {
			t.Errorf("%s: said\n%swant\n%s", name, got, row.want)
		}
	}
}
