package migrate

import (
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"

	"github.com/BurntSushi/toml"
	"go.yaml.in/yaml/v4"

	"github.com/stoa-portal/stoa/generator/internal/diag"
)

// A system is a generator that guides are moved from, with what its settings say of them.
type system struct {
	name string

	routes      []string            // Docusaurus: what addresses of the texts may begin with, "docs" or "", the likeliest first
	permalink   string              // Jekyll: the pattern of the addresses of pages and posts
	collections map[string]string   // Jekyll: collections with a pattern of their own, or ""
	flat        bool                // MkDocs: addresses end in .html (use_directory_urls: false)
	nav         map[string]navEntry // MkDocs: by path of the text below the root
	redirects   map[string]string   // MkDocs: old path to new one, both below the root
}

// A navEntry is a text's place in a navigation.
type navEntry struct {
	order  float64
	title  string
	groups []string // titles of the groups it is in
}

const (
	docusaurus = "Docusaurus"
	mkdocs     = "MkDocs"
	hugo       = "Hugo"
	jekyll     = "Jekyll"
	plain      = "Markdown"
)

// settingsFiles are the files by which a generator's project is known.
var settingsFiles = []struct {
	name, file string
}{
	{docusaurus, "docusaurus.config.js"}, {docusaurus, "docusaurus.config.ts"}, {docusaurus, "docusaurus.config.mjs"}, {docusaurus, "docusaurus.config.cjs"},
	{mkdocs, "mkdocs.yml"}, {mkdocs, "mkdocs.yaml"},
	{hugo, "hugo.toml"}, {hugo, "hugo.yaml"}, {hugo, "hugo.yml"}, {hugo, "hugo.json"}, {hugo, "config/_default/hugo.toml"}, {hugo, "config/_default/config.toml"},
	{jekyll, "_config.yml"}, {jekyll, "_config.yaml"}, {jekyll, "_config.toml"},
}

// Signs by which a folder without settings is known, the surest first.
var signs = []struct {
	name string
	file *regexp.Regexp // a path
	text *regexp.Regexp // something in a text
}{
	{docusaurus, regexp.MustCompile(`(^|/)_category_\.(json|ya?ml)$|\.mdx$`), nil},
	{jekyll, regexp.MustCompile(`(^|/)_(docs|guides|posts|pages)/`), nil},
	{hugo, regexp.MustCompile(`(^|/)_index\.md$`), nil},
	{hugo, nil, regexp.MustCompile(`\{\{[<%] `)},
	{jekyll, nil, regexp.MustCompile(`(?m)^(layout|permalink|nav_order): |\{% (link|include|raw|highlight|post_url) |\{\{ *site\.`)},
	{docusaurus, nil, regexp.MustCompile(`(?m)^(sidebar_position|sidebar_label): |^:::[a-z]+`)},
	{mkdocs, nil, regexp.MustCompile(`(?m)^(!!!|\?\?\?\+?) [a-z]+`)},
}

// detect finds the generator that the folder was written for.
func (m *mover) detect() *system {
	for _, s := range settingsFiles {
		if m.files[s.file] {
			return &system{name: s.name}
		}
	}
	if m.files["config.toml"] && m.below("content") {
		return &system{name: hugo}
	}
	for _, sign := range signs {
		for file := range m.files {
			switch {
			case sign.file != nil && sign.file.MatchString(file):
				return &system{name: sign.name}
			case sign.text != nil && isText(file):
				if data, err := fs.ReadFile(m.source, file); err == nil && sign.text.Match(data) {
					return &system{name: sign.name}
				}
			}
		}
	}
	return &system{name: plain}
}

// below tells whether there are texts in a folder.
func (m *mover) below(folder string) bool {
	for file := range m.files {
		if isText(file) && strings.HasPrefix(file, folder+"/") {
			return true
		}
	}
	return false
}

// settings reads what the generator's settings say of its texts.
func (m *mover) settings() {
	m.root, m.hosts = ".", map[string]bool{}
	folder := ""
	switch m.system.name {
	case docusaurus:
		folder, m.static = "docs", []string{"static"}
		m.docusaurusSettings()
	case mkdocs:
		folder = m.mkdocsSettings()
		m.static = []string{folder}
	case hugo:
		folder, m.static = "content", []string{"static", "assets"}
		m.host(m.settingsOf("hugo.toml", "hugo.yaml", "hugo.yml", "hugo.json", "config.toml", "config/_default/hugo.toml", "config/_default/config.toml")["baseURL"])
	case jekyll:
		m.jekyllSettings()
	default:
		folder = "docs"
	}
	if folder != "" && m.below(folder) {
		m.root = folder
	}
	if m.system.name == hugo && m.root == "content" {
		m.root = m.onlyFolder(m.root)
	}
	m.static = append(m.static, ".", m.root)
	others := map[string]int{}
	for file := range m.files {
		if isText(file) && !m.system.holds(m, file) && !about[strings.ToLower(path.Base(file))] {
			top, _, nested := strings.Cut(file, "/")
			if !nested || m.root != "." && strings.HasPrefix(file, m.root+"/") {
				top = file
			}
			others[top]++
		}
	}
	for top, n := range others {
		if isText(top) {
			m.notes.Warnf(diag.Place{File: top}, "not-carried", "this is not one of the guides: put its text where it belongs yourself")
		} else {
			m.notes.Warnf(diag.Place{File: top}, "not-carried", "the Markdown files in this folder (%d) are not among the guides: bring the folder in by itself, if you want them", n)
		}
	}
}

// about are files about a repository, which are no guides.
var about = map[string]bool{
	"readme.md": true, "license.md": true, "licence.md": true, "contributing.md": true, "changelog.md": true, "code_of_conduct.md": true, "security.md": true, "404.md": true,
}

// onlyFolder is the folder docs or guides, when all texts but the home page are in it.
func (m *mover) onlyFolder(root string) string {
	for _, name := range []string{"docs", "guides"} {
		only := true
		for file := range m.files {
			if isText(file) && strings.HasPrefix(file, root+"/") && path.Dir(file) != root && !strings.HasPrefix(file, root+"/"+name+"/") {
				only = false
			}
		}
		if only && m.below(root+"/"+name) {
			return root + "/" + name
		}
	}
	return root
}

// holds tells whether a text is one of the guides.
func (s *system) holds(m *mover, file string) bool {
	inside := file
	if m.root != "." {
		var ok bool
		if inside, ok = strings.CutPrefix(file, m.root+"/"); !ok {
			return false
		}
	}
	top, _, nested := strings.Cut(inside, "/")
	switch s.name {
	case docusaurus: // what begins with _ is a part of other pages
		return !strings.HasPrefix(inside, "_") && !strings.Contains(inside, "/_")
	case jekyll:
		if len(s.collections) == 0 {
			return !strings.HasPrefix(top, "_") && (nested || !about[strings.ToLower(top)])
		}
		_, ok := s.collections[strings.TrimPrefix(top, "_")]
		return nested && strings.HasPrefix(top, "_") && ok
	}
	return true
}

// settingsOf reads the first of these files that there is: YAML, JSON or TOML.
func (m *mover) settingsOf(names ...string) map[string]any {
	for _, name := range names {
		if !m.files[name] {
			continue
		}
		data, err := fs.ReadFile(m.source, name)
		if err != nil {
			continue
		}
		if path.Ext(name) == ".toml" {
			values := map[string]any{}
			if _, err := toml.Decode(string(data), &values); err != nil {
				m.notes.Warnf(diag.Place{File: name}, "syntax", "these settings cannot be read (%s), so nothing was taken from them", firstSentence(err))
			}
			return values
		}
		var document yaml.Node
		if err := yaml.Load(data, &document); err != nil {
			at, words := yamlFault(err)
			m.notes.Warnf(diag.Place{File: name, Line: at}, "syntax", "these settings cannot be read (%s), so nothing was taken from them", words)
			return nil
		}
		if len(document.Content) > 0 {
			if values, ok := yamlValue(document.Content[0], 0).(map[string]any); ok {
				return values
			}
		}
	}
	return nil
}

// host notes an address of the old site: links to it are links to its pages.
func (m *mover) host(address any) {
	text, _ := address.(string)
	if _, rest, ok := strings.Cut(text, "://"); ok {
		host, _, _ := strings.Cut(rest, "/")
		m.hosts[strings.ToLower(host)] = true
	}
}

var (
	docusaurusURL   = regexp.MustCompile(`(?m)^\s*url:\s*['"]([^'"]+)['"]`)
	docusaurusRoute = regexp.MustCompile(`routeBasePath:\s*['"]([^'"]*)['"]`)
)

// docusaurusSettings reads from a program what can be read without running it.
func (m *mover) docusaurusSettings() {
	m.system.routes = []string{"docs", ""}
	for _, s := range settingsFiles {
		if s.name != docusaurus || !m.files[s.file] {
			continue
		}
		data, err := fs.ReadFile(m.source, s.file)
		if err != nil {
			continue
		}
		if match := docusaurusURL.FindSubmatch(data); match != nil {
			m.host(string(match[1]))
		}
		m.system.routes = []string{"docs"}
		if match := docusaurusRoute.FindSubmatch(data); match != nil {
			m.system.routes = []string{strings.Trim(string(match[1]), "/")}
		}
	}
	for _, name := range []string{"sidebars.js", "sidebars.ts"} {
		if data, err := fs.ReadFile(m.source, name); err == nil && !strings.Contains(string(data), "autogenerated") {
			m.notes.Warnf(diag.Place{File: name}, "not-carried", "the order of the sidebar stands in a program, which is not run: give the guides an order yourself")
		}
	}
}

// mkdocsSettings gives the folder of the texts.
func (m *mover) mkdocsSettings() string {
	values := m.settingsOf("mkdocs.yml", "mkdocs.yaml")
	m.host(values["site_url"])
	if pretty, ok := values["use_directory_urls"].(bool); ok {
		m.system.flat = !pretty
	}
	m.system.nav, m.system.redirects = map[string]navEntry{}, map[string]string{}
	nav, _ := values["nav"].([]any)
	m.readNav(nav, nil)
	plugins, _ := values["plugins"].([]any)
	for _, plugin := range plugins {
		table, _ := plugin.(map[string]any)
		redirects, _ := table["redirects"].(map[string]any)
		maps, _ := redirects["redirect_maps"].(map[string]any)
		for from, to := range maps {
			if to, ok := to.(string); ok {
				m.system.redirects[from] = to
			}
		}
	}
	if folder, ok := values["docs_dir"].(string); ok {
		return path.Clean(folder)
	}
	return "docs"
}

func (m *mover) readNav(items []any, groups []string) {
	for _, item := range items {
		switch item := item.(type) {
		case string:
			m.addNav(item, "", groups)
		case map[string]any:
			for title, value := range item {
				switch value := value.(type) {
				case string:
					m.addNav(value, title, groups)
				case []any:
					m.readNav(value, append(slices.Clone(groups), title))
				}
			}
		}
	}
}

func (m *mover) addNav(file, title string, groups []string) {
	if _, ok := m.system.nav[file]; !ok && !strings.Contains(file, "://") {
		m.system.nav[file] = navEntry{float64(len(m.system.nav) + 1), title, groups}
	}
}

func (m *mover) jekyllSettings() {
	values := m.settingsOf("_config.yml", "_config.yaml", "_config.toml")
	m.host(values["url"])
	m.system.permalink, _ = values["permalink"].(string)
	m.system.collections = map[string]string{}
	for file := range m.files {
		top, _, nested := strings.Cut(file, "/")
		if name := strings.TrimPrefix(top, "_"); nested && isText(file) && slices.Contains([]string{"_docs", "_guides", "_posts"}, top) {
			m.system.collections[name] = ""
		}
	}
	declare := func(name string, settings any) {
		table, _ := settings.(map[string]any)
		pattern, _ := table["permalink"].(string)
		if m.below("_" + name) {
			m.system.collections[name] = pattern
		}
	}
	switch collections := values["collections"].(type) {
	case map[string]any:
		for name, settings := range collections {
			declare(name, settings)
		}
	case []any:
		for _, name := range listOf(collections) {
			declare(name, nil)
		}
	}
}
