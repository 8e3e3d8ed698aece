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
	if websocket.IsWebSocketUpgrade(r) && !l.fromDashboard(r) {
		return problem.Forbidden("Only the dashboard at %s may listen from a browser.", l.Origin)
	}
	return l.follow(w, r, storeID)
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
	if !websocket.IsWebSocketUpgrade(r) {
		w.Header().Set("Upgrade", "websocket")
		return problem.New(http.StatusUpgradeRequired, api.CodeUpgradeRequired, "Open this address as a WebSocket.")
	}
	seq, err := l.start(r, storeID)
	if err != nil {
		return err
	}
	conn, err := upgrade(w, r)
	if conn == nil {
		return err
	}
	defer conn.Close()
	return l.send(r.Context(), conn, storeID, seq)
}

// send writes events until the client or the platform goes. Its error is the
// database's; a client that goes, or takes nothing for too long, is none.
func (l *Live) send(ctx context.Context, conn *websocket.Conn, storeID, seq int64) error {
	gone := make(chan struct{})
	go drain(conn, gone)
	ping := time.NewTicker(pingEvery)
	defer ping.Stop()
	resets := l.Feed.Resets()
	for {
		changed := l.Feed.Changed()
		if l.Feed.Resets() != resets {
			return goodbye(conn, websocket.CloseServiceRestart, "the data was replaced")
		}
		batch, err := l.read(ctx, storeID, seq)
		if err != nil {
			return err
		}
		for _, e := range batch {
			if !write(conn, e) {
				return nil
			}
			seq = e.Seq
		}
		if len(batch) == liveBatch {
			continue
		}
		select {
		case <-changed:
		case <-gone:
			return nil
		case <-l.Done:
			return goodbye(conn, websocket.CloseGoingAway, "the platform stops")
		case <-ping.C:
			if conn.WriteControl(websocket.PingMessage, nil, time.Now().Add(writeWithin)) != nil {
				return nil
			}
		}
	}
}

// goodbye closes a connection and says why.
func goodbye(conn *websocket.Conn, code int, why string) error {
	_ = conn.WriteControl(websocket.CloseMessage, websocket.FormatCloseMessage(code, why), time.Now().Add(writeWithin))
	return nil
}

func (l *Live) read(ctx context.Context, storeID, seq int64) (batch []api.LiveEvent, err error) {
	err = l.DB.Read(ctx, func(tx *db.Tx) error {
		batch, err = after(tx, storeID, seq, liveBatch)
		return err
	})
	return batch, err
}

func write(conn *websocket.Conn, e api.LiveEvent) bool {
	return conn.SetWriteDeadline(time.Now().Add(writeWithin)) == nil && conn.WriteJSON(e) == nil
}

// drain reads what the client sends, which is nothing but pongs, and notices
// when it goes.
func drain(conn *websocket.Conn, gone chan<- struct{}) {
	defer close(gone)
	conn.SetReadLimit(1 << 10)
	alive := func(string) error { return conn.SetReadDeadline(time.Now().Add(pongWithin)) }
	conn.SetPongHandler(alive)
	_ = alive("")
	for {
		if _, _, err := conn.NextReader(); err != nil {
			return
		}
	}
}
