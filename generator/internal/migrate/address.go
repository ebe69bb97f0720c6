package migrate

import (
	"cmp"
	"maps"
	"net/url"
	"path"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"

	"github.com/stoa-portal/stoa/generator/internal/diag"
)

// rememberAddresses finds out which addresses every text had.
func (m *mover) rememberAddresses() {
	m.ownHosts()
	if len(m.system.routes) > 1 {
		m.likelyRoute()
	}
	m.byOld, m.byOldSection = map[string]*text{}, map[string]*section{}
	for _, folder := range slices.Sorted(maps.Keys(m.folders)) {
		s := m.folders[folder]
		parts := strings.Split(m.belowRoot(folder), "/")
		for i, part := range parts {
			parts[i] = m.unnumbered(part)
		}
		for _, address := range append(slices.Clone(s.old), m.belowRoot(folder), path.Join(parts...)) {
			for _, route := range append(slices.Clone(m.system.routes), "") {
				for _, key := range []string{oldKey(address), oldKey(path.Join(route, address))} {
					if m.byOldSection[key] == nil && key != "" && s.dir != "" {
						m.byOldSection[key] = s
					}
				}
			}
		}
	}
	remember := func(address string, t *text) {
		if key := oldKey(address); m.byOld[key] == nil {
			m.byOld[key] = t
		}
	}
	for _, t := range m.texts {
		if t.lang == "" {
			t.old = m.oldAddresses(t)
		}
	}
	for rank := range 4 { // what is surest first
		for _, t := range m.texts {
			if t.lang != "" {
				continue
			}
			switch {
			case rank < 2 && rank < len(t.old):
				remember(t.old[rank], t)
			case rank == 2:
				for _, address := range t.moved() {
					remember(address, t)
				}
			case rank == 3:
				remember(t.file, t)
				remember(m.belowRoot(t.file), t)
			}
		}
	}
	for _, from := range slices.Sorted(maps.Keys(m.system.redirects)) {
		if t := m.byFile[path.Join(m.root, m.system.redirects[from])]; t != nil {
			remember(from, t)
			t.old = append(t.old, m.mkdocsAddress(from))
		}
	}
}

// moved are old addresses that the front matter lists.
func (t *text) moved() []string {
	return slices.Concat(t.matter.strings("redirect_from"), t.matter.strings("aliases"))
}

// oldKey is what addresses of one page have in common.
func oldKey(address string) string {
	if plain, err := url.PathUnescape(address); err == nil {
		address = plain
	}
	address = strings.ToLower(norm.NFC.String(strings.Trim(address, "/")))
	for _, ext := range append([]string{".html", ".htm"}, textExtensions...) {
		if rest, ok := strings.CutSuffix(address, ext); ok {
			address = rest
			break
		}
	}
	for _, name := range []string{"index", "readme", "_index"} {
		if address == name {
			return ""
		}
		address = strings.TrimSuffix(address, "/"+name)
	}
	return address
}

// ownHosts reads the old site's host from the pages that give their own address.
func (m *mover) ownHosts() {
	own := regexp.MustCompile(`(?:property="og:url"\s+content|rel="canonical"\s+href)="https?://([^/"]+)/`)
	count := map[string]int{}
	for _, t := range m.texts {
		for _, l := range t.body {
			if match := own.FindStringSubmatch(l.text); match != nil {
				count[strings.ToLower(match[1])]++
			}
		}
	}
	for host, n := range count {
		if n >= 3 || n == len(m.texts) {
			m.hosts[host] = true
		}
	}
}

var rootedLink = regexp.MustCompile(`(?:\]\(<?|href=["'])(?:https?://([^/()\s"']+))?(/[^)\s"'>#?]*)`)

// likelyRoute puts in front what most links of the texts themselves say that addresses begin
// with.
func (m *mover) likelyRoute() {
	votes := make([]int, len(m.system.routes))
	known := map[string]int{} // a bit for each route
	for _, t := range m.texts {
		for i, address := range m.oldAddresses(t) {
			known[oldKey(address)] |= 1 << i
		}
	}
	for _, t := range m.texts {
		for _, l := range t.body {
			for _, match := range rootedLink.FindAllStringSubmatch(l.text, -1) {
				if match[1] != "" && !m.hosts[strings.ToLower(match[1])] {
					continue
				}
				for i := range votes {
					if known[oldKey(match[2])]&(1<<i) != 0 {
						votes[i]++
					}
				}
			}
		}
	}
	for i := range votes {
		if votes[i] > votes[0] {
			slices.Reverse(m.system.routes[:i+1])
			return
		}
	}
}

// oldAddresses are the site paths that a text had, the likeliest first.
func (m *mover) oldAddresses(t *text) []string {
	dir, stem := m.inside(t)
	lower := strings.ToLower(stem)
	index := lower == "index" || lower == "readme" || lower == "_index"
	inside := path.Join(dir, stem)
	if index {
		inside = dir
	}
	switch m.system.name {
	case docusaurus:
		return m.docusaurusAddresses(t, dir, stem, index)
	case mkdocs:
		return []string{m.mkdocsAddress(m.belowRoot(t.file))}
	case hugo:
		if own := t.matter.string("url"); own != "" {
			return []string{own}
		}
		inside = strings.TrimPrefix(path.Join(strings.TrimPrefix(m.root, "content"), inside), "/")
		if slug := t.matter.string("slug"); slug != "" && !index {
			inside = path.Join(path.Dir(inside), slug)
		}
		return []string{strings.ToLower(strings.ReplaceAll(inside, " ", "-")) + "/"}
	case jekyll:
		return []string{m.jekyllAddress(t, index)}
	}
	return nil
}

func (m *mover) docusaurusAddresses(t *text, dir, stem string, index bool) []string {
	parts := strings.Split(dir, "/")
	for i, part := range parts {
		parts[i] = m.unnumbered(part)
	}
	inside := path.Join(path.Join(parts...), m.unnumbered(stem))
	if id := t.matter.string("id"); id != "" {
		inside = path.Join(path.Join(parts...), id)
	}
	if index || stem == path.Base(dir) {
		inside = path.Join(parts...)
	}
	if slug := t.matter.string("slug"); strings.HasPrefix(slug, "/") {
		inside = slug
	} else if slug != "" {
		inside = path.Join(path.Join(parts...), slug)
	}
	var all []string
	for _, route := range m.system.routes {
		all = append(all, strings.Trim(path.Join(route, inside), "/")+"/")
	}
	return all
}

// unnumbered is a name without the number by which Docusaurus orders.
func (m *mover) unnumbered(name string) string {
	if match := numbered.FindStringSubmatch(name); match != nil && m.system.name == docusaurus {
		return match[2]
	}
	return name
}

func (m *mover) mkdocsAddress(file string) string {
	inside := strings.TrimSuffix(file, path.Ext(file))
	name := strings.ToLower(path.Base(inside))
	switch index := name == "index" || name == "readme"; {
	case index && path.Dir(inside) == ".":
		return ""
	case index:
		return path.Dir(inside) + "/"
	case m.system.flat:
		return inside + ".html"
	}
	return inside + "/"
}

// Patterns of Jekyll for which there is a word ("Permalinks" in its documentation).
var jekyllPatterns = map[string]string{
	"date": "/:categories/:year/:month/:day/:title:output_ext", "pretty": "/:categories/:year/:month/:day/:title/",
	"ordinal": "/:categories/:year/:y_day/:title:output_ext", "none": "/:categories/:title:output_ext",
}

func (m *mover) jekyllAddress(t *text, index bool) string {
	top, rest, inCollection := strings.Cut(t.file, "/")
	collection, pattern := strings.TrimPrefix(top, "_"), ""
	inside := strings.TrimSuffix(t.file, path.Ext(t.file))
	switch {
	case !inCollection || collection == top:
		pattern = "/:path:output_ext"
		if m.system.permalink == "pretty" {
			pattern = "/:path/"
		}
		if index {
			pattern = "/" + strings.TrimPrefix(path.Dir(t.file)+"/", "./")
		}
	case collection == "posts":
		pattern = cmp.Or(m.system.permalink, "date")
		pattern = cmp.Or(jekyllPatterns[pattern], pattern)
	default:
		inside = strings.TrimSuffix(rest, path.Ext(rest))
		pattern = cmp.Or(m.system.collections[collection], "/:collection/:path:output_ext")
		if m.system.permalink == "pretty" && m.system.collections[collection] == "" {
			pattern = "/:collection/:path/"
		}
	}
	pattern = cmp.Or(t.matter.string("permalink"), pattern)
	name := path.Base(inside)
	day := [3]string{}
	if match := dated.FindStringSubmatch(name); match != nil {
		name = match[2]
		copy(day[:], strings.Split(match[1], "-"))
	}
	categories := slices.Concat(t.matter.strings("category"), t.matter.strings("categories"))
	replaced := strings.NewReplacer(
		":output_ext", ".html", ":collection", collection, ":path", inside, ":name", name, ":slug", idOf(name, "x"),
		":title", cmp.Or(t.matter.string("slug"), name), ":categories", strings.ToLower(strings.Join(categories, "/")),
		":year", day[0], ":month", day[1], ":i_month", strings.TrimPrefix(day[1], "0"), ":day", day[2], ":i_day", strings.TrimPrefix(day[2], "0"),
	).Replace(pattern)
	for strings.Contains(replaced, "//") {
		replaced = strings.ReplaceAll(replaced, "//", "/")
	}
	if strings.Contains(replaced, ":") {
		return "" // a part that is not known
	}
	return strings.TrimPrefix(replaced, "/")
}

// newPaths are the site paths that the moved guides have.
func (m *mover) newPaths() map[string]bool {
	paths := map[string]bool{"guides/": true}
	for dir := range m.sections {
		paths[path.Join("guides", dir)+"/"] = true
	}
	for _, t := range m.texts {
		if !t.index {
			paths[path.Join("guides", t.section.dir, t.slug)+"/"] = true
		}
	}
	return paths
}

// keepWorking chooses which old addresses are to lead to the guides: each to one of them, and
// none that a page of the site has.
func (m *mover) keepWorking() {
	taken := map[string]bool{}
	for _, paths := range []map[string]bool{m.newPaths(), m.Taken} {
		for p := range paths {
			taken[strings.ToLower(p)] = true
		}
	}
	choose := func(address string) (string, bool) {
		if decoded, err := url.PathUnescape(address); err == nil {
			address = decoded
		}
		address = norm.NFC.String(strings.Trim(address, "/"))
		if address == "" || strings.HasPrefix(address, ".") || strings.ContainsAny(address, `?#:*"<>|\`) || path.Clean(address) != address {
			return "", false
		}
		if path.Base(address) == "index.html" {
			address = path.Dir(address)
		}
		if !strings.HasSuffix(address, ".html") {
			address += "/"
		}
		if taken[strings.ToLower(address)] || address == "./" {
			return "", false
		}
		taken[strings.ToLower(address)] = true
		return "/" + address, true
	}
	for _, t := range m.texts {
		if t.lang != "" {
			t.old = nil
			continue
		}
		var kept []string
		all := t.old
		if m.system.name == docusaurus {
			all = all[:min(1, len(all))]
		}
		for _, address := range slices.Concat(all, t.moved()) {
			if address, ok := choose(address); ok {
				kept = append(kept, address)
			}
		}
		if len(kept) > maxAliases {
			m.notes.Warnf(diag.Place{File: t.file}, "not-carried", "only %d of this page's old addresses (%d) go on working: add the others to [[redirects]] in config.toml", maxAliases, len(kept))
			kept = kept[:maxAliases]
		}
		t.old = kept
	}
	for _, s := range m.sections {
		var kept []string
		for _, address := range s.old[:min(1, len(s.old))] {
			if address, ok := choose(address); ok {
				kept = append(kept, address)
			}
		}
		s.old = kept
	}
}

// maxAliases is how many a guide may have.
const maxAliases = 20
