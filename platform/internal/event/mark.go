package event

import (
	"context"
	"net/http"
	"time"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/web"
)

// markPace bounds how often a client is told of something new: it looks at
// everything that came meanwhile at once.
const markPace = 50 * time.Millisecond

// ServeMarks serves a WebSocket that tells of the newest number of something
// that grows, whenever feed wakes. With after in the query it begins with what
// is newer than that.
func (l *Live) ServeMarks(w http.ResponseWriter, r *http.Request, feed *Feed, newest func() int64) error {
	if err := l.checkOrigin(r); err != nil {
		return err
	}
	q := web.QueryOf(r)
	after := q.Seq("after")
	if err := q.Err(); err != nil {
		return err
	}
	marks := stream[api.InspectorMark]{feed: feed, done: l.Done, pace: markPace, next: func(_ context.Context, seq int64) ([]api.InspectorMark, int64, error) {
		if now := newest(); now > seq {
			return []api.InspectorMark{{Seq: now}}, now, nil
		}
		return nil, seq, nil
	}}
	return marks.serve(w, r, func() (int64, error) {
		if after == 0 {
			return newest(), nil
		}
		return min(after, newest()), nil
	})
}
