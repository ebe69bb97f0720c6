//go:build unix

package output

import "golang.org/x/sys/unix"

// look tells what is at name, an operating system's path, without following a link at
// its end. The time a file's status changed is part of its stamp, since programs can set the
// time of modification back but not that one.
func look(name string) sight {
	var st unix.Stat_t
	err := unix.Lstat(name, &st)
	for err == unix.EINTR {
		err = unix.Lstat(name, &st)
	}
	if err != nil {
		return sight{}
	}
	s := sight{kind: other}
	switch st.Mode & unix.S_IFMT {
	case unix.S_IFREG:
		s.kind = regular
	case unix.S_IFDIR:
		s.kind = folder
	case unix.S_IFLNK:
		s.kind = link
	}
	s.stamp = stamp{size: st.Size, modified: st.Mtim.Nano(), changed: st.Ctim.Nano()}
	return s
}
