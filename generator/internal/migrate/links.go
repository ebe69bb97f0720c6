package migrate

import (
	"cmp"
	"fmt"
	"io/fs"
	"net/url"
	"path"
	"regexp"
	"strings"

	"github.com/stoa-portal/stoa/generator/internal/content"
	"github.com/stoa-portal/stoa/generator/internal/diag"
	"github.com/stoa-portal/stoa/generator/internal/fold"
	"github.com/stoa-portal/stoa/generator/internal/markdown"
	"github.com/stoa-portal/stoa/generator/internal/photo"
)

// link deals with the ] at i, which may end the words of a link.
func (w *rewriter) link(i int) int {
	if len(w.open) == 0 {
		return i + 1
	}
	opener := w.open[len(w.open)-1]
	w.open = w.open[:len(w.open)-1]
	after := w.source[i+1:]
	if strings.HasPrefix(after, "(") {
		d, ok := w.destination(i + 1)
		if !ok {
			return i + 1
		}
		w.follow(opener, i, d)
		return d.end
	}
	words := opener.at + 1
	if opener.image {
		words++
	}
	label, end := w.source[words:i], i+1
	if strings.HasPrefix(after, "[") {
		if n := strings.IndexByte(after, ']'); n > 0 {
			label, end = cmp.Or(after[1:n], label), i+1+n+1
		}
	}
	address, defined := w.text.labels[labelKey(label)]
	switch {
	case !defined:
		return i + 1
	case opener.image:
		if way := w.resolve(address, true); way.kind == elsewhere {
			w.elsewhere(opener, i, end, way.address, "")
			return end
		} else if way.kind == leadsNowhere {
			w.comment(opener.at, end, "%s", way.why)
			return end
		}
	case w.loose[labelKey(label)]:
		w.replace(opener.at, opener.at+1, "")
		w.replace(i, end, "")
		return end
	}
	return i + 1
}

// elsewhere makes a link of a picture on another host; within a link, its words.
func (w *rewriter) elsewhere(opener bracket, words, end int, address, title string) {
	alt := cmp.Or(w.source[min(opener.at+2, words):words], hostOf(address))
	if len(w.open) > 0 {
		w.say(opener.at, "picture", "a picture on another host is not shown, so that visitors talk to no other host: %s", shown(address))
		w.replace(opener.at, end, alt)
		return
	}
	w.say(opener.at, "picture", "a picture on another host is not shown, so that visitors talk to no other host; it became a link: %s", shown(address))
	if title != "" {
		title = " " + title
	}
	w.replace(opener.at, end, "["+alt+"]("+address+title+")")
}

// A destination is what stands between the round brackets of a link.
type destination struct {
	start, stop int    // of the address, with < and >
	address     string // as written
	title       string // with its quotes, or ""
	end         int    // behind the closing bracket
}

var linkTitle = regexp.MustCompile(`^\s+("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')\s*\)`)

func (w *rewriter) destination(open int) (d destination, ok bool) {
	end := w.paragraphEnd(open)
	i := open + 1
	for i < end && (w.source[i] == ' ' || w.source[i] == '\n') {
		i++
	}
	d.start = i
	if i < end && w.source[i] == '<' {
		n := strings.IndexAny(w.source[i+1:end], ">\n")
		if n < 0 || w.source[i+1+n] == '\n' {
			return d, false
		}
		d.address, i = w.source[i+1:i+1+n], i+1+n+1
	} else {
		depth := 0
	scan:
		for i < end {
			switch c := w.source[i]; {
			case c == '{' && strings.HasPrefix(w.source[i:], "{{"), c == '{' && strings.HasPrefix(w.source[i:], "{%"):
				if n := tokenEnd(w.source[i:end]); n > 0 {
					i += n
					continue
				}
			case c == '\\' && i+1 < end:
				i++
			case c == '(':
				depth++
			case c == ')':
				if depth == 0 {
					break scan
				}
				depth--
			case c <= ' ':
				break scan
			}
			i++
		}
		d.address = w.source[d.start:min(i, end)]
	}
	d.stop = i
	if m := linkTitle.FindStringSubmatch(w.source[i:end]); m != nil {
		d.title, d.end = m[1], i+len(m[0])
		return d, true
	}
	for i < end && (w.source[i] == ' ' || w.source[i] == '\n') {
		i++
	}
	if i >= end || w.source[i] != ')' {
		return d, false
	}
	d.end = i + 1
	return d, true
}

// follow finds where a link or picture leads, and writes what leads there in the site.
func (w *rewriter) follow(opener bracket, words int, d destination) {
	way := w.resolve(d.address, opener.image)
	switch {
	case way.kind == keeps:
	case way.kind == leads:
		w.replace(d.start, d.stop, way.address)
	case way.kind == elsewhere:
		w.elsewhere(opener, words, d.end, way.address, d.title)
	case opener.image:
		w.comment(opener.at, d.end, "%s", way.why)
	default:
		w.say(opener.at, "not-carried", "%s, so only its words are left: %s", way.why, shown(w.source[opener.at:d.end]))
		w.replace(opener.at, opener.at+1, "")
		w.replace(words, d.end, " "+comment("link to "+d.address))
	}
	if way.note != "" {
		w.say(opener.at, "old-site", "%s", way.note)
	}
}

func hostOf(address string) string {
	if u, err := url.Parse(address); err == nil && u.Host != "" {
		return u.Host
	}
	return address
}

func labelKey(label string) string { return strings.ToLower(strings.Join(strings.Fields(label), " ")) }

// references rewrites the definitions of links ([label]: address).
func (w *rewriter) references() {
	for n, l := range w.lines {
		m := reference.FindStringSubmatchIndex(l.text)
		if l.code || m == nil {
			continue
		}
		label, address := l.text[m[4]:m[5]], strings.Trim(l.text[m[6]:m[7]], "<>")
		w.text.labels[labelKey(label)] = address
		at := w.starts[n]
		way := w.resolve(address, false)
		if way.note != "" {
			w.say(at+m[4]-1, "not-carried", "%s", way.note)
		}
		switch way.kind {
		case leads:
			w.replace(at+m[6], at+m[7], way.address)
		case leadsNowhere:
			w.loose[labelKey(label)] = true
			w.say(at+m[4]-1, "not-carried", "%s, so only the words of its links are left: %s", way.why, shown(l.text))
			w.replace(at, at+len(l.text), comment(l.text))
		}
	}
}

// Where a link may lead.
const (
	keeps        = iota // it stays as it is
	leads               // within the site, at way.address
	elsewhere           // a picture on another host
	leadsNowhere        // for the reason way.why
)

type way struct {
	kind    int
	address string
	why     string
	note    string // something that was lost although it leads on
}

var scheme = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9+.-]*:`)

// resolve finds where an address of the text leads in the site.
func (w *rewriter) resolve(written string, image bool) way {
	address, ok := w.evaluate(written)
	if !ok {
		return way{kind: leadsNowhere, why: "this address is made by a template"}
	}
	changed := address != written
	address = strings.ReplaceAll(strings.TrimSpace(address), `\`, "/")
	if first, _, _ := strings.Cut(strings.TrimPrefix(address, "//"), "/"); strings.HasPrefix(address, "//") {
		if strings.Contains(first, ".") {
			address, changed = "https:"+address, true
		} else {
			address = address[1:]
		}
	}
	switch low := strings.ToLower(address); {
	case address == "":
		return way{kind: leadsNowhere, why: "this link has no address"}
	case strings.HasPrefix(low, "www."):
		address, changed = "https://"+address, true
	case strings.Contains(address, "@") && !strings.ContainsAny(address, "/:?#"):
		return way{kind: leads, address: "mailto:" + address}
	}
	if s := strings.ToLower(scheme.FindString(address)); s != "" {
		switch s {
		case "http:", "https:":
			if u, err := url.Parse(address); err == nil && w.hosts[strings.ToLower(u.Host)] {
				inside := w.page(u.Path, u.Fragment, true, image)
				if inside.kind == leads {
					return inside
				}
				if !image {
					return way{kind: keeps, note: "this leads to the old site still, to something that was not brought in: " + shown(address)}
				}
			}
			if image {
				return way{kind: elsewhere, address: address}
			}
		case "mailto:", "tel:":
		default:
			return way{kind: leadsNowhere, why: fmt.Sprintf("an address may not begin with %q", s)}
		}
		if changed {
			return way{kind: leads, address: address}
		}
		return way{kind: keeps}
	}
	address, fragment, _ := strings.Cut(address, "#")
	address, _, _ = strings.Cut(address, "?")
	if decoded, err := url.PathUnescape(fragment); err == nil {
		fragment = decoded
	}
	if address == "" {
		return w.heading(fragment)
	}
	return w.page(address, fragment, strings.HasPrefix(address, "/"), image)
}

// heading is the way to a heading of the same text.
func (w *rewriter) heading(fragment string) way {
	if id, ok := w.text.anchor(fragment); ok {
		return way{kind: leads, address: "#" + id}
	}
	if w.text.opensWith(fragment) {
		return way{kind: leads, address: w.relative(w.text.target)}
	}
	return way{kind: leadsNowhere, why: "this text has no heading #" + fragment}
}

// opensWith tells whether a fragment is that of the text's title.
func (t *text) opensWith(fragment string) bool {
	return squeeze(fragment) != "" && squeeze(fragment) == squeeze(t.opening)
}

// page is the way to a path of the old site (rooted) or of the source.
func (w *rewriter) page(address, fragment string, rooted, image bool) way {
	if decoded, err := url.PathUnescape(address); err == nil {
		address = decoded
	}
	if t, s := w.target(address, rooted); t != nil {
		if base := w.translated(t); base != nil {
			t = base
		}
		out := way{kind: leads, address: w.relative(t.target)}
		if t == w.text && fragment != "" {
			out.address = ""
		}
		if id, ok := t.anchor(fragment); ok {
			out.address += "#" + id
		} else if fragment != "" && t.opensWith(fragment) {
			out.address = w.relative(t.target)
		} else if fragment != "" {
			out.address = w.relative(t.target)
			out.note = fmt.Sprintf("the page has no heading #%s, so this link leads to its beginning", fragment)
		}
		return out
	} else if s != nil {
		return way{kind: leads, address: w.relative(guidesFolder + path.Join(s.dir, "_index.md"))}
	}
	if file := w.file(address, rooted); file != "" {
		to, why := w.take(file)
		if why != "" {
			return way{kind: leadsNowhere, why: why}
		}
		return way{kind: leads, address: w.relative(to)}
	}
	if image {
		return way{kind: leadsNowhere, why: "this picture is not among the files"}
	}
	if rooted && oldKey(address) == "" {
		return way{kind: leads, address: "/"}
	}
	return way{kind: leadsNowhere, why: "this link leads to nothing that was brought in"}
}

// translated is the text's translation into the language of the text that is being read.
func (w *rewriter) translated(t *text) *text {
	if w.text.lang == "" || t.lang != "" {
		return nil
	}
	return w.byFile[strings.TrimSuffix(t.file, path.Ext(t.file))+"."+w.text.tag+path.Ext(t.file)]
}

// target finds the text or the section that an address means.
func (w *rewriter) target(address string, rooted bool) (*text, *section) {
	if !rooted {
		inside := path.Join(path.Dir(w.text.file), address)
		for _, name := range []string{inside, inside + ".md", inside + ".mdx", inside + ".markdown", inside + "/index.md", inside + "/README.md", inside + "/_index.md", inside + "/index.mdx"} {
			if t := w.byFile[name]; t != nil {
				return t, nil
			}
		}
		if s := w.folders[inside]; s != nil && inside != w.root {
			return s.index, s
		}
		if addresses := w.oldAddresses(w.text); len(addresses) > 0 { // from the page's own address, as a browser does
			if t := w.byOld[oldKey(path.Join("/", addresses[0], address))]; t != nil {
				return t, nil
			}
			return w.byOld[oldKey(path.Join("/", path.Dir(strings.TrimSuffix(addresses[0], "/")), address))], nil
		}
		return nil, nil
	}
	key := oldKey(address)
	if t := w.byOld[key]; t != nil {
		return t, nil
	}
	if s := w.byOldSection[key]; s != nil {
		return s.index, s
	}
	return nil, nil
}

// file finds a picture or document of the source.
func (w *rewriter) file(address string, rooted bool) string {
	if !rooted {
		if inside := path.Join(path.Dir(w.text.file), address); w.files[inside] {
			return inside
		}
	}
	for _, folder := range w.static {
		if inside := path.Join(folder, strings.TrimLeft(address, "/")); rooted && w.files[inside] {
			return inside
		}
	}
	return ""
}

// take brings a file beside the guide that uses it first.
func (w *rewriter) take(file string) (to, why string) {
	if a, ok := w.assets[file]; ok {
		return a.to, ""
	}
	ext := strings.ToLower(path.Ext(file))
	if !content.GoesWithGuides(ext) {
		return "", "files of this kind do not go with guides (put it into content/static)"
	}
	if info, err := w.stat(file); err != nil || info.Size() > maxFile {
		return "", fmt.Sprintf("this file is larger than %d MB", maxFile>>20)
	}
	if why := w.unfit(file, ext); why != "" {
		return "", why
	}
	stem := idOf(strings.TrimSuffix(path.Base(file), path.Ext(file)), "file")
	taken := map[string]bool{}
	for _, a := range w.assets {
		taken[a.to] = true
	}
	folder := path.Dir(w.text.target)
	to = path.Join(folder, stem+ext)
	for n := 2; taken[to]; n++ {
		to = path.Join(folder, fmt.Sprintf("%s-%d%s", stem, n, ext))
	}
	w.assets[file] = &asset{file, to}
	return to, ""
}

// unfit says why a picture cannot be shown, or "".
func (m *mover) unfit(file, ext string) string {
	data, err := fs.ReadFile(m.source, file)
	if err != nil {
		return "this file cannot be read"
	}
	var problems diag.List
	switch ext {
	case ".svg":
		problems = photo.CheckDrawing(file, data)
	case ".jpg", ".jpeg", ".png", ".webp", ".gif", ".avif":
		_, problems = photo.Read(strings.ToLower(file), data)
	}
	for _, p := range problems {
		if p.Severity == diag.Error {
			return p.Message
		}
	}
	return ""
}

// relative is the path from the text's new place to another file of the site.
func (w *rewriter) relative(to string) string {
	from := strings.Split(path.Dir(w.text.target), "/")
	parts := strings.Split(to, "/")
	for len(from) > 0 && len(parts) > 1 && from[0] == parts[0] {
		from, parts = from[1:], parts[1:]
	}
	return strings.Repeat("../", len(from)) + strings.Join(parts, "/")
}

// anchor finds the id that a heading has, by the fragment that led to it.
func (t *text) anchor(fragment string) (string, bool) {
	if fragment == "" {
		return "", false
	}
	if words, ok := t.explicit[fragment]; ok {
		text := "## " + words + "\n\n"
		for label := range t.labels {
			text += "[" + label + "]: #\n"
		}
		for _, h := range markdown.Parse(markdown.Source{Text: text}, markdown.Options{}).Headings() {
			return h.ID, true
		}
	}
	squeezed := squeeze(fragment)
	for _, exact := range []bool{true, false} {
		for _, id := range t.anchors {
			if exact && id == fragment || !exact && squeezed != "" && squeeze(id) == squeezed {
				return id, true
			}
		}
	}
	return "", false
}

var notWord = regexp.MustCompile(`[^\pL\pN]+`)

// squeeze is what all generators' ids of one heading have in common.
func squeeze(id string) string { return fold.Key(notWord.ReplaceAllString(id, "")) }
