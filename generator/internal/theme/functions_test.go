package theme

import (
	"maps"
	"os"
	"regexp"
	"slices"
	"testing"

	"github.com/stoa-portal/stoa/generator/internal/civil"
)

func TestReadmeListsTheFunctions(t *testing.T) {
	readme, err := os.ReadFile("../../../themes/README.md")
	if err != nil {
		t.Fatal(err)
	}
	var listed []string
	for _, match := range regexp.MustCompile("(?m)^\\| `([a-z]+) [^|]*\\|").FindAllSubmatch(readme, -1) {
		listed = append(listed, string(match[1]))
	}
	slices.Sort(listed)
	if want := slices.Sorted(maps.Keys(functionNames)); !slices.Equal(listed, want) {
		t.Errorf("themes/README.md lists the functions %v, there are %v", listed, want)
	}
}

func TestFunctions(t *testing.T) {
	l := defaultLanguage(t)
	type item struct{ Label string }
	join := func(items any) string {
		text, err := l.joinAny(items)
		if err != nil {
			return "error: " + err.Error()
		}
		return text
	}
	site := l.theme.Language("en", Site{Base: "/repo/"})
	address := func(path string) string { text, _ := site.url(path).(string); return text }
	for _, row := range []struct{ got, want string }{
		{address("mentors/ana/"), "/repo/mentors/ana/"},
		{address("/mentors/"), "/repo/mentors/"},
		{address(""), "/repo/"},
		{address("https://example.org/x"), "https://example.org/x"},
		{address("mailto:a@example.org"), "mailto:a@example.org"},
		{address("#top"), "#top"},
		{address("guides/a:b/"), "/repo/guides/a:b/"},
		{l.months([]int{9, 10, 11, 12, 1, 2}), "Sep–Feb"},
		{l.months([]int{3, 1, 2, 9, 9}), "Jan–Mar, Sep"},
		{l.months([]int{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12}), ""},
		{l.months([]int{0, 13}), ""},
		{join([]string{"a"}), "a"},
		{join([]item{{"a"}, {"b"}, {"c"}}), "a, b and c"},
		{join([]any{"a", item{"b"}}), "a and b"},
		{join(3), "error: join wants a list"},
		{join([]int{1}), "error: join wants a list of texts, or of things with a Label"},
		{string(l.lang("en")), ""},
		{string(l.lang("ar")), `lang="ar" dir="rtl"`},
		{string(l.lang("uz-Latn")), `lang="uz-Latn" dir="ltr"`},
		{string(l.lang(`x" onclick="`)), ""},
		{l.MonthYear(civil.Date{}), ""},
	} {
		if row.got != row.want {
			t.Errorf("got %q, want %q", row.got, row.want)
		}
	}
	for _, row := range []struct {
		path, folder string
		want         bool
	}{{"guides/", "guides/", true}, {"guides/a/", "guides/", true}, {"guides-old/", "guides/", false}, {"about/", "", false}, {"", "", true}} {
		if got := under(row.path, row.folder); got != row.want {
			t.Errorf("under(%q, %q) is %v", row.path, row.folder, got)
		}
	}
	if _, err := dict("a"); err == nil {
		t.Error("dict took a name without a value")
	}
	if got := seq(1000); len(got) != 100 {
		t.Errorf("seq is not bounded: %d", len(got))
	}
}
