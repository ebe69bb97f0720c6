package pages

// An UpdateView is the page on which mentors propose changes of their own profile: layouts/update.html.
type UpdateView struct {
	Page
	Method   string // how a change is sent: form, email, github, or none: it is copied
	Form     RequestForm
	Address  string   // e-mail address that takes changes (email), or ""
	Issues   string   // where the repository takes a new issue (github), or ""
	Folder   string   // the folder of profiles in the repository, or ""
	Statuses []string // that a profile may give
}
