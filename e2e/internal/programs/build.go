package programs

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
)

// Root returns the root of the workspace, found from the directory of the
// running test upwards.
func Root() (string, error) {
	dir, err := os.Getwd()
	if err != nil {
		return "", err
	}
	for ; dir != filepath.Dir(dir); dir = filepath.Dir(dir) {
		if _, err := os.Stat(filepath.Join(dir, "go.work")); err == nil {
			return dir, nil
		}
	}
	return "", fmt.Errorf("no go.work above the test: run it inside the workspace")
}

// Build compiles the four programs into dir. In a race-enabled test they are
// race-enabled too, so that a race in any of them is found.
func Build(ctx context.Context, root, dir string) error {
	args := []string{"build"}
	if raceEnabled {
		args = append(args, "-race")
	}
	const module = "github.com/selorax/sandbox/"
	args = append(args, "-o", dir+string(filepath.Separator),
		module+"platform/cmd/platform", module+"platform/cmd/sx",
		module+"dashboard/cmd/dashboard", module+"sampleapp/cmd/sampleapp")
	cmd := exec.CommandContext(ctx, "go", args...)
	cmd.Dir = root
	cmd.Env = append(os.Environ(), "CGO_ENABLED=1")
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("build the programs: %w\n%s", err, out)
	}
	return nil
}
