package supervise_test

import (
	"bytes"
	"fmt"
	"strings"
	"sync"
	"testing"

	"github.com/selorax/sandbox/platform/internal/sandbox/supervise"
)

func TestLogWritesWholeLines(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	log := &supervise.Log{Out: &out, Width: 9}
	a, b := log.Column("platform"), log.Column("dashboard")
	fmt.Fprint(a, "half of ")
	fmt.Fprint(b, "one\ntwo\n")
	fmt.Fprint(a, "a line\nunfinished")
	a.Flush()
	want := "dashboard | one\ndashboard | two\nplatform  | half of a line\nplatform  | unfinished\n"
	if out.String() != want {
		t.Errorf("log is\n%swant\n%s", out.String(), want)
	}
}

func TestLogForms(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name string
		log  supervise.Log
		want string
	}{
		{"bare", supervise.Log{}, "app | x\n"},
		{"colour", supervise.Log{Colour: true}, "\x1b[36mapp | \x1b[0mx\n"},
		{"plain", supervise.Log{Plain: true, Colour: true}, "x\n"},
	}
	for i := range tests {
		tt := &tests[i]
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			var out bytes.Buffer
			tt.log.Out = &out
			fmt.Fprintln(tt.log.Column("app"), "x")
			if out.String() != tt.want {
				t.Errorf("line is %q, want %q", out.String(), tt.want)
			}
		})
	}
}

// People see the short form; the file has the whole line.
func TestLogShortensForPeopleOnly(t *testing.T) {
	t.Parallel()
	var out, file bytes.Buffer
	log := &supervise.Log{Out: &out, File: &file, Width: 4, Short: func(line string) (at, message string) {
		return "12:00:01", strings.ToUpper(line)
	}}
	fmt.Fprintln(log.Column("app"), "whole line")
	if want := "12:00:01  app  | WHOLE LINE\n"; out.String() != want {
		t.Errorf("people see %q, want %q", out.String(), want)
	}
	if want := "app | whole line\n"; file.String() != want {
		t.Errorf("the file has %q, want %q", file.String(), want)
	}
}

func TestLogKeepsTheLastLines(t *testing.T) {
	t.Parallel()
	c := (&supervise.Log{Out: t.Output()}).Column("app")
	for i := range 50 {
		fmt.Fprintln(c, "line", i)
	}
	last := c.Last()
	if len(last) != 20 || last[0] != "line 30" || last[19] != "line 49" {
		t.Errorf("kept %d lines from %q to %q", len(last), last[0], last[len(last)-1])
	}
}

// A program that never ends its line cannot take all memory.
func TestLogBreaksEndlessLines(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	c := (&supervise.Log{Out: &out}).Column("app")
	fmt.Fprint(c, strings.Repeat("x", 70<<10))
	if out.Len() < 64<<10 {
		t.Errorf("%d bytes passed on of a line of 70 KiB without end", out.Len())
	}
}

func TestLogFromManyAtOnce(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	log := &supervise.Log{Out: &out}
	var all sync.WaitGroup
	for range 8 {
		c := log.Column("app")
		all.Go(func() {
			for range 100 {
				fmt.Fprintln(c, "whole line")
			}
		})
	}
	all.Wait()
	for line := range strings.Lines(out.String()) {
		if line != "app | whole line\n" {
			t.Fatalf("torn line %q", line)
		}
	}
}
