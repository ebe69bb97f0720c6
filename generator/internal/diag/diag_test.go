package diag

import (
	"strings"
	"testing"
)

func TestPlaceAtCountsCharacters(t *testing.T) {
	for _, c := range []struct {
		source string
		offset int
		want   string
	}{
		{"name = 1", 0, "f:1:1"},
		{"name = 1", 7, "f:1:8"},
		{"a\nb", 2, "f:2:1"},
		{"a\r\nbc", 4, "f:2:2"},
		{"é = ñ!", len("é = ñ"), "f:1:6"},
		{"\uFEFFname", len("\uFEFF"), "f:1:1"},
		{"x", 99, "f:1:2"},
		{"", -1, "f:1:1"},
	} {
		if got := PlaceAt("f", []byte(c.source), c.offset).String(); got != c.want {
			t.Errorf("PlaceAt(%q, %d) = %s, want %s", c.source, c.offset, got, c.want)
		}
	}
}

func TestListSortsOnceEach(t *testing.T) {
	var l List
	l.Warnf(At("b.toml", 1, 1), "thin", "thin")
	l.Errorf(At("a.toml", 10, 1), "bounds", "ten")
	l.Errorf(At("a.toml", 9, 2), "bounds", "nine")
	l.Errorf(At("a.toml", 9, 2), "bounds", "nine")
	l.Errorf(Place{}, "site", "everything")
	var b strings.Builder
	if err := l.WriteText(&b); err != nil {
		t.Fatal(err)
	}
	want := "everything\na.toml:9:2: nine\na.toml:10:1: ten\nb.toml:1:1: warning: thin\n"
	if b.String() != want {
		t.Errorf("got\n%swant\n%s", b.String(), want)
	}
	if l.Errors() != 4 || l.Warnings() != 1 || l.Err() == nil {
		t.Errorf("errors %d, warnings %d, err %v", l.Errors(), l.Warnings(), l.Err())
	}
	if only := (List{{Severity: Warning}}); only.Err() != nil || only.Strict().Err() == nil {
		t.Error("a warning is an error under Strict only")
	}
}

func TestWriteJSON(t *testing.T) {
	var b strings.Builder
	if err := (List{}).WriteJSON(&b); err != nil || b.String() != "[]\n" {
		t.Errorf("an empty list is %q, %v", b.String(), err)
	}
	b.Reset()
	l := List{{At("a.toml", 2, 0), Warning, "r", "<m>"}}
	if err := l.WriteJSON(&b); err != nil || !strings.Contains(b.String(), `"file": "a.toml"`) || !strings.Contains(b.String(), `"<m>"`) || !strings.Contains(b.String(), `"warning"`) {
		t.Errorf("got %s, %v", b.String(), err)
	}
}

func TestDidYouMean(t *testing.T) {
	known := []string{"availability", "name", "skills"}
	for written, want := range map[string]string{
		"avalability": ` (did you mean "availability"?)`,
		"Name":        ` (did you mean "name"?)`,
		"zzz":         "",
	} {
		if got := DidYouMean(written, known); got != want {
			t.Errorf("DidYouMean(%q) = %q, want %q", written, got, want)
		}
	}
}
