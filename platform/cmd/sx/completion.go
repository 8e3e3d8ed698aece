package main

import (
	"fmt"
	"os"
	"strconv"
	"strings"

	"github.com/alecthomas/kong"
)

type completionCmd struct {
	Shell string `arg:"" help:"The shell: ${enum}." enum:"bash,zsh,fish"`
}

// Help shows how the command is used.
func (completionCmd) Help() string {
	return `The script asks sx itself what may come next.

Examples:
  eval "$(sx completion bash)"                                        # in ~/.bashrc
  eval "$(sx completion zsh)"                                         # in ~/.zshrc, after compinit
  sx completion fish > ~/.config/fish/completions/sx.fish`
}

// The scripts, with the program for SX. Each passes the line in COMP_LINE.
const (
	bashCompletion = `complete -o default -C 'SX complete' sx
`
	zshCompletion = `autoload -U +X bashcompinit && bashcompinit
complete -o default -C 'SX complete' sx
`
	fishCompletion = `function __sx_complete
    set -lx COMP_LINE (commandline -cp)
    SX complete
end
complete -c sx -f -a '(__sx_complete)'
`
)

// Run prints the script of a shell.
func (c completionCmd) Run(term console) error {
	program, err := os.Executable()
	if err != nil {
		return err
	}
	if strings.ContainsAny(program, `'\ `) {
		program = "sx" // a path that no shell takes unquoted
	}
	script := map[string]string{"bash": bashCompletion, "zsh": zshCompletion, "fish": fishCompletion}[c.Shell]
	_, err = fmt.Fprint(term.out, strings.ReplaceAll(script, "SX", program))
	return err
}

type completeCmd struct {
	Args []string `arg:"" optional:"" passthrough:"" help:"What the shell adds; it is not used."`
}

// Run prints what may come next on the line in COMP_LINE, up to the cursor at
// COMP_POINT, a word each.
func (completeCmd) Run(term console, k *kong.Context) error {
	line := os.Getenv("COMP_LINE")
	if point, err := strconv.Atoi(os.Getenv("COMP_POINT")); err == nil && point >= 0 && point < len(line) {
		line = line[:point]
	}
	for _, word := range candidates(k.Model.Node, line) {
		if _, err := fmt.Fprintln(term.out, word); err != nil {
			return err
		}
	}
	return nil
}
