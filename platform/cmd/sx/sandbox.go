package main

import (
	"github.com/selorax/sandbox/platform/internal/sandbox/credentials"
	"github.com/selorax/sandbox/platform/internal/sandbox/local"
)

// sandboxFlags are the flags of every command about a sandbox.
type sandboxFlags struct {
	Data string `help:"Data directory of the sandbox." default:"data"`
	JSON bool   `help:"Print JSON on standard output, and nothing else there."`
}

// dir is the data directory.
func (f sandboxFlags) dir() local.Dir { return local.Dir(f.Data) }

// running finds the sandbox.
func (f sandboxFlags) running() (local.State, error) { return f.dir().Running() }

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
