package content

import "github.com/stoa-portal/stoa/generator/internal/schema"

// A Vocabulary is what content/vocabulary/<name>.toml says: the words a facet knows.
type Vocabulary struct {
	Terms   []Term   `toml:"term" elsewhere:"terms" items:"5000" translate:"yes" merge:"id" doc:"The words."`
	Aliases []string `toml:"aliases" items:"20" doc:"Old paths that lead to the facet's page."`
	Extra   Free     `toml:"extra" translate:"yes" doc:"Free keys for themes."`
}

// A Term is one word of a vocabulary.
type Term struct {
	ID          schema.ID    `toml:"id" required:"yes" doc:"Short name, part of addresses."`
	Label       string       `toml:"label" required:"yes" max:"80" doc:"What is shown."`
	Aliases     []string     `toml:"aliases" items:"40" max:"80" doc:"Other words for it, which profiles and searches may use."`
	Group       string       `toml:"group" max:"80" doc:"Heading under which it is listed."`
	Description schema.Prose `toml:"description" max:"500" doc:"What it means, in a sentence."`
	Ask         string       `toml:"ask" max:"200" doc:"Topics: the sentence a mentee would say, such as \"I don't know what comes after my degree\"."`
}
