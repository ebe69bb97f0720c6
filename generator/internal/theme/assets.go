package theme

import (
	"bytes"
	"io"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"

	"github.com/tdewolff/minify/v2"
	"github.com/tdewolff/minify/v2/css"
	"github.com/tdewolff/minify/v2/html"
	"github.com/tdewolff/minify/v2/js"
	"github.com/tdewolff/minify/v2/svg"

	"github.com/stoa-portal/stoa/generator/internal/diag"
	"github.com/stoa-portal/stoa/generator/internal/digest"
)

// An Asset is a file that pages of the theme load.
type Asset struct {
	Path string // below Root, such as "css/main.css"
	Data []byte
}

// Stylesheet is the path of the one stylesheet made of all the theme's styles.
const Stylesheet = "css/main.css"

// readAssets gathers what pages load:
//
//   - css/main.css is tokens.css, base.css, the components' styles by name, then every
//     other stylesheet that lies directly in assets/, by name;
//   - components/<name>/<name>.js is js/<name>.js;
//   - any other file of assets/ keeps its path.
//
// Styles, scripts and drawings are minified.
func (t *Theme) readAssets(problems *diag.List) {
	t.assetNames, t.icons = map[string]bool{}, map[string]bool{}
	var first, middle, last [][]byte
	for _, name := range slices.Sorted(maps.Keys(t.files)) {
		f := t.files[name]
		below, isAsset := strings.CutPrefix(name, "assets/")
		stem, isStyle := strings.CutSuffix(path.Base(name), ".css")
		isComponent := path.Dir(path.Dir(name)) == "components"
		switch {
		case isStyle && (isComponent || isAsset && !strings.Contains(below, "/")):
			small, err := minifyAsset(name, f.data)
			if err != nil {
				problems.Errorf(diag.Place{File: f.place}, "style-syntax", "this stylesheet cannot be read: %v", err)
			}
			switch {
			case isComponent:
				middle = append(middle, small)
			case stem == "tokens":
				first = slices.Insert(first, 0, small)
			case stem == "base":
				first = append(first, small)
			default:
				last = append(last, small)
			}
		case isComponent && path.Ext(name) == ".js":
			t.addAsset("js/"+path.Base(name), name, f, problems)
		case isAsset:
			t.addAsset(below, name, f, problems)
		}
	}
	main := bytes.Join(slices.Concat(first, middle, last), nil)
	t.assets = append(t.assets, Asset{Stylesheet, main})
	t.assetNames[Stylesheet] = true
	slices.SortFunc(t.assets, func(a, b Asset) int { return strings.Compare(a.Path, b.Path) })
	t.root = "assets/" + digest.Of(t.assets).String()[:12] + "/"
}

var symbolID = regexp.MustCompile(`<symbol[^>]*\sid="?([a-z0-9-]+)`)

func (t *Theme) addAsset(as, name string, f file, problems *diag.List) {
	if t.assetNames[as] || as == Stylesheet {
		problems.Errorf(diag.Place{File: f.place}, "asset-collision", "two files of the theme would be published as %s", as)
		return
	}
	data, err := minifyAsset(name, f.data)
	if err != nil {
		problems.Errorf(diag.Place{File: f.place}, "asset-syntax", "this file cannot be read: %v", err)
		return
	}
	if as == "icons.svg" {
		for _, match := range symbolID.FindAllSubmatch(f.data, -1) {
			t.icons[string(match[1])] = true
		}
	}
	t.assetNames[as] = true
	t.assets = append(t.assets, Asset{as, data})
}

var assetTypes = map[string]string{
	".css": "text/css", ".js": "text/javascript", ".mjs": "text/javascript", ".svg": "image/svg+xml",
}

var assetMinifier = func() *minify.M {
	m := minify.New()
	m.Add("text/css", &css.Minifier{})
	m.Add("text/javascript", &js.Minifier{})
	m.Add("image/svg+xml", spriteKeeper{})
	return m
}()

// A spriteKeeper minifies drawings unless they define symbols: those are reached by id
// from pages, and the minifier drops what the file itself does not use.
type spriteKeeper struct{ svg.Minifier }

func (k spriteKeeper) Minify(m *minify.M, w io.Writer, r io.Reader, params map[string]string) error {
	source, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	if bytes.Contains(source, []byte("<symbol")) {
		_, err := w.Write(source)
		return err
	}
	return k.Minifier.Minify(m, w, bytes.NewReader(source), params)
}

func minifyAsset(name string, data []byte) ([]byte, error) {
	mediaType, ok := assetTypes[path.Ext(name)]
	if !ok {
		return data, nil
	}
	small, err := assetMinifier.Bytes(mediaType, bytes.Clone(data))
	return small, err
}

var layoutMinifier = &html.Minifier{
	KeepDefaultAttrVals: true,
	KeepDocumentTags:    true,
	KeepEndTags:         true,
	KeepQuotes:          true,
	TemplateDelims:      html.GoTemplateDelims,
}

// minifyHTML minifies a layout; see the limits in the package comment.
func minifyHTML(layout []byte) ([]byte, error) {
	var b bytes.Buffer
	err := layoutMinifier.Minify(minify.New(), &b, bytes.NewReader(layout), nil)
	return b.Bytes(), err
}
