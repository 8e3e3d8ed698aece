package main

import (
	"bufio"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/selorax/sandbox/platform/internal/db/dbtest"
	"github.com/selorax/sandbox/platform/platformtest"
)

// asProgram makes the test binary be the platform.
const asProgram = "TEST_AS_PLATFORM"

func TestMain(m *testing.M) {
	if os.Getenv(asProgram) != "" {
		main()
		return
	}
	os.Exit(m.Run())
}

// readyWithin is how long a start may take, a first one with its seed on a
// busy machine included.
const readyWithin = 60 * time.Second

// site is a place where the program runs, is killed and runs again: a data
// directory and a listener. Who connects while it is down waits for the next
// start.
type site struct {
	t        *testing.T
	dir      string
	url      string
	app      string // where webhooks go
	listener *os.File
}

func newSite(t *testing.T, app string) *site {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	file, err := l.(*net.TCPListener).File()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = file.Close() })
	s := &site{t: t, dir: t.TempDir(), url: "http://" + l.Addr().String(), app: app, listener: file}
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	dbtest.URL(t, s.dir) // the schema ends after the programs
	return s
}

// program is one run of the platform.
type program struct {
	cmd   *exec.Cmd
	ready time.Time
	ended chan struct{}
}

// start runs the program until it is ready.
func (s *site) start() *program {
	s.t.Helper()
	cmd := exec.Command(os.Args[0], "serve", "--listen-fd", "3", "--public-url", s.url, "--demo-app-url", s.app,
		"--database-url", dbtest.URL(s.t, s.dir), "--key-file", filepath.Join(s.dir, "platform.key"),
		"--credentials-file", filepath.Join(s.dir, "credentials.json"))
	cmd.Env = append(os.Environ(), asProgram+"=1")
	cmd.ExtraFiles = []*os.File{s.listener}
	log, err := cmd.StderrPipe()
	if err == nil {
		err = cmd.Start()
	}
	if err != nil {
		s.t.Fatal(err)
	}
	p := &program{cmd: cmd, ended: make(chan struct{})}
	ready := make(chan struct{})
	go p.watch(s.t.Output(), log, ready)
	s.t.Cleanup(p.kill)
	select {
	case <-ready:
		p.ready = time.Now()
	case <-p.ended:
		s.t.Fatal("the platform ended before it was ready")
	case <-time.After(readyWithin):
		s.t.Fatal("the platform did not become ready")
	}
	return p
}

// watch reads the log until the program ends. What is not about a request or
// an attempt goes to the test's output.
func (p *program) watch(out io.Writer, log io.Reader, ready chan<- struct{}) {
	lines := bufio.NewScanner(log)
	for lines.Scan() {
		line := lines.Text()
		if strings.Contains(line, "platform.ready") {
			close(ready)
		} else if !strings.Contains(line, "webhook.attempt") && !strings.Contains(line, "msg=http.request") {
			_, _ = io.WriteString(out, line+"\n")
		}
	}
	_ = p.cmd.Wait() // killed, mostly
	close(p.ended)
}

// kill ends the program with SIGKILL and waits for it.
func (p *program) kill() {
	_ = p.cmd.Process.Kill()
	<-p.ended
}

// stop ends the program as a user would.
func (p *program) stop() {
	_ = p.cmd.Process.Signal(syscall.SIGTERM)
	<-p.ended
}

// client speaks to the running program.
func (s *site) client() *platformtest.Platform { return platformtest.At(s.t, s.url, s.dir) }
