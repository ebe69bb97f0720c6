package generator

import (
	"bytes"
	"fmt"
	"path"
	"strings"

	"github.com/stoa-portal/stoa/generator/internal/corpus"
)

// mentor writes a new profile.
func (e *editor) mentor() {
	file := "content/mentors/" + e.id("mentor") + ".toml"
	e.put(file, e.profile(file))
}

func (e *editor) profile(string) string {
	var b strings.Builder
	line := func(chance int, format string, args ...any) {
		if e.maybe(chance) {
			fmt.Fprintf(&b, format+"\n", args...)
		}
	}
	fmt.Fprintf(&b, "name = %q\n", choice(e, "Ana", "Bo", "Chidi", "陈伟", "Şule", "O’Neill", "Ana <b>")+" "+choice(e, "Lee", "Okafor", "Núñez", "de Vries"))
	line(70, "headline = %q", choice(e, "Listens well", "Asks \"why\"", "Reads drafts"))
	line(40, "department = %q", choice(e, "Physics", "History", "Art & design"))
	line(30, "organization = %q", choice(e, "North Lab", "north lab", "Harbour"))
	line(80, "skills = %s", e.terms("skills", 1+e.IntN(4), 4))
	line(70, "help_with = %s", e.terms("topics", 1+e.IntN(3), 4))
	line(50, "stages = %s", e.terms("stages", 1, 4))
	line(30, "programs = %s", e.references("programs", 1))
	line(40, "languages = %s", choice(e, `["en"]`, `["es", "en"]`, `["ar"]`))
	line(30, "formats = %s", choice(e, `["one-to-one"]`, `["group", "ad-hoc"]`))
	line(30, "modes = [\"online\"]")
	line(30, "timezone = %q", choice(e, "Europe/Madrid", "Asia/Tokyo"))
	line(12, "visibility = %q", choice(e, "unlisted", "hidden"))
	line(15, "private = %s", choice(e, `["department"]`, `["location.city", "photo"]`, `["bio"]`))
	line(10, "aliases = %s", quoted(e.id("old")))
	line(10, "featured = true")
	line(40, "joined = 2026-0%d-11", 1+e.IntN(9))
	line(30, "reviewed = 2026-0%d-20", 1+e.IntN(9))
	line(10, "expires = 2027-0%d-01", 1+e.IntN(9))
	line(50, "bio = \"\"\"\n%s\"\"\"", e.prose("content/mentors", 2))
	if e.config["fields"] {
		line(50, "[fields]\ncollege = %q", choice(e, "North", "South"))
	}
	line(40, "[location]\ncity = %q\ncountry = %q", choice(e, "Lima", "Oslo"), choice(e, "PE", "NO"))
	line(60, "[availability]\nstatus = %q", choice(e, "open", "waitlist", "full", "paused", "retired"))
	if strings.Contains(b.String(), "[availability]") {
		line(50, "capacity = 3\ncurrent = %d", e.IntN(4))
		line(30, "from = 2026-12-01")
		line(20, "until = 2027-02-01")
		line(20, "months = [1, 2, 11]")
	}
	line(20, "[request]\nmethod = %q\nurl = \"https://meet.example.org/ana\"", choice(e, "link", "email"))
	line(50, "[consent]\npublish = %v\nphoto = %v\ndate = 2026-01-02", e.maybe(80), e.maybe(60))
	line(15, "[photo]\nalt = \"In a garden\"\nfocus = [0.%d, 0.5]", e.IntN(10))
	line(30, "[[channels]]\ntype = \"email\"\nvalue = \"someone@example.org\"\npublic = %v", e.maybe(50))
	line(20, "[[links]]\nlabel = \"Site\"\nurl = \"https://example.com/\"")
	if e.files["content/static/a.txt"] != nil {
		line(15, "[[resources]]\ntitle = \"List\"\nurl = \"/a.txt\"")
	}
	if program := strings.Trim(e.references("programs", 1), "[]"); program != "" {
		line(15, "[[roles]]\nprogram = %s\nyear = 2025", program)
	}
	line(20, "[[testimonials]]\ntext = \"Kind.\"\nby = \"M.\"\nconsent = %v", e.maybe(70))
	return b.String()
}

func (e *editor) translation() {
	file := e.any("content/mentors/", ".toml")
	if strings.HasSuffix(file, ".es.toml") {
		if e.maybe(50) {
			delete(e.files, file)
		} else {
			e.put(file, "headline = \"Otra\"\n")
		}
		return
	}
	e.put(strings.TrimSuffix(file, ".toml")+".es.toml", fmt.Sprintf("headline = %q\nbio = \"\"\"\n%s\"\"\"\n", choice(e, "Escucha", "Pregunta"), e.prose("content/mentors", 1)))
}

func (e *editor) photo() {
	if e.maybe(30) {
		delete(e.files, e.any("content/mentors/", ".jpg"))
		return
	}
	file := strings.TrimSuffix(e.any("content/mentors/", ".toml"), ".toml")
	if strings.Contains(file, ".es") && e.maybe(90) {
		return
	}
	data, err := corpus.EncodePortrait(corpus.Portrait(uint64(e.IntN(4)), 96))
	if err != nil {
		panic(err)
	}
	e.files[file+choice(e, ".jpg", ".jpg", ".jpg", ".png")] = data
}

// prose is Markdown with everything that depends on other files.
func (e *editor) prose(folder string, paragraphs int) string {
	var b strings.Builder
	to := func(kind, ending string) string {
		target := e.any("content/"+kind+"/", ending)
		if target == "" || e.maybe(1) {
			return "nowhere.md"
		}
		return relative(folder, target)
	}
	for range paragraphs {
		switch e.IntN(13) {
		case 0, 1:
			fmt.Fprintf(&b, "Read [this guide](%s) first.\n\n", to("guides", ".md"))
		case 2:
			fmt.Fprintf(&b, "Ask [them](%s), or see [the goal](%s).\n\n", to("mentors", ".toml"), to("goals", ".toml"))
		case 3:
			fmt.Fprintf(&b, "All [mentors](/mentors/) and [us](/about/).\n\n")
		case 4, 5, 6, 11, 12:
			if folder != "content/mentors" {
				b.WriteString(e.embed())
			}
		case 7:
			if image := e.any("content/static/", ".png"); image != "" {
				fmt.Fprintf(&b, "![A picture](%s)\n\n", strings.TrimPrefix(image, "content/static"))
			}
		case 8:
			target := e.any("content/guides/", ".md")
			if bytes.Contains(e.files[target], []byte("## Next steps")) || e.maybe(5) {
				fmt.Fprintf(&b, "Go [on](%s#next-steps).\n\n", relative(folder, target))
			}
		default:
			fmt.Fprintf(&b, "Words %d, *and* more.[^n]\n\n[^n]: A note.\n\n", e.IntN(100))
		}
		if strings.Contains(b.String(), "[^n]") {
			break
		}
	}
	return b.String()
}

// embed is a block that stands for something of the site.
func (e *editor) embed() string {
	goal, worksheet, program := e.any("content/goals/", ".toml"), e.any("content/worksheets/", ".toml"), e.any("content/programs/", ".toml")
	id := func(file string) string { return strings.TrimSuffix(path.Base(file), ".toml") }
	switch {
	case e.maybe(15) && goal != "":
		return fmt.Sprintf("```goal\nid = %q\n```\n\n", id(goal))
	case e.maybe(15) && worksheet != "":
		return fmt.Sprintf("```worksheet\nid = %q\n```\n\n", id(worksheet))
	case e.maybe(15) && program != "":
		return fmt.Sprintf("```%s\nprogram = %q\n```\n\n", choice(e, "timeline", "faq"), id(program))
	}
	by := choice(e, [2]string{"skill", "skills"}, [2]string{"topic", "topics"}, [2]string{"stage", "stages"})
	return fmt.Sprintf("```mentors\n%s = %s\nlimit = %d\n```\n\n", by[0], strings.Trim(e.terms(by[1], 1, 0), "[]"), 2+e.IntN(10))
}

// relative is a file's path as seen from a folder.
func relative(folder, file string) string {
	up := strings.Count(folder, "/")
	return strings.Repeat("../", up) + strings.TrimPrefix(file, "content/")
}

func (e *editor) guide() {
	folder := "content/guides/" + choice(e, "careers", "trust", "new-section", "trust/deeper")
	file := folder + "/" + e.id("guide") + ".md"
	if e.maybe(25) {
		base := e.any("content/guides/", ".md")
		if strings.Contains(base, ".es.") || strings.Contains(base, "_index") {
			delete(e.files, base)
			return
		}
		file = strings.TrimSuffix(base, ".md") + ".es.md"
	}
	e.put(file, e.article(file))
	if e.maybe(15) {
		data, err := corpus.EncodePortrait(corpus.Portrait(uint64(e.IntN(3)), 80))
		if err != nil {
			panic(err)
		}
		e.files[path.Dir(file)+"/picture.jpg"] = data
	}
}

func (e *editor) article(file string) string {
	var b strings.Builder
	translated := strings.HasSuffix(file, ".es.md")
	line := func(chance int, format string, args ...any) {
		if e.maybe(chance) {
			fmt.Fprintf(&b, format+"\n", args...)
		}
	}
	b.WriteString("+++\n")
	fmt.Fprintf(&b, "title = %q\n", choice(e, "Trust", "Meeting", "Goals", "Über Ziele")+fmt.Sprint(" ", e.IntN(9)))
	line(50, "description = \"Number %d\"", e.IntN(9))
	line(40, "updated = 2026-0%d-05", 1+e.IntN(9))
	line(20, "slug = %q", e.id("slug"))
	line(10, "aliases = %s", quoted(e.id("before")))
	line(6, "draft = true")
	if !translated {
		line(40, "order = %d", 1+e.IntN(9))
		line(40, "skills = %s", e.terms("skills", 2, 4))
		line(20, "programs = %s", e.references("programs", 1))
		line(20, "toc = %v", e.maybe(50))
		if other := e.any("content/guides/", ".md"); other != "" && !strings.Contains(other, "_index") && !strings.Contains(other, ".es.") {
			line(20, "related = %s", quoted(relative(path.Dir(file), other)))
		}
	}
	if e.files["content/static/a.txt"] != nil {
		line(15, "[[downloads]]\ntitle = \"A\"\nfile = \"/a.txt\"")
	}
	line(10, "[[downloads]]\ntitle = \"Picture\"\nfile = \"picture.jpg\"")
	b.WriteString("+++\n\n")
	b.WriteString(e.prose(path.Dir(file), 1+e.IntN(3)))
	if _, ok := e.files[path.Dir(file)+"/picture.jpg"]; ok {
		b.WriteString("\n\n![Here](picture.jpg)\n")
	}
	line(70, "\n## Next steps\n\nOn you go.\n")
	return b.String()
}

func (e *editor) section() {
	guide := e.any("content/guides/", ".md")
	folder := path.Dir(guide)
	if guide == "" {
		return
	}
	file := folder + choice(e, "/_index.md", "/_index.md", "/_index.es.md")
	if _, ok := e.files[file]; ok && e.maybe(40) {
		delete(e.files, file)
		return
	}
	e.put(file, fmt.Sprintf("+++\ntitle = \"Section %d\"\norder = %d\n+++\n\n%s", e.IntN(20), 1+e.IntN(9), e.prose(folder, 1)))
	if strings.HasSuffix(file, ".es.md") {
		e.put(file, fmt.Sprintf("+++\ntitle = \"Sección %d\"\n+++\n", e.IntN(20)))
	}
}

func (e *editor) goal() string {
	return fmt.Sprintf("title = \"Goal %d\"\ncategory = %q\nskills = %s\nguides = %s\nworksheets = %s\n[[milestones]]\ntitle = \"Half\"\nweek = %d\n",
		e.IntN(50), choice(e, "skill", "career"), e.terms("skills", 2, 4), e.references("guides", e.IntN(2)), e.references("worksheets", e.IntN(2)), 1+e.IntN(9))
}

func (e *editor) worksheet() string {
	return fmt.Sprintf("title = \"Worksheet %d\"\nkind = %q\n[[section]]\ntitle = \"One\"\n[[section.field]]\nid = \"a\"\nlabel = \"A?\"\ntype = %q\n",
		e.IntN(50), choice(e, "plan", "session"), choice(e, "text", "longtext", "date"))
}

func (e *editor) program() string {
	return fmt.Sprintf(`title = "Program %d"
kind = "cohort"
guides = %s
goals = %s
body = """
%s"""
[[cohorts]]
id = "one"
registration_opens = 2026-11-%02d
registration_closes = 2026-12-20
starts = 2027-01-10
ends = 2027-06-01
[[timeline]]
date = 2026-12-%02d
title = "Kick-off"
[[faq]]
question = "Why?"
answer = """
%s"""
`, e.IntN(50), e.references("guides", e.IntN(2)), e.references("goals", e.IntN(2)), e.prose("content/programs", 2), 1+e.IntN(28), 1+e.IntN(28), "Because of [us](/about/).\n")
}

func (e *editor) vocabulary() {
	name := choice(e, "skills", "topics", "stages")
	file := "content/vocabulary/" + name + ".toml"
	text := string(e.files[file])
	switch e.IntN(6) {
	case 0:
		e.put(file, text+fmt.Sprintf("\n[[term]]\nid = %q\nlabel = \"Term %d\"\naliases = [\"alias %d\"]\n", e.id("term"), e.serial, e.serial))
	case 1: // take one away
		terms := strings.SplitAfter(text, "[[term]]")
		i := 1 + e.IntN(max(1, len(terms)-1))
		e.put(file, strings.Join(terms[:i], "")+strings.Join(terms[min(i+1, len(terms)):], ""))
	case 2:
		e.put(file, strings.Replace(text, "label = \"", "label = \"New ", 1+e.IntN(3)))
	case 3:
		e.put(file, strings.Replace(text, "\n[[term]]", "\ndescription = \"Described.\"\n[[term]]", 1))
	case 4:
		if m := termID.FindStringSubmatch(text); m != nil {
			e.put("content/vocabulary/"+name+".es.toml", fmt.Sprintf("[[term]]\nid = %q\nlabel = \"Palabra %d\"\n", m[1], e.IntN(9)))
		}
	case 5:
		delete(e.files, "content/vocabulary/"+name+".es.toml")
	}
}

func (e *editor) page() {
	file := choice(e, "content/about.md", "content/index.md", "content/index.es.md", "content/mentors/_index.md", "content/goals/_index.md", "content/"+e.id("page")+".md", "content/about.es.md")
	if _, ok := e.files[file]; ok && e.maybe(30) {
		delete(e.files, file)
		return
	}
	folder := path.Dir(file)
	slug := ""
	if file == "content/about.es.md" {
		slug = "slug = \"acerca\"\n"
	}
	e.put(file, fmt.Sprintf("+++\ntitle = \"Page %d\"\n%s+++\n\n%s", e.IntN(20), slug, e.prose(folder, 2)))
}

func (e *editor) static() {
	file := "content/static/" + choice(e, "a.txt", "deep/b.txt", "picture.png", "about/index.html", "favicon.ico")
	if _, ok := e.files[file]; ok && e.maybe(50) {
		delete(e.files, file)
		return
	}
	e.put(file, fmt.Sprint("static ", e.IntN(20)))
	if strings.HasSuffix(file, "about/index.html") && e.maybe(70) {
		delete(e.files, file)
	}
}
