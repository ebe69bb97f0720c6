package watch

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"time"
	"unicode"
	"unicode/utf8"

	"golang.org/x/sync/errgroup"

	"github.com/stoa-portal/stoa/generator/internal/diag"
	"github.com/stoa-portal/stoa/generator/internal/digest"
)

// A Root is a folder or a single file of the source. It need not exist.
type Root struct {
	Name string // slash path in the site, such as "content" or "config.toml"
	Path string // where it lies on disk
}

// Roots names entries of one folder, the site's own.
func Roots(folder string, names ...string) []Root {
	roots := make([]Root, len(names))
	for i, name := range names {
		roots[i] = Root{name, filepath.Join(folder, filepath.FromSlash(name))}
	}
	return roots
}

// limits bound what a scan takes in.
type limits struct {
	depth int   // segments of a path
	files int   // files of all roots together
	size  int64 // bytes of one file
}

var bounds = limits{depth: 64, files: 1_000_000, size: 256 << 20}

// racy is how long after a change a file may change again without its times showing it:
// the slowest clock among common file systems (FAT) ticks every two seconds.
const racy = 2 * time.Second

// Scan lists the files under the roots and takes the digest of each. What did not
// change since prev, which may be nil, is not read again. Problems with single files
// are in the snapshot; the error is for roots that make no sense.
func Scan(roots []Root, prev *Snapshot) (*Snapshot, error) {
	return scan(roots, prev, bounds)
}

func scan(roots []Root, prev *Snapshot, bounds limits) (*Snapshot, error) {
	if err := sensible(roots); err != nil {
		return nil, err
	}
	s := &scanner{limits: bounds, prev: prev, tree: newTree(roots)}
	defer s.tree.close()
	// The clock decides only what is read again, never what a site says.
	taken := time.Now().UnixNano()
	for i := range roots {
		s.root(&roots[i])
	}
	s.examine()
	return newSnapshot(roots, s, taken), nil
}

// sensible refuses roots of which one path could name two files.
func sensible(roots []Root) error {
	for i, root := range roots {
		if !fs.ValidPath(root.Name) || root.Name == "." || root.Path == "" {
			return fmt.Errorf("%q cannot be the name of a folder of the site", root.Name)
		}
		for _, other := range roots[:i] {
			if within(root.Name, other.Name) || within(other.Name, root.Name) {
				return fmt.Errorf("%s and %s lie inside each other", other.Name, root.Name)
			}
		}
	}
	return nil
}

// within tells whether a slash path is the folder or lies in it.
func within(name, folder string) bool {
	return name == folder || strings.HasPrefix(name, folder) && name[len(folder)] == '/'
}

// A scanner is one scan: the walk finds, one folder at a time, what examine then reads
// on all processors.
type scanner struct {
	limits
	prev     *Snapshot
	tree     *tree
	found    []found
	folders  []string // OS paths
	full     bool     // too many files
	mu       sync.Mutex
	problems diag.List
}

// found is a file of the source, before and after it was looked at.
type found struct {
	path string
	info func() (fs.FileInfo, error)
	File
	ok bool
}

func (s *scanner) problem(name, rule, format string, args ...any) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.problems.Errorf(diag.At(printable(name), 0, 0), rule, format, args...)
}

// unreadable reports a failure, unless it is that the file has just gone away.
func (s *scanner) unreadable(name, what string, err error) {
	if !errors.Is(err, fs.ErrNotExist) {
		s.problem(name, "unreadable", "this %s cannot be read: %s", what, reason(err))
	}
}

func (s *scanner) root(root *Root) {
	info, err := os.Lstat(filepath.Clean(root.Path))
	switch {
	case err != nil:
		s.unreadable(root.Name, "file or folder", err)
	default:
		s.entry(root.Name, filepath.Clean(root.Path), fs.FileInfoToDirEntry(info), 1)
	}
}

func (s *scanner) entry(name, osPath string, entry fs.DirEntry, depth int) {
	switch mode := entry.Type(); {
	case mode&fs.ModeSymlink != 0:
		s.problem(name, "symbolic-link", "this is a symbolic link, and links are not followed: put the file or folder itself here")
	case mode.IsDir() && depth >= s.depth:
		s.problem(name, "too-deep", "folders lie more than %d deep here: move this one up", s.depth)
	case mode.IsDir():
		s.folder(name, osPath, depth)
	case !mode.IsRegular():
		s.problem(name, "special-file", "this is neither a file nor a folder: remove it")
	case len(s.found) == s.files:
		if !s.full {
			s.problem(name, "too-many-files", "the site has more than %d files: this one and those after it are not read", s.files)
		}
		s.full = true
	default:
		s.found = append(s.found, found{path: name, info: entry.Info})
	}
}

func (s *scanner) folder(name, osPath string, depth int) {
	entries, err := os.ReadDir(osPath)
	if err != nil {
		s.unreadable(name, "folder", err)
		if len(entries) == 0 {
			return
		}
	}
	s.folders = append(s.folders, osPath)
	for _, entry := range entries {
		base := entry.Name()
		if s.full || ignored(base) {
			continue
		}
		child := name + "/" + base
		if base != printable(base) || strings.Contains(base, `\`) {
			s.problem(child, "file-name", "the name of this file or folder cannot be published: use letters, digits and hyphens")
			continue
		}
		s.entry(child, filepath.Join(osPath, base), entry, depth+1)
	}
}

// examine fills in every file found, on all processors.
func (s *scanner) examine() {
	const share = 64
	var group errgroup.Group
	group.SetLimit(runtime.GOMAXPROCS(0))
	for start := 0; start < len(s.found); start += share {
		part := s.found[start:min(start+share, len(s.found))]
		group.Go(func() error {
			for i := range part {
				part[i].ok = s.file(&part[i])
			}
			return nil
		})
	}
	_ = group.Wait() // the functions never fail: faults are problems
}

func (s *scanner) file(f *found) bool {
	info, err := f.info()
	if err != nil {
		s.unreadable(f.path, "file", err)
		return false
	}
	if info.Size() > s.size {
		s.problem(f.path, "file-too-large", "this file has %d MB, and %d MB is the most that is read", info.Size()>>20, s.size>>20)
		return false
	}
	f.Size, f.stamp = info.Size(), stampOf(info)
	if s.prev != nil {
		if before, ok := s.prev.Lookup(f.path); ok && before.Size == f.Size && before.stamp == f.stamp && !s.prev.fresh(before) {
			f.Sum = before.Sum
			return true
		}
	}
	if f.Size, f.Sum, err = s.hash(f.path); err != nil {
		s.unreadable(f.path, "file", err)
		return false
	}
	return true
}

var buffers = sync.Pool{New: func() any { return new([64 << 10]byte) }}

// hash is the size and the [digest.Bytes] of a file as it is now, without holding the
// file in memory.
func (s *scanner) hash(name string) (int64, digest.Sum, error) {
	file, err := s.tree.open(name)
	if err != nil {
		return 0, digest.Sum{}, err
	}
	defer file.Close()
	buffer := buffers.Get().(*[64 << 10]byte)
	defer buffers.Put(buffer)
	full := sha256.New()
	size, err := io.CopyBuffer(onlyWriter{full}, io.LimitReader(file, s.size+1), buffer[:])
	if err == nil && size > s.size {
		err = errors.New("it grows while it is being read")
	}
	return size, digest.Sum(full.Sum(nil)[:16]), err
}

// onlyWriter keeps io.CopyBuffer to the buffer it is given.
type onlyWriter struct{ io.Writer }

// ignored tells whether a file or folder is none of the site's: hidden, or left behind
// by an editor or a desktop. The one hidden folder meant for visitors is .well-known
// (RFC 8615).
func ignored(base string) bool {
	switch base {
	case ".well-known":
		return false
	case "4913", "Thumbs.db", "desktop.ini": // Vim's test of a folder; Windows
		return true
	}
	if base == "" || base[0] == '.' || strings.HasSuffix(base, "~") || base[0] == '#' && strings.HasSuffix(base, "#") {
		return true
	}
	switch path.Ext(base) {
	case ".swp", ".swo", ".swx":
		return true
	}
	return strings.HasPrefix(base, "___jb_") // JetBrains' safe write
}

// printable is a name as it can stand in a message, on one line. Persian and the Indic
// scripts write with the two joiners.
func printable(name string) string {
	odd := func(r rune) bool { return !unicode.IsGraphic(r) && r != '\u200c' && r != '\u200d' }
	if utf8.ValidString(name) && strings.IndexFunc(name, odd) < 0 {
		return name
	}
	quoted := strconv.Quote(name)
	return quoted[1 : len(quoted)-1]
}

// reason is what went wrong, without the names of the call and of the file.
func reason(err error) string {
	err = cause(err)
	if failed, ok := errors.AsType[*os.SyscallError](err); ok {
		err = failed.Err
	}
	return err.Error()
}
