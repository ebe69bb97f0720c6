package pages

import (
	"bytes"
	"html/template"
	"sync"

	"github.com/stoa-portal/stoa/generator/internal/digest"
)

// A Fragment is a component rendered once and shown in many lists. It is rendered when
// it is first shown, and knows the digest of its view.
type Fragment struct{ f *fragment }

type fragment struct {
	edition   *edition
	component string
	view      any
	sum       digest.Sum

	once sync.Once
	html template.HTML
	err  error
}

// fragment makes a view a fragment.
func (e *edition) fragment(component string, view any) Fragment {
	return Fragment{&fragment{edition: e, component: component, view: view, sum: digest.Of(e.stamp, component, view)}}
}

// Sum is the digest of the fragment's view.
func (f Fragment) Sum() digest.Sum {
	if f.f == nil {
		return digest.Sum{}
	}
	return f.f.sum
}

// HTML is the component rendered.
func (f Fragment) HTML() (template.HTML, error) {
	if f.f == nil {
		return "", nil
	}
	f.f.once.Do(func() {
		var html bytes.Buffer
		f.f.err = f.f.edition.words.Component(&html, f.f.component, f.f.view)
		f.f.html, f.f.view = template.HTML(html.String()), nil
	})
	return f.f.html, f.f.err
}
