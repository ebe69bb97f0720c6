package pages

import "github.com/stoa-portal/stoa/generator/internal/markdown"

// tocHeadings is the most headings that a table of contents shows unfolded.
const tocHeadings = 40

// headings are the table of contents of a text: a tree, whatever levels the text skips.
func headings(d *markdown.Document) []Heading {
	if d == nil {
		return nil
	}
	all := d.Headings()
	return outline(all, len(all) > tocHeadings)
}

// outline makes a tree of headings in a row.
func outline(flat []markdown.Heading, folded bool) []Heading {
	var tree []Heading
	for i := 0; i < len(flat); {
		h := flat[i]
		end := i + 1
		for end < len(flat) && flat[end].Level > h.Level {
			end++
		}
		inner := outline(flat[i+1:end], folded)
		tree = append(tree, Heading{ID: h.ID, Text: h.Text, Level: h.Level, Inner: inner, Folded: folded && len(inner) > 0})
		i = end
	}
	return tree
}
