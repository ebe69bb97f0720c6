package theme

import (
	"slices"
	"strconv"
	"strings"

	"github.com/stoa-portal/stoa/generator/internal/civil"
)

// Number writes a whole number or a decimal, at most two places, with this language's
// separators. A number that is not known, a nil pointer, is "".
func (l *Language) Number(value any) string {
	if pointer, ok := value.(*float64); ok && pointer == nil {
		return ""
	}
	text := strconv.FormatFloat(float(value), 'f', 2, 64)
	whole, fraction, _ := strings.Cut(text, ".")
	fraction = strings.TrimRight(fraction, "0")
	sign := ""
	if digits, negative := strings.CutPrefix(whole, "-"); negative {
		sign, whole = "\u2212", digits
	}
	if len(whole) > 4 {
		var groups []string
		for len(whole) > 3 {
			groups = append([]string{whole[len(whole)-3:]}, groups...)
			whole = whole[:len(whole)-3]
		}
		whole = strings.Join(append([]string{whole}, groups...), l.Word(wordGroup))
	}
	if fraction != "" {
		whole += l.Word(wordDecimal) + fraction
	}
	return sign + whole
}

// Date writes a day: "2 March 2026". The zero date is "".
func (l *Language) Date(d civil.Date) string {
	if d.IsZero() {
		return ""
	}
	return l.Word(wordDate, "day", strconv.Itoa(d.Day), "month", l.month(listMonths, int(d.Month)), "year", strconv.Itoa(d.Year))
}

// MonthYear writes a month: "March 2026". The zero date is "".
func (l *Language) MonthYear(d civil.Date) string {
	if d.IsZero() {
		return ""
	}
	return l.Word(wordMonth, "month", l.month(listMonths, int(d.Month)), "year", strconv.Itoa(d.Year))
}

// Month is the short name of a month, 1 to 12; "" for any other number.
func (l *Language) Month(number int) string { return l.month(listShort, number) }

func (l *Language) month(list string, number int) string {
	names := l.dictionary.lists[list]
	if names == nil {
		names = l.theme.fallback.lists[list]
	}
	if number < 1 || number > len(names) {
		return ""
	}
	return names[number-1]
}

// join writes "a, b and c". An item that runs against the language's direction does not
// reorder the others.
func (l *Language) join(items []string) string {
	if len(items) < 2 {
		return strings.Join(items, "")
	}
	items = slices.Clone(items)
	for i, item := range items {
		items[i] = l.isolate(item)
	}
	last := len(items) - 1
	return strings.Join(items[:last], l.Word(wordComma)) + l.Word(wordAnd) + items[last]
}

func float(value any) float64 {
	switch value := value.(type) {
	case int:
		return float64(value)
	case int64:
		return float64(value)
	case float64:
		return value
	case *float64:
		if value != nil {
			return *value
		}
	}
	return 0
}
