package pages

import (
	"encoding/xml"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"
)

type readFeed struct {
	XMLName xml.Name
	ID      string      `xml:"http://www.w3.org/2005/Atom id"`
	Title   string      `xml:"http://www.w3.org/2005/Atom title"`
	Updated string      `xml:"http://www.w3.org/2005/Atom updated"`
	Authors []string    `xml:"http://www.w3.org/2005/Atom author>name"`
	Links   []readLink  `xml:"http://www.w3.org/2005/Atom link"`
	Entries []readEntry `xml:"http://www.w3.org/2005/Atom entry"`
}

type readEntry struct {
	ID      string     `xml:"http://www.w3.org/2005/Atom id"`
	Title   string     `xml:"http://www.w3.org/2005/Atom title"`
	Updated string     `xml:"http://www.w3.org/2005/Atom updated"`
	Summary string     `xml:"http://www.w3.org/2005/Atom summary"`
	Authors []string   `xml:"http://www.w3.org/2005/Atom author>name"`
	Links   []readLink `xml:"http://www.w3.org/2005/Atom link"`
}

type readLink struct {
	Rel  string `xml:"rel,attr"`
	Href string `xml:"href,attr"`
}

// parseFeed reads a feed and holds it to what RFC 4287 asks: section 4.1.1 of a feed, 4.1.2
// of an entry, 4.2.6 of ids, 3.3 of dates.
func parseFeed(t *testing.T, plan *Plan, file string) readFeed {
	t.Helper()
	var feed readFeed
	if err := xml.Unmarshal([]byte(plan.text(t, file)), &feed); err != nil {
		t.Fatal(err)
	}
	if feed.XMLName.Space != "http://www.w3.org/2005/Atom" || feed.XMLName.Local != "feed" {
		t.Errorf("the feed is a %v", feed.XMLName)
	}
	ids := map[string]bool{}
	check := func(id, title, updated string) {
		if u, err := url.Parse(id); err != nil || !u.IsAbs() || ids[id] {
			t.Errorf("the id %q is not absolute, or not the only one", id)
		}
		ids[id] = true
		if _, err := time.Parse(time.RFC3339, updated); err != nil || title == "" {
			t.Errorf("%s: %q updated %q: %v", id, title, updated, err)
		}
	}
	relations := func(links []readLink, wanted ...string) {
		for _, rel := range wanted {
			if !slices.ContainsFunc(links, func(l readLink) bool { return l.Rel == rel && strings.HasPrefix(l.Href, "https://") }) {
				t.Errorf("there is no link %q in %v", rel, links)
			}
		}
	}
	check(feed.ID, feed.Title, feed.Updated)
	relations(feed.Links, "self", "alternate")
	if len(feed.Authors) == 0 {
		t.Errorf("nobody is the author")
	}
	for _, e := range feed.Entries {
		check(e.ID, e.Title, e.Updated)
		relations(e.Links, "alternate")
	}
	return feed
}

func TestFeed(t *testing.T) {
	site := full.with(sources{
		"content/mentors/cy.toml":        "name = \"Cy & <b>\"\njoined = 2026-11-23\n",
		"content/mentors/di.toml":        "name = \"Di\"\njoined = 2026-11-24\n",
		"content/guides/start/zero.md":   "+++\ntitle = \"Zero\"\n+++\nText.\n",
		"content/guides/start/again.md":  "+++\ntitle = \"Again\"\nupdated = 2025-01-02\n+++\nText.\n",
		"content/mentors/secretive.toml": "name = \"S\"\nprivate = [\"joined\"]\njoined = 2026-10-01\n",
	})
	for name, row := range map[string]struct {
		config string
		titles []string
	}{
		"all":        {"", []string{"Cy & <b>", "First", "Again", "Ana Díaz"}},
		"guides":     {"[feeds]\nmentors = false", []string{"First", "Again"}},
		"mentors":    {"[feeds]\nguides = false", []string{"Cy & <b>", "Ana Díaz"}},
		"two":        {"[feeds]\nlimit = 2", []string{"Cy & <b>", "First"}},
		"kept quiet": {"[privacy]\nindex = false", []string{"First", "Again"}},
	} {
		config := full["config.toml"]
		if strings.HasPrefix(row.config, "[privacy]") {
			config = strings.Replace(config, "[privacy]", row.config, 1)
		} else {
			config += row.config + "\n"
		}
		plan, _ := site.with(sources{"config.toml": config}).plan(t)
		feed := parseFeed(t, plan, "feed.xml")
		var titles []string
		for _, e := range feed.Entries {
			titles = append(titles, e.Title)
		}
		if !slices.Equal(titles, row.titles) {
			t.Errorf("%s: %q", name, titles)
		}
		if feed.Updated != feed.Entries[0].Updated {
			t.Errorf("%s: updated %s, its first entry %s", name, feed.Updated, feed.Entries[0].Updated)
		}
	}
}

func TestFeedOfNothing(t *testing.T) {
	for name, row := range map[string]struct {
		config string
		there  bool
	}{
		"nothing to tell": {"base_url = \"https://example.org/\"", true},
		"turned off":      {"base_url = \"https://example.org/\"\n[feeds]\nguides = false\nmentors = false", false},
		"only the hidden": {"base_url = \"https://example.org/\"\n[feeds]\nguides = false\n[privacy]\nindex = false", false},
		"nowhere":         {"", false},
	} {
		plan, _ := sources{"config.toml": fmt.Sprintf("title = \"T\"\n%s\n", row.config), "content/index.md": "# Hello\n"}.plan(t)
		there := plan.row("feed.xml") != nil
		if linked := strings.Contains(plan.text(t, "index.html"), "feed.xml"); there != row.there || linked != there {
			t.Errorf("%s: there is a feed: %t; pages link to it: %t", name, there, linked)
		}
		if there {
			parseFeed(t, plan, "feed.xml")
		}
	}
}

// TestFeedOfALanguage: a feed tells of what there is in its own language, and pages of that
// language lead to it. Where nothing is translated there is none.
func TestFeedOfALanguage(t *testing.T) {
	plan, _ := full.with(sources{"config.toml": full["config.toml"] + "[languages.fr]\n"}).plan(t)
	feed := parseFeed(t, plan, "es/feed.xml")
	if feed.ID != "https://example.org/portal/es/" || len(feed.Entries) == 0 {
		t.Errorf("the feed is %+v", feed)
	}
	for _, entry := range feed.Entries {
		if !strings.HasPrefix(entry.ID, "https://example.org/portal/es/") {
			t.Errorf("%s is not Spanish", entry.ID)
		}
	}
	for page, want := range map[string]bool{"es/index.html": true, "es/mentors/index.html": true, "index.html": false, "fr/index.html": false} {
		if got := strings.Contains(plan.text(t, page), `href="/portal/es/feed.xml"`); got != want {
			t.Errorf("%s leads to the Spanish feed: %t", page, got)
		}
	}
	if plan.row("fr/feed.xml") != nil || strings.Contains(plan.text(t, "fr/index.html"), "feed.xml") {
		t.Error("there is a French feed of nothing")
	}
}
