// Package output brings a plan, the list of every file of a site, onto the disk: in
// goes a []File, out comes a folder that holds exactly those files. It knows nothing
// of mentoring, only of files, and promises four things:
//
//   - A file whose key did not change is neither rendered nor written; one whose
//     bytes did not change is not written.
//   - The folder holds the site of the last run that succeeded, or, after that, of the
//     next one: never a bit of both for longer than it takes to rename the new files
//     into place, and not even that when a kill comes in between.
//   - What the site no longer has is deleted, what Stoa did not write is left alone,
//     and no symbolic link inside the folder is followed.
//   - Two runs never work on one folder at the same time.
//
// [Open] takes the destination, [Destination.UpToDate] tells in milliseconds whether
// there is anything to do, [Destination.Sync] does it. [Problems] finds rows that
// cannot live in one folder, and [Discard] renders a plan without writing it.
//
// Beside a destination "public" stands its state folder, ".public.stoa", which is
// never published and may be deleted at any time when no build is running (the next
// one then needs force, since nothing tells any more whose files those are):
//
//	manifest   what the destination holds: see record
//	memo       bytes kept for the caller
//	journal    only while files move: everything a killed run still had to do
//	lock       held from Open to Close
//	staging/   rendered files on their way: see survey for its two halves
//
// A run surveys the destination (what changed, what stands in the way), stages
// (renders into the staging folder), and commits: it writes the journal, deletes,
// renames, writes the manifest and removes the journal. Up to the journal the
// destination is untouched, and any fault drops the staging folder. From the journal on
// every step may be repeated, so whoever finds a journal (the next Open) does all of
// them again.
//
// That holds for a kill of the process at any point. A power cut may also lose bytes
// of files that were renamed but had not reached the disk; those whose size shows it
// are rendered again.
package output

import (
	"io"

	"github.com/stoa-portal/stoa/generator/internal/diag"
	"github.com/stoa-portal/stoa/generator/internal/digest"
)

// A File is one file of the site: where it goes, what it depends on, and how to
// render it.
type File struct {
	Path   string                // slash-separated, relative to the destination
	Key    func() digest.Sum     // digest of everything that Render reads; safe to call from several goroutines
	Render func(io.Writer) error // safe to call from several goroutines, any number of times
	Source diag.Place            // what the row is made from, for messages; zero when it has no source of its own
}
