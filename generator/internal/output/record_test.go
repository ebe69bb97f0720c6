package output

import (
	"bytes"
	"reflect"
	"testing"

	"github.com/stoa-portal/stoa/generator/internal/diag"
	"github.com/stoa-portal/stoa/generator/internal/digest"
)

func TestJournalComesBack(t *testing.T) {
	var verdict diag.List
	verdict.Warnf(diag.At("mentors/ä.toml", 3, 4), "rule", "two\nlines\tand a tab, %q", "quoted")
	want := journal{
		record: record{
			inputs: digest.Of("inputs"),
			memo:   digest.Of("memo"),
			kept:   []string{"a", "a b/ü"},
			files: []entry{
				{path: "a b/ü/x.html", key: digest.Of(1), stamp: stamp{1, -2, 3}, verdict: verdict},
				{path: "y", key: digest.Of(2), stamp: stamp{size: 7}},
			},
		},
		before: []string{"b"},
		moves:  []move{{"tree", ""}, {"files/1", "y"}},
		after:  []string{"z", "zz"},
	}
	data, err := want.marshal()
	if err != nil {
		t.Fatal(err)
	}
	var got journal
	if err := got.unmarshal(data); err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v\nwant %+v", got, want)
	}
	for i := range data {
		if got.unmarshal(data[:i]) == nil {
			t.Errorf("the first %d bytes of %d pass for a journal", i, len(data))
		}
		torn := bytes.Clone(data)
		torn[i] ^= 0x20
		if got.unmarshal(torn) == nil {
			t.Errorf("a journal with byte %d changed passes for one", i)
		}
	}
}
