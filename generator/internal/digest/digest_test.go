package digest

import "testing"

type leaf struct {
	Name string
	n    int
}

type tree struct {
	Leaf  *leaf
	List  []leaf
	Map   map[string]any
	Any   any
	Float float64
	Flag  bool
	frag  fragment
}

type fragment struct{ sum Sum }

func (f *fragment) Sum() Sum { return f.sum }

func TestOfSeesEveryField(t *testing.T) {
	base := func() *tree {
		return &tree{Leaf: &leaf{"a", 1}, List: []leaf{{"b", 2}, {"c", 3}}, Map: map[string]any{"k": 1, "l": "v"}, Any: []string{"x"}}
	}
	seen := map[Sum]string{Of(base()): "base"}
	for name, change := range map[string]func(*tree){
		"pointer field":    func(v *tree) { v.Leaf.Name = "z" },
		"unexported field": func(v *tree) { v.Leaf.n = 9 },
		"nil pointer":      func(v *tree) { v.Leaf = nil },
		"list order":       func(v *tree) { v.List[0], v.List[1] = v.List[1], v.List[0] },
		"list length":      func(v *tree) { v.List = v.List[:1] },
		"map value":        func(v *tree) { v.Map["k"] = 2 },
		"map key":          func(v *tree) { v.Map["m"] = nil },
		"interface type":   func(v *tree) { v.Any = []int{1} },
		"float":            func(v *tree) { v.Float = -1 },
		"flag":             func(v *tree) { v.Flag = true },
		"fragment":         func(v *tree) { v.frag.sum[3] = 1 },
	} {
		v := base()
		change(v)
		sum := Of(v)
		if other, ok := seen[sum]; ok {
			t.Errorf("after changing %s the digest is that of %s", name, other)
		}
		seen[sum] = name
	}
	if one, other := Of(base()), Of(base()); one != other {
		t.Error("equal values have different digests")
	}
}

func TestOfKeepsBoundaries(t *testing.T) {
	if Of("ab", "c") == Of("a", "bc") || Of([]string{"ab", "c"}) == Of([]string{"a", "bc"}) || Of("") == Of() || Of(1) == Of("1") {
		t.Error("different values run together")
	}
}

func TestOfUsesSummer(t *testing.T) {
	a, b := &fragment{Sum{1}}, &fragment{Sum{1}}
	if Of(a) != Of(b) || Of(a) == Of(&fragment{Sum{2}}) || Of([]*fragment{a}) != Of([]*fragment{b}) {
		t.Error("a value that knows its digest is not asked for it")
	}
	var none *fragment
	_ = Of(none, []*fragment{nil})
}

func TestSumText(t *testing.T) {
	sum := Bytes([]byte("x"))
	var back Sum
	if err := back.UnmarshalText([]byte(sum.String())); err != nil || back != sum {
		t.Errorf("%v is not %v (%v)", back, sum, err)
	}
	for _, bad := range []string{"", "zz", sum.String() + "00", "zz" + sum.String()[2:]} {
		if back.UnmarshalText([]byte(bad)) == nil {
			t.Errorf("%q was read as a digest", bad)
		}
	}
}

func BenchmarkOf(b *testing.B) {
	v := &tree{Leaf: &leaf{"a", 1}, List: make([]leaf, 20), Map: map[string]any{"k": 1, "l": "v"}}
	for b.Loop() {
		Of(v)
	}
}
