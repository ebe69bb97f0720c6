package main

import (
	"errors"
	"fmt"
	"os"

	"github.com/spf13/cobra"

	"github.com/stoa-portal/stoa/generator"
)

func reportCommand(t *terminal) *cobra.Command {
	var s site
	var file string
	command := &cobra.Command{
		Use:   "report",
		Short: "Write a report for the coordinator: who can be asked, what is missing, what is due",
		Long: `Write one HTML file for the coordinator: mentors by state, free places by stage and topic, skills
that goals and guides name and nobody offers, languages and time zones, profiles that are due to be
read over with a message to each mentor, and what is different since the last report.

The file needs nothing else, prints, and can be sent. .stoa/report.json in the site's folder keeps
what the next report compares with.`,
		Example: `  stoa report
  stoa report -s my-portal -o november.html
  stoa report -o - | less`,
		Args: arguments(),
		RunE: func(command *cobra.Command, _ []string) error {
			g, err := s.open()
			if err != nil {
				return err
			}
			r, err := g.Report()
			if _, isProblems := errors.AsType[generator.Problems](err); isProblems {
				t.problems(r.Problems, s.source, true)
				t.note(red, "No report: %s", counts(r.Problems))
				return failure{}
			}
			if err != nil {
				return failure{err}
			}
			if file == "-" {
				if _, err := t.out.Write(r.HTML); err != nil {
					return failure{err}
				}
				return nil
			}
			if err := os.WriteFile(file, r.HTML, 0o644); err != nil {
				return failure{err}
			}
			changes := fmt.Sprintf("%d changed since the last report", r.Changes)
			if r.First {
				changes = "the first report"
			}
			t.result(green, "Wrote", " %s%s", shown(file), after(
				counted(r.Mentors, "published mentor"), fmt.Sprintf("%d can be asked", r.CanAsk), fmt.Sprintf("%d due to be read over", r.Due), changes))
			return nil
		},
	}
	s.flags(command)
	command.Flags().StringVarP(&file, "output", "o", "report.html", "`file` to write; - is the standard output")
	return command
}
