package generator

import (
	"bytes"
	"fmt"
	"maps"
	"math/rand/v2"
	"path"
	"regexp"
	"slices"
	"strings"

	"github.com/stoa-portal/stoa/generator/internal/corpus"
)

// An editor is a team of people who change every kind of file of a site, now and then
// breaking something. What it does follows from its seed.
type editor struct {
	*rand.Rand
	files  tree
	good   tree // the files when the site was last sound
	broken int  // steps since then
	serial int
	day    int // since the tests' day
	config map[string]bool
}

// newEditor begins with a small invented portal.
func newEditor(seed uint64) *editor {
	e := &editor{Rand: rand.New(rand.NewPCG(seed, 17)), files: tree{}, config: map[string]bool{"es": true}}
	kept := map[string]int{}
	limits := map[string]int{"content/programs": 2, "content/goals": 3, "content/worksheets": 3}
	references := regexp.MustCompile(`(?m)^(goals|worksheets|worksheet|programs) = .*\n`)
	for file, data := range corpus.Files(corpus.Options{Mentors: 7, Guides: 8, Seed: seed}) {
		folder := path.Dir(file)
		if kept[folder]++; limits[folder] > 0 && kept[folder] > limits[folder] {
			continue
		}
		if strings.HasSuffix(file, ".toml") && folder != "content/vocabulary" {
			data = references.ReplaceAll(data, nil)
		}
		e.files[file] = data
	}
	e.writeConfig()
	e.put("content/static/a.txt", "a\n")
	for range 5 {
		e.mentor()
		e.put("content/guides/trust/"+e.id("guide")+".md", "# A guide\n\n"+e.embed()+e.embed())
	}
	e.good = maps.Clone(e.files)
	return e
}

// step makes one change of some kind of file and says which.
func (e *editor) step() string {
	if e.broken > 2 {
		e.files = maps.Clone(e.good)
		return "everything back to the last sound state"
	}
	if len(e.files) > 160 {
		for range 15 {
			e.remove("content/" + choice(e, "mentors", "mentors", "guides", "worksheets") + "/")
		}
		return "a great tidying"
	}
	kinds := []struct {
		weight int
		name   string
		edit   func()
	}{
		{20, "a word", e.word},
		{12, "mentor", e.mentor},
		{8, "mentor again", func() { e.rewrite("content/mentors/", ".toml", e.profile) }},
		{4, "mentor gone", func() { e.remove("content/mentors/") }},
		{4, "mentor renamed", func() { e.rename("content/mentors/") }},
		{5, "translation of a mentor", e.translation},
		{6, "photo", e.photo},
		{10, "guide", e.guide},
		{6, "guide again", func() { e.rewrite("content/guides/", ".md", e.article) }},
		{4, "guide gone", func() { e.remove("content/guides/") }},
		{4, "guide renamed", func() { e.rename("content/guides/") }},
		{4, "section", e.section},
		{5, "goal", func() { e.put("content/goals/"+e.id("goal")+".toml", e.goal()) }},
		{2, "goal gone", func() { e.remove("content/goals/") }},
		{5, "worksheet", func() { e.put("content/worksheets/"+e.id("worksheet")+".toml", e.worksheet()) }},
		{2, "worksheet gone", func() { e.remove("content/worksheets/") }},
		{4, "program", func() { e.put("content/programs/"+e.id("program")+".toml", e.program()) }},
		{1, "program gone", func() { e.remove("content/programs/") }},
		{7, "vocabulary", e.vocabulary},
		{5, "page", e.page},
		{4, "static", e.static},
		{9, "config", e.setting},
		{7, "theme", e.theme},
		{4, "break", e.damage},
		{3, "mend", e.mend},
		{3, "day", func() { e.day += 1 + e.IntN(40) }},
	}
	total := 0
	for _, k := range kinds {
		total += k.weight
	}
	n := e.IntN(total)
	for _, k := range kinds {
		if n -= k.weight; n < 0 {
			k.edit()
			return k.name
		}
	}
	return ""
}

// settled tells the editor what came of its last change.
func (e *editor) settled(sound bool) {
	if sound {
		e.good, e.broken = maps.Clone(e.files), 0
	} else {
		e.broken++
	}
}

func (e *editor) put(path, text string) { e.files[path] = []byte(text) }

func (e *editor) maybe(chance int) bool { return e.IntN(100) < chance }

func (e *editor) id(kind string) string {
	e.serial++
	return fmt.Sprintf("%s-%d", kind, e.serial)
}

// paths are the files of a folder with an ending, sorted.
func (e *editor) paths(folder, ending string) []string {
	var list []string
	for path := range e.files {
		if strings.HasPrefix(path, folder) && strings.HasSuffix(path, ending) {
			list = append(list, path)
		}
	}
	slices.Sort(list)
	return list
}

func (e *editor) any(folder, ending string) string {
	list := e.paths(folder, ending)
	if len(list) == 0 {
		return ""
	}
	return list[e.IntN(len(list))]
}

func choice[T any](e *editor, from ...T) T { return from[e.IntN(len(from))] }

func (e *editor) rewrite(folder, ending string, text func(string) string) {
	if file := e.any(folder, ending); file != "" && !strings.Contains(path.Base(file), "_index") && !strings.Contains(file, ".es.") {
		e.put(file, text(file))
	}
}

func (e *editor) remove(folder string) { delete(e.files, e.any(folder, "")) }

// rename moves a file, mostly with what lies beside it under the same name.
func (e *editor) rename(folder string) {
	file := e.any(folder, "")
	if file == "" {
		return
	}
	stem, _, _ := strings.Cut(path.Base(file), ".")
	old, name := path.Dir(file)+"/"+stem, path.Dir(file)+"/"+e.id("moved")
	together := e.maybe(85)
	for _, other := range e.paths(old+".", "") {
		if other == file || together {
			e.files[name+strings.TrimPrefix(other, old)] = e.files[other]
			delete(e.files, other)
		}
	}
}

// terms are ids of a vocabulary, of which so many in a hundred are unknown words.
func (e *editor) terms(name string, n, unknown int) string {
	var words []string
	for _, match := range termID.FindAllSubmatch(e.files["content/vocabulary/"+name+".toml"], -1) {
		words = append(words, string(match[1]))
	}
	var picked []string
	for range n {
		if len(words) == 0 || e.maybe(unknown) {
			picked = append(picked, choice(e, "Basket weaving", "C++", "C#", "ஓவியம்"))
		} else {
			// Mostly the same few, so that what one file says shows on pages of others.
			picked = append(picked, words[e.IntN(choice(e, min(3, len(words)), len(words)))])
		}
	}
	return quoted(picked...)
}

var termID = regexp.MustCompile(`(?m)^id = "(.*)"`)

func quoted(words ...string) string {
	list := make([]string, len(words))
	for i, word := range words {
		list[i] = fmt.Sprintf("%q", word)
	}
	return "[" + strings.Join(list, ", ") + "]"
}

// references are ids of records of a kind, seldom one that is not there.
func (e *editor) references(kind string, n int) string {
	var ids []string
	for range n {
		file := e.any("content/"+kind+"/", "")
		stem, _, _ := strings.Cut(strings.TrimPrefix(file, "content/"+kind+"/"), ".")
		if file == "" || strings.HasSuffix(stem, "_index") {
			continue
		}
		if e.maybe(1) {
			stem = "nowhere"
		}
		ids = append(ids, stem)
	}
	return quoted(ids...)
}

// setting turns one thing of config.toml on or off.
func (e *editor) setting() {
	name := choice(e, "es", "title", "name order", "small pages", "facets", "hide", "consent", "omit", "email", "form", "noindex",
		"base", "brand", "menu", "fields", "private field", "redirect", "no base", "toc", "repository", "es menu", "feeds", "params", "unavailable")
	e.config[name] = !e.config[name]
	e.writeConfig()
}

func (e *editor) writeConfig() {
	on := e.config
	var b strings.Builder
	line := func(name, text string) {
		if on[name] {
			b.WriteString(text + "\n")
		}
	}
	if on["title"] {
		b.WriteString("title = \"Another Title\"\n")
	} else {
		b.WriteString("title = \"Northgate\"\n")
	}
	switch {
	case on["no base"]:
	case on["base"]:
		b.WriteString("base_url = \"https://example.org/a/b/\"\n")
	default:
		b.WriteString("base_url = \"https://example.org/\"\n")
	}
	line("params", "[params]\ncolour = \"green\"")
	b.WriteString("[directory]\n")
	line("name order", "order = \"name\"")
	line("small pages", "per_page = 4")
	line("facets", `facets = ["topics", "skills", "availability"]`)
	line("unavailable", "hide_unavailable = true")
	b.WriteString("[privacy]\n")
	line("consent", "require_consent = true")
	line("omit", `omit = ["department", "location.city", "photo"]`)
	line("email", "show_email = true")
	line("noindex", "index = false")
	line("hide", "[review]\nevery = \"3 months\"\non_overdue = \"hide\"")
	line("toc", "[markdown]\ntoc = false")
	line("feeds", "[feeds]\nmentors = false\nlimit = 3")
	line("repository", "[repository]\nurl = \"https://example.com/us/portal\"")
	if on["form"] {
		b.WriteString("[request]\nmethod = \"form\"\nendpoint = \"https://forms.example.org/ask\"\norigins = [\"https://meet.example.org\"]\n")
	} else {
		b.WriteString("[request]\nmethod = \"email\"\naddress = \"office@example.org\"\n")
	}
	line("brand", "[brand]\naccent = \"#7a1f3d\"")
	line("fields", "[fields.college]\ntype = \"choice\"\nlabel = \"College\"\noptions = [\"North\", \"South\"]\nfacet = true")
	line("private field", "[fields.notes]\ntype = \"text\"\npublic = false")
	line("menu", "[[menu.main]]\nlabel = \"People\"\nurl = \"/mentors/\"\n[[menu.main]]\nlabel = \"About\"\nurl = \"/about/\"")
	line("redirect", "[[redirects]]\nfrom = \"/people/\"\nto = \"/mentors/\"")
	line("es", "[languages.es]\ntitle = \"Portal\"\nlabel = \"Español\"")
	if on["es"] {
		line("es menu", "[[languages.es.menu.main]]\nlabel = \"Personas\"\nurl = \"/mentors/\"")
	}
	e.put("config.toml", b.String())
}

// theme lays files over the default theme, or takes them away.
func (e *editor) theme() {
	overrides := map[string]string{
		"components/mentor-card/mentor-card.css":   ".mentor-card { color: rgb(%d 0 0) }\n",
		"components/mentor-card/mentor-card.html":  `<article class="own-%d"><a href="{{url .URL}}">{{.Name}}</a></article>` + "\n",
		"components/goal-card/goal-card.html":      `<p class="own-%d"><a href="{{url .URL}}">{{.Title}}</a> {{range .Skills}}{{.Label}} {{end}}</p>` + "\n",
		"assets/tokens.css":                        ":root { --own: %d }\n",
		"assets/extra-%d.txt":                      "more\n",
		"layouts/term.html":                        `{{define "main"}}<h1 class="own-%d">{{.Term.Label}}</h1>{{range .Cards}}{{.HTML}}{{end}}{{end}}` + "\n",
		"i18n/es.toml":                             "[title]\nmentors = \"Personas %d\"\n",
		"i18n/en.toml":                             "[title]\nmentors = \"People %d\"\n",
		"components/prose/prose.css":               "p { margin: %dpx }\n",
		"layouts/page.html":                        `{{define "main"}}<h1 class="own-%d">{{.Title}}</h1>{{.Body.HTML}}{{end}}` + "\n",
		"components/program-status/strange-%d.css": "p {}\n",
	}
	names := slices.Sorted(maps.Keys(overrides))
	name := names[e.IntN(len(names))]
	file := "themes/default/" + name
	if strings.Contains(name, "%d") {
		file = fmt.Sprintf(file, e.IntN(3))
	}
	if _, there := e.files[file]; there && e.maybe(50) {
		delete(e.files, file)
		return
	}
	text := overrides[name]
	if strings.Contains(text, "%d") {
		text = fmt.Sprintf(text, e.IntN(50))
	}
	e.put(file, text)
}

// word changes a few words of a file, and nothing else.
func (e *editor) word() {
	file := e.any("content/"+choice(e, "mentors", "mentors", "guides", "goals", "worksheets", "programs", "vocabulary", ""), "")
	lines := words.FindAllIndex(e.files[file], -1)
	if len(lines) == 0 {
		return
	}
	at := lines[e.IntN(len(lines))]
	text := e.files[file]
	e.files[file] = slices.Concat(text[:at[0]], words.ReplaceAll(text[at[0]:at[1]], fmt.Appendf(nil, "$1 = \"%s\"", e.id("Word"))), text[at[1]:])
}

var words = regexp.MustCompile(`(?m)^(title|headline|summary|label|description|department|question) = ".*"$`)

// damage breaks a file.
func (e *editor) damage() {
	files := slices.Sorted(maps.Keys(e.files))
	file := files[e.IntN(len(files))]
	data := e.files[file]
	switch e.IntN(4) {
	case 0:
		e.files[file] = data[:len(data)/2]
	case 1:
		e.files[file] = append(bytes.Clone(data), "\nunheard_of = = 3\n[link](nowhere.md) <script>\n"...)
	case 2:
		e.put(file, "")
	default:
		e.put("content/mentors/"+e.id("odd")+".tml", "name = 3")
	}
}

// mend gives one changed file its last sound text.
func (e *editor) mend() {
	for _, path := range slices.Sorted(maps.Keys(e.files)) {
		if old, ok := e.good[path]; !ok {
			delete(e.files, path)
			return
		} else if !bytes.Equal(old, e.files[path]) {
			e.files[path] = old
			return
		}
	}
}
