package e2e_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/selorax/sandbox/e2e/internal/browser"
	"github.com/selorax/sandbox/e2e/internal/journey"
	"github.com/selorax/sandbox/e2e/internal/programs"
)

// suite is what the journeys share: one build, one browser. A machine may lack
// the browser; noBrowser says why.
var (
	suite     *journey.Suite
	noBrowser error
)

func TestMain(m *testing.M) {
	code, err := run(m)
	if err != nil {
		fmt.Fprintln(os.Stderr, "e2e:", err)
		code = 1
	}
	os.Exit(code)
}

func run(m *testing.M) (code int, err error) {
	defer writeStamp()
	if os.Getenv(offlineEnv) != "" {
		if err := raiseLoopback(); err != nil {
			return 1, err
		}
	}
	root, err := programs.Root()
	if err != nil {
		return 1, err
	}
	bin, remove, err := binaries(root)
	if err != nil {
		return 1, err
	}
	defer remove()
	suite = &journey.Suite{Bin: bin, Artifacts: artifacts(root), Steps: steps()}
	chromium, err := browser.Find()
	if errors.Is(err, browser.ErrMissing) && os.Getenv("REQUIRE_BROWSER") == "" {
		noBrowser = err
		return m.Run(), nil
	}
	if err != nil {
		return 1, err
	}
	if suite.Browser, err = browser.Start(chromium); err != nil {
		return 1, err
	}
	code = m.Run()
	return code, suite.Browser.Close()
}

// binaries returns the directory of the programs, built unless SELORAX_BIN
// names some that are.
func binaries(root string) (dir string, remove func(), err error) {
	if dir := os.Getenv("SELORAX_BIN"); dir != "" {
		return dir, func() {}, nil
	}
	if dir, err = os.MkdirTemp("", "selorax-bin-"); err != nil {
		return "", nil, err
	}
	return dir, func() { os.RemoveAll(dir) }, programs.Build(context.Background(), root, dir)
}

// stamp is written after every run and looked at by every journey. That keeps
// go test from reusing a pass: it cannot know that the programs, built here
// from other modules, have changed, but it never caches the result of a test
// that read a file younger than two seconds.
const stamp = ".last-run"

func writeStamp() { _ = os.WriteFile(stamp, []byte(time.Now().Format(time.RFC3339)+"\n"), 0o644) }

func artifacts(root string) string {
	if dir := os.Getenv("E2E_ARTIFACTS"); dir != "" {
		return dir
	}
	return filepath.Join(root, "artifacts", "e2e")
}

// steps sends the step lines straight to the terminal when asked to, so that
// they can be followed without `go test -v`.
func steps() io.Writer {
	if os.Getenv("E2E_STEPS") != "" {
		return os.Stdout
	}
	return nil
}

// needPrograms has a test run anew each time: go test does not know that it
// depends on the programs.
func needPrograms(t *testing.T) {
	t.Helper()
	_, _ = os.ReadFile(stamp)
}

// needBrowser is needPrograms for a test that is skipped on a machine without a
// browser.
func needBrowser(t *testing.T) {
	t.Helper()
	needPrograms(t)
	if noBrowser != nil {
		t.Skip(noBrowser)
	}
}

// begin starts a journey on a sandbox of its own, with further arguments for
// `sx up`.
func begin(t *testing.T, args ...string) story {
	t.Helper()
	needBrowser(t)
	return story{suite.Begin(t, suite.Programs(t, args...))}
}
