package pages

import (
	"cmp"
	"net/url"
	"path"
	"slices"
	"strings"
)

// A forge is a kind of host of repositories, with its addresses for people who work in the
// browser. %b stands for the branch, %f for a file.
type forge struct {
	known        []string // parts of the names of hosts
	edit         string
	begin        string // a new file, its path and text filled in as far as the forge allows
	path, text   string // query keys of those
	issue        string
	title, words string // query keys of a new issue
}

// forges are those whose addresses are known; one that is not is taken for the first.
var forges = []forge{
	{
		edit: "/edit/%b/%f", begin: "/new/%b", path: "filename", text: "value",
		issue: "/issues/new", title: "title", words: "body",
	},
	{
		known: []string{"gitlab"}, edit: "/-/edit/%b/%f", begin: "/-/new/%b", path: "file_name",
		issue: "/-/issues/new", title: "issue[title]", words: "issue[description]",
	},
	{
		known: []string{"codeberg.org", "gitea", "forgejo"}, edit: "/_edit/%b/%f", begin: "/_new/%b", path: "filename", text: "value",
		issue: "/issues/new", title: "title", words: "body",
	},
	{
		known: []string{"bitbucket"}, edit: "/src/%b/%f?mode=edit",
	},
}

// forge is the kind of the repository's host.
func (b *builder) forge() (kind forge, repository string) {
	repository = strings.TrimSuffix(string(b.config.Repository.URL), "/")
	if u, err := url.Parse(repository); err == nil {
		for _, f := range forges[1:] {
			if slices.ContainsFunc(f.known, func(part string) bool { return strings.Contains(strings.ToLower(u.Host), part) }) {
				return f, repository
			}
		}
	}
	return forges[0], repository
}

// inRepository fills in an address of the forge for a file of the site.
func (b *builder) inRepository(pattern, file string) string {
	file = path.Join(string(b.config.Repository.Folder), file)
	return strings.NewReplacer("%b", escapePath(cmp.Or(b.config.Repository.Branch, "main")), "%f", escapePath(file)).Replace(pattern)
}

// editURL is where the repository's web editor opens a source file, or "".
func (b *builder) editURL(file string) string {
	f, repository := b.forge()
	if repository == "" || file == "" {
		return ""
	}
	return repository + b.inRepository(f.edit, file)
}

// reportURL is a new issue of the repository about a page, with its title and address filled
// in, or "".
func (e *edition) reportURL(p Page) string {
	f, repository := e.forge()
	if repository == "" || f.issue == "" {
		return ""
	}
	return repository + f.issue + "?" + url.Values{
		f.title: {e.words.Word("report.subject", "title", p.Title)},
		f.words: {e.words.Word("report.body", "address", cmp.Or(p.Canonical, "/"+p.Permalink))},
	}.Encode()
}

// mostTopics is how many topics the text of a new profile names: the address that holds the text
// may not be too long (GitHub takes 8 kB).
const mostTopics = 24

// addMentorURL is where the repository's web editor begins a profile, with a short text that
// explains itself, or "".
func (e *edition) addMentorURL() string {
	f, repository := e.forge()
	if repository == "" || f.begin == "" {
		return ""
	}
	query := url.Values{f.path: {path.Join(string(e.config.Repository.Folder), "content/mentors/"+e.words.Word("add.file")+".toml")}}
	if f.text != "" {
		query.Set(f.text, e.newProfile())
	}
	return repository + e.inRepository(f.begin, "") + "?" + strings.ReplaceAll(query.Encode(), "+", "%20")
}

// newProfile is the text that a profile begins with in the web editor: three fields, and the
// consent where the site asks for it.
func (e *edition) newProfile() string {
	var t strings.Builder
	note := func(words string) { t.WriteString("# " + strings.ReplaceAll(words, "\n", "\n# ") + "\n") }
	note(e.words.Word("add.note_file"))
	t.WriteByte('\n')
	note(e.words.Word("add.note_name"))
	t.WriteString("name = \"" + e.words.Word("add.name") + "\"\n\n")
	note(e.words.Word("add.note_headline"))
	t.WriteString("headline = \"\"\n\n")
	note(e.words.Word("add.note_topics"))
	if topics := e.topicIDs(); len(topics) > 0 {
		note(strings.Join(topics, ", "))
	}
	t.WriteString("help_with = []\n")
	if e.config.Privacy.RequireConsent {
		t.WriteByte('\n')
		note(e.words.Word("add.note_consent"))
		t.WriteString("[consent]\npublish = false\n")
	}
	return t.String()
}

func (e *edition) topicIDs() []string {
	vocabulary := e.Portal.Vocabulary("topics")
	if vocabulary == nil {
		return nil
	}
	var ids []string
	for _, term := range vocabulary.Terms[:min(len(vocabulary.Terms), mostTopics)] {
		ids = append(ids, term.ID)
	}
	return ids
}
