package content

import (
	"testing"

	"github.com/stoa-portal/stoa/generator/internal/schema"
)

// profile is an ordinary profile of about 2 kB.
const profile = `# A profile as people write them.
name = "Ana Díaz Romero"
pronouns = "she/her"
headline = "Statistician who likes messy data and clear questions"
title = "Senior statistician"
organization = "Institute of Public Health"
department = "Epidemiology"
experience_years = 12

bio = """
I work on the statistics of infectious disease: who falls ill, when, and what we can honestly say about
why. I came to it late, after a degree in history and three years of teaching, and I still think like a
historian: where does this number come from, who wrote it down, what did they leave out?

With mentees I like to begin with the question rather than the method. Bring the data if you have
some, and the half-finished draft if you are stuck. We will find out together which of your doubts are
about the analysis and which are about the argument; they need different cures.

Outside work I sing in a choir and lose at chess to my daughter.
"""
ideal_mentee = """
Somebody in the first years of a doctorate who has data and is afraid of it. You do not need to know
statistics; you need to be curious about your own numbers.
"""

skills = ["statistics", "r", "epidemiology", "academic-writing"]
help_with = ["research-skills", "publishing", "confidence"]
stages = ["masters", "doctoral"]
industries = ["healthcare", "higher-education"]
style = ["listener", "challenger"]
timezone = "Europe/Madrid"
languages = ["es", "en", "ca"]
formats = ["one-to-one", "long-term"]
modes = ["online"]
programs = ["research-mentoring"]
joined = 2024-09-01
reviewed = 2026-09-12

[location]
city = "Barcelona"
country = "ES"

[availability]
status = "open"
capacity = 3
current = 1
hours_per_month = 2
session_minutes = 45
months = [1, 2, 3, 9, 10, 11]

[[links]]
label = "Personal page"
url = "https://example.org/ana"
kind = "website"

[[links]]
url = "https://example.org/orcid/0000-0000"
kind = "orcid"

[[experience]]
year = 2018
title = "Senior statistician"
organization = "Institute of Public Health"

[consent]
publish = true
photo = true
date = 2026-09-12
`

func BenchmarkDecode(b *testing.B) {
	raw := []byte(profile)
	b.SetBytes(int64(len(raw)))
	b.ReportAllocs()
	for b.Loop() {
		document, _ := schema.Open("ana.toml", raw)
		var m Mentor
		if problems := schema.Decode(document, mentorTable, &m); len(problems) > 0 {
			b.Fatal(problems)
		}
	}
}
