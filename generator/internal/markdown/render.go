package markdown

import (
	"errors"
	"io"
	"strconv"

	"github.com/stoa-portal/stoa/generator/internal/diag"
)

// A Resolver knows the site that a text is part of. Each method answers for one place
// of the text; a problem that is not "" (or not nil) becomes a located error.
type Resolver interface {
	// Link tells where a link leads. It is asked about links of kind Relative and Site,
	// and about a Fragment that the text itself does not have.
	Link(l Link) (target Target, problem string)
	// Image tells how to show a picture.
	Image(i Image) (picture Picture, problem string)
	// Embed writes what a fenced block stands for. An error that is a [diag.List] is
	// taken as it is, any other one is placed at the block.
	Embed(e Embed) (html []byte, problem error)
}

// A Target is where a link leads.
type Target struct {
	URL      string // as it goes into href; "" leaves the link's words without a link
	Lang     string // language of the target where it is not the page's, or ""
	External bool   // it leaves the site
	Note     string // what to warn the author of, or ""
}

// A Picture is how an image is shown.
type Picture struct {
	URL           string // as it goes into src; "" shows the description instead
	Width, Height int    // in CSS pixels, 0 when unknown
	Srcset        string // candidates as of the srcset attribute, or ""
	Sizes         string // the sizes attribute, or ""
}

// A hole is a place of the HTML that a Resolver fills.
type hole struct {
	at    int // offset in Document.html
	kind  holeKind
	index int // in the Document's links, images or embeds
}

type holeKind uint8

const (
	linkHole      holeKind = iota // <a …>
	linkEndHole                   // </a>
	imageHole                     // <img …>
	captionedHole                 // <img …>, whose title is shown beside it
	embedHole
)

func (w *writer) hole(kind holeKind, index int) {
	w.d.holes = append(w.d.holes, hole{len(w.out.b), kind, index})
}

// HasHoles reports whether Render asks its Resolver anything.
func (d *Document) HasHoles() bool { return len(d.holes) > 0 }

// Render writes the HTML. The error is a [diag.List] with everything that the Resolver
// refused or noted; when the list holds an error, what was written is not for publishing.
// Or it is the error of the Writer. A nil Resolver will do for a text without holes.
func (d *Document) Render(to io.Writer, r Resolver) error {
	if len(d.holes) == 0 {
		_, err := to.Write(d.html)
		return err
	}
	if r == nil {
		return errors.New("nobody resolves the links of this text")
	}
	var problems diag.List
	page := make([]byte, 0, len(d.html)+128*len(d.holes))
	from, linked := 0, false
	for _, h := range d.holes {
		page = append(page, d.html[from:h.at]...)
		from = h.at
		switch h.kind {
		case linkHole:
			l := d.links[h.index]
			target, problem := r.Link(l)
			if problem != "" {
				problems.Errorf(l.Place, "link", "%s", problem)
			}
			if target.Note != "" {
				problems.Warnf(l.Place, "link", "%s", target.Note)
			}
			if linked = target.URL != ""; linked {
				page = append(appendURL(append(page, `<a href="`...), target.URL), '"')
				page = appendLinkEnd(page, l.Title, target.Lang, target.External)
			}
		case linkEndHole:
			if linked {
				page = append(page, "</a>"...)
			}
		case imageHole, captionedHole:
			i := d.images[h.index]
			picture, problem := r.Image(i)
			if problem != "" {
				problems.Errorf(i.Place, "image", "%s", problem)
			}
			page = appendImage(page, i, picture, h.kind == captionedHole)
		case embedHole:
			e := d.embeds[h.index]
			html, err := r.Embed(e)
			var located diag.List
			if errors.As(err, &located) {
				problems.Add(located)
			} else if err != nil {
				problems.Errorf(e.Place, "embed", "%s", err)
			}
			page = append(page, html...)
		}
	}
	page = append(page, d.html[from:]...)
	if _, err := to.Write(page); err != nil {
		return err
	}
	if len(problems) > 0 {
		return problems
	}
	return nil
}

func appendURL(dst []byte, url string) []byte {
	o := buffer{dst}
	o.url(url)
	return o.b
}

func appendImage(dst []byte, i Image, p Picture, captioned bool) []byte {
	if p.URL == "" {
		return appendEscaped(dst, i.Alt)
	}
	dst = appendURL(append(dst, `<img src="`...), p.URL)
	if p.Srcset != "" {
		dst = appendEscaped(append(dst, `" srcset="`...), p.Srcset)
	}
	if p.Sizes != "" {
		dst = appendEscaped(append(dst, `" sizes="`...), p.Sizes)
	}
	dst = appendEscaped(append(dst, `" alt="`...), i.Alt)
	if i.Title != "" && !captioned {
		dst = appendEscaped(append(dst, `" title="`...), i.Title)
	}
	if p.Width > 0 && p.Height > 0 {
		dst = strconv.AppendInt(append(dst, `" width="`...), int64(p.Width), 10)
		dst = strconv.AppendInt(append(dst, `" height="`...), int64(p.Height), 10)
	}
	return append(dst, `" loading="lazy" decoding="async">`...)
}
