package migrate

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// TestMerge: what a second import may touch. Of each file: what was written last, what the site
// has now, and what the source comes to.
func TestMerge(t *testing.T) {
	for name, row := range map[string]struct {
		last, now, next string // "" where there is none
		written         bool
		said            string
		lastAfter       string
	}{
		"new":                          {"", "", "a", true, "", "a"},
		"the same again":               {"a", "a", "a", false, "", "a"},
		"changed there":                {"a", "a", "b", true, "", "b"},
		"edited here":                  {"a", "x", "a", false, "", "a"},
		"edited here, changed there":   {"a", "x", "b", false, "so has content/guides/f.md", "a"},
		"the same edit here and there": {"a", "b", "b", false, "", "b"},
		"deleted here":                 {"a", "", "a", false, "", "a"},
		"deleted here, changed there":  {"a", "", "b", false, "was deleted", "a"},
		"written by hand":              {"", "x", "a", false, "is there already", ""},
		"by hand, but the same":        {"", "a", "a", false, "", "a"},
		"gone there":                   {"a", "a", "", false, "no longer there", "a"},
		"gone there and here":          {"a", "", "", false, "", "a"},
	} {
		file := "content/guides/f.md"
		s, err := ReadState(nil)
		if err != nil {
			t.Fatal(err)
		}
		plan := func(text string) *Plan {
			if text == "" {
				return &Plan{}
			}
			return &Plan{Files: []File{{Path: file, From: "f.md", Data: []byte(text)}}}
		}
		if row.last != "" {
			s.Merge(plan(row.last), "old", func(string) []byte { return nil })
		}
		if s, err = ReadState(s.Bytes()); err != nil {
			t.Fatal(err)
		}
		write, left := s.Merge(plan(row.next), "old", func(string) []byte {
			if row.now == "" {
				return nil
			}
			return []byte(row.now)
		})
		said := fmt.Sprint(left)
		if len(write) > 0 != row.written || row.said == "" && len(left) > 0 || !strings.Contains(said, row.said) {
			t.Errorf("%s: writes %v and says %s", name, write, said)
		}
		after, err := ReadState(nil)
		if err != nil {
			t.Fatal(err)
		}
		if row.lastAfter != "" {
			after.Merge(plan(row.lastAfter), "old", func(string) []byte { return nil })
		}
		if !slices.Equal(s.Bytes(), after.Bytes()) {
			t.Errorf("%s: the state is\n%s\nand not\n%s", name, s.Bytes(), after.Bytes())
		}
	}
}

func TestStateFaults(t *testing.T) {
	for _, text := range []string{"", "{", `{"version": 2}`, "[]"} {
		if _, err := ReadState([]byte(text)); err == nil || !strings.Contains(err.Error(), StateFile) {
			t.Errorf("%q is read: %v", text, err)
		}
	}
	if s, err := ReadState([]byte(`{"version": 1, "files": {"a": null}}`)); err != nil || len(s.Files) > 0 {
		t.Errorf("%v, %v", s, err)
	}
}
