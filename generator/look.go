package generator

import (
	"errors"
	"io"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/stoa-portal/stoa/generator/internal/check"
	"github.com/stoa-portal/stoa/generator/internal/civil"
	"github.com/stoa-portal/stoa/generator/internal/config"
	"github.com/stoa-portal/stoa/generator/internal/content"
	"github.com/stoa-portal/stoa/generator/internal/diag"
	"github.com/stoa-portal/stoa/generator/internal/digest"
	"github.com/stoa-portal/stoa/generator/internal/pages"
	"github.com/stoa-portal/stoa/generator/internal/portal"
	"github.com/stoa-portal/stoa/generator/internal/theme"
	"github.com/stoa-portal/stoa/generator/internal/watch"
	"github.com/stoa-portal/stoa/themes"
)

// A site is what one look found.
type site struct {
	config   *config.Config
	portal   *portal.Portal // nil when config.toml has errors
	plan     *pages.Plan    // nil when config.toml or the theme has errors
	baseURL  string
	base     string
	problems diag.List
	levels   check.Levels // how severe the site takes each warning
}

// look reads the site as a snapshot has it, and plans it. Warnings are as severe as the site's
// [check] says, those that rows report too.
func (g *Generator) look(snapshot *watch.Snapshot, without map[string]bool) *site {
	s := g.read(snapshot, without)
	s.problems = s.levels.Apply(s.problems)
	if s.plan == nil || len(s.levels) == 0 {
		return s
	}
	for i, file := range s.plan.Files {
		s.plan.Files[i].Key = sync.OnceValue(func() digest.Sum { return digest.Of(file.Key(), s.levels.String()) })
		s.plan.Files[i].Render = func(w io.Writer) error {
			err := file.Render(w)
			if list, ok := errors.AsType[diag.List](err); ok {
				if list = s.levels.Apply(list); len(list) == 0 {
					return nil
				}
				return list
			}
			return err
		}
	}
	return s
}

// read is the look itself. It goes as far as it can: a
// file with an error is left out, so that what refers to it is not blamed for it, and
// everything else is still looked at. without are files to leave out from the start.
func (g *Generator) read(snapshot *watch.Snapshot, without map[string]bool) *site {
	s := &site{}
	s.problems.Add(kept(snapshot.Problems, without))
	fsys := snapshot.FS()
	source, err := fs.ReadFile(fsys, "config.toml")
	if err != nil {
		s.problems.Errorf(diag.Place{File: "config.toml"}, "no-config", "there is no config.toml any more")
		return s
	}
	c, problems := config.Load(source, "config.toml")
	s.config = c
	s.problems.Add(problems)
	if problems.Errors() > 0 {
		// What depends on config.toml, such as its languages, cannot be judged now.
		var read site
		read.config = c
		g.readContent(&read, snapshot, fsys, without)
		for _, p := range read.problems {
			if p.Rule != "unknown-language" && p.Rule != "unknown-key" {
				s.problems = append(s.problems, p)
			}
		}
		return s
	}
	if !c.Stoa.Allows(Version()) {
		s.problems.Errorf(c.Place("stoa"), "version", "this site wants Stoa %s, and this is %s", c.Stoa, Version())
	}
	var rules diag.List
	s.levels, rules = check.LevelsOf(c)
	s.problems.Add(rules)
	s.setBase(g.options.BaseURL, c.BaseURL)
	all, broken := g.readContent(s, snapshot, fsys, without)

	var tied diag.List
	s.portal, tied = portal.New(c, all, portal.Options{Today: g.today(c), Without: broken, Last: g.portal, Changed: g.changed(all, &s.problems)})
	g.portal = s.portal
	s.problems.Add(published(tied, without))

	dress := g.dress(snapshot, fsys, c)
	s.problems.Add(g.dressing)
	if dress == nil {
		return s
	}
	g.album.Turn()
	var planned diag.List
	s.plan, planned = pages.New(pages.Input{
		Portal: s.portal, Theme: dress, Source: fsys, Album: g.album,
		Sum: func(path string) digest.Sum {
			file, _ := snapshot.Lookup(path)
			return file.Sum
		},
		Paths: &g.paths, BaseURL: s.baseURL, Base: s.base, Program: g.program, Version: Version(), Without: broken, Memory: &g.found,
	})
	s.problems.Add(published(planned, without))
	return s
}

// readContent reads content/. broken are the files left out: those given, and those that
// have an error of their own.
func (g *Generator) readContent(s *site, snapshot *watch.Snapshot, fsys fs.FS, without map[string]bool) (all *content.Content, broken map[string]bool) {
	entries := []content.Entry{}
	for path, file := range snapshot.All() {
		if strings.HasPrefix(path, "content/") {
			entries = append(entries, content.Entry{Path: path, Sum: file.Sum})
		}
	}
	all, problems := content.Load(fsys, content.Options{
		Languages: s.config.Tags(), Default: string(s.config.Language), Fields: s.config.ProfileFields(),
		Drafts: g.options.Drafts, Without: without, Entries: entries, Cache: &g.records,
	})
	problems = kept(problems, without)
	s.problems.Add(problems)
	s.problems.Add(bodies(fsys, problems))
	broken = map[string]bool{}
	for file := range without {
		broken[file] = true
	}
	for _, p := range problems {
		if p.Severity == diag.Error {
			broken[p.File] = true
		}
	}
	for _, file := range all.Drafts {
		broken[file] = true
	}
	return all, broken
}

// kept drops the problems of files that are left out on purpose.
func kept(problems diag.List, without map[string]bool) diag.List {
	var list diag.List
	for _, p := range problems {
		if !without[p.File] {
			list = append(list, p)
		}
	}
	return list
}

// published drops the warnings that something refers to a file which has an error of its
// own: mending the file mends them. They stay when files are left out on purpose.
func published(problems diag.List, without map[string]bool) diag.List {
	if len(without) > 0 {
		return problems
	}
	return slices.DeleteFunc(problems, func(p diag.Problem) bool { return p.Rule == "left-out" })
}

// dress loads the theme, unless its files are those of the last look.
func (g *Generator) dress(snapshot *watch.Snapshot, fsys fs.FS, c *config.Config) *theme.Theme {
	parts := []any{string(c.Theme), c.Tags()}
	for path, file := range snapshot.All() {
		if strings.HasPrefix(path, "themes/") {
			parts = append(parts, path, file.Sum)
		}
	}
	sum := digest.Of(parts...)
	if g.theme != nil && g.dressed == sum {
		return g.theme
	}
	g.theme, g.dressed = nil, sum
	own, err := fs.Sub(fsys, "themes")
	if err != nil {
		own = nil
	}
	layers, problems := theme.Stack(string(c.Theme), own, themes.FS)
	g.dressing = in(c, "theme", problems)
	if problems.Errors() == 0 {
		var loaded diag.List
		g.theme, loaded = theme.Load(layers, theme.Options{Languages: c.Tags(), Default: string(c.Language)})
		g.dressing.Add(in(c, "languages", loaded))
	}
	return g.theme
}

// in gives the problems that lie somewhere in config.toml the place of a key.
func in(c *config.Config, key string, problems diag.List) diag.List {
	for i, p := range problems {
		if p.Place == (diag.Place{File: "config.toml"}) {
			problems[i].Place = c.Place(key)
		}
	}
	return problems
}

// today is the day of the site, in its own time zone.
func (g *Generator) today(c *config.Config) civil.Date {
	if !g.date.IsZero() {
		return g.date
	}
	zone, err := time.LoadLocation(string(c.Timezone))
	if err != nil {
		zone = time.UTC
	}
	return civil.Today(zone, g.options.Now())
}

// setBase decides where the site will live: what the command says goes before
// config.toml.
func (s *site) setBase(urls ...string) {
	s.base = "/"
	for _, text := range urls {
		if text == "" {
			continue
		}
		if !strings.HasSuffix(text, "/") {
			text += "/"
		}
		s.baseURL = text
		if u, err := url.Parse(text); err == nil && u.Path != "" {
			s.base = u.EscapedPath()
		}
		return
	}
}

// scan lists the source's files, reading what changed since the last time.
func (g *Generator) scan() (*watch.Snapshot, error) {
	snapshot, err := watch.Scan(g.roots(), g.snapshot)
	if err == nil {
		g.snapshot = snapshot
	}
	return snapshot, err
}

// source gives a source file's text for excerpts, nil when it cannot be read.
func (g *Generator) source(file string) []byte {
	root, err := os.OpenRoot(g.options.Source)
	if err != nil {
		return nil
	}
	defer root.Close()
	data, err := root.ReadFile(filepath.FromSlash(file))
	if err != nil {
		return nil
	}
	return data
}

// peek reads config.toml alone.
func (g *Generator) peek(snapshot *watch.Snapshot) (*config.Config, bool) {
	source, err := fs.ReadFile(snapshot.FS(), "config.toml")
	if err != nil {
		return nil, false
	}
	c, problems := config.Load(source, "config.toml")
	return c, problems.Errors() == 0
}
