package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"stoa": main})
}

// Each file in testdata/script is a test: a session at a shell, with its files. Beside testscript's
// own words it may use
//
//	json FILE KEY...           FILE is a JSON object with these keys and no others
//	serve ARGS...              runs stoa serve until the end of the script; sets $URL and $PORT
//	said PATTERN               reads what serve prints until a line matches
//	fetch PATH STATUS [FILE]   asks serve for a path, and keeps the answer in FILE
//	interrupt                  ends serve as Ctrl-C does; it has to exit with 0
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Setup: func(env *testscript.Env) error {
			env.Setenv("SOURCE_DATE_EPOCH", "1795392000") // 2026-11-23
			env.Setenv("STOA_TAPLO", os.Getenv("STOA_TAPLO"))
			repository, err := filepath.Abs("../..")
			env.Setenv("REPOSITORY", repository)
			return err
		},
		Condition: func(condition string) (bool, error) {
			switch condition {
			case "taplo":
				return os.Getenv("STOA_TAPLO") != "", nil
			case "bash":
				_, err := exec.LookPath("bash")
				return err == nil, nil
			}
			return false, fmt.Errorf("there is no condition %q", condition)
		},
		Cmds: map[string]func(ts *testscript.TestScript, neg bool, args []string){
			"json": jsonKeys, "serve": serve, "said": said, "fetch": fetch, "interrupt": interrupt,
		},
	})
}

func jsonKeys(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) == 0 {
		ts.Fatalf("usage: json FILE KEY...")
	}
	var object map[string]any
	if err := json.Unmarshal([]byte(ts.ReadFile(args[0])), &object); err != nil {
		ts.Fatalf("%s is not a JSON object: %v", args[0], err)
	}
	if got := slices.Sorted(maps.Keys(object)); !slices.Equal(got, slices.Sorted(slices.Values(args[1:]))) {
		ts.Fatalf("%s has the keys %v", args[0], got)
	}
}

// A served is a running stoa serve.
type served struct {
	command *exec.Cmd
	lines   *bufio.Scanner // of its stdout and stderr
}

// running is the serve of each script, by its folder.
var running sync.Map

func current(ts *testscript.TestScript) *served {
	s, ok := running.Load(ts.Getenv("WORK"))
	if !ok {
		ts.Fatalf("serve has to come first")
	}
	return s.(*served)
}

func serve(ts *testscript.TestScript, neg bool, args []string) {
	path, err := exec.LookPath("stoa")
	ts.Check(err)
	s := &served{command: exec.Command(path, append([]string{"serve"}, args...)...)}
	s.command.Dir = ts.MkAbs(".")
	s.command.Env = append(os.Environ(), "SOURCE_DATE_EPOCH="+ts.Getenv("SOURCE_DATE_EPOCH"), "PATH="+ts.Getenv("PATH"), "WORK="+ts.Getenv("WORK"))
	reader, writer, err := os.Pipe()
	ts.Check(err)
	s.command.Stdout, s.command.Stderr = writer, writer
	s.lines = bufio.NewScanner(reader)
	ts.Check(s.command.Start())
	ts.Check(writer.Close())
	running.Store(ts.Getenv("WORK"), s)
	ts.Defer(func() {
		s.command.Process.Kill()
		s.command.Wait()
		reader.Close()
	})
	line := s.until(ts, regexp.MustCompile(`^Serving .* at http://`))
	address := line[strings.Index(line, "http://"):]
	ts.Setenv("URL", address)
	if u, err := url.Parse(address); err == nil {
		ts.Setenv("PORT", u.Port())
	}
}

// until reads lines until one matches.
func (s *served) until(ts *testscript.TestScript, pattern *regexp.Regexp) string {
	for s.lines.Scan() {
		ts.Logf("[serve] %s", s.lines.Text())
		if pattern.MatchString(s.lines.Text()) {
			return s.lines.Text()
		}
	}
	ts.Fatalf("serve ended without a line that matches %s", pattern)
	return ""
}

func said(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: said PATTERN")
	}
	current(ts).until(ts, regexp.MustCompile(args[0]))
}

func fetch(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 || len(args) > 3 {
		ts.Fatalf("usage: fetch PATH STATUS [FILE]")
	}
	response, err := http.Get(strings.TrimSuffix(ts.Getenv("URL"), "/") + args[0])
	ts.Check(err)
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	ts.Check(err)
	if strconv.Itoa(response.StatusCode) != args[1] {
		ts.Fatalf("%s answers %s", args[0], response.Status)
	}
	if len(args) == 3 {
		ts.Check(os.WriteFile(ts.MkAbs(args[2]), body, 0o644))
	}
}

func interrupt(ts *testscript.TestScript, neg bool, args []string) {
	s := current(ts)
	if runtime.GOOS == "windows" {
		return // where no process can interrupt another; it is killed at the end
	}
	ts.Check(s.command.Process.Signal(os.Interrupt))
	for s.lines.Scan() {
		ts.Logf("[serve] %s", s.lines.Text())
	}
	ts.Check(s.command.Wait())
}

func TestInterruptedBuildChangesNothing(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	dir := filepath.Join(t.TempDir(), "p")
	var out, problems strings.Builder
	if status := run(t.Context(), []string{"new", "site", dir}, &out, &problems); status != 0 {
		t.Fatal(status, problems.String())
	}
	if status := run(ctx, []string{"build", "-s", dir}, &out, &problems); status != 1 || !strings.Contains(problems.String(), "interrupted: nothing in") {
		t.Errorf("status %d: %s", status, problems.String())
	}
	if _, err := os.Stat(filepath.Join(dir, "public")); err == nil {
		t.Error("there is a destination")
	}
}
