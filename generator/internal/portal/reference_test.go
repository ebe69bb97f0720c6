package portal

import (
	"strings"
	"testing"
)

const linked = `
-- programs/peer.toml --
title = "Peer"
guides = ["start/first"]
goals = ["learn"]
worksheets = ["agreement"]
code_of_conduct = "conduct"
[[weeks]]
number = 1
title = "One"
guide = "start/first"
worksheet = "agreement"
-- conduct.md --
# Conduct
-- guides/start/first.md --
+++
title = "First"
programs = ["peer"]
+++
-- goals/learn.toml --
title = "Learn"
guides = ["start/first"]
worksheets = ["agreement"]
-- worksheets/agreement.toml --
title = "Agreement"
-- mentors/ana.toml --
name = "Ana"
programs = ["peer"]
[[roles]]
program = "peer"
`

func TestReferences(t *testing.T) {
	sound(t, linked)
	for name, row := range map[string]struct{ from, to, want string }{
		"mentor to program":     {"programs = [\"peer\"]\n[[roles]]", "programs = [\"peer\", \"pear\"]\n[[roles]]", `content/mentors/ana.toml:2:21: there is no program "pear" (did you mean "peer"?)`},
		"role to program":       {"program = \"peer\"", "program = \"per\"", `content/mentors/ana.toml:4:11: there is no program "per" (did you mean "peer"?)`},
		"program to guide":      {"title = \"Peer\"\nguides = [\"start/first\"]", "title = \"Peer\"\nguides = [\"first\"]", `content/programs/peer.toml:2:11: there is no guide "first"`},
		"program to goal":       {"goals = [\"learn\"]", "goals = [\"lern\"]", `content/programs/peer.toml:3:10: there is no goal "lern" (did you mean "learn"?)`},
		"program to page":       {"code_of_conduct = \"conduct\"", "code_of_conduct = \"conducts\"", `content/programs/peer.toml:5:19: there is no page "conducts" (did you mean "conduct"?)`},
		"week to guide":         {"guide = \"start/first\"", "guide = \"start/frist\"", `content/programs/peer.toml:9:9: there is no guide "start/frist" (did you mean "start/first"?)`},
		"week to worksheet":     {"worksheet = \"agreement\"", "worksheet = \"agrement\"", `content/programs/peer.toml:10:13: there is no worksheet "agrement" (did you mean "agreement"?)`},
		"guide to program":      {"title = \"First\"\nprograms = [\"peer\"]", "title = \"First\"\nprograms = [\"alumni\"]", `content/guides/start/first.md:3:13: there is no program "alumni"`},
		"goal to worksheet":     {"title = \"Learn\"\nguides = [\"start/first\"]\nworksheets = [\"agreement\"]", "title = \"Learn\"\nworksheets = [\"x\"]", `content/goals/learn.toml:2:15: there is no worksheet "x"`},
		"from a hidden profile": {"name = \"Ana\"\nprograms = [\"peer\"]", "name = \"Ana\"\nvisibility = \"hidden\"\nprograms = [\"pier\"]", `content/mentors/ana.toml:3:13: there is no program "pier" (did you mean "peer"?)`},
	} {
		archive := strings.Replace(linked, row.from, row.to, 1)
		if archive == linked {
			t.Fatalf("%s: nothing was changed", name)
		}
		_, problems := look(t, archive)
		found := false
		for _, p := range problems {
			found = found || p.String() == row.want
		}
		if !found || problems.Errors() != 1 {
			t.Errorf("%s: said\n%swant\n%s", name, said(problems), row.want)
		}
	}
}

// TestReferencesToWhatIsLeftOut: a reference to a file that is left out of a build is a
// warning, each with its place, and nothing leads there.
func TestReferencesToWhatIsLeftOut(t *testing.T) {
	for _, row := range []struct {
		file string
		want int
	}{
		{"content/programs/peer.toml", 3}, {"content/guides/start/first.md", 3}, {"content/goals/learn.toml", 1},
		{"content/worksheets/agreement.toml", 3}, {"content/conduct.md", 1}, {"content/mentors/ana.toml", 0},
	} {
		p, problems := lookOn(t, linked, Options{Today: testDay, Without: map[string]bool{row.file: true}})
		n := 0
		for _, problem := range problems {
			if problem.Rule == "left-out" && problem.Line > 1 {
				n++
			}
		}
		if problems.Errors() > 0 || n != row.want {
			t.Errorf("without %s: %d warnings, want %d\n%s", row.file, n, row.want, said(problems))
		}
		if row.file == "content/programs/peer.toml" && (p.Program("peer") != nil || len(p.Mentors[0].Programs) > 0) {
			t.Error("a mentor is in a program that is not there")
		}
	}
}
