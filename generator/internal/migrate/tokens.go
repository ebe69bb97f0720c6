package migrate

import (
	"cmp"
	"io/fs"
	"path"
	"regexp"
	"strings"
)

// tokenEnd is the length of the tag of Liquid or Hugo that a text begins with, 0 for none.
func tokenEnd(text string) int {
	for _, pair := range [][2]string{{"{{<", ">}}"}, {"{{%", "%}}"}, {"{{", "}}"}, {"{%", "%}"}} {
		if strings.HasPrefix(text, pair[0]) {
			if n := strings.Index(text, pair[1]); n > 0 && n < 2000 {
				return n + len(pair[1])
			}
		}
	}
	return 0
}

var (
	tokens        = regexp.MustCompile(`\{\{[<%]?.*?[>%]?\}\}|\{%.*?%\}`)
	liquidOutput  = regexp.MustCompile(`^\{\{-?\s*([^<%].*?)\s*-?\}\}$`)
	liquidText    = regexp.MustCompile(`^(?:"([^"]*)"|'([^']*)')(?:\s*\|\s*(?:relative_url|absolute_url|url_encode|prepend:.*))*$`)
	mdxComment    = regexp.MustCompile(`^\{/\*([\s\S]*?)\*/\}`)
	attributeList = regexp.MustCompile(`^\{:?[ \t]*(?:[#.][\w-]+|[\w:-]+=(?:"[^"\n]*"|'[^'\n]*'|[^\s"'{}]+))(?:[ \t]+(?:[#.][\w-]+|[\w:-]+=(?:"[^"\n]*"|'[^'\n]*'|[^\s"'{}]+)))*[ \t]*\}`)
	expression    = regexp.MustCompile(`^\{[A-Za-z_$][\w.$]*(?:\([^{}\n]*\))?\}`)
	rawInline     = regexp.MustCompile(`^\{%-?\s*raw\s*-?%\}([\s\S]*?)\{%-?\s*endraw\s*-?%\}`)
)

// brace deals with the { at i: tags of templates, expressions and comments of MDX, lists of
// attributes.
func (w *rewriter) brace(i int) int {
	rest := w.source[i:w.paragraphEnd(i)]
	if m := mdxComment.FindStringSubmatch(w.source[i:]); m != nil {
		inner := strings.Join(strings.Fields(m[1]), " ")
		for strings.Contains(inner, "--") {
			inner = strings.ReplaceAll(inner, "--", "- -")
		}
		w.replace(i, i+len(m[0]), "<!-- "+inner+" -->")
		return i + len(m[0])
	}
	if m := rawInline.FindStringSubmatch(rest); m != nil {
		fence := "`"
		for strings.Contains(m[1], fence) {
			fence += "`"
		}
		w.replace(i, i+len(m[0]), fence+m[1]+fence)
		return i + len(m[0])
	}
	if n := tokenEnd(rest); n > 0 {
		token := rest[:n]
		switch text, ok := w.value(token); {
		case w.shortcode(i, i+n, token):
		case ok && text == "":
			w.drop(i, i+n)
		case ok:
			w.replace(i, i+n, text)
		case strings.HasPrefix(token, "{%") || !strings.HasPrefix(token, "{{<") && !strings.HasPrefix(token, "{{%"):
			w.comment(i, i+n, "this is Liquid, which a page does not run")
		default:
			w.comment(i, i+n, "this shortcode is not known here")
		}
		return i + n
	}
	if m := attributeList.FindString(rest); m != "" && i > 0 && w.source[i-1] != ' ' && w.source[i-1] != '\n' {
		w.comment(i, i+len(m), "a text has no classes or attributes of its own")
		return i + len(m)
	}
	if w.system.name == docusaurus || path.Ext(w.text.file) == ".mdx" {
		if m := expression.FindString(rest); m != "" {
			w.comment(i, i+len(m), "this is a program of MDX, and a page runs none")
			return i + len(m)
		}
	}
	return i + 1
}

// evaluate replaces the tags of templates in an address.
func (w *rewriter) evaluate(address string) (string, bool) {
	sound := true
	address = tokens.ReplaceAllStringFunc(address, func(token string) string {
		value, ok := w.value(token)
		sound = sound && ok
		return value
	})
	return address, sound
}

// value is what a tag of a template stands for, as far as that does not need the template.
func (w *rewriter) value(token string) (string, bool) {
	if m := liquidOutput.FindStringSubmatch(token); m != nil {
		if text := liquidText.FindStringSubmatch(m[1]); text != nil {
			return cmp.Or(text[1], text[2]), true
		}
		name, _, _ := strings.Cut(m[1], "|")
		switch name = strings.TrimSpace(name); name {
		case "site.baseurl", "site.url", "site.github.url", "base_url", ".Site.BaseURL", "site.BaseURL":
			return "", true
		case "page.title", "page.description":
			text := w.text.matter.string(strings.TrimPrefix(name, "page."))
			return text, text != ""
		}
		return "", false
	}
	s, ok := shortcodeOf(strings.TrimSpace(token))
	if !ok || s.closing {
		return "", false
	}
	argument := cmp.Or(s.named("path"), s.word(0))
	switch s.name {
	case "link":
		return w.fromHere(path.Clean(strings.TrimSpace(s.args))), true
	case "post_url":
		for _, t := range w.texts {
			name := strings.TrimSuffix(strings.TrimPrefix(t.file, "_posts/"), path.Ext(t.file))
			if name == strings.TrimSpace(s.args) || path.Base(name) == strings.TrimSpace(s.args) {
				return w.fromHere(t.file), true
			}
		}
	case "ref", "relref":
		file, fragment, found := strings.Cut(argument, "#")
		if found {
			fragment = "#" + fragment
		}
		if file == "" {
			return fragment, fragment != ""
		}
		if t := w.hugoText(file); t != nil {
			return w.fromHere(t.file) + fragment, true
		}
	}
	return "", false
}

// fromHere is the path from the text's folder to another file of the source.
func (w *rewriter) fromHere(file string) string {
	up := 0
	if dir := path.Dir(w.text.file); dir != "." {
		up = strings.Count(dir, "/") + 1
	}
	return strings.ReplaceAll(strings.Repeat("../", up)+file, " ", "%20")
}

// hugoText finds a text as ref does: beside the text, from the root, or by its name alone.
func (w *rewriter) hugoText(file string) *text {
	named := func(stem string) *text {
		for _, ext := range []string{"", ".md", "/_index.md", "/index.md"} {
			if t := w.byFile[stem+ext]; t != nil {
				return t
			}
		}
		return nil
	}
	if !strings.HasPrefix(file, "/") {
		if t := named(path.Join(path.Dir(w.text.file), file)); t != nil {
			return t
		}
	}
	for _, root := range []string{w.root, "content"} {
		if t := named(path.Join(root, file)); t != nil {
			return t
		}
	}
	var found *text
	file = strings.TrimPrefix(file, "/")
	for _, t := range w.texts {
		base := path.Base(t.file)
		if base == file || strings.TrimSuffix(base, path.Ext(base)) == file {
			if found != nil {
				return nil
			}
			found = t
		}
	}
	return found
}

// shortcode rewrites shortcodes of Hugo for which Markdown has a word.
func (w *rewriter) shortcode(start, end int, token string) bool {
	s, ok := shortcodeOf(strings.TrimSpace(token))
	if !ok || s.closing || s.liquid {
		return false
	}
	switch s.name {
	case "figure", "img", "image":
		address := cmp.Or(s.named("src"), s.word(0))
		way := w.resolve(address, true)
		caption := cmp.Or(s.named("caption"), s.named("title"))
		switch way.kind {
		case leads:
			title := ""
			if caption != "" {
				title = ` "` + strings.ReplaceAll(caption, `"`, "”") + `"`
			}
			w.replace(start, end, "!["+cmp.Or(s.named("alt"), caption)+"]("+way.address+title+")")
		case elsewhere:
			w.say(start, "picture", "a picture on another host is not shown, so that visitors talk to no other host; it became a link: %s", shown(address))
			w.replace(start, end, "["+cmp.Or(caption, s.named("alt"), hostOf(address))+"]("+address+")")
		default:
			w.comment(start, end, "%s", way.why)
		}
		return true
	case "youtube", "vimeo":
		id := cmp.Or(s.named("id"), s.word(0))
		address := map[string]string{"youtube": "https://www.youtube.com/watch?v=", "vimeo": "https://vimeo.com/"}[s.name] + id
		if id == "" || strings.ContainsAny(id, " ()<>\"") {
			return false
		}
		w.say(start, "video", "a video on another host is not shown, so that visitors talk to no other host; it became a link: %s", address)
		w.replace(start, end, "["+cmp.Or(s.named("title"), hostOf(address))+"]("+address+")")
		return true
	}
	return false
}

func (m *mover) stat(file string) (fs.FileInfo, error) { return fs.Stat(m.source, file) }
