package roster

import (
	"io/fs"
	"maps"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stoa-portal/stoa/generator/internal/civil"
	"github.com/stoa-portal/stoa/generator/internal/config"
	"github.com/stoa-portal/stoa/generator/internal/content"
	"github.com/stoa-portal/stoa/generator/internal/diag"
)

const secret = "a secret of some length"

// A portal is a site in memory into which sheets are imported.
type portal struct {
	t     *testing.T
	files fstest.MapFS
	input Input // what every import is given besides
}

func newPortal(t *testing.T, mapping string) *portal {
	p := &portal{t: t, files: fstest.MapFS{}}
	if mapping != "" {
		p.input.Map = []byte(mapping)
	}
	p.input.Secret = secret
	p.input.Today = civil.Of(2026, 11, 23)
	p.put("config.toml", "title = \"T\"\n[fields.college]\ntype = \"text\"\n[fields.desk]\npublic = false\n[languages.es]\n")
	p.put("content/vocabulary/skills.toml", "[[term]]\nid = \"python\"\nlabel = \"Python\"\n\n[[term]]\nid = \"javascript\"\nlabel = \"JavaScript\"\naliases = [\"JS\"]\n\n[[term]]\nid = \"data\"\nlabel = \"Data, models and code\"\n")
	return p
}

func (p *portal) put(path, text string) { p.files[path] = &fstest.MapFile{Data: []byte(text)} }

func (p *portal) read(path string) string {
	data, err := fs.ReadFile(p.files, path)
	if err != nil {
		return ""
	}
	return string(data)
}

func (p *portal) mentor(id string) string { return p.read(mentorsFolder + id + ".toml") }

func (p *portal) in(sources ...Source) Input {
	p.t.Helper()
	c, problems := config.Load([]byte(p.read("config.toml")), "config.toml")
	if problems.Errors() > 0 {
		p.t.Fatal(problems)
	}
	in := p.input
	in.Site, in.Config, in.Sources = p.files, c, sources
	in.Content, _ = content.Load(p.files, content.Options{Languages: c.Tags(), Default: "en", Fields: c.ProfileFields()})
	return in
}

// imports imports sheets, and writes what they change.
func (p *portal) imports(sources ...Source) (Report, diag.List) {
	p.t.Helper()
	result, problems := Import(p.in(sources...))
	if result == nil {
		return Report{}, problems
	}
	for path, data := range result.Files {
		p.files[path] = &fstest.MapFile{Data: data}
	}
	return result.Report, problems
}

// must imports sheets in which nothing is to be wrong.
func (p *portal) must(sources ...Source) Report {
	p.t.Helper()
	report, problems := p.imports(sources...)
	if len(problems) > 0 {
		p.t.Fatalf("%v", problems)
	}
	return report
}

func csvSheet(text string) Source { return Source{Name: "sheet.csv", Data: []byte(text)} }

func (p *portal) wantMentor(id, want string) {
	p.t.Helper()
	if got := p.mentor(id); got != want {
		p.t.Errorf("%s is\n%s\nwant\n%s", id, got, want)
	}
}

func (p *portal) snapshot() map[string]string {
	all := map[string]string{}
	for path, f := range p.files {
		all[path] = string(f.Data)
	}
	return all
}

func wantProblems(t *testing.T, got diag.List, want ...string) {
	t.Helper()
	text := strings.Join(want, "\n")
	if got.Error() != text {
		t.Errorf("said\n%s\nwant\n%s", got.Error(), text)
	}
}

const people = "key = \"E-mail\"\n[columns]\nname = \"Name\"\ntitle = \"Job\"\nskills = \"Skills\"\nconsent.publish = \"Agree\"\nbio = \"Bio\"\n"

const header = "Name,E-mail,Job,Skills,Bio,Agree\n"

func TestImportTwice(t *testing.T) {
	p := newPortal(t, people)
	sheet := csvSheet(header + "Ana Díaz,ana@example.org,Engineer,\"python, JS; Rust\",Hello,yes\nLee,lee@example.org,,,,yes\n")
	report := p.must(sheet)
	if report.Added != 2 || len(report.Unknown) != 1 || report.Unknown[0].Word != "Rust" {
		t.Errorf("%+v", report)
	}
	p.wantMentor("ana-diaz", "name = \"Ana Díaz\"\ntitle = \"Engineer\"\nbio = \"Hello\"\nskills = [\"python\", \"javascript\", \"Rust\"]\n\n[consent]\npublish = true\n")
	if state := p.read(StateFile); strings.Contains(state, "@") || !strings.Contains(state, `"Engineer"`) || strings.Contains(state, "true") {
		t.Errorf("the state holds what it must not, or lacks what it should:\n%s", state)
	}
	before := p.snapshot()
	report = p.must(sheet)
	if report.Same != 2 || len(report.Files) != 0 || !maps.Equal(before, p.snapshot()) {
		t.Errorf("the second import changed something: %+v", report)
	}
}

func TestMerge(t *testing.T) {
	for name, row := range map[string]struct{ before, row, after, conflict string }{
		"only the sheet changed":        {"name = \"Ana\"\ntitle = \"Engineer\" # c\nskills = [\"python\"]\n", `Ana,a@x.org,Head,python,,yes`, "name = \"Ana\"\ntitle = \"Head\" # c\nskills = [\"python\"]\n", ""},
		"only the file changed":         {"name = \"Ana B.\"\ntitle = \"Boss\"\nskills = [\"python\"]\n", `Ana,a@x.org,Engineer,python,,yes`, "name = \"Ana B.\"\ntitle = \"Boss\"\nskills = [\"python\"]\n", ""},
		"both, to the same":             {"name = \"Ana\"\ntitle = \"Head\"\nskills = [\"python\"]\n", `Ana,a@x.org,Head,python,,yes`, "name = \"Ana\"\ntitle = \"Head\"\nskills = [\"python\"]\n", ""},
		"both, differently":             {"name = \"Ana\"\ntitle = \"Boss\"\nskills = [\"python\"]\n", `Ana,a@x.org,Head,python,,yes`, "name = \"Ana\"\ntitle = \"Boss\"\nskills = [\"python\"]\n", `sheet.csv:2:13: warning: title: the sheet says "Head", the profile "Boss", and both were changed: the profile stays as it is until one of them says what the other does (content/mentors/ana.toml)`},
		"taken out of the sheet":        {"name = \"Ana\"\ntitle = \"Engineer\" # c\nskills = [\"python\"]\n", `Ana,a@x.org,,python,,yes`, "name = \"Ana\"\n# c\nskills = [\"python\"]\n", ""},
		"taken out of the file":         {"name = \"Ana\"\nskills = [\"python\"]\n", `Ana,a@x.org,Engineer,python,,yes`, "name = \"Ana\"\nskills = [\"python\"]\n", ""},
		"a list on both sides":          {"name = \"Ana\"\ntitle = \"Engineer\"\nskills = [\"Go\", \"Python\"]\n", `Ana,a@x.org,Engineer,"python, JS",,yes`, "name = \"Ana\"\ntitle = \"Engineer\"\nskills = [\"Go\", \"Python\", \"javascript\"]\n", ""},
		"out of a list on both sides":   {"name = \"Ana\"\ntitle = \"Engineer\"\nskills = [\"Go\", \"python\"]\n", `Ana,a@x.org,Engineer,Rust,,yes`, "name = \"Ana\"\ntitle = \"Engineer\"\nskills = [\"Go\", \"Rust\"]\n", ""},
		"the same word spelt in ours":   {"name = \"Ana\"\ntitle = \"Engineer\"\nskills = [\"PYTHON\"]\n", `Ana,a@x.org,Engineer,"Python, JS",,yes`, "name = \"Ana\"\ntitle = \"Engineer\"\nskills = [\"PYTHON\", \"javascript\"]\n", ""},
		"what is not in the sheet":      {"name = \"Ana\"\ntitle = \"Engineer\"\npronouns = \"she\"\nskills = [\"python\"]\n[location]\ncity = \"Riga\"\n", `Ana,a@x.org,Head,python,,yes`, "name = \"Ana\"\ntitle = \"Head\"\npronouns = \"she\"\nskills = [\"python\"]\n[location]\ncity = \"Riga\"\n", ""},
		"what cannot be read, as it is": {"name = \"Ana\"\ntitle = \"Engineer\"\nskills = [\"python\"]\n", "Ana,a@x.org," + strings.Repeat("x", 121) + `,python,,yes`, "name = \"Ana\"\ntitle = \"Engineer\"\nskills = [\"python\"]\n", `sheet.csv:2:13: warning: column "Job": "title" has 121 characters; at most 120 fit; it is left out`},
	} {
		t.Run(name, func(t *testing.T) {
			p := newPortal(t, people)
			p.must(csvSheet(header + "Ana,a@x.org,Engineer,python,,yes\n"))
			p.put("content/mentors/ana.toml", row.before)
			for range 2 { // the second import says the same, and changes nothing more
				report, problems := p.imports(csvSheet(header + row.row + "\n"))
				p.wantMentor("ana", row.after)
				if row.conflict == "" {
					wantProblems(t, problems)
				} else {
					wantProblems(t, problems, row.conflict)
				}
				if row.before == row.after && report.Changed > 0 {
					t.Errorf("%+v", report)
				}
			}
		})
	}
}

func TestConsent(t *testing.T) {
	p := newPortal(t, people)
	if report := p.must(csvSheet(header + "Ana,a@x.org,,,,yes\nNo,n@x.org,,,,\n")); report.Added != 1 || report.Refused != 1 || p.mentor("no") != "" {
		t.Errorf("%+v", report)
	}
	first := p.mentor("ana")
	report, problems := p.imports(csvSheet(header + "Ana,a@x.org,,,,\nNo,n@x.org,,,,\n"))
	wantProblems(t, problems, `sheet.csv:2: warning: the row has no consent any more, so content/mentors/ana.toml is hidden (visibility = "hidden"); the file itself stays: delete it if it is not to be kept`)
	p.wantMentor("ana", "name = \"Ana\"\nvisibility = \"hidden\"\n\n[consent]\npublish = false\n")
	if report.Hidden != 1 {
		t.Errorf("%+v", report)
	}
	p.must(csvSheet(header + "Ana,a@x.org,,,,\n"))
	if report = p.must(csvSheet(header + "Ana,a@x.org,,,,yes\n")); report.Shown != 1 {
		t.Errorf("%+v", report)
	}
	p.wantMentor("ana", first)

	// A row that is gone, and comes back without consent, stays hidden for both reasons.
	other := "Lee,l@x.org,,,,yes\n"
	p.must(csvSheet(header + "Ana,a@x.org,,,,yes\n" + other))
	p.imports(csvSheet(header + other))
	p.wantMentor("ana", "name = \"Ana\"\nvisibility = \"hidden\"\n\n[consent]\npublish = true\n")
	p.imports(csvSheet(header + "Ana,a@x.org,,,,no\n" + other))
	p.wantMentor("ana", "name = \"Ana\"\nvisibility = \"hidden\"\n\n[consent]\npublish = false\n")
	p.must(csvSheet(header + "Ana,a@x.org,,,,yes\n" + other))
	p.wantMentor("ana", first)

	// Whom the coordinator has hidden or not consented for stays so.
	p.put("content/mentors/ana.toml", "name = \"Ana\"\nvisibility = \"hidden\"\n[consent]\npublish = false\n")
	p.must(csvSheet(header + "Ana,a@x.org,,,,yes\n" + other))
	p.wantMentor("ana", "name = \"Ana\"\nvisibility = \"hidden\"\n[consent]\npublish = false\n")

	// A profile that no import wrote is not taken for one that a row without consent speaks of.
	p.put("content/mentors/kim.toml", "name = \"Kim\"\n")
	_, problems = p.imports(csvSheet(header + "Ana,a@x.org,,,,yes\n" + other + "Kim,k@x.org,,,,no\n"))
	wantProblems(t, problems, "sheet.csv:4: warning: the row has no consent, and content/mentors/kim.toml is there, which no import wrote: look at its [consent]")
	p.wantMentor("kim", "name = \"Kim\"\n")
}

func TestGone(t *testing.T) {
	p := newPortal(t, people)
	all := header
	for _, name := range []string{"Ana", "Ben", "Cy", "Di", "Eve", "Flo", "Gus", "Hal", "Ina", "Jo"} {
		all += name + "," + name + "@x.org,,,,yes\n"
	}
	p.must(csvSheet(all))
	p.put("content/mentors/cy.toml", "name = \"Cy\"\nvisibility = \"unlisted\" # asked for\n")
	without := strings.Replace(strings.Replace(all, "Cy,Cy@x.org,,,,yes\n", "", 1), "Ben,Ben@x.org,,,,yes\n", "", 1)
	report, problems := p.imports(csvSheet(without))
	if report.Hidden != 2 || len(problems) != 2 || problems.Errors() > 0 {
		t.Errorf("%+v %v", report, problems)
	}
	p.wantMentor("cy", "name = \"Cy\"\nvisibility = \"hidden\" # asked for\n")
	if report = p.must(csvSheet(without)); report.Hidden != 0 || len(report.Files) > 0 {
		t.Errorf("%+v", report)
	}
	delete(p.files, "content/mentors/ben.toml") // gone on both sides: nothing stays behind
	p.must(csvSheet(without))
	if strings.Contains(p.read(StateFile), "ben") {
		t.Error(p.read(StateFile))
	}
	p.must(csvSheet(all))
	p.wantMentor("cy", "name = \"Cy\"\nvisibility = \"unlisted\" # asked for\n")

	before := p.snapshot()
	_, problems = p.imports(csvSheet(header + "Ana,Ana@x.org,,,,yes\n"))
	wantProblems(t, problems, `sheet.csv: 9 of the 10 rows of the last import are gone: the sheet may be incomplete, and nothing was done. If they are to be hidden, write gone = "hide-all" in import.toml for once`)
	if !maps.Equal(before, p.snapshot()) {
		t.Error("something was written")
	}
	p.input.Map = []byte("gone = \"hide-all\"\n" + people)
	if report, _ = p.imports(csvSheet(header + "Ana,Ana@x.org,,,,yes\n")); report.Hidden != 9 {
		t.Errorf("%+v", report)
	}
}

func TestDeletedFile(t *testing.T) {
	p := newPortal(t, people)
	sheet := csvSheet(header + "Ana,a@x.org,,,,yes\nLee,l@x.org,,,,yes\n")
	p.must(sheet)
	delete(p.files, "content/mentors/ana.toml")
	report, problems := p.imports(sheet)
	wantProblems(t, problems, `sheet.csv:2: warning: content/mentors/ana.toml was deleted, so the row is passed over from now on; to have the profile again, take its line out of "passed_over" in .stoa/roster.json`)
	if report.Passed != 1 || strings.Contains(p.read(StateFile), `"ana"`) {
		t.Errorf("%+v\n%s", report, p.read(StateFile))
	}
	if report = p.must(sheet); report.Passed != 1 || p.mentor("ana") != "" {
		t.Errorf("%+v", report)
	}
}

func TestIDs(t *testing.T) {
	p := newPortal(t, people)
	p.must(csvSheet(header + "José Ruiz,a@x.org,,,,yes\nJose Ruiz,b@x.org,,,,yes\nИван Петров,c@x.org,,,,yes\n陳 美玲,d@x.org,,,,yes\n"))
	for _, id := range []string{"jose-ruiz", "jose-ruiz-2", "иван-петров", "陳-美玲"} {
		if p.mentor(id) == "" {
			t.Errorf("there is no %s", id)
		}
	}
	// Another name and another order change no id.
	p.must(csvSheet(header + "Jose Ruiz,b@x.org,,,,yes\nPepe Ruiz,A@x.org,,,,yes\nИван Петров,c@x.org,,,,yes\n陳 美玲,d@x.org,,,,yes\n"))
	if !strings.Contains(p.mentor("jose-ruiz"), "Pepe") || p.mentor("pepe-ruiz") != "" {
		t.Error(p.mentor("jose-ruiz"))
	}
	p = newPortal(t, "id = \"Staff no.\"\nkey = \"Staff no.\"\n[columns]\nname = \"Name\"\n")
	p.input.Secret = ""
	p.must(csvSheet("Name,Staff no.\nAna,A 17\n"))
	p.wantMentor("a-17", "name = \"Ana\"\n")
}

func TestDuplicates(t *testing.T) {
	const rows = "When,Name\n01/02/2026 9:00,Ana\n03/01/2026 10:00,ana\n01/02/2026 8:00,ANA\n"
	for rule, want := range map[string]string{"first": "Ana", "last": "ANA", "latest": "Ana"} {
		p := newPortal(t, "duplicates = \""+rule+"\"\ntime = \"When\"\ndates = \"day-first\"\n[columns]\nname = \"Name\"\n")
		p.must(csvSheet(rows))
		p.wantMentor("ana", "name = \""+want+"\"\n")
	}
	p := newPortal(t, "[columns]\nname = \"Name\"\n")
	_, problems := p.imports(csvSheet(rows))
	wantProblems(t, problems,
		`sheet.csv:3: this row and that of line 2 are the same by the name "ana": delete one of them, or write duplicates = "latest" in import.toml; if they are two people, name a key column that tells them apart`,
		`sheet.csv:4: this row and that of line 2 are the same by the name "ANA": delete one of them, or write duplicates = "latest" in import.toml; if they are two people, name a key column that tells them apart`)
}

func TestSecret(t *testing.T) {
	p := newPortal(t, people)
	sheet := csvSheet(header + "Ana,a@x.org,,,,yes\n")
	p.input.Secret = ""
	_, problems := p.imports(sheet)
	if len(problems) != 1 || problems[0].Rule != "no-secret" || problems[0].Line != 1 {
		t.Error(problems)
	}
	p.input.DryRun = true
	if _, problems := p.imports(sheet); len(problems) > 0 {
		t.Error("a first dry run wants a secret:", problems)
	}
	p = newPortal(t, people)
	p.must(sheet)
	for rule, secret := range map[string]string{"other-secret": "another secret of some length", "no-secret": ""} {
		p.input.Secret = secret
		if _, problems = p.imports(sheet); len(problems) != 1 || problems[0].Rule != rule {
			t.Errorf("%q: %v", secret, problems)
		}
	}
	p.input.DryRun = true
	if _, problems = p.imports(sheet); len(problems) != 1 || problems[0].Rule != "no-secret" {
		t.Error("a dry run cannot know the rows without the secret:", problems)
	}
}

func TestMatches(t *testing.T) {
	p := newPortal(t, "key = \"E-mail\"\n[columns]\nname = \"Name\"\navailability.capacity = \"Places\"\n[matches]\nmentor = \"Mentor\"\nwhere = { Status = [\"active\", \"new\"] }\n")
	roster := csvSheet("Name,E-mail,Places\nAna,a@x.org,3\nLee,l@x.org,1\n")
	matches := Source{Name: "matches.csv", Data: []byte("Mentor,Mentee,Status\nA@x.org,m1,Active\na@x.org,m2,ended\na@x.org,m3,new\n")}
	p.must(roster, matches)
	p.wantMentor("ana", "name = \"Ana\"\n\n[availability]\ncapacity = 3\ncurrent = 2\n")
	p.wantMentor("lee", "name = \"Lee\"\n\n[availability]\ncapacity = 1\ncurrent = 0\n")
	p.must(roster) // without the matches, what they said stays
	p.wantMentor("ana", "name = \"Ana\"\n\n[availability]\ncapacity = 3\ncurrent = 2\n")
	matches.Data = append(matches.Data, "zoe@x.org,m9,new\n"...)
	_, problems := p.imports(matches, roster)
	wantProblems(t, problems, "import.toml:6:10: warning: the matches name 1 mentor whom the roster does not have")
	_, problems = p.imports(matches)
	wantProblems(t, problems, "import.toml: the matches were given without the roster: give both files in one run")
}

func TestLearn(t *testing.T) {
	p := newPortal(t, people)
	p.input.Learn = true
	p.must(csvSheet(header + "Ana,a@x.org,,\"C++, C#, python, Go\",,yes\nLee,l@x.org,,\"go, C++\",,yes\n"))
	want := "\n[[term]]\nid = \"c-plus-plus\"\nlabel = \"C++\"\n\n[[term]]\nid = \"go\"\nlabel = \"Go\"\n\n[[term]]\nid = \"c-sharp\"\nlabel = \"C#\"\n"
	if got := p.read("content/vocabulary/skills.toml"); !strings.HasSuffix(got, want) || !strings.HasPrefix(got, "[[term]]\nid = \"python\"") {
		t.Error(got)
	}
	if !strings.Contains(p.mentor("ana"), `skills = ["c-plus-plus", "c-sharp", "python", "go"]`) {
		t.Error(p.mentor("ana"))
	}
	if report := p.must(csvSheet(header + "Ana,a@x.org,,\"C++, C#, python, Go\",,yes\nLee,l@x.org,,\"go, C++\",,yes\n")); len(report.Files) > 0 {
		t.Errorf("%+v", report)
	}
}

func TestNearMatches(t *testing.T) {
	p := newPortal(t, people)
	report, problems := p.imports(csvSheet(header + "Ana,a@x.org,,\"Pyhton, java script, Data, models and code, Pytorch\",,yes\n"))
	wantProblems(t, problems, `content/vocabulary/skills.toml: warning: the sheet says "Pyhton", which is taken for "Python": if that is right, make it an alias; if not, add it as a term`)
	if !strings.Contains(p.mentor("ana"), `skills = ["python", "javascript", "data", "Pytorch"]`) || len(report.Unknown) != 1 {
		t.Errorf("%s %+v", p.mentor("ana"), report.Unknown)
	}
}

func TestPhotos(t *testing.T) {
	const jpeg, png = "\xFF\xD8\xFF\xE0one", "\x89PNG\r\n\x1A\ntwo"
	p := newPortal(t, "photo = \"Picture\"\n[columns]\nname = \"Name\"\n")
	p.put("content/mentors/cy.toml", "name = \"Cy\"\n")
	p.put("content/mentors/cy.jpg", "\xFF\xD8\xFF\xE0by hand")
	photos := fstest.MapFS{
		"ana-diaz.JPEG": {Data: []byte(jpeg)},
		"Lee Smith.png": {Data: []byte(png)},
		"in/IMG 17.png": {Data: []byte(png)},
		"stranger.jpg":  {Data: []byte(jpeg)},
		"cy.jpg":        {Data: []byte(jpeg)},
		"notes.txt":     {Data: []byte("x")},
		"jo.jpg":        {Data: []byte("<svg>")},
	}
	p.input.Photos = photos
	sheet := csvSheet("Name,Picture\nAna Díaz,\nLee Smith,\nKim,pictures/img 17.png\nJo,\n")
	report, problems := p.imports(sheet)
	wantProblems(t, problems,
		"cy.jpg: warning: content/mentors/cy.jpg is there already, and no import put it there: it stays",
		"jo.jpg: warning: this is not a JPEG, PNG or WebP image, whatever its name says, and is passed over")
	if len(report.Photos) != 3 || strings.Join(report.Strangers, " ") != "stranger.jpg" {
		t.Errorf("%+v", report)
	}
	if p.read("content/mentors/ana-diaz.jpg") != jpeg || p.read("content/mentors/lee-smith.png") != png || p.read("content/mentors/kim.png") != png {
		t.Error("a photo is missing")
	}
	photos["ana-diaz.JPEG"] = &fstest.MapFile{Data: []byte(jpeg + "newer")}
	if report, _ = p.imports(sheet); len(report.Photos) != 1 || p.read("content/mentors/ana-diaz.jpg") != jpeg+"newer" {
		t.Errorf("%+v", report)
	}
}
