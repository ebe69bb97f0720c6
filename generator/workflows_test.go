package generator

import (
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"go.yaml.in/yaml/v4"
)

// ownLines are the lines of a workflow that differ between this repository, which runs its own
// sources, and a portal, which installs a version: the program and when to run.
var ownLines = regexp.MustCompile(`(?m)^.*(?:go-version|cache-dependency-path|go install|- cron:).*\n`)

// TestWorkflows: what new site writes is what this repository publishes itself with.
func TestWorkflows(t *testing.T) {
	written := filepath.Join(newSite(t), ".github")
	module, version := origin()
	for _, name := range []string{"workflows/pages.yml", "workflows/check.yml"} {
		theirs, ours := read(t, filepath.Join(written, name)), read(t, filepath.Join("..", ".github", name))
		if !strings.Contains(theirs, "- run: go install "+module+"/cmd/stoa@"+version+"\n") {
			t.Errorf("%s does not install this program:\n%s", name, theirs)
		}
		theirs = ownLines.ReplaceAllString(theirs, "")
		ours = ownLines.ReplaceAllString(strings.ReplaceAll(ours, "go run ./cmd/stoa ", "stoa "), "")
		if theirs != ours {
			t.Errorf("%s is not as this repository's own:\n%s", name, strings.Join(differences(tree{name: []byte(theirs)}, tree{name: []byte(ours)}), "\n"))
		}
	}
	pages := read(t, filepath.Join(written, "workflows/pages.yml"))
	for _, want := range []string{"\n            public\n            .public.stoa\n", "\n  schedule:\n", "workflows/pages.yml/enable", "continue-on-error: true"} {
		if !strings.Contains(pages, want) {
			t.Errorf("pages.yml lacks %q", want)
		}
	}
	for _, name := range []string{"workflows/pages.yml", "workflows/check.yml"} {
		if text := read(t, filepath.Join(written, name)); strings.Contains(text, "secrets.") || strings.Contains(text, "pull_request_target") {
			t.Errorf("%s wants secrets, which a fork does not have", name)
		}
	}
}

// An issueForm is a form as GitHub reads it ("Syntax for issue forms").
type issueForm struct {
	Name, Description, Title string
	Labels                   []string
	Body                     []struct {
		Type, ID   string
		Attributes struct {
			Label, Description, Placeholder, Value string
			Options                                []struct {
				Label    string
				Required bool
			}
		}
		Validations struct{ Required bool }
	}
}

func TestIssueForms(t *testing.T) {
	forms := os.DirFS(filepath.Join(newSite(t), ".github", "ISSUE_TEMPLATE"))
	names, err := fs.Glob(forms, "*.yml")
	if err != nil || len(names) < 4 {
		t.Fatalf("the forms are %v, %v", names, err)
	}
	fields := map[string][]string{}
	for _, name := range names {
		text, err := fs.ReadFile(forms, name)
		if err != nil {
			t.Fatal(err)
		}
		if own := read(t, path.Join("../.github/ISSUE_TEMPLATE", name)); own != string(text) {
			t.Errorf("%s is not as this repository's own", name)
		}
		if name == "config.yml" {
			continue
		}
		var form issueForm
		if err := yaml.Load(text, &form, yaml.WithKnownFields()); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if form.Name == "" || form.Description == "" || len(form.Body) < 2 {
			t.Errorf("%s is no form: %+v", name, form)
		}
		for _, field := range form.Body {
			known := regexp.MustCompile(`^[a-z_]+$`).MatchString(field.ID) && !slices.Contains(fields[name], field.ID)
			switch field.Type {
			case "markdown":
				if field.Attributes.Value == "" {
					t.Errorf("%s: a text of no words", name)
				}
				continue
			case "input", "textarea":
			case "checkboxes":
				known = known && len(field.Attributes.Options) > 0
			default:
				known = false
			}
			if !known || field.Attributes.Label == "" {
				t.Errorf("%s: GitHub refuses %+v", name, field)
			}
			fields[name] = append(fields[name], field.ID)
		}
	}
	// Links of the pages fill these in.
	if got := strings.Join(fields["request.yml"], " "); got != "mentor who why hope times program" {
		t.Errorf("a request asks for %s", got)
	}
	if got := strings.Join(fields["problem.yml"], " "); got != "page problem browser" {
		t.Errorf("a report asks for %s", got)
	}
}
