package pages

import (
	"bytes"
	"fmt"
	"strings"

	"github.com/stoa-portal/stoa/generator/internal/diag"
	"github.com/stoa-portal/stoa/generator/internal/digest"
	"github.com/stoa-portal/stoa/generator/internal/markdown"
	"github.com/stoa-portal/stoa/generator/internal/portal"
	"github.com/stoa-portal/stoa/generator/internal/schema"
)

// Fenced blocks of these names stand for something of the site; their text is TOML.
type (
	embedMentors struct {
		Skill   string `toml:"skill" max:"80" doc:"Mentors with this skill."`
		Topic   string `toml:"topic" max:"80" doc:"Mentors who help with this topic."`
		Stage   string `toml:"stage" max:"80" doc:"Mentors for this stage."`
		Program string `toml:"program" max:"80" doc:"Mentors of this program, by id."`
		Limit   int    `toml:"limit" min:"1" max:"24" default:"3" doc:"How many, in the directory's order."`
	}
	embedRecord struct {
		ID string `toml:"id" required:"yes" max:"80" doc:"Which one, by id."`
	}
	embedProgram struct {
		Program string `toml:"program" required:"yes" max:"80" doc:"Whose, by id."`
	}
)

var (
	mentorsEmbed = schema.TableOf[embedMentors]("mentors", "Cards of mentors.")
	recordEmbed  = schema.TableOf[embedRecord]("goal", "A card of a goal or worksheet.")
	programEmbed = schema.TableOf[embedProgram]("timeline", "A program's timeline or questions.")
)

// Embed writes what a fenced block stands for, with the theme's components.
func (r *resolver) Embed(m markdown.Embed) ([]byte, error) {
	e := r.edition
	switch m.Kind {
	case "mentors":
		var o embedMentors
		if err := decodeEmbed(m, mentorsEmbed, &o); err != nil {
			return nil, err
		}
		cards, err := e.chosen(m, o)
		if err != nil || len(cards) == 0 {
			return nil, err
		}
		return e.component("mentor-cards", cards)
	case "goal":
		var o embedRecord
		if err := decodeEmbed(m, recordEmbed, &o); err != nil {
			return nil, err
		}
		for _, g := range e.Portal.Goals {
			if g.ID == o.ID {
				return e.component("goal-card", e.goalCard(g))
			}
		}
		return nil, e.noSuch(m, "goals/", o.ID, "goal")
	case "worksheet":
		var o embedRecord
		if err := decodeEmbed(m, recordEmbed, &o); err != nil {
			return nil, err
		}
		for _, w := range e.Portal.Worksheets {
			if w.ID == o.ID {
				return e.component("worksheet-card", e.worksheetCard(w))
			}
		}
		return nil, e.noSuch(m, "worksheets/", o.ID, "worksheet")
	}
	var o embedProgram
	if err := decodeEmbed(m, programEmbed, &o); err != nil {
		return nil, err
	}
	program := e.Portal.Program(o.Program)
	if program == nil {
		return nil, e.noSuch(m, "programs/", o.Program, "program")
	}
	if m.Kind == "timeline" {
		return e.component("timeline", e.timeline(program))
	}
	questions := e.questions(program)
	var problems diag.List
	for i := range questions {
		questions[i].Answer.render(&problems)
	}
	if err := problems.Err(); err != nil {
		return nil, err
	}
	return e.component("faq", questions)
}

// chosen picks the cards of a mentors block.
func (e *edition) chosen(m markdown.Embed, o embedMentors) ([]Fragment, error) {
	var wanted []*portal.Term
	for _, choice := range []struct{ facet, word, name string }{
		{"skills", o.Skill, "skill"}, {"topics", o.Topic, "topic"}, {"stages", o.Stage, "stage"}, {"programs", o.Program, "program"},
	} {
		if choice.word == "" {
			continue
		}
		term, words := e.Portal.Term(choice.facet, choice.word), e.Portal.Vocabulary(choice.facet)
		switch {
		case term != nil:
			wanted = append(wanted, term)
		case words != nil:
			return nil, fmt.Errorf("there is no %s %q%s", choice.name, choice.word, words.DidYouMean(choice.word))
		case choice.facet == "programs" && e.Portal.Program(choice.word) == nil:
			return nil, e.noSuch(m, "programs/", choice.word, "program")
		default: // nobody has it, at least not today
			return nil, nil
		}
	}
	var cards []Fragment
	for _, mentor := range e.Portal.Listed {
		if len(cards) == o.Limit {
			break
		}
		fits := mentor.Availability.Status.CanAsk()
		for _, term := range wanted {
			fits = fits && mentor.Has(term)
		}
		if fits {
			cards = append(cards, e.cards[mentor.ID])
		}
	}
	return cards, nil
}

// noSuch is the error of a block that names nothing; nothing at all when what it names
// was left out of the build.
func (e *edition) noSuch(m markdown.Embed, folder, id, kind string) error {
	if e.routes.without[folder+id+".toml"] {
		return nil
	}
	var known []string
	for _, file := range e.routes.files {
		if rest, ok := strings.CutPrefix(file, folder); ok {
			known = append(known, strings.TrimSuffix(rest, ".toml"))
		}
	}
	return fmt.Errorf("there is no %s %q%s", kind, id, diag.DidYouMean(id, known))
}

// decodeEmbed reads a block's TOML; problems have their place in the file it stands in.
func decodeEmbed(m markdown.Embed, table *schema.Table, into any) error {
	document, problems := schema.Open(m.Place.File, []byte(m.Body))
	if problems.Errors() == 0 {
		problems.Add(schema.Decode(document, table, into))
	}
	for i := range problems {
		p := &problems[i].Place
		if p.Line == 1 {
			p.Column += max(m.BodyPlace.Column, 1) - 1
		}
		p.Line = max(p.Line, 1) + m.BodyPlace.Line - 1
	}
	return problems.Err()
}

// component renders a component of the theme.
func (e *edition) component(name string, view any) ([]byte, error) {
	var html bytes.Buffer
	err := e.words.Component(&html, name, view)
	return html.Bytes(), err
}

// embedSum is the digest of everything that a block could show.
func (e *edition) embedSum() digest.Sum {
	e.embedOnce.Do(func() {
		p := e.Portal
		parts := []any{e.stamp}
		for _, m := range p.Listed {
			parts = append(parts, e.cards[m.ID])
			for _, f := range []string{"skills", "topics", "stages", "programs"} {
				for _, term := range m.Terms(p.Facet(f)) {
					parts = append(parts, term.ID)
				}
			}
		}
		for _, g := range p.Goals {
			parts = append(parts, g.Sum(), g.In(e.lang).Sum())
		}
		for _, w := range p.Worksheets {
			parts = append(parts, w.Sum(), w.In(e.lang).Sum())
		}
		for _, program := range p.Programs {
			parts = append(parts, program.Sum(), program.In(e.lang).Sum(), program.Phases, p.Today)
		}
		for _, name := range []string{"skills", "topics", "stages"} {
			if v := p.Content.Vocabularies[name]; v != nil {
				parts = append(parts, v.Sum(), v.In(e.lang).Sum())
			}
		}
		e.embedded = digest.Of(parts...)
	})
	return e.embedded
}
