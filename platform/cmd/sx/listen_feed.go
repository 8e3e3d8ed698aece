package main

import (
	"context"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/gorilla/websocket"

	"github.com/selorax/sandbox/platform/api"
)

const (
	feedAhead    = 256              // events read before they are shown
	feedSilence  = 60 * time.Second // the platform pings twice within it
	reconnectMin = 100 * time.Millisecond
	reconnectMax = 5 * time.Second
)

// feed is the live feed of a sandbox. It outlives its connection and goes on
// after the last event it has read.
type feed struct {
	storeID int64                      // 0: all stores
	find    func() (controlAPI, error) // the sandbox, which may have moved
	say     func(text string)          // to people

	conn  *websocket.Conn
	after int64 // sequence number of the last event; 0: none yet
	out   chan api.LiveEvent
}

// open connects for the first time. What happens from here on is shown.
func (f *feed) open(ctx context.Context, platform controlAPI) (err error) {
	f.out = make(chan api.LiveEvent, feedAhead)
	newest, err := fetchPage[api.SandboxEvent](platform, "/events", filter{"store_id": number(f.storeID), "limit": "1"}.query())
	if err != nil {
		return err
	}
	for _, e := range newest.Data {
		f.after = e.Seq
	}
	f.conn, _, err = f.connect(ctx, platform)
	return err
}

// events are those read, in order.
func (f *feed) events() <-chan api.LiveEvent { return f.out }

// run reads until the context ends, over as many connections as it takes. Its
// other error is a refusal.
func (f *feed) run(ctx context.Context) error {
	for {
		err := f.read(ctx)
		if ctx.Err() != nil {
			return ctx.Err()
		}
		f.say("The connection broke (" + err.Error() + "). Connecting again.")
		if err := f.reconnect(ctx); err != nil {
			return err
		}
		f.say("Connected again.")
	}
}

// read takes events from one connection until it breaks.
func (f *feed) read(ctx context.Context) error {
	defer f.conn.Close()
	defer context.AfterFunc(ctx, func() { f.conn.Close() })()
	f.conn.SetPingHandler(func(data string) error {
		deadline := time.Now().Add(feedSilence)
		_ = f.conn.WriteControl(websocket.PongMessage, []byte(data), deadline)
		return f.conn.SetReadDeadline(deadline)
	})
	for {
		if err := f.conn.SetReadDeadline(time.Now().Add(feedSilence)); err != nil {
			return err
		}
		var e api.LiveEvent
		if err := f.conn.ReadJSON(&e); err != nil {
			return err
		}
		select {
		case f.out <- e:
			f.after = e.Seq
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// reconnect tries until there is a connection, the platform refuses, or the
// context ends.
func (f *feed) reconnect(ctx context.Context) (err error) {
	for wait := reconnectMin; ; wait = min(2*wait, reconnectMax) {
		select {
		case <-time.After(wait):
		case <-ctx.Done():
			return ctx.Err()
		}
		platform, err := f.find()
		if err != nil {
			continue // it is down, or starts
		}
		conn, refused, err := f.connect(ctx, platform)
		if err == nil {
			f.conn = conn
			return nil
		}
		if refused {
			return err
		}
	}
}

// connect opens one connection. An answer that waiting will not change is a
// refusal.
func (f *feed) connect(ctx context.Context, platform controlAPI) (conn *websocket.Conn, refused bool, err error) {
	query := filter{"store_id": number(f.storeID), "after": strconv.FormatInt(f.after, 10)}.query()
	dialer := websocket.Dialer{HandshakeTimeout: patience}
	address := "ws" + strings.TrimPrefix(platform.base, "http") + "/live?" + query.Encode()
	conn, res, err := dialer.DialContext(ctx, address, http.Header{api.HeaderControlKey: {platform.key}})
	switch {
	case err == nil:
		return conn, false, nil
	case res == nil:
		return nil, false, fmt.Errorf("the platform does not answer: %w", err)
	default:
		defer res.Body.Close()
		return nil, res.StatusCode < http.StatusInternalServerError, refusal(res.StatusCode, res.Body)
	}
}
