package portal

import (
	"runtime"
	"sync"
)

// inParallel splits the numbers below n into one run for each processor and works on
// the runs at the same time. What a run writes must depend on its numbers alone.
func inParallel(n int, work func(from, to int)) {
	runs := min(runtime.GOMAXPROCS(0), n)
	var wait sync.WaitGroup
	for r := range runs {
		wait.Go(func() { work(n*r/runs, n*(r+1)/runs) })
	}
	wait.Wait()
}
