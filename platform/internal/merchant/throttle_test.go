package merchant

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"
)

func TestFailuresAreForgottenAfterAMinute(t *testing.T) {
	t.Parallel()
	var k tries
	start := time.Unix(1000, 0)
	for n := range maxFailures {
		if w := k.wait(start); w != 0 {
			t.Fatalf("failure %d: wait %s", n, w)
		}
		k.failed(start.Add(time.Duration(n) * time.Second))
	}
	for _, c := range []struct{ after, wait time.Duration }{
		{9 * time.Second, 51 * time.Second}, {59 * time.Second, time.Second}, {60*time.Second - 1, 1}, {60 * time.Second, 0},
	} {
		if got := k.wait(start.Add(c.after)); got != c.wait {
			t.Errorf("after %s: wait %s, want %s", c.after, got, c.wait)
		}
	}
	k.failed(start.Add(60 * time.Second))
	if got := k.wait(start.Add(60 * time.Second)); got != time.Second {
		t.Errorf("wait %s for the second failure to be over", got)
	}
	k.succeeded()
	if got := k.wait(start.Add(60 * time.Second)); got != 0 {
		t.Errorf("after a success: wait %s", got)
	}
}

func TestWhoGivesUpWaitingLeavesNothingBehind(t *testing.T) {
	t.Parallel()
	var th throttle
	first, err := th.enter(t.Context(), "a", time.Unix(0, 0))
	if err != nil {
		t.Fatal(err)
	}
	gone, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := th.enter(gone, "a", time.Unix(0, 0)); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	th.leave("a", first)
	if len(th.keys) != 0 {
		t.Errorf("%d keys are left", len(th.keys))
	}
}

func TestOldKeysAreSweptAway(t *testing.T) {
	t.Parallel()
	var th throttle
	start := time.Unix(0, 0)
	for n := range maxKeys {
		key := fmt.Sprint(n)
		k, err := th.enter(t.Context(), key, start)
		if err != nil {
			t.Fatal(err)
		}
		k.failed(start)
		th.leave(key, k)
	}
	if len(th.keys) != maxKeys {
		t.Fatalf("%d keys", len(th.keys))
	}
	if _, err := th.enter(t.Context(), "new", start.Add(failureWindow)); err != nil {
		t.Fatal(err)
	}
	if len(th.keys) != 1 {
		t.Errorf("%d keys are left", len(th.keys))
	}
}
