package pages

import (
	"cmp"
	"maps"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"github.com/stoa-portal/stoa/generator/internal/content"
	"github.com/stoa-portal/stoa/generator/internal/output"
	"github.com/stoa-portal/stoa/generator/internal/portal"
)

// request is how to ask a mentor: by the mentor's own way where config allows it, else
// by the site's. The form's endpoint comes from config alone.
func (e *edition) request(m *portal.Mentor, record *content.Record[content.Mentor]) Request {
	own, site := m.Value.Request, e.config.Request
	r := Request{
		Method: cmp.Or(own.Method, site.Method), CalendarURL: e.ownAddress(string(own.CalendarURL)),
		Instructions: prose(e, record, "request.instructions", record.Value.Request.Instructions, 3),
		Open:         m.Availability.Status.CanAsk(),
		Subject:      e.words.Word("message.subject", "name", m.Value.Name),
		Body:         e.words.Word("message.body", "name", m.Value.Name),
		Form:         e.requestForm(),
		ResponseDays: cmp.Or(m.Availability.ResponseDays, site.ResponseDays),
	}
	rule := m.Availability.Rule
	r.MayOpen = !rule.From.IsZero() || !rule.Until.IsZero() || len(rule.Months) > 0
	r.Window = e.closedWindow(m)
	r.Open = r.Open && r.Window == ""
	for _, program := range m.Programs {
		r.MayOpen = r.MayOpen || len(program.Value.Cohorts) > 0
		r.Programs = append(r.Programs, e.requestProgram(program))
	}
	ownURL := e.ownAddress(string(own.URL))
	switch {
	case ownURL != "" && own.Method == "":
		r.Method = "link"
	case ownURL == "" && own.Method == "link": // not to a host that config lists
		r.Method = site.Method
	}
	switch r.Method {
	case "link":
		r.Own = ownURL != ""
		r.URL = cmp.Or(ownURL, prefilled(site.URL, map[string]string{
			"mentor.id": m.ID, "mentor.name": m.Value.Name, "choice1.id": m.ID, "choice1.name": m.Value.Name,
		}))
	case "email":
		r.Address = string(site.Address)
		r.URL = mailto(r.Address, r.Subject, r.Body)
	case "form":
		r.URL = string(site.Endpoint)
	case "github":
		r.URL = e.newIssue(r.Subject, r.Body, m.Value.Name+" ("+m.ID+")")
	}
	if r.URL == "" {
		r.Method = "none"
	}
	return r
}

// mailto is the address of a new message, or "" without somebody to write to. Lines end as RFC 6068,
// section 5, has it.
func mailto(address, subject, body string) string {
	if address == "" {
		return ""
	}
	query := url.Values{"subject": {subject}, "body": {strings.ReplaceAll(body, "\n", "\r\n")}}
	return "mailto:" + address + "?" + strings.ReplaceAll(query.Encode(), "+", "%20")
}

// newIssue is the address of a new issue: the site's form for it, with the mentor filled in, or a
// text. It is "" without a repository.
func (b *builder) newIssue(subject, body, mentor string) string {
	issues := b.issues()
	if issues == "" {
		return ""
	}
	query := url.Values{"title": {subject}, "body": {body}}
	if template := b.config.Request.Template; template != "" {
		query = url.Values{"title": {subject}, "template": {template}}
		if mentor != "" {
			query.Set("mentor", mentor)
		}
	}
	return issues + "?" + query.Encode()
}

// issues is where the site's repository takes a new issue, or "".
func (b *builder) issues() string {
	repository := strings.TrimSuffix(string(b.config.Repository.URL), "/")
	if repository == "" {
		return ""
	}
	return repository + "/issues/new"
}

// requestForm is what every form to ask somebody has.
func (e *edition) requestForm() RequestForm {
	c := e.config.Request
	form := RequestForm{
		Endpoint: string(c.Endpoint), Honeypot: c.Honeypot, MinWords: c.MinWords,
		Consent: cmp.Or(string(e.config.Languages[e.lang].Consent), string(c.Consent)),
	}
	for _, name := range slices.Sorted(maps.Keys(c.Hidden)) {
		form.Hidden = append(form.Hidden, HiddenField{name, c.Hidden[name]})
	}
	form.Name = c.Hidden["form-name"] // what Netlify wants (docs.netlify.com, "Forms setup")
	if _, ok := e.routes.bySite["privacy/"]; ok {
		form.PrivacyURL = e.ownURL("/privacy/")
	}
	return form
}

var placeholder = regexp.MustCompile(`\{[a-z0-9.]+\}`)

// prefilled fills what was chosen into the address of a form elsewhere; what is not known becomes
// nothing. Spaces become %20, which a path and a query both understand.
func prefilled(address string, chosen map[string]string) string {
	return placeholder.ReplaceAllStringFunc(address, func(name string) string {
		return strings.ReplaceAll(url.QueryEscape(chosen[name[1:len(name)-1]]), "+", "%20")
	})
}

// ownAddress is a mentor's own address when config lists its host, else nothing.
func (e *edition) ownAddress(address string) string {
	if e.Portal.MayAsk(address) {
		return address
	}
	return ""
}

// requestRows are /request/, in each language, where the site takes requests.
func (e *edition) requestRows() []output.File {
	if e.site.Request == "" {
		return nil
	}
	return []output.File{page(e, "request", "request/", e.requestView, nil)}
}

func (e *edition) requestView() RequestView {
	const site = "request/"
	c := e.config.Request
	head := e.head("request", e.words.Word("ask.title"), e.words.Word("ask.description"), site, "")
	head.NoIndex = true
	head.Alternates = e.alternates(everywhere(site))
	head.Breadcrumbs = e.crumbs(Link{Label: e.words.Word("title.mentors"), URL: e.site.Mentors})
	view := RequestView{
		Page: head, Method: c.Method, Form: e.requestForm(), Address: string(c.Address), Issues: e.issues(), Template: c.Template,
		MaxChoices: c.MaxChoices, ResponseDays: c.ResponseDays, Programs: e.requestPrograms(),
	}
	switch c.Method {
	case "link":
		view.Link, view.Plain = c.URL, e.ownURL(prefilled(c.URL, nil))
		if site, own := strings.CutPrefix(c.URL, "/"); own {
			view.Link = e.Base + site
		}
	case "email":
		view.Plain = mailto(view.Address, e.words.Word("ask.subject"), "")
	case "github":
		view.Plain = e.newIssue(e.words.Word("ask.subject"), "", "")
	}
	for _, goal := range e.Portal.Goals {
		v := goal.In(e.lang).Value
		if v.Statement != "" {
			view.Goals = append(view.Goals, RequestGoal{goal.ID, v.Title, strings.TrimSpace(string(v.Statement)), e.foreign(recordLang(e, goal))})
		}
	}
	return view
}

// requestPrograms are the programs that a request may belong to: those with mentors.
func (e *edition) requestPrograms() []RequestProgram {
	var programs []RequestProgram
	for _, p := range e.Portal.Programs {
		if len(p.Mentors) == 0 {
			continue
		}
		programs = append(programs, e.requestProgram(p))
	}
	return programs
}

// requestProgram is a program as far as a request is concerned. How many mentors it has is not part of it:
// each profile names its programs, and would change with every other one.
func (e *edition) requestProgram(p *portal.Program) RequestProgram {
	program := RequestProgram{
		ID: p.ID, Title: p.In(e.lang).Value.Title, Lang: e.foreign(recordLang(e, p.Record)), Status: string(p.Phase), MaxChoices: p.Value.MaxChoices,
	}
	for _, w := range portal.WindowsOf(p.Value.Cohorts) {
		program.Windows = append(program.Windows, Windows(w))
	}
	return program
}

// closedWindow is what is said when all of a mentor's programs take nobody today, or "": the first
// that opens, with its day, where one will.
func (e *edition) closedWindow(m *portal.Mentor) string {
	var next *portal.Program
	for _, p := range m.Programs {
		switch {
		case p.Phase == portal.Registration || p.Phase == portal.AnyTime:
			return ""
		case p.Phase == portal.Upcoming && !p.Next.IsZero() && (next == nil || p.Next.Before(next.Next)):
			next = p
		}
	}
	switch {
	case len(m.Programs) == 0:
		return ""
	case next != nil:
		return e.words.Word("ask.program_opens", "program", next.In(e.lang).Value.Title, "date", e.words.Date(next.Next))
	}
	return e.words.Word("ask.program_closed", "program", m.Programs[0].In(e.lang).Value.Title)
}

// trust is what a mentee may want to know before they write to a mentor.
func (e *edition) trust(m *portal.Mentor, method string) Trust {
	t := Trust{Method: method}
	seen := map[string]bool{}
	for _, program := range m.Programs {
		for _, record := range e.Portal.Pages {
			if record.ID == program.Value.CodeOfConduct && !seen[record.ID] {
				seen[record.ID] = true
				t.Conduct = append(t.Conduct, *e.plainLink(record))
			}
		}
	}
	return t
}

// asksAnybody tells whether the site has a page on which to ask mentors.
func (b *builder) asksAnybody() bool {
	return b.config.Request.Method != "none" && len(b.Portal.Mentors) > 0
}
