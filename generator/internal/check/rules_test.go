package check

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stoa-portal/stoa/generator/internal/config"
	"github.com/stoa-portal/stoa/generator/internal/diag"
)

// TestRules looks at what each rule of words and texts says, and what it leaves alone.
func TestRules(t *testing.T) {
	const (
		ask    = "-- config.toml --\nrequest = { method = \"email\", address = \"office@example.org\" }\n"
		mentor = ask + "-- mentors/a.toml --\nname = \"A\"\nskills = [\"go\"]\n"
		guides = "-- guides/one.md --\n# One\n\nSee [the second](two.md).\n"
		unused = "no profile, guide or goal uses "
	)
	many := mentor
	for i := range begun {
		many += fmt.Sprintf("-- mentors/m%d.toml --\nname = \"M\"\n", i)
	}
	near := func(a, b string) string {
		return "-- vocabulary/skills.toml --\n[[term]]\nid = \"go\"\nlabel = " + strconv.Quote(a) + "\n[[term]]\nid = \"x\"\nlabel = " + strconv.Quote(b) + "\n"
	}
	used := ask + "-- mentors/a.toml --\nname = \"A\"\nskills = [\"go\", \"x\"]\n"
	for name, row := range map[string]struct{ archive, want string }{
		"unused term":        {many + near("Go", "Rust"), "content/vocabulary/skills.toml:6:9: warning: " + unused + "\"Rust\"\n"},
		"used by the hidden": {many + near("Go", "Rust") + "-- mentors/b.toml --\nname = \"B\"\nvisibility = \"hidden\"\nskills = [\"RUST\"]\n", ""},
		"used by a goal":     {many + near("Go", "Rust") + "-- goals/g.toml --\ntitle = \"G\"\nskills = [\"x\"]\n[[measures]]\nname = \"Pages\"\n", ""},
		"not begun":          {mentor + near("Go", "Rust"), ""},
		"switched off":       {strings.Replace(many, "\n-- mentors", "\n[check]\nunused-term = \"off\"\n-- mentors", 1) + near("Go", "Rust"), ""},
		"made an error":      {strings.Replace(many, "\n-- mentors", "\n[check]\nunused-term = \"error\"\n-- mentors", 1) + near("Go", "Rust"), "content/vocabulary/skills.toml:6:9: " + unused + "\"Rust\"\n"},
		"plural":             {used + near("Grants", "Grant"), "content/vocabulary/skills.toml:6:9: warning: \"Grant\" and \"Grants\" are nearly the same: keep one, and make the other an alias of it\n"},
		"hyphen":             {used + near("Machine learning", "machine-learning"), "content/vocabulary/skills.toml:6:9: warning: \"machine-learning\" and \"Machine learning\" are nearly the same: keep one, and make the other an alias of it\n"},
		"a letter more":      {used + near("Bioinformatics", "Bioinfformatics"), "content/vocabulary/skills.toml:6:9: warning: \"Bioinfformatics\" and \"Bioinformatics\" are nearly the same: keep one, and make the other an alias of it\n"},
		"another letter":     {used + near("Bioinformatics", "Bioenformatics"), "content/vocabulary/skills.toml:6:9: warning: \"Bioenformatics\" and \"Bioinformatics\" are nearly the same: keep one, and make the other an alias of it\n"},
		"short words":        {used + near("Casting", "Coasting"), ""},
		"numbers":            {used + near("Doctoral year 1", "Doctoral year 2"), ""},
		"signs":              {used + near("C++", "C#"), ""},
		"two spellings": {ask + "-- mentors/a.toml --\nname = \"A\"\norganization = \"Lindenholm University\"\n-- mentors/b.toml --\nname = \"B\"\norganization = \"lindenholm university\"\n-- mentors/c.toml --\nname = \"C\"\norganization = \"Lindenholm Univeersity\"\n",
			"content/mentors/c.toml:2:16: warning: \"Lindenholm Univeersity\" is nearly \"Lindenholm University\", which other profiles say: write it the same way\n"},
		"an orphan":              {guides + "-- guides/two.md --\n# Two\n\nText.\n", "content/guides/one.md:1:1: warning: nothing but the list of its section leads to this guide: link to it from another one, or name it in a program or goal\n"},
		"a ring":                 {guides + "-- guides/two.md --\n# Two\n\nBack to [one](./one.md#x).\n", ""},
		"from the home page":     {guides + "-- guides/two.md --\n# Two\n-- index.md --\n[One](guides/one.md)\n", ""},
		"by its address":         {guides + "-- guides/two.md --\n+++\ntitle = \"Two\"\n+++\n[Next](/guides/first/)\n-- guides/one.md --\n+++\ntitle = \"One\"\nslug = \"first\"\n+++\n[Two](two.md)\n", ""},
		"related":                {guides + "-- guides/two.md --\n+++\ntitle = \"Two\"\nrelated = [\"one.md\"]\n+++\n", ""},
		"of a program":           {guides + "-- guides/two.md --\n# Two\n-- programs/p.toml --\ntitle = \"P\"\nguides = [\"one\"]\n", ""},
		"by its skill":           {ask + "-- guides/one.md --\n+++\ntitle = \"One\"\nskills = [\"go\"]\n+++\n[Two](two.md)\n-- guides/two.md --\n# Two\n", ""},
		"the only one":           {ask + "-- guides/one.md --\n# One\n", ""},
		"a translation links":    {ask + "-- config.toml --\n[languages.es]\n" + guides + "-- guides/two.md --\n# Two\n-- guides/two.es.md --\n# Dos\n\n[Uno](one.es.md)\n-- guides/one.es.md --\n# Uno\n", ""},
		"vague":                  {ask + "-- about.md --\n# About\n\nOur rules are [here](https://example.org/). [Click  HERE!](https://example.org/)\n", "content/about.md:3:15: warning: the words \"here\" do not say where this link leads: name it, since people who hear links read out in a list hear nothing else\ncontent/about.md:3:45: warning: the words \"Click  HERE!\" do not say where this link leads: name it, since people who hear links read out in a list hear nothing else\n"},
		"vague in Spanish":       {ask + "-- mentors/a.toml --\nname = \"A\"\nbio = \"Más [aquí](https://example.org/).\"\n", "content/mentors/a.toml:2:12: warning: the words \"aquí\" do not say where this link leads: name it, since people who hear links read out in a list hear nothing else\n"},
		"not vague":              {ask + "-- about.md --\n# About\n\nRead [more about grants](https://example.org/) or <https://example.org/>.\n", ""},
		"a goal":                 {ask + "-- goals/g.toml --\ntitle = \"G\"\n", "content/goals/g.toml:1:9: warning: this goal does not say how progress is seen: add [[measures]] with a name, a unit and a target\n"},
		"a goal with steps":      {ask + "-- goals/g.toml --\ntitle = \"G\"\nmethod = \"grow\"\n[[milestones]]\ntitle = \"First\"\n", ""},
		"a goal with steps only": {ask + "-- goals/g.toml --\ntitle = \"G\"\n[[milestones]]\ntitle = \"First\"\n", "content/goals/g.toml:1:9: warning: this goal does not say how progress is seen: add [[measures]] with a name, a unit and a target\n"},
	} {
		if got := advice(t, row.archive); got != row.want {
			t.Errorf("%s: said\n%swant\n%s", name, got, row.want)
		}
	}
}

func TestLevels(t *testing.T) {
	c, problems := config.Load([]byte("title = \"T\"\n[check]\nthin-profil = \"off\"\nunknown-term = \"off\"\nreview-due = \"error\"\n"), "config.toml")
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	levels, problems := LevelsOf(c)
	if got, want := problems.Error(), `config.toml:3:15: there is no rule "thin-profil" (did you mean "thin-profile"?); content/README.md lists them`; got != want {
		t.Errorf("said %s, want %s", got, want)
	}
	var list diag.List
	list.Warnf(diag.Place{}, "unknown-term", "a")
	list.Warnf(diag.Place{}, "review-due", "b")
	list.Warnf(diag.Place{}, "other", "c")
	list.Errorf(diag.Place{}, "unknown-term", "d")
	if got, want := levels.Apply(list).Error(), "b\nwarning: c\nd"; got != want {
		t.Errorf("said %s, want %s", got, want)
	}
	if _, problems = config.Load([]byte("title = \"T\"\n[check]\nthin-profile = \"maybe\"\n"), "config.toml"); problems.Errors() != 1 {
		t.Errorf("a level that is none: %v", problems)
	}
}

// TestEveryWarningIsARule reads the rooms' sources: each kind of warning they say is in the
// table, so that people can look it up and set it, and the table holds no others. What an import
// says is about files of other tools, on which config.toml has no say.
func TestEveryWarningIsARule(t *testing.T) {
	said := map[string]string{}
	files, err := filepath.Glob("../*/*.go")
	if err != nil {
		t.Fatal(err)
	}
	own, err := filepath.Glob("../../*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range append(files, own...) {
		if strings.HasSuffix(name, "_test.go") || slices.Contains([]string{"roster", "migrate"}, filepath.Base(filepath.Dir(name))) {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok {
				return true
			}
			var function string
			switch f := call.Fun.(type) {
			case *ast.Ident:
				function = f.Name
			case *ast.SelectorExpr:
				function = f.Sel.Name
			}
			warns := function == "Warnf" || function == "warnf" || function == "warn"
			if first, ok := call.Args[:min(1, len(call.Args))], function == "add"; ok && len(first) == 1 {
				selector, _ := first[0].(*ast.SelectorExpr)
				warns = selector != nil && selector.Sel.Name == "Warning"
			}
			if !warns {
				return true
			}
			for _, argument := range call.Args[1:] {
				literal, ok := argument.(*ast.BasicLit)
				if !ok || literal.Kind != token.STRING {
					continue
				}
				if rule, err := strconv.Unquote(literal.Value); err == nil && regexp.MustCompile(`^[a-z-]+$`).MatchString(rule) {
					said[rule] = name
				}
				break // what follows the rule is the message
			}
			return true
		})
	}
	names := map[string]bool{}
	for _, rule := range Rules {
		if names[rule.Name] {
			t.Errorf("%s is in the table twice", rule.Name)
		}
		names[rule.Name] = true
		if said[rule.Name] == "" {
			t.Errorf("nothing says %s", rule.Name)
		}
		if !strings.HasSuffix(rule.Says, ".") || !strings.Contains(rule.Mend, ".") || len(rule.Mend) < 12 {
			t.Errorf("%s: %q, %q", rule.Name, rule.Says, rule.Mend)
		}
	}
	for rule, file := range said {
		if !slices.ContainsFunc(Rules, func(r Rule) bool { return r.Name == rule }) {
			t.Errorf("%s warns of %q, which is not in the table", file, rule)
		}
	}
}
