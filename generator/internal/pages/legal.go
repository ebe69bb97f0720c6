package pages

import (
	"cmp"
	"net/url"
	"slices"
	"strings"

	"github.com/stoa-portal/stoa/generator/internal/config"
	"github.com/stoa-portal/stoa/generator/internal/content"
	"github.com/stoa-portal/stoa/generator/internal/output"
)

// The pages that the law asks for. The theme has their words, config.toml's [legal] what only the
// owner knows, and the rest of config.toml what the site does: so they stay true when a
// setting changes. A page of the site's own takes the place of one of them.
const (
	privacyPage       = "privacy"
	accessibilityPage = "accessibility"
)

// generates tells whether a page of that name is one that the theme words, in every language.
func (b *builder) generates(name string) bool {
	return b.ownPage(name) == nil && slices.Contains(b.Theme.Layouts(), name)
}

// ownPage is the site's own page at an address of the first level, or nil.
func (b *builder) ownPage(name string) *content.Record[content.Page] {
	for _, record := range b.Portal.Pages {
		if plainPath(record, b.Portal.Languages[0]) == name+"/" {
			return record
		}
	}
	return nil
}

// legalPage is the site path of one of the pages in the edition's language, or "" when there is
// none, or a menu leads to it already.
func (e *edition) legalPage(name string, menu []Link) string {
	site := ""
	if own := e.ownPage(name); own != nil {
		site = e.prefix + plainPath(own, e.lang)
	} else if e.generates(name) {
		site = e.prefix + name + "/"
	}
	if slices.ContainsFunc(menu, func(l Link) bool { return l.URL == site }) {
		return ""
	}
	return site
}

// legalRows are the privacy page and the accessibility statement.
func (e *edition) legalRows() []output.File {
	var files []output.File
	if e.generates(privacyPage) {
		files = append(files, page(e, privacyPage, privacyPage+"/", e.privacyView, nil))
	}
	if e.generates(accessibilityPage) {
		files = append(files, page(e, accessibilityPage, accessibilityPage+"/", e.accessibilityView, nil))
	}
	return files
}

func (e *edition) legalHead(name string) Page {
	head := e.head(name, e.words.Word(name+".title"), e.words.Word(name+".description", "site", e.site.Title), name+"/", "")
	head.Alternates = e.alternates(everywhere(name + "/"))
	head.Breadcrumbs = e.crumbs()
	return head
}

func (e *edition) privacyView() PrivacyView {
	c, legal := e.config, e.config.Legal
	contact := cmp.Or(string(legal.Contact), string(c.Contact))
	v := PrivacyView{
		Page:       e.legalHead(privacyPage),
		Controller: e.said(func(l config.LegalWords) string { return string(l.Controller) }),
		Wording:    e.said(func(l config.LegalWords) string { return string(l.Wording) }),
		Retention:  e.said(func(l config.LegalWords) string { return string(l.Retention) }),
		Processor:  e.said(func(l config.LegalWords) string { return string(l.Processor) }),
		Complaints: e.said(func(l config.LegalWords) string { return string(l.Complaints) }),
		Contact:    contact, ContactURL: contactURL(contact),
		Consent: c.Privacy.RequireConsent, Emails: c.Privacy.ShowEmail, Index: c.Privacy.Index, API: c.Privacy.API,
		Requests: c.Request.Method, Repository: string(c.Repository.URL),
	}
	switch v.Requests {
	case "form":
		v.RequestHost = host(string(c.Request.Endpoint))
	case "link":
		if u, err := url.Parse(c.Request.URL); err == nil {
			v.RequestHost = u.Host
		}
		if v.RequestHost == "" { // a page of this site, which says itself what it does
			v.Requests = "none"
		}
	case "github":
		v.RequestHost = host(v.Repository)
	}
	for _, origin := range c.Security.Allow {
		v.Hosts = append(v.Hosts, strings.TrimPrefix(string(origin), "https://"))
	}
	return v
}

func (e *edition) accessibilityView() AccessibilityView {
	contact := string(e.config.Contact)
	return AccessibilityView{
		Page:        e.legalHead(accessibilityPage),
		Controller:  e.said(func(l config.LegalWords) string { return string(l.Controller) }),
		Limits:      e.said(func(l config.LegalWords) string { return string(l.AccessibilityLimits) }),
		Enforcement: e.said(func(l config.LegalWords) string { return string(l.AccessibilityEnforcement) }),
		Assessed:    e.config.Legal.AccessibilityAssessed,
		Contact:     contact, ContactURL: contactURL(contact),
	}
}

// said is a text of [legal] in the edition's language, or else in the first one.
func (e *edition) said(text func(config.LegalWords) string) Said {
	if words := text(e.config.Languages[e.lang].Legal); words != "" {
		return Said{Text: words}
	}
	return Said{Text: text(e.config.Legal.Words()), Lang: e.foreign(e.Portal.Languages[0])}
}

// legalRoutes adds the pages that are generated to those that links may lead to.
func legalRoutes(r *routes, layouts []string) {
	for _, name := range []string{privacyPage, accessibilityPage} {
		if _, own := r.bySite[name+"/"]; !own && slices.Contains(layouts, name) {
			r.pages[name+"/"] = true
		}
	}
}
