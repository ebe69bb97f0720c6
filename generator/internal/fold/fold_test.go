package fold

import "testing"

func TestKey(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"", ""},
		{"go", "go"},
		{"  Machine   Learning ", "machine learning"},
		{"Zürich", "zurich"},
		{"ZU\u0308RICH", "zurich"},
		{"Łukasz Søren", "lukasz soren"},
		{"Straße", "strasse"},
		{"Ærøskøbing", "aeroskobing"},
		{"İstanbul ıspanak", "istanbul ispanak"},
		{"Ｆｕｌｌ　ｗｉｄｔｈ", "full width"},
		{"ΟΔΟΣ", "οδοσ"},
		{"Ёлка", "елка"},
		{"हिन्दी", "हिन्दी"},
		{"가나", "가나"},
		{"ガ", "ガ"},
	} {
		if got := Key(c.in); got != c.want {
			t.Errorf("Key(%q) = %q, want %q", c.in, got, c.want)
		}
		if once, twice := Key(c.in), Key(Key(c.in)); once != twice {
			t.Errorf("Key(%q) is not stable: %q, then %q", c.in, once, twice)
		}
	}
}

func TestSlugs(t *testing.T) {
	got := Slugs([]string{"C", "C#", "C++", "Law & Order", "Law Order", "山田", "…"})
	for text, want := range map[string]string{"C": "c", "C#": "c-sharp", "C++": "c-plus-plus", "Law & Order": "law-order", "山田": "山田"} {
		if got[text] != want {
			t.Errorf("slug of %q is %q, want %q", text, got[text], want)
		}
	}
	seen := map[string]string{}
	for text, slug := range got {
		if slug == "" {
			t.Errorf("%q has an empty slug", text)
		}
		if other, ok := seen[slug]; ok {
			t.Errorf("%q and %q share the slug %q", text, other, slug)
		}
		seen[slug] = text
	}
}
