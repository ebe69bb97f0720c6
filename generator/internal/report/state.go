package report

import (
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/stoa-portal/stoa/generator/internal/civil"
	"github.com/stoa-portal/stoa/generator/internal/digest"
	"github.com/stoa-portal/stoa/generator/internal/portal"
)

// A State is what a report leaves for the next one: what was public on its day, and on the day
// of the one before, from which a second report on one day tells the same changes.
type State struct {
	Latest  Snapshot `json:"latest"`
	Earlier Snapshot `json:"earlier"`
}

// A Snapshot is the published mentors on one day, by id.
type Snapshot struct {
	Day     civil.Date       `json:"day"`
	Mentors map[string]Stand `json:"mentors"`
}

// A Stand is how a mentor stood on a day. It holds no name, and is gone from the state two
// reports after the mentor.
type Stand struct {
	Status portal.Status `json:"status"`
	Free   int           `json:"free"`    // places, -1 when not known
	Listed bool          `json:"listed"`  // in lists
	Due    bool          `json:"due"`     // to be read over
	Says   string        `json:"profile"` // digest of the profile
}

// ReadState reads what [State.Write] wrote. What cannot be read counts as nothing, so that the
// next report is a first one.
func ReadState(r io.Reader) State {
	var s State
	if json.NewDecoder(io.LimitReader(r, 64<<20)).Decode(&s) != nil {
		return State{}
	}
	return s
}

// Write writes the state, the same bytes for the same state.
func (s State) Write(w io.Writer) error {
	encoder := json.NewEncoder(w)
	encoder.SetIndent("", " ")
	return encoder.Encode(s)
}

// compare tells what is different since the last report of an earlier day.
func compare(p *portal.Portal, last State) (next State, since civil.Date, changes []Change) {
	now := Snapshot{Day: p.Today, Mentors: map[string]Stand{}}
	names := map[string]string{}
	for _, m := range p.Mentors {
		names[m.ID] = m.Value.Name
		sums := []any{m.Sum()}
		for _, lang := range slices.Sorted(maps.Keys(m.Translations)) {
			sums = append(sums, m.Translations[lang].Sum())
		}
		now.Mentors[m.ID] = Stand{m.Availability.Status, m.Availability.Free, m.Listed, m.Overdue, digest.Of(sums...).String()[:12]}
	}
	before := last.Latest
	if !before.Day.Before(p.Today) {
		before = last.Earlier
	}
	next = State{Latest: now, Earlier: before}
	if before.Day.IsZero() {
		return next, civil.Date{}, nil
	}
	for _, id := range slices.Sorted(maps.Keys(now.Mentors)) {
		stand := now.Mentors[id]
		if what := difference(before.Mentors, id, stand); what != "" {
			changes = append(changes, Change{names[id], what})
		}
	}
	for _, id := range slices.Sorted(maps.Keys(before.Mentors)) {
		if _, ok := now.Mentors[id]; !ok {
			changes = append(changes, Change{id, "is no longer published"})
		}
	}
	return next, before.Day, changes
}

// difference says in words how a mentor stands otherwise than before, or "".
func difference(before map[string]Stand, id string, now Stand) string {
	then, ok := before[id]
	if !ok {
		return "is new"
	}
	var what []string
	if then.Status != now.Status {
		what = append(what, fmt.Sprintf("%s, was %s", lower(states[now.Status]), lower(states[then.Status])))
	}
	if then.Free != now.Free && now.Free >= 0 && then.Free >= 0 {
		what = append(what, fmt.Sprintf("free places: %d, were %d", now.Free, then.Free))
	}
	switch {
	case then.Listed && !now.Listed:
		what = append(what, "no longer in lists")
	case !then.Listed && now.Listed:
		what = append(what, "in lists again")
	}
	switch {
	case !then.Due && now.Due:
		what = append(what, "due to be read over")
	case then.Due && !now.Due:
		what = append(what, "read over")
	}
	if len(what) == 0 && then.Says != now.Says {
		what = append(what, "the profile was edited")
	}
	return strings.Join(what, "; ")
}

func lower(words string) string {
	return strings.ToLower(words[:min(1, len(words))]) + words[min(1, len(words)):]
}
