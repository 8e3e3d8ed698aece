package programs_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/selorax/sandbox/e2e/internal/programs"
)

// fake puts a shell script in the place of sx and returns its directory.
func fake(t *testing.T, script string) string {
	t.Helper()
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "sx"), []byte("#!/bin/sh\n"+script), 0o755); err != nil {
		t.Fatal(err)
	}
	return dir
}

func TestStart(t *testing.T) {
	t.Parallel()
	// All scripts are written before the first is run: a script that another
	// fork still holds open for writing cannot be run.
	good := fake(t, `
		trap 'echo stopped >&2; exit 0' TERM
		echo "$@" >&2
		echo '{"api_url":"http://localhost:1/api","apps":[{"slug":"restock","app_id":1}],"ready_ms":7}'
		while :; do sleep 0.01; done`)
	failing := fake(t, "echo port taken >&2; exit 1")
	racy := fake(t, `echo 'WARNING: DATA RACE' >&2; echo '{}'`)

	t.Run("reads the ready line", func(t *testing.T) {
		t.Parallel()
		s, err := programs.Start(t.Context(), good, "/data")
		if err != nil {
			t.Fatal(err)
		}
		if s.APIURL != "http://localhost:1/api" || s.ReadyMS != 7 || s.App("restock").AppID != 1 {
			t.Errorf("ready line read as %+v", s.SandboxReady)
		}
		if err := s.Stop(); err != nil {
			t.Error(err)
		}
		if log := s.Log(); !strings.Contains(log, "up --json --data /data") || !strings.Contains(log, "stopped") {
			t.Errorf("log is %q", log)
		}
	})
	t.Run("shows why it failed", func(t *testing.T) {
		t.Parallel()
		_, err := programs.Start(t.Context(), failing, "/data")
		if err == nil || !strings.Contains(err.Error(), "port taken") {
			t.Errorf("error is %v, want what sx said", err)
		}
	})
	t.Run("reports a race", func(t *testing.T) {
		t.Parallel()
		s, err := programs.Start(t.Context(), racy, "/data")
		if err != nil {
			t.Fatal(err)
		}
		if err := s.Stop(); err == nil || !strings.Contains(err.Error(), "data race") {
			t.Errorf("Stop: %v, want a word on the race", err)
		}
	})
}
