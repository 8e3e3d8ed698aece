package httpserve

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// serving runs Serve until stop is called; stop returns what Serve returned.
func serving(t *testing.T, l net.Listener, h http.HandlerFunc) (stop func() error) {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- Serve(ctx, l, h, slog.New(slog.DiscardHandler)) }()
	t.Cleanup(cancel)
	return func() error { cancel(); return <-done }
}

func TestShutdownLetsRequestsFinish(t *testing.T) {
	t.Parallel()
	l := listen(t, "127.0.0.1:0")
	entered, leave := make(chan struct{}), make(chan struct{})
	stop := serving(t, l, func(w http.ResponseWriter, r *http.Request) {
		close(entered)
		<-leave
		fmt.Fprintf(w, "whole, cancelled: %v", r.Context().Err())
	})
	answered := make(chan string, 1)
	go func() { answered <- get(t, "http://"+l.Addr().String()) }()
	<-entered
	stopped := make(chan error, 1)
	go func() { stopped <- stop() }()
	for { // until the listener is closed
		conn, err := net.Dial("tcp", l.Addr().String())
		if err != nil {
			break
		}
		conn.Close()
	}
	select {
	case err := <-stopped:
		t.Fatalf("stopped with a request in progress: %v", err)
	default:
	}
	close(leave)
	if got := <-answered; got != "whole, cancelled: <nil>" {
		t.Errorf("got %q", got)
	}
	if err := <-stopped; err != nil {
		t.Error(err)
	}
}

func TestShutdownDoesNotWaitForSilentConnections(t *testing.T) {
	t.Parallel()
	l := listen(t, "127.0.0.1:0")
	stop := serving(t, l, func(http.ResponseWriter, *http.Request) {})
	silent, err := net.Dial("tcp", l.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer silent.Close()
	get(t, "http://"+l.Addr().String()) // accepted after the silent one
	started := time.Now()
	if err := stop(); err != nil || time.Since(started) > shutdownTimeout/2 {
		t.Errorf("%v after %v", err, time.Since(started))
	}
}

func TestServeSaysWhyItStopped(t *testing.T) {
	t.Parallel()
	l := listen(t, "127.0.0.1:0")
	l.Close()
	if err := Serve(t.Context(), l, http.NotFoundHandler(), slog.New(slog.DiscardHandler)); err == nil {
		t.Error("served on a closed listener")
	}
}

func TestListenOnInheritedDescriptor(t *testing.T) {
	t.Parallel()
	first := listen(t, "127.0.0.1:0")
	l, err := Listen("unused", descriptor(t, first.(*net.TCPListener)))
	if err != nil {
		t.Fatal(err)
	}
	first.Close()
	stop := serving(t, l, func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "inherited") })
	if got := get(t, "http://"+first.Addr().String()); got != "inherited" {
		t.Errorf("got %q", got)
	}
	if err := stop(); err != nil {
		t.Error(err)
	}
}

func TestListenOnWhatIsNoListener(t *testing.T) {
	t.Parallel()
	file, err := os.Create(filepath.Join(t.TempDir(), "file"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	for fd, want := range map[int]string{
		-1:                  "file descriptor -1 is not open",
		1 << 20:             "file descriptor 1048576 is not a listener",
		descriptor(t, file): "is not a listener",
	} {
		if l, err := Listen("127.0.0.1:0", fd); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%d: %v, %v", fd, l, err)
		}
	}
	taken := listen(t, "127.0.0.1:0")
	if _, err := Listen(taken.Addr().String(), 0); err == nil || !strings.Contains(err.Error(), taken.Addr().String()) {
		t.Errorf("a taken address: %v", err)
	}
}

// descriptor duplicates the descriptor of f; Listen closes the copy.
func descriptor(t *testing.T, f syscall.Conn) (fd int) {
	t.Helper()
	raw, err := f.SyscallConn()
	if err != nil {
		t.Fatal(err)
	}
	if controlErr := raw.Control(func(n uintptr) { fd, err = syscall.Dup(int(n)) }); controlErr != nil || err != nil {
		t.Fatal(controlErr, err)
	}
	return fd
}

func get(t *testing.T, url string) string {
	t.Helper()
	client := http.Client{Transport: &http.Transport{}, Timeout: 10 * time.Second}
	defer client.CloseIdleConnections()
	res, err := client.Get(url)
	if err != nil {
		t.Error(err)
		return ""
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		t.Error(err)
	}
	return string(body)
}

func listen(t *testing.T, addr string) net.Listener {
	t.Helper()
	l, err := net.Listen("tcp", addr)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	return l
}
