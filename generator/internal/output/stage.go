package output

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"sync"
)

// stage renders the jobs into the staging folder, in parallel, and completes their
// entries in the record: problems, errors too, become their verdicts. It returns the moves that
// bring the files into place, none for those whose bytes are there already. Its error
// is a fault of the disk, or ctx's.
func (d *Destination) stage(ctx context.Context, plan []File, s *survey, o SyncOptions) ([]move, error) {
	for _, dir := range [...]string{"", "tree", "files"} {
		if err := d.disk.mkdir(d.staging(dir)); err != nil {
			return nil, err
		}
	}
	root, err := d.disk.root.OpenRoot(d.staging(""))
	if err != nil {
		return nil, err
	}
	defer root.Close()
	area := &stagingArea{disk: disk{root, d.disk.fault}}

	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	sheets := make([]sheet, workersFor(o.Workers, len(s.jobs)))
	same := make([]bool, len(s.jobs))
	var progress sync.Mutex
	done := 0
	parallel(ctx, o.Workers, len(s.jobs), func(worker, i int) {
		job, sheet := &s.jobs[i], &sheets[worker]
		row, entry := plan[job.row], &s.next.files[job.row]
		sheet.begin(area, job.staged)
		entry.verdict = render(row, sheet)
		entry.stamp = stamp{size: sheet.size}
		var err error
		switch {
		case sheet.err != nil || entry.verdict.Err() != nil:
			err = sheet.drop()
		case job.present && job.stamp.size == sheet.size && sheet.equals(d.disk.root, d.inside(row.Path)):
			same[i] = true
			entry.stamp = job.stamp
			err = sheet.drop()
		default:
			err = sheet.finish()
		}
		if err != nil {
			stop(fmt.Errorf("%s cannot be written: %w", row.Path, err))
		}
		if o.Progress != nil {
			progress.Lock()
			defer progress.Unlock()
			done++
			o.Progress(done, len(s.jobs))
		}
	})
	if err := context.Cause(ctx); err != nil {
		return nil, err
	}

	var moves []move
	known := make(map[string]bool)
	for i, job := range s.jobs {
		if same[i] {
			continue
		}
		s.written++
		if !known[job.move.to] {
			known[job.move.to] = true
			moves = append(moves, job.move)
		}
	}
	return moves, nil
}

// A stagingArea makes the folders of staged files, each once.
type stagingArea struct {
	disk  disk
	ready sync.Map // the folders that are there
}

func (a *stagingArea) folder(name string) error {
	if _, ok := a.ready.Load(name); ok || name == "tree" || name == "files" {
		return nil
	}
	if err := a.folder(path.Dir(name)); err != nil {
		return err
	}
	if err := a.disk.mkdir(name); err != nil && !errors.Is(err, fs.ErrExist) {
		return err
	}
	a.ready.Store(name, true)
	return nil
}

// A sheet is what a row is rendered on: memory, and a file as soon as that is much. A
// worker uses one for all its rows.
type sheet struct {
	area    *stagingArea
	name    string // of the staged file
	buf     []byte
	file    *os.File // nil while all is in buf
	size    int64
	err     error // the first fault of the disk, whatever Render makes of it
	scratch [2][]byte
}

// spill is how many bytes a sheet holds in memory.
const spill = 1 << 20

func (s *sheet) begin(area *stagingArea, name string) {
	s.area, s.name, s.buf, s.file, s.size, s.err = area, name, s.buf[:0], nil, 0, nil
}

// Write implements io.Writer.
func (s *sheet) Write(p []byte) (int, error) {
	if s.err == nil && len(s.buf)+len(p) > spill {
		s.flush()
	}
	if s.err == nil && len(p) > spill {
		s.err = s.area.disk.write(s.file, p)
	} else {
		s.buf = append(s.buf, p...)
	}
	if s.err != nil {
		return 0, s.err
	}
	s.size += int64(len(p))
	return len(p), nil
}

// flush brings what is in memory to the file.
func (s *sheet) flush() {
	if s.file == nil {
		if s.err = s.area.folder(path.Dir(s.name)); s.err != nil {
			return
		}
		if s.file, s.err = s.area.disk.create(s.name); s.err != nil {
			return
		}
	}
	s.err = s.area.disk.write(s.file, s.buf)
	s.buf = s.buf[:0]
}

// finish leaves the rendered bytes in the staged file.
func (s *sheet) finish() error {
	if s.err == nil {
		s.flush()
	}
	if s.file != nil {
		s.err = errors.Join(s.err, s.file.Close())
	}
	return s.err
}

// drop leaves nothing, and reports what went wrong before.
func (s *sheet) drop() error {
	if s.file == nil {
		return s.err
	}
	return errors.Join(s.err, s.file.Close(), s.area.disk.remove(s.name))
}

// equals tells whether a file has the bytes that were rendered. One that cannot be
// read has not.
func (s *sheet) equals(root *os.Root, name string) bool {
	present, err := root.Open(name)
	if err != nil {
		return false
	}
	defer present.Close()
	if s.file == nil {
		return s.same(bytes.NewReader(s.buf), present)
	}
	if s.flush(); s.err != nil {
		return false
	}
	staged, err := s.area.disk.root.Open(s.name)
	if err != nil {
		return false
	}
	defer staged.Close()
	return s.same(staged, present)
}

// same tells whether two readers give the same bytes.
func (s *sheet) same(a, b io.Reader) bool {
	for i := range s.scratch {
		if s.scratch[i] == nil {
			s.scratch[i] = make([]byte, 64<<10)
		}
	}
	for {
		n, errA := io.ReadFull(a, s.scratch[0])
		m, errB := io.ReadFull(b, s.scratch[1])
		if !bytes.Equal(s.scratch[0][:n], s.scratch[1][:m]) {
			return false
		}
		if errA != nil || errB != nil {
			return isEnd(errA) && isEnd(errB)
		}
	}
}

func isEnd(err error) bool { return err == io.EOF || err == io.ErrUnexpectedEOF }
