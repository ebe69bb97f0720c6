package markdown

import (
	"io"
	"testing"
)

const bio = `I worked for nine years as a *civil engineer* on bridges in Portugal and Mozambique before I
came to Lindenholm, where I now lead the structures group. My own mentor taught me to ask
"what would have to be true?", and I still do.

I can help you with:

- finding a first job outside academia,
- writing a CV that an engineer wants to read,
- [preparing for interviews](../guides/careers/applications-and-interviews.md) and salary talks.

I like to meet **every second week** for half an hour, online or over coffee on campus. Come with
one question that keeps you awake; we will find the next step together, however small it is.
Read more at https://example.org/structures or write to me.
`

func BenchmarkParseBio(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		Parse(Source{File: "mentors/ana.toml", Line: 4, Column: 8, Text: bio}, Options{TopLevel: 3})
	}
}

func BenchmarkRenderBio(b *testing.B) {
	d := Parse(Source{File: "mentors/ana.toml", Text: bio}, Options{TopLevel: 3})
	b.ReportAllocs()
	for b.Loop() {
		if err := d.Render(io.Discard, asIs{}); err != nil {
			b.Fatal(err)
		}
	}
}
