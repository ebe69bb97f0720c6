// Package config reads config.toml: how the site is called, where it will live, and what
// it shows.
//
// [Load] takes the file's bytes and gives a [Config] with every default filled in, and every
// problem with its place. The structs are the contract: each key's bounds, default
// and meaning stand in its tags, from which the checks and the reference are made. A
// key that is not there is an error, because a misspelt privacy setting must not
// pass for one that was made.
package config

import (
	"github.com/stoa-portal/stoa/generator/internal/civil"
	"github.com/stoa-portal/stoa/generator/internal/schema"
)

// A Config is config.toml. It is trusted: it belongs to whoever owns the site.
type Config struct {
	Title       string          `toml:"title" required:"yes" max:"120" doc:"What the portal is called."`
	BaseURL     string          `toml:"base_url" max:"2000" doc:"Where it will live, with its path: https://mentoring.example.edu/ or https://example.github.io/portal/."`
	Description string          `toml:"description" max:"300" doc:"What it is, in a sentence or two."`
	Language    schema.Language `toml:"language" default:"en" doc:"Language of the files without a language in their name."`
	Timezone    schema.Zone     `toml:"timezone" default:"UTC" doc:"Time zone in which a day begins and ends."`
	Theme       schema.ID       `toml:"theme" default:"default" doc:"Theme: a folder of themes/, or the built-in one."`
	Contact     schema.Contact  `toml:"contact" doc:"E-mail or web address for questions; it is published."`
	Stoa        Constraint      `toml:"stoa" max:"40" doc:"Versions of Stoa that the site is written for, such as \"1.x\" or \">=1.2\"."`

	Brand      Brand                     `toml:"brand" doc:"Logo, colour and type."`
	Languages  map[string]LanguageConfig `toml:"languages" items:"40" keys:"language" doc:"Further languages, as [languages.es], and words of the first one."`
	Menu       Menu                      `toml:"menu" doc:"Menus; absent: made from what the site has."`
	Directory  Directory                 `toml:"directory" doc:"The list of mentors."`
	Request    Request                   `toml:"request" doc:"How a mentee asks a mentor."`
	Match      Match                     `toml:"match" doc:"How mentors are suggested."`
	Review     Review                    `toml:"review" doc:"How often profiles are to be read over."`
	Check      map[string]string         `toml:"check" items:"100" enum:"off,warn,error" keys:"key" doc:"How severe each rule of advice is, such as unused-term = \"off\"; absent: a warning."`
	Privacy    Privacy                   `toml:"privacy" doc:"What is published."`
	Legal      Legal                     `toml:"legal" doc:"What the privacy page and the accessibility statement say."`
	Security   Security                  `toml:"security" doc:"What browsers may load."`
	Markdown   Markdown                  `toml:"markdown" doc:"How pages and guides are set."`
	Feeds      Feeds                     `toml:"feeds" doc:"The Atom feed."`
	Photos     Photos                    `toml:"photos" doc:"How photos are cut."`
	Repository Repository                `toml:"repository" doc:"Where the site's source is, for links to edit it."`
	Fields     map[string]FieldConfig    `toml:"fields" items:"40" keys:"key" doc:"Own fields of profiles, as [fields.research_group]."`
	Redirects  []Redirect                `toml:"redirects" items:"1000" doc:"Old addresses and where they lead now."`
	Params     map[string]any            `toml:"params" doc:"Free keys for themes."`

	document *schema.Document
}

// Brand is how the site looks.
type Brand struct {
	Logo   schema.Path   `toml:"logo" doc:"Logo, such as \"/logo.svg\" in content/static."`
	Mark   schema.Path   `toml:"mark" doc:"Small square sign for browser tabs."`
	Image  schema.Path   `toml:"image" doc:"Picture for previews of links, such as \"/preview.png\" in content/static: PNG or JPEG, about 1200 × 630 pixels."`
	Accent schema.Colour `toml:"accent" doc:"One colour, as #rrggbb; accessible link and text colours are derived from it."`
	Font   string        `toml:"font" max:"200" doc:"Font family."`
}

// LanguageConfig is one language of the site.
type LanguageConfig struct {
	Title       string                `toml:"title" max:"120" doc:"The portal's title in this language."`
	Description string                `toml:"description" max:"300" doc:"Its description."`
	Label       string                `toml:"label" max:"60" doc:"The language's own name, such as Español."`
	Direction   string                `toml:"direction" enum:"ltr,rtl" doc:"Direction of writing; absent: as the language is written."`
	Menu        Menu                  `toml:"menu" doc:"Menus in this language."`
	Consent     schema.Prose          `toml:"consent" max:"600" doc:"[request] consent in this language."`
	Fields      map[string]FieldWords `toml:"fields" items:"40" keys:"key" doc:"Labels of own fields in this language."`
	Legal       LegalWords            `toml:"legal" doc:"The texts of [legal] in this language."`
}

// FieldWords is an own field's words in another language.
type FieldWords struct {
	Label   string   `toml:"label" max:"80" doc:"Its label."`
	Options []string `toml:"options" max:"80" doc:"Its options, in the order of [fields.<name>] options."`
}

// Menu is the site's menus.
type Menu struct {
	Main   []MenuItem `toml:"main" items:"12" doc:"At the top of every page."`
	Footer []MenuItem `toml:"footer" items:"30" doc:"At the bottom."`
}

// A MenuItem is one entry of a menu.
type MenuItem struct {
	Label string      `toml:"label" required:"yes" max:"60" doc:"What it says."`
	URL   schema.Link `toml:"url" required:"yes" doc:"Where it leads: \"/mentors/\", or a web address."`
}

// Directory is how mentors are listed.
type Directory struct {
	Order           string   `toml:"order" enum:"fair,name,newest" default:"fair" doc:"fair: a new order every week, so that everybody is first at times."`
	PerPage         int      `toml:"per_page" min:"1" max:"500" default:"24" doc:"Mentors on a page."`
	Facets          []string `toml:"facets" items:"40" max:"60" doc:"What can be filtered by; absent: whatever the profiles use."`
	HideUnavailable bool     `toml:"hide_unavailable" doc:"Leave those without a free place out of the lists."`
}

// Facets that every site has; own [fields] may be facets too.
var Facets = []string{
	"skills", "topics", "stages", "industries", "languages", "departments", "organizations", "countries",
	"formats", "modes", "styles", "timezones", "availability", "programs",
}

// Request is how a mentee asks a mentor.
type Request struct {
	Method       string            `toml:"method" enum:"form,email,github,link,none" default:"none" doc:"The way to ask."`
	Endpoint     schema.URL        `toml:"endpoint" doc:"form: the https address that takes it."`
	Hidden       map[string]string `toml:"hidden" items:"20" max:"500" keys:"key" doc:"form: fields that the service wants besides, such as access_key = \"…\" for Web3Forms or form-name = \"request\" for Netlify. They are published."`
	Honeypot     string            `toml:"honeypot" max:"40" default:"_gotcha" doc:"form: name of a field that people do not see; what comes with it filled in is from a robot. Formspree drops it under the default name, Web3Forms under \"botcheck\"."`
	Address      schema.Email      `toml:"address" doc:"email: who receives it; it is published. form: where people write to when the form fails."`
	URL          string            `toml:"url" max:"2000" doc:"link: the page to go to, in this site or elsewhere. {mentor.name}, {mentor.id}, {choice1.id}, {choice2.id} and so on, {program} and {goal} in it become what was chosen, to fill a form in."`
	Template     string            `toml:"template" max:"100" doc:"github: the issue form that is filled in, such as \"request.yml\"; absent: one text."`
	Origins      []schema.Origin   `toml:"origins" items:"40" doc:"Hosts that a mentor's own request link may lead to."`
	MaxChoices   int               `toml:"max_choices" min:"1" max:"100" default:"3" doc:"How many mentors a mentee may ask at once."`
	MinWords     int               `toml:"min_words" max:"1000" doc:"How long a message has to be, in words."`
	ResponseDays int               `toml:"response_days" min:"1" max:"90" default:"14" doc:"Days until a mentee may expect an answer, from mentors who do not say."`
	Consent      schema.Prose      `toml:"consent" max:"600" doc:"form: the words that a mentee agrees to before sending; absent: the theme's."`
}

// Match is how mentors are suggested.
type Match struct {
	Weights map[string]float64 `toml:"weights" items:"40" min:"0" max:"100" keys:"key" doc:"How much each question counts, such as skills = 3; 0 takes it away. Without: topics 4, stages 3, skills, languages and timezones 2, formats, modes and styles 1. Any other facet is asked about when it has a weight here."`
}

// Review is how often profiles are to be read over.
type Review struct {
	Every     Interval `toml:"every" max:"40" default:"12 months" doc:"Such as \"12 months\" or \"90 days\"; \"never\" turns it off."`
	OnOverdue string   `toml:"on_overdue" enum:"warn,badge,hide" default:"warn" doc:"What happens to a profile that was not, or whose day in expires has come: warn tells the coordinator, badge visitors too, hide takes it out of the site."`
}

// Privacy is what is published.
type Privacy struct {
	RequireConsent bool     `toml:"require_consent" doc:"Publish a profile only when its [consent] says publish = true."`
	Index          bool     `toml:"index" default:"true" doc:"Whether search engines may list the site."`
	ShowEmail      bool     `toml:"show_email" doc:"Publish mentors' e-mail addresses whose channel says public = true."`
	Omit           []string `toml:"omit" items:"60" max:"60" doc:"Fields of profiles never to publish."`
	API            bool     `toml:"api" default:"true" doc:"Publish the data as JSON, under /api/ and beside profiles for the page on which mentors update theirs."`
}

// Legal is what the privacy page and the accessibility statement cannot know by themselves.
type Legal struct {
	Controller schema.Prose   `toml:"controller" doc:"Who is responsible for the site and its personal data, with postal address."`
	Contact    schema.Contact `toml:"contact" doc:"Whom to write to about personal data."`
	Retention  schema.Prose   `toml:"retention" doc:"How long profiles are kept."`
	Processor  schema.Prose   `toml:"processor" doc:"Who hosts the site."`
	Complaints schema.Prose   `toml:"complaints" doc:"Where to complain."`
	Wording    schema.Prose   `toml:"wording" doc:"The consent that mentors are asked for."`

	AccessibilityLimits      schema.Prose `toml:"accessibility_limits" doc:"What of the site is known not to be accessible, and why."`
	AccessibilityEnforcement schema.Prose `toml:"accessibility_enforcement" doc:"Whom to turn to when the answer to a report of a barrier does not satisfy."`
	AccessibilityAssessed    civil.Date   `toml:"accessibility_assessed" doc:"The day on which somebody last tried the site with assistive technology."`
}

// Words are the texts of the site's first language.
func (l Legal) Words() LegalWords {
	return LegalWords{l.Controller, l.Retention, l.Processor, l.Complaints, l.Wording, l.AccessibilityLimits, l.AccessibilityEnforcement}
}

// LegalWords are the texts of [legal] in another language.
type LegalWords struct {
	Controller schema.Prose `toml:"controller" doc:"As in [legal]."`
	Retention  schema.Prose `toml:"retention" doc:"As in [legal]."`
	Processor  schema.Prose `toml:"processor" doc:"As in [legal]."`
	Complaints schema.Prose `toml:"complaints" doc:"As in [legal]."`
	Wording    schema.Prose `toml:"wording" doc:"As in [legal]."`

	AccessibilityLimits      schema.Prose `toml:"accessibility_limits" doc:"As in [legal]."`
	AccessibilityEnforcement schema.Prose `toml:"accessibility_enforcement" doc:"As in [legal]."`
}

// Security is what browsers may load.
type Security struct {
	Allow []schema.Origin `toml:"allow" items:"40" doc:"Other hosts that pages may load from, such as a university's banner."`
}

// Markdown is how pages and guides are set.
type Markdown struct {
	TOC bool `toml:"toc" default:"true" doc:"Show a table of contents on guides."`
}

// Feeds is the Atom feed.
type Feeds struct {
	Guides  bool `toml:"guides" default:"true" doc:"Guides, by the day they were updated."`
	Mentors bool `toml:"mentors" default:"true" doc:"Mentors, by the day they joined."`
	Limit   int  `toml:"limit" min:"1" max:"500" default:"50" doc:"Entries."`
}

// Photos is how photos are cut.
type Photos struct {
	Size int `toml:"size" min:"64" max:"1600" default:"720" doc:"Side of the largest square, in pixels: the portrait on a profile, on the densest screens."`
}

// Repository is where the site's source is.
type Repository struct {
	URL    schema.URL  `toml:"url" doc:"Such as https://github.com/example/mentoring."`
	Branch string      `toml:"branch" max:"100" default:"main" doc:"The branch that is edited."`
	Folder schema.Path `toml:"folder" doc:"Folder of the site in the repository, when it is not its root."`
}

// FieldConfig is an own field of profiles.
type FieldConfig struct {
	Type    string   `toml:"type" enum:"text,number,choice,list,boolean,date,url" default:"text" doc:"What it holds."`
	Label   string   `toml:"label" max:"80" doc:"What it is called; absent: its name."`
	Options []string `toml:"options" max:"80" doc:"Values allowed, for choice and list."`
	Facet   bool     `toml:"facet" doc:"Mentors can be filtered by it."`
	Search  bool     `toml:"search" default:"true" doc:"Search finds it."`
	Public  bool     `toml:"public" default:"true" doc:"It is published."`
}

// A Redirect leads from an old address to a new one.
type Redirect struct {
	From schema.Link `toml:"from" required:"yes" doc:"Old path in this site, such as \"/people/ana/\"."`
	To   schema.Link `toml:"to" required:"yes" doc:"Where it leads: a path in this site, or a web address."`
}
