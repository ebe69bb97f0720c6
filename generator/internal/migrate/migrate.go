// Package migrate brings the guides of another generator's site to Stoa's contract: those
// of Jekyll, Hugo, Docusaurus and MkDocs, and folders of plain Markdown.
//
// In comes a folder as a file system; out comes a [Plan]: the files that content/guides shall
// hold, and a list of what could not be carried, each with its place in the source. Nothing is
// written here; what a second run may touch is decided by [State.Merge].
//
// The way of a text:
//
//  1. system.go finds out which generator a folder was written for, and reads its settings as
//     far as they matter: where the texts are, what their addresses were, their order.
//  2. source.go lists the texts and divides each into front matter and lines; every line knows
//     its place in the source, so that whatever is said later can be said of it.
//  3. layout.go decides where each text goes: folders become sections, and so do categories
//     and parents; address.go knows every address that a text had, so that links to it can be
//     followed and the addresses go on working, as aliases.
//  4. blocks.go rewrites notations that are whole lines (:::note, !!! note, {% highlight %}),
//     inline.go and tags.go those within lines (links, pictures, shortcodes, Liquid, HTML, JSX).
//     Neither looks into code.
//  5. check.go reads the result as the site will, and sets right what is still refused.
//
// What cannot be carried is never dropped: it stays where it was, as a comment, and the plan's
// notes say so.
package migrate

import (
	"cmp"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"

	"github.com/stoa-portal/stoa/generator/internal/diag"
)

// Options say what the site is like that the guides come to.
type Options struct {
	Languages []string        // its language tags
	Default   string          // the one of files without a language in their name
	Taken     map[string]bool // its site paths that no old address can have, such as "about/"
}

// A File is one that the site shall have.
type File struct {
	Path string // from the site's source folder: "content/guides/start/first.md"
	From string // what it is made from, a path in the source; of a section that the source only implies, its folder
	Data []byte
}

// A Plan is what a folder comes to.
type Plan struct {
	System string    // "Jekyll", "Hugo", "Docusaurus", "MkDocs" or "Markdown"
	Guides int       // how many of the files are guides
	Files  []File    // by path
	Notes  diag.List // what was not carried or is said differently, by place in the source
}

// Limits of a source folder; one beyond them is not a folder of guides.
const (
	maxTexts = 5000
	maxFile  = 20 << 20 // bytes of a picture or document to go with a guide
)

// Guides plans the move of a folder. Only a folder that cannot be read or holds no texts is an
// error; everything else is among the notes.
func Guides(source fs.FS, o Options) (*Plan, diag.List) {
	m := &mover{Options: o, source: source, assets: map[string]*asset{}}
	m.files = m.list()
	m.system = m.detect()
	m.settings()
	m.readTexts()
	if len(m.texts) == 0 {
		if m.notes.Errors() == 0 {
			m.notes.Errorf(diag.Place{File: "."}, "no-guides", "there are no Markdown files here")
		}
		return &Plan{System: m.system.name}, m.notes.Sorted()
	}
	m.layOut()
	m.rememberAddresses()
	m.keepWorking()
	// Twice: what a heading's anchor is, is known when the text around it is.
	for range 2 {
		m.said = nil
		clear(m.assets)
		for _, t := range m.texts {
			m.convert(t)
		}
	}
	m.notes.Add(m.said)
	plan := &Plan{System: m.system.name, Files: m.written()}
	for _, t := range m.texts {
		if !t.index {
			plan.Guides++
		}
	}
	plan.Notes = m.notes.Sorted()
	return plan, nil
}

// A mover moves one folder.
type mover struct {
	Options
	source       fs.FS
	files        map[string]bool // every file of the source
	system       *system
	root         string   // the folder of the texts, "." for the source's own
	static       []string // folders whose files had addresses from the site's root
	hosts        map[string]bool
	texts        []*text             // by source path
	sections     map[string]*section // by folder below content/guides
	folders      map[string]*section // by folder of the source
	byFile       map[string]*text    // by source path
	byOld        map[string]*text    // by old address, see oldKey
	byOldSection map[string]*section
	assets       map[string]*asset
	notes        diag.List
	said         diag.List // notes of the conversion, which is done twice
}

// An asset is a picture or document that a guide uses.
type asset struct{ from, to string }

// written are all files of the plan.
func (m *mover) written() []File {
	var files []File
	for _, t := range m.texts {
		files = append(files, File{Path: t.target, From: t.file, Data: t.result})
	}
	for _, dir := range slices.Sorted(maps.Keys(m.sections)) {
		s := m.sections[dir]
		if s.index == nil && dir != "" {
			files = append(files, File{Path: guidesFolder + dir + "/_index.md", From: s.from, Data: m.sectionFile(s)})
		}
	}
	for _, a := range m.assets {
		data, err := fs.ReadFile(m.source, a.from)
		if err != nil {
			m.notes.Errorf(diag.Place{File: a.from}, "unreadable", "this cannot be read")
			continue
		}
		files = append(files, File{Path: a.to, From: a.from, Data: data})
	}
	slices.SortFunc(files, func(a, b File) int { return cmp.Compare(a.Path, b.Path) })
	return files
}

const guidesFolder = "content/guides/"

// list walks the source, without hidden files and what generators leave behind.
func (m *mover) list() map[string]bool {
	files := map[string]bool{}
	_ = fs.WalkDir(m.source, ".", func(p string, d fs.DirEntry, err error) error {
		name := path.Base(p)
		switch {
		case err != nil:
			m.notes.Errorf(diag.Place{File: p}, "unreadable", "this cannot be read")
			if d != nil && d.IsDir() && p != "." {
				return fs.SkipDir
			}
			return nil
		case p != "." && strings.HasPrefix(name, "."), name == "node_modules", name == "_site":
			if d.IsDir() {
				return fs.SkipDir
			}
			return nil
		case d.Type().IsRegular():
			files[p] = true
		}
		return nil
	})
	return files
}
