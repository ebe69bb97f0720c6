package pages

import (
	"path"
	"slices"
	"strings"

	"github.com/stoa-portal/stoa/generator/internal/config"
	"github.com/stoa-portal/stoa/generator/internal/content"
	"github.com/stoa-portal/stoa/generator/internal/diag"
	"github.com/stoa-portal/stoa/generator/internal/portal"
)

// previewKinds are the pictures that sites which show previews can show.
var previewKinds = []string{".png", ".jpg", ".jpeg", ".gif", ".webp"}

// preview is the picture that the file from names, beside it or in static; the site's own when
// it names none, or one that is not there. Addresses of pictures are absolute, so there is none
// without the site's.
func (e *edition) preview(from, file, alt string) *Preview {
	if e.BaseURL == "" {
		return nil
	}
	if p := e.picture(from, file); p != nil {
		p.Alt = alt
		return p
	}
	return e.ownPreview()
}

// siteImage is the site's own picture, or nil.
func (e *edition) siteImage() *Preview {
	if e.BaseURL == "" {
		return nil
	}
	p := e.picture("config.toml", rootedImage(e.config))
	if p != nil {
		p.Alt = e.site.Title
	}
	return p
}

// picture finds a picture for previews; nil when there is none of that name.
func (b *builder) picture(from, file string) *Preview {
	p := &Preview{}
	if site, ok := strings.CutPrefix(file, "/"); ok {
		if !b.routes.static[site] {
			return nil
		}
		p.URL = b.absolute(site)
		p.Width, p.Height = b.staticSize("content/static/" + site)
	} else {
		name := path.Join(rooted(from), file)
		if file == "" || !b.routes.assets[name] {
			return nil
		}
		a, ok := b.asset("content/" + name)
		if !ok {
			return nil
		}
		p.URL, p.Width, p.Height = b.absolute(a.site), a.width, a.height
	}
	p.Wide = 2*p.Width >= 3*p.Height
	return p
}

// face is the preview of a profile: the photo, where there is one to be published.
func (e *edition) face(m *portal.Mentor, portrait Portrait) *Preview {
	if portrait.URL == "" || e.BaseURL == "" {
		return e.ownPreview()
	}
	_, side := e.portraitSides(profilePortrait)
	alt := portrait.Alt
	if alt == "" {
		alt = m.Value.Name
	}
	return &Preview{URL: e.absolute(portraitPath(m, side)), Width: side, Height: side, Alt: alt}
}

// checkPreviews reports pictures for previews that are not there, or that nobody shows.
func (b *builder) checkPreviews() {
	check := func(at diag.Place, from, file string) {
		if file == "" {
			return
		}
		name := "static" + file
		if !strings.HasPrefix(file, "/") {
			name = path.Join(rooted(from), file)
		}
		switch site, inStatic := strings.CutPrefix(file, "/"); {
		case b.routes.without[name]:
		case !slices.Contains(previewKinds, strings.ToLower(path.Ext(file))):
			b.errorf(at, "preview", "%q is not a picture that previews of links can show: give a .png or .jpg", file)
		case inStatic && !b.routes.static[site]:
			b.errorf(at, "unknown-file", "there is no file %q in content/static", file)
		case !inStatic && !b.routes.assets[name]:
			b.errorf(at, "unknown-file", "there is no file %q beside this one", file)
		}
	}
	check(b.config.Place("brand.image"), "config.toml", rootedImage(b.config))
	for _, g := range b.guides {
		eachTranslation(g.Record, func(r *content.Record[content.Guide]) { check(r.Place("image"), r.File, string(r.Value.Image)) })
	}
	for _, p := range b.Portal.Programs {
		eachTranslation(p.Record, func(r *content.Record[content.Program]) { check(r.Place("image"), r.File, string(r.Value.Image)) })
	}
}

// rootedImage is the site's own picture; a path without a slash means one in static, too.
func rootedImage(c *config.Config) string {
	if image := string(c.Brand.Image); image != "" {
		return "/" + strings.TrimPrefix(image, "/")
	}
	return ""
}
