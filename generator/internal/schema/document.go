package schema

// A Document is a source file that was read. It finds places in it.
type Document struct {
	File string // slash path from the site's source folder

	source string // without byte-order mark, lines ending in LF
}
