package content

import (
	"fmt"
	"io/fs"
	"maps"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"testing/fstest"

	"github.com/stoa-portal/stoa/generator/internal/digest"
)

// site makes a file system of paths under content/ and their text.
func site(files map[string]string) fstest.MapFS {
	fsys := fstest.MapFS{}
	for name, text := range files {
		fsys["content/"+name] = &fstest.MapFile{Data: []byte(text)}
	}
	return fsys
}

var portal = map[string]string{
	"README.md":                 "ignored",
	".hidden/x.toml":            "ignored",
	"index.md":                  "+++\ntitle = \"Home\"\n+++\nWelcome\n",
	"index.es.md":               "+++\ntitle = \"Inicio\"\n+++\n",
	"about.md":                  "# About\n",
	"about.png":                 "",
	"mentors/_index.md":         "+++\ntitle = \"Mentors\"\n+++\n",
	"mentors/ana.toml":          "name = \"Ana\"\nheadline = \"Helps\"\nskills = [\"r\", \"go\"]\nprograms = [\"peer\"]\n[location]\ncity = \"Munich\"\ncountry = \"DE\"\n",
	"mentors/ana.es.toml":       "headline = \"Ayuda\"\n[location]\ncity = \"Múnich\"\n",
	"mentors/ana.jpg":           "",
	"mentors/ben.toml":          "name = \"Ben\"\nheadline = \"Listens\"\n[photo]\nsrc = \"/people/ben.png\"\n",
	"mentors/陳美玲.toml":          "name = \"陳美玲\"\nheadline = \"Listens\"\n",
	"programs/peer.toml":        "title = \"Peer\"\n[[weeks]]\nnumber = 1\ntitle = \"One\"\nguide = \"start/first\"\n",
	"guides/start/_index.md":    "+++\ntitle = \"Start\"\norder = 1\n+++\n",
	"guides/start/first.md":     "+++\ntitle = \"First\"\n+++\n\nText\n",
	"guides/start/first.es.md":  "+++\ntitle = \"Primero\"\n+++\nTexto\n",
	"guides/start/later.md":     "+++\ntitle = \"Later\"\ndraft = true\n+++\n",
	"guides/start/steps.svg":    "<svg/>",
	"goals/paper.toml":          "title = \"A paper\"\n",
	"worksheets/log.toml":       "title = \"Log\"\n",
	"vocabulary/skills.toml":    "[[term]]\nid = \"r\"\nlabel = \"R\"\n[[term]]\nid = \"go\"\nlabel = \"Go\"\naliases = [\"golang\"]\n",
	"vocabulary/skills.es.toml": "[[term]]\nid = \"go\"\nlabel = \"Gou\"\n",
	"static/people/ben.png":     "",
	"static/deep/er/CNAME":      "",
}

func TestLoad(t *testing.T) {
	c, problems := Load(site(portal), options)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	ids := func(c *Content) string {
		var b strings.Builder
		write(&b, "mentors", c.Mentors)
		write(&b, "programs", c.Programs)
		write(&b, "guides", c.Guides)
		write(&b, "goals", c.Goals)
		write(&b, "worksheets", c.Worksheets)
		write(&b, "pages", c.Pages)
		write(&b, "sections", c.Sections)
		return b.String() + fmt.Sprintln(slices.Sorted(maps.Keys(c.Vocabularies)), c.Photos, c.Assets, c.Static, c.Drafts)
	}
	want := `mentors: ana/es ben 陳美玲
programs: peer
guides: start/first/es
goals: paper
worksheets: log
pages: about index/es
sections: guides/start mentors
[skills] map[ana:content/mentors/ana.jpg ben:content/static/people/ben.png] [content/about.png content/guides/start/steps.svg] [deep/er/CNAME people/ben.png] [content/guides/start/later.md]
`
	if got := ids(c); got != want {
		t.Errorf("got:\n%swant:\n%s", got, want)
	}

	ana := c.Mentors[0]
	es := ana.In("es")
	if es.Value.Name != "Ana" || es.Value.Headline != "Ayuda" || es.Value.Location != (Location{City: "Múnich", Country: "DE"}) || !slices.Equal(es.Value.Skills, ana.Value.Skills) {
		t.Errorf("the translation is %+v", es.Value)
	}
	if ana.Value.Location.City != "Munich" || ana.In("fr") != ana {
		t.Error("the source is not what it was")
	}
	for _, row := range [][2]string{
		{es.Place("headline").String(), "content/mentors/ana.es.toml:1:12"},
		{es.Place("skills[1]").String(), "content/mentors/ana.toml:3:16"},
		{es.Place("location.city").String(), "content/mentors/ana.es.toml:3:8"},
		{es.Locate("location.country")(0).String(), "content/mentors/ana.toml:7:12"},
		{c.Guides[0].In("es").BodyPlace().String(), "content/guides/start/first.es.md:4:1"},
		{c.Pages[1].In("es").BodyPlace().String(), "content/index.md:4:1"},
		{c.Pages[1].In("es").Body, "Welcome\n"},
		{c.Vocabularies["skills"].In("es").Value.Terms[1].Label, "Gou"},
		{c.Vocabularies["skills"].In("es").Value.Terms[1].Aliases[0], "golang"},
		{c.Vocabularies["skills"].Value.Terms[1].Label, "Go"},
	} {
		if row[0] != row[1] {
			t.Errorf("got %q, want %q", row[0], row[1])
		}
	}
	var references []string
	for r := range References(c.Programs[0]) {
		references = append(references, fmt.Sprint(r.Ref, " ", r.Value, " ", c.Programs[0].Place(r.Path)))
	}
	if !slices.Equal(references, []string{"guides start/first content/programs/peer.toml:5:9"}) {
		t.Error(references)
	}

	drafts := options
	drafts.Drafts = true
	if c, _ := Load(site(portal), drafts); len(c.Guides) != 2 || len(c.Drafts) != 0 {
		t.Error("drafts are not kept when asked for")
	}
}

func write[T any](b *strings.Builder, kind string, records []*Record[T]) {
	b.WriteString(kind + ":")
	for _, r := range records {
		b.WriteString(" " + r.ID)
		for _, lang := range slices.Sorted(maps.Keys(r.Translations)) {
			b.WriteString("/" + lang)
		}
	}
	b.WriteByte('\n')
}

// TestWithout leaves out faulty files, and what belongs to them without a word.
func TestWithout(t *testing.T) {
	files := maps.Clone(portal)
	files["mentors/ana.toml"] = "nmae = 1\n"
	_, problems := Load(site(files), options)
	without := options
	without.Without = map[string]bool{}
	for _, p := range problems {
		without.Without[p.File] = true
	}
	c, problems := Load(site(files), without)
	if len(problems) > 0 || len(c.Mentors) != 2 || len(c.Photos) != 1 {
		t.Errorf("%d mentors, %v, %v", len(c.Mentors), c.Photos, problems)
	}
	files = maps.Clone(portal)
	files["mentors/ana.es.toml"] = "headlin = \"x\"\n"
	c, problems = Load(site(files), options)
	if len(c.Mentors) != 3 || problems.Errors() != 1 {
		t.Errorf("%d mentors, %v", len(c.Mentors), problems)
	}
	without.Without = map[string]bool{"content/mentors/ana.es.toml": true}
	if c, problems = Load(site(files), without); len(problems) > 0 || len(c.Mentors) != 3 || c.Mentors[0].Translations != nil {
		t.Errorf("%d mentors, %v", len(c.Mentors), problems)
	}
}

// TestCache makes random edits, and holds what a load with a cache gives against one
// without.
func TestCache(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	files := maps.Clone(portal)
	names := slices.Sorted(maps.Keys(files))
	cached := options
	cached.Cache = new(Cache)
	for range 200 {
		name := names[random.IntN(len(names))]
		switch random.IntN(4) {
		case 0:
			delete(files, name)
		case 1:
			files[name] = portal[name]
		case 2:
			files[name] = portal[name] + "\nnonsense\n"
		case 3:
			files[name] = strings.Replace(portal[name], "Helps", fmt.Sprint("Helps ", random.IntN(3)), 1)
		}
		fsys := site(files)
		cached.Entries = nil
		if random.IntN(2) == 0 {
			for name, file := range fsys {
				cached.Entries = append(cached.Entries, Entry{name, digest.Bytes(file.Data)})
			}
			slices.SortFunc(cached.Entries, func(a, b Entry) int { return strings.Compare(a.Path, b.Path) })
			cached.Entries = slices.DeleteFunc(cached.Entries, func(e Entry) bool { return strings.Contains(e.Path, "/.") })
		}
		got, gotProblems := Load(fsys, cached)
		want, wantProblems := Load(fsys, options)
		if text(gotProblems) != text(wantProblems) {
			t.Fatalf("problems:\n%swant:\n%s", text(gotProblems), text(wantProblems))
		}
		if !reflect.DeepEqual(got, want) {
			t.Fatalf("after an edit of %s, content from the cache differs", name)
		}
	}
	fsys := counting{FS: site(portal), opened: new(atomic.Int64)}
	cached.Entries = nil
	for name, file := range site(portal) {
		cached.Entries = append(cached.Entries, Entry{name, digest.Bytes(file.Data)})
	}
	first, _ := Load(fsys, cached)
	fsys.opened.Store(0)
	second, _ := Load(fsys, cached)
	if fsys.opened.Load() != 0 || first.Mentors[0] != second.Mentors[0] {
		t.Errorf("%d files were read again", fsys.opened.Load())
	}
}

// TestStaleEntry loads a file that changed after it was listed, and then the file as it was.
func TestStaleEntry(t *testing.T) {
	old, changed := "name = \"Ana\"\nheadline = \"Old\"\n", "name = \"Ana\"\nheadline = \"New\"\n"
	o := options
	o.Cache = new(Cache)
	o.Entries = []Entry{{"content/mentors/ana.toml", digest.Bytes([]byte(old))}}
	for _, text := range []string{changed, old} {
		c, problems := Load(site(map[string]string{"mentors/ana.toml": text}), o)
		if len(problems) > 0 || !strings.Contains(text, c.Mentors[0].Value.Headline) || c.Mentors[0].Sum() != digest.Bytes([]byte(text)) {
			t.Errorf("%q is read as %+v, %v", text, c.Mentors[0].Value, problems)
		}
	}
}

type counting struct {
	fs.FS
	opened *atomic.Int64 // files are opened by several goroutines
}

func (c counting) Open(name string) (fs.File, error) {
	c.opened.Add(1)
	return c.FS.Open(name)
}

func TestSum(t *testing.T) {
	sum := func(change string) digest.Sum {
		files := maps.Clone(portal)
		if change != "" {
			files[change] += "\n# a note\n"
		}
		c, _ := Load(site(files), options)
		return c.Mentors[0].In("es").Sum()
	}
	if sum("") != sum("mentors/ben.toml") || sum("") == sum("mentors/ana.toml") || sum("") == sum("mentors/ana.es.toml") {
		t.Error("a translation's digest is not that of its two files")
	}
}

func TestSymlink(t *testing.T) {
	fsys := site(portal)
	fsys["content/mentors/eve.toml"] = &fstest.MapFile{Data: []byte("/etc/passwd"), Mode: fs.ModeSymlink | 0o777}
	_, problems := Load(fsys, options)
	if got := text(problems); !strings.HasPrefix(got, "content/mentors/eve.toml: this is a symbolic link") || len(problems) != 1 {
		t.Error(got)
	}
}
