package generator_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"github.com/stoa-portal/stoa/generator"
)

// A site is a folder with config.toml and content/. Build writes it to a folder of its
// own, and says what is wrong with it in words for the author.
func Example() {
	dir, err := os.MkdirTemp("", "portal")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer os.RemoveAll(dir)
	write := func(name, text string) {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			fmt.Println(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			fmt.Println(err)
		}
	}
	write("config.toml", "title = \"Mentoring\"\nbase_url = \"https://mentoring.example.org/\"\n")
	write("content/mentors/ana.toml", "name = \"Ana Díaz\"\nheadline = \"Ask me about your first job\"\nskills = [\"statistics\"]\nhelp_wiht = [\"careers\"]\n")

	site, err := generator.New(generator.Options{Source: dir, Date: "2026-10-12"})
	if err != nil {
		fmt.Println(err)
		return
	}
	result, err := site.Build(context.Background(), generator.BuildOptions{})
	fmt.Println(result.Files, "files:", err)

	write("content/mentors/ana.toml", "name = \"Ana Díaz\"\nheadline = \"Ask me about your first job\"\nskills = [\"statistics\"]\nhelp_with = [\"careers\"]\n")
	result, err = site.Build(context.Background(), generator.BuildOptions{})
	_, missing := os.Stat(filepath.Join(result.Destination, "mentors", "ana", "index.html"))
	fmt.Println(result.Written == result.Files, err, missing)

	// Output:
	// 0 files: content/mentors/ana.toml:4:1: there is no key "help_wiht" (did you mean "help_with"?)
	// true <nil> <nil>
}
