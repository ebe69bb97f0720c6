package theme_test

import (
	"io/fs"
	"testing"

	"github.com/stoa-portal/stoa/generator/internal/theme"
	"github.com/stoa-portal/stoa/themes"
)

// builtin loads the default theme twice over itself, so that Load also runs the escaper
// over every layout, as it does for a site's own theme.
func builtin(t testing.TB) *theme.Theme { return load(t, "themes/default") }

// load loads the default theme, under further layers of the same files.
func load(t testing.TB, above ...string) *theme.Theme {
	t.Helper()
	files, err := fs.Sub(themes.FS, "default")
	if err != nil {
		t.Fatal(err)
	}
	var layers []theme.Layer
	for _, name := range append(above, "stoa/themes/default") {
		layers = append(layers, theme.Layer{Name: name, FS: files})
	}
	loaded, problems := theme.Load(layers, theme.Options{Languages: []string{"en", "es"}, Default: "en"})
	for _, p := range problems {
		t.Error(p)
	}
	if loaded == nil {
		t.FailNow()
	}
	return loaded
}

func TestDefaultThemeLoadsWithoutProblems(t *testing.T) { builtin(t) }
