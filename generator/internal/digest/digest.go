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

func (w *writer) uint(n uint64) { w.buf = binary.AppendUvarint(w.buf, n) }
func (w *writer) string(s string) {
	w.uint(uint64(len(s)))
	w.buf = append(w.buf, s...)
}

func (w *writer) any(v any) {
	switch v := v.(type) {
	case nil:
		w.buf = append(w.buf, 'n')
	case Sum:
		w.buf = append(append(w.buf, 'd'), v[:]...)
	case Summer:
		if rv := reflect.ValueOf(v); rv.Kind() == reflect.Pointer && rv.IsNil() {
			w.buf = append(w.buf, 'n')
			return
		}
		sum := v.Sum()
		w.buf = append(append(w.buf, 'd'), sum[:]...)
	case string:
		w.buf = append(w.buf, 's')
		w.string(v)
	case []byte:
		w.buf = append(w.buf, 'b')
		w.uint(uint64(len(v)))
		w.buf = append(w.buf, v...)
	default:
		w.value(reflect.ValueOf(v))
	}
}

var summer = reflect.TypeFor[Summer]()

func (w *writer) value(v reflect.Value) {
	if v.IsValid() && v.CanInterface() && v.Type().Implements(summer) {
		w.any(v.Interface())
		return
	}
	switch v.Kind() {
	case reflect.Invalid:
		w.buf = append(w.buf, 'n')
	case reflect.String:
		w.buf = append(w.buf, 's')
		w.string(v.String())
	case reflect.Bool:
		w.buf = append(w.buf, 't', 0)
		if v.Bool() {
			w.buf[len(w.buf)-1] = 1
		}
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		w.buf = append(w.buf, 'i')
		w.buf = binary.AppendVarint(w.buf, v.Int())
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64, reflect.Uintptr:
		w.buf = append(w.buf, 'u')
		w.uint(v.Uint())
	case reflect.Float32, reflect.Float64:
		w.buf = append(w.buf, 'f')
		w.buf = binary.LittleEndian.AppendUint64(w.buf, math.Float64bits(v.Float()))
	case reflect.Pointer, reflect.Interface:
		if v.IsNil() {
			w.buf = append(w.buf, 'n')
			return
		}
		w.buf = append(w.buf, 'p')
		w.value(v.Elem())
	case reflect.Slice, reflect.Array:
		w.buf = append(w.buf, 'l')
		w.uint(uint64(v.Len()))
		for i := range v.Len() {
			w.value(v.Index(i))
		}
	case reflect.Map:
		w.buf = append(w.buf, 'm')
		w.uint(uint64(v.Len()))
		keys := v.MapKeys()
		slices.SortFunc(keys, func(a, b reflect.Value) int { return strings.Compare(fmt.Sprint(a), fmt.Sprint(b)) })
		for _, key := range keys {
			w.value(key)
			w.value(v.MapIndex(key))
		}
	case reflect.Struct:
		w.buf = append(w.buf, 'r')
		w.uint(uint64(v.NumField()))
		for i := range v.NumField() {
			w.value(v.Field(i))
		}
	default:
		panic("digest: a " + v.Type().String() + " has no digest")
	}
}
