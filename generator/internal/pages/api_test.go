package pages

import (
	"bytes"
	"encoding/json"
	"fmt"
	"image"
	"image/png"
	"slices"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

// secret is in every value that must not be published.
const secret = "TOPSECRET"

// full is a site that uses every field the API publishes, and hides what can be hidden.
var full = archive("testdata/full.txtar")

// documents renders every document of the API but the schemas.
func documents(t testing.TB, plan *Plan) map[string]map[string]any {
	t.Helper()
	all := map[string]map[string]any{}
	for _, f := range plan.Files {
		if strings.HasPrefix(f.Path, "api/") && !strings.HasPrefix(f.Path, "api/schema/") {
			var value map[string]any
			if err := json.Unmarshal([]byte(plan.text(t, f.Path)), &value); err != nil {
				t.Fatalf("%s: %v", f.Path, err)
			}
			all[f.Path] = value
		}
	}
	return all
}

// closed makes a schema refuse what it does not describe.
func closed(schema any) {
	s, ok := schema.(map[string]any)
	if !ok {
		return
	}
	if properties, ok := s["properties"].(map[string]any); ok {
		s["additionalProperties"] = false
		for _, p := range properties {
			closed(p)
		}
	}
	closed(s["items"])
	closed(s["additionalProperties"])
}

// TestAPIDocuments: every document is as its own schema says, and says no more.
func TestAPIDocuments(t *testing.T) {
	for _, base := range []string{"https://example.org/portal/", ""} {
		site := full.with(sources{"config.toml": strings.Replace(full["config.toml"], "https://example.org/portal/", base, 1)})
		plan, _ := site.plan(t)
		for path, document := range documents(t, plan) {
			address := document["schema"].(string)
			_, file, ok := strings.Cut(address, "/api/schema/")
			if !ok || !strings.HasPrefix(address, base) {
				t.Fatalf("%s has the schema %q", path, address)
			}
			schema, err := jsonschema.UnmarshalJSON(strings.NewReader(plan.text(t, "api/schema/"+file)))
			if err != nil {
				t.Fatal(err)
			}
			closed(schema)
			undocumented(t, path, schema)
			compiler := jsonschema.NewCompiler()
			compiler.AssertFormat()
			if err := compiler.AddResource("https://example.org/portal/api/schema/"+file, schema); err != nil {
				t.Fatal(err)
			}
			compiled, err := compiler.Compile("https://example.org/portal/api/schema/" + file)
			if err != nil {
				t.Fatal(err)
			}
			value, err := jsonschema.UnmarshalJSON(strings.NewReader(plan.text(t, path)))
			if err != nil {
				t.Fatal(err)
			}
			if err := compiled.Validate(value); err != nil {
				t.Errorf("%s: %v", path, err)
			}
			delete(document, "page")
			if err := compiled.Validate(document); err == nil && path != "api/index.json" {
				t.Errorf("the schema of %s does not ask for the number of the page", path)
			}
		}
	}
}

// undocumented finds properties that a schema does not explain.
func undocumented(t *testing.T, at string, schema any) {
	s, ok := schema.(map[string]any)
	if !ok {
		return
	}
	if properties, ok := s["properties"].(map[string]any); ok {
		for name, p := range properties {
			if text, _ := p.(map[string]any)["description"].(string); text == "" {
				t.Errorf("%s: %s is not explained", at, name)
			}
			undocumented(t, at+": "+name, p)
		}
	}
	undocumented(t, at, s["items"])
	undocumented(t, at, s["additionalProperties"])
}

// TestAPIComplete: the full site gives each property of each schema a value, so that none
// is forgotten on the way, and so that the other tests see them all.
func TestAPIComplete(t *testing.T) {
	plan, _ := full.plan(t)
	for path, document := range documents(t, plan) {
		_, file, _ := strings.Cut(document["schema"].(string), "/api/schema/")
		var schema map[string]any
		if err := json.Unmarshal([]byte(plan.text(t, "api/schema/"+file)), &schema); err != nil {
			t.Fatal(err)
		}
		var missing []string
		var walk func(at string, schema map[string]any, values []any)
		walk = func(at string, schema map[string]any, values []any) {
			if items, ok := schema["items"].(map[string]any); ok {
				var inner []any
				for _, v := range values {
					inner = append(inner, v.([]any)...)
				}
				walk(at+"[]", items, inner)
			}
			properties, _ := schema["properties"].(map[string]any)
			for name, p := range properties {
				var inner []any
				for _, v := range values {
					if value, ok := v.(map[string]any)[name]; ok {
						inner = append(inner, value)
					}
				}
				if len(inner) == 0 {
					missing = append(missing, at+"."+name)
					continue
				}
				walk(at+"."+name, p.(map[string]any), inner)
			}
		}
		walk("", schema, []any{document})
		missing = slices.DeleteFunc(missing, func(name string) bool {
			return slices.Contains([]string{
				".previous", ".next", // one page
				".items[].photo",           // see TestAPIPhoto
				".items[].sector",          // omitted
				".items[].partners[].logo", // a file
			}, name) || strings.HasPrefix(name, ".items[].smart.")
		})
		if slices.Sort(missing); len(missing) > 0 {
			t.Errorf("%s has no %s", path, strings.Join(missing, ", "))
		}
	}
}

// TestAPISecrets: what is not published is in no document, nor in anything else.
func TestAPISecrets(t *testing.T) {
	plan, _ := full.plan(t)
	for _, f := range plan.Files {
		if f.Path == "_redirects" || f.Path == "mentors/quiet/index.html" || f.Path == "es/mentors/quiet/index.html" || strings.HasPrefix(f.Path, "assets/") {
			continue
		}
		if text := plan.text(t, f.Path); strings.Contains(strings.ToUpper(text), secret) && !strings.Contains(f.Path, secret) {
			at := strings.Index(strings.ToUpper(text), secret)
			t.Errorf("%s: …%s…", f.Path, text[max(0, at-100):min(len(text), at+50)])
		}
	}
	mentors := documents(t, plan)["api/mentors.json"]["items"].([]any)
	if len(mentors) != 2 {
		t.Fatalf("%d mentors are listed, want 2", len(mentors))
	}
	availability := mentors[1].(map[string]any)["availability"].(map[string]any)
	if availability["status"] != "open" || availability["capacity"] != nil || availability["free"] != nil {
		t.Errorf("a private capacity shows: %v", availability)
	}
}

// TestAPIPhoto: a photo has all sizes that the site has files for, with consent alone.
func TestAPIPhoto(t *testing.T) {
	var drawn bytes.Buffer
	if err := png.Encode(&drawn, image.NewRGBA(image.Rect(0, 0, 600, 600))); err != nil {
		t.Fatal(err)
	}
	for consent, want := range map[string]bool{"photo = true": true, "publish = true": false} {
		site := full.with(sources{
			"content/mentors/bo.toml": "name = \"Bo\"\n[photo]\nalt = \"Bo smiles\"\n[consent]\n" + consent + "\n",
			"content/mentors/bo.png":  drawn.String(),
		})
		plan, _ := site.plan(t)
		bo := documents(t, plan)["api/mentors.json"]["items"].([]any)[1].(map[string]any)
		photo, ok := bo["photo"].(map[string]any)
		if ok != want {
			t.Errorf("%s: photo %v", consent, bo["photo"])
		}
		if !ok {
			continue
		}
		sizes := photo["sizes"].([]any)
		if photo["alt"] != "Bo smiles" || photo["url"] != sizes[len(sizes)-1].(map[string]any)["url"] {
			t.Errorf("photo %v", photo)
		}
		for _, size := range sizes {
			file, _ := strings.CutPrefix(size.(map[string]any)["url"].(string), "https://example.org/portal/")
			if plan.row(file) == nil {
				t.Errorf("the site has no %s", file)
			}
		}
	}
}

// TestAPIOff: a site may keep its data to its pages.
func TestAPIOff(t *testing.T) {
	plan, _ := full.with(sources{"config.toml": strings.Replace(full["config.toml"], "[privacy]", "[privacy]\napi = false", 1)}).plan(t)
	for _, f := range plan.Files {
		if strings.HasPrefix(f.Path, "api") {
			t.Errorf("the site has %s", f.Path)
		}
	}
}

// TestAPIPaged: the documents lead to each other, and every mentor is in one of them, in
// the order of ids whatever the directory's order is.
func TestAPIPaged(t *testing.T) {
	const count = 2*apiPage + 7
	site := sources{"config.toml": `title = "T"`}
	for i := range count {
		site[fmt.Sprintf("content/mentors/m%d.toml", i)] = fmt.Sprintf("name = \"Name %d\"\n", i)
	}
	plan, _ := site.plan(t)
	all := documents(t, plan)
	var ids []string
	next := "/api/mentors.json"
	for number := 1; next != ""; number++ {
		document := all[strings.TrimPrefix(next, "/")]
		if document == nil {
			t.Fatalf("there is no %s", next)
		}
		if document["page"] != float64(number) || document["pages"] != 3.0 || document["total"] != float64(count) {
			t.Errorf("%s: page %v of %v, %v in all", next, document["page"], document["pages"], document["total"])
		}
		for _, item := range document["items"].([]any) {
			ids = append(ids, item.(map[string]any)["id"].(string))
		}
		if number == 3 && document["previous"] != "/api/mentors/2.json" {
			t.Errorf("before %s is %v", next, document["previous"])
		}
		next, _ = document["next"].(string)
	}
	if len(ids) != count || !slices.IsSorted(ids) {
		t.Errorf("%d mentors, sorted: %v", len(ids), slices.IsSorted(ids))
	}
	if empty := all["api/goals.json"]; empty["total"] != 0.0 || empty["items"] == nil {
		t.Errorf("no goals: %v", empty)
	}
}

// TestAPIAddresses: addresses are absolute, but for those that the site does not know.
func TestAPIAddresses(t *testing.T) {
	plan, _ := full.plan(t)
	all := documents(t, plan)
	item := func(kind string, i int) map[string]any {
		return all["api/"+kind+".json"]["items"].([]any)[i].(map[string]any)
	}
	for got, want := range map[any]string{
		item("mentors", 0)["url"]:                                                        "https://example.org/portal/mentors/ana/",
		item("mentors", 0)["request"].(map[string]any)["url"]:                            "https://ask.example.org/ana",
		item("mentors", 1)["request"].(map[string]any)["url"]:                            "https://example.org/portal/about/#ask",
		item("programs", 0)["apply_mentee_url"]:                                          "https://example.org/portal/about/?a=b#ask",
		item("programs", 0)["apply_mentor_url"]:                                          "mailto:office@example.org",
		item("guides", 0)["url"]:                                                         "https://example.org/portal/guides/start/first/",
		item("guides", 0)["translations"].(map[string]any)["es"].(map[string]any)["url"]: "https://example.org/portal/es/guides/start/primera/",
		item("guides", 0)["downloads"].([]any)[0].(map[string]any)["file"]:               "https://example.org/portal/guides/start/list.pdf",
	} {
		if got != want {
			t.Errorf("%v, want %s", got, want)
		}
	}
}

// TestAPIKeys: a document whose bytes an edit changes has another key afterwards.
func TestAPIKeys(t *testing.T) {
	before, _ := full.plan(t)
	replace := func(file, old, new string) sources {
		changed := strings.Replace(full[file], old, new, 1)
		if changed == full[file] {
			t.Fatalf("%s has no %q", file, old)
		}
		return sources{file: changed}
	}
	for name, change := range map[string]sources{
		"a mentor's name":        replace("content/mentors/ana.toml", "Ana Díaz", "Anna Díaz"),
		"a mentor's translation": replace("content/mentors/ana.es.toml", "Ayudo", "Te ayudo"),
		"a private field":        replace("content/mentors/bo.toml", `private = ["headline", `, `private = [`),
		"a mentor hidden":        replace("content/mentors/bo.toml", "private", "visibility = \"hidden\"\nprivate"),
		"a mentor more":          {"content/mentors/cy.toml": "name = \"Cy\"\n"},
		"a mentor less":          {"content/mentors/bo.toml": "", "content/mentors/bo.es.toml": ""},
		"a term's label":         replace("content/vocabulary/skills.toml", `"Chemistry"`, `"Alchemy"`),
		"a term's translation":   replace("content/vocabulary/skills.es.toml", "Química", "Alquimia"),
		"a program's title":      replace("content/programs/peer.toml", `"Peer"`, `"Peers"`),
		"a cohort's date":        replace("content/programs/peer.toml", "2026-11-01", "2026-11-24"),
		"a guide's title":        replace("content/guides/start/first.md", `"First"`, `"The first"`),
		"a guide's length":       {"content/guides/start/first.md": full["content/guides/start/first.md"] + strings.Repeat("word ", 600)},
		"a goal's title":         replace("content/goals/learn.toml", `"Learn"`, `"Learn more"`),
		"a worksheet's title":    replace("content/worksheets/agreement.toml", `"Agreement"`, `"Contract"`),
		"an omitted field":       replace("config.toml", `"sector"`, `"sector", "bio"`),
		"a field made public":    replace("config.toml", "public = false", "public = true"),
		"the way to ask":         replace("config.toml", `method = "link"`, `method = "none"`),
		"an origin":              replace("config.toml", "ask.example.org", "other.example.org"),
		"the base URL":           replace("config.toml", "/portal/", "/other/"),
		"the title":              replace("config.toml", `"Mentoring"`, `"Mentors"`),
		"the facets":             replace("config.toml", "[request]", "[directory]\nfacets = [\"topics\"]\n[request]"),
	} {
		after, _ := full.with(change).plan(t)
		changed := 0
		for _, f := range after.Files {
			old := before.row(f.Path)
			if !strings.HasPrefix(f.Path, "api/") || old == nil || before.text(t, f.Path) == after.text(t, f.Path) {
				continue
			}
			if changed++; old.Key() == f.Key() {
				t.Errorf("%s: %s has other bytes and the same key", name, f.Path)
			}
		}
		if changed == 0 {
			t.Errorf("%s changes no document", name)
		}
		again, _ := full.with(change).plan(t)
		for _, f := range after.Files {
			if strings.HasPrefix(f.Path, "api/") && (f.Key() != again.row(f.Path).Key() || after.text(t, f.Path) != again.text(t, f.Path)) {
				t.Errorf("%s: %s is not the same twice", name, f.Path)
			}
		}
	}
}
