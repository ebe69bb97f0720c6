package config

import (
	"cmp"
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/text/language"

	"github.com/stoa-portal/stoa/generator/internal/diag"
	"github.com/stoa-portal/stoa/generator/internal/schema"
)

var table = schema.TableOf[Config]("config", "config.toml: the settings of a site")

// Table is the field table of config.toml.
func Table() *schema.Table { return table }

// Load reads config.toml. name is the file's path for places. The Config has its
// defaults even where the list of problems holds errors.
func Load(source []byte, name string) (*Config, diag.List) {
	c := new(Config)
	document, problems := schema.Open(name, source)
	if document == nil {
		empty, _ := schema.Open(name, nil)
		schema.Decode(empty, table, c)
		c.document = empty
		return c, problems
	}
	problems = schema.Decode(document, table, c)
	c.document = document
	if problems.Errors() == 0 {
		c.check(&problems)
	}
	return c, problems.Sorted()
}

// Place is where config.toml gives the value at a path such as "directory.facets[2]", or
// else its nearest parent.
func (c *Config) Place(path string) diag.Place {
	place, _ := c.document.Place(path)
	return place
}

// Tags is the language tags of the site: its first language, then the others by tag.
func (c *Config) Tags() []string {
	tags := []string{string(c.Language)}
	for _, tag := range sortedKeys(c.Languages) {
		if tag != string(c.Language) {
			tags = append(tags, tag)
		}
	}
	return tags
}

// Direction is "rtl" for a language written from right to left, else "ltr".
func (c *Config) Direction(tag string) string {
	if direction := c.Languages[tag].Direction; direction != "" {
		return direction
	}
	script, _ := language.Make(tag).Script()
	if slices.Contains(rightToLeft, script.String()) {
		return "rtl"
	}
	return "ltr"
}

// rightToLeft are the scripts of living languages that are written from right to left (ISO 15924).
var rightToLeft = []string{"Adlm", "Arab", "Hebr", "Nkoo", "Rohg", "Syrc", "Thaa"}

// ProfileFields is the site's own fields, as the content room wants to know them.
func (c *Config) ProfileFields() []schema.Field {
	types := map[string]schema.Type{
		"text": schema.TypeText, "number": schema.TypeNumber, "choice": schema.TypeText, "list": schema.TypeList,
		"boolean": schema.TypeBoolean, "date": schema.TypeDate, "url": schema.TypeURL,
	}
	var fields []schema.Field
	for _, name := range sortedKeys(c.Fields) {
		f := c.Fields[name]
		field := schema.Declare(name, types[f.Type], cmp.Or(f.Label, name)+".", f.Options)
		field.Public = f.Public
		fields = append(fields, field)
	}
	return fields
}

// CheckBaseURL says what is wrong with the address of a site, or "".
func CheckBaseURL(text string) string {
	if problem := schema.CheckFormat(schema.TypeURL, text); problem != "" {
		return problem
	}
	if u, err := url.Parse(text); err != nil || u.RawQuery != "" || u.Fragment != "" || strings.ContainsAny(text, "?#") {
		return "the address of a site ends with its path: leave out ? and # and what follows"
	}
	return ""
}

// taken are the first segments of addresses that the site itself uses, and that are
// therefore no language's.
var taken = []string{"my"}

// check looks at settings that have to fit each other.
func (c *Config) check(problems *diag.List) {
	errorf := func(path, rule, format string, args ...any) {
		problems.Errorf(c.Place(path), rule, format, args...)
	}
	if c.BaseURL != "" {
		if problem := CheckBaseURL(c.BaseURL); problem != "" {
			errorf("base_url", "format", `"base_url": %s`, problem)
		}
	}
	if _, err := c.Stoa.parse(); err != nil {
		errorf("stoa", "format", `"stoa": %s`, err)
	}
	if _, _, err := c.Review.Every.parse(); err != nil {
		errorf("review.every", "format", `"every": %s`, err)
	}
	for _, tag := range c.Tags() {
		if slices.Contains(taken, tag) {
			path := "languages." + tag
			if tag == string(c.Language) {
				path = "language"
			}
			errorf(path, "reserved", "the address /%s/ is the site's own: write the language with its region, such as %s-MM", tag, tag)
		}
	}
	c.checkFields(errorf)
	c.checkFacets(errorf)
	c.checkRequest(errorf)
	from := map[string]bool{}
	for i, redirect := range c.Redirects {
		at := fmt.Sprintf("redirects[%d].from", i)
		old := strings.Trim(string(redirect.From), "/")
		switch {
		case !strings.HasPrefix(string(redirect.From), "/"):
			errorf(at, "format", "a redirect leads from a path in this site, which begins with \"/\"")
		case old == "":
			errorf(at, "format", "the home page cannot lead elsewhere")
		case from[old]:
			errorf(at, "duplicate-id", "there are two redirects from %s", redirect.From)
		case redirect.From == redirect.To:
			errorf(at, "format", "this redirect leads to itself")
		}
		from[old] = true
	}
}

// queryKeys are what else the directory's address may ask for, beside terms of facets.
var queryKeys = []string{"q", "sort", "page", "literal", "kind"}

type reporter = func(path, rule, format string, args ...any)

func (c *Config) checkFields(errorf reporter) {
	for _, name := range sortedKeys(c.Fields) {
		f, at := c.Fields[name], "fields."+name
		choice := f.Type == "choice" || f.Type == "list"
		switch {
		case slices.Contains(Facets, name):
			errorf(at, "reserved", "%q is the name of a facet that every site has: give the field another", name)
		case f.Facet && slices.Contains(queryKeys, name):
			errorf(at, "reserved", "?%s= in the directory's address means something else: give the field another name", name)
		case f.Type == "choice" && len(f.Options) == 0:
			errorf(at, "missing-key", `a field of type "choice" needs options = ["…", "…"]`)
		case len(f.Options) > 0 && !choice:
			errorf(at+".options", "unused", `options are for a field of type "choice" or "list"; this one is %q`, f.Type)
		case f.Facet && !f.Public:
			errorf(at+".facet", "private", "a field that is not public cannot be filtered by")
		}
	}
	for _, tag := range sortedKeys(c.Languages) {
		for _, name := range sortedKeys(c.Languages[tag].Fields) {
			at := "languages." + tag + ".fields." + name
			field, ok := c.Fields[name]
			words := c.Languages[tag].Fields[name]
			switch {
			case !ok:
				errorf(at, "unknown-reference", "there is no own field %q%s", name, diag.DidYouMean(name, sortedKeys(c.Fields)))
			case len(words.Options) != 0 && len(words.Options) != len(field.Options):
				errorf(at+".options", "bounds", "[fields.%s] has %d options, and here are %d: they go by their order", name, len(field.Options), len(words.Options))
			}
		}
	}
}

func (c *Config) checkFacets(errorf reporter) {
	known := slices.Clone(Facets)
	for _, name := range sortedKeys(c.Fields) {
		if c.Fields[name].Facet {
			known = append(known, name)
		}
	}
	for i, facet := range c.Directory.Facets {
		if slices.Contains(known, facet) {
			continue
		}
		at := fmt.Sprintf("directory.facets[%d]", i)
		if _, ok := c.Fields[facet]; ok {
			errorf(at, "unknown-reference", "%q is an own field without facet = true", facet)
			continue
		}
		errorf(at, "unknown-reference", "there is no facet %q%s; there are %s", facet, diag.DidYouMean(facet, known), strings.Join(known, ", "))
	}
	for _, name := range sortedKeys(c.Match.Weights) {
		if !slices.Contains(known, name) {
			errorf("match.weights."+name, "unknown-reference", "there is no facet %q%s; there are %s", name, diag.DidYouMean(name, known), strings.Join(known, ", "))
		}
	}
}

// placeholder is a name in braces in [request] url.
var placeholder = regexp.MustCompile(`\{([^{}]*)\}`)

func (c *Config) checkRequest(errorf reporter) {
	r := c.Request
	switch {
	case r.Method == "form" && r.Endpoint == "":
		errorf("request.method", "missing-key", `method = "form" needs an endpoint: the address that takes the form`)
	case r.Method == "email" && r.Address == "":
		errorf("request.method", "missing-key", `method = "email" needs an address`)
	case r.Method == "link" && r.URL == "":
		errorf("request.method", "missing-key", `method = "link" needs a url`)
	case r.Method == "github" && c.Repository.URL == "":
		errorf("request.method", "missing-key", `method = "github" needs [repository] url`)
	}
	known := []string{"mentor.name", "mentor.id", "program", "goal"}
	for i := range r.MaxChoices {
		known = append(known, fmt.Sprintf("choice%d.id", i+1), fmt.Sprintf("choice%d.name", i+1))
	}
	for _, name := range placeholder.FindAllStringSubmatch(r.URL, -1) {
		if !slices.Contains(known, name[1]) {
			errorf("request.url", "unknown-reference", "nothing is filled in for {%s}%s; there are {mentor.name}, {mentor.id}, {choice1.id} to {choice%d.id}, {program} and {goal}", name[1], diag.DidYouMean(name[1], known), r.MaxChoices)
		}
	}
	plain := placeholder.ReplaceAllString(r.URL, "x")
	if problem := schema.CheckFormat(schema.TypeLink, plain); r.URL != "" && problem != "" {
		errorf("request.url", "format", `"url": %s`, problem)
	}
	if r.Endpoint != "" && !strings.HasPrefix(string(r.Endpoint), "https://") && !onThisMachine(string(r.Endpoint)) {
		errorf("request.endpoint", "format", "the endpoint has to begin with https://, because personal data is sent there")
	}
}

// onThisMachine tells whether an address leads to the machine that it is opened on, where a form may
// be tried out: browsers count it as safe (W3C, Secure Contexts, section 3.1).
func onThisMachine(address string) bool {
	u, err := url.Parse(address)
	return err == nil && slices.Contains([]string{"localhost", "127.0.0.1", "::1"}, u.Hostname())
}
