package restock

import (
	"context"
	"errors"
	"net/http"
	"time"

	"github.com/selorax/sandbox/sampleapp/selorax"
)

// How much the page shows.
const (
	shownOrders = 20
	shownEvents = 20
)

// merchantHandler answers a request of a merchant's frame.
type merchantHandler func(ctx context.Context, s selorax.Session) (any, error)

// forMerchant verifies the session token and answers with what h returns.
func (a *App) forMerchant(h merchantHandler) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		session, err := a.Sessions.Verify(r.Header.Get("X-Session-Token"))
		if err != nil {
			code := "invalid_token"
			if errors.Is(err, selorax.ErrSessionExpired) {
				code = "expired_token"
			}
			answer(w, http.StatusUnauthorized, refusal{"Ask the dashboard for a fresh session token.", code})
			return
		}
		body, err := h(r.Context(), session)
		switch {
		case errors.Is(err, ErrNotInstalled):
			answer(w, http.StatusConflict, refusal{"Restock has no access to this store any more. Install it again from the marketplace.", "not_installed"})
		case err != nil:
			a.Log.ErrorContext(r.Context(), "data.failed", "path", r.URL.Path, "store_id", session.StoreID, "error", err)
			answer(w, http.StatusBadGateway, refusal{"The platform did not answer. Try again in a moment.", "platform_unavailable"})
		default:
			answer(w, http.StatusOK, body)
		}
	}
}

// overview is the store with its newest orders, read from the platform.
func (a *App) overview(ctx context.Context, s selorax.Session) (any, error) {
	var o struct {
		Store  selorax.Store   `json:"store"`
		Orders []selorax.Order `json:"orders"`
	}
	return &o, a.withToken(ctx, s.StoreID, func(token string) (err error) {
		if o.Store, err = a.Platform.Store(ctx, token); err != nil {
			return err
		}
		page, err := a.Platform.Orders(ctx, token, selorax.OrderQuery{Limit: shownOrders})
		o.Orders = page.Data
		return err
	})
}

// receivedEvent is one verified webhook as the page shows it.
type receivedEvent struct {
	EventID    string    `json:"event_id"`
	Topic      string    `json:"topic"`
	Subject    string    `json:"subject"`
	HappenedAt time.Time `json:"happened_at"`
	ReceivedAt time.Time `json:"received_at"`
}

// events lists the store's last webhooks, newest first.
func (a *App) events(ctx context.Context, s selorax.Session) (any, error) {
	rows, err := a.DB.QueryContext(ctx, `SELECT event_id, topic, subject, happened_ms, received_ms FROM event
		WHERE store_id = ? ORDER BY received_ms DESC, event_id LIMIT ?`, s.StoreID, shownEvents)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	list := []receivedEvent{}
	for rows.Next() {
		var e receivedEvent
		var happened, received int64
		if err := rows.Scan(&e.EventID, &e.Topic, &e.Subject, &happened, &received); err != nil {
			return nil, err
		}
		e.HappenedAt, e.ReceivedAt = time.UnixMilli(happened).UTC(), time.UnixMilli(received).UTC()
		list = append(list, e)
	}
	return map[string]any{"events": list}, rows.Err()
}
