package watch

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"runtime"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/stoa-portal/stoa/generator/internal/digest"
)

// write puts files into a folder, making what folders they need.
func write(t testing.TB, folder string, files map[string]string) {
	t.Helper()
	for name, text := range files {
		path := filepath.Join(folder, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// age sets the times of every file back, as if nobody had touched it for a while. The
// time of the change of the file's record cannot be set.
func age(t testing.TB, folder string) {
	t.Helper()
	old := time.Now().Add(-time.Hour)
	err := filepath.WalkDir(folder, func(path string, d fs.DirEntry, err error) error {
		if err == nil && d.Type().IsRegular() {
			err = os.Chtimes(path, old, old)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func site(folder string) []Root { return Roots(folder, "config.toml", "content", "themes") }

func mustScan(t testing.TB, roots []Root, prev *Snapshot) *Snapshot {
	t.Helper()
	s, err := Scan(roots, prev)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestScanLists(t *testing.T) {
	folder := t.TempDir()
	write(t, folder, map[string]string{
		"config.toml":                             "title = 'x'",
		"README.md":                               "not a root",
		"content/index.md":                        "home",
		"content/mentors/łukasz.toml":             "name = 'Ł'",
		"content/mentors-old/a.toml":              "",
		"content/static/.well-known/security.txt": "Contact:",
		"content/.git/HEAD":                       "hidden",
		"content/.hidden.md":                      "hidden",
		"content/index.md~":                       "left over",
		"content/#index.md#":                      "left over",
		"content/.#index.md":                      "left over",
		"content/.index.md.swp":                   "left over",
		"content/index.md.swp":                    "left over",
		"content/4913":                            "left over",
		"content/.DS_Store":                       "left over",
		"content/Thumbs.db":                       "left over",
		"content/index.md___":                     "kept",
	})
	s := mustScan(t, site(folder), nil)
	want := []string{
		"config.toml", "content/index.md", "content/index.md___", "content/mentors-old/a.toml", "content/mentors/łukasz.toml",
		"content/static/.well-known/security.txt",
	}
	if !slices.Equal(s.Paths(), want) || len(s.Problems) > 0 {
		t.Errorf("listed %q with problems %v, want %q", s.Paths(), s.Problems, want)
	}
	f, ok := s.Lookup("content/index.md")
	if !ok || f.Size != 4 || f.Sum != digest.Bytes([]byte("home")) {
		t.Errorf("content/index.md is %+v, %v", f, ok)
	}
	if _, ok := s.Lookup("README.md"); ok {
		t.Error("a file outside the roots is listed")
	}
	if empty := mustScan(t, site(t.TempDir()), nil); empty.Len() != 0 || len(empty.Problems) > 0 {
		t.Errorf("missing roots give %v, %v", empty.Paths(), empty.Problems)
	}
}

func TestScanProblems(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("making symbolic links takes rights that a test may not have")
	}
	for _, row := range []struct {
		name   string
		make   func(folder string) error
		bounds limits
		want   string
	}{
		{"link to a file", func(f string) error { return os.Symlink("/etc/hostname", f+"/content/a.md") }, bounds,
			"content/a.md: this is a symbolic link, and links are not followed: put the file or folder itself here"},
		{"link to a folder", func(f string) error { return os.Symlink("..", f+"/content/up") }, bounds,
			"content/up: this is a symbolic link, and links are not followed: put the file or folder itself here"},
		{"dangling link", func(f string) error { return os.Symlink("nowhere", f+"/content/a.md") }, bounds,
			"content/a.md: this is a symbolic link, and links are not followed: put the file or folder itself here"},
		{"link for a root", func(f string) error { return os.Symlink("content", f+"/themes") }, bounds,
			"themes: this is a symbolic link, and links are not followed: put the file or folder itself here"},
		{"large file", func(f string) error { return os.WriteFile(f+"/content/a.md", make([]byte, 3<<20), 0o644) }, limits{9, 9, 2 << 20},
			"content/a.md: this file has 3 MB, and 2 MB is the most that is read"},
		{"deep folder", func(f string) error { return os.MkdirAll(f+"/content/b/c/d", 0o755) }, limits{3, 9, 9},
			"content/b/c: folders lie more than 3 deep here: move this one up"},
		{"many files", func(f string) error {
			return errors.Join(os.WriteFile(f+"/content/a", nil, 0o644), os.WriteFile(f+"/content/b", nil, 0o644), os.WriteFile(f+"/content/c", nil, 0o644))
		}, limits{9, 2, 9},
			"content/b: the site has more than 2 files: this one and those after it are not read"},
		{"control character", func(f string) error { return os.WriteFile(f+"/content/a\nb.md", nil, 0o644) }, bounds,
			`content/a\nb.md: the name of this file or folder cannot be published: use letters, digits and hyphens`},
		{"direction override", func(f string) error { return os.WriteFile(f+"/content/a\u202eb.md", nil, 0o644) }, bounds,
			`content/a\u202eb.md: the name of this file or folder cannot be published: use letters, digits and hyphens`},
		{"backslash", func(f string) error { return os.WriteFile(f+`/content/a\b.md`, nil, 0o644) }, bounds,
			`content/a\b.md: the name of this file or folder cannot be published: use letters, digits and hyphens`},
	} {
		t.Run(row.name, func(t *testing.T) {
			folder := t.TempDir()
			write(t, folder, map[string]string{"content/0.md": "ok"})
			if err := row.make(folder); err != nil {
				t.Fatal(err)
			}
			s, err := scan(site(folder), nil, row.bounds)
			if err != nil {
				t.Fatal(err)
			}
			if got := s.Problems.Error(); got != row.want {
				t.Errorf("problems:\n%s\nwant:\n%s", got, row.want)
			}
			if _, ok := s.Lookup("content/0.md"); !ok {
				t.Error("the sound file is not listed")
			}
			if clean := mustScan(t, Roots(folder, "elsewhere"), nil); clean.Sum() == s.Sum() {
				t.Error("the sum does not see the problem")
			}
		})
	}
}

func TestScanNotUTF8(t *testing.T) {
	folder := t.TempDir()
	write(t, folder, map[string]string{"content/0.md": "ok"})
	if err := os.WriteFile(filepath.Join(folder, "content", "a\xff.md"), nil, 0o644); err != nil {
		t.Skip("this file system keeps such names out:", err)
	}
	s := mustScan(t, site(folder), nil)
	if want := `content/a\xff.md: the name of this file or folder cannot be published: use letters, digits and hyphens`; s.Problems.Error() != want {
		t.Errorf("problems: %v", s.Problems)
	}
}

func TestRootsThatMakeNoSense(t *testing.T) {
	for _, roots := range [][]Root{
		{{"", "x"}}, {{".", "x"}}, {{"../a", "x"}}, {{"/a", "x"}}, {{"a", ""}},
		{{"a", "x"}, {"a", "y"}}, {{"a/b", "x"}, {"a", "y"}},
	} {
		if _, err := Scan(roots, nil); err == nil {
			t.Errorf("%v is accepted", roots)
		}
	}
	if _, err := Scan([]Root{{"a", "x"}, {"ab", "y"}}, nil); err != nil {
		t.Error(err)
	}
}

// What did not change is not read; what is fresh is.
func TestScanReads(t *testing.T) {
	folder := t.TempDir()
	write(t, folder, map[string]string{"content/a.md": "one", "content/b.md": "two"})
	roots := site(folder)
	first := mustScan(t, roots, nil)
	planted := digest.Bytes([]byte("planted"))

	// As if the first scan had found another digest, long after the last change.
	first.taken += time.Hour.Nanoseconds()
	first.files[0].Sum = planted
	if f, _ := mustScan(t, roots, first).Lookup("content/a.md"); f.Sum != planted {
		t.Error("a file that did not change was read again")
	}
	first.files[0].inode++
	if f, _ := mustScan(t, roots, first).Lookup("content/a.md"); f.Sum == planted {
		t.Error("another inode went unseen")
	}
	first.files[0].inode--

	// The same file, fresh: two changes within one tick of the clock.
	first.taken -= time.Hour.Nanoseconds()
	if f, _ := mustScan(t, roots, first).Lookup("content/a.md"); f.Sum == planted {
		t.Error("a fresh file was not read again")
	}

	// The same size and time, put back by hand: the time of the record tells.
	before := mustScan(t, roots, nil)
	before.taken += time.Hour.Nanoseconds()
	path := filepath.Join(folder, "content", "b.md")
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	write(t, folder, map[string]string{"content/b.md": "owt"})
	if err := os.Chtimes(path, info.ModTime(), info.ModTime()); err != nil {
		t.Fatal(err)
	}
	after := mustScan(t, roots, before)
	if stampOf(info).ctime != 0 && !slices.Equal(after.Changed(before), []string{"content/b.md"}) {
		t.Errorf("changed: %q", after.Changed(before))
	}
}

func TestChangedAndSum(t *testing.T) {
	folder := t.TempDir()
	roots := site(folder)
	write(t, folder, map[string]string{"content/a": "1", "content/b": "1", "content/c": "1", "content/e": "1"})
	one := mustScan(t, roots, nil)
	write(t, folder, map[string]string{"content/b": "2", "content/d": "1", "content/f": "1"})
	if err := os.Remove(filepath.Join(folder, "content", "c")); err != nil {
		t.Fatal(err)
	}
	two := mustScan(t, roots, one)
	want := []string{"content/b", "content/c", "content/d", "content/f"}
	if got := two.Changed(one); !slices.Equal(got, want) {
		t.Errorf("changed %q, want %q", got, want)
	}
	if got := one.Changed(two); !slices.Equal(got, want) {
		t.Errorf("changed back %q, want %q", got, want)
	}
	if got := two.Changed(nil); !slices.Equal(got, two.Paths()) {
		t.Errorf("changed from nothing %q", got)
	}
	if one.Sum() == two.Sum() {
		t.Error("the sum does not see the changes")
	}
	age(t, folder)
	if again := mustScan(t, roots, two); again.Sum() != two.Sum() || again.Changed(two) != nil {
		t.Error("the sum sees times")
	}
}

func TestStored(t *testing.T) {
	folder := t.TempDir()
	write(t, folder, map[string]string{"config.toml": "", "content/mentors/a.toml": "a", "content/mentors/ab.toml": "b", "content/z.md": "z"})
	if err := os.Symlink("x", filepath.Join(folder, "content", "link")); err != nil {
		t.Skip(err)
	}
	s := mustScan(t, site(folder), nil)
	data, err := s.MarshalBinary()
	if err != nil {
		t.Fatal(err)
	}
	var back Snapshot
	if err := back.UnmarshalBinary(data); err != nil {
		t.Fatal(err)
	}
	if back.Sum() != s.Sum() || !slices.Equal(back.Paths(), s.Paths()) || !slices.Equal(back.files, s.files) ||
		!reflect.DeepEqual(back.Problems, s.Problems) || back.taken != s.taken {
		t.Errorf("read back %+v\nwant %+v", back, s)
	}
	for i := range data {
		for _, torn := range [][]byte{data[:i], slices.Concat(data[:i], []byte{data[i] ^ 0x40}, data[i+1:])} {
			if err := new(Snapshot).UnmarshalBinary(torn); err == nil {
				t.Fatalf("damage at byte %d goes unseen", i)
			}
		}
	}
	// A false list under a true digest is not trusted either.
	for _, body := range []string{"", "\x02", "\x02\xff\xff\xff\xff\x0f", "\x02\x01\x00\x05", "\x02\x01\x09\x01a"} {
		sum := digest.Bytes([]byte(header + body))
		if err := new(Snapshot).UnmarshalBinary([]byte(header + body + string(sum[:]))); err == nil {
			t.Errorf("%q is accepted", body)
		}
	}
}

func TestFS(t *testing.T) {
	folder := t.TempDir()
	write(t, folder, map[string]string{
		"config.toml": "title", "content/a/x.md": "x", "content/a-b/y.md": "y", "content/a/b/c/z.md": "z", "content/.hidden": "h", "content/empty.md": "",
	})
	s := mustScan(t, site(folder), nil)
	if err := fstest.TestFS(s.FS(), s.Paths()...); err != nil {
		t.Error(err)
	}
	for _, name := range []string{"content/.hidden", "content/none", "../x", "themes"} {
		if _, err := fs.ReadFile(s.FS(), name); err == nil {
			t.Errorf("%s can be read", name)
		}
	}
	sub, err := fs.Sub(s.FS(), "content/a")
	if err != nil {
		t.Fatal(err)
	}
	if text, err := fs.ReadFile(sub, "x.md"); err != nil || string(text) != "x" {
		t.Errorf("read %q, %v", text, err)
	}

	write(t, folder, map[string]string{"content/a/x.md": "w", "content/a-b/y.md": "longer"})
	for _, name := range []string{"content/a/x.md", "content/a-b/y.md"} {
		if _, err := fs.ReadFile(s.FS(), name); !errors.Is(err, ErrChanged) {
			t.Errorf("%s changed, and reading it gives %v", name, err)
		}
		file, err := s.FS().Open(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.Copy(io.Discard, file); !errors.Is(err, ErrChanged) {
			t.Errorf("%s changed, and copying it gives %v", name, err)
		}
		file.Close()
	}
}

// A link put in place of a folder after the scan leads nowhere.
func TestFSLeavesNoTree(t *testing.T) {
	folder, outside := t.TempDir(), t.TempDir()
	write(t, folder, map[string]string{"content/a/x.md": "secret"})
	write(t, outside, map[string]string{"x.md": "secret"})
	s := mustScan(t, site(folder), nil)
	if err := os.RemoveAll(filepath.Join(folder, "content", "a")); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(outside, filepath.Join(folder, "content", "a")); err != nil {
		t.Skip(err)
	}
	if text, err := fs.ReadFile(s.FS(), "content/a/x.md"); err == nil {
		t.Errorf("read %q from outside", text)
	}
}

func BenchmarkScan(b *testing.B) {
	folder := b.TempDir()
	files := make(map[string]string)
	for i := range 10_000 {
		files[fmt.Sprintf("content/mentors/m%05d.toml", i)] = strings.Repeat("name = 'x'\n", 100+i%7)
	}
	write(b, folder, files)
	roots := site(folder)
	first := mustScan(b, roots, nil)
	first.taken += time.Hour.Nanoseconds()
	b.Run("cold", func(b *testing.B) {
		for b.Loop() {
			mustScan(b, roots, nil)
		}
	})
	b.Run("warm", func(b *testing.B) {
		for b.Loop() {
			mustScan(b, roots, first)
		}
	})
	b.Run("read", func(b *testing.B) {
		for b.Loop() {
			files := first.FS()
			for _, path := range first.Paths() {
				if _, err := fs.ReadFile(files, path); err != nil {
					b.Fatal(err)
				}
			}
		}
	})
	b.Run("store", func(b *testing.B) {
		for b.Loop() {
			data, _ := first.MarshalBinary()
			if err := new(Snapshot).UnmarshalBinary(data); err != nil {
				b.Fatal(err)
			}
			b.ReportMetric(float64(len(data))/float64(first.Len()), "B/file")
		}
	})
}
