package main

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/stoa-portal/stoa/generator"
)

func buildCommand(t *terminal) *cobra.Command {
	var s site
	var o generator.BuildOptions
	var asJSON bool
	command := &cobra.Command{
		Use:   "build",
		Short: "Write the site to a folder",
		Long: `Write the site to a folder that any web server can publish. Files that did not change are
left as they are. When the content has errors they are listed, and nothing in the folder changes.`,
		Example: `  stoa build
  stoa build -d /srv/www/mentoring -b https://example.edu/mentoring/
  stoa build --quarantine       publish what is sound, every night, whatever comes in`,
		Args: arguments(),
		RunE: func(command *cobra.Command, _ []string) error {
			// A build makes much and keeps little, on machines where memory is what runs out
			// first: a quarter less of it for a tenth more work.
			collect(50)
			if s.strict && o.Quarantine {
				return errors.New("--strict and --quarantine do not go together: the first refuses what the second leaves out")
			}
			g, err := s.open()
			if err != nil {
				return err
			}
			o := o
			progress, clear := t.progress("Rendering: %d of %s", "file")
			o.Progress = progress
			result, err := g.Build(command.Context(), o)
			clear()
			if _, isProblems := errors.AsType[generator.Problems](err); err != nil && !isProblems {
				if command.Context().Err() != nil {
					return failure{fmt.Errorf("interrupted: nothing in %s was changed", shown(result.Destination))}
				}
				if errors.Is(err, generator.ErrForeign) || errors.Is(err, generator.ErrUnsuitable) {
					return err
				}
				return failure{err}
			}
			if asJSON {
				if err := writeResult(t.out, result, err == nil); err != nil {
					return failure{err}
				}
			} else {
				t.built(result, s.source, err == nil, o.Quarantine)
			}
			if err != nil {
				return failure{}
			}
			return nil
		},
	}
	s.flags(command)
	s.strictFlag(command)
	f := command.Flags()
	f.StringVarP(&o.Destination, "destination", "d", "", "`folder` to write the site to (default: public in the site's folder)")
	f.BoolVar(&o.Quarantine, "quarantine", false, "leave out content files that have errors, and publish the rest")
	f.BoolVar(&o.Force, "force", false, "write into a folder that is not empty and was not made by Stoa; its other files stay")
	f.BoolVar(&asJSON, "json", false, "print the result and all problems as one JSON object")
	folderFlag(command, "destination")
	return command
}

// built says what became of a build.
func (t *terminal) built(r generator.Result, source string, ok, quarantine bool) {
	t.problems(r.Problems, source, false)
	destination := shown(r.Destination)
	if len(r.Quarantined) > 0 {
		t.note(red, "NOT PUBLISHED, because of errors: %s", counted(len(r.Quarantined), "file"))
		for _, file := range r.Quarantined {
			t.note(red, "  %s", plain(seenFrom(source, file)))
		}
	}
	var left string
	if n := len(r.Quarantined); n > 0 {
		left = counted(n, "file") + " left out"
	}
	switch {
	case !ok:
		t.note(red, "Not built: %s · nothing in %s was changed", counts(r.Problems), destination)
		if !quarantine && t.errScreen {
			t.note(faint, "stoa serve shows each error with its line; stoa build --quarantine publishes the rest")
		}
	case r.UpToDate:
		t.result(green, "Nothing changed:", " %s is up to date (%s)%s", destination, span(r.Took), after(left, counts(r.Problems)))
	default:
		var changed, removed string
		if r.Unchanged > 0 {
			changed = counted(r.Written, "file") + " written"
		}
		if r.Deleted > 0 {
			removed = fmt.Sprintf("%d removed", r.Deleted)
		}
		t.result(green, "Built", " %s (%s) into %s in %s%s", counted(r.Pages, "page"), counted(r.Files, "file"),
			destination, span(r.Took), after(changed, removed, left, counts(r.Problems)))
	}
}

// shown is a folder as people write it.
func shown(folder string) string { return cmp.Or(filepath.ToSlash(filepath.Clean(folder)), ".") }

// writeResult writes a build's result for machines. Paths in it are relative to the site's
// folder, except the destination.
func writeResult(w io.Writer, r generator.Result, ok bool) error {
	if r.Problems == nil {
		r.Problems = generator.Problems{}
	}
	return writeJSON(w, struct {
		OK           bool  `json:"ok"`
		Milliseconds int64 `json:"milliseconds"`
		generator.Result
	}{ok, r.Took.Milliseconds(), r})
}

func writeJSON(w io.Writer, value any) error {
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	return encoder.Encode(value)
}
