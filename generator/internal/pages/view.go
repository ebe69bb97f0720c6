package pages

import (
	"github.com/stoa-portal/stoa/generator/internal/civil"
	"github.com/stoa-portal/stoa/generator/internal/digest"
)

// The types of this file are what a layout sees: plain values, in the page's
// language, with every link resolved. URLs are site paths without a leading slash
// ("mentors/ana/", "" for the home page) unless they are absolute; a layout writes
// them through the theme's url function, which alone knows the base path.
// themes/README.md documents them for people who write themes.

// A Page is what every layout sees; each kind's view embeds it.
type Page struct {
	Site        *Site
	Kind        string // name of the layout: "home", "mentor", "guide", …
	Title       string // the page's own title, without the site's
	Description string // one sentence for search engines and link previews, or ""
	Lang        string // language of the content: differs from Site.Lang on a fallback page
	Permalink   string // site path
	Within      string // site path of the part of the site that it belongs to: of a browse page, the directory; else Permalink
	Canonical   string // absolute URL, or "" when the site has no base URL
	NoIndex     bool
	Alternates  []Alternate // this page in the site's languages, itself included; empty with one language
	Breadcrumbs []Link      // from home to the parent; empty on the home page
	Previous    *Link
	Next        *Link
	EditURL     string   // the source file in the repository's web editor, or ""
	Feed        string   // site path of the feed in the language of the site, or ""
	JSONLD      any      // schema.org data, or nil
	Image       *Preview // the picture for previews of links, or nil
}

// A Preview is the picture that is shown with a link to a page.
type Preview struct {
	URL           string // absolute
	Width, Height int    // in pixels, 0 when not known
	Alt           string // what it shows, or ""
	Wide          bool   // a banner, and not a portrait
}

// A Site is what all pages of one language share.
type Site struct {
	Title        string
	Description  string
	Lang         string // BCP 47
	Dir          string // "ltr" or "rtl"
	Home         string // site path of this language's home page: "" or "es/"
	Menu         []Link
	Footer       []Link
	Contact      string // e-mail address or URL of the program's office, or ""
	ContactURL   string // mailto: or https: form of Contact, or ""
	Logo         string // URL or ""
	Mark         string // URL of the small square sign for browser tabs, or ""
	Mentors      string // site path of the directory, in this language
	Programs     string // site paths of the index pages, "" when the site has none of the kind
	Guides       string
	Goals        string
	Worksheets   string
	Search       string // site path of the page that searches the whole site
	AddMentor    string // where the repository's web editor begins a profile, or ""
	My           string // site path of what the visitor keeps: "my/", in this language
	Match        string // site path of the page that suggests mentors, and of the one to ask them on; "" when there is none
	Request      string
	MaxChoices   int    // how many mentors a mentee may ask at once
	Assets       string // site path of the theme's asset tree: "assets/<digest>/"
	BrandCSS     string // site path of the stylesheet generated from [brand], or ""
	HighlightCSS string // site path of the stylesheet for highlighted code
	CSP          string // content of the Content-Security-Policy meta element
	Params       map[string]any

	Privacy       string // site path of the privacy page, "" when there is none or Footer has it
	Accessibility string // and of the accessibility statement
	Freshness     string // what happens to profiles that come out of date: badge or hide; "" for nothing

	sum digest.Sum // of the fields above, once they are all set
}

// Sum is the digest of what all pages of the language share.
func (s *Site) Sum() digest.Sum { return s.sum }

// seal takes the digest; the site does not change after that.
func (s *Site) seal() { s.sum = digest.Of(*s) }

// A Link is a labelled destination.
type Link struct {
	Label   string
	URL     string
	Lang    string // language of the label when it is not the page's, or ""
	Current bool   // the page itself, or for a menu entry its section
}

// An Alternate is the same page in another language.
type Alternate struct {
	Lang     string // BCP 47
	Label    string // the language's name in itself
	URL      string // site path
	Absolute string // absolute URL for hreflang, or "" (no base URL, or a fallback)
	Current  bool
}

// A Term is a value of a facet: a skill, a topic, a country.
type Term struct {
	ID          string // slug
	Label       string
	URL         string // its browse page, or "" when it has none
	Description string
	Ask         string // a topic in the mentee's own words, or ""
	Group       string
	Count       int // mentors listed under it
}

// A Facet is a way to narrow the directory.
type Facet struct {
	Name  string // "skills", as in the address ?skills=go and /browse/skills/
	Label string
	URL   string
	Terms []Term // most frequent first
	Total int    // number of terms; may exceed len(Terms) where a page shows only the first
}

// A Portrait is a mentor's photo, or what stands for it.
type Portrait struct {
	URL      string // square JPEG, or "" when there is none
	Srcset   string // "mentors/ana/photo-192.jpg 2x"-like, URLs already with the base path, or ""
	Size     int    // width and height of URL in CSS pixels
	Alt      string
	Credit   string
	Initials string // shown when URL is ""
	Hue      int    // 0–11, a stable colour class for the initials
}

// An Availability tells whether a mentor can be asked, as of the build's date. The
// dates let the browser refresh what it shows.
type Availability struct {
	Status         string // open, waitlist, full, later (opens on From), off-season, paused, ended or retired
	Free           int    // free places, -1 when unknown
	Capacity       int    // places in all, -1 when unknown
	From           civil.Date
	Until          civil.Date
	Months         []int // 1–12, empty means all year
	HoursPerMonth  float64
	SessionMinutes int
	Cadence        string
	ResponseDays   int
	Note           string
	CanAsk         bool // open or waitlist
	Rule           AvailabilityRule
}

// A Card is a mentor in a list: components/mentor-card. Lists hold it rendered, as
// a Fragment.
type Card struct {
	ID           string
	URL          string
	Name         string
	NameLocal    string
	Lang         string // language of the content when not the page's, or ""
	Pronouns     string
	Headline     string
	Role         string // title and organization in one line
	Location     string
	Portrait     Portrait
	Availability Availability
	Skills       []Term // at most six
	MoreSkills   int    // how many more there are
	Topics       []Term // at most three
	Languages    []string
	Badges       []string
	Verified     bool
	Featured     bool
	Joined       civil.Date
	StaleOn      civil.Date // when the mentor is no longer listed unless the profile is read over; else zero
}

// A MentorView is a mentor's profile: layouts/mentor.html.
type MentorView struct {
	Page
	ID              string
	Name            string
	NameLocal       string
	Honorific       string
	Pronouns        string
	Headline        string
	JobTitle        string
	Organization    string
	OrganizationURL string
	Department      string
	Sector          string
	School          string
	CourseOfStudy   string
	ClassYear       int
	ExperienceYears int
	Portrait        Portrait
	Bio             Prose
	IdealMentee     Prose
	Skills          []Term
	Topics          []Term
	Stages          []Term
	Industries      []Term
	Styles          []Term
	Formats         []Term
	Modes           []Term
	Languages       []Term
	Location        string
	Country         string
	Timezone        string // IANA name
	Availability    Availability
	Request         Request
	Trust           Trust
	Channels        []Link
	Links           []Link
	Experience      []Experience
	Resources       []Resource
	Testimonials    []Testimonial
	Roles           []Role
	Programs        []Link
	Fields          []Fact // the site's own fields
	Verified        *Verified
	Badges          []string
	Joined          civil.Date
	Reviewed        civil.Date
	Overdue         bool       // out of date, where [review] on_overdue is badge
	StaleOn         civil.Date // when it will be, where visitors are to notice; else zero
	UpdateURL       string     // where the mentor can propose changes, or ""
	WhenStale       string     // what happens then: badge or hide; "" for nothing
	Unlisted        bool
	Related         []Fragment // cards of similar mentors
}

// Experience is one line of a career.
type Experience struct {
	Year, Until         int
	Title, Organization string
	Text                string
}

// A Resource is something the mentor recommends.
type Resource struct{ Title, URL, Comment string }

// A Testimonial is a mentee's words, published with their consent.
type Testimonial struct {
	Text, By string
	Date     civil.Date
}

// A Role is what a mentor did in a program.
type Role struct {
	Program Link
	Cohort  string
	Year    int
	Role    string
}

// A Fact is a labelled value of a field that the site declared.
type Fact struct {
	Label  string
	Values []Term
}

// Verified says who checked a profile, and when.
type Verified struct {
	By string
	On civil.Date
}

// A Pager is a position in a paginated list.
type Pager struct {
	Number, Total int // page number from 1, number of pages
	Items         int // in all
	From, To      int // of the items on this page, from 1
	Previous      string
	Next          string
	Pages         []PageLink // first, last and those near; a gap has Number 0
}

// A PageLink is one step of a pager.
type PageLink struct {
	Number  int
	URL     string
	Current bool
}

// A HomeView is the front page: layouts/home.html.
type HomeView struct {
	Page
	Tagline  string
	Actions  []Link
	Body     Prose
	Topics   []Term // with their ask sentences
	Featured []Fragment
	Open     int // mentors who can be asked
	Mentors  int
	Cohorts  bool // whether there is a cohort to follow week by week
	Programs []ProgramCard
	Guides   []GuideCard
}

// A PlainView is a page such as /about/: layouts/page.html.
type PlainView struct {
	Page
	Body Prose
	TOC  []Heading
}

// A DirectoryView is the mentor directory: layouts/mentors.html.
type DirectoryView struct {
	Page
	Intro     Prose
	IntroLang string // language of the intro when it is not the page's, or ""
	Cards     []Fragment
	Pager     Pager
	Facets    []Facet // each with its most frequent terms
	Order     string  // fair, name or newest
	Open      int     // mentors who can be asked
	AsOf      civil.Date
	Names     string // site path of the index by name, or "" when nobody is listed
	Size      int    // mentors on a page
}

// A FacetView lists the terms of one facet: layouts/facet.html, at /browse/<facet>/.
type FacetView struct {
	Page
	Facet  Facet
	Groups []TermGroup
}

// A TermGroup is the terms under one heading; Label is "" when there are no groups.
type TermGroup struct {
	Label string
	Terms []Term
}

// A TermView lists the mentors of one term: layouts/term.html, at /browse/<facet>/<term>/.
type TermView struct {
	Page
	Facet  Facet // without its terms
	Term   Term
	Cards  []Fragment
	Pager  Pager
	Nearby []Term  // other terms of the facet that these mentors share most
	Among  []Facet // the other facets, with what these mentors share most; the counts are of them alone
	Guides []GuideCard
	Goals  []GoalCard
}

// A ProgramCard is a program in a list.
type ProgramCard struct {
	URL, Title, Summary, Lang string
	Kind                      string // cohort, rolling or flash
	Status                    string // open, upcoming, running, closed, rolling or ended
	Next                      civil.Date
	Windows                   []Windows // of its cohorts, for a script that says the status again on the visitor's day
	Duration                  int       // weeks
	Commitment                string
	Mentors                   int
}

// A ProgramsView lists the programs: layouts/programs.html.
type ProgramsView struct {
	Page
	Programs []ProgramCard
}

// A ProgramView is one program: layouts/program.html.
type ProgramView struct {
	Page
	ProgramCard
	Body           Prose
	Audience       string
	Eligibility    Prose
	Frequency      string
	MaxChoices     int
	MaxMentees     int
	ApplyMentee    string
	ApplyMentor    string
	Cohorts        []Cohort
	Timeline       []Moment
	Weeks          []Week
	FAQ            []Question
	Partners       []Partner
	Contacts       []Contact
	GuideCards     []GuideCard
	GoalCards      []GoalCard
	WorksheetCards []WorksheetCard
	CodeOfConduct  *Link
	Cards          []Fragment // some of its mentors
	AllMentors     string     // browse page of the program's mentors, or ""
}

// A Cohort is one run of a program.
type Cohort struct {
	ID, Title                                           string
	RegistrationOpens, RegistrationCloses, Starts, Ends civil.Date
	Status                                              string // upcoming, open, closed, running or ended
	Calendar                                            string // site path of its calendar file, or ""
	Follow                                              string // address at which a visitor follows it week by week, or ""
}

// A Moment is a line of a program's timeline: on a date, or in a week from the start.
type Moment struct {
	Date        civil.Date
	Week        int
	Title, Text string
	Past        bool
}

// A Week is what a cohort does in one week.
type Week struct {
	Number           int
	Title, Text      string
	Guide, Worksheet *Link
	Question         string
}

// A Question is a line of a program's FAQ.
type Question struct {
	Question string
	Answer   Prose
}

// A Partner supports a program.
type Partner struct{ Name, URL, Logo string }

// A Contact is a person to ask; Email is "" unless the site publishes addresses.
type Contact struct{ Name, Role, Email, URL string }

// A GoalCard is a goal template in a list.
type GoalCard struct {
	URL, Title, Summary, Lang string
	Category, Method          string
	Weeks                     int
	HoursPerWeek              float64
	Stages                    []Term
	Skills                    []Term
}

// A GoalsView lists the goal templates: layouts/goals.html.
type GoalsView struct {
	Page
	Goals  []GoalCard
	Groups []GoalGroup // by category
	Stages []Term      // of the goals, by name
	Skills []Term
}

// A GoalGroup is the goals of one category.
type GoalGroup struct {
	Category string
	Goals    []GoalCard
}

// A GoalView is a goal template: layouts/goal.html.
type GoalView struct {
	Page
	GoalCard
	Plan       GoalPlan // the template, for scripts
	Markdown   string   // site path of the template as Markdown
	Statement  string
	Why        string
	Smart      []Prompt // in the order specific … time_bound
	Grow       []PromptList
	Measures   []Measure
	Milestones []Milestone
	CheckIns   []CheckIn
	Obstacles  []string
	Support    string
	GuideCards []GuideCard
	Worksheets []WorksheetCard
	Mentors    []Fragment // who offer its skills
}

// A Prompt is a question to answer, with an example.
type Prompt struct{ Name, Prompt, Example string }

// A PromptList is the questions of one GROW step: goal, reality, options or way_forward.
type PromptList struct {
	Name      string
	Questions []string
}

// A Measure says how progress is told.
type Measure struct {
	Name, Unit       string
	Baseline, Target *float64 // nil when not given
}

// A Milestone is a step on the way.
type Milestone struct {
	Title    string
	Week     int
	Evidence string
}

// A CheckIn is a week to look back, with its questions.
type CheckIn struct {
	Week      int
	Questions []string
}

// A WorksheetCard is a worksheet in a list.
type WorksheetCard struct {
	URL, Title, Summary, Lang string
	Type                      string // agreement, session, reflection, feedback, self-assessment or plan
	Stage                     string // initial, midpoint, final or ""
	Audience                  []string
}

// A WorksheetsView lists the worksheets: layouts/worksheets.html.
type WorksheetsView struct {
	Page
	Worksheets []WorksheetCard
}

// A WorksheetView is a worksheet, to read and to print: layouts/worksheet.html.
type WorksheetView struct {
	Page
	WorksheetCard
	ID       string
	Markdown string // site path of the worksheet as Markdown
	FormURL  string
	Sections []WorksheetSection
}

// A WorksheetSection is a part of a worksheet.
type WorksheetSection struct {
	Title, Help string
	Fields      []WorksheetField
}

// A WorksheetField is something to fill in.
type WorksheetField struct {
	ID, Label, Help string
	Type            string // text, longtext, date, number, scale, choice, checkbox, list or table
	Options         []string
	Columns         []string
	Min, Max        *float64 // nil when not given
	Steps           []int    // of a scale
	Required        bool
}

// A NotFoundView is /404.html: layouts/404.html.
type NotFoundView struct{ Page }

// A RedirectView sends an old address to the new one: layouts/redirect.html.
type RedirectView struct {
	Page
	To string // site path or absolute URL
}
