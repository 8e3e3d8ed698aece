package restock

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"github.com/selorax/sandbox/sampleapp/selorax"
)

// refreshEarly is how long before its expiry an access token is replaced.
const refreshEarly = 5 * time.Minute

// ErrNotInstalled says that the app has no access to a store: it was never
// installed, was removed, or its tokens have been revoked.
var ErrNotInstalled = errors.New("the app is not installed for this store")

// keep stores the tokens of a store that has just agreed.
func (a *App) keep(ctx context.Context, t selorax.Token) error {
	sealed, err := a.Vault.seal(t)
	if err != nil {
		return err
	}
	// IssuedAt is by the platform's clock: what happened before it belongs to
	// an earlier installation.
	_, err = a.DB.ExecContext(ctx, `INSERT INTO store (store_id, installation_id, tokens, refresh_at_ms, installed_ms) VALUES (?1, ?2, ?3, ?4, ?5)
		ON CONFLICT (store_id) DO UPDATE SET installation_id = ?2, tokens = ?3, refresh_at_ms = ?4, installed_ms = ?5, uninstalled_ms = NULL`,
		t.StoreID, t.InstallationID, sealed, refreshAt(a.Now(), t), t.IssuedAt.UnixMilli())
	return err
}

// refreshAt counts from the machine's clock: the platform's may stand anywhere
// in a sandbox.
func refreshAt(now time.Time, t selorax.Token) int64 {
	return now.Add(t.Life - refreshEarly).UnixMilli()
}

// withToken calls the platform with a store's access token, replacing it ahead
// of its expiry and once more when the platform does not take it.
func (a *App) withToken(ctx context.Context, storeID int64, call func(accessToken string) error) error {
	token, due, err := a.load(ctx, storeID)
	if err == nil && due {
		token, err = a.refresh(ctx, storeID, token.AccessToken)
	}
	if err != nil {
		return err
	}
	err = call(token.AccessToken)
	if !selorax.IsUnauthorized(err) {
		return err
	}
	if token, err = a.refresh(ctx, storeID, token.AccessToken); err != nil {
		return err
	}
	if err = call(token.AccessToken); selorax.IsUnauthorized(err) {
		return ErrNotInstalled
	}
	return err
}

// load returns a store's tokens and whether the access token is due to be
// replaced.
func (a *App) load(ctx context.Context, storeID int64) (t selorax.Token, due bool, err error) {
	var sealed []byte
	var refreshAtMS int64
	err = a.DB.QueryRowContext(ctx, `SELECT tokens, refresh_at_ms FROM store WHERE store_id = ?`, storeID).Scan(&sealed, &refreshAtMS)
	if errors.Is(err, sql.ErrNoRows) || err == nil && sealed == nil {
		return t, false, ErrNotInstalled
	}
	if err != nil {
		return t, false, err
	}
	t, err = a.Vault.open(sealed, storeID)
	return t, a.Now().UnixMilli() >= refreshAtMS, err
}

// refresh replaces the tokens of a store, unless another request has done so
// since stale was read: refresh tokens are replaced by each use, so two
// requests must not refresh at once.
func (a *App) refresh(ctx context.Context, storeID int64, stale string) (selorax.Token, error) {
	lock := a.refreshing.of(storeID)
	lock.Lock()
	defer lock.Unlock()
	t, _, err := a.load(ctx, storeID)
	if err != nil || t.AccessToken != stale {
		return t, err
	}
	fresh, err := a.Platform.Refresh(ctx, t.RefreshToken)
	if selorax.IsRevoked(err) {
		a.Log.WarnContext(ctx, "token.refresh_refused", "store_id", storeID, "error", err)
		return t, ErrNotInstalled
	}
	if err != nil {
		return t, err
	}
	return fresh, a.replace(ctx, storeID, fresh)
}

// replace stores refreshed tokens, but not for a store that was uninstalled in
// the meantime.
func (a *App) replace(ctx context.Context, storeID int64, t selorax.Token) error {
	sealed, err := a.Vault.seal(t)
	if err != nil {
		return err
	}
	_, err = a.DB.ExecContext(ctx, `UPDATE store SET tokens = ?2, refresh_at_ms = ?3 WHERE store_id = ?1 AND tokens IS NOT NULL`,
		storeID, sealed, refreshAt(a.Now(), t))
	return err
}
