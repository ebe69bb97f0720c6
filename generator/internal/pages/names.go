package pages

import (
	"slices"
	"strconv"

	"github.com/stoa-portal/stoa/generator/internal/output"
	"github.com/stoa-portal/stoa/generator/internal/portal"
)

// namesPerPage is how many mentors a page of the index by name lists: a line each.
const namesPerPage = 300

// namesSite is the path of the index by name.
const namesSite = "browse/a-z/"

// namesPath is the index's path in this edition, or "" when nobody is listed.
func (e *edition) namesPath() string {
	if len(e.Portal.Listed) == 0 {
		return ""
	}
	return e.prefix + namesSite
}

// An initial is a letter of the index and the mentors under it.
type initial struct {
	letter  string
	mentors []*portal.Mentor
	first   int // of them, counted through the whole index
}

// initials puts mentors under their letters. A name that sorts before the letter it stands
// under, such as one that begins with an apostrophe, comes first there.
func (e *edition) initials() []initial {
	sorted, letters := portal.ByName(e.Portal.Listed, e.lang)
	var all []initial
	for i, m := range sorted {
		at := slices.IndexFunc(all, func(x initial) bool { return x.letter == letters[i] })
		if at < 0 {
			at = len(all)
			all = append(all, initial{letter: letters[i]})
		}
		all[at].mentors = append(all[at].mentors, m)
	}
	n := 0
	for i := range all {
		all[i].first = n
		n += len(all[i].mentors)
	}
	return all
}

// nameRows are the pages of the index by name.
func (e *edition) nameRows() []output.File {
	if len(e.Portal.Listed) == 0 {
		return nil
	}
	all := e.initials()
	type entry struct {
		letter int // in all
		mentor *portal.Mentor
	}
	var entries []entry
	for i, initial := range all {
		for _, m := range initial.mentors {
			entries = append(entries, entry{i, m})
		}
	}
	title := e.words.Word("names.title")
	return paginate(e, namesSite, entries, namesPerPage, func(site string, shown []entry, pager Pager) output.File {
		build := func() NamesView {
			head := e.head("names", title, e.words.Word("names.description"), site, "")
			head.Alternates = e.alternates(everywhere(site))
			head.Breadcrumbs = e.crumbs(Link{Label: e.words.Word("title.mentors"), URL: e.site.Mentors})
			if pager.Number > 1 {
				head.Breadcrumbs = append(head.Breadcrumbs, Link{Label: title, URL: e.prefix + namesSite})
				head.Title = title + " · " + e.words.Word("pager.page", "number", pager.Number)
			}
			view := NamesView{Page: head, Pager: pager}
			for i, initial := range all {
				number := initial.first/namesPerPage + 1
				address := ""
				if number != pager.Number {
					address = e.prefix + pageAddress(namesSite, number)
				}
				view.Letters = append(view.Letters, Letter{Label: initial.letter, URL: address + "#" + letterID(i)})
			}
			for i, x := range shown {
				if i == 0 || shown[i-1].letter != x.letter {
					view.Groups = append(view.Groups, NameGroup{ID: letterID(x.letter), Label: all[x.letter].letter})
				}
				group := &view.Groups[len(view.Groups)-1]
				group.Names = append(group.Names, e.name(x.mentor))
			}
			return view
		}
		return page(e, "names", site, build, nil)
	})
}

// letterID is the id of a letter's heading.
func letterID(i int) string { return "letter-" + strconv.Itoa(i+1) }

func (e *edition) name(m *portal.Mentor) Name {
	v := m.In(e.lang).Value
	return Name{
		URL: e.prefix + "mentors/" + m.ID + "/", Name: v.Name, NameLocal: v.NameLocal, Lang: e.foreign(recordLang(e, m.Record)),
		Role: e.parts(v.Title, v.Organization),
	}
}
