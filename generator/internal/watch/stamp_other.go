//go:build !(linux || freebsd || openbsd || dragonfly || solaris || illumos || darwin || netbsd)

package watch

import "io/fs"

// Elsewhere the time of the last change to the bytes has to do.
func stampOf(info fs.FileInfo) stamp { return stamp{mtime: info.ModTime().UnixNano()} }
