package queue

import (
	"context"
	"fmt"
	"sync"

	"github.com/riverqueue/river/riverdriver"
	"github.com/riverqueue/river/riverdriver/riversqlite"
)

// insertTopic is River's name for "there are new jobs".
const insertTopic = "river_insert"

// embedded is River's driver for a file that one process owns. River's own
// listener asks the file for notifications every 50 ms, for each hop of a job;
// here whoever inserts wakes the worker when the transaction has committed.
//
// River warns that a driver's interface may change: the version is pinned, and
// TestJobsStartAtOnce fails when it does.
type embedded struct {
	*riversqlite.Driver
	bell *bell
}

// GetListener returns the bell.
func (d embedded) GetListener(*riverdriver.GetListenenerParams) riverdriver.Listener { return d.bell }

// SupportsListenNotify keeps River from writing notifications that nobody
// reads.
func (embedded) SupportsListenNotify() bool { return false }

// bell wakes the workers of this process.
type bell struct {
	mu    sync.Mutex
	lanes []string // that have new jobs
	rung  chan struct{}
}

func newBell() *bell { return &bell{rung: make(chan struct{}, 1)} }

// ring says that a lane has new jobs.
func (b *bell) ring(lane string) {
	b.mu.Lock()
	known := false
	for _, l := range b.lanes {
		known = known || l == lane
	}
	if !known {
		b.lanes = append(b.lanes, lane)
	}
	b.mu.Unlock()
	select {
	case b.rung <- struct{}{}:
	default:
	}
}

// WaitForNotification waits until a lane has new jobs.
func (b *bell) WaitForNotification(ctx context.Context) (*riverdriver.Notification, error) {
	for {
		b.mu.Lock()
		if len(b.lanes) > 0 {
			lane := b.lanes[0]
			b.lanes = b.lanes[1:]
			b.mu.Unlock()
			return &riverdriver.Notification{Topic: insertTopic, Payload: fmt.Sprintf(`{"queue":%q}`, lane)}, nil
		}
		b.mu.Unlock()
		select {
		case <-b.rung:
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
}

// Connect and the rest have nothing to do: there is no connection.
func (*bell) Connect(context.Context) error { return nil }

// Close ends nothing.
func (*bell) Close(context.Context) error { return nil }

// Ping always succeeds.
func (*bell) Ping(context.Context) error { return nil }

// Listen hears every topic anyway.
func (*bell) Listen(context.Context, string) error { return nil }

// Unlisten goes on hearing.
func (*bell) Unlisten(context.Context, string) error { return nil }

// Schema is the only one.
func (*bell) Schema() string { return "" }

// SetAfterConnectExec is for River's own tests.
func (*bell) SetAfterConnectExec(string) {}
