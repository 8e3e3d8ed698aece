package restock

import (
	"context"
	"errors"
	"sync/atomic"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestGather(t *testing.T) {
	t.Parallel()
	items := make([]int, 50)
	want := make([]int, len(items))
	for n := range items {
		items[n], want[n] = n, n*n
	}
	var running, most atomic.Int32
	got, err := gather(t.Context(), items, func(_ context.Context, n int) (int, error) {
		now := running.Add(1)
		for seen := most.Load(); now > seen && !most.CompareAndSwap(seen, now); seen = most.Load() {
		}
		defer running.Add(-1)
		return n * n, nil
	})
	if diff := cmp.Diff(want, got); diff != "" || err != nil || most.Load() > atOnce {
		t.Errorf("%v, %d at once (-want +got):\n%s", err, most.Load(), diff)
	}
	if got, err := gather(t.Context(), nil, func(context.Context, int) (int, error) { return 0, nil }); len(got) != 0 || err != nil {
		t.Errorf("nothing: %v, %v", got, err)
	}
}

func TestGatherEndsWithTheFirstError(t *testing.T) {
	t.Parallel()
	broken := errors.New("broken")
	calls := atomic.Int32{}
	_, err := gather(t.Context(), make([]int, 1000), func(ctx context.Context, _ int) (int, error) {
		calls.Add(1)
		if ctx.Err() != nil {
			return 0, errors.New("later")
		}
		return 0, broken
	})
	if !errors.Is(err, broken) || calls.Load() > 3*atOnce {
		t.Errorf("%v after %d calls", err, calls.Load())
	}
}
