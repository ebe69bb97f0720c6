package output

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"github.com/stoa-portal/stoa/generator/internal/diag"
	"github.com/stoa-portal/stoa/generator/internal/digest"
)

// A record says what a destination holds. On disk it is the manifest: lines of fields
// set apart by tabs (which no path holds), between a line that names the format and a checksum
// of all before it.
type record struct {
	inputs digest.Sum // of everything the plan was made from; zero when the caller gave none
	memo   digest.Sum // of the bytes kept for the caller
	kept   []string   // folders in use that were there before Stoa needed them
	files  []entry    // in the plan's order
}

// An entry is one file of a record.
type entry struct {
	path    string
	key     digest.Sum // zero: unknown, to be rendered again
	stamp   stamp      // with modified 0: to be taken when the file is in place
	verdict diag.List  // the warnings of its last rendering
}

// A journal is a record of what the destination will hold, and what is to be done so
// that it does. All of it may be done again after it was done in part.
type journal struct {
	record
	before []string // files to delete before anything moves, since they stand where a folder or file must
	moves  []move   // files and whole folders that go into place
	after  []string // files to delete when all is in place
}

// A move takes a file or folder of the staging folder to a path of the destination;
// the path "" is the destination itself.
type move struct{ from, to string }

// A later format must go on reading this one: a destination whose manifest cannot be
// read is refused.
const format = "stoa output 1\n"

func (j *journal) marshal() ([]byte, error) {
	b := []byte(format)
	line := func(fields ...string) {
		for i, field := range fields {
			if i > 0 {
				b = append(b, '\t')
			}
			b = append(b, field...)
		}
		b = append(b, '\n')
	}
	line("inputs", j.inputs.String())
	line("memo", j.memo.String())
	for _, dir := range j.kept {
		line("kept", dir)
	}
	for _, f := range j.files {
		b = append(b, "file\t"...)
		b = append(b, f.key.String()...)
		for _, n := range [...]int64{f.stamp.size, f.stamp.modified, f.stamp.changed} {
			b = strconv.AppendInt(append(b, '\t'), n, 10)
		}
		if len(f.verdict) == 0 {
			line("", f.path)
			continue
		}
		verdict, err := json.Marshal(f.verdict)
		if err != nil {
			return nil, err
		}
		line("", f.path, string(verdict))
	}
	for _, p := range j.before {
		line("before", p)
	}
	for _, m := range j.moves {
		line("move", m.from, m.to)
	}
	for _, p := range j.after {
		line("after", p)
	}
	return append(b, "sum\t"+digest.Bytes(b).String()+"\n"...), nil
}

// unmarshal reads what marshal wrote, and reports anything else: a torn file, one
// written by another version, one that names files outside the destination (it may have come
// with somebody's pull request).
func (j *journal) unmarshal(data []byte) error {
	*j = journal{}
	body, found := bytes.CutSuffix(data, []byte("\n"))
	end := bytes.LastIndexByte(body, '\n') + 1
	if !found || !bytes.HasPrefix(data, []byte(format)) || string(body[end:]) != "sum\t"+digest.Bytes(data[:end]).String() {
		return fmt.Errorf("the record is damaged or was written by another version of Stoa")
	}
	j.files = make([]entry, 0, bytes.Count(data, []byte("\nfile\t")))
	for line := range strings.Lines(string(data[len(format):end])) {
		word, rest, _ := strings.Cut(strings.TrimSuffix(line, "\n"), "\t")
		var err error
		p := rest
		switch word {
		case "inputs":
			err = j.inputs.UnmarshalText([]byte(rest))
			p = ""
		case "memo":
			err = j.memo.UnmarshalText([]byte(rest))
			p = ""
		case "kept":
			j.kept = append(j.kept, rest)
		case "file":
			var f entry
			f, err = parseEntry(rest)
			p = f.path
			j.files = append(j.files, f)
		case "before":
			j.before = append(j.before, rest)
		case "move":
			from, to, _ := strings.Cut(rest, "\t")
			p = join(from, to)
			j.moves = append(j.moves, move{from, to})
		case "after":
			j.after = append(j.after, rest)
		default:
			err = fmt.Errorf("the record has an unknown line, %q", word)
		}
		if err == nil && p != "" && unstorable(p) != "" {
			err = fmt.Errorf("the record has a path that no file of a site can have, %q", p)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func parseEntry(line string) (entry, error) {
	var f entry
	key, line, _ := strings.Cut(line, "\t")
	if err := f.key.UnmarshalText([]byte(key)); err != nil {
		return f, err
	}
	for _, into := range [...]*int64{&f.stamp.size, &f.stamp.modified, &f.stamp.changed} {
		var number string
		var err error
		number, line, _ = strings.Cut(line, "\t")
		if *into, err = strconv.ParseInt(number, 10, 64); err != nil {
			return f, err
		}
	}
	var verdict string
	if f.path, verdict, _ = strings.Cut(line, "\t"); verdict != "" {
		return f, json.Unmarshal([]byte(verdict), &f.verdict)
	}
	return f, nil
}

// verdicts returns the problems of all files.
func (r *record) verdicts() diag.List {
	var problems diag.List
	for _, f := range r.files {
		problems.Add(f.verdict)
	}
	return problems
}

// folders returns the folders that hold the record's files, all but the destination.
func (r *record) folders() map[string]bool {
	folders := make(map[string]bool)
	for _, f := range r.files {
		for dir := parent(f.path); dir != "" && !folders[dir]; dir = parent(dir) {
			folders[dir] = true
		}
	}
	return folders
}
