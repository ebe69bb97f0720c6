package amend

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/stoa-portal/stoa/generator/internal/civil"
)

// order is that of the words here, whatever the table.
func order(path []string, key string) int {
	return slices.Index([]string{"name", "title", "bio", "skills", "location", "city", "country", "availability", "status", "capacity", "links", "label", "url", "extra"}, key)
}

func TestSet(t *testing.T) {
	for name, row := range map[string]struct {
		before string
		path   string
		value  any
		after  string
	}{
		"replaces in place":      {"# top\nname = \"Ana\"   # hers\ntitle = 'x'\n", "name", "Ana López", "# top\nname = \"Ana López\"   # hers\ntitle = 'x'\n"},
		"adds in order":          {"name = \"Ana\"\n# about\nskills = [\"go\"]\n", "title", "Dr", "name = \"Ana\"\ntitle = \"Dr\"\n# about\nskills = [\"go\"]\n"},
		"adds at the end":        {"name = \"Ana\"", "title", "Dr", "name = \"Ana\"\ntitle = \"Dr\"\n"},
		"adds before":            {"# top\n\ntitle = \"x\"\n", "name", "Ana", "# top\n\nname = \"Ana\"\ntitle = \"x\"\n"},
		"adds a table":           {"name = \"Ana\"\n\n[availability]\nstatus = \"open\"\n", "location.city", "Riga", "name = \"Ana\"\n\n[location]\ncity = \"Riga\"\n\n[availability]\nstatus = \"open\"\n"},
		"adds to a table":        {"name = \"Ana\"\n[availability]\nstatus = \"open\" # for now\n# end\n", "availability.capacity", int64(2), "name = \"Ana\"\n[availability]\nstatus = \"open\" # for now\ncapacity = 2\n# end\n"},
		"adds to an inline one":  {"location = { city = \"Riga\" } # x\n", "location.country", "LV", "location = { city = \"Riga\", country = \"LV\" } # x\n"},
		"changes in an inline":   {"location = { city = \"Riga\", country = \"LT\" } # x\n", "location.country", "LV", "location = { city = \"Riga\", country = \"LV\" } # x\n"},
		"adds to an empty table": {"location = {}\n", "location.city", "Riga", "location = { city = \"Riga\" }\n"},
		"adds to dotted keys":    {"location.city = \"Riga\"\nname = \"A\"\n", "location.country", "LV", "location.city = \"Riga\"\nlocation.country = \"LV\"\nname = \"A\"\n"},
		"several lines":          {"bio = \"short\" # c\nname = \"A\"\n", "bio", "One.\n\nTwo \"\"\" \\ three\"\n", "bio = \"\"\"\nOne.\n\nTwo \"\"\\\" \\\\ three\"\n\"\"\" # c\nname = \"A\"\n"},
		"list on a line":         {"skills = [\"go\", \"c\"] # c\n", "skills", []any{"go", "d"}, "skills = [\"go\", \"d\"] # c\n"},
		"list of lines":          {"skills = [\n  \"go\", # fast\n  \"c\",\n  \"d\" # last\n]\n", "skills", []any{"go", "d", "e"}, "skills = [\n  \"go\", # fast\n  \"d\", # last\n  \"e\",\n]\n"},
		"keeps a comment":        {"skills = [\n  \"go\", # fast\n  \"c\",\n]\n", "skills", []any{"c"}, "skills = [\n  # fast\n  \"c\",\n]\n"},
		"adds first in a list":   {"skills = [\n  \"go\", # fast\n]\n", "skills", []any{"b", "go"}, "skills = [\n  \"b\",\n  \"go\", # fast\n]\n"},
		"empties a list":         {"skills = [\n  \"go\" # fast\n]\n", "skills", []any{}, "skills = [\n  # fast\n]\n"},
		"date":                   {"name = \"A\"\n", "extra.on", civil.Of(2026, 10, 1), "name = \"A\"\n\n[extra]\non = 2026-10-01\n"},
		"changes an entry": {"[[links]]\nurl = \"a\" # first\n\n[[links]]\nurl = \"b\"\n", "links", []any{map[string]any{"url": "c", "label": "C"}, map[string]any{"url": "b"}},
			"[[links]]\nlabel = \"C\"\nurl = \"c\" # first\n\n[[links]]\nurl = \"b\"\n"},
		"removes an entry": {"[[links]]\nurl = \"a\" # first\n\n[[links]]\nurl = \"b\"\n", "links", []any{map[string]any{"url": "b"}}, "# first\n\n[[links]]\nurl = \"b\"\n"},
		"adds an entry":    {"[[links]]\nurl = \"a\"\n\n[extra]\nx = 1\n", "links", []any{map[string]any{"url": "a"}, map[string]any{"url": "b"}}, "[[links]]\nurl = \"a\"\n\n[[links]]\nurl = \"b\"\n\n[extra]\nx = 1\n"},
		"adds entries":     {"name = \"A\"\n", "links", []any{map[string]any{"url": "a", "label": "A"}}, "name = \"A\"\n\n[[links]]\nlabel = \"A\"\nurl = \"a\"\n"},
		"Windows lines":    {"name = \"A\"\r\ntitle = \"x\"\r\n", "title", "y", "name = \"A\"\r\ntitle = \"y\"\r\n"},
		"byte-order mark":  {"\uFEFFname = \"A\"\n", "name", "B", "\uFEFFname = \"B\"\n"},
		"quoted keys":      {"[extra]\n\"a b\" = 1\n", "extra.a b", int64(2), "[extra]\n\"a b\" = 2\n"},
	} {
		f, err := Open([]byte(row.before), order)
		if err != nil {
			t.Fatal(name, err)
		}
		f.Set(strings.Split(row.path, "."), row.value)
		after, err := f.Bytes()
		if err != nil || string(after) != row.after {
			t.Errorf("%s: %v\n%s\nwant\n%s", name, err, after, row.after)
		}
	}
}

func TestRemove(t *testing.T) {
	for name, row := range map[string]struct{ before, path, after string }{
		"a key":                 {"name = \"A\"\ntitle = \"x\" # why\nbio = \"y\"\n", "title", "name = \"A\"\n# why\nbio = \"y\"\n"},
		"a list with comments":  {"skills = [ # all\n \"a\", # one\n]\nname = \"A\"\n", "skills", "# all\n# one\nname = \"A\"\n"},
		"of an inline table":    {"location = { city = \"Riga\", country = \"LV\" }\n", "location.city", "location = { country = \"LV\" }\n"},
		"last of an inline":     {"location = { city = \"Riga\" }\n", "location.city", "location = {  }\n"},
		"a table":               {"name = \"A\"\n\n[location]\n# where\ncity = \"Riga\"\n\n[extra]\nx = 1\n", "location", "name = \"A\"\n\n# where\n\n[extra]\nx = 1\n"},
		"dotted keys":           {"location.city = \"Riga\"\nname = \"A\"\nlocation.country = \"LV\"\n", "location", "name = \"A\"\n"},
		"the last of dotted":    {"name = \"A\"\nlocation.city = \"Riga\"\n", "location.city", "name = \"A\"\n"},
		"entries":               {"name = \"A\"\n\n[[links]]\nurl = \"a\"\n\n[[links]]\nurl = \"b\"\n", "links", "name = \"A\"\n"},
		"what is not there":     {"name = \"A\"\n", "location.city", "name = \"A\"\n"},
		"the last of a section": {"[location]\ncity = \"Riga\"\n", "location.city", "[location]\n"},
	} {
		f, err := Open([]byte(row.before), order)
		if err != nil {
			t.Fatal(name, err)
		}
		f.Remove(strings.Split(row.path, "."))
		after, err := f.Bytes()
		if err != nil || string(after) != row.after {
			t.Errorf("%s: %v\n%s\nwant\n%s", name, err, after, row.after)
		}
	}
}

func TestNew(t *testing.T) {
	got := string(New(map[string]any{
		"name": "Ana", "bio": "One.\nTwo.\n", "skills": []any{"go", "c"},
		"availability": map[string]any{"capacity": 2, "status": "open"},
		"links":        []any{map[string]any{"url": "u", "label": "l"}},
		"extra":        map[string]any{"a b": 1.0},
	}, order))
	want := "name = \"Ana\"\nbio = \"\"\"\nOne.\nTwo.\n\"\"\"\nskills = [\"go\", \"c\"]\n\n[availability]\nstatus = \"open\"\ncapacity = 2\n\n[[links]]\nlabel = \"l\"\nurl = \"u\"\n\n[extra]\n\"a b\" = 1.0\n"
	if got != want {
		t.Errorf("%s", got)
	}
	if f, err := Open([]byte(got), order); err != nil || f.Values()["name"] != "Ana" {
		t.Error(err)
	}
}

var (
	seed   = flag.Uint64("seed", 1, "of the random files")
	rounds = flag.Int("rounds", 2000, "random files to change")
)

// TestAnyChange makes files as people write them and changes them at random: every value is as
// asked for, and no comment is lost. Both are what Bytes checks.
func TestAnyChange(t *testing.T) {
	r := rand.New(rand.NewPCG(*seed, 7))
	for round := range *rounds {
		source := anyFile(r)
		f, err := Open([]byte(source), order)
		if err != nil {
			t.Fatalf("round %d: %v\n%s", round, err, source)
		}
		var done []string
		for range 1 + r.IntN(5) {
			path := []string{"name", "title", "bio", "skills", "location.city", "location.country", "availability.status", "availability.capacity", "links", "extra.x", "extra.y"}[r.IntN(11)]
			if r.IntN(4) == 0 {
				f.Remove(strings.Split(path, "."))
				done = append(done, "remove "+path)
			} else {
				value := anyValue(r, path)
				f.Set(strings.Split(path, "."), value)
				done = append(done, fmt.Sprintf("set %s %#v", path, value))
				if got, ok := lookup(f.Values(), strings.Split(path, ".")); !ok || !reflect.DeepEqual(got, plainValue(value)) {
					t.Fatalf("round %d: %s holds %v", round, path, got)
				}
			}
			if _, err := f.Bytes(); err != nil {
				t.Fatalf("round %d: %v\nfile:\n%s\ndone: %s\nnow:\n%s", round, err, source, strings.Join(done, "\n"), f.text)
			}
		}
	}
}

var words = []string{"go", "c", "Ärzte", "a \"b\"", "x\\y", "# no comment", "tail\"", "one, two", "[", "}", "'", "日本"}

func anyText(r *rand.Rand) string { return words[r.IntN(len(words))] }

func anyValue(r *rand.Rand, path string) any {
	switch path {
	case "bio":
		return []string{"One line", "Two\nlines \"\"\"\"", "Ends\n\nwith a line\n", `\`}[r.IntN(4)]
	case "skills":
		list := []any{}
		for range r.IntN(4) {
			list = append(list, anyText(r))
		}
		return list
	case "links":
		list := []any{}
		for range 1 + r.IntN(3) {
			entry := map[string]any{"url": anyText(r)}
			if r.IntN(2) == 0 {
				entry["label"] = anyText(r)
			}
			list = append(list, entry)
		}
		return list
	case "availability.capacity":
		return int64(r.IntN(5))
	case "extra.x":
		return civil.Of(2026, 1, 1+r.IntN(20))
	case "extra.y":
		return []any{true, 1.5, "t", []any{int64(1)}, map[string]any{"z": "w"}}[r.IntN(5)]
	}
	return anyText(r)
}

// anyFile writes a file in one of the many ways there are.
func anyFile(r *rand.Rand) string {
	var b strings.Builder
	n := 0
	comment := func() string {
		if n++; r.IntN(3) > 0 {
			return ""
		}
		return fmt.Sprintf(" # note %d \"[", n)
	}
	line := func(text string) { b.WriteString(text + comment() + "\n") }
	blank := func() {
		if r.IntN(2) == 0 {
			b.WriteString("\n")
		}
		if n++; r.IntN(3) == 0 {
			fmt.Fprintf(&b, "# line %d ' }\n", n)
		}
	}
	chance := func() bool { return r.IntN(3) > 0 }
	list := func() string {
		var entries []string
		for range r.IntN(4) {
			entries = append(entries, writeText(anyText(r), false))
		}
		switch r.IntN(3) {
		case 0:
			return "[" + strings.Join(entries, ", ") + "]"
		case 1:
			text := "[" + comment() + "\n"
			for _, e := range entries {
				text += "\t" + e + "," + comment() + "\n"
			}
			return text + "]"
		}
		text := "[\n"
		for i, e := range entries {
			if text += "  " + e; i < len(entries)-1 {
				text += " ,"
			}
			text += comment() + "\n"
		}
		return text + "  ]"
	}
	blank()
	for _, key := range []string{"name", "title", "bio", "skills"} {
		if !chance() {
			continue
		}
		switch key {
		case "bio":
			line("bio = " + []string{`"x"`, "'''\n# not a comment\n'''", "\"\"\"\nSeveral\nlines \\\n  here\"\"\"", `'single'`}[r.IntN(4)])
		case "skills":
			line("skills=" + list())
		default:
			line(key + " = " + writeText(anyText(r), false))
		}
		blank()
	}
	location := r.IntN(5)
	switch location {
	case 0:
		line(`location = { city = "Riga", country = "LV" }`)
	case 1:
		line(`location.city = "Riga"`)
		line(`location . "country" = "LV"`)
	case 2:
		line(`location = {}`)
	}
	for _, i := range r.Perm(4) {
		blank()
		switch i {
		case 0:
			if location == 3 {
				line("[location]")
				blank()
				line(`city = "Riga"`)
			}
		case 1:
			if chance() {
				line("[ availability ]")
				if chance() {
					line(`status = "open"`)
					blank()
				}
			}
		case 2:
			for range r.IntN(3) {
				line("[[links]]")
				blank()
				line("url = " + writeText(anyText(r), false))
				if chance() {
					line(`"label" = 'y'`)
				}
				blank()
			}
			if r.IntN(8) == 0 && !strings.Contains(b.String(), "[[links]]") {
				b.Reset()
				line(`links = [ { url = "u", label = "v" },` + "\n" + `  { url = "w" } ]`)
			}
		case 3:
			if chance() && !strings.Contains(b.String(), "links = [ {") {
				line("[extra]")
				line("x = 2026-10-01")
			}
		}
	}
	return strings.TrimSuffix(b.String(), []string{"", "\n"}[r.IntN(2)])
}
