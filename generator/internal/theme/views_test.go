package theme_test

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"html/template"
	"maps"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/stoa-portal/stoa/generator/internal/civil"
)

// The views belong to a higher floor. These tests read their declarations as text and
// build values of the same shape, with every field filled, so that each action of each
// layout runs; a field that a layout misspells, or that a view lost, fails here.
type views struct {
	structs map[string]*ast.StructType
	file    *ast.File
}

func readViews(t testing.TB) views {
	t.Helper()
	names, err := filepath.Glob("../pages/view*.go")
	if err != nil {
		t.Fatal(err)
	}
	file := &ast.File{}
	for _, name := range names {
		part, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.ParseComments)
		if err != nil {
			t.Fatal(err)
		}
		file.Decls = append(file.Decls, part.Decls...)
	}
	v := views{map[string]*ast.StructType{}, file}
	for _, declaration := range file.Decls {
		general, ok := declaration.(*ast.GenDecl)
		if !ok {
			continue
		}
		for _, spec := range general.Specs {
			if named, ok := spec.(*ast.TypeSpec); ok {
				if fields, ok := named.Type.(*ast.StructType); ok {
					v.structs[named.Name.Name] = fields
				}
			}
		}
	}
	return v
}

// words is what stands for Prose and for Fragment.
type words struct {
	HTML  template.HTML
	Empty bool
}

// shape is the type that a declaration describes. A type within itself (sections of
// sections) goes three deep.
func (v views) shape(expression ast.Expr, depth map[string]int) reflect.Type {
	switch e := expression.(type) {
	case *ast.StarExpr:
		return reflect.PointerTo(v.shape(e.X, depth))
	case *ast.ArrayType:
		return reflect.SliceOf(v.shape(e.Elt, depth))
	case *ast.MapType:
		return reflect.TypeFor[map[string]any]()
	case *ast.SelectorExpr:
		return reflect.TypeFor[civil.Date]()
	case *ast.Ident:
		switch e.Name {
		case "string":
			return reflect.TypeFor[string]()
		case "int":
			return reflect.TypeFor[int]()
		case "float64":
			return reflect.TypeFor[float64]()
		case "bool":
			return reflect.TypeFor[bool]()
		case "any":
			return reflect.TypeFor[any]()
		case "Prose", "Fragment":
			return reflect.TypeFor[words]()
		}
		declared, ok := v.structs[e.Name]
		if !ok {
			panic("view.go uses a type that this test does not know: " + e.Name)
		}
		if depth[e.Name] == 3 {
			return reflect.TypeFor[struct{}]()
		}
		inner := maps.Clone(depth)
		inner[e.Name]++
		var fields []reflect.StructField
		for _, field := range declared.Fields.List {
			if len(field.Names) > 0 && len(exported(field)) == 0 {
				continue
			}
			t := v.shape(field.Type, inner)
			if len(field.Names) == 0 {
				fields = append(fields, reflect.StructField{Name: field.Type.(*ast.Ident).Name, Type: t, Anonymous: true})
			}
			for _, name := range exported(field) {
				fields = append(fields, reflect.StructField{Name: name.Name, Type: t})
			}
		}
		return reflect.StructOf(fields)
	}
	panic(fmt.Sprintf("view.go declares a field in a way that this test does not know: %T", expression))
}

// exported are the names of a field that templates can see.
func exported(field *ast.Field) []*ast.Ident {
	return slices.DeleteFunc(slices.Clone(field.Names), func(name *ast.Ident) bool { return !name.IsExported() })
}

// value is a view with every field filled. texts are for fields that only take certain
// values.
func (v views) value(name string, texts map[string]string) reflect.Value {
	made := reflect.New(v.shape(ast.NewIdent(name), map[string]int{})).Elem()
	fill(made, name, texts)
	return made
}

func fill(value reflect.Value, name string, texts map[string]string) {
	switch value.Interface().(type) {
	case civil.Date:
		value.Set(reflect.ValueOf(civil.Of(2026, 11, 23)))
		return
	case words:
		value.Set(reflect.ValueOf(words{HTML: "<p>Some <em>prose</em>.</p>"}))
		return
	case map[string]any:
		value.Set(reflect.ValueOf(map[string]any{"color_toggle": true}))
		return
	}
	switch value.Kind() {
	case reflect.String:
		text, ok := texts[name]
		switch {
		case ok:
			value.SetString(text)
		case strings.HasSuffix(name, "URL") || name == "Home":
			value.SetString("folder/" + strings.ToLower(name) + "/")
		default:
			value.SetString("a " + name + ` & "more" <b>`)
		}
	case reflect.Int:
		value.SetInt(3)
	case reflect.Float64:
		value.SetFloat(1.5)
	case reflect.Bool:
		value.SetBool(true)
	case reflect.Interface:
		value.Set(reflect.ValueOf(map[string]any{"@type": "Person", "name": "</script>"}))
	case reflect.Pointer:
		value.Set(reflect.New(value.Type().Elem()))
		fill(value.Elem(), name, texts)
	case reflect.Slice:
		if value.Type().Elem() == reflect.TypeFor[struct{}]() {
			return // a type within itself, deep enough
		}
		value.Set(reflect.MakeSlice(value.Type(), 2, 2))
		for i := range 2 {
			fill(value.Index(i), name, texts)
		}
	case reflect.Struct:
		for i := range value.NumField() {
			fill(value.Field(i), value.Type().Field(i).Name, texts)
		}
	}
}

// viewOf is the view that each layout takes.
var viewOf = map[string]string{
	"home": "HomeView", "page": "PlainView", "mentors": "DirectoryView", "facet": "FacetView", "term": "TermView",
	"mentor": "MentorView", "match": "MatchView", "request": "RequestView", "programs": "ProgramsView", "program": "ProgramView", "guides": "GuidesView",
	"section": "SectionView", "guide": "GuideView", "book": "BookView", "goals": "GoalsView", "goal": "GoalView",
	"names": "NamesView", "search": "SearchView",
	"worksheets": "WorksheetsView", "worksheet": "WorksheetView", "404": "NotFoundView", "privacy": "PrivacyView", "update": "UpdateView", "accessibility": "AccessibilityView", "redirect": "RedirectView",
	"my": "MyView",
}

// chosen are texts for the fields that name one of several things.
func chosen(more ...string) map[string]string {
	texts := map[string]string{
		"Lang": "en", "Dir": "ltr", "Kind": "cohort", "Status": "open", "Type": "longtext", "Method": "email",
		"Canonical": "https://example.org/x/", "Absolute": "https://example.org/x/",
		"Srcset": "/x-192.jpg 2x", "CSP": "default-src 'none'", "BrandCSS": "assets/brand.css", "HighlightCSS": "assets/code.css",
		"ContactURL": "mailto:office@example.org", "To": "mentors/", "ID": "an-id", "Order": "fair",
	}
	for i := 0; i+1 < len(more); i += 2 {
		texts[more[i]] = more[i+1]
	}
	return texts
}

// variants are the same views with other values where a layout branches on them.
var variants = []map[string]string{
	chosen(),
	chosen("Method", "form", "Status", "waitlist", "Type", "choice"),
	chosen("Method", "link", "Status", "full", "Type", "checkbox"),
	chosen("Method", "none", "Status", "later", "Type", "scale", "Lang", "ar"),
	chosen("Status", "off-season", "Type", "table", "Method", "grow"),
	chosen("Status", "paused", "Type", "list"),
	chosen("Status", "retired", "Type", "text"),
	chosen("Status", "ended", "Type", "date"),
}
