package pages

import (
	"cmp"
	"io"
	"path"
	"slices"
	"strings"
	"sync"

	"github.com/stoa-portal/stoa/generator/internal/config"
	"github.com/stoa-portal/stoa/generator/internal/content"
	"github.com/stoa-portal/stoa/generator/internal/diag"
	"github.com/stoa-portal/stoa/generator/internal/digest"
	"github.com/stoa-portal/stoa/generator/internal/markdown"
	"github.com/stoa-portal/stoa/generator/internal/output"
	"github.com/stoa-portal/stoa/generator/internal/photo"
	"github.com/stoa-portal/stoa/generator/internal/portal"
	"github.com/stoa-portal/stoa/generator/internal/theme"
)

// A builder makes one plan.
type builder struct {
	Input
	config   *config.Config
	editions []*edition // the default language first
	routes   *routes
	guides   []*portal.Guide // in reading order
	brand    string          // site path of the stylesheet made from [brand], or ""
	code     string          // site path of the stylesheet for highlighted code

	pictures map[string]*photo.Picture // checked, by file; nil when it is not fit to be published

	mu         sync.Mutex // guards problems
	problems   diag.List
	picturesMu sync.Mutex // guards pictures
	assetsOnce sync.Once
	assetsSum  digest.Sum
}

// An edition is the site in one language.
type edition struct {
	*builder
	lang   string
	prefix string // of its site paths: "" for the default language, else "es/"
	words  *theme.Language
	labels markdown.Words
	site   *Site
	feed   string               // site path of its feed, or ""
	stamp  digest.Sum           // of what every page of the edition depends on
	cards  map[string]Fragment  // of listed mentors, by id
	guides map[string]GuideCard // by id

	documentsMu sync.Mutex // guards documents
	documents   map[string]*parsed
	embedOnce   sync.Once
	embedded    digest.Sum
	ownPreview  func() *Preview // the site's picture for previews of links; nil when it has none
}

// A parsed is the Markdown of a source file, parsed when it is first asked for.
type parsed struct {
	once     sync.Once
	document *markdown.Document
}

func newBuilder(in Input) *builder {
	b := &builder{Input: in, config: in.Portal.Config, pictures: map[string]*photo.Picture{}}
	b.routes = newRoutes(in.Portal, in.Without, in.BaseURL, in.Theme.Layouts())
	b.guides = in.Portal.Guides.All()
	b.brand = brandPath
	if b.config.Brand.Accent == "" && b.config.Brand.Font == "" {
		b.brand = ""
	}
	b.code = codePath
	for i, lang := range in.Portal.Languages {
		e := &edition{builder: b, lang: lang, words: in.Theme.Language(lang, theme.Site{Base: in.Base}), documents: map[string]*parsed{}}
		if i > 0 {
			e.prefix = lang + "/"
		}
		e.labels = e.markdownWords()
		b.editions = append(b.editions, e)
	}
	for _, e := range b.editions {
		e.site = e.newSite()
		e.ownPreview = sync.OnceValue(e.siteImage)
		e.feed = e.feedPath()
		b.routes.data[e.prefix+"feed.xml"] = e.feed != ""
		e.stamp = digest.Of(in.Program, in.Theme.Sum(), in.Base, in.BaseURL, e.lang, e.site)
		e.cards = e.mentorCards()
		e.guides = make(map[string]GuideCard, len(b.guides))
		for _, g := range b.guides {
			e.guides[g.ID] = e.newGuideCard(g)
		}
	}
	return b
}

// newSite is what all pages of the edition share.
func (e *edition) newSite() *Site {
	words := e.config.Languages[e.lang]
	menu := words.Menu
	if len(menu.Main) == 0 {
		menu.Main = e.config.Menu.Main
	}
	if len(menu.Footer) == 0 {
		menu.Footer = e.config.Menu.Footer
	}
	p := e.Portal
	index := func(segment string, any bool) string {
		if !any {
			return ""
		}
		return e.prefix + segment + "/"
	}
	s := &Site{
		Title:        cmp.Or(words.Title, e.config.Title),
		Description:  cmp.Or(words.Description, e.config.Description),
		Lang:         e.lang,
		Dir:          e.config.Direction(e.lang),
		Home:         e.prefix,
		Contact:      string(e.config.Contact),
		ContactURL:   contactURL(string(e.config.Contact)),
		Logo:         e.ownURL(string(e.config.Brand.Logo)),
		Mark:         e.ownURL(string(e.config.Brand.Mark)),
		Mentors:      index("mentors", true),
		Programs:     index("programs", len(p.Programs) > 0),
		Guides:       index("guides", len(p.Guides.All()) > 0),
		Goals:        index("goals", len(p.Goals) > 0),
		Worksheets:   index("worksheets", len(p.Worksheets) > 0),
		Search:       index("search", true),
		My:           e.prefix + "my/",
		Match:        index("match", len(p.Listed) > 0),
		Request:      index("request", e.asksAnybody()),
		MaxChoices:   e.config.Request.MaxChoices,
		Assets:       e.Theme.Root(),
		BrandCSS:     e.brand,
		HighlightCSS: e.code,
		CSP:          e.policy(),
		Params:       e.Theme.Parameters(e.config.Params),
	}
	s.AddMentor = e.addMentorURL()
	s.Menu = e.menu(menu.Main)
	s.Footer = e.menu(menu.Footer)
	s.Privacy, s.Accessibility = e.legalPage(privacyPage, s.Footer), e.legalPage(accessibilityPage, s.Footer)
	if len(menu.Main) == 0 {
		for _, entry := range []struct{ key, url string }{
			{"title.mentors", s.Mentors}, {"title.match", s.Match}, {"title.programs", s.Programs}, {"title.guides", s.Guides}, {"title.goals", s.Goals}, {"title.worksheets", s.Worksheets},
		} {
			if entry.url != "" {
				s.Menu = append(s.Menu, Link{Label: e.words.Word(entry.key), URL: entry.url})
			}
		}
	}
	if then := e.config.Review.OnOverdue; then != "warn" && slices.ContainsFunc(p.Mentors, func(m *portal.Mentor) bool { return !m.StaleOn.IsZero() }) {
		s.Freshness = then
	}
	s.seal()
	return s
}

// menu resolves the entries of a menu, which config gives as site paths of the default
// language. An entry whose page is left out of the build is left out, too.
func (e *edition) menu(items []config.MenuItem) []Link {
	var links []Link
	for _, item := range items {
		if url, ok := e.ownLink(string(item.URL)); ok {
			links = append(links, Link{Label: item.Label, URL: url})
		}
	}
	return links
}

// ownLink turns an address of config or front matter into one of the edition: a site path
// ("/mentors/") loses its slash and gets the language where there is such a page. ok is false
// when the page is left out of the build, or not published (as a feed without base_url).
func (e *edition) ownLink(address string) (url string, ok bool) {
	site, own := sitePath(address)
	if !own {
		return address, true
	}
	entry, isPage := e.routes.bySite[site]
	_, rest := cutSuffixes(strings.TrimPrefix(address, "/"))
	if published, isData := e.routes.data[site]; isData && !published {
		return "", false
	}
	if !isPage {
		return site + rest, e.routes.static[site] || !e.routes.mayBeLeftOut(site)
	}
	to := e.of(entry)
	if before, heading, ok := strings.Cut(rest, "#"); ok && entry.text && !entry.document(to).HasAnchor(heading) {
		rest = before // a translation may word it otherwise
	}
	return to.prefix + entry.site(to.lang) + rest, true
}

// ownURL is ownLink, and "" for a page that is left out.
func (e *edition) ownURL(address string) string {
	url, ok := e.ownLink(address)
	if !ok {
		return ""
	}
	return url
}

// of is the edition that a route leads to.
func (e *edition) of(entry route) *edition {
	for _, other := range e.editions {
		if other.lang == entry.lang {
			return other
		}
	}
	return e
}

func contactURL(contact string) string {
	if strings.Contains(contact, "@") && !strings.Contains(contact, "/") {
		return "mailto:" + contact
	}
	return contact
}

// head starts a page: what its record, its place and its language say.
func (e *edition) head(kind, title, description, permalink, contentLang string) Page {
	p := Page{
		Site: e.site, Kind: kind, Title: title, Description: description,
		Lang: e.lang, Permalink: e.prefix + permalink,
		NoIndex: !e.config.Privacy.Index, Feed: e.feed,
	}
	translated := contentLang == "" || contentLang == e.lang
	if !translated {
		p.Lang = contentLang
	}
	p.Within = p.Permalink
	if kind == "facet" || kind == "term" {
		p.Within = e.site.Mentors
	}
	p.Canonical = e.absolute(p.Permalink)
	if !translated {
		p.Canonical = e.absolute(permalink)
	}
	p.Image = e.ownPreview()
	return p
}

// absolute is a site path as an absolute URL, or "" when the site's address is not
// known.
func (b *builder) absolute(site string) string {
	if b.BaseURL == "" {
		return ""
	}
	return b.BaseURL + escapePath(site)
}

// alternates lists the page in all the site's languages, the default one first. paths gives
// its site path in a language and whether it is translated there. Search engines are told of
// translations alone, and by none but translations: a page in the words of another language
// leads them to its source, by its canonical address.
func (e *edition) alternates(paths func(lang string) (site string, translated bool)) []Alternate {
	if len(e.editions) < 2 {
		return nil
	}
	alternates := make([]Alternate, 0, len(e.editions))
	versions := 0
	_, here := paths(e.lang)
	for _, other := range e.editions {
		site, translated := paths(other.lang)
		a := Alternate{
			Lang: other.lang, URL: other.prefix + site, Current: other == e,
			Label: cmp.Or(e.config.Languages[other.lang].Label, portal.OwnName(other.lang)),
		}
		if here && translated {
			a.Absolute = e.absolute(a.URL)
			versions++
		}
		alternates = append(alternates, a)
	}
	if versions == 1 {
		for i := range alternates {
			alternates[i].Absolute = ""
		}
	}
	return alternates
}

// everywhere is the path of a page that exists in the words of every language.
func everywhere(site string) func(string) (string, bool) {
	return func(string) (string, bool) { return site, true }
}

// moved is the head of a further page of a list.
func (e *edition) moved(head Page, site string) Page {
	head.Permalink, head.Within = e.prefix+site, e.prefix+site
	head.Canonical, head.Alternates = e.absolute(head.Permalink), e.alternates(everywhere(site))
	return head
}

// sectionPaths gives the paths of a section of guides for alternates: it is translated where
// its _index.md is, or everywhere when there is none.
func (e *edition) sectionPaths(s *portal.Section) func(string) (string, bool) {
	if s.Index != nil {
		return translations(e, s.Index, fixed(s.ID+"/"))
	}
	return everywhere(s.ID + "/")
}

// recordLang is the language that a record's words are in when an edition shows it.
func recordLang[T any](e *edition, r *content.Record[T]) string {
	if _, ok := r.Translations[e.lang]; ok || e.prefix == "" {
		return e.lang
	}
	return e.Portal.Languages[0]
}

// translations gives the paths of a record's pages for alternates.
func translations[T any](e *edition, r *content.Record[T], site func(lang string) string) func(string) (string, bool) {
	return func(lang string) (string, bool) {
		_, translated := r.Translations[lang]
		return site(lang), translated || lang == e.Portal.Languages[0]
	}
}

// foreign is a record's language when it is not the page's, for a lang attribute.
func (e *edition) foreign(lang string) string {
	if lang == e.lang {
		return ""
	}
	return lang
}

// page makes a row of a view, at a site path of the edition. The view is built when its
// key is asked for and, when the page is rendered, again: ten thousand views that wait
// for their turn would take more memory than everything else, and while serving most
// are not asked for at all. finish fills what only a rendered page needs and what
// follows from the rest: its Markdown.
func page[V any](e *edition, layout, site string, build func() V, finish func(*V, *diag.List)) output.File {
	file := e.prefix + site
	if !strings.HasSuffix(file, ".html") {
		file += "index.html"
	}
	return output.File{
		Path: file,
		Key: sync.OnceValue(func() digest.Sum {
			view := build()
			return digest.Of(e.stamp, layout, &view)
		}),
		Render: func(w io.Writer) error {
			view := build()
			var problems diag.List
			if finish != nil {
				finish(&view, &problems)
			}
			if problems.Errors() > 0 {
				return problems
			}
			if p, ok := any(&view).(pageHead); ok {
				e.structured(p.own())
			}
			if err := e.words.Execute(w, layout, view); err != nil {
				return err
			}
			if len(problems) > 0 {
				return problems
			}
			return nil
		},
	}
}

// raw is a row whose bytes are computed by a function of the values given.
func (b *builder) raw(site string, render func(io.Writer) error, depends ...any) output.File {
	return output.File{
		Path:   site,
		Key:    sync.OnceValue(func() digest.Sum { return digest.Of(b.Program, site, digest.Of(depends...)) }),
		Render: render,
	}
}

// from says what a row is made from.
func from(source diag.Place, file output.File) output.File {
	file.Source = source
	return file
}

// report adds a problem found while planning.
func (b *builder) report(list diag.List) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.problems.Add(list)
}

// crumbs is the way from home to a page's parent.
func (e *edition) crumbs(links ...Link) []Link {
	return append([]Link{{Label: e.words.Word("title.home"), URL: e.prefix}}, links...)
}

// rooted is the folder of a source file, from content/.
func rooted(file string) string { return path.Dir(strings.TrimPrefix(file, "content/")) }
