package portal

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"sync"

	"github.com/stoa-portal/stoa/generator/internal/civil"
	"github.com/stoa-portal/stoa/generator/internal/content"
	"github.com/stoa-portal/stoa/generator/internal/diag"
)

// conceal takes from a profile what is not to be published: the fields that the mentor
// lists in private and the site in [privacy] omit, channels that are not public, e-mail
// addresses unless both switches say so, and testimonials without consent. It works on
// copies; the records that were read stay as they are.
func (p *Portal) conceal(r *content.Record[content.Mentor], omit []string, problems *diag.List) *content.Record[content.Mentor] {
	showEmail := p.Config.Privacy.ShowEmail
	fields := slices.Clone(omit)
	for i, name := range r.Value.Private {
		problem := p.notAField(name, &r.Value)
		if name == "name" {
			problem = `the name cannot be private: use visibility = "hidden" to take the profile off the site`
		}
		if problem != "" {
			problems.Errorf(r.Place(fmt.Sprintf("private[%d]", i)), "private", "%s", problem)
			continue
		}
		fields = append(fields, name)
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

// omitted are the fields that the site never publishes.
func (p *Portal) omitted(problems *diag.List) []string {
	var fields []string
	for i, name := range p.Config.Privacy.Omit {
		problem := p.notAField(name, nil)
		if name == "name" {
			problem = "the name cannot be left out of a profile"
		}
		if problem != "" {
			problems.Errorf(p.Config.Place(fmt.Sprintf("privacy.omit[%d]", i)), "private", "%s", problem)
			continue
		}
		fields = append(fields, name)
	}
	return fields
}

// notAField says why a name in private or omit takes nothing out of a profile, or "": a
// misspelt one must not pass for a field kept back. Keys under extra are the author's own, so
// those of a private list have to be in the profile.
func (p *Portal) notAField(name string, m *content.Mentor) string {
	paths := fieldPaths()
	own := ownFields(p.Config)
	if slices.Contains(paths, name) {
		return ""
	}
	if key, ok := strings.CutPrefix(name, "fields."); ok {
		if slices.Contains(own, key) {
			return ""
		}
		return fmt.Sprintf("the site has no own field %q%s", key, diag.DidYouMean(key, own))
	}
	if key, ok := strings.CutPrefix(name, "extra."); ok {
		if m == nil || m.Extra[key] != nil {
			return ""
		}
		return fmt.Sprintf("there is no %q under [extra]", key)
	}
	for _, path := range append(paths, prefixed("fields.", own)...) {
		if strings.HasSuffix(path, "."+name) {
			return fmt.Sprintf("there is no field %q (did you mean %q?)", name, path)
		}
	}
	if list, _, nested := strings.Cut(name, "."); nested && slices.Contains(paths, list) {
		return fmt.Sprintf("there is no field %q%s; %q can be kept back as a whole", name, diag.DidYouMean(name, paths), list)
	}
	return fmt.Sprintf("there is no field %q%s", name, diag.DidYouMean(name, paths))
}

func prefixed(prefix string, names []string) []string {
	paths := make([]string, len(names))
	for i, name := range names {
		paths[i] = prefix + name
	}
	return paths
}

// fieldPaths are the fields of a profile by their paths, such as "bio", "location" and
// "location.city".
var fieldPaths = sync.OnceValue(func() []string {
	var paths []string
	var walk func(t reflect.Type, prefix string)
	walk = func(t reflect.Type, prefix string) {
		for i := range t.NumField() {
			path := prefix + t.Field(i).Tag.Get("toml")
			paths = append(paths, path)
			if inner := t.Field(i).Type; inner.Kind() == reflect.Struct && inner != reflect.TypeFor[civil.Date]() {
				walk(inner, path+".")
			}
		}
	}
	walk(reflect.TypeFor[content.Mentor](), "")
	return slices.Clip(paths)
})
