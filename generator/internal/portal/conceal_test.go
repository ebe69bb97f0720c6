package portal

import (
	"encoding/json"
	"strings"
	"testing"
)

// published is everything of a profile that other rooms see, in every language.
func published(t *testing.T, m *Mentor) string {
	t.Helper()
	values := []any{m.Value, m.Availability, m.Photo}
	for _, translation := range m.Translations {
		values = append(values, translation.Value)
	}
	text, err := json.Marshal(values)
	if err != nil {
		t.Fatal(err)
	}
	for _, terms := range m.terms {
		for _, term := range terms {
			text = append(text, term.Label("en")+" "+term.Label("es")+" "+term.ID+"\n"...)
		}
	}
	return strings.ToUpper(string(text))
}

// TestConceal: what the mentor or the site keeps back is nowhere in what other rooms get, and
// the rest is still there. The secret is the word SECRET.
func TestConceal(t *testing.T) {
	const languages = "[languages.es]\n"
	for name, row := range map[string]struct{ config, profile, translation string }{
		"a field":                  {"", "private = [\"bio\"]\nbio = \"SECRET\"", ""},
		"a field the site omits":   {"[privacy]\nomit = [\"sector\"]", `sector = "SECRET"`, ""},
		"a nested field":           {"", "private = [\"location.city\"]\nlocation = { city = \"SECRET\", country = \"ES\" }", ""},
		"a table":                  {"", "private = [\"location\"]\nlocation = { city = \"SECRET\", region = \"SECRET\" }", ""},
		"a list":                   {"", "private = [\"skills\"]\nskills = [\"SECRET\"]", ""},
		"a list of tables":         {"", "private = [\"links\"]\n[[links]]\nurl = \"https://secret.example.org/\"", ""},
		"own field":                {"[fields.college]\nfacet = true", "private = [\"fields.college\"]\n[fields]\ncollege = \"SECRET\"", ""},
		"own field the site omits": {"[privacy]\nomit = [\"fields.college\"]\n[fields.college]\nfacet = true", "[fields]\ncollege = \"SECRET\"", ""},
		"own field not public":     {"[fields.college]\npublic = false", "[fields]\ncollege = \"SECRET\"", "[fields]\ncollege = \"SECRET\""},
		"extra":                    {"", "private = [\"extra.shoe\"]\n[extra]\nshoe = \"SECRET\"", "[extra]\nshoe = \"SECRET\""},
		"only in a translation":    {"", `private = ["headline"]`, `headline = "SECRET"`},
		"nested in a translation":  {"", `private = ["location.city"]`, "[location]\ncity = \"SECRET\""},
		"free text as a facet":     {"[privacy]\nomit = [\"department\"]", `department = "SECRET"`, `department = "SECRET"`},
		"channel":                  {"", "[[channels]]\ntype = \"phone\"\nvalue = \"SECRET\"", ""},
		"e-mail, not public":       {"[privacy]\nshow_email = true", "[[channels]]\ntype = \"email\"\nvalue = \"secret@example.org\"", ""},
		"e-mail, site says no":     {"", "[[channels]]\ntype = \"E-Mail\"\npublic = true\nvalue = \"secret@example.org\"", ""},
		"e-mail by another name":   {"", "[[channels]]\ntype = \"contact\"\npublic = true\nvalue = \"secret@example.org\"", ""},
		"mailto":                   {"", "[[channels]]\ntype = \"web\"\npublic = true\nvalue = \"mailto:secret@example.org\"", ""},
		"testimonial":              {"", "[[testimonials]]\ntext = \"SECRET\"", ""},
		"several":                  {"[privacy]\nomit = [\"sector\"]", "sector = \"SECRET\"\nbio = \"SECRET\"\nprivate = [\"bio\", \"photo.credit\"]\nphoto = { credit = \"SECRET\" }", ""},
	} {
		archive := "-- config.toml --\n" + languages + row.config + "\n-- mentors/ana.toml --\nname = \"Ana\"\ntitle = \"Chemist\"\n" + row.profile + "\n"
		if row.translation != "" {
			archive += "-- mentors/ana.es.toml --\n" + row.translation + "\n"
		}
		p, problems := look(t, archive)
		if problems.Errors() > 0 || len(p.Mentors) != 1 {
			t.Errorf("%s: %s", name, said(problems))
			continue
		}
		text := published(t, p.Mentors[0])
		if strings.Contains(text, "SECRET") {
			t.Errorf("%s: published in\n%s", name, text)
		}
		if !strings.Contains(text, "CHEMIST") {
			t.Errorf("%s: the rest is gone, too", name)
		}
		if read, _ := json.Marshal(p.Content.Mentors[0].Value); !strings.Contains(strings.ToUpper(string(read)), "SECRET") && row.translation == "" {
			t.Errorf("%s: the record that was read was changed", name)
		}
	}
}

// TestShown: what may be published is.
func TestShown(t *testing.T) {
	for name, row := range map[string]struct{ config, profile string }{
		"public channel":          {"", "[[channels]]\ntype = \"phone\"\npublic = true\nvalue = \"SHOWN\""},
		"e-mail, both switches":   {"[privacy]\nshow_email = true", "[[channels]]\ntype = \"email\"\npublic = true\nvalue = \"shown@example.org\""},
		"mastodon is no e-mail":   {"", "[[channels]]\ntype = \"mastodon\"\npublic = true\nvalue = \"@shown@example.org\""},
		"agreed testimonial":      {"", "[[testimonials]]\ntext = \"SHOWN\"\nconsent = true"},
		"sibling of a nested key": {"", "private = [\"location.city\"]\nlocation = { city = \"X\", region = \"SHOWN\" }"},
		"sibling own field":       {"[fields.a]\n[fields.b]", "private = [\"fields.a\"]\n[fields]\na = \"X\"\nb = \"SHOWN\""},
	} {
		p, problems := look(t, "-- config.toml --\n"+row.config+"\n-- mentors/ana.toml --\nname = \"Ana\"\n"+row.profile+"\n")
		if problems.Errors() > 0 || !strings.Contains(published(t, p.Mentors[0]), "SHOWN") {
			t.Errorf("%s is not published: %s", name, said(problems))
		}
	}
}

// TestKeptBackNames: a name that keeps nothing back is an error, with what was meant.
func TestKeptBackNames(t *testing.T) {
	for name, want := range map[string]string{
		"departement":    `there is no field "departement" (did you mean "department"?)`,
		"city":           `there is no field "city" (did you mean "location.city"?)`,
		"college":        `there is no field "college" (did you mean "fields.college"?)`,
		"fields.colege":  `the site has no own field "colege" (did you mean "college"?)`,
		"extra.shoe":     `there is no "shoe" under [extra]`,
		"links.url":      `there is no field "links.url"; "links" can be kept back as a whole`,
		"location.citty": `there is no field "location.citty" (did you mean "location.city"?); "location" can be kept back as a whole`,
		"name":           `the name cannot be private: use visibility = "hidden" to take the profile off the site`,
	} {
		_, problems := look(t, "-- config.toml --\n[fields.college]\n-- mentors/ana.toml --\nname = \"Ana\"\nprivate = [\"bio\", \""+name+"\"]\n")
		expect(t, problems, "content/mentors/ana.toml:2:19: "+want+"\n")
	}
	_, problems := look(t, "-- config.toml --\n[privacy]\nomit = [\"bio\", \"setcor\", \"extra.any\", \"name\"]\n")
	expect(t, problems, `
config.toml:3:16: there is no field "setcor" (did you mean "sector"?)
config.toml:3:39: the name cannot be left out of a profile
`)
}

func TestRequestOrigins(t *testing.T) {
	p, problems := look(t, `
-- config.toml --
[request]
origins = ["https://calendar.example.org", "forms.example.edu", "*.booking.example"]
-- mentors/a.toml --
name = "A"
[request]
url = "https://evil.example/ask"
calendar_url = "https://calendar.example.org/a"
`)
	expect(t, problems, "content/mentors/a.toml:3:7: warning: this link is not shown: config.toml does not list https://evil.example in [request] origins\n")
	for address, want := range map[string]bool{
		"https://calendar.example.org/x":            true,
		"https://CALENDAR.example.org:443/x":        true,
		"https://forms.example.edu/":                true,
		"https://a.booking.example/":                true,
		"https://booking.example/":                  false,
		"http://calendar.example.org/":              false,
		"https://calendar.example.org.evil.example": false,
		"https://calendar.example.org:8443/":        false,
		"https://evil.example/calendar.example.org": false,
		"https://evilbooking.example/":              false,
		"":                                          false,
		"javascript:alert(1)":                       false,
	} {
		if got := p.MayAsk(address); got != want {
			t.Errorf("MayAsk(%q) = %v", address, got)
		}
	}
}
