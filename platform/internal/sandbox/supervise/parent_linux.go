package supervise

import "syscall"

// diesWithParent puts a child into a process group of its own, so that Ctrl-C
// reaches it through us alone, and has the kernel end it when we die, however
// that happens.
func diesWithParent() *syscall.SysProcAttr {
	return &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGTERM}
}
