// Command figures measures the search on invented portals and prints a table of what came of
// it, next to what was promised:
//
//	go run ./generator/internal/search/figures -n 1000,10000
//
// It makes each portal (package corpus), its index, and a server that hands files out as common
// hosts do: gzip for text, nothing for the rest. Chromium asks, and the server counts bytes. With the
// path of Pagefind's program, that indexes the same pages; with a folder in SMART's or TREC's format,
// what relevance comes of it.
package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"
)

func main() { os.Exit(run(os.Args[1:], os.Stdout, os.Stderr)) }

func run(args []string, stdout, stderr io.Writer) int {
	flags := flag.NewFlagSet("figures", flag.ContinueOnError)
	flags.SetOutput(stderr)
	numbers := flags.String("n", "1000,10000", "numbers of `mentors`")
	chromium := flags.String("chromium", "chromium", "the browser's `path`; off measures without")
	pagefind := flags.String("pagefind", "", "`path` of Pagefind's program, to index the same pages")
	collection := flags.String("collection", "", "`folder` of a judged collection, in the format of SMART or TREC")
	if flags.Parse(args) != nil {
		return 2
	}
	ctx := context.Background()
	if *collection != "" {
		if err := judge(*collection, stdout); err != nil {
			fmt.Fprintln(stderr, "figures:", err)
			return 1
		}
		return 0
	}
	var columns []*column
	for text := range strings.SplitSeq(*numbers, ",") {
		n, err := strconv.Atoi(text)
		if err == nil {
			fmt.Fprintf(stderr, "%d mentors …\n", n)
			var c *column
			if c, err = measure(ctx, n, *chromium, *pagefind, stderr); err == nil {
				columns = append(columns, c)
			}
		}
		if err != nil {
			fmt.Fprintln(stderr, "figures:", err)
			return 1
		}
	}
	table(stdout, columns)
	return 0
}

// A column is what was measured of one portal.
type column struct {
	mentors int
	cells   map[string]string
}

// rows are the table's, with what was promised for 1,000, 10,000 and 100,000 mentors.
var rows = []struct {
	name     string
	promised [3]string
}{
	{"ready for the first key, all JavaScript of search", [3]string{"≤ 14 kB", "≤ 16 kB", "≤ 20 kB"}},
	{"one word, ten cards", [3]string{"≤ 25 kB", "≤ 30 kB", "≤ 50 kB"}},
	{"one facet value, all counts, ten cards", [3]string{"≤ 22 kB", "≤ 28 kB", "≤ 45 kB"}},
	{"two words, two filters, results", [3]string{"≤ 32 kB", "≤ 60 kB", "≤ 130 kB"}},
	{"two words, two filters, all counts", [3]string{"≤ 35 kB", "≤ 110 kB", "≤ 900 kB"}},
	{"key press to results, warm", [3]string{"≤ 10 ms", "≤ 16 ms", "≤ 60 ms"}},
	{"index time", [3]string{}},
	{"index time next to Pagefind", [3]string{"≥ 4 ×", "≥ 6 ×", "≥ 6 ×"}},
	{"index memory", [3]string{"", "", "≤ 600 MB"}},
	{"index on disk", [3]string{}},
	{"files rewritten for a word / a skill / a mentor", [3]string{"", "≤ 4 / 8 / 120", ""}},
	{"typo recall, 400 words", [3]string{"≥ 95 %", "≥ 91 %", ""}},
	{"known item, success@3", [3]string{"≥ 97 %", "≥ 97 %", ""}},
}

func table(w io.Writer, columns []*column) {
	fmt.Fprint(w, "|")
	for _, c := range columns {
		fmt.Fprintf(w, " | %d | promised", c.mentors)
	}
	fmt.Fprint(w, " |\n|---")
	for range columns {
		fmt.Fprint(w, "|---|---")
	}
	fmt.Fprintln(w, "|")
	for _, row := range rows {
		fmt.Fprintf(w, "| %s", row.name)
		for _, c := range columns {
			promised := ""
			switch c.mentors {
			case 1000, 10_000, 100_000:
				promised = row.promised[len(strconv.Itoa(c.mentors))-4]
			}
			fmt.Fprintf(w, " | %s | %s", c.cells[row.name], promised)
		}
		fmt.Fprintln(w, " |")
	}
}
