package browser

import (
	"errors"
	"os"
	"os/exec"
)

// ErrMissing says that there is no Chromium on this machine.
var ErrMissing = errors.New("no Chromium on this machine: run scripts/setup, or name one with CHROMIUM=/path")

// Find returns the path of Chromium: that of the variable CHROMIUM, or one of
// the usual names.
func Find() (string, error) {
	for _, name := range []string{os.Getenv("CHROMIUM"), "chromium", "chromium-browser", "google-chrome"} {
		if name == "" {
			continue
		}
		if path, err := exec.LookPath(name); err == nil {
			return path, nil
		}
	}
	return "", ErrMissing
}
