package generator

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"runtime/metrics"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stoa-portal/stoa/generator/internal/corpus"
)

var mentors = flag.Int("mentors", 0, "benchmark a portal of this many mentors instead of 1,000 and 10,000")

// BenchmarkSite measures, on invented portals:
//
//	cold   the first build, into an empty folder, by a program that has just started
//	warm   a build when nothing has changed
//	edit   a build after one profile changed
//	look   while serving: from one changed profile to its page, everything planned again
//
// peak-MB is the most heap that was in use at once.
func BenchmarkSite(b *testing.B) {
	sizes := []int{1_000, 10_000}
	if *mentors > 0 {
		sizes = []int{*mentors}
	} else if testing.Short() {
		sizes = sizes[:1]
	}
	for _, size := range sizes {
		b.Run(fmt.Sprint(size), func(b *testing.B) {
			dir := b.TempDir()
			source, dest := filepath.Join(dir, "site"), filepath.Join(dir, "public")
			if err := corpus.Write(source, corpus.Options{Mentors: size, Seed: 1}); err != nil {
				b.Fatal(err)
			}
			build := func(g *Generator, dest string) Result {
				result, err := g.Build(b.Context(), BuildOptions{Destination: dest})
				if err != nil {
					b.Fatal(err)
				}
				return result
			}
			options := Options{Source: source}
			b.Run("cold", func(b *testing.B) {
				for i := 0; b.Loop(); i++ {
					b.StopTimer()
					runtime.GC()
					most := watchHeap()
					b.StartTimer()
					result := build(newGenerator(b, options), filepath.Join(dir, "cold", fmt.Sprint(i)))
					b.StopTimer()
					b.ReportMetric(most(), "peak-MB")
					b.ReportMetric(float64(result.Files), "files")
					removeAll(b, filepath.Join(dir, "cold"))
					b.StartTimer()
				}
			})
			build(newGenerator(b, options), dest)
			b.Run("warm", func(b *testing.B) {
				for b.Loop() {
					if result := build(newGenerator(b, options), dest); !result.UpToDate {
						b.Fatal("it is not up to date")
					}
				}
			})
			profile := anyProfile(b, source)
			b.Run("edit", func(b *testing.B) {
				for i := 0; b.Loop(); i++ {
					profile.edit(b, i)
					if result := build(newGenerator(b, options), dest); result.UpToDate {
						b.Fatal("nothing was written")
					}
				}
			})
			b.Run("look", func(b *testing.B) {
				g := newGenerator(b, options)
				page := "mentors/" + profile.id + "/index.html"
				first, err := g.scan()
				if err != nil {
					b.Fatal(err)
				}
				g.look(first, nil)
				for i := 0; b.Loop(); i++ {
					profile.edit(b, i)
					snapshot, err := g.scan()
					if err != nil {
						b.Fatal(err)
					}
					s := g.look(snapshot, nil)
					var html bytes.Buffer
					for _, f := range s.plan.Files {
						if f.Path == page {
							f.Key()
							err = f.Render(&html)
						}
					}
					if err != nil || !strings.Contains(html.String(), fmt.Sprintf("Edit %d", i)) {
						b.Fatalf("the page does not show the edit: %v", err)
					}
				}
			})
		})
	}
}

// A profile is one mentor's file, to edit again and again.
type profile struct {
	id, file string
	text     []byte
}

func anyProfile(b *testing.B, source string) profile {
	files, err := filepath.Glob(filepath.Join(source, "content/mentors/*.toml"))
	if err != nil || len(files) == 0 {
		b.Fatal("no profiles", err)
	}
	file := files[len(files)/2]
	text, err := os.ReadFile(file)
	if err != nil {
		b.Fatal(err)
	}
	return profile{strings.TrimSuffix(filepath.Base(file), ".toml"), file, text}
}

func (p profile) edit(b *testing.B, i int) {
	b.Helper()
	text := bytes.Replace(p.text, []byte("bio = \"\"\"\n"), fmt.Appendf(nil, "bio = \"\"\"\nEdit %d at %d.\n\n", i, time.Now().UnixNano()), 1)
	if err := os.WriteFile(p.file, text, 0o644); err != nil {
		b.Fatal(err)
	}
}

// watchHeap looks at the heap until the function it returns is called, which says how many
// million bytes were in use at most.
func watchHeap() (most func() float64) {
	var peak uint64
	var group sync.WaitGroup
	over := make(chan struct{})
	group.Go(func() {
		sample := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}}
		tick := time.NewTicker(2 * time.Millisecond)
		defer tick.Stop()
		for {
			metrics.Read(sample)
			peak = max(peak, sample[0].Value.Uint64())
			select {
			case <-tick.C:
			case <-over:
				return
			}
		}
	})
	return func() float64 {
		close(over)
		group.Wait()
		return float64(peak) / 1e6
	}
}
