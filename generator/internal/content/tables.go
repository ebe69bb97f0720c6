package content

import "github.com/stoa-portal/stoa/generator/internal/schema"

// The field table of each kind of file.
var (
	mentorTable     = schema.TableOf[Mentor]("mentor", "content/mentors/<id>.toml: one mentor")
	programTable    = schema.TableOf[Program]("program", "content/programs/<id>.toml: one program")
	guideTable      = schema.TableOf[Guide]("guide", "front matter of content/guides/**/<slug>.md: one guide")
	pageTable       = schema.TableOf[Page]("page", "front matter of content/index.md, of a plain page, or of an _index.md")
	goalTable       = schema.TableOf[Goal]("goal", "content/goals/<id>.toml: one goal template")
	worksheetTable  = schema.TableOf[Worksheet]("worksheet", "content/worksheets/<id>.toml: one worksheet")
	vocabularyTable = schema.TableOf[Vocabulary]("vocabulary", "content/vocabulary/<name>.toml: the words a facet knows")
)

// Tables is the field table of every kind of file in content/, in the order of the
// reference. fields are the site's own fields of mentors.
func Tables(fields []schema.Field) []*schema.Table {
	return []*schema.Table{
		mentorTable.With("fields", fields), programTable, guideTable, pageTable, goalTable, worksheetTable, vocabularyTable,
	}
}

// VocabularyNames are the names of the files in content/vocabulary.
var VocabularyNames = []string{"skills", "topics", "stages", "industries", "styles"}

// References yields what a record refers to: the ids and words in fields that name something
// else. T is one of this package's types.
func References[T any](r *Record[T]) func(yield func(schema.Reference) bool) {
	return schema.References(tableOf[T](), &r.Value)
}

func tableOf[T any]() *schema.Table {
	switch any((*T)(nil)).(type) {
	case *Mentor:
		return mentorTable
	case *Program:
		return programTable
	case *Guide:
		return guideTable
	case *Page:
		return pageTable
	case *Goal:
		return goalTable
	case *Worksheet:
		return worksheetTable
	}
	return vocabularyTable
}
