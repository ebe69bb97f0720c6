package photo

import (
	"fmt"
	"testing"
)

func TestInitials(t *testing.T) {
	tests := []struct{ name, want string }{
		{"Ana Díaz Soler", "AS"},
		{"ana díaz", "AD"},
		{"Cher", "C"},
		{"  Maria   Clara  ", "MC"},
		{"Jean-Pierre O’Neill", "JO"},
		{"J. R. R. Tolkien", "JT"},
		{"Dr. Ángela Núñez", "ÁN"},
		{"Prof. Dr. Wei", "W"},
		{"Grace Hopper, PhD", "GH"},
		{"William (Bill) Gates", "WG"},
		{"Wei Zhang (张 伟)", "WZ"},
		{"“Kit” Marlowe", "KM"},
		{"ʻOkina Kealoha", "OK"},
		{"E\u0301ric Zola", "ÉZ"},
		{"ǆemal Ibrahimović", "ǅI"},
		{"Łukasz Żak", "ŁŻ"},
		{"Ωmega Ψάλτης", "ΩΨ"},
		{"Лев Толстой", "ЛТ"},
		{"ნინო ბერიძე", "ნბ"},
		{"张伟", "张"},
		{"山田 太郎", "山"},
		{"김민준", "김"},
		{"ジョン・スミス", "ジ"},
		{"ליאור כהן", "לכ"},
		{"ليلى حداد", "ل\u200Cح"},
		{"मीरा शर्मा", "मीश"},
		{"สมชาย ใจดี", "สจ"},
		{"แก้ว เพชร", "กพ"},
		{"கமலா ராஜன்", "கரா"},
		{"2Pac Shakur", "2S"},
		{"👩🏽‍🚀", "👩🏽‍🚀"},
		{"...", "."},
		{"(Bob)", "B"},
		{"\xff\xfe", "\xff"},
		{"", ""},
	}
	for _, test := range tests {
		if got := Initials(test.name); got != test.want {
			t.Errorf("%q gives %q, want %q", test.name, got, test.want)
		}
	}
}

func TestHue(t *testing.T) {
	var steps [Hues]int
	for i := range 1200 {
		steps[Hue(fmt.Sprintf("mentor-%d", i))]++
	}
	for step, n := range steps {
		if n < 60 || n > 140 {
			t.Errorf("step %d: %d of 1200", step, n)
		}
	}
	if Hue("ana-díaz") != 3 {
		t.Errorf("colours of existing sites moved: %d", Hue("ana-díaz"))
	}
}
