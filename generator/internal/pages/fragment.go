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
	build     func() any // the view
	sum       func() digest.Sum

	once sync.Once
	html template.HTML
	err  error
}

// fragment makes a view a fragment.
func (e *edition) fragment(component string, build func() any) Fragment {
	return Fragment{&fragment{
		edition: e, component: component, build: build,
		sum: sync.OnceValue(func() digest.Sum { return digest.Of(e.stamp, component, build()) }),
	}}
}

// Sum is the digest of the fragment's view.
func (f Fragment) Sum() digest.Sum {
	if f.f == nil {
		return digest.Sum{}
	}
	return f.f.sum()
}

// HTML is the component rendered.
func (f Fragment) HTML() (template.HTML, error) {
	if f.f == nil {
		return "", nil
	}
	f.f.once.Do(func() {
		var html bytes.Buffer
		f.f.err = f.f.edition.words.Component(&html, f.f.component, f.f.build())
		f.f.html = template.HTML(html.String())
	})
	return f.f.html, f.f.err
}
