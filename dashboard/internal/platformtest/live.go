package platformtest

import (
	"encoding/json"
	"net/http"
	"strconv"
	"sync"

	"github.com/gorilla/websocket"

	"github.com/selorax/sandbox/platform/api"
)

// feed is the live feed: what happened so far, and who listens.
type feed struct {
	mu      sync.Mutex
	events  []api.LiveEvent
	sockets map[*websocket.Conn]int64 // store
}

func (f *feed) tell(storeID int64, topic string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	e := api.LiveEvent{Seq: int64(len(f.events) + 1), Topic: topic, StoreID: storeID, At: api.Time{Time: today}, Data: json.RawMessage(`{}`)}
	f.events = append(f.events, e)
	for conn, store := range f.sockets {
		if store == storeID {
			_ = conn.WriteJSON(e)
		}
	}
}

func (f *feed) close() {
	f.mu.Lock()
	defer f.mu.Unlock()
	for conn := range f.sockets {
		conn.Close()
	}
}

// Tell sends an event to the pages of a store.
func (p *Platform) Tell(storeID int64, topic string) { p.live.tell(storeID, topic) }

// HangUp breaks every live connection off.
func (p *Platform) HangUp() {
	p.live.close()
	p.marks.close()
}

// Listeners counts the live connections.
func (p *Platform) Listeners() int {
	p.live.mu.Lock()
	defer p.live.mu.Unlock()
	return len(p.live.sockets)
}

func (p *Platform) serveFeed(f *feed) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		p.mu.Lock()
		_, ok := p.sessions[r.Header.Get(api.HeaderAuthToken)]
		p.mu.Unlock()
		if !ok {
			writeError(w, refuse(http.StatusUnauthorized, api.CodeSessionRequired, "Sign in."))
			return
		}
		upgrader := websocket.Upgrader{CheckOrigin: func(*http.Request) bool { return true }}
		conn, err := upgrader.Upgrade(w, r, nil)
		if err != nil {
			return
		}
		f.join(conn, r)
		for {
			if _, _, err := conn.NextReader(); err != nil {
				f.leave(conn)
				return
			}
		}
	}
}

func (f *feed) join(conn *websocket.Conn, r *http.Request) {
	f.mu.Lock()
	defer f.mu.Unlock()
	storeID, _ := strconv.ParseInt(r.URL.Query().Get("store_id"), 10, 64)
	if after, err := strconv.Atoi(r.URL.Query().Get("after")); err == nil {
		for _, e := range f.events[min(after, len(f.events)):] {
			if e.StoreID == storeID {
				_ = conn.WriteJSON(e)
			}
		}
	}
	if f.sockets == nil {
		f.sockets = map[*websocket.Conn]int64{}
	}
	f.sockets[conn] = storeID
}

func (f *feed) leave(conn *websocket.Conn) {
	f.mu.Lock()
	defer f.mu.Unlock()
	delete(f.sockets, conn)
	conn.Close()
}
