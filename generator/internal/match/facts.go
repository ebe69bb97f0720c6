package match

import (
	"bytes"
	"cmp"
	"encoding/json"
	"io"
	"maps"
	"math"
	"slices"
	"strings"

	"github.com/stoa-portal/stoa/generator/internal/civil"
	"github.com/stoa-portal/stoa/generator/internal/portal"
)

// Weights are the weights of the facets that mentees are asked about, in hundredths: the default ones,
// changed by what config says. A weight of 0 takes a question away.
func Weights(said map[string]float64) map[string]int {
	weights := map[string]int{}
	for _, from := range []map[string]float64{DefaultWeights, said} {
		for facet, weight := range from {
			weights[facet] = int(math.Round(weight * 100))
		}
	}
	maps.DeleteFunc(weights, func(facet string, weight int) bool {
		return weight <= 0 || facet == "availability" || facet == "programs" // limits, which no weight changes
	})
	return weights
}

// Of takes the facts from a portal: those of its listed mentors, by id.
func Of(p *portal.Portal) *Facts {
	f := &Facts{Weights: Weights(p.Config.Match.Weights)}
	mentors := slices.Clone(p.Listed)
	slices.SortFunc(mentors, func(a, b *portal.Mentor) int { return strings.Compare(a.ID, b.ID) })
	facets := append(f.facets(), "programs")
	for _, m := range mentors {
		c := Mentor{ID: m.ID, Terms: map[string][]string{}, Zone: string(m.Value.Timezone), Rule: m.Availability.Rule, Free: m.Availability.Free}
		if stale := m.StaleOn; p.Config.Review.OnOverdue == "hide" && !stale.IsZero() && c.Rule.Written == portal.Open {
			// from that day on nobody sees the profile, nor is led to it by a page that was made before
			if last := stale.AddDays(-1); c.Rule.Until.IsZero() || last.Before(c.Rule.Until) {
				c.Rule.Until = last
			}
		}
		for _, name := range facets {
			if facet := p.Facet(name); facet != nil && name != "timezones" {
				for _, term := range m.Terms(facet) {
					if term.Known {
						c.Terms[name] = append(c.Terms[name], term.ID)
					}
				}
			}
		}
		f.Mentors = append(f.Mentors, c)
	}
	for _, program := range p.Programs {
		f.Programs = append(f.Programs, Program{ID: program.ID, Cohorts: portal.WindowsOf(program.Value.Cohorts)})
	}
	return f
}

// facets are those asked about, by name.
func (f *Facts) facets() []string { return slices.Sorted(maps.Keys(f.Weights)) }

// A column holds a value for each mentor, in their order, as one text: a value is the number of an
// entry in a list, and a number is a character. Frequent entries come first, so most characters are
// one byte, and a server's compression finds few different ones.
type column struct {
	Terms []any  `json:"terms"`
	Of    string `json:"of"`
}

// table is the file as it is written. Its reader is decode in assets/js/match.js.
type table struct {
	Version  int               `json:"version"`
	Weights  map[string]int    `json:"weights"`
	IDs      string            `json:"ids"`    // of the mentors, with a space between them
	Facets   map[string]column `json:"facets"` // lists of values, each closed by "!"
	Zones    column            `json:"zones"`  // one value each: the zone
	Rules    column            `json:"rules"`  // one value each: [written, from, until, months, full]
	Free     string            `json:"free"`   // one number each: free places and one; 0 is unknown
	Programs []programRow      `json:"programs"`
}

type programRow struct {
	ID      string          `json:"id"`
	Cohorts [][4]civil.Date `json:"cohorts"` // registration opens, closes, starts, ends
}

// mostPlaces is the highest number of free places that is told apart.
const mostPlaces = 99

// Write writes the facts as one line of JSON.
func (f *Facts) Write(w io.Writer) error {
	t := table{Version: 1, Weights: f.Weights, Facets: map[string]column{}, Programs: []programRow{}}
	for _, name := range append(f.facets(), "programs") {
		if name == "timezones" {
			continue
		}
		if c := columnOf(f.Mentors, func(m *Mentor) []string { return m.Terms[name] }, true); len(c.Terms) > 0 {
			t.Facets[name] = c
		}
	}
	t.Zones = columnOf(f.Mentors, func(m *Mentor) []string { return []string{m.Zone} }, false)
	rules := map[string]any{}
	t.Rules = columnOf(f.Mentors, func(m *Mentor) []string {
		key, value := ruleRow(m.Rule)
		rules[key] = value
		return []string{key}
	}, false)
	for i, key := range t.Rules.Terms {
		t.Rules.Terms[i] = rules[key.(string)]
	}
	var ids, free strings.Builder
	for i, m := range f.Mentors {
		if i > 0 {
			ids.WriteByte(' ')
		}
		ids.WriteString(m.ID)
		free.WriteRune(character(min(m.Free, mostPlaces) + 1))
	}
	t.IDs, t.Free = ids.String(), free.String()
	for _, p := range f.Programs {
		row := programRow{ID: p.ID, Cohorts: [][4]civil.Date{}}
		for _, c := range p.Cohorts {
			row.Cohorts = append(row.Cohorts, [4]civil.Date{c.RegistrationOpens, c.RegistrationCloses, c.Starts, c.Ends})
		}
		t.Programs = append(t.Programs, row)
	}
	var text bytes.Buffer
	encoder := json.NewEncoder(&text)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(t); err != nil {
		return err
	}
	_, err := text.WriteTo(w)
	return err
}

// ruleRow is a rule as the file has it, with a key that is the same for the same rule. Dates that
// are long gone, and months that are all there are, stay: a rule is what the mentor wrote.
func ruleRow(r portal.Rule) (key string, row []any) {
	full := 0
	if r.Full {
		full = 1
	}
	months := r.Months
	if months == nil {
		months = []int{}
	}
	row = []any{cmp.Or(r.Written, portal.Open), r.From, r.Until, months, full}
	data, _ := json.Marshal(row) // texts and numbers: never fails
	return string(data), row
}

// columnOf writes the values of all mentors.
func columnOf(mentors []Mentor, values func(*Mentor) []string, several bool) column {
	count := map[string]int{}
	for i := range mentors {
		for _, v := range values(&mentors[i]) {
			count[v]++
		}
	}
	entries := slices.SortedFunc(maps.Keys(count), func(a, b string) int {
		return cmp.Or(cmp.Compare(count[b], count[a]), strings.Compare(a, b))
	})
	number := make(map[string]int, len(entries))
	c := column{Terms: make([]any, len(entries))}
	for i, entry := range entries {
		number[entry], c.Terms[i] = i, entry
	}
	var of strings.Builder
	for i := range mentors {
		for _, v := range values(&mentors[i]) {
			of.WriteRune(character(number[v]))
		}
		if several {
			of.WriteByte('!')
		}
	}
	c.Of = of.String()
	return c
}

// character is the character for a number: from "#" on, without the backslash, which JSON
// would write as two, and without the halves of pairs (U+D800 to U+DFFF), which are no
// characters.
func character(n int) rune {
	c := rune('#' + n)
	if c >= '\\' {
		c++
	}
	if c >= 0xD800 {
		c += 0x800
	}
	return c
}
