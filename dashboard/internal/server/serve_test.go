package server_test

import (
	"context"
	"io"
	"log/slog"
	"net"
	"net/http"
	"syscall"
	"testing"

	"github.com/selorax/sandbox/dashboard/internal/server"
)

func quiet() *slog.Logger { return slog.New(slog.DiscardHandler) }

// A request that is under way when the server is told to stop gets its answer;
// a connection that never sent a byte does not hold it up.
func TestServeFinishesWhatItBegan(t *testing.T) {
	t.Parallel()
	l, err := server.Listen("127.0.0.1:0", 0)
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	begun, finish, ended := make(chan struct{}), make(chan struct{}), make(chan error, 1)
	go func() {
		ended <- server.Serve(ctx, l, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			close(begun)
			<-finish
			_, _ = io.WriteString(w, "done")
		}), quiet())
	}()
	silent, err := net.Dial("tcp", l.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer silent.Close()
	answered := make(chan string, 1)
	go func() {
		resp, err := http.Get("http://" + l.Addr().String())
		if err != nil {
			answered <- err.Error()
			return
		}
		defer resp.Body.Close()
		body, _ := io.ReadAll(resp.Body)
		answered <- string(body)
	}()
	<-begun
	stop()
	close(finish)
	if got := <-answered; got != "done" {
		t.Errorf("the request got %q", got)
	}
	if err := <-ended; err != nil {
		t.Error(err)
	}
}

func TestListenTakesOverADescriptor(t *testing.T) {
	t.Parallel()
	first, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	f, err := first.(*net.TCPListener).File()
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	inherited, err := syscall.Dup(int(f.Fd())) // Listen closes what it is given
	if err != nil {
		t.Fatal(err)
	}
	second, err := server.Listen("ignored", inherited)
	if err != nil {
		t.Fatal(err)
	}
	defer second.Close()
	if second.Addr().String() != first.Addr().String() {
		t.Errorf("listens at %s, want %s", second.Addr(), first.Addr())
	}
}

func TestListenRefusesWhatIsNoListener(t *testing.T) {
	t.Parallel()
	if _, err := server.Listen("", 1<<20); err == nil {
		t.Error("a descriptor that is not open was taken")
	}
	if _, err := server.Listen("127.0.0.1:not-a-port", 0); err == nil {
		t.Error("a bad address was taken")
	}
}
