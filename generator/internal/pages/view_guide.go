package pages

import "github.com/stoa-portal/stoa/generator/internal/civil"

// A GuideCard is a guide in a list.
type GuideCard struct {
	URL, Title, Description, Lang string
	Section                       string
	Audience                      []string // mentor, mentee, coordinator
	Stages                        []Term
	Minutes                       int // reading time
	Updated                       civil.Date
}

// A Section is a folder of guides.
type Section struct {
	URL, Title, Description string
	Guides                  []GuideCard
	Sections                []Section
	Current                 bool // holds the page shown
}

// A GuidesView lists all guides by section: layouts/guides.html.
type GuidesView struct {
	Page
	Intro     Prose
	IntroLang string // language of the intro when it is not the page's, or ""
	Sections  []Section
	Audiences []Term // for whom there are guides, to narrow the list; empty when there is nothing to choose
	Stages    []Term // likewise
}

// A SectionView lists one section: layouts/section.html.
type SectionView struct {
	Page
	Intro   Prose
	Section Section
	Print   string // site path of the section as one page, or ""
}

// A BookView is a whole section as one page, to print or to read in one go: layouts/book.html,
// at /guides/<section>/print/. It is kept from search engines, which find its chapters.
type BookView struct {
	Page
	Section  Link
	Intro    Prose
	Chapters []Chapter
}

// A Chapter is a guide of a BookView.
type Chapter struct {
	ID          string // of its title in the page
	URL         string // of the guide by itself
	Title       string
	Description string
	Lang        string // language of the guide when it is not the page's, or ""
	Body        Prose
	TOC         []Heading
}

// A GuideView is one guide: layouts/guide.html.
type GuideView struct {
	Page
	GuideCard
	Body       Prose
	TOC        []Heading
	ShowTOC    bool
	Sidebar    []Section
	Authors    []string
	Licence    string
	Skills     []Term
	Downloads  []Link
	Related    []GuideCard
	ProgramsOf []Link
	Goals      []GoalCard      // to work towards with what the guide says
	Worksheets []WorksheetCard // that go with those goals, or with the guide in a program
	Mentors    []Fragment      // who can be asked about its skills
	AllMentors string          // browse page of those mentors, or ""
	ReportURL  string          // a prefilled issue about the guide in the repository, or ""
	Print      string          // site path of its section as one page, or ""
}

// A Heading is an entry of a table of contents.
type Heading struct {
	ID, Text string
	Level    int
	Inner    []Heading // the headings below it
	Folded   bool      // there are so many headings that the inner ones are folded away
}
