// Package check holds the rules that advise: what no build has to refuse, and what a
// coordinator should still hear of. In comes a frozen portal; out come warnings, each
// with its place.
package check

import (
	"fmt"
	"regexp"

	"github.com/stoa-portal/stoa/generator/internal/diag"
	"github.com/stoa-portal/stoa/generator/internal/portal"
)

// Portal applies every rule.
func Portal(p *portal.Portal) diag.List {
	var problems diag.List
	for _, m := range p.Mentors {
		privacy(m, &problems)
	}
	return problems
}

// Patterns of what people write into free text without meaning to publish it. A telephone
// number has at least eight digits, in groups, and begins with + or a digit.
var (
	email = regexp.MustCompile(`[\p{L}\p{N}._%+-]+@[\p{L}\p{N}-]+(\.[\p{L}\p{N}-]+)*\.\p{L}{2,}`)
	phone = regexp.MustCompile(`(^|[\s(:])(\+\d|\(?0\d)[\d\s().\-/]{6,}\d`)
)

// privacy finds e-mail addresses and telephone numbers in a profile's free text, where
// no switch hides them.
func privacy(m *portal.Mentor, problems *diag.List) {
	v := &m.Value
	texts := map[string]string{
		"headline": v.Headline, "bio": string(v.Bio), "ideal_mentee": string(v.IdealMentee),
		"availability.note": v.Availability.Note, "request.instructions": string(v.Request.Instructions),
	}
	for i, resource := range v.Resources {
		texts[fmt.Sprintf("resources[%d].comment", i)] = string(resource.Comment)
	}
	for path, text := range texts {
		if found := email.FindString(text); found != "" {
			problems.Warnf(m.Place(path), "email-in-text", "%s is published with this text; give it under [[channels]] instead, where public decides", found)
		}
		if found := phone.FindString(text); found != "" {
			problems.Warnf(m.Place(path), "phone-in-text", "a telephone number seems to be published with this text; give it under [[channels]] instead, where public decides")
		}
	}
}
