package main

import (
	"bufio"
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"strings"
	"time"

	"github.com/selorax/sandbox/platform/internal/sandbox/local"
)

// tailCheck is how often a log is looked at while it is followed.
const tailCheck = 100 * time.Millisecond

// tail reads the log of a sandbox from one end to the other.
type tail struct {
	dir  local.Dir
	file *os.File
	in   *bufio.Reader
	part string // the beginning of a line whose end is not written yet
}

func openTail(dir local.Dir) (*tail, error) {
	f, err := os.Open(dir.Log())
	if err != nil {
		return nil, err
	}
	return &tail{dir: dir, file: f, in: bufio.NewReader(f)}, nil
}

func (t *tail) close() { t.file.Close() }

// last reads up to the present end and returns the last n lines that are
// wanted, those in the file before this one included.
func (t *tail) last(n int, wanted func(logLine) bool) (lines []logLine, err error) {
	keep := func(line logLine) error {
		if !wanted(line) {
			return nil
		}
		lines = append(lines, line)
		lines = lines[max(0, len(lines)-n):]
		return nil
	}
	if err := t.older(keep); err != nil {
		return nil, err
	}
	return lines, t.read(keep)
}

// older reads the file that this one took the place of, if there is one. If
// ours became that file just now it is read once, as ours.
func (t *tail) older(show func(logLine) error) error {
	f, err := os.Open(t.dir.OldLog())
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	old := &tail{dir: t.dir, file: f, in: bufio.NewReader(f)}
	defer old.close()
	if old.is(t.file) {
		return nil
	}
	return old.read(show)
}

// read shows the lines up to the present end.
func (t *tail) read(show func(logLine) error) error {
	for {
		text, err := t.in.ReadString('\n')
		t.part += text
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		line := parseLogLine(strings.TrimSuffix(t.part, "\n"))
		t.part = ""
		if err := show(line); err != nil {
			return err
		}
	}
}

// follow shows lines as they come, until the context ends. A file that took
// the place of this one, with a new start or because this one is full, is gone
// on with.
func (t *tail) follow(ctx context.Context, show func(logLine) error) error {
	tick := time.NewTicker(tailCheck)
	defer tick.Stop()
	for {
		next, err := t.successor()
		if err != nil {
			return err
		}
		// Whoever moved this file away writes no more to it, so this is its end.
		if err := t.read(show); err != nil {
			return err
		}
		if next != nil {
			t.close()
			t.file, t.in, t.part = next, bufio.NewReader(next), ""
			continue
		}
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
		}
	}
}

// successor opens the log if it is another file now; nil if it is not.
func (t *tail) successor() (*os.File, error) {
	f, err := os.Open(t.dir.Log())
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil // between two files, or two starts
	}
	if err != nil {
		return nil, err
	}
	if t.is(f) {
		f.Close()
		return nil, nil
	}
	return f, nil
}

// is reports whether f is the file of this tail.
func (t *tail) is(f *os.File) bool {
	a, errA := t.file.Stat()
	b, errB := f.Stat()
	return errA == nil && errB == nil && os.SameFile(a, b)
}
