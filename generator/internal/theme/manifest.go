package theme

import (
	"io/fs"
	"strings"

	"github.com/stoa-portal/stoa/generator/internal/diag"
)

// manifestKeys are the keys of theme.toml.
var manifestKeys = []string{"name", "description", "licence", "api", "extends", "parameters"}

// readManifest reads theme.toml of every layer, the lowest first, so that parameters
// of a theme lie over those of the theme it extends.
func (t *Theme) readManifest(layers []Layer, problems *diag.List) {
	t.parameters = map[string]any{}
	for i := len(layers) - 1; i >= 0; i-- {
		place := layers[i].Name + "/theme.toml"
		source, err := fs.ReadFile(layers[i].FS, "theme.toml")
		if err != nil {
			if i == len(layers)-1 {
				problems.Errorf(diag.Place{File: place}, "theme-manifest", `a theme needs a file theme.toml with name, and api = %d; a theme that changes only some files also says which one it extends: extends = "default"`, API)
			}
			continue
		}
		t.manifest(place, source, problems)
	}
}

func (t *Theme) manifest(place string, source []byte, problems *diag.List) {
	entries, faults := readTOML(place, source)
	problems.Add(faults)
	for _, e := range entries {
		parameter, isParameter := strings.CutPrefix(e.key, "parameters.")
		_, isText := e.value.(string)
		switch {
		case isParameter && e.value == nil:
			problems.Errorf(e.at, "theme-manifest", "parameter %q is neither text, number, yes or no, nor a list of texts", parameter)
		case isParameter:
			t.parameters[parameter] = e.value
		case e.key == "api":
			if version, ok := e.value.(int64); !ok || version != API {
				problems.Errorf(e.at, "theme-api", "this Stoa understands themes with api = %d", API)
			}
		case e.key == "name" || e.key == "extends" || e.key == "description" || e.key == "licence":
			if !isText {
				problems.Errorf(e.at, "theme-manifest", "%s is a text, in quotes", e.key)
			}
		default:
			problems.Errorf(e.at, "unknown-key", "theme.toml has no key %q%s; values of your own belong under [parameters]",
				e.key, diag.DidYouMean(e.key, manifestKeys))
		}
	}
	if len(faults) == 0 && !hasKey(entries, "api") {
		problems.Errorf(diag.Place{File: place}, "theme-api", "theme.toml does not say for which version of the theme contract it was written; add api = %d", API)
	}
}

func hasKey(entries []entry, key string) bool {
	for _, e := range entries {
		if e.key == key {
			return true
		}
	}
	return false
}

// extends reads which theme a layer extends, and where it says so. Faults are left to
// readManifest.
func extends(name string, fsys fs.FS) (string, diag.Place) {
	place := name + "/theme.toml"
	source, err := fs.ReadFile(fsys, "theme.toml")
	if err != nil {
		return "", diag.Place{}
	}
	entries, _ := readTOML(place, source)
	for _, e := range entries {
		if base, ok := e.value.(string); ok && e.key == "extends" {
			return base, e.at
		}
	}
	return "", diag.Place{}
}
