package generator

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestImportFromAddress: a published sheet is asked for over https only, and what is wrong is
// told without the address, which may be a secret.
func TestImportFromAddress(t *testing.T) {
	server := httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/sheet":
			w.Header().Set("Content-Type", "text/csv; charset=utf-8")
			w.Write([]byte("name,title\nAna,Dean\n"))
		case "/json":
			w.Header().Set("Content-Type", "application/json")
			w.Write([]byte(`[{"name": "Ben"}]`))
		case "/mail":
			w.Write([]byte("name,E-mail\nAna,ana@example.org\n"))
		case "/page":
			w.Write([]byte("<!doctype html><title>Sign in</title>"))
		case "/down":
			http.Redirect(w, r, "http://example.org/sheet", http.StatusFound)
		case "/there":
			http.Redirect(w, r, "/sheet", http.StatusFound)
		default:
			http.NotFound(w, r)
		}
	}))
	defer server.Close()
	client := server.Client()
	client.CheckRedirect = onlyHTTPS
	for _, row := range []struct{ path, want string }{
		{"/sheet", ""}, {"/there?key=hush", ""}, {"/json", ""},
		{"/page", "sheet.csv: this is a web page, not a sheet"},
		{"/none?key=hush", "cannot be had: it answers 404 Not Found; is it published?"},
		{"/down?key=hush", "it leads to an address without https"},
	} {
		dir := filepath.Join(t.TempDir(), "p")
		put(t, filepath.Join(dir, "config.toml"), "title = \"T\"\n")
		g, err := New(Options{Source: dir})
		if err != nil {
			t.Fatal(err)
		}
		imported, err := g.Import(t.Context(), ImportOptions{Sources: []string{server.URL + row.path}, Client: client})
		switch {
		case row.want == "" && (err != nil || imported.Added != 1):
			t.Errorf("%s: %v", row.path, err)
		case row.want != "" && (err == nil || !strings.Contains(err.Error(), row.want) || strings.Contains(err.Error(), "hush")):
			t.Errorf("%s: %v", row.path, err)
		}
		files, _ := filepath.Glob(filepath.Join(dir, "*", "*", "*"))
		for _, file := range files {
			if strings.HasSuffix(file, ".tmp") {
				t.Errorf("%s was left behind", file)
			}
		}
		if row.want != "" && len(files) > 0 {
			t.Errorf("%s: %v was written", row.path, files)
		}
	}
	dir := filepath.Join(t.TempDir(), "p")
	put(t, filepath.Join(dir, "config.toml"), "title = \"T\"\n")
	put(t, filepath.Join(dir, "import.toml"), "[columns]\nname = \"name\"\n")
	g, err := New(Options{Source: dir})
	if err != nil {
		t.Fatal(err)
	}
	imported, err := g.Import(t.Context(), ImportOptions{Sources: []string{server.URL + "/mail"}, Client: client})
	if err != nil || len(imported.Problems) != 1 || imported.Problems[0].Rule != "public-addresses" {
		t.Errorf("%v %+v", err, imported)
	}
	for _, address := range []string{"http://example.org/x.csv", "ftp://example.org/x", "https://docs.google.com/spreadsheets/d/x/edit#gid=0"} {
		if _, err := g.Import(t.Context(), ImportOptions{Sources: []string{address}, Client: client}); err == nil || errors.As(err, new(Problems)) {
			t.Errorf("%s: %v", address, err)
		}
	}
}

// TestImportWritesAllOrNothing: when a file cannot be written, none is changed.
func TestImportWritesAllOrNothing(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "p")
	put(t, filepath.Join(dir, "config.toml"), "title = \"T\"\n")
	put(t, filepath.Join(dir, "content/mentors/ana.toml"), "name = \"Ana\"\n")
	put(t, filepath.Join(dir, ".stoa"), "in the way")
	put(t, filepath.Join(dir, "sheet.csv"), "name,title\nAna,Dean\nBen,Cook\n")
	g, err := New(Options{Source: dir})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := g.Import(t.Context(), ImportOptions{Sources: []string{filepath.Join(dir, "sheet.csv")}}); err == nil {
		t.Error("the state was written into a file")
	}
	if text := read(t, filepath.Join(dir, "content/mentors/ana.toml")); text != "name = \"Ana\"\n" {
		t.Error(text)
	}
	if entries, _ := os.ReadDir(filepath.Join(dir, "content/mentors")); len(entries) != 1 {
		t.Error(entries)
	}
}
