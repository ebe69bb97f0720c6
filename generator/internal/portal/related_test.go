package portal

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// simple says the same as related in the plainest way: every pair is compared.
func simple(features [][]feature, most int) [][]int {
	holders := map[string]int{}
	for _, list := range features {
		for _, f := range list {
			holders[f.key]++
		}
	}
	result := make([][]int, len(features))
	for i, own := range features {
		scores := make([]float64, len(features))
		for j, others := range features {
			for _, f := range own {
				if i != j && slices.Contains(others, f) {
					scores[j] += f.weight * math.Log(1+float64(len(features))/float64(holders[f.key]))
				}
			}
		}
		for len(result[i]) < most {
			top := -1
			for j, score := range scores {
				if score > 0 && (top < 0 || score > scores[top]) {
					top = j
				}
			}
			if top < 0 {
				break
			}
			result[i] = append(result[i], top)
			scores[top] = 0
		}
	}
	return result
}

// crowded makes n items with features of a few kinds, the first of each common, the last
// rare.
func crowded(random *rand.Rand, n int) [][]feature {
	features := make([][]feature, n)
	for i := range features {
		for kind, weight := range []float64{relatedSkill, relatedTopic, relatedStage} {
			seen := map[int]bool{}
			for range random.IntN(5) {
				value := int(float64(n) * math.Pow(random.Float64(), 3))
				if !seen[value] {
					seen[value] = true
					features[i] = append(features[i], feature{fmt.Sprintf("%d/%d", kind, value), weight})
				}
			}
		}
	}
	return features
}

func TestRelatedAsInPlainWords(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for range 60 {
		features := crowded(random, 1+random.IntN(150))
		most := 1 + random.IntN(4)
		got, want := related(features, most), simple(features, most)
		for i := range got {
			if !slices.Equal(got[i], want[i]) {
				t.Fatalf("of %d items, number %d is like %v, want %v", len(features), i, got[i], want[i])
			}
		}
	}
}

// TestRelatedInLargePortals: beyond the bound where a feature is too common to find anybody
// by, it still tells who is liker.
func TestRelatedInLargePortals(t *testing.T) {
	features := make([][]feature, 500)
	for i := range features {
		features[i] = []feature{{"skill/" + fmt.Sprint(i/5), relatedSkill}}
		if i%2 == 0 {
			features[i] = append(features[i], feature{"stage/common", relatedStage})
		}
	}
	got := related(features, 2)
	if want := []int{2, 4}; !slices.Equal(got[0], want) {
		t.Errorf("0 is like %v, want %v", got[0], want)
	}
	if want := []int{0, 2}; !slices.Equal(got[1], want) {
		t.Errorf("1 is like %v, want %v", got[1], want)
	}
	if again := related(features, 2); !slices.EqualFunc(got, again, slices.Equal) {
		t.Error("the second time they are others")
	}
	for i := range features {
		features[i] = []feature{{"stage/common", relatedStage}}
	}
	if got := related(features, 2); len(got[7]) != 0 {
		t.Errorf("what all have makes 7 like %v", got[7])
	}
}

func TestRelatedMentors(t *testing.T) {
	const archive = `
-- config.toml --
[directory]
order = "name"
-- vocabulary/skills.toml --
[[term]]
id = "genomics"
label = "Genomics"
aliases = ["DNA"]
[[term]]
id = "law"
label = "Law"
[[term]]
id = "r"
label = "R"
-- mentors/a.toml --
name = "A"
skills = ["genomics", "r"]
stages = ["early"]
-- mentors/b.toml --
name = "B"
skills = ["DNA"]
-- mentors/c.toml --
name = "C"
skills = ["law"]
stages = ["Early"]
-- mentors/d.toml --
name = "D"
skills = ["R!"]
-- mentors/e.toml --
name = "E"
skills = ["law"]
visibility = "unlisted"
-- mentors/f.toml --
name = "F"
`
	p, _ := look(t, archive)
	for id, want := range map[string]string{"a": "b c", "b": "a", "c": "a", "d": "", "e": "", "f": ""} {
		for _, m := range p.Mentors {
			if got := ids(m.Related); m.ID == id && got != want {
				t.Errorf("%s is like %q, want %q", id, got, want)
			}
		}
	}
	again, _ := lookOn(t, archive, Options{Today: testDay, Last: p})
	for i, m := range again.Listed {
		if ids(m.Related) != ids(p.Listed[i].Related) {
			t.Errorf("looked at again, %s is like %s", m.ID, ids(m.Related))
		}
		for _, other := range m.Related {
			if !slices.Contains(again.Listed, other) {
				t.Errorf("%s is like somebody of the last portal", m.ID)
			}
		}
	}
}
