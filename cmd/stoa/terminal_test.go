package main

import (
	"fmt"
	"regexp"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stoa-portal/stoa/generator"
)

// warnings are n warnings of a rule, and one error.
func warnings(t *testing.T, n int, rule string) (list generator.Problems) {
	t.Helper()
	for i := range n {
		p := generator.Problem{Rule: rule, Message: "look at this"}
		p.File, p.Line = fmt.Sprintf("content/mentors/m%d.toml", i), i+1
		if err := p.Severity.UnmarshalText([]byte("warning")); err != nil {
			t.Fatal(err)
		}
		list = append(list, p)
	}
	return append(list, generator.Problem{Rule: "x", Message: "this is wrong"})
}

func TestWarningsAreCutShortOnTerminalsOnly(t *testing.T) {
	flood := append(warnings(t, 300, "thin-profile"), warnings(t, 3, "overdue")...)
	for _, c := range []struct {
		name        string
		screen, all bool
		list        generator.Problems
		lines       int
	}{
		{"a pipe", false, false, flood, 305},
		{"a terminal", true, false, flood, 5 + 1 + 3 + 2 + 1},
		{"check", true, true, flood, 305},
		{"a few", true, false, warnings(t, 100, "thin-profile"), 101},
	} {
		var b strings.Builder
		(&terminal{err: &b, errScreen: c.screen}).problems(c.list, "p", c.all)
		if got := strings.Count(b.String(), "\n"); got != c.lines {
			t.Errorf("%s: %d lines, want %d:\n%s", c.name, got, c.lines, b.String())
		}
		if strings.Count(b.String(), "this is wrong") != len(c.list)-c.list.Warnings() {
			t.Errorf("%s: an error is missing", c.name)
		}
		if cut := c.lines < len(c.list); cut != strings.Contains(b.String(), "… and 295 more warnings like it (thin-profile)") {
			t.Errorf("%s:\n%s", c.name, b.String())
		}
	}
}

func TestProblemLines(t *testing.T) {
	for _, c := range []struct{ file, message, want string }{
		{"content/mentors/a.toml", "no", "../p/content/mentors/a.toml:3:7: no"},
		{"config.toml", "no", "../p/config.toml:3:7: no"},
		{"stoa/themes/default/theme.toml", "no", "stoa/themes/default/theme.toml:3:7: no"},
		{"content/mentors/\x1b[2J.toml", "say \u202etxt", "../p/content/mentors/\\u001b[2J.toml:3:7: say \\u202etxt"},
		{"", "the site is wrong", "the site is wrong"},
	} {
		var b strings.Builder
		p := generator.Problem{Message: c.message}
		if p.File = c.file; p.File != "" {
			p.Line, p.Column = 3, 7
		}
		(&terminal{err: &b}).problem(p, "../p")
		if b.String() != c.want+"\n" {
			t.Errorf("got %q, want %q", b.String(), c.want)
		}
	}
}

func TestProgressBeginsAfterASecond(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var b strings.Builder
		screen := &terminal{err: &b, errScreen: true}
		show, clear := screen.progress("Rendering: %d of %s", "file")
		for i := range 200 {
			time.Sleep(10 * time.Millisecond) // of the bubble's clock: no time passes
			show(i+1, 200)
			if i < 99 && b.Len() > 0 {
				t.Fatalf("after %d ms: %q", 10*(i+1), b.String())
			}
		}
		if n := strings.Count(b.String(), "\r"); n < 5 || n > 11 {
			t.Errorf("%d lines in a second: %q", n, b.String())
		}
		clear()
		if !regexp.MustCompile(`\r +\r$`).MatchString(b.String()) {
			t.Errorf("the line stays: %q", b.String())
		}
		if show, _ := (&terminal{err: &b}).progress("Rendering: %d of %s", "file"); show != nil {
			t.Error("progress where there is no terminal")
		}
	})
}

func TestSpan(t *testing.T) {
	for d, want := range map[time.Duration]string{
		12 * time.Millisecond: "12 ms", 620 * time.Millisecond: "0.6 s", 90 * time.Second: "90.0 s", 0: "0 ms",
	} {
		if got := span(d); got != want {
			t.Errorf("span(%v) = %q, want %q", d, got, want)
		}
	}
}

func TestClickable(t *testing.T) {
	for address, want := range map[string]string{
		"http://127.0.0.1:8080/p/": "http://127.0.0.1:8080/p/",
		"http://[::]:8080/p/":      "http://localhost:8080/p/",
		"http://0.0.0.0:8080/":     "http://localhost:8080/",
		"http://[::1]:8080/":       "http://[::1]:8080/",
	} {
		if got := clickable(address); got != want {
			t.Errorf("clickable(%q) = %q, want %q", address, got, want)
		}
	}
}
