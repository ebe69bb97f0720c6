package diag

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// A command is a workflow command as the runner of GitHub Actions reads it: "::name
// key=value,key=value::data", everything escaped by percent signs ("Workflow commands for GitHub
// Actions"; ActionCommand.cs of actions/runner).
var command = regexp.MustCompile(`^::([a-z]+) ([^:]*)::(.*)$`)

// annotation reads a line as the runner does.
func annotation(line string) (p Problem, fault string) {
	m := command.FindStringSubmatch(line)
	if m == nil {
		return p, "this is no command"
	}
	unescape := strings.NewReplacer("%0D", "\r", "%0A", "\n", "%3A", ":", "%2C", ",", "%25", "%")
	if err := p.Severity.UnmarshalText([]byte(m[1])); err != nil {
		return p, err.Error()
	}
	seen := []string{}
	for property := range strings.SplitSeq(m[2], ",") {
		key, value, ok := strings.Cut(property, "=")
		if !ok || slices.Contains(seen, key) {
			return p, fmt.Sprintf("%q is no property", property)
		}
		seen = append(seen, key)
		switch value = unescape.Replace(value); key {
		case "file":
			p.File = value
		case "line":
			p.Line, _ = strconv.Atoi(value)
		case "col":
			p.Column, _ = strconv.Atoi(value)
		case "title":
			p.Rule = value
		default:
			return p, fmt.Sprintf("GitHub knows no property %q", key)
		}
	}
	data := strings.NewReplacer("%0D", "\r", "%0A", "\n", "%25", "%")
	p.Message = data.Replace(m[3])
	return p, ""
}

// TestAnnotations: every problem is one line, and says the same after GitHub has read it.
func TestAnnotations(t *testing.T) {
	for _, row := range []struct {
		problem Problem
		line    string
	}{
		{Problem{At("content/mentors/ana.toml", 3, 7), Error, "unknown-key", `there is no key "headlin" (did you mean "headline"?)`},
			`::error file=content/mentors/ana.toml,line=3,col=7,title=unknown-key::there is no key "headlin" (did you mean "headline"?)`},
		{Problem{At("a,b:c%d.toml", 1, 1), Warning, "r", "x"}, "::warning file=a%2Cb%3Ac%25d.toml,line=1,col=1,title=r::x"},
		{Problem{Place{File: "a.toml", Line: 2}, Error, "r", "a line without a column"}, "::error file=a.toml,line=2,title=r::a line without a column"},
		{Problem{Place{File: "a.toml"}, Error, "r", "the whole file"}, "::error file=a.toml,title=r::the whole file"},
		{Problem{Place{}, Error, "r", "the whole site"}, "::error title=r::the whole site"},
		{Problem{At("a.md", 1, 1), Error, "r", "50 %, 100%25: a, b\r\nc\n::error::d"}, "::error file=a.md,line=1,col=1,title=r::50 %25, 100%2525: a, b%0D%0Ac%0A::error::d"},
		{Problem{At("a.md", 1, 1), Error, "a:b,c", ""}, "::error file=a.md,line=1,col=1,title=a%3Ab%2Cc::"},
		{Problem{At("陳.toml", 1, 1), Error, "r", "ü 陳 \u202e"}, "::error file=陳.toml,line=1,col=1,title=r::ü 陳 \u202e"},
	} {
		var b strings.Builder
		if err := (List{row.problem}).WriteGitHub(&b, ""); err != nil {
			t.Fatal(err)
		}
		line, ended := strings.CutSuffix(b.String(), "\n")
		if line != row.line || !ended || strings.ContainsAny(line, "\r\n") {
			t.Errorf("%v is written as\n%q and not\n%q", row.problem, line, row.line)
		}
		if back, fault := annotation(line); fault != "" || back != row.problem {
			t.Errorf("%q is read as %+v (%s), and was %+v", line, back, fault, row.problem)
		}
	}
}

// TestAnnotationsInFolder: a site in a folder of its repository.
func TestAnnotationsInFolder(t *testing.T) {
	for _, prefix := range []string{"docs/site", "docs/site/"} {
		var b strings.Builder
		l := List{{At("content/a.md", 2, 1), Error, "r", "m"}, {Place{}, Warning, "r", "m"}}
		if err := l.WriteGitHub(&b, prefix); err != nil {
			t.Fatal(err)
		}
		if want := "::warning title=r::m\n::error file=docs/site/content/a.md,line=2,col=1,title=r::m\n"; b.String() != want {
			t.Errorf("got\n%swant\n%s", b.String(), want)
		}
	}
}
