package theme_test

import (
	"bytes"
	"compress/gzip"
	"testing"

	"github.com/stoa-portal/stoa/generator/internal/theme"
)

func TestMinifiedLayoutsGiveTheSameDocuments(t *testing.T) {
	declared := readViews(t)
	for layout, view := range viewOf {
		for _, texts := range variants {
			theme.Documents(t, layout, declared.value(view, forLayout(layout, texts)).Interface())
		}
	}
}

func gzipped(t *testing.T, data []byte) int {
	t.Helper()
	var b bytes.Buffer
	w, err := gzip.NewWriterLevel(&b, gzip.BestCompression)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.Write(data); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Len()
}
