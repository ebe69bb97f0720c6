package pages

import (
	"fmt"
	"maps"
	"net/url"
	"path"
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"

	"github.com/stoa-portal/stoa/generator/internal/content"
	"github.com/stoa-portal/stoa/generator/internal/diag"
	"github.com/stoa-portal/stoa/generator/internal/output"
)

// A redirect leads from an old address to where something is now.
type redirect struct {
	at   diag.Place // of the old address
	toAt diag.Place // of the new one
	from string     // as written, from the site's root
	site string     // its site path, without a slash at the end
	to   string     // site path, perhaps with a query and a fragment, or an absolute URL
}

// file is where the redirect's page is.
func (r *redirect) file() string {
	if strings.HasSuffix(r.site, ".html") {
		return r.site
	}
	return r.site + "/index.html"
}

// redirectRows are the pages at old addresses: aliases of every kind, and [[redirects]]; and
// the list of them for hosts that read one. files are those of all other rows, and are given
// the redirects' own.
func (b *builder) redirectRows(files map[string]bool) []output.File {
	all := b.oldAddresses()
	for i, r := range b.config.Redirects {
		at := indexed("redirects", i)
		all = append(all, &redirect{at: b.config.Place(at + ".from"), toAt: b.config.Place(at + ".to"), from: string(r.From), to: string(r.To)})
	}
	accepted := map[string]*redirect{} // by path in small letters: some systems do not tell them apart
	told := map[diag.Place]bool{}      // an alias has an old address in every language, and one fault
	fault := func(at diag.Place, rule, format string, args ...any) {
		if !told[at] {
			told[at] = true
			b.errorf(at, rule, format, args...)
		}
	}
	for _, r := range all {
		site, why := oldPath(r.from)
		r.site = site
		other := accepted[strings.ToLower(site)]
		switch {
		case why != "":
			fault(r.at, "redirect", "%q cannot lead anywhere: %s", r.from, why)
		case strings.TrimPrefix(r.to, "/") == site+"/" && files[r.file()]:
			fault(r.at, "redirect", "%q is this page's own address, not an old one", r.from)
		case other != nil && other.site == site && strings.TrimPrefix(other.to, "/") == strings.TrimPrefix(r.to, "/"): // said twice
		case other != nil:
			fault(r.at, "collision", "%q leads elsewhere already (%s)", r.from, other.at)
		case files[r.file()] || files[site]:
			fault(r.at, "collision", "%q is a page or file of this site already, so it cannot lead elsewhere", r.from)
		case files[strings.ToLower(r.file())]:
			fault(r.at, "collision", "%q differs from a page of this site in capital letters only, which some systems do not tell apart", r.from)
		default:
			accepted[strings.ToLower(site)] = r
		}
	}
	var rows []output.File
	var leading []*redirect
	for _, r := range all {
		if accepted[strings.ToLower(r.site)] != r {
			continue
		}
		if to, ok := b.target(r, files, accepted); ok {
			r.to = to
			rows, leading = append(rows, b.redirectRow(r)), append(leading, r)
		}
	}
	if len(leading) > 0 && !b.routes.static[redirectsPath] {
		rows = append(rows, b.redirectsRow(leading))
	}
	for _, row := range rows {
		files[row.Path] = true
	}
	return rows
}

// redirectRow is the page of a redirect, in the language that its address is in.
func (b *builder) redirectRow(r *redirect) output.File {
	e, site := b.editions[0], r.site
	for _, other := range b.editions[1:] {
		if rest, ok := strings.CutPrefix(r.site, other.prefix); ok {
			e, site = other, rest
		}
	}
	if !strings.HasSuffix(site, ".html") {
		site += "/"
	}
	return page(e, "redirect", site, func() RedirectView {
		head := e.head("redirect", e.words.Word("redirect.title"), "", site, "")
		head.NoIndex, head.Canonical = true, r.to
		if !strings.Contains(r.to, "://") {
			now, _ := cutSuffixes(r.to)
			head.Canonical = b.absolute(now)
		}
		return RedirectView{head, r.to}
	}, nil)
}

// target finds where a redirect ends: at a page, a file or an address elsewhere. A way
// over other redirects is made a single step. What is left out of the build is not
// missed.
func (b *builder) target(r *redirect, files map[string]bool, redirects map[string]*redirect) (string, bool) {
	to := r.to
	for range len(redirects) + 1 {
		if strings.HasPrefix(to, "https://") || strings.HasPrefix(to, "http://") {
			return to, true
		}
		if strings.HasPrefix(to, "mailto:") {
			b.errorf(r.toAt, "redirect", "an old address leads to a page, and %q is none", to)
			return "", false
		}
		site, rest := cutSuffixes(strings.TrimPrefix(to, "/"))
		if decoded, err := url.PathUnescape(site); err == nil {
			site = decoded
		}
		if files[site] || (site == "" || strings.HasSuffix(site, "/")) && files[site+"index.html"] {
			return site + rest, true
		}
		next := redirects[strings.ToLower(strings.TrimSuffix(site, "/"))]
		if next == nil {
			_, isData := b.routes.data[site]
			switch {
			case isData:
				var list diag.List
				list.Warnf(r.toAt, "not-published", "%s is not published, so this redirect is left out", to)
				b.report(list)
			case b.routes.mayBeLeftOut(site):
			case files[site+"/index.html"]:
				b.errorf(r.toAt, "redirect", "there is no page %q to lead to (did you mean %q?)", to, "/"+site+"/")
			default:
				b.errorf(r.toAt, "redirect", "there is no page %q to lead to%s", to, b.suggestPage(site, files))
			}
			return "", false
		}
		if to = next.to; rest != "" {
			now, _ := cutSuffixes(to)
			to = now + rest
		}
	}
	b.errorf(r.toAt, "redirect", "%q leads back to itself", r.from)
	return "", false
}

// oldPath is an old address as a site path without a slash at the end, or why it cannot be
// one.
func oldPath(from string) (site, why string) {
	if decoded, err := url.PathUnescape(from); err == nil {
		from = decoded
	}
	site = norm.NFC.String(strings.Trim(from, "/"))
	file := (&redirect{site: site}).file()
	switch {
	case strings.Contains(from, "://"), site == "", strings.HasPrefix(site, "."), path.Clean(site) != site:
		return site, "it is not a path of this site, such as \"/people/ana/\""
	case strings.ContainsAny(site, "?#"):
		return site, "what comes after a ? or # does not reach a static site"
	}
	for _, problem := range output.Problems([]output.File{{Path: file}}) {
		return site, problem.Message
	}
	return site, ""
}

// oldAddresses are the aliases of all that is published. An alias is an old id, which
// stands where the record does, in every language; or with a slash in front, an old path
// from the site's root. A translation may have its own.
func (b *builder) oldAddresses() []*redirect {
	var all []*redirect
	p := b.Portal
	for _, m := range p.Mentors {
		addAliases(b, &all, m.Record, func(v *content.Mentor) []string { return v.Aliases }, fixed("mentors/"+m.ID+"/"))
	}
	for _, r := range p.Programs {
		addAliases(b, &all, r.Record, func(v *content.Program) []string { return v.Aliases }, fixed("programs/"+r.ID+"/"))
	}
	for _, r := range p.Goals {
		addAliases(b, &all, r, func(v *content.Goal) []string { return v.Aliases }, fixed("goals/"+r.ID+"/"))
	}
	for _, r := range p.Worksheets {
		addAliases(b, &all, r, func(v *content.Worksheet) []string { return v.Aliases }, fixed("worksheets/"+r.ID+"/"))
	}
	for _, g := range b.guides {
		addAliases(b, &all, g.Record, func(v *content.Guide) []string { return v.Aliases }, func(lang string) string { return guidePath(g, lang) })
	}
	ofPage := func(v *content.Page) []string { return v.Aliases }
	for _, r := range p.Content.Sections {
		if site := r.ID + "/"; b.routes.pages[site] {
			addAliases(b, &all, r, ofPage, fixed(site))
		}
	}
	for _, r := range p.Pages {
		addAliases(b, &all, r, ofPage, func(lang string) string { return plainPath(r, lang) })
	}
	if p.Home != nil {
		addAliases(b, &all, p.Home, ofPage, fixed(""))
	}
	for _, name := range slices.Sorted(maps.Keys(p.Content.Vocabularies)) {
		if f := p.Facet(name); f != nil && p.Offers(f) {
			addAliases(b, &all, p.Content.Vocabularies[name], func(v *content.Vocabulary) []string { return v.Aliases }, fixed("browse/"+name+"/"))
		}
	}
	return all
}

// addAliases adds the old addresses of a record, whose pages are at site.
func addAliases[T any](b *builder, all *[]*redirect, record *content.Record[T], names func(*T) []string, site func(lang string) string) {
	for i, e := range b.editions {
		r := record.In(e.lang)
		list := names(&r.Value)
		inherited := i > 0 && slices.Equal(list, names(&record.Value))
		to := site(e.lang)
		folder := strings.TrimPrefix(path.Dir(strings.TrimSuffix(to, "/"))+"/", "./")
		for j, name := range list {
			from := name
			if strings.HasPrefix(name, "/") {
				if inherited {
					continue
				}
			} else {
				from = "/" + e.prefix + folder + name + "/"
			}
			*all = append(*all, &redirect{at: r.Place(fmt.Sprintf("aliases[%d]", j)), from: from, to: e.prefix + to})
		}
	}
}
