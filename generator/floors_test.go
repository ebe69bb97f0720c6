package generator_test

import (
	"encoding/json"
	"errors"
	"io"
	"os/exec"
	"strings"
	"testing"
)

// floors is the plan of the house: a package imports only packages of lower floors.
// diag, digest and civil are the ground that all stand on; those of floor 0 know
// nothing of mentoring, and nothing of each other but that ground.
var floors = map[string]int{
	"generator/internal/diag":              -2,
	"generator/internal/digest":            -1,
	"generator/internal/civil":             -1,
	"generator/internal/amend":             0,
	"generator/internal/fold":              0,
	"generator/internal/history":           0,
	"generator/internal/turn":              0,
	"generator/internal/schema":            0,
	"generator/internal/output":            0,
	"generator/internal/watch":             0,
	"generator/internal/server":            0,
	"generator/internal/config":            1,
	"generator/internal/content":           1,
	"generator/internal/markdown":          1,
	"generator/internal/photo":             1,
	"generator/internal/theme":             1,
	"themes":                               1,
	"generator/internal/portal":            2,
	"generator/internal/check":             3,
	"generator/internal/match":             3,
	"generator/internal/corpus":            3,
	"generator/internal/migrate":           3,
	"generator/internal/search":            3,
	"generator/internal/roster":            3,
	"generator/internal/search/figures":    5,
	"generator/internal/search/searchtest": 4,
	"generator/internal/corpus/generate":   4,
	"generator/internal/pages":             4,
	"generator/internal/report":            4,
	"generator":                            5,
	"cmd/stoa":                             6,
}

func TestFloors(t *testing.T) {
	module := strings.TrimSpace(goList(t, "-m"))
	decoder := json.NewDecoder(strings.NewReader(goList(t, "-json=ImportPath,Imports", "../...")))
	for {
		var p struct {
			ImportPath string
			Imports    []string
		}
		if err := decoder.Decode(&p); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatal(err)
		}
		name := strings.TrimPrefix(p.ImportPath, module+"/")
		floor, ok := floors[name]
		if !ok {
			t.Errorf("%s stands on no floor: add it to the plan in this test, or move it", name)
			continue
		}
		for _, path := range p.Imports {
			imported, ours := strings.CutPrefix(path, module+"/")
			if !ours {
				continue
			}
			if floors[imported] >= floor {
				t.Errorf("%s (floor %d) imports %s (floor %d): a package imports only lower floors", name, floor, imported, floors[imported])
			}
			if name == "cmd/stoa" && imported != "generator" {
				t.Errorf("cmd/stoa imports %s: the command knows generator only", imported)
			}
		}
	}
}

func goList(t *testing.T, args ...string) string {
	t.Helper()
	command := exec.CommandContext(t.Context(), "go", append([]string{"list"}, args...)...)
	var stderr strings.Builder
	command.Stderr = &stderr
	out, err := command.Output()
	if err != nil {
		t.Fatalf("go list: %v\n%s", err, stderr.String())
	}
	return string(out)
}
