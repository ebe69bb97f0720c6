// Package watch looks at the source of a site and says what is there and when it
// changed. It knows folders and bytes, and nothing of what they mean.
//
//	roots (content/, themes/, config.toml) → Scan → Snapshot → FS, Changed, Sum
//	                                         Watch → notify(Snapshot), again and again
//
// One scanner does all the looking. A build scans once and compares the snapshot's
// [Snapshot.Sum] with the one stored by the last build. A preview calls [Watch], where
// an event of the operating system is only a hint that something happened: after a
// short quiet time the scanner looks again, and what it finds is what counts. That is
// why `mkdir -p a/b` with a file in it (one event), an atomic save (four) and a checkout
// of 500 files (thousands, or an overflow) all end the same, and why polling needs no
// code of its own.
//
// A snapshot is cheap to renew: a file whose size, times and inode did not change keeps
// its digest and is not read. Files changed within [racy] before the last look are read
// again, since a clock that ticks slowly can hide a second change.
//
// Content arrives from strangers. A symbolic link is a problem with a place, never
// followed; sizes, depths and counts are bounded; and [Snapshot.FS] opens nothing but
// the files listed, inside the roots, with the bytes that were seen.
package watch

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/fsnotify/fsnotify"
)

// Options tune [Watch]. The zero Options are what a preview wants.
type Options struct {
	// From is what the caller has seen already. Watch notifies at once when the source
	// differs from it; when it is nil, Watch begins by notifying of the source as it is.
	From *Snapshot

	Poll     bool          // look every Interval, without asking the system for events
	Quiet    time.Duration // how long nothing must happen before a look; 0 means 20 ms
	Cap      time.Duration // the longest that a look waits for quiet; 0 means 500 ms
	Interval time.Duration // time between two looks when polling; 0 means 500 ms
	Say      func(string)  // is told, once each and from any goroutine, when watching had to change its ways

	open func() (*events, error) // how to ask for events; tests set it
}

// safety is how often the source is looked at although no event came: network and
// virtual file systems report none.
const safety = 5 * time.Second

// Watch calls notify with a fresh snapshot whenever the source under the roots has
// changed, until ctx ends; then it returns nil. Calls do not overlap, and what happens
// during one leads to the next. The only error is a root that makes no sense.
func Watch(ctx context.Context, roots []Root, o Options, notify func(*Snapshot)) error {
	if o.Quiet <= 0 {
		o.Quiet = 20 * time.Millisecond
	}
	if o.Cap <= 0 {
		o.Cap = 500 * time.Millisecond
	}
	if o.Interval <= 0 {
		o.Interval = 500 * time.Millisecond
	}
	if o.Say == nil {
		o.Say = func(string) {}
	}
	if o.open == nil {
		o.open = openEvents
	}
	s := &session{roots: roots, Options: o, hint: make(chan struct{}, 1)}
	if !o.Poll {
		s.listen()
	}
	defer s.deafen()

	told, last := o.From, o.From
	for first := true; ; first = false {
		snapshot, err := s.look(ctx, last)
		if err != nil {
			return err
		}
		if s.events == nil && !first && snapshot.Sum() != last.Sum() {
			if snapshot, err = s.still(ctx, snapshot); err != nil {
				return err
			}
		}
		if ctx.Err() != nil {
			return nil
		}
		if last = snapshot; told == nil || told.Sum() != snapshot.Sum() {
			told = snapshot
			notify(snapshot)
		}
		if !s.wait(ctx) {
			return nil
		}
	}
}

// A session is one call of Watch.
type session struct {
	Options
	roots  []Root
	events *events       // nil while polling
	hint   chan struct{} // holds one value when something may have changed
	cost   time.Duration // of the last look
}

// listen asks the system for events; where it has none to give, polling begins.
func (s *session) listen() {
	events, err := s.open()
	if err != nil {
		s.poll()
		return
	}
	s.events = events
	go s.pump(events)
}

// deafen stops the events and waits until none is under way.
func (s *session) deafen() {
	if s.events != nil {
		s.events.Close()
		<-s.events.done
		s.events = nil
	}
}

// poll changes over to polling for good. The system's own words for the reason ("no
// space left on device") would only mislead.
func (s *session) poll() {
	s.deafen()
	s.Say("The system cannot watch this many folders, so they are looked at every " + s.Interval.String() + " instead.")
}

// pump turns events into hints, so that the system's queue is always being emptied.
func (s *session) pump(e *events) {
	defer close(e.done)
	changes, errs, said := e.changes, e.errors, false
	for changes != nil || errs != nil {
		select {
		case event, ok := <-changes:
			if !ok {
				changes = nil
				continue
			}
			if !s.concerns(event.Name) {
				continue
			}
		case err, ok := <-errs:
			if !ok {
				errs = nil
				continue
			}
			if errors.Is(err, fsnotify.ErrEventOverflow) && !said {
				said = true
				s.Say("More changed at once than the system tells one by one, so every file was looked at.")
			}
		}
		select {
		case s.hint <- struct{}{}:
		default: // a look is due already
		}
	}
}

// concerns tells whether an event at an OS path can be about a root: in it, or about a
// folder above it that is watched because the root is not there yet.
func (s *session) concerns(name string) bool {
	if name == "" {
		return true
	}
	for _, root := range s.roots {
		path := filepath.Clean(root.Path)
		if name == path || strings.HasPrefix(path, name+string(filepath.Separator)) {
			return true
		}
		if inside, ok := strings.CutPrefix(name, path+string(filepath.Separator)); ok {
			return !ignored(filepath.Base(inside))
		}
	}
	return false
}

// look scans and watches the folders found. A folder that was not watched yet may have
// been filled before it was, so the scan is repeated until no folder is new.
func (s *session) look(ctx context.Context, last *Snapshot) (*Snapshot, error) {
	for {
		start := time.Now()
		snapshot, err := Scan(s.roots, last)
		s.cost = time.Since(start)
		if err != nil || s.events == nil || ctx.Err() != nil {
			return snapshot, err
		}
		added, err := s.events.follow(s.folders(snapshot))
		if err != nil {
			s.poll()
			return snapshot, nil
		}
		if !added {
			return snapshot, nil
		}
		last = snapshot
	}
}

// folders lists what to watch: the folders of the roots, and for each root the nearest
// folder above it that exists, where the root itself comes and goes.
func (s *session) folders(snapshot *Snapshot) map[string]bool {
	folders := make(map[string]bool, len(snapshot.folders)+len(s.roots))
	for _, folder := range snapshot.folders {
		folders[folder] = true
	}
	for _, root := range s.roots {
		above := filepath.Dir(filepath.Clean(root.Path))
		for {
			info, err := os.Stat(above)
			if err == nil && info.IsDir() {
				folders[above] = true
				break
			}
			up := filepath.Dir(above)
			if up == above {
				break
			}
			above = up
		}
	}
	return folders
}

// still looks again until two looks agree or Cap has passed: a poller may come upon a
// checkout that is half done.
func (s *session) still(ctx context.Context, snapshot *Snapshot) (*Snapshot, error) {
	for waited := time.Duration(0); waited < s.Cap; waited += s.Quiet {
		if !sleep(ctx, s.Quiet) {
			return snapshot, nil
		}
		again, err := s.look(ctx, snapshot)
		if err != nil || again.Sum() == snapshot.Sum() {
			return again, err
		}
		snapshot = again
	}
	return snapshot, nil
}

// wait returns when it is time for the next look, and false when ctx has ended. Large
// sources are looked at less often, so that looking stays a small part of the machine.
func (s *session) wait(ctx context.Context) bool {
	if s.events == nil {
		return sleep(ctx, max(s.Interval, 10*s.cost))
	}
	timer := time.NewTimer(max(safety, 50*s.cost))
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return false
	case <-timer.C:
		return true
	case <-s.hint:
		return settle(ctx, s.hint, s.Quiet, s.Cap)
	}
}

// settle returns once no hint came for the time quiet, at most longest after the call;
// false when ctx has ended.
func settle(ctx context.Context, hint <-chan struct{}, quiet, longest time.Duration) bool {
	silence, limit := time.NewTimer(quiet), time.NewTimer(longest)
	defer silence.Stop()
	defer limit.Stop()
	for {
		select {
		case <-ctx.Done():
			return false
		case <-silence.C:
			return true
		case <-limit.C:
			return true
		case <-hint:
			silence.Reset(quiet)
		}
	}
}

func sleep(ctx context.Context, d time.Duration) bool {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return false
	case <-timer.C:
		return true
	}
}

// events is the system's watcher, as far as it is needed here.
type events struct {
	watcher
	changes <-chan fsnotify.Event
	errors  <-chan error
	done    chan struct{} // closed when nobody reads the two channels any more
}

type watcher interface {
	Add(path string) error
	Remove(path string) error
	WatchList() []string
	Close() error
}

func openEvents() (*events, error) {
	w, err := fsnotify.NewWatcher()
	if err != nil {
		return nil, err
	}
	return &events{w, w.Events, w.Errors, make(chan struct{})}, nil
}

// follow watches exactly these folders and tells whether any of them is new. Those
// watched already are added again: a folder deleted and made anew has lost its watch,
// and adding what is there costs nothing. The error says that watches ran out.
func (e *events) follow(folders map[string]bool) (added bool, err error) {
	had := make(map[string]bool)
	for _, folder := range e.WatchList() {
		had[folder] = true
		if !folders[folder] {
			_ = e.Remove(folder) // gone, most likely, and its watch with it
		}
	}
	for folder := range folders {
		switch err := e.Add(folder); {
		case err == nil:
			added = added || !had[folder]
		case errors.Is(err, fs.ErrNotExist) || errors.Is(err, fs.ErrPermission):
			// It went away, which is an event above it; or it is in Problems.
		default:
			return added, err
		}
	}
	return added, nil
}
