package generator

import (
	"bytes"
	"context"
	"encoding/gob"
	"errors"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/stoa-portal/stoa/generator/internal/diag"
	"github.com/stoa-portal/stoa/generator/internal/digest"
	"github.com/stoa-portal/stoa/generator/internal/output"
	"github.com/stoa-portal/stoa/generator/internal/watch"
)

// BuildOptions say where to and how carefully.
type BuildOptions struct {
	Destination string                // folder; "" is public in the site's folder
	Force       bool                  // take a destination that is not empty and not ours
	Quarantine  bool                  // leave faulty content files out and publish the rest
	Progress    func(done, total int) // called now and then while pages are rendered; may be nil
}

// A Result says what a build did.
type Result struct {
	Destination string        `json:"destination"`
	Pages       int           `json:"pages"` // pages for people
	Files       int           `json:"files"` // files of the site
	Written     int           `json:"written"`
	Unchanged   int           `json:"unchanged"`
	Deleted     int           `json:"deleted"`
	UpToDate    bool          `json:"up_to_date"`  // nothing had changed
	Quarantined []string      `json:"quarantined"` // source files left out
	Took        time.Duration `json:"-"`
	Problems    Problems      `json:"problems"` // with the errors of files left out
}

// What Build refuses to write to; errors.Is tells them apart.
var (
	ErrUnsuitable = output.ErrUnsuitable // the destination cannot be a site's folder
	ErrForeign    = output.ErrForeign    // the destination is not empty and not ours
	ErrLocked     = output.ErrLocked     // another build is writing to the destination
)

// A memo is what a build remembers beside the manifest for the next one.
type memo struct {
	Snapshot    []byte
	Pages       int
	Files       int
	Quarantined []string
	Problems    []byte // JSON
	Dated       bool   // days of the last commits are shown
}

// Build writes the site. When the content has errors nothing of the destination changes,
// and the error is the [Problems], which are also in the Result.
func (g *Generator) Build(ctx context.Context, o BuildOptions) (Result, error) {
	started := time.Now()
	if o.Destination == "" {
		o.Destination = filepath.Join(g.options.Source, "public")
	}
	result := Result{Destination: o.Destination, Quarantined: []string{}}
	destination, err := output.Open(o.Destination, output.Options{
		Source: g.options.Source, Force: o.Force,
		Reads: []string{filepath.Join(g.options.Source, "content"), filepath.Join(g.options.Source, "themes")},
	})
	if err != nil {
		return result, err
	}
	defer destination.Close()

	var last memo
	if gob.NewDecoder(bytes.NewReader(destination.Memo())).Decode(&last) == nil && g.snapshot == nil {
		snapshot := new(watch.Snapshot)
		if snapshot.UnmarshalBinary(last.Snapshot) == nil {
			g.snapshot = snapshot
		}
	}
	snapshot, err := g.scan()
	if err != nil {
		return result, err
	}
	g.past = past{wanted: last.Dated} // and git is asked again
	inputs, known := g.inputs(snapshot, o)
	if known && destination.UpToDate(inputs) {
		result.Pages, result.Files, result.UpToDate = last.Pages, last.Files, true
		result.Unchanged = last.Files
		result.Quarantined = append(result.Quarantined, last.Quarantined...)
		if result.Problems, err = diag.ReadJSON(last.Problems); err == nil {
			result.Problems.Add(destination.Warnings())
			result.Problems = result.Problems.Sorted()
			result.Took = time.Since(started)
			if g.options.Strict {
				result.Problems = result.Problems.Strict()
				return result, result.Problems.Err()
			}
			return result, nil
		}
	}

	without := map[string]bool{}
	var left diag.List // why files were left out
	for {
		s := g.look(snapshot, without)
		problems := s.problems
		if g.options.Strict {
			problems = problems.Strict()
		}
		if problems.Errors() > 0 || s.plan == nil {
			if s.plan != nil { // tell what rendering would find, too
				problems.Add(output.Discard(ctx, s.plan.Files, 0))
			}
			if g.options.Strict {
				problems = problems.Strict()
			}
		} else {
			files, err := s.plan.All()
			if err != nil {
				return result, err
			}
			result.Pages, result.Files = s.plan.Pages, len(files)
			result.Quarantined = append([]string{}, slices.Sorted(maps.Keys(without))...)
			problems.Add(left)
			inputs, _ = g.inputs(snapshot, o) // now it is known whether history is one
			synced, err := destination.Sync(ctx, files, output.SyncOptions{
				Inputs: inputs, Strict: g.options.Strict, Progress: o.Progress,
				Memo: g.memo(snapshot, &result, problems),
			})
			problems.Add(synced.Problems)
			var list diag.List
			if err == nil || !errors.As(err, &list) {
				result.Written, result.Unchanged, result.Deleted, result.UpToDate = synced.Written, synced.Unchanged, synced.Deleted, synced.UpToDate
				result.Problems, result.Took = problems.Sorted(), time.Since(started)
				return result, err
			}
		}
		if err := context.Cause(ctx); err != nil {
			return result, err
		}
		if o.Quarantine && quarantine(problems, without) {
			left.Add(slices.DeleteFunc(problems, func(p Problem) bool { return p.Severity != diag.Error }))
			continue
		}
		result.Problems, result.Took = problems.Sorted(), time.Since(started)
		return result, result.Problems
	}
}

// memo is what to remember. Problems that rows report are in the manifest already; the
// next build adds them to these.
func (g *Generator) memo(snapshot *watch.Snapshot, r *Result, problems diag.List) []byte {
	var text, data bytes.Buffer
	stored, err := snapshot.MarshalBinary()
	if err != nil || problems.WriteJSON(&text) != nil {
		return nil
	}
	if gob.NewEncoder(&data).Encode(memo{stored, r.Pages, r.Files, r.Quarantined, text.Bytes(), g.past.wanted}) != nil {
		return nil
	}
	return data.Bytes()
}

// inputs is the digest of all that a build depends on. It is not known before config.toml
// can be read, which names the zone that decides what day it is.
func (g *Generator) inputs(snapshot *watch.Snapshot, o BuildOptions) (digest.Sum, bool) {
	c, ok := g.peek(snapshot)
	if !ok {
		return digest.Sum{}, false
	}
	return digest.Of(g.program, snapshot.Sum(), g.today(c), g.options.BaseURL, g.options.Drafts, o.Quarantine, g.head()), true
}

// quarantine adds the content files that have errors to those left out. It reports
// false when there is none to add, or when an error lies elsewhere: in config.toml, the
// theme, or a vocabulary, on which everything depends.
func quarantine(problems diag.List, without map[string]bool) bool {
	before := len(without)
	for _, p := range problems {
		if p.Severity != diag.Error {
			continue
		}
		if !strings.HasPrefix(p.File, "content/") || strings.HasPrefix(p.File, "content/vocabulary/") {
			return false
		}
		without[p.File] = true
	}
	return len(without) > before
}
