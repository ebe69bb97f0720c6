package search_test

import (
	"encoding/json"
	"flag"
	"os"
	"reflect"
	"slices"
	"testing"

	"github.com/stoa-portal/stoa/generator/internal/search"
	"github.com/stoa-portal/stoa/generator/internal/search/searchtest"
	"github.com/stoa-portal/stoa/generator/internal/turn"
)

var update = flag.Bool("update", false, "rewrite what testdata/vectors.json expects")

// TestVectors holds Go to testdata/vectors.json; TestBrowserSearch in package generator holds
// JavaScript to it. To accept what there is now: go test -run TestVectors -update.
func TestVectors(t *testing.T) {
	v, err := searchtest.Read("testdata/vectors.json")
	if err != nil {
		t.Fatal(err)
	}
	source, err := v.Source()
	if err != nil {
		t.Fatal(err)
	}
	index, err := search.New(source, nil)
	if err != nil {
		t.Fatal(err)
	}
	files := map[string][]byte{}
	for _, f := range index.Files {
		files[f.Path] = f.Data
	}
	o, err := search.Open(func(path string) ([]byte, error) { return files[path], nil })
	if err != nil {
		t.Fatal(err)
	}
	for i, d := range v.Tokens {
		check(t, d.Text, &v.Tokens[i].Want, append([]string{}, search.Tokens(d.Text)...))
	}
	for i, d := range v.Distances {
		check(t, d.A+" and "+d.B, &v.Distances[i].Want, search.Distance([]rune(d.A), []rune(d.B), d.Limit))
	}
	for i, d := range v.Turns {
		check(t, "a turn", &v.Turns[i].Want, turn.Of(d.Week, d.Seat))
	}
	for i, q := range v.Queries {
		result, err := o.Search(q.Query())
		if err != nil {
			t.Fatal(err)
		}
		check(t, q.Q, &v.Queries[i].Want, plain(t, searchtest.NewAnswer(result)))
	}
	for i, q := range v.Counts {
		counts, err := o.Counts(q.Query())
		if err != nil {
			t.Fatal(err)
		}
		check(t, q.Q, &v.Counts[i].Want, plain(t, counts))
	}
	for i, w := range v.Nearest {
		near, err := o.Nearest(w.Word, 10)
		if err != nil {
			t.Fatal(err)
		}
		check(t, w.Word, &v.Nearest[i].Want, append([]string{}, near...))
	}
	if *update {
		text, err := json.MarshalIndent(v, "", " ")
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile("testdata/vectors.json", append(text, '\n'), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if len(v.Tokens) < 20 || len(v.Queries) < 20 || !slices.ContainsFunc(v.Queries, func(q searchtest.Question) bool { return len(q.Filters) > 1 }) {
		t.Error("there are too few vectors")
	}
}

func check[T any](t *testing.T, what string, want *T, got T) {
	t.Helper()
	if *update {
		*want = got
	} else if !reflect.DeepEqual(*want, got) {
		t.Errorf("%q gives\n%v, and not\n%v", what, got, *want)
	}
}

// plain is a value as JSON has it.
func plain(t *testing.T, value any) any {
	t.Helper()
	text, err := json.Marshal(value)
	if err != nil {
		t.Fatal(err)
	}
	var v any
	if err := json.Unmarshal(text, &v); err != nil {
		t.Fatal(err)
	}
	return v
}
