package content

import "github.com/stoa-portal/stoa/generator/internal/schema"

// A Goal is a goal template: what content/goals/<id>.toml says.
type Goal struct {
	Title         string       `toml:"title" required:"yes" max:"160" translate:"yes" doc:"The goal in a few words."`
	Summary       string       `toml:"summary" elsewhere:"description" max:"300" translate:"yes" doc:"One or two sentences for lists."`
	Category      string       `toml:"category" enum:"skill,career,academic,personal,network" doc:"What kind of goal it is."`
	Method        string       `toml:"method" enum:"smart,grow" default:"smart" doc:"How it is worked out."`
	Stages        []string     `toml:"stages" max:"80" ref:"vocabulary/stages" doc:"Stages of study or career it suits."`
	Skills        []string     `toml:"skills" max:"80" ref:"vocabulary/skills" doc:"Skills it builds."`
	DurationWeeks int          `toml:"duration_weeks" min:"1" max:"520" doc:"Length, in weeks."`
	HoursPerWeek  float64      `toml:"hours_per_week" max:"100" doc:"Effort, in hours a week."`
	Statement     schema.Prose `toml:"statement" translate:"yes" doc:"The goal as one sentence a mentee would write."`
	Why           schema.Prose `toml:"why" translate:"yes" doc:"Why it is worth it."`
	Smart         Smart        `toml:"smart" doc:"The five questions of a SMART goal."`
	Grow          Grow         `toml:"grow" doc:"The questions of a GROW conversation."`
	Measures      []Measure    `toml:"measures" items:"20" translate:"yes" doc:"How progress is seen."`
	Milestones    []Milestone  `toml:"milestones" items:"60" translate:"yes" doc:"Steps on the way."`
	CheckIns      []CheckIn    `toml:"check_ins" items:"60" translate:"yes" doc:"When to look at it together, and what to ask."`
	Obstacles     []string     `toml:"obstacles" items:"40" max:"300" translate:"yes" doc:"What may get in the way."`
	Support       schema.Prose `toml:"support" translate:"yes" doc:"What a mentor can do."`
	Guides        []string     `toml:"guides" ref:"guides" doc:"Guides to read, as paths under guides/ without .md."`
	Worksheets    []string     `toml:"worksheets" ref:"worksheets" doc:"Worksheets that help, by id."`
	Aliases       []string     `toml:"aliases" items:"20" doc:"Old ids or paths that lead here."`
	Extra         Free         `toml:"extra" translate:"yes" doc:"Free keys for themes."`
}

// Smart is the five parts of a SMART goal.
type Smart struct {
	Specific   Prompt `toml:"specific" doc:"What exactly?"`
	Measurable Prompt `toml:"measurable" doc:"How will you know?"`
	Achievable Prompt `toml:"achievable" doc:"What makes it possible?"`
	Relevant   Prompt `toml:"relevant" doc:"Why does it matter?"`
	TimeBound  Prompt `toml:"time_bound" doc:"By when?"`
}

// A Prompt is a question and what an answer may look like.
type Prompt struct {
	Prompt  schema.Prose `toml:"prompt" max:"500" translate:"yes" doc:"The question."`
	Example schema.Prose `toml:"example" max:"1000" translate:"yes" doc:"An answer, as an example."`
}

// Grow is the questions of a GROW conversation.
type Grow struct {
	Goal       []string `toml:"goal" items:"20" max:"300" translate:"yes" doc:"Where do you want to get?"`
	Reality    []string `toml:"reality" items:"20" max:"300" translate:"yes" doc:"Where are you now?"`
	Options    []string `toml:"options" items:"20" max:"300" translate:"yes" doc:"What could you do?"`
	WayForward []string `toml:"way_forward" items:"20" max:"300" translate:"yes" doc:"What will you do?"`
}

// A Measure is a number by which progress is seen.
type Measure struct {
	Name     string   `toml:"name" required:"yes" max:"120" doc:"What is counted."`
	Unit     string   `toml:"unit" max:"40" doc:"In what."`
	Baseline *float64 `toml:"baseline" min:"-1000000000" doc:"Where it is at the start."`
	Target   *float64 `toml:"target" min:"-1000000000" doc:"Where it is to be at the end."`
}

// A Milestone is a step towards a goal.
type Milestone struct {
	Title    string       `toml:"title" required:"yes" max:"200" doc:"The step."`
	Week     int          `toml:"week" min:"1" max:"520" doc:"By the end of which week."`
	Evidence schema.Prose `toml:"evidence" max:"500" doc:"What shows that it is done."`
}

// A CheckIn is a look at a goal together.
type CheckIn struct {
	Week      int      `toml:"week" required:"yes" min:"1" max:"520" doc:"In which week."`
	Questions []string `toml:"questions" items:"20" max:"300" doc:"What to ask."`
}
