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

// Sandbox is a running sandbox on free ports.
type Sandbox struct {
	api.SandboxReady
	cmd *exec.Cmd
	log *log
}

// Start runs the programs in bin on the data directory and returns once they
// are ready. The sandbox ends with Stop, or with this process.
func Start(ctx context.Context, bin, data string) (*Sandbox, error) {
	const free = "127.0.0.1:0"
	s := &Sandbox{log: &log{}}
	s.cmd = exec.CommandContext(ctx, filepath.Join(bin, "sx"), "up", "--json", "--data", data,
		"--platform-addr", free, "--dashboard-addr", free, "--app-addr", free)
	s.cmd.Stderr = s.log
	s.cmd.Cancel = func() error { return s.cmd.Process.Signal(syscall.SIGTERM) }
	out, err := s.cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := s.cmd.Start(); err != nil {
		return nil, err
	}
	line, err := bufio.NewReader(out).ReadBytes('\n')
	if err != nil {
		return nil, fmt.Errorf("sx up did not become ready: %w\n%s", errors.Join(err, s.Stop()), s.Log())
	}
	return s, json.Unmarshal(line, &s.SandboxReady)
}

// Stop ends the sandbox as Ctrl-C would. The error says if it did not end
// well, or if a race-enabled program saw a data race.
func (s *Sandbox) Stop() error {
	_ = s.cmd.Process.Signal(syscall.SIGTERM)
	err := s.cmd.Wait()
	if strings.Contains(s.Log(), "WARNING: DATA RACE") {
		err = errors.Join(err, errors.New("a program has a data race"))
	}
	return err
}

// Log returns what the programs have written so far.
func (s *Sandbox) Log() string { return s.log.String() }

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
