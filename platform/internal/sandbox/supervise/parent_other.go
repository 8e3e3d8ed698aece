//go:build unix && !linux

package supervise

import "syscall"

// diesWithParent puts a child into a process group of its own. Only Linux can
// also end it when its parent is killed.
func diesWithParent() *syscall.SysProcAttr { return &syscall.SysProcAttr{Setpgid: true} }
