package watch

import (
	"cmp"
	"crypto/sha256"
	"errors"
	"hash"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/stoa-portal/stoa/generator/internal/digest"
)

// ErrChanged is what reading a file of [Snapshot.FS] ends with when it no longer holds
// what the snapshot saw. Scan again: what is remembered under a digest must be what had it.
var ErrChanged = errors.New("the file was changed while it was being read")

// FS gives the files of the snapshot, and nothing else, to readers. Paths are those of
// the snapshot. Reads go through [os.Root], so that no link leads out of the tree, and
// fail with [ErrChanged] where the bytes are not those the snapshot saw. Of a snapshot
// read back with UnmarshalBinary, no file can be opened.
func (s *Snapshot) FS() fs.FS { return &listing{s, newTree(s.roots)} }

type listing struct {
	*Snapshot
	tree *tree
}

// Open implements fs.FS.
func (f *listing) Open(name string) (fs.File, error) {
	info, err := f.stat("open", name)
	if err != nil {
		return nil, err
	}
	if info.IsDir() {
		return &openFolder{info: info, files: f, path: name}, nil
	}
	file, err := f.tree.open(name)
	if err != nil {
		return nil, &fs.PathError{Op: "open", Path: name, Err: cause(err)}
	}
	return &openFile{file, info, sha256.New()}, nil
}

// ReadFile implements fs.ReadFileFS.
func (f *listing) ReadFile(name string) ([]byte, error) {
	file, err := f.Open(name)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	open, ok := file.(*openFile)
	if !ok {
		return nil, &fs.PathError{Op: "read", Path: name, Err: errors.New("it is a folder")}
	}
	data := make([]byte, open.info.size)
	_, err = io.ReadFull(open.file, data)
	if err == nil && digest.Bytes(data) == open.info.sum {
		return data, nil
	}
	if err == nil || err == io.ErrUnexpectedEOF || err == io.EOF {
		err = ErrChanged
	}
	return nil, &fs.PathError{Op: "read", Path: name, Err: cause(err)}
}

// ReadDir implements fs.ReadDirFS.
func (f *listing) ReadDir(name string) ([]fs.DirEntry, error) {
	info, err := f.stat("readdir", name)
	if err != nil {
		return nil, err
	}
	if !info.IsDir() {
		return nil, &fs.PathError{Op: "readdir", Path: name, Err: errors.New("it is not a folder")}
	}
	var entries []fs.DirEntry
	for child, i := range f.children(name) {
		entries = append(entries, f.info(child, i))
	}
	slices.SortFunc(entries, func(a, b fs.DirEntry) int { return strings.Compare(a.Name(), b.Name()) })
	return entries, nil
}

// Stat implements fs.StatFS.
func (f *listing) Stat(name string) (fs.FileInfo, error) { return f.stat("stat", name) }

func (f *listing) stat(op, name string) (fileInfo, error) {
	if !fs.ValidPath(name) {
		return fileInfo{}, &fs.PathError{Op: op, Path: name, Err: fs.ErrInvalid}
	}
	if i, ok := slices.BinarySearch(f.paths, name); ok {
		return f.info(path.Base(name), i), nil
	}
	for range f.children(name) {
		return f.info(path.Base(name), -1), nil
	}
	if name == "." {
		return f.info(name, -1), nil
	}
	return fileInfo{}, &fs.PathError{Op: op, Path: name, Err: fs.ErrNotExist}
}

// info describes the file of an index, or a folder for -1.
func (f *listing) info(base string, i int) fileInfo {
	if i < 0 {
		return fileInfo{name: base, folder: true}
	}
	file := f.files[i]
	return fileInfo{name: base, size: file.Size, mtime: file.mtime, sum: file.Sum}
}

// fileInfo is both the fs.FileInfo and the fs.DirEntry of a file or folder.
type fileInfo struct {
	name   string
	size   int64
	mtime  int64
	sum    digest.Sum
	folder bool
}

func (i fileInfo) Name() string               { return i.name }
func (i fileInfo) Size() int64                { return i.size }
func (i fileInfo) IsDir() bool                { return i.folder }
func (i fileInfo) Type() fs.FileMode          { return i.Mode().Type() }
func (i fileInfo) Info() (fs.FileInfo, error) { return i, nil }
func (i fileInfo) Sys() any                   { return nil }
func (i fileInfo) String() string             { return fs.FormatDirEntry(i) }
func (i fileInfo) ModTime() time.Time {
	if i.folder {
		return time.Time{}
	}
	return time.Unix(0, i.mtime).UTC()
}
func (i fileInfo) Mode() fs.FileMode {
	if i.folder {
		return fs.ModeDir | 0o555
	}
	return 0o444
}

// openFile compares, when all is read, what was read with what the snapshot saw.
type openFile struct {
	file *os.File // not embedded: its other ways of reading would pass the comparison by
	info fileInfo
	hash hash.Hash
}

func (o *openFile) Stat() (fs.FileInfo, error) { return o.info, nil }
func (o *openFile) Close() error               { return o.file.Close() }

func (o *openFile) Read(p []byte) (int, error) {
	n, err := o.file.Read(p)
	o.hash.Write(p[:n])
	if err == io.EOF && digest.Sum(o.hash.Sum(nil)[:16]) != o.info.sum {
		return n, &fs.PathError{Op: "read", Path: o.info.name, Err: ErrChanged}
	}
	return n, err
}

type openFolder struct {
	info    fileInfo
	files   *listing
	path    string
	entries []fs.DirEntry
	listed  bool
}

func (o *openFolder) Stat() (fs.FileInfo, error) { return o.info, nil }
func (o *openFolder) Close() error               { return nil }
func (o *openFolder) Read([]byte) (int, error) {
	return 0, &fs.PathError{Op: "read", Path: o.path, Err: errors.New("it is a folder")}
}

func (o *openFolder) ReadDir(n int) ([]fs.DirEntry, error) {
	if !o.listed {
		entries, err := o.files.ReadDir(o.path)
		if err != nil {
			return nil, err
		}
		o.entries, o.listed = entries, true
	}
	if n <= 0 {
		n = len(o.entries)
	} else if len(o.entries) == 0 {
		return nil, io.EOF
	}
	n = min(n, len(o.entries))
	some := o.entries[:n:n]
	o.entries = o.entries[n:]
	return some, nil
}

// A tree opens files below its roots and never above them.
type tree struct {
	roots []Root
	mu    sync.Mutex
	doors []*os.Root // of the same index; nil until needed; the garbage collector closes them
}

func newTree(roots []Root) *tree { return &tree{roots: roots, doors: make([]*os.Root, len(roots))} }

func (t *tree) open(name string) (*os.File, error) {
	for i, root := range t.roots {
		if !within(name, root.Name) {
			continue
		}
		// A root that is a single file is opened through the folder it lies in.
		door, inside := filepath.Clean(root.Path), strings.TrimPrefix(name[len(root.Name):], "/")
		if inside == "" {
			door, inside = filepath.Split(door)
		}
		opened, err := t.door(i, door)
		if err != nil {
			return nil, err
		}
		return opened.Open(filepath.FromSlash(inside))
	}
	return nil, fs.ErrNotExist
}

func (t *tree) door(i int, folder string) (*os.Root, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.doors[i] == nil {
		door, err := os.OpenRoot(cmp.Or(folder, "."))
		if err != nil {
			return nil, err
		}
		t.doors[i] = door
	}
	return t.doors[i], nil
}

func (t *tree) close() {
	for _, door := range t.doors {
		if door != nil {
			door.Close()
		}
	}
}

// cause is an error without the name of the call and the file, which the caller adds.
func cause(err error) error {
	if failed, ok := errors.AsType[*fs.PathError](err); ok {
		return failed.Err
	}
	return err
}
