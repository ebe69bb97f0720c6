package main

import (
	"errors"
	"fmt"
	"slices"

	"github.com/spf13/cobra"

	"github.com/stoa-portal/stoa/generator"
)

func exportCommand(t *terminal) *cobra.Command {
	var s site
	format := ""
	command := &cobra.Command{
		Use:   "export",
		Short: "Write the mentors as a sheet, or as JSON",
		Long: `Write the mentors as a sheet (CSV), or as JSON, to standard output: everything that their files
hold, also what is not published. stoa import takes it back: the sheet with whatever was changed in it,
and the JSON as the very same files.`,
		Example: `  stoa export > mentors.csv
  stoa export --format json > mentors.json`,
		Args: arguments(),
		RunE: func(command *cobra.Command, _ []string) error {
			if !slices.Contains(generator.ExportFormats, format) {
				return misspeltf("the flag --format cannot be %q%s: it is csv or json", format, generator.DidYouMean(format, generator.ExportFormats))
			}
			g, err := s.open()
			if err != nil {
				return err
			}
			err = g.Export(command.Context(), t.out, format)
			if problems, ok := errors.AsType[generator.Problems](err); ok {
				t.problems(problems, s.source, true)
				return failure{}
			}
			if err != nil {
				return failure{fmt.Errorf("the export ended early: %w", err)}
			}
			return nil
		},
	}
	s.sourceFlag(command)
	command.Flags().StringVar(&format, "format", "csv", "`csv or json`")
	completeWith(command, "format", cobra.FixedCompletions(generator.ExportFormats, cobra.ShellCompDirectiveNoFileComp))
	return command
}
