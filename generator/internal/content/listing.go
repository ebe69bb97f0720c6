package content

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"

	"github.com/stoa-portal/stoa/generator/internal/diag"
	"github.com/stoa-portal/stoa/generator/internal/digest"
	"github.com/stoa-portal/stoa/generator/internal/schema"
)

// folder is where content lives in the site's source folder.
const folder = "content"

// The kinds of source file, each with its folder under content/.
const (
	kindMentor     = "mentors"
	kindProgram    = "programs"
	kindGuide      = "guides"
	kindGoal       = "goals"
	kindWorksheet  = "worksheets"
	kindVocabulary = "vocabulary"
	kindPage       = "page"
	kindSection    = "section"
)

var folders = []string{kindMentor, kindProgram, kindGuide, kindGoal, kindWorksheet, kindVocabulary, "static"}

// reserved are the first segments of addresses that the site itself uses.
var reserved = []string{
	"mentors", "browse", "programs", "guides", "goals", "worksheets", "match", "request", "my", "search", "update", "api", "assets", "page",
}

// Reserved are the first segments of addresses that no page can have.
func Reserved() []string { return slices.Clone(reserved) }

// DeepestSection is how many folders guides may be in.
const DeepestSection = 4

var (
	pictures  = []string{".jpg", ".png", ".webp"}
	images    = []string{".jpg", ".jpeg", ".png", ".webp", ".gif", ".svg", ".avif"}
	documents = []string{
		".pdf", ".docx", ".xlsx", ".pptx", ".odt", ".ods", ".odp", ".rtf", ".txt", ".csv", ".ics", ".zip", ".epub",
		".mp3", ".mp4", ".ogg", ".webm", ".vtt",
	}
	languageLike = regexp.MustCompile(`^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$`)
)

// GoesWithGuides tells whether files with an extension, such as ".png", are published when they
// stand beside a guide.
func GoesWithGuides(ext string) bool {
	return slices.Contains(images, ext) || slices.Contains(documents, ext)
}

// A file is one source file of a record.
type file struct {
	path string
	lang string
	sum  digest.Sum // zero when not known before reading
}

// A group is a record's source file with its translations.
type group struct {
	kind, id     string
	base         file
	translations []file
}

// A listing is the files of content/, sorted out by what they are.
type listing struct {
	options  *Options
	problems diag.List
	all      map[string]bool // every path
	groups   map[string]*group
	photos   []file // pictures in content/mentors
	assets   []string
	static   []string
	said     map[string]bool // folders that were complained about
}

// list sorts out the files. Those that a quarantine left out are as if they were not
// there, but nobody complains of what belongs to them.
func list(fsys fs.FS, o *Options) *listing {
	l := &listing{options: o, all: map[string]bool{}, groups: map[string]*group{}, said: map[string]bool{}}
	entries := o.Entries
	if entries == nil {
		entries = l.walk(fsys)
	}
	for _, e := range entries {
		inside, ok := strings.CutPrefix(e.Path, folder+"/")
		if !ok || o.Without[e.Path] {
			continue
		}
		l.all[e.Path] = true
		l.sort(file{path: e.Path, sum: e.Sum}, inside)
	}
	l.orphans()
	return l
}

// walk lists the files of content/, without hidden ones and what editors leave behind.
func (l *listing) walk(fsys fs.FS) []Entry {
	var entries []Entry
	err := fs.WalkDir(fsys, folder, func(p string, d fs.DirEntry, err error) error {
		name := path.Base(p)
		switch {
		case p == folder && errors.Is(err, fs.ErrNotExist):
			l.problems.Errorf(diag.Place{}, "no-content", "there is no folder %s here: this is not the source of a site", folder)
		case err != nil:
			l.problems.Errorf(diag.Place{File: p}, "unreadable", "this cannot be read: %s", reason(err))
			if d != nil && d.IsDir() {
				return fs.SkipDir
			}
		case strings.HasPrefix(name, "."), strings.HasSuffix(name, "~"), name == "Thumbs.db", path.Ext(name) == ".swp":
			if d.IsDir() {
				return fs.SkipDir
			}
		case d.Type()&fs.ModeSymlink != 0:
			l.problems.Errorf(diag.Place{File: p}, "symlink", "this is a symbolic link; links are not followed: put the file itself here")
		case d.Type().IsRegular():
			entries = append(entries, Entry{Path: p})
		}
		return nil
	})
	if err != nil {
		l.problems.Errorf(diag.Place{File: folder}, "unreadable", "this cannot be read: %s", reason(err))
	}
	return entries
}

// sort puts one file where it belongs. inside is its path under content/.
func (l *listing) sort(f file, inside string) {
	at := diag.Place{File: f.path}
	dir, name := path.Split(inside)
	dir = strings.TrimSuffix(dir, "/")
	top, _, _ := strings.Cut(dir, "/")
	ext := path.Ext(name)
	lower := strings.ToLower(ext)
	switch {
	case top == "static":
		l.static = append(l.static, strings.TrimPrefix(inside, "static/"))
		return
	case dir != "" && !slices.Contains(folders, top):
		if !l.said[top] {
			l.said[top] = true
			l.problems.Errorf(diag.Place{File: folder + "/" + top}, "unknown-folder",
				"there is no place for a folder %q%s; files to publish as they are go in content/static", top, diag.DidYouMean(top, folders))
		}
		return
	case name == "README.md" && top == kindGuide:
		l.problems.Errorf(at, "file-name", "rename README.md to _index.md: it introduces the section")
		return
	case name == "README.md":
		return
	case ext != lower:
		l.problems.Errorf(at, "file-name", "rename %s to %s: extensions are in small letters", name, strings.TrimSuffix(name, ext)+lower)
		return
	}
	switch ext {
	case ".md":
		l.markdown(f, dir, name)
	case ".toml":
		l.toml(f, dir, name)
	default:
		l.other(f, dir, name, ext)
	}
}

func (l *listing) markdown(f file, dir, name string) {
	stem, ok := l.name(&f, strings.TrimSuffix(name, ".md"), ".md")
	top, rest, nested := strings.Cut(dir, "/")
	switch {
	case !ok:
	case stem == "_index" && dir != "" && top != kindVocabulary && (!nested || top == kindGuide):
		if l.section(f, rest) {
			l.join(kindSection, dir, f)
		}
	case stem == "_index":
		l.problems.Errorf(diag.Place{File: f.path}, "file-name", "_index.md introduces a folder of guides, or the list of mentors, programs, goals or worksheets; there is none here")
	case dir == "":
		if slices.Contains(reserved, stem) || l.language(stem) != "" {
			l.problems.Errorf(diag.Place{File: f.path}, "reserved", "the address /%s/ is the site's own: give the page another name", stem)
			return
		}
		l.join(kindPage, stem, f)
	case top == kindGuide:
		if l.section(f, rest) {
			l.join(kindGuide, strings.TrimPrefix(dir+"/"+stem, "guides/"), f)
		}
	default:
		l.problems.Errorf(diag.Place{File: f.path}, "file-kind", "files in content/%s are written in TOML and end in .toml; guides go in content/guides", top)
	}
}

func (l *listing) toml(f file, dir, name string) {
	top, _, nested := strings.Cut(dir, "/")
	switch {
	case dir == "":
		l.problems.Errorf(diag.Place{File: f.path}, "file-kind", "a .toml file belongs in one of the folders %s", strings.Join(folders[:len(folders)-1], ", "))
		return
	case top == kindGuide:
		l.problems.Errorf(diag.Place{File: f.path}, "file-kind", "guides are Markdown files and end in .md")
		return
	case nested:
		l.problems.Errorf(diag.Place{File: f.path}, "file-kind", "files are directly in content/%s, not in folders of it: move it there", top)
		return
	}
	stem, ok := l.name(&f, strings.TrimSuffix(name, ".toml"), ".toml")
	if !ok {
		return
	}
	if top == kindVocabulary && !slices.Contains(VocabularyNames, stem) {
		l.problems.Errorf(diag.Place{File: f.path}, "file-name", "there is no vocabulary %q%s; they are %s", stem, diag.DidYouMean(stem, VocabularyNames), strings.Join(VocabularyNames, ", "))
		return
	}
	l.join(top, stem, f)
}

func (l *listing) other(f file, dir, name, ext string) {
	at := diag.Place{File: f.path}
	top, _, _ := strings.Cut(dir, "/")
	stem := strings.TrimSuffix(name, ext)
	switch {
	case top == kindMentor && ext == ".jpeg":
		l.problems.Errorf(at, "file-name", "rename %s to %s.jpg", name, stem)
	case top == kindMentor && slices.Contains(pictures, ext):
		if dir == top {
			if right := schema.Slug(stem); right != stem {
				l.rename(at, name, right+ext)
				return
			}
		}
		l.photos = append(l.photos, f)
	case slices.Contains(images, ext), slices.Contains(documents, ext):
		l.assets = append(l.assets, f.path)
	case ext == ".mdx":
		l.problems.Errorf(at, "file-kind", "rename %s to %s.md and take its components out: MDX is a program, and only Markdown is read", name, stem)
	case slices.Contains([]string{".yaml", ".yml", ".json"}, ext) && top != kindGuide && dir != "":
		l.problems.Errorf(at, "file-kind", "files in content/%s are written in TOML and end in .toml", top)
	case slices.Contains([]string{".markdown", ".mdown", ".mkd"}, ext):
		l.problems.Errorf(at, "file-name", "rename %s to %s.md", name, stem)
	default:
		l.problems.Warnf(at, "unknown-file", "this file is not published: nothing here uses files like it; to publish it as it is, move it to content/static")
	}
}

// name takes the language off a file's name, checks both, and gives the name.
func (l *listing) name(f *file, stem, ext string) (string, bool) {
	at := diag.Place{File: f.path}
	written := stem + ext
	if dot := strings.LastIndexByte(stem, '.'); dot >= 0 && languageLike.MatchString(stem[dot+1:]) {
		tag := stem[dot+1:]
		stem = stem[:dot]
		f.lang = l.language(tag)
		switch {
		case f.lang == "":
			others := slices.DeleteFunc(slices.Clone(l.options.Languages), func(tag string) bool { return tag == l.options.Default })
			l.problems.Errorf(at, "unknown-language", "%q is not a language of this site%s: config.toml has to declare it as [languages.%s]", tag, diag.DidYouMean(tag, others), tag)
			return "", false
		case f.lang == l.options.Default:
			l.problems.Errorf(at, "file-name", "rename %s to %s: files in the site's first language have no language in their name", written, stem+ext)
			return "", false
		case f.lang != tag:
			l.problems.Errorf(at, "file-name", "rename %s to %s: the site writes this language %s", written, stem+"."+f.lang+ext, f.lang)
			return "", false
		}
	}
	if stem == "_index" || schema.CheckID(stem) == "" {
		return stem, true
	}
	right := schema.Slug(stem)
	switch {
	case len(stem) > 80:
		l.problems.Errorf(at, "file-name", "the name %s is too long: at most 80 bytes fit", stem)
	case right == stem:
		l.problems.Errorf(at, "file-name", "%s needs another name: Windows cannot have files called %s", written, stem)
	case right == "" || schema.CheckID(right) != "":
		l.problems.Errorf(at, "file-name", "%s cannot be used as a name: names are made of small letters, digits and hyphens", written)
	case norm.NFC.String(stem) == right:
		l.problems.Errorf(at, "file-name", "rename %s: its accents are stored as separate characters (decomposed Unicode, NFD); type the name anew, in composed form (NFC)", written)
	default:
		if f.lang != "" {
			right += "." + f.lang
		}
		l.rename(at, written, right+ext)
	}
	return "", false
}

func (l *listing) rename(at diag.Place, from, to string) {
	l.problems.Errorf(at, "file-name", "rename %s to %s: names are made of small letters, digits and hyphens", from, to)
}

// language is the site's language of that tag, in any letter case, or "".
func (l *listing) language(tag string) string {
	for _, known := range l.options.Languages {
		if strings.EqualFold(known, tag) {
			return known
		}
	}
	return ""
}

// section checks the folders that a guide is in.
func (l *listing) section(f file, folders string) bool {
	if folders == "" {
		return true
	}
	parts := strings.Split(folders, "/")
	for i, part := range parts {
		where := folder + "/guides/" + strings.Join(parts[:i+1], "/")
		problem := ""
		switch {
		case i == DeepestSection:
			problem = fmt.Sprintf("guides may be in at most %d folders, one in another", DeepestSection)
		case schema.CheckID(part) != "":
			problem = fmt.Sprintf("the folder's name becomes part of addresses: rename %s to %s", part, cmp.Or(schema.Slug(part), "a name of small letters, digits and hyphens"))
		default:
			continue
		}
		if !l.said[where] {
			l.said[where] = true
			l.problems.Errorf(diag.Place{File: where}, "file-name", "%s", problem)
		}
		return false
	}
	return true
}

// join adds a file to the group of its record.
func (l *listing) join(kind, id string, f file) {
	key := kind + "\x00" + id
	g, ok := l.groups[key]
	if !ok {
		g = &group{kind: kind, id: id}
		l.groups[key] = g
	}
	if f.lang != "" {
		g.translations = append(g.translations, f)
	} else {
		g.base = f
	}
}

// orphans reports translations of nothing and names that differ only in a way that some
// systems do not see.
func (l *listing) orphans() {
	fold := cases.Fold()
	folded := map[string]string{}
	for _, g := range l.sorted() {
		if g.base.path == "" {
			for _, t := range g.translations {
				base := strings.TrimSuffix(t.path, "."+t.lang+path.Ext(t.path)) + path.Ext(t.path)
				if !l.options.Without[base] {
					l.problems.Errorf(diag.Place{File: t.path}, "orphan", "this translates %s, which does not exist%s", base, diag.DidYouMean(g.id, l.ids(g.kind)))
				}
			}
			delete(l.groups, g.kind+"\x00"+g.id)
			continue
		}
		key := g.kind + "\x00" + norm.NFC.String(fold.String(g.id))
		if other, ok := folded[key]; ok {
			l.problems.Errorf(diag.Place{File: g.base.path}, "file-name", "this name and that of %s are the same to some systems: rename one of them", other)
		}
		folded[key] = g.base.path
	}
}

// ids are the names of the records of a kind.
func (l *listing) ids(kind string) []string {
	var ids []string
	for _, g := range l.groups {
		if g.kind == kind && g.base.path != "" {
			ids = append(ids, g.id)
		}
	}
	slices.Sort(ids)
	return ids
}

// sorted is the groups in order of kind and id.
func (l *listing) sorted() []*group {
	groups := make([]*group, 0, len(l.groups))
	for _, g := range l.groups {
		slices.SortFunc(g.translations, func(a, b file) int { return cmp.Compare(a.lang, b.lang) })
		groups = append(groups, g)
	}
	slices.SortFunc(groups, func(a, b *group) int {
		return cmp.Or(cmp.Compare(a.kind, b.kind), cmp.Compare(a.id, b.id))
	})
	return groups
}

// reason is what an error of the file system says, without its path.
func reason(err error) string {
	if pathError, ok := err.(*fs.PathError); ok {
		return pathError.Err.Error()
	}
	return err.Error()
}
