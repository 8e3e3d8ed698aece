package restock

import (
	"context"
	"database/sql"
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

// answerTimeout bounds what a page waits for, retries included.
const answerTimeout = 25 * time.Second

// merchantHandler answers a request that a merchant's page makes.
type merchantHandler func(r *http.Request, s selorax.Session) (any, error)

// forMerchant answers the app's own page, which sends its session token in a
// header of its own.
func (a *App) forMerchant(h merchantHandler) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) { a.serve(w, r, r.Header.Get("X-Session-Token"), h) }
}

// serve verifies the session token and answers with what h returns. The store
// in the token is the only one that h gets to know of.
func (a *App) serve(w http.ResponseWriter, r *http.Request, token string, h merchantHandler) {
	session, err := a.Sessions.Verify(token)
	if err != nil {
		answer(w, http.StatusUnauthorized, sessionRefusal(err))
		return
	}
	ctx, cancel := context.WithTimeout(r.Context(), answerTimeout)
	defer cancel()
	body, err := h(r.WithContext(ctx), session)
	if err != nil {
		status, said := refusalOf(err)
		a.Log.WarnContext(ctx, "data.refused", "path", r.URL.Path, "store_id", session.StoreID, "status", status, "error", err)
		answer(w, status, said)
		return
	}
	if r.Method != http.MethodGet {
		answer(w, http.StatusOK, body)
		return
	}
	answerChanged(w, r, body)
}

func sessionRefusal(err error) refusal {
	if errors.Is(err, selorax.ErrSessionExpired) {
		return refusal{"The session token has expired. Ask the dashboard for a fresh one.", "expired_token"}
	}
	return refusal{"The session token is missing or not valid. Ask the dashboard for a fresh one.", "invalid_token"}
}

// refusalOf says what to tell the merchant. It is never 401: that would have
// the page ask for another session token.
func refusalOf(err error) (int, refusal) {
	var refused *selorax.Error
	var own *complaint
	switch {
	case errors.As(err, &own):
		return own.status, refusal{own.text, own.code}
	case selorax.IsNotFound(err):
		return http.StatusNotFound, refusal{"This store has no such record.", "not_found"}
	case errors.Is(err, ErrNotInstalled), selorax.IsUnauthorized(err):
		return http.StatusConflict, refusal{"Restock has no access to this store any more. Install it again from the marketplace.", "not_installed"}
	case errors.As(err, &refused) && refused.Status == http.StatusTooManyRequests:
		return http.StatusTooManyRequests, refusal{"There were too many requests. Wait a minute and try again.", "rate_limited"}
	case errors.As(err, &refused) && refused.Status == http.StatusForbidden:
		return http.StatusForbidden, refusal{"Restock lacks a permission. Install it again from the marketplace to give it.", "insufficient_scope"}
	}
	return http.StatusBadGateway, refusal{"The platform did not answer. Try again in a moment.", "platform_unavailable"}
}

// overview is the store with its newest orders, read from the platform.
func (a *App) overview(r *http.Request, s selorax.Session) (any, error) {
	ctx := r.Context()
	var o struct {
		Store  selorax.Store   `json:"store"`
		Orders []selorax.Order `json:"orders"`
	}
	return &o, a.withToken(ctx, s.StoreID, func(token string) (err error) {
		if o.Store, err = a.Platform.Store(ctx, token); err != nil {
			return err
		}
		page, err := a.Platform.Orders(ctx, token, selorax.OrderQuery{Limit: shownOrders})
		o.Orders = append([]selorax.Order{}, page.Data...) // none is a list too
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
func (a *App) events(r *http.Request, s selorax.Session) (any, error) {
	ctx := r.Context()
	if err := a.installed(ctx, s.StoreID); err != nil {
		return nil, err
	}
	rows, err := a.DB.QueryContext(ctx, `SELECT event_id, topic, subject, happened_ms, received_ms FROM event
		WHERE store_id = ? ORDER BY received_ms DESC, rowid DESC LIMIT ?`, s.StoreID, shownEvents)
	if err != nil {
		return nil, err
	}
	list := []receivedEvent{}
	defer rows.Close()
	for rows.Next() {
		var e receivedEvent
		var happened, received int64
		if err := rows.Scan(&e.EventID, &e.Topic, &e.Subject, &happened, &received); err != nil {
			return nil, err
		}
		e.HappenedAt, e.ReceivedAt = time.UnixMilli(happened).UTC(), time.UnixMilli(received).UTC()
		list = append(list, e)
	}
	if err := errors.Join(rows.Err(), rows.Close()); err != nil { // there is one connection
		return nil, err
	}
	told, err := a.toldAt(ctx, s.StoreID)
	return map[string]any{"events": list, "told_at": told}, err
}

// toldAt is when something last happened to the store's messages, in Unix
// milliseconds: the page asks for them when it has changed.
func (a *App) toldAt(ctx context.Context, storeID int64) (ms int64, err error) {
	err = a.DB.QueryRowContext(ctx, `SELECT COALESCE(MAX(changed_ms), 0) FROM message WHERE store_id = ?`, storeID).Scan(&ms)
	return ms, err
}

// installed is ErrNotInstalled for a store without the app.
func (a *App) installed(ctx context.Context, storeID int64) error {
	var one int
	err := a.DB.QueryRowContext(ctx, `SELECT 1 FROM store WHERE store_id = ? AND uninstalled_ms IS NULL`, storeID).Scan(&one)
	if errors.Is(err, sql.ErrNoRows) {
		return ErrNotInstalled
	}
	return err
}
