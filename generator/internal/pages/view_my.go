package pages

import "github.com/stoa-portal/stoa/generator/internal/civil"

// A MyView is what the visitor keeps on the device: layouts/my.html. The page itself knows
// nothing of them; scripts fill it in the browser.
type MyView struct {
	Page
	Goals      []GoalCard
	Worksheets []WorksheetCard
	Cohorts    bool // whether there is a cohort to follow week by week
}

// A GoalPlan is a goal template as scripts take it, to make a visitor's plan of it.
type GoalPlan struct {
	ID         string          `json:"id"`
	Lang       string          `json:"lang"`
	Title      string          `json:"title"`
	Statement  string          `json:"statement"`
	Weeks      int             `json:"weeks"`
	Smart      []PlanPrompt    `json:"smart"`
	Grow       []PlanPrompts   `json:"grow"`
	Measures   []PlanMeasure   `json:"measures"`
	Milestones []PlanMilestone `json:"milestones"`
	CheckIns   []PlanCheckIn   `json:"checkIns"`
}

// A PlanPrompt is a question of a GoalPlan, with an example.
type PlanPrompt struct {
	Name    string `json:"name"`
	Prompt  string `json:"prompt"`
	Example string `json:"example"`
}

// PlanPrompts are the questions of one GROW step of a GoalPlan.
type PlanPrompts struct {
	Name      string   `json:"name"`
	Questions []string `json:"questions"`
}

// A PlanMeasure is a number by which a GoalPlan tells progress.
type PlanMeasure struct {
	Name     string   `json:"name"`
	Unit     string   `json:"unit"`
	Baseline *float64 `json:"baseline"` // nil when not given
	Target   *float64 `json:"target"`
}

// A PlanMilestone is a step of a GoalPlan.
type PlanMilestone struct {
	Title    string `json:"title"`
	Week     int    `json:"week"` // due at its end; 0 when not given
	Evidence string `json:"evidence"`
}

// A PlanCheckIn is a look at a GoalPlan together.
type PlanCheckIn struct {
	Week      int      `json:"week"`
	Questions []string `json:"questions"`
}

// A FollowedCohort is a cohort whose weeks a visitor can follow: an entry of my/weeks.json.
type FollowedCohort struct {
	Program  string         `json:"program"` // id
	Cohort   string         `json:"cohort"`  // id
	Title    string         `json:"title"`   // of program and cohort
	URL      string         `json:"url"`     // of the program's page, with the base path
	Starts   civil.Date     `json:"starts"`
	Ends     civil.Date     `json:"ends"`
	Calendar string         `json:"calendar"` // address of its calendar file, with the base path, or ""
	Weeks    []FollowedWeek `json:"weeks"`
}

// A FollowedWeek is what a cohort does in one week.
type FollowedWeek struct {
	Number    int         `json:"number"`
	Title     string      `json:"title"`
	Text      string      `json:"text"`
	Question  string      `json:"question"`
	Guide     *FollowLink `json:"guide"`
	Worksheet *FollowLink `json:"worksheet"`
}

// A FollowLink leads to a guide or a worksheet; URL has the base path.
type FollowLink struct {
	Label string `json:"label"`
	URL   string `json:"url"`
}
