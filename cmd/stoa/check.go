package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/stoa-portal/stoa/generator"
)

var formats = []string{"text", "json", "github"}

func checkCommand(t *terminal) *cobra.Command {
	var s site
	var format string
	var external bool
	command := &cobra.Command{
		Use:   "check",
		Short: "Read everything and say what is wrong, writing nothing",
		Long: `Read every file of the site, lay out every page without writing it, and list all problems
with their place. Beyond errors it warns of what only people can decide: thin profiles, profiles
that nobody has looked at for long, words that nobody uses, and the like. content/README.md lists
the rules; [check] in config.toml switches them off or makes errors of them.

With --external it also asks the hosts of links to other sites whether the pages are still there.
That takes a second for each address of one host; answers are kept for a week in your cache folder.`,
		Example: `  stoa check
  stoa check --external               ask for links to other sites, too
  stoa check --strict                 fail on warnings too
  stoa check --format github          mark the lines in a pull request on GitHub`,
		Args: arguments(),
		RunE: func(command *cobra.Command, _ []string) error {
			if !slices.Contains(formats, format) {
				return fmt.Errorf("--format is text, json or github, not %q%s", format, generator.DidYouMean(format, formats))
			}
			g, err := s.open()
			if err != nil {
				return err
			}
			started := time.Now()
			finding, err := g.Check(command.Context())
			if _, isProblems := errors.AsType[generator.Problems](err); err != nil && !isProblems {
				if command.Context().Err() != nil {
					err = errors.New("interrupted")
				}
				return failure{err}
			}
			if external && command.Context().Err() == nil {
				links, problem := g.Links(command.Context(), generator.LinksOptions{Memory: memory()})
				if problem != nil {
					t.note(yellow, "The answers of other hosts could not be kept: %s", plain(problem.Error()))
				}
				finding.Problems = append(finding.Problems, links...).Sorted()
				err = finding.Problems.Err()
			}
			var written error
			switch format {
			case "json":
				finding.Problems = append(generator.Problems{}, finding.Problems...)
				finding.Reminders = append([]generator.Reminder{}, finding.Reminders...)
				written = writeJSON(t.out, finding)
			case "github":
				written = finding.Problems.WriteGitHub(t.out, insideRepository(s.source))
			default:
				t.problems(finding.Problems, s.source, true)
				t.checked(finding, time.Since(started))
				t.reminders(finding)
			}
			if written != nil || err != nil {
				return failure{written}
			}
			return nil
		},
	}
	s.flags(command)
	s.strictFlag(command)
	command.Flags().StringVar(&format, "format", "text", "`format` of the problems: text, json, or github (annotations of a pull request)")
	command.Flags().BoolVar(&external, "external", false, "ask other hosts whether the pages that the site links to are still there")
	completeWith(command, "format", cobra.FixedCompletions(formats, cobra.ShellCompDirectiveNoFileComp))
	return command
}

// manyReminders are shown in full on a terminal; whatever is piped or redirected is complete.
const manyReminders = 2

// reminders prints the messages to mentors whose profile is due to be read over.
func (t *terminal) reminders(f generator.Finding) {
	for i, reminder := range f.Reminders {
		if i == 0 {
			ready := "\nReady to send"
			if slices.ContainsFunc(f.Problems, func(p generator.Problem) bool { return p.Rule == "no-base-url" }) {
				ready = "\nReady to send, but for the addresses, which --base-url makes whole"
			}
			t.result(bold, ready, ", to %s:", counted(len(f.Reminders), "mentor"))
		}
		if t.outScreen && i == manyReminders {
			t.result(faint, fmt.Sprintf("\n… and %d more: stoa check | less", len(f.Reminders)-i), "")
			return
		}
		t.result(bold, "\n"+plain(reminder.Name), " (%s)\n%s\n\n%s", plain(reminder.File), plain(reminder.Subject), plain(strings.TrimSpace(reminder.Text)))
	}
}

// memory is the file that keeps what other hosts answered, "" where the system has no place
// for it.
func memory() string {
	folder, err := os.UserCacheDir()
	if err != nil {
		return ""
	}
	return filepath.Join(folder, "stoa", "links.json")
}

// checked sums up a check.
func (t *terminal) checked(f generator.Finding, took time.Duration) {
	what := fmt.Sprintf(" %s and %s in %s", counted(f.Pages, "page"), counted(f.Mentors, "published mentor"), span(took))
	switch n := f.Problems.Errors(); {
	case n > 0 && f.Pages == 0: // they were in the way of everything else
		t.result(red, "Checked", " in %s: %s", span(took), counts(f.Problems))
	case n > 0:
		t.result(red, "Checked", "%s: %s", what, counts(f.Problems))
	case len(f.Problems) > 0:
		t.result(green, "Checked", "%s: no errors, %s", what, counts(f.Problems))
	default:
		t.result(green, "Checked", "%s: nothing is wrong", what)
	}
}

// insideRepository is the path of the site's folder in the git repository around it, with
// slashes, or "" when it is the repository's own or there is none.
func insideRepository(source string) string {
	full, err := filepath.Abs(source)
	if err != nil {
		return ""
	}
	for dir := full; ; dir = filepath.Dir(dir) {
		if _, err := os.Stat(filepath.Join(dir, ".git")); err == nil {
			path, err := filepath.Rel(dir, full)
			if err != nil || path == "." {
				return ""
			}
			return strings.TrimSuffix(filepath.ToSlash(path), "/")
		}
		if dir == filepath.Dir(dir) {
			return ""
		}
	}
}
