package turn

import (
	"fmt"
	"slices"
	"testing"
)

func names(n int) []string {
	all := make([]string, n)
	for i := range all {
		all[i] = fmt.Sprintf("mentor-%d", i)
	}
	return all
}

func TestSeats(t *testing.T) {
	for _, n := range []int{0, 1, 2, 5, 63, 1000, 12_345} {
		seats, size := Seats(names(n))
		taken := map[int]bool{}
		for _, seat := range seats {
			if seat < 0 || seat >= size || taken[seat] {
				t.Fatalf("%d names: seat %d of %d is taken twice, or is none", n, seat, size)
			}
			taken[seat] = true
		}
		if 4*size < 5*n || n > 20 && size > n*8/5 {
			t.Errorf("%d names have %d seats", n, size)
		}
	}
}

// TestSeatsStay looks at what one name more moves, in whatever order they come.
func TestSeatsStay(t *testing.T) {
	all := names(5000)
	before, size := Seats(all)
	more := append(slices.Clone(all), "newcomer")
	slices.Reverse(more)
	after, other := Seats(more)
	if size != other {
		t.Fatalf("%d names have %d seats, one more %d: choose another number for this test", len(all), size, other)
	}
	moved := 0
	for i := range all {
		if before[i] != after[len(all)-i] {
			moved++
		}
	}
	if moved > 40 {
		t.Errorf("one name more moved %d of %d", moved, len(all))
	}
}

func TestTurns(t *testing.T) {
	seen := map[uint32]bool{}
	first := map[int]bool{}
	for week := range 52 {
		best := 0
		for seat := range 1000 {
			turn := Of(Week(2026, week), seat)
			if week == 0 && seen[turn] {
				t.Fatalf("two seats have turn %d", turn)
			}
			seen[turn] = true
			if turn < Of(Week(2026, week), best) {
				best = seat
			}
		}
		first[best] = true
	}
	if len(first) < 45 {
		t.Errorf("in 52 weeks only %d of 1000 came first", len(first))
	}
}
