package output

import (
	"context"

	"github.com/stoa-portal/stoa/generator/internal/diag"
	"github.com/stoa-portal/stoa/generator/internal/digest"
)

// SyncOptions say what Sync should know and remember.
type SyncOptions struct {
	Inputs   digest.Sum            // of everything the plan was made from, for UpToDate; zero: never up to date
	Memo     []byte                // kept for the caller until the next Sync that succeeds; see Memo
	Strict   bool                  // take warnings for errors
	Workers  int                   // how many rows to render at a time; 0: as many as run at once
	Progress func(done, total int) // called after each rendered row, if not nil, by one goroutine at a time
}

// A Result says what Sync did.
type Result struct {
	Written   int       // files that are new or have new bytes
	Unchanged int       // files left as they were
	Deleted   int       // files that the site no longer has
	UpToDate  bool      // none was written and none deleted
	Problems  diag.List // of all rows, sorted, also of those that were not rendered again
}

// Sync makes the destination hold exactly the files of the plan, and the foreign ones
// it held before. When a row has an error, or something stands in the way, or ctx is done before
// the first file moves, nothing of the destination changed; the error is then the
// problems (a diag.List), or ctx's. An error of the disk while files move leaves the destination
// between two sites until the next Sync or Open completes it.
func (d *Destination) Sync(ctx context.Context, plan []File, o SyncOptions) (Result, error) {
	if err := d.recover(); err != nil {
		return Result{}, err
	}
	var result Result
	add := func(problems diag.List) error {
		if o.Strict {
			problems = problems.Strict()
		}
		result.Problems.Add(problems)
		result.Problems = result.Problems.Sorted()
		return result.Problems.Err()
	}
	if err := add(Problems(plan)); err != nil {
		return result, err
	}
	s, obstacles := d.survey(ctx, plan, o.Workers)
	if err := context.Cause(ctx); err != nil {
		return result, err
	}
	if err := add(obstacles); err != nil {
		return result, err
	}

	var j journal
	leave := func(err error) (Result, error) {
		d.disk.removeAll(d.staging("")) // should this fail, the next run does it
		return result, err
	}
	if len(s.jobs) > 0 {
		var err error
		if j.moves, err = d.stage(ctx, plan, &s, o); err != nil {
			return leave(err)
		}
	}
	if err := add(s.next.verdicts()); err != nil {
		return leave(err)
	}

	var err error
	j.record = s.next
	j.inputs = o.Inputs
	if j.memo, err = d.keepMemo(o.Memo); err != nil {
		return leave(err)
	}
	result.Written = s.written
	result.Unchanged = len(plan) - s.written
	result.Deleted = len(s.gone)
	result.UpToDate = s.written+len(s.gone) == 0
	if result.UpToDate {
		return leave(d.adopt(&j.record))
	}
	j.before, j.after = s.early()
	if err := d.writeJournal(&j); err != nil {
		return leave(err)
	}
	if err := d.commit(&j); err != nil {
		return result, err
	}
	return result, d.disk.removeAll(d.staging(""))
}

// Warnings returns the warnings of all rows as the last Sync that succeeded found them,
// for a run that UpToDate spares.
func (d *Destination) Warnings() diag.List {
	return d.record.verdicts().Sorted()
}
