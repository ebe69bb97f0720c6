package output

// folders remembers what stands where rows need folders, so that no change is made
// through a symbolic link and each folder is looked at once. Not for concurrent use.
type folders struct {
	d       *Destination
	leaving func(p string) bool // tells the files that will be gone; nil: none
	seen    map[string]footing
}

// A footing is what a folder of the destination stands on.
type footing struct {
	kind footingKind
	at   string // missing: the topmost folder to make ("" is the destination); blocked: what stands in the way
}

type footingKind int

const (
	stands footingKind = iota // the folder is there, and so are those above
	missing
	blocked
)

func (d *Destination) folders(leaving func(string) bool) *folders {
	return &folders{d: d, leaving: leaving, seen: make(map[string]footing)}
}

// under tells what the folder dir of the destination stands on.
func (f *folders) under(dir string) footing {
	if known, ok := f.seen[dir]; ok {
		return known
	}
	var on footing
	if dir != "" {
		on = f.under(parent(dir))
	}
	if on.kind == stands {
		switch k := f.d.disk.kindOf(f.d.inside(dir)); {
		case k == folder:
		case k == nothing, k == regular && f.leaving != nil && f.leaving(dir):
			on = footing{missing, dir}
		default:
			on = footing{blocked, dir}
		}
	}
	f.seen[dir] = on
	return on
}
