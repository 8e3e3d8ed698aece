package supervise

import (
	"context"
	"errors"
	"fmt"
	"net"
	"runtime"
	"strings"
	"time"
)

// Program is a program to run. It serves on Listener, which it inherits as
// file descriptor 3, and answers 200 on GET /readyz once it is usable.
type Program struct {
	Name     string
	Path     string
	Args     []string
	Env      []string // added to the environment of this process
	Listener *net.TCPListener
}

// ListenFD is the number under which a program finds its listener.
const ListenFD = 3

// Group is a set of programs that live and die together.
type Group struct {
	Programs []Program
	Log      *Log
	Patience time.Duration // how long the programs may take to become ready
	Grace    time.Duration // how long they may take to end before they are killed
}

// ExitError says that a program ended although nobody asked it to.
type ExitError struct {
	Name   string
	State  string // "exit status 1"
	Output []string
}

// Error names the program and shows its last lines.
func (e *ExitError) Error() string {
	if len(e.Output) == 0 {
		return fmt.Sprintf("%s ended (%s) and said nothing", e.Name, e.State)
	}
	return fmt.Sprintf("%s ended (%s). Its last lines:\n  %s", e.Name, e.State, strings.Join(e.Output, "\n  "))
}

// Run starts the programs, calls ready once all of them are, and returns
// after the last of them has ended. The error is nil when ctx ended them, and
// an *ExitError when one ended by itself. The listeners are closed in any case.
func (g Group) Run(ctx context.Context, ready func() error) error {
	// A child is told of the death of the thread that started it, not of the
	// process, so that thread has to live as long as the children do.
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()

	children, err := g.start()
	if err == nil {
		err = g.watch(ctx, children, ready)
	}
	return errors.Join(err, g.stop(children))
}

func (g Group) start() ([]*child, error) {
	defer g.closeListeners()
	var children []*child
	for _, p := range g.Programs {
		c, err := start(p, g.Log.Column(p.Name))
		if err != nil {
			return children, fmt.Errorf("start %s: %w", p.Name, err)
		}
		children = append(children, c)
	}
	return children, nil
}

// closeListeners closes this process's copies, so that a connection to a
// program that died is refused instead of waiting for ever.
func (g Group) closeListeners() {
	for _, p := range g.Programs {
		p.Listener.Close()
	}
}

func (g Group) watch(ctx context.Context, children []*child, ready func() error) error {
	waiting, cancel := context.WithTimeout(ctx, g.Patience)
	defer cancel()
	readied := make(chan error, 1)
	go func() { readied <- allReady(waiting, g.Programs) }()

	ended := firstToEnd(children)
	for {
		select {
		case <-ctx.Done():
			return nil
		case c := <-ended:
			if ctx.Err() != nil {
				return nil
			}
			return &ExitError{Name: c.name, State: c.cmd.ProcessState.String(), Output: c.out.Last()}
		case err := <-readied:
			if ctx.Err() != nil {
				return nil
			}
			if err == nil {
				err = ready()
			}
			if err != nil {
				return err
			}
		}
	}
}

func firstToEnd(children []*child) <-chan *child {
	ended := make(chan *child, len(children))
	for _, c := range children {
		go func() {
			<-c.done
			ended <- c
		}()
	}
	return ended
}

// stop asks all children to end at once, then waits for them together.
func (g Group) stop(children []*child) error {
	for _, c := range children {
		c.terminate()
	}
	late, cancel := context.WithTimeout(context.Background(), g.Grace)
	defer cancel()
	var errs []error
	for _, c := range children {
		select {
		case <-c.done:
		case <-late.Done():
			if c.kill() {
				errs = append(errs, fmt.Errorf("%s did not end within %v and was killed", c.name, g.Grace))
			}
		}
	}
	return errors.Join(errs...)
}
