package diag

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"
)

// WriteText writes one problem a line, sorted.
func (l List) WriteText(w io.Writer) error {
	for _, p := range l.Sorted() {
		if _, err := fmt.Fprintln(w, p); err != nil {
			return err
		}
	}
	return nil
}

// WriteJSON writes the sorted problems as a JSON array, [] when there is none.
func (l List) WriteJSON(w io.Writer) error {
	sorted := l.Sorted()
	if sorted == nil {
		sorted = List{}
	}
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	return encoder.Encode(sorted)
}

// WriteGitHub writes the sorted problems as workflow commands, which GitHub Actions
// shows as annotations on the changed lines of a pull request. prefix is the source
// folder's path inside the repository, "" for its root. The escaping rules are those
// of the @actions/core toolkit.
func (l List) WriteGitHub(w io.Writer, prefix string) error {
	data := strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A")
	property := strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C")
	for _, p := range l.Sorted() {
		var properties []string
		if p.File != "" {
			file := p.File
			if prefix != "" {
				file = strings.TrimSuffix(prefix, "/") + "/" + file
			}
			properties = append(properties, "file="+property.Replace(file))
		}
		if p.Line > 0 {
			properties = append(properties, fmt.Sprintf("line=%d", p.Line))
		}
		if p.Column > 0 {
			properties = append(properties, fmt.Sprintf("col=%d", p.Column))
		}
		properties = append(properties, "title="+property.Replace(p.Rule))
		if _, err := fmt.Fprintf(w, "::%s %s::%s\n", p.Severity, strings.Join(properties, ","), data.Replace(p.Message)); err != nil {
			return err
		}
	}
	return nil
}

// ReadJSON reads what WriteJSON wrote.
func ReadJSON(data []byte) (List, error) {
	var l List
	err := json.Unmarshal(data, &l)
	return l, err
}
