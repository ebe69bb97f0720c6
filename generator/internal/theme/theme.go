// Package theme turns a folder of layouts, components, styles, scripts and words
// into something that pages can be written with.
//
// In: layers of files. A site's own themes/<name>/ lies over the built-in theme of
// that name, or over the one it extends, file by file; [Stack] finds the layers and
// [Load] reads them. Out: a [Theme] that never changes. It has assets, which are
// published under an address that holds their digest, and a [Language] for each
// language of the site, which writes a view (a plain value) through a layout.
//
//	theme.toml                    name, api, extends, parameters        manifest.go
//	layouts/base.html             one skeleton for all pages            templates.go
//	layouts/<kind>.html           one for each kind of page
//	components/<name>/<name>.html|.css|.js                              assets.go
//	assets/**                     tokens.css, base.css, icons, fonts
//	i18n/<language>.toml          every word the theme says             words.go
//
// A layout fills the blocks of base.html, and calls components by name. Components
// can also be rendered alone: a mentor's card is rendered once a language and reused
// in every list. Templates are those of html/template, so whatever a view holds is
// escaped for the place where it stands; themes are trusted, content is not.
//
// A template sees its view and a few pure functions (functions.go), nothing else: no
// clock, no files, no other page. That is what lets a page's key be computed from its
// view and the theme's [Theme.Sum] without rendering it.
//
// Layouts are minified once, here, and not page by page. The minifier knows template
// actions but not what they stand for, so it is told to keep end tags, quotes and
// document tags, and a test compares the documents that come out with those of the
// layouts as written. What is said without arguments ({{t "nav.mentors"}}) is put in
// place once a language. Faults are told with the place in the layout as written.
package theme

import (
	"maps"
	"slices"
	"sync"

	"github.com/stoa-portal/stoa/generator/internal/diag"
	"github.com/stoa-portal/stoa/generator/internal/digest"
)

// API is the version of the contract between Stoa and themes: names of layouts,
// blocks, views, functions. A theme says which one it was written for.
const API = 1

// Options are what a site says about its theme.
type Options struct {
	Languages []string // BCP 47 tags of the site; a warning tells which the theme does not speak
	Default   string   // the site's default language, "" for English
}

// A Theme is a loaded theme. It is immutable, and safe for concurrent use.
type Theme struct {
	parameters map[string]any
	sum        digest.Sum
	templates  templates
	words      map[string]*dictionary // by language tag
	fallback   *dictionary            // what is said where a language lacks a word
	assets     []Asset
	assetNames map[string]bool
	icons      map[string]bool // ids of the symbols in assets/icons.svg
	root       string
	files      map[string]file

	mu        sync.Mutex
	languages map[languageKey]*Language // memo of Language: a function of its key
}

type languageKey struct {
	tag  string
	site Site
}

// Load reads a theme from its layers, the top one first. A file of a layer hides the
// file of that path in the layers below. All faults are reported, each with its place;
// the theme is nil when one of them is an error.
func Load(layers []Layer, o Options) (*Theme, diag.List) {
	var problems diag.List
	files := overlay(layers, &problems)
	t := &Theme{files: files, languages: map[languageKey]*Language{}}
	t.readManifest(layers, &problems)
	t.readWords(o, &problems)
	t.readAssets(&problems)
	t.readTemplates(&problems)
	t.warnStrays(layers, &problems)
	t.sum = t.digest()
	if problems.Errors() > 0 {
		return nil, problems
	}
	if len(layers) > 1 {
		t.tryLayouts(o, &problems)
		if problems.Errors() > 0 {
			return nil, problems
		}
	}
	return t, problems
}

// Sum is the digest of everything the theme is made of. Two themes of one sum write
// the same bytes for the same view.
func (t *Theme) Sum() digest.Sum { return t.sum }

// Assets are the files to publish below Root, sorted by path.
func (t *Theme) Assets() []Asset { return t.assets }

// Root is the site path of the asset tree, "assets/<digest>/". One digest names the
// whole tree, so that a stylesheet's url() and a module's import stay as written.
func (t *Theme) Root() string { return t.root }

// Layouts are the kinds of page the theme has a layout for, sorted, without "base".
func (t *Theme) Layouts() []string { return slices.Sorted(maps.Keys(t.templates.layouts)) }

// Parameters are the theme's parameters as a layout reads them in Site.Params: the
// defaults of theme.toml, over which the site's own [params] lie.
func (t *Theme) Parameters(site map[string]any) map[string]any {
	merged := maps.Clone(t.parameters)
	maps.Copy(merged, site)
	return merged
}

func (t *Theme) digest() digest.Sum {
	parts := []any{API, t.parameters}
	for _, path := range slices.Sorted(maps.Keys(t.files)) {
		f := t.files[path]
		parts = append(parts, path, f.data)
		for lower := f.under; lower != nil; lower = lower.under {
			parts = append(parts, lower.data)
		}
	}
	return digest.Of(parts...)
}
