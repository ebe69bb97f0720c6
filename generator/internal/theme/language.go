package theme

import (
	"bytes"
	"fmt"
	"html/template"
	"io"
	"sync"
)

// A Site is what templates need to know of the site that no view says.
type Site struct {
	Base string // path under which the site is served, with both slashes: "/" or "/repo/"
}

// A Language is a theme bound to a language of a site. It is safe for concurrent use.
type Language struct {
	theme      *Theme
	tag        string
	site       Site
	dictionary *dictionary
	functions  template.FuncMap

	mu   sync.Mutex
	sets map[string]*set // memo: the templates of a layout, or of a component; a function of the name
}

// A set is the templates that one layout needs, minified, with this language's words
// put in.
type set struct {
	once  sync.Once
	entry *template.Template
	err   error
}

// Language binds the theme to a language of a site. A language that the theme does not
// speak uses the words of a wider one (es for es-MX), or English.
func (t *Theme) Language(tag string, site Site) *Language {
	t.mu.Lock()
	defer t.mu.Unlock()
	key := languageKey{tag, site}
	l, ok := t.languages[key]
	if !ok {
		d, _ := t.dictionary(tag)
		l = &Language{theme: t, tag: tag, site: site, dictionary: d, sets: map[string]*set{}}
		l.functions = l.funcs()
		t.languages[key] = l
	}
	return l
}

// Word says a word of the theme. args are names and values in turn, such as
// "count", 3; the value named count chooses the plural form. An unknown word says its
// own key, which shows up in a page and stops nothing.
func (l *Language) Word(key string, args ...any) string {
	text, err := l.say(key, args...)
	if err != nil {
		return key
	}
	return text
}

// Execute writes a view through a layout. Nothing is written when there is an error;
// the error is a diag.List that says where in the layout.
func (l *Language) Execute(w io.Writer, layout string, view any) error {
	if _, ok := l.theme.templates.layouts[layout]; !ok {
		return fmt.Errorf("the theme has no layout %q", layout)
	}
	return l.execute(w, layoutName(layout), view)
}

// Component writes a view through a component alone.
func (l *Language) Component(w io.Writer, name string, view any) error {
	if _, ok := l.theme.templates.components[name]; !ok {
		return fmt.Errorf("the theme has no component %q", name)
	}
	return l.execute(w, name, view)
}

var buffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}

func (l *Language) execute(w io.Writer, name string, view any) error {
	entry, err := l.set(name)
	if err != nil {
		return err
	}
	b := buffers.Get().(*bytes.Buffer)
	defer buffers.Put(b)
	b.Reset()
	if err := entry.Execute(b, view); err != nil {
		return l.explain(name, view, err)
	}
	_, err = w.Write(bytes.TrimSpace(b.Bytes()))
	return err
}

// set builds the templates of a layout or component the first time they are wanted.
func (l *Language) set(name string) (*template.Template, error) {
	l.mu.Lock()
	s, ok := l.sets[name]
	if !ok {
		s = new(set)
		l.sets[name] = s
	}
	l.mu.Unlock()
	s.once.Do(func() { s.entry, s.err = l.compose(name, true) })
	return s.entry, s.err
}
