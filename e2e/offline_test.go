package e2e_test

import (
	"errors"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"

	"golang.org/x/sys/unix"
)

// offlineEnv tells a copy of this test binary that it runs without a network.
const offlineEnv = "E2E_OFFLINE"

// The whole journey works with the network cut off: nothing in it needs, or
// waits for, anything beyond this machine. It runs in a copy of this test in a
// network namespace that has a loopback device and nothing else.
func TestOffline(t *testing.T) {
	t.Parallel()
	needBrowser(t)
	if os.Getenv(offlineEnv) != "" {
		t.Skip("this is the copy that runs offline")
	}
	cmd := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^(TestNetworkIsCutOff|TestInstallToReinstall)$", "-test.v")
	cmd.Env = append(os.Environ(), offlineEnv+"=1", "SELORAX_BIN="+suite.Bin,
		"E2E_ARTIFACTS="+filepath.Join(suite.Artifacts, "TestOffline"), "E2E_STEPS=")
	cmd.SysProcAttr = ownNetwork()
	out, err := cmd.CombinedOutput()
	if errors.Is(err, syscall.EPERM) {
		t.Skip("this user may not make a network namespace: run as root to test without a network")
	}
	if err != nil {
		t.Errorf("offline: %v\n%s", err, out)
	}
}

// TestNetworkIsCutOff guards the guard: in the offline copy there is no device
// but loopback.
func TestNetworkIsCutOff(t *testing.T) {
	t.Parallel()
	if os.Getenv(offlineEnv) == "" {
		t.Skip("runs in the offline copy only")
	}
	devices, err := net.Interfaces()
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range devices {
		if d.Flags&net.FlagLoopback == 0 && d.Flags&net.FlagUp != 0 {
			t.Errorf("the device %s is up", d.Name)
		}
	}
}

// ownNetwork starts a process in a network namespace of its own. Who is not
// root may make one inside a user namespace, where the system allows those.
func ownNetwork() *syscall.SysProcAttr {
	attr := &syscall.SysProcAttr{Cloneflags: syscall.CLONE_NEWNET}
	if os.Geteuid() != 0 {
		attr.Cloneflags |= syscall.CLONE_NEWUSER
		attr.UidMappings = []syscall.SysProcIDMap{{ContainerID: 0, HostID: os.Getuid(), Size: 1}}
		attr.GidMappings = []syscall.SysProcIDMap{{ContainerID: 0, HostID: os.Getgid(), Size: 1}}
	}
	return attr
}

// raiseLoopback switches the loopback device on, which a new network namespace
// has but leaves off.
func raiseLoopback() error {
	socket, err := unix.Socket(unix.AF_INET, unix.SOCK_DGRAM|unix.SOCK_CLOEXEC, 0)
	if err != nil {
		return err
	}
	defer unix.Close(socket)
	lo, err := unix.NewIfreq("lo")
	if err != nil {
		return err
	}
	lo.SetUint16(unix.IFF_UP | unix.IFF_RUNNING)
	return unix.IoctlIfreq(socket, unix.SIOCSIFFLAGS, lo)
}
