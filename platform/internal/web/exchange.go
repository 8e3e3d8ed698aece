package web

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"time"

	"github.com/selorax/sandbox/platform/httpserve"
)

// MaxTaped is how many bytes of a body are kept of an exchange.
const MaxTaped = 16 << 10

// Watcher is told of calls as they went over the wire. It is told once the
// answer is written, on the goroutine of the call, and must not keep it waiting.
type Watcher interface {
	// Watches says before a call is answered whether Saw is to be told of it.
	Watches(r *http.Request) bool
	Saw(x Exchange)
}

// Exchange is a call and its answer.
type Exchange struct {
	Started   time.Time // machine time
	Took      time.Duration
	RequestID string
	// Route is the one that answered, nil when none did.
	Route *Route
	// Caller is who made the call, as far as they were recognised.
	Caller   Caller
	Request  *http.Request
	Sent     Tape
	Status   int // 0: the connection was broken off
	Header   http.Header
	Answered Tape
}

// Tape is the beginning of a body.
type Tape struct {
	bytes.Buffer
	// Size is that of the whole body, in bytes, as far as it was read.
	Size int64
}

func (t *Tape) keep(b []byte) {
	t.Size += int64(len(b))
	t.Buffer.Write(b[:min(len(b), max(0, MaxTaped-t.Len()))])
}

type exchangeKey struct{}

// watched starts the tapes of a call that somebody watches. Its second result
// must be called when the call is over.
func (r *Router) watched(rec *httpserve.Recorder, req *http.Request, started time.Time) (*http.Request, func()) {
	if r.Watcher == nil || !r.Watcher.Watches(req) {
		return req, func() {}
	}
	x := &Exchange{Started: started, RequestID: RequestID(req.Context())}
	rec.ResponseWriter = &tapedWriter{rec.ResponseWriter, &x.Answered}
	req = req.WithContext(context.WithValue(req.Context(), exchangeKey{}, x))
	req.Body = &tapedBody{req.Body, &x.Sent}
	x.Request = req
	return req, func() {
		x.Took, x.Status, x.Header = time.Since(started), rec.Status, rec.Header()
		r.Watcher.Saw(*x)
	}
}

// noteRoute and noteCaller tell the exchange, if there is one, what was found out.
func noteRoute(r *http.Request, route *Route) {
	if x, ok := r.Context().Value(exchangeKey{}).(*Exchange); ok {
		x.Route = route
	}
}

func noteCaller(r *http.Request, c Caller) {
	if x, ok := r.Context().Value(exchangeKey{}).(*Exchange); ok {
		x.Caller = c
	}
}

type tapedWriter struct {
	http.ResponseWriter
	tape *Tape
}

// Write keeps what the client was sent.
func (w *tapedWriter) Write(b []byte) (int, error) {
	n, err := w.ResponseWriter.Write(b)
	w.tape.keep(b[:n])
	return n, err
}

// Unwrap lets http.ResponseController reach the connection.
func (w *tapedWriter) Unwrap() http.ResponseWriter { return w.ResponseWriter }

type tapedBody struct {
	io.ReadCloser
	tape *Tape
}

// Read keeps what the handler read.
func (b *tapedBody) Read(p []byte) (int, error) {
	n, err := b.ReadCloser.Read(p)
	b.tape.keep(p[:n])
	return n, err
}
