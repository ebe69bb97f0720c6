package pages

import (
	"bytes"
	"encoding/json"
	"image"
	"image/png"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

func drawn(t *testing.T, width, height int) string {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, width, height))); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// sharing is what previews and search engines read in a page.
func sharing(t *testing.T, page string) (meta map[string]string, data []map[string]any) {
	t.Helper()
	document, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	meta = map[string]string{}
	for n := range document.Descendants() {
		attributes := map[string]string{}
		for _, a := range n.Attr {
			attributes[a.Key] = a.Val
		}
		switch {
		case n.Data == "meta" && (attributes["property"] != "" || attributes["name"] != ""):
			meta[attributes["property"]+attributes["name"]] = attributes["content"]
		case n.Data == "script" && attributes["type"] == "application/ld+json":
			var one map[string]any
			if err := json.Unmarshal([]byte(n.FirstChild.Data), &one); err == nil {
				data = append(data, one)
			} else if err := json.Unmarshal([]byte(n.FirstChild.Data), &data); err != nil {
				t.Fatalf("%v: %s", err, n.FirstChild.Data)
			}
		}
	}
	return meta, data
}

// TestPreviews: a link to a page is shown with the page's own picture, or the site's.
func TestPreviews(t *testing.T) {
	site := full.with(sources{
		"config.toml":                  full["config.toml"] + "\n[brand]\nimage = \"/banner.png\"\n",
		"content/static/banner.png":    drawn(t, 1200, 630),
		"content/guides/start/own.md":  "+++\ntitle = \"</script>\"\nimage = \"own.png\"\nimage_alt = \"Two \\\"chairs\\\"\"\n+++\nText.\n",
		"content/guides/start/own.png": drawn(t, 300, 300),
		"content/programs/second.toml": "title = \"Second\"\nimage = \"/banner.png\"\nimage_alt = \"A banner\"\n",
		"content/mentors/ana.toml":     "name = \"Ana\"\n[photo]\nalt = \"Ana at work\"\n[consent]\npublish = true\nphoto = true\n",
		"content/mentors/ana.png":      drawn(t, 600, 600),
		"content/mentors/shy.toml":     "name = \"Shy\"\n[consent]\npublish = true\nphoto = false\n",
		"content/mentors/shy.png":      drawn(t, 600, 600),
	})
	plan, _ := site.plan(t)
	for path, want := range map[string][5]string{
		"index.html":                  {"https://example.org/portal/banner.png", "1200", "630", "Mentoring", "summary_large_image"},
		"guides/start/own/index.html": {"https://example.org/portal/guides/start/own.png", "300", "300", "Two \"chairs\"", "summary"},
		"programs/second/index.html":  {"https://example.org/portal/banner.png", "1200", "630", "A banner", "summary_large_image"},
		"mentors/ana/index.html":      {"https://example.org/portal/mentors/ana/photo-480.jpg", "480", "480", "Ana at work", "summary"},
		"mentors/shy/index.html":      {"https://example.org/portal/banner.png", "1200", "630", "Mentoring", "summary_large_image"},
	} {
		meta, _ := sharing(t, plan.text(t, path))
		got := [5]string{meta["og:image"], meta["og:image:width"], meta["og:image:height"], meta["og:image:alt"], meta["twitter:card"]}
		if got != want {
			t.Errorf("%s: the preview is %q, want %q", path, got, want)
		}
		if meta["og:title"] == "" || meta["og:url"] == "" {
			t.Errorf("%s: the preview lacks a title or an address: %v", path, meta)
		}
	}
}

func TestPreviewsThatAreNotThere(t *testing.T) {
	site := full.with(sources{
		"config.toml":                 full["config.toml"] + "\n[brand]\nimage = \"/no.png\"\n",
		"content/guides/start/own.md": "+++\ntitle = \"Own\"\nimage = \"own.svg\"\n+++\nText.\n",
		"content/programs/two.toml":   "title = \"Two\"\nimage = \"two.png\"\n",
	})
	_, problems := site.faulty(t)
	for _, want := range []string{
		`there is no file "/no.png" in content/static`,
		`content/guides/start/own.md:3:9: "own.svg" is not a picture that previews of links can show: give a .png or .jpg`,
		`content/programs/two.toml:2:9: there is no file "two.png" beside this one`,
	} {
		if !strings.Contains(said(problems), want) {
			t.Errorf("the problems lack %s:\n%s", want, said(problems))
		}
	}
}

// TestBreadcrumbsForSearchEngines: the way to a page is told beside what the page is.
func TestBreadcrumbsForSearchEngines(t *testing.T) {
	plan, _ := full.plan(t)
	for path, want := range map[string]string{
		"guides/start/first/index.html":      "Article BreadcrumbList: Home https://example.org/portal/ | Guides https://example.org/portal/guides/ | Start https://example.org/portal/guides/start/ | First https://example.org/portal/guides/start/first/",
		"es/guides/start/primera/index.html": "Article BreadcrumbList: Inicio https://example.org/portal/es/ | Guías https://example.org/portal/es/guides/ | Start https://example.org/portal/es/guides/start/ | La primera https://example.org/portal/es/guides/start/primera/",
		"programs/peer/index.html":           "EducationalOccupationalProgram BreadcrumbList: Home https://example.org/portal/ | Programs https://example.org/portal/programs/ | Peer https://example.org/portal/programs/peer/",
		"mentors/quiet/index.html":           "ProfilePage",
		"index.html":                         "WebSite",
		"mentors/index.html":                 "BreadcrumbList: Home https://example.org/portal/ | Mentors https://example.org/portal/mentors/",
	} {
		_, data := sharing(t, plan.text(t, path))
		var got []string
		for _, thing := range data {
			kind := thing["@type"].(string)
			if kind == "BreadcrumbList" {
				var steps []string
				for i, item := range thing["itemListElement"].([]any) {
					step := item.(map[string]any)
					if int(step["position"].(float64)) != i+1 {
						t.Errorf("%s: step %d has the position %v", path, i+1, step["position"])
					}
					steps = append(steps, step["name"].(string)+" "+step["item"].(string))
				}
				kind += ": " + strings.Join(steps, " | ")
			}
			got = append(got, kind)
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%s:\n got %s\nwant %s", path, strings.Join(got, " "), want)
		}
	}
}
