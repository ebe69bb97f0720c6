package pages

import "github.com/stoa-portal/stoa/generator/internal/civil"

// Said is what the site's owner says in config.toml, which may be in another language than the
// page.
type Said struct {
	Text string // "" when nothing is said
	Lang string // its language when it is not the page's, or ""
}

// A PrivacyView says what the site does with personal data: layouts/privacy.html.
type PrivacyView struct {
	Page
	Controller  Said   // who is responsible
	Contact     string // whom to write to about personal data, or ""
	ContactURL  string // mailto: or https: form of Contact, or ""
	Wording     Said   // the consent that mentors are asked for
	Retention   Said   // how long profiles are kept
	Processor   Said   // who hosts the site
	Complaints  Said   // where to complain
	Consent     bool   // whether only profiles with recorded consent are published
	Emails      bool   // whether mentors may let their e-mail address be shown
	Index       bool   // whether search engines may list the site
	API         bool   // whether the data is published as JSON
	Requests    string // how a mentee asks: form, email, github, link or none
	RequestHost string // the host that takes requests, or ""
	Hosts       []string
	Repository  string // address of the repository that holds the source files, or ""
}

// An AccessibilityView is the site's accessibility statement: layouts/accessibility.html.
type AccessibilityView struct {
	Page
	Controller  Said       // whose site it is
	Limits      Said       // what is known not to be accessible
	Enforcement Said       // whom to turn to when the answer does not satisfy
	Assessed    civil.Date // when somebody last looked
	Contact     string     // whom to tell, or ""
	ContactURL  string     // mailto: or https: form of Contact, or ""
}
