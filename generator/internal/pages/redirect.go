package pages

import (
	"fmt"
	"path"
	"strings"

	"github.com/stoa-portal/stoa/generator/internal/content"
	"github.com/stoa-portal/stoa/generator/internal/diag"
	"github.com/stoa-portal/stoa/generator/internal/output"
	"github.com/stoa-portal/stoa/generator/internal/portal"
)

// redirectRows are the pages at old addresses: aliases of every kind, and [[redirects]].
// An alias is an old id, which stands where the record does, or an old path from the site's
// root.
func (b *builder) redirectRows(planned []output.File) []output.File {
	taken := make(map[string]bool, len(planned))
	for _, file := range planned {
		taken[file.Path] = true
	}
	e := b.editions[0]
	var files []output.File
	add := func(at diag.Place, from, to string) {
		site := strings.Trim(from, "/")
		file := site + "/index.html"
		if strings.HasSuffix(site, ".html") {
			file = site
		}
		switch {
		case site == "" || path.Clean(site) != site || strings.HasPrefix(site, "."):
			e.errorf(at, "redirect", "%q is not a path of this site", from)
			return
		case taken[file]:
			e.errorf(at, "collision", "%q is a page of this site already, so it cannot lead elsewhere", from)
			return
		}
		taken[file] = true
		head := e.head("redirect", e.words.Word("redirect.title"), "", site+"/", "")
		if file == site {
			head.Permalink = site
		}
		head.NoIndex = true
		head.Canonical = b.absolute(to)
		if strings.Contains(to, "://") {
			head.Canonical = to
		}
		files = append(files, page(e, "redirect", head.Permalink, func() RedirectView { return RedirectView{head, to} }, nil))
	}
	p := b.Portal
	for _, m := range p.Mentors {
		aliases(m.Record, m.Value.Aliases, "mentors/", "mentors/"+m.ID+"/", add)
	}
	for _, r := range p.Programs {
		aliases(r.Record, r.Value.Aliases, "programs/", "programs/"+r.ID+"/", add)
	}
	for _, r := range p.Goals {
		aliases(r, r.Value.Aliases, "goals/", "goals/"+r.ID+"/", add)
	}
	for _, r := range p.Worksheets {
		aliases(r, r.Value.Aliases, "worksheets/", "worksheets/"+r.ID+"/", add)
	}
	for _, g := range p.Guides.All() {
		aliases(g.Record, g.Value.Aliases, path.Dir("guides/"+g.ID)+"/", guidePath(g, p.Languages[0]), add)
		for _, lang := range p.Languages[1:] {
			if t, ok := g.Translations[lang]; ok {
				aliases(t, own(t.Value.Aliases, g.Value.Aliases), path.Dir("guides/"+g.ID)+"/", lang+"/"+guidePath(g, lang), add)
			}
		}
	}
	p.Guides.Each(func(s *portal.Section) {
		if s.Index != nil {
			aliases(s.Index, s.Index.Value.Aliases, "", s.ID+"/", add)
		}
	})
	for _, r := range p.Pages {
		aliases(r, r.Value.Aliases, "", plainPath(r, p.Languages[0]), add)
	}
	for name, r := range p.Content.Vocabularies {
		if f := p.Facet(name); f != nil && p.Offers(f) {
			aliases(r, r.Value.Aliases, "", "browse/"+name+"/", add)
		}
	}
	for i, r := range b.config.Redirects {
		at := b.config.Place(indexed("redirects", i))
		to := string(r.To)
		if site, ok := strings.CutPrefix(to, "/"); ok {
			if !b.routes.isPage(site) && !b.routes.static[site] {
				e.errorf(at, "redirect", "there is no page %q to lead to", to)
				continue
			}
			to = site
		}
		add(at, string(r.From), to)
	}
	return files
}

// aliases adds a record's old ids and paths.
func aliases[T any](r *content.Record[T], names []string, folder, to string, add func(at diag.Place, from, to string)) {
	for i, name := range names {
		from := name
		if !strings.HasPrefix(name, "/") {
			from = folder + name
		}
		add(r.Place(fmt.Sprintf("aliases[%d]", i)), from, to)
	}
}

// own is a translation's list unless it is only the source's.
func own(list, base []string) []string {
	if len(list) > 0 && len(base) > 0 && &list[0] == &base[0] {
		return nil
	}
	return list
}
