package local

import (
	"io"
	"os"
	"testing"
)

func TestLogMovesAwayWhenItIsFull(t *testing.T) {
	t.Parallel()
	d := Dir(t.TempDir())
	log, err := d.startLog(10)
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range []string{"one\n", "two\n", "three\n", "four\n", "longer than the limit\n"} {
		if _, err := io.WriteString(log, line); err != nil {
			t.Fatal(err)
		}
	}
	if err := log.Close(); err != nil {
		t.Fatal(err)
	}
	holds(t, d.OldLog(), "four\n")
	holds(t, d.Log(), "longer than the limit\n")
}

func TestLogBeginsAnewWithEachStart(t *testing.T) {
	t.Parallel()
	d := Dir(t.TempDir())
	for _, path := range []string{d.Log(), d.OldLog()} {
		if err := os.WriteFile(path, []byte("of the last start\n"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	before, err := os.Stat(d.Log())
	if err != nil {
		t.Fatal(err)
	}
	// Who follows the log keeps it open, so its number is not given away.
	follower, err := os.Open(d.Log())
	if err != nil {
		t.Fatal(err)
	}
	defer follower.Close()
	log, err := d.startLog(maxLog)
	if err != nil {
		t.Fatal(err)
	}
	defer log.Close()
	holds(t, d.Log(), "")
	after, err := os.Stat(d.Log())
	if err != nil {
		t.Fatal(err)
	}
	if os.SameFile(before, after) {
		t.Error("the new log is the old file, which nobody can tell apart")
	}
	if mode := after.Mode().Perm(); mode != 0o600 {
		t.Errorf("the log has mode %o, want 600", mode)
	}
	if _, err := os.Stat(d.OldLog()); !os.IsNotExist(err) {
		t.Errorf("the old log is still there: %v", err)
	}
}

func holds(t *testing.T, path, want string) {
	t.Helper()
	got, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if string(got) != want {
		t.Errorf("%s holds %q, want %q", path, got, want)
	}
}
