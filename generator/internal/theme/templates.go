package theme

import (
	"fmt"
	"html/template"
	"maps"
	"path"
	"slices"
	"strings"
	"text/template/parse"

	"github.com/stoa-portal/stoa/generator/internal/diag"
)

// templates are the parsed layouts and components, as written and minified.
type templates struct {
	base       source            // layouts/base.html
	layouts    map[string]source // layouts/<kind>.html by kind
	components map[string]source // components/<name>/<name>.html by name
	called     map[string]bool   // names that some template calls
	places     map[string]string // file of a template's parse name
}

// A source is one template file.
type source struct {
	written, minified map[string]*parse.Tree // by template name
	whole             bool                   // a layout that is a document by itself, without base.html
}

func (s source) trees(minified bool) map[string]*parse.Tree {
	if minified {
		return s.minified
	}
	return s.written
}

// layoutName is the parse name of a layout; components are called by their own name.
func layoutName(kind string) string { return "layouts/" + kind }

var baseName = layoutName("base")

// readTemplates parses layouts/*.html and components/*/*.html.
func (t *Theme) readTemplates(problems *diag.List) {
	t.templates = templates{
		layouts:    map[string]source{},
		components: map[string]source{},
		called:     map[string]bool{},
		places:     map[string]string{},
	}
	ts := &t.templates
	for _, name := range slices.Sorted(maps.Keys(t.files)) {
		stem, isHTML := strings.CutSuffix(path.Base(name), ".html")
		dir := path.Dir(name)
		isComponent := dir == "components/"+stem
		if !isHTML || dir != "layouts" && !isComponent {
			continue
		}
		f := t.files[name]
		parseName := stem
		if !isComponent {
			parseName = layoutName(stem)
		}
		ts.places[parseName] = f.place
		parsed, ok := parseSource(parseName, f, problems)
		switch {
		case !ok:
		case isComponent:
			ts.components[stem] = parsed
		case stem == "base":
			ts.base = parsed
		default:
			ts.layouts[stem] = parsed
		}
	}
	if _, ok := ts.places[baseName]; !ok {
		problems.Errorf(diag.Place{}, "missing-layout", "the theme has no layouts/base.html, the skeleton of every page")
	}
	if problems.Errors() == 0 {
		t.inspect(problems)
	}
}

func parseSource(name string, f file, problems *diag.List) (source, bool) {
	written, err := parseTemplate(name, string(f.data))
	if err != nil {
		problems.Add(parseProblem(f.place, err))
		return source{}, false
	}
	small, err := minifyHTML(f.data)
	if err != nil {
		problems.Errorf(diag.Place{File: f.place}, "layout-syntax", "this is not HTML that can be minified: %v", err)
		return source{}, false
	}
	minified, err := parseTemplate(name, string(small))
	if err != nil {
		problems.Errorf(diag.Place{File: f.place}, "layout-syntax", "minifying breaks this layout (%v); actions may stand in text and in quoted attribute values, not in names of elements nor in scripts", err)
		return source{}, false
	}
	whole := written[name] != nil && !parse.IsEmptyTree(written[name].Root)
	return source{written, minified, whole}, true
}

// parseTemplate parses a template file; define and block add trees of their own.
func parseTemplate(name, text string) (map[string]*parse.Tree, error) {
	return parse.Parse(name, text, "{{", "}}", builtins, functionNames)
}

// builtins are the functions that text/template itself defines.
var builtins = func() map[string]any {
	known := map[string]any{}
	for _, name := range strings.Fields("and or not len index slice print printf println html js urlquery call eq ne lt le gt ge") {
		known[name] = true
	}
	return known
}()

// compose puts together the templates of a layout (base, components and the layout's
// own blocks) or of a component alone, for this language.
func (l *Language) compose(name string, minified bool) (*template.Template, error) {
	ts := l.theme.templates
	root := template.New("").Funcs(l.functions)
	add := func(s source) error {
		trees := s.trees(minified)
		for _, treeName := range slices.Sorted(maps.Keys(trees)) {
			tree := trees[treeName].Copy()
			if minified {
				l.fold(tree.Root)
			}
			if _, err := root.AddParseTree(treeName, tree); err != nil {
				return err
			}
		}
		return nil
	}
	sources := []source{}
	entry := name
	if kind, isLayout := strings.CutPrefix(name, "layouts/"); isLayout {
		layout := ts.layouts[kind]
		if !layout.whole {
			entry = baseName
			sources = append(sources, ts.base)
		}
		sources = append(sources, layout)
	}
	for _, component := range slices.Sorted(maps.Keys(ts.components)) {
		sources = append(sources, ts.components[component])
	}
	for _, s := range sources {
		if err := add(s); err != nil {
			return nil, fmt.Errorf("layout %s: %w", name, err)
		}
	}
	return root.Lookup(entry), nil
}

// inspect looks through the templates as written for calls, words, assets and blocks
// that do not exist.
func (t *Theme) inspect(problems *diag.List) {
	ts := &t.templates
	defined := map[string]bool{}
	all := append([]source{ts.base}, slices.Collect(maps.Values(ts.layouts))...)
	all = append(all, slices.Collect(maps.Values(ts.components))...)
	for _, s := range all {
		for name := range s.written {
			defined[name] = true
		}
	}
	i := inspector{theme: t, problems: problems, known: slices.Sorted(maps.Keys(defined)), words: slices.Sorted(maps.Keys(t.fallback.words)), said: map[string]bool{}}
	for _, s := range all {
		for _, tree := range s.written {
			i.tree = tree
			i.walk(tree.Root)
		}
	}
	t.fallback.unsaid(i.said, problems)
	for _, kind := range slices.Sorted(maps.Keys(ts.layouts)) {
		for name, tree := range ts.layouts[kind].written {
			if name != tree.ParseName && !ts.called[name] {
				problems.Warnf(i.place(tree, tree.Root), "unknown-block", "nothing shows the block %q%s",
					name, diag.DidYouMean(name, slices.Sorted(maps.Keys(ts.called))))
			}
		}
	}
}

// An inspector walks the nodes of one tree after another.
type inspector struct {
	theme    *Theme
	problems *diag.List
	known    []string // templates
	words    []string
	said     map[string]bool // words that a template says, and groups that it hands on
	tree     *parse.Tree
}

func (i *inspector) place(tree *parse.Tree, node parse.Node) diag.Place {
	location, _ := tree.ErrorContext(node)
	return i.theme.place(location)
}

func (i *inspector) walk(node parse.Node) {
	switch n := node.(type) {
	case *parse.TemplateNode:
		i.theme.templates.called[n.Name] = true
		if !slices.Contains(i.known, n.Name) {
			i.problems.Errorf(i.place(i.tree, n), "unknown-component", "there is no component %q%s", n.Name, diag.DidYouMean(n.Name, i.known))
		}
	case *parse.CommandNode:
		i.command(n)
	}
	for child := range children(node) {
		i.walk(child)
	}
}

func (i *inspector) command(n *parse.CommandNode) {
	function, ok := n.Args[0].(*parse.IdentifierNode)
	if !ok || len(n.Args) < 2 {
		return
	}
	argument, ok := n.Args[1].(*parse.StringNode)
	if !ok {
		return
	}
	at := func() diag.Place { return i.place(i.tree, argument) }
	switch function.Ident {
	case "t":
		i.said[argument.Text] = true
		w, ok := i.theme.fallback.words[argument.Text]
		if !ok {
			i.problems.Errorf(at(), "unknown-word", "i18n/en.toml has no word %q%s", argument.Text, diag.DidYouMean(argument.Text, i.words))
			return
		}
		var given []string
		for _, arg := range n.Args[2:] {
			if name, ok := arg.(*parse.StringNode); ok {
				given = append(given, name.Text)
			}
		}
		for _, name := range w.names() {
			if !slices.Contains(given, name) {
				i.problems.Errorf(at(), "unknown-word", "the word %q wants a value called %q: {{t %q %[2]q …}}", argument.Text, name, argument.Text)
			}
		}
	case "words":
		for _, section := range n.Args[1:] {
			if name, ok := section.(*parse.StringNode); ok {
				i.said[name.Text] = true
			}
		}
	case "label":
		i.said[argument.Text] = true
		prefix := argument.Text + "."
		if !slices.ContainsFunc(i.words, func(key string) bool { return strings.HasPrefix(key, prefix) }) {
			i.problems.Errorf(at(), "unknown-word", "i18n/en.toml has no words under %q", argument.Text)
		}
	case "icon":
		if !i.theme.icons[argument.Text] {
			i.problems.Errorf(at(), "unknown-icon", "assets/icons.svg has no icon %q%s", argument.Text, diag.DidYouMean(argument.Text, slices.Sorted(maps.Keys(i.theme.icons))))
		}
	case "asset":
		if !i.theme.assetNames[argument.Text] {
			i.problems.Errorf(at(), "unknown-asset", "the theme has no asset %q%s", argument.Text, diag.DidYouMean(argument.Text, slices.Sorted(maps.Keys(i.theme.assetNames))))
		}
	}
}
