// Package themes holds the themes that come with Stoa, so that the command needs no
// other file. README.md is the contract for people who write themes of their own.
package themes

import "embed"

// FS holds each theme in a folder of its name.
//
//go:embed all:default
var FS embed.FS
