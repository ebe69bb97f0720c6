package pages

import (
	"go/ast"
	"go/parser"
	"go/token"
	"html/template"
	"path/filepath"
	"reflect"
	"strconv"
	"strings"
	"testing"

	"github.com/stoa-portal/stoa/generator/internal/digest"
)

// views are the types that a layout or a component of the theme is handed, each with a
// test of the keys of what is rendered from it.
var views = map[reflect.Type]func(*testing.T){
	reflect.TypeFor[Card](): keyTest(func(e *edition, build func() Card) digest.Sum {
		return e.fragment("card", func() any { return build() }).Sum()
	}),
	reflect.TypeFor[BookView]():       rowTest[BookView](),
	reflect.TypeFor[DirectoryView]():  rowTest[DirectoryView](),
	reflect.TypeFor[FacetView]():      rowTest[FacetView](),
	reflect.TypeFor[GoalView]():       rowTest[GoalView](),
	reflect.TypeFor[GoalsView]():      rowTest[GoalsView](),
	reflect.TypeFor[GuideView]():      rowTest[GuideView](),
	reflect.TypeFor[GuidesView]():     rowTest[GuidesView](),
	reflect.TypeFor[HomeView]():       rowTest[HomeView](),
	reflect.TypeFor[MatchView]():      rowTest[MatchView](),
	reflect.TypeFor[RequestView]():    rowTest[RequestView](),
	reflect.TypeFor[MentorView]():     rowTest[MentorView](),
	reflect.TypeFor[MyView]():         rowTest[MyView](),
	reflect.TypeFor[NotFoundView]():   rowTest[NotFoundView](),
	reflect.TypeFor[PlainView]():      rowTest[PlainView](),
	reflect.TypeFor[ProgramView]():    rowTest[ProgramView](),
	reflect.TypeFor[ProgramsView]():   rowTest[ProgramsView](),
	reflect.TypeFor[RedirectView]():   rowTest[RedirectView](),
	reflect.TypeFor[NamesView]():      rowTest[NamesView](),
	reflect.TypeFor[SearchView]():     rowTest[SearchView](),
	reflect.TypeFor[SectionView]():    rowTest[SectionView](),
	reflect.TypeFor[TermView]():       rowTest[TermView](),
	reflect.TypeFor[WorksheetView]():  rowTest[WorksheetView](),
	reflect.TypeFor[WorksheetsView](): rowTest[WorksheetsView](),

	reflect.TypeFor[AccessibilityView](): rowTest[AccessibilityView](),
	reflect.TypeFor[UpdateView]():        rowTest[UpdateView](),
	reflect.TypeFor[PrivacyView]():       rowTest[PrivacyView](),
}

// TestKeys is half of what makes a build without a dependency graph right: a layout sees
// nothing but its view, and here every field of every view is changed, however deep, and
// the key of the row with it. (The other half is TestAnyEdits of the generator.)
func TestKeys(t *testing.T) {
	names, err := filepath.Glob("view*.go")
	if err != nil {
		t.Fatal(err)
	}
	declared := &ast.File{Name: ast.NewIdent("pages")}
	for _, name := range names {
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		declared.Decls = append(declared.Decls, file.Decls...)
	}
	tested := map[string]bool{}
	for view := range views {
		tested[view.Name()] = true
	}
	ast.Inspect(declared, func(n ast.Node) bool {
		if declared, ok := n.(*ast.TypeSpec); ok && strings.HasSuffix(declared.Name.Name, "View") && !tested[declared.Name.Name] {
			t.Errorf("no key is tested for %s", declared.Name.Name)
		}
		return true
	})
	for view, test := range views {
		t.Run(view.Name(), test)
	}
}

func rowTest[V any]() func(*testing.T) {
	return keyTest(func(e *edition, build func() V) digest.Sum { return page(e, "layout", "a/", build, nil).Key() })
}

func keyTest[V any](key func(*edition, func() V) digest.Sum) func(*testing.T) {
	return func(t *testing.T) {
		var view V
		fill(reflect.ValueOf(&view).Elem(), 0)
		e := &edition{}
		m := &mutator{T: t, seen: map[digest.Sum]string{}, key: func() digest.Sum {
			if field := reflect.ValueOf(&view).Elem().FieldByName("Site"); field.IsValid() && !field.IsNil() {
				site := field.Interface().(*Site)
				site.sum = digest.Sum{}
				site.seal()
			}
			return key(e, func() V { return view })
		}}
		m.before = m.key()
		if m.key() != m.before {
			t.Fatal("one view has two keys")
		}
		m.walk(reflect.ValueOf(&view).Elem(), reflect.TypeFor[V]().Name())
		if len(m.seen) < 10 {
			t.Errorf("only %d fields were changed", len(m.seen))
		}
		e.stamp = digest.Of("another theme")
		if m.key() == m.before {
			t.Error("the key is the same in another edition")
		}
	}
}

// A mutator changes one thing at a time.
type mutator struct {
	*testing.T
	key    func() digest.Sum
	before digest.Sum
	seen   map[digest.Sum]string
}

// try sets a value to another for as long as it takes to make the key.
func (m *mutator) try(v, other reflect.Value, path string) {
	m.Helper()
	old := reflect.New(v.Type()).Elem()
	old.Set(v)
	v.Set(other)
	sum := m.key()
	v.Set(old)
	switch {
	case sum == m.before:
		m.Errorf("%s: the key does not change with it", path)
	case m.seen[sum] != "":
		m.Errorf("%s: the key is that of a change of %s", path, m.seen[sum])
	}
	m.seen[sum] = path
}

func (m *mutator) walk(v reflect.Value, path string) {
	m.Helper()
	switch value := v.Interface().(type) {
	case Prose:
		m.try(v, reflect.ValueOf(Prose{source: &proseSource{sum: digest.Of("other", path)}}), path)
		m.try(v, reflect.ValueOf(Prose{}), path+" (empty)")
		return
	case Fragment:
		other := (&edition{}).fragment("other", func() any { return path })
		m.try(v, reflect.ValueOf(other), path)
		return
	case template.HTML:
		m.try(v, reflect.ValueOf(value+"other"), path)
		return
	}
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			if field := v.Type().Field(i); field.IsExported() {
				m.walk(v.Field(i), path+"."+field.Name)
			}
		}
	case reflect.Pointer:
		m.try(v, reflect.Zero(v.Type()), path+" (nil)")
		m.walk(v.Elem(), path)
	case reflect.Slice:
		if v.Len() == 0 { // fill goes only so deep
			return
		}
		m.try(v, reflect.Zero(v.Type()), path+" (none)")
		m.try(v, reflect.AppendSlice(v, v), path+" (twice)")
		for i := range v.Len() {
			m.walk(v.Index(i), path+"["+strconv.Itoa(i)+"]")
		}
	case reflect.Interface:
		m.try(v, reflect.ValueOf(map[string]any{"other": []any{path}}), path)
	case reflect.Map:
		m.try(v, reflect.ValueOf(map[string]any{"name": path}), path)
	default:
		m.try(v, changed(v), path)
	}
}

// changed is a value of the same type that is not the same.
func changed(v reflect.Value) reflect.Value {
	other := reflect.New(v.Type()).Elem()
	switch v.Kind() {
	case reflect.String:
		other.SetString(v.String() + "x")
	case reflect.Bool:
		other.SetBool(!v.Bool())
	case reflect.Float64:
		other.SetFloat(v.Float() + 0.5)
	default:
		other.SetInt(v.Int() + 1)
	}
	return other
}

// fill gives every field of a value something.
func fill(v reflect.Value, depth int) {
	switch v.Interface().(type) {
	case Prose:
		v.Set(reflect.ValueOf(Prose{source: &proseSource{sum: digest.Of("text")}}))
		return
	case Fragment:
		v.Set(reflect.ValueOf((&edition{}).fragment("card", func() any { return "card" })))
		return
	}
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				fill(v.Field(i), depth)
			}
		}
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		fill(v.Elem(), depth)
	case reflect.Slice:
		if depth < 3 {
			v.Set(reflect.MakeSlice(v.Type(), 1, 1))
			fill(v.Index(0), depth+1)
		}
	case reflect.Interface, reflect.Map:
		v.Set(reflect.ValueOf(map[string]any{"name": "value"}))
	case reflect.String:
		v.SetString("text")
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Float64:
		v.SetFloat(1.5)
	default:
		v.SetInt(1)
	}
}

// A template is handed nothing but its view: the functions it may call are pure (room
// theme), and views hold no behaviour but that of Prose and Fragment.
func TestViewsAreValues(t *testing.T) {
	var walk func(reflect.Type, string)
	known := map[reflect.Type]bool{}
	walk = func(r reflect.Type, path string) {
		if known[r] || r == reflect.TypeFor[Prose]() || r == reflect.TypeFor[Fragment]() {
			return
		}
		known[r] = true
		for i := range r.NumMethod() {
			if name := r.Method(i).Name; r.PkgPath() == reflect.TypeFor[Page]().PkgPath() && name != "Sum" {
				t.Errorf("%s has a method %s, which a layout could call", path, name)
			}
		}
		switch r.Kind() {
		case reflect.Func, reflect.Chan, reflect.UnsafePointer:
			t.Errorf("%s is a %s", path, r.Kind())
		case reflect.Pointer, reflect.Slice, reflect.Map, reflect.Array:
			walk(r.Elem(), path)
		case reflect.Struct:
			for i := range r.NumField() {
				walk(r.Field(i).Type, path+"."+r.Field(i).Name)
			}
		}
	}
	for view := range views {
		walk(view, view.Name())
	}
}
