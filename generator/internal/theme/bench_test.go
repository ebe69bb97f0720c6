package theme_test

import (
	"io"
	"testing"

	"github.com/stoa-portal/stoa/generator/internal/theme"
)

func BenchmarkProfile(b *testing.B) { benchmarkLayout(b, "mentor") }
func BenchmarkGuide(b *testing.B)   { benchmarkLayout(b, "guide") }

func BenchmarkCard(b *testing.B) {
	language := load(b).Language("en", theme.Site{Base: "/"})
	view := readViews(b).value("Card", chosen()).Interface()
	for b.Loop() {
		if err := language.Component(io.Discard, "mentor-card", view); err != nil {
			b.Fatal(err)
		}
	}
}

func benchmarkLayout(b *testing.B, layout string) {
	language := load(b).Language("en", theme.Site{Base: "/"})
	view := readViews(b).value(viewOf[layout], chosen()).Interface()
	for b.Loop() {
		if err := language.Execute(io.Discard, layout, view); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkLoad(b *testing.B) {
	for b.Loop() {
		load(b)
	}
}
