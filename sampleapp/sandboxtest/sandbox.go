package sandboxtest

import (
	"bufio"
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"
	"time"
)

// Variable names the sx binary.
const Variable = "SELORAX_SX"

// Login is somebody who may sign in to the dashboard.
type Login struct {
	Email    string  `json:"email"`
	Password string  `json:"password"`
	StoreIDs []int64 `json:"store_ids"`
}

// Sandbox is a running sandbox.
type Sandbox struct {
	APIURL       string  `json:"api_url"` // ends in /api
	DashboardURL string  `json:"dashboard_url"`
	Logins       []Login `json:"logins"`
	Apps         []App   `json:"apps"` // those that are there from the start

	t    testing.TB
	sx   string
	data string
}

// Start runs a sandbox until the test ends. The test is skipped when no sx is
// named.
func Start(t testing.TB) *Sandbox {
	t.Helper()
	sx := os.Getenv(Variable)
	if sx == "" {
		t.Skip(Variable + " names no sx binary, so this test has no sandbox to run against")
	}
	s := &Sandbox{t: t, sx: sx, data: filepath.Join(t.TempDir(), "sandbox")}
	up := s.command("up", "--json", "--log", "none", "--no-app", "--platform-addr", "127.0.0.1:0", "--dashboard-addr", "127.0.0.1:0")
	var said bytes.Buffer
	up.Stderr = &said
	out, err := up.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := up.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = up.Process.Signal(syscall.SIGTERM)
		_ = up.Wait()
	})
	ready, err := bufio.NewReader(out).ReadBytes('\n')
	if err == nil {
		err = json.Unmarshal(ready, s)
	}
	if err != nil {
		t.Fatalf("the sandbox does not start: %v\n%s", err, &said)
	}
	return s
}

func (s *Sandbox) command(args ...string) *exec.Cmd {
	cmd := exec.Command(s.sx, args...)
	cmd.Env = append(os.Environ(), "SX_DATA="+s.data)
	return cmd
}

// Run runs an sx command with --json and reads what it prints into out, unless
// that is nil. What sx refuses fails the test.
func (s *Sandbox) Run(out any, args ...string) {
	s.t.Helper()
	cmd := s.command(append(args, "--json")...)
	var said bytes.Buffer
	cmd.Stderr = &said
	text, err := cmd.Output()
	if err != nil {
		s.t.Fatalf("sx %v: %v\n%s%s", args, err, text, &said)
	}
	if out == nil {
		return
	}
	if err := json.Unmarshal(text, out); err != nil {
		s.t.Fatalf("sx %v: %v in %s", args, err, text)
	}
}

// Advance lets business time pass, with everything that falls due in it: expiring
// tokens, renewals, further tries of webhooks. by is as in "90d" or "1h30m".
func (s *Sandbox) Advance(by string) {
	s.t.Helper()
	s.Run(nil, "clock", "advance", by)
}

// Trigger makes an event happen on a store, by a real change of its data.
func (s *Sandbox) Trigger(topic string) {
	s.t.Helper()
	s.Run(nil, "trigger", topic)
}

// Fault makes something go wrong: Fault("webhook", "duplicate", "--first", "1"),
// Fault("api", "503", "--first", "2").
func (s *Sandbox) Fault(on, effect string, flags ...string) {
	s.t.Helper()
	s.Run(nil, append([]string{"fault", "set", on, effect}, flags...)...)
}

// Until waits for what happens beside the test, at most half a minute.
func (s *Sandbox) Until(what string, happened func() bool) {
	s.t.Helper()
	for deadline := time.Now().Add(30 * time.Second); !happened(); {
		if time.Now().After(deadline) {
			s.t.Fatalf("%s did not happen", what)
		}
		time.Sleep(20 * time.Millisecond)
	}
}
