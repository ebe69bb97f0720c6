package content

import (
	"github.com/stoa-portal/stoa/generator/internal/civil"
	"github.com/stoa-portal/stoa/generator/internal/schema"
)

// A Mentor is what content/mentors/<id>.toml says about one person.
type Mentor struct {
	Name            string     `toml:"name" required:"yes" max:"120" translate:"yes" doc:"The name as it is to be shown."`
	SortName        string     `toml:"sort_name" elsewhere:"sort" max:"120" translate:"yes" doc:"The name as lists are sorted by, such as \"Díaz, Ana\"."`
	Honorific       string     `toml:"honorific" max:"40" translate:"yes" doc:"Dr, Prof., and the like."`
	Pronouns        string     `toml:"pronouns" max:"40" translate:"yes" doc:"Such as she/her."`
	NameLocal       string     `toml:"name_local" max:"120" doc:"The name in its own script."`
	Headline        string     `toml:"headline" elsewhere:"tagline,summary" max:"120" translate:"yes" doc:"One line: whom do you help, with what?"`
	Title           string     `toml:"title" elsewhere:"position,job,job_title,role" max:"120" translate:"yes" doc:"Job or role."`
	Organization    string     `toml:"organization" elsewhere:"company,employer,organisation" max:"120" translate:"yes" doc:"Employer or institute."`
	OrganizationURL schema.URL `toml:"organization_url" elsewhere:"organisation_url,company_url" doc:"Its web address."`
	Department      string     `toml:"department" elsewhere:"unit" max:"120" translate:"yes" doc:"Department or unit."`
	Sector          string     `toml:"sector" max:"80" translate:"yes" doc:"Public, private, non-profit and so on."`
	School          string     `toml:"school" max:"120" translate:"yes" doc:"School or faculty of study."`
	CourseOfStudy   string     `toml:"course_of_study" max:"120" translate:"yes" doc:"What the mentor studied or studies."`
	ClassYear       int        `toml:"class_year" min:"1900" max:"2100" doc:"Year of graduation."`
	ExperienceYears *int       `toml:"experience_years" elsewhere:"years" max:"80" doc:"Years of experience in the field."`

	Bio         Markdown `toml:"bio" elsewhere:"about,description,biography" max:"10000" translate:"yes" doc:"Who you are, in your own words: a few paragraphs."`
	IdealMentee Markdown `toml:"ideal_mentee" max:"4000" translate:"yes" doc:"Whom you would most like to hear from."`

	Skills     []string `toml:"skills" items:"40" max:"80" ref:"vocabulary/skills" doc:"What you know well."`
	HelpWith   []string `toml:"help_with" elsewhere:"topics,focus,areas" items:"30" max:"80" ref:"vocabulary/topics" doc:"What you can help with."`
	Stages     []string `toml:"stages" elsewhere:"audience" items:"20" max:"80" ref:"vocabulary/stages" doc:"Whom you mentor, by stage of study or career."`
	Industries []string `toml:"industries" items:"20" max:"80" ref:"vocabulary/industries" doc:"Where you have worked."`
	Style      []string `toml:"style" elsewhere:"styles" items:"10" max:"80" ref:"vocabulary/styles" doc:"How you mentor."`

	Location  Location          `toml:"location" doc:"Where you are."`
	Timezone  schema.Zone       `toml:"timezone" elsewhere:"time_zone,tz" doc:"Your time zone, such as Europe/Madrid."`
	Languages []schema.Language `toml:"languages" items:"20" doc:"Languages you mentor in, the preferred one first, as tags such as \"en\" or \"pt-BR\"."`
	Formats   []string          `toml:"formats" enum:"one-to-one,group,ad-hoc,long-term" doc:"How you like to work."`
	Modes     []string          `toml:"modes" enum:"online,in-person" doc:"Where you meet."`
	Channels  []Channel         `toml:"channels" elsewhere:"contacts,contact" items:"20" doc:"Ways to reach you. An e-mail address is shown only when both this says public = true and the site's [privacy] show_email allows it."`

	Availability Availability   `toml:"availability" doc:"When and how much. Absent means open."`
	Request      MentorRequest  `toml:"request" doc:"How a mentee asks you, when it differs from the site's way."`
	Links        []WebLink      `toml:"links" items:"20" translate:"yes" doc:"Pages about you or your work."`
	Experience   []Experience   `toml:"experience" items:"40" translate:"yes" doc:"Positions, latest first."`
	Resources    []Resource     `toml:"resources" items:"40" translate:"yes" doc:"What you recommend to read, watch or use."`
	Testimonials []Testimonial  `toml:"testimonials" items:"20" doc:"What mentees said, with their consent."`
	Roles        []Role         `toml:"roles" items:"40" doc:"Parts you played in programs."`
	Programs     []string       `toml:"programs" items:"40" ref:"programs" doc:"Programs you mentor in, by id."`
	Photo        Photo          `toml:"photo" elsewhere:"image,picture,avatar" doc:"About the photo, which is the file of the same name beside the profile unless src says otherwise."`
	Verified     Verified       `toml:"verified" doc:"Who checked that this is you, and when."`
	Badges       []string       `toml:"badges" items:"20" max:"60" translate:"yes" doc:"Distinctions the program gives."`
	Joined       civil.Date     `toml:"joined" elsewhere:"since" doc:"The day the mentor joined."`
	Reviewed     civil.Date     `toml:"reviewed" doc:"The day the profile was last read over by the mentor."`
	Expires      civil.Date     `toml:"expires" doc:"The day from which the profile is no longer to be trusted."`
	Consent      Consent        `toml:"consent" public:"no" doc:"What the mentor agreed to."`
	Visibility   string         `toml:"visibility" enum:"public,unlisted,hidden" default:"public" public:"no" doc:"public; unlisted: own page only, kept from search engines; hidden: not published at all."`
	Private      []string       `toml:"private" items:"40" max:"60" public:"no" doc:"Names of own fields not to publish, such as \"location\"."`
	Featured     bool           `toml:"featured" doc:"Shown on the home page."`
	Aliases      []string       `toml:"aliases" items:"20" doc:"Old ids or paths that lead here."`
	Fields       map[string]any `toml:"fields" translate:"yes" declared:"yes" doc:"The site's own fields, as config.toml declares them under [fields]."`
	Extra        map[string]any `toml:"extra" translate:"yes" doc:"Free keys for themes."`
}

// A Location is where a mentor is.
type Location struct {
	City    string         `toml:"city" max:"80" translate:"yes" doc:"City or town."`
	Region  string         `toml:"region" max:"80" translate:"yes" doc:"State, province or region."`
	Country schema.Country `toml:"country" doc:"Two capital letters (ISO 3166-1), such as ES."`
}

// A Channel is one way to reach a mentor.
type Channel struct {
	Type   string `toml:"type" required:"yes" max:"40" doc:"Such as email, phone, zoom, signal or mastodon."`
	Value  string `toml:"value" required:"yes" max:"300" doc:"The address, number or name there."`
	Public bool   `toml:"public" doc:"Whether it may be published."`
}

// Availability says when a mentor takes mentees, and how much.
type Availability struct {
	Status         string     `toml:"status" enum:"open,waitlist,full,paused,retired" default:"open" doc:"retired, paused, full and waitlist are shown as written, a pause with dates only between them; open is narrowed by the dates, the months and the free places."`
	Capacity       *int       `toml:"capacity" max:"1000" doc:"Mentees at a time."`
	Current        *int       `toml:"current" max:"1000" doc:"Mentees now."`
	HoursPerMonth  float64    `toml:"hours_per_month" max:"400" doc:"Time for each mentee, in hours a month."`
	SessionMinutes int        `toml:"session_minutes" min:"5" max:"600" doc:"Length of a meeting, in minutes."`
	Cadence        string     `toml:"cadence" max:"80" doc:"How often, such as \"every two weeks\"."`
	Months         []int      `toml:"months" items:"12" min:"1" max:"12" doc:"Months in which you take new mentees, 1 to 12."`
	From           civil.Date `toml:"from" doc:"First day you are available."`
	Until          civil.Date `toml:"until" doc:"Last day you are available."`
	ResponseDays   int        `toml:"response_days" max:"90" doc:"Days until you usually answer."`
	Note           string     `toml:"note" max:"300" doc:"A sentence to go with it."`
}

// MentorRequest is how a mentee asks this mentor.
type MentorRequest struct {
	Method       string     `toml:"method" enum:"form,email,github,link,none" doc:"The way to ask; absent: the site's."`
	URL          schema.URL `toml:"url" doc:"Own page for requests, on a host that the site's [request] origins allows."`
	CalendarURL  schema.URL `toml:"calendar_url" doc:"Own page for booking a meeting."`
	Instructions Markdown   `toml:"instructions" max:"2000" doc:"What you would like to read in a request."`
}

// A WebLink is a page elsewhere.
type WebLink struct {
	Label string     `toml:"label" max:"80" doc:"What the link says; absent: the kind or the host."`
	URL   schema.URL `toml:"url" required:"yes" doc:"The address."`
	Kind  string     `toml:"kind" max:"40" doc:"Such as website, linkedin, github, orcid or mastodon."`
}

// Experience is one position held.
type Experience struct {
	Year         int          `toml:"year" min:"1900" max:"2100" doc:"First year."`
	Until        int          `toml:"until" min:"1900" max:"2100" doc:"Last year; absent: still there."`
	Title        string       `toml:"title" required:"yes" max:"160" doc:"Job, degree or role."`
	Organization string       `toml:"organization" max:"160" doc:"Where."`
	Text         schema.Prose `toml:"text" doc:"A sentence or two."`
}

// A Resource is something the mentor recommends.
type Resource struct {
	Title   string       `toml:"title" required:"yes" max:"160" doc:"What it is called."`
	URL     schema.Link  `toml:"url" doc:"Where it is."`
	Comment schema.Prose `toml:"comment" doc:"Why it helps."`
}

// A Testimonial is what a mentee said.
type Testimonial struct {
	Text    schema.Prose `toml:"text" required:"yes" doc:"The words."`
	By      string       `toml:"by" max:"120" doc:"Whose they are."`
	Date    civil.Date   `toml:"date" doc:"When they were said."`
	Consent bool         `toml:"consent" doc:"Whether the mentee agreed to publish them; without, they are not."`
}

// A Role is a part that a mentor played in a program.
type Role struct {
	Program string `toml:"program" required:"yes" ref:"programs" doc:"Program, by id."`
	Cohort  string `toml:"cohort" max:"80" doc:"Cohort, by its id."`
	Year    int    `toml:"year" min:"1900" max:"2100" doc:"Year."`
	Role    string `toml:"role" max:"80" doc:"Such as mentor, speaker or coordinator."`
}

// Photo says what a mentor's photo shows.
type Photo struct {
	Src    schema.Path `toml:"src" doc:"The photo's file, when it is not the one named as the profile."`
	Alt    string      `toml:"alt" max:"300" translate:"yes" doc:"What it shows, for those who cannot see it."`
	Credit string      `toml:"credit" max:"120" translate:"yes" doc:"Who took it."`
	Focus  []float64   `toml:"focus" items:"2" min:"0" max:"1" doc:"Centre of the square cut, as shares of width and height: [0.5, 0.3]; absent: [0.5, 0.4]."`
}

// Verified says who checked a mentor's identity.
type Verified struct {
	By string     `toml:"by" max:"120" doc:"Who checked."`
	On civil.Date `toml:"on" doc:"When."`
}

// Consent is what a mentor agreed to. Nothing of it is ever published.
type Consent struct {
	Publish *bool      `toml:"publish" public:"no" doc:"Whether the profile may be published; false keeps it off the site."`
	Photo   bool       `toml:"photo" public:"no" doc:"Whether the photo may be published."`
	Date    civil.Date `toml:"date" public:"no" doc:"When consent was given."`
	Wording string     `toml:"wording" max:"300" public:"no" doc:"Which wording was agreed to."`
}
