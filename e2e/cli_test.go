package e2e_test

import (
	"encoding/json"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/selorax/sandbox/e2e/internal/programs"
)

// The developer's command line, as people type it, against the real programs.
// Each script has a sandbox of its own.
func TestCommandLine(t *testing.T) {
	t.Parallel()
	needPrograms(t)
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/cli",
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Setup: func(env *testscript.Env) error {
			env.Setenv("PATH", suite.Bin+string(filepath.ListSeparator)+env.Getenv("PATH"))
			env.Setenv("GORACE", "atexit_sleep_ms=0") // each command would end a second late under the race detector
			for _, program := range []string{"PLATFORM", "DASHBOARD", "APP"} {
				env.Setenv("SX_"+program+"_ADDR", "127.0.0.1:0")
			}
			return passOn(env)
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"await": await, "capture": capture, "port": port, "receiver": receiver, "until": until,
		},
	})
}

// passOn gives a script where the repository is, and what the go command needs
// to build without a network.
func passOn(env *testscript.Env) error {
	root, err := programs.Root()
	if err != nil {
		return err
	}
	env.Setenv("ROOT", root)
	out, err := exec.Command("go", "env", "-json", "GOCACHE", "GOMODCACHE").Output()
	if err != nil {
		return err
	}
	values := map[string]string{"GOWORK": "off", "GOPROXY": "off", "GOFLAGS": ""}
	if err := json.Unmarshal(out, &values); err != nil {
		return err
	}
	for name, value := range values {
		env.Setenv(name, value)
	}
	return nil
}

// port NAME puts the number of a free port into the variable NAME.
func port(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: port NAME")
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	ts.Check(err)
	_, number, err := net.SplitHostPort(l.Addr().String())
	ts.Check(err)
	ts.Check(l.Close())
	ts.Setenv(args[0], number)
}

// await FILE [REGEXP] waits until the file exists, and has a match.
func await(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) == 0 || len(args) > 2 {
		ts.Fatalf("usage: await FILE [REGEXP]")
	}
	want := regexp.MustCompile("(?m)" + strings.Join(args[1:], ""))
	deadline := time.After(time.Minute)
	tick := time.NewTicker(10 * time.Millisecond)
	defer tick.Stop()
	for {
		text, err := os.ReadFile(ts.MkAbs(args[0]))
		if err == nil && want.Match(text) {
			return
		}
		select {
		case <-deadline:
			ts.Fatalf("%s did not appear in:\n%s", strings.Join(args, ": "), text)
		case <-tick.C:
		}
	}
}

// until REGEXP COMMAND… runs a command until its standard output has a match.
func until(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: until REGEXP COMMAND…")
	}
	want := regexp.MustCompile("(?m)" + args[0])
	for deadline := time.Now().Add(time.Minute); time.Now().Before(deadline); {
		ts.Check(ts.Exec(args[1], args[2:]...))
		if want.MatchString(ts.ReadFile("stdout")) {
			return
		}
	}
	ts.Fatalf("%s did not appear", args[0])
}

// capture NAME REGEXP puts the first group of the match in the last command's
// output, on either stream, into the variable NAME.
func capture(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: capture NAME REGEXP")
	}
	output := ts.ReadFile("stdout") + ts.ReadFile("stderr")
	match := regexp.MustCompile("(?m)" + args[1]).FindStringSubmatch(output)
	if len(match) != 2 {
		ts.Fatalf("no group of %s in:\n%s", args[1], output)
	}
	ts.Setenv(args[0], match[1])
	fmt.Fprintf(ts.Stdout(), "%s=%s\n", args[0], match[1])
}
