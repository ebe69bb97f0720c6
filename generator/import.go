package generator

import (
	"cmp"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"net/http"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/stoa-portal/stoa/generator/internal/roster"
)

// ImportOptions say what is imported, and how.
type ImportOptions struct {
	Sources []string // files, https addresses, or "-" for Input
	Map     string   // the mapping; "" is import.toml in the site's folder
	Photos  string   // a folder with photos, or ""
	Learn   bool     // add words that no vocabulary has
	DryRun  bool     // write nothing

	Input    io.Reader             // what "-" reads
	Client   *http.Client          // asks addresses; nil is one with a time limit
	Progress func(done, total int) // called as rows are read; may be nil
}

// An Imported is what an import did, or would do.
type Imported struct {
	roster.Report
	Problems Problems `json:"problems"`
}

// Import brings mentors from sheets into the site's files, as package roster describes it.
// Either all files are written or, when anything is wrong, none. The error is the [Problems]
// when one of them is an error, or what kept the import from beginning.
func (g *Generator) Import(ctx context.Context, o ImportOptions) (*Imported, error) {
	in, root, err := g.importInput(ctx, &o)
	if err != nil {
		return nil, err
	}
	defer root.Close()
	mapping := g.mapFile(&o)
	if in.Map, err = os.ReadFile(mapping); err != nil && (o.Map != "" || !errors.Is(err, fs.ErrNotExist)) {
		return nil, fmt.Errorf("there is no mapping %s that can be read", filepath.ToSlash(mapping))
	}
	in.Learn, in.DryRun, in.Progress = o.Learn, o.DryRun, o.Progress
	if o.Photos != "" {
		folder, err := os.OpenRoot(o.Photos)
		if err != nil {
			return nil, fmt.Errorf("the folder of photos %s cannot be read", o.Photos)
		}
		defer folder.Close()
		in.Photos = folder.FS()
	}
	result, problems := roster.Import(*in)
	imported := &Imported{Problems: problems}
	if g.options.Strict {
		imported.Problems = problems.Strict()
	}
	if result == nil || imported.Problems.Errors() > 0 {
		return imported, imported.Problems.Err()
	}
	imported.Report = result.Report
	if o.DryRun {
		return imported, nil
	}
	if err := context.Cause(ctx); err != nil {
		return imported, err
	}
	return imported, replaceFiles(root, result.Files)
}

// ProposeMap looks at a sheet and writes a mapping for it: import.toml, or the file that is
// named. It returns the file's path, and how many columns it found a field for, of how many.
func (g *Generator) ProposeMap(ctx context.Context, o ImportOptions) (file string, found, of int, err error) {
	in, root, err := g.importInput(ctx, &o)
	if err != nil {
		return "", 0, 0, err
	}
	defer root.Close()
	file = g.mapFile(&o)
	if _, err := os.Lstat(file); err == nil {
		return "", 0, 0, refuse("%s is there already: nothing was written (--map names another file)", filepath.ToSlash(file))
	}
	proposal, problems := roster.Propose(*in)
	if err := problems.Err(); err != nil {
		return "", 0, 0, err
	}
	if err := os.WriteFile(file, proposal.Text, 0o644); err != nil {
		return "", 0, 0, err
	}
	return filepath.ToSlash(file), proposal.Found, proposal.Of, nil
}

// mapFile is where the mapping is.
func (g *Generator) mapFile(o *ImportOptions) string {
	return cmp.Or(o.Map, filepath.Join(g.options.Source, "import.toml"))
}

// importInput reads the site and the sources.
func (g *Generator) importInput(ctx context.Context, o *ImportOptions) (*roster.Input, *os.Root, error) {
	snapshot, err := g.scan()
	if err != nil {
		return nil, nil, err
	}
	c, sound := g.peek(snapshot)
	if !sound {
		return nil, nil, fmt.Errorf("config.toml has errors: stoa check says which; mend them first")
	}
	s := &site{config: c}
	all, _ := g.readContent(s, snapshot, snapshot.FS(), nil)
	in := &roster.Input{Config: c, Content: all, Today: g.today(c), MapFile: cmp.Or(o.Map, "import.toml"), Secret: os.Getenv(roster.KeyVariable)}
	addresses := 0
	for _, source := range o.Sources {
		switch {
		case source == "-":
			data, err := io.ReadAll(io.LimitReader(o.Input, roster.MaxSize+1))
			if err != nil {
				return nil, nil, err
			}
			in.Sources = append(in.Sources, roster.Source{Name: "-", Data: data})
		case strings.Contains(source, "://"):
			addresses++
			name := "sheet"
			if addresses > 1 {
				name = fmt.Sprintf("sheet-%d", addresses)
			}
			fetched, err := fetch(ctx, cmp.Or(o.Client, defaultClient), source, name)
			if err != nil {
				return nil, nil, err
			}
			in.Sources = append(in.Sources, fetched)
		default:
			data, err := readFile(source)
			if err != nil {
				return nil, nil, err
			}
			in.Sources = append(in.Sources, roster.Source{Name: filepath.ToSlash(source), Data: data})
		}
	}
	root, err := os.OpenRoot(g.options.Source)
	if err != nil {
		return nil, nil, err
	}
	in.Site = root.FS()
	return in, root, nil
}

// readFile reads a sheet, but no more of it than an import takes.
func readFile(name string) ([]byte, error) {
	f, err := os.Open(name)
	if err != nil {
		if errors.Is(err, fs.ErrNotExist) {
			return nil, fmt.Errorf("there is no file %s", filepath.ToSlash(name))
		}
		return nil, err
	}
	defer f.Close()
	if info, err := f.Stat(); err == nil {
		switch {
		case info.IsDir():
			return nil, fmt.Errorf("%s is a folder; a sheet is wanted", filepath.ToSlash(name))
		case info.Size() > roster.MaxSize:
			return nil, fmt.Errorf("%s has %d MB; at most %d MB are read: split the sheet into several", filepath.ToSlash(name), info.Size()>>20, roster.MaxSize>>20)
		}
	}
	return io.ReadAll(io.LimitReader(f, roster.MaxSize+1))
}

// defaultClient asks for sheets. It goes to no address that is not https.
var defaultClient = &http.Client{Timeout: time.Minute, CheckRedirect: onlyHTTPS}

func onlyHTTPS(request *http.Request, via []*http.Request) error {
	if request.URL.Scheme != "https" {
		return errors.New("it leads to an address without https")
	}
	if len(via) > 10 {
		return errors.New("it leads from one address to the next")
	}
	return nil
}

// fetch asks an address for a sheet. Its problems do not name the address, which may be a
// secret.
func fetch(ctx context.Context, client *http.Client, address, name string) (roster.Source, error) {
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "https" || u.Host == "" {
		return roster.Source{}, fmt.Errorf("the address of a sheet begins with https://")
	}
	if u.Host == "docs.google.com" && strings.Contains(u.Path, "/edit") {
		return roster.Source{}, fmt.Errorf("this is the address at which the sheet is edited: choose File, Share, Publish to web, there the one sheet as comma-separated values (.csv), and give that address")
	}
	failed := func(err error) (roster.Source, error) {
		if deep, ok := errors.AsType[*url.Error](err); ok {
			err = deep.Err // without the address
		}
		return roster.Source{}, fmt.Errorf("the sheet at %s cannot be had: %w", u.Host, err)
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return failed(err)
	}
	request.Header.Set("Accept", "text/csv, application/json, text/plain, */*;q=0.1")
	response, err := client.Do(request)
	if err != nil {
		return failed(err)
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		return failed(fmt.Errorf("it answers %s; is it published?", response.Status))
	}
	data, err := io.ReadAll(io.LimitReader(response.Body, roster.MaxSize+1))
	if err != nil {
		return failed(err)
	}
	kind, _, _ := strings.Cut(response.Header.Get("Content-Type"), ";")
	switch strings.TrimSpace(kind) {
	case "application/json":
		name += ".json"
	case "application/yaml", "text/yaml", "application/x-yaml":
		name += ".yaml"
	default:
		name += cmp.Or(known(path.Ext(u.Path)), ".csv")
	}
	return roster.Source{Name: name, Data: data, Public: true}, nil
}

func known(ext string) string {
	if slices.Contains([]string{".json", ".yaml", ".yml", ".csv", ".tsv"}, ext) {
		return ext
	}
	return ""
}

// replaceFiles writes files of the site: first all into a folder of their own, then each moves
// to its place, so that a full disk leaves the site as it was.
func replaceFiles(root *os.Root, files map[string][]byte) (err error) {
	const folder = ".stoa"
	staging := folder + "/" + rand.Text()
	if err := root.MkdirAll(staging, 0o755); err != nil {
		return fmt.Errorf("nothing was written: %w", err)
	}
	defer func() {
		err = errors.Join(err, root.RemoveAll(staging))
		root.Remove(folder) // if nothing else is in it
	}()
	names := slices.Sorted(maps.Keys(files))
	staged := func(i int) string { return fmt.Sprintf("%s/%d", staging, i) }
	for i, name := range names {
		if err := root.WriteFile(staged(i), files[name], 0o644); err != nil {
			return fmt.Errorf("nothing was written: %w", err)
		}
		if err := root.MkdirAll(path.Dir(name), 0o755); err != nil {
			return fmt.Errorf("nothing was written: %w", err)
		}
	}
	for i, name := range names {
		if err := root.Rename(staged(i), name); err != nil {
			return err
		}
	}
	return nil
}
