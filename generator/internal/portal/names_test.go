package portal

import (
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"

	"github.com/stoa-portal/stoa/generator/internal/content"
)

func TestLetters(t *testing.T) {
	for _, row := range []struct{ lang, name, want string }{
		{"en", "Ana", "A"}, {"en", "émile", "E"}, {"en", "Åsa", "A"}, {"sv", "Åsa", "Å"}, {"en", "Ñandú", "N"}, {"es", "Ñandú", "Ñ"},
		{"en", "Łukasz", "L"}, {"pl", "Łukasz", "Ł"}, {"en", "Æthel", "A"}, {"da", "Ægir", "Æ"}, {"en", "'Abd", "A"}, {"en", "4 people", "#"}, {"en", "…", "#"},
		{"en", "Ирина", "И"}, {"ru", "йорг", "Й"}, {"en", "Ωmega", "Ω"}, {"en", "نور", "ن"}, {"en", "山田太郎", "漢"}, {"en", "김민준", "ㄱ"}, {"en", "カナ", "か"}, {"en", "が", "か"},
	} {
		if got := letterOf(row.name, collate.New(language.Make(row.lang), collate.Loose)); got != row.want {
			t.Errorf("%s: %s stands under %s, not %s", row.lang, row.name, got, row.want)
		}
	}
}

func TestByName(t *testing.T) {
	names := func(list []*Mentor) string {
		var all []string
		for _, m := range list {
			all = append(all, m.ID)
		}
		return strings.Join(all, " ")
	}
	var mentors []*Mentor
	for id, name := range map[string]string{"oe": "Örn", "z": "Zoë", "a": "anna", "b": "Bo", "ae": "Ånes"} {
		mentors = append(mentors, &Mentor{Record: &content.Record[content.Mentor]{ID: id, Value: content.Mentor{Name: name}}})
	}
	before := slices.Clone(mentors)
	for lang, want := range map[string]string{"en": "ae a b oe z", "sv": "a b z ae oe"} {
		if got, _ := ByName(mentors, lang); names(got) != want {
			t.Errorf("%s: %s", lang, names(got))
		}
	}
	if !slices.Equal(before, mentors) {
		t.Error("the list given is sorted itself")
	}
}
