package server

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stoa-portal/stoa/generator/internal/diag"
)

func TestFail(t *testing.T) {
	s := showing("/repo/", files)
	var problems diag.List
	problems.Errorf(diag.At("content/mentors/ana.toml", 2, 3), "unknown-key", `unknown key "nmae" (did you mean "name"?)`)
	problems.Errorf(diag.At("content/x.md", 1, 1), "html", `<script>alert("x")</script> is not allowed`)
	problems.Warnf(diag.Place{}, "base-url", "no base_url")
	source := func(file string) []byte {
		if file == "content/mentors/ana.toml" {
			return []byte("one\n\t名<b>nmae\nthree\nfour\nfive\n")
		}
		return nil
	}
	s.Fail(problems, source)
	for _, path := range []string{"/repo/", "/repo/mentors/ana/", "/repo/none"} {
		r := ask(s, "GET", path)
		body := text(r)
		if r.StatusCode != 500 || r.Header.Get("Cache-Control") != "no-store" || r.Header.Get("Content-Security-Policy") == "" {
			t.Errorf("%s: %d %v", path, r.StatusCode, r.Header)
		}
		for _, want := range []string{
			"<h1>2 errors, 1 warning</h1>", "content/mentors/ana.toml:2:3", "did you mean &#34;name&#34;?", "&lt;script&gt;alert",
			"\t名<mark>&lt;</mark>b&gt;nmae", "\t\u3000^", `href="/repo/__stoa/view.css"`, `src="/repo/__stoa/live.js"`, "the site as a whole",
		} {
			if !strings.Contains(body, want) {
				t.Errorf("%s: no %q in\n%s", path, want, body)
			}
		}
		for _, not := range []string{"<script>", "<b>", "<style", " style=", "five"} {
			if strings.Contains(body, not) {
				t.Errorf("%s: %q in\n%s", path, not, body)
			}
		}
	}
	if r := ask(s, "GET", "/repo/robots.txt"); r.StatusCode != 200 {
		t.Errorf("a file that is no page: %d", r.StatusCode)
	}
	if r := ask(s, "GET", "/repo/none.css", "Accept", "text/css"); r.StatusCode != 404 {
		t.Errorf("a stylesheet that is not there: %d", r.StatusCode)
	}
	if r := ask(s, "GET", "/repo/", "Accept", "*/*"); !strings.Contains(text(r), "content/x.md:1:1: <script>") || !strings.HasPrefix(r.Header.Get("Content-Type"), "text/plain") {
		t.Error("no plain text for a program")
	}
	s.Show(site(files))
	if r := ask(s, "GET", "/repo/"); r.StatusCode != 200 {
		t.Errorf("after the next plan: %d", r.StatusCode)
	}
}

func TestExcerpt(t *testing.T) {
	long := strings.Repeat("x", 500) + "!" + strings.Repeat("y", 500)
	for _, row := range []struct {
		source       string
		line, column int
		want         string
	}{
		{"a\nb\nc\nd\ne\nf\n", 3, 0, "1 a|2 b|3 c|4 d|5 e|"},
		{"a\r\nbc\r\n", 2, 2, "1 a|2 b[c]|0  [^]|"},
		{"a\n", 1, 1, "1 [a]|0 [^]|"},
		{"ab", 1, 9, "1 ab|0   [^]|"},
		{"\uFEFFab", 1, 1, "1 [a]b|0 [^]|"},
		{"a\x00\xff\u202eb", 1, 5, "1 a␀\uFFFD\uFFFD[b]|0     [^]|"},
		{"e\u0301x", 1, 3, "1 e\u0301[x]|0  [^]|"},
		{long, 1, 501, "1 " + strings.Repeat("x", 80) + "[!]" + strings.Repeat("y", 79) + "|0 " + strings.Repeat(" ", 80) + "[^]|"},
		{"a", 7, 1, ""},
		{"", 1, 1, ""},
	} {
		var got strings.Builder
		for _, line := range excerpt(diag.At("f", row.line, row.column), func(string) []byte { return []byte(row.source) }) {
			fmt.Fprintf(&got, "%d %s", line.Number, line.Before)
			if line.Mark != "" {
				fmt.Fprintf(&got, "[%s]", line.Mark)
			}
			got.WriteString(line.After + "|")
		}
		if got.String() != row.want {
			t.Errorf("%.20q at %d:%d: %q, want %q", row.source, row.line, row.column, got.String(), row.want)
		}
	}
}

func TestManyProblems(t *testing.T) {
	var problems diag.List
	for i := range 250 {
		problems.Errorf(diag.At("f", i+1, 1), "r", "wrong")
	}
	s := New(Options{})
	s.Fail(problems, nil)
	body := text(ask(s, "GET", "/"))
	if n := strings.Count(body, "<li "); n != 100 || !strings.Contains(body, "And 150 more") || !strings.Contains(body, "250 errors") {
		t.Errorf("%d problems shown", n)
	}
}
