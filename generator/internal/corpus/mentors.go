package corpus

import (
	"fmt"
	"math/rand/v2"
	"path"
	"strings"

	"github.com/stoa-portal/stoa/generator/internal/schema"
)

// mentors yields content/mentors.
func (s *site) mentors(yield func(string, []byte) bool) {
	used := map[string]int{}
	for i := range s.Mentors {
		r := s.dice("mentor", i)
		id, profile := s.mentor(r)
		used[id]++
		if n := used[id]; n > 1 {
			id = fmt.Sprintf("%s-%d", id, n)
		}
		if !yield("content/mentors/"+id+".toml", profile) {
			return
		}
		if i >= s.Photos {
			continue
		}
		photo, err := EncodePortrait(Portrait(s.Seed+uint64(i), 480))
		if err != nil { // bytes.Buffer never fails, and the size is one that JPEG has
			continue
		}
		if !yield("content/mentors/"+id+".jpg", photo) {
			return
		}
	}
}

// mentor writes one profile.
func (s *site) mentor(r *rand.Rand) (id string, profile []byte) {
	w := s.writer(r)
	p := peoples[r.IntN(len(peoples))]
	given, family, home := pick(r, p.given), pick(r, p.family), pick(r, p.places)
	full, local := given.latin+" "+family.latin, ""
	if given.local != "" {
		local = given.local + " " + family.local
		if p.familyFirst {
			local = family.local + given.local
		}
	}
	experience := r.IntN(40)
	var d document
	if local != "" && r.IntN(5) < 2 {
		d.text("name", local)
		id = schema.Slug(local)
	} else {
		d.text("name", full)
		d.text("name_local", local)
		id = schema.Slug(full)
	}
	d.text("sort_name", family.latin+", "+given.latin)
	if r.IntN(5) == 0 {
		d.text("honorific", "Dr")
	}
	d.text("pronouns", pick(r, []string{"", "she/her", "he/him", "they/them", "she/her", "he/him"}))
	d.text("headline", shorten(w.phrase(6, 11), 110))
	d.text("title", pick(r, []string{"Researcher", "Lecturer", "Engineer", "Analyst", "Editor", "Designer", "Teacher", "Consultant", "Student", "Coordinator"}))
	d.text("organization", pick(r, organizations))
	d.text("department", favourites(r, s.departments, 1)[0])
	d.value("class_year", year-1-experience)
	d.value("experience_years", experience)

	var links []string
	if len(s.guides) > 0 && r.IntN(5) == 0 {
		links = append(links, fmt.Sprintf("[as written here](../guides/%s.md)", pick(r, s.guides)))
	}
	d.block("bio", w.paragraphs(70+r.IntN(110), links...)+"\n"+p.hello+"\n")
	if r.IntN(3) == 0 {
		d.text("ideal_mentee", w.sentence())
	}
	d.list("skills", favourites(r, ids(s.skills), 2+r.IntN(7)))
	d.list("help_with", favourites(r, ids(s.topics), 1+r.IntN(5)))
	d.list("stages", some(r, ids(stages), 1+r.IntN(3)))
	d.list("industries", favourites(r, ids(industries), 1+r.IntN(2)))
	d.list("style", some(r, ids(styles), 1+r.IntN(2)))
	d.value("location", fmt.Sprintf("{ city = %s, country = %q }", quote(home.city), home.country))
	d.text("timezone", home.zone)
	languages := []string{p.language}
	if p.language != "en" {
		languages = append(languages, "en")
	}
	if other := pick(r, peoples).language; r.IntN(4) == 0 && other != "en" && other != p.language {
		languages = append(languages, other)
	}
	d.list("languages", languages)
	d.list("formats", some(r, []string{"one-to-one", "group", "ad-hoc", "long-term"}, 1+r.IntN(2)))
	d.list("modes", some(r, []string{"online", "in-person"}, 1+r.IntN(2)))
	d.list("programs", some(r, programIDs(), r.IntN(3)))
	d.value("joined", date(year-1-r.IntN(6), r.IntN(365)))
	d.value("reviewed", date(year, 90+r.IntN(200)))
	writeAvailability(&d, r)
	if r.IntN(3) == 0 {
		d.entry("links")
		d.text("label", "Website")
		d.text("url", "https://example.org/people/"+fmt.Sprint(r.IntN(1_000_000)))
		d.text("kind", "website")
	}
	for at := 0; at < r.IntN(4); at++ {
		d.entry("experience")
		d.value("year", year-experience+at*experience/4)
		d.text("title", w.phrase(1, 3))
		d.text("organization", pick(r, organizations))
	}
	if r.IntN(8) == 0 {
		d.entry("testimonials")
		d.text("text", w.sentence())
		d.text("by", "A mentee")
		d.value("consent", true)
	}
	d.table("consent")
	d.value("publish", true)
	d.value("photo", true)
	d.value("date", date(year, 20))
	return id, d.bytes()
}

var organizations = []string{"Northgate University", "Harbour Hospital", "City Archive", "Fieldworks Cooperative", "Lumen Software", "River Authority",
	"Open Observatory", "Meridian Museum", "Public Broadcasting House", "Institute of Soils", "Cedar Schools Trust", "Tramway Company", "Copper Street Theatre", "Regional Court", "Greenline Energy"}

// writeAvailability writes one of the states that a profile can be in.
func writeAvailability(d *document, r *rand.Rand) {
	state := r.IntN(16)
	if state == 0 {
		return // absent means open
	}
	d.table("availability")
	capacity := 1 + r.IntN(5)
	switch state {
	case 1, 2:
		d.text("status", "waitlist")
		d.value("capacity", capacity)
		d.value("current", capacity)
	case 3, 4:
		d.text("status", "full")
	case 5:
		d.text("status", "paused")
		d.text("note", "Back after a term of leave.")
	case 6:
		d.text("status", "retired")
	case 7:
		d.value("months", "[1, 2, 9, 10]")
	case 8:
		d.value("from", date(year+1, r.IntN(100)))
	case 9:
		d.value("from", date(year-1, r.IntN(300)))
		d.value("until", date(year+1, r.IntN(300)))
	case 10:
		d.value("capacity", capacity)
		d.value("current", capacity)
	default:
		d.text("status", "open")
		d.value("capacity", capacity)
		d.value("current", r.IntN(capacity))
	}
	d.value("hours_per_month", 1+r.IntN(6))
	d.value("session_minutes", pick(r, []int{30, 45, 50, 60, 90}))
	d.text("cadence", pick(r, []string{"every two weeks", "once a month", "every week"}))
	d.value("response_days", 1+r.IntN(14))
}

// guidePath names guide number i: its section and slug.
func (s *site) guidePath(i int) string {
	w := s.writer(s.dice("guide name", i))
	return path.Join(sections[i%sectionCount].id, fmt.Sprintf("%s-%d", schema.Slug(w.phrase(2, 4)), i))
}

var sections = func() []term {
	var all []term
	for _, t := range terms("Beginning|Meeting|Trust|Goals|Feedback|Writing|Careers|Research|Endings|Coordination") {
		all = append(all, term{id: strings.ToLower(t.label), label: t.label})
	}
	return all
}()
