package output

// A kind is what can stand at a path.
type kind int

const (
	nothing kind = iota
	regular
	folder
	link
	other // a device, a socket, a pipe
)

// A stamp tells whether a file was touched since it was looked at. The zero stamp
// equals none that look gives.
type stamp struct {
	size     int64 // bytes
	modified int64 // nanoseconds since 1970
	changed  int64 // likewise, when the file's status changed; 0 where the system does not tell
}

// A sight is what look saw.
type sight struct {
	kind  kind
	stamp stamp
}
