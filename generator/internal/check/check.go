// Package check holds the rules that advise: what no build has to refuse, and what a
// coordinator should still hear of. In comes a frozen portal; out come warnings, each
// with its place.
//
// Two kinds of advice: personal data that stands in a text where no switch hides it
// (privacy.go), and what makes a portal useless to a mentee though every file of it is right
// (health.go). Whether profiles are out of date is said with every build, by the room
// portal.
package check

import (
	"github.com/stoa-portal/stoa/generator/internal/diag"
	"github.com/stoa-portal/stoa/generator/internal/portal"
)

// Portal applies every rule.
func Portal(p *portal.Portal) diag.List {
	var problems diag.List
	for _, m := range p.Mentors {
		privacy(m, &problems)
	}
	health(p, &problems)
	return problems.Sorted()
}
