package check

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/stoa-portal/stoa/generator/internal/config"
	"github.com/stoa-portal/stoa/generator/internal/diag"
)

// A Level is how severe a site takes a rule.
type Level string

const (
	Off  Level = "off"   // it is not said
	Warn Level = "warn"  // it is said
	Fail Level = "error" // it is said, and the check or the build fails
)

// A Rule is one kind of warning.
type Rule struct {
	Name string
	Says string // what is wrong, as a sentence
	Mend string // what to do, as a sentence

	find func(*site, *diag.List) // nil: another room says it, with every build
	ask  bool                    // only --external says it
}

// By tells who says it: "build", "check" or "check --external".
func (r Rule) By() string {
	switch {
	case r.ask:
		return "check --external"
	case r.find != nil:
		return "check"
	}
	return "build"
}

// Rules is every kind of warning, those about people first.
var Rules = []Rule{
	// Profiles
	{Name: "thin-profile", Says: "A profile has no headline, no text, no skills and no topics.", Mend: "Ask the mentor for a sentence and three skills."},
	{Name: "review-due", Says: "Nobody has read a profile over for longer than `[review] every`.", Mend: "Send the mentor the text that the check prints, then set `reviewed`."},
	{Name: "expired", Says: "The day in `expires` is past.", Mend: "Ask the mentor, then move the day or remove the profile."},
	{Name: "hidden-but-readable", Says: "A profile is not published, but its file is still there.", Mend: "In a public repository everybody can read the file; delete it when the person has left."},
	{Name: "consent", Says: "A testimonial lacks its author's consent and is not published.", Mend: "Ask, then set `consent = true`, or delete it."},
	{Name: "photo-consent", Says: "There is a photo, and no consent to publish it.", Mend: "Ask, then set `photo = true` under `[consent]`, or delete the file.", find: photosWithoutConsent},
	{Name: "email-in-text", Says: "An e-mail address stands in a text, where no switch hides it.", Mend: "Move a mentor's to `[[channels]]`; give an office's as `contact` in config.toml.", find: emails},
	{Name: "phone-in-text", Says: "What looks like a telephone number stands in a profile's text.", Mend: "Move it to `[[channels]]`.", find: phones},
	{Name: "origin", Says: "A mentor's own request link is not shown, since its host is not allowed.", Mend: "Add the host to `[request] origins`, or remove the link."},
	{Name: "orphan", Says: "A photo belongs to nobody.", Mend: "Rename it as the profile is called, or delete it."},

	// The portal as a whole
	{Name: "nobody-open", Says: "No mentor can be asked today.", Mend: "Look at `[availability]` in the profiles.", find: nobodyOpen},
	{Name: "no-request", Says: "Visitors read profiles and have no way to ask.", Mend: "Set `[request] method`.", find: noRequest},
	{Name: "program-over", Says: "Every cohort of a program is over.", Mend: "Add the next cohort, or delete the program.", find: programsOver},
	{Name: "program-empty", Says: "No mentor is listed with a program.", Mend: "Add its id to `programs` in their profiles.", find: programsEmpty},
	{Name: "goal-without-measures", Says: "A goal template does not say how progress is seen.", Mend: "Add `[[measures]]`; for a GROW goal, `[[milestones]]` will do.", find: unmeasuredGoals},
	{Name: "beyond-end", Says: "A week of a program or goal comes after its end.", Mend: "Correct the week, or `duration_weeks`."},
	{Name: "no-base-url", Says: "The site's address is not known, so there is no sitemap, feed or calendar.", Mend: "Set `base_url`, or build with `--base-url`."},

	// Words to choose from
	{Name: "unknown-term", Says: "A vocabulary does not know a word, so the word has no page.", Mend: "Use the word it suggests, or add the term, or an alias, to the vocabulary."},
	{Name: "unused-term", Says: "No profile, guide or goal uses a term of a vocabulary (said once there are 20 mentors).", Mend: "Delete the term, or ask the mentors who could offer it.", find: unusedTerms},
	{Name: "near-duplicate-term", Says: "Two terms, or two spellings in profiles, are nearly the same.", Mend: "Keep one, and make the other an alias of it.", find: nearDuplicates},
	{Name: "repeated", Says: "A list names the same thing twice.", Mend: "Delete one of them."},
	{Name: "unused", Says: "A term has an `ask` sentence that nothing shows.", Mend: "Move it to a topic; only those are asked for."},

	// Texts
	{Name: "image-text", Says: "A picture has no description for people who cannot see it.", Mend: "Write what it shows between the square brackets (WCAG 2.2, 1.1.1)."},
	{Name: "heading-level", Says: "A heading skips a level.", Mend: "Use one `#` more than the heading above it, not two (WCAG 2.2, 1.3.1)."},
	{Name: "heading-empty", Says: "A heading has no words.", Mend: "Write some, or delete it."},
	{Name: "link-text", Says: "A link has no words.", Mend: "Say between the square brackets where it leads (WCAG 2.2, 2.4.4)."},
	{Name: "vague-link", Says: "A link says “here” or “read more”, which tells nothing to those who hear links read out in a list.", Mend: "Let the link's words name what it leads to (WCAG 2.2, 2.4.4).", find: vagueLinks},
	{Name: "orphan-guide", Says: "Nothing leads to a guide but the list of its section.", Mend: "Link to it from another guide, or name it in a program or goal.", find: orphanGuides},
	{Name: "link", Says: "A link in a text leads to what is not published; its words stay.", Mend: "Remove the link, or publish what it leads to."},
	{Name: "broken-link", Says: "A link leads to a heading that the page does not have.", Mend: "Use the heading it suggests."},
	{Name: "not-published", Says: "A menu, button or redirect leads to what this site does not publish.", Mend: "Remove it, or set what it needs."},
	{Name: "left-out", Says: "Something refers to a file that this build leaves out.", Mend: "Mend that file."},
	{Name: "footnote", Says: "A footnote is not shown: nothing refers to it, or there are two.", Mend: "Refer to it in the text, or rename it."},
	{Name: "table", Says: "A row has more cells than its table has columns.", Mend: "Write a backslash before a bar inside a cell."},
	{Name: "fence", Says: "Nothing closes a block of code.", Mend: "End it with the same fence on a line of its own."},
	{Name: "code-lines", Says: "A block of code marks lines that it does not have.", Mend: "Give numbers of its lines, such as {2,4-5}."},
	{Name: "unknown-alert", Says: "There is no alert of that name.", Mend: "Write NOTE, TIP, IMPORTANT, WARNING or CAUTION."},
	{Name: "unknown-embed", Says: "A fenced block's name is nearly that of an embed.", Mend: "Use the name it suggests."},
	{Name: "foreign-notation", Says: "A text has a notation of another generator, which is shown as it stands.", Mend: "Write it as it suggests."},
	{Name: "raw-html", Says: "Markdown right behind a tag is not read.", Mend: "Leave an empty line before it."},
	{Name: "external-link", Says: "A page elsewhere is gone, or its host does not answer.", Mend: "Find its new address, or remove the link.", ask: true},
	{Name: "external-moved", Says: "A page elsewhere has moved for good.", Mend: "Write its new address.", ask: true},

	// Pictures
	{Name: "picture-location", Says: "A photo's file says where it was taken. The site leaves that out, the repository does not.", Mend: "Export the photo without its location."},
	{Name: "picture-small", Says: "A photo has so few pixels that it will look blurred.", Mend: "Ask for one with 480 × 480 or more."},
	{Name: "picture-moves", Says: "A picture moves; only its first frame is shown.", Mend: "Save one still picture of it."},
	{Name: "picture-name", Says: "A picture's name says another format than the file has.", Mend: "Rename it as it suggests."},

	// Files and themes
	{Name: "unknown-file", Says: "A file in content/ is of a kind that nothing uses.", Mend: "Move it to content/static to publish it as it is, or delete it."},
	{Name: "shallow-clone", Says: "A shallow clone does not know when guides were last changed.", Mend: "Fetch the whole history: `git fetch --unshallow`, or `fetch-depth: 0` in a workflow."},
	{Name: "output-collision", Says: "Two addresses differ in the case of letters only, which some servers do not tell apart.", Mend: "Rename one of the files."},
	{Name: "missing-words", Says: "The theme has no words in a language of the site.", Mend: "Add `i18n/<language>.toml` to a theme of your own."},
	{Name: "unknown-word", Says: "A theme translates a word that nothing says.", Mend: "Correct its key, or delete it."},
	{Name: "unknown-block", Says: "A layout fills a block that nothing shows.", Mend: "Use the name it suggests."},
	{Name: "stray-file", Says: "Nothing reads a file of a theme.", Mend: "Rename it as it suggests, or delete it."},
	{Name: "accent", Says: "The accent colour cannot be read as it is and was made readable.", Mend: "Choose a darker one, or leave it: this is for your information."},
}

// Levels is how severe a site takes each rule; a rule that is not in it is a warning.
type Levels map[string]Level

// LevelsOf reads [check] of config.toml, and reports rules that do not exist.
func LevelsOf(c *config.Config) (Levels, diag.List) {
	var problems diag.List
	names := make([]string, len(Rules))
	for i, rule := range Rules {
		names[i] = rule.Name
	}
	levels := Levels{}
	for _, name := range slices.Sorted(maps.Keys(c.Check)) {
		if !slices.Contains(names, name) {
			problems.Errorf(c.Place("check."+name), "unknown-key", "there is no rule %q%s; content/README.md lists them", name, diag.DidYouMean(name, names))
			continue
		}
		levels[name] = Level(c.Check[name])
	}
	return levels, problems
}

// String names every level that is set, in a fixed order.
func (l Levels) String() string {
	var b strings.Builder
	for _, rule := range slices.Sorted(maps.Keys(l)) {
		fmt.Fprintf(&b, "%s=%s ", rule, l[rule])
	}
	return b.String()
}

func (l Levels) level(rule string) Level {
	if level, ok := l[rule]; ok {
		return level
	}
	return Warn
}

// Apply drops the warnings that are off and makes errors of those that are to fail. Errors
// stay: no setting makes a broken file whole.
func (l Levels) Apply(list diag.List) diag.List {
	if len(l) == 0 {
		return list
	}
	var applied diag.List
	for _, problem := range list {
		if problem.Severity == diag.Warning {
			switch l.level(problem.Rule) {
			case Off:
				continue
			case Fail:
				problem.Severity = diag.Error
			}
		}
		applied = append(applied, problem)
	}
	return applied
}

// Reference is the table of rules in Markdown, for people.
func Reference() string {
	var b strings.Builder
	b.WriteString("| rule | what it says | what to do | said by |\n|---|---|---|---|\n")
	for _, rule := range Rules {
		fmt.Fprintf(&b, "| `%s` | %s | %s | %s |\n", rule.Name, rule.Says, rule.Mend, rule.By())
	}
	return b.String()
}
