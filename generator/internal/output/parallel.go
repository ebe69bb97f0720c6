package output

import (
	"context"
	"runtime"
	"sync"
	"sync/atomic"
)

// parallel calls do for each index below n, from so many goroutines as there are
// workers (0: as many as run at once), and returns when all calls have. It stops
// handing out indices when ctx is done.
func parallel(ctx context.Context, workers, n int, do func(worker, i int)) {
	workers = workersFor(workers, n)
	if workers == 1 {
		for i := 0; i < n && ctx.Err() == nil; i++ {
			do(0, i)
		}
		return
	}
	var next atomic.Int64
	var group sync.WaitGroup
	for worker := range workers {
		group.Go(func() {
			for ctx.Err() == nil {
				i := int(next.Add(1)) - 1
				if i >= n {
					return
				}
				do(worker, i)
			}
		})
	}
	group.Wait()
}

// workersFor is how many goroutines parallel starts.
func workersFor(workers, n int) int {
	if workers <= 0 {
		workers = runtime.GOMAXPROCS(0)
	}
	return max(1, min(workers, n))
}
