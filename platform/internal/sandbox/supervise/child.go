package supervise

import (
	"os"
	"os/exec"
	"syscall"
	"time"
)

// child is a started program. done is closed once it is gone and its output
// has been read to the end.
type child struct {
	name string
	cmd  *exec.Cmd
	out  *Column
	done chan struct{}
}

func start(p Program, out *Column) (*child, error) {
	socket, err := p.Listener.File()
	if err != nil {
		return nil, err
	}
	defer socket.Close()
	cmd := exec.Command(p.Path, p.Args...)
	cmd.Env = append(os.Environ(), p.Env...)
	cmd.Stdout, cmd.Stderr = out, out
	cmd.ExtraFiles = []*os.File{socket} // becomes ListenFD
	cmd.SysProcAttr = diesWithParent()
	cmd.WaitDelay = time.Second // a grandchild may hold the output open
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	c := &child{name: p.Name, cmd: cmd, out: out, done: make(chan struct{})}
	go c.wait()
	return c, nil
}

func (c *child) wait() {
	_ = c.cmd.Wait() // the outcome is in cmd.ProcessState
	c.out.Flush()
	close(c.done)
}

func (c *child) terminate() { _ = c.cmd.Process.Signal(syscall.SIGTERM) }

// kill ends the child and whatever it started, and waits for it. It reports
// whether the child was still there.
func (c *child) kill() bool {
	select {
	case <-c.done:
		return false
	default:
	}
	_ = syscall.Kill(-c.cmd.Process.Pid, syscall.SIGKILL)
	<-c.done
	return true
}
