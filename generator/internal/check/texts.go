package check

import (
	"fmt"
	"maps"
	"path"
	"reflect"
	"slices"
	"strings"

	"github.com/stoa-portal/stoa/generator/internal/content"
	"github.com/stoa-portal/stoa/generator/internal/diag"
	"github.com/stoa-portal/stoa/generator/internal/fold"
	"github.com/stoa-portal/stoa/generator/internal/markdown"
	"github.com/stoa-portal/stoa/generator/internal/portal"
	"github.com/stoa-portal/stoa/generator/internal/schema"
)

// A text is one value that an author wrote, or the Markdown below a front matter.
type text struct {
	kind   string // of the file: "mentor", "guide", …
	file   string // path from the site's folder
	path   string // of the value, such as "links[0].url"; "" for a body
	value  string
	type_  reflect.Type
	locate func(offset int) diag.Place

	document *markdown.Document // of Markdown, else nil
}

// address tells whether the text is one as a whole.
func (t *text) address() bool {
	return t.type_ == reflect.TypeFor[schema.URL]() || t.type_ == reflect.TypeFor[schema.Link]()
}

// textsOf lists all that the portal publishes of its authors' words, in every language.
func textsOf(p *portal.Portal) []text {
	var texts []text
	for _, m := range p.Mentors {
		texts = addTexts(texts, "mentor", m.Record)
	}
	for _, r := range p.Programs {
		texts = addTexts(texts, "program", r.Record)
	}
	for _, g := range p.Guides.All() {
		texts = addTexts(texts, "guide", g.Record)
	}
	for _, r := range p.Goals {
		texts = addTexts(texts, "goal", r)
	}
	for _, r := range p.Worksheets {
		texts = addTexts(texts, "worksheet", r)
	}
	for _, r := range slices.Concat(p.Pages, p.Intros) {
		texts = addTexts(texts, "page", r)
	}
	if p.Home != nil {
		texts = addTexts(texts, "page", p.Home)
	}
	return texts
}

// addTexts adds those of a record and of its translations. What a translation takes from its
// source is there once.
func addTexts[T any](texts []text, kind string, r *content.Record[T]) []text {
	said := map[string]string{}
	add := func(r *content.Record[T]) {
		collect(reflect.ValueOf(&r.Value).Elem(), "", func(path string, v reflect.Value) {
			if v.Len() == 0 || said[path] == v.String() {
				return
			}
			if r.Lang == "" {
				said[path] = v.String()
			}
			t := text{kind: kind, file: r.File, path: path, value: v.String(), type_: v.Type(), locate: r.Locate(path)}
			if v.Type() == reflect.TypeFor[content.Markdown]() {
				t.document = markdown.Parse(markdown.Source{File: r.File, Text: t.value, Locate: t.locate}, markdown.Options{})
			}
			texts = append(texts, t)
		})
		if strings.TrimSpace(r.Body) == "" || said[""] == r.Body {
			return
		}
		if r.Lang == "" {
			said[""] = r.Body
		}
		at := r.BodyPlace()
		body := r.Body
		t := text{kind: kind, file: at.File, value: body, type_: reflect.TypeFor[content.Markdown]()}
		t.locate = func(offset int) diag.Place { return below(at, diag.PlaceAt(at.File, []byte(body), offset)) }
		t.document = markdown.Parse(markdown.Source{File: at.File, Line: at.Line, Column: at.Column, Text: body}, markdown.Options{})
		texts = append(texts, t)
	}
	add(r)
	for _, lang := range slices.Sorted(maps.Keys(r.Translations)) {
		add(r.Translations[lang])
	}
	return texts
}

// below is the place in a file of a place in a text that begins at a place of that file.
func below(start, inside diag.Place) diag.Place {
	if inside.Line == 1 {
		inside.Column += max(start.Column, 1) - 1
	}
	inside.Line += max(start.Line, 1) - 1
	return inside
}

// collect visits every text of a value with its path.
func collect(v reflect.Value, path string, visit func(path string, v reflect.Value)) {
	switch v.Kind() {
	case reflect.String:
		visit(path, v)
	case reflect.Struct:
		for i := range v.NumField() {
			if key := v.Type().Field(i).Tag.Get("toml"); key != "" {
				collect(v.Field(i), strings.TrimPrefix(path+"."+key, "."), visit)
			}
		}
	case reflect.Slice:
		for i := range v.Len() {
			collect(v.Index(i), fmt.Sprintf("%s[%d]", path, i), visit)
		}
	case reflect.Map:
		for _, key := range v.MapKeys() {
			collect(v.MapIndex(key), path+"."+key.String(), visit)
		}
	case reflect.Interface:
		collect(v.Elem(), path, visit)
	}
}

// vague are words that do not tell where a link leads, folded, in the languages that sites
// of universities are most often in.
var vague = map[string]bool{}

func init() {
	for _, words := range []string{
		"here", "click here", "this", "this link", "this page", "link", "more", "read more", "learn more", "see more", "more info", "more information", "details", "continue", "go", "website", "page",
		"aqui", "pulse aqui", "haga clic aqui", "clic aqui", "mas", "leer mas", "ver mas", "mas informacion", "este enlace", "enlace", "esta pagina",
		"hier", "hier klicken", "klicken sie hier", "mehr", "weiterlesen", "mehr erfahren", "mehr lesen", "dieser link", "diese seite",
		"ici", "cliquez ici", "cliquer ici", "en savoir plus", "lire la suite", "plus", "ce lien", "lien", "cette page",
		"clique aqui", "saiba mais", "leia mais", "mais", "ler mais", "este link", "qui", "clicca qui", "leggi di piu", "scopri di piu",
		"lees meer", "meer", "klik hier", "la mer", "her", "klikk her", "klikka har", "har", "las mer", "tutaj", "kliknij tutaj", "wiecej", "zde", "kliknete zde", "vice",
		"здесь", "нажмите здесь", "подробнее", "далее", "тут", "ссылка", "هنا", "اضغط هنا", "المزيد", "اقرأ المزيد", "这里", "点击这里", "更多", "查看更多", "こちら", "ここ", "ここをクリック", "詳細", "続きを読む", "여기", "더 보기",
	} {
		vague[fold.Key(words)] = true
	}
}

// vagueLinks finds links whose words say nothing to somebody who hears them in a list.
func vagueLinks(s *site, problems *diag.List) {
	for _, t := range s.texts {
		if t.document == nil {
			continue
		}
		for _, link := range t.document.Links() {
			words := strings.Trim(fold.Key(link.Text), " .!…:»>→")
			if vague[words] {
				problems.Warnf(link.Place, "vague-link", "the words %q do not say where this link leads: name it, since people who hear links read out in a list hear nothing else", link.Text)
			}
		}
	}
}

// orphanGuides finds guides that only somebody who reads the whole list would find.
func orphanGuides(s *site, problems *diag.List) {
	found := map[string]bool{} // ids, and addresses under /guides/
	all := s.Guides.All()
	lead := func(folder, address string) {
		if id, ok := strings.CutPrefix(path.Join(folder, address), "guides/"); ok {
			id, _, _ = strings.Cut(id, ".") // language and extension
			found[id] = true
		}
	}
	for _, t := range s.texts {
		folder := path.Dir(strings.TrimPrefix(t.file, "content/"))
		if t.document != nil {
			for _, link := range t.document.Links() {
				switch link.Kind {
				case markdown.Relative:
					lead(folder, link.Path)
				case markdown.Site:
					lead("", strings.TrimPrefix(link.Path, "/"))
				}
			}
		}
		if t.address() && strings.HasPrefix(t.value, "/") {
			lead("", strings.TrimPrefix(t.value, "/"))
		}
		if t.kind == "guide" && strings.HasPrefix(t.path, "related[") {
			lead(folder, t.value)
		}
	}
	for _, item := range slices.Concat(s.Config.Menu.Main, s.Config.Menu.Footer) {
		lead("", strings.TrimPrefix(string(item.URL), "/"))
	}
	for _, program := range s.Programs {
		for _, id := range program.Value.Guides {
			found[id] = true
		}
		for _, week := range program.Value.Weeks {
			found[week.Guide] = true
		}
	}
	for _, goal := range s.Goals {
		for _, id := range goal.Value.Guides {
			found[id] = true
		}
	}
	for _, g := range all {
		named := len(g.Value.Stages) > 0 || len(g.Value.Skills) > 0 || len(g.Value.Programs) > 0
		address := path.Join(path.Dir(g.ID), string(g.Value.Slug))
		if !found[g.ID] && !found[address] && !named && len(all) > 1 {
			problems.Warnf(g.Place("title"), "orphan-guide", "nothing but the list of its section leads to this guide: link to it from another one, or name it in a program or goal")
		}
	}
}
