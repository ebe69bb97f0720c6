package config

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/stoa-portal/stoa/generator/internal/civil"
)

// A Constraint says which versions of Stoa a site is written for: "1.x", "1.4.x",
// "1.4.2" or ">=1.4". The empty Constraint allows all.
type Constraint string

var constraintPattern = regexp.MustCompile(`^(>=)?\s*(\d{1,6})(?:\.(\d{1,6}|x))?(?:\.(\d{1,6}|x))?$`)

// bounds are the numbers of a constraint; open ones are left out.
type bounds struct {
	atLeast bool
	numbers []int
}

func (c Constraint) parse() (bounds, error) {
	if c == "" {
		return bounds{}, nil
	}
	m := constraintPattern.FindStringSubmatch(string(c))
	if m == nil {
		return bounds{}, fmt.Errorf("%q says no versions: write \"1.x\" or \">=1.2\"", string(c))
	}
	b := bounds{atLeast: m[1] != ""}
	for _, part := range m[2:] {
		if part == "" || part == "x" {
			break
		}
		n, err := strconv.Atoi(part)
		if err != nil {
			return bounds{}, err
		}
		b.numbers = append(b.numbers, n)
	}
	return b, nil
}

// Allows tells whether a version such as "1.4.2" or "v1.4.2-rc.1" is one of those. A
// version that is no release, such as "(devel)", is always allowed.
func (c Constraint) Allows(version string) bool {
	b, err := c.parse()
	if err != nil || c == "" {
		return err == nil
	}
	release, _, _ := strings.Cut(strings.TrimPrefix(version, "v"), "-")
	var numbers []int
	for part := range strings.SplitSeq(release, ".") {
		n, err := strconv.Atoi(part)
		if err != nil {
			return true
		}
		numbers = append(numbers, n)
	}
	for i, want := range b.numbers {
		have := 0
		if i < len(numbers) {
			have = numbers[i]
		}
		if have != want {
			return b.atLeast && have > want
		}
	}
	return true
}

// An Interval is a length of time: "12 months", "90 days", "8 weeks", "1 year" or "never".
type Interval string

var intervalPattern = regexp.MustCompile(`^(\d{1,4}) (day|week|month|year)s?$`)

// parse gives the interval in months and days; none of both for "never".
func (i Interval) parse() (months, days int, err error) {
	if i == "" || i == "never" {
		return 0, 0, nil
	}
	m := intervalPattern.FindStringSubmatch(string(i))
	if m == nil || strings.Trim(m[1], "0") == "" {
		return 0, 0, fmt.Errorf("%q is no length of time: write \"12 months\", \"90 days\" or \"never\"", string(i))
	}
	n, err := strconv.Atoi(m[1])
	if err != nil {
		return 0, 0, err
	}
	switch m[2] {
	case "day":
		return 0, n, nil
	case "week":
		return 0, 7 * n, nil
	case "month":
		return n, 0, nil
	}
	return 12 * n, 0, nil
}

// After is the day on which the interval that begins on d is over; false when it never is.
func (i Interval) After(d civil.Date) (civil.Date, bool) {
	months, days, err := i.parse()
	if err != nil || months == 0 && days == 0 {
		return civil.Date{}, false
	}
	return d.AddMonths(months).AddDays(days), true
}

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
