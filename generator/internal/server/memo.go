package server

import (
	"bytes"
	"container/list"
	"errors"
	"fmt"
	"runtime/debug"
	"sync"

	"github.com/stoa-portal/stoa/generator/internal/diag"
)

// A memo remembers rendered files, those asked for last, up to a number of bytes. What
// it holds under a name is right for ever, since the name includes the key.
type memo struct {
	mu      sync.Mutex
	room    int // bytes left
	largest int // bytes of one file that is remembered
	entries map[memoName]*list.Element
	order   *list.List // of *memoEntry, the last one asked for in front
}

type memoName struct{ path, key string }

type memoEntry struct {
	name memoName
	body []byte
}

func newMemo(room, largest int) *memo {
	return &memo{room: room, largest: largest, entries: make(map[memoName]*list.Element), order: list.New()}
}

func (m *memo) get(name memoName) ([]byte, bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	element, ok := m.entries[name]
	if !ok {
		return nil, false
	}
	m.order.MoveToFront(element)
	return element.Value.(*memoEntry).body, true
}

func (m *memo) put(name memoName, body []byte) {
	if len(body) > m.largest {
		return
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if _, ok := m.entries[name]; ok {
		return
	}
	m.entries[name] = m.order.PushFront(&memoEntry{name, body})
	m.room -= len(body)
	for m.room < 0 {
		oldest := m.order.Remove(m.order.Back()).(*memoEntry)
		delete(m.entries, oldest.name)
		m.room += len(oldest.body)
	}
}

// body is what the resource renders: remembered, or rendered now, once for all who ask
// at the same time. Do not change the bytes.
func (s *Server) body(now *state, r *Resource) ([]byte, *view) {
	name := memoName{r.Path, r.Key()}
	if body, ok := s.memo.get(name); ok {
		return body, nil
	}
	if failed, ok := now.failed.Load(r.Path); ok {
		return nil, failed.(*view)
	}
	body, err, _ := s.flights.Do(name.path+"\x00"+name.key, func() (any, error) {
		if body, ok := s.memo.get(name); ok {
			return body, nil
		}
		body, err := render(r)
		if err == nil {
			s.memo.put(name, body)
		}
		return body, err
	})
	if err == nil {
		return body.([]byte), nil
	}
	// A failure is kept no longer than the state: a file that was being written as it
	// was read may be back as it was.
	problems, ok := errors.AsType[diag.List](err)
	if !ok {
		problems = diag.List{{Rule: "render", Message: fmt.Sprintf("/%s cannot be shown: %v", r.Path, err)}}
	}
	failed, known := now.failed.LoadOrStore(r.Path, problemView(problems, s.source))
	if !known {
		s.say(problems.Error())
	}
	return nil, failed.(*view)
}

// render contains a panic, so that one page's fault stays on that page.
func render(r *Resource) (body []byte, err error) {
	defer func() {
		if fault := recover(); fault != nil {
			err = fmt.Errorf("there is a fault in the program, which its makers would like to hear of: %v\n%s", fault, debug.Stack())
		}
	}()
	var b bytes.Buffer
	err = r.Render(&b)
	if warnings, ok := errors.AsType[diag.List](err); ok { // a page that somebody should look at is still a page
		err = warnings.Err()
	}
	if err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}
