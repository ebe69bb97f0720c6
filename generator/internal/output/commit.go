package output

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"sync/atomic"

	"github.com/stoa-portal/stoa/generator/internal/digest"
)

// keepMemo writes the bytes kept for the caller. A manifest that is written after it
// names them; until then they count as none.
func (d *Destination) keepMemo(memo []byte) (digest.Sum, error) {
	if len(memo) == 0 {
		return digest.Sum{}, nil
	}
	sum := digest.Bytes(memo)
	if bytes.Equal(memo, d.Memo()) {
		return sum, nil
	}
	return sum, d.disk.replace(d.state+"/memo", memo)
}

// writeJournal writes down what is to be done: from here on, the run is carried out
// whatever happens.
func (d *Destination) writeJournal(j *journal) error {
	data, err := j.marshal()
	if err != nil {
		return err
	}
	return d.disk.replace(d.journal(), data)
}

// commit does what a journal says, all of which may have been done before, and then
// makes its record the manifest.
func (d *Destination) commit(j *journal) error {
	if err := d.carryOut(j); err != nil {
		return fmt.Errorf("the new site is only partly in %s, and the next build completes it: %w", d.shown, err)
	}
	d.stampNew(j.files)
	if err := d.adopt(&j.record); err != nil {
		return err
	}
	return d.disk.remove(d.journal())
}

// carryOut deletes and moves files as a journal says.
func (d *Destination) carryOut(j *journal) error {
	standing := j.folders()
	for _, dir := range j.kept {
		standing[dir] = true
	}
	if err := d.removeFiles(j.before, standing); err != nil {
		return err
	}
	ground := d.folders(nil)
	for _, m := range j.moves {
		if m.to == "" {
			continue
		}
		switch on := ground.under(parent(m.to)); on.kind {
		case blocked:
			return fmt.Errorf("%s is not a folder: remove it", path.Join(d.shown, on.at))
		case missing:
			if err := d.disk.mkdirAll(d.inside(parent(m.to))); err != nil {
				return err
			}
			ground = d.folders(nil)
		}
	}
	ctx, stop := context.WithCancelCause(context.Background())
	defer stop(nil)
	parallel(ctx, 0, len(j.moves), func(_, i int) {
		if err := d.move(d.staging(j.moves[i].from), d.inside(j.moves[i].to)); err != nil {
			stop(err)
		}
	})
	if err := context.Cause(ctx); err != nil {
		return err
	}
	return d.removeFiles(j.after, standing)
}

// move renames a file or folder of the staging folder into place. What is not staged any more was
// moved before.
func (d *Destination) move(from, to string) error {
	err := d.disk.rename(from, to)
	if err == nil {
		return nil
	}
	switch d.disk.kindOf(from) {
	case nothing:
		return nil
	case folder: // there is such a folder by now, or a rename cannot go that far
		return d.merge(from, to, err)
	}
	if k := d.disk.kindOf(to); k == folder {
		return err
	}
	if copyErr := d.disk.copyFile(from, to); copyErr != nil {
		return errors.Join(err, copyErr)
	}
	return nil
}

// merge moves what is in a staged folder, one by one.
func (d *Destination) merge(from, to string, cause error) error {
	switch d.disk.kindOf(to) {
	case nothing:
		if err := d.disk.mkdir(to); err != nil {
			return errors.Join(cause, err)
		}
	case folder:
	default:
		return cause
	}
	f, err := d.disk.root.Open(from)
	if err != nil {
		return err
	}
	items, err := f.ReadDir(-1)
	f.Close()
	if err != nil {
		return err
	}
	for _, item := range items {
		if err := d.move(from+"/"+item.Name(), to+"/"+item.Name()); err != nil {
			return err
		}
	}
	return d.disk.remove(from)
}

// removeFiles deletes files of ours and the folders that they leave empty, but not
// those that are to stand. What is not there is gone already; a folder where a file of
// ours should be is not ours.
func (d *Destination) removeFiles(files []string, standing map[string]bool) error {
	ground := d.folders(nil)
	emptied := make(map[string]bool)
	for _, p := range files {
		if name := d.inside(p); ground.under(parent(p)).kind == stands {
			if k := d.disk.kindOf(name); k == regular || k == link {
				if err := d.disk.remove(name); err != nil && !errors.Is(err, fs.ErrNotExist) {
					return err
				}
			}
		}
		for dir := parent(p); dir != "" && !standing[dir] && !emptied[dir]; dir = parent(dir) {
			emptied[dir] = true
		}
	}
	dirs := make([]string, 0, len(emptied))
	for dir := range emptied {
		dirs = append(dirs, dir)
	}
	slices.Sort(dirs)
	for _, dir := range slices.Backward(dirs) { // what is in a folder sorts after it
		if name := d.inside(dir); ground.under(dir).kind == stands && d.isEmpty(name) {
			if err := d.disk.remove(name); err != nil && !errors.Is(err, fs.ErrNotExist) {
				return err
			}
		}
	}
	return nil
}

func (d *Destination) isEmpty(name string) bool {
	f, err := d.disk.root.Open(name)
	if err != nil {
		return false
	}
	defer f.Close()
	items, _ := f.Readdirnames(1)
	return len(items) == 0
}

// stampNew takes the stamps of the files that were moved into place. One that is not
// as it was rendered counts as unknown.
func (d *Destination) stampNew(files []entry) {
	parallel(context.Background(), 0, len(files), func(_, i int) {
		f := &files[i]
		if f.stamp.modified != 0 {
			return
		}
		seen := look(d.at(f.path))
		if seen.kind != regular || seen.stamp.size != f.stamp.size {
			f.key = digest.Sum{}
			return
		}
		f.stamp = seen.stamp
	})
}

// adopt makes a record the manifest, unless it is that already.
func (d *Destination) adopt(r *record) error {
	data, err := (&journal{record: *r}).marshal()
	if err != nil {
		return err
	}
	sum := digest.Bytes(data)
	if sum != d.saved {
		if err := d.disk.replace(d.state+"/manifest", data); err != nil {
			return err
		}
	}
	d.record, d.saved = *r, sum
	return nil
}

// untouched tells whether every file is as its stamp says.
func (d *Destination) untouched(files []entry) bool {
	ctx, stop := context.WithCancel(context.Background())
	defer stop()
	var touched atomic.Bool
	parallel(ctx, 0, len(files), func(_, i int) {
		if seen := look(d.at(files[i].path)); seen.kind != regular || seen.stamp != files[i].stamp {
			touched.Store(true)
			stop()
		}
	})
	return !touched.Load()
}
