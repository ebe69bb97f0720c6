package main

import (
	"errors"
	"fmt"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"github.com/stoa-portal/stoa/generator"
)

// importCommand brings what was kept elsewhere into a site: the roster by itself, and whatever
// has a command of its own below it.
func importCommand(t *terminal) *cobra.Command {
	var s site
	var o generator.ImportOptions
	propose := false
	command := &cobra.Command{
		Use:   "import FILE|URL...",
		Short: "Bring mentors in from a spreadsheet",
		Long: `Bring mentors in from a spreadsheet (CSV), from JSON or YAML, or from the address of a published
sheet. import.toml says which columns are which fields; --propose-map writes it. Run it as often as
you like: what was changed in the sheet comes in, what was changed by hand stays, and nothing is
written when anything is wrong.

It also takes what stoa export wrote, and the change that a mentor sent from the update page (a file,
or - for what is pasted).`,
		Example: `  stoa import mentors.csv --propose-map     write import.toml; look through it
  stoa import mentors.csv --dry-run         say what would change
  stoa import mentors.csv`,
		Args: func(command *cobra.Command, args []string) error {
			if len(args) == 0 {
				return misspeltf("%s needs FILE or URL, a sheet of mentors", command.CommandPath())
			}
			return nil
		},
		RunE: func(command *cobra.Command, args []string) error {
			g, err := s.open()
			if err != nil {
				return err
			}
			o.Sources, o.Input = args, os.Stdin
			if propose {
				file, found, of, err := g.ProposeMap(command.Context(), o)
				if err != nil {
					if problems, ok := errors.AsType[generator.Problems](err); ok {
						t.problems(problems, s.source, true)
					}
					return t.importFailed(err)
				}
				t.result(green, "Wrote", " %s: fields for %d of %s", plain(file), found, counted(of, "column"))
				t.next("look through it, then stoa import %s --dry-run says what would happen", quoted(args[0]))
				return nil
			}
			show, clear := t.progress("Reading: %d of %s", "row")
			o.Progress = show
			imported, err := g.Import(command.Context(), o)
			clear()
			if imported != nil {
				t.problems(imported.Problems, s.source, o.DryRun)
			}
			if err != nil {
				return t.importFailed(err)
			}
			t.imported(imported, o.DryRun)
			return nil
		},
	}
	s.sourceFlag(command)
	flags := command.Flags()
	flags.StringVar(&o.Map, "map", "", "`file` that says which columns are which fields, instead of import.toml")
	flags.BoolVar(&propose, "propose-map", false, "look at the sheet and write that file")
	flags.StringVar(&o.Photos, "photos", "", "`folder` with photos, named by id or name")
	flags.BoolVar(&o.Learn, "learn", false, "add words that the vocabularies do not have")
	flags.BoolVar(&o.DryRun, "dry-run", false, "say what would change, and write nothing")
	flags.StringVar(&s.clock, "clock", "", "`day` to take for today, as 2026-10-12")
	folderFlag(command, "photos")
	completeNothing(command, "clock")
	command.AddCommand(importGuidesCommand(t))
	return command
}

// importFailed says why nothing was written. Problems of the sheet have been printed.
func (t *terminal) importFailed(err error) error {
	if problems, ok := errors.AsType[generator.Problems](err); ok {
		t.note(bold, "Nothing was written: %s", counts(problems))
		return failure{}
	}
	if errors.Is(err, generator.ErrRefused) {
		return err
	}
	return failure{err}
}

var importWords = map[string]struct{ colour, word string }{
	"new": {green, "new"}, "shown": {green, "back"}, "changed": {bold, "changed"}, "hidden": {yellow, "hidden"}, "conflict": {red, "conflict"},
}

// imported says what an import did, or would do.
func (t *terminal) imported(i *generator.Imported, dry bool) {
	for _, d := range i.Differences {
		w := importWords[d.Kind]
		t.result(w.colour, fmt.Sprintf("%-8s", w.word), " %s (%s)", plain(d.Name), plain(d.ID))
		for _, line := range d.Lines {
			fmt.Fprintln(t.out, "           "+plain(line))
		}
	}
	t.words(i)
	if len(i.Unused) > 0 {
		t.result(faint, "Not used:", " %s", plain(strings.Join(i.Unused, " · ")))
	}
	for _, photo := range i.Photos {
		t.result(green, "photo   ", " %s", plain(photo))
	}
	if len(i.Strangers) > 0 {
		t.result(yellow, "Photos of nobody:", " %s", plain(strings.Join(i.Strangers, ", ")))
	}
	done, files := "Imported", ""
	if dry {
		done = "Would import"
	}
	if n := len(i.Files); n > 0 && !dry {
		files = counted(n, "file") + " written"
	} else if n == 0 {
		files = "nothing to change"
	}
	some := func(n int, word string) string {
		if n == 0 {
			return ""
		}
		return fmt.Sprintf("%d %s", n, word)
	}
	t.result(green, done, " %s%s", counted(i.Rows, "row"), after(
		some(i.Added, "new"), some(i.Changed, "changed"), some(i.Same, "as before"), some(i.Shown, "back"), some(i.Hidden, "hidden"),
		some(i.Refused, "without consent, left out"), some(i.Passed, "deleted by hand, left out"), some(i.Conflicts, "in conflict"), files, counts(i.Problems)))
}

// words lists those that no vocabulary has, by vocabulary.
func (t *terminal) words(i *generator.Imported) {
	byVocabulary := map[string][]string{}
	var names []string
	learned := false
	for _, u := range i.Unknown {
		if byVocabulary[u.Vocabulary] == nil {
			names = append(names, u.Vocabulary)
		}
		learned = learned || u.Learned != ""
		byVocabulary[u.Vocabulary] = append(byVocabulary[u.Vocabulary], fmt.Sprintf("%s (%d)", u.Word, u.Count))
	}
	verb := "does not have"
	if learned {
		verb = "learns"
	}
	for _, name := range names {
		t.result(yellow, "vocabulary/"+name, " %s %s: %s", verb, counted(len(byVocabulary[name]), "word"), plain(strings.Join(byVocabulary[name], ", ")))
	}
	if len(names) > 0 && !learned {
		t.note(faint, "--learn adds these words; an alias in the vocabulary makes one mean a term that is there")
	}
}
