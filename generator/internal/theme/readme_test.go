package theme_test

import (
	"flag"
	"fmt"
	"go/ast"
	"io/fs"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stoa-portal/stoa/themes"
)

var update = flag.Bool("update", false, "rewrite the view reference in themes/README.md")

const (
	readme   = "../../../themes/README.md"
	begin    = "<!-- views: written by go test ./generator/internal/theme -update -->\n"
	end      = "<!-- end of views -->"
	anyValue = "any value"
)

func TestReadmeListsTheViews(t *testing.T) {
	source, err := os.ReadFile(readme)
	if err != nil {
		t.Fatal(err)
	}
	before, rest, ok := strings.Cut(string(source), begin)
	_, after, closed := strings.Cut(rest, end)
	if !ok || !closed {
		t.Fatal("themes/README.md lacks the marks between which views are listed")
	}
	want := before + begin + reference(readViews(t)) + end + after
	if *update {
		if err := os.WriteFile(readme, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
	} else if want != string(source) {
		t.Error("themes/README.md does not list the views as they are; run this test with -update")
	}
}

// reference writes a heading and a table for every view, in the order of their source.
func reference(v views) string {
	var b strings.Builder
	for _, declaration := range v.file.Decls {
		general, ok := declaration.(*ast.GenDecl)
		if !ok {
			continue
		}
		for _, spec := range general.Specs {
			named, ok := spec.(*ast.TypeSpec)
			if !ok {
				continue
			}
			declared, ok := named.Type.(*ast.StructType)
			if !ok {
				continue
			}
			doc := strings.Join(strings.Fields(general.Doc.Text()), " ")
			fmt.Fprintf(&b, "\n### %s\n\n%s\n\n| Field | Value | |\n|---|---|---|\n", named.Name.Name, doc)
			for _, field := range declared.Fields.List {
				comment := strings.Join(strings.Fields(field.Comment.Text()), " ")
				comment = strings.NewReplacer("|", `\|`, "<", "&lt;").Replace(comment)
				names := []string{}
				for _, name := range exported(field) {
					names = append(names, "`"+name.Name+"`")
				}
				if len(field.Names) == 0 {
					names = []string{"`" + field.Type.(*ast.Ident).Name + "`"}
				}
				if len(names) == 0 {
					continue
				}
				fmt.Fprintf(&b, "| %s | %s | %s |\n", strings.Join(names, ", "), plainType(field.Type, v), comment)
			}
		}
	}
	return b.String() + "\n"
}

// plainType names a type for people who do not write Go.
func plainType(expression ast.Expr, v views) string {
	switch e := expression.(type) {
	case *ast.StarExpr:
		return plainType(e.X, v) + ", or nothing"
	case *ast.ArrayType:
		return "list of " + plainType(e.Elt, v)
	case *ast.MapType:
		return "values by name"
	case *ast.SelectorExpr:
		return "date"
	case *ast.Ident:
		switch e.Name {
		case "string":
			return "text"
		case "int", "float64":
			return "number"
		case "bool":
			return "yes or no"
		case "any":
			return anyValue
		}
		if _, ok := v.structs[e.Name]; ok {
			return fmt.Sprintf("[%s](#%s)", e.Name, strings.ToLower(e.Name))
		}
		return e.Name
	}
	return anyValue
}

var row = regexp.MustCompile("(?m)^\\| `([a-z0-9-]+)")

// rows are the names in the first column of the table under a heading.
func rows(t *testing.T, heading string) []string {
	t.Helper()
	source, err := os.ReadFile(readme)
	if err != nil {
		t.Fatal(err)
	}
	_, section, ok := strings.Cut(string(source), "\n## "+heading+"\n")
	if !ok {
		t.Fatalf("themes/README.md has no heading %q", heading)
	}
	section, _, _ = strings.Cut(section, "\n## ")
	var names []string
	for _, match := range row.FindAllStringSubmatch(section, -1) {
		names = append(names, match[1])
	}
	return names
}

func TestReadmeListsLayoutsAndComponents(t *testing.T) {
	listed := rows(t, "Layouts and blocks")
	for layout, view := range viewOf {
		if !slices.Contains(listed, layout) {
			t.Errorf("themes/README.md does not list the layout %s", layout)
		}
		source, err := os.ReadFile(readme)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(string(source), "["+view+"](#"+strings.ToLower(view)+")") {
			t.Errorf("themes/README.md does not say that %s is handed a %s", layout, view)
		}
	}
	components := rows(t, "Components")
	for name := range componentViews {
		if !slices.Contains(components, name) {
			t.Errorf("themes/README.md does not list the component %s", name)
		}
	}
}

func TestReadmeListsTokens(t *testing.T) {
	css, err := fs.ReadFile(themes.FS, "default/assets/tokens.css")
	if err != nil {
		t.Fatal(err)
	}
	source, err := os.ReadFile(readme)
	if err != nil {
		t.Fatal(err)
	}
	for _, match := range regexp.MustCompile(`(?m)^  (--[a-z0-9-]+):`).FindAllStringSubmatch(string(css), -1) {
		if name := match[1]; !strings.Contains(string(source), "`"+name+"`") && !strings.HasPrefix(name, "--size-") && name != "--font-system" {
			t.Errorf("themes/README.md does not list the token %s", name)
		}
	}
}

// Every component says what it takes on its first line.
func TestComponentsSayWhatTheyTake(t *testing.T) {
	for name, source := range templatesOf(t) {
		first, _, _ := strings.Cut(source, "\n")
		if strings.Contains(name, "/components/") && (!strings.HasPrefix(first, "{{/*") || !strings.Contains(first, "Takes ")) {
			t.Errorf("%s does not begin with a comment that says what it takes", name)
		}
	}
}
