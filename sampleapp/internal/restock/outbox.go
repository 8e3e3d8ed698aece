package restock

import (
	"context"
	"time"
)

// How the outbox works.
const (
	outboxBatch   = 50
	outboxTimeout = 30 * time.Second // for one message
	firstRetry    = 5 * time.Second
	lastRetry     = time.Hour
	outboxIdle    = time.Hour   // then it looks even if nobody wakes it
	outboxRest    = time.Second // at least, unless it is woken: a database that fails is not asked without end
)

// owed are the messages that there is something to do about.
const owed = `(status IN ('due', 'paid') OR status = 'failed' AND transaction_id <> 0)`

// Work sends what is due, until ctx ends. What a crash interrupts it finds in
// the database and does again; keys make that harmless.
func (a *App) Work(ctx context.Context) {
	for {
		for a.round(ctx) {
		}
		wait := time.NewTimer(a.untilNext(ctx))
		select {
		case <-ctx.Done():
			wait.Stop()
			return
		case <-a.wake:
		case <-wait.C:
		}
		wait.Stop()
	}
}

// wakeOutbox has the outbox look now.
func (a *App) wakeOutbox() {
	select {
	case a.wake <- struct{}{}:
	default: // it is about to look anyway
	}
}

// untilNext is how long nothing is due.
func (a *App) untilNext(ctx context.Context) time.Duration {
	var nextMS *int64
	err := a.DB.QueryRowContext(ctx, `SELECT MIN(next_ms) FROM message WHERE `+owed).Scan(&nextMS)
	switch {
	case err != nil:
		return firstRetry
	case nextMS == nil:
		return outboxIdle
	}
	return min(max(time.UnixMilli(*nextMS).Sub(a.Now()), outboxRest), outboxIdle)
}

// round forgets what is old, takes one step with each message that is due, and
// says whether there may be more to do now.
func (a *App) round(ctx context.Context) (more bool) {
	now := a.Now()
	err := a.forgetOld(ctx, now)
	var list []message
	if err == nil {
		list, err = a.messages(ctx, owed+` AND next_ms <= ? ORDER BY next_ms, message_id LIMIT ?`, now.UnixMilli(), outboxBatch)
	}
	if err != nil && ctx.Err() == nil {
		a.Log.ErrorContext(ctx, "outbox.failed", "error", err)
	}
	known := newLookups(a)
	for _, m := range list {
		if ctx.Err() != nil || !a.step(ctx, m, known) {
			return false
		}
	}
	return len(list) > 0
}

// step moves a message on. If that does not work now, it is tried again later,
// and the others do not wait for it. It says whether the database knows that.
func (a *App) step(ctx context.Context, m message, known *lookups) (noted bool) {
	ctx, cancel := context.WithTimeout(ctx, outboxTimeout)
	defer cancel()
	var err error
	switch m.status {
	case due:
		err = a.payFor(ctx, m, known)
	case paid:
		err = a.send(ctx, m, known)
	case failed:
		err = a.giveBack(ctx, m)
	}
	if err == nil {
		return true
	}
	wait := min(firstRetry<<min(m.tries, 12), lastRetry)
	a.Log.WarnContext(ctx, "outbox.later", "store_id", m.storeID, "message", m.id, "status", m.status, "again_in", wait.String(), "error", err)
	_, err = a.DB.ExecContext(context.WithoutCancel(ctx), `UPDATE message SET tries = tries + 1, next_ms = ?3 WHERE message_id = ?1 AND status = ?2`,
		m.id, m.status, a.Now().Add(wait).UnixMilli())
	if err != nil {
		a.Log.ErrorContext(ctx, "outbox.failed", "error", err)
	}
	return err == nil
}
