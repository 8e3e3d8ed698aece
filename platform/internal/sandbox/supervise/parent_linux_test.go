package supervise_test

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/selorax/sandbox/platform/internal/sandbox/supervise"
)

// fakeSupervisor runs one fake program that ends with its parent and prints
// both process ids once it is ready.
func fakeSupervisor() {
	l, err := net.ListenTCP("tcp", &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1)})
	if err != nil {
		panic(err)
	}
	ctx, cancel := supervise.WithParent(context.Background())
	defer cancel()
	exe, _ := os.Executable()
	g := supervise.Group{
		Programs: []supervise.Program{{Name: "one", Path: exe, Env: []string{"FAKE=program"}, Listener: l}},
		Log:      &supervise.Log{Out: io.Discard},
		Patience: 30 * time.Second,
		Grace:    30 * time.Second,
	}
	err = g.Run(ctx, func() error {
		pid, err := get("http://" + l.Addr().String() + "/pid")
		fmt.Println(os.Getpid(), pid)
		return err
	})
	if err != nil {
		panic(err)
	}
}

// A supervisor that is killed outright takes its programs with it.
func TestProgramsEndWithAKilledSupervisor(t *testing.T) {
	t.Parallel()
	cmd, pids := supervisor(t, os.Args[0])
	if err := syscall.Kill(pids[0], syscall.SIGKILL); err != nil {
		t.Fatal(err)
	}
	_ = cmd.Wait()
	awaitEnd(t, pids[1])
}

// A supervisor ends, and its programs with it, when its own parent is gone.
func TestSupervisorEndsWithItsParent(t *testing.T) {
	t.Parallel()
	// The shell is the parent; it waits for the supervisor, so it lives until
	// it is killed.
	cmd, pids := supervisor(t, "/bin/sh", "-c", `"$0"; exit`, os.Args[0])
	if err := cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = cmd.Wait()
	awaitEnd(t, pids[0])
	awaitEnd(t, pids[1])
}

// supervisor starts a fake supervisor by the given command line and returns
// its process id and that of its program.
func supervisor(t *testing.T, name string, args ...string) (*exec.Cmd, []int) {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), name, args...)
	cmd.Env = append(os.Environ(), "FAKE=supervisor")
	cmd.Stderr = t.Output()
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { r.Close() })
	cmd.Stdout = w
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	w.Close()
	line, err := bufio.NewReader(r).ReadString('\n')
	if err != nil {
		t.Fatal("the supervisor did not become ready: ", err)
	}
	var pids []int
	for _, f := range strings.Fields(line) {
		pid, err := strconv.Atoi(f)
		if err != nil {
			t.Fatal(err)
		}
		pids = append(pids, pid)
	}
	return cmd, pids
}

// awaitEnd waits until the process is gone. A zombie counts: who reaps an
// orphan is up to the machine.
func awaitEnd(t *testing.T, pid int) {
	t.Helper()
	deadline := time.After(10 * time.Second)
	tick := time.NewTicker(5 * time.Millisecond)
	defer tick.Stop()
	for {
		stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
		if err != nil || strings.Contains(string(stat), ") Z ") {
			return
		}
		select {
		case <-deadline:
			t.Fatalf("process %d still runs: %s", pid, stat)
		case <-tick.C:
		}
	}
}
