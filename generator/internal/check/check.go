// Package check is advice: everything that Stoa warns of, what each warning is called, how
// severe a site takes it, and the rules that only a check looks for.
//
// [Rules] is the table (rules.go): a row for each kind of warning, with the sentence that
// says what it is and how to mend it. Some of them come from the rooms that read the thing, with
// every build; the others are found here, in a frozen portal, by [Portal]. content/README.md shows
// the table, and config.toml's [check] sets a row to "off", "warn" or "error" ([LevelsOf]).
//
// What is looked for here: personal data in texts where no switch hides it (privacy.go), what
// leaves a mentee with nothing to do (health.go), words that nobody uses or that are there twice
// (words.go), and texts that lead nowhere or say too little (texts.go). [External] asks
// other hosts whether their pages are still there; only it talks to a network.
// [Reminders] writes to mentors whose profile is due to be read over.
package check

import (
	"github.com/stoa-portal/stoa/generator/internal/diag"
	"github.com/stoa-portal/stoa/generator/internal/portal"
)

// A site is what the rules look at: a portal, and all that is written in it.
type site struct {
	*portal.Portal
	texts []text
}

// Portal applies every rule of this room, as severe as the site takes it.
func Portal(p *portal.Portal, levels Levels) diag.List {
	s := &site{Portal: p, texts: textsOf(p)}
	var problems diag.List
	for _, rule := range Rules {
		if rule.find != nil && levels.level(rule.Name) != Off {
			rule.find(s, &problems)
		}
	}
	return levels.Apply(problems).Sorted()
}
