package control

import (
	"strings"
	"testing"

	"github.com/selorax/sandbox/platform/api"
)

// An operation that another process makes goes on for a while after it was
// asked to stop, which is no failure.
func TestAnOperationUnderWayHasNotFailed(t *testing.T) {
	t.Parallel()
	for status, says := range map[string]string{
		api.ClockDone: "arrived", api.ClockStopped: "was stopped", api.ClockRunning: "is asked to stop", api.ClockFailed: "did not end",
	} {
		if got := sentence(api.ClockOperation{Status: status}); !strings.Contains(got, says) {
			t.Errorf("%s: %s", status, got)
		}
	}
}
