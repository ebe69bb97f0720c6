package generator

import (
	"cmp"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"text/template"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/stoa-portal/stoa/generator/internal/civil"
	"github.com/stoa-portal/stoa/generator/internal/config"
	"github.com/stoa-portal/stoa/generator/internal/content"
	"github.com/stoa-portal/stoa/generator/internal/diag"
	"github.com/stoa-portal/stoa/generator/internal/schema"
)

// scaffolds are the files that Scaffold and ScaffoldSite begin with, as templates between
// « and ». In a line of TOML that begins with # and no space, the setting after it is
// one to switch on.
//
//go:embed all:scaffold
var scaffolds embed.FS

// ScaffoldKinds are the kinds that [Scaffold] knows.
var ScaffoldKinds = []string{"mentor", "program", "guide", "goal", "worksheet", "theme"}

// ErrRefused is what the error of [Scaffold] or [ScaffoldSite] is when nothing was written
// because of what was asked for: a name that cannot be, or a file that is there already.
var ErrRefused = errors.New("nothing was written")

// A refusal is an ErrRefused with its reason.
type refusal string

func (r refusal) Error() string        { return string(r) }
func (r refusal) Is(target error) bool { return target == ErrRefused }

func refuse(format string, args ...any) error { return refusal(fmt.Sprintf(format, args...)) }

// ScaffoldSite begins a site: a small portal that is complete, builds without an error, and
// asks to be changed. The folder is made when it is not there; no file in it is
// replaced. It returns the files written, as slash paths in the folder.
func ScaffoldSite(dir string) ([]string, error) {
	now, err := systemClock()
	if err != nil {
		return nil, err
	}
	full, err := filepath.Abs(dir)
	if err != nil {
		return nil, err
	}
	root, err := makeRoot(full)
	if err != nil {
		return nil, err
	}
	defer root.Close()
	for _, name := range []string{"config.toml", "content"} {
		if _, err := root.Lstat(name); err == nil {
			return nil, refuse("%s holds a site already (%s is there): choose a folder of its own, or begin single files with stoa new mentor and its siblings", dir, name)
		}
	}
	id := cmp.Or(schema.Slug(filepath.Base(full)), "mentoring")
	return write(root, dir, "scaffold/site", "", newScaffold(id, civil.Today(time.UTC, now())))
}

// makeRoot opens a folder, which it makes when it is not there.
func makeRoot(dir string) (*os.Root, error) {
	if info, err := os.Stat(dir); err == nil && !info.IsDir() {
		return nil, refuse("%s is a file, and a site needs a folder", dir)
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, err
	}
	return os.OpenRoot(dir)
}

// Scaffold begins a file of the kind given in the site at source, or the few files of a theme.
// name is its id; that of a guide may begin with the folders it stands in, such as
// "start-here/first-meeting". It returns the files written, as slash paths in source.
func Scaffold(source, kind, name string) ([]string, error) {
	g, err := New(Options{Source: source})
	if err != nil {
		return nil, err
	}
	if !slices.Contains(ScaffoldKinds, kind) {
		return nil, refuse("there is no kind of file %q%s", kind, diag.DidYouMean(kind, ScaffoldKinds))
	}
	snapshot, err := g.scan()
	if err != nil {
		return nil, err
	}
	c, _ := g.peek(snapshot)
	if c == nil { // config.toml is not a file that can be read; its defaults will do
		c, _ = config.Load(nil, "config.toml")
	}
	today := g.today(c)
	root, err := os.OpenRoot(g.options.Source)
	if err != nil {
		return nil, err
	}
	defer root.Close()

	folder, ext := "content/"+kind+"s", ".toml"
	switch kind {
	case "guide":
		ext = ".md"
	case "theme":
		folder, ext = "themes", ""
	}
	// A name pasted or completed from the shell may be the file's whole path.
	id := strings.TrimSuffix(strings.TrimPrefix(filepath.ToSlash(name), folder+"/"), ext)
	segments := strings.Split(id, "/")
	if kind != "guide" && len(segments) > 1 {
		return nil, refuse("%q has a slash in it: a %s has no folders of its own (did you mean %q?)", name, kind, cmp.Or(schema.Slug(path.Base(id)), schema.Slug(id)))
	}
	for _, segment := range segments {
		if problem := schema.CheckID(segment); problem != "" {
			return nil, refuse("%s", problem)
		}
	}
	last := segments[len(segments)-1]
	switch kind {
	case "theme":
		return write(root, source, "scaffold/theme", "themes/"+id, newScaffold(last, today))
	case "guide":
		if last == "index" || last == "readme" {
			return nil, refuse("a guide cannot be called %q: the text that introduces a folder of guides is its _index.md", last)
		}
		if len(segments) > content.DeepestSection+1 {
			return nil, refuse("guides may be in at most %d folders, one in another", content.DeepestSection)
		}
	}
	file := folder + "/" + id + ext
	written, err := write(root, source, "scaffold/file/"+kind+ext, file, newScaffold(last, today))
	if err != nil {
		return written, err
	}
	// A folder of guides has a title of its own, in its _index.md.
	for i, section := range segments[:len(segments)-1] {
		dir := path.Join(folder, path.Join(segments[:i+1]...))
		if _, err := root.Lstat(dir + "/_index.md"); !errors.Is(err, fs.ErrNotExist) {
			continue
		}
		index, err := write(root, source, "scaffold/file/section.md", dir+"/_index.md", newScaffold(section, today))
		written = append(written, index...)
		if err != nil {
			return written, err
		}
	}
	return written, nil
}

// write fills in the templates at from, which is one file or a folder of them, and writes
// them at to. When one of the files is there, none is written. shown is what the user
// calls the root.
func write(root *os.Root, shown, from, to string, data scaffold) ([]string, error) {
	texts := map[string]string{}
	var files []string
	err := fs.WalkDir(scaffolds, from, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		// Names that begin with a dot would have a meaning of their own in this repository.
		file := strings.TrimPrefix(to+strings.ReplaceAll(strings.TrimPrefix(name, from), "/dot-", "/."), "/")
		if _, err := root.Lstat(file); err == nil {
			return refuse("%s is there already: nothing was written", path.Join(filepath.ToSlash(shown), file))
		}
		text, err := data.fill(name)
		files, texts[file] = append(files, file), text
		return err
	})
	if err != nil {
		return nil, err
	}
	for i, file := range files {
		if err := writeNew(root, file, texts[file]); err != nil {
			return files[:i], err
		}
	}
	return files, nil
}

// writeNew writes a file that is not there yet, with the folders it needs.
func writeNew(root *os.Root, file, text string) error {
	if err := root.MkdirAll(path.Dir(file), 0o755); err != nil {
		return err
	}
	f, err := root.OpenFile(file, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return err
	}
	_, err = f.WriteString(text)
	return errors.Join(err, f.Close())
}

// A scaffold is what the templates are filled with.
type scaffold struct {
	ID    string // such as ana-lopez
	Title string // Ana lopez: a title made of it
	Name  string // Ana Lopez: a person's name made of it
	Today civil.Date
}

func newScaffold(id string, today civil.Date) scaffold {
	words := strings.Split(id, "-")
	name := make([]string, len(words))
	for i, word := range words {
		name[i] = capital(word)
	}
	return scaffold{ID: id, Title: capital(strings.Join(words, " ")), Name: strings.Join(name, " "), Today: today}
}

func capital(word string) string {
	first, size := utf8.DecodeRuneInString(word)
	return string(unicode.ToTitle(first)) + word[size:]
}

// In is the day so many days from today.
func (s scaffold) In(days int) civil.Date { return s.Today.AddDays(days) }

// Year is today's.
func (s scaffold) Year() int { return s.Today.Year }

// Install is what go install takes to install this Stoa: its package at its version, or at
// the latest one when it was built from a working copy.
func (s scaffold) Install() string {
	module, version := origin()
	return module + "/cmd/stoa@" + version
}

func (s scaffold) fill(name string) (string, error) {
	source, err := scaffolds.ReadFile(name)
	if err != nil {
		return "", err
	}
	t, err := template.New(name).Delims("«", "»").Parse(string(source))
	if err != nil {
		return "", err
	}
	var b strings.Builder
	err = t.Execute(&b, s)
	return b.String(), err
}
