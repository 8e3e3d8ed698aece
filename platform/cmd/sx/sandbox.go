package main

import (
	"errors"
	"fmt"
	"strings"

	"github.com/selorax/sandbox/platform/internal/sandbox/credentials"
	"github.com/selorax/sandbox/platform/internal/sandbox/local"
)

// sandboxFlags are the flags of every command about a sandbox.
type sandboxFlags struct {
	Data string `help:"Data directory of the sandbox." default:"data"`
	Name string `help:"Name of a sandbox beside others, as sx up --name made it." placeholder:"NAME"`
	JSON bool   `help:"Print JSON on standard output, and nothing else there."`
}

// Validate refuses a name that cannot be one.
func (f sandboxFlags) Validate() error {
	if f.Name == "" {
		return nil
	}
	return local.CheckName(f.Name)
}

// dir is the data directory.
func (f sandboxFlags) dir() local.Dir {
	if f.Name != "" {
		return local.Dir(f.Data).Named(f.Name)
	}
	return local.Dir(f.Data)
}

// words are the flags that lead another command to the same sandbox.
func (f sandboxFlags) words() (words []string) {
	if f.Name != "" {
		words = append(words, "--name", f.Name)
	}
	if f.Data != "data" {
		words = append(words, "--data", f.Data)
	}
	return words
}

// running finds the sandbox. Without it the error says how to start it, and
// which others run.
func (f sandboxFlags) running() (local.State, error) {
	state, err := f.dir().Running()
	if !errors.Is(err, local.ErrNotRunning) {
		return state, err
	}
	hint := fmt.Errorf("%w: start one with: %s", err, strings.Join(append([]string{"sx", "up"}, f.words()...), " "))
	if others := f.others(); len(others) > 0 {
		hint = fmt.Errorf("%w. These run: %s", hint, strings.Join(others, ", "))
	}
	return state, hint
}

// others are the ways to address the sandboxes that run beside this one.
func (f sandboxFlags) others() (found []string) {
	for _, one := range listed(f.Data) {
		if one.Running && one.Name != f.Name {
			other := sandboxFlags{Data: f.Data, Name: one.Name}
			if words := strings.Join(other.words(), " "); words != "" {
				found = append(found, words)
			} else {
				found = append(found, "the one without a name")
			}
		}
	}
	return found
}

// control is the control API of the running sandbox.
func (f sandboxFlags) control() (controlAPI, error) {
	state, err := f.running()
	return controlOf(state), err
}

func controlOf(state local.State) controlAPI {
	return controlAPI{base: state.Ready.ControlURL, key: state.Ready.ControlKey}
}

// credentials reads the plain credentials of the sandbox's apps.
func (f sandboxFlags) credentials() (credentials.File, error) {
	return credentials.Read(f.dir().Credentials())
}

// update changes them.
func (f sandboxFlags) update(change func(*credentials.File) error) error {
	return credentials.Update(f.dir().Credentials(), change)
}
