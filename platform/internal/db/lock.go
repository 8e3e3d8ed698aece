package db

import (
	"fmt"
	"os"
	"syscall"
)

// fileLock keeps a second process away from an SQLite file. The kernel drops
// it with the process, however that ends.
type fileLock struct{ file *os.File }

func lockFile(path string) (*fileLock, error) {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, err
	}
	if err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		_ = f.Close()
		return nil, fmt.Errorf("another process uses this database (%s is locked); stop it or choose another --database-url", path)
	}
	return &fileLock{f}, nil
}

func (l *fileLock) release() error { return l.file.Close() }
