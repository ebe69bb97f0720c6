package portal

import (
	"cmp"
	"slices"

	"github.com/stoa-portal/stoa/generator/internal/civil"
	"github.com/stoa-portal/stoa/generator/internal/config"
	"github.com/stoa-portal/stoa/generator/internal/content"
)

// A Review is a profile that its mentor should read over again.
type Review struct {
	*content.Record[content.Mentor]
	Last    civil.Date // when it was last read over, or else begun; may be zero for one that expired
	Expired bool       // the day in expires has come
	Hidden  bool       // it is not published until then
}

// Reviews lists the profiles that are due to be read over, the longest overdue first: those
// that are published, and those that are not for this reason alone.
func (p *Portal) Reviews() []Review {
	var due []Review
	for _, r := range p.Content.Mentors {
		m := &r.Value
		if _, why := withheld(m, p.Config); why != "" || staleOn(m, p.Config).IsZero() || p.Today.Before(staleOn(m, p.Config)) {
			continue
		}
		due = append(due, Review{Record: r, Last: lastReview(m), Expired: expired(m, p.Today), Hidden: p.Config.Review.OnOverdue == "hide"})
	}
	slices.SortFunc(due, func(a, b Review) int {
		return cmp.Or(staleOn(&a.Value, p.Config).Compare(staleOn(&b.Value, p.Config)), cmp.Compare(a.ID, b.ID))
	})
	return due
}

// staleOn is the first day on which a profile is out of date: that in expires, or the one after
// the time for reading it over is up. A profile that gives neither a day of review nor one
// of joining nor one of expiry is never.
func staleOn(m *content.Mentor, c *config.Config) civil.Date {
	on := m.Expires
	if last := lastReview(m); !last.IsZero() {
		if due, ok := c.Review.Every.After(last); ok && (on.IsZero() || due.AddDays(1).Before(on)) {
			on = due.AddDays(1)
		}
	}
	return on
}

// toldStaleOn is staleOn when the profile as it is published shows the days that it is made
// from: one that the mentor keeps back must not be told by another.
func toldStaleOn(written, shown *content.Mentor, c *config.Config) civil.Date {
	if shown.Expires != written.Expires || lastReview(shown) != lastReview(written) {
		return civil.Date{}
	}
	return staleOn(written, c)
}

func expired(m *content.Mentor, today civil.Date) bool {
	return !m.Expires.IsZero() && !today.Before(m.Expires)
}

func lastReview(m *content.Mentor) civil.Date {
	if m.Reviewed.IsZero() {
		return m.Joined
	}
	return m.Reviewed
}

// overdue tells whether a profile was read over too long ago. A profile that gives
// neither a day of review nor one of joining is not judged.
func overdue(m *content.Mentor, c *config.Config, today civil.Date) bool {
	last := lastReview(m)
	if last.IsZero() {
		return false
	}
	due, ok := c.Review.Every.After(last)
	return ok && today.After(due)
}
