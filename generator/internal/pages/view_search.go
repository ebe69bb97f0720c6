package pages

// A SearchView is the page that searches the whole site: layouts/search.html. Without
// scripts it leads to the lists.
type SearchView struct {
	Page
	Facets []Facet // without their terms
	Names  string  // site path of the index by name, or "" when nobody is listed
}

// A NamesView is the index of mentors by name: layouts/names.html, at /browse/a-z/.
type NamesView struct {
	Page
	Pager   Pager
	Letters []Letter    // of the whole list
	Groups  []NameGroup // what this page shows of it
}

// A Letter leads to where it begins in the index by name.
type Letter struct {
	Label string
	URL   string
}

// A NameGroup is the names under one letter.
type NameGroup struct {
	ID    string // of the heading
	Label string
	Names []Name
}

// A Name is a mentor in the index.
type Name struct {
	URL, Name, NameLocal, Lang string
	Role                       string // title and organization in one line
}
