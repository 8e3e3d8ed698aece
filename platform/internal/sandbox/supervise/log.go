package supervise

import (
	"bytes"
	"fmt"
	"io"
	"slices"
	"sync"
)

// Log merges the output of several programs into one stream of whole lines,
// each behind the name of its program.
type Log struct {
	Out    io.Writer
	Colour bool // colour the names
	Plain  bool // no names: for lines that other programs read
	Width  int  // of the name column

	// Short is what Out shows of a line: a time of up to eight characters, put
	// before the name, and a message. Without it Out shows all of a line.
	Short func(line string) (at, message string)
	// File gets every line whole, behind its program and FileMark; nil: no file.
	File io.Writer

	mu      sync.Mutex
	columns int
}

// FileMark stands between the program and its line in a Log's File.
const FileMark = " | "

const (
	keepLines = 20       // of a program's output, for the message about its end
	maxLine   = 64 << 10 // longer lines are broken up
)

// colours lists the name colours (ANSI) in the order of the columns: readable
// on light and on dark ground, red left out because it means an error.
func colours() []string { return []string{"\x1b[36m", "\x1b[35m", "\x1b[32m", "\x1b[34m", "\x1b[33m"} }

// Column returns the writer for the program called name.
func (l *Log) Column(name string) *Column {
	l.mu.Lock()
	defer l.mu.Unlock()
	head := fmt.Sprintf("%-*s | ", l.Width, name)
	if l.Colour {
		head = colours()[l.columns%len(colours())] + head + "\x1b[0m"
	}
	if l.Plain {
		head = ""
	}
	l.columns++
	return &Column{log: l, name: name, head: head}
}

func (l *Log) line(c *Column, line []byte) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.File != nil {
		fmt.Fprintf(l.File, "%s%s%s\n", c.name, FileMark, line)
	}
	if l.Short == nil {
		fmt.Fprintf(l.Out, "%s%s\n", c.head, line)
		return
	}
	at, message := l.Short(string(line))
	fmt.Fprintf(l.Out, "%-8s  %s%s\n", at, c.head, message)
}

// Column is one program's part of a Log.
type Column struct {
	log  *Log
	name string
	head string // before each line on Out

	mu   sync.Mutex
	rest []byte // a line that has not ended yet
	last []string
}

// Write passes on every line that is complete and keeps the rest.
func (c *Column) Write(p []byte) (int, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.rest = append(c.rest, p...)
	for {
		line, rest, ended := bytes.Cut(c.rest, []byte("\n"))
		if !ended && len(line) < maxLine {
			return len(p), nil
		}
		c.emit(line)
		c.rest = rest
	}
}

// Flush passes on a last line without an end.
func (c *Column) Flush() {
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.rest) > 0 {
		c.emit(c.rest)
		c.rest = nil
	}
}

// Last returns the last lines written, oldest first.
func (c *Column) Last() []string {
	c.mu.Lock()
	defer c.mu.Unlock()
	return slices.Clone(c.last)
}

func (c *Column) emit(line []byte) {
	if len(c.last) == keepLines {
		c.last = slices.Delete(c.last, 0, 1)
	}
	c.last = append(c.last, string(line))
	c.log.line(c, line)
}
