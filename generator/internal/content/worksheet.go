package content

import "github.com/stoa-portal/stoa/generator/internal/schema"

// A Worksheet is what content/worksheets/<id>.toml says.
type Worksheet struct {
	Title    string             `toml:"title" required:"yes" max:"160" translate:"yes" doc:"What it is called."`
	Kind     string             `toml:"kind" enum:"agreement,session,reflection,feedback,self-assessment,plan" doc:"What it is for."`
	Stage    string             `toml:"stage" enum:"initial,midpoint,final" doc:"When in the relationship."`
	Audience []string           `toml:"audience" enum:"mentor,mentee,coordinator" doc:"Who fills it in."`
	Summary  string             `toml:"summary" elsewhere:"description" max:"300" translate:"yes" doc:"One or two sentences for lists."`
	FormURL  schema.URL         `toml:"form_url" translate:"yes" doc:"A form elsewhere, when answers are to be sent."`
	Sections []WorksheetSection `toml:"section" elsewhere:"sections" items:"40" translate:"yes" doc:"Its parts."`
	Aliases  []string           `toml:"aliases" items:"20" doc:"Old ids or paths that lead here."`
	Extra    Free               `toml:"extra" translate:"yes" doc:"Free keys for themes."`
}

// A WorksheetSection is a part of a worksheet.
type WorksheetSection struct {
	Title  string           `toml:"title" max:"160" doc:"Its heading."`
	Help   schema.Prose     `toml:"help" doc:"What to do here."`
	Fields []WorksheetField `toml:"field" elsewhere:"fields" items:"60" doc:"What is to be filled in."`
}

// A WorksheetField is a question of a worksheet.
type WorksheetField struct {
	ID       schema.ID    `toml:"id" required:"yes" doc:"Short name, unique in the worksheet; answers are kept under it."`
	Label    string       `toml:"label" required:"yes" max:"300" doc:"The question."`
	Type     string       `toml:"type" enum:"text,longtext,date,number,scale,choice,checkbox,list,table" default:"text" doc:"How it is answered."`
	Options  []string     `toml:"options" items:"40" max:"160" doc:"Answers to choose from."`
	Columns  []string     `toml:"columns" items:"12" max:"80" doc:"Columns of a table."`
	Min      *float64     `toml:"min" min:"-1000000000" doc:"Least number, or start of a scale."`
	Max      *float64     `toml:"max" min:"-1000000000" doc:"Greatest number, or end of a scale."`
	Required bool         `toml:"required" doc:"Whether it has to be answered."`
	Help     schema.Prose `toml:"help" max:"600" doc:"A hint."`
}

// MaxSteps is the most steps that a field of type scale may have.
const MaxSteps = 21
