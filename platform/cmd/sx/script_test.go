package main

import (
	"encoding/json"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/selorax/sandbox/platform/internal/sandbox/local"
	"github.com/selorax/sandbox/platform/internal/sandbox/supervise"
)

// The test binary plays sx and, as fakes, the programs that sx starts.
func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"sx":        main,
		"platform":  fakeProgram,
		"dashboard": fakeProgram,
		"sampleapp": fakeProgram,
	})
}

func TestScripts(t *testing.T) {
	t.Parallel()
	platform, err := exec.LookPath("platform")
	if err != nil {
		t.Fatal(err)
	}
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata",
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Setup: func(env *testscript.Env) error {
			env.Setenv("SX_BIN", filepath.Dir(platform))
			env.Setenv("GORACE", "atexit_sleep_ms=0") // each command would end a second late under the race detector
			for _, program := range []string{"PLATFORM", "DASHBOARD", "APP"} {
				env.Setenv("SX_"+program+"_ADDR", "127.0.0.1:0")
			}
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"await":    await,
			"busy":     busy,
			"code":     code,
			"receiver": receiver,
			"sig":      sig,
		},
	})
}

// fakeProgram writes its arguments and environment down, serves /readyz on the
// inherited listener and ends on SIGTERM. The program named by FAKE_DIES ends
// at once; none is ready while there is the file that FAKE_BUSY names.
func fakeProgram() {
	name := filepath.Base(os.Args[0])
	note := func(kind string, lines []string) {
		if err := os.WriteFile(name+"."+kind, []byte(strings.Join(lines, "\n")+"\n"), 0o600); err != nil {
			panic(err)
		}
	}
	note("args", os.Args[1:])
	note("env", os.Environ())
	fmt.Fprintln(os.Stderr, name, "starts")
	slog.New(slog.NewTextHandler(os.Stderr, nil)).Info("http.request", "method", "GET", "path", "/of/"+name, "status", 200, "ms", 3, "request_id", "r-1")
	if os.Getenv("FAKE_DIES") == name {
		fmt.Fprintln(os.Stderr, "cannot open the database")
		os.Exit(1)
	}
	stop := make(chan os.Signal, 1)
	signal.Notify(stop, syscall.SIGTERM)
	l, err := net.FileListener(os.NewFile(supervise.ListenFD, "listener"))
	if err != nil {
		panic(err)
	}
	mux := http.NewServeMux()
	mux.HandleFunc("/readyz", func(w http.ResponseWriter, _ *http.Request) {
		if _, err := os.Stat(os.Getenv("FAKE_BUSY")); err == nil {
			w.WriteHeader(http.StatusServiceUnavailable)
		}
	})
	go http.Serve(l, fakeControl(mux))
	<-stop
}

// await FILE [REGEXP] waits until the file exists, and has a match.
func await(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) == 0 || len(args) > 2 {
		ts.Fatalf("usage: await FILE [REGEXP]")
	}
	want := regexp.MustCompile("(?m)" + strings.Join(args[1:], ""))
	deadline := time.After(20 * time.Second)
	tick := time.NewTicker(5 * time.Millisecond)
	defer tick.Stop()
	for {
		if text, err := os.ReadFile(ts.MkAbs(args[0])); err == nil && want.Match(text) {
			return
		}
		select {
		case <-deadline:
			ts.Fatalf("%s did not appear", strings.Join(args, ": "))
		case <-tick.C:
		}
	}
}

// busy NAME opens a port and puts its address into the variable NAME.
func busy(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: busy NAME")
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	ts.Check(err)
	ts.Defer(func() { l.Close() })
	ts.Setenv(args[0], l.Addr().String())
}

// code N COMMAND… runs a command that has to end with exit code N.
func code(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: code N COMMAND…")
	}
	err := ts.Exec(args[1], args[2:]...)
	got := 0
	if exit, ok := err.(*exec.ExitError); ok {
		got = exit.ExitCode()
	} else {
		ts.Check(err)
	}
	if fmt.Sprint(got) != args[0] {
		ts.Fatalf("exit code %d, want %s", got, args[0])
	}
}

// sig SIGNAL DIR sends a signal (TERM, INT, KILL) to the sandbox on DIR.
func sig(ts *testscript.TestScript, neg bool, args []string) {
	signals := map[string]syscall.Signal{"TERM": syscall.SIGTERM, "INT": syscall.SIGINT, "KILL": syscall.SIGKILL}
	if neg || len(args) != 2 || signals[args[0]] == 0 {
		ts.Fatalf("usage: sig TERM|INT|KILL DIR")
	}
	var state local.State
	ts.Check(json.Unmarshal([]byte(ts.ReadFile(filepath.Join(args[1], "sandbox.json"))), &state))
	ts.Check(syscall.Kill(state.PID, signals[args[0]]))
}
