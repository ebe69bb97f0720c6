package schema

import (
	"fmt"
	"reflect"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/BurntSushi/toml"
	gotoml "github.com/pelletier/go-toml/v2"

	"github.com/stoa-portal/stoa/generator/internal/civil"
)

// sample has a field of every type.
type sample struct {
	Text     string         `toml:"text" max:"20" translate:"yes"`
	Words    Markdown       `toml:"words" translate:"yes"`
	Lines    Prose          `toml:"lines" translate:"yes"`
	Whole    int            `toml:"whole" min:"-10" max:"1000"`
	Maybe    *int           `toml:"maybe"`
	Number   float64        `toml:"number" min:"-1000"`
	Truth    bool           `toml:"truth" default:"true"`
	Day      civil.Date     `toml:"day"`
	Page     URL            `toml:"page"`
	List     []string       `toml:"list" items:"5" max:"10" ref:"words" translate:"yes"`
	Table    inner          `toml:"table"`
	Tables   []inner        `toml:"tables" items:"4" translate:"yes"`
	Terms    []term         `toml:"terms" translate:"yes" merge:"id"`
	Named    map[string]int `toml:"named" keys:"key"`
	Extra    map[string]any `toml:"extra" translate:"yes"`
	Own      map[string]any `toml:"own" declared:"yes"`
	Nameless string
}

type inner struct {
	A    string `toml:"a" required:"yes" translate:"yes" ref:"things"`
	B    int    `toml:"b" default:"7"`
	Deep deep   `toml:"deep"`
}

type deep struct {
	C []int `toml:"c"`
}

type term struct {
	ID    ID       `toml:"id" required:"yes"`
	Label string   `toml:"label" required:"yes"`
	Also  []string `toml:"also"`
}

var sampleTable = TableOf[sample]("sample", "a sample")

const everything = `
text = "é"   # a comment
words = """
A *word*.\n"""
lines = '''one
two'''
whole = 1_000
maybe = 0
number = -1.5e1
day = 2026-10-12
page = "https://example.org/"
list = [
  "a", # first
  "b\u00e9",
]
table.a = "x"
table.deep.c = [1, 2]
named = { x = 1, y-z = 0x10 }

[extra]
any = [1, 2.5, true, 2026-10-12, "s", {k = "v"}, [[1]]]

[[tables]]
a = "first"
b = 3
[tables.deep]
c = [3]
[[tables]]
a = "second"
`

func decodeSample(t *testing.T, text string) (sample, string) {
	t.Helper()
	document, problems := Open("f.toml", []byte(text))
	if document == nil {
		return sample{}, problems.Error()
	}
	var s sample
	return s, Decode(document, sampleTable, &s).Error()
}

func TestDecode(t *testing.T) {
	document, _ := Open("f.toml", []byte(everything))
	var got sample
	if problems := Decode(document, sampleTable, &got); len(problems) > 0 {
		t.Fatal(problems)
	}
	want := sample{
		Text: "é", Words: "A *word*.\n", Lines: "one\ntwo", Whole: 1000, Maybe: new(int), Number: -15, Truth: true,
		Day: civil.Of(2026, 10, 12), Page: "https://example.org/", List: []string{"a", "bé"},
		Table:  inner{A: "x", B: 7, Deep: deep{C: []int{1, 2}}},
		Tables: []inner{{A: "first", B: 3, Deep: deep{C: []int{3}}}, {A: "second", B: 7}},
		Named:  map[string]int{"x": 1, "y-z": 16},
		Extra: map[string]any{"any": []any{
			int64(1), 2.5, true, civil.Of(2026, 10, 12), "s", map[string]any{"k": "v"}, []any{[]any{int64(1)}},
		}},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
}

// TestYAML reads the values of everything as YAML, each in a spelling that TOML does not have.
func TestYAML(t *testing.T) {
	document, _ := OpenMatter("f.md", []byte(`---
text: é
words: |
  A *word*.
lines: "one\ntwo"
whole: 1_000
maybe: 0
number: -15.
day: 2026-10-12
page: https://example.org/
list: [a, b\u00e9, ]
table: {a: x, b: , deep: {c: [0b1, 2]}}
named: {x: 0o1, y-z: 0x10}
extra:
  any: [1, 2.50, True, 2026-10-12, s, {k: v}, [[+1]]]
  none: ~
  "an odd\tkey": "\"quoted\" \\"
  when: 2001-12-15 2:59:43
tables:
  - {a: first, b: 3, deep: {c: [3]}}
  - a: second
---
`))
	var got, want sample
	if problems := Decode(document, sampleTable, &got); len(problems) > 0 {
		t.Fatal(problems)
	}
	document, _ = Open("f.toml", []byte(everything))
	Decode(document, sampleTable, &want)
	want.List = []string{"a", `b\u00e9`}
	want.Extra["an odd\tkey"], want.Extra["when"] = `"quoted" \`, "2001-12-15 2:59:43"
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
}

// TestFaultsAreLeftOut decodes a file with a fault of every kind: what is sound of it is
// there, so that what refers to it is not blamed.
func TestFaultsAreLeftOut(t *testing.T) {
	got, problems := decodeSample(t, `
text = 3
lines = "sound"
unknown = 1
truth = "no"
list = ["a", "", "b", 4]
own = { nobodys = 1 }
named = { "X Y" = 1, z = 2 }
[extra]
day = 2026-02-31
kept = [1, "\u0007", 2]
[table]
a = "x"
b = "many"
[[tables]]
b = 3
[[tables]]
a = "second"
x = 1
syntax error
`)
	want := sample{
		Lines: "sound", Truth: true, List: []string{"a", "b"}, Own: map[string]any{}, Named: map[string]int{"z": 2}, Extra: map[string]any{"kept": []any{int64(1), int64(2)}},
		Table: inner{A: "x", B: 7}, Tables: []inner{{B: 3}, {A: "second", B: 7}},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got  %+v\nwant %+v\n%s", got, want, problems)
	}
}

// picky takes texts that the field table finds sound only when they are short.
type picky string

func (p *picky) UnmarshalText(text []byte) error {
	if *p = picky(text); len(text) > 3 {
		return fmt.Errorf("%q is too long for me", text)
	}
	return nil
}

// TestSecondOpinion has the decoder find faults that the check did not.
func TestSecondOpinion(t *testing.T) {
	type record struct {
		Word picky `toml:"word"`
	}
	for _, row := range []struct{ text, want string }{
		{"+++\n# é\nword = \"abc\"\n+++", ""},
		{"+++\n# é\nword = \"abcd\"\n+++", `f.md:3:9: this cannot be read ("abcd" is too long for me)`},
		{"---\nword: abcd\n---", `f.md:2:1: this cannot be read ("abcd" is too long for me)`},
	} {
		document, _ := OpenMatter("f.md", []byte(row.text))
		var r record
		if got := Decode(document, TableOf[record]("record", "picky"), &r).Error(); got != row.want || got != "" && r.Word != "" {
			t.Errorf("%q: %s, %q, want %s", row.text, got, r.Word, row.want)
		}
	}
	var narrow struct {
		Text   string
		Tables []struct{ A string }
		Extra  map[string]any
	}
	for text, want := range map[string]string{
		"text = 'a'\nextra = {a = {b = 1}}\ntables = [{a = 'x'}]": "", "whole = 1": "whole", "[[tables]]\na = 'x'\n[[tables]]\nb = 1": "tables.b",
	} {
		meta, err := toml.Decode(text, &narrow)
		if got := undecoded(&meta, &sampleTable.Field).String(); err != nil || got != want {
			t.Errorf("%q: %q is undecoded (%v), want %q", text, got, err, want)
		}
	}
}

func TestPlaces(t *testing.T) {
	document, _ := Open("f.toml", []byte(everything))
	for _, row := range []struct{ path, place, text string }{
		{"text", "f.toml:2:8", "f.toml:2:9"},
		{"words", "f.toml:3:9", "f.toml:4:1"},
		{"lines", "f.toml:5:9", "f.toml:5:12"},
		{"list", "f.toml:12:8", "f.toml:12:8"},
		{"list[1]", "f.toml:14:3", "f.toml:14:4"},
		{"table.deep.c[1]", "f.toml:17:20", "f.toml:17:20"},
		{"named.y-z", "f.toml:18:24", "f.toml:18:24"},
		{"tables[1].a", "f.toml:29:5", "f.toml:29:6"},
		{"tables[0].deep.c", "f.toml:27:5", "f.toml:27:5"},
		{"tables[1].deep.c", "f.toml:28:3", ""},
		{"table.b", "f.toml:16:1", ""},
		{"absent", "f.toml:1:1", ""},
		{"list[9]", "f.toml:12:8", ""},
	} {
		place, found := document.Place(row.path)
		if place.String() != row.place || found != (row.text != "") {
			t.Errorf("%s is at %s (%v), want %s", row.path, place, found, row.place)
		}
		if text, _ := document.Locate(row.path); row.text != "" && text(0).String() != row.text {
			t.Errorf("the text of %s begins at %s, want %s", row.path, text(0), row.text)
		}
	}
}

func TestMatter(t *testing.T) {
	for _, row := range []struct{ text, problems, body, place string }{
		{"+++\ntext = \"x\"\n+++\nBody\n", "", "Body\n", "g.md:4:1"},
		{"+++\r\ntext = \"x\"\r\n+++\r\nBody\r\n", "", "Body\n", "g.md:4:1"},
		{"\uFEFF---\ntext: x\nday: 2026-10-12\nlist: [a]\ntable:\n  a: y\n---\nBody", "", "Body", "g.md:8:1"},
		{"---\n# nothing\n---\n", "", "", "g.md:4:1"},
		{"---\n---\nBody", "", "Body", "g.md:3:1"},
		{"# Body", "", "# Body", "g.md:1:1"},
		{"---\ntext: 3\n---\n", `g.md:2:7: "text" wants text: put it in quotes, "3", and this is a whole number (3)`, "", "g.md:4:1"},
		{"---\ntext:\n---\n", "", "", "g.md:4:1"},
		{"+++\ntext = 3\n+++", `g.md:2:8: "text" wants text: put it in quotes, "3", and this is a whole number (3)`, "", "g.md:3:4"},
		{"---\ntext: a\n...\ntext: b\n---\n", `g.md:2:1: the front matter holds several documents: take out the line ... or --- in its middle`, "", "g.md:6:1"},
	} {
		document, problems := OpenMatter("g.md", []byte(row.text))
		if document == nil {
			t.Errorf("%q: %s", row.text, problems)
			continue
		}
		var s sample
		if got := Decode(document, sampleTable, &s).Error(); got != row.problems {
			t.Errorf("%q: %s, want %s", row.text, got, row.problems)
		}
		if document.Body() != row.body || document.BodyPlace().String() != row.place {
			t.Errorf("%q: body %q at %s", row.text, document.Body(), document.BodyPlace())
		}
	}
}

func TestTranslation(t *testing.T) {
	base, _ := Open("a.toml", []byte(`
text = "one"
words = "base"
list = ["a", "b"]
whole = 3
[table]
a = "x"
b = 1
[[terms]]
id = "r"
label = "R"
also = ["are"]
[[terms]]
id = "go"
label = "Go"
[extra]
k = "v"
l = "w"
`))
	var source sample
	if problems := Decode(base, sampleTable, &source); len(problems) > 0 {
		t.Fatal(problems)
	}
	before := fmt.Sprintf("%+v", source)
	translation, _ := Open("a.es.toml", []byte(`
text = "uno"
list = ["c"]
table.a = "y"
[[terms]]
id = "go"
label = "Gou"
[[terms]]
id = "r"
also = ["ar"]
[extra]
k = "u"
`))
	got := source
	if problems := DecodeTranslation(translation, sampleTable, &got, "a.toml"); len(problems) > 0 {
		t.Fatal(problems)
	}
	want := source
	want.Text, want.List, want.Table.A = "uno", []string{"c"}, "y"
	want.Terms = []term{{"r", "R", []string{"ar"}}, {"go", "Gou", nil}}
	want.Extra = map[string]any{"k": "u", "l": "w"}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
	if after := fmt.Sprintf("%+v", source); after != before {
		t.Errorf("the source changed from %s to %s", before, after)
	}
}

func TestReferences(t *testing.T) {
	document, _ := Open("f.toml", []byte(everything))
	var s sample
	Decode(document, sampleTable, &s)
	var got []string
	for r := range References(sampleTable, &s) {
		got = append(got, r.Ref+" "+r.Path+" "+r.Value)
	}
	want := "words list[0] a, words list[1] bé, things table.a x, things tables[0].a first, things tables[1].a second"
	if joined := strings.Join(got, ", "); joined != want {
		t.Errorf("got %s, want %s", joined, want)
	}
}

// TestLimits decodes files that are made to cost time or memory.
func TestLimits(t *testing.T) {
	for _, row := range []struct{ name, text, want string }{
		{"size", strings.Repeat("#", MaxSize+1), "at most 1048576 (1 MB)"},
		{"brackets", "extra = " + strings.Repeat("[", 500_000), "nested"},
		{"headers", "[" + strings.Repeat("a.", 500_000) + "a]", "nested more than 16"},
		{"dotted", strings.Repeat("a.", 500_000) + "a = 1", "nested more than 16"},
		{"keys", strings.Repeat("a = 1\n", 170_000), "more problems of this file"},
		{"distinct", manyKeys(60_000), "more problems of this file"},
		{"free", "[extra]\n" + manyKeys(60_000), "at most 200 fit"},
		{"repeats", "list = [" + strings.Repeat(`"a",`, 200_000) + "]", "at most 5 fit"},
	} {
		t.Run(row.name, func(t *testing.T) {
			if _, problems := decodeSample(t, row.text); !strings.Contains(problems, row.want) {
				t.Errorf("%.300s, want %s", problems, row.want)
			}
		})
	}
}

func manyKeys(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "k%d = 1\n", i)
	}
	return b.String()
}

// freeTable takes any keys, so that every value of a file is seen.
var freeTable = TableOf[map[string]any]("free", "anything")

// FuzzTOML holds the reader against another decoder: what is read here without a fault, go-toml
// reads as the same values, and what go-toml cannot read is a fault here.
func FuzzTOML(f *testing.F) {
	f.Add(everything)
	for _, seed := range []string{
		"", "a", "a=", "a=1", "a.b=1\na.c=2", "[a]\n[a]", "[a.b]\n[a]\nc=1", "[[a]]\nb=1\n[[a]]\n", "[a]\nb.c=1\n[a.b]\n", "[[a]]\n[a.b]\n[[a.b]]",
		"a={b=1,b=2}", "a={}\n[a.b]", "a=[]\n[[a]]", "a=[1,[2,{b=3}]]", "a='''\n\r\nx'''", "a=\"\"\"\\\n  x\"\"\"", "a=1979-05-27T07:32:00Z", "a=07:32:00",
		"a=1979-05-27 07:32:00", "a=0xDEAD", "a=1e5", "a=inf", "a=+1", "a=1_0", "\"a b\"=1", "''=1", "a=1 # c\r\nb=2", "[a]\nb=1\n[a.b]", "b.c=1\n[b.d]",
		"[a.b]\n[a]\nb=1", "[[a.b]]\n[a]\nb.c=1", "a=\"\\u00e9\\x41\"", "a=1\rb=2", "x=99999999999999999999", "a=2026-13-40", "[ a . b ]\nc = 1",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		document, _ := Open("f.toml", []byte(text))
		if document == nil {
			return
		}
		var got, want map[string]any
		problems := Decode(document, freeTable, &got)
		for _, p := range problems {
			if p.Line < 1 || p.Column < 1 || p.Message == "" {
				t.Errorf("a problem without a place: %+v", p)
			}
		}
		err := gotoml.Unmarshal([]byte(document.source), &want)
		switch {
		case err != nil && len(problems) == 0:
			t.Errorf("read, but go-toml says %v", err)
		case err == nil && len(problems) > 0 && !strict(problems.Error()):
			t.Errorf("not read, but go-toml does: %v", problems)
		case err == nil && len(problems) == 0:
			if a, b := canonical(got), canonical(want); a != b {
				t.Errorf("read as %s, want %s", a, b)
			}
		}
	})
}

// strict tells of what TOML allows and no field takes.
func strict(problems string) bool {
	for _, words := range []string{"nested", "control character", "characters; at most", "can be used here", "day of the calendar"} {
		if strings.Contains(problems, words) {
			return true
		}
	}
	return false
}

// canonical writes a value so that both decoders' are comparable.
func canonical(v any) string {
	switch v := v.(type) {
	case map[string]any:
		var parts []string
		for _, key := range sortedKeys(v) {
			parts = append(parts, fmt.Sprintf("%q=%s", key, canonical(v[key])))
		}
		return "{" + strings.Join(parts, " ") + "}"
	case []any:
		var parts []string
		for _, entry := range v {
			parts = append(parts, canonical(entry))
		}
		return "[" + strings.Join(parts, " ") + "]"
	case civil.Date:
		return v.String()
	case gotoml.LocalDate:
		return v.String()
	case time.Time, gotoml.LocalTime, gotoml.LocalDateTime:
		return "time"
	case string:
		if clock.MatchString(v) {
			return "time"
		}
		return fmt.Sprintf("%q", v)
	}
	return fmt.Sprintf("%T %v", v, v)
}

var clock = regexp.MustCompile(`^(\d{4}-\d\d-\d\d[Tt ])?\d\d:\d\d`)

// FuzzMatter looks for front matter that panics, a problem without a place, or TOML
// written from YAML that the decoder does not read.
func FuzzMatter(f *testing.F) {
	for _, seed := range []string{
		"", "+++", "---", "---\n---", "---\na: [\n---\n", "---\na: &b\n  - *b\n---\n", "---\n? [a]\n: b\n---\n", "---\n<<: {a: 1}\n---\n", "---\n!!binary a: b\n---\n",
		"---\na: !x b\n---\n", "---\na: |\n  x\n---\n", "---\n- a\n---\n", "---\n\ta\n---\n", "---\n{a: 1, b: [2]}\n---\n", "---\na: 2026-10-12\n---\n", "+++\na=1\n+++\nb",
		"---\n%YAML 9.9\n---\na: b\n---\n", "---\n\"a\": 'b\n---\n", "---\na: b: c\n---\n", "---\ntext: ''\nlist: [a, a]\n---\n",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		document, problems := OpenMatter("g.md", []byte(text))
		if document != nil {
			var s sample
			problems = append(Decode(document, sampleTable, &s), Decode(document, freeTable, new(map[string]any))...)
			document.Place("table.deep.c[0]")
			document.BodyPlace()
		}
		for _, p := range problems {
			if p.Line < 1 || p.Message == "" {
				t.Errorf("a problem without a place: %+v", p)
			}
			if strings.HasPrefix(p.Message, "this cannot be read (") || strings.HasSuffix(p.Message, "is not read") {
				t.Errorf("not decoded: %+v", p)
			}
		}
	})
}

// TestDottedKeysAroundInlineTable: dotted keys go on after an inline table of another key, as
// after any other value.
func TestDottedKeysAroundInlineTable(t *testing.T) {
	d, _ := Open("f.toml", []byte("table.a = \"x\"\nextra.free = { a = 1 }\nextra.more = 2\ntable.deep = { c = [1] }\ntable.b = 3\n"))
	var got sample
	if problems := Decode(d, sampleTable, &got); len(problems) > 0 || got.Table.B != 3 || len(got.Extra) != 2 {
		t.Errorf("%v %+v", problems, got)
	}
}
