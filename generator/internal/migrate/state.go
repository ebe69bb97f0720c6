package migrate

import (
	"encoding/json"
	"fmt"

	"github.com/stoa-portal/stoa/generator/internal/diag"
	"github.com/stoa-portal/stoa/generator/internal/digest"
)

// StateFile is where a site remembers what was brought in, a path in its source folder. It belongs
// into the repository, like the guides.
const StateFile = ".stoa/guides.json"

// A State is what imports have written: for each file, the digest of the bytes. By it a later
// import tells what somebody has edited since.
type State struct {
	Version int                `json:"version"`
	Files   map[string]*origin `json:"files"` // by path from the site's source folder
}

type origin struct {
	Folder string     `json:"folder"` // name of the folder that was imported
	From   string     `json:"from"`   // path in it
	Sum    digest.Sum `json:"sum"`    // of the bytes that were written
}

// stateVersion is that of the file; a newer Stoa may write another one.
const stateVersion = 1

// ReadState reads StateFile; nil is the state of a site that nothing was brought into.
func ReadState(data []byte) (*State, error) {
	s := &State{Version: stateVersion, Files: map[string]*origin{}}
	if data == nil {
		return s, nil
	}
	if err := json.Unmarshal(data, s); err != nil {
		return nil, fmt.Errorf("%s cannot be read (%s): restore it, or delete it to treat every guide as written by hand", StateFile, firstSentence(err))
	}
	if s.Version != stateVersion {
		return nil, fmt.Errorf("%s was written by another version of Stoa (%d)", StateFile, s.Version)
	}
	if s.Files == nil {
		s.Files = map[string]*origin{}
	}
	for path, o := range s.Files {
		if o == nil {
			delete(s.Files, path)
		}
	}
	return s, nil
}

// Bytes is the state as StateFile holds it.
func (s *State) Bytes() []byte {
	data, err := json.MarshalIndent(s, "", "  ")
	if err != nil {
		return nil // it holds texts and numbers only
	}
	return append(data, '\n')
}

// Merge decides which files of a plan are to be written, and notes them in the state. folder is
// the name of what was imported; have gives the bytes of a file of the site, nil when it is not
// there. What somebody has edited, deleted or written by hand is left as it is; where the source
// has changed as well, a warning says so.
func (s *State) Merge(plan *Plan, folder string, have func(path string) []byte) (write []File, left diag.List) {
	planned := map[string]bool{}
	for _, f := range plan.Files {
		planned[f.Path] = true
		now, sum := have(f.Path), digest.Bytes(f.Data)
		last, known := s.Files[f.Path]
		at := diag.Place{File: f.From}
		switch {
		case now != nil && digest.Bytes(now) == sum:
			s.Files[f.Path] = &origin{folder, f.From, sum}
		case !known && now == nil, known && now != nil && digest.Bytes(now) == last.Sum:
			s.Files[f.Path] = &origin{folder, f.From, sum}
			write = append(write, f)
		case !known:
			left.Warnf(at, "left-alone", "%s is there already and was not brought in from here, so it was left as it is", f.Path)
		case last.Sum == sum: // edited or deleted there, unchanged here
		case now == nil:
			left.Warnf(at, "left-alone", "%s was deleted after it had been brought in, so it was not written again", f.Path)
		default:
			left.Warnf(at, "left-alone", "this has changed, and so has %s since it was brought in: it was left as it is, so carry the change over by hand, or delete it together with its entry in %s and import again", f.Path, StateFile)
		}
	}
	for path, o := range s.Files {
		if o.Folder == folder && !planned[path] && have(path) != nil {
			left.Warnf(diag.Place{File: o.From}, "left-alone", "%s was made from this, which is no longer there: delete it if it is not wanted any more", path)
		}
	}
	return write, left.Sorted()
}
