package pages

import (
	"github.com/stoa-portal/stoa/generator/internal/civil"
	"github.com/stoa-portal/stoa/generator/internal/schema"
)

// apiVersion is that of the documents below. Within a version fields are added, never taken
// away or given another meaning.
const apiVersion = 1

// The types of this file are the documents of the API. A field has the name and the
// meaning it has in the content, whose field table then says what it means; what is
// computed has a doc tag of its own. enum lists the words that a computed field may have.
// JSON Schemas are made from all of this, see schemaOf.
type (
	// An address is absolute, or a path with the site's base where the site's address is
	// not known.
	address string

	apiIndex struct {
		Schema      address       `json:"schema" doc:"The JSON Schema of this document."`
		Version     int           `json:"version" doc:"Version of the API. Within a version fields are added, never taken away or given another meaning."`
		Title       string        `json:"title" doc:"What the portal is called."`
		Description string        `json:"description,omitempty" doc:"What it is, in a sentence or two."`
		URL         address       `json:"url" doc:"Its home page."`
		Language    string        `json:"language" doc:"Language of all documents (BCP 47)."`
		Languages   []apiLanguage `json:"languages" doc:"Languages of the portal, that of the documents first."`
		Contact     string        `json:"contact,omitempty" doc:"E-mail or web address for questions."`
		Resources   []apiResource `json:"resources" doc:"What there is."`
		Feed        address       `json:"feed,omitempty" doc:"The Atom feed."`
		Calendar    address       `json:"calendar,omitempty" doc:"The programs' dates, as iCalendar."`
	}
	apiLanguage struct {
		ID    string  `json:"id" doc:"Language tag (BCP 47)."`
		Label string  `json:"label" doc:"The language's name in itself."`
		URL   address `json:"url" doc:"The home page in this language."`
	}
	apiResource struct {
		Name        string  `json:"name" doc:"Kind of thing."`
		Description string  `json:"description" doc:"What the documents hold."`
		URL         address `json:"url" doc:"The first document."`
		Schema      address `json:"schema" doc:"The JSON Schema of the documents."`
		Pages       int     `json:"pages" doc:"Number of documents."`
		Total       int     `json:"total" doc:"Number of items in all of them."`
	}

	apiDocument[T any] struct {
		apiHead
		Items []T `json:"items" doc:"In the order of their ids."`
	}
	apiHead struct {
		Schema   address `json:"schema" doc:"The JSON Schema of this document."`
		Language string  `json:"language" doc:"Language of the texts (BCP 47)."`
		Page     int     `json:"page" doc:"Number of this document, from 1."`
		Pages    int     `json:"pages" doc:"Number of documents."`
		Total    int     `json:"total" doc:"Number of items in all documents."`
		Previous address `json:"previous,omitempty" doc:"The document before."`
		Next     address `json:"next,omitempty" doc:"The document after."`
	}

	// An apiTerm is something with an id: a word of a vocabulary, a program, a guide.
	apiTerm struct {
		ID    string `json:"id" doc:"Its id."`
		Label string `json:"label" doc:"What it is called."`
	}
	// apiWords are what an item is called in another language.
	apiWords struct {
		URL         address `json:"url,omitempty" doc:"The page in this language."`
		Name        string  `json:"name,omitempty" doc:"A mentor's name."`
		Title       string  `json:"title,omitempty" doc:"The title; a mentor's job or role."`
		Headline    string  `json:"headline,omitempty" doc:"A mentor's headline."`
		Summary     string  `json:"summary,omitempty" doc:"The summary."`
		Description string  `json:"description,omitempty" doc:"The description."`
		Label       string  `json:"label,omitempty" doc:"A term's label."`
		Ask         string  `json:"ask,omitempty" doc:"A topic's sentence."`
	}
)

type (
	apiMentor struct {
		ID              string              `json:"id" doc:"The profile's id."`
		URL             address             `json:"url" doc:"The profile's page."`
		Name            string              `json:"name"`
		SortName        string              `json:"sort_name,omitempty"`
		Honorific       string              `json:"honorific,omitempty"`
		Pronouns        string              `json:"pronouns,omitempty"`
		NameLocal       string              `json:"name_local,omitempty"`
		Headline        string              `json:"headline,omitempty"`
		Title           string              `json:"title,omitempty"`
		Organization    string              `json:"organization,omitempty"`
		OrganizationURL address             `json:"organization_url,omitempty"`
		Department      string              `json:"department,omitempty"`
		Sector          string              `json:"sector,omitempty"`
		School          string              `json:"school,omitempty"`
		CourseOfStudy   string              `json:"course_of_study,omitempty"`
		ClassYear       int                 `json:"class_year,omitempty"`
		ExperienceYears *int                `json:"experience_years,omitempty"`
		Bio             schema.Markdown     `json:"bio,omitempty"`
		IdealMentee     schema.Markdown     `json:"ideal_mentee,omitempty"`
		Skills          []apiTerm           `json:"skills,omitempty"`
		HelpWith        []apiTerm           `json:"help_with,omitempty"`
		Stages          []apiTerm           `json:"stages,omitempty"`
		Industries      []apiTerm           `json:"industries,omitempty"`
		Style           []apiTerm           `json:"style,omitempty"`
		Location        *apiLocation        `json:"location,omitempty"`
		Timezone        string              `json:"timezone,omitempty"`
		Languages       []apiTerm           `json:"languages,omitempty"`
		Formats         []apiTerm           `json:"formats,omitempty"`
		Modes           []apiTerm           `json:"modes,omitempty"`
		Channels        []apiChannel        `json:"channels,omitempty" doc:"Ways to reach the mentor that may be published."`
		Availability    apiAvailability     `json:"availability" doc:"When and how much."`
		Request         apiRequest          `json:"request" doc:"How a mentee asks this mentor."`
		Links           []apiLink           `json:"links,omitempty"`
		Experience      []apiExperience     `json:"experience,omitempty"`
		Resources       []apiReading        `json:"resources,omitempty"`
		Testimonials    []apiTestimonial    `json:"testimonials,omitempty"`
		Roles           []apiRole           `json:"roles,omitempty"`
		Programs        []apiTerm           `json:"programs,omitempty" doc:"Programs the mentor takes part in."`
		Photo           *apiPhoto           `json:"photo,omitempty" doc:"The photo, cut to a square."`
		Verified        *apiVerified        `json:"verified,omitempty"`
		Badges          []string            `json:"badges,omitempty"`
		Joined          civil.Date          `json:"joined,omitzero"`
		Reviewed        civil.Date          `json:"reviewed,omitzero"`
		Expires         civil.Date          `json:"expires,omitzero"`
		Featured        bool                `json:"featured,omitempty"`
		Fields          map[string]any      `json:"fields,omitempty" doc:"The site's own fields."`
		Translations    map[string]apiWords `json:"translations,omitempty" doc:"What the profile says of itself in other languages, by language tag."`
	}
	apiLocation struct {
		City    string `json:"city,omitempty"`
		Region  string `json:"region,omitempty"`
		Country string `json:"country,omitempty"`
	}
	apiChannel struct {
		Type  string `json:"type"`
		Value string `json:"value"`
	}
	apiAvailability struct {
		Status         string     `json:"status" enum:"open,waitlist,full,later,off-season,paused,ended,retired" doc:"What holds on the day the site was built: later opens on the day from, off-season in other months, ended was open until a day gone by."`
		Free           *int       `json:"free,omitempty" doc:"Free places; absent when the capacity is not known."`
		Capacity       *int       `json:"capacity,omitempty"`
		HoursPerMonth  float64    `json:"hours_per_month,omitempty"`
		SessionMinutes int        `json:"session_minutes,omitempty"`
		Cadence        string     `json:"cadence,omitempty"`
		Months         []int      `json:"months,omitempty"`
		From           civil.Date `json:"from,omitzero"`
		Until          civil.Date `json:"until,omitzero"`
		ResponseDays   int        `json:"response_days,omitempty"`
		Note           string     `json:"note,omitempty"`
	}
	apiRequest struct {
		Method       string          `json:"method" enum:"form,email,github,link,none" doc:"The way to ask. The profile's page has it; link leads to url."`
		URL          address         `json:"url,omitempty" doc:"Where the method link leads."`
		CalendarURL  address         `json:"calendar_url,omitempty"`
		Instructions schema.Markdown `json:"instructions,omitempty"`
	}
	apiLink struct {
		Label string  `json:"label,omitempty"`
		URL   address `json:"url"`
		Kind  string  `json:"kind,omitempty"`
	}
	apiExperience struct {
		Year         int    `json:"year,omitempty"`
		Until        int    `json:"until,omitempty"`
		Title        string `json:"title"`
		Organization string `json:"organization,omitempty"`
		Text         string `json:"text,omitempty"`
	}
	apiReading struct {
		Title   string  `json:"title"`
		URL     address `json:"url,omitempty"`
		Comment string  `json:"comment,omitempty"`
	}
	apiTestimonial struct {
		Text string     `json:"text"`
		By   string     `json:"by,omitempty"`
		Date civil.Date `json:"date,omitzero"`
	}
	apiRole struct {
		Program apiTerm `json:"program" doc:"The program."`
		Cohort  string  `json:"cohort,omitempty"`
		Year    int     `json:"year,omitempty"`
		Role    string  `json:"role,omitempty"`
	}
	apiPhoto struct {
		URL    address        `json:"url" doc:"The largest size."`
		Alt    string         `json:"alt,omitempty"`
		Credit string         `json:"credit,omitempty"`
		Sizes  []apiPhotoSize `json:"sizes" doc:"All sizes, the smallest first."`
	}
	apiPhotoSize struct {
		Size int     `json:"size" doc:"Width and height in pixels."`
		URL  address `json:"url" doc:"A JPEG file."`
	}
	apiVerified struct {
		By string     `json:"by"`
		On civil.Date `json:"on,omitzero"`
	}
)

type (
	apiProgram struct {
		ID                  string              `json:"id" doc:"The program's id."`
		URL                 address             `json:"url" doc:"The program's page."`
		Title               string              `json:"title"`
		Summary             string              `json:"summary,omitempty"`
		Kind                string              `json:"kind"`
		Status              string              `json:"status" enum:"open,upcoming,running,closed,rolling,ended" doc:"What holds on the day the site was built. open: people can register; closed: registration is over, the start is to come; rolling: has no cohorts."`
		StatusUntil         civil.Date          `json:"status_until,omitzero" doc:"The day on which the status changes, when it is known."`
		Mentors             int                 `json:"mentors" doc:"How many mentors of the directory take part."`
		Body                schema.Markdown     `json:"body,omitempty"`
		Audience            string              `json:"audience,omitempty"`
		Eligibility         schema.Markdown     `json:"eligibility,omitempty"`
		TimeCommitment      string              `json:"time_commitment,omitempty"`
		DurationWeeks       int                 `json:"duration_weeks,omitempty"`
		MeetingFrequency    string              `json:"meeting_frequency,omitempty"`
		MaxChoices          int                 `json:"max_choices,omitempty"`
		MaxMenteesPerMentor int                 `json:"max_mentees_per_mentor,omitempty"`
		ApplyMenteeURL      address             `json:"apply_mentee_url,omitempty"`
		ApplyMentorURL      address             `json:"apply_mentor_url,omitempty"`
		Cohorts             []apiCohort         `json:"cohorts,omitempty"`
		Timeline            []apiMoment         `json:"timeline,omitempty"`
		Weeks               []apiWeek           `json:"weeks,omitempty"`
		FAQ                 []apiQuestion       `json:"faq,omitempty"`
		Partners            []apiPartner        `json:"partners,omitempty"`
		Contacts            []apiContact        `json:"contacts,omitempty"`
		Guides              []apiTerm           `json:"guides,omitempty" doc:"Guides to read."`
		Goals               []apiTerm           `json:"goals,omitempty" doc:"Goal templates that fit."`
		Worksheets          []apiTerm           `json:"worksheets,omitempty" doc:"Worksheets in use."`
		CodeOfConduct       address             `json:"code_of_conduct,omitempty" doc:"The page with the code of conduct."`
		Translations        map[string]apiWords `json:"translations,omitempty" doc:"What the program is called in other languages, by language tag."`
	}
	apiCohort struct {
		ID                 string     `json:"id"`
		Title              string     `json:"title,omitempty"`
		RegistrationOpens  civil.Date `json:"registration_opens,omitzero"`
		RegistrationCloses civil.Date `json:"registration_closes,omitzero"`
		Starts             civil.Date `json:"starts,omitzero"`
		Ends               civil.Date `json:"ends,omitzero"`
		Status             string     `json:"status" enum:"upcoming,open,closed,running,ended" doc:"What holds on the day the site was built."`
	}
	apiMoment struct {
		Date  civil.Date `json:"date,omitzero"`
		Week  int        `json:"week,omitempty"`
		Title string     `json:"title"`
		Text  string     `json:"text,omitempty"`
	}
	apiWeek struct {
		Number    int      `json:"number"`
		Title     string   `json:"title"`
		Text      string   `json:"text,omitempty"`
		Guide     *apiTerm `json:"guide,omitempty" doc:"Guide to read."`
		Worksheet *apiTerm `json:"worksheet,omitempty" doc:"Worksheet to fill in."`
		Question  string   `json:"question,omitempty"`
	}
	apiQuestion struct {
		Question string          `json:"question"`
		Answer   schema.Markdown `json:"answer"`
	}
	apiPartner struct {
		Name string  `json:"name"`
		URL  address `json:"url,omitempty"`
		Logo address `json:"logo,omitempty" doc:"Their logo."`
	}
	apiContact struct {
		Name  string  `json:"name"`
		Role  string  `json:"role,omitempty"`
		Email string  `json:"email,omitempty"`
		URL   address `json:"url,omitempty"`
	}
)

type (
	apiGuide struct {
		ID           string              `json:"id" doc:"The guide's path under guides/ without .md."`
		URL          address             `json:"url" doc:"The guide's page."`
		Title        string              `json:"title" doc:"What the guide is called."`
		Description  string              `json:"description,omitempty"`
		Section      apiTerm             `json:"section" doc:"The folder it is in."`
		Audience     []string            `json:"audience,omitempty"`
		Stages       []apiTerm           `json:"stages,omitempty"`
		Skills       []apiTerm           `json:"skills,omitempty"`
		Programs     []apiTerm           `json:"programs,omitempty" doc:"Programs it belongs to."`
		Order        int                 `json:"order,omitempty"`
		Updated      civil.Date          `json:"updated,omitzero"`
		Authors      []string            `json:"authors,omitempty"`
		Licence      string              `json:"licence,omitempty"`
		Minutes      int                 `json:"reading_minutes" doc:"How long it takes to read, in minutes."`
		Downloads    []apiDownload       `json:"downloads,omitempty"`
		Translations map[string]apiWords `json:"translations,omitempty" doc:"What the guide is called in other languages, by language tag."`
	}
	apiDownload struct {
		Title string  `json:"title"`
		File  address `json:"file" doc:"The file."`
	}

	apiGoal struct {
		ID            string              `json:"id" doc:"The goal's id."`
		URL           address             `json:"url" doc:"The goal's page."`
		Title         string              `json:"title"`
		Summary       string              `json:"summary,omitempty"`
		Category      string              `json:"category,omitempty"`
		Method        string              `json:"method"`
		Stages        []apiTerm           `json:"stages,omitempty"`
		Skills        []apiTerm           `json:"skills,omitempty"`
		DurationWeeks int                 `json:"duration_weeks,omitempty"`
		HoursPerWeek  float64             `json:"hours_per_week,omitempty"`
		Statement     string              `json:"statement,omitempty"`
		Why           string              `json:"why,omitempty"`
		Smart         *apiSmart           `json:"smart,omitempty"`
		Grow          *apiGrow            `json:"grow,omitempty"`
		Measures      []apiMeasure        `json:"measures,omitempty"`
		Milestones    []apiMilestone      `json:"milestones,omitempty"`
		CheckIns      []apiCheckIn        `json:"check_ins,omitempty"`
		Obstacles     []string            `json:"obstacles,omitempty"`
		Support       string              `json:"support,omitempty"`
		Guides        []apiTerm           `json:"guides,omitempty" doc:"Guides to read."`
		Worksheets    []apiTerm           `json:"worksheets,omitempty" doc:"Worksheets that help."`
		Translations  map[string]apiWords `json:"translations,omitempty" doc:"What the goal is called in other languages, by language tag."`
	}
	apiSmart struct {
		Specific   *apiPrompt `json:"specific,omitempty"`
		Measurable *apiPrompt `json:"measurable,omitempty"`
		Achievable *apiPrompt `json:"achievable,omitempty"`
		Relevant   *apiPrompt `json:"relevant,omitempty"`
		TimeBound  *apiPrompt `json:"time_bound,omitempty"`
	}
	apiPrompt struct {
		Prompt  string `json:"prompt,omitempty"`
		Example string `json:"example,omitempty"`
	}
	apiGrow struct {
		Goal       []string `json:"goal,omitempty"`
		Reality    []string `json:"reality,omitempty"`
		Options    []string `json:"options,omitempty"`
		WayForward []string `json:"way_forward,omitempty"`
	}
	apiMeasure struct {
		Name     string   `json:"name"`
		Unit     string   `json:"unit,omitempty"`
		Baseline *float64 `json:"baseline,omitempty"`
		Target   *float64 `json:"target,omitempty"`
	}
	apiMilestone struct {
		Title    string `json:"title"`
		Week     int    `json:"week,omitempty"`
		Evidence string `json:"evidence,omitempty"`
	}
	apiCheckIn struct {
		Week      int      `json:"week"`
		Questions []string `json:"questions,omitempty"`
	}

	apiWorksheet struct {
		ID           string                `json:"id" doc:"The worksheet's id."`
		URL          address               `json:"url" doc:"The worksheet's page."`
		Title        string                `json:"title"`
		Kind         string                `json:"kind,omitempty"`
		Stage        string                `json:"stage,omitempty"`
		Audience     []string              `json:"audience,omitempty"`
		Summary      string                `json:"summary,omitempty"`
		FormURL      address               `json:"form_url,omitempty"`
		Sections     []apiWorksheetSection `json:"section,omitempty"`
		Translations map[string]apiWords   `json:"translations,omitempty" doc:"What the worksheet is called in other languages, by language tag."`
	}
	apiWorksheetSection struct {
		Title  string              `json:"title,omitempty"`
		Help   string              `json:"help,omitempty"`
		Fields []apiWorksheetField `json:"field,omitempty"`
	}
	apiWorksheetField struct {
		ID       string   `json:"id"`
		Label    string   `json:"label"`
		Type     string   `json:"type"`
		Options  []string `json:"options,omitempty"`
		Columns  []string `json:"columns,omitempty"`
		Min      *float64 `json:"min,omitempty"`
		Max      *float64 `json:"max,omitempty"`
		Required bool     `json:"required,omitempty"`
		Help     string   `json:"help,omitempty"`
	}

	apiVocabulary struct {
		ID    string              `json:"id" doc:"The facet that the words belong to."`
		Label string              `json:"label" doc:"What the facet is called."`
		URL   address             `json:"url,omitempty" doc:"The page that lists its terms, when the directory offers the facet."`
		Terms []apiVocabularyTerm `json:"term" doc:"The words, in the order of their file."`
	}
	apiVocabularyTerm struct {
		ID           string              `json:"id"`
		Label        string              `json:"label"`
		Aliases      []string            `json:"aliases,omitempty"`
		Group        string              `json:"group,omitempty"`
		Description  string              `json:"description,omitempty"`
		Ask          string              `json:"ask,omitempty"`
		URL          address             `json:"url,omitempty" doc:"The page that lists its mentors."`
		Mentors      int                 `json:"mentors" doc:"How many mentors of the directory have it."`
		Translations map[string]apiWords `json:"translations,omitempty" doc:"The words in other languages, by language tag."`
	}
)
