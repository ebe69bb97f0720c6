package content

import (
	"github.com/stoa-portal/stoa/generator/internal/civil"
	"github.com/stoa-portal/stoa/generator/internal/schema"
)

// A Program is what content/programs/<id>.toml says.
type Program struct {
	Title               string       `toml:"title" required:"yes" max:"120" translate:"yes" doc:"What the program is called."`
	Summary             string       `toml:"summary" elsewhere:"description,tagline" max:"300" translate:"yes" doc:"One or two sentences for lists."`
	Kind                string       `toml:"kind" enum:"cohort,rolling,flash" default:"rolling" doc:"cohort: everybody starts together; rolling: start any time; flash: a single meeting."`
	Body                Markdown     `toml:"body" max:"40000" translate:"yes" doc:"The program, described."`
	Audience            string       `toml:"audience" max:"300" translate:"yes" doc:"Whom it is for, in a sentence."`
	Eligibility         Markdown     `toml:"eligibility" max:"10000" translate:"yes" doc:"Who may take part."`
	TimeCommitment      string       `toml:"time_commitment" max:"200" translate:"yes" doc:"Such as \"two hours a month for six months\"."`
	DurationWeeks       int          `toml:"duration_weeks" min:"1" max:"520" doc:"Length, in weeks."`
	MeetingFrequency    string       `toml:"meeting_frequency" max:"120" translate:"yes" doc:"Such as \"every two weeks\"."`
	MaxChoices          int          `toml:"max_choices" max:"100" doc:"How many mentors a mentee may ask."`
	MaxMenteesPerMentor int          `toml:"max_mentees_per_mentor" max:"1000" doc:"How many mentees a mentor may have."`
	ApplyMenteeURL      schema.Link  `toml:"apply_mentee_url" translate:"yes" doc:"Where mentees apply."`
	ApplyMentorURL      schema.Link  `toml:"apply_mentor_url" translate:"yes" doc:"Where mentors sign up."`
	Cohorts             []Cohort     `toml:"cohorts" items:"100" translate:"yes" merge:"id" doc:"Groups that start together, with their dates. The status shown is computed from them."`
	Timeline            []TimelineAt `toml:"timeline" translate:"yes" doc:"What happens when."`
	Weeks               []Week       `toml:"weeks" translate:"yes" doc:"The program week by week."`
	FAQ                 []Question   `toml:"faq" translate:"yes" doc:"Questions people ask."`
	Partners            []Partner    `toml:"partners" translate:"yes" doc:"Who runs it with you."`
	Contacts            []Contact    `toml:"contacts" items:"40" translate:"yes" doc:"Whom to ask."`
	Guides              []string     `toml:"guides" ref:"guides" doc:"Guides to read, as paths under guides/ without .md."`
	Goals               []string     `toml:"goals" ref:"goals" doc:"Goal templates that fit, by id."`
	Worksheets          []string     `toml:"worksheets" ref:"worksheets" doc:"Worksheets in use, by id."`
	CodeOfConduct       string       `toml:"code_of_conduct" ref:"pages" doc:"The page with the code of conduct, by name."`
	Image               schema.Path  `toml:"image" elsewhere:"cover,thumbnail,og_image,banner" translate:"yes" doc:"Picture for previews of links: beside the file, or \"/x\" in static."`
	ImageAlt            string       `toml:"image_alt" max:"300" translate:"yes" doc:"What that picture shows."`
	Aliases             []string     `toml:"aliases" items:"20" doc:"Old ids or paths that lead here."`
	Extra               Free         `toml:"extra" translate:"yes" doc:"Free keys for themes."`
}

// A Cohort is a group that starts together.
type Cohort struct {
	ID                 schema.ID  `toml:"id" required:"yes" doc:"Short name, such as 2026-autumn."`
	Title              string     `toml:"title" max:"120" translate:"yes" doc:"What it is called."`
	RegistrationOpens  civil.Date `toml:"registration_opens" doc:"First day to register."`
	RegistrationCloses civil.Date `toml:"registration_closes" doc:"Last day to register."`
	Starts             civil.Date `toml:"starts" doc:"First day."`
	Ends               civil.Date `toml:"ends" doc:"Last day."`
}

// TimelineAt is one point of a program's timeline, by date or by week.
type TimelineAt struct {
	Date  civil.Date   `toml:"date" doc:"The day, or give a week."`
	Week  int          `toml:"week" min:"1" max:"520" doc:"The week of the program, or give a date."`
	Title string       `toml:"title" required:"yes" max:"160" doc:"What happens."`
	Text  schema.Prose `toml:"text" doc:"A sentence or two."`
}

// A Week is one week of a program.
type Week struct {
	Number    int          `toml:"number" required:"yes" min:"1" max:"520" doc:"Which week, from 1."`
	Title     string       `toml:"title" required:"yes" max:"160" doc:"What the week is about."`
	Text      schema.Prose `toml:"text" doc:"What to do."`
	Guide     string       `toml:"guide" ref:"guides" doc:"Guide to read, as a path under guides/ without .md."`
	Worksheet string       `toml:"worksheet" ref:"worksheets" doc:"Worksheet to fill in, by id."`
	Question  string       `toml:"question" max:"300" doc:"A question to talk about."`
}

// A Question is one of a program's frequent questions.
type Question struct {
	Question string   `toml:"question" required:"yes" max:"300" doc:"The question."`
	Answer   Markdown `toml:"answer" required:"yes" max:"4000" doc:"The answer."`
}

// A Partner runs a program with the university.
type Partner struct {
	Name string      `toml:"name" required:"yes" max:"120" doc:"Who."`
	URL  schema.URL  `toml:"url" doc:"Their web address."`
	Logo schema.Path `toml:"logo" doc:"Their logo: a file beside the program, or \"/x\" in static."`
}

// A Contact is a person to ask about a program.
type Contact struct {
	Name  string       `toml:"name" required:"yes" max:"120" doc:"Who."`
	Role  string       `toml:"role" max:"120" doc:"What they do."`
	Email schema.Email `toml:"email" doc:"E-mail address; it is published."`
	URL   schema.Link  `toml:"url" doc:"A page or form to reach them."`
}
