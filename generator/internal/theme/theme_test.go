package theme_test

import (
	"io/fs"
	"testing"

	"github.com/stoa-portal/stoa/generator/internal/theme"
	"github.com/stoa-portal/stoa/themes"
)

// builtin loads the default theme twice over itself, so that Load also runs the escaper
// over every layout, as it does for a site's own theme.
func builtin(t *testing.T) *theme.Theme {
	t.Helper()
	files, err := fs.Sub(themes.FS, "default")
	if err != nil {
		t.Fatal(err)
	}
	loaded, problems := theme.Load([]theme.Layer{{Name: "themes/default", FS: files}, {Name: "stoa/themes/default", FS: files}},
		theme.Options{Languages: []string{"en", "es"}, Default: "en"})
	for _, p := range problems {
		t.Error(p)
	}
	if loaded == nil {
		t.FailNow()
	}
	return loaded
}

func TestDefaultThemeLoadsWithoutProblems(t *testing.T) { builtin(t) }
