package output

import (
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"runtime"
	"strings"

	"github.com/stoa-portal/stoa/generator/internal/diag"
)

// Discard renders every row of a plan, throws the bytes away, and returns what is wrong
// with the rows, sorted. It renders from so many goroutines as there are workers (0: as many as
// run at once) and stops early, with what it has found, when ctx is done.
func Discard(ctx context.Context, plan []File, workers int) diag.List {
	found := make([]diag.List, len(plan))
	parallel(ctx, workers, len(plan), func(_, i int) { found[i] = render(plan[i], io.Discard) })
	var problems diag.List
	for _, list := range found {
		problems.Add(list)
	}
	return problems.Sorted()
}

// render calls a row's Render and turns whatever comes back into problems: a diag.List
// as it is, any other error and a panic as an error that names the row.
func render(f File, w io.Writer) (problems diag.List) {
	defer func() {
		if fault := recover(); fault != nil {
			problems.Errorf(diag.Place{}, "render-fault",
				"%s: a fault in Stoa kept this from being rendered, please report it: %v%s", f.Path, fault, faultPlace())
		}
	}()
	err := f.Render(w)
	if err == nil {
		return nil
	}
	if list, ok := errors.AsType[diag.List](err); ok {
		return list
	}
	problems.Errorf(diag.Place{}, "render", "%s: %v", f.Path, err)
	return problems
}

// faultPlace names, while a panic is recovered from, the line of source that panicked,
// as " (folder/file.go:123)"; or "" when that is unknown.
func faultPlace() string {
	var callers [32]uintptr
	frames := runtime.CallersFrames(callers[:runtime.Callers(1, callers[:])])
	for panicked := false; ; {
		frame, more := frames.Next()
		if panicked && !strings.HasPrefix(frame.Function, "runtime.") {
			dir, file := filepath.Split(frame.File)
			return fmt.Sprintf(" (%s/%s:%d)", filepath.Base(dir), file, frame.Line)
		}
		panicked = panicked || frame.Function == "runtime.gopanic"
		if !more {
			return ""
		}
	}
}
