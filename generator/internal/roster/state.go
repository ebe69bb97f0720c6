package roster

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"github.com/stoa-portal/stoa/generator/internal/diag"
)

// StateFile is where an import remembers what it last saw, in the site's folder. It is
// committed with the profiles.
const StateFile = ".stoa/roster.json"

// KeyVariable is the environment variable with the secret by which e-mail addresses become
// digests.
const KeyVariable = "STOA_ROSTER_KEY"

// minKey is the fewest characters of that secret.
const minKey = 16

// A state is what the last import saw of each row. Values that are published are kept as they
// are, long ones and all others as digests; e-mail addresses only as digests with the secret, or
// not at all.
type state struct {
	Version int               `json:"version"`
	Check   string            `json:"check,omitempty"` // digest that tells whether the secret is the same
	Mentors map[string]*entry `json:"mentors"`         // by id
	Passed  []string          `json:"passed_over,omitempty"`
}

// An entry is what is remembered of one row.
type entry struct {
	Key    string                     `json:"key"`
	Hidden string                     `json:"hidden,omitempty"` // why the import hid the profile: "gone" or "consent"
	Before string                     `json:"before,omitempty"` // its visibility before that
	Photo  string                     `json:"photo,omitempty"`
	Values map[string]json.RawMessage `json:"values,omitempty"` // by path
}

func readState(data []byte, problems *diag.List) *state {
	s := &state{Version: 1, Mentors: map[string]*entry{}}
	if data == nil {
		return s
	}
	if err := json.Unmarshal(data, s); err != nil {
		offset := 0
		if fault, ok := errors.AsType[*json.SyntaxError](err); ok {
			offset = int(fault.Offset) - 1
		}
		problems.Errorf(diag.PlaceAt(StateFile, data, offset), "syntax", "what the last import remembered cannot be read: take back the last change of this file, or delete it to begin anew (then every difference between a profile and its row is a conflict)")
		return nil
	}
	if s.Version != 1 {
		problems.Errorf(diag.Place{File: StateFile}, "version", "the file was written by a later version of Stoa")
		return nil
	}
	if s.Mentors == nil {
		s.Mentors = map[string]*entry{}
	}
	for id, e := range s.Mentors {
		if e == nil {
			delete(s.Mentors, id)
		}
	}
	return s
}

func (s *state) bytes() []byte {
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", " ")
	if err := encoder.Encode(s); err != nil {
		return nil // nothing in it that JSON cannot hold
	}
	return b.Bytes()
}

// A keeper makes digests, with the secret when there is one.
type keeper struct{ secret string }

func (k keeper) digest(parts ...string) string {
	mac := hmac.New(sha256.New, []byte(k.secret))
	for _, part := range parts {
		fmt.Fprintf(mac, "%d:%s", len(part), part)
	}
	return hex.EncodeToString(mac.Sum(nil)[:16])
}

// key is a row's key as it is remembered: an e-mail address as a digest.
func (k keeper) key(text string) string {
	text = strings.ToLower(strings.TrimSpace(text))
	if hasAddress(text) {
		return "hmac:" + k.digest("key", text)
	}
	return "id:" + text
}

// longest is the most bytes of a value that is remembered as it is.
const longest = 120

// remember is a value as it is kept. It is nil when it must not be.
func (k keeper) remember(id, path string, canonical string, public bool) json.RawMessage {
	if hasAddress(canonical) && k.secret == "" {
		return nil
	}
	list := strings.HasPrefix(canonical, "[") && !strings.Contains(canonical, "{")
	if public && !hasAddress(canonical) && (len(canonical) <= longest || list) && !strings.HasPrefix(canonical, `"~`) {
		return json.RawMessage(canonical)
	}
	return json.RawMessage(`"~` + k.digest(id, path, canonical) + `"`)
}

// same tells whether a value is the remembered one.
func (k keeper) same(kept json.RawMessage, id, path string, canonical string) bool {
	if bytes.HasPrefix(kept, []byte(`"~`)) {
		return string(kept) == `"~`+k.digest(id, path, canonical)+`"`
	}
	var compact bytes.Buffer
	if json.Compact(&compact, kept) != nil {
		return false
	}
	return compact.String() == canonical
}
