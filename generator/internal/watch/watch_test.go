package watch

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"github.com/fsnotify/fsnotify"
)

// patience is how long a test waits for what must come; nothing waits for it to pass.
const patience = 20 * time.Second

// A sitter runs Watch on a folder and collects what it notifies of.
type sitter struct {
	*testing.T
	folder string
	seen   chan *Snapshot
	count  int // of notifications
}

func watchOver(t *testing.T, o Options, files map[string]string) *sitter {
	s := &sitter{T: t, folder: t.TempDir(), seen: make(chan *Snapshot, 1000)}
	write(t, s.folder, files)
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- Watch(ctx, site(s.folder), o, func(n *Snapshot) { s.seen <- n }) }()
	t.Cleanup(func() {
		cancel()
		if err := <-ended; err != nil {
			t.Errorf("Watch ends with %v", err)
		}
	})
	s.until("the first look", func(*Snapshot) bool { return true })
	return s
}

// until waits for a notification that is right.
func (s *sitter) until(what string, right func(*Snapshot) bool) *Snapshot {
	s.Helper()
	deadline := time.After(patience)
	for {
		select {
		case snapshot := <-s.seen:
			s.count++
			if right(snapshot) {
				return snapshot
			}
		case <-deadline:
			s.Fatalf("%s went unseen", what)
		}
	}
}

func (s *sitter) untilPaths(what string, want ...string) {
	s.Helper()
	var last []string
	slices.Sort(want)
	defer func() {
		if s.Failed() {
			s.Logf("last seen: %q", last)
		}
	}()
	s.until(what, func(n *Snapshot) bool { last = n.Paths(); return slices.Equal(last, want) })
}

func (s *sitter) path(name string) string {
	return filepath.Join(s.folder, filepath.FromSlash(name))
}

func (s *sitter) must(err error) {
	s.Helper()
	if err != nil {
		s.Fatal(err)
	}
}

func TestWatch(t *testing.T) {
	start := map[string]string{"config.toml": "one", "content/index.md": "one", "content/a/x.md": "x", "content/a/b/y.md": "y"}
	for _, row := range []struct {
		name string
		do   func(s *sitter)
	}{
		{"edit", func(s *sitter) {
			write(s, s.folder, map[string]string{"content/index.md": "two"})
			s.until("the edit", func(n *Snapshot) bool { f, _ := n.Lookup("content/index.md"); return f.Size == 3 })
		}},
		{"config", func(s *sitter) {
			write(s, s.folder, map[string]string{"config.toml": "longer"})
			s.until("the edit", func(n *Snapshot) bool { f, _ := n.Lookup("config.toml"); return f.Size == 6 })
		}},
		{"new folders with a file", func(s *sitter) {
			write(s, s.folder, map[string]string{"content/n/e/w/z.md": "z"})
			s.untilPaths("the file", "config.toml", "content/index.md", "content/a/x.md", "content/a/b/y.md", "content/n/e/w/z.md")
			write(s, s.folder, map[string]string{"content/n/e/w/z.md": "longer"})
			s.until("the edit in a new folder", func(n *Snapshot) bool { f, _ := n.Lookup("content/n/e/w/z.md"); return f.Size == 6 })
		}},
		{"atomic save", func(s *sitter) {
			write(s, s.folder, map[string]string{"content/.index.md.tmp": "saved"})
			s.must(os.Rename(s.path("content/.index.md.tmp"), s.path("content/index.md")))
			s.until("the save", func(n *Snapshot) bool { f, _ := n.Lookup("content/index.md"); return f.Size == 5 })
		}},
		{"folder deleted", func(s *sitter) {
			s.must(os.RemoveAll(s.path("content/a")))
			s.untilPaths("the deletion", "config.toml", "content/index.md")
		}},
		{"folder renamed", func(s *sitter) {
			s.must(os.Rename(s.path("content/a"), s.path("content/z")))
			s.untilPaths("the renaming", "config.toml", "content/index.md", "content/z/x.md", "content/z/b/y.md")
			write(s, s.folder, map[string]string{"content/z/b/y.md": "longer"})
			s.until("the edit in the renamed folder", func(n *Snapshot) bool { f, _ := n.Lookup("content/z/b/y.md"); return f.Size == 6 })
			write(s, s.folder, map[string]string{"content/a/new.md": "n"})
			s.untilPaths("the old name used again", "config.toml", "content/index.md", "content/a/new.md", "content/z/x.md", "content/z/b/y.md")
		}},
		{"folder replaced", func(s *sitter) {
			s.must(os.RemoveAll(s.path("content/a")))
			write(s, s.folder, map[string]string{"content/a/1.md": ""})
			s.untilPaths("the new folder", "config.toml", "content/index.md", "content/a/1.md")
			write(s, s.folder, map[string]string{"content/a/2.md": ""})
			s.untilPaths("the next file", "config.toml", "content/index.md", "content/a/1.md", "content/a/2.md")
		}},
		{"root that comes later, and goes", func(s *sitter) {
			write(s, s.folder, map[string]string{"themes/mine/layouts/base.html": "<p>"})
			s.untilPaths("the theme", "config.toml", "content/index.md", "content/a/x.md", "content/a/b/y.md", "themes/mine/layouts/base.html")
			s.must(os.RemoveAll(s.path("themes")))
			s.untilPaths("the end of the theme", "config.toml", "content/index.md", "content/a/x.md", "content/a/b/y.md")
			s.must(os.RemoveAll(s.path("content")))
			s.untilPaths("the end of the content", "config.toml")
			write(s, s.folder, map[string]string{"content/index.md": "new"})
			s.untilPaths("the new content", "config.toml", "content/index.md")
		}},
		{"checkout of 500 files", func(s *sitter) {
			files := make(map[string]string)
			for i := range 500 {
				files[fmt.Sprintf("content/g%d/%d.md", i%20, i)] = "text"
			}
			before := s.count
			write(s, s.folder, files)
			s.until("the checkout", func(n *Snapshot) bool { return n.Len() == 504 })
			if n := s.count - before; n > 20 {
				s.Errorf("500 files gave %d notifications", n)
			}
		}},
	} {
		for _, poll := range []bool{false, true} {
			t.Run(fmt.Sprintf("%s/poll=%v", row.name, poll), func(t *testing.T) {
				t.Parallel()
				row.do(watchOver(t, Options{Poll: poll, Interval: 5 * time.Millisecond}, start))
			})
		}
	}
}

// rest lets a time pass, and all that is due in it happen.
func rest(d time.Duration) {
	time.Sleep(d)
	synctest.Wait()
}

func TestWatchFrom(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		folder := t.TempDir()
		write(t, folder, map[string]string{"content/a.md": "a"})
		known := mustScan(t, site(folder), nil)
		ctx, cancel := context.WithCancel(t.Context())
		calls := 0
		go Watch(ctx, site(folder), Options{Poll: true, From: known}, func(*Snapshot) { calls++ })
		rest(time.Minute) // of a clock that runs as fast as the work is done
		if calls != 0 {
			t.Errorf("what was known is told %d times", calls)
		}
		write(t, folder, map[string]string{"content/a.md": "b"})
		rest(time.Minute)
		if calls != 1 {
			t.Errorf("one change is told %d times", calls)
		}
		write(t, folder, map[string]string{"content/a.md~": "left over"})
		rest(time.Minute)
		if calls != 1 {
			t.Errorf("no change is told")
		}
		cancel()
		synctest.Wait()
	})
}

// A poller waits for the end of what it comes upon, but not for ever.
func TestPollWaitsForStillness(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		folder := t.TempDir()
		ctx, cancel := context.WithCancel(t.Context())
		var lens []int
		go Watch(ctx, site(folder), Options{Poll: true, Interval: time.Second, Quiet: 40 * time.Millisecond, Cap: 400 * time.Millisecond},
			func(s *Snapshot) { lens = append(lens, s.Len()) })
		synctest.Wait()
		for i := range 120 { // a file every 10 ms, from 0 to 1200 ms
			write(t, folder, map[string]string{fmt.Sprintf("content/%d.md", i): ""})
			time.Sleep(10 * time.Millisecond)
		}
		rest(10 * time.Second)
		if !slices.Equal(lens, []int{0, 120}) {
			t.Errorf("told of %v files", lens)
		}
		cancel()
		synctest.Wait()
	})
}

func TestSettle(t *testing.T) {
	const quiet, longest = 40 * time.Millisecond, 500 * time.Millisecond
	for _, row := range []struct {
		name         string
		every, until time.Duration
		want         time.Duration
	}{
		{"nothing more", time.Hour, 0, quiet},
		{"a burst", 10 * time.Millisecond, 200 * time.Millisecond, 200*time.Millisecond + quiet},
		{"no end", 10 * time.Millisecond, time.Hour, longest},
		{"slow drip", 50 * time.Millisecond, time.Hour, quiet},
	} {
		t.Run(row.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				hint := make(chan struct{})
				ctx, cancel := context.WithCancel(t.Context())
				start := time.Now()
				go func() {
					for time.Since(start) < row.until {
						if !sleep(ctx, row.every) {
							return
						}
						select {
						case hint <- struct{}{}:
						case <-ctx.Done():
							return
						}
					}
				}()
				if !settle(ctx, hint, quiet, longest) {
					t.Error("it gave up")
				}
				if got := time.Since(start); got != row.want {
					t.Errorf("settled after %v, want %v", got, row.want)
				}
				cancel()
				if settle(ctx, nil, quiet, longest) {
					t.Error("it goes on after the end")
				}
				synctest.Wait()
			})
		})
	}
}

// fake is a system's watcher with as many watches as a test says.
type fake struct {
	mu      sync.Mutex
	watched map[string]bool
	room    int
	changes chan fsnotify.Event
	errors  chan error
	closed  bool
}

func (f *fake) Add(path string) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.watched[path] = true; len(f.watched) > f.room {
		return fmt.Errorf("inotify_add_watch: %w", syscall.ENOSPC)
	}
	return nil
}

func (f *fake) Remove(path string) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	delete(f.watched, path)
	return nil
}

func (f *fake) WatchList() []string {
	f.mu.Lock()
	defer f.mu.Unlock()
	var list []string
	for path := range f.watched {
		list = append(list, path)
	}
	return list
}

func (f *fake) Close() error {
	if !f.closed {
		close(f.changes)
		close(f.errors)
	}
	f.closed = true
	return nil
}

func (f *fake) open() (*events, error) {
	f.watched, f.changes, f.errors = make(map[string]bool), make(chan fsnotify.Event), make(chan error)
	return &events{f, f.changes, f.errors, make(chan struct{})}, nil
}

func TestFallbackToPolling(t *testing.T) {
	for name, open := range map[string]func() (*events, error){
		"no watcher":      func() (*events, error) { return nil, os.NewSyscallError("inotify_init1", syscall.EMFILE) },
		"too few watches": (&fake{room: 3}).open,
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				folder := t.TempDir()
				write(t, folder, map[string]string{"content/a.md": "a"})
				ctx, cancel := context.WithCancel(t.Context())
				var said []string
				var lens []int
				go Watch(ctx, site(folder), Options{open: open, Say: func(s string) { said = append(said, s) }}, func(s *Snapshot) { lens = append(lens, s.Len()) })
				synctest.Wait()
				for i := range 3 {
					write(t, folder, map[string]string{fmt.Sprintf("content/%d/b/c/d.md", i): ""})
					rest(time.Minute)
				}
				if !slices.Equal(lens, []int{1, 2, 3, 4}) {
					t.Errorf("told of %v files", lens)
				}
				if len(said) != 1 || !strings.Contains(said[0], "every 500ms instead") {
					t.Errorf("said %q", said)
				}
				cancel()
				synctest.Wait()
			})
		})
	}
}

func TestOverflow(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		folder := t.TempDir()
		system := &fake{room: 1000}
		ctx, cancel := context.WithCancel(t.Context())
		var said []string
		var told atomic.Int32
		go Watch(ctx, site(folder), Options{open: system.open, Say: func(s string) { said = append(said, s) }}, func(s *Snapshot) { told.Add(1) })
		synctest.Wait()
		for i := range 2 {
			write(t, folder, map[string]string{fmt.Sprintf("content/%d.md", i): ""})
			system.errors <- fsnotify.ErrEventOverflow
			rest(time.Second)
		}
		if told.Load() != 3 || len(said) != 1 {
			t.Errorf("told %d times, said %q", told.Load(), said)
		}
		// An event elsewhere, or of a left-over file, is no hint; no event at all still
		// ends in a look.
		write(t, folder, map[string]string{"content/new.md": ""})
		for _, name := range []string{"public", "content/.new.md.swp", "content/new.md~"} {
			system.changes <- fsnotify.Event{Name: filepath.Join(folder, name), Op: fsnotify.Write}
		}
		rest(time.Second)
		if told.Load() != 3 {
			t.Error("an event that means nothing made it look")
		}
		rest(safety)
		if told.Load() != 4 {
			t.Error("without an event the change went unseen")
		}
		cancel()
		synctest.Wait()
	})
}

func TestWatchRefuses(t *testing.T) {
	err := Watch(t.Context(), []Root{{"..", "x"}}, Options{}, func(*Snapshot) { t.Error("notified") })
	if err == nil || errors.Is(err, context.Canceled) {
		t.Errorf("it ends with %v", err)
	}
}
