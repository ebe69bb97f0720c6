package schema

import (
	"fmt"
	"slices"
	"strings"
)

// Describe writes a table for people, in Markdown: its keys, and after them the tables inside
// it, each under a heading of the level given.
func Describe(t *Table, level int) string {
	var b strings.Builder
	describe(&b, &t.Field, "", level)
	return b.String()
}

func describe(b *strings.Builder, f *Field, prefix string, level int) {
	translatable := slices.ContainsFunc(f.Fields, func(f Field) bool { return f.Translatable })
	b.WriteString("| key | takes | meaning |")
	if translatable {
		b.WriteString(" translated |")
	}
	b.WriteString("\n|---|---|---|")
	if translatable {
		b.WriteString("---|")
	}
	b.WriteByte('\n')
	for i := range f.Fields {
		field := &f.Fields[i]
		name := "`" + field.Name + "`"
		if field.Required {
			name = "**" + name + "** *"
		}
		meaning := field.Doc
		if !field.Public {
			meaning += " Not published."
		}
		fmt.Fprintf(b, "| %s | %s | %s |", name, escapeCell(field.takes()), escapeCell(meaning))
		if translatable {
			if field.Translatable {
				b.WriteString(" yes |")
			} else {
				b.WriteString(" |")
			}
		}
		b.WriteByte('\n')
	}
	for i := range f.Fields {
		field := &f.Fields[i]
		name, inner := prefix+field.Name, field
		heading := "[" + name + "]"
		switch {
		case field.Type == TypeList && field.Item.Type == TypeTable:
			heading, inner = "["+heading+"]", field.Item
		case field.Type == TypeMap && field.Item.Type == TypeTable:
			name += ".<name>"
			heading, inner = "["+name+"]", field.Item
		case field.Type != TypeTable:
			continue
		}
		fmt.Fprintf(b, "\n%s `%s`\n\n%s\n\n", strings.Repeat("#", level), heading, field.Doc)
		describe(b, inner, name+".", level)
	}
}

// takes says what kind of value a field takes, with its bounds.
func (f *Field) takes() string {
	words := f.kindWords()
	if f.Default != "" {
		standard := f.Default
		if f.Type != TypeBoolean && f.Type != TypeWhole && f.Type != TypeNumber {
			standard = fmt.Sprintf("%q", standard)
		}
		words += "; " + standard + " unless said otherwise"
	}
	return words
}

func (f *Field) kindWords() string {
	if len(f.Enum) > 0 {
		quoted := make([]string, len(f.Enum))
		for i, word := range f.Enum {
			quoted[i] = fmt.Sprintf("`%q`", word)
		}
		return oneOf(quoted)
	}
	switch f.Type {
	case TypeList:
		if f.Item.Type == TypeTable {
			return fmt.Sprintf("`[[%s]]` entries, at most %d", f.Name, f.Items)
		}
		if len(f.Item.Enum) > 0 {
			return "list: " + f.Item.kindWords()
		}
		return fmt.Sprintf("list, at most %d: %s", f.Items, f.Item.kindWords())
	case TypeTable:
		return "table `[" + f.Name + "]`"
	case TypeMap:
		if f.Item.Type == TypeTable {
			return "tables `[" + f.Name + ".<name>]`"
		}
		if len(f.Item.Enum) > 0 {
			return "table `[" + f.Name + "]` of " + f.Item.kindWords()
		}
		return "table `[" + f.Name + "]` of numbers"
	case TypeFree:
		return "table `[" + f.Name + "]`"
	case TypeBoolean:
		return "true or false"
	case TypeDate:
		return "date, such as 2026-10-12"
	case TypeWhole, TypeNumber:
		if f.Min != nil && *f.Min <= -1_000_000 || f.Max != nil && *f.Max >= 1_000_000 {
			return string(f.Type)
		}
		return fmt.Sprintf("%s, %s to %s", f.Type, trimFloat(*f.Min), trimFloat(*f.Max))
	}
	if name, ok := strings.CutPrefix(f.Ref, "vocabulary/"); ok {
		return "word of `vocabulary/" + name + ".toml`"
	} else if f.Ref != "" {
		return "one of `" + f.Ref + "`"
	}
	words := map[Type]string{
		TypeText: "one line", TypeProse: "text", TypeMarkdown: "Markdown", TypeURL: "web address", TypeLink: "web address, or a path in the site such as /mentors/",
		TypePath: "file", TypeEmail: "e-mail address", TypeContact: "e-mail or web address", TypeOrigin: "host", TypeZone: "time zone (IANA)",
		TypeCountry: "country (ISO 3166-1, two capitals)", TypeLanguage: "language tag (BCP 47)", TypeColour: "colour, such as #0a5c8a", TypeID: "id: small letters, digits, hyphens",
	}[f.Type]
	switch f.Type {
	case TypeText, TypeProse, TypeMarkdown:
		return fmt.Sprintf("%s, at most %s characters", words, trimFloat(*f.Max))
	}
	return words
}

func escapeCell(text string) string { return strings.ReplaceAll(text, "|", `\|`) }
