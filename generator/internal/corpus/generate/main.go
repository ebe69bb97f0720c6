// Command generate writes the source of an invented portal, for benchmarks:
//
//	go run ./generator/internal/corpus/generate -n 10000 DIR
//
// or draws the portrait of a mentor of the sample portal, by id:
//
//	go run ./generator/internal/corpus/generate -portrait amara-okafor FILE.jpg
package main

import (
	"flag"
	"fmt"
	"io"
	"os"

	"github.com/stoa-portal/stoa/generator/internal/corpus"
)

func main() { os.Exit(run(os.Args[1:], os.Stdout, os.Stderr)) }

func run(args []string, stdout, stderr io.Writer) int {
	var o corpus.Options
	flags := flag.NewFlagSet("generate", flag.ContinueOnError)
	flags.SetOutput(stderr)
	flags.IntVar(&o.Mentors, "n", 1000, "number of `mentors`")
	flags.IntVar(&o.Guides, "guides", 0, "number of `guides` (default: one for 20 mentors, 10 to 500)")
	flags.IntVar(&o.Photos, "photos", 0, "number of `mentors` with a photo")
	flags.Uint64Var(&o.Seed, "seed", 1, "`number` that another portal of the same size comes from")
	portrait := flags.String("portrait", "", "draw the portrait of the mentor with this `id` instead")
	size := flags.Int("size", 480, "width and height of the portrait in `pixels`")
	flags.Usage = func() {
		fmt.Fprintln(stderr, "usage: generate [flags] DIR\n       generate -portrait ID [-size N] FILE.jpg")
		flags.PrintDefaults()
	}
	if err := flags.Parse(args); err != nil {
		return 2
	}
	if flags.NArg() != 1 || o.Mentors < 0 || o.Guides < 0 || o.Photos < 0 || *size < 1 || *size > 4096 {
		flags.Usage()
		return 2
	}
	target := flags.Arg(0)
	if err := write(target, o, *portrait, *size); err != nil {
		fmt.Fprintln(stderr, "generate:", err)
		return 1
	}
	fmt.Fprintln(stdout, target)
	return 0
}

func write(target string, o corpus.Options, portrait string, size int) error {
	if portrait == "" {
		return corpus.Write(target, o)
	}
	data, err := corpus.EncodePortrait(corpus.PortraitOf(portrait, size))
	if err != nil {
		return err
	}
	return os.WriteFile(target, data, 0o644)
}
