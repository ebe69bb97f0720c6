package output

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"github.com/gofrs/flock"

	"github.com/stoa-portal/stoa/generator/internal/digest"
)

// What Open refuses. The errors it returns say more, in words for the reader; these
// tell them apart (errors.Is).
var (
	ErrUnsuitable = errors.New("the destination cannot be a site's folder")
	ErrForeign    = errors.New("the destination is not empty and not ours")
	ErrLocked     = errors.New("another build is writing to the destination")
)

// A refusal is one of the errors above with the words for the reader.
type refusal struct {
	kind  error
	words string
}

func (r *refusal) Error() string { return r.words }
func (r *refusal) Unwrap() error { return r.kind }

func refuse(kind error, format string, args ...any) error {
	return &refusal{kind, fmt.Sprintf(format, args...)}
}

// Options say what Open should refuse.
type Options struct {
	Source string   // the site's folder, which the destination may be in but neither be nor hold; "" is not looked at
	Reads  []string // folders the site is read from, which the destination may neither be, nor hold, nor be in
	Force  bool     // take a destination that is not empty and not ours, and write over foreign files at a row's path
}

// A Destination is a folder that holds a site, locked until Close. Its methods are not
// to be called at the same time.
type Destination struct {
	shown  string // as the caller named it, for messages
	path   string // absolute
	name   string // its name in the folder that holds it
	state  string // name of the state folder beside it
	force  bool
	disk   disk
	lock   *flock.Flock
	record record
	saved  digest.Sum // of the manifest's bytes
}

// Open locks the destination and finishes what a killed run left there. The folder,
// and the ones above it, need not exist. Close must be called.
func Open(dest string, options Options) (*Destination, error) { return open(dest, options, nil) }

func open(dest string, options Options, fault func(op, name string) error) (_ *Destination, err error) {
	full, err := filepath.Abs(dest)
	if err != nil {
		return nil, err
	}
	d := &Destination{
		shown: filepath.ToSlash(filepath.Clean(dest)),
		path:  full,
		name:  filepath.Base(full),
		state: "." + filepath.Base(full) + ".stoa",
		force: options.Force,
	}
	if err := d.suitable(options); err != nil {
		return nil, err
	}
	parent := filepath.Dir(full)
	if look(filepath.Join(parent, d.state)).kind == nothing { // refuse before anything is made
		if err := d.refuseForeign(errUnexplained); err != nil {
			return nil, err
		}
	}
	if err := os.MkdirAll(parent, 0o755); err != nil {
		return nil, err
	}
	root, err := os.OpenRoot(parent)
	if err != nil {
		return nil, err
	}
	d.disk = disk{root, fault}
	defer func() {
		if err != nil {
			d.Close()
		}
	}()
	if err := d.takeLock(); err != nil {
		return nil, err
	}
	if err := d.recover(); err != nil {
		return nil, err
	}
	if err := d.load(); err != nil {
		return nil, err
	}
	return d, nil
}

// Close lets other builds in.
func (d *Destination) Close() error {
	var err error
	if d.lock != nil {
		err = d.lock.Close()
	}
	return errors.Join(err, d.disk.root.Close())
}

// suitable refuses what must not be, or become, a destination.
func (d *Destination) suitable(options Options) error {
	if filepath.Dir(d.path) == d.path {
		return refuse(ErrUnsuitable, "%s is the root of a disk: name a folder for the site", d.shown)
	}
	switch look(d.path).kind {
	case nothing, folder:
	case link:
		return refuse(ErrUnsuitable, "%s is a symbolic link, which Stoa does not write through: name the folder it leads to, or remove it", d.shown)
	default:
		return refuse(ErrUnsuitable, "%s is a file, and the site needs a folder there: remove it or name another", d.shown)
	}
	sources := slices.Clone(options.Reads)
	if options.Source != "" {
		sources = append(sources, options.Source)
	}
	for _, source := range sources {
		if within(source, d.path) {
			return refuse(ErrUnsuitable, "%s holds what the site is made from (%s), which must not be written over: name another folder, such as public", d.shown, filepath.ToSlash(source))
		}
	}
	for _, source := range options.Reads {
		if within(d.path, source) {
			return refuse(ErrUnsuitable, "%s lies in %s, which the site is made from: name a folder outside it, such as public", d.shown, filepath.ToSlash(source))
		}
	}
	return nil
}

// within tells whether a path is a folder or lies in it, whatever links and letter case
// they are named by. Neither needs to exist.
func within(name, dir string) bool {
	target, err := os.Stat(dir)
	if err != nil {
		return false
	}
	if name, err = filepath.Abs(name); err != nil {
		return false
	}
	if resolved, err := filepath.EvalSymlinks(name); err == nil {
		name = resolved
	}
	for {
		if info, err := os.Stat(name); err == nil && os.SameFile(info, target) {
			return true
		}
		up := filepath.Dir(name)
		if up == name {
			return false
		}
		name = up
	}
}

// Files that systems and version control leave in a folder, and that make it nobody's.
var droppings = []string{".DS_Store", "Thumbs.db", "desktop.ini", ".git", ".gitignore", ".gitkeep"}

var errUnexplained = errors.New("nothing tells that Stoa wrote it")

// refuseForeign refuses a destination that holds anything, unless it may be taken.
func (d *Destination) refuseForeign(why error) error {
	items, err := os.ReadDir(d.path)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	foreign := slices.IndexFunc(items, func(e fs.DirEntry) bool { return !slices.Contains(droppings, e.Name()) })
	if d.force || foreign < 0 {
		return nil
	}
	return refuse(ErrForeign, "%s is not empty (it has %s, for one), and %v: name another folder, empty it, or use --force, which writes the site into it and leaves the other files alone",
		d.shown, items[foreign].Name(), why)
}

// takeLock makes the state folder and locks it.
func (d *Destination) takeLock() error {
	switch d.disk.kindOf(d.state) {
	case nothing:
		if err := d.disk.mkdir(d.state); err != nil && !errors.Is(err, fs.ErrExist) {
			return fmt.Errorf("cannot make the folder %s, where Stoa keeps its records, beside %s: %w", d.state, d.shown, err)
		}
	case folder:
	default:
		return refuse(ErrUnsuitable, "%s, beside %s, is where Stoa keeps its records, and must be a folder: remove it", d.state, d.shown)
	}
	name := d.state + "/lock"
	if k := d.disk.kindOf(name); k != nothing && k != regular {
		return refuse(ErrUnsuitable, "%s, beside %s, must be a file that Stoa made: remove it", name, d.shown)
	}
	lock := flock.New(filepath.Join(filepath.Dir(d.path), d.state, "lock"), flock.SetPermissions(0o644))
	locked, err := lock.TryLock()
	if err != nil {
		return err
	}
	if !locked {
		return refuse(ErrLocked, "another build is writing to %s: wait for it to end", d.shown)
	}
	d.lock = lock
	if ignore := d.state + "/.gitignore"; d.disk.kindOf(ignore) == nothing {
		return d.disk.replace(ignore, []byte("*\n")) // the folder is of no use to anybody else
	}
	return nil
}

// recover does again what an open journal lists, and drops what was not closed over
// by one.
func (d *Destination) recover() error {
	data, err := d.disk.root.ReadFile(d.journal())
	if err == nil {
		var j journal
		if j.unmarshal(data) == nil {
			if err := d.commit(&j); err != nil {
				return err
			}
		} else if err := d.disk.remove(d.journal()); err != nil {
			return err
		}
	} else if !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return d.disk.removeAll(d.staging(""))
}

// load reads the manifest and refuses a destination that it does not explain.
func (d *Destination) load() error {
	data, err := d.disk.root.ReadFile(d.state + "/manifest")
	if errors.Is(err, fs.ErrNotExist) {
		return d.refuseForeign(errUnexplained)
	}
	if err != nil {
		return err
	}
	if look(d.path).kind == nothing {
		return nil // somebody deleted the site, and so what was known of it
	}
	var j journal
	if err := j.unmarshal(data); err != nil {
		return d.refuseForeign(fmt.Errorf("%s cannot be used: %w", d.state, err))
	}
	for _, f := range j.files {
		if seen := look(d.at(f.path)); seen.kind == regular && seen.stamp.size == f.stamp.size {
			d.record, d.saved = j.record, digest.Bytes(data)
			return nil
		}
	}
	return d.refuseForeign(errors.New("holds none of the files that Stoa last wrote there"))
}

// UpToDate tells in milliseconds that nothing is to be done: the destination was made
// from these inputs, and no file of it was touched since. Zero inputs are never up to date.
func (d *Destination) UpToDate(inputs digest.Sum) bool {
	return inputs != (digest.Sum{}) && inputs == d.record.inputs &&
		d.disk.kindOf(d.journal()) == nothing && look(d.path).kind == folder &&
		d.untouched(d.record.files)
}

// Memo returns the bytes that the last Sync was given to keep, or nil.
func (d *Destination) Memo() []byte {
	memo, err := d.disk.root.ReadFile(d.state + "/memo")
	if err != nil || digest.Bytes(memo) != d.record.memo {
		return nil
	}
	return memo
}

// staging is the name, for d.disk, of a file in the staging folder.
func (d *Destination) staging(name string) string { return join(d.state+"/staging", name) }

// journal is the journal's name, for d.disk.
func (d *Destination) journal() string { return d.state + "/journal" }

// inside is the name, for d.disk, of a path in the destination.
func (d *Destination) inside(p string) string { return join(d.name, p) }

func join(dir, name string) string {
	if name == "" {
		return dir
	}
	return dir + "/" + name
}

// at is the operating system's path of a path in the destination.
func (d *Destination) at(p string) string {
	return d.path + string(filepath.Separator) + filepath.FromSlash(p)
}
