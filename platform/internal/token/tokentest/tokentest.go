// Package tokentest lets tests look at tokens.
package tokentest

import (
	"testing"

	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/secret"
)

// Works reports whether an access token is neither expired nor revoked.
func Works(t testing.TB, d *db.DB, accessToken string) bool {
	t.Helper()
	var n int
	err := d.Read(t.Context(), func(tx *db.Tx) (err error) {
		n, err = db.One(tx, db.Value[int], `SELECT COUNT(*) FROM access_token
			WHERE hash = $1 AND revoked_ms IS NULL AND expires_ms > $2`, secret.Hash(accessToken), tx.NowMS())
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return n == 1
}
