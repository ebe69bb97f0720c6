package main

import (
	"errors"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/stoa-portal/stoa/generator"
)

func importGuidesCommand(t *terminal) *cobra.Command {
	var s site
	var dryRun bool
	command := &cobra.Command{
		Use:   "guides DIR",
		Short: "Bring in guides from Jekyll, Hugo, Docusaurus or MkDocs",
		Long: `Bring in a folder of Markdown, or the project of another generator, as guides: front matter, notes,
links, pictures, sections and old addresses. What cannot be carried stays in the guide as a comment,
and is listed with its place in DIR.

Do it again when DIR has changed: what you have edited in the meantime is left as it is.`,
		Example: `  stoa import guides ../old-site --dry-run     say what would be written
  stoa import guides ../old-site/docs -s my-portal`,
		Args: arguments("DIR, the folder to bring in"),
		ValidArgsFunction: func(_ *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
			if len(args) > 0 {
				return nil, cobra.ShellCompDirectiveNoFileComp
			}
			return nil, cobra.ShellCompDirectiveFilterDirs
		},
		RunE: func(_ *cobra.Command, args []string) error {
			done, err := generator.ImportGuides(s.source, args[0], dryRun)
			for _, p := range done.Problems {
				p.File = filepath.ToSlash(filepath.Join(args[0], filepath.FromSlash(p.File)))
				t.problem(p, "")
			}
			if _, isProblems := errors.AsType[generator.Problems](err); isProblems {
				if done.Guides > 0 {
					t.broughtIn(done, s.source, dryRun)
				}
				return failure{}
			}
			if err != nil {
				if errors.Is(err, generator.ErrRefused) || errors.Is(err, generator.ErrNoSite) {
					return err
				}
				return failure{err}
			}
			t.broughtIn(done, s.source, dryRun)
			return nil
		},
	}
	s.sourceFlag(command)
	command.Flags().BoolVar(&dryRun, "dry-run", false, "write nothing, and say what would be written")
	return command
}

// broughtIn sums up an import of guides.
func (t *terminal) broughtIn(done generator.GuidesImport, source string, dryRun bool) {
	verb := "Wrote"
	if dryRun {
		verb = "Would write"
	}
	for _, file := range done.Written {
		t.result(green, verb, " %s", plain(filepath.ToSlash(filepath.Join(source, filepath.FromSlash(file)))))
	}
	left := ""
	if n := len(done.Problems); n > 0 {
		left = counted(n, "remark") + " above"
	}
	switch n := len(done.Written); {
	case n == 0:
		t.result(bold, "Nothing changed:", " %s of %s were brought in before%s", counted(done.Guides, "guide"), done.System, after(left))
	case dryRun:
		t.result(bold, "Nothing written:", " %s of %s come to %s%s", counted(done.Guides, "guide"), done.System, counted(n, "file"), after(left))
	default:
		t.result(bold, "Brought in", " %s of %s, in %s%s", counted(done.Guides, "guide"), done.System, counted(n, "file"), after(left))
		t.next("read what is said above; stoa check reads everything as the site will")
	}
}
