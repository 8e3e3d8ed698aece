package main

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/alecthomas/kong"

	"github.com/selorax/sandbox/platform/internal/sandbox/credentials"
	"github.com/selorax/sandbox/platform/internal/sandbox/local"
)

// sandboxFlags are the flags of every command about a sandbox.
type sandboxFlags struct {
	Data string      `help:"Data directory of the sandbox." default:"data"`
	Name sandboxName `help:"Name of a sandbox beside others, as sx up --name made it." placeholder:"NAME"`
	JSON bool        `help:"Print JSON on standard output, and nothing else there."`
}

// sandboxName is the name of a sandbox, or "" for the one without.
type sandboxName string

// UnmarshalText refuses what cannot be a name.
func (n *sandboxName) UnmarshalText(text []byte) error {
	*n = sandboxName(text)
	if *n == "" {
		return nil // as from an empty variable
	}
	if err := local.CheckName(string(text)); err != nil {
		return badName{err}
	}
	return nil
}

// badName says what is wrong with a sandbox's name.
type badName struct{ error }

// explainName adds to the refusal of a sandbox's name that the command takes
// another name too, if it does.
func explainName(err error) error {
	var at *kong.ParseError
	var bad badName
	if !errors.As(err, &bad) || !errors.As(err, &at) || at.Context.Selected() == nil {
		return err
	}
	if !slices.ContainsFunc(at.Context.Selected().Flags, func(f *kong.Flag) bool { return f.Name == "app-name" }) {
		return err
	}
	return fmt.Errorf("%w; --app-name is the name of the app", err)
}

// dir is the data directory.
func (f sandboxFlags) dir() local.Dir {
	if f.Name != "" {
		return local.Dir(f.Data).Named(string(f.Name))
	}
	return local.Dir(f.Data)
}

// words are the flags that lead another command to the same sandbox.
func (f sandboxFlags) words() (words []string) {
	if f.Name != "" {
		words = append(words, "--name", string(f.Name))
	}
	if f.Data != "data" {
		words = append(words, "--data", f.Data)
	}
	return words
}

// command is how another command reaches the same sandbox.
func (f sandboxFlags) command(words ...string) string {
	return strings.Join(slices.Concat([]string{"sx"}, words, f.words()), " ")
}

// running finds the sandbox. Without it the error says how to start it, and
// which others run.
func (f sandboxFlags) running() (local.State, error) {
	state, err := f.dir().Running()
	if !errors.Is(err, local.ErrNotRunning) {
		return state, err
	}
	hint := fmt.Errorf("%w: start one with: %s", err, f.command("up"))
	if others := f.others(); len(others) > 0 {
		hint = fmt.Errorf("%w. These run: %s", hint, strings.Join(others, ", "))
	}
	return state, hint
}

// others are the ways to address the sandboxes that run beside this one.
func (f sandboxFlags) others() (found []string) {
	for _, one := range listed(f.Data) {
		if one.Running && one.Name != string(f.Name) {
			other := sandboxFlags{Data: f.Data, Name: sandboxName(one.Name)}
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
