// Package history asks git when files were last changed.
//
// A guide that does not say when it was updated shows the day of its last commit. One run of
// git tells those of all files of a folder, [Repository.Days]; it is run only where there is a
// repository and the program git. A shallow clone, as continuous integration makes it, has lost
// the commits that would tell: it says so, and no day of it is used, since all files would seem
// to have changed with its oldest commit.
//
// Days are those that commits carry, in the time zone of whoever committed, so that every
// clone of a repository tells the same.
package history

import (
	"bytes"
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"github.com/stoa-portal/stoa/generator/internal/civil"
)

// A Repository is the history that a folder is part of, at one commit.
type Repository struct {
	Head    string // the commit that is checked out, in hexadecimal
	Shallow bool   // older commits were not fetched, so nothing is known for sure
	folder  string
}

// Open finds the repository of a folder; nil when there is none, it has no commit yet, or git
// is not installed or refuses to read it.
func Open(ctx context.Context, folder string) *Repository {
	if !inRepository(folder) {
		return nil
	}
	out, err := git(ctx, folder, "rev-parse", "--is-shallow-repository", "--verify", "HEAD")
	if err != nil {
		return nil
	}
	shallow, head, ok := strings.Cut(strings.TrimSpace(string(out)), "\n")
	if !ok || head == "" {
		return nil
	}
	return &Repository{Head: head, Shallow: shallow == "true", folder: folder}
}

// inRepository looks for .git in a folder and those above it, to run no program where there
// is none.
func inRepository(folder string) bool {
	at, err := filepath.Abs(folder)
	if err != nil {
		return false
	}
	for {
		if _, err := os.Stat(filepath.Join(at, ".git")); err == nil {
			return true
		}
		above := filepath.Dir(at)
		if above == at {
			return false
		}
		at = above
	}
}

// Days are the days of the last commits of the files below a path, by slash path from the
// repository's folder as it was given to Open. A file that was never committed has none, and
// what changed since its last commit does not count.
func (r *Repository) Days(ctx context.Context, below string) (map[string]civil.Date, error) {
	if r.Shallow {
		return nil, errors.New("a shallow clone does not know when files were changed")
	}
	out, err := git(ctx, r.folder, "log", "--format=%x01%cs", "--name-only", "--no-renames", "--relative", "-z", r.Head, "--", below)
	if err != nil {
		return nil, err
	}
	return days(out), nil
}

// days reads what git log says: for each commit, the newest first, a byte 1, its day, and the
// names of its files, each ended by a byte 0 (and the first begun by a line's end).
func days(log []byte) map[string]civil.Date {
	found := map[string]civil.Date{}
	for commit := range bytes.SplitSeq(log, []byte{1}) {
		fields := strings.FieldsFunc(string(commit), func(r rune) bool { return r == 0 || r == '\n' })
		if len(fields) == 0 {
			continue
		}
		day, err := civil.Parse(fields[0])
		if err != nil {
			continue
		}
		for _, name := range fields[1:] {
			if _, known := found[name]; !known {
				found[name] = day
			}
		}
	}
	return found
}

// git runs the program in a folder, without whatever a hook or the user's environment says
// about the repository.
func git(ctx context.Context, folder string, args ...string) ([]byte, error) {
	command := exec.CommandContext(ctx, "git", append([]string{"-C", folder, "-c", "core.fsmonitor=false", "-c", "log.showSignature=false"}, args...)...)
	for _, variable := range os.Environ() {
		if name, _, _ := strings.Cut(variable, "="); !strings.HasPrefix(name, "GIT_") || strings.HasPrefix(name, "GIT_CONFIG") {
			command.Env = append(command.Env, variable)
		}
	}
	command.Env = append(command.Env, "GIT_OPTIONAL_LOCKS=0", "LC_ALL=C")
	return command.Output()
}
