package pages

import (
	"cmp"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/stoa-portal/stoa/generator/internal/civil"
	"github.com/stoa-portal/stoa/generator/internal/config"
	"github.com/stoa-portal/stoa/generator/internal/digest"
	"github.com/stoa-portal/stoa/generator/internal/match"
	"github.com/stoa-portal/stoa/generator/internal/output"
	"github.com/stoa-portal/stoa/generator/internal/portal"
)

// What /match/ is made of: the page, in each language; match/facts.json, what all listed mentors publish that
// matters for the score, the same in every language; match/cards/<n>.json, who they are, in
// blocks, of which a browser fetches those that it shows; match/day.json, the day of the site, with the words for
// what may have changed since. The day is in a file of its own so that pages stay as they are
// from one day to the next.

// matchBlock is how many mentors one file of cards holds. assets/js/cards.js
// of the theme holds the same number.
const matchBlock = 32

// matchOrder is the order of the questions: what it is about, then who, then how. The site's own
// fields and other facets that config gives a weight come last.
var matchOrder = []string{"topics", "skills", "stages", "languages", "formats", "modes", "styles"}

// byID are the listed mentors by their id, which is the order of the facts and of the blocks.
func (b *builder) byID() []*portal.Mentor {
	return slices.SortedFunc(slices.Values(b.Portal.Listed), func(a, b *portal.Mentor) int { return strings.Compare(a.ID, b.ID) })
}

// factsRows is match/facts.json.
func (b *builder) factsRows() []output.File {
	if len(b.Portal.Listed) == 0 {
		return nil
	}
	sum := func() digest.Sum {
		c := b.config
		parts := []any{c.Match, c.Review, c.Fields, c.Privacy, b.Portal.Languages}
		for _, name := range slices.Sorted(maps.Keys(b.Portal.Content.Vocabularies)) {
			parts = append(parts, name, b.Portal.Content.Vocabularies[name].Sum())
		}
		for _, p := range b.Portal.Programs {
			parts = append(parts, p.ID, p.Value.Cohorts)
		}
		for _, m := range b.byID() {
			parts = append(parts, m.ID, m.Sum(), string(m.Availability.Rule.Written), m.Availability.Free)
		}
		return digest.Of(parts...)
	}
	return []output.File{b.raw("match/facts.json", func(w io.Writer) error { return match.Of(b.Portal).Write(w) }, later(sum))}
}

// dayWords are those with which scripts say again what depends on the day, and what they add to a
// profile: the hours that both share, the button that saves it. In each page they would weigh
// more than the rest of what a script needs.
var dayWords = []string{
	"status", "availability.free", "availability.from", "availability.later", "availability.as_of", "availability.stale",
	"program_status", "program_next", "ask.program_opens", "ask.program_closed", "request.closed", "overlap", "match_reason.evening", "match_reason.working", "match_reason.awake", "match_missing.timezones",
	"shortlist.save", "shortlist.saved", "shortlist.see", "shortlist.full", "shortlist.off",
}

// A siteDay is match/day.json.
type siteDay struct {
	AsOf  civil.Date     `json:"as_of"`
	Words map[string]any `json:"words"`
}

// matchRows are what the page and others fetch.
func (e *edition) matchRows() []output.File {
	words, err := e.words.Words(dayWords...)
	if err != nil { // a theme without one of them, which other pages report
		words = map[string]any{}
	}
	day := siteDay{e.Portal.Today, words}
	files := []output.File{e.raw(e.prefix+"match/day.json", writesJSON(day), e.stamp, e.Portal.Today)}
	if len(e.Portal.Listed) == 0 {
		return files
	}
	mentors := e.byID()
	for i := 0; i < len(mentors); i += matchBlock {
		block := mentors[i:min(i+matchBlock, len(mentors))]
		cards := e.cardsOf(block)
		files = append(files, e.raw(fmt.Sprintf("%smatch/cards/%d.json", e.prefix, i/matchBlock), func(w io.Writer) error {
			return writesJSON(each(block, e.matchCard))(w)
		}, cards))
	}
	return files
}

func (e *edition) matchPage() []output.File {
	if e.site.Match == "" {
		return nil
	}
	return []output.File{page(e, "match", "match/", e.matchView, nil)}
}

func (e *edition) matchView() MatchView {
	const site = "match/"
	head := e.head("match", e.words.Word("match.title"), e.words.Word("match.description"), site, "")
	head.Alternates = e.alternates(everywhere(site))
	head.Breadcrumbs = e.crumbs(Link{Label: e.words.Word("title.mentors"), URL: e.site.Mentors})
	view := MatchView{Page: head, Mentors: len(e.Portal.Listed), Programs: e.requestPrograms(), Limit: e.config.Request.MaxChoices}
	weights := match.Weights(e.config.Match.Weights)
	all := 0
	for _, name := range matchFacets(weights) {
		f := e.Portal.Facet(name)
		if f == nil || len(f.Terms) == 0 {
			continue
		}
		facet := e.facet(f, f.Terms)
		if !e.Portal.Offers(f) {
			facet.URL = ""
		}
		if name == "timezones" {
			view.Zones = true
		} else {
			question := MatchQuestion{Facet: facet, Known: slices.Contains(matchOrder, name)}
			if name == "topics" {
				question.Groups = []TermGroup{{Terms: facet.Terms}}
			} else {
				question.Groups = groups(facet.Terms)
			}
			view.Questions = append(view.Questions, question)
		}
		view.Ranking = append(view.Ranking, MatchWeight{Label: facet.Label, Percent: weights[name]})
		all += weights[name]
	}
	for i := range view.Ranking {
		view.Ranking[i].Percent = (view.Ranking[i].Percent*100 + all/2) / all
	}
	slices.SortStableFunc(view.Ranking, func(a, b MatchWeight) int { return cmp.Compare(b.Percent, a.Percent) })
	view.Favoured = slices.ContainsFunc(e.Portal.Listed, func(m *portal.Mentor) bool { return m.Availability.Free > 0 })
	return view
}

// matchFacets are the facets asked about, in the order of the questions.
func matchFacets(weights map[string]int) []string {
	at := func(name string) int {
		if i := slices.Index(matchOrder, name); i >= 0 {
			return i
		}
		if i := slices.Index(config.Facets, name); i >= 0 {
			return len(matchOrder) + i
		}
		return len(matchOrder) + len(config.Facets)
	}
	return slices.SortedFunc(maps.Keys(weights), func(a, b string) int {
		return cmp.Or(cmp.Compare(at(a), at(b)), strings.Compare(a, b))
	})
}

// A matchCard is a mentor in a list that the browser makes.
type matchCard struct {
	ID       string        `json:"id"`
	Name     string        `json:"name"`
	Lang     string        `json:"lang,omitempty"`
	Headline string        `json:"headline,omitempty"`
	Role     string        `json:"role,omitempty"`
	Location string        `json:"location,omitempty"`
	Verified bool          `json:"verified,omitempty"`
	Portrait matchPortrait `json:"portrait"`
}

type matchPortrait struct {
	URL      string `json:"url,omitempty"`
	Srcset   string `json:"srcset,omitempty"`
	Size     int    `json:"size,omitempty"`
	Alt      string `json:"alt,omitempty"`
	Initials string `json:"initials,omitempty"`
	Hue      int    `json:"hue"`
}

// matchCard makes a mentor's; what it reads is in the card of lists, whose digest stands for it.
func (e *edition) matchCard(m *portal.Mentor) matchCard {
	card := e.mentorCard(m)
	p := card.Portrait
	return matchCard{
		ID: card.ID, Name: card.Name, Lang: card.Lang, Headline: card.Headline, Role: card.Role, Location: card.Location,
		Verified: card.Verified, Portrait: matchPortrait{p.URL, p.Srcset, p.Size, p.Alt, p.Initials, p.Hue},
	}
}
