package roster

import (
	"bytes"
	"encoding/csv"
	"maps"
	"strings"
	"testing"
)

const wide = `# A note that stays.
name = "=Ana; \\ \"D\""
headline = "+49 is no formula"
pronouns = "-"
sector = "'=x & <b>y</b> &amp;"
bio = """
One.

- two; *three*
"""
skills = ["C; C++", "a\\b", "Python"] # in this order
languages = ["en", "lv"]
featured = true
private = ["location"]

[location]
city = "@home"

[availability]
status = "open"
hours_per_month = 2.5
months = [1, 2]
until = 2027-01-31

[[links]]
label = "-x"
url = "https://example.org/a"

[[links]]
url = "https://example.org/b"
kind = "orcid"

[[channels]]
type = "email"
value = "ana@example.org"

[consent]
publish = true
date = 2026-01-02

[fields]
college = "North"

[extra]
free = { a = [1, "b"], c = true }
"plain key" = "x"
`

func exported(t *testing.T, p *portal, format string) string {
	t.Helper()
	var b bytes.Buffer
	if err := Export(&b, p.in(), format); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func widePortal(t *testing.T) *portal {
	p := newPortal(t, "")
	p.put("content/mentors/ana.toml", wide)
	p.put("content/mentors/ana.es.toml", "headline = \"Hola\"\n")
	p.put("content/mentors/ben.toml", "name = 'Ben'\nvisibility = \"hidden\"\n")
	return p
}

// TestExportIsLossless: an export taken back changes nothing, and into an empty site JSON makes
// the same files, CSV the same values.
func TestExportIsLossless(t *testing.T) {
	for _, format := range []string{"csv", "json"} {
		p := widePortal(t)
		source := Source{Name: "export." + format, Data: []byte(exported(t, p, format))}
		before := p.snapshot()
		if report := p.must(source); report.Rows != 2 || report.Same != 2 || !maps.Equal(before, p.snapshot()) {
			t.Errorf("%s: %+v", format, report)
		}
		empty := newPortal(t, "")
		empty.must(source)
		if again := exported(t, empty, format); format == "json" && again != string(source.Data) || strings.Count(again, "\n") != strings.Count(string(source.Data), "\n") {
			t.Errorf("%s: of what was imported, the export is\n%s\nand was\n%s", format, again, source.Data)
		}
		for path, text := range before {
			if format == "json" && empty.read(path) != text {
				t.Errorf("%s is\n%s\nand was\n%s", path, empty.read(path), text)
			}
		}
		if empty.read(StateFile) != "" {
			t.Error("an export became rows to remember")
		}
		ours, theirs := newRun(p.in()), newRun(empty.in())
		a, _ := ours.open("ana")
		b, _ := theirs.open("ana")
		if !ours.sameValues(ours.flat(a.Values()), theirs.flat(b.Values())) {
			t.Errorf("%s: the values are\n%s", format, empty.mentor("ana"))
		}
	}
}

func TestExportedSheet(t *testing.T) {
	p := widePortal(t)
	text := exported(t, p, "csv")
	if !strings.HasPrefix(text, "\uFEFFid,name,pronouns,headline,sector,bio,skills,location.city,languages,channels.1.type,channels.1.value,availability.status,") {
		t.Error(text)
	}
	records, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(text, "\uFEFF"))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	row := map[string]string{}
	for i, column := range records[0] {
		row[column] = records[1][i]
	}
	for column, want := range map[string]string{
		"name": `'=Ana; \ "D"`, "headline": "'+49 is no formula", "location.city": "'@home", "links.1.label": "'-x", "skills": `C\; C++; a\\b; Python`,
		"links.2.kind": "orcid", "availability.months": "1; 2", "availability.until": "2027-01-31", "extra": `{"free":{"a":[1,"b"],"c":true},"plain key":"x"}`,
		"consent.publish": "true", "fields.college": "North",
	} {
		if row[column] != want {
			t.Errorf("%s is %q, not %q", column, row[column], want)
		}
	}

	// What is changed in it comes in, and only that; what was changed in the file since is not
	// overwritten.
	changed := strings.Replace(text, "https://example.org/b", "https://example.org/c", 1)
	changed = strings.Replace(changed, "'+49 is no formula", "New", 1)
	p.must(Source{Name: "export.csv", Data: []byte(changed)})
	want := strings.Replace(strings.Replace(wide, "https://example.org/b", "https://example.org/c", 1), "+49 is no formula", "New", 1)
	p.wantMentor("ana", want)
	p.put("content/mentors/ana.toml", strings.Replace(want, "\"New\"", "\"Newer\"", 1))
	_, problems := p.imports(Source{Name: "export.csv", Data: []byte(changed)})
	if len(problems) != 1 || problems[0].Rule != "conflict" {
		t.Error(problems)
	}
}

func TestExportedJSON(t *testing.T) {
	p := widePortal(t)
	text := exported(t, p, "json")
	changed := strings.Replace(text, `"headline": "+49 is no formula"`, `"headline": "New"`, 1)
	p.put("content/mentors/ana.toml", strings.Replace(wide, "\"@home\"", "\"Riga\"", 1))
	p.must(Source{Name: "export.json", Data: []byte(changed)})
	p.wantMentor("ana", strings.NewReplacer("\"@home\"", "\"Riga\"", "\"+49 is no formula\"", "\"New\"").Replace(wide))
	for fault, want := range map[string]string{
		`{"stoa": "roster", "version": 2, "mentors": []}`:                                                     "x.json:1:1: the file was written by another version of Stoa",
		`{"stoa": "roster", "version": 1}`:                                                                    `x.json:1:1: the list "mentors" is missing`,
		`{"stoa": "roster", "version": 1, "mentors": [{"id": "../x", "values": {"name": "X"}}]}`:              `x.json:1:46: "id": "../x" is not a name made of small letters, digits and hyphens (did you mean "x"?)`,
		`{"stoa": "roster", "version": 1, "mentors": [{"id": "x", "values": {"name": "X", "headlin": "y"}}]}`: `x.json:1:93: profiles have no field "headlin" (did you mean "headline"?)`,
		`{"stoa": "roster", "version": 1, "mentors": [{"id": "x", "values": {}}]}`:                            `x.json:1:46: the profile has no name`,
	} {
		_, problems := p.imports(Source{Name: "x.json", Data: []byte(fault)})
		wantProblems(t, problems, want)
	}
}

func TestChanges(t *testing.T) {
	const mail = "Hello,\n\nplease change this:\n\n```json\n{\"stoa\": \"profile-change\", \"mentor\": \"ana\",\n \"set\": {\"headline\": \"New\", \"availability\": {\"status\": \"paused\", \"until\": \"2027-02-01\"}, \"bio\": null, \"skills\": [\"Go\"]},\n \"date\": \"2026-11-20\"}\n```\n\nThank you {sic}\n"
	p := widePortal(t)
	report := p.must(Source{Name: "-", Data: []byte(mail)})
	if report.Changed != 1 || report.Differences[0].Name != "=Ana; \\ \"D\"" {
		t.Errorf("%+v", report)
	}
	want := strings.NewReplacer("+49 is no formula", "New", "bio = \"\"\"\nOne.\n\n- two; *three*\n\"\"\"\n", "", `["C; C++", "a\\b", "Python"]`, `["Go"]`,
		`"open"`, `"paused"`, "2027-01-31", "2027-02-01", "featured = true", "reviewed = 2026-11-20\nfeatured = true").Replace(wide)
	p.wantMentor("ana", want)
	if report = p.must(Source{Name: "-", Data: []byte(mail)}); len(report.Files) > 0 {
		t.Errorf("%+v", report)
	}

	// What the mentor saw is not what is there any more.
	p = widePortal(t)
	_, problems := p.imports(Source{Name: "m.txt", Data: []byte(`{"stoa": "profile-change", "mentor": "ana", "set": {"headline": "New"}, "was": {"headline": "Old"}}`)})
	if len(problems) != 1 || problems[0].Rule != "conflict" || p.mentor("ana") != wide {
		t.Error(problems)
	}

	p.must(Source{Name: "m.txt", Data: []byte(`{"stoa": "profile-change", "mentor": "ana", "set": {"headline": "New"}, "was": {"headline": "+49 is no formula", "bio": "not looked at", "pronouns": "-"}}`)})
	p.wantMentor("ana", strings.Replace(wide, "+49 is no formula", "New", 1))
	p = widePortal(t)

	change := func(set string) string {
		return "\n {\"stoa\": \"profile-change\", \"mentor\": \"ana\", \"set\": " + set + "}"
	}
	for text, want := range map[string]string{
		change(`{"consent": {"publish": true}}`):        `m.txt:2:77: "consent.publish" is for the program to say, not for a change that a mentor sends: take it out`,
		change(`{"featured": true}`):                    `m.txt:2:66: "featured" is for the program to say, not for a change that a mentor sends: take it out`,
		change(`{"badges": []}`):                        `m.txt:2:64: "badges" is for the program to say, not for a change that a mentor sends: take it out`,
		change(`{"visibility": "public"}`):              `m.txt:2:68: "visibility" is for the program to say, not for a change that a mentor sends: take it out`,
		change(`{"photo": {"src": "/x.jpg"}}`):          `m.txt:2:71: "photo.src" is for the program to say, not for a change that a mentor sends: take it out`,
		change(`{"headlin": "x"}`):                      `m.txt:2:65: profiles have no field "headlin" (did you mean "headline"?)`,
		strings.Replace(change(`{}`), "ana", "anna", 1): `m.txt:2:2: there is no mentor "anna" (did you mean "ana"?)`,
	} {
		_, problems := p.imports(Source{Name: "m.txt", Data: []byte(text)})
		wantProblems(t, problems, want)
	}
	_, problems = p.imports(Source{Name: "m.txt", Data: []byte(change(`{"bio": "[x](javascript:alert(1))", "headline": "` + strings.Repeat("x", 200) + `"}`))})
	if len(problems) != 2 || problems.Errors() > 0 || p.mentor("ana") != wide {
		t.Error(problems)
	}
	if _, problems = p.imports(Source{Name: "m.txt", Data: []byte(change(`{"visibility": "hidden"}`))}); len(problems) > 0 || !strings.Contains(p.mentor("ana"), "visibility = \"hidden\"\n") {
		t.Error(problems)
	}
}

func TestPropose(t *testing.T) {
	p := newPortal(t, "")
	proposal, problems := Propose(p.in(csvSheet("Timestamp,E-mail,Full name,LinkedIn,Format,When did you join?,Shoe size\n13/01/2026 9:00,a@x.org,Ana,https://linkedin.example/a,Both,x,38\n14/01/2026 9:00,b@x.org,Ben,,Long-term,y,\n")))
	if proposal == nil {
		t.Fatal(problems)
	}
	for _, want := range []string{
		"\nkey = \"E-mail\"  # 95 % sure: every row has another e-mail address\n", "\ntime = \"Timestamp\"", "\ndates = \"day-first\"  # 100 % sure",
		"\n[columns]\nname = \"Full name\"  # 95 % sure", "\nformats = { column = \"Format\", values = { \"Both\" = [\"long-term\", \"ad-hoc\"] } }",
		"\n[[columns.links]]\nkind = { value = \"linkedin\" }\nurl = \"LinkedIn\"", "\n#? = \"Shoe size\"  # such as \"38\"\n",
	} {
		if !strings.Contains(string(proposal.Text), want) {
			t.Errorf("the proposal lacks %q:\n%s", want, proposal.Text)
		}
	}
	if strings.Contains(string(proposal.Text), "a@x.org") || proposal.Of != 7 || proposal.Found != 5 {
		t.Errorf("%+v\n%s", proposal, proposal.Text)
	}
	p.input.Map = proposal.Text
	p.must(csvSheet("Timestamp,E-mail,Full name,LinkedIn,Format\n13/01/2026 9:00,a@x.org,Ana,https://linkedin.example/a,Both\n"))
	if !strings.Contains(p.mentor("ana"), `formats = ["long-term", "ad-hoc"]`) {
		t.Error(p.mentor("ana"))
	}
}

// TestProposeAnswers: the answers to a form, one of whom answered twice.
func TestProposeAnswers(t *testing.T) {
	p := newPortal(t, "")
	proposal, problems := Propose(p.in(csvSheet("Timestamp,Name,Email address,Available from,Agree to publish\n1/13/2026 9:00,Ana,a@x.org,2026-12-01,Yes\n1/14/2026 9:00,Ben,b@x.org,,No\n1/15/2026 9:00,Ana,a@x.org,2026-12-02,Yes\n")))
	if proposal == nil {
		t.Fatal(problems)
	}
	for _, want := range []string{"\nkey = \"Email address\"  # 75 % sure", "\navailability.from = \"Available from\"", "\nconsent.publish = \"Agree to publish\""} {
		if !strings.Contains(string(proposal.Text), want) {
			t.Errorf("the proposal lacks %q:\n%s", want, proposal.Text)
		}
	}
}

// TestOwnColumns: a sheet whose columns are named as our fields needs no mapping.
func TestOwnColumns(t *testing.T) {
	p := newPortal(t, "")
	sheet := csvSheet("id,name,skills,availability.capacity,links.1.url\nana-d,Ana,\"Python, Go\",2,https://example.org/\n")
	p.must(sheet)
	p.wantMentor("ana-d", "name = \"Ana\"\nskills = [\"python\", \"Go\"]\n\n[availability]\ncapacity = 2\n\n[[links]]\nurl = \"https://example.org/\"\n")
	if report := p.must(sheet); len(report.Files) > 0 || p.files[StateFile] == nil {
		t.Errorf("%+v", report)
	}
	_, problems := newPortal(t, "").imports(csvSheet("id,name,Skillz\n1,Ana,x\n"))
	wantProblems(t, problems, "sheet.csv: there is no import.toml that says which columns are which fields: stoa import sheet.csv --propose-map writes one")
}
