// Package digest gives every plain value a short name that changes when the value
// does. A page's key is the digest of the view it is rendered from, so a page whose
// key did not change need not be rendered again.
//
// [Of] walks a value by reflection, and so sees each exported or unexported field
// that a template could read: a field added to a view is part of its key without
// anybody remembering to say so. A value that knows its own digest (it implements
// [Summer]) is not walked; large frozen values are summed once and shared.
package digest

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"math"
	"reflect"
	"slices"
	"strings"
	"sync"
)

// A Sum is the first 16 bytes of a SHA-256: enough that two values of one site never
// share it, by accident or on purpose.
type Sum [16]byte

// String writes the sum in hexadecimal.
func (s Sum) String() string { return hex.EncodeToString(s[:]) }

// MarshalText writes the sum in hexadecimal.
func (s Sum) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// UnmarshalText reads what MarshalText wrote.
func (s *Sum) UnmarshalText(text []byte) error {
	if len(text) != hex.EncodedLen(len(s)) {
		return fmt.Errorf("a digest has %d hexadecimal digits, this has %d", hex.EncodedLen(len(s)), len(text))
	}
	_, err := hex.Decode(s[:], text)
	return err
}

// A Summer is a value that knows its own digest.
type Summer interface{ Sum() Sum }

// Bytes is the digest of a byte string.
func Bytes(b []byte) Sum {
	full := sha256.Sum256(b)
	return Sum(full[:16])
}

// Of is the digest of the values given, in order. It walks structs, pointers,
// interfaces, slices, arrays, maps (by sorted key), strings, numbers and booleans.
// Functions and channels have no digest: a value that holds one panics, because a
// view that holds behaviour is a mistake of the program, not of its input. Values
// must not contain themselves.
func Of(values ...any) Sum {
	w := writers.Get().(*writer)
	w.buf = w.buf[:0]
	for _, v := range values {
		w.any(v)
	}
	sum := Bytes(w.buf)
	writers.Put(w)
	return sum
}

var writers = sync.Pool{New: func() any { return new(writer) }}

// A writer encodes values so that two different values never give the same bytes:
// each is led by its kind, and what varies in length by its length.
type writer struct{ buf []byte }

func (w *writer) tag(kind byte) { w.buf = append(w.buf, kind) }
func (w *writer) uint(n uint64) { w.buf = binary.AppendUvarint(w.buf, n) }
func (w *writer) sum(s Sum)     { w.buf = append(append(w.buf, 'd'), s[:]...) }
func (w *writer) string(s string) {
	w.tag('s')
	w.uint(uint64(len(s)))
	w.buf = append(w.buf, s...)
}

// any writes a value of any type; the common ones without a look at their type.
func (w *writer) any(v any) {
	switch v := v.(type) {
	case nil:
		w.tag('n')
	case Sum:
		w.sum(v)
	case string:
		w.string(v)
	case []byte:
		w.tag('b')
		w.uint(uint64(len(v)))
		w.buf = append(w.buf, v...)
	default:
		rv := reflect.ValueOf(v)
		encoderOf(rv.Type())(w, rv)
	}
}

// An encoder writes the values of one type. It is made once for each type, since a look
// at a type costs more than writing a value.
type encoder func(*writer, reflect.Value)

var (
	encoders sync.Map // reflect.Type to encoder
	summer   = reflect.TypeFor[Summer]()
)

func encoderOf(t reflect.Type) encoder {
	if known, ok := encoders.Load(t); ok {
		return known.(encoder)
	}
	// A type may lead back to itself by way of a pointer or slice; until its encoder is
	// made, those wait for it.
	var (
		made encoder
		wait sync.WaitGroup
	)
	wait.Add(1)
	if other, taken := encoders.LoadOrStore(t, encoder(func(w *writer, v reflect.Value) { wait.Wait(); made(w, v) })); taken {
		return other.(encoder)
	}
	made = newEncoder(t)
	wait.Done()
	encoders.Store(t, made)
	return made
}

func newEncoder(t reflect.Type) encoder {
	walk := newWalker(t)
	if !t.Implements(summer) {
		return walk
	}
	nilable := t.Kind() == reflect.Pointer || t.Kind() == reflect.Interface
	return func(w *writer, v reflect.Value) {
		switch {
		case nilable && v.IsNil():
			w.tag('n')
		case v.CanInterface():
			w.sum(v.Interface().(Summer).Sum())
		default: // an unexported field
			walk(w, v)
		}
	}
}

func newWalker(t reflect.Type) encoder {
	switch t.Kind() {
	case reflect.String:
		return func(w *writer, v reflect.Value) { w.string(v.String()) }
	case reflect.Bool:
		return func(w *writer, v reflect.Value) {
			w.tag('t')
			if v.Bool() {
				w.tag(1)
			} else {
				w.tag(0)
			}
		}
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return func(w *writer, v reflect.Value) {
			w.tag('i')
			w.buf = binary.AppendVarint(w.buf, v.Int())
		}
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64, reflect.Uintptr:
		return func(w *writer, v reflect.Value) {
			w.tag('u')
			w.uint(v.Uint())
		}
	case reflect.Float32, reflect.Float64:
		return func(w *writer, v reflect.Value) {
			w.tag('f')
			w.buf = binary.LittleEndian.AppendUint64(w.buf, math.Float64bits(v.Float()))
		}
	case reflect.Pointer:
		inner := encoderOf(t.Elem())
		return func(w *writer, v reflect.Value) {
			if v.IsNil() {
				w.tag('n')
				return
			}
			w.tag('p')
			inner(w, v.Elem())
		}
	case reflect.Interface:
		return func(w *writer, v reflect.Value) {
			if v.IsNil() {
				w.tag('n')
				return
			}
			w.tag('p')
			encoderOf(v.Elem().Type())(w, v.Elem())
		}
	case reflect.Slice, reflect.Array:
		inner := encoderOf(t.Elem())
		return func(w *writer, v reflect.Value) {
			w.tag('l')
			w.uint(uint64(v.Len()))
			for i := range v.Len() {
				inner(w, v.Index(i))
			}
		}
	case reflect.Map:
		key, value := encoderOf(t.Key()), encoderOf(t.Elem())
		return func(w *writer, v reflect.Value) {
			w.tag('m')
			w.uint(uint64(v.Len()))
			keys := v.MapKeys()
			slices.SortFunc(keys, func(a, b reflect.Value) int { return strings.Compare(fmt.Sprint(a), fmt.Sprint(b)) })
			for _, k := range keys {
				key(w, k)
				value(w, v.MapIndex(k))
			}
		}
	case reflect.Struct:
		fields := make([]encoder, t.NumField())
		for i := range fields {
			fields[i] = encoderOf(t.Field(i).Type)
		}
		return func(w *writer, v reflect.Value) {
			w.tag('r')
			w.uint(uint64(len(fields)))
			for i, field := range fields {
				field(w, v.Field(i))
			}
		}
	}
	return func(*writer, reflect.Value) { panic("digest: a " + t.String() + " has no digest") }
}
