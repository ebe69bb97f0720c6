package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestJudge(t *testing.T) {
	collections := map[string]map[string]string{
		"SMART": {
			"few.all": ".I 1\n.T\nwings\n.A\nsomebody\n.W\nlift of swept wings at speed\n.I 2\n.T\nbread\n.W\nrye and wheat\n.I 3\n.T\nspeed\n.W\nfast trains\n",
			"few.qry": ".I 001\n.W\nlift of a swept wing\n.I 007\n.W\nrye loaves of bread\n",
			"fewrel":  "1 1 2\n2 2 3\n", // by the questions' places, as Cranfield has them
		},
		"TREC": {
			"few.trec":   "<DOC>\n<DOCNO>a-1</DOCNO>\n<TEXT>\nlift of swept wings\n</TEXT>\n</DOC>\n<DOC>\n<DOCNO>b-2</DOCNO>\nrye and wheat bread\n</DOC>\n",
			"few.topics": "<top>\n<num> Number: 51\n<title> Topic: rye bread\n</top>\n",
			"few.qrels":  "51 0 b-2 1\n51 0 a-1 0\n",
		},
	}
	for name, files := range collections {
		dir := t.TempDir()
		for file, text := range files {
			if err := os.WriteFile(filepath.Join(dir, file), []byte(text), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		var out strings.Builder
		if err := judge(dir, &out); err != nil || !strings.HasSuffix(out.String(), "nDCG@10 1.000\n") {
			t.Errorf("%s: %v %s", name, err, out.String())
		}
	}
}
