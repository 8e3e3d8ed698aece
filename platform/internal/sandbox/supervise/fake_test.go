package supervise_test

import (
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/signal"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"

	"github.com/selorax/sandbox/platform/internal/sandbox/supervise"
)

// The test binary plays the programs itself: with FAKE set it is one of them.
func TestMain(m *testing.M) {
	switch os.Getenv("FAKE") {
	case "":
		os.Exit(m.Run())
	case "program":
		fakeProgram(os.Args[1:])
	case "supervisor":
		fakeSupervisor()
	}
}

// fakeProgram serves /readyz on the inherited listener. Its arguments change
// its manners: "dead" ends at once, "deaf" ignores SIGTERM, "slow" is ready at
// the third question.
func fakeProgram(manners []string) {
	has := func(manner string) bool { return strings.Contains(strings.Join(manners, " "), manner) }
	fmt.Println("hello from", os.Getpid())
	if has("dead") {
		fmt.Println("cannot go on")
		os.Exit(3)
	}
	stop := make(chan os.Signal, 1)
	signal.Notify(stop, syscall.SIGTERM)
	l, err := net.FileListener(os.NewFile(supervise.ListenFD, "listener"))
	if err != nil {
		panic(err)
	}
	var asked atomic.Int32
	http.HandleFunc("/readyz", func(w http.ResponseWriter, _ *http.Request) {
		if has("slow") && asked.Add(1) < 3 {
			w.WriteHeader(http.StatusServiceUnavailable)
		}
	})
	http.HandleFunc("/pid", func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, os.Getpid()) })
	http.HandleFunc("/exit", func(http.ResponseWriter, *http.Request) { os.Exit(4) })
	go http.Serve(l, nil)
	for range stop {
		if !has("deaf") {
			os.Exit(0)
		}
	}
}

// program returns a fake program on a free port, and its base URL.
func program(t *testing.T, name string, manners ...string) (supervise.Program, string) {
	t.Helper()
	l, err := net.ListenTCP("tcp", &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1)})
	if err != nil {
		t.Fatal(err)
	}
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	return supervise.Program{Name: name, Path: exe, Args: manners, Env: []string{"FAKE=program"}, Listener: l},
		"http://" + l.Addr().String()
}

func get(url string) (string, error) {
	res, err := http.Get(url)
	if err != nil {
		return "", err
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	return string(body), err
}
