// Package turn decides whose turn it is to come first, in lists that are printed and in
// lists that a browser makes: both compute it from the same two numbers.
//
// [Seats] gives every name of a set a number, its seat. A seat depends on the set alone,
// and seldom changes when a name joins or leaves. [Of] is the turn of a seat in a week: who
// has the lowest comes first, and no two seats have the same.
package turn

import (
	"encoding/binary"
	"slices"
	"strings"

	"github.com/stoa-portal/stoa/generator/internal/digest"
)

// Seats gives each of the names, which are distinct, a seat from 0 to size-1. A quarter to
// a third of the seats stay free, so that a name that joins or leaves moves few others; the
// number of seats grows in steps, and at such a step all names move.
func Seats(names []string) (seats []int, size int) {
	for size = 4; 4*size < 5*len(names); {
		size += (size + 3) / 4
	}
	type guest struct {
		wish uint32
		name int
	}
	guests := make([]guest, len(names))
	for i, name := range names {
		sum := digest.Bytes([]byte(name))
		guests[i] = guest{binary.LittleEndian.Uint32(sum[:]), i}
	}
	slices.SortFunc(guests, func(a, b guest) int {
		if a.wish != b.wish {
			if a.wish < b.wish {
				return -1
			}
			return 1
		}
		return strings.Compare(names[a.name], names[b.name])
	})
	seats = make([]int, len(names))
	taken := make([]bool, size)
	for _, g := range guests {
		seat := int(uint64(g.wish) * uint64(size) >> 32)
		for taken[seat] {
			seat = (seat + 1) % size
		}
		taken[seat] = true
		seats[g.name] = seat
	}
	return seats, size
}

// Week is the number that the turns of an ISO week are made from.
func Week(year, week int) uint32 {
	sum := digest.Of(year, week)
	return binary.LittleEndian.Uint32(sum[:])
}

// Of is the turn of a seat in a week: the finalizer of MurmurHash3, which maps 32 bits to
// 32 bits one to one.
func Of(week uint32, seat int) uint32 {
	h := week ^ uint32(seat)
	h ^= h >> 16
	h *= 0x85ebca6b
	h ^= h >> 13
	h *= 0xc2b2ae35
	return h ^ h>>16
}
