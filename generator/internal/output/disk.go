package output

import (
	"io"
	"io/fs"
	"os"
	"path"

	"github.com/stoa-portal/stoa/generator/internal/digest"
)

// A disk is the one place where this room changes files. It reaches no further than
// its root: the folder that holds the destination and the state folder, so that a
// staged file can be renamed into place.
type disk struct {
	root  *os.Root
	fault func(op, name string) error // in tests: asked before each change; an error is the change's failure
}

// flush brings a file to the disk itself. Tests, which cut no power, go without.
var flush = (*os.File).Sync

func (d disk) ask(op, name string) error {
	if d.fault == nil {
		return nil
	}
	return d.fault(op, name)
}

func (d disk) mkdir(name string) error {
	if err := d.ask("mkdir", name); err != nil {
		return err
	}
	return d.root.Mkdir(name, 0o755)
}

func (d disk) mkdirAll(name string) error {
	if err := d.ask("mkdir", name); err != nil {
		return err
	}
	return d.root.MkdirAll(name, 0o755)
}

// create opens a new file for writing; one that exists is an error.
func (d disk) create(name string) (*os.File, error) {
	if err := d.ask("create", name); err != nil {
		return nil, err
	}
	return d.root.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
}

func (d disk) write(f *os.File, data []byte) error {
	if err := d.ask("write", f.Name()); err != nil {
		return err
	}
	_, err := f.Write(data)
	return err
}

func (d disk) rename(from, to string) error {
	if err := d.ask("rename", from); err != nil {
		return err
	}
	return d.root.Rename(from, to)
}

func (d disk) remove(name string) error {
	if err := d.ask("remove", name); err != nil {
		return err
	}
	return d.root.Remove(name)
}

func (d disk) removeAll(name string) error {
	if err := d.ask("removeAll", name); err != nil {
		return err
	}
	return d.root.RemoveAll(name)
}

// replace writes a file so that whoever reads it, also after a power cut, finds the
// old bytes or the new.
func (d disk) replace(name string, data []byte) error {
	draft := name + ".new"
	if err := d.removeAll(draft); err != nil {
		return err
	}
	f, err := d.create(draft)
	if err != nil {
		return err
	}
	err = d.write(f, data)
	if err == nil {
		err = d.ask("sync", draft)
	}
	if err == nil {
		err = flush(f)
	}
	if closeErr := f.Close(); err == nil {
		err = closeErr
	}
	if err == nil {
		err = d.rename(draft, name)
	}
	if err == nil {
		d.syncFolder(path.Dir(name))
	}
	return err
}

// syncFolder makes the renames in a folder last. Some systems cannot sync a folder;
// they order renames by themselves.
func (d disk) syncFolder(name string) {
	if f, err := d.root.Open(name); err == nil {
		flush(f)
		f.Close()
	}
}

// copyFile takes a file to where a rename cannot: another file system.
func (d disk) copyFile(from, to string) error {
	source, err := d.root.Open(from)
	if err != nil {
		return err
	}
	defer source.Close()
	draft := path.Join(path.Dir(to), ".stoa-draft-"+digest.Bytes([]byte(from)).String())
	if err := d.removeAll(draft); err != nil {
		return err
	}
	target, err := d.create(draft)
	if err != nil {
		return err
	}
	if _, err = io.Copy(target, source); err == nil {
		err = d.ask("write", draft)
	}
	if closeErr := target.Close(); err == nil {
		err = closeErr
	}
	if err != nil {
		return err
	}
	if err := d.rename(draft, to); err != nil {
		return err
	}
	return d.remove(from)
}

// kindOf tells what is at a name, without following a link at its end.
func (d disk) kindOf(name string) kind {
	info, err := d.root.Lstat(name)
	switch {
	case err != nil:
		return nothing
	case info.Mode().IsRegular():
		return regular
	case info.IsDir():
		return folder
	case info.Mode()&(fs.ModeSymlink|fs.ModeIrregular) != 0:
		return link
	}
	return other
}
