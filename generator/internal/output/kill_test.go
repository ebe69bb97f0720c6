package output

import (
	"errors"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
)

var errFault = errors.New("the disk said no")

// faults makes changes fail: the one numbered from, from 0, and so many after it.
func faults(from, count int64) (fault func(op, name string) error, reached func() bool) {
	var n atomic.Int64
	fault = func(op, name string) error {
		if i := n.Add(1) - 1; i >= from && i-from < count {
			return errFault
		}
		return nil
	}
	return fault, func() bool { return n.Load() > from }
}

const forever = 1 << 40

// acrossDevices makes each rename out of the staging folder fail, as it does when the destination
// is on another file system.
func acrossDevices(fault func(op, name string) error) func(op, name string) error {
	return func(op, name string) error {
		if op == "rename" && strings.HasPrefix(name, ".public.stoa/staging/") {
			return errFault
		}
		return fault(op, name)
	}
}

type change struct {
	name     string
	there    bool // the destination exists, but for one file empty, before the first site
	old, new site
}

var changes = []change{
	{"into nothing", false, nil, portal},
	{"into a folder", true, nil, portal},
	{"to another site", true, portal, site{ // with a file edited, files and folders swapped, letter case changed
		"index.html":   "new home",
		"Feed.xml":     "feed",
		"mentors":      "a file now",
		"new/cy/index": "Cy",
		"new/all":      "all",
	}},
	{"to nothing", true, portal, site{}},
}

// A run killed before any of its changes leaves the old site or, once the next Open has
// had its turn, the new one; and so does a killed Open. (After a kill nothing more
// happens, which is the same as every change failing.)
func TestKill(t *testing.T) {
	same := func(fault func(op, name string) error) func(op, name string) error { return fault }
	for _, mode := range []struct {
		name    string
		count   int64 // how many changes fail
		disk    func(func(op, name string) error) func(op, name string) error
		changes []change
	}{
		{"killed", forever, same, changes},
		{"one fault", 1, same, changes[:1]},
		{"killed across devices", forever, acrossDevices, changes[1:3]},
	} {
		for _, change := range mode.changes {
			t.Run(mode.name+" on the way "+change.name, func(t *testing.T) {
				seen := map[string]int{}
				for step := int64(0); ; step++ {
					dest := public(t)
					if change.there {
						write(t, filepath.Join(dest, ".gitkeep"), "")
					}
					if change.old != nil {
						mustSync(t, dest, change.old)
					}
					foreign := site{}
					if change.there {
						foreign[".gitkeep"] = ""
					}
					old, new := foreign.with(change.old), foreign.with(change.new)

					fault, reached := faults(step, mode.count)
					d, err := open(dest, Options{}, mode.disk(fault))
					if err == nil {
						_, err = d.Sync(t.Context(), change.new.plan(), SyncOptions{Inputs: change.new.inputs(), Memo: []byte("memo")})
						d.Close()
					}
					if !reached() {
						if err != nil {
							t.Fatal(err)
						}
						wantTree(t, dest, new)
						break
					}
					if err != nil && !errors.Is(err, errFault) {
						t.Errorf("step %d: %v", step, err)
					}

					// A second run dies on the way, at a step that varies.
					fault, _ = faults(step%7, mode.count)
					if d, err := open(dest, Options{}, mode.disk(fault)); err == nil {
						d.Close()
					}
					fault, _ = faults(forever, 0)
					d, err = open(dest, Options{}, mode.disk(fault))
					if err != nil {
						t.Fatalf("step %d: the next Open: %v", step, err)
					}
					got := tree(t, dest)
					switch {
					case maps.Equal(got, old):
						seen["old"]++
						if memo := d.Memo(); memo != nil {
							t.Errorf("step %d: the old site with the new memo", step)
						}
					case maps.Equal(got, new):
						seen["new"]++
					default:
						t.Errorf("step %d: neither site: %v", step, sorted(got))
					}
					if _, err := d.Sync(t.Context(), change.new.plan(), SyncOptions{Inputs: change.new.inputs(), Memo: []byte("memo")}); err != nil {
						t.Errorf("step %d: the next Sync: %v", step, err)
					}
					wantTree(t, dest, new)
					if len(change.new) > 0 && !d.UpToDate(change.new.inputs()) {
						t.Errorf("step %d: not up to date in the end", step)
					}
					d.Close()
					if left, _ := os.ReadDir(filepath.Join(filepath.Dir(dest), ".public.stoa")); len(left) != 4 {
						t.Errorf("step %d: left in the state folder: %v", step, left)
					}
					if t.Failed() {
						return
					}
				}
				if mode.count == forever && len(change.new) > 0 && (seen["old"] == 0 || seen["new"] == 0) {
					t.Errorf("the faults met only one side of the journal: %v", seen)
				}
			})
		}
	}
}

// After a fault of the disk in the middle of a commit, the same Destination can go on.
func TestSyncAgainAfterFault(t *testing.T) {
	for step := int64(0); ; step++ {
		dest := public(t)
		mustSync(t, dest, portal)
		fault, reached := faults(step, 1)
		d := mustOpen(t, dest, Options{})
		d.disk.fault = fault
		next := changes[2].new
		_, err := d.Sync(t.Context(), next.plan(), SyncOptions{})
		if !reached() {
			if err != nil {
				t.Fatal(err)
			}
			return
		}
		if _, err := d.Sync(t.Context(), next.plan(), SyncOptions{}); err != nil {
			t.Errorf("step %d: %v", step, err)
		}
		wantTree(t, dest, next)
		d.Close()
		if t.Failed() {
			return
		}
	}
}

// killedWhileMoving syncs the portal, then dies on the way to next, the journal closed
// and nothing moved.
func killedWhileMoving(t *testing.T, next site) (dest, state string) {
	t.Helper()
	dest = public(t)
	state = filepath.Join(filepath.Dir(dest), ".public.stoa")
	mustSync(t, dest, portal)
	var dead atomic.Bool
	d, err := open(dest, Options{}, func(op, name string) error {
		if op == "rename" && strings.HasPrefix(name, ".public.stoa/staging/") {
			dead.Store(true)
		}
		if dead.Load() {
			return errFault
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	if _, err := d.Sync(t.Context(), next.plan(), SyncOptions{Workers: 1}); !errors.Is(err, errFault) {
		t.Fatal(err)
	}
	return dest, state
}

// Between a kill and the next Open, anything may happen to the files.
func TestChangesAfterKill(t *testing.T) {
	next := portal.with(site{"mentors/ada/index.html": "Ada L.", "mentors/ada/more.html": "more", "new/index.html": "new"})
	for _, test := range []struct {
		name   string
		change func(t *testing.T, dest, state string)
		want   string // what Open says
	}{
		{"the destination deleted", func(t *testing.T, dest, _ string) { os.RemoveAll(dest) }, ""},
		{"a folder deleted", func(t *testing.T, dest, _ string) { os.RemoveAll(filepath.Join(dest, "mentors")) }, ""},
		{"a folder made", func(t *testing.T, dest, _ string) { write(t, filepath.Join(dest, "new", "index.html"), "mine") }, ""},
		{"a staged file torn", func(t *testing.T, _, state string) {
			files, err := os.ReadDir(filepath.Join(state, "staging", "files"))
			if err != nil || len(files) == 0 {
				t.Fatal(files, err)
			}
			write(t, filepath.Join(state, "staging", "files", files[0].Name()), "")
		}, ""},
		{"the staging folder deleted", func(t *testing.T, _, state string) { os.RemoveAll(filepath.Join(state, "staging")) }, ""},
		{"a folder replaced by a link", func(t *testing.T, dest, _ string) {
			if err := os.Rename(filepath.Join(dest, "mentors"), filepath.Join(dest, "elsewhere")); err != nil {
				t.Fatal(err)
			}
			if err := os.Symlink("elsewhere", filepath.Join(dest, "mentors")); err != nil {
				t.Skip(err)
			}
		}, "public/mentors is not a folder"},
	} {
		t.Run(test.name, func(t *testing.T) {
			dest, state := killedWhileMoving(t, next)
			test.change(t, dest, state)
			before := tree(t, dest)
			d, err := Open(dest, Options{Force: true})
			if test.want != "" {
				if err == nil || !strings.Contains(err.Error(), test.want) {
					t.Errorf("got %v, want %q", err, test.want)
				}
				wantTree(t, dest, before)
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			defer d.Close()
			if _, err := d.Sync(t.Context(), next.plan(), SyncOptions{Inputs: next.inputs()}); err != nil {
				t.Fatal(err)
			}
			wantTree(t, dest, next)
			if !d.UpToDate(next.inputs()) {
				t.Error("not up to date in the end")
			}
		})
	}
}

// A journal that came from elsewhere reaches no file outside the destination.
func TestForgedJournal(t *testing.T) {
	for _, forged := range []journal{
		{after: []string{"../precious"}},
		{before: []string{"a/../../precious"}},
		{moves: []move{{"../../precious", "stolen"}}},
		{moves: []move{{"files/1", "../precious"}}},
		{record: record{files: []entry{{path: "../precious"}}}},
	} {
		dest := public(t)
		mustSync(t, dest, portal)
		precious := filepath.Join(filepath.Dir(dest), "precious")
		write(t, precious, "mine")
		state := filepath.Join(filepath.Dir(dest), ".public.stoa")
		write(t, filepath.Join(state, "staging", "files", "1"), "theirs")
		data, err := forged.marshal()
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range []string{"journal", "manifest"} {
			write(t, filepath.Join(state, name), string(data))
			if d, err := Open(dest, Options{Force: true}); err == nil {
				if _, err := d.Sync(t.Context(), portal.plan(), SyncOptions{}); err != nil {
					t.Error(err)
				}
				d.Close()
			}
		}
		if got, err := os.ReadFile(precious); string(got) != "mine" {
			t.Errorf("%+v reached a file outside the destination: %q, %v", forged, got, err)
		}
		wantTree(t, dest, portal)
	}
}
