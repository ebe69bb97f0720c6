package pages

import (
	"bytes"
	"io/fs"
	"maps"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"golang.org/x/tools/txtar"

	"github.com/stoa-portal/stoa/generator/internal/civil"
	"github.com/stoa-portal/stoa/generator/internal/config"
	"github.com/stoa-portal/stoa/generator/internal/content"
	"github.com/stoa-portal/stoa/generator/internal/diag"
	"github.com/stoa-portal/stoa/generator/internal/digest"
	"github.com/stoa-portal/stoa/generator/internal/output"
	"github.com/stoa-portal/stoa/generator/internal/photo"
	"github.com/stoa-portal/stoa/generator/internal/portal"
	"github.com/stoa-portal/stoa/generator/internal/theme"
	"github.com/stoa-portal/stoa/themes"
)

// A sources is a site's files by path.
type sources map[string]string

// archive reads a site from a txtar file.
func archive(name string) sources {
	read, err := txtar.ParseFile(name)
	if err != nil {
		panic(err)
	}
	s := sources{}
	for _, f := range read.Files {
		s[f.Name] = string(f.Data)
	}
	return s
}

// with is the sources with some files changed; an empty text takes a file away.
func (s sources) with(changes sources) sources {
	copied := maps.Clone(s)
	for path, text := range changes {
		if copied[path] = text; text == "" {
			delete(copied, path)
		}
	}
	return copied
}

var dress = sync.OnceValue(func() *theme.Theme {
	layers, problems := theme.Stack("default", nil, themes.FS)
	loaded, more := theme.Load(layers, theme.Options{Languages: []string{"en", "es"}, Default: "en"})
	problems.Add(more)
	if problems.Errors() > 0 {
		panic(problems)
	}
	return loaded
})

// input reads a site as the generator does.
func (s sources) input(t testing.TB) (Input, diag.List) {
	t.Helper()
	fsys := fstest.MapFS{}
	for path, text := range s {
		fsys[path] = &fstest.MapFile{Data: []byte(text)}
	}
	c, problems := config.Load([]byte(s["config.toml"]), "config.toml")
	all, more := content.Load(fsys, content.Options{Languages: c.Tags(), Default: string(c.Language), Fields: c.ProfileFields()})
	problems.Add(more)
	p, more := portal.New(c, all, portal.Options{Today: civil.Of(2026, 11, 23)})
	problems.Add(more)
	base := "/"
	if _, path, ok := strings.Cut(strings.TrimPrefix(c.BaseURL, "https://"), "/"); ok {
		base += path
	}
	return Input{
		Portal: p, Theme: dress(), Source: fsys, Album: photo.NewAlbum(), Paths: new(output.Checked), BaseURL: c.BaseURL, Base: base, Version: "1.0",
		Sum: func(path string) digest.Sum {
			data, err := fs.ReadFile(fsys, path)
			if err != nil {
				return digest.Sum{}
			}
			return digest.Bytes(data)
		},
	}, problems
}

// plan plans a site, which must be without errors.
func (s sources) plan(t testing.TB) (*Plan, diag.List) {
	t.Helper()
	plan, problems := s.faulty(t)
	if problems.Errors() > 0 {
		t.Fatal(problems)
	}
	return plan, problems
}

// faulty plans a site that may have errors.
func (s sources) faulty(t testing.TB) (*Plan, diag.List) {
	t.Helper()
	in, problems := s.input(t)
	plan, more := New(in)
	problems.Add(more)
	return plan, problems.Sorted()
}

// row is the row at a path, or nil.
func (p *Plan) row(path string) *output.File {
	for i := range p.Files {
		if p.Files[i].Path == path {
			return &p.Files[i]
		}
	}
	return nil
}

// text renders the file at a path.
func (p *Plan) text(t testing.TB, path string) string {
	t.Helper()
	row := p.row(path)
	if row == nil {
		t.Fatalf("the site has no %s", path)
	}
	var b bytes.Buffer
	if err := row.Render(&b); err != nil {
		t.Fatalf("%s: %v", path, err)
	}
	return b.String()
}

// said is problems as lines.
func said(list diag.List) string {
	var b strings.Builder
	_ = list.WriteText(&b)
	return b.String()
}
