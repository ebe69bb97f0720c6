// Package generator makes a mentoring program's portal: a static site from TOML
// profiles, Markdown guides and TOML templates.
//
// # For users of the package
//
// [New] takes the folder of a site, the one with config.toml. [Generator.Build] writes
// the site, [Generator.Check] reads everything and writes nothing, [Generator.Serve] shows it
// while files change. [Generator.Import] and [Generator.Export] bring mentors in and give them back,
// [ImportGuides] brings guides, [Generator.Report] tells the coordinator how things stand. Whatever is
// wrong with the content comes back as [Problems], each with file, line and column, in words for the
// author; a build that fails changes no file of the destination, an import that fails none of the site.
//
// # For people who change the generator
//
// The flow, in eight lines:
//
//  1. config.Load reads config.toml, strictly.
//  2. content.Load reads content/: TOML and Markdown, each value with its place.
//  3. portal.New turns that into cross-linked, validated values as of one day, and freezes them.
//  4. theme.Load parses layouts (minified once) and fingerprints assets.
//  5. pages.New lists every file of the site; nothing is rendered yet. The search index is a second
//     list, made of the documents that pages show when it is asked for: a preview shows pages first.
//  6. Build: output.Sync renders, in parallel, the files whose key changed, and moves them into place together.
//  7. Serve: the same plan answers HTTP requests, rendering a row when it is asked for; it writes nothing.
//  8. Watch means: something changed, look again, plan again, nudge the browser.
//
// One look at the site, from the first step to the fifth, is [Generator.look]; all commands
// begin with it. There is no incremental build: there is a build whose rows carry keys, and a row whose key
// did not change is not rendered. What is remembered between looks (decoded files, checked photos,
// the theme) is kept under the digest of what it was made from.
//
// The rooms are below internal/, on floors; a package imports only lower floors, and a test
// holds that:
//
//	cmd/stoa                              6  flags and words
//	generator                             5  this package: the one door
//	internal/pages                        4  plans the site: portal and theme become rows
//	internal/report                          how the portal stands, for its coordinator
//	internal/check  search  corpus        3  rules beyond decoding; the search index; portals of any size, to measure with
//	internal/match                           suggests mentors: the score that browsers compute, too
//	internal/roster                          sheets of mentors, in and out
//	internal/migrate                         guides of other generators, brought to the contract
//	internal/portal                       2  the domain: people, programs, availability, facets
//	internal/config  content  markdown    1  each reads one kind of source and reports places
//	internal/photo  theme
//	internal/schema  output  watch        0  know nothing of mentoring
//	internal/server  civil  fold  history  turn
//	internal/amend
//	internal/diag  digest                    what all stand on: problems with places, names of values
//
// Where does a change belong? A new field of a profile: the struct in internal/content, then the view in
// internal/pages and the layout in themes/default. A new kind of page: one file in internal/pages that makes
// its view and rows, one layout. A new rule: internal/portal when it decides what is published, internal/check
// when it only advises. A word of the theme: themes/default/i18n. How files reach the disk:
// internal/output.
package generator

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"github.com/stoa-portal/stoa/generator/internal/check"
	"github.com/stoa-portal/stoa/generator/internal/civil"
	"github.com/stoa-portal/stoa/generator/internal/config"
	"github.com/stoa-portal/stoa/generator/internal/content"
	"github.com/stoa-portal/stoa/generator/internal/diag"
	"github.com/stoa-portal/stoa/generator/internal/digest"
	"github.com/stoa-portal/stoa/generator/internal/output"
	"github.com/stoa-portal/stoa/generator/internal/pages"
	"github.com/stoa-portal/stoa/generator/internal/photo"
	"github.com/stoa-portal/stoa/generator/internal/portal"
	"github.com/stoa-portal/stoa/generator/internal/theme"
	"github.com/stoa-portal/stoa/generator/internal/watch"
)

// Problems is what is wrong with a site, by place. As an error it holds at least one of
// severity error.
type Problems = diag.List

// A Problem is one fault, with its place.
type Problem = diag.Problem

// A Reminder is a message to a mentor whose profile is due to be read over.
type Reminder = check.Reminder

// Options say which site, and how it is read.
type Options struct {
	Source  string // the folder with config.toml; "" is the current one
	BaseURL string // where the site will live, with its path; "" means as config.toml says
	Drafts  bool   // publish drafts too
	Strict  bool   // a warning is an error
	Date    string // the day, as 2026-10-12, instead of today

	Now func() time.Time // the clock; nil is the system's, or SOURCE_DATE_EPOCH where that is set
}

// A Generator works on one site. Its methods are not to be called at the same time.
type Generator struct {
	options Options
	date    civil.Date
	program digest.Sum

	snapshot *watch.Snapshot
	records  content.Cache
	album    *photo.Album
	portal   *portal.Portal // of the last look
	found    pages.SearchMemory
	theme    *theme.Theme
	paths    output.Checked
	dressed  digest.Sum // of what the theme was loaded from
	dressing diag.List  // its warnings
	past     past
}

// ErrNoSite is the error for a folder without config.toml.
var ErrNoSite = errors.New("no site here")

// New prepares to work on a site. The error is for options that make no sense, or
// [ErrNoSite].
func New(o Options) (*Generator, error) {
	o.Source = cmp.Or(o.Source, ".")
	g := &Generator{options: o, album: photo.NewAlbum()}
	info, err := os.Stat(filepath.Join(o.Source, "config.toml"))
	if errors.Is(err, fs.ErrNotExist) || err == nil && info.IsDir() {
		return nil, fmt.Errorf("%w: %s has no config.toml (to begin one: stoa new site DIR; to work on one elsewhere: --source DIR)", ErrNoSite, filepath.ToSlash(filepath.Clean(o.Source)))
	}
	if err != nil {
		return nil, err
	}
	if o.Date != "" {
		if g.date, err = civil.Parse(o.Date); err != nil {
			return nil, err
		}
	}
	if o.BaseURL != "" {
		if problem := config.CheckBaseURL(o.BaseURL); problem != "" {
			return nil, fmt.Errorf("the base URL %q cannot be: %s", o.BaseURL, problem)
		}
	}
	if o.BaseURL != "" && !strings.HasSuffix(o.BaseURL, "/") {
		g.options.BaseURL += "/"
	}
	if g.options.Now == nil {
		if g.options.Now, err = systemClock(); err != nil {
			return nil, err
		}
	}
	g.program = executable()
	return g, nil
}

// systemClock is the system's clock, or a fixed one when SOURCE_DATE_EPOCH says so
// (reproducible-builds.org: seconds since 1970-01-01 in UTC).
func systemClock() (func() time.Time, error) {
	text := os.Getenv("SOURCE_DATE_EPOCH")
	if text == "" {
		return time.Now, nil
	}
	var seconds int64
	if _, err := fmt.Sscanf(text, "%d", &seconds); err != nil || fmt.Sprint(seconds) != text {
		return nil, fmt.Errorf("SOURCE_DATE_EPOCH is %q, which is not a number of seconds", text)
	}
	fixed := time.Unix(seconds, 0)
	return func() time.Time { return fixed }, nil
}

// executable is the digest of the running program: whatever it writes may change with
// it.
var executable = sync.OnceValue(func() digest.Sum {
	path, err := os.Executable()
	if err != nil {
		return digest.Of(time.Now().String())
	}
	data, err := os.ReadFile(path)
	if err != nil {
		return digest.Of(path, time.Now().String())
	}
	return digest.Bytes(data)
})

// roots are the parts of the source that a site is made from.
func (g *Generator) roots() []watch.Root {
	return watch.Roots(g.options.Source, "config.toml", "content", "themes")
}
