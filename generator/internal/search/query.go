package search

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"
)

// What a query may ask for; their twins are in engine.js.
const (
	longestQuery = 400 // of its characters that count, in UTF-16 units
	mostWords    = 24  // of a query, and begun by one
	enough       = 10  // documents: a word that so many have is not looked for as a beginning
	strictWords  = 3   // up to so many words, all must be found

	worthExact, worthBegun, worthNear = 4, 2, 2
)

// A wordFile is a file of words that was read.
type wordFile struct {
	forms   map[string]*openedFamily
	aliases map[string]string // form to stem, in another file
	stems   map[string]*openedFamily
	order   []string // forms and aliases as they stand in the file
}

type openedFamily struct {
	stem   string
	forms  []string
	common bool
	posts  []byte
}

// each visits the documents with their impacts.
func (f *openedFamily) each(visit func(document, impact int)) error {
	u := unpacker{bytes: f.posts}
	for u.at < len(u.bytes) && u.err == nil {
		group := u.number()
		u.ascending(group>>4, func(document int) { visit(document, group&15) })
	}
	return u.err
}

func (f *openedFamily) count() int {
	n := 0
	_ = f.each(func(int, int) { n++ })
	return n
}

func (o *Opened) wordFile(i int) (*wordFile, error) {
	if i < 0 {
		return nil, nil
	}
	if w := o.words[i]; w != nil {
		return w, nil
	}
	data, err := o.file("w", i)
	if err != nil || data == nil {
		return nil, err
	}
	w := &wordFile{forms: map[string]*openedFamily{}, aliases: map[string]string{}, stems: map[string]*openedFamily{}}
	u := unpacker{bytes: data}
	var families []*openedFamily
	var sizes []int
	stem := ""
	for range u.number() {
		stem = u.sharing(stem)
		flags := u.number()
		f := &openedFamily{stem: stem, common: flags&1 != 0}
		for range flags >> 1 {
			form := u.sharing(stem)
			f.forms = append(f.forms, form)
			w.forms[form] = f
			w.order = append(w.order, form)
		}
		sizes = append(sizes, u.number())
		families = append(families, f)
		w.stems[stem] = f
	}
	for range u.number() {
		form := u.text()
		w.aliases[form] = u.sharing(form)
		w.order = append(w.order, form)
	}
	for i, f := range families {
		f.posts = u.take(sizes[i])
	}
	o.words[i] = w
	return w, u.err
}

// resolve is the family of a word in a file, which may name one in another file.
func (o *Opened) resolve(w *wordFile, form string) (*openedFamily, error) {
	if w == nil {
		return nil, nil
	}
	stem, elsewhere := w.aliases[form]
	if !elsewhere {
		return w.forms[form], nil
	}
	i, err := o.find("w", stem)
	if err != nil {
		return nil, err
	}
	home, err := o.wordFile(i)
	if err != nil || home == nil {
		return nil, err
	}
	return home.stems[stem], nil
}

func (o *Opened) lookup(word string) (*openedFamily, error) {
	i, err := o.find("w", word)
	if err != nil {
		return nil, err
	}
	w, err := o.wordFile(i)
	if err != nil {
		return nil, err
	}
	return o.resolve(w, word)
}

// beginning is the families that have a word which begins so, of at most three files.
func (o *Opened) beginning(start string) ([]*openedFamily, error) {
	from, err := o.find("w", start)
	if err != nil {
		return nil, err
	}
	to, err := o.find("w", start+"\uD7FF")
	if err != nil {
		return nil, err
	}
	var found []*openedFamily
	for i := max(from, 0); i <= min(to, from+2); i++ {
		w, err := o.wordFile(i)
		if err != nil {
			return nil, err
		}
		if w == nil {
			continue
		}
		for _, form := range w.order {
			if form != start && strings.HasPrefix(form, start) && !strings.Contains(form, " ") {
				f, err := o.resolve(w, form)
				if err != nil {
					return nil, err
				}
				if f != nil && !slices.Contains(found, f) {
					found = append(found, f)
				}
			}
		}
	}
	slices.SortFunc(found, func(a, b *openedFamily) int {
		return cmp.Or(cmp.Compare(len(b.posts), len(a.posts)), strings.Compare(a.stem, b.stem))
	})
	return found[:min(len(found), mostWords)], nil
}

// rarity is how much it says that a document has a word that so many have.
func rarity(having, documents int) int {
	n, d := float64(having), float64(documents)
	return max(1, int(math.Floor(16*math.Log2(1+(d-n+0.5)/(n+0.5))+0.5)))
}

// An expansion is what one word of a query finds.
type expansion struct {
	word      string
	common    bool
	forms     []string
	families  []*openedFamily
	worth     []int
	corrected string
}

func (o *Opened) expand(word string, open, literal bool) (*expansion, error) {
	own, err := o.lookup(word)
	if err != nil {
		return nil, err
	}
	x := &expansion{word: word, common: own != nil && own.common}
	add := func(families []*openedFamily, factor int) {
		having := 0
		var added []*openedFamily
		for _, f := range families {
			if f == nil || slices.Contains(x.families, f) || slices.Contains(added, f) {
				continue
			}
			n := f.count()
			if f.common {
				n = max(n, o.total>>2)
			}
			having += n
			added = append(added, f)
		}
		worth := factor * rarity(min(having, o.total), o.total)
		for _, f := range added {
			x.families, x.worth = append(x.families, f), append(x.worth, worth)
		}
	}
	if own != nil {
		add([]*openedFamily{own}, worthExact)
		x.forms = append(x.forms, own.forms...)
	}
	first, size := utf8.DecodeRuneInString(word)
	begins := open && len(utf16.Encode([]rune(word))) > 1
	if strings.ContainsFunc(word, isDense) {
		begins = isDense(first) && size == len(word)
	}
	if few := own == nil || !own.common && own.count() < enough; few && begins {
		families, err := o.beginning(word)
		if err != nil {
			return nil, err
		}
		add(families, worthBegun)
		for _, f := range families {
			for _, form := range f.forms {
				if strings.HasPrefix(form, word) {
					x.forms = append(x.forms, form)
				}
			}
		}
	}
	if len(x.families) == 0 && !literal {
		near, err := o.nearest(word, 4)
		if err != nil {
			return nil, err
		}
		var families []*openedFamily
		for _, n := range near {
			if n.distance != near[0].distance {
				continue
			}
			f, err := o.lookup(n.form)
			if err != nil {
				return nil, err
			}
			families = append(families, f)
			x.forms = append(x.forms, n.form)
		}
		if len(near) > 0 {
			add(families, worthNear)
			x.corrected = near[0].form
		}
	}
	return x, nil
}

// A matched is what a query finds before filters.
type matched struct {
	documents []int // any word, in no order
	scores    []int
	words     []int // how many of the query's words that are not common
	needed    int
	strict    bool
	forms     []string
	corrected *[2]string // the query and what was looked for in its place
}

// match finds the documents that have any word of a query; nil for one without words.
func (o *Opened) match(q string, literal bool) (*matched, error) {
	q = cutUnits(q, longestQuery)
	var words []string
	for _, t := range Tokens(q) {
		if !slices.Contains(words, t) {
			words = append(words, t)
		}
	}
	if words = words[:min(len(words), mostWords)]; len(words) == 0 {
		return nil, nil
	}
	last, _ := utf8.DecodeLastRuneInString(q)
	open := unicode.IsLetter(last) || unicode.IsNumber(last) || unicode.IsMark(last)
	m := &matched{scores: make([]int, o.space), words: make([]int, o.space), strict: len(words) <= strictWords}
	best := make([]int, o.space)
	var to []string
	for i, word := range words {
		x, err := o.expand(word, open && i == len(words)-1, literal)
		if err != nil {
			return nil, err
		}
		var touched []int
		for j, f := range x.families {
			err := f.each(func(document, impact int) {
				if document >= o.space {
					return
				}
				if best[document] == 0 {
					touched = append(touched, document)
				}
				best[document] = max(best[document], x.worth[j]*impact)
			})
			if err != nil {
				return nil, err
			}
		}
		for _, document := range touched {
			if m.scores[document] == 0 {
				m.documents = append(m.documents, document)
			}
			m.scores[document] += best[document]
			if !x.common {
				m.words[document]++
			}
			best[document] = 0
		}
		if !x.common {
			m.needed++
		}
		for _, form := range x.forms {
			if !slices.Contains(m.forms, form) {
				m.forms = append(m.forms, form)
			}
		}
		to = append(to, cmp.Or(x.corrected, word))
		if x.corrected != "" {
			m.corrected = &[2]string{}
		}
	}
	if err := o.addPhrases(m, words); err != nil {
		return nil, err
	}
	if m.corrected != nil {
		*m.corrected = [2]string{strings.Join(words, " "), strings.Join(to, " ")}
	}
	return m, nil
}

// addPhrases gives more to documents that have a skill which is some of the words in a row.
func (o *Opened) addPhrases(m *matched, words []string) error {
	for from := range words {
		for to := from + 2; to <= min(from+mostPhrase, len(words)); to++ {
			family, err := o.lookup(strings.Join(words[from:to], " "))
			if err != nil {
				return err
			}
			if family == nil {
				continue
			}
			worth := worthExact * rarity(family.count(), o.total)
			err = family.each(func(document, impact int) {
				if document < o.space && m.scores[document] > 0 {
					m.scores[document] += worth * impact
				}
			})
			if err != nil {
				return err
			}
		}
	}
	return nil
}

// cutUnits is the beginning of a text, in UTF-16 units as JavaScript counts.
func cutUnits(text string, units int) string {
	for i, r := range text {
		if units -= utf16.RuneLen(r); units < 0 {
			return text[:i]
		}
	}
	return text
}
