package restock

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"github.com/selorax/sandbox/sampleapp/selorax"
)

const (
	// refreshEarly is how long before its expiry an access token is replaced.
	refreshEarly = 5 * time.Minute
	// refreshTimeout bounds a refresh with its retries.
	refreshTimeout = 20 * time.Second
)

// ErrNotInstalled says that the app has no access to a store: it was never
// installed, was removed, or its tokens are good no more.
var ErrNotInstalled = errors.New("the app has no access to this store")

// keep stores the tokens of a store that has just agreed.
func (a *App) keep(ctx context.Context, t selorax.Token) error {
	sealed, err := a.Vault.seal(t.StoreID, tokens{t.AccessToken, t.RefreshToken})
	if err != nil {
		return err
	}
	granted := t.IssuedAt
	if granted.IsZero() {
		granted = a.Now()
	}
	return a.write(ctx, func(tx *sql.Tx) error {
		// A store that agrees once more while the app works goes on with the
		// same installation. Otherwise it is a new one, whether the app was
		// told of the uninstall or not, and nothing of the old one stays.
		_, err := tx.ExecContext(ctx, `INSERT INTO store (store_id, tokens, refresh_at_ms, installed_ms, granted_ms) VALUES (?1, ?2, ?3, ?4, ?4)
			ON CONFLICT (store_id) DO UPDATE SET tokens = ?2, refresh_at_ms = ?3, granted_ms = ?4, uninstalled_ms = NULL,
				installed_ms = CASE WHEN tokens IS NULL THEN ?4 ELSE installed_ms END`,
			t.StoreID, sealed, a.refreshAt(t), granted.UnixMilli())
		if err != nil {
			return err
		}
		for _, of := range perInstallation {
			_, err := tx.ExecContext(ctx, `DELETE FROM `+of.table+` WHERE `+of.written+` < (SELECT installed_ms FROM store WHERE store_id = ?1) AND store_id = ?1`, t.StoreID)
			if err != nil {
				return err
			}
		}
		return nil
	})
}

// refreshAt counts from our own clock: the platform's may stand elsewhere.
func (a *App) refreshAt(t selorax.Token) int64 {
	return a.Now().Add(t.Life - refreshEarly).UnixMilli()
}

// withToken calls the platform with a store's access token, replacing it ahead
// of its expiry and once more when the platform does not take it.
func (a *App) withToken(ctx context.Context, storeID int64, call func(accessToken string) error) error {
	h, err := a.load(ctx, storeID)
	if err != nil {
		return err
	}
	if h.due {
		// The old token has some minutes left: if the platform does not
		// answer now, the call itself decides.
		fresh, err := a.refresh(ctx, storeID, h.Access)
		switch {
		case errors.Is(err, ErrNotInstalled):
			return err
		case err == nil:
			h = fresh
		}
	}
	err = call(h.Access)
	if !selorax.IsUnauthorized(err) {
		return err
	}
	if h, err = a.refresh(ctx, storeID, h.Access); err != nil {
		return err
	}
	return call(h.Access)
}

// forStore asks the platform for something with a store's access token.
func forStore[T any](ctx context.Context, a *App, storeID int64, ask func(ctx context.Context, accessToken string) (T, error)) (answer T, err error) {
	err = a.withToken(ctx, storeID, func(token string) error {
		answer, err = ask(ctx, token)
		return err
	})
	return answer, err
}

// held are the tokens of a store as they are stored.
type held struct {
	tokens
	sealed []byte
	due    bool // time to replace the access token
}

func (a *App) load(ctx context.Context, storeID int64) (h held, err error) {
	var refreshAtMS int64
	err = a.DB.QueryRowContext(ctx, `SELECT tokens, refresh_at_ms FROM store WHERE store_id = ? AND tokens IS NOT NULL`, storeID).
		Scan(&h.sealed, &refreshAtMS)
	if errors.Is(err, sql.ErrNoRows) {
		return h, ErrNotInstalled
	}
	if err != nil {
		return h, err
	}
	h.due = a.Now().UnixMilli() >= refreshAtMS
	if h.tokens, err = a.Vault.open(storeID, h.sealed); errors.Is(err, errSealed) {
		a.Log.WarnContext(ctx, "token.sealed", "store_id", storeID, "error", err)
		return h, ErrNotInstalled
	}
	return h, err
}

// refresh replaces the tokens of a store, unless another request has done so
// since stale was read. Each use of a refresh token replaces it, so two
// requests must not refresh at once.
func (a *App) refresh(ctx context.Context, storeID int64, stale string) (held, error) {
	lock := a.refreshing.of(storeID)
	lock.Lock()
	defer lock.Unlock()
	// Who waited here for a refresh that failed may have no time left.
	if err := ctx.Err(); err != nil {
		return held{}, err
	}
	h, err := a.load(ctx, storeID)
	if err != nil || h.Access != stale {
		return h, err
	}
	// A caller that goes away must not take a new token with it: the old one
	// has been used up by then.
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), refreshTimeout)
	defer cancel()
	fresh, err := a.Platform.Refresh(ctx, h.Refresh)
	switch {
	case selorax.IsRevoked(err):
		a.Log.WarnContext(ctx, "token.revoked", "store_id", storeID, "error", err)
		return h, errors.Join(ErrNotInstalled, a.drop(ctx, storeID, h))
	case err != nil:
		return h, err
	}
	return a.replace(ctx, storeID, h, fresh)
}

// replace stores refreshed tokens in the place of those they were made from. A
// store that was uninstalled or installed again in the meantime keeps what it
// has.
func (a *App) replace(ctx context.Context, storeID int64, old held, fresh selorax.Token) (held, error) {
	t := tokens{fresh.AccessToken, fresh.RefreshToken}
	sealed, err := a.Vault.seal(storeID, t)
	if err != nil {
		return old, err
	}
	result, err := a.DB.ExecContext(ctx, `UPDATE store SET tokens = ?3, refresh_at_ms = ?4 WHERE store_id = ?1 AND tokens = ?2`,
		storeID, old.sealed, sealed, a.refreshAt(fresh))
	if err != nil {
		return old, err
	}
	if changed, err := result.RowsAffected(); err != nil || changed == 0 {
		return a.load(ctx, storeID)
	}
	return held{tokens: t, sealed: sealed}, nil
}

// drop forgets tokens that are good no more, so that nobody tries them again.
func (a *App) drop(ctx context.Context, storeID int64, old held) error {
	_, err := a.DB.ExecContext(ctx, `UPDATE store SET tokens = NULL WHERE store_id = ? AND tokens = ?`, storeID, old.sealed)
	return err
}
