package output

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"testing"

	"github.com/stoa-portal/stoa/generator/internal/digest"
)

// pages is a plan of n rows of 20 kB, in folders of their own, as a portal's pages are.
func pages(n int, version string) []File {
	body := bytes.Repeat([]byte("<p>A mentor's page, of usual size</p>\n"), 20_000/38)
	plan := make([]File, n)
	for i := range plan {
		plan[i] = File{
			Path: fmt.Sprintf("mentors/mentor-%05d/index.html", i),
			Key:  key(version, i),
			Render: func(w io.Writer) error {
				_, err := fmt.Fprintf(w, "%s %d\n%s", version, i, body)
				return err
			},
		}
	}
	return plan
}

func BenchmarkSync(b *testing.B) {
	flush = (*os.File).Sync
	const rows = 10_000
	first, second := pages(rows, "first"), pages(rows, "second")
	inputs := digest.Of("inputs")
	run := func(b *testing.B, dest string, plan []File) Result {
		d, err := Open(dest, Options{})
		if err != nil {
			b.Fatal(err)
		}
		defer d.Close()
		result, err := d.Sync(b.Context(), plan, SyncOptions{Inputs: inputs})
		if err != nil {
			b.Fatal(err)
		}
		return result
	}
	b.Run("cold", func(b *testing.B) {
		dir := b.TempDir()
		for n := 0; b.Loop(); n++ {
			if r := run(b, filepath.Join(dir, fmt.Sprint(n)), first); r.Written != rows {
				b.Fatal(r)
			}
		}
	})
	b.Run("all-changed", func(b *testing.B) {
		dest := filepath.Join(b.TempDir(), "public")
		run(b, dest, first)
		for n := 0; b.Loop(); n++ {
			if r := run(b, dest, [][]File{second, first}[n%2]); r.Written != rows {
				b.Fatal(r)
			}
		}
	})
	b.Run("one-changed", func(b *testing.B) {
		dest := filepath.Join(b.TempDir(), "public")
		run(b, dest, first)
		plan := pages(rows, "first")
		for n := 0; b.Loop(); n++ {
			plan[7] = [2]File{second[7], first[7]}[n%2]
			if r := run(b, dest, plan); r.Written != 1 {
				b.Fatal(r)
			}
		}
	})
	b.Run("warm", func(b *testing.B) {
		dest := filepath.Join(b.TempDir(), "public")
		run(b, dest, first)
		for b.Loop() {
			if r := run(b, dest, first); !r.UpToDate {
				b.Fatal(r)
			}
		}
	})
	b.Run("up-to-date", func(b *testing.B) {
		dest := filepath.Join(b.TempDir(), "public")
		run(b, dest, first)
		for b.Loop() {
			d, err := Open(dest, Options{})
			if err != nil {
				b.Fatal(err)
			}
			if !d.UpToDate(inputs) {
				b.Fatal("not up to date")
			}
			d.Close()
		}
	})
}
