package generator

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"

	"github.com/stoa-portal/stoa/generator/internal/config"
	"github.com/stoa-portal/stoa/generator/internal/content"
	"github.com/stoa-portal/stoa/generator/internal/migrate"
)

// A GuidesImport is what [ImportGuides] did.
type GuidesImport struct {
	System   string   // what the folder was written for: "Jekyll", "Hugo", "Docusaurus", "MkDocs" or "Markdown"
	Guides   int      // guides in the folder
	Written  []string // files written, as slash paths in the site's source folder
	Problems Problems // what was not carried or left alone; places are paths in the folder
}

// ImportGuides brings a folder of Markdown from Jekyll, Hugo, Docusaurus or MkDocs into the site at
// source, as guides. What was edited since it was last brought in is left as it is. With dryRun
// nothing is written. The error is the [Problems] when the folder cannot be read.
func ImportGuides(source, dir string, dryRun bool) (GuidesImport, error) {
	g, err := New(Options{Source: source})
	if err != nil {
		return GuidesImport{}, err
	}
	if info, err := os.Stat(dir); err != nil || !info.IsDir() {
		return GuidesImport{}, refuse("there is no folder %s", filepath.ToSlash(dir))
	}
	folder, err := os.OpenRoot(dir)
	if err != nil {
		return GuidesImport{}, err
	}
	defer folder.Close()
	root, err := os.OpenRoot(g.options.Source)
	if err != nil {
		return GuidesImport{}, err
	}
	defer root.Close()
	options, err := g.migration()
	if err != nil {
		return GuidesImport{}, err
	}
	plan, problems := migrate.Guides(folder.FS(), options)
	done := GuidesImport{System: plan.System, Guides: plan.Guides, Problems: problems}
	if err := problems.Err(); err != nil {
		return done, err
	}
	remembered, err := root.ReadFile(migrate.StateFile)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return done, err
	}
	state, err := migrate.ReadState(remembered)
	if err != nil {
		return done, refuse("%v", err)
	}
	full, err := filepath.Abs(dir)
	if err != nil {
		return done, err
	}
	files, left := state.Merge(plan, filepath.Base(full), func(path string) []byte {
		data, err := root.ReadFile(path)
		if err != nil {
			return nil
		}
		return data
	})
	done.Problems.Add(plan.Notes)
	done.Problems.Add(left)
	done.Problems = done.Problems.Sorted()
	for _, f := range files {
		done.Written = append(done.Written, f.Path)
		if !dryRun {
			if err := replaceFile(root, f.Path, f.Data); err != nil {
				return done, err
			}
		}
	}
	if after := state.Bytes(); !dryRun && string(after) != string(remembered) {
		if err := replaceFile(root, migrate.StateFile, after); err != nil {
			return done, err
		}
	}
	return done, done.Problems.Err()
}

// migration is what an import has to know of the site it comes to. What is wrong with the
// site does not matter to it.
func (g *Generator) migration() (migrate.Options, error) {
	snapshot, err := g.scan()
	if err != nil {
		return migrate.Options{}, err
	}
	c, _ := g.peek(snapshot)
	if c == nil {
		c, _ = config.Load(nil, "config.toml")
	}
	o := migrate.Options{Languages: c.Tags(), Default: string(c.Language), Taken: map[string]bool{}}
	for _, segment := range content.Reserved() {
		o.Taken[segment+"/"] = true
	}
	for file := range snapshot.All() {
		inside, ok := strings.CutPrefix(file, "content/")
		switch {
		case !ok:
		case strings.HasPrefix(inside, "static/"):
			o.Taken[strings.TrimPrefix(inside, "static/")] = true
		case path.Dir(inside) == "." && path.Ext(inside) == ".md":
			o.Taken[strings.TrimSuffix(inside, ".md")+"/"] = true
		default:
			o.Taken[strings.TrimSuffix(inside, path.Ext(inside))+"/"] = true
		}
	}
	return o, nil
}

// replaceFile writes a file in one step: its old bytes are there, or its new ones.
func replaceFile(root *os.Root, file string, data []byte) error {
	if err := root.MkdirAll(path.Dir(file), 0o755); err != nil {
		return err
	}
	made := path.Join(path.Dir(file), fmt.Sprintf(".%s.new", path.Base(file)))
	if err := root.WriteFile(made, data, 0o644); err != nil {
		return err
	}
	if err := root.Rename(made, file); err != nil {
		_ = root.Remove(made)
		return err
	}
	return nil
}
