package main

import (
	"errors"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/stoa-portal/stoa/generator"
)

func newCommand(t *terminal) *cobra.Command {
	command := &cobra.Command{
		Use:   "new",
		Short: "Begin a site, or a file of one",
		Long: `Begin a site, or a file of one. What is written can be built as it is, and explains itself in
comments. No file is ever replaced.

An id is the name of the file: small letters of any script, digits and hyphens.`,
		Example: `  stoa new site my-portal
  stoa new mentor ana-lopez
  stoa new guide start-here/first-meeting`,
		Args: cobra.ArbitraryArgs,
		RunE: group,
	}
	command.AddCommand(newSiteCommand(t))
	for _, kind := range generator.ScaffoldKinds {
		command.AddCommand(newFileCommand(t, kind))
	}
	return command
}

func newSiteCommand(t *terminal) *cobra.Command {
	return &cobra.Command{
		Use:   "site DIR",
		Short: "Begin a portal in a folder of its own",
		Long: `Begin a portal: settings, two invented mentors, a program, guides, a goal, a worksheet,
vocabularies, and a workflow that publishes it with GitHub Pages.`,
		Example: `  stoa new site my-portal
  stoa new site .               in the current folder`,
		Args: arguments("DIR, the folder to make"),
		ValidArgsFunction: func(_ *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
			if len(args) > 0 {
				return nil, cobra.ShellCompDirectiveNoFileComp
			}
			return nil, cobra.ShellCompDirectiveFilterDirs
		},
		RunE: func(_ *cobra.Command, args []string) error {
			written, err := generator.ScaffoldSite(args[0])
			if err := t.wrote(args[0], written, err); err != nil {
				return err
			}
			in := ""
			if shown(args[0]) != "." {
				in = " -s " + quoted(shown(args[0]))
			}
			t.next("stoa serve%s --open shows the portal; %s says what to change first", in, path.Join(shown(args[0]), "README.md"))
			return nil
		},
	}
}

// What each kind of file is asked for by, and what to do after it was begun.
var newFiles = map[string]struct{ argument, short, example, next string }{
	"mentor":    {"ID", "Begin a mentor's profile", "ana-lopez", "fill in the profile, and set publish = true under [consent] when the mentor has agreed"},
	"program":   {"ID", "Begin a program", "alumni-circle", "say what the program is, and remove the # in front of what you need"},
	"guide":     {"PATH", "Begin a guide, in folders of its own if the path has any", "start-here/first-meeting", "write the guide; stoa serve --drafts shows it until you remove the line draft = true"},
	"goal":      {"ID", "Begin a goal template", "first-conference-talk", "say what the goal is, and remove the # in front of what you need"},
	"worksheet": {"ID", "Begin a worksheet", "session-log", "ask what you want to ask"},
	"theme":     {"NAME", "Begin a theme of your own, which extends the default one", "campus", `write theme = "%s" in config.toml, above the first line with brackets; stoa serve shows every change`},
}

func newFileCommand(t *terminal, kind string) *cobra.Command {
	var s site
	words := newFiles[kind]
	command := &cobra.Command{
		Use:     kind + " " + words.argument,
		Short:   words.short,
		Example: fmt.Sprintf("  stoa new %s %s", kind, words.example),
		Args:    arguments(fmt.Sprintf("%s, such as %s", words.argument, words.example)),
		RunE: func(_ *cobra.Command, args []string) error {
			written, err := generator.Scaffold(s.source, kind, args[0])
			if err := t.wrote(s.source, written, err); err != nil {
				return err
			}
			next := words.next
			if kind == "theme" {
				next = fmt.Sprintf(next, path.Base(path.Dir(written[0])))
			}
			t.next("%s", next)
			return nil
		},
		ValidArgsFunction: cobra.NoFileCompletions,
	}
	if kind == "guide" {
		command.ValidArgsFunction = func(_ *cobra.Command, args []string, begun string) ([]string, cobra.ShellCompDirective) {
			if len(args) > 0 {
				return nil, cobra.ShellCompDirectiveNoFileComp
			}
			return sections(s.source, begun), cobra.ShellCompDirectiveNoFileComp | cobra.ShellCompDirectiveNoSpace
		}
	}
	s.sourceFlag(command)
	return command
}

// sections are the folders of guides that a path may go on with.
func sections(source, begun string) []string {
	folder, _ := path.Split(begun)
	entries, err := os.ReadDir(filepath.Join(source, "content", "guides", filepath.FromSlash(path.Clean("/"+folder))))
	if err != nil {
		return nil
	}
	var names []string
	for _, e := range entries {
		if name := folder + e.Name() + "/"; e.IsDir() && strings.HasPrefix(name, begun) {
			names = append(names, name)
		}
	}
	return names
}

// wrote lists the files that a scaffold wrote, and says what its error means.
func (t *terminal) wrote(source string, files []string, err error) error {
	for _, file := range files {
		t.result(green, "Wrote", " %s", plain(path.Join(shown(source), file)))
	}
	if err != nil && !errors.Is(err, generator.ErrRefused) && !errors.Is(err, generator.ErrNoSite) {
		return failure{err}
	}
	return err
}

func (t *terminal) next(format string, args ...any) {
	t.result(bold, "Next:", " "+format, args...)
}

// quoted is a path as a shell takes it.
func quoted(path string) string {
	if strings.ContainsAny(path, " '\"$&;()") {
		return fmt.Sprintf("%q", path)
	}
	return path
}
