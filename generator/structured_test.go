package generator

import (
	"encoding/json"
	"maps"
	"net/url"
	"slices"
	"strings"

	"golang.org/x/net/html/atom"

	"github.com/stoa-portal/stoa/generator/internal/civil"
)

// A shape is what is said of a thing of schema.org: what has to be, and what may be beside it.
// Every name is one that schema.org defines for the type.
type shape struct{ required, optional string }

var shapes = map[string]shape{
	"WebSite":                        {"name url", "description inLanguage publisher image potentialAction"},
	"ProfilePage":                    {"mainEntity", "url dateModified dateCreated inLanguage name"},
	"Person":                         {"name", "alternateName description image jobTitle worksFor knowsAbout knowsLanguage url sameAs honorificPrefix affiliation alumniOf"},
	"Organization":                   {"name", "url logo image department"},
	"EducationalOccupationalProgram": {"name url", "description provider applicationStartDate applicationDeadline startDate endDate timeToComplete image inLanguage offers occupationalCategory educationalProgramMode maximumEnrollment"},
	"Article":                        {"headline", "description url dateModified datePublished author inLanguage image license about audience isPartOf publisher mainEntityOfPage"},
	"BreadcrumbList":                 {"itemListElement", "name"},
	"ItemList":                       {"itemListElement", "name numberOfItems"},
	"ListItem":                       {"position", "name item url"},
	"ImageObject":                    {"url", "width height caption creditText license"},
	"HowTo":                          {"name step", "description image totalTime"},
	"HowToStep":                      {"", "name text url position"},
	"FAQPage":                        {"mainEntity", "url inLanguage"},
	"Question":                       {"name acceptedAnswer", ""},
	"Answer":                         {"text", ""},
	"Audience":                       {"audienceType", ""},
}

// structured looks at what pages say of themselves as JSON-LD: known types, with what they need and
// nothing that schema.org does not know, addresses that are absolute and within the site lead to
// something, days that are days, and lists that count from 1.
func (c *crawler) structured() {
	types := map[string]bool{}
	for _, file := range slices.Sorted(maps.Keys(c.docs)) {
		for n := range c.docs[file].root.Descendants() {
			if n.DataAtom != atom.Script || attribute(n, "type") != "application/ld+json" {
				continue
			}
			var data any
			if n.FirstChild == nil || json.Unmarshal([]byte(n.FirstChild.Data), &data) != nil {
				c.fault(file, "JSON-LD that is not JSON")
				continue
			}
			for _, thing := range things(data) {
				if thing["@context"] != "https://schema.org" {
					c.fault(file, "JSON-LD of %v", thing["@context"])
				}
				c.thing(file, thing, types)
			}
		}
	}
	for _, name := range []string{"WebSite", "BreadcrumbList"} {
		if !types[name] {
			c.fault("JSON-LD", "no page speaks of a %s", name)
		}
	}
}

// things are the values of a list, or the one that there is.
func things(data any) []map[string]any {
	switch data := data.(type) {
	case map[string]any:
		return []map[string]any{data}
	case []any:
		var all []map[string]any
		for _, item := range data {
			all = append(all, things(item)...)
		}
		return all
	}
	return nil
}

func (c *crawler) thing(file string, thing map[string]any, types map[string]bool) {
	kind, _ := thing["@type"].(string)
	known, ok := shapes[kind]
	if !ok {
		c.fault(file, "schema.org knows no %q, or this test does not", kind)
		return
	}
	types[kind] = true
	required := strings.Fields(known.required)
	for _, name := range required {
		if empty(thing[name]) {
			c.fault(file, "a %s without %s", kind, name)
		}
	}
	allowed := append(strings.Fields(known.optional), required...)

	for _, name := range slices.Sorted(maps.Keys(thing)) {
		value := thing[name]
		switch {
		case strings.HasPrefix(name, "@"):
			continue
		case !slices.Contains(allowed, name):
			c.fault(file, "a %s with %s", kind, name)
		case empty(value):
			c.fault(file, "a %s whose %s is empty", kind, name)
		}
		text, isText := value.(string)
		switch name {
		case "url", "item", "image", "logo", "license":
			if isText && name != "license" {
				u, err := url.Parse(text)
				if err != nil || !u.IsAbs() {
					c.fault(file, "the %s of a %s is not absolute: %s", name, kind, text)
				} else if u.Host == c.base.Host {
					c.follow(c.docs[file], text)
				}
			}
		case "dateModified", "datePublished", "dateCreated", "startDate", "endDate", "applicationStartDate", "applicationDeadline":
			if _, err := civil.Parse(text); err != nil {
				c.fault(file, "the %s of a %s is no day: %v", name, kind, value)
			}
		case "itemListElement":
			position := 0.0
			for _, item := range things(value) {
				if position++; item["position"] != position {
					c.fault(file, "item %v of a list is counted as %v", position, item["position"])
				}
			}
		}
		for _, inner := range things(value) {
			c.thing(file, inner, types)
		}
	}
}

// empty tells whether a value says nothing.
func empty(value any) bool {
	switch v := value.(type) {
	case nil:
		return true
	case string:
		return strings.TrimSpace(v) == ""
	case []any:
		return len(v) == 0
	case map[string]any:
		return len(v) == 0
	}
	return false
}
