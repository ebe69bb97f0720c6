// Package match suggests mentors to a mentee: who can be asked, how well they suit, and why.
//
// In: the [Facts] that mentors publish of themselves ([Of] takes them from a portal) and what a
// [Mentee] says. Out: a ranked list ([Facts.Rank]) and, for each mentor, the reasons
// ([Facts.Explain]). All is pure: the same facts, answers and day give the same list.
//
// The list is computed in the browser, from the file that [Facts.Write] writes, so that nothing
// a mentee says leaves the device; assets/js/match.js of the theme is this package in
// JavaScript. testdata/cases.json holds both to the same results. What stands here is
// there for tests, and because a rule that decides whom people meet should be readable.
//
// # The score
//
// A mentee may leave every question open. Each one that is answered gives a mentor between nothing
// and all of its weight ([DefaultWeights], or [match] weights of config.toml), and the score is the share of the
// weights that the mentor got, in thousandths:
//
//   - What the mentee is looking for (topics, skills, styles, industries and any other facet): the share
//     of the mentee's wishes that the mentor has. Four of five skills are four fifths of the weight.
//   - What both have to agree on (stages, languages, formats, modes): all of the weight when they
//     have one in common, nothing when they have none. It is the mentor's wish as much as the
//     mentee's: somebody who mentors doctoral researchers is not pressed on a first-year student. A mentor who
//     says nothing gets half.
//   - Time zones: the hours in which both are awake (9:00 to 22:00), all of the weight from four hours a day. A
//     mentor who does not give a time zone gets half.
//
// # Limits
//
// No score outweighs these ([Limit]): a mentor who speaks none of the mentee's languages; one who
// cannot be asked on the day (full, paused, retired, out of season, before or after their
// dates); one who is not in the program asked for, or whose programs all take nobody at the
// time.
//
// # The order
//
// Whoever can start comes before whoever has a waiting list; then the higher score. Equals are drawn by lot, and
// whoever has several free places has four lots where another has three. The lots change with the week and
// differ from visitor to visitor, so requests spread over mentors who suit equally well
// instead of going to the first of the alphabet, or to the one with most places; one visitor
// sees one order all week.
package match

import (
	"cmp"
	"fmt"
	"hash/fnv"
	"math"
	"slices"
	"strconv"
	"sync"
	"time"

	"github.com/stoa-portal/stoa/generator/internal/civil"
	"github.com/stoa-portal/stoa/generator/internal/portal"
)

// DefaultWeights are the weights of the facets that mentees are asked about; others have none
// unless config gives them one.
var DefaultWeights = map[string]float64{
	"topics": 4, "stages": 3, "skills": 2, "languages": 2, "timezones": 2, "formats": 1, "modes": 1, "styles": 1,
}

// enoughHours is the overlap from which more is no better, in minutes a day.
const enoughHours = 240

// unsaid is what a mentor gets who says nothing on a matter that both have to agree on.
const unsaid = 500

// agreed are the facets in which one value in common is all it takes.
var agreed = []string{"stages", "languages", "formats", "modes"}

// A Mentor is what one mentor publishes that matters for matching.
type Mentor struct {
	ID    string
	Terms map[string][]string // ids by facet; the programs too
	Zone  string              // IANA name, or ""
	Rule  portal.Rule
	Free  int // free places, -1 when unknown
}

// A Mentee is what a visitor says of themselves. What they leave open is empty.
type Mentee struct {
	Answers map[string][]string // ids by facet
	Zone    string              // IANA name, or ""
	Program string              // id, or ""
	Day     civil.Date          // the visitor's
	Visitor int                 // a number drawn once, so that not everybody's list begins with the same mentor
}

// A Program is the days of one that decide whether it takes people.
type Program struct {
	ID      string
	Cohorts []portal.Windows
}

// Facts are what all listed mentors publish.
type Facts struct {
	Weights  map[string]int // in hundredths; the facets that are asked about
	Mentors  []Mentor       // by id
	Programs []Program
}

// A Limit is why a mentor is not suggested, whatever else fits; "" is none. Beside these it may be a
// status: full, paused, later, off-season, ended, retired.
type Limit string

const (
	OtherLanguages Limit = "language" // no language in common
	OtherProgram   Limit = "program"  // not in the program asked for
	Closed         Limit = "window"   // the program takes nobody on that day
)

// A Result is one mentor as suggested.
type Result struct {
	Mentor *Mentor
	Score  int // thousandths; 0 when nothing was answered
	Limit  Limit
	Waits  bool // has a waiting list
	turn   uint32
}

// Rank sorts all mentors by how well they suit. Those that a limit keeps out come last, in
// the same order.
func (f *Facts) Rank(m Mentee) []Result {
	open := f.openPrograms(m.Day)
	year, week := m.Day.Week()
	turns := stamp(year, week) + "/" + strconv.Itoa(m.Visitor) + "/"
	results := make([]Result, len(f.Mentors))
	for i := range f.Mentors {
		c := &f.Mentors[i]
		results[i] = Result{
			Mentor: c, Score: f.Score(m, c), Limit: f.limit(m, c, open),
			Waits: c.Rule.On(m.Day) == portal.Waitlist, turn: lot(turns, c),
		}
	}
	slices.SortFunc(results, func(a, b Result) int {
		return cmp.Or(
			order(a.Limit != "", b.Limit != ""), order(a.Waits, b.Waits), cmp.Compare(b.Score, a.Score),
			cmp.Compare(a.turn, b.turn), cmp.Compare(a.Mentor.ID, b.Mentor.ID))
	})
	return results
}

func order(a, b bool) int {
	switch {
	case a == b:
		return 0
	case b:
		return -1
	}
	return 1
}

// lots are a mentor's chances among equals; one who has several free places has one more.
const lots = 3

// lot is the best of a mentor's lots. Of all lots each is as likely as another to be the best, so
// four lots come first four times where three come first three times.
func lot(turns string, m *Mentor) uint32 {
	count := lots
	if m.Free > 1 {
		count++
	}
	best := uint32(math.MaxUint32)
	for i := range count {
		best = min(best, turn(turns+m.ID+"/"+strconv.Itoa(i)))
	}
	return best
}

// stamp writes a week as ISO 8601 does: 2026-W48.
func stamp(year, week int) string { return fmt.Sprintf("%04d-W%02d", year, week) }

// turn makes a number of a text: FNV-1a, and the last step of MurmurHash3, without which texts
// that differ in their last letter alone would stay near each other.
func turn(text string) uint32 {
	hash := fnv.New32a()
	_, _ = hash.Write([]byte(text)) // never fails
	h := hash.Sum32()
	h ^= h >> 16
	h *= 0x85ebca6b
	h ^= h >> 13
	h *= 0xc2b2ae35
	return h ^ h>>16
}

// Score is how well a mentor suits, in thousandths of what was asked for.
func (f *Facts) Score(m Mentee, c *Mentor) int {
	sum, all := 0, 0
	for facet, weight := range f.Weights {
		if share, asked := shareOf(facet, m, c); asked {
			sum += weight * share
			all += weight
		}
	}
	if all == 0 {
		return 0
	}
	return sum / all
}

// shareOf is what a mentor gets of a facet's weight, in thousandths; asked is false when the
// mentee left the question open.
func shareOf(facet string, m Mentee, c *Mentor) (share int, asked bool) {
	if facet == "timezones" {
		if zone(m.Zone) == nil {
			return 0, false
		}
		if overlap, ok := overlapOf(m, c); ok {
			return min(1000, overlap.Awake*1000/enoughHours), true
		}
		return unsaid, true
	}
	wanted, offered := m.Answers[facet], c.Terms[facet]
	if len(wanted) == 0 {
		return 0, false
	}
	shared := len(common(wanted, offered))
	switch {
	case !slices.Contains(agreed, facet):
		return shared * 1000 / len(wanted), true
	case shared > 0:
		return 1000, true
	case len(offered) == 0:
		return unsaid, true
	}
	return 0, true
}

// overlapOf is the overlap of both days; false when one of the zones is not known.
func overlapOf(m Mentee, c *Mentor) (portal.Overlap, bool) {
	mine, theirs := zone(m.Zone), zone(c.Zone)
	if mine == nil || theirs == nil {
		return portal.Overlap{}, false
	}
	return portal.OverlapOn(m.Day, mine, theirs), true
}

// zone is a time zone by its name, or nil. Reading one from the database takes longer than ranking
// a mentor, so they are kept; they never change.
func zone(name string) *time.Location {
	if name == "" {
		return nil
	}
	if known, ok := zones.Load(name); ok {
		return known.(*time.Location)
	}
	location, err := time.LoadLocation(name)
	if err != nil {
		return nil
	}
	zones.Store(name, location)
	return location
}

var zones sync.Map // of *time.Location by name

// common are those of the wanted that are offered, in the order they are wanted.
func common(wanted, offered []string) []string {
	var both []string
	for _, id := range wanted {
		if slices.Contains(offered, id) {
			both = append(both, id)
		}
	}
	return both
}

// openPrograms tells which programs take people on a day.
func (f *Facts) openPrograms(day civil.Date) map[string]bool {
	open := map[string]bool{}
	for _, p := range f.Programs {
		phase, _ := portal.PhaseOn(p.Cohorts, day)
		open[p.ID] = phase == portal.Registration || phase == portal.AnyTime
	}
	return open
}

// limit is what keeps a mentor out of the suggestions, or "".
func (f *Facts) limit(m Mentee, c *Mentor, open map[string]bool) Limit {
	mine, theirs := m.Answers["languages"], c.Terms["languages"]
	if f.Weights["languages"] > 0 && len(mine) > 0 && len(theirs) > 0 && len(common(mine, theirs)) == 0 {
		return OtherLanguages
	}
	if status := c.Rule.On(m.Day); !status.CanAsk() {
		return Limit(status)
	}
	programs := c.Terms["programs"]
	switch {
	case m.Program != "" && !slices.Contains(programs, m.Program):
		return OtherProgram
	case m.Program != "" && !open[m.Program]:
		return Closed
	case m.Program == "" && len(programs) > 0 && !slices.ContainsFunc(programs, func(id string) bool { return open[id] }):
		return Closed
	}
	return ""
}

// A Reason is what one question says for or against a mentor.
type Reason struct {
	Facet   string
	Share   int            // of the question's weight, in thousandths
	Shared  []string       // of the mentee's answers, those that the mentor has
	Missing []string       // those that the mentor does not have
	Unsaid  bool           // the mentor says nothing on it
	Overlap portal.Overlap // of the time zones
}

// Explain gives the reasons of a mentor's score, one for each question that was answered, by
// facet.
func (f *Facts) Explain(m Mentee, c *Mentor) []Reason {
	var reasons []Reason
	for _, facet := range f.facets() {
		share, asked := shareOf(facet, m, c)
		if !asked {
			continue
		}
		reason := Reason{Facet: facet, Share: share, Unsaid: len(c.Terms[facet]) == 0}
		if facet == "timezones" {
			overlap, known := overlapOf(m, c)
			reason.Overlap, reason.Unsaid = overlap, !known
		}
		reason.Shared = common(m.Answers[facet], c.Terms[facet])
		for _, id := range m.Answers[facet] {
			if !slices.Contains(reason.Shared, id) {
				reason.Missing = append(reason.Missing, id)
			}
		}
		reasons = append(reasons, reason)
	}
	return reasons
}
