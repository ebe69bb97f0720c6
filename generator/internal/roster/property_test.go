package roster

import (
	"encoding/csv"
	"flag"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/stoa-portal/stoa/generator/internal/amend"
)

var (
	seed  = flag.Uint64("seed", 1, "of the random edits")
	edits = flag.Int("steps", 300, "random edits, with an import now and then")
)

// edited is a field of the test's own model: what the sheet says, what the file is to say, and
// what both last said.
type edited struct{ sheet, file, base string }

// TestAnyEdits edits files by hand and rows of the sheet at random, and imports now and then: no
// value and no comment is lost, whoever wrote it and in whatever order.
func TestAnyEdits(t *testing.T) {
	r := rand.New(rand.NewPCG(*seed, 11))
	p := newPortal(t, "key = \"Id\"\nid = \"Id\"\n[columns]\nname = \"Name\"\ntitle = \"Job\"\nbio = \"Bio\"\nskills = \"Skills\"\nlocation.city = \"City\"\navailability.capacity = \"Places\"\n")
	fields := map[string]string{"Name": "name", "Job": "title", "Bio": "bio", "Skills": "skills", "City": "location.city", "Places": "availability.capacity"}
	columns := slices.Sorted(maps.Keys(fields))
	ids := []string{"ana", "ben", "cy", "di"}
	value := func(column string) string {
		n := r.IntN(4)
		switch column {
		case "Places":
			return []string{"", "1", "2", "7"}[n]
		case "Skills":
			var words []string
			for _, w := range []string{"Rust", "python", "Ärzte", "x\"y", "Go"} {
				if r.IntN(2) == 0 {
					words = append(words, w)
				}
			}
			return strings.Join(words, ", ")
		case "Bio":
			return []string{"", "One line.", "Several\nlines.\n\nAnd \"\"\"more\"\"\"", strings.Repeat("word ", 30) + "end"}[n]
		case "Name":
			return []string{"Ana", "Zoë", "O'Neill", "陳"}[n]
		}
		return []string{"", "Dean", "# boss", `\ "q"`}[n]
	}
	model := map[string]map[string]*edited{}
	for _, id := range ids {
		model[id] = map[string]*edited{}
		for _, c := range columns {
			model[id][c] = &edited{sheet: value(c)}
		}
	}
	var comments []string
	imported := false
	importAll := func() {
		t.Helper()
		var b strings.Builder
		w := csv.NewWriter(&b)
		w.Write(append([]string{"Id"}, columns...))
		order := slices.Clone(ids)
		r.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		for _, id := range order {
			row := []string{id}
			for _, c := range columns {
				row = append(row, model[id][c].sheet)
			}
			w.Write(row)
		}
		w.Flush()
		report, problems := p.imports(csvSheet(b.String()))
		if problems.Errors() > 0 {
			t.Fatal(problems)
		}
		conflicts := 0
		for _, id := range ids {
			for _, c := range columns {
				if m := model[id][c]; m.settle(c == "Skills") {
					conflicts++
				}
			}
		}
		if imported && report.Conflicts != conflicts {
			t.Fatalf("%d conflicts were told, not %d: %v", report.Conflicts, conflicts, problems)
		}
		before := p.snapshot()
		if again, _ := p.imports(csvSheet(b.String())); len(again.Files) > 0 || !maps.Equal(before, p.snapshot()) {
			t.Fatalf("a second import changed %v", again.Files)
		}
		imported = true
	}
	check := func(what string) {
		t.Helper()
		all := ""
		for _, id := range ids {
			text := p.mentor(id)
			all += text
			f, err := amend.Open([]byte(text), nil)
			if err != nil {
				t.Fatal(err)
			}
			for _, c := range columns {
				got := ""
				v, _ := get(f.Values(), fields[c])
				switch v := v.(type) {
				case nil:
				case []any:
					words := make([]string, len(v))
					for i := range v {
						words[i] = fmt.Sprint(v[i])
					}
					slices.Sort(words)
					got = strings.Join(words, ", ")
				default:
					got = strings.TrimSpace(fmt.Sprint(v))
				}
				want := strings.TrimSpace(model[id][c].file)
				if c == "Skills" {
					words := splitWords(want)
					slices.Sort(words)
					want = strings.Join(words, ", ")
				}
				if got != want {
					t.Fatalf("after %s: %s of %s is %q, not %q\n%s", what, c, id, got, want, text)
				}
			}
		}
		for _, c := range comments {
			if !strings.Contains(all, c) {
				t.Fatalf("after %s: the comment %q is lost", what, c)
			}
		}
	}
	importAll()
	check("the first import")
	order := newRun(p.in()).order
	for step := range *edits {
		id, c := ids[r.IntN(len(ids))], columns[r.IntN(len(columns))]
		switch r.IntN(6) {
		case 0, 1:
			model[id][c].sheet = value(c)
		case 2, 3:
			v := value(c)
			f, err := amend.Open([]byte(p.mentor(id)), order)
			if err != nil {
				t.Fatal(err)
			}
			switch path := steps(fields[c]); {
			case v == "":
				f.Remove(path)
			case c == "Skills":
				var list []any
				for _, w := range splitWords(v) {
					list = append(list, w)
				}
				f.Set(path, list)
			case c == "Places":
				f.Set(path, int64(v[0]-'0'))
			default:
				f.Set(path, v)
			}
			data, err := f.Bytes()
			if err != nil {
				t.Fatal(err)
			}
			p.put(mentorsFolder+id+".toml", string(data))
			model[id][c].file = v
		case 4:
			note := fmt.Sprintf("# note %d", step)
			lines := strings.Split(p.mentor(id), "\n")
			i := r.IntN(len(lines))
			for inside(lines, i) {
				i = (i + 1) % len(lines)
			}
			lines = slices.Insert(lines, i, note)
			p.put(mentorsFolder+id+".toml", strings.Join(lines, "\n"))
			comments = append(comments, note)
		case 5:
			importAll()
		}
		check(fmt.Sprint("step ", step))
	}
}

// inside tells whether a new line would be inside a text of several lines.
func inside(lines []string, i int) bool {
	return strings.Count(strings.Join(lines[:i], "\n"), `"""`)%2 == 1
}

// settle merges a field as an import should, and tells whether that is a conflict.
func (e *edited) settle(list bool) bool {
	sheet, file := strings.TrimSpace(e.sheet), strings.TrimSpace(e.file)
	same := func(a, b string) bool {
		if list {
			x, y := splitWords(a), splitWords(b)
			slices.Sort(x)
			slices.Sort(y)
			return slices.Equal(x, y)
		}
		return a == b
	}
	switch {
	case sheet == file, sheet == strings.TrimSpace(e.base):
	case same(file, e.base):
		e.file = e.sheet
	case list:
		var merged []string
		was, mine, other := splitWords(e.base), splitWords(file), splitWords(sheet)
		for _, w := range mine {
			if slices.Contains(other, w) || !slices.Contains(was, w) {
				merged = append(merged, w)
			}
		}
		for _, w := range other {
			if !slices.Contains(mine, w) && !slices.Contains(was, w) {
				merged = append(merged, w)
			}
		}
		e.file = strings.Join(merged, ", ")
	default:
		return true
	}
	e.base = e.sheet
	return false
}

func splitWords(text string) []string {
	if text == "" {
		return nil
	}
	return strings.Split(text, ", ")
}

// get is the value at a path such as "location.city".
func get(values map[string]any, path string) (any, bool) {
	for _, step := range strings.Split(path, ".") {
		v, ok := values[step]
		if !ok {
			return nil, false
		}
		table, isTable := v.(map[string]any)
		if !isTable {
			return v, true
		}
		values = table
	}
	return nil, false
}
