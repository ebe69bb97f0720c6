// Command figures measures the search on invented portals and prints what came of it:
//
//	go run ./generator/internal/search/figures -n 1000,10000
package main

import (
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
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
	"github.com/stoa-portal/stoa/generator/internal/theme"
	"github.com/stoa-portal/stoa/themes"
)

func main() { os.Exit(run(os.Args[1:], os.Stdout, os.Stderr)) }

func run(args []string, stdout, stderr io.Writer) int {
	flags := flag.NewFlagSet("figures", flag.ContinueOnError)
	flags.SetOutput(stderr)
	sizes := flags.String("n", "1000,10000", "numbers of `mentors`")
	out := flags.String("out", "", "`folder` to leave the indexes in")
	if flags.Parse(args) != nil {
		return 2
	}
	for text := range strings.SplitSeq(*sizes, ",") {
		n, err := strconv.Atoi(text)
		if err != nil {
			fmt.Fprintln(stderr, "figures:", err)
			return 2
		}
		if err := measure(n, *out, stdout); err != nil {
			fmt.Fprintln(stderr, "figures:", err)
			return 1
		}
	}
	return 0
}

func measure(n int, out string, w io.Writer) error {
	source, err := os.MkdirTemp("", "figures")
	if err != nil {
		return err
	}
	defer os.RemoveAll(source)
	if err := corpus.Write(source, corpus.Options{Mentors: n, Seed: 1}); err != nil {
		return err
	}
	fsys := os.DirFS(source)
	text, err := os.ReadFile(filepath.Join(source, "config.toml"))
	if err != nil {
		return err
	}
	c, _ := config.Load(text, "config.toml")
	started := time.Now()
	all, problems := content.Load(fsys, content.Options{Languages: c.Tags(), Default: string(c.Language), Fields: c.ProfileFields()})
	if problems.Errors() > 0 {
		return problems
	}
	p, _ := portal.New(c, all, portal.Options{Today: civil.Of(2026, 11, 23)})
	layers, _ := theme.Stack("default", nil, themes.FS)
	dress, _ := theme.Load(layers, theme.Options{Languages: c.Tags(), Default: string(c.Language)})
	plan, _ := pages.New(pages.Input{
		Portal: p, Theme: dress, Source: fsys, Album: photo.NewAlbum(), BaseURL: c.BaseURL, Base: "/", Version: "figures",
		Sum: func(string) digest.Sum { return digest.Sum{} }, Paths: &output.Checked{},
	})
	fmt.Fprintf(w, "%d: read and planned in %.1f s\n", n, time.Since(started).Seconds())
	runtime.GC()
	var before runtime.MemStats
	runtime.ReadMemStats(&before)
	peak := watchMemory()
	started = time.Now()
	files, err := plan.Search()
	if err != nil {
		return err
	}
	took := time.Since(started)
	most := peak()
	sizes := map[string][2]int{}
	for _, f := range files {
		var b strings.Builder
		if err := f.Render(&b); err != nil {
			return err
		}
		name := filepath.Base(f.Path)
		letter := strings.TrimRight(strings.Split(name, "-")[0], "0123456789")
		s := sizes[letter]
		sizes[letter] = [2]int{s[0] + 1, s[1] + b.Len()}
		if out != "" {
			file := filepath.Join(out, strconv.Itoa(n), filepath.FromSlash(f.Path))
			if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
				return err
			}
			if err := os.WriteFile(file, []byte(b.String()), 0o644); err != nil {
				return err
			}
		}
	}
	fmt.Fprintf(w, "index in %.2f s, heap +%d MB, %d files: %v\n", took.Seconds(), (most-int64(before.HeapAlloc))>>20, len(files), sizes)
	return nil
}

// watchMemory looks at the heap until the function it gives is called, which tells the most it saw.
func watchMemory() func() int64 {
	stop, done := make(chan struct{}), make(chan int64)
	go func() {
		var most int64
		tick := time.NewTicker(20 * time.Millisecond)
		defer tick.Stop()
		for {
			var m runtime.MemStats
			runtime.ReadMemStats(&m)
			most = max(most, int64(m.HeapAlloc))
			select {
			case <-stop:
				done <- most
				return
			case <-tick.C:
			}
		}
	}()
	return func() int64 { close(stop); return <-done }
}
