package roster

import (
	"bytes"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"path"
	"slices"
	"strings"

	"github.com/stoa-portal/stoa/generator/internal/diag"
	"github.com/stoa-portal/stoa/generator/internal/digest"
	"github.com/stoa-portal/stoa/generator/internal/fold"
)

// maxPhoto is the size of the largest photo that is copied, in bytes.
const maxPhoto = 30 << 20

var photoTypes = map[string]string{"image/jpeg": ".jpg", "image/png": ".png", "image/webp": ".webp"}

// photos matches the files of a folder to people, by the mapping's column, the id or the name,
// and copies them beside the profiles. Those that belong to nobody are listed.
func (r *run) photos() {
	byName := map[string]string{} // squeezed: id
	add := func(word, id string) {
		key := squeeze(word)
		if other, ok := byName[key]; ok && other != id {
			id = ""
		}
		if key != "" {
			byName[key] = id
		}
	}
	names := map[string]string{}
	if r.Content != nil {
		for _, m := range r.Content.Mentors {
			names[m.ID] = m.Value.Name
		}
	}
	for _, p := range r.people {
		if _, there := r.written[mentorsFolder+p.id+".toml"]; there || r.state.Mentors[p.id] != nil {
			names[p.id] = p.name
		}
	}
	for id, name := range names {
		add(name, id)
	}
	for id := range names {
		byName[squeeze(id)] = id
	}
	for _, p := range r.people {
		if _, ok := names[p.id]; ok && p.photo != "" {
			byName["/"+fold.Key(path.Base(p.photo))] = p.id
		}
	}
	given := map[string]string{}
	err := fs.WalkDir(r.Photos, ".", func(file string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		switch strings.ToLower(path.Ext(file)) {
		case ".jpg", ".jpeg", ".png", ".webp":
		default:
			return nil
		}
		id := byName["/"+fold.Key(path.Base(file))]
		if id == "" {
			id = byName[squeeze(strings.TrimSuffix(path.Base(file), path.Ext(file)))]
		}
		if id == "" {
			r.report.Strangers = append(r.report.Strangers, file)
			return nil
		}
		if other, twice := given[id]; twice {
			r.problems.Warnf(diag.Place{File: file}, "two-photos", "%s is also a photo of %s: this one is passed over", other, names[id])
			return nil
		}
		given[id] = file
		r.photo(id, file)
		return nil
	})
	if err != nil {
		r.problems.Errorf(diag.Place{}, "photos", "the folder of photos cannot be read")
	}
	slices.Sort(r.report.Strangers)
}

// photo copies one file, unless the profile has another one that no import put there.
func (r *run) photo(id, file string) {
	opened, err := r.Photos.Open(file)
	if err != nil {
		r.problems.Errorf(diag.Place{File: file}, "photos", "the photo cannot be read")
		return
	}
	defer opened.Close()
	data, err := io.ReadAll(io.LimitReader(opened, maxPhoto+1))
	ext := photoTypes[http.DetectContentType(data)]
	switch {
	case err != nil:
		r.problems.Errorf(diag.Place{File: file}, "photos", "the photo cannot be read")
		return
	case len(data) > maxPhoto:
		r.problems.Warnf(diag.Place{File: file}, "photos", "the photo has more than %d MB, and is passed over", maxPhoto>>20)
		return
	case ext == "":
		r.problems.Warnf(diag.Place{File: file}, "photos", "this is not a JPEG, PNG or WebP image, whatever its name says, and is passed over")
		return
	}
	e := r.state.Mentors[id]
	target := mentorsFolder + id + ext
	for _, other := range []string{".jpg", ".png", ".webp"} {
		current, err := fs.ReadFile(r.Site, mentorsFolder+id+other)
		if err != nil {
			continue
		}
		if bytes.Equal(current, data) {
			return
		}
		if e == nil || e.Photo != digest.Bytes(current).String() || other != ext {
			r.problems.Warnf(diag.Place{File: file}, "photo-kept", "%s%s%s is there already, and no import put it there: it stays", mentorsFolder, id, other)
			return
		}
	}
	r.written[target] = data
	r.report.Photos = append(r.report.Photos, fmt.Sprintf("%s → %s", file, target))
	if e != nil {
		e.Photo = digest.Bytes(data).String()
	}
}
