package main

import (
	"github.com/spf13/cobra"
)

// importCommand brings what was kept elsewhere into a site. What can be brought in besides the
// roster has a command of its own below it.
func importCommand(t *terminal) *cobra.Command {
	command := &cobra.Command{
		Use:    "import",
		Short:  "Bring in what was kept elsewhere",
		Args:   cobra.ArbitraryArgs,
		RunE:   group,
		Hidden: true, // until there is something to bring in
	}
	return command
}
