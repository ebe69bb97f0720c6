// Package pages plans the site: from a portal and a theme to a list of files, nothing
// rendered yet.
//
// In comes a frozen [portal.Portal], a [theme.Theme] and the folder the sources are in
// ([Input]); out comes a [Plan], whose rows are every file of the site. Each kind of page
// has a file of its own here: it makes a view (view.go), a plain value with every link
// resolved, and hands it to edition.page, which makes it a row. Feeds, data files, photos and
// assets are rows of the same list.
//
// The key of a row is the digest of its view, of the layout's name and of what all pages
// of the edition depend on. A view is therefore all that a layout may read, and
// whatever goes into a page goes into its view. Two things stand in a view without
// being rendered yet: Markdown ([Prose]) and rendered components ([Fragment]); each knows the
// digest of what it will be made from.
//
// A site has one edition for each of its languages. A page that nobody translated exists
// in every edition, in the default language, and says so (contract: "Translations").
package pages

import (
	"io/fs"
	"runtime"
	"slices"
	"sync"

	"github.com/stoa-portal/stoa/generator/internal/diag"
	"github.com/stoa-portal/stoa/generator/internal/digest"
	"github.com/stoa-portal/stoa/generator/internal/output"
	"github.com/stoa-portal/stoa/generator/internal/photo"
	"github.com/stoa-portal/stoa/generator/internal/portal"
	"github.com/stoa-portal/stoa/generator/internal/theme"
)

// An Input is all that the plan of a site depends on.
type Input struct {
	Portal  *portal.Portal
	Theme   *theme.Theme
	Source  fs.FS                        // the site's source folder
	Sum     func(path string) digest.Sum // digest of a source file's bytes; the zero Sum when it is not known
	Album   *photo.Album                 // opens photos, and remembers what it found
	Paths   *output.Checked              // remembers which paths are sound
	BaseURL string                       // absolute, with a final slash; "" when it is not known
	Base    string                       // the base URL's path, with both slashes; "/" when it is not known
	Program digest.Sum                   // of the program that renders
	Version string                       // of the program, as the generator's name in feeds
	Without map[string]bool              // source files left out of the build: links to them become words
	Memory  *SearchMemory                // what search found in documents, for the next plan; may be nil
}

// A Plan is every file of a site, in two groups: the search index is made from all that pages
// show, and takes so much longer that who looks at a page need not wait for it.
type Plan struct {
	Files  []output.File
	Search func() ([]output.File, error) // the files below SearchFolder/<language>/; made when first asked for
	Pages  int                           // how many of Files are pages for people
}

// All is the files of both groups.
func (p *Plan) All() ([]output.File, error) {
	index, err := p.Search()
	return slices.Concat(p.Files, index), err
}

// New plans the site. It renders nothing; problems that need rendering to be found (a broken link
// inside Markdown) come from the rows.
func New(in Input) (*Plan, diag.List) {
	b := newBuilder(in)
	b.checkDrawings()
	b.checkPreviews()
	plan := &Plan{Search: sync.OnceValues(b.searchRows)}
	for _, e := range b.editions {
		plan.add(e.homeRows())
		plan.add(e.plainRows())
		plan.add(e.mentorRows())
		plan.add(e.directoryRows())
		plan.add(e.matchPage())
		plan.add(e.requestRows())
		plan.add(e.browseRows())
		plan.add(e.nameRows())
		plan.add(e.searchRows())
		plan.add(e.programRows())
		plan.add(e.guideRows())
		plan.add(e.goalRows())
		plan.add(e.worksheetRows())
		plan.add(e.legalRows())
		plan.add(e.updateRows())
		plan.add(e.myRows())
	}
	plan.add(b.editions[0].notFoundRows())
	plan.Pages = len(plan.Files)
	for _, e := range b.editions {
		plan.add(e.matchRows())
	}
	plan.add(b.factsRows())
	plan.add(b.photoRows())
	plan.add(b.profileRows())
	plan.add(b.assetRows())
	plan.add(b.staticRows())
	plan.add(b.apiRows())
	plan.add(b.feedRows())
	plan.add(b.calendarRows())
	plan.add(b.planRows())
	for _, e := range b.editions {
		plan.add(e.markdownCopyRows())
		plan.add(e.cohortCalendarRows())
	}
	plan.add(b.sitemapRows())
	files := make(map[string]bool, len(plan.Files))
	for _, file := range plan.Files {
		files[file.Path] = true
	}
	plan.add(b.redirectRows(files))
	b.checkAddresses(files)
	problems := b.problems
	problems.Add(in.Paths.Problems(plan.Files))
	return plan, problems
}

func (p *Plan) add(files []output.File) { p.Files = append(p.Files, files...) }

// rowsInParallel makes the rows of many values at the same time, in their order.
func rowsInParallel[T any](values []T, rows func(T) []output.File) []output.File {
	lists := make([][]output.File, len(values))
	inParallel(values, func(i int, value T) { lists[i] = rows(value) })
	return slices.Concat(lists...)
}

// inParallel works on many values at the same time.
func inParallel[T any](values []T, work func(i int, value T)) {
	runs := min(runtime.GOMAXPROCS(0), len(values))
	var wait sync.WaitGroup
	for r := range runs {
		wait.Go(func() {
			for i := len(values) * r / runs; i < len(values)*(r+1)/runs; i++ {
				work(i, values[i])
			}
		})
	}
	wait.Wait()
}
