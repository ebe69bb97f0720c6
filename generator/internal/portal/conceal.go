package portal

import (
	"fmt"
	"reflect"
	"slices"
	"strings"

	"github.com/stoa-portal/stoa/generator/internal/content"
	"github.com/stoa-portal/stoa/generator/internal/diag"
)

// conceal takes from a profile what is not to be published: the fields that the mentor
// lists in private and the site in [privacy] omit, channels that are not public, e-mail
// addresses unless both switches say so, and testimonials without consent. It works on
// copies; the records that were read stay as they are.
func conceal(r *content.Record[content.Mentor], omit []string, showEmail bool, problems *diag.List) *content.Record[content.Mentor] {
	fields := append([]string(nil), omit...)
	for i, name := range r.Value.Private {
		place := r.Place(fmt.Sprintf("private[%d]", i))
		switch {
		case name == "name":
			problems.Errorf(place, "private", "the name cannot be private: use visibility = %q to take the profile off the site", "hidden")
		case !hasField(name):
			problems.Errorf(place, "private", "there is no field %q%s", name, diag.DidYouMean(name, content.MentorFields()))
		default:
			fields = append(fields, name)
		}
	}
	if len(fields) == 0 && !hasSecrets(r, showEmail) {
		return r
	}
	copied := *r
	clear := func(m *content.Mentor) {
		for _, name := range fields {
			clearField(reflect.ValueOf(m).Elem(), name)
		}
		m.Channels = keep(m.Channels, func(c content.Channel) bool { return isPublic(c, showEmail) })
		m.Testimonials = keep(m.Testimonials, func(t content.Testimonial) bool { return t.Consent })
	}
	clear(&copied.Value)
	if len(r.Translations) > 0 {
		copied.Translations = make(map[string]*content.Record[content.Mentor], len(r.Translations))
		for lang, translation := range r.Translations {
			t := *translation
			clear(&t.Value)
			copied.Translations[lang] = &t
		}
	}
	return &copied
}

// hasSecrets tells whether there is a channel or testimonial to take out, here or in a
// translation.
func hasSecrets(r *content.Record[content.Mentor], showEmail bool) bool {
	found := func(m *content.Mentor) bool {
		return slices.ContainsFunc(m.Channels, func(c content.Channel) bool { return !isPublic(c, showEmail) }) ||
			slices.ContainsFunc(m.Testimonials, func(t content.Testimonial) bool { return !t.Consent })
	}
	for _, t := range r.Translations {
		if found(&t.Value) {
			return true
		}
	}
	return found(&r.Value)
}

func isPublic(c content.Channel, showEmail bool) bool { return c.Public && (showEmail || !isEmail(c)) }

func isEmail(c content.Channel) bool {
	return strings.EqualFold(c.Type, "email") || strings.EqualFold(c.Type, "e-mail") || strings.Contains(c.Value, "@") && strings.Contains(c.Value, ".") && !strings.Contains(c.Value, "/") && !strings.HasPrefix(c.Value, "@")
}

func keep[T any](list []T, wanted func(T) bool) []T {
	var kept []T
	for _, entry := range list {
		if wanted(entry) {
			kept = append(kept, entry)
		}
	}
	return kept
}

// clearField sets the field at a path of keys, such as "location" or "location.city" or
// "fields.college", to nothing.
func clearField(v reflect.Value, path string) {
	key, rest, nested := strings.Cut(path, ".")
	if v.Kind() == reflect.Map {
		// The map is shared with the record that was read.
		if v.MapIndex(reflect.ValueOf(key)).IsValid() {
			copied := reflect.MakeMap(v.Type())
			for iterator := v.MapRange(); iterator.Next(); {
				if iterator.Key().String() != key {
					copied.SetMapIndex(iterator.Key(), iterator.Value())
				}
			}
			v.Set(copied)
		}
		return
	}
	for i := range v.NumField() {
		if v.Type().Field(i).Tag.Get("toml") != key {
			continue
		}
		if field := v.Field(i); nested && (field.Kind() == reflect.Struct || field.Kind() == reflect.Map) {
			clearField(field, rest)
		} else {
			field.SetZero()
		}
	}
}

// hasField tells whether a profile may have a field of that path.
func hasField(path string) bool {
	t := reflect.TypeFor[content.Mentor]()
	for key := range strings.SplitSeq(path, ".") {
		if t.Kind() == reflect.Map {
			return true
		}
		if t.Kind() != reflect.Struct {
			return false
		}
		found := false
		for i := range t.NumField() {
			if t.Field(i).Tag.Get("toml") == key {
				t, found = t.Field(i).Type, true
				break
			}
		}
		if !found {
			return false
		}
	}
	return true
}
