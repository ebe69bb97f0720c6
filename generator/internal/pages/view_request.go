package pages

// A Request is how to ask this mentor. It works without JavaScript.
type Request struct {
	Method       string // form, email, github, link or none
	URL          string // where the link leads, or the form's endpoint
	Own          bool   // the link is the mentor's own
	Page         string // site path of the page to ask on, with the mentor in its query, or ""
	Address      string // e-mail address of the program's inbox (email), or ""
	Subject      string // of the message
	Body         string // first lines of the message
	CalendarURL  string
	Instructions Prose
	Form         RequestForm
	ResponseDays int // until an answer may be expected
	Programs     []RequestProgram
	Window       string // what is said when all the mentor's programs take nobody today, or ""
	Open         bool   // whether the mentor can be asked today
	MayOpen      bool   // whether that changes with the day
}

// A RequestForm is what a form to ask somebody has, on a profile and on /request/. content/README.md lists
// the fields that it sends.
type RequestForm struct {
	Endpoint   string
	Hidden     []HiddenField // further ones, as config says
	Honeypot   string        // name of the field that only a robot fills in
	Name       string        // by which Netlify knows the form, or ""
	MinWords   int
	Consent    string // the words agreed to; "": the theme's
	PrivacyURL string // site path, or ""
}

// A HiddenField goes along with the form as config says.
type HiddenField struct{ Name, Value string }

// A RequestView is the page to ask a mentor, or several in order: layouts/request.html, at
// /request/. A script fills in whom; the form, address or link works without.
type RequestView struct {
	Page
	Method       string // form, email, github or link
	Form         RequestForm
	Address      string // e-mail address of the program's inbox, or ""
	Link         string // link: the address with {mentor.id} and the like left in
	Plain        string // where to ask without a script: the link without them, a new message or issue
	Issues       string // github: address of a new issue
	Template     string // github: name of the issue form, or ""
	MaxChoices   int
	ResponseDays int // how long to wait for an answer when the mentor does not say
	Programs     []RequestProgram
	Goals        []RequestGoal
}

// A RequestProgram is a program that a request may belong to.
type RequestProgram struct {
	ID, Title, Lang string
	Status          string // open, upcoming, running, closed, rolling or ended
	Windows         []Windows
	MaxChoices      int // 0: as many as the site allows
}

// A RequestGoal is a goal template, whose sentence may stand in a request.
type RequestGoal struct{ ID, Title, Statement, Lang string }

// Trust is what a mentee may want to know before they write.
type Trust struct {
	Method  string // by which a request goes; it decides who sees it
	Conduct []Link // codes of conduct of the mentor's programs
}
