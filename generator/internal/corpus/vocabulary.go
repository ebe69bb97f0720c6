package corpus

import (
	"fmt"
	"strings"

	"github.com/stoa-portal/stoa/generator/internal/schema"
)

// A term is an entry of a vocabulary.
type term struct{ id, label, group, alias, ask string }

var subjects = []struct{ group, labels string }{
	{"Life sciences", "Genomics|Ecology|Microbiology|Neuroscience|Botany"},
	{"Physical sciences", "Statistics|Chemistry|Astronomy|Geology|Materials"},
	{"Computing", "Databases|Machine learning|Networks|Accessibility|Security"},
	{"Engineering", "Hydraulics|Electronics|Bridges|Robotics|Acoustics"},
	{"Health", "Nursing|Nutrition|Epidemiology|Physiotherapy|Mental health"},
	{"Society", "Economics|Law|Housing|Education|Public policy"},
	{"Humanities", "Archives|Translation|Linguistics|Philosophy|Archaeology"},
	{"Arts and media", "Illustration|Theatre|Radio|Music|Typography"},
}

// aspects make ten skills of every subject; the first is the subject itself.
var aspects = []string{"%s", "Applied %s", "Teaching %s", "Writing about %s", "Tools for %s", "History of %s", "Ethics of %s", "Careers in %s", "Research in %s", "Data in %s"}

// inventSkills lists the plain subjects first: they are the ones most people name.
func inventSkills() []term {
	var skills []term
	for _, aspect := range aspects {
		for _, subject := range subjects {
			for label := range strings.SplitSeq(subject.labels, "|") {
				lower := strings.ToLower(label)
				t := term{label: label, group: subject.group}
				if aspect != "%s" {
					t.label = fmt.Sprintf(aspect, lower)
					t.alias = lower + ", " + strings.ToLower(strings.TrimSuffix(aspect, " %s"))
				}
				t.id = schema.Slug(t.label)
				skills = append(skills, t)
			}
		}
	}
	return skills[:skillCount]
}

var concerns = []string{"Choosing a path", "First job", "Graduate school", "Publishing", "Interviews", "Applications", "Networking", "Confidence"}
var settings = []string{"", "abroad", "in a small town", "after a break", "with a family"}

func inventTopics() []term {
	var topics []term
	for _, setting := range settings {
		for _, concern := range concerns {
			label := strings.TrimSpace(concern + " " + setting)
			topics = append(topics, term{
				id: schema.Slug(label), label: label, group: concern,
				ask: "I don't know how to begin with " + strings.ToLower(label) + ".",
			})
		}
	}
	return topics
}

func inventDepartments() []string {
	var all []string
	for _, kind := range []string{"Department of %s", "Institute for %s", "Centre for %s"} {
		for _, subject := range subjects {
			labels := strings.Split(subject.labels, "|")
			for _, label := range labels[:3] {
				all = append(all, fmt.Sprintf(kind, label))
			}
		}
	}
	return all[:departmentCount]
}

func terms(labels string) []term {
	var all []term
	for label := range strings.SplitSeq(labels, "|") {
		all = append(all, term{id: schema.Slug(label), label: label})
	}
	return all
}

var (
	stages     = terms("First year|Undergraduate|Master's|Doctoral|Postdoc|Early career|Mid career|Career change")
	industries = terms("Higher education|Health care|Technology|Energy|Finance|Government|Non-profit|Media|Arts and culture|Construction|Agriculture|Law|Manufacturing|Consulting|Transport|Tourism")
	styles     = terms("Listener|Challenger|Connector|Advisor|Coach|Sponsor|Role model")
)

func ids(terms []term) []string {
	all := make([]string, len(terms))
	for i, t := range terms {
		all[i] = t.id
	}
	return all
}

// vocabularies yields content/vocabulary.
func (s *site) vocabularies(yield func(string, []byte) bool) {
	for _, v := range []struct {
		name  string
		terms []term
	}{{"skills", s.skills}, {"topics", s.topics}, {"stages", stages}, {"industries", industries}, {"styles", styles}} {
		var d document
		for _, t := range v.terms {
			d.entry("term")
			d.text("id", t.id)
			d.text("label", t.label)
			if t.alias != "" {
				d.list("aliases", []string{t.alias})
			}
			d.text("group", t.group)
			d.text("description", t.label+", as mentors of this portal understand it.")
			d.text("ask", t.ask)
		}
		if !yield("content/vocabulary/"+v.name+".toml", d.bytes()) {
			return
		}
	}
}
