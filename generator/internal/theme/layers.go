package theme

import (
	"errors"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"

	"github.com/stoa-portal/stoa/generator/internal/diag"
)

// A Layer is one folder of theme files.
type Layer struct {
	Name string // prefix of places in messages, such as "themes/mine"
	FS   fs.FS
}

// A file is what the theme sees at one path: the topmost layer's.
type file struct {
	data  []byte
	layer int // index of the layer that it comes from
	place string
	under *file // of a file of words: the one of that path in the layers below, over which it lies
}

// Stack finds the layers of the theme called name, the top one first. themes is the
// site's own themes folder and builtin the themes that come with Stoa; either may be
// nil. A site's theme that says extends lies over that theme; without it, over the
// built-in theme of its own name, if there is one.
func Stack(name string, themes, builtin fs.FS) ([]Layer, diag.List) {
	var layers []Layer
	var problems diag.List
	seen := map[string]bool{}
	for at := (diag.Place{File: "config.toml"}); ; {
		if seen[name] {
			problems.Errorf(at, "theme-cycle", "theme %q extends itself, by way of %s", name, strings.Join(slices.Sorted(maps.Keys(seen)), ", "))
			return nil, problems
		}
		seen[name] = true
		own, hasOwn := folder(themes, name)
		if hasOwn {
			layers = append(layers, Layer{"themes/" + name, own})
			base, place := extends("themes/"+name, own)
			if base != "" && base != name {
				name, at = base, place
				continue
			}
		}
		if sub, ok := folder(builtin, name); ok {
			layers = append(layers, Layer{"stoa/themes/" + name, sub})
		} else if !hasOwn {
			known := append(folders(themes), folders(builtin)...)
			problems.Errorf(at, "unknown-theme", "there is no theme %q%s; a theme is a folder in themes/, or one that comes with Stoa: %s",
				name, diag.DidYouMean(name, known), strings.Join(folders(builtin), ", "))
		}
		return layers, problems
	}
}

func folder(fsys fs.FS, name string) (fs.FS, bool) {
	if fsys == nil || !fs.ValidPath(name) || name == "." {
		return nil, false
	}
	if info, err := fs.Stat(fsys, name); err != nil || !info.IsDir() {
		return nil, false
	}
	sub, err := fs.Sub(fsys, name)
	return sub, err == nil
}

func folders(fsys fs.FS) []string {
	if fsys == nil {
		return nil
	}
	entries, err := fs.ReadDir(fsys, ".")
	if err != nil {
		return nil
	}
	var names []string
	for _, e := range entries {
		if e.IsDir() {
			names = append(names, e.Name())
		}
	}
	return names
}

// overlay reads the files of all layers; the topmost of each path wins. Files whose
// names begin with a dot or end in ~ are left to editors.
func overlay(layers []Layer, problems *diag.List) map[string]file {
	files := map[string]file{}
	for i, layer := range slices.Backward(layers) {
		err := fs.WalkDir(layer.FS, ".", func(name string, d fs.DirEntry, err error) error {
			place := diag.Place{File: path.Join(layer.Name, name)}
			switch base := path.Base(name); {
			case err != nil && errors.Is(err, fs.ErrNotExist):
				return nil // went away while we were looking
			case err != nil:
				return err
			case name != "." && (strings.HasPrefix(base, ".") || strings.HasSuffix(base, "~")):
				if d.IsDir() {
					return fs.SkipDir
				}
			case d.IsDir():
			case !d.Type().IsRegular():
				problems.Errorf(place, "theme-file", "this is not a regular file; a theme holds plain files only")
			default:
				data, err := fs.ReadFile(layer.FS, name)
				if err != nil {
					return err
				}
				read := file{data: data, layer: i, place: place.File}
				if lower, ok := files[name]; ok && path.Dir(name) == "i18n" {
					read.under = &lower
				}
				files[name] = read
			}
			return nil
		})
		if err != nil {
			problems.Errorf(diag.Place{File: layer.Name}, "theme-file", "the theme cannot be read: %v", err)
		}
	}
	return files
}

// warnStrays tells of files that nothing will ever read: a layout that no kind of page
// has, a component that no template calls, a folder that is not part of a theme.
func (t *Theme) warnStrays(layers []Layer, problems *diag.List) {
	// A theme of one layer may have whatever layouts it likes; one that lies over
	// another can only replace.
	bottom := len(layers) - 1
	layouts := make([][]string, len(layers)) // names in the layers below each
	components := make([][]string, len(layers))
	for i := bottom - 1; i >= 0; i-- {
		layouts[i] = append(stems(layers[i+1].FS, "layouts"), layouts[i+1]...)
		components[i] = append(folders(subFolder(layers[i+1].FS, "components")), components[i+1]...)
	}
	called := t.templates.called
	for _, name := range slices.Sorted(maps.Keys(t.files)) {
		f := t.files[name]
		at := diag.Place{File: f.place}
		top, rest, nested := strings.Cut(name, "/")
		switch {
		case !nested:
			if name != "theme.toml" && !documentation(name) {
				problems.Warnf(at, "stray-file", "nothing reads this file; styles, scripts and pictures belong in assets/")
			}
		case top == "assets", top == "i18n" && strings.HasSuffix(name, ".toml"):
		case top == "layouts":
			stem, isHTML := strings.CutSuffix(rest, ".html")
			if !isHTML {
				problems.Warnf(at, "stray-file", "nothing reads this file; a layout's name ends in .html")
			} else if f.layer < bottom && !slices.Contains(layouts[f.layer], stem) {
				problems.Warnf(at, "stray-file", "no kind of page has a layout %q%s", stem, diag.DidYouMean(stem, layouts[f.layer]))
			}
		case top == "components":
			component, part, _ := strings.Cut(rest, "/")
			stem := strings.TrimSuffix(part, path.Ext(part))
			if stem != component || !slices.Contains([]string{".html", ".css", ".js"}, path.Ext(part)) {
				problems.Warnf(at, "stray-file", "nothing reads this file; the parts of a component are %[1]s.html, %[1]s.css and %[1]s.js in components/%[1]s/", component)
			} else if f.layer < bottom && !slices.Contains(components[f.layer], component) && !called[component] {
				problems.Warnf(at, "stray-file", "no layout uses a component %q%s", component, diag.DidYouMean(component, components[f.layer]))
			}
		case !documentation(name):
			problems.Warnf(at, "stray-file", "nothing reads the folder %s/%s; a theme has layouts, components, assets and i18n",
				top, diag.DidYouMean(top, []string{"layouts", "components", "assets", "i18n"}))
		}
	}
}

func documentation(name string) bool {
	upper := strings.ToUpper(path.Base(name))
	return strings.HasPrefix(upper, "README") || strings.HasPrefix(upper, "LICEN")
}

func subFolder(fsys fs.FS, name string) fs.FS {
	sub, _ := folder(fsys, name)
	return sub
}

// stems lists the names, without ending, of the .html files of a folder.
func stems(fsys fs.FS, dir string) []string {
	matches, err := fs.Glob(fsys, dir+"/*.html")
	if err != nil {
		return nil
	}
	for i, name := range matches {
		matches[i] = strings.TrimSuffix(path.Base(name), ".html")
	}
	return matches
}
