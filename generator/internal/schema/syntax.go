package schema

import (
	"fmt"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// explain says in words for the author of a file what the TOML parser could not read,
// and where to look. offset is the parser's place; the expression it was reading
// begins after reached.
func explain(data string, offset, reached int, message string) (int, string) {
	offset = min(offset, len(data))
	begin := beginning(data, reached)
	has := func(part string) bool { return strings.Contains(message, part) }
	character := ""
	if r, size := utf8.DecodeRuneInString(data[offset:]); size > 0 && r != '\n' {
		character = string(r)
	}
	switch {
	case has("nested"):
		return begin, fmt.Sprintf("tables and lists are nested more than %d deep here", deepest)
	case has("expected '=' after key"):
		if character == ":" {
			return offset, `this is not written as TOML: use "=" instead of ":", and put text in quotes (name = "Ana")`
		}
		if strings.HasPrefix(data[begin:], "- ") {
			return begin, notList
		}
		if r, _ := utf8.DecodeRuneInString(character); unicode.IsLetter(r) && offset > 0 && data[offset-1] != ' ' {
			return offset, fmt.Sprintf(`a key cannot hold %q: keys are made of the letters a to z, digits, "_" and "-"`, character)
		}
		return offset, `"=" is missing after the key; every line is written as key = value, with text in quotes`
	case has("at start of key"):
		switch {
		case character == "-" || character == "*":
			return offset, notList
		case character == "=":
			return offset, `the key before "=" is missing`
		}
		return offset, fmt.Sprintf(`a key cannot begin with %q: keys are made of the letters a to z, digits, "_" and "-", and every line is key = value`, character)
	case has("reached end of input"):
		return offset, "the file ends in the middle of a line: a key is missing"
	case has("start of value"), has("expected keyword"), has("expected digit"), has(`expected "`), has("not end of input"), has("number after sign"):
		return badValue(data, offset, character)
	case has("strings must be quoted"):
		return begin, `text needs quotes: write it as "…"`
	case has("leading zeroes") && figuresOfDate.MatchString(data[offset:]):
		return offset, wrongDate
	case has("leading zeroes"):
		return offset, `a number does not begin with 0; if this is no number, put it in quotes`
	case has("between underscores"), has("radix prefix"), has("decimal point"), has("exponent"):
		return offset, "this number is not written as numbers are (12, 1.5); if it is no number, put it in quotes"
	case has("array is incomplete"):
		return begin, `the list that begins here is never closed: "]" is missing`
	case has("after array value"):
		return offset, `a comma is missing before this, or "]" at the end of the list`
	case has("expected value but got"):
		return offset, "there is a comma too many in this list"
	case has("inline table is incomplete"):
		return begin, `the table that begins here is never closed: "}" is missing`
	case has("inline table"):
		return offset, `a comma is missing or too many in this table, or "}" at its end`
	case has("cannot have new lines"):
		return offset, `the text is not closed on its line: a quotation mark is missing at its end (text over several lines goes between """ and """)`
	case has("not terminated"):
		return begin, `the text that begins here is never closed: """ is missing at its end`
	case has("unterminated"):
		return begin, "the text that begins here is never closed: a quotation mark is missing at its end"
	case has("too many quotes"):
		return offset, `too many quotation marks: a text between """ and """ cannot hold three in a row`
	case has("invalid escape"), has(`need a character after \`), has("escape"):
		return offset, `a backslash begins a special character, and there is none like this: write \\ for a backslash, or put the text in single quotes`
	case has("close table name"), has("close array table name"):
		return offset, `a header is written [name], or [[name]] for an entry of a list; its closing bracket is missing`
	case has("expected newline"):
		return afterValue(data, offset, begin, character)
	case has("arriage return"):
		return offset, "a line ends here in a way that is no longer used (CR alone): save the file with normal line endings"
	case has("control characters"):
		return offset, fmt.Sprintf("there is an invisible control character here (%U): delete it", []rune(character + "\x00")[0])
	}
	return offset, "this cannot be read as TOML (" + message + ")"
}

const notList = `this is not written as TOML: every line is key = value, and a list is key = ["one", "two"]`

// beginning finds where the expression begins that follows what was read: after blank
// lines and comments.
func beginning(data string, reached int) int {
	at := min(reached, len(data))
	if newline := strings.IndexByte(data[at:], '\n'); reached > 0 && newline >= 0 {
		at += newline + 1
	} else if reached > 0 {
		return at
	}
	for at < len(data) {
		rest := data[at:]
		trimmed := strings.TrimLeft(rest, " \t\n")
		at += len(rest) - len(trimmed)
		if !strings.HasPrefix(trimmed, "#") {
			break
		}
		newline := strings.IndexByte(trimmed, '\n')
		if newline < 0 {
			break
		}
		at += newline + 1
	}
	return at
}

func badValue(data string, offset int, character string) (int, string) {
	word := data[offset:]
	if end := strings.IndexAny(word, "\n#,]}"); end >= 0 {
		word = word[:end]
	}
	word = strings.TrimSpace(word)
	switch strings.ToLower(word) {
	case "true", "yes", "on":
		return offset, `write true in small letters, without quotes`
	case "false", "no", "off":
		return offset, `write false in small letters, without quotes`
	case "null", "none", "nil", "~":
		return offset, "there is no empty value: leave the line out"
	case "":
		return offset, `the value is missing after "="`
	}
	if strings.ContainsAny(character, "“”„‟«»‘’‚‛`´") {
		return offset, fmt.Sprintf("%s is a typographic quotation mark: text goes between straight ones, \"…\"", character)
	}
	if strings.ContainsRune(word, ' ') || unicode.IsLetter([]rune(word)[0]) {
		if runes := []rune(word); len(runes) > 30 {
			word = string(runes[:30]) + "…"
		}
		return offset, fmt.Sprintf("text needs quotes: write %q", word)
	}
	return offset, fmt.Sprintf("%q is no value: text goes in quotes, a list in [ and ]", character)
}

const wrongDate = "a date is written with the year first, such as 2026-10-12 for the 12th of October; any other text goes in quotes"

// figuresOfDate is how a date begins that is not written as in TOML: 12/10/2026, 12.10.2026, 2026/10/12.
var figuresOfDate = regexp.MustCompile(`^(\d{1,2}[/.-]\d{1,2}[/.-]\d{4}|\d{1,2}/\d{1,2}/\d{2}|\d{4}[/.]\d{1,2}[/.]\d{1,2})(\s|$)`)

func afterValue(data string, offset, begin int, character string) (int, string) {
	if character == "\r" {
		return offset, "a line ends here in a way that is no longer used (CR alone): save the file with normal line endings"
	}
	expression := data[min(begin, offset):offset]
	value := expression
	if _, after, ok := strings.Cut(expression, "="); ok {
		value = strings.TrimSpace(after)
	}
	switch {
	case strings.HasPrefix(value, `""`) && strings.HasPrefix(data[offset:], `"`), strings.HasPrefix(value, `"`):
		return offset, `something follows the end of the text: inside a text in "…", a quotation mark is written \"`
	case strings.HasPrefix(value, "'"):
		return offset, `something follows the end of the text: a text with an apostrophe goes in "…"`
	case strings.HasPrefix(strings.TrimSpace(expression), "["):
		return offset, "something follows the header on its line: begin a new line"
	case figuresOfDate.MatchString(value + data[offset:]):
		return offset, wrongDate
	case value != "" && value[0] >= '0' && value[0] <= '9':
		return offset, `something follows the number: if all of it is text, put it in quotes`
	}
	return offset, "something follows the value on its line: begin a new line"
}
