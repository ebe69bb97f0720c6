package main

import (
	"fmt"
	"runtime"
	"runtime/debug"
	"strings"

	"github.com/spf13/cobra"

	"github.com/stoa-portal/stoa/generator"
)

func versionCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "version",
		Short: "Say which version this is",
		Args:  arguments(),
		RunE: func(command *cobra.Command, _ []string) error {
			_, err := fmt.Fprint(command.OutOrStdout(), versionText())
			return err
		},
	}
}

// versionText is the version, the revision it was built from where that is known, and
// what it was built with.
func versionText() string {
	var b strings.Builder
	fmt.Fprintf(&b, "stoa %s\n", generator.Version())
	if info, ok := debug.ReadBuildInfo(); ok {
		settings := map[string]string{}
		for _, s := range info.Settings {
			settings[s.Key] = s.Value
		}
		if revision := settings["vcs.revision"]; revision != "" {
			fmt.Fprintf(&b, "revision %s of %s", revision, settings["vcs.time"])
			if settings["vcs.modified"] == "true" {
				b.WriteString(", with local changes")
			}
			b.WriteByte('\n')
		}
	}
	fmt.Fprintf(&b, "%s %s/%s\n", runtime.Version(), runtime.GOOS, runtime.GOARCH)
	return b.String()
}
