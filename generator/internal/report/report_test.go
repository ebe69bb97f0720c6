package report

import (
	"bytes"
	"strings"
	"testing"
	"testing/fstest"

	"golang.org/x/net/html"
	"golang.org/x/tools/txtar"

	"github.com/stoa-portal/stoa/generator/internal/check"
	"github.com/stoa-portal/stoa/generator/internal/civil"
	"github.com/stoa-portal/stoa/generator/internal/config"
	"github.com/stoa-portal/stoa/generator/internal/content"
	"github.com/stoa-portal/stoa/generator/internal/portal"
)

const site = `
-- config.toml --
title = "North <b>"
-- content/vocabulary/skills.toml --
[[term]]
id = "python"
label = "Python"
[[term]]
id = "grants"
label = "Grant writing"
-- content/vocabulary/topics.toml --
[[term]]
id = "first-job"
label = "First job"
ask = "Nobody answers me"
[[term]]
id = "confidence"
label = "Confidence"
-- content/vocabulary/stages.toml --
[[term]]
id = "masters"
label = "Masters"
-- content/mentors/ana.toml --
name = "Ana <script>"
headline = "x"
skills = ["python"]
help_with = ["first-job"]
stages = ["masters"]
languages = ["en", "es"]
timezone = "Asia/Kolkata"
reviewed = 2026-10-01
[availability]
capacity = 3
current = 1
-- content/mentors/bo.toml --
name = "Bo"
help_with = ["first-job"]
stages = ["masters"]
languages = ["en"]
timezone = "America/New_York"
[availability]
status = "full"
capacity = 4
-- content/mentors/cy.toml --
name = "Cy"
headline = "x"
visibility = "unlisted"
-- content/mentors/di.toml --
name = "SECRET Di"
visibility = "hidden"
-- content/goals/g.toml --
title = "G"
skills = ["python", "grants"]
-- content/guides/a.md --
+++
title = "A"
skills = ["grants"]
+++
Text.
-- content/programs/p.toml --
title = "Peer"
[[cohorts]]
id = "a"
registration_opens = 2026-11-01
registration_closes = 2026-12-01
`

// on is the portal on a day, with files changed; an empty text takes one away.
func on(t *testing.T, day civil.Date, changes map[string]string) *portal.Portal {
	t.Helper()
	files, settings := fstest.MapFS{}, []byte(nil)
	for _, f := range txtar.Parse([]byte(site)).Files {
		if f.Name == "config.toml" {
			settings = f.Data
		} else {
			files[f.Name] = &fstest.MapFile{Data: f.Data}
		}
	}
	for name, text := range changes {
		files[name] = &fstest.MapFile{Data: []byte(text)}
		if text == "" {
			delete(files, name)
		}
	}
	c, problems := config.Load(settings, "config.toml")
	all, more := content.Load(files, content.Options{Languages: c.Tags(), Default: "en"})
	problems.Add(more)
	p, more := portal.New(c, all, portal.Options{Today: day})
	if problems.Add(more); problems.Errors() > 0 {
		t.Fatal(problems)
	}
	return p
}

// line finds the row of a label.
func line(rows []Row, label string) Row {
	for _, row := range rows {
		if row.Label == label {
			row.Most, row.Question = 0, ""
			return row
		}
	}
	return Row{}
}

func TestFigures(t *testing.T) {
	r := New(on(t, civil.Of(2026, 11, 23), nil), nil, State{})
	if r.Published != 3 || r.Listed != 2 || r.CanAsk != 1 || r.Free != 2 || r.Uncounted != 0 || r.Withheld != 1 || !r.Since.IsZero() {
		t.Errorf("%+v", r)
	}
	for _, row := range []struct {
		got, want Row
	}{
		{line(r.States, "Open to requests"), Row{Label: "Open to requests", Mentors: 1, CanAsk: 1}},
		{line(r.States, "Full"), Row{Label: "Full", Mentors: 1}},
		{line(r.Stages, "Masters"), Row{Label: "Masters", Mentors: 2, CanAsk: 1, Free: 2}},
		{line(r.Topics, "First job"), Row{Label: "First job", Mentors: 2, CanAsk: 1, Free: 2}},
		{line(r.Topics, "Confidence"), Row{Label: "Confidence", Nobody: true}},
		{line(r.Languages, "Spanish"), Row{Label: "Spanish", Mentors: 1, CanAsk: 1, Free: 2}},
		{line(r.Zones, "UTC+05:30"), Row{Label: "UTC+05:30", Mentors: 1, CanAsk: 1, Free: 2}},
		{line(r.Zones, "UTC−05:00"), Row{Label: "UTC−05:00", Mentors: 1}},
		{line(r.Complete, "a headline"), Row{Label: "a headline", Mentors: 2}},
	} {
		if row.got != row.want {
			t.Errorf("%+v, want %+v", row.got, row.want)
		}
	}
	if len(r.Skills) != 2 || r.Skills[0].Label != "Grant writing" || !r.Skills[0].Nobody || r.Skills[0].Goals != 1 || r.Skills[0].Guides != 1 || r.Skills[1].CanAsk != 1 {
		t.Errorf("%+v", r.Skills)
	}
	if len(r.Programs) != 1 || r.Programs[0].Phase != "registration is open" || r.Programs[0].Next != civil.Of(2026, 12, 1) {
		t.Errorf("%+v", r.Programs)
	}
	if empty := New(on(t, civil.Of(2026, 11, 23), map[string]string{"content/mentors/ana.toml": "", "content/mentors/bo.toml": "", "content/mentors/cy.toml": ""}), nil, State{}); empty.Write(new(bytes.Buffer)) != nil {
		t.Error("a portal without mentors has no report")
	}
}

// TestChanges: reports of three days, and two on one of them.
func TestChanges(t *testing.T) {
	said := func(r *Report) string {
		var lines []string
		for _, change := range r.Changes {
			lines = append(lines, change.Name+": "+change.What)
		}
		return r.Since.String() + " " + strings.Join(lines, ", ")
	}
	kept := func(r *Report) State {
		var b bytes.Buffer
		if err := r.State().Write(&b); err != nil {
			t.Fatal(err)
		}
		if strings.Contains(b.String(), "SECRET") || strings.Contains(b.String(), "Ana") {
			t.Errorf("the state says too much: %s", b.String())
		}
		return ReadState(&b)
	}
	first := New(on(t, civil.Of(2026, 11, 2), nil), nil, State{})
	changed := map[string]string{
		"content/mentors/bo.toml": "name = \"Bo\"\n[availability]\nstatus = \"open\"\ncapacity = 5\n",
		"content/mentors/cy.toml": "",
		"content/mentors/di.toml": "name = \"Di\"\n",
	}
	second := New(on(t, civil.Of(2026, 11, 23), changed), nil, kept(first))
	want := "2026-11-02 Bo: open to requests, was full; free places: 5, were 4, Di: is new, cy: is no longer published"
	if got := said(second); got != want {
		t.Errorf("said %s, want %s", got, want)
	}
	if got := said(New(on(t, civil.Of(2026, 11, 23), changed), nil, kept(second))); got != want {
		t.Errorf("the second report of a day says %s", got)
	}
	changed["content/mentors/bo.toml"] += "cadence = \"weekly\"\n"
	third := New(on(t, civil.Of(2027, 11, 1), changed), nil, kept(second))
	if got := said(third); got != "2026-11-23 Ana <script>: due to be read over, Bo: the profile was edited" {
		t.Errorf("said %s", got)
	}
	if ReadState(strings.NewReader("{")).Latest.Mentors != nil {
		t.Error("half a state is taken for one")
	}
}

// TestFile: the file is one, needs nothing, and shows what people wrote as text.
func TestFile(t *testing.T) {
	reminders := []check.Reminder{{ID: "ana", Name: "Ana <script>", File: "content/mentors/ana.toml", Lang: "es", Subject: "S", Text: "Hola </pre><img src=x>"}}
	r := New(on(t, civil.Of(2026, 11, 23), nil), reminders, State{})
	var one, two bytes.Buffer
	if r.Write(&one) != nil || r.Write(&two) != nil || !bytes.Equal(one.Bytes(), two.Bytes()) {
		t.Fatal("two reports differ")
	}
	if strings.Contains(one.String(), "SECRET") {
		t.Error("a hidden profile is named")
	}
	root, err := html.Parse(&one)
	if err != nil {
		t.Fatal(err)
	}
	headings := map[string]int{}
	for n := range root.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		headings[n.Data]++
		switch n.Data {
		case "script", "img", "link", "iframe", "object":
			t.Errorf("there is a %s", n.Data)
		}
		for _, a := range n.Attr {
			if a.Key == "href" || a.Key == "src" || a.Key == "style" || strings.HasPrefix(a.Key, "on") {
				t.Errorf("<%s> has %s=%q", n.Data, a.Key, a.Val)
			}
		}
	}
	if headings["h1"] != 1 || headings["main"] != 1 || headings["table"] < 7 || headings["svg"] < 10 || headings["details"] != 1 {
		t.Errorf("%v", headings)
	}
}
