package pages

// A MatchView is the page that suggests mentors: layouts/match.html, at /match/. Its list is
// computed in the browser, from match/facts.json; without a script it leads to the directory's lists.
type MatchView struct {
	Page
	Questions []MatchQuestion // those with terms; the mentee's own sentences first
	Programs  []RequestProgram
	Zones     bool // whether the time zone counts
	Mentors   int  // listed
	Limit     int  // how many mentors one may ask at once
	Ranking   []MatchWeight
	Favoured  bool // whether some free places are known, so that they count
}

// A MatchQuestion is one that a mentee may answer or leave open.
type MatchQuestion struct {
	Facet
	Known  bool // the theme has words for the question; else it asks by the facet's label
	Groups []TermGroup
}

// A MatchWeight says how much a question counts.
type MatchWeight struct {
	Label   string
	Percent int // of all questions, when each is answered
}
