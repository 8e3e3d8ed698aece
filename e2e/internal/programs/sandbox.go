package programs

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"

	"github.com/selorax/sandbox/platform/api"
)

// Sandbox is a running sandbox: how to reach it, and what it runs in.
type Sandbox struct {
	api.SandboxReady
	Runner
}

// Runner is what a sandbox runs in.
type Runner interface {
	// Stop ends the sandbox. The error says if it did not end well.
	Stop() error
	// Log returns what the programs have written so far.
	Log() string
}

// processes is the sandbox that one `sx up` runs.
type processes struct {
	cmd *exec.Cmd
	log log
}

// Start runs the programs in bin on the data directory and on free ports, with
// further arguments for `sx up`, and returns once they are ready. The sandbox
// ends with Stop, or with this process.
func Start(ctx context.Context, bin, data string, args ...string) (*Sandbox, error) {
	const free = "127.0.0.1:0"
	p := &processes{}
	p.cmd = exec.CommandContext(ctx, filepath.Join(bin, "sx"), append([]string{"up", "--json", "--data", data,
		"--platform-addr", free, "--dashboard-addr", free, "--app-addr", free}, args...)...)
	p.cmd.Stderr = &p.log
	p.cmd.Cancel = func() error { return p.cmd.Process.Signal(syscall.SIGTERM) }
	out, err := p.cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := p.cmd.Start(); err != nil {
		return nil, err
	}
	line, err := bufio.NewReader(out).ReadBytes('\n')
	if err != nil {
		return nil, fmt.Errorf("sx up did not become ready: %w\n%s", errors.Join(err, p.Stop()), p.Log())
	}
	s := &Sandbox{Runner: p}
	return s, json.Unmarshal(line, &s.SandboxReady)
}

// Stop ends the sandbox as Ctrl-C would. The error says if it did not end
// well, or if a race-enabled program saw a data race.
func (p *processes) Stop() error {
	_ = p.cmd.Process.Signal(syscall.SIGTERM)
	err := p.cmd.Wait()
	if strings.Contains(p.Log(), "WARNING: DATA RACE") {
		err = errors.Join(err, errors.New("a program has a data race"))
	}
	return err
}

// Log returns what the programs have written so far.
func (p *processes) Log() string { return p.log.String() }

// App returns the credentials of an app of the seed.
func (s *Sandbox) App(slug string) api.SandboxApp {
	for _, a := range s.Apps {
		if a.Slug == slug {
			return a
		}
	}
	return api.SandboxApp{}
}

// Login returns the login of the seed with the given email address.
func (s *Sandbox) Login(email string) api.SandboxLogin {
	for _, l := range s.Logins {
		if l.Email == email {
			return l
		}
	}
	return api.SandboxLogin{}
}

type log struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (l *log) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(p)
}

func (l *log) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.String()
}
