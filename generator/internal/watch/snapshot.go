package watch

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"errors"
	"io/fs"
	"iter"
	"slices"
	"strings"

	"github.com/stoa-portal/stoa/generator/internal/diag"
	"github.com/stoa-portal/stoa/generator/internal/digest"
)

// A Snapshot is the source as it was at one moment. It never changes.
type Snapshot struct {
	// Problems are the files and folders that cannot be taken in, sorted.
	Problems diag.List

	paths   []string // sorted
	files   []File   // of the same index
	taken   int64    // nanoseconds of Unix time when the scan began
	sum     digest.Sum
	roots   []Root   // none in a snapshot read back with UnmarshalBinary
	folders []string // OS paths, likewise
}

// A File is what a snapshot knows of one file.
type File struct {
	Size int64      // in bytes
	Sum  digest.Sum // [digest.Bytes] of what it holds
	stamp
}

// A stamp is what changes with the bytes of a file, in nanoseconds of Unix time. What a
// system does not tell is zero.
type stamp struct {
	mtime, ctime int64
	inode        uint64
}

func newSnapshot(roots []Root, scanned *scanner, taken int64) *Snapshot {
	slices.SortFunc(scanned.found, func(a, b found) int { return cmp.Compare(a.path, b.path) })
	s := &Snapshot{
		Problems: scanned.problems.Sorted(),
		paths:    make([]string, 0, len(scanned.found)),
		files:    make([]File, 0, len(scanned.found)),
		taken:    taken,
		roots:    slices.Clone(roots),
		folders:  scanned.folders,
	}
	for _, f := range scanned.found {
		if f.ok {
			s.paths = append(s.paths, f.path)
			s.files = append(s.files, f.File)
		}
	}
	s.sum = s.digest()
	return s
}

func (s *Snapshot) digest() digest.Sum {
	var all []byte
	for i, path := range s.paths {
		all = binary.AppendUvarint(all, uint64(len(path)))
		all = append(append(all, path...), s.files[i].Sum[:]...)
	}
	return digest.Of(all, s.Problems)
}

// fresh tells whether a file had changed so shortly before the snapshot that it may have
// changed again without its times showing it.
func (s *Snapshot) fresh(f File) bool {
	return max(f.mtime, f.ctime) >= s.taken-racy.Nanoseconds()
}

// Sum is the digest of all paths, what the files hold, and the problems; not of times.
func (s *Snapshot) Sum() digest.Sum { return s.sum }

// Len is the number of files.
func (s *Snapshot) Len() int { return len(s.paths) }

// Paths lists the files, sorted by their bytes. Do not change the slice.
func (s *Snapshot) Paths() []string { return s.paths }

// All yields every file, sorted by path.
func (s *Snapshot) All() iter.Seq2[string, File] {
	return func(yield func(string, File) bool) {
		for i, path := range s.paths {
			if !yield(path, s.files[i]) {
				return
			}
		}
	}
}

// Lookup finds a file by its slash path in the site.
func (s *Snapshot) Lookup(path string) (File, bool) {
	i, ok := slices.BinarySearch(s.paths, path)
	if !ok {
		return File{}, false
	}
	return s.files[i], true
}

// Changed lists, sorted, the files that were added, removed or hold something else than
// in prev; all files when prev is nil.
func (s *Snapshot) Changed(prev *Snapshot) []string {
	if prev == nil {
		return slices.Clone(s.paths)
	}
	var changed []string
	i, j := 0, 0
	for i < len(s.paths) || j < len(prev.paths) {
		switch {
		case j == len(prev.paths) || i < len(s.paths) && s.paths[i] < prev.paths[j]:
			changed = append(changed, s.paths[i])
			i++
		case i == len(s.paths) || prev.paths[j] < s.paths[i]:
			changed = append(changed, prev.paths[j])
			j++
		default:
			if s.files[i].Sum != prev.files[j].Sum {
				changed = append(changed, s.paths[i])
			}
			i++
			j++
		}
	}
	return changed
}

// The stored form: a line that names it, the time, the files with what their path
// shares with the one before left off, the problems, and a digest of all that.
const header = "stoa snapshot 1\n"

// MarshalBinary writes the snapshot for the next run; about 50 bytes a file.
func (s *Snapshot) MarshalBinary() ([]byte, error) {
	b := append(make([]byte, 0, 64+64*len(s.paths)), header...)
	text := func(s string) {
		b = binary.AppendUvarint(b, uint64(len(s)))
		b = append(b, s...)
	}
	b = binary.AppendVarint(b, s.taken)
	b = binary.AppendUvarint(b, uint64(len(s.paths)))
	before := ""
	for i, path := range s.paths {
		shared := 0
		for shared < min(len(before), len(path)) && before[shared] == path[shared] {
			shared++
		}
		b = binary.AppendUvarint(b, uint64(shared))
		text(path[shared:])
		before = path
		f := &s.files[i]
		b = binary.AppendVarint(b, f.Size)
		b = binary.AppendVarint(b, f.mtime)
		b = binary.AppendVarint(b, f.ctime-f.mtime)
		b = binary.AppendUvarint(b, f.inode)
		b = append(b, f.Sum[:]...)
	}
	b = binary.AppendUvarint(b, uint64(len(s.Problems)))
	for _, p := range s.Problems {
		text(p.File)
		b = binary.AppendVarint(b, int64(p.Line))
		b = binary.AppendVarint(b, int64(p.Column))
		b = binary.AppendVarint(b, int64(p.Severity))
		text(p.Rule)
		text(p.Message)
	}
	sum := digest.Bytes(b)
	return append(b, sum[:]...), nil
}

var errStored = errors.New("the stored list of source files is damaged, or another version wrote it")

// UnmarshalBinary reads what MarshalBinary wrote. Anything else is an error, after which
// the snapshot is as it was: the caller goes on without one.
func (s *Snapshot) UnmarshalBinary(data []byte) error {
	const end = len(digest.Sum{})
	body, ok := bytes.CutPrefix(data, []byte(header))
	if !ok || len(body) < end || digest.Bytes(data[:len(data)-end]) != digest.Sum(data[len(data)-end:]) {
		return errStored
	}
	r := reader{body[:len(body)-end], false}
	read := Snapshot{taken: r.varint()}
	files := r.count()
	before := ""
	for range files {
		shared := r.uvarint()
		if r.bad || shared > uint64(len(before)) {
			return errStored
		}
		path := before[:shared] + string(r.take(r.count()))
		f := File{Size: r.varint()}
		f.mtime = r.varint()
		f.ctime = f.mtime + r.varint()
		f.inode = r.uvarint()
		copy(f.Sum[:], r.take(end))
		if r.bad || path <= before || !fs.ValidPath(path) {
			return errStored
		}
		read.paths, read.files = append(read.paths, path), append(read.files, f)
		before = path
	}
	for range r.count() {
		read.Problems = append(read.Problems, diag.Problem{
			Place:    diag.At(string(r.take(r.count())), int(r.varint()), int(r.varint())),
			Severity: diag.Severity(r.varint()),
			Rule:     string(r.take(r.count())),
			Message:  string(r.take(r.count())),
		})
	}
	if r.bad || len(r.rest) > 0 {
		return errStored
	}
	read.sum = read.digest()
	*s = read
	return nil
}

// A reader takes numbers and strings off a byte string; bad is set, and everything it
// gives is zero, once something is missing.
type reader struct {
	rest []byte
	bad  bool
}

func (r *reader) take(n int) []byte {
	if r.bad || n > len(r.rest) {
		r.bad = true
		return nil
	}
	taken := r.rest[:n]
	r.rest = r.rest[n:]
	return taken
}

func (r *reader) skip(n int) bool {
	r.bad = r.bad || n <= 0
	if !r.bad {
		r.rest = r.rest[n:]
	}
	return !r.bad
}

func (r *reader) varint() int64 {
	if v, n := binary.Varint(r.rest); r.skip(n) {
		return v
	}
	return 0
}

func (r *reader) uvarint() uint64 {
	if v, n := binary.Uvarint(r.rest); r.skip(n) {
		return v
	}
	return 0
}

// count is a number of things to come, of at least a byte each.
func (r *reader) count() int {
	n := r.uvarint()
	if n > uint64(len(r.rest)) {
		r.bad = true
		return 0
	}
	return int(n)
}

// children yields what lies directly in a folder ("." for the whole site): the name,
// and the index of a file or -1 for a folder. The order is that of the paths, so that
// "a-b/x" comes before "a/x".
func (s *Snapshot) children(folder string) iter.Seq2[string, int] {
	prefix := folder + "/"
	if folder == "." {
		prefix = ""
	}
	return func(yield func(string, int) bool) {
		i, _ := slices.BinarySearch(s.paths, prefix)
		for i < len(s.paths) && strings.HasPrefix(s.paths[i], prefix) {
			name, _, deeper := strings.Cut(s.paths[i][len(prefix):], "/")
			if !deeper {
				if !yield(name, i) {
					return
				}
				i++
				continue
			}
			if !yield(name, -1) {
				return
			}
			i, _ = slices.BinarySearch(s.paths, prefix+name+"0") // "0" is next after "/"
		}
	}
}
