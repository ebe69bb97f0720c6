package pages

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"github.com/stoa-portal/stoa/generator/internal/output"
)

// shown renders the page at a path; "" when the plan has none.
func shown(t *testing.T, s sources, path string) string {
	t.Helper()
	in, problems := s.with(sources{"content/static/x.txt": "x"}).input(t)
	plan, more := New(in)
	if problems.Add(more); problems.Errors() > 0 {
		t.Fatal(problems)
	}
	i := slices.IndexFunc(plan.Files, func(f output.File) bool { return f.Path == path })
	if i < 0 {
		return ""
	}
	var b bytes.Buffer
	if err := plan.Files[i].Render(&b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// TestPrivacySaysWhatTheSiteDoes changes one setting at a time and looks for the words
// that come and go with it.
func TestPrivacySaysWhatTheSiteDoes(t *testing.T) {
	const (
		settings  = "title = \"T\"\nbase_url = \"https://example.org/p/\"\n[languages.es]\n"
		writing   = "Your message is an e-mail"
		published = "published only if that mentor has asked"
	)
	for name, row := range map[string]struct {
		settings   string
		has, lacks []string
	}{
		"nothing set": {"", []string{"The program that runs this site", "has no accounts", "published as data files", "No mentor&#39;s e-mail address is published", "until the mentor wants it removed"}, []string{writing, published, "until that consent is on record", "For questions"}},
		"[legal]": {"[legal]\ncontroller = \"Uni & Co\"\ncontact = \"dpo@example.org\"\nretention = \"Ten days.\"\nprocessor = \"Hosted here.\"\ncomplaints = \"Complain there.\"\nwording = \"I agree.\"\n",
			[]string{"Uni &amp; Co", `href="mailto:dpo@example.org"`, "Ten days.", "Hosted here.", "Complain there.", "<blockquote ", "I agree."}, []string{"The program that runs this site"}},
		"e-mail":   {"[request]\nmethod = \"email\"\naddress = \"o@example.org\"\n", []string{writing}, nil},
		"a form":   {"[request]\nmethod = \"form\"\nendpoint = \"https://forms.example.net/x\"\n", []string{"sent to forms.example.net"}, []string{writing}},
		"GitHub":   {"[request]\nmethod = \"github\"\n[repository]\nurl = \"https://code.example.com/a/b\"\n", []string{"an issue at code.example.com", `href="https://code.example.com/a/b"`}, nil},
		"a page":   {"[request]\nmethod = \"link\"\nurl = \"/mentors/\"\n", nil, []string{"The link leads to"}},
		"switches": {"[privacy]\nshow_email = true\nindex = false\napi = false\nrequire_consent = true\n[security]\nallow = [\"https://cdn.example.com\"]\n", []string{published, "ask search engines not to", "until that consent is on record", "cdn.example.com"}, []string{"published as data files", "Pages load nothing"}},
	} {
		got := shown(t, sources{"config.toml": settings + row.settings}, "privacy/index.html")
		for _, words := range row.has {
			if !strings.Contains(got, words) {
				t.Errorf("%s: it does not say %q", name, words)
			}
		}
		for _, words := range row.lacks {
			if strings.Contains(got, words) {
				t.Errorf("%s: it says %q", name, words)
			}
		}
	}
	spanish := shown(t, sources{"config.toml": settings + "[languages.es.legal]\ncontroller = \"Universidad\"\n[legal]\ncontroller = \"University\"\nretention = \"Ten days.\"\n"}, "es/privacy/index.html")
	if !strings.Contains(spanish, "<h1 >Privacidad</h1>") && !strings.Contains(spanish, "<h1>Privacidad</h1>") || !strings.Contains(spanish, "Universidad<") || !strings.Contains(spanish, `lang="en" dir="ltr">Ten days.`) {
		t.Errorf("in Spanish: %s", spanish)
	}
}

func TestAccessibilityStatement(t *testing.T) {
	const settings = "title = \"T\"\nbase_url = \"https://example.org/p/\"\ncontact = \"office@example.org\"\n"
	plain := shown(t, sources{"config.toml": settings}, "accessibility/index.html")
	limited := shown(t, sources{"config.toml": settings + "[legal]\naccessibility_limits = \"No captions.\"\naccessibility_enforcement = \"The agency.\"\naccessibility_assessed = 2026-10-12\n"}, "accessibility/index.html")
	for _, words := range []string{"aims to conform", `href="mailto:office@example.org"`, "ombudsperson"} {
		if !strings.Contains(plain, words) {
			t.Errorf("it does not say %q", words)
		}
	}
	for _, words := range []string{"conforms in part", "No captions.", "The agency.", "12 October 2026"} {
		if !strings.Contains(limited, words) {
			t.Errorf("it does not say %q of a site with limits", words)
		}
	}
}

// TestLegalPagesAreFound: every page leads to them, menus and texts may, and a page of the
// site's own takes their place.
func TestLegalPagesAreFound(t *testing.T) {
	site := sources{"config.toml": "title = \"T\"\nbase_url = \"https://example.org/p/\"\n[languages.es]\n"}
	if home := shown(t, site, "es/index.html"); !strings.Contains(home, `href="/p/es/privacy/"`) || !strings.Contains(home, `href="/p/es/accessibility/"`) {
		t.Error("the footer leads to no legal page")
	}
	if all := shown(t, site, "sitemap.xml"); !strings.Contains(all, "https://example.org/p/es/privacy/") {
		t.Error("the sitemap lacks the page")
	}
	menu := site.with(sources{"config.toml": site["config.toml"] + "[[menu.footer]]\nlabel = \"Data\"\nurl = \"/privacy/\"\n", "content/about.md": "# About\n\nSee [data](/privacy/)\n"})
	if home := shown(t, menu, "index.html"); strings.Count(home, `href="/p/privacy/"`) != 1 {
		t.Error("the menu's link and the footer's own are both there, or none is")
	}
	own := site.with(sources{"content/privacy.md": "# Ours\n\nWords.\n"})
	if got := shown(t, own, "privacy/index.html"); !strings.Contains(got, "Words.") || strings.Contains(got, "GDPR") {
		t.Error("the site's own page is not shown")
	}
	if home := shown(t, own, "index.html"); !strings.Contains(home, `href="/p/privacy/"`) {
		t.Error("the footer does not lead to the site's own page")
	}
}
