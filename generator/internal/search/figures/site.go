package main

import (
	"bytes"
	"fmt"
	"io/fs"
	"maps"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"runtime/debug"
	"runtime/metrics"
	"slices"
	"strings"
	"testing/fstest"
	"time"

	"github.com/stoa-portal/stoa/generator/internal/civil"
	"github.com/stoa-portal/stoa/generator/internal/config"
	"github.com/stoa-portal/stoa/generator/internal/content"
	"github.com/stoa-portal/stoa/generator/internal/corpus"
	"github.com/stoa-portal/stoa/generator/internal/digest"
	"github.com/stoa-portal/stoa/generator/internal/output"
	"github.com/stoa-portal/stoa/generator/internal/pages"
	"github.com/stoa-portal/stoa/generator/internal/photo"
	"github.com/stoa-portal/stoa/generator/internal/portal"
	"github.com/stoa-portal/stoa/generator/internal/search"
	"github.com/stoa-portal/stoa/generator/internal/theme"
	"github.com/stoa-portal/stoa/themes"
)

// A site is an invented portal, planned.
type site struct {
	sources fstest.MapFS
	cache   content.Cache
	dress   *theme.Theme
	memory  *pages.SearchMemory // of what documents were divided into; nil: nothing is remembered
	portal  *portal.Portal
	plan    *pages.Plan
	files   map[string][]byte // of the index, below search/en/
}

func invent(mentors int) *site {
	s := &site{sources: fstest.MapFS{}}
	for path, data := range corpus.Files(corpus.Options{Mentors: mentors, Seed: 1}) {
		s.sources[path] = &fstest.MapFile{Data: data}
	}
	return s
}

// look plans the site as it is now.
func (s *site) look() error {
	c, problems := config.Load(s.sources["config.toml"].Data, "config.toml")
	entries := []content.Entry{}
	for path, file := range s.sources {
		if strings.HasPrefix(path, "content/") {
			entries = append(entries, content.Entry{Path: path, Sum: digest.Bytes(file.Data)})
		}
	}
	slices.SortFunc(entries, func(a, b content.Entry) int { return strings.Compare(a.Path, b.Path) })
	all, more := content.Load(s.sources, content.Options{Languages: c.Tags(), Default: string(c.Language), Fields: c.ProfileFields(), Entries: entries, Cache: &s.cache})
	problems.Add(more)
	if problems.Errors() > 0 {
		return problems
	}
	s.portal, _ = portal.New(c, all, portal.Options{Today: civil.Of(2026, 11, 23), Last: s.portal})
	if s.dress == nil {
		layers, _ := theme.Stack("default", nil, themes.FS)
		s.dress, _ = theme.Load(layers, theme.Options{Languages: c.Tags(), Default: string(c.Language)})
	}
	s.plan, _ = pages.New(pages.Input{
		Portal: s.portal, Theme: s.dress, Source: s.sources, Album: photo.NewAlbum(), BaseURL: c.BaseURL, Base: "/", Version: "figures",
		Sum:   func(path string) digest.Sum { return digest.Bytes(s.sources[path].Data) },
		Paths: &output.Checked{}, Memory: s.memory,
	})
	return nil
}

// index makes the index, and tells how much memory was in use for it at most, in bytes: what the
// collector found to be alive.
func (s *site) index() (int64, error) {
	debug.FreeOSMemory()
	before := alive()
	peak := watchMemory()
	rows, err := s.plan.Search()
	most := peak() - before
	if err != nil {
		return 0, err
	}
	s.files = make(map[string][]byte, len(rows))
	for _, row := range rows {
		var data bytes.Buffer
		if err := row.Render(&data); err != nil {
			return 0, err
		}
		s.files[strings.TrimPrefix(row.Path, "search/en/")] = data.Bytes()
	}
	return most, nil
}

func (s *site) open() (*search.Opened, error) {
	return search.Open(func(path string) ([]byte, error) {
		if data, ok := s.files[path]; ok {
			return data, nil
		}
		return nil, fs.ErrNotExist
	})
}

// alive is how much memory the last collection found to be in use.
func alive() int64 {
	sample := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
	metrics.Read(sample)
	return int64(sample[0].Value.Uint64())
}

// watchMemory has the collector look often until the function it gives is called, which tells the most
// that was in use.
func watchMemory() func() int64 {
	often := debug.SetGCPercent(30)
	stop, most := make(chan struct{}), make(chan int64)
	go func() {
		tick := time.NewTicker(10 * time.Millisecond)
		defer tick.Stop()
		for n := int64(0); ; {
			n = max(n, alive())
			select {
			case <-stop:
				most <- n
				return
			case <-tick.C:
			}
		}
	}()
	return func() int64 {
		close(stop)
		debug.SetGCPercent(often)
		return <-most
	}
}

// rewritten makes three edits, each on its own, and counts the files of the index that are new.
func (s *site) rewritten() (string, error) {
	mentors := slices.DeleteFunc(slices.Sorted(maps.Keys(s.sources)), func(path string) bool { return !strings.HasPrefix(path, "content/mentors/") })
	r := rand.New(rand.NewPCG(1, 1))
	file := mentors[r.IntN(len(mentors))]
	text := s.sources[file].Data
	edits := []func(){
		func() { // another word in the middle of the text
			words := strings.Split(string(text[bytes.Index(text, []byte("bio")):]), " ")
			at := len(words) / 4
			s.sources[file] = &fstest.MapFile{Data: bytes.Replace(text, []byte(" "+words[at]+" "), []byte(" meeting "), 1)}
		},
		func() {
			start := bytes.Index(text, []byte("\nskills = [")) + len("\nskills = [")
			end := start + bytes.IndexAny(text[start:], ",]")
			s.sources[file] = &fstest.MapFile{Data: slices.Concat(text[:start], []byte(`"tools-for-botany"`), text[end:])}
		},
		func() {
			s.sources[file] = &fstest.MapFile{Data: text}
			s.sources["content/mentors/somebody-new.toml"] = &fstest.MapFile{Data: bytes.Replace(text, []byte("\nname = \""), []byte("\nname = \"New "), 1)}
		},
	}
	s.memory = &pages.SearchMemory{}
	var counts []string
	for _, edit := range edits {
		s.sources[file] = &fstest.MapFile{Data: text}
		before := s.files
		edit()
		if err := s.look(); err != nil {
			return "", err
		}
		if _, err := s.index(); err != nil {
			return "", err
		}
		n := 0
		for path, data := range s.files {
			if !bytes.Equal(before[path], data) {
				n++
			}
		}
		counts = append(counts, fmt.Sprint(n))
		s.files = before
	}
	return strings.Join(counts, " / "), nil
}

// pagefind builds the pages and tells how long Pagefind takes for them.
func (s *site) pagefind(program string) (time.Duration, error) {
	dir, err := os.MkdirTemp("", "figures")
	if err != nil {
		return 0, err
	}
	defer os.RemoveAll(dir)
	if problems := writeAll(dir, s.plan.Files); problems != nil {
		return 0, problems
	}
	command := exec.Command(program, "--site", dir)
	started := time.Now()
	if out, err := command.CombinedOutput(); err != nil {
		return 0, fmt.Errorf("%s: %w\n%s", program, err, out)
	}
	return time.Since(started), nil
}

func writeAll(dir string, rows []output.File) error {
	for _, row := range rows {
		if !strings.HasSuffix(row.Path, ".html") {
			continue
		}
		file := filepath.Join(dir, filepath.FromSlash(row.Path))
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			return err
		}
		var page bytes.Buffer
		if err := row.Render(&page); err != nil {
			return err
		}
		if err := os.WriteFile(file, page.Bytes(), 0o644); err != nil {
			return err
		}
	}
	return nil
}
