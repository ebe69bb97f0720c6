package corpus

import (
	"math/rand/v2"
	"strings"
	"unicode"
	"unicode/utf8"
)

// common are the most frequent words of the texts.
var common = strings.Fields(`the of and to a in is that for it as with was on be at by I this from or have an they which
you were their there been has when who will more if no out so said what up its about into than them can only other new
some could time these two may then do first any my now such like our over man me even most made after also did many before
must through back years where much your way well down should because each just those people too little state good very make
world still own see work long get here between both life being under never day same another know while last might us great
old year off come since against go came right used take three students research mentor meeting question goal career advice
experience university writing reading learning teaching project team listen honest week month help plan data laboratory
field language family city future decide change begin finish try fail again patient curious feedback practice`)

var (
	onsets  = strings.Fields("b c d f g h l m n p r s t v w br cl gr pr sh st tr")
	vowels  = strings.Fields("a a e e i o o u ea ou")
	codas   = strings.Fields("l m n n r r s t nd st")
	endings = strings.Fields("al ant ed en er ing ion ist ity ive ly ment ous")
)

// A lexicon is the portal's words, the most frequent first: common English ones, then
// invented ones.
type lexicon struct{ words []string }

func newLexicon(seed uint64) *lexicon {
	r := rand.New(rand.NewPCG(seed, 0x6c657869636f6e))
	l := &lexicon{}
	known := map[string]bool{}
	for _, word := range common {
		if !known[word] {
			known[word] = true
			l.words = append(l.words, word)
		}
	}
	for len(l.words) < wordCount {
		var b strings.Builder
		for range 1 + r.IntN(2) {
			b.WriteString(pick(r, onsets))
			b.WriteString(pick(r, vowels))
			if r.IntN(3) == 0 {
				b.WriteString(pick(r, codas))
			}
		}
		if r.IntN(2) == 0 {
			b.WriteString(pick(r, onsets) + pick(r, endings))
		} else {
			b.WriteString(pick(r, onsets) + pick(r, vowels))
		}
		if word := b.String(); len(word) > 3 && !known[word] {
			known[word] = true
			l.words = append(l.words, word)
		}
	}
	return l
}

// A writer writes texts of the words of a lexicon.
type writer struct {
	*rand.Rand
	lexicon *lexicon
	zipf    *rand.Zipf
}

func (s *site) writer(r *rand.Rand) *writer {
	return &writer{r, s.words, rand.NewZipf(r, 1.15, 4, wordCount-1)}
}

func (w *writer) word() string { return w.lexicon.words[w.zipf.Uint64()] }

// phrase is a few words, the first with a capital letter.
func (w *writer) phrase(from, to int) string {
	words := make([]string, from+w.IntN(to-from+1))
	for i := range words {
		words[i] = w.word()
	}
	return capital(strings.Join(words, " "))
}

func (w *writer) sentence() string {
	text := w.phrase(5, 18)
	if at := strings.Index(text[len(text)/2:], " "); at > 0 && w.IntN(2) == 0 {
		at += len(text) / 2
		text = text[:at] + "," + text[at:]
	}
	return text + "."
}

// paragraphs is Markdown of at least so many words. Each of the extras, such as a
// link, ends a sentence of its own somewhere in it.
func (w *writer) paragraphs(words int, extras ...string) string {
	var b strings.Builder
	for count, inParagraph := 0, 0; count < words; {
		sentence := w.sentence()
		n := strings.Count(sentence, " ") + 1
		count, inParagraph = count+n, inParagraph+n
		switch w.IntN(14) {
		case 0:
			sentence = strings.Replace(sentence, " "+w.middle(sentence)+" ", " **"+w.middle(sentence)+"** ", 1)
		case 1:
			if len(extras) > 0 {
				sentence = strings.TrimSuffix(sentence, ".") + " " + extras[0] + "."
				extras = extras[1:]
			}
		}
		b.WriteString(sentence)
		if inParagraph > 45 || count >= words {
			b.WriteString("\n\n")
			inParagraph = 0
		} else {
			b.WriteString(" ")
		}
	}
	for _, extra := range extras {
		b.WriteString(w.phrase(3, 6) + " " + extra + ".\n\n")
	}
	return strings.TrimSuffix(b.String(), "\n")
}

// middle is the word in the middle of a sentence.
func (w *writer) middle(sentence string) string {
	words := strings.Fields(sentence)
	return strings.Trim(words[len(words)/2], ",.")
}

// capital gives a text a capital first letter.
func capital(text string) string {
	first, size := utf8.DecodeRuneInString(text)
	return string(unicode.ToUpper(first)) + text[size:]
}

// shorten cuts a text to a number of characters, at a word's end.
func shorten(text string, characters int) string {
	runes := []rune(text)
	if len(runes) <= characters {
		return text
	}
	short := string(runes[:characters])
	return short[:strings.LastIndex(short, " ")]
}
