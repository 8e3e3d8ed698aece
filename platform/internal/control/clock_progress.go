package control

import (
	"encoding/json"
	"net/http"
	"time"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/web"
)

// progressPoll is the time between two looks at an operation that is followed.
const progressPoll = 50 * time.Millisecond

// serveProgress streams what fires, a JSON object a line, as it happens, and
// ends with the operation itself, without its list.
func (s *Service) serveProgress(w http.ResponseWriter, r *http.Request) error {
	id, err := web.PathID(r, "operation_id")
	if err != nil {
		return err
	}
	if _, err := s.operation(r, id); err != nil {
		return err
	}
	w.Header().Set("Content-Type", "application/x-ndjson")
	w.Header().Set("Cache-Control", "no-store")
	out, flush := json.NewEncoder(w), http.NewResponseController(w)
	tick := time.NewTicker(progressPoll)
	defer tick.Stop()
	for told := 0; ; {
		op, fired, err := s.news(r, id, told)
		if err != nil {
			return nil // the answer has begun: cut it off, so that it is not taken for the whole
		}
		for _, f := range fired {
			_ = out.Encode(f)
		}
		told += len(fired)
		if op.Status != api.ClockRunning && len(fired) < maxFired {
			return out.Encode(op)
		}
		_ = flush.Flush()
		select {
		case <-tick.C:
		case <-r.Context().Done():
			return nil
		}
	}
}

// news returns an operation and what fired since the told-th.
func (s *Service) news(r *http.Request, id int64, told int) (op api.ClockOperation, fired []api.ClockFired, err error) {
	err = s.DB.Read(r.Context(), func(tx *db.Tx) error {
		if op, err = operationByID(tx, id); err != nil {
			return err
		}
		fired, err = firedAfter(tx, id, told, maxFired)
		return err
	})
	return op, fired, err
}
