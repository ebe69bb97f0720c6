package content

import (
	"io"
	"io/fs"
	"path"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/stoa-portal/stoa/generator/internal/diag"
	"github.com/stoa-portal/stoa/generator/internal/digest"
	"github.com/stoa-portal/stoa/generator/internal/schema"
)

// Options say how a site reads its content. The zero Options reads everything in one
// language.
type Options struct {
	Languages []string        // every language tag of the site
	Default   string          // the one of files without a language in their name
	Fields    []schema.Field  // the site's own fields of mentors
	Drafts    bool            // whether to keep drafts
	Without   map[string]bool // files to leave out, by path
	Entries   []Entry         // the files there are; nil: look
	Cache     *Cache          // records of earlier loads; may be nil
}

// An Entry is a file that somebody else has listed, such as a watcher.
type Entry struct {
	Path string     // slash path from the site's source folder, such as content/mentors/ana.toml
	Sum  digest.Sum // digest of its bytes; zero when not known
}

// A Cache remembers what was decoded. The law of what it keeps: a record depends on
// its file's bytes, those of its translations, and the options, and on nothing else; so it is
// kept under the digest of these, and a load keeps what it used and drops the rest.
// The zero Cache is ready to use, by one load at a time.
type Cache struct{ kept map[digest.Sum]outcome }

// An outcome is what became of a group: a *Record of its kind, or nil when it has errors.
type outcome struct {
	record   any
	drafts   []string
	problems diag.List
	sum      digest.Sum // what it is kept under
}

// Load reads content/ from the site's source folder. The Content holds every record
// that has no error, whether or not the list of problems has any.
func Load(fsys fs.FS, o Options) (*Content, diag.List) {
	listing := list(fsys, &o)
	groups := listing.sorted()
	reader := reader{
		fsys: fsys, options: &o, mentors: mentorTable.With("fields", o.Fields),
		settings: digest.Of(o.Languages, o.Default, o.Drafts, describe(o.Fields)),
	}
	if o.Cache != nil {
		reader.kept = o.Cache.kept
	}
	outcomes := make([]outcome, len(groups))
	var next atomic.Int64
	var wait sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), len(groups)) {
		wait.Go(func() {
			for i := int(next.Add(1)) - 1; i < len(groups); i = int(next.Add(1)) - 1 {
				outcomes[i] = reader.read(groups[i])
			}
		})
	}
	wait.Wait()

	c := &Content{Vocabularies: map[string]*Record[Vocabulary]{}, Photos: map[string]string{}, Assets: listing.assets, Static: listing.static}
	problems := listing.problems
	kept := make(map[digest.Sum]outcome, len(outcomes))
	for _, out := range outcomes {
		c.add(out.record)
		c.Drafts = append(c.Drafts, out.drafts...)
		problems.Add(out.problems)
		if out.sum != (digest.Sum{}) {
			kept[out.sum] = out
		}
	}
	if o.Cache != nil {
		o.Cache.kept = kept
	}
	slices.Sort(c.Drafts)
	slices.Sort(c.Assets)
	slices.Sort(c.Static)
	problems.Add(c.photos(listing))
	return c, problems.Sorted()
}

// describe is the parts of the own fields that decoding depends on, as plain values.
func describe(fields []schema.Field) []any {
	var parts []any
	for _, f := range fields {
		parts = append(parts, f.Name, string(f.Type), f.Enum, f.Max, f.Min, f.Required)
		if f.Item != nil {
			parts = append(parts, describe([]schema.Field{*f.Item})...)
		}
	}
	return parts
}

// add files a record under its kind.
func (c *Content) add(record any) {
	switch r := record.(type) {
	case *Record[Mentor]:
		c.Mentors = append(c.Mentors, r)
	case *Record[Program]:
		c.Programs = append(c.Programs, r)
	case *Record[Guide]:
		c.Guides = append(c.Guides, r)
	case *Record[Goal]:
		c.Goals = append(c.Goals, r)
	case *Record[Worksheet]:
		c.Worksheets = append(c.Worksheets, r)
	case *Record[Vocabulary]:
		c.Vocabularies[r.ID] = r
	case *Record[Page]:
		if path.Base(r.File) == "_index.md" {
			c.Sections = append(c.Sections, r)
		} else {
			c.Pages = append(c.Pages, r)
		}
	}
}

// A reader decodes groups of files. Its methods are called from several goroutines.
type reader struct {
	fsys     fs.FS
	options  *Options
	mentors  *schema.Table
	settings digest.Sum
	kept     map[digest.Sum]outcome
}

func (r *reader) read(g *group) outcome {
	switch g.kind {
	case kindMentor:
		return decode[Mentor](r, g, r.mentors)
	case kindProgram:
		return decode[Program](r, g, programTable)
	case kindGuide:
		return decode[Guide](r, g, guideTable)
	case kindGoal:
		return decode[Goal](r, g, goalTable)
	case kindWorksheet:
		return decode[Worksheet](r, g, worksheetTable)
	case kindVocabulary:
		return decode[Vocabulary](r, g, vocabularyTable)
	}
	return decode[Page](r, g, pageTable)
}

// decode reads a group's files and lays the translations over the base.
func decode[T any](r *reader, g *group, table *schema.Table) outcome {
	var out outcome
	files := append([]file{g.base}, g.translations...)
	raw := make([][]byte, len(files))
	sums := make([]digest.Sum, len(files))
	for i, f := range files {
		if sums[i] = f.sum; sums[i] != (digest.Sum{}) {
			continue
		}
		if raw[i] = r.bytes(f, &out.problems); raw[i] == nil {
			return out
		}
		sums[i] = digest.Bytes(raw[i])
	}
	key := []any{r.settings}
	for i, f := range files {
		key = append(key, f.path, sums[i])
	}
	out.sum = digest.Of(key...)
	if kept, ok := r.kept[out.sum]; ok {
		return kept
	}
	var base *Record[T]
	sound := true // the base; what is wrong with a translation takes nothing else away
	for i, f := range files {
		if raw[i] == nil {
			if raw[i] = r.bytes(f, &out.problems); raw[i] == nil {
				out.sum = digest.Sum{} // nothing to keep: the next load looks again
				return out
			}
		}
		if sum := digest.Bytes(raw[i]); sum != sums[i] {
			sums[i], out.sum = sum, digest.Sum{} // changed since it was listed: not to be kept under the old name
		}
		record, problems := open(f, raw[i], g.id, base, table)
		if problems.Errors() == 0 {
			problems.Add(check(record))
		}
		out.problems.Add(problems)
		switch failed := problems.Errors() > 0; {
		case failed && base != nil:
			continue
		case failed && record == nil:
			return out
		case failed:
			sound = false
		}
		draft := !r.options.Drafts && isDraft(record)
		if draft {
			out.drafts = append(out.drafts, f.path)
		}
		switch {
		case base == nil && draft:
			return out
		case base == nil:
			base = record
			base.sum = sums[0]
		case !draft:
			record.sum = digest.Of(sums[0], sums[i])
			if base.Translations == nil {
				base.Translations = map[string]*Record[T]{}
			}
			base.Translations[f.lang] = record
		}
	}
	if sound {
		out.record = base
	}
	return out
}

// open decodes one file, over the base when it is a translation.
func open[T any](f file, raw []byte, id string, base *Record[T], table *schema.Table) (*Record[T], diag.List) {
	read := schema.Open
	if path.Ext(f.path) == ".md" {
		read = schema.OpenMatter
	}
	document, problems := read(f.path, raw)
	if document == nil {
		return nil, problems
	}
	record := &Record[T]{ID: id, Lang: f.lang, File: f.path, Body: document.Body(), document: document, base: base}
	if base == nil {
		return record, schema.Decode(document, table, &record.Value)
	}
	record.Value = base.Value
	if strings.TrimSpace(record.Body) == "" {
		record.Body = base.Body
	}
	return record, schema.DecodeTranslation(document, table, &record.Value, base.File)
}

func isDraft(record any) bool {
	switch r := record.(type) {
	case *Record[Guide]:
		return r.Value.Draft
	case *Record[Page]:
		return r.Value.Draft
	}
	return false
}

// bytes reads a file, but no more of it than a source file may have.
func (r *reader) bytes(f file, problems *diag.List) []byte {
	opened, err := r.fsys.Open(f.path)
	if err != nil {
		problems.Errorf(diag.Place{File: f.path}, "unreadable", "this cannot be read: %s", reason(err))
		return nil
	}
	defer opened.Close()
	size := 512
	if info, err := opened.Stat(); err == nil {
		size = int(min(info.Size(), schema.MaxSize+1)) + 1
	}
	buffer := make([]byte, 0, size)
	for len(buffer) <= schema.MaxSize {
		if len(buffer) == cap(buffer) {
			buffer = slices.Grow(buffer, 512)
		}
		n, err := opened.Read(buffer[len(buffer):cap(buffer)])
		buffer = buffer[:len(buffer)+n]
		if err == io.EOF {
			break
		}
		if err != nil {
			problems.Errorf(diag.Place{File: f.path}, "unreadable", "this cannot be read: %s", reason(err))
			return nil
		}
	}
	return buffer
}

// photos finds each mentor's photo, and pictures that belong to nobody.
func (c *Content) photos(l *listing) diag.List {
	var problems diag.List
	used := map[string]bool{}
	byName := map[string][]string{}
	for _, photo := range l.photos {
		stem := strings.TrimSuffix(photo.path, path.Ext(photo.path))
		byName[stem] = append(byName[stem], photo.path)
	}
	for _, m := range c.Mentors {
		beside := byName[folder+"/mentors/"+m.ID]
		slices.Sort(beside)
		if len(beside) > 1 {
			problems.Errorf(diag.Place{File: beside[1]}, "two-photos", "%s has two photos, this and %s: keep one of them", m.File, path.Base(beside[0]))
		}
		for _, p := range beside {
			used[p] = true
		}
		src := string(m.Value.Photo.Src)
		if src == "" {
			if len(beside) > 0 {
				c.Photos[m.ID] = beside[0]
			}
			continue
		}
		file := path.Join(folder+"/mentors", src)
		if strings.HasPrefix(src, "/") {
			file = path.Join(folder+"/static", src)
		}
		switch {
		case !slices.Contains(pictures, path.Ext(file)):
			problems.Errorf(m.Place("photo.src"), "photo", "a photo is a .jpg, .png or .webp file, and %q is not", src)
		case !l.all[file]:
			problems.Errorf(m.Place("photo.src"), "photo", "there is no file %s", file)
		default:
			c.Photos[m.ID] = file
			used[file] = true
		}
	}
	for _, photo := range l.photos {
		stem := strings.TrimSuffix(photo.path, path.Ext(photo.path))
		owner := stem + ".toml"
		if !used[photo.path] && !l.all[owner] && !l.options.Without[owner] {
			problems.Warnf(diag.Place{File: photo.path}, "orphan", "this photo belongs to nobody: there is no %s%s", owner, diag.DidYouMean(path.Base(stem), l.ids(kindMentor)))
		}
	}
	return problems
}
