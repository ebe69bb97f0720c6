package search

import (
	"encoding/binary"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/stoa-portal/stoa/generator/internal/digest"
)

// A shard is a file of a list that is divided at keys: those from key up to the next
// shard's.
type shard struct {
	key  string
	data func() []byte
}

// shardSize is how large a shard of words becomes, before it is compressed: smaller ones make a
// quicker word, fewer of them shorter lists.
func shardSize(documents int) int {
	if documents <= 20_000 {
		return 3000
	}
	return 6000
}

// wordShards divides the families into shards.
func wordShards(list []family, documents int) []shard {
	pieces := make([][]byte, len(list))
	inParallel(len(list), func(_, from, to int) {
		for i := from; i < to; i++ {
			pieces[i] = packPosts(list[i].posts)
		}
	})
	size := func(i int) int { return len(pieces[i]) + len(list[i].forms)*6 + 4 }
	total := 0
	for i := range list {
		total += size(i)
	}
	cuts := cutList(len(list), total, shardSize(documents), size, func(i int) string { return list[i].stem })
	keys := make([]string, len(cuts))
	for i, at := range cuts {
		if i > 0 {
			keys[i] = separator(list[at-1].stem, list[at].stem)
		}
	}
	find := func(word string) int {
		i, exact := slices.BinarySearch(keys, word)
		if exact {
			return i
		}
		return i - 1
	}
	aliases := make([][][2]string, len(cuts)) // words that are looked for elsewhere than where their stem is
	for i, at := range cuts {
		for _, f := range list[at:next(cuts, i, len(list))] {
			for _, form := range f.forms {
				if home := find(form); home != i {
					aliases[home] = append(aliases[home], [2]string{form, f.stem})
				}
			}
		}
	}
	shards := make([]shard, len(cuts))
	for i, start := range cuts {
		end := next(cuts, i, len(list))
		shards[i] = shard{keys[i], func() []byte { return packWords(list[start:end], pieces[start:end], aliases[i]) }}
	}
	return shards
}

func next(cuts []int, i, end int) int {
	if i+1 < len(cuts) {
		return cuts[i+1]
	}
	return end
}

// packWords writes the families' words, then the aliases, then the documents.
func packWords(list []family, pieces [][]byte, aliases [][2]string) []byte {
	var p packer
	p.number(len(list))
	last := ""
	for i, f := range list {
		p.sharing(f.stem, last)
		flags := len(f.forms) << 1
		if f.common {
			flags |= 1
		}
		p.number(flags)
		for _, form := range f.forms {
			p.sharing(form, f.stem)
		}
		p.number(len(pieces[i]))
		last = f.stem
	}
	slices.SortFunc(aliases, func(a, b [2]string) int { return strings.Compare(a[0], b[0]) })
	p.number(len(aliases))
	for _, alias := range aliases {
		p.string(alias[0])
		p.sharing(alias[1], alias[0])
	}
	for _, piece := range pieces {
		p.append(piece)
	}
	return p.bytes
}

// packPosts writes documents by impact, the greatest first, each group by its distances.
func packPosts(posts []post) []byte {
	var p packer
	var groups [impacts + 1][]int
	for _, post := range posts {
		groups[post.impact()] = append(groups[post.impact()], post.document())
	}
	for impact := impacts; impact > 0; impact-- {
		if group := groups[impact]; len(group) > 0 {
			p.number(len(group)<<4 | impact)
			p.ascending(group)
		}
	}
	return p.bytes
}

// separator is the shortest beginning of b that comes after a.
func separator(a, b string) string {
	n := sharedPrefix(a, b)
	_, size := utf8.DecodeRuneInString(b[n:])
	return b[:n+size]
}

// cutList says where a sorted list is divided: before elements whose digest says so, once a
// part has a quarter of the size wanted, and where it would become too large; an element that is half as
// large as a part is one by itself. So an element that comes or goes moves few boundaries but those beside it.
func cutList(n, total, target int, size func(int) int, key func(int) string) []int {
	cuts := []int{0}
	every := uint32(1) // one element in so many, for parts of three quarters of the size
	for elements := n * target * 3 / 4 / max(total, 1); int(every) < elements; {
		every *= 2
	}
	held, alone := 0, false
	for i := range n {
		wasAlone := alone
		alone = size(i) >= target/2
		if held > 0 && isPlain(key(i)) {
			sum := digest.Bytes([]byte(key(i)))
			if alone || wasAlone || held+size(i) > 2*target || held >= target/4 && binary.LittleEndian.Uint32(sum[:])%every == 0 {
				cuts = append(cuts, i)
				held = 0
			}
		}
		held += size(i)
	}
	return cuts
}
