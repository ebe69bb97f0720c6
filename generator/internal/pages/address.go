package pages

import (
	"fmt"
	"maps"
	"net/url"
	"path"
	"slices"
	"strings"

	"github.com/stoa-portal/stoa/generator/internal/config"
	"github.com/stoa-portal/stoa/generator/internal/content"
	"github.com/stoa-portal/stoa/generator/internal/diag"
)

// checkAddresses reports the site paths that menus, buttons, programs and profiles give
// where the site has nothing; files are all that it has. Links inside Markdown are the
// resolver's.
func (b *builder) checkAddresses(files map[string]bool) {
	check := func(at diag.Place, address string) {
		site, ok := sitePath(address)
		if entry := b.routes.bySite[site]; ok && entry.text {
			document := entry.document(b.editions[0].of(entry))
			if _, heading, ok := strings.Cut(address, "#"); ok && !document.HasAnchor(heading) {
				var list diag.List
				list.Warnf(at, "broken-link", "/%s has no heading %q%s; the link leads to its beginning", site, "#"+heading, diag.DidYouMean(heading, document.Anchors()))
				b.report(list)
			}
		}
		if !ok || files[site] || (site == "" || strings.HasSuffix(site, "/")) && files[site+"index.html"] {
			return
		}
		_, isData := b.routes.data[site]
		switch {
		case isData:
			var list diag.List
			list.Warnf(at, "not-published", "%s is not published, so this link is left out", address)
			b.report(list)
		case b.routes.mayBeLeftOut(site):
			var list diag.List
			list.Warnf(at, "left-out", "what %q leads to is left out of this build, so this link is too", address)
			b.report(list)
		case files[site+"/index.html"]:
			b.errorf(at, "broken-link", "there is no page %q (did you mean %q?)", address, "/"+site+"/")
		default:
			b.errorf(at, "broken-link", "there is nothing at %q in this site%s", address, b.suggestPage(site, files))
		}
	}

	menu := func(at string, m config.Menu) {
		for i, item := range m.Main {
			check(b.config.Place(fmt.Sprintf("%s.main[%d].url", at, i)), string(item.URL))
		}
		for i, item := range m.Footer {
			check(b.config.Place(fmt.Sprintf("%s.footer[%d].url", at, i)), string(item.URL))
		}
	}
	menu("menu", b.config.Menu)
	for tag, words := range b.config.Languages {
		menu("languages."+tag+".menu", words.Menu)
	}
	check(b.config.Place("brand.logo"), string(b.config.Brand.Logo))
	check(b.config.Place("brand.mark"), string(b.config.Brand.Mark))
	check(b.config.Place("request.url"), b.config.Request.URL)

	if b.Portal.Home != nil {
		eachTranslation(b.Portal.Home, func(r *content.Record[content.Page]) {
			for i, action := range r.Value.Actions {
				check(r.Place(indexed("actions", i)+".url"), string(action.URL))
			}
		})
	}
	for _, program := range b.Portal.Programs {
		eachTranslation(program.Record, func(r *content.Record[content.Program]) {
			check(r.Place("apply_mentee_url"), string(r.Value.ApplyMenteeURL))
			check(r.Place("apply_mentor_url"), string(r.Value.ApplyMentorURL))
			for i, c := range r.Value.Contacts {
				check(r.Place(indexed("contacts", i)+".url"), string(c.URL))
			}
			for i, partner := range r.Value.Partners {
				if logo := string(partner.Logo); logo != "" {
					check(r.Place(indexed("partners", i)+".logo"), "/"+b.beside(r.File, logo))
				}
			}
		})
	}
	for _, m := range b.Portal.Mentors {
		eachTranslation(m.Record, func(r *content.Record[content.Mentor]) {
			for i, resource := range r.Value.Resources {
				check(r.Place(indexed("resources", i)+".url"), string(resource.URL))
			}
		})
	}
}

// eachTranslation visits a record and its translations.
func eachTranslation[T any](r *content.Record[T], visit func(*content.Record[T])) {
	visit(r)
	for _, lang := range slices.Sorted(maps.Keys(r.Translations)) {
		visit(r.Translations[lang])
	}
}

// sitePath is the path of the site that an address means, without query and fragment; ok
// is false when it leads elsewhere, or nowhere.
func sitePath(address string) (site string, ok bool) {
	site, ok = strings.CutPrefix(address, "/")
	if !ok || strings.HasPrefix(site, "/") {
		return "", false
	}
	site, _, _ = strings.Cut(site, "#")
	site, _, _ = strings.Cut(site, "?")
	if decoded, err := url.PathUnescape(site); err == nil {
		site = decoded
	}
	return site, true
}

// mayBeLeftOut tells whether a page may be missing because its file is left out of the build,
// or all that it would list. A file whose slug nobody could read may be any page of its
// folder; but not a draft: it is no excuse for a misspelt address.
func (r *routes) mayBeLeftOut(site string) bool {
	site = r.inDefault(site)
	folder := path.Dir(strings.TrimSuffix(site, "/"))
	for file := range r.without {
		name, _, _ := strings.Cut(file, ".")
		switch {
		case name+"/" == site,
			strings.HasSuffix(site, "/") && strings.HasPrefix(file, site),
			strings.HasPrefix(site, "browse/") && strings.HasPrefix(file, "mentors/"),
			path.Dir(file) == folder && strings.HasSuffix(file, ".md") && !r.hidden[file]:
			return true
		}
	}
	return false
}

// inDefault is a site path without the language it begins with.
func (r *routes) inDefault(site string) string {
	for _, lang := range r.languages {
		if rest, ok := strings.CutPrefix(site, lang+"/"); ok {
			return rest
		}
	}
	return site
}

// suggestPage names the page of the site whose path is nearest.
func (b *builder) suggestPage(site string, files map[string]bool) string {
	var known []string
	for file := range files {
		if page, ok := strings.CutSuffix(file, "index.html"); ok {
			known = append(known, page)
		}
	}
	slices.Sort(known)
	if near := diag.Nearest(site, known); near != "" {
		return fmt.Sprintf(" (did you mean %q?)", "/"+near)
	}
	return ""
}
