package token_test

import (
	"sync"
	"testing"

	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/db/dbtest"
	"github.com/selorax/sandbox/platform/internal/token"
)

// A refresh that comes with an uninstall leaves nothing that a reinstall would
// bring back.
func TestARefreshDuringAnUninstallLeavesNoToken(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	for range 20 {
		p := b.issue()
		var wg sync.WaitGroup
		wg.Go(func() {
			err := b.db.Write(t.Context(), func(tx *db.Tx) error {
				_, _, _, err := token.Rotate(tx, p.Refresh, b.appID)
				return err
			})
			if err != nil && !db.IsNone(err) {
				t.Error(err)
			}
		})
		wg.Go(func() {
			err := b.db.Write(t.Context(), func(tx *db.Tx) error {
				if _, err := token.RevokeInstallation(tx, b.grant.InstallationID); err != nil {
					return err
				}
				_, err := tx.Exec(`UPDATE installation SET status = 'uninstalled' WHERE id = $1`, b.grant.InstallationID)
				return err
			})
			if err != nil {
				t.Error(err)
			}
		})
		wg.Wait()
		dbtest.Exec(t, b.db, `UPDATE installation SET status = 'active' WHERE id = $1`, b.grant.InstallationID)
		if n := dbtest.Value[int](t, b.db, `SELECT (SELECT COUNT(*) FROM access_token WHERE revoked_ms IS NULL) +
			(SELECT COUNT(*) FROM refresh_token WHERE revoked_ms IS NULL)`); n != 0 {
			t.Fatalf("%d tokens are alive after the uninstall", n)
		}
	}
}
