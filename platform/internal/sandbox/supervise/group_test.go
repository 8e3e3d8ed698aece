package supervise_test

import (
	"bytes"
	"context"
	"errors"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/selorax/sandbox/platform/internal/sandbox/supervise"
)

func TestRunUntilToldToEnd(t *testing.T) {
	t.Parallel()
	one, oneURL := program(t, "one")
	two, twoURL := program(t, "two", "slow")
	var out bytes.Buffer
	ctx, stop := context.WithCancel(t.Context())
	var answers []int
	err := group(&out, one, two).Run(ctx, func() error {
		defer stop()
		answers = append(answers, status(t, oneURL+"/readyz"), status(t, twoURL+"/readyz"))
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if want := []int{200, 200}; !slices.Equal(answers, want) {
		t.Errorf("at ready the programs answered %v, want %v", answers, want)
	}
	for _, url := range []string{oneURL, twoURL} {
		if _, err := http.Get(url); err == nil {
			t.Errorf("%s still answers after the end", url)
		}
	}
	for _, name := range []string{"one | hello", "two | hello"} {
		if !strings.Contains(out.String(), name) {
			t.Errorf("log lacks %q:\n%s", name, out.String())
		}
	}
}

func TestRunEndsAllWhenOneEnds(t *testing.T) {
	t.Parallel()
	good, goodURL := program(t, "good")
	bad, badURL := program(t, "bad")
	err := group(t.Output(), good, bad).Run(t.Context(), func() error {
		_, _ = http.Get(badURL + "/exit")
		return nil
	})
	var exit *supervise.ExitError
	if !errors.As(err, &exit) || exit.Name != "bad" || exit.State != "exit status 4" {
		t.Errorf("Run: %v, want the end of bad with exit status 4", err)
	}
	if _, err := http.Get(goodURL); err == nil {
		t.Error("the other program still answers")
	}
}

func TestRunShowsLastLinesOfOneThatCannotStart(t *testing.T) {
	t.Parallel()
	good, _ := program(t, "good")
	dead, _ := program(t, "dead", "dead")
	err := group(t.Output(), good, dead).Run(t.Context(), func() error {
		t.Error("ready although one program is gone")
		return nil
	})
	if err == nil || !strings.Contains(err.Error(), "dead ended (exit status 3)") ||
		!strings.Contains(err.Error(), "cannot go on") {
		t.Errorf("Run: %v, want the exit status and the last lines", err)
	}
}

func TestRunNamesAProgramThatIsMissing(t *testing.T) {
	t.Parallel()
	good, goodURL := program(t, "good")
	gone, _ := program(t, "gone")
	gone.Path = "/nowhere/gone"
	err := group(t.Output(), good, gone).Run(t.Context(), func() error { return nil })
	if err == nil || !strings.Contains(err.Error(), "start gone") {
		t.Errorf("Run: %v, want an error that names the program", err)
	}
	if _, err := http.Get(goodURL); err == nil {
		t.Error("the program that did start was left behind")
	}
}

func TestRunNamesTheOneThatIsNeverReady(t *testing.T) {
	t.Parallel()
	good, _ := program(t, "good")
	slow, _ := program(t, "slow", "slow")
	g := group(t.Output(), good, slow)
	g.Patience = time.Nanosecond
	err := g.Run(t.Context(), func() error { return nil })
	if err == nil || !strings.Contains(err.Error(), "slow did not become ready") {
		t.Errorf("Run: %v, want an error that names the slow program", err)
	}
}

func TestRunKillsOneThatWillNotEnd(t *testing.T) {
	t.Parallel()
	deaf, url := program(t, "deaf", "deaf")
	g := group(t.Output(), deaf)
	g.Grace = 50 * time.Millisecond
	ctx, stop := context.WithCancel(t.Context())
	err := g.Run(ctx, func() error { stop(); return nil })
	if err == nil || !strings.Contains(err.Error(), "deaf did not end within 50ms and was killed") {
		t.Errorf("Run: %v, want a word on the kill", err)
	}
	if _, err := http.Get(url); err == nil {
		t.Error("it still answers")
	}
}

func group(out interface{ Write([]byte) (int, error) }, programs ...supervise.Program) supervise.Group {
	return supervise.Group{
		Programs: programs,
		Log:      &supervise.Log{Out: out},
		Patience: 30 * time.Second,
		Grace:    30 * time.Second,
	}
}

func status(t *testing.T, url string) int {
	t.Helper()
	res, err := http.Get(url)
	if err != nil {
		t.Error(err)
		return 0
	}
	res.Body.Close()
	return res.StatusCode
}
