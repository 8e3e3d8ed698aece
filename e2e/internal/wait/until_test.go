package wait_test

import (
	"context"
	"errors"
	"testing"

	"github.com/selorax/sandbox/e2e/internal/wait"
)

func TestUntilAsksAgain(t *testing.T) {
	t.Parallel()
	asked := 0
	err := wait.Until(t.Context(), func() error {
		if asked++; asked < 3 {
			return errors.New("not yet")
		}
		return nil
	})
	if err != nil || asked != 3 {
		t.Errorf("asked %d times, error %v; want 3 and none", asked, err)
	}
}

func TestUntilSaysWhatWasMissing(t *testing.T) {
	t.Parallel()
	missing := errors.New("no such button")
	ctx, cancel := context.WithCancel(t.Context())
	err := wait.Until(ctx, func() error { cancel(); return missing })
	if !errors.Is(err, missing) || !errors.Is(err, context.Canceled) {
		t.Errorf("error is %v, want what was missing and why waiting ended", err)
	}
}
