package civil

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/BurntSushi/toml"
)

func TestParse(t *testing.T) {
	for _, good := range []string{"2026-10-12", "2024-02-29", "0001-01-01", "9999-12-31"} {
		if d, err := Parse(good); err != nil || d.String() != good {
			t.Errorf("%s is read as %s, %v", good, d, err)
		}
	}
	for _, bad := range []string{"", "2026-2-3", "2026-02-30", "2025-02-29", "2026-13-01", "2026-00-01", "0000-01-01", "12.10.2026", "2026/10/12", "2026-10-12T00:00", "２０２６-10-12", "-026-10-12"} {
		if d, err := Parse(bad); err == nil {
			t.Errorf("%q is read as %s", bad, d)
		}
	}
}

func TestArithmetic(t *testing.T) {
	day := Of(2026, time.December, 31)
	for _, row := range [][2]string{
		{day.AddDays(1).String(), "2027-01-01"},
		{day.AddDays(-365).String(), "2025-12-31"},
		{day.AddMonths(2).String(), "2027-02-28"},
		{day.AddMonths(14).String(), "2028-02-29"},
		{day.AddMonths(-1).String(), "2026-11-30"},
		{Of(2026, 3, 29).AddDays(1).String(), "2026-03-30"}, // a night of 23 hours in Europe
		{day.Weekday().String(), "Thursday"},
		{Date{}.String(), ""},
	} {
		if row[0] != row[1] {
			t.Errorf("got %s, want %s", row[0], row[1])
		}
	}
	if year, week := Of(2027, 1, 1).Week(); year != 2026 || week != 53 {
		t.Errorf("1 January 2027 is in week %d of %d", week, year)
	}
	if days := Of(2028, 3, 1).DaysSince(Of(2028, 2, 1)); days != 29 {
		t.Errorf("%d days", days)
	}
	if !day.After(Date{}) || day.Before(day) || day.Compare(Of(2027, 1, 1)) != -1 || !(Date{}).IsZero() || (Date{}).Valid() {
		t.Error("the days are not in order")
	}
}

func TestToday(t *testing.T) {
	now := time.Date(2026, 11, 23, 23, 30, 0, 0, time.UTC)
	auckland, err := time.LoadLocation("Pacific/Auckland")
	if err != nil {
		t.Skip(err)
	}
	if got := Today(auckland, now).String() + " " + Today(time.UTC, now).String(); got != "2026-11-24 2026-11-23" {
		t.Error(got)
	}
}

func TestEncodings(t *testing.T) {
	type holder struct {
		Day  Date `toml:"day"`
		None Date `toml:"none"`
	}
	want := holder{Day: Of(2026, 10, 12)}
	text, err := json.Marshal(want)
	if err != nil || string(text) != `{"Day":"2026-10-12","None":""}` {
		t.Errorf("%s, %v", text, err)
	}
	var got holder
	if err := json.Unmarshal(text, &got); err != nil || got != want {
		t.Errorf("%v, %v", got, err)
	}
	got = holder{}
	if _, err := toml.Decode("day = 2026-10-12", &got); err != nil || got != want {
		t.Errorf("%v, %v", got, err)
	}
	if _, err := toml.Decode(`day = "soon"`, &got); err == nil {
		t.Error("a text is taken for a date")
	}
}
