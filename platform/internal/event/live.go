package event

import (
	"context"
	"net/http"
	"time"

	"github.com/gorilla/websocket"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/problem"
	"github.com/selorax/sandbox/platform/internal/web"
)

const (
	liveBatch   = 100
	livePace    = 20 * time.Millisecond // what comes within it is read at once: many clients ask the database seldom
	pingEvery   = 25 * time.Second
	pongWithin  = 60 * time.Second
	writeWithin = 10 * time.Second
)

// Live serves the WebSocket feed of a store.
type Live struct {
	DB   *db.DB
	Feed *Feed
	// Origin is the dashboard's; a browser on any other page is refused.
	Origin string
	// Done ends every connection when it closes.
	Done <-chan struct{}
}

// Routes registers the feed.
func (l *Live) Routes(r *web.Router) {
	r.ForUser(http.MethodGet, "/api/live", l.serve)
}

func (l *Live) serve(w http.ResponseWriter, r *http.Request) error {
	storeID, err := web.NeedStore(r)
	if err != nil {
		return err
	}
	if err := l.checkOrigin(r); err != nil {
		return err
	}
	return l.follow(w, r, storeID)
}

// checkOrigin refuses pages that are not the dashboard's.
func (l *Live) checkOrigin(r *http.Request) error {
	if websocket.IsWebSocketUpgrade(r) && !l.fromDashboard(r) {
		return problem.Forbidden("Only the dashboard at %s may listen from a browser.", l.Origin)
	}
	return nil
}

// ServeAll serves the feed of all stores, or of the one that store_id names,
// to callers of the control API. An after of 0 begins with the first event.
func (l *Live) ServeAll(w http.ResponseWriter, r *http.Request) error {
	q := web.QueryOf(r)
	storeID := q.ID("store_id")
	if err := q.Err(); err != nil {
		return err
	}
	return l.follow(w, r, storeID)
}

func (l *Live) follow(w http.ResponseWriter, r *http.Request, storeID int64) error {
	events := stream[api.LiveEvent]{feed: l.Feed, done: l.Done, pace: livePace, next: func(ctx context.Context, seq int64) ([]api.LiveEvent, int64, error) {
		batch, err := l.read(ctx, storeID, seq)
		if len(batch) > 0 {
			seq = batch[len(batch)-1].Seq
		}
		return batch, seq, err
	}}
	return events.serve(w, r, func() (int64, error) { return l.start(r, storeID) })
}

func (l *Live) read(ctx context.Context, storeID, seq int64) (batch []api.LiveEvent, err error) {
	err = l.DB.Read(ctx, func(tx *db.Tx) error {
		batch, err = After(tx, storeID, seq, liveBatch)
		return err
	})
	return batch, err
}
