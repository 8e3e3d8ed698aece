package local

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"

	"github.com/selorax/sandbox/platform/api"
)

// State is a running sandbox as sandbox.json describes it.
type State struct {
	PID   int              `json:"pid"`
	Ready api.SandboxReady `json:"ready"`
}

// Why there is no State.
var (
	ErrNotRunning = errors.New("no sandbox is running")
	ErrStarting   = errors.New("the sandbox is still starting")
)

// Running returns the sandbox that runs on the directory. The error is
// ErrNotRunning or ErrStarting when there is none to talk to. A state file
// left behind by a sandbox that was killed does not count.
func (d Dir) Running() (State, error) {
	pid, held, err := d.holder()
	if err != nil {
		return State{}, err
	}
	if !held {
		return State{}, fmt.Errorf("%w on %s", ErrNotRunning, d)
	}
	text, err := os.ReadFile(d.state())
	if errors.Is(err, fs.ErrNotExist) {
		return State{}, ErrStarting
	}
	if err != nil {
		return State{}, err
	}
	var s State
	if err := json.Unmarshal(text, &s); err != nil {
		return State{}, fmt.Errorf("%s: %w", d.state(), err)
	}
	if s.PID != pid {
		return State{}, ErrStarting // the file is of an earlier run
	}
	return s, nil
}

// save writes the state file in one step: a reader sees all of it or none.
func (d Dir) save(s State) error {
	text, err := json.MarshalIndent(s, "", "  ")
	if err != nil {
		return err
	}
	tmp := d.state() + ".new"
	if err := os.WriteFile(tmp, append(text, '\n'), 0o600); err != nil {
		return err
	}
	return os.Rename(tmp, d.state())
}

func (d Dir) forget() { _ = os.Remove(d.state()) }
