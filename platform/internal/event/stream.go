package event

import (
	"context"
	"net/http"
	"time"

	"github.com/gorilla/websocket"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/problem"
)

// stream is what a connection follows: messages in the order of their numbers.
type stream[T any] struct {
	feed *Feed
	done <-chan struct{}
	// next returns messages that come after a number, liveBatch of them when
	// there may be more, and the number of the last.
	next func(ctx context.Context, after int64) (batch []T, last int64, err error)
	// pace is the least time between two batches.
	pace time.Duration
}

// serve makes a WebSocket of a request and sends what comes after start.
func (s *stream[T]) serve(w http.ResponseWriter, r *http.Request, start func() (int64, error)) error {
	if !websocket.IsWebSocketUpgrade(r) {
		w.Header().Set("Upgrade", "websocket")
		return problem.New(http.StatusUpgradeRequired, api.CodeUpgradeRequired, "Open this address as a WebSocket.")
	}
	seq, err := start()
	if err != nil {
		return err
	}
	conn, err := upgrade(w, r)
	if conn == nil {
		return err
	}
	defer conn.Close()
	return s.send(r.Context(), conn, seq)
}

// send writes messages until the client or the platform goes. Its error is that
// of next; a client that goes, or takes nothing for too long, is none.
func (s *stream[T]) send(ctx context.Context, conn *websocket.Conn, seq int64) error {
	gone := make(chan struct{})
	go drain(conn, gone)
	ping := time.NewTicker(pingEvery)
	defer ping.Stop()
	resets := s.feed.Resets()
	for {
		changed := s.feed.Changed()
		if s.feed.Resets() != resets {
			return goodbye(conn, websocket.CloseServiceRestart, "the data was replaced")
		}
		batch, last, err := s.next(ctx, seq)
		if err != nil {
			return err
		}
		for _, message := range batch {
			if !write(conn, message) {
				return nil
			}
		}
		seq = last
		if len(batch) == liveBatch {
			continue
		}
		if len(batch) > 0 && s.pace > 0 {
			time.Sleep(s.pace)
		}
		select {
		case <-changed:
		case <-gone:
			return nil
		case <-s.done:
			return goodbye(conn, websocket.CloseGoingAway, "the platform stops")
		case <-ping.C:
			if conn.WriteControl(websocket.PingMessage, nil, time.Now().Add(writeWithin)) != nil {
				return nil
			}
		}
	}
}

func write(conn *websocket.Conn, message any) bool {
	return conn.SetWriteDeadline(time.Now().Add(writeWithin)) == nil && conn.WriteJSON(message) == nil
}

// goodbye closes a connection and says why.
func goodbye(conn *websocket.Conn, code int, why string) error {
	_ = conn.WriteControl(websocket.CloseMessage, websocket.FormatCloseMessage(code, why), time.Now().Add(writeWithin))
	return nil
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
