package local

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"syscall"
)

// take locks the directory for this process until the returned file is closed
// or the process ends. A record lock, unlike flock, can be asked about without
// being taken, so that looking never gets in the way of a start.
func (d Dir) take() (*os.File, error) {
	f, err := os.OpenFile(d.lock(), os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, err
	}
	err = syscall.FcntlFlock(f.Fd(), syscall.F_SETLK, &syscall.Flock_t{Type: syscall.F_WRLCK, Whence: io.SeekStart})
	if err == nil {
		return f, nil
	}
	f.Close()
	if pid, held, _ := d.holder(); held {
		return nil, fmt.Errorf("a sandbox already runs on %s (process %d): stop it, or run another beside it with --name, or on a directory of its own with --data", d, pid)
	}
	return nil, fmt.Errorf("lock %s: %w", d.lock(), err)
}

// holder returns the process that holds the directory, if one does.
func (d Dir) holder() (pid int, held bool, err error) {
	f, err := os.OpenFile(d.lock(), os.O_RDWR, 0)
	if errors.Is(err, fs.ErrNotExist) {
		return 0, false, nil
	}
	if err != nil {
		return 0, false, err
	}
	defer f.Close()
	look := syscall.Flock_t{Type: syscall.F_WRLCK, Whence: io.SeekStart}
	if err := syscall.FcntlFlock(f.Fd(), syscall.F_GETLK, &look); err != nil {
		return 0, false, fmt.Errorf("look at %s: %w", d.lock(), err)
	}
	return int(look.Pid), look.Type != syscall.F_UNLCK, nil
}
