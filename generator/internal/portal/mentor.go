package portal

import (
	"cmp"
	"slices"
	"strings"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"

	"github.com/stoa-portal/stoa/generator/internal/civil"
	"github.com/stoa-portal/stoa/generator/internal/config"
	"github.com/stoa-portal/stoa/generator/internal/content"
	"github.com/stoa-portal/stoa/generator/internal/diag"
	"github.com/stoa-portal/stoa/generator/internal/turn"
)

// A Mentor is a published profile: what its author and the site's owner do not want
// published is already gone from its values.
type Mentor struct {
	*content.Record[content.Mentor]
	Listed       bool // false: unlisted, own page only
	Photo        string
	Availability Availability
	Programs     []*Program
	Overdue      bool       // not read over for longer than [review] every, or past its expiry
	StaleOn      civil.Date // the day on which it is so, where what is published tells it; else zero
	Related      []*Mentor  // the most alike listed ones, best first
	Seat         int        // of a listed one: its number among [Portal.Seats], from which its turn in the fair order is made

	terms [][]*Term // by facet
}

// Has tells whether a term is among the mentor's.
func (m *Mentor) Has(t *Term) bool { return slices.Contains(m.terms[t.Facet.index], t) }

// Terms is the mentor's values of a facet.
func (m *Mentor) Terms(f *Facet) []*Term { return m.terms[f.index] }

// publishable decides whether a profile is published on a day, and says why not. What
// is hidden here is in no output at all.
func publishable(r *content.Record[content.Mentor], c *config.Config, today civil.Date, problems *diag.List) bool {
	m := &r.Value
	hidden := func(place, why string) bool {
		problems.Warnf(r.Place(place), "hidden-but-readable", "%s, so the profile is not published; in a public repository the file itself stays readable", why)
		return false
	}
	place, why := withheld(m, c)
	switch {
	case why != "":
		return hidden(place, why)
	case c.Review.OnOverdue == "hide" && expired(m, today):
		return hidden("expires", "the profile expired on "+m.Expires.String())
	case c.Review.OnOverdue == "hide" && overdue(m, c, today):
		return hidden("reviewed", "nobody has read the profile over since "+lastReview(m).String())
	}
	if expired(m, today) {
		problems.Warnf(r.Place("expires"), "expired", "the profile expired on %s: ask the mentor to look at it, then move the date", m.Expires)
	} else if overdue(m, c, today) {
		problems.Warnf(r.Place("reviewed"), "review-due", "nobody has read the profile over since %s: ask the mentor to look at it, then set reviewed", lastReview(m))
	}
	return true
}

// withheld says why somebody decided that a profile is not published, and in which field; "" when
// nobody did.
func withheld(m *content.Mentor, c *config.Config) (field, why string) {
	switch {
	case m.Visibility == "hidden":
		return "visibility", `visibility is "hidden"`
	case m.Consent.Publish != nil && !*m.Consent.Publish:
		return "consent.publish", "consent.publish is false"
	case c.Privacy.RequireConsent && m.Consent.Publish == nil:
		return "consent", "there is no consent to publish (the site requires [consent] publish = true)"
	}
	return "", ""
}

// withPhoto tells whether consent allows the photo: a profile that records consent, or
// a site that requires it, publishes only what was agreed to.
func withPhoto(m *content.Mentor, c *config.Config) bool {
	recorded := m.Consent != content.Consent{}
	return m.Consent.Photo || !recorded && !c.Privacy.RequireConsent
}

// arrange puts the listed mentors in directory order. The fair order is seeded by the ISO
// week, so that it is everybody's turn to come first, and puts those who can be asked before
// those who cannot; the other two are what they say.
func (p *Portal) arrange() {
	ids := make([]string, len(p.Listed))
	for i, m := range p.Listed {
		ids[i] = m.ID
	}
	var seats []int
	seats, p.Seats = turn.Seats(ids)
	for i, m := range p.Listed {
		m.Seat = seats[i]
	}
	p.Week = turn.Week(p.Today.Week())
	if order := p.Config.Directory.Order; order == "fair" || order == "" {
		slices.SortFunc(p.Listed, func(a, b *Mentor) int {
			return cmp.Or(cmp.Compare(a.Availability.Status.Rank(), b.Availability.Status.Rank()), cmp.Compare(turn.Of(p.Week, a.Seat), turn.Of(p.Week, b.Seat)))
		})
	} else {
		p.Listed = p.Sorted(order)
	}
}

// Sorted is the listed mentors in one of the orders that are the same every week: by "name", or
// the "newest" first.
func (p *Portal) Sorted(order string) []*Mentor {
	names := nameKeys(p.Listed, p.Languages[0])
	return slices.SortedFunc(slices.Values(p.Listed), func(a, b *Mentor) int {
		newest := 0
		if order == "newest" {
			newest = b.Value.Joined.Compare(a.Value.Joined)
		}
		return cmp.Or(newest, strings.Compare(names[a], names[b]), strings.Compare(a.ID, b.ID))
	})
}

// nameKeys gives every mentor a key that sorts as the language does (Unicode Collation
// Algorithm with the CLDR's tailoring).
func nameKeys(mentors []*Mentor, lang string) map[*Mentor]string {
	collator := collate.New(language.Make(lang), collate.IgnoreCase)
	keys := make(map[*Mentor]string, len(mentors))
	var buffer collate.Buffer
	for _, m := range mentors {
		keys[m] = string(collator.KeyFromString(&buffer, cmp.Or(m.Value.SortName, m.Value.Name)))
		buffer.Reset()
	}
	return keys
}

// relate finds every listed mentor's most alike others. What depends on nothing but the
// features is taken from the last portal when they are the same: most edits change none.
func (p *Portal) relate(most int, last *Portal) {
	weights := map[string]float64{"skills": relatedSkill, "topics": relatedTopic, "stages": relatedStage}
	p.features = make([][]feature, len(p.Listed))
	for _, facet := range p.facets {
		weight := weights[facet.Name]
		if weight == 0 {
			continue
		}
		keys := map[*Term]string{}
		for i, m := range p.Listed {
			for _, term := range m.Terms(facet) {
				key, ok := keys[term]
				if !ok {
					key = facet.Name + "/" + term.ID
					if !term.Known { // its slug may be that of a known one
						key = facet.Name + "?" + term.Label("")
					}
					keys[term] = key
				}
				p.features[i] = append(p.features[i], feature{key, weight})
			}
		}
	}
	if last != nil && slices.EqualFunc(p.features, last.features, slices.Equal) {
		p.alike = last.alike
	} else {
		p.alike = related(p.features, most)
	}
	for i, others := range p.alike {
		for _, j := range others {
			p.Listed[i].Related = append(p.Listed[i].Related, p.Listed[j])
		}
	}
}

// CanAsk is how many of the mentors can be asked.
func CanAsk(mentors []*Mentor) int {
	n := 0
	for _, m := range mentors {
		if m.Availability.Status.CanAsk() {
			n++
		}
	}
	return n
}
