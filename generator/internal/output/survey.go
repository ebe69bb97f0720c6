package output

import (
	"context"
	"path"
	"slices"
	"strconv"

	"github.com/stoa-portal/stoa/generator/internal/diag"
	"github.com/stoa-portal/stoa/generator/internal/digest"
)

// A survey is what a run is about to do, found without changing anything.
type survey struct {
	next record // what the manifest will say; the entries of jobs are still open
	jobs []job
	gone []string // what the manifest lists and the plan does not

	written int // how many of the jobs gave new bytes; known when all are staged
}

// A job is a row to render, and where to.
//
// A staged file waits in one of two halves of the staging folder. Where the folder it
// belongs in exists, it is "files/<number>" and is renamed by itself. Where folders are missing, it
// is "tree/<path>", and the topmost missing folder is renamed with all that is in it;
// for a destination that does not exist yet that is one rename for the whole site.
type job struct {
	row     int
	staged  string // below the staging folder
	move    move   // brings it into place; jobs of one new folder share theirs
	present bool   // a file stands in its place, which may have the same bytes
	stamp   stamp  // of that file
}

// survey compares the plan with the manifest and the destination. The problems are what
// stands in the way.
func (d *Destination) survey(ctx context.Context, plan []File, workers int) (survey, diag.List) {
	known := make(map[string]*entry, len(d.record.files))
	for i, f := range d.record.files {
		known[f.path] = &d.record.files[i]
	}
	sights, keys := make([]sight, len(plan)), make([]digest.Sum, len(plan))
	parallel(ctx, workers, len(plan), func(_, i int) { keys[i] = plan[i].Key() })
	if look(d.path).kind == folder {
		parallel(ctx, workers, len(plan), func(_, i int) { sights[i] = look(d.at(plan[i].Path)) })
	}

	s := survey{next: record{files: make([]entry, len(plan))}}
	planned := make(map[string]bool, len(plan))
	for i, row := range plan {
		planned[row.Path] = true
		e, ok := known[row.Path]
		if ok && e.key == keys[i] && sights[i].kind == regular && sights[i].stamp == e.stamp {
			s.next.files[i] = *e
			continue
		}
		s.next.files[i] = entry{path: row.Path, key: keys[i]}
		s.jobs = append(s.jobs, job{row: i, present: sights[i].kind == regular, stamp: sights[i].stamp})
	}
	for _, f := range d.record.files {
		if !planned[f.path] {
			s.gone = append(s.gone, f.path)
		}
	}
	slices.Sort(s.gone)
	return s, d.place(&s, known, sights)
}

// place decides where each job is staged, and finds what stands in its way.
func (d *Destination) place(s *survey, known map[string]*entry, sights []sight) (problems diag.List) {
	goneFolds := make(map[string]bool, len(s.gone))
	for _, p := range s.gone {
		goneFolds[fold(p)] = true
	}
	leaving := func(p string) bool { return goneFolds[fold(p)] }
	ground := d.folders(leaving)
	kept := make(map[string]bool)
	for _, dir := range d.record.kept {
		kept[dir] = true
	}
	var ours map[string]bool // the folders that hold our files
	if len(s.jobs) > 0 {
		ours = d.record.folders()
	}
	inTheWay := func(p, words string) {
		problems.Errorf(diag.Place{}, "output-in-the-way", "%s: %s", path.Join(d.shown, p), words)
	}

	for i := range s.jobs {
		job := &s.jobs[i]
		p := s.next.files[job.row].path
		switch on := ground.under(parent(p)); on.kind {
		case blocked:
			inTheWay(on.at, "the site needs a folder here, and what stands here is a file or a symbolic link that Stoa did not make: remove it")
			continue
		case missing:
			job.staged = join("tree", p)
			job.move = move{join("tree", on.at), on.at}
			for dir := parent(p); dir != parent(on.at); dir = parent(dir) {
				delete(kept, dir)
			}
			continue
		}
		job.staged = "files/" + strconv.Itoa(i)
		job.move = move{job.staged, p}
		for dir := parent(p); dir != "" && !ours[dir] && !kept[dir]; dir = parent(dir) {
			kept[dir] = true
		}
		if known[p] == nil && leaving(p) {
			job.present = false // it is the old file of another letter case
			continue
		}
		switch sights[job.row].kind {
		case nothing:
		case folder:
			if !ours[p] || kept[p] || !d.empties(p, kept, leaving) {
				inTheWay(p, "the site needs a file here, and what stands here is a folder with files that Stoa did not write: remove it")
			}
		default:
			if known[p] == nil && !d.force {
				inTheWay(p, "the site has a file of this name, and the one that stands here was not written by Stoa: remove it, or use --force to write over it")
			}
		}
	}
	for dir := range kept {
		s.next.kept = append(s.next.kept, dir)
	}
	slices.Sort(s.next.kept)
	return problems.Sorted()
}

// empties tells whether a folder will be gone when our files in it are.
func (d *Destination) empties(dir string, kept map[string]bool, leaving func(string) bool) bool {
	f, err := d.disk.root.Open(d.inside(dir))
	if err != nil {
		return false
	}
	defer f.Close()
	items, err := f.ReadDir(-1)
	if err != nil {
		return false
	}
	for _, item := range items {
		p := join(dir, item.Name())
		if item.IsDir() {
			if kept[p] || !d.empties(p, kept, leaving) {
				return false
			}
		} else if !leaving(p) {
			return false
		}
	}
	return true
}

// early tells which of the files that go must go before anything moves: those where
// the plan has a folder, or the same file but for letter case, or a file where they have their
// folder. Deleted later, they would be in the way or take the new file with them.
func (s *survey) early() (before, after []string) {
	if len(s.gone) == 0 {
		return nil, nil
	}
	files := make(map[string]bool, len(s.next.files))
	folders := make(map[string]bool)
	for _, f := range s.next.files {
		p := fold(f.path)
		files[p] = true
		for dir := parent(p); dir != "" && !folders[dir]; dir = parent(dir) {
			folders[dir] = true
		}
	}
	for _, p := range s.gone {
		key := fold(p)
		first := files[key] || folders[key]
		for dir := parent(key); dir != "" && !first; dir = parent(dir) {
			first = files[dir]
		}
		if first {
			before = append(before, p)
		} else {
			after = append(after, p)
		}
	}
	return before, after
}
