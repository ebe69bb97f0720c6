package corpus

import (
	"bytes"
	"image/jpeg"
	"maps"
	"os"
	"path"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stoa-portal/stoa/generator/internal/civil"
	"github.com/stoa-portal/stoa/generator/internal/config"
	"github.com/stoa-portal/stoa/generator/internal/content"
	"github.com/stoa-portal/stoa/generator/internal/portal"
)

func files(o Options) fstest.MapFS {
	all := fstest.MapFS{}
	for path, data := range Files(o) {
		all[path] = &fstest.MapFile{Data: data}
	}
	return all
}

// What is invented must be what the contract allows, or benchmarks measure the
// reporting of errors.
func TestValid(t *testing.T) {
	fsys := files(Options{Mentors: 400, Photos: 2, Seed: 3})
	settings, problems := config.Load(fsys["config.toml"].Data, "config.toml")
	read, more := content.Load(fsys, content.Options{Languages: []string{"en"}, Default: "en"})
	problems.Add(more)
	_, more = portal.New(settings, read, portal.Options{Today: civil.Date{Year: year, Month: 11, Day: 23}})
	problems.Add(more)
	for i, problem := range problems {
		if i == 20 {
			t.Fatalf("… and %d more", len(problems)-i)
		}
		t.Error(problem)
	}
	counts := map[string]int{
		"mentors": len(read.Mentors), "photos": len(read.Photos), "guides": len(read.Guides), "programs": len(read.Programs),
		"goals": len(read.Goals), "worksheets": len(read.Worksheets), "skills": len(read.Vocabularies["skills"].Value.Terms),
	}
	want := map[string]int{"mentors": 400, "photos": 2, "guides": 20, "programs": programCount, "goals": goalCount, "worksheets": worksheetCount, "skills": skillCount}
	if !maps.Equal(counts, want) {
		t.Errorf("has %v, want %v", counts, want)
	}

	states, languages, departments := map[string]bool{}, map[string]bool{}, map[string]bool{}
	for _, mentor := range read.Mentors {
		m := mentor.Value
		states[m.Availability.Status] = true
		departments[m.Department] = true
		for _, language := range m.Languages {
			languages[string(language)] = true
		}
		if words := len(strings.Fields(string(m.Bio))); words < 70 || words > 220 {
			t.Errorf("%s: a life in %d words", mentor.ID, words)
		}
	}
	if len(states) != 5 || len(languages) != len(peoples) || len(departments) < departmentCount/2 {
		t.Errorf("%d states, %d languages, %d departments", len(states), len(languages), len(departments))
	}
}

// Every relative link leads to a file.
func TestLinks(t *testing.T) {
	fsys := files(Options{Mentors: 300, Guides: 40, Seed: 5})
	links := 0
	for file, f := range fsys {
		for part := range strings.SplitSeq(string(f.Data), "](") {
			target, _, ok := strings.Cut(part, ")")
			if !ok || !strings.HasSuffix(target, ".md") || strings.ContainsAny(target, " \n") {
				continue
			}
			links++
			if fsys[path.Join(path.Dir(file), target)] == nil {
				t.Errorf("%s links to %s, which is not there", file, target)
			}
		}
	}
	if links < 100 {
		t.Errorf("only %d links", links)
	}
}

func TestSameOptionsSameBytes(t *testing.T) {
	equal := func(a, b fstest.MapFS) bool {
		return maps.EqualFunc(a, b, func(x, y *fstest.MapFile) bool { return bytes.Equal(x.Data, y.Data) })
	}
	o := Options{Mentors: 60, Guides: 12, Photos: 1, Seed: 7}
	small := files(o)
	if !equal(small, files(o)) {
		t.Error("the same options gave other bytes")
	}
	o.Seed = 8
	if equal(small, files(o)) {
		t.Error("another seed gave the same bytes")
	}
	o.Seed, o.Mentors = 7, 120
	large := files(o)
	for path, file := range small {
		if !bytes.Equal(file.Data, large[path].Data) {
			t.Errorf("%s is another one in a larger portal", path)
		}
	}
}

func TestWrite(t *testing.T) {
	dir := t.TempDir()
	o := Options{Mentors: 5, Guides: 3, Seed: 1}
	if err := Write(dir, o); err != nil {
		t.Fatal(err)
	}
	for path, file := range files(o) {
		written, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(path)))
		if err != nil || !bytes.Equal(written, file.Data) {
			t.Errorf("%s: %v", path, err)
		}
	}
	for range Files(Options{Mentors: 1_000_000}) { // stops when asked to
		break
	}
}

func TestPortrait(t *testing.T) {
	seen := map[string]uint64{}
	for seed := range uint64(60) {
		data, err := EncodePortrait(Portrait(seed, 64))
		if err != nil {
			t.Fatal(err)
		}
		if other, ok := seen[string(data)]; ok {
			t.Errorf("portraits %d and %d are the same", seed, other)
		}
		seen[string(data)] = seed
	}
	data, err := EncodePortrait(PortraitOf("somebody", 480))
	if err != nil {
		t.Fatal(err)
	}
	if config, err := jpeg.DecodeConfig(bytes.NewReader(data)); err != nil || config.Width != 480 || config.Height != 480 || len(data) > 30_000 {
		t.Errorf("%d × %d in %d bytes: %v", config.Width, config.Height, len(data), err)
	}
}

func TestDate(t *testing.T) {
	for days, want := range map[int]string{0: "2026-01-01", 58: "2026-02-28", 59: "2026-03-01", 364: "2026-12-31", 365: "2027-01-01"} {
		if got := date(2026, days); got != want {
			t.Errorf("day %d is %s, want %s", days, got, want)
		}
	}
}

func BenchmarkFiles(b *testing.B) {
	for b.Loop() {
		for range Files(Options{Mentors: 1000, Seed: 1}) {
		}
	}
}
