package event

import (
	"context"
	"net/http"
	"net/url"
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
	q := web.QueryOf(r)
	seq := q.ID("after")
	if err := q.Err(); err != nil {
		return err
	}
	if !websocket.IsWebSocketUpgrade(r) {
		return problem.New(http.StatusUpgradeRequired, "upgrade_required", "Open this address as a WebSocket.")
	}
	if seq == 0 {
		if seq, err = l.newest(r.Context(), storeID); err != nil {
			return err
		}
	}
	upgrader := websocket.Upgrader{CheckOrigin: l.fromDashboard}
	conn, err := upgrader.Upgrade(w, r, nil)
	if err != nil {
		return nil // the upgrader has answered
	}
	defer conn.Close()
	l.send(conn, storeID, seq)
	return nil
}

// fromDashboard admits the dashboard's pages and programs, which send no
// Origin.
func (l *Live) fromDashboard(r *http.Request) bool {
	origin := r.Header.Get("Origin")
	want, err := url.Parse(l.Origin)
	return origin == "" || err == nil && origin == want.Scheme+"://"+want.Host
}

func (l *Live) newest(ctx context.Context, storeID int64) (seq int64, err error) {
	err = l.DB.Read(ctx, func(tx *db.Tx) error {
		seq, err = last(tx, storeID)
		return err
	})
	return seq, err
}

// send writes events until the client or the platform goes.
func (l *Live) send(conn *websocket.Conn, storeID, seq int64) {
	gone := make(chan struct{})
	go drain(conn, gone)
	ping := time.NewTicker(pingEvery)
	defer ping.Stop()
	for {
		changed := l.Feed.Changed()
		more, err := l.sendBatch(conn, storeID, &seq)
		if err != nil {
			return
		}
		if more {
			continue
		}
		select {
		case <-changed:
		case <-gone:
			return
		case <-l.Done:
			deadline := time.Now().Add(writeWithin)
			_ = conn.WriteControl(websocket.CloseMessage, websocket.FormatCloseMessage(websocket.CloseGoingAway, "the platform stops"), deadline)
			return
		case <-ping.C:
			if conn.WriteControl(websocket.PingMessage, nil, time.Now().Add(writeWithin)) != nil {
				return
			}
		}
	}
}

// sendBatch writes what follows seq and moves it on; more says that the batch
// was full.
func (l *Live) sendBatch(conn *websocket.Conn, storeID int64, seq *int64) (more bool, err error) {
	var batch []api.LiveEvent
	err = l.DB.Read(context.Background(), func(tx *db.Tx) error {
		batch, err = after(tx, storeID, *seq, liveBatch)
		return err
	})
	if err != nil {
		return false, err
	}
	for _, e := range batch {
		_ = conn.SetWriteDeadline(time.Now().Add(writeWithin))
		if err := conn.WriteJSON(e); err != nil {
			return false, err
		}
		*seq = e.Seq
	}
	return len(batch) == liveBatch, nil
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
