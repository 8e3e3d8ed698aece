package event

import (
	"net/http"
	"net/url"
	"strings"

	"github.com/gorilla/websocket"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/problem"
	"github.com/selorax/sandbox/platform/internal/web"
)

// fromDashboard admits the dashboard's pages and programs, which send no
// Origin.
func (l *Live) fromDashboard(r *http.Request) bool {
	origin := r.Header.Get("Origin")
	want, err := url.Parse(l.Origin)
	return origin == "" || err == nil && strings.EqualFold(origin, want.Scheme+"://"+want.Host)
}

// start returns the sequence number to go on from: the one the client names, 0
// for all there are, or else the newest, so that it hears of new ones only. A number that does not
// exist yet comes from a database that was reset since; it means the newest
// too, else the client would wait in silence.
func (l *Live) start(r *http.Request, storeID int64) (int64, error) {
	q := web.QueryOf(r)
	after := q.Seq("after")
	if err := q.Err(); err != nil {
		return 0, err
	}
	var newest int64
	err := l.DB.Read(r.Context(), func(tx *db.Tx) (err error) {
		newest, err = Last(tx, storeID)
		return err
	})
	if q.Text("after") == "" {
		return newest, err
	}
	return min(after, newest), err
}

// upgrade makes a WebSocket of the request. Without a connection there is an
// error to answer with, or none when the client is already gone.
func upgrade(w http.ResponseWriter, r *http.Request) (*websocket.Conn, error) {
	var refusal error
	upgrader := websocket.Upgrader{
		HandshakeTimeout: writeWithin,
		CheckOrigin:      func(*http.Request) bool { return true }, // serve has checked it
		Error: func(_ http.ResponseWriter, _ *http.Request, status int, reason error) {
			if refusal = reason; status < http.StatusInternalServerError {
				refusal = problem.New(http.StatusBadRequest, api.CodeValidation, "This is not a handshake of RFC 6455: %s.", reason)
			}
		},
	}
	conn, err := upgrader.Upgrade(w, r, http.Header{api.HeaderRequestID: {web.RequestID(r.Context())}})
	if err != nil {
		return nil, refusal
	}
	return conn, nil
}
