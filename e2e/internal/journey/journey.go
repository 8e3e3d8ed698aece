package journey

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/selorax/sandbox/e2e/internal/browser"
	"github.com/selorax/sandbox/e2e/internal/client"
	"github.com/selorax/sandbox/e2e/internal/programs"
	"github.com/selorax/sandbox/e2e/internal/wait"
)

// Suite is what the journeys of one test run share.
type Suite struct {
	Browser   *browser.Browser
	Bin       string    // directory of the programs
	Artifacts string    // directory of the screenshots
	Steps     io.Writer // where the step lines go; nil: to the output of each test
}

// Journey is one story on a sandbox of its own.
type Journey struct {
	Sandbox *programs.Sandbox
	API     *client.Client

	t     *testing.T
	suite *Suite
	dir   string // of its artifacts
	steps int
	pages []*Page
	shown *Page // the page used last, or nil
}

// Start starts a sandbox for a journey; the context outlives the test's own.
type Start func(ctx context.Context) (*programs.Sandbox, error)

// Programs starts the programs on fresh data, with further arguments for
// `sx up`.
func (s *Suite) Programs(t *testing.T, args ...string) Start {
	data := t.TempDir()
	return func(ctx context.Context) (*programs.Sandbox, error) {
		return programs.Start(ctx, s.Bin, data, args...)
	}
}

// Begin starts a sandbox for the test. All of it ends with the test.
func (s *Suite) Begin(t *testing.T, start Start) *Journey {
	t.Helper()
	j := &Journey{t: t, suite: s, dir: filepath.Join(s.Artifacts, filepath.FromSlash(t.Name()))}
	if err := os.RemoveAll(j.dir); err != nil {
		t.Fatal(err)
	}
	if err := os.MkdirAll(j.dir, 0o755); err != nil {
		t.Fatal(err)
	}
	j.printf("\n%s\n", t.Name())
	j.Step("the sandbox starts", func() { j.start(start) })
	return j
}

// Quiet is a journey on a sandbox that is running already, for what needs
// neither steps nor a browser.
func (s *Suite) Quiet(t *testing.T, sandbox *programs.Sandbox) *Journey {
	return &Journey{t: t, suite: s, Sandbox: sandbox, API: client.New(sandbox.APIURL)}
}

func (j *Journey) start(start Start) {
	sandbox, err := start(context.WithoutCancel(j.t.Context()))
	if err != nil {
		j.t.Fatal(err)
	}
	j.Sandbox, j.API = sandbox, client.New(sandbox.APIURL)
	j.t.Cleanup(func() {
		if err := sandbox.Stop(); err != nil {
			j.t.Errorf("the sandbox did not end well: %v\n%s", err, sandbox.Log())
		}
		j.keep("programs.log", []byte(sandbox.Log()))
	})
}

// Step runs one step of the story. The test ends with the first step that
// fails.
func (j *Journey) Step(name string, do func()) {
	j.t.Helper()
	j.steps++
	began := time.Now()
	word := "FAIL"
	defer func() {
		j.printf("%-4s %4.1f s  %s\n", word, time.Since(began).Seconds(), name)
		j.remember(fmt.Sprintf("%02d-%s", j.steps, slug(name)), word == "FAIL")
	}()
	do()
	if j.t.Failed() {
		j.t.FailNow()
	}
	word = "ok"
}

// Context is that of the test.
func (j *Journey) Context() context.Context { return j.t.Context() }

// Must fails the step if err is not nil.
func (j *Journey) Must(err error) {
	j.t.Helper()
	if err != nil {
		j.t.Fatal(err)
	}
}

// Await fails the step if the condition does not come true in time.
func (j *Journey) Await(condition func() error) {
	j.t.Helper()
	j.Must(wait.Until(j.t.Context(), condition))
}

func (j *Journey) printf(format string, args ...any) {
	to := j.suite.Steps
	if to == nil {
		to = j.t.Output()
	}
	fmt.Fprintf(to, format, args...)
}
