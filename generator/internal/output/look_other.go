//go:build !unix

package output

import (
	"io/fs"
	"os"
)

// look tells what is at name, an operating system's path, without following a link at
// its end.
func look(name string) sight {
	info, err := os.Lstat(name)
	if err != nil {
		return sight{}
	}
	s := sight{kind: other}
	switch mode := info.Mode(); {
	case mode.IsRegular():
		s.kind = regular
	case mode.IsDir():
		s.kind = folder
	case mode&(fs.ModeSymlink|fs.ModeIrregular) != 0: // a junction is irregular
		s.kind = link
	}
	s.stamp = stamp{size: info.Size(), modified: info.ModTime().UnixNano()}
	return s
}
