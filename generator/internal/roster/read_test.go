package roster

import (
	"strings"
	"testing"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

// utf16 is a text as spreadsheets save "Unicode text".
func utf16(t *testing.T, text string, endian unicode.Endianness, bom unicode.BOMPolicy) string {
	t.Helper()
	encoded, err := unicode.UTF16(endian, bom).NewEncoder().String(text)
	if err != nil {
		t.Fatal(err)
	}
	return encoded
}

func TestReadsSheets(t *testing.T) {
	latin, err := charmap.Windows1252.NewEncoder().String("Name,City\nZoë,Malmö\n")
	if err != nil {
		t.Fatal(err)
	}
	const mapping = "[columns]\nname = \"Name\"\nlocation.city = \"City\"\n"
	for name, row := range map[string]struct{ file, text, mapping string }{
		"comma":            {"s.csv", "Name,City\nZoë,Malmö\n", ""},
		"semicolon":        {"s.csv", "Name;City\n\"Zoë\";\"Malmö\"\n", ""},
		"tab":              {"s.tsv", "Name\tCity\nZoë\tMalmö\n", ""},
		"bar":              {"s.txt", "Name|City\nZoë|Malmö\n", ""},
		"commas in texts":  {"s.csv", "Name;City;Bio\nZoë;Malmö;a, b, c, d, e\n", ""},
		"sep line":         {"s.csv", "sep=;\nName;City\nZoë;Malmö\n", ""},
		"title above":      {"s.csv", "Mentors 2026\n\nName,City\nZoë,Malmö\n", "header = 3\n"},
		"byte-order mark":  {"s.csv", "\uFEFFName,City\nZoë,Malmö\n", ""},
		"Windows lines":    {"s.csv", "Name,City\r\nZoë,Malmö\r\n", ""},
		"old Mac lines":    {"s.csv", "Name,City\rZoë,Malmö\r", ""},
		"blank rows":       {"s.csv", "Name,City\n,\n\nZoë,Malmö\n,,,\n", ""},
		"empty columns":    {"s.csv", "Name,City,,\nZoë,Malmö,,\n", ""},
		"header in pieces": {"s.csv", "\"Na\nme\",CITY\nZoë,Malmö\n", "#"},
		"UTF-16":           {"s.csv", utf16(t, "Name\tCity\nZoë\tMalmö\n", unicode.LittleEndian, unicode.UseBOM), ""},
		"UTF-16, no mark":  {"s.csv", utf16(t, "Name\tCity\nZoë\tMalmö\n", unicode.BigEndian, unicode.IgnoreBOM), ""},
		"named encoding":   {"s.csv", latin, "encoding = \"windows-1252\"\n"},
		"JSON list":        {"s.json", `[{"Name": "Zo\u00eb", "City": "Malmö", "Sub": {"x": [1, 2]}}]`, ""},
		"JSON wrapped":     {"s.json", `{"total": 1, "data": {"people": [{"Name": "Zoë", "City": "Malmö"}]}}`, ""},
		"JSON by id":       {"s", `{"a": {"Name": "Zoë", "City": "Malmö"}, "b": {"Name": "Lee"}}`, ""},
		"YAML list":        {"s.yml", "- Name: Zoë\n  City: Malmö\n- Name: Lee\n  City: ~\n", ""},
		"YAML by id":       {"s.yaml", "a:\n  Name: Zoë\n  City: Malmö\nb:\n  Name: Lee\n", ""},
		"YAML, one wide":   {"s.yaml", "mentors:\n  - Name: Zoë\n    City: Malmö\n", ""},
	} {
		t.Run(name, func(t *testing.T) {
			m := row.mapping + mapping
			if row.mapping == "#" {
				m = strings.Replace(mapping, `"Name"`, `"Na me"`, 1)
			}
			p := newPortal(t, m)
			p.must(Source{Name: row.file, Data: []byte(row.text)})
			id := "zoe"
			if strings.HasSuffix(name, "by id") {
				id = "a"
			}
			p.wantMentor(id, "name = \"Zoë\"\n\n[location]\ncity = \"Malmö\"\n")
		})
	}
	p := newPortal(t, mapping)
	_, problems := p.imports(csvSheet(latin))
	wantProblems(t, problems, `sheet.csv: warning: the sheet is not UTF-8, and is read as Windows-1252: if letters come out wrong, save it as UTF-8, or write encoding = "…" in import.toml`)
	p.wantMentor("zoe", "name = \"Zoë\"\n\n[location]\ncity = \"Malmö\"\n")
}

// TestFaultySheets: what is wrong is told with its place, and nothing is written.
func TestFaultySheets(t *testing.T) {
	for name, row := range map[string]struct {
		file, text string
		want       []string
	}{
		"nothing":            {"s.csv", " \n", []string{"s.csv: the sheet is empty"}},
		"only a header":      {"s.csv", "Name,City\n", []string{"s.csv: the sheet has a header and no rows"}},
		"half a row":         {"s.csv", "Name,City,When\nAna,Riga\nLee,Riga,\n", []string{"s.csv:2: the row ends early: it has 2 cells, and the header has 3"}},
		"too long a row":     {"s.csv", "Name,City,When\nLee,Riga, Latvia,x\n", []string{"s.csv:2:18: the row has 4 cells, and the header 3: a delimiter stands in a text that is not in quotation marks"}},
		"open quotes":        {"s.csv", "Name,City,When\nAna,\"Riga,\nLee,x,\n", []string{`s.csv:2: a text with a quotation mark at its beginning has none at its end: the row that begins here is cut off, or a " inside a text is not written twice`}},
		"quotes inside":      {"s.csv", "Name,City,When\nAna \"B\" C,x,\n", []string{`s.csv:2:5: a quotation mark stands inside a text: the text has to be in quotation marks, and the one inside written twice ("")`}},
		"a column less":      {"s.csv", "Name,Town,When\nAna,x,\n", []string{`import.toml:4:17: s.csv has no column "City"`}},
		"a misspelt column":  {"s.csv", "Nane,City,When\nAna,x,\n", []string{`import.toml:3:8: s.csv has no column "Name" (did you mean "Nane"?)`}},
		"a column twice":     {"s.csv", "Name,City,When,City\nAna,x,,\n", nil},
		"cells in error":     {"s.csv", "Name,City,When,Other\nAna,#REF!,,#REF!\nLee,=VLOOKUP(A1),#N/A,\n", []string{`s.csv:2:5: column "City": the spreadsheet could not compute this cell (#REF!): mend its formula`, `s.csv:3:5: column "City": this is a formula, not its result: export the sheet with values`, `s.csv:3:18: column "When": the spreadsheet could not compute this cell (#N/A): mend its formula`}},
		"no name":            {"s.csv", "Name,City,When\n,Riga,\n", []string{`s.csv:2: the row has no name: fill in its column "Name", or delete the row`}},
		"no letter":          {"s.csv", "Name,City,When\n???,Riga,\n", []string{`s.csv:2:1: no file can be named after "???": it has no letter, or is too long`}},
		"a workbook":         {"s.xlsx", "PK\x03\x04...", []string{"s.xlsx: this is a workbook: save the sheet as CSV (UTF-8) and import that"}},
		"a web page":         {"s.csv", "<!DOCTYPE html><html>", []string{"s.csv: this is a web page, not a sheet: in the spreadsheet, choose File, Share, Publish to web, and there the one sheet as comma-separated values (.csv)"}},
		"a YAML tab":         {"s.yml", "- Name: Ana\n\tCity: Riga\n", []string{"s.yml:2:1: a tab: YAML is indented with spaces"}},
		"YAML twice":         {"s.yml", "- Name: Ana\n  City: x\n  When: ~\n  Name: Lee\n", []string{`s.yml:4:3: "Name" is there twice: keep one of them`}},
		"YAML alias":         {"s.yml", "- &a\n  Name: Ana\n- *a\n", []string{"s.yml:1:3: anchors (&) and aliases (*) are not read: write the value out", "s.yml:3:3: anchors (&) and aliases (*) are not read: write the value out"}},
		"half JSON":          {"s.json", "[{\"Name\": \"Ana\",", []string{"s.json:1:17: the file ends in the middle: the rest is missing"}},
		"no JSON":            {"s.json", "[\n {\"Name\" \"Ana\"}]", nil},
		"no records":         {"s.json", `{"a": 1}`, []string{"s.json:1:1: there is no list of people here: records are a list, each with its keys, or a map of them by id"}},
		"a date of two days": {"s.csv", "Name,City,When\nAna,Riga,03/04/2026\n", nil},
	} {
		t.Run(name, func(t *testing.T) {
			p := newPortal(t, "[columns]\n\nname = \"Name\"\nlocation.city = \"City\"\njoined = \"When\"\n")
			report, problems := p.imports(Source{Name: row.file, Data: []byte(row.text)})
			if row.want != nil {
				wantProblems(t, problems, row.want...)
			} else if len(problems) == 0 || problems[0].Line == 0 {
				t.Errorf("%v", problems)
			}
			if problems.Errors() > 0 && (len(report.Files) > 0 || p.read(StateFile) != "") {
				t.Error("something was written")
			}
		})
	}
	p := newPortal(t, "[columns]\nname = \"Name\"\n")
	_, problems := p.imports(csvSheet("Name\n" + strings.Repeat("x", MaxSize)))
	wantProblems(t, problems, "sheet.csv: the sheet has 32 MB; at most 32 MB are read: split it into several")
	_, problems = p.imports(csvSheet("Name\n" + strings.Repeat("x\n", maxRows+1)))
	wantProblems(t, problems, "sheet.csv: the sheet has more than 100000 rows")
}

func TestFaultyMappings(t *testing.T) {
	for text, want := range map[string]string{
		"":                           `import.toml: there are no [columns]: under it, write a line such as name = "Full name" for every field, or let --propose-map write them`,
		"[columns]\ntitle = \"Job\"": `import.toml:1:2: [columns] does not say which column is the name: name = "Full name"`,
		"[columns]\nname = \"N\"\nposition = \"P\"":             `import.toml:3:12: profiles have no field "position" (did you mean "title"?)`,
		"[columns]\nname = \"N\"\navailability.capcity = \"P\"": `import.toml:3:24: profiles have no field "availability.capcity" (did you mean "capacity"?)`,
		"[columns]\nname = \"N\"\navailability = \"P\"":         `import.toml:3:16: "availability" has keys of its own: write [columns.availability], and under it a line for each`,
		"[columns]\nname = \"N\"\nlinks = \"P\"":                `import.toml:3:9: "links" is a list: write [[columns.links]] for each entry, and under it its keys`,
		"[columns]\nname = 3":                                   `import.toml:2:8: "name" wants the name of a column: name = "Column"`,
		"[columns]\nname = { colum = \"x\", value = \"y\" }":    `import.toml:2:18: there is no setting "colum" for a field (did you mean "column"?)`,
		"[columns]\nname = { column = \"x\", parts = 1 }":       `import.toml:2:32: there is no setting "parts" for a field (did you mean "part"?)`,
		"[columns]\nname = { column = \"x\", part = 0 }":        `import.toml:2:31: part is a number: 1 is the first piece, 2 the second, -1 the last`,
		"[columns]\nname = { split = \"x\" }":                   `import.toml:2:8: "name" does not say which column it comes from: column = "…", or value = "…" for one that is the same in all rows`,
		"duplicates = \"latest\"\n[columns]\nname = \"x\"":      `import.toml:1:14: duplicates = "latest" needs to know when a row was written: time = "Timestamp"`,
		"dupes = 1\n[columns]\nname = \"x\"":                    `import.toml:1:1: there is no key "dupes"`,
		"encoding = \"utf-9\"\n[columns]\nname = \"Name\"":      `import.toml: there is no encoding "utf-9"; usual ones are utf-8, windows-1252 and utf-16le`,
	} {
		p := newPortal(t, "x")
		p.input.Map = []byte(text)
		_, problems := p.imports(csvSheet("Name\nAna\n"))
		if len(problems) != 1 || problems[0].String() != want {
			t.Errorf("%q\nsaid %s\nwant %s", text, problems.Error(), want)
		}
	}
}

func TestMarkdownOf(t *testing.T) {
	for text, want := range map[string]string{
		"plain *text* & more":                         "plain *text* & more",
		"One <br> two<br/>three <BR>":                 "One\n\ntwo\n\nthree",
		"<p>One</p><ul><li>a</li><li>b</li></ul>":     "One\n\n- a\n- b",
		"a <b>bold</b> word\nand a line\n\nparagraph": "a **bold** word\n\nand a line\n\nparagraph",
		"Caf&eacute; &amp; bar":                       "Café & bar",
		"1 < 2 and 3 > 2":                             "1 < 2 and 3 > 2",
		"<script>alert(1)</script>Hi <b>you</b>":      "Hi **you**",
		"a\u200Bb\u00A0c\u0007d":                      "ab cd",
		"- one\n- two":                                "- one\n- two",
		strings.Repeat("long ", 30) + "\nnext":        strings.TrimSpace(strings.Repeat("long ", 30)) + "\n\nnext",
		"Zoe\u0308":                                   "Zoë",
	} {
		if got := markdownOf(text); got != want {
			t.Errorf("%q is %q, not %q", text, got, want)
		}
	}
}

func TestDates(t *testing.T) {
	for _, row := range []struct{ text, order, want string }{
		{"2026-03-04", "", "2026-03-04"}, {"2026-03-04T09:30:00Z", "", "2026-03-04"},
		{"03/04/2026", "day-first", "2026-04-03"}, {"03/04/2026 9:00:00", "month-first", "2026-03-04"}, {"3.4.26", "day-first", "2026-04-03"},
		{"2026/3/4", "year-first", "2026-03-04"}, {"4 March 2026", "", "2026-03-04"}, {"Mar 4, 2026", "", "2026-03-04"}, {"4. marzo 2026", "", "2026-03-04"},
		{"03/04/2026", "", "!it could mean more than one day"}, {"13/04/2026", "", "!it could mean more than one day"},
		{"31/02/2026", "day-first", "!this is not a day of the calendar"}, {"soon", "day-first", "!this is not a date"}, {"45000", "", "!this is not a date"},
	} {
		d, _, fault := dateOf(row.text, row.order)
		if want, bad := strings.CutPrefix(row.want, "!"); bad && !strings.HasPrefix(fault, want) || !bad && (fault != "" || d.String() != row.want) {
			t.Errorf("%q %s: %s %q", row.text, row.order, d, fault)
		}
	}
	if _, seconds, _ := dateOf("1/2/2026 12:00:05 AM", "day-first"); seconds != 5 {
		t.Error(seconds)
	}
}

func TestPlaces(t *testing.T) {
	g := newGazetteer([]string{"en", "es"})
	for text, want := range map[string]string{
		"London, UK": "London||GB", "India/Bengaluru": "Bengaluru||IN", "The UK, London": "London||GB", "Rochester, NY (USA)": "Rochester|NY|US",
		"Bulgaria, Sofia": "Sofia||BG", "Nigeria": "||NG", "Amsterdam": "Amsterdam||", "Amsterdam, the Netherlands": "Amsterdam||NL", "Chesham, Buckinghamshire, UK": "Chesham|Buckinghamshire|GB",
		"Madrid, España": "Madrid||ES", "São Paulo, Brasil": "São Paulo||BR", "Berlin, DE": "Berlin||DE", "": "||",
	} {
		city, region, country := g.place(text)
		if got := city + "|" + region + "|" + country; got != want {
			t.Errorf("%q is %s, not %s", text, got, want)
		}
	}
	for text, want := range map[string]string{"English": "en", "español": "es", "inglés": "en", "Mandarin": "zh", "Ukranian": "uk", "pt-BR": "pt-BR", "de": "de", "Klingonish": ""} {
		if got := g.language(text); got != want {
			t.Errorf("%q is %q, not %q", text, got, want)
		}
	}
}

// TestConverts: one column of each kind, as people write it.
func TestConverts(t *testing.T) {
	for _, row := range []struct{ setting, cell, want string }{
		{`languages = "C"`, "English and Español / de", "languages = [\"en\", \"es\", \"de\"]\n"},
		{`availability.months = "C"`, "March, Apr; 11", "\n[availability]\nmonths = [3, 4, 11]\n"},
		{`availability.hours_per_month = "C"`, "2,5 hours", "\n[availability]\nhours_per_month = 2.5\n"},
		{`availability.status = "C"`, "Wait list", "\n[availability]\nstatus = \"waitlist\"\n"},
		{`availability.status = { value = "paused" }`, "x", "\n[availability]\nstatus = \"paused\"\n"},
		{`availability.status = { column = "C", values = { "On leave" = "paused" }, default = "open" }`, "on-leave", "\n[availability]\nstatus = \"paused\"\n"},
		{`availability.status = { column = "C", default = "open" }`, "", "\n[availability]\nstatus = \"open\"\n"},
		{`availability.until = { column = "C", dates = "day-first" }`, "1/2/2027", "\n[availability]\nuntil = 2027-02-01\n"},
		{`featured = "C"`, "Yes", "featured = true\n"},
		{`formats = { column = "C", values = { both = ["group", "ad-hoc"], none = "" } }`, "Both, none, One to one", "formats = [\"group\", \"ad-hoc\", \"one-to-one\"]\n"},
		{`skills = { column = "C", split = "/" }`, "JS / C, C++", "skills = [\"javascript\", \"C, C++\"]\n"},
		{`skills = { column = "C", split = "lines" }`, "JS\nPython", "skills = [\"javascript\", \"python\"]\n"},
		{`title = { column = "C", part = 1 }` + "\n" + `organization = { column = "C", part = -1 }`, "Dean, Open Atlas", "title = \"Dean\"\norganization = \"Open Atlas\"\n"},
		{`title = { column = "C", part = 1 }` + "\n" + `organization = { column = "C", part = -1 }`, "Dean", "title = \"Dean\"\n"},
		{`organization_url = "C"`, "www.example.org", "organization_url = \"https://www.example.org\"\n"},
		{`timezone = "C"`, "Europe/Riga", "timezone = \"Europe/Riga\"\n"},
		{`fields.college = "C"`, "  North\n wing ", "\n[fields]\ncollege = \"North wing\"\n"},
		{`extra.mood = "C"`, "fine", "\n[extra]\nmood = \"fine\"\n"},
		{"[[columns.links]]\nkind = { value = \"github\" }\nurl = \"C\"\n[[columns.links]]\nurl = \"C\"\nlabel = { value = \"L\" }", "github.com/x", "\n[[links]]\nurl = \"https://github.com/x\"\nkind = \"github\"\n\n[[links]]\nlabel = \"L\"\nurl = \"https://github.com/x\"\n"},
		{"[[columns.links]]\nkind = { value = \"github\" }\nurl = \"C\"", "", ""},
		{`bio = "C"`, "A <foo@bar.org> tag <unknown> here", "bio = \"A <foo@bar.org> tag \\\\<unknown> here\"\n"},
		{`headline = "C"`, "<b>Bold</b> &amp; more", "headline = \"Bold & more\"\n"},
		{`headline = "C"`, "-", ""},
		{`headline = "C"`, "=1+1", "headline = \"=1+1\"\n"},
		{`headline = "C"`, "'+49 170", "headline = \"+49 170\"\n"},
	} {
		p := newPortal(t, "[columns]\nname = \"N\"\n"+row.setting)
		cell := `"` + strings.ReplaceAll(row.cell, `"`, `""`) + `"`
		p.must(csvSheet("N,C\nAna," + cell + "\n"))
		p.wantMentor("ana", "name = \"Ana\"\n"+row.want)
	}
	for _, row := range []struct{ setting, cell, want string }{
		{`featured = "C"`, "maybe", `"maybe" is neither yes nor no`},
		{`experience_years = "C"`, "2-4 years", `"2-4 years" is not a number`},
		{`location.country = "C"`, "Atlantis", `"Atlantis" is not a country's two capital letters (ISO 3166-1), such as ES or KE`},
		{`joined = "C"`, "03/04/2026", `"03/04/2026": it could mean more than one day: write dates = "day-first" or "month-first" in import.toml`},
		{`timezone = "C"`, "Europe/Rigga", `"Europe/Rigga" is not a time zone such as Europe/Madrid or America/New_York (did you mean "Europe/Riga"?)`},
		{`class_year = "C"`, "12", `"class_year" is 12; it has to be between 1900 and 2100`},
		{`modes = "C"`, "on the moon", `"on the moon" is none of online, in-person: say what it means with values = { … } in import.toml`},
		{`organization_url = "C"`, "javascript:alert(1)", `"javascript:alert(1)" is not a web address: it has to begin with https:// or http://`},
		{`headline = "C"`, strings.Repeat("a", 90) + " ana@example.org " + strings.Repeat("b", 40), `"headline" has 147 characters; at most 120 fit`},
		{`bio = "C"`, "[x](javascript:alert(1))", ""},
	} {
		p := newPortal(t, "[columns]\nname = \"N\"\n"+row.setting)
		_, problems := p.imports(csvSheet("N,C\nAna,\"" + row.cell + "\"\n"))
		if len(problems) != 1 || problems[0].Line != 2 || problems[0].Column != 5 || !strings.Contains(problems[0].Message, `column "C": `+row.want) || !strings.HasSuffix(problems[0].Message, "; it is left out") {
			t.Errorf("%s: %s", row.cell, problems.Error())
		}
		p.wantMentor("ana", "name = \"Ana\"\n")
	}
}

// TestWordsAreDiscreet: what a run says may be read by everybody who can see the repository.
func TestWordsAreDiscreet(t *testing.T) {
	p := newPortal(t, "[columns]\nname = \"N\"\ntitle = \"T\"\nfields.desk = \"D\"\nbio = \"B\"\n[[columns.channels]]\ntype = { value = \"email\" }\nvalue = \"E\"\n")
	p.must(csvSheet("N,T,E,D,B\nAna,x,ana@secret.example,desk 17,write to ana@secret.example\n"))
	for _, secret := range []string{"ana@secret", "desk 17"} {
		if strings.Contains(p.read(StateFile), secret) {
			t.Errorf("the state holds %q:\n%s", secret, p.read(StateFile))
		}
	}
	p.put("content/mentors/ana.toml", strings.NewReplacer("ana@", "anna@", "desk 17", "desk 18", "write", "talk").Replace(p.mentor("ana")))
	report, problems := p.imports(csvSheet("N,T,E,D,B\nAna,ana2@secret.example,ana2@secret.example,desk 19,speak to ana2@secret.example\n"))
	said := problems.Error()
	for _, d := range report.Differences {
		said += strings.Join(d.Lines, "\n")
	}
	if strings.Contains(said, "@secret.example") && strings.Contains(said, "ana2@") || strings.Contains(said, "anna@") || strings.Contains(said, "desk 1") || !strings.Contains(said, "…@secret.example") {
		t.Error(said)
	}
}
