package output

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stoa-portal/stoa/generator/internal/diag"
	"github.com/stoa-portal/stoa/generator/internal/digest"
)

func TestSync(t *testing.T) {
	dest := public(t)
	steps := []struct {
		name                        string
		site                        site
		written, unchanged, deleted int
	}{
		{"cold", portal, 4, 0, 0},
		{"again", portal, 0, 4, 0},
		{"one page edited", portal.with(site{"index.html": "new home"}), 1, 3, 0},
		{"pages added, in folders old and new", portal.with(site{"mentors/cy/index.html": "Cy", "mentors/all.html": "all", "a/b/c": "c"}), 4, 3, 0},
		{"back", portal, 0, 4, 3},
		{"a file becomes a folder", site{"feed.xml/a/b": "b"}, 1, 0, 4},
		{"a folder becomes a file", site{"feed.xml": "feed", "x": "x"}, 2, 0, 1},
		{"letter case changes", site{"Feed.XML": "feed", "x": "x"}, 1, 1, 1},
		{"nothing", site{}, 0, 0, 2},
		{"all", portal, 4, 0, 0},
	}
	for _, step := range steps {
		got := mustSync(t, dest, step.site)
		want := Result{
			Written: step.written, Unchanged: step.unchanged, Deleted: step.deleted,
			UpToDate: step.written+step.deleted == 0,
		}
		if fmt.Sprint(got) != fmt.Sprint(want) {
			t.Errorf("%s: got %+v, want %+v", step.name, got, want)
		}
		wantTree(t, dest, step.site)
		d := mustOpen(t, dest, Options{})
		if len(step.site) > 0 && !d.UpToDate(step.site.inputs()) {
			t.Errorf("%s: not up to date afterwards", step.name)
		}
		if d.UpToDate(digest.Of("other")) || d.UpToDate(digest.Sum{}) {
			t.Errorf("%s: up to date with other inputs", step.name)
		}
		d.Close()
		if t.Failed() {
			return
		}
	}
}

func TestSyncIntoFolders(t *testing.T) {
	for _, test := range []struct {
		name  string
		there site
	}{
		{"an empty folder", site{}},
		{"a folder with droppings", site{".DS_Store": "x", ".git/HEAD": "ref"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			dest := public(t)
			if err := os.MkdirAll(dest, 0o755); err != nil {
				t.Fatal(err)
			}
			for p, contents := range test.there {
				write(t, filepath.Join(dest, p), contents)
			}
			before, _ := os.Stat(dest)
			mustSync(t, dest, portal)
			wantTree(t, dest, portal.with(test.there))
			after, _ := os.Stat(dest)
			if !os.SameFile(before, after) {
				t.Error("the folder was replaced by another")
			}
		})
	}
}

// What happens to outputs behind Stoa's back is noticed and mended.
func TestSyncHeals(t *testing.T) {
	page := "mentors/ada/index.html"
	for _, test := range []struct {
		name   string
		change func(dest string) error
	}{
		{"edited", func(dest string) error { return os.WriteFile(filepath.Join(dest, page), []byte("mischief"), 0o644) }},
		{"edited, with its old size and time", func(dest string) error {
			name := filepath.Join(dest, page)
			before := look(name).stamp
			if before.changed == 0 {
				return os.WriteFile(name, []byte("here, that goes unnoticed"), 0o644)
			}
			for look(name).stamp == before { // clocks of file systems are coarse
				if err := os.WriteFile(name, []byte("Eve"), 0o644); err != nil {
					return err
				}
				if err := os.Chtimes(name, time.Time{}, time.Unix(0, before.modified)); err != nil {
					return err
				}
			}
			return nil
		}},
		{"deleted", func(dest string) error { return os.Remove(filepath.Join(dest, page)) }},
		{"folder deleted", func(dest string) error { return os.RemoveAll(filepath.Join(dest, "mentors")) }},
		{"all deleted", os.RemoveAll},
		{"replaced by a link", func(dest string) error {
			if err := os.Remove(filepath.Join(dest, page)); err != nil {
				return err
			}
			return os.Symlink("../bob/index.html", filepath.Join(dest, page))
		}},
		{"replaced by an empty folder", func(dest string) error {
			if err := os.Remove(filepath.Join(dest, "mentors", "ada", "index.html")); err != nil {
				return err
			}
			return os.Remove(filepath.Join(dest, "mentors", "ada"))
		}},
	} {
		t.Run(test.name, func(t *testing.T) {
			dest := public(t)
			mustSync(t, dest, portal)
			if err := test.change(dest); err != nil {
				t.Fatal(err)
			}
			d := mustOpen(t, dest, Options{})
			if d.UpToDate(portal.inputs()) {
				t.Error("the change was not noticed")
			}
			d.Close()
			if got := mustSync(t, dest, portal); got.Written == 0 {
				t.Errorf("got %+v", got)
			}
			wantTree(t, dest, portal)
			if got := mustSync(t, dest, portal); !got.UpToDate {
				t.Errorf("the next run did %+v", got)
			}
		})
	}
}

func TestSameBytesStay(t *testing.T) {
	dest := public(t)
	mustSync(t, dest, portal)
	name := filepath.Join(dest, "index.html")
	old := time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC)
	if err := os.Chtimes(name, old, old); err != nil {
		t.Fatal(err)
	}
	plan := portal.plan()
	for i := range plan {
		plan[i].Key = key("a new executable", i)
	}
	d := mustOpen(t, dest, Options{})
	result, err := d.Sync(t.Context(), plan, SyncOptions{})
	if err != nil || !result.UpToDate {
		t.Fatal(result, err)
	}
	info, err := os.Stat(name)
	if err != nil || !info.ModTime().Equal(old) {
		t.Errorf("the file was written again: %v, %v", info.ModTime(), err)
	}
	rendered := 0
	if _, err := d.Sync(t.Context(), plan, SyncOptions{Progress: func(int, int) { rendered++ }}); err != nil || rendered > 0 {
		t.Errorf("%d rows were rendered again, error %v", rendered, err)
	}
}

func TestSecondRunWritesNothing(t *testing.T) {
	dest := public(t)
	mustSync(t, dest, portal)
	state := filepath.Join(filepath.Dir(dest), ".public.stoa")
	before, _ := os.Stat(filepath.Join(state, "manifest"))
	mustSync(t, dest, portal)
	after, _ := os.Stat(filepath.Join(state, "manifest"))
	if !os.SameFile(before, after) {
		t.Error("the manifest was written again")
	}
	want := site{".gitignore": "*\n", "lock": ""}
	got := tree(t, state)
	delete(got, "manifest")
	if !maps.Equal(got, want) {
		t.Errorf("the state folder holds %v, want %v and the manifest", got, want)
	}
}

func TestRenderFaults(t *testing.T) {
	var errs, warnings diag.List
	errs.Errorf(diag.At("mentors/ada.toml", 3, 1), "broken-link", "no such page")
	errs.Warnf(diag.At("mentors/ada.toml", 9, 1), "thin", "no photo")
	warnings.Warnf(diag.At("mentors/bob.toml", 1, 1), "thin", "no bio")
	fail := func(p string, fault func() error) File {
		return File{Path: p, Key: key(p), Render: func(w io.Writer) error {
			io.WriteString(w, "half a page")
			return fault()
		}}
	}
	plan := append(site{"feed.xml": "new"}.plan(),
		fail("a.html", func() error { return fmt.Errorf("ada: %w", errs) }),
		fail("b.html", func() error { return warnings }),
		fail("index.html", func() error { return errors.New("out of luck") }),
		fail("p.html", func() error { var none []int; _ = none[len(none)]; return nil }),
	)
	dest := public(t)
	mustSync(t, dest, portal)
	d := mustOpen(t, dest, Options{})
	result, err := d.Sync(t.Context(), plan, SyncOptions{Inputs: digest.Of(1)})
	if err == nil || err.Error() != result.Problems.Error() {
		t.Fatalf("got error %v, problems %v", err, result.Problems)
	}
	lines := strings.Split(err.Error(), "\n")
	wants := []string{
		"index.html: out of luck",
		"p.html: a fault in Stoa kept this from being rendered, please report it: runtime error: index out of range [0] with length 0 (output/sync_test.go:",
		"mentors/ada.toml:3:1: no such page",
		"mentors/ada.toml:9:1: warning: no photo",
		"mentors/bob.toml:1:1: warning: no bio",
	}
	if len(lines) != len(wants) {
		t.Errorf("got %d problems, want %d:\n%v", len(lines), len(wants), err)
	}
	for i, want := range wants {
		if i < len(lines) && !strings.HasPrefix(lines[i], want) {
			t.Errorf("problem %d is %q, want %q", i, lines[i], want)
		}
	}
	wantTree(t, dest, portal)
	if !d.UpToDate(portal.inputs()) {
		t.Error("a failed run made the old site look touched")
	}
	if got := Discard(t.Context(), plan, 2); got.Error() != result.Problems.Error() {
		t.Errorf("Discard found\n%v, Sync found\n%v", got, result.Problems)
	}

	t.Run("warnings are kept", func(t *testing.T) {
		good := append(site{"index.html": "home"}.plan(), plan[2])
		for range 3 {
			result, err := d.Sync(t.Context(), good, SyncOptions{})
			if err != nil || result.Problems.Error() != warnings.Error() {
				t.Errorf("got %v, %v", result, err)
			}
			d.Close()
			d = mustOpen(t, dest, Options{})
		}
		result, err := d.Sync(t.Context(), good, SyncOptions{Strict: true})
		if err == nil || err.Error() != warnings.Strict().Error() {
			t.Errorf("strict: got %v, %v", result, err)
		}
		if got := d.Warnings(); got.Error() != warnings.Error() {
			t.Errorf("Warnings gives %v", got)
		}
		wantTree(t, dest, site{"index.html": "home", "b.html": "half a page"})
	})
}

func TestCollidingPlanChangesNothing(t *testing.T) {
	dest := public(t)
	mustSync(t, dest, portal)
	d := mustOpen(t, dest, Options{})
	result, err := d.Sync(t.Context(), portal.with(site{"INDEX.html": "x"}).plan(), SyncOptions{})
	if err == nil || result.Problems.Errors() != 1 {
		t.Errorf("got %v, %v", result, err)
	}
	wantTree(t, dest, portal)
}

func TestCancelChangesNothing(t *testing.T) {
	dest := public(t)
	mustSync(t, dest, portal)
	d := mustOpen(t, dest, Options{})
	next := portal.with(site{"index.html": "new", "a": "new", "b": "new"})
	for at := range 4 {
		ctx, cancel := context.WithCancel(t.Context())
		if at == 0 {
			cancel()
		}
		_, err := d.Sync(ctx, next.plan(), SyncOptions{Workers: 1, Progress: func(done, _ int) {
			if done == at {
				cancel()
			}
		}})
		cancel()
		if !errors.Is(err, context.Canceled) {
			t.Errorf("canceled at %d: got %v", at, err)
		}
		wantTree(t, dest, portal)
	}
	if _, err := d.Sync(t.Context(), next.plan(), SyncOptions{}); err != nil {
		t.Error(err)
	}
	wantTree(t, dest, next)
}

func TestMemo(t *testing.T) {
	dest := public(t)
	d := mustOpen(t, dest, Options{})
	if d.Memo() != nil {
		t.Error("a memo from nowhere")
	}
	for _, memo := range []string{"snapshot 1", "snapshot 2", "", "snapshot 2"} {
		if _, err := d.Sync(t.Context(), portal.plan(), SyncOptions{Memo: []byte(memo)}); err != nil {
			t.Fatal(err)
		}
		d.Close()
		d = mustOpen(t, dest, Options{})
		if got := d.Memo(); string(got) != memo {
			t.Errorf("got %q, want %q", got, memo)
		}
	}
	write(t, filepath.Join(filepath.Dir(dest), ".public.stoa", "memo"), "torn")
	if got := d.Memo(); got != nil {
		t.Errorf("a torn memo gives %q", got)
	}
}

// Rows larger than a sheet's memory go through a file, in whatever pieces they come.
func TestLargeRows(t *testing.T) {
	dest := public(t)
	d := mustOpen(t, dest, Options{})
	random := rand.New(rand.NewPCG(1, 2))
	for _, pieces := range [][]int{{spill}, {spill + 1}, {1, spill}, {spill, 1}, {3 * spill, 7, 2 * spill}, {100, spill - 100, 1, spill, spill + 5}} {
		var all [][]byte
		for _, n := range pieces {
			piece := make([]byte, n)
			for i := range piece {
				piece[i] = byte(random.Uint32())
			}
			all = append(all, piece)
		}
		for _, round := range []int{1, 2} {
			plan := []File{{Path: "big", Key: key(pieces, round), Render: func(w io.Writer) error {
				for _, piece := range all {
					if n, err := w.Write(piece); n != len(piece) || err != nil {
						return fmt.Errorf("wrote %d of %d: %v", n, len(piece), err)
					}
				}
				return nil
			}}, row("small", "small")}
			result, err := d.Sync(t.Context(), plan, SyncOptions{})
			if err != nil {
				t.Fatal(err)
			}
			if round == 2 && !result.UpToDate {
				t.Errorf("%v: the same bytes were written again", pieces)
			}
			got, _ := os.ReadFile(filepath.Join(dest, "big"))
			if want := bytes.Join(all, nil); !bytes.Equal(got, want) {
				t.Errorf("%v: the file differs from what was rendered", pieces)
			}
		}
	}
}

func TestProgress(t *testing.T) {
	d := mustOpen(t, public(t), Options{})
	var got []string
	_, err := d.Sync(t.Context(), portal.plan(), SyncOptions{Progress: func(done, total int) { got = append(got, fmt.Sprintf("%d/%d", done, total)) }})
	if want := "[1/4 2/4 3/4 4/4]"; err != nil || fmt.Sprint(got) != want {
		t.Errorf("got %v, %v; want %v", got, err, want)
	}
}

// Whatever plans follow each other, and whatever is done to the outputs in between,
// the tree is that of the last plan.
func TestRandomPlans(t *testing.T) {
	for seed := range uint64(3) {
		random := rand.New(rand.NewPCG(seed, 0))
		dest := public(t)
		names := []string{"a", "b", "c", "index.html", "ä"}
		for step := range 15 {
			next := site{"always": "there"}
			for range random.IntN(8) {
				var segments []string
				for range 1 + random.IntN(4) {
					segments = append(segments, names[random.IntN(len(names))])
				}
				next[strings.Join(segments, "/")] = strings.Repeat("x", random.IntN(4))
				if Problems(next.plan()).Err() != nil {
					delete(next, strings.Join(segments, "/"))
				}
			}
			mustSync(t, dest, next)
			wantTree(t, dest, next)
			if random.IntN(3) == 0 {
				for p := range next {
					name := filepath.Join(dest, p)
					switch what := random.IntN(3); {
					case p == "always":
					case what == 0:
						write(t, name, "mischief")
					case what == 1:
						os.Remove(name)
					}
				}
				mustSync(t, dest, next)
				wantTree(t, dest, next)
			}
			if t.Failed() {
				t.Fatalf("seed %d, step %d", seed, step)
			}
		}
	}
}
