package local

import (
	"errors"
	"io/fs"
	"os"
)

// maxLog is how many bytes sandbox.log may have.
const maxLog = 20_000_000

// logFile is the log of a running sandbox. Writes must not overlap; they come
// from one supervise.Log, which takes them in turn.
type logFile struct {
	dir   Dir
	limit int64
	file  *os.File
	size  int64
}

// startLog begins a log and deletes that of the last start. The new file is
// another one than the old, so that who follows it notices.
func (d Dir) startLog(limit int64) (*logFile, error) {
	for _, path := range []string{d.Log(), d.OldLog()} {
		if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return nil, err
		}
	}
	l := &logFile{dir: d, limit: limit}
	return l, l.begin()
}

func (l *logFile) begin() (err error) {
	l.size = 0
	l.file, err = os.OpenFile(l.dir.Log(), os.O_CREATE|os.O_WRONLY|os.O_EXCL, 0o600)
	return err
}

// Write adds whole lines. The log that is too long with them moves away first.
func (l *logFile) Write(p []byte) (int, error) {
	if l.size > 0 && l.size+int64(len(p)) > l.limit {
		if err := l.move(); err != nil {
			return 0, err
		}
	}
	n, err := l.file.Write(p)
	l.size += int64(n)
	return n, err
}

func (l *logFile) move() error {
	if err := os.Rename(l.dir.Log(), l.dir.OldLog()); err != nil {
		return err
	}
	l.file.Close()
	return l.begin()
}

// Close closes the file and leaves it where it is.
func (l *logFile) Close() error { return l.file.Close() }
