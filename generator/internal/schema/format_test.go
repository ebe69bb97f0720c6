package schema

import (
	"testing"
	"time"
)

func TestFormats(t *testing.T) {
	for _, row := range []struct {
		kind Type
		good []string
		bad  []string
	}{
		{TypeURL, []string{"https://example.org", "http://example.org/a?b=c#d", "https://müller.example/ä"},
			[]string{"", "example.org", "javascript:alert(1)", "data:text/html,x", "https://", "https:///x", "//example.org", "ftp://example.org", "https://a b.org", "https://u:p@example.org", "mailto:a@example.org", "https://example.org/\"x", "JaVaScRiPt:1", "file:///etc/passwd", "https:example.org"}},
		{TypeLink, []string{"/", "/mentors/", "/mentors/?skills=go", "https://example.org", "mailto:ana@example.org", "mailto:ana@example.org?subject=Hi"},
			[]string{"mentors/", "../x", "//example.org", "/\\example.org", "/a/../../b", "javascript:1", "mailto:x", "/a b", "/\"x"}},
		{TypePath, []string{"a.pdf", "../b/c.md", "/logo.svg"}, []string{"https://example.org/a.pdf", `a\b.pdf`, "folder/"}},
		{TypeEmail, []string{"ana@example.org", "a.b+c@sub.example.org"}, []string{"ana", "ana@", "@example.org", "ana@localhost", "Ana <ana@example.org>", "a b@example.org", "a@b@example.org"}},
		{TypeContact, []string{"ana@example.org", "https://example.org/contact"}, []string{"the office", "ana", "/contact/"}},
		{TypeOrigin, []string{"https://example.org", "banner.example.org", "https://*.example.org:8443", "localhost:8080"},
			[]string{"https://example.org/x", "example.org; script-src *", "'self'", "*", "https://EXAMPLE.org", "example .org", "data:"}},
		{TypeZone, []string{"Europe/Madrid", "UTC", "America/Argentina/Buenos_Aires"}, []string{"europe/madrid", "Madrid", "CEST", "../etc/passwd", "Local", "UTC+2"}},
		{TypeCountry, []string{"ES", "GB", "TW", "XK"}, []string{"es", "UK", "USA", "EU", "Spain", "ZZ", "419"}},
		{TypeLanguage, []string{"en", "pt-BR", "zh-Hant", "sr-Latn", "yue", "en-GB"}, []string{"English", "EN", "pt-br", "en_GB", "xx-", "und", "e"}},
		{TypeColour, []string{"#abc", "#0A5C8A"}, []string{"teal", "#ab", "abc", "#12345g", "rgb(1,2,3)"}},
		{TypeID, []string{"ana", "ana-díaz-2", "陳美玲", "ирина", "क्षि", "2026-autumn"},
			[]string{"Ana", "ana_díaz", "ana díaz", "-ana", "ana-", "a--b", "ana.b", "con", "ana-di\u0301az", "a/b", "..", "ＡＢＣ"}},
	} {
		for _, text := range row.good {
			if problem := CheckFormat(row.kind, text); problem != "" {
				t.Errorf("%s %q: %s", row.kind, text, problem)
			}
		}
		for _, text := range row.bad {
			if CheckFormat(row.kind, text) == "" {
				t.Errorf("%s %q is taken", row.kind, text)
			}
		}
	}
}

// TestZones finds each zone of the list in the database that Go brings along.
func TestZones(t *testing.T) {
	if len(Zones()) < 500 {
		t.Fatalf("%d zones", len(Zones()))
	}
	for i, zone := range Zones() {
		if _, err := time.LoadLocation(zone); err != nil {
			t.Error(err)
		}
		if i > 0 && Zones()[i-1] >= zone {
			t.Errorf("%s is not in order", zone)
		}
	}
}

func TestSlug(t *testing.T) {
	for _, row := range [][2]string{
		{"Ana Díaz", "ana-díaz"}, {"Ana_Díaz", "ana-díaz"}, {"O'Neill, Siobhán", "oneill-siobhán"}, {"  A -- B  ", "a-b"}, {"C++", "c"},
		{"Ana Di\u0301az", "ana-díaz"}, {"陳 美玲", "陳-美玲"}, {"!!", ""}, {"ŁUKASZ", "łukasz"}, {"İzmir", "izmir"},
	} {
		got := Slug(row[0])
		if got != row[1] {
			t.Errorf("Slug(%q) = %q, want %q", row[0], got, row[1])
		}
		if got != "" && Slug(got) != got {
			t.Errorf("Slug(%q) = %q", got, Slug(got))
		}
	}
}
