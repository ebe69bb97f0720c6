package main

import (
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/stoa-portal/stoa/generator/internal/digest"
	"github.com/stoa-portal/stoa/generator/internal/search"
	"github.com/stoa-portal/stoa/generator/internal/turn"
)

// A judged is a collection of texts, questions, and which texts answer which questions.
type judged struct {
	texts     map[string][2]string // title and text by id
	questions map[string]string
	relevance map[string]map[string]int // of texts by question
}

// judge indexes a collection and tells the mean nDCG@10 of its questions (Järvelin and Kekäläinen 2002).
//
// The folder holds texts (*.all, *.docs or *.trec), questions (*.qry, *.query or *.topics) and judgements (*rel or *.qrels), each in the
// format of SMART (.I .T .W) or of TREC (<DOC>, <top>). Judgements are lines of a question, a text and,
// when there is a third or fourth number, how relevant it is.
func judge(folder string, w io.Writer) error {
	c := judged{texts: map[string][2]string{}, questions: map[string]string{}, relevance: map[string]map[string]int{}}
	entries, err := os.ReadDir(folder)
	if err != nil {
		return err
	}
	for _, entry := range entries {
		data, err := os.ReadFile(filepath.Join(folder, entry.Name()))
		if err != nil {
			return err
		}
		name, text := strings.ToLower(entry.Name()), string(data)
		switch {
		case strings.HasSuffix(name, "rel") || strings.HasSuffix(name, "qrels"):
			c.readJudgements(text)
		case strings.HasSuffix(name, ".qry") || strings.HasSuffix(name, ".query") || strings.HasSuffix(name, ".topics"):
			for id, parts := range readRecords(text) {
				c.questions[id] = strings.TrimSpace(parts[0] + " " + parts[1])
			}
		case strings.HasSuffix(name, ".all") || strings.HasSuffix(name, ".docs") || strings.HasSuffix(name, ".trec"):
			for id, parts := range readRecords(text) {
				c.texts[id] = parts
			}
		}
	}
	mean, asked, err := c.ndcg()
	if err != nil {
		return err
	}
	fmt.Fprintf(w, "%d texts, %d questions: nDCG@10 %.3f\n", len(c.texts), asked, mean)
	return nil
}

// readRecords reads texts or questions: title and text by id.
func readRecords(text string) map[string][2]string {
	records := map[string][2]string{}
	id, part, number := "", byte(0), 0
	add := func(words string) {
		r := records[id]
		if part == 'T' {
			r[0] += words + " "
		} else {
			r[1] += words + " "
		}
		records[id] = r
	}
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		switch {
		case strings.HasPrefix(line, ".I"):
			number++
			id, part = strings.TrimLeft(strings.TrimSpace(line[2:]), "0"), 0
		case len(line) == 2 && line[0] == '.':
			part = line[1]
		case strings.HasPrefix(line, "<DOCNO>") || strings.HasPrefix(line, "<num>"):
			id = strings.TrimSpace(strings.NewReplacer("<DOCNO>", "", "</DOCNO>", "", "<num>", "", "Number:", "").Replace(line))
			part = 'W'
		case strings.HasPrefix(line, "<title>") || strings.HasPrefix(line, "<TITLE>"):
			part = 'T'
			add(strings.NewReplacer("<title>", "", "<TITLE>", "", "</TITLE>", "", "Topic:", "").Replace(line))
			part = 'W'
		case strings.HasPrefix(line, "<"):
		case id != "" && (part == 'T' || part == 'W'):
			add(line)
		}
	}
	return records
}

func (c *judged) readJudgements(text string) {
	for line := range strings.Lines(text) {
		f := strings.Fields(line)
		if len(f) < 2 {
			continue
		}
		question, document, relevance := strings.TrimLeft(f[0], "0"), f[1], 1
		if len(f) >= 4 { // question, iteration, text, relevance
			if n, err := strconv.Atoi(f[3]); err == nil && !strings.Contains(f[3], ".") {
				document, relevance = f[2], n
			}
		}
		if len(f) == 3 {
			if n, err := strconv.Atoi(f[2]); err == nil {
				relevance = n
			}
		}
		if c.relevance[question] == nil {
			c.relevance[question] = map[string]int{}
		}
		c.relevance[question][document] = relevance
	}
}

// ndcg indexes the texts and asks the questions.
func (c *judged) ndcg() (mean float64, asked int, err error) {
	kind := search.Kind{Name: "guide"}
	for id := range c.texts {
		kind.IDs = append(kind.IDs, id)
	}
	slices.Sort(kind.IDs)
	kind.Document = func(i int) search.Document {
		id := kind.IDs[i]
		parts := c.texts[id]
		return search.Document{
			Sum: digest.Of(id, parts),
			Texts: func() []search.Text {
				return []search.Text{{Field: search.Name, Words: parts[0]}, {Field: search.Body, Words: parts[1]}}
			},
			Card: []string{parts[0], "", id},
		}
	}
	index, err := search.New(search.Source{Language: "en", Week: turn.Week(2026, 48), Kinds: []search.Kind{{Name: "mentor"}, kind}}, nil)
	if err != nil {
		return 0, 0, err
	}
	files := map[string][]byte{}
	for _, f := range index.Files {
		files[f.Path] = f.Data
	}
	o, err := search.Open(func(path string) ([]byte, error) { return files[path], nil })
	if err != nil {
		return 0, 0, err
	}
	// Some collections number the judgements' questions by their place.
	ids := slices.SortedFunc(func(yield func(string) bool) {
		for id := range c.questions {
			if !yield(id) {
				return
			}
		}
	}, func(a, b string) int { x, _ := strconv.Atoi(a); y, _ := strconv.Atoi(b); return x - y })
	byPlace := 0
	for place, id := range ids {
		if c.relevance[id] == nil && c.relevance[strconv.Itoa(place+1)] != nil {
			byPlace++
		}
	}
	total := 0.0
	for place, id := range ids {
		relevance := c.relevance[id]
		if byPlace > 0 {
			relevance = c.relevance[strconv.Itoa(place+1)]
		}
		if len(relevance) == 0 {
			continue
		}
		result, err := o.Search(search.Query{Q: c.questions[id] + " ", Kinds: []string{"guide"}, Count: 10, Literal: true})
		if err != nil {
			return 0, 0, err
		}
		gain := 0.0
		for i, hit := range result.Hits {
			if relevance[hit.ID()] > 0 {
				gain += 1 / math.Log2(float64(i)+2)
			}
		}
		ideal, n := 0.0, 0
		for _, r := range relevance {
			if r > 0 && n < 10 {
				ideal += 1 / math.Log2(float64(n)+2)
				n++
			}
		}
		if ideal > 0 {
			total += gain / ideal
			asked++
		}
	}
	return total / float64(max(asked, 1)), asked, nil
}
