package roster

import (
	"fmt"
	"strings"
	"testing"
)

// bigSheet is a form's answers of so many people.
func bigSheet(rows int) []byte {
	var b strings.Builder
	b.WriteString("E-mail,Name,Job,Where,Languages,Skills,Bio,Places,Agree\n")
	for i := range rows {
		fmt.Fprintf(&b, "p%d@example.org,Person Number %d,\"Engineer, Blue Kiln\",\"Riga, Latvia\",\"English, Latvian\",\"Python, JavaScript, Topic %d, C++\",\"%s\",%d,Yes\n", i, i, i%50, strings.Repeat("I help people find the next step. ", 40), i%5)
	}
	return []byte(b.String())
}

const bigMap = "key = \"E-mail\"\n[columns]\nname = \"Name\"\ntitle = { column = \"Job\", part = 1 }\norganization = { column = \"Job\", part = -1 }\nlocation = \"Where\"\nlanguages = \"Languages\"\nskills = \"Skills\"\nbio = \"Bio\"\navailability.capacity = \"Places\"\nconsent.publish = \"Agree\"\n"

// BenchmarkImport imports 10,000 rows: into an empty site, and again when nothing changed.
func BenchmarkImport(b *testing.B) {
	sheet := Source{Name: "big.csv", Data: bigSheet(10_000)}
	t := &testing.T{}
	p := newPortal(t, bigMap)
	in := p.in(sheet)
	b.Run("new", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if result, problems := Import(in); result == nil || result.Report.Added != 10_000 {
				b.Fatal(problems)
			}
		}
	})
	b.Run("again", func(b *testing.B) {
		p.imports(sheet)
		again := p.in(sheet)
		b.ResetTimer()
		for b.Loop() {
			if result, problems := Import(again); result == nil || result.Report.Same != 10_000 || len(result.Files) > 0 {
				b.Fatal(problems)
			}
		}
	})
}
