package pages

import (
	"github.com/stoa-portal/stoa/generator/internal/content"
	"github.com/stoa-portal/stoa/generator/internal/output"
)

func (e *edition) worksheetRows() []output.File {
	worksheets := e.Portal.Worksheets
	if len(worksheets) == 0 {
		return nil
	}
	build := func() WorksheetsView {
		view := WorksheetsView{Page: e.indexHead("worksheets", "title.worksheets")}
		for _, w := range worksheets {
			view.Worksheets = append(view.Worksheets, e.worksheetCard(w))
		}
		return view
	}
	files := []output.File{page(e, "worksheets", "worksheets/", build, nil)}
	for _, w := range worksheets {
		files = append(files, page(e, "worksheet", "worksheets/"+w.ID+"/", func() WorksheetView { return e.worksheetView(w) }, nil))
	}
	return files
}

func (e *edition) worksheetCard(w *content.Record[content.Worksheet]) WorksheetCard {
	v := w.In(e.lang).Value
	return WorksheetCard{
		URL: e.prefix + "worksheets/" + w.ID + "/", Title: v.Title, Summary: v.Summary, Lang: e.foreign(recordLang(e, w)),
		Type: v.Kind, Stage: v.Stage, Audience: v.Audience,
	}
}

func (e *edition) worksheetCards(ids []string) []WorksheetCard {
	var cards []WorksheetCard
	for _, id := range ids {
		if w := byID(e.Portal.Worksheets, id); w != nil {
			cards = append(cards, e.worksheetCard(w))
		}
	}
	return cards
}

func (e *edition) worksheetView(w *content.Record[content.Worksheet]) WorksheetView {
	r := w.In(e.lang)
	v := r.Value
	site := "worksheets/" + w.ID + "/"
	head := e.head("worksheet", v.Title, v.Summary, site, recordLang(e, w))
	head.Alternates = e.alternates(translations(e, w, fixed(site)))
	head.Breadcrumbs = e.crumbs(Link{Label: e.words.Word("title.worksheets"), URL: e.site.Worksheets})
	head.EditURL = e.editURL(r.File)
	view := WorksheetView{Page: head, WorksheetCard: e.worksheetCard(w), ID: w.ID, Markdown: e.prefix + worksheetMarkdown(w.ID), FormURL: string(v.FormURL)}
	for _, s := range v.Sections {
		section := WorksheetSection{Title: s.Title, Help: string(s.Help)}
		for _, f := range s.Fields {
			section.Fields = append(section.Fields, WorksheetField{
				ID: string(f.ID), Label: f.Label, Help: string(f.Help), Type: f.Type, Options: f.Options, Columns: f.Columns,
				Min: f.Min, Max: f.Max, Steps: steps(f), Required: f.Required,
			})
		}
		view.Sections = append(view.Sections, section)
	}
	return view
}

// steps are the numbers of a scale.
func steps(f content.WorksheetField) []int {
	if f.Type != "scale" || f.Min == nil || f.Max == nil {
		return nil
	}
	var numbers []int
	for n := int(*f.Min); n <= int(*f.Max) && len(numbers) < content.MaxSteps; n++ {
		numbers = append(numbers, n)
	}
	return numbers
}
