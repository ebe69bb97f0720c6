package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/stoa-portal/stoa/generator"
)

func schemaCommand(t *terminal) *cobra.Command {
	var s site
	command := &cobra.Command{
		Use:   "schema [DIR]",
		Short: "Write JSON Schemas, with which editors complete the fields",
		Long: `Write a JSON Schema for every kind of file into a folder (default: schema). Editors that know
TOML, such as VS Code with Even Better TOML, complete keys, explain them and underline faults with
their help. Fields that config.toml declares are among those of a mentor.`,
		Example: `  stoa schema
  stoa schema -s my-portal my-portal/schema`,
		Args: arguments("[DIR]"),
		ValidArgsFunction: func(_ *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
			if len(args) > 0 {
				return nil, cobra.ShellCompDirectiveNoFileComp
			}
			return nil, cobra.ShellCompDirectiveFilterDirs
		},
		RunE: func(command *cobra.Command, args []string) error {
			folder := "schema"
			if len(args) > 0 {
				folder = args[0]
			}
			schemas, err := generator.Schemas(s.source)
			if err != nil {
				return failure{err}
			}
			if err := os.MkdirAll(folder, 0o755); err != nil {
				return failure{err}
			}
			var rules strings.Builder
			for _, schema := range schemas {
				file := filepath.Join(folder, schema.Kind+".schema.json")
				if err := os.WriteFile(file, schema.Text, 0o644); err != nil {
					return failure{err}
				}
				if schema.Files != "" {
					rules.WriteString(taploRule(schema.Files, fromSite(s.source, file)))
				}
			}
			t.result(green, "Wrote", " %s to %s", counted(len(schemas), "schema"), shown(folder))
			fmt.Fprintf(t.out, "\nFor Taplo, and Even Better TOML in VS Code, put this into .taplo.toml beside config.toml:\n%s", rules.String())
			return nil
		},
	}
	s.sourceFlag(command)
	return command
}

// taploRule is a rule of Taplo's configuration. Translations are left out: they give only the
// fields that differ.
func taploRule(files, schema string) string {
	exclude := ""
	if folder, ok := strings.CutSuffix(files, "*.toml"); ok {
		exclude = fmt.Sprintf("exclude = [%q]\n", folder+"*.*.toml")
	}
	return fmt.Sprintf("\n[[rule]]\ninclude = [%q]\n%sschema = { path = %q }\n", files, exclude, schema)
}

// fromSite is a file's path from the site's folder, where .taplo.toml is.
func fromSite(source, file string) string {
	from, err := filepath.Abs(source)
	if err != nil {
		return filepath.ToSlash(file)
	}
	to, err := filepath.Abs(file)
	if err != nil {
		return filepath.ToSlash(file)
	}
	if path, err := filepath.Rel(from, to); err == nil {
		to = path
	}
	return filepath.ToSlash(to)
}
