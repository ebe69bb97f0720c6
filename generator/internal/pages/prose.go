package pages

import (
	"bytes"
	"errors"
	"fmt"
	"html/template"
	"maps"
	"path"
	"slices"
	"strings"

	"github.com/stoa-portal/stoa/generator/internal/content"
	"github.com/stoa-portal/stoa/generator/internal/diag"
	"github.com/stoa-portal/stoa/generator/internal/digest"
	"github.com/stoa-portal/stoa/generator/internal/markdown"
	"github.com/stoa-portal/stoa/generator/internal/schema"
)

// Prose is Markdown of the content, rendered when its page is. The zero Prose is empty.
type Prose struct {
	source *proseSource
	html   template.HTML // once rendered
	done   bool
}

// A proseSource is a text, its place, and the edition that resolves its links.
type proseSource struct {
	edition  *edition
	document func() *markdown.Document
	file     string
	sum      digest.Sum
}

// Empty tells whether there is nothing to show.
func (p Prose) Empty() bool { return p.source == nil }

// Sum is the digest of all that the HTML is made from: the text, the options and, when
// the text may hold links, pictures or embeds, what those may lead to.
func (p Prose) Sum() digest.Sum {
	if p.source == nil {
		return digest.Sum{}
	}
	return p.source.sum
}

// HTML is the text rendered. Its problems are an error; a page collects those of all
// its texts before, see [Prose.render].
func (p Prose) HTML() (template.HTML, error) {
	if p.source == nil || p.done {
		return p.html, nil
	}
	var problems diag.List
	p.render(&problems)
	return p.html, problems.Err()
}

// render fills in the HTML and reports what is wrong with the text.
func (p *Prose) render(problems *diag.List) *markdown.Document {
	if p.source == nil {
		return nil
	}
	document := p.source.document()
	problems.Add(document.Problems())
	var html bytes.Buffer
	err := document.Render(&html, &resolver{p.source.edition, p.source.file, document})
	var list diag.List
	if errors.As(err, &list) {
		problems.Add(list)
	} else if err != nil {
		problems.Errorf(diag.Place{File: p.source.file}, "markdown", "%v", err)
	}
	p.html, p.done = template.HTML(html.String()), true
	return document
}

// render renders several texts of a view.
func render(problems *diag.List, texts ...*Prose) {
	for _, text := range texts {
		text.render(problems)
	}
}

// embeds are the fenced blocks that stand for something of the site.
var embeds = []string{"mentors", "goal", "worksheet", "timeline", "faq"}

// prose is a Markdown field of a TOML file.
func prose[T any](e *edition, r *content.Record[T], key string, text schema.Markdown, level int) Prose {
	if strings.TrimSpace(string(text)) == "" {
		return Prose{}
	}
	options := markdown.Options{TopLevel: level, KeepTitle: true, IDPrefix: strings.NewReplacer("[", "-", "]", "", ".", "-", "_", "-").Replace(key) + "-", Embeds: embeds, Words: e.labels}
	return Prose{source: &proseSource{
		edition: e, file: r.File,
		sum: e.proseSum(string(text), options, path.Dir(r.File)),
		document: func() *markdown.Document {
			return markdown.Parse(markdown.Source{File: r.File, Text: string(text), Locate: r.Locate(key)}, options)
		},
	}}
}

// body is the Markdown of a guide or page, which its document is remembered for, since
// links ask for its headings.
func body[T any](e *edition, r *content.Record[T]) Prose {
	if isBlank(r.Body) {
		return Prose{}
	}
	return Prose{source: &proseSource{
		edition: e, file: r.File,
		sum:      e.proseSum(r.Body, e.bodyOptions(), path.Dir(r.File)),
		document: func() *markdown.Document { return document(e, r) },
	}}
}

func isBlank(text string) bool { return strings.TrimSpace(text) == "" }

// parseBody reads the Markdown of a record's body.
func parseBody[T any](r *content.Record[T], options markdown.Options) *markdown.Document {
	at := r.BodyPlace()
	return markdown.Parse(markdown.Source{File: at.File, Line: at.Line, Column: at.Column, Text: r.Body}, options)
}

func (e *edition) bodyOptions() markdown.Options {
	return markdown.Options{TopLevel: 2, Embeds: embeds, Words: e.labels, Reserved: reservedIDs}
}

// reservedIDs are the ids that layouts give to parts of a page.
var reservedIDs = []string{"main", "content", "menu", "toc"}

// document parses a record's body, once in an edition.
func document[T any](e *edition, r *content.Record[T]) *markdown.Document {
	e.documentsMu.Lock()
	entry, ok := e.documents[r.File]
	if !ok {
		entry = new(parsed)
		e.documents[r.File] = entry
	}
	e.documentsMu.Unlock()
	entry.once.Do(func() { entry.document = parseBody(r, e.bodyOptions()) })
	return entry.document
}

// proseSum is the digest of what a text renders to. folder decides what its relative
// links mean.
func (e *edition) proseSum(text string, options markdown.Options, folder string) digest.Sum {
	if !markdown.HasHoles(text) {
		return digest.Of(text, options)
	}
	sum := digest.Of(text, options, folder, e.routes.sum(), e.assetSums())
	if mayEmbed(text) {
		sum = digest.Of(sum, e.embedSum())
	}
	return sum
}

func mayEmbed(text string) bool {
	return slices.ContainsFunc(embeds, func(kind string) bool {
		return strings.Contains(text, "```"+kind) || strings.Contains(text, "~~~"+kind) || strings.Contains(text, "``` "+kind) || strings.Contains(text, "~~~ "+kind)
	})
}

// A resolver answers what the links, pictures and embeds of one text lead to.
type resolver struct {
	edition *edition
	file    string // that the text is in
	own     *markdown.Document
}

// Link finds the page that a link to a source file, or to a path of the site, means.
func (r *resolver) Link(l markdown.Link) (markdown.Target, string) {
	e := r.edition
	if l.Path == "" && l.Fragment != "" {
		return markdown.Target{}, fmt.Sprintf("there is no heading %q in this text%s", "#"+l.Fragment, diag.DidYouMean(l.Fragment, r.own.Anchors()))
	}
	suffix := ""
	if l.Query != "" {
		suffix = "?" + l.Query
	}
	if l.Kind == markdown.Site {
		return r.siteLink(l, suffix)
	}
	name := path.Join(rooted(r.file), l.Path)
	if name == ".." || strings.HasPrefix(name, "../") {
		return markdown.Target{}, fmt.Sprintf("%s leads out of content/; to link to a page elsewhere, write its https address", l.Path)
	}
	if entry, ok := e.routes.byFile[strings.TrimSuffix(name, "/")]; ok {
		return r.toPage(l, suffix, entry)
	}
	switch {
	case e.routes.hidden[name]:
		return unpublished(l), ""
	case e.routes.assets[name]:
		a, ok := e.asset("content/" + name)
		if !ok {
			return markdown.Target{}, "" // what is wrong with the file is said of the file
		}
		return markdown.Target{URL: e.Base + escapePath(a.site) + suffix}, ""
	case e.routes.without[name]:
		return markdown.Target{}, ""
	case strings.HasPrefix(name, "static/") && e.routes.static[strings.TrimPrefix(name, "static/")]:
		return markdown.Target{URL: e.Base + escapePath(strings.TrimPrefix(name, "static/")) + suffix}, ""
	case !strings.HasSuffix(name, ".md") && !strings.HasSuffix(name, ".toml"):
		for _, extension := range []string{".md", ".toml"} {
			if _, ok := e.routes.byFile[name+extension]; ok {
				return markdown.Target{}, fmt.Sprintf("there is no file %q; link to the source file: %q", l.Path, l.Path+extension)
			}
		}
	}
	return markdown.Target{}, fmt.Sprintf("there is no file %q%s", l.Path, r.suggest(name))
}

// unpublished leaves a link's words and tells the author.
func unpublished(l markdown.Link) markdown.Target {
	return markdown.Target{Note: fmt.Sprintf("%s is not published, so these words lead nowhere", l.Path)}
}

// siteLink checks a link that names a path of the site, such as /mentors/ or a file of
// content/static.
func (r *resolver) siteLink(l markdown.Link, suffix string) (markdown.Target, string) {
	e := r.edition
	site := strings.TrimPrefix(l.Path, "/")
	entry, isPage := e.routes.bySite[site]
	published, isData := e.routes.data[site]
	switch {
	case isPage:
		return r.toPage(l, suffix, entry)
	case isData && !published:
		return unpublished(l), ""
	case isData:
		return markdown.Target{URL: e.Base + escapePath(site) + suffix}, ""
	case e.routes.static[site]:
		return markdown.Target{URL: e.Base + escapePath(site) + suffix}, ""
	case e.routes.bySite[site+"/"].site != nil:
		return markdown.Target{}, fmt.Sprintf("there is no page %q (did you mean %q?)", l.Path, l.Path+"/")
	}
	if e.routes.mayBeLeftOut(site) {
		return markdown.Target{}, ""
	}
	hint := ""
	if near := diag.Nearest(site, slices.Sorted(maps.Keys(e.routes.bySite))); near != "" {
		hint = fmt.Sprintf(" (did you mean %q?)", "/"+near)
	}
	return markdown.Target{}, fmt.Sprintf("there is no page %q in this site%s", l.Path, hint)
}

// toPage leads to a page: that of the text's edition, unless the link names a translation.
// It checks that the page has the heading linked to. A translation has headings of its own:
// where it lacks one that the source has, the link leads to the page.
func (r *resolver) toPage(l markdown.Link, suffix string, entry route) (markdown.Target, string) {
	e, source := r.edition.of(entry), r.edition.editions[0]
	target := markdown.Target{URL: e.Base + escapePath(e.prefix+entry.site(e.lang)) + suffix}
	if e != r.edition {
		target.Lang = e.lang
	}
	if l.Fragment == "" {
		return target, ""
	}
	if entry.document == nil {
		return target, fmt.Sprintf("%s has no headings to link to; leave off %q", l.Path, "#"+l.Fragment)
	}
	document := entry.document(e)
	if !document.HasAnchor(l.Fragment) {
		if e != source && entry.document(source).HasAnchor(l.Fragment) {
			return target, ""
		}
		if !e.speaks(l.Place.File) { // the text is the source's own, and every edition says the same of it
			document = entry.document(source)
		}
		return target, fmt.Sprintf("%s has no heading %q%s", l.Path, "#"+l.Fragment, diag.DidYouMean(l.Fragment, document.Anchors()))
	}
	target.URL += "#" + escapePath(l.Fragment)
	return target, ""
}

// speaks tells whether a file is a translation into the edition's language.
func (e *edition) speaks(file string) bool {
	return strings.HasSuffix(strings.TrimSuffix(file, path.Ext(file)), "."+e.lang)
}

// suggest names the source file whose path is nearest, as a path from the text's file.
func (r *resolver) suggest(name string) string {
	files := r.edition.routes.files
	for _, file := range files {
		if path.Base(file) == path.Base(name) {
			return fmt.Sprintf(" (did you mean %q?)", relative(rooted(r.file), file))
		}
	}
	if near := diag.Nearest(name, files); near != "" {
		return fmt.Sprintf(" (did you mean %q?)", relative(rooted(r.file), near))
	}
	return ""
}

// relative writes a path as seen from a folder; both begin at content/.
func relative(folder, file string) string {
	if folder == "." {
		return file
	}
	from, to := strings.Split(folder, "/"), strings.Split(file, "/")
	for len(from) > 0 && len(to) > 1 && from[0] == to[0] {
		from, to = from[1:], to[1:]
	}
	return strings.Repeat("../", len(from)) + strings.Join(to, "/")
}
