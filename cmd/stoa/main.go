// Command stoa makes a mentoring program's portal: it builds, serves and checks a site
// whose source is a folder with config.toml and content/.
//
// This package is flags and words; all work is done behind the door of package generator. Each
// command has a file. What it tells people, where and in which form, is decided in
// terminal.go: results go to stdout, problems to stderr. Exit status 0 means fine, 1 that the
// content or the build has errors, 2 that the command was misused.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime/debug"
	"slices"
	"strings"
	"syscall"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/stoa-portal/stoa/generator"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop) // whoever interrupts twice does not want to wait
	status := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	os.Exit(status)
}

// collect sets how much garbage may pile up, in percent of what is in use, unless whoever
// runs the command has set it (GOGC).
func collect(percent int) {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(percent)
	}
}

// run is the command without its process: it returns the exit status.
func run(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	t := newTerminal(stdout, stderr)
	root := rootCommand(t)
	root.SetArgs(args)
	root.SetOut(stdout)
	root.SetErr(stderr)
	command, err := root.ExecuteContextC(ctx)
	var f failure
	switch {
	case err == nil:
		return 0
	case errors.As(err, &f):
		if f.err != nil {
			t.sayError(f.err)
		}
		return 1
	}
	t.sayError(err)
	if _, ok := errors.AsType[misspelt](err); ok {
		t.note(faint, "%s --help says how it is used", command.CommandPath())
	}
	return 2
}

// A failure is an error of the content or of the build, as opposed to misuse, which every
// other error of a command is. Without an error of its own, everything has been said.
type failure struct{ err error }

func (f failure) Error() string { return "failed" }

// A misspelt is an error of the command line itself.
type misspelt string

func (m misspelt) Error() string { return string(m) }

func misspeltf(format string, args ...any) error { return misspelt(fmt.Sprintf(format, args...)) }

func rootCommand(t *terminal) *cobra.Command {
	cobra.EnableCommandSorting = false
	root := &cobra.Command{
		Use:   "stoa",
		Short: "Build a mentoring portal from text files",
		Long: `Stoa makes a web site of mentors, programs, guides, goals and worksheets, all plain
text files in one folder.`,
		Example: `  stoa new site my-portal       begin a portal
  stoa serve -s my-portal -O    show it in a browser while you edit
  stoa check -s my-portal       read everything and say what is wrong
  stoa build -s my-portal       write it to my-portal/public`,
		Args:          cobra.ArbitraryArgs,
		RunE:          group,
		SilenceErrors: true,
		SilenceUsage:  true,
		Version:       generator.Version(),
	}
	root.SetVersionTemplate(versionText())
	root.SetFlagErrorFunc(flagError)
	root.SetHelpCommand(helpCommand())
	root.SetUsageTemplate(usageTemplate)
	root.Flags().Bool("version", false, "say which version this is")
	root.AddCommand(buildCommand(t), serveCommand(t), checkCommand(t), newCommand(t), importCommand(t), exportCommand(t), reportCommand(t), schemaCommand(t), versionCommand())
	root.InitDefaultCompletionCmd()
	for _, c := range root.Commands() {
		if c.Name() == "completion" {
			c.Short, c.Args, c.RunE = "Write a script that completes commands in your shell", cobra.ArbitraryArgs, group
			c.Long = "Write a script that completes commands, flags and their values in your shell."
			c.Example = "  source <(stoa completion bash)\n  stoa completion fish > ~/.config/fish/completions/stoa.fish"
		}
	}
	return root
}

// usageTemplate is cobra's, shorter.
const usageTemplate = `Usage: {{if .HasAvailableSubCommands}}{{if ne .Use .Name}}{{.UseLine}}
       {{end}}{{.CommandPath}} COMMAND{{else}}{{.UseLine}}{{end}}
{{- if .HasAvailableSubCommands}}

Commands:
{{- range .Commands}}{{if .IsAvailableCommand}}
  {{rpad .Name .NamePadding}}  {{.Short}}{{end}}{{end}}{{end}}
{{- if .HasExample}}

Examples:
{{.Example}}{{end}}
{{- if .HasAvailableFlags}}

Flags:
{{.Flags.FlagUsages | trimTrailingWhitespaces}}{{end}}
{{- if .HasAvailableSubCommands}}

{{.CommandPath}} COMMAND --help says more about each.{{end}}
`

// group runs a command that only has commands below it.
func group(command *cobra.Command, args []string) error {
	if len(args) == 0 {
		return command.Help()
	}
	return noCommand(command, args[0])
}

func noCommand(command *cobra.Command, word string) error {
	var names []string
	for _, c := range command.Commands() {
		if c.IsAvailableCommand() {
			names = append(names, c.Name())
		}
	}
	return misspeltf("there is no command %q%s", command.CommandPath()+" "+word, generator.DidYouMean(word, names))
}

// flagError says what is wrong with a flag.
func flagError(command *cobra.Command, err error) error {
	if word := command.Flags().Arg(0); word != "" && command.HasSubCommands() && command.Use == command.Name() {
		return noCommand(command, word) // the flag belongs to what was misspelt
	}
	if unknown, ok := errors.AsType[*pflag.NotExistError](err); ok {
		name := unknown.GetSpecifiedName()
		if unknown.GetSpecifiedShortnames() != "" {
			return misspeltf("%s has no flag -%s", command.CommandPath(), name)
		}
		var names []string
		command.Flags().VisitAll(func(f *pflag.Flag) { names = append(names, "--"+f.Name) })
		slices.Sort(names)
		return misspeltf("%s has no flag --%s%s", command.CommandPath(), name, generator.DidYouMean("--"+name, names))
	}
	if missing, ok := errors.AsType[*pflag.ValueRequiredError](err); ok {
		return misspeltf("the flag --%s needs a value: %s", missing.GetFlag().Name, usage(missing.GetFlag()))
	}
	if invalid, ok := errors.AsType[*pflag.InvalidValueError](err); ok {
		return misspeltf("the flag --%s cannot be %q: %s", invalid.GetFlag().Name, invalid.GetValue(), usage(invalid.GetFlag()))
	}
	return misspelt(err.Error())
}

func usage(f *pflag.Flag) string {
	_, words := pflag.UnquoteUsage(f)
	return words
}

// helpCommand is cobra's own, except that to ask for a command that is not there is misuse.
func helpCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "help [COMMAND]",
		Short: "Say how a command is used",
		ValidArgsFunction: func(command *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
			var names []string
			if found, _, err := command.Root().Find(args); err == nil {
				for _, c := range found.Commands() {
					if c.IsAvailableCommand() {
						names = append(names, c.Name()+"\t"+c.Short)
					}
				}
			}
			return names, cobra.ShellCompDirectiveNoFileComp
		},
		RunE: func(command *cobra.Command, args []string) error {
			found, rest, err := command.Root().Find(args)
			if err != nil {
				return err
			}
			if len(rest) > 0 {
				return noCommand(found, rest[0])
			}
			found.InitDefaultHelpFlag()
			return found.Help()
		},
	}
}

// arguments wants as many arguments as there are names for them. A name in brackets may be
// left out.
func arguments(names ...string) cobra.PositionalArgs {
	return func(command *cobra.Command, args []string) error {
		if len(args) > len(names) {
			return misspeltf("%s does not know what to do with %q", command.CommandPath(), args[len(names)])
		}
		if missing := names[len(args):]; len(missing) > 0 && !strings.HasPrefix(missing[0], "[") {
			return misspeltf("%s needs %s", command.CommandPath(), missing[0])
		}
		return nil
	}
}

// A site is the flags that say which site, and how it is read.
type site struct {
	source, baseURL, clock string
	drafts, strict         bool
}

func (s *site) sourceFlag(command *cobra.Command) {
	command.Flags().StringVarP(&s.source, "source", "s", ".", "the site's `folder`, the one with config.toml")
	folderFlag(command, "source")
}

func (s *site) flags(command *cobra.Command) {
	s.sourceFlag(command)
	command.Flags().StringVarP(&s.baseURL, "base-url", "b", "", "`address` at which the site will live, with its path, instead of config.toml's base_url")
	command.Flags().StringVar(&s.clock, "clock", "", "`day` to take for today, as 2026-10-12")
	command.Flags().BoolVar(&s.drafts, "drafts", false, "show drafts too")
	for _, name := range []string{"base-url", "clock"} {
		completeNothing(command, name)
	}
}

func (s *site) strictFlag(command *cobra.Command) {
	command.Flags().BoolVar(&s.strict, "strict", false, "take every warning for an error")
}

func (s *site) open() (*generator.Generator, error) {
	return generator.New(generator.Options{
		Source: s.source, BaseURL: s.baseURL, Drafts: s.drafts, Strict: s.strict, Date: s.clock,
	})
}

func folderFlag(command *cobra.Command, name string) {
	if err := command.MarkFlagDirname(name); err != nil {
		panic(err) // the flag was defined a line earlier
	}
}

func completeNothing(command *cobra.Command, name string) {
	completeWith(command, name, cobra.NoFileCompletions)
}

func completeWith(command *cobra.Command, name string, f cobra.CompletionFunc) {
	if err := command.RegisterFlagCompletionFunc(name, f); err != nil {
		panic(err) // the flag was defined a line earlier
	}
}
