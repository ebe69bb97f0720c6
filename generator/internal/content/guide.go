package content

import (
	"github.com/stoa-portal/stoa/generator/internal/civil"
	"github.com/stoa-portal/stoa/generator/internal/schema"
)

// A Guide is the front matter of content/guides/**/<slug>.md.
type Guide struct {
	Title       string        `toml:"title" max:"160" translate:"yes" doc:"What the guide is called; absent: its first heading."`
	Description string        `toml:"description" elsewhere:"summary,excerpt,intro" max:"300" translate:"yes" doc:"One or two sentences for lists and search engines."`
	Audience    []string      `toml:"audience" enum:"mentor,mentee,coordinator" doc:"For whom it is written."`
	Stages      []string      `toml:"stages" max:"80" ref:"vocabulary/stages" doc:"Stages of study or career it is for."`
	Skills      []string      `toml:"skills" max:"80" ref:"vocabulary/skills" doc:"Skills it is about."`
	Programs    []string      `toml:"programs" ref:"programs" doc:"Programs it belongs to, by id."`
	Order       int           `toml:"order" elsewhere:"weight,sidebar_position,nav_order,sort" min:"-1000000" doc:"Place in its section; guides without one follow by title."`
	Updated     civil.Date    `toml:"updated" elsewhere:"date,lastmod,last_update,modified" translate:"yes" doc:"The day it was last gone over."`
	Authors     []string      `toml:"authors" elsewhere:"author,by" items:"20" max:"120" translate:"yes" doc:"Who wrote it."`
	Draft       bool          `toml:"draft" translate:"yes" doc:"Left out, except with --drafts."`
	Aliases     []string      `toml:"aliases" elsewhere:"redirect_from,redirects" items:"20" translate:"yes" doc:"Old paths that lead here."`
	Slug        schema.ID     `toml:"slug" elsewhere:"url,permalink,path" translate:"yes" doc:"Last part of the address, when it is not the file's name."`
	TOC         *bool         `toml:"toc" elsewhere:"table_of_contents" doc:"Whether to show a table of contents; absent: as config.toml says."`
	Licence     string        `toml:"licence" elsewhere:"license" max:"160" translate:"yes" doc:"Licence of the text, such as CC BY 4.0."`
	Downloads   []Download    `toml:"downloads" items:"40" translate:"yes" doc:"Files to go with it."`
	Image       schema.Path   `toml:"image" elsewhere:"cover,thumbnail,og_image,banner" translate:"yes" doc:"Picture for previews of links: beside the file, or \"/x\" in static."`
	ImageAlt    string        `toml:"image_alt" max:"300" translate:"yes" doc:"What that picture shows."`
	Related     []schema.Path `toml:"related" items:"20" doc:"Guides to read next, as paths relative to this file."`
	Extra       Free          `toml:"extra" translate:"yes" doc:"Free keys for themes."`
}

// A Download is a file to go with a guide.
type Download struct {
	Title string      `toml:"title" required:"yes" max:"160" doc:"What it is called."`
	File  schema.Path `toml:"file" required:"yes" doc:"The file, beside the guide, or \"/x\" in static."`
}

// A Page is the front matter of content/index.md, of a plain page, and of the _index.md
// that introduces a section or a list.
type Page struct {
	Title       string     `toml:"title" max:"160" translate:"yes" doc:"What the page is called; absent: its first heading."`
	Tagline     string     `toml:"tagline" max:"200" translate:"yes" doc:"Home page: the sentence under the title."`
	Description string     `toml:"description" elsewhere:"summary,excerpt,intro" max:"300" translate:"yes" doc:"One or two sentences for search engines."`
	Actions     []Action   `toml:"actions" items:"6" translate:"yes" doc:"Home page: what a visitor may do first."`
	Order       int        `toml:"order" elsewhere:"weight,sidebar_position,nav_order,sort" min:"-1000000" doc:"Section: its place among the sections."`
	Updated     civil.Date `toml:"updated" elsewhere:"date,lastmod,last_update,modified" translate:"yes" doc:"The day it was last gone over."`
	Draft       bool       `toml:"draft" translate:"yes" doc:"Left out, except with --drafts."`
	Aliases     []string   `toml:"aliases" elsewhere:"redirect_from,redirects" items:"20" translate:"yes" doc:"Old paths that lead here."`
	Slug        schema.ID  `toml:"slug" elsewhere:"url,permalink,path" translate:"yes" doc:"Plain page: last part of the address, when it is not the file's name."`
	TOC         *bool      `toml:"toc" elsewhere:"table_of_contents" doc:"Whether to show a table of contents; absent: as config.toml says."`
	Extra       Free       `toml:"extra" translate:"yes" doc:"Free keys for themes."`
}

// An Action is a button of the home page.
type Action struct {
	Label string      `toml:"label" required:"yes" max:"80" doc:"What it says."`
	URL   schema.Link `toml:"url" required:"yes" doc:"Where it leads: \"/mentors/\", or a web address."`
}
