package portal

import (
	"cmp"
	"math"
	"slices"
)

// Weights of what two mentors may share. A skill says most about what one could learn
// from somebody else instead; a stage only breaks near ties.
const (
	relatedSkill = 3.0
	relatedTopic = 2.0
	relatedStage = 0.5
)

// related finds for each item the most alike others, best first, by the features they
// share: a shared rare feature counts for more than a common one (inverse document
// frequency). features[i] lists the distinct features of item i; a feature held by
// fewer items is found through an inverted index, so the work is proportional to
// the lists met, not to the square of the number of items. Equal scores go by index.
func related(features [][]feature, most int) [][]int {
	postings := map[string][]int32{}
	for i, list := range features {
		for _, f := range list {
			postings[f.key] = append(postings[f.key], int32(i))
		}
	}
	// A feature that a large share of a large portal has (a stage, a broad topic) says
	// little and costs much: it scores candidates, but does not find any.
	common := max(200, len(features)/20)
	members := map[string]bits{}
	for key, list := range postings {
		if len(list) > common {
			set := make(bits, (len(features)+63)/64)
			for _, j := range list {
				set.add(j)
			}
			members[key] = set
		}
	}
	result := make([][]int, len(features))
	inParallel(len(features), func(from, to int) {
		scores := make([]float64, len(features))
		var met []int32
		for i := from; i < to; i++ {
			met = met[:0]
			for _, finds := range []bool{true, false} {
				for _, f := range features[i] {
					list, set := postings[f.key], members[f.key]
					if (set == nil) != finds {
						continue
					}
					weight := f.weight * math.Log(1+float64(len(features))/float64(len(list)))
					if finds {
						for _, j := range list {
							if scores[j] == 0 {
								met = append(met, j)
							}
							scores[j] += weight
						}
						continue
					}
					for _, j := range met {
						if set.has(j) {
							scores[j] += weight
						}
					}
				}
			}
			result[i] = best(i, met, scores, most)
			for _, j := range met {
				scores[j] = 0
			}
		}
	})
	return result
}

// bits is a set of small numbers.
type bits []uint64

func (b bits) add(n int32)      { b[n/64] |= 1 << (n % 64) }
func (b bits) has(n int32) bool { return b[n/64]&(1<<(n%64)) != 0 }

// A feature is something that an item has, and how much sharing it tells.
type feature struct {
	key    string
	weight float64
}

// best picks the highest scores among the candidates, without the item itself.
func best(self int, candidates []int32, scores []float64, most int) []int {
	var top []int
	for _, c := range candidates {
		j := int(c)
		if j == self {
			continue
		}
		at, _ := slices.BinarySearchFunc(top, j, func(a, b int) int {
			return cmp.Or(cmp.Compare(scores[b], scores[a]), cmp.Compare(a, b))
		})
		if at < most {
			top = slices.Insert(top, at, j)
			top = top[:min(len(top), most)]
		}
	}
	return top
}
