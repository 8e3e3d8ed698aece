package webhook

import (
	"context"
	"log/slog"
	"time"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/token"
)

// superseded is the outcome of an attempt that another process made again.
const superseded = "superseded"

// record writes an attempt down with everything that follows from it, in one
// transaction, and logs the one line about it.
func (s *Service) record(ctx context.Context, c *claimed, a answer) error {
	var out outcome
	err := s.DB.Insist(ctx, func(tx *db.Tx) (err error) {
		wanted, err := wants(tx, c.delivery, c.number+1)
		if err != nil {
			return err
		}
		out = decide(c.turn(), a.verdict(), retryAfter(a.response, a.ended), wanted, tx.Now)
		// The guard: an attempt that was taken for lost is made again under
		// another claim and has its outcome from there; one whose delivery a
		// reset took away has none.
		mine, err := finishAttempt(tx, c, out)
		if err != nil {
			return err
		}
		if !mine {
			out = outcome{status: superseded}
			return nil
		}
		if err := insertAttempt(tx, c, a); err != nil {
			return err
		}
		return s.follow(tx, c, out)
	})
	if err == nil {
		s.logAttempt(ctx, c, a, out)
		if out.status != superseded {
			s.Inspector.Add(inspected(c, a, out))
		}
	}
	return err
}

// follow does what an outcome asks for: the subscription's counters, the next
// attempt, the end of a token that nobody took, what waited for this farewell.
func (s *Service) follow(tx *db.Tx, c *claimed, out outcome) error {
	if err := countOutcome(tx, c.delivery, out); err != nil {
		return err
	}
	if out.status == api.DeliveryRetrying {
		next := Attempt{DeliveryID: c.id, Number: c.number + 1}
		if err := s.Timer.Schedule(tx, out.next, next, &c.storeID); err != nil {
			return err
		}
	}
	if c.token != "" && out.status != api.DeliveryDelivered {
		if err := token.RevokeFamily(tx, c.family()); err != nil {
			return err
		}
	}
	if c.farewell && c.number == 1 {
		return s.releaseNext(tx, c.id)
	}
	return nil
}

// countOutcome keeps the counters of a subscription that still exists. A test
// changes none.
func countOutcome(tx *db.Tx, d delivery, out outcome) error {
	switch {
	case d.subscriptionID == nil || d.test:
		return nil
	case out.status == api.DeliveryDelivered:
		return countSuccess(tx, *d.subscriptionID)
	}
	return countFailure(tx, *d.subscriptionID, out.status == api.DeliveryDead, out.gone)
}

func (s *Service) logAttempt(ctx context.Context, c *claimed, a answer, out outcome) {
	attrs := []slog.Attr{
		slog.Int64("delivery_id", c.id), slog.String("attempt_id", a.id), slog.Int("number", c.number),
		slog.String("event_id", c.eventID), slog.String("topic", c.topic), slog.Int64("store_id", c.storeID),
		slog.String("url", loggable(c.targetURL)), slog.Bool("farewell", c.farewell),
		slog.Int("http_status", a.status), slog.Int64("ms", a.took.Milliseconds()), slog.String("outcome", out.status),
	}
	if c.appID != nil {
		attrs = append(attrs, slog.Int64("app_id", *c.appID))
	}
	if c.subscriptionID != nil {
		attrs = append(attrs, slog.Int64("subscription_id", *c.subscriptionID))
	}
	if a.problem != "" {
		attrs = append(attrs, slog.String("error", a.problem))
	}
	if !out.next.IsZero() {
		attrs = append(attrs, slog.String("next_attempt_at", out.next.Format(time.RFC3339)))
	}
	s.Log.LogAttrs(ctx, slog.LevelInfo, "webhook.attempt", attrs...)
}
